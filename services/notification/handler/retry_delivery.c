/* RetryDelivery: a delivery that failed for good is sent again, under the same webhook-id and with all its tries anew; one that waits for
 * its next try is due now, and keeps count. */
#include "services/notification/handler/convert.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/handler/webhook_request.h"

enum err retry_delivery_needs(struct job *job, struct workset *w)
{
    const Notification__RetryDeliveryRequest *request = (const Notification__RetryDeliveryRequest *)job->message;
    struct uuid id;
    enum err err = page_require_admin(job);

    if (err == ERR_OK)
        err = convert_asked_id(job, &id, request->delivery_id, "deliveryId");
    if (err != ERR_OK)
        return err;
    delivery_want(w, job, id);
    return ERR_OK;
}

static void put_back(struct workset *w, struct delivery *delivery)
{
    delivery_again(w, delivery->id);
    delivery->state = DELIVERY_DUE;
    delivery->tries = delivery->http_status = 0;
    delivery->answer = span_text("");
    delivery->done_us = 0;
}

void retry_delivery_decide(struct job *job, struct workset *w)
{
    size_t count;
    struct delivery *delivery = delivery_found(w, job, &count);

    if (count == 0) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    } else if (delivery->state != DELIVERY_DEAD && delivery->state != DELIVERY_DUE) {
        (void)job_fail(job, ERR_REFUSED, "notification.delivery.not-failed", NULL,
                       "Vain epäonnistuneen tai odottavan lähetyksen voi lähettää uudelleen",
                       "Bara en misslyckad eller väntande leverans kan sändas på nytt",
                       "Only a failed or waiting delivery can be sent again");
    } else if (delivery->webhook_state != WEBHOOK_ON) {
        (void)job_fail(job, ERR_REFUSED, "notification.webhook.disabled", NULL,
                       "Webhook on pois päältä; ota se käyttöön muuttamalla sen tilaksi (state) WEBHOOK_ENABLED",
                       "Webhooken är avstängd; ta den i bruk genom att ändra dess läge (state) till WEBHOOK_ENABLED",
                       "The webhook is disabled; enable it by changing its state to WEBHOOK_ENABLED (PUT /api/webhooks/{webhookId})");
    } else {
        if (delivery->state == DELIVERY_DUE)
            delivery_hurry(w, delivery->id);
        else
            put_back(w, delivery);
        delivery->next_us = w->now_us;
        delivery_answer(job, delivery);
    }
}
