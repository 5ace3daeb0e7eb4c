/* A call was published or changed: who has a draft in it is reminded of the moment at which it closes now, and letters say where to ask and
 * how to request a review as it says now. */
#include <string.h>

#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind_grant.h"
#include "services/notification/handler/tell_grant.h"
#include "services/notification/store/grant_call.h"

#define CONTACT_MAX (4 * 1000)  /* bytes: 1000 characters */
#define REVIEW_MAX  (24 * 1024) /* in one language */

static bool review_fits(const Bus__Text *review)
{
    return strlen(review->fi) <= REVIEW_MAX && strlen(review->sv) <= REVIEW_MAX && strlen(review->en) <= REVIEW_MAX;
}

enum err on_call_stored_needs(struct job *job, struct workset *w)
{
    const Funding__CallStored *event = (const Funding__CallStored *)job->message;
    struct uuid call;

    if (!convert_id(&call, event->call_id) || event->closes_us <= 0)
        return tell_refuse(job, "call_id");
    if (strlen(event->contact) > CONTACT_MAX || (event->review != NULL && !review_fits(event->review)))
        return tell_refuse(job, "review");
    remind_call_needs(job, w, call);
    grant_call_want(w, job, call);
    return ERR_OK;
}

void on_call_stored_decide(struct job *job, struct workset *w)
{
    const Funding__CallStored *event = (const Funding__CallStored *)job->message;
    struct grant_call *call = grant_call_found(w, job);

    remind_call_moved(job, w, event->closes_us);
    if ((int64_t)event->version < call->version)
        return; /* heard again */
    call->version = (int64_t)event->version;
    call->contact = span_text(event->contact);
    if (event->review != NULL) {
        call->review[LANGUAGE_FI] = span_text(event->review->fi);
        call->review[LANGUAGE_SV] = span_text(event->review->sv);
        call->review[LANGUAGE_EN] = span_text(event->review->en);
    }
    grant_call_put(w, call);
}
