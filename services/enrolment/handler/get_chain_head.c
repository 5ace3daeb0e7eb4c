/* GetChainHead: the end of an implementation's order chain, signed. Public: whoever notes it can later show that nothing before it
 * was changed. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/signer.h"

enum err get_chain_head_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetChainHeadRequest *request = (const Enrolment__GetChainHeadRequest *)job->message;
    struct uuid id;
    const enum err err = check_id(job, "implementationId", &request->implementation_id, &id);

    if (err == ERR_OK)
        workset_see_of_implementation(w, id);
    return err;
}

void get_chain_head_decide(struct job *job, struct workset *w)
{
    const Enrolment__GetChainHeadRequest *request = (const Enrolment__GetChainHeadRequest *)job->message;
    struct uuid id;

    if (check_id(job, "implementationId", &request->implementation_id, &id) != ERR_OK)
        return;
    const struct implementation *i = workset_implementation(w, id);
    if (i == NULL)
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else
        job_answer(job, &chain_head_message(w, i)->base, 0);
}
