/* ListFollowDecisions: what was decided of a grant after it was made, oldest first, for its lead and the officials of its call. */
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"
#include "services/funding/store/follow_decision.h"

enum err list_follow_decisions_needs(struct job *job, struct workset *w)
{
    struct uuid id;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", &((const Funding__GetAwardRequest *)job->message)->application_id, &id);
    if (err == ERR_OK) {
        award_look_want(w, job, AWARD_BY_ID, id);
        follow_decision_want(w, job, id, (struct uuid){{0}}, false);
    }
    return err;
}

static Funding__FollowDecision *message(struct arena *arena, const struct follow_decision *d)
{
    Funding__FollowDecision *m = arena_alloc(arena, sizeof *m);

    funding__follow_decision__init(m);
    m->id = convert_id(arena, d->id);
    m->application_id = convert_id(arena, d->award_id);
    m->kind = (Funding__FollowKind)d->kind;
    m->subject_id = convert_id(arena, d->subject_id);
    m->decided_us = d->decided_us;
    m->decided_by_id = convert_id(arena, d->decided_by);
    m->review_days = (uint32_t)d->review_days;
    m->sha256 = convert_bytes(d->sha256);
    m->event_id = convert_id(arena, d->event_id);
    m->language = convert_text(d->language);
    return m;
}

void list_follow_decisions_decide(struct job *job, struct workset *w)
{
    const struct follow_decision_ask *found = follow_decision_asked(w, job);
    Funding__FollowDecisionList *list = arena_alloc(job->arena, sizeof *list);

    if (award_seen(job, w) == NULL)
        return;
    funding__follow_decision_list__init(list);
    list->decisions = arena_array(job->arena, found->count + 1, sizeof *list->decisions);
    for (; list->n_decisions < found->count; list->n_decisions++)
        list->decisions[list->n_decisions] = message(job->arena, &found->rows[list->n_decisions]);
    job_answer(job, &list->base, 0);
}
