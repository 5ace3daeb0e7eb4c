/* GetWebhook: one, with its newest deliveries and what became of them. */
#include "services/notification/handler/convert.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/webhook_request.h"

enum err get_webhook_needs(struct job *job, struct workset *w)
{
    const Notification__GetWebhookRequest *request = (const Notification__GetWebhookRequest *)job->message;
    struct uuid id;
    const enum err err = webhook_want(job, w, request->webhook_id, false);

    if (err == ERR_OK && convert_id(&id, request->webhook_id))
        delivery_want_of(w, job, id);
    return err;
}

void get_webhook_decide(struct job *job, struct workset *w)
{
    const struct webhook *webhook = webhook_wanted(job, w);
    size_t count;
    const struct delivery *deliveries = delivery_found(w, job, &count);

    if (webhook != NULL)
        webhook_answer(job, webhook, NULL, deliveries, count);
}
