/* ListRemarks: the internal comments about an application, oldest first, for the officials of its call; those of other evaluators not
 * before one's own evaluation is saved. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/evaluation_case.h"
#include "services/funding/handler/remark_message.h"

enum err list_remarks_needs(struct job *job, struct workset *w)
{
    const enum err err = evaluation_case_want(job, w, &((const Funding__GetApplicationRequest *)job->message)->application_id, false);

    if (err == ERR_OK)
        remark_want(w, job, application_asked(w, job)->id);
    return err;
}

void list_remarks_decide(struct job *job, struct workset *w)
{
    struct evaluation_case c;

    if (evaluation_case_open(job, w, &c))
        job_answer(job, &remark_list_message(job, w, &c, NULL)->base, 0);
}
