/* ListEvaluations: the evaluations of an application, for the officials of its call. One of the call's evaluators sees the others' only
 * once their own is saved: what one writes is to be one's own. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/evaluation_case.h"

#define ANSWER_MAX ((size_t)300 * 1024) /* of packed bytes: an answer of the bus holds 320 KiB */

enum err list_evaluations_needs(struct job *job, struct workset *w)
{
    return evaluation_case_want(job, w, &((const Funding__GetApplicationRequest *)job->message)->application_id, false);
}

/* The first bytes of a text that are whole characters, and a sign that there were more. */
static char *shorten(struct arena *arena, const char *text, size_t bytes)
{
    while (bytes > 0 && ((unsigned char)text[bytes] & 0xc0) == 0x80)
        bytes--;
    return arena_printf(arena, "%.*s…", (int)bytes, text);
}

/* Where all of it would not fit one answer, each comment gets its part of the room. */
static void fit(struct arena *arena, Funding__EvaluationList *list)
{
    size_t most, comments = 0;

    if (list->n_evaluations == 0 || protobuf_c_message_get_packed_size(&list->base) <= ANSWER_MAX)
        return;
    for (size_t i = 0; i < list->n_evaluations; i++)
        comments += strlen(list->evaluations[i]->comment);
    most = (ANSWER_MAX - (protobuf_c_message_get_packed_size(&list->base) - comments)) / list->n_evaluations;
    for (size_t i = 0; i < list->n_evaluations; i++)
        if (strlen(list->evaluations[i]->comment) > most)
            list->evaluations[i]->comment = shorten(arena, list->evaluations[i]->comment, most - 3);
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
        list->points_mean = (uint32_t)evaluation_sum(rows, count, c.application->applied_cents).points;
        list->evaluations = arena_array(job->arena, count + 1, sizeof *list->evaluations);
        for (; list->n_evaluations < count; list->n_evaluations++)
            list->evaluations[list->n_evaluations] = evaluation_message(job->arena, c.call, &rows[list->n_evaluations]);
    }
    fit(job->arena, list);
    job_answer(job, &list->base, 0);
}
