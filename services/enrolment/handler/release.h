/* Seats that come free, and who gets them. Everything that ends a registration goes through registration_end: cancellations, rejections,
 * declined and expired offers, lapsed holds, people who are forgotten. */
#ifndef HV_ENROLMENT_HANDLER_RELEASE_H
#define HV_ENROLMENT_HANDLER_RELEASE_H
#include "enrolment.pb-c.h"
#include "services/enrolment/store/workset.h"

/* Cancels an active registration: the move with its actor (nil: the rules) and reason, the event (HoldEnded of a held one, else
 * Cancelled with the cause), and the promotions where a seat came free. needs must have asked for the waiting lists
 * (workset_want_promotions 1; workset_lock_due brings the tick's). The reason lives as long as the batch. */
void registration_end(struct workset *w, const struct job *job, struct implementation *i, struct registration *r, Enrolment__Cause cause,
                      struct uuid actor, const char *reason);

/* Gives free seats to those who wait, by the rule in domain/promotion.h: after a seat was freed or a cap was raised. A programme with
 * offer hours offers them. */
void promote(struct workset *w, const struct job *job, struct programme *programme);

#endif
