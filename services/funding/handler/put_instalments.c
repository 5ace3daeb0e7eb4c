/* PutInstalments: a preparer plans anew what is not ordered yet. Rows that stay as they were planned stay; the others of the plan are
 * cancelled, and new ones follow, from today on. What has been ordered, sent or paid is not touched. Once the final report is accepted no
 * more is planned than was used. */
#include "common/base/workday.h"
#include "services/funding/domain/money.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/settlement.h"
#include "services/funding/handler/tell_award.h"

enum err put_instalments_needs(struct job *job, struct workset *w)
{
    const Funding__PutInstalmentsRequest *request = (const Funding__PutInstalmentsRequest *)job->message;
    struct uuid id;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = check_id(job, "applicationId", &request->application_id, &id);
    if (err == ERR_OK)
        err = check_range(job, "instalments", (int64_t)request->n_instalments, 0, INSTALMENTS_MAX);
    for (size_t i = 0; err == ERR_OK && i < request->n_instalments; i++)
        err = check_day(job, arena_printf(job->arena, "instalments[%zu].dueOn", i), request->instalments[i]->due_on, NULL);
    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    if (err == ERR_OK)
        award_change_want(w, job, AWARD_BY_ID, id);
    return err;
}

static struct planned_instalment *read_plan(struct arena *arena, const Funding__PutInstalmentsRequest *request)
{
    struct planned_instalment *plan = arena_array(arena, request->n_instalments + 1, sizeof *plan);

    for (size_t i = 0; i < request->n_instalments; i++) {
        plan[i].cents = request->instalments[i]->cents;
        if (!day_parse(&plan[i].due_on, span_text(request->instalments[i]->due_on)))
            plan[i].due_on = NO_DAY;
    }
    return plan;
}

static bool is_refused(struct job *job, struct workset *w, const struct award *award, const struct planned_instalment *plan,
                       const bool *stays, size_t count)
{
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);
    const int64_t most = settlement_most(award->granted_cents, report_asked(w, job));
    const struct instalment_bounds bounds = {
        .most_cents = most, .settled = most < award->granted_cents, .today = helsinki_day(w->now_us), .stays = stays};

    if (award->state != AWARD_OFFERED && award->state != AWARD_ACCEPTED) {
        (void)job_fail(job, ERR_REFUSED, "funding.award.ended", NULL, "Avustus on päättynyt: sille ei voi enää suunnitella eriä",
                       "Understödet har upphört: rater kan inte längre planeras",
                       "The grant has ended: nothing is planned for it any more");
        job_fact(job, "state", machine_state(MACHINE_AWARD, (int)award->state));
        return true;
    }
    instalments_check(award->instalments, award->instalment_count, plan, count, &bounds, findings);
    return findings_refuse(job, findings);
}

/* The place in the plan of a row that stays as it is; -1: it does not stay. */
static int place_of(const struct instalment *row, const struct planned_instalment *plan, const bool *taken, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!taken[i] && plan[i].cents == row->cents && plan[i].due_on == row->due_on)
            return (int)i;
    return -1;
}

/* Which rows of the plan are there already, and which of the award's stay. */
static void match(const struct award *award, const struct planned_instalment *plan, bool *taken, bool *stays, size_t count)
{
    for (size_t i = 0; i < award->instalment_count; i++) {
        const struct instalment *row = &award->instalments[i];
        const int place = row->state == INSTALMENT_PLANNED ? place_of(row, plan, taken, count) : -1;

        stays[i] = row->state != INSTALMENT_PLANNED || place >= 0;
        if (place >= 0)
            taken[place] = true;
    }
}

static void cancel_rest(struct job *job, struct workset *w, struct award *award, const bool *stays, const char *why)
{
    for (size_t i = 0; i < award->instalment_count; i++)
        if (!stays[i])
            instalment_move(w, &award->instalments[i], INSTALMENT_CANCELLED, why, job->actor);
}

static void add_new(struct job *job, struct workset *w, struct award *award, const struct planned_instalment *plan, const bool *taken,
                    size_t count, const char *why)
{
    struct instalment *rows = arena_array(w->arena, award->instalment_count + count + 1, sizeof *rows);

    for (size_t i = 0; i < award->instalment_count; i++)
        rows[i] = award->instalments[i];
    award->instalments = rows;
    for (size_t i = 0; i < count; i++)
        if (!taken[i]) {
            struct instalment *row = &rows[award->instalment_count];
            *row = (struct instalment){.id = uuid_v7(w->now_us),
                                       .n = instalments_next(rows, award->instalment_count),
                                       .cents = plan[i].cents,
                                       .due_on = plan[i].due_on,
                                       .state = INSTALMENT_PLANNED,
                                       .paid_on = NO_DAY};
            award->instalment_count++;
            instalment_add(w, award->id, row, why, job->actor);
        }
}

static bool is_too_many(struct job *job, const struct award *award, const bool *taken, size_t count)
{
    size_t after = (size_t)instalments_next(award->instalments, award->instalment_count) - 1;

    for (size_t i = 0; i < count; i++)
        after += !taken[i];
    if (after <= INSTALMENTS_MAX)
        return false;
    (void)job_fail(job, ERR_REFUSED, "funding.instalment.too-many", "instalments",
                   "Avustuksella voi olla enintään 50 erää, peruutetut mukaan lukien: yhdistä eriä",
                   "Ett understöd kan ha högst 50 rater, annullerade medräknade: slå ihop rater",
                   "A grant can have at most 50 instalments, cancelled ones counted: join some of them");
    return true;
}

void put_instalments_decide(struct job *job, struct workset *w)
{
    const Funding__PutInstalmentsRequest *request = (const Funding__PutInstalmentsRequest *)job->message;
    struct award *award = award_prepared(job, w);
    const size_t count = request->n_instalments;
    const char *why = *request->reason != '\0' ? request->reason : "planned anew";
    bool *taken = arena_array(w->arena, count + 1, sizeof *taken);

    if (award == NULL || check_version(job, (uint64_t)award->version) != ERR_OK)
        return;
    bool *stays = arena_array(w->arena, award->instalment_count + 1, sizeof *stays);
    const struct planned_instalment *plan = read_plan(w->arena, request);
    match(award, plan, taken, stays, count);
    if (is_refused(job, w, award, plan, taken, count) || is_too_many(job, award, taken, count))
        return;
    cancel_rest(job, w, award, stays, why); /* no change before the last refusal: what a job has changed is saved */
    add_new(job, w, award, plan, taken, count, why);
    award_settle(job, w, award);
    award_answer(job, award);
}
