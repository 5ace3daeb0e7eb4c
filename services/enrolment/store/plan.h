/* Development plans at hand. A part of the store (part.h). Whether a registration has one, and of which kind, comes with its learning;
 * here are the plans themselves, which only HandInPlan and GetPlan touch. Plans are never changed: a later one takes the place. */
#ifndef HV_ENROLMENT_STORE_PLAN_H
#define HV_ENROLMENT_STORE_PLAN_H
#include "services/enrolment/domain/plan.h"
#include "services/enrolment/store/workset.h"

void plan_want(struct workset *w, const struct job *job, struct uuid registration);
const struct plan *plan_asked(const struct workset *w, const struct job *job); /* NULL: none was handed in */

/* A new plan, borrowed until the batch is saved, and whose it is from now on. */
void plan_put(struct workset *w, const struct plan *plan, const struct uuid *registrations, size_t count);

#endif
