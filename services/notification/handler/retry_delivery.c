/* RetryDelivery: a delivery that failed for good is sent again, under the same webhook-id and with all its tries anew. */
#include "services/notification/handler/convert.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/handler/webhook_request.h"

enum err retry_delivery_needs(struct job *job, struct workset *w)
{
    const Notification__RetryDeliveryRequest *request = (const Notification__RetryDeliveryRequest *)job->message;
    struct uuid id;
    const enum err err = page_require_admin(job);

    if (err != ERR_OK)
        return err;
    if (!convert_id(&id, request->delivery_id))
        return job_fail(job, ERR_INVALID, "request.id", "deliveryId", "Tunniste on virheellinen", "Id:t är felaktigt",
                        "The id is malformed");
    delivery_want(w, job, id);
    return ERR_OK;
}

void retry_delivery_decide(struct job *job, struct workset *w)
{
    size_t count;
    struct delivery *delivery = delivery_found(w, job, &count);

    if (count == 0) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    } else if (delivery->state != DELIVERY_DEAD) {
        (void)job_fail(job, ERR_REFUSED, "notification.delivery.not-failed", NULL, "Vain epäonnistuneen lähetyksen voi lähettää uudelleen",
                       "Bara en misslyckad leverans kan sändas på nytt", "Only a failed delivery can be sent again");
    } else if (delivery->webhook_state != WEBHOOK_ON) {
        (void)job_fail(job, ERR_REFUSED, "notification.webhook.disabled", NULL,
                       "Webhook on pois päältä; ota se käyttöön muuttamalla sen tilaksi (state) WEBHOOK_ENABLED",
                       "Webhooken är avstängd; ta den i bruk genom att ändra dess läge (state) till WEBHOOK_ENABLED",
                       "The webhook is disabled; enable it by changing its state to WEBHOOK_ENABLED (PUT /api/webhooks/{webhookId})");
    } else {
        delivery_again(w, delivery->id);
        delivery->state = DELIVERY_DUE;
        delivery->tries = delivery->http_status = 0;
        delivery->answer = span_text("");
        delivery->next_us = w->now_us;
        delivery->done_us = 0;
        delivery_answer(job, delivery);
    }
}
