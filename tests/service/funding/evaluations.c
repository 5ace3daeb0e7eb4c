/* See evaluations.h. */
#include "tests/service/funding/evaluations.h"

#include "common/base/day.h"
#include "common/base/workday.h"

void rig_close(struct rig *rig, const struct rig_call *call)
{
    char id[UUID_TEXT];

    uuid_format(call->id, id);
    if (kit_sql_int(rig_pg(rig), "select count(*) from funding.call where id = '%s' and closes_at > now()", id) > 0)
        rig_closes_in(rig, call, -TIME_SECOND);
}

static Funding__Verdict verdict_of(struct rig *rig, const struct rig_application *a, struct evaluation_plan plan)
{
    char id[UUID_TEXT];

    uuid_format(a->id, id);
    if (plan.verdict != 0)
        return plan.verdict;
    return kit_sql_int(rig_pg(rig), "select applied_cents from funding.application where id = '%s'", id) > plan.cents && plan.cents > 0
               ? FUNDING__VERDICT__VERDICT_FUND_PART
               : FUNDING__VERDICT__VERDICT_FUND;
}

struct answer rig_evaluate(struct rig *rig, const struct rig_call *call, const struct rig_application *a, size_t who,
                           struct evaluation_plan plan)
{
    Funding__PutEvaluationRequest request = FUNDING__PUT_EVALUATION_REQUEST__INIT;
    Funding__Score scores[2] = {FUNDING__SCORE__INIT, FUNDING__SCORE__INIT}, *rows[2] = {&scores[0], &scores[1]};

    for (size_t i = 0; i < 2; i++) {
        scores[i].criterion_id = rig_bytes(&call->criteria[i]);
        scores[i].points = plan.points[i];
    }
    request.application_id = rig_bytes(&a->id);
    request.scores = rows;
    request.n_scores = 2;
    request.verdict = verdict_of(rig, a, plan);
    request.cents = plan.cents;
    request.comment = (char *)"Selkeä hanke.";
    if (!plan.open)
        rig_close(rig, call);
    return rig_ask(
        rig, &(struct ask){.method = "PutEvaluation", .message = &request.base, .actor = call->evaluators[who], .roles = RIG_EVALUATOR});
}

struct answer rig_note_conflict(struct rig *rig, const struct rig_application *a, struct uuid actor, uint32_t roles, struct uuid person)
{
    Funding__NoteConflictRequest request = FUNDING__NOTE_CONFLICT_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    request.person_id = rig_bytes(&person);
    request.reason = (char *)"Entinen työnantaja on hankkeen osapuoli";
    return rig_ask(rig, &(struct ask){.method = "NoteConflict", .message = &request.base, .actor = actor, .roles = roles});
}

struct answer rig_of_application(struct rig *rig, const char *method, const struct rig_application *a, struct uuid who, uint32_t roles)
{
    Funding__GetApplicationRequest request = FUNDING__GET_APPLICATION_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    return rig_ask(rig, &(struct ask){.method = method, .message = &request.base, .actor = who, .roles = roles});
}

struct answer rig_of_call(struct rig *rig, const char *method, const struct rig_call *call, struct uuid who, uint32_t roles)
{
    Funding__GetCallRequest request = FUNDING__GET_CALL_REQUEST__INIT;
    Funding__MakeProposalRequest make = FUNDING__MAKE_PROPOSAL_REQUEST__INIT;

    request.call_id = make.call_id = rig_bytes(&call->id);
    if (strcmp(method, "MakeProposal") == 0)
        rig_close(rig, call);
    return rig_ask(rig, &(struct ask){.method = method,
                                      .message = strcmp(method, "MakeProposal") == 0 ? &make.base : &request.base,
                                      .actor = who,
                                      .roles = roles});
}

