/* Events of learning: what indicators count and people are told. See tell.h. */
#ifndef HV_ENROLMENT_HANDLER_TELL_LEARNING_H
#define HV_ENROLMENT_HANDLER_TELL_LEARNING_H
#include "services/enrolment/domain/plan.h"
#include "services/enrolment/store/workset.h"

void tell_attended(struct workset *w, const struct job *job, const struct registration *r, const struct unit_mark *mark, enum presence was);
void tell_unit_completed(struct workset *w, const struct job *job, const struct registration *r, const struct unit_mark *mark);
void tell_plan(struct workset *w, const struct job *job, const struct registration *r, const struct plan *plan);
void tell_completed(struct workset *w, const struct job *job, const struct registration *r, const struct certificate *certificate);

#endif
