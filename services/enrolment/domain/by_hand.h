/* What a coordinator does to the line by hand: promoting out of order, setting a priority, and sending the last seated back when a
 * capacity is lowered under the taken. Each is an exception to the line, so each is counted, reasoned and recorded by its caller. */
#ifndef HV_ENROLMENT_DOMAIN_BY_HAND_H
#define HV_ENROLMENT_DOMAIN_BY_HAND_H
#include "services/enrolment/domain/programme.h"

/* How many who wait would be passed over if this one got the next seat: those with an earlier line in any implementation of the programme
 * that has a free seat, as promotion.h picks them. The waiting lists must be at hand. */
uint32_t by_hand_passed_over(const struct programme *programme, const struct registration *registration);

struct seat_added {
    bool capacity, cap; /* which of the two was raised by one */
};
/* Makes room for one more where there is none: the implementation's capacity, and the programme's cap where that is what is full. Nothing
 * is raised past PROGRAMME_SEATS_MAX. */
struct seat_added by_hand_add_seat(struct implementation *implementation);
void by_hand_take_back(struct implementation *implementation, struct seat_added added);

/* Gives a waiting registration another priority: its line, its version, its place in the list at hand and its position. All who wait
 * there must be at hand. */
void by_hand_prioritise(struct implementation *implementation, struct registration *registration, uint32_t priority);

enum displace_verdict { DISPLACE_OK, DISPLACE_TOO_FEW_SEATED, DISPLACE_NO_WAITING_ROOM };

/* Whether `capacity` can be reached by sending the last seated back to a waiting list of `waiting_cap`; *count gets how many go (0: it
 * is not under the taken). A held or offered seat was promised to somebody who is deciding right now, so those stay. */
enum displace_verdict by_hand_displace(const struct implementation *implementation, uint32_t capacity, uint32_t waiting_cap,
                                       uint32_t *count);

#endif
