/* EditWebhook: replaces what an operator has entered, and turns it off or on again. One that is turned on begins anew: what waited for it
 * goes out at once, and its failures are forgotten. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/webhook_request.h"

enum err edit_webhook_needs(struct job *job, struct workset *w)
{
    const Notification__EditWebhookRequest *request = (const Notification__EditWebhookRequest *)job->message;
    enum err err = webhook_want(job, w, request->webhook_id, true);

    if (err == ERR_OK && job->request->if_match == 0)
        err = job_fail(job, ERR_PRECONDITION_REQUIRED, NULL, NULL, NULL, NULL, NULL);
    if (err == ERR_OK)
        err = webhook_check(job, w, request->url, request->description, request->types, request->n_types, request->all_types);
    if (err == ERR_OK && (unsigned)request->state > WEBHOOK_OFF)
        err = job_fail(job, ERR_INVALID, "notification.webhook.state", "state", "Tila on päällä tai pois päältä", "Läget är på eller av",
                       "The state is enabled or disabled");
    return err;
}

/* Absent: as it is. */
static void set_state(struct workset *w, struct webhook *webhook, Notification__WebhookState state)
{
    if (state == NOTIFICATION__WEBHOOK_STATE__WEBHOOK_ENABLED) {
        if (webhook->state == WEBHOOK_OFF)
            delivery_hurry_all(w, webhook->id);
        webhook->state = WEBHOOK_ON;
        webhook->why = span_text("");
    } else if (state == NOTIFICATION__WEBHOOK_STATE__WEBHOOK_DISABLED && webhook->state == WEBHOOK_ON) {
        webhook->state = WEBHOOK_OFF;
        webhook->why = span_text(WEBHOOK_WHY_HAND);
    }
}

void edit_webhook_decide(struct job *job, struct workset *w)
{
    const Notification__EditWebhookRequest *request = (const Notification__EditWebhookRequest *)job->message;
    struct webhook *webhook = webhook_wanted(job, w);

    if (webhook == NULL)
        return;
    if (job->request->if_match != (uint64_t)webhook->version) {
        (void)job_fail(job, ERR_PRECONDITION, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    webhook->url = span_text(request->url);
    webhook->description = span_text(request->description);
    webhook->types = webhook_types(w->arena, request->types, request->n_types);
    set_state(w, webhook, request->state);
    webhook->version++;
    webhook_put(w, webhook);
    webhook_answer(job, webhook, NULL, NULL, 0);
}
