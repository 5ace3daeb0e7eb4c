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
    job_answer(job, &conflict_list_message(job, &c, NULL)->base, 0);
}
