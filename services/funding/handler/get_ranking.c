/* GetRanking: the applications of a call by theme, the most points first, with what evaluators recommend and preparers have written. About
 * an application with a conflict of interest one sees what is public; one of the call's evaluators sees points and amounts once their own
 * evaluation is saved. */
#include <stdlib.h>

#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"
#include "services/funding/handler/evaluation_case.h"
#include "services/funding/handler/proposal_input.h"

#define ANSWER_MAX ((size_t)300 * 1024) /* of packed bytes: an answer of the bus holds 320 KiB */

struct ranked {
    const struct application *application;
    size_t theme; /* its place in the call */
    struct evaluated evaluated;
    bool shown;
};

enum err get_ranking_needs(struct job *job, struct workset *w)
{
    return proposal_input_want(job, w, &((const Funding__GetCallRequest *)job->message)->call_id, CALL_READ);
}

static int in_order(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    const int32_t points_x = x->shown ? x->evaluated.points : 0, points_y = y->shown ? y->evaluated.points : 0;

    if (x->theme != y->theme)
        return x->theme < y->theme ? -1 : 1;
    if (points_x != points_y)
        return points_x > points_y ? -1 : 1;
    return register_compare(x->application->register_number, y->application->register_number);
}

static struct ranked *rank_all(const struct job *job, const struct workset *w, const struct call *call)
{
    const struct application_ask *all = application_asked(w, job);
    const struct evaluation_ask *found = evaluation_asked(w, job);
    struct ranked *rows = arena_array(job->arena, all->count + 1, sizeof *rows);

    for (size_t i = 0; i < all->count; i++) {
        const struct application *a = all->rows[i];
        size_t count;
        const struct evaluation *evaluations = evaluation_rows(found, a->id, &count);

        rows[i] = (struct ranked){.application = a,
                                  .theme = proposal_theme_at(call, a->theme_id),
                                  .evaluated = evaluation_sum(evaluations, count, a->applied_cents),
                                  .shown = conflict_of(found, a->id, job->actor) == NULL && !evaluation_case_hidden(job, call, found, a)};
    }
    if (all->count > 0)
        qsort(rows, all->count, sizeof *rows, in_order);
    return rows;
}

static Funding__RankingRow *row_message(const struct job *job, const struct workset *w, const struct ranked *r)
{
    const struct application *a = r->application;
    const struct assessment *assessed = assessment_of(w, job, a->id);
    Funding__RankingRow *m = arena_alloc(job->arena, sizeof *m);

    funding__ranking_row__init(m);
    m->application_id = convert_id(job->arena, a->id);
    m->register_number = convert_text(a->register_number);
    m->title = convert_text(a->title);
    m->lead_name = convert_text(a->lead_name);
    m->theme_id = convert_id(job->arena, a->theme_id);
    m->applied_cents = a->applied_cents;
    if (!r->shown)
        return m;
    m->points = (uint32_t)r->evaluated.points;
    m->evaluations = (uint32_t)r->evaluated.count;
    m->outdated = (uint32_t)r->evaluated.outdated;
    m->recommended_cents = r->evaluated.rejected ? 0 : r->evaluated.cents;
    m->assessed_cents = assessed != NULL ? assessed->cents : 0;
    m->state = assessed != NULL ? (Funding__AssessmentState)assessed->state : FUNDING__ASSESSMENT_STATE__ASSESSMENT_UNHANDLED;
    m->conflicts = (uint32_t)conflict_count(evaluation_asked(w, job), a->id);
    return m;
}

/* Of very large calls what ListApplications tells too is left out. */
static void fit(Funding__Ranking *m)
{
    if (protobuf_c_message_get_packed_size(&m->base) > ANSWER_MAX)
        for (size_t i = 0; i < m->n_rows; i++)
            m->rows[i]->title = convert_text("");
    if (protobuf_c_message_get_packed_size(&m->base) > ANSWER_MAX)
        for (size_t i = 0; i < m->n_rows; i++)
            m->rows[i]->lead_name = convert_text("");
    if (protobuf_c_message_get_packed_size(&m->base) > ANSWER_MAX)
        for (size_t i = 0; i < m->n_rows; i++) {
            m->rows[i]->register_number = convert_text("");
            m->rows[i]->theme_id = (ProtobufCBinaryData){0};
        }
}

void get_ranking_decide(struct job *job, struct workset *w)
{
    const struct call *call = proposal_call(job, w);
    Funding__Ranking *m = arena_alloc(job->arena, sizeof *m);

    if (call == NULL)
        return;
    const struct ranked *rows = rank_all(job, w, call);
    const size_t count = application_asked(w, job)->count;
    funding__ranking__init(m);
    m->rows = arena_array(job->arena, count + 1, sizeof *m->rows);
    for (; m->n_rows < count; m->n_rows++)
        m->rows[m->n_rows] = row_message(job, w, &rows[m->n_rows]);
    fit(m);
    job_answer(job, &m->base, 0);
}