/* --- assessments ------------------------------------------------------------------------------------------------------- */
static char *day_text(struct rig *rig, int64_t days)
{
    char *text = arena_alloc(rig_arena(rig), DAY_TEXT);

    day_format(helsinki_day(time_now_us()) + days, text);
    return text;
}

static int64_t *spread(struct rig *rig, int64_t cents, size_t count)
{
    int64_t *all = arena_array(rig_arena(rig), count, sizeof *all);

    for (size_t i = 0; i < count; i++)
        all[i] = cents / (int64_t)count;
    all[0] += cents - cents / (int64_t)count * (int64_t)count;
    return all;
}

static void put_amounts(struct rig *rig, Funding__Assessment *m, const struct assess_plan *plan)
{
    const int64_t accepted = plan->accepted_cents > 0 ? plan->accepted_cents : plan->cents;
    const size_t instalments = plan->instalments > 0 ? plan->instalments : 1;
    const int64_t *each = spread(rig, plan->cents, instalments);

    m->cents = plan->cents;
    m->n_partner_cents = plan->partners > 0 ? plan->partners : 2;
    m->partner_cents = spread(rig, plan->cents, m->n_partner_cents);
    m->n_line_cents = plan->lines > 0 ? plan->lines : 3;
    m->line_cents = arena_array(rig_arena(rig), m->n_line_cents, sizeof *m->line_cents);
    if (plan->line_cents != NULL)
        memcpy(m->line_cents, plan->line_cents, m->n_line_cents * sizeof *m->line_cents);
    else if (m->n_line_cents == 3) {
        m->line_cents[0] = accepted / 2;
        m->line_cents[1] = accepted / 4;
        m->line_cents[2] = accepted - m->line_cents[0] - m->line_cents[1];
    } else
        m->line_cents[0] = accepted;
    m->instalments = arena_array(rig_arena(rig), instalments, sizeof *m->instalments);
    for (; m->n_instalments < instalments; m->n_instalments++) {
        Funding__PlannedInstalment *p = m->instalments[m->n_instalments] = arena_alloc(rig_arena(rig), sizeof *p);

        funding__planned_instalment__init(p);
        p->due_on = day_text(rig, 60 + 90 * (int64_t)m->n_instalments);
        p->cents = each[m->n_instalments];
    }
}

static uint64_t version_of(struct rig *rig, const struct rig_call *call, const struct rig_application *a)
{
    const struct answer answer = rig_of_application(rig, "GetAssessment", a, call->preparer, RIG_PREPARER);

    if (answer.err != ERR_OK)
        fail_msg("GetAssessment: error %d %s", (int)answer.err, answer.rule);
    return answer.version;
}

struct answer rig_assess(struct rig *rig, const struct rig_call *call, const struct rig_application *a, const struct assess_plan *plan)
{
    Funding__PutAssessmentRequest request = FUNDING__PUT_ASSESSMENT_REQUEST__INIT;
    Funding__Assessment m = FUNDING__ASSESSMENT__INIT;
    uint32_t reason = plan->reason;

    request.application_id = rig_bytes(&a->id);
    request.assessment = &m;
    m.state = plan->state != 0 ? plan->state : FUNDING__ASSESSMENT_STATE__ASSESSMENT_GRANT;
    if (m.state == FUNDING__ASSESSMENT_STATE__ASSESSMENT_GRANT)
        put_amounts(rig, &m, plan);
    m.purpose = (char *)"Koulutuksen yhteiseen kehittämiseen";
    m.use_from = day_text(rig, 30);
    m.use_until = day_text(rig, 430);
    m.reasons = &reason;
    m.n_reasons = reason != 0;
    m.deviation = (char *)(uintptr_t)(plan->deviation != NULL ? plan->deviation : "");
    return rig_ask(rig, &(struct ask){.method = "PutAssessment",
                                      .message = &request.base,
                                      .actor = call->preparer,
                                      .roles = RIG_PREPARER,
                                      .if_match = plan->if_match != 0 ? plan->if_match : version_of(rig, call, a)});
}
