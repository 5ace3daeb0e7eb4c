/* RotateWebhook: a new secret. For 24 hours both sign, so that the receiver can change over at its leisure. */
#include "common/base/hash.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/webhook_request.h"

enum err rotate_webhook_needs(struct job *job, struct workset *w)
{
    return webhook_want(job, w, ((const Notification__GetWebhookRequest *)job->message)->webhook_id, true);
}

void rotate_webhook_decide(struct job *job, struct workset *w)
{
    struct webhook *webhook = webhook_wanted(job, w);
    uint8_t secret[WEBHOOK_SECRET_SIZE];

    if (webhook == NULL)
        return;
    random_bytes(secret, sizeof secret);
    webhook->rotated_us = w->now_us;
    webhook->version++;
    webhook_rotate(w, webhook, secret);
    webhook_answer(job, webhook, secret, NULL, 0);
}
