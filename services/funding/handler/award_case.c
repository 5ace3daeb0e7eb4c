/* See award_case.h. */
#include "services/funding/handler/award_case.h"

#include "services/funding/handler/tell.h"
#include "services/funding/handler/tell_award.h"

#define DONE "rules: all is reported and paid"

static const struct uuid NOBODY = {{0}};

static const enum call_by CALL_OF[] = {
    [AWARD_BY_ID] = CALL_BY_APPLICATION, [AWARD_BY_AMENDMENT] = CALL_BY_AMENDMENT, [AWARD_BY_REPORT] = CALL_BY_REPORT};
static const enum obligations_of OBLIGATIONS_OF[] = {
    [AWARD_BY_ID] = OBLIGATIONS_OF_AWARD, [AWARD_BY_AMENDMENT] = OBLIGATIONS_OF_AMENDMENT, [AWARD_BY_REPORT] = OBLIGATIONS_OF_REPORT};
static const enum reports_what REPORTS_OF[] = {
    [AWARD_BY_ID] = REPORTS_OF_AWARD, [AWARD_BY_AMENDMENT] = REPORTS_OF_AMENDMENT, [AWARD_BY_REPORT] = REPORTS_OF_SAME_AWARD};
static const enum amendments_what AMENDMENTS_OF[] = {
    [AWARD_BY_ID] = AMENDMENTS_OF_AWARD, [AWARD_BY_AMENDMENT] = AMENDMENTS_ONE, [AWARD_BY_REPORT] = AMENDMENTS_OF_REPORT};

void award_look_want(struct workset *w, const struct job *job, enum award_by by, struct uuid id)
{
    (void)call_want(w, job, CALL_OF[by], id, CALL_READ);
    award_want(w, job, by, id, AWARD_READ);
}

void award_change_want(struct workset *w, const struct job *job, enum award_by by, struct uuid id)
{
    call_want(w, job, CALL_OF[by], id, CALL_LOCK)->uses = true;
    award_want(w, job, by, id, AWARD_LOCK);
    amendment_want(w, job, AMENDMENTS_OF[by], id);
    report_want(w, job, REPORTS_OF[by], id);
    obligation_want(w, job, OBLIGATIONS_OF[by], id);
}

/* --- who --------------------------------------------------------------------------------------------------------------- */
static bool is_lead(const struct job *job, const struct award *award)
{
    return uuid_compare(award->owner_id, job->actor) == 0;
}

/* Whoever has a conflict of interest takes no part, and nobody is the official of their own grant (hallintolaki, 27-28 s.). */
static bool is_partial(struct job *job, const struct workset *w)
{
    const struct award_ask *ask = award_asked(w, job);

    if (!ask->conflict && !is_lead(job, &ask->rows[0]))
        return false;
    official_refuse_conflict(job);
    return true;
}

struct award *award_seen(struct job *job, struct workset *w)
{
    struct award *award = award_found(w, job);
    const struct call *call = call_found(w, job);

    if (award != NULL && call != NULL && is_lead(job, award))
        return award;
    if (award == NULL || call == NULL || !official_sees(job, call))
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else if (!is_partial(job, w))
        return award;
    return NULL;
}

struct award *award_owned(struct job *job, struct workset *w)
{
    struct award *award = award_found(w, job);

    if (award != NULL && is_lead(job, award))
        return award;
    (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    return NULL;
}

static struct award *of_official(struct job *job, struct workset *w, bool may)
{
    struct award *award = award_found(w, job);

    if (award == NULL)
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else if (!may)
        (void)job_fail(job, ERR_FORBIDDEN, "funding.award.not-official", NULL, "Et hoida tätä asiaa tässä haussa",
                       "Du sköter inte detta ärende i denna utlysning", "This is not yours to do in this call");
    else if (!is_partial(job, w))
        return award;
    return NULL;
}

struct award *award_prepared(struct job *job, struct workset *w)
{
    const struct call *call = call_found(w, job);

    return of_official(job, w, call != NULL && who_is(job, BUS__ROLE__ROLE_PREPARER) && call_prepared_by(call, job->actor));
}

struct award *award_decided(struct job *job, struct workset *w)
{
    const struct call *call = call_found(w, job);

    return of_official(job, w,
                       call != NULL && who_is(job, BUS__ROLE__ROLE_DECIDER) && call_official(call, job->actor, OFFICIAL_DECIDER) != NULL);
}

bool award_is_accepted(struct job *job, const struct award *award)
{
    if (award->state == AWARD_ACCEPTED)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.award.not-accepted", NULL,
                   "Avustusta ei ole vielä otettu vastaan, tai se on päättynyt: tämän voi tehdä vain voimassa olevalle avustukselle",
                   "Understödet har inte tagits emot ännu eller har upphört: detta kan göras bara för ett gällande understöd",
                   "The grant is not accepted yet, or has ended: this can be done only to one in force");
    job_fact(job, "state", machine_state(MACHINE_AWARD, (int)award->state));
    return false;
}

