/* Events of learning, one function each. See tell_learning.h. */
#include "services/enrolment/handler/tell_learning.h"

#include "services/enrolment/domain/trainee_days.h"
#include "services/enrolment/handler/convert.h"

void tell_attended(struct workset *w, const struct job *job, const struct registration *r, const struct unit_mark *mark, enum presence was)
{
    Enrolment__Attended event = ENROLMENT__ATTENDED__INIT;
    Enrolment__Registration registration;
    registration_fill(&registration, r);
    event.registration = &registration;
    event.unit_id = id_bytes(&mark->unit);
    event.presence = (Enrolment__Presence)mark->presence;
    event.was = (Enrolment__Presence)was;
    event_add(w->events, job, r->programme, r->id, "enrolment.Attended.v1", &event.base, w->now_us);
}

void tell_unit_completed(struct workset *w, const struct job *job, const struct registration *r, const struct unit_mark *mark)
{
    Enrolment__UnitCompleted event = ENROLMENT__UNIT_COMPLETED__INIT;
    Enrolment__Registration registration;
    registration_fill(&registration, r);
    event.registration = &registration;
    event.unit_id = id_bytes(&mark->unit);
    event.credits_tenths = mark->credits_tenths;
    event.undone = mark->completed_us == 0;
    event_add(w->events, job, r->programme, r->id, "enrolment.UnitCompleted.v1", &event.base, w->now_us);
}

void tell_plan(struct workset *w, const struct job *job, const struct registration *r, const struct plan *plan)
{
    Enrolment__PlanHandedIn event = ENROLMENT__PLAN_HANDED_IN__INIT;
    Enrolment__Registration registration;
    registration_fill(&registration, r);
    event.registration = &registration;
    event.plan_id = id_bytes(&plan->id);
    event.kind = (Enrolment__HandInPlanRequest__Kind)plan->kind;
    event_add(w->events, job, r->programme, r->id, "enrolment.PlanHandedIn.v1", &event.base, w->now_us);
}

void tell_completed(struct workset *w, const struct job *job, const struct registration *r, const struct certificate *certificate)
{
    Enrolment__Completed event = ENROLMENT__COMPLETED__INIT;
    Enrolment__Registration registration;
    registration_fill(&registration, r);
    event.registration = &registration;
    event.credits_tenths = certificate->credits_tenths;
    event.certificate_code = (char *)(uintptr_t)certificate->code;
    event.trainee_days_tenths = trainee_days_tenths(certificate->credits_tenths, 1);
    event.withdrawn = certificate->withdrawn;
    event_add(w->events, job, r->programme, r->id, "enrolment.Completed.v1", &event.base, w->now_us);
}
