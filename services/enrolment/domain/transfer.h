/* Transfer: one person's registration goes to another implementation of the same programme. The old registration ends as TRANSFERRED,
 * a new one with its own order numbers begins there and has the old one as its origin.
 *
 * Whoever transfers is a newcomer at the target: no seat while somebody waits there. Of the programme's cap, though, one's own seat is
 * one's own: it is freed and taken in the same moment. Nobody gives a seat away for a waiting-list place by a transfer: who has a seat
 * gets one or stays; who waits may also wait there, at the end of that line. */
#ifndef HV_ENROLMENT_DOMAIN_TRANSFER_H
#define HV_ENROLMENT_DOMAIN_TRANSFER_H
#include "services/enrolment/domain/programme.h"

enum transfer_verdict { TRANSFER_SEAT, TRANSFER_QUEUE, TRANSFER_NO_ROOM };

/* Whether a registration in this state can be transferred at all: a held or offered seat is confirmed or accepted first. */
static inline bool transfer_possible(enum registration_state state)
{
    return state == REGISTRATION_SEATED || state == REGISTRATION_QUEUED;
}

/* state: of the registration that wants to move to `to`. */
enum transfer_verdict transfer_verdict_at(const struct implementation *to, enum registration_state state);

/* Ends `old` and begins `fresh`, whose id, received_us, salt and caller the caller has set; verdict as transfer_verdict_at gave it. The
 * person, the team, and the review so far go along. Returns the move of the old one. Counters, order and chains by place.h. */
struct move place_transfer(struct implementation *from, struct registration *old, struct implementation *to, struct registration *fresh,
                           enum transfer_verdict verdict, int64_t now_us);

#endif