bool award_version(struct job *job, const struct award *award)
{
    return job->request->if_match == 0 || check_version(job, (uint64_t)award->version) == ERR_OK;
}

/* --- obligations ------------------------------------------------------------------------------------------------------- */
static void end(struct workset *w, const struct job *job, const struct award *award, struct obligation *obligation,
                enum obligation_state state, const char *why, struct uuid actor)
{
    if (obligation == NULL || obligation->state != OBLIGATION_OPEN)
        return;
    obligation_move(w, obligation, state, why, actor);
    tell_obligation_ended(w, job, award->call_id, obligation);
}

void award_meet(struct workset *w, const struct job *job, const struct award *award, enum obligation_kind kind, const char *why,
                struct uuid actor)
{
    struct obligation_ask *all = obligation_asked(w, job);

    end(w, job, award, obligation_of(all->rows, all->count, kind), OBLIGATION_MET, why, actor);
}

void award_reopen(struct workset *w, const struct job *job, const struct award *award, enum obligation_kind kind, int64_t due_on,
                  const char *why)
{
    struct obligation_ask *all = obligation_asked(w, job);
    struct obligation *obligation = obligation_of(all->rows, all->count, kind);
    const struct grantee of = grantee_of(award);

    if (obligation == NULL || !machine_allows(MACHINE_OBLIGATION, (int)obligation->state, OBLIGATION_OPEN))
        return;
    obligation->due_on = due_on;
    obligation->late = false;
    obligation_move(w, obligation, OBLIGATION_OPEN, why, job->actor);
    tell_obligation_set(w, job, &of, obligation);
}

/* The ask's array has room for one more (store/obligation.c), and one request orders one recovery. */
void award_owes(struct workset *w, const struct job *job, const struct award *award, const struct recovery *recovery)
{
    struct obligation_ask *all = obligation_asked(w, job);
    const struct grantee of = grantee_of(award);
    struct obligation *obligation = &all->rows[all->count++];

    *obligation = (struct obligation){
        .id = recovery->id, .award_id = award->id, .kind = OBLIGATION_REPAYMENT, .due_on = recovery->due_on, .state = OBLIGATION_OPEN};
    obligation_add(w, obligation, "ordered to be paid back", job->actor);
    tell_obligation_set(w, job, &of, obligation);
}

void award_owes_no_more(struct workset *w, const struct job *job, const struct award *award, const struct recovery *recovery)
{
    struct obligation_ask *all = obligation_asked(w, job);
    const bool paid = recovery->state == RECOVERY_PAID;

    end(w, job, award, obligation_with(all->rows, all->count, recovery->id), paid ? OBLIGATION_MET : OBLIGATION_WAIVED,
        paid ? "paid back" : "left unrecovered", job->actor);
}

/* --- closing: by the rules, whoever took the last step ----------------------------------------------------------------- */
static bool reports_wait(const struct report_ask *reports)
{
    for (size_t i = 0; i < reports->count; i++)
        if (report_in_review(reports->rows[i].report.state))
            return true;
    return false;
}

static bool closes(struct workset *w, const struct job *job, const struct award *award)
{
    const struct obligation_ask *obligations = obligation_asked(w, job);
    const struct award_rest rest = {.instalments = !instalments_settled(award->instalments, award->instalment_count),
                                    .recoveries = !recoveries_settled(award->recoveries, award->recovery_count),
                                    .obligations = !obligations_settled(obligations->rows, obligations->count),
                                    .reports = reports_wait(report_asked(w, job)),
                                    .amendments = amendment_waits(amendment_asked(w, job))};

    return award_closes(award, &rest);
}

static void end_call(const struct job *job, struct workset *w)
{
    const struct call *call = call_found(w, job);

    if (call->awards_open != 1 || !machine_allows(MACHINE_CALL, (int)call->state, CALL_ENDED))
        return;
    struct call *copy = arena_alloc(w->arena, sizeof *copy);
    *copy = *call;
    copy->version++;
    call_move(w, copy, CALL_ENDED, DONE, NOBODY);
    copy->state = CALL_ENDED;
    tell_call_moved(w, job, copy, call->state, CALL_ENDED, DONE);
}

void award_settle(struct job *job, struct workset *w, struct award *award)
{
    award_sum(award);
    if (closes(w, job, award))
        award_move(w, award, AWARD_CLOSED, DONE, NOBODY);
    award_touch(w, award);
    if (award->ended && award->state == AWARD_CLOSED)
        end_call(job, w);
}
