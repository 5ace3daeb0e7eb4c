/* A call moved on. One that was called off, or went back to its preparers, takes no applications: nobody is reminded that it closes. Why it
 * was called off, its applicants read when their applications end with it. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind_grant.h"
#include "services/notification/handler/tell_grant.h"
#include "services/notification/store/grant_call.h"

enum err on_call_moved_needs(struct job *job, struct workset *w)
{
    struct uuid call;

    if (!convert_id(&call, ((const Funding__CallMoved *)job->message)->call_id))
        return tell_refuse(job, "call_id");
    remind_call_needs(job, w, call);
    grant_call_want(w, job, call);
    return ERR_OK;
}

void on_call_moved_decide(struct job *job, struct workset *w)
{
    const Funding__CallMoved *event = (const Funding__CallMoved *)job->message;
    struct grant_call *call = grant_call_found(w, job);
    const Funding__CallState to = event->to;

    if (to == FUNDING__CALL_STATE__CALL_CALLED_OFF) {
        call->off_reason = convert_reason(event->reason);
        grant_call_put(w, call);
    }
    if (to == FUNDING__CALL_STATE__CALL_CALLED_OFF || to == FUNDING__CALL_STATE__CALL_DRAFT)
        remind_call_moved(job, w, 0);
}
