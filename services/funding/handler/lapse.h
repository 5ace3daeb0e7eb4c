/* Drafts that were not submitted lapse when their call has closed, and all that is not decided when it was called off, so that every
 * applicant hears of it: for the tick (tick.c), one job a call.
 *
 *   lapse_want(w, job, call_id);             in needs, beside call_want(..., CALL_BY_ID, call_id, CALL_LOCK)
 *   size_t n = lapse_drafts(w, job, call);   in decide: how many have lapsed; as many as LAPSE_MANY: there may be more */
#ifndef HV_FUNDING_HANDLER_LAPSE_H
#define HV_FUNDING_HANDLER_LAPSE_H
#include "services/funding/store/application.h"
#include "services/funding/store/call.h"

#define LAPSE_MANY 500 /* in one transaction */

void lapse_want(struct workset *w, const struct job *job, struct uuid call_id);
/* Does nothing before application_lapses says so: what was received in time may still be in a queue. */
size_t lapse_drafts(struct workset *w, const struct job *job, const struct call *call);

#endif
