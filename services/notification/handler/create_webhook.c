/* CreateWebhook: an operator says where events are to go. A wrong URL, a private address or an unknown type is refused here, by rule and
 * field. The answer is the only one, but for a rotation's, with the secret. */
#include "common/base/hash.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/handler/webhook_request.h"

enum err create_webhook_needs(struct job *job, struct workset *w)
{
    const Notification__CreateWebhookRequest *request = (const Notification__CreateWebhookRequest *)job->message;
    enum err err = page_require_admin(job);

    if (err == ERR_OK)
        err = webhook_check(job, w, request->url, request->description, request->types, request->n_types, request->all_types);
    if (err == ERR_OK)
        webhook_ask(w, job)->what = WEBHOOK_ASK_COUNT;
    return err;
}

void create_webhook_decide(struct job *job, struct workset *w)
{
    const Notification__CreateWebhookRequest *request = (const Notification__CreateWebhookRequest *)job->message;
    uint8_t secret[WEBHOOK_SECRET_SIZE];

    if (webhook_asked(w, job)->count >= WEBHOOK_MANY) {
        (void)job_fail(job, ERR_REFUSED, "notification.webhook.many", NULL, "Webhookeja on jo 100", "Det finns redan 100 webhookar",
                       "There are 100 webhooks already");
        return;
    }
    const struct webhook webhook = {.id = uuid_v7(w->now_us),
                                    .url = span_text(request->url),
                                    .description = span_text(request->description),
                                    .types = webhook_types(w->arena, request->types, request->n_types),
                                    .state = WEBHOOK_ON,
                                    .created_us = w->now_us,
                                    .version = 1};
    random_bytes(secret, sizeof secret);
    webhook_add(w, &webhook, secret);
    webhook_answer(job, &webhook, secret, NULL, 0);
}
