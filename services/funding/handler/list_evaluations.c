/* ListEvaluations: the evaluations of an application, for the officials of its call. One of the call's evaluators sees the others' only
 * once their own is saved: what one writes is to be one's own. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/evaluation_case.h"

enum err list_evaluations_needs(struct job *job, struct workset *w)
{
    return evaluation_case_want(job, w, &((const Funding__GetApplicationRequest *)job->message)->application_id, false);
}

void list_evaluations_decide(struct job *job, struct workset *w)
{
    Funding__EvaluationList *list = arena_alloc(job->arena, sizeof *list);
    struct evaluation_case c;
    size_t count;

    if (!evaluation_case_open(job, w, &c))
        return;
    const struct evaluation *rows = evaluation_rows(c.found, c.application->id, &count);
    funding__evaluation_list__init(list);
    if (evaluation_case_hidden(job, c.call, c.found, c.application)) {
        list->hidden = count > 0;
    } else {
        list->points_mean = (uint32_t)evaluation_sum(rows, count).points;
        list->evaluations = arena_array(job->arena, count + 1, sizeof *list->evaluations);
        for (; list->n_evaluations < count; list->n_evaluations++)
            list->evaluations[list->n_evaluations] = evaluation_message(job->arena, &rows[list->n_evaluations]);
    }
    job_answer(job, &list->base, 0);
}
