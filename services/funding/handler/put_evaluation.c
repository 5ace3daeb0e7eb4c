/* PutEvaluation: one of the call's evaluators scores an application by every criterion, gives a verdict and an amount. The call
 * has closed by then. Saving again replaces it, until the decision. Nobody else changes it. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/evaluation_case.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/tell_evaluation.h"
#include "services/funding/handler/who.h"

static const char *const VERDICTS[] = {"VERDICT_FUND", "VERDICT_FUND_PART", "VERDICT_DO_NOT_FUND", NULL};

static enum err check_scores(struct job *job, const Funding__PutEvaluationRequest *request)
{
    struct uuid criterion;
    enum err err = check_range(job, "scores", (int64_t)request->n_scores, 0, CALL_CRITERIA_MAX);

    for (size_t i = 0; err == ERR_OK && i < request->n_scores; i++) {
        err = check_id(job, arena_printf(job->arena, "scores[%zu].criterionId", i), &request->scores[i]->criterion_id, &criterion);
        if (err == ERR_OK)
            err = check_range(job, arena_printf(job->arena, "scores[%zu].points", i), request->scores[i]->points, 0, 100);
    }
    return err;
}

enum err put_evaluation_needs(struct job *job, struct workset *w)
{
    const Funding__PutEvaluationRequest *request = (const Funding__PutEvaluationRequest *)job->message;
    enum err err = who_has(job, BUS__ROLE__ROLE_EVALUATOR);

    if (err == ERR_OK && (request->verdict < FUNDING__VERDICT__VERDICT_FUND || request->verdict > FUNDING__VERDICT__VERDICT_DO_NOT_FUND))
        err = fail_word(job, "verdict", "", VERDICTS);
    if (err == ERR_OK)
        err = check_scores(job, request);
    if (err == ERR_OK)
        err = check_lines(job, "comment", request->comment, 0, EVALUATION_COMMENT_MAX);
    return err == ERR_OK ? evaluation_case_want(job, w, &request->application_id, true) : err;
}

static struct evaluation *read_request(struct job *job, const struct workset *w, const struct evaluation_case *c)
{
    const Funding__PutEvaluationRequest *request = (const Funding__PutEvaluationRequest *)job->message;
    const struct evaluation *before = evaluation_by(c->found, c->application->id, job->actor);
    struct evaluation *e = arena_alloc(w->arena, sizeof *e);

    *e = (struct evaluation){.application_id = c->application->id,
                             .person_id = job->actor,
                             .verdict = (enum verdict)request->verdict,
                             .cents = request->cents,
                             .comment = request->comment,
                             .saved_us = w->now_us,
                             .version = before != NULL ? before->version + 1 : 1,
                             .score_count = request->n_scores};
    e->scores = arena_array(w->arena, request->n_scores + 1, sizeof *e->scores);
    for (size_t i = 0; i < request->n_scores; i++) {
        e->scores[i].points = (int32_t)request->scores[i]->points;
        memcpy(e->scores[i].criterion_id.b, request->scores[i]->criterion_id.data, 16); /* its length was checked */
    }
    return e;
}

/* How many count once this one is saved. */
static size_t counted_with(const struct evaluation_case *c, const struct evaluation *e)
{
    size_t count, counted = 1;
    const struct evaluation *rows = evaluation_rows(c->found, c->application->id, &count);

    for (size_t i = 0; i < count; i++)
        counted += !rows[i].excluded && uuid_compare(rows[i].person_id, e->person_id) != 0;
    return counted;
}

static bool is_evaluator(struct job *job, const struct call *call)
{
    if (call_official(call, job->actor, OFFICIAL_EVALUATOR) != NULL)
        return true;
    (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-evaluator", NULL, "Et ole tämän haun arvioija",
                   "Du är inte bedömare i denna utlysning", "You are no evaluator of this call");
    return false;
}

/* One of a hundred who evaluates again goes on; evaluators who came and went count too. */
static bool is_room(struct job *job, const struct evaluation_case *c)
{
    size_t count;

    (void)evaluation_rows(c->found, c->application->id, &count);
    if (count < CALL_OFFICIALS_MAX || evaluation_by(c->found, c->application->id, job->actor) != NULL)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.evaluation.too-many", NULL, "Hakemuksella on jo 100 arviota, eikä enempää voi tallentaa",
                   "Ansökan har redan 100 bedömningar, och fler kan inte sparas",
                   "The application has 100 evaluations already, and there can be no more");
    return false;
}

void put_evaluation_decide(struct job *job, struct workset *w)
{
    struct findings *findings = arena_alloc(job->arena, sizeof *findings);
    struct evaluation_case c;

    if (!evaluation_case_open(job, w, &c) || !is_evaluator(job, c.call) || !evaluation_case_waits(job, &c) ||
        !evaluation_call_closed(job, c.call, w->now_us) || !is_room(job, &c))
        return;
    struct evaluation *e = read_request(job, w, &c);
    evaluation_check(e, c.call, c.application->applied_cents, findings);
    if (findings_refuse(job, findings))
        return;
    e->points_total = evaluation_points(e->scores, e->score_count, c.call);
    evaluation_put(w, e);
    tell_evaluated(w, job, e->application_id, c.call->id, counted_with(&c, e));
    job_answer(job, &evaluation_message(job->arena, c.call, e)->base, (uint64_t)e->version);
}
