/* RemoveWebhook: nothing goes there any more; what was to go, and the record of what went, goes with it. The answer is the last one sees of
 * it, and does not call it enabled. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/webhook_request.h"

enum err remove_webhook_needs(struct job *job, struct workset *w)
{
    return webhook_want(job, w, ((const Notification__GetWebhookRequest *)job->message)->webhook_id, true);
}

void remove_webhook_decide(struct job *job, struct workset *w)
{
    const struct webhook *webhook = webhook_wanted(job, w);
    struct webhook gone;

    if (webhook == NULL)
        return;
    webhook_remove(w, webhook->id);
    gone = *webhook;
    gone.state = WEBHOOK_OFF;
    gone.why = span_text("removed");
    webhook_answer(job, &gone, NULL, NULL, 0);
}
