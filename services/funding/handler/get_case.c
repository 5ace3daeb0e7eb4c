/* GetCase: a case, as far as its reader may see it (case_message.h). */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/prepared_case.h"

enum err get_case_needs(struct job *job, struct workset *w)
{
    return prepared_case_want(job, w, &((const Municipal__GetCaseRequest *)job->message)->case_id, false);
}

void get_case_decide(struct job *job, struct workset *w)
{
    struct case_view view;
    const struct municipal_case *c = prepared_case_seen(job, w, &view);

    if (c != NULL)
        job_answer(job, &case_message(job->arena, c, &view)->base, (uint64_t)c->version);
}
