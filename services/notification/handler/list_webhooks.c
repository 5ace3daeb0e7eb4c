/* ListWebhooks: all of them, the oldest first; there are 100 at most. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/handler/webhook_request.h"

enum err list_webhooks_needs(struct job *job, struct workset *w)
{
    const enum err err = page_require_admin(job);

    if (err == ERR_OK)
        webhook_ask(w, job)->what = WEBHOOK_ASK_LIST;
    return err;
}

void list_webhooks_decide(struct job *job, struct workset *w)
{
    const struct webhook_ask *found = webhook_asked(w, job);
    Notification__WebhookList *answer = arena_alloc(job->arena, sizeof *answer);

    notification__webhook_list__init(answer);
    answer->webhooks = arena_array(job->arena, found->count + 1, sizeof *answer->webhooks);
    answer->n_webhooks = found->count;
    for (size_t i = 0; i < found->count; i++)
        answer->webhooks[i] = webhook_message(job->arena, &found->rows[i]);
    job_answer(job, &answer->base, 0);
}
