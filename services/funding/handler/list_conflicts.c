/* ListConflicts: the conflicts of interest noted about an application, for the officials of its call. Whoever has one sees their own. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/evaluation_case.h"

enum err list_conflicts_needs(struct job *job, struct workset *w)
{
    return evaluation_case_want(job, w, &((const Funding__GetApplicationRequest *)job->message)->application_id, false);
}

void list_conflicts_decide(struct job *job, struct workset *w)
{
    struct evaluation_case c;

    if (!evaluation_case_seen(job, w, &c))
        return;
    const struct conflict *own = conflict_of(c.found, c.application->id, job->actor);
    const struct conflict **rows = arena_array(job->arena, c.found->conflict_count + 1, sizeof *rows);
    size_t count = 0;
    for (size_t i = 0; i < c.found->conflict_count; i++)
        if (own == NULL || own == &c.found->conflicts[i])
            rows[count++] = &c.found->conflicts[i];
    job_answer(job, &conflict_list_message(job->arena, rows, count)->base, 0);
}
