/* Who gets a place: first come, first served among the eligible.
 *
 *   a seat          when the programme has room under its cap, the implementation under its capacity, and nobody waits there
 *   the waiting list  else, when it has room
 *   full            else; while seats are only held: congested
 *
 * "Nobody waits there" even with a free seat: else a newcomer would jump the queue between a cancellation and the promotion.
 * An allocation is decided in the order in which the writer takes the requests, under the programme's lock; that order is the
 * order number, never a time stamp. */
#ifndef HV_ENROLMENT_DOMAIN_ALLOCATION_H
#define HV_ENROLMENT_DOMAIN_ALLOCATION_H
#include "services/enrolment/domain/programme.h"

enum allocation { ALLOCATION_SEAT, ALLOCATION_QUEUE, ALLOCATION_FULL };

enum allocation allocation_decide(const struct implementation *implementation);

/* Whether the programme and the implementation both have a free seat, queue or no queue. */
bool allocation_room(const struct implementation *implementation);

/* Whether the implementation alone has one, whatever the programme's cap says. */
bool allocation_free_here(const struct implementation *implementation);

/* When it is full: whether a seat here, or under the cap for one that is free here, is only held or offered, and so may come free
 * within minutes. Then nobody is told that it is full, but to try again. */
bool allocation_congested(const struct implementation *implementation);

#endif
