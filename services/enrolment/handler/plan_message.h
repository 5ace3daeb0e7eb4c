/* A plan as HandInPlan and GetPlan answer it. */
#ifndef HV_ENROLMENT_HANDLER_PLAN_MESSAGE_H
#define HV_ENROLMENT_HANDLER_PLAN_MESSAGE_H
#include "enrolment.pb-c.h"
#include "services/enrolment/domain/plan.h"
#include "services/enrolment/store/workset.h"

Enrolment__Plan *plan_message(struct workset *w, const struct plan *plan); /* borrows the plan's texts */

#endif
