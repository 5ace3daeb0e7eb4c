/* GetPlan: the development plan that counts for a registration, one's own or the community's. Its person, or staff. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/plan_message.h"
#include "services/enrolment/handler/seen_registration.h"
#include "services/enrolment/store/plan.h"

Enrolment__Plan *plan_message(struct workset *w, const struct plan *plan)
{
    Enrolment__Plan *m = arena_alloc(w->arena, sizeof *m);

    enrolment__plan__init(m);
    m->id = id_bytes(&plan->id);
    m->programme_id = id_bytes(&plan->programme);
    m->kind = (Enrolment__HandInPlanRequest__Kind)plan->kind;
    m->title = (char *)(uintptr_t)plan->title;
    m->body = (char *)(uintptr_t)plan->body;
    m->actor = id_bytes(&plan->by);
    m->at_us = plan->at_us;
    return m;
}

enum err get_plan_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetPlanRequest *request = (const Enrolment__GetPlanRequest *)job->message;
    struct uuid id;
    const enum err err = seen_registration_needs(job, w, &request->registration_id, &id);

    if (err == ERR_OK)
        plan_want(w, job, id);
    return err;
}

void get_plan_decide(struct job *job, struct workset *w)
{
    const Enrolment__GetPlanRequest *request = (const Enrolment__GetPlanRequest *)job->message;
    struct uuid id;

    if (!uuid_read(&id, span_of(request->registration_id.data, request->registration_id.len)) || seen_registration(job, w, id) == NULL)
        return;
    const struct plan *plan = plan_asked(w, job);
    const struct refusal_text *none = refusal_text(REFUSAL_PLAN_NONE);
    if (plan == NULL)
        (void)job_fail(job, ERR_NOT_FOUND, none->rule, NULL, none->fi, none->sv, none->en);
    else
        job_answer(job, &plan_message(w, plan)->base, 0);
}
