/* A call was published or changed: who has a draft in it is reminded of the moment at which it closes now. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind_grant.h"
#include "services/notification/handler/tell_grant.h"

enum err on_call_stored_needs(struct job *job, struct workset *w)
{
    const Funding__CallStored *event = (const Funding__CallStored *)job->message;
    struct uuid call;

    if (!convert_id(&call, event->call_id) || event->closes_us <= 0)
        return tell_refuse(job, "call_id");
    remind_call_needs(job, w, call);
    return ERR_OK;
}

void on_call_stored_decide(struct job *job, struct workset *w)
{
    remind_call_moved(job, w, ((const Funding__CallStored *)job->message)->closes_us);
}
