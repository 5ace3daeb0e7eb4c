/* Events: what other services are told, each with the counters right after the change. They travel in the programme's stream
 * (a person's in the person's), numbered in the same transaction as the rows. */
#ifndef HV_ENROLMENT_HANDLER_TELL_H
#define HV_ENROLMENT_HANDLER_TELL_H
#include "enrolment.pb-c.h"
#include "services/enrolment/store/workset.h"

void tell_enrolled(struct workset *w, const struct job *job, const struct implementation *i,
                   const struct registration *r); /* SeatTaken, Queued or Held */
void tell_hold_ended(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r, bool lapsed);
void tell_offered(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r);
void tell_offer_passed(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r);
/* Promoted: by the rules, at once; by accepting an offer. By hand: tell_by_hand.h. */
void tell_promoted(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r);
void tell_accepted(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r);
void tell_cancelled(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r,
                    const struct move *move, Enrolment__Cause cause);
void tell_capacity(struct workset *w, const struct job *job, const struct implementation *i, const char *reason);
void tell_programme(struct workset *w, const struct job *job, const struct programme *p); /* units must be at hand */
void tell_window(struct workset *w, const struct job *job, const struct programme *p, const struct window *window, bool opened);
void tell_person(struct workset *w, const struct job *job, const struct person *person);
void tell_followed(struct workset *w, const struct job *job, const struct follow *follow);

#endif
