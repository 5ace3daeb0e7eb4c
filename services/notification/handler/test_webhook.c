/* TestWebhook: a delivery of type "webhook.test", to this one only, whatever types it wants. What became of it is in GetWebhook. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/hook.h"
#include "services/notification/handler/webhook_request.h"

enum err test_webhook_needs(struct job *job, struct workset *w)
{
    return webhook_want(job, w, ((const Notification__GetWebhookRequest *)job->message)->webhook_id, true);
}

void test_webhook_decide(struct job *job, struct workset *w)
{
    const struct webhook *webhook = webhook_wanted(job, w);

    if (webhook == NULL)
        return;
    if (webhook->state != WEBHOOK_ON) {
        (void)job_fail(job, ERR_REFUSED, "notification.webhook.disabled", NULL,
                       "Webhook on pois päältä; ota se käyttöön muuttamalla sen tilaksi (state) WEBHOOK_ENABLED",
                       "Webhooken är avstängd; ta den i bruk genom att ändra dess läge (state) till WEBHOOK_ENABLED",
                       "The webhook is disabled; enable it by changing its state to WEBHOOK_ENABLED (PUT /api/webhooks/{webhookId})");
        return;
    }
    const struct delivery delivery = {.id = uuid_v7(w->now_us),
                                      .webhook_id = webhook->id,
                                      .type = span_text(HOOK_TEST_TYPE),
                                      .state = DELIVERY_DUE,
                                      .created_us = w->now_us,
                                      .next_us = w->now_us};
    delivery_test(w, webhook->id, delivery.id, delivery.type, hook_test_body(w->arena, webhook->id, w->now_us));
    delivery_answer(job, &delivery);
}
