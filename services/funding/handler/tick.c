/* The clock's own case: what time does to one call. Drafts lapse once it has closed, silence accepts the offers whose time to answer has
 * passed, and obligations whose day has passed are told once. main.c looks of which calls something is due and makes a tick for each, so
 * that one call whose rows cannot be saved stops nobody else's time; what fails is due still at the next look. At most TICK_MANY awards and
 * obligations a tick, LAPSE_MANY drafts; the next look goes on. With several replicas each of them looks; the call's lock lets one act, and
 * the other then finds it done. */
#include "common/base/workday.h"
#include "funding.pb-c.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/lapse.h"
#include "services/funding/handler/tell_award.h"

#define TICK_MANY 200

static const struct uuid NOBODY = {{0}};

enum err tick_needs(struct job *job, struct workset *w)
{
    /* What came before midnight may still be in a queue. */
    const int64_t today = obligations_passed(helsinki_day(w->now_us - APPLICATION_LAPSE_GRACE_US));
    struct uuid id;
    const enum err err = check_id(job, "callId", &((const Funding__GetCallRequest *)job->message)->call_id, &id);

    if (err != ERR_OK)
        return err;
    (void)call_want(w, job, CALL_BY_ID, id, CALL_LOCK);
    lapse_want(w, job, id);
    award_want_silent(w, job, id, today, TICK_MANY);
    obligation_want_due(w, job, id, today, 2 * TICK_MANY); /* the answers come first: one for each award at most */
    return ERR_OK;
}

static struct obligation *answer_of(struct obligation_ask *due, struct uuid award_id)
{
    for (size_t i = 0; i < due->count; i++)
        if (due->rows[i].kind == OBLIGATION_ANSWER && uuid_compare(due->rows[i].award_id, award_id) == 0)
            return &due->rows[i];
    return NULL;
}

static void accept_silent(struct job *job, struct workset *w, struct award *award)
{
    struct obligation *answer = answer_of(obligation_asked(w, job), award->id);

    award_move(w, award, AWARD_ACCEPTED, "rules: not refused in time", NOBODY);
    tell_grant_answered(w, job, award, award->granted_cents, true);
    award_touch(w, award);
    if (answer == NULL)
        return;
    obligation_move(w, answer, OBLIGATION_MET, "rules: not refused in time", NOBODY);
    tell_obligation_ended(w, job, award->call_id, answer);
}

static void tell_late(struct job *job, struct workset *w, struct uuid call_id, struct obligation *obligation,
                      const struct obligation_whose *whose)
{
    const struct grantee of = {.application_id = obligation->award_id,
                               .call_id = call_id,
                               .owner_id = whose->owner_id,
                               .register_number = whose->register_number,
                               .title = whose->title,
                               .language = whose->language};

    obligation->late = true;
    obligation_put(w, obligation);
    tell_obligation_late(w, job, &of, obligation);
}

void tick_decide(struct job *job, struct workset *w)
{
    const struct call *call = call_found(w, job);
    const struct award_ask *silent = award_asked(w, job);
    struct obligation_ask *due = obligation_asked(w, job);

    if (call == NULL)
        return;
    (void)lapse_drafts(w, job, call);
    for (size_t i = 0; i < silent->count; i++)
        accept_silent(job, w, &silent->rows[i]);
    for (size_t i = 0; i < due->count; i++)
        if (due->rows[i].kind != OBLIGATION_ANSWER)
            tell_late(job, w, call->id, &due->rows[i], &due->whose[i]);
}
