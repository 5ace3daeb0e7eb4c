/* GetCall: a call, for everybody once it is published. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/call_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/who.h"

enum err get_call_needs(struct job *job, struct workset *w)
{
    const enum err err = call_want_request(job, w, &((const Funding__GetCallRequest *)job->message)->call_id, CALL_READ);

    if (err == ERR_OK && who_is_official(job))
        call_asked(w, job)->uses = true;
    return err;
}

void get_call_decide(struct job *job, struct workset *w)
{
    const struct call *call = call_visible(job, w);

    if (call != NULL)
        job_answer(job, &call_message(job->arena, call, w->now_us, who_is_official(job))->base, (uint64_t)call->version);
}
