/* HandInPlan: a development plan, one's own or a community's. A community's counts for everybody named with it, so it may complete the
 * programme for several people at once. Handed in again, the later one takes the place of the earlier, which is kept. Its person, or
 * staff for anybody of the programme. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/plan_message.h"
#include "services/enrolment/handler/settle.h"
#include "services/enrolment/handler/tell_learning.h"
#include "services/enrolment/store/learning.h"
#include "services/enrolment/store/plan.h"

struct people { /* whose plan it is: the one asked for first, then the others */
    struct uuid *ids;
    size_t count;
};

static const char *field_of(struct job *job, size_t at)
{
    return at == 0 ? "registrationId" : arena_printf(job->arena, "others[%zu].registrationId", at - 1);
}

static enum err add(struct job *job, const ProtobufCBinaryData *id, struct people *people)
{
    const char *field = field_of(job, people->count);
    const enum err err = check_id(job, field, id, &people->ids[people->count]);

    for (size_t i = 0; err == ERR_OK && i < people->count; i++)
        if (uuid_compare(people->ids[i], people->ids[people->count]) == 0)
            return job_fail(job, ERR_INVALID, "field.twice", field, "Sama ilmoittautuminen on luettelossa kahdesti",
                            "Samma anmälan finns två gånger i listan", "The list has the same registration twice");
    people->count++;
    return err;
}

static enum err read_people(struct job *job, struct people *people)
{
    const Enrolment__HandInPlanRequest *request = (const Enrolment__HandInPlanRequest *)job->message;
    enum err err = check_range(job, "others", (int64_t)request->n_others, 0, (int)request->kind == PLAN_COMMUNITY ? PLAN_OTHERS_MAX : 0);

    if (err != ERR_OK)
        return err;
    people->ids = arena_array(job->arena, request->n_others + 1, sizeof *people->ids);
    people->count = 0;
    err = add(job, &request->registration_id, people);
    for (size_t i = 0; err == ERR_OK && i < request->n_others; i++)
        err = add(job, &request->others[i]->registration_id, people);
    return err;
}

enum err hand_in_plan_needs(struct job *job, struct workset *w)
{
    const Enrolment__HandInPlanRequest *request = (const Enrolment__HandInPlanRequest *)job->message;
    struct people people;
    enum err err = check_signed_in(job);

    if (err == ERR_OK && (int)request->kind == PLAN_NONE)
        err = fail_missing(job, "kind");
    if (err == ERR_OK)
        err = check_range(job, "kind", (int64_t)request->kind, PLAN_OWN, PLAN_COMMUNITY);
    if (err == ERR_OK)
        err = check_text(job, "title", request->title, 1, PLAN_TITLE_MAX);
    if (err == ERR_OK)
        err = check_lines(job, "body", request->body, 1, PLAN_BODY_MAX);
    if (err == ERR_OK)
        err = read_people(job, &people);
    if (err != ERR_OK)
        return err;
    workset_lock_of_registration(w, people.ids[0]);
    workset_want_units(w);
    for (size_t i = 0; i < people.count; i++) {
        workset_see_registration(w, people.ids[i]);
        learning_want(w, people.ids[i]);
    }
    return ERR_OK;
}

static bool refuse_person(struct job *job, enum plan_doubt doubt, size_t at, struct uuid id)
{
    const struct refusal_text *text = refusal_text(doubt == PLAN_ELSEWHERE  ? REFUSAL_PLAN_NOT_SEATED
                                                   : doubt == PLAN_STRANGER ? REFUSAL_PLAN_STRANGER
                                                                            : REFUSAL_PLAN_HAS_OWN);

    if (doubt == PLAN_FINE)
        return false;
    (void)job_fail(job, ERR_REFUSED, text->rule, field_of(job, at), text->fi, text->sv, text->en);
    fact_id(job, field_of(job, at), id);
    return true;
}

/* Whether one of them may not have this plan; the job was refused then. */
static bool refused(struct job *job, const struct workset *w, const struct people *people)
{
    const struct registration *own = workset_registration(w, people->ids[0]);

    if (own->state != REGISTRATION_SEATED)
        return refuse_person(job, PLAN_ELSEWHERE, 0, own->id);
    for (size_t i = 1; i < people->count; i++) {
        const struct registration *other = workset_registration(w, people->ids[i]);
        const struct learning *learning = learning_of(w, people->ids[i]);
        const enum plan_doubt doubt = other == NULL || other->forgotten || learning == NULL
                                          ? PLAN_ELSEWHERE
                                          : plan_shared(own, other, learning->plan, check_is_staff(job));
        if (refuse_person(job, doubt, i, people->ids[i]))
            return true;
    }
    return false;
}

static void hand_in(struct job *job, struct workset *w, const struct programme *p, const struct people *people)
{
    const Enrolment__HandInPlanRequest *request = (const Enrolment__HandInPlanRequest *)job->message;
    struct plan *plan = arena_alloc(w->arena, sizeof *plan);

    *plan = (struct plan){.id = uuid_v7(w->now_us),
                          .programme = p->id,
                          .by = job->actor,
                          .kind = (enum plan_kind)request->kind,
                          .title = request->title,
                          .body = request->body,
                          .at_us = w->now_us};
    plan_put(w, plan, people->ids, people->count);
    for (size_t i = 0; i < people->count; i++) {
        const struct registration *r = workset_registration(w, people->ids[i]);
        learning_of(w, r->id)->plan = plan->kind;
        tell_plan(w, job, r, plan);
        settle_completed(w, job, p, r);
    }
    Enrolment__Plan *answer = plan_message(w, plan);
    answer->title = answer->body = (char *)(uintptr_t) ""; /* texts stay out of the stored replies: GetPlan gives them */
    job_answer(job, &answer->base, 0);
}

void hand_in_plan_decide(struct job *job, struct workset *w)
{
    struct people people;

    if (read_people(job, &people) != ERR_OK)
        return;
    const struct registration *own = workset_registration(w, people.ids[0]);
    if (own == NULL || own->forgotten)
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else if (!check_may_see(job, own->person))
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    else if (!refused(job, w, &people))
        hand_in(job, w, workset_programme(w, own->programme), &people);
}
