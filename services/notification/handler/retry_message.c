/* RetryMessage: an operator puts a failed message back into the queue, with 72 hours of its own. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"

enum err retry_message_needs(struct job *job, struct workset *w)
{
    const Notification__RetryMessageRequest *request = (const Notification__RetryMessageRequest *)job->message;
    struct uuid id;
    enum err err = page_require_admin(job);

    if (err != ERR_OK)
        return err;
    if (!convert_id(&id, request->message_id))
        return job_fail(job, ERR_INVALID, "request.id", "message_id", "Tunniste on virheellinen", "Id:t är felaktigt",
                        "The id is malformed");
    workset_want_revival(w, id);
    return ERR_OK;
}

void retry_message_decide(struct job *job, struct workset *w)
{
    const Notification__RetryMessageRequest *request = (const Notification__RetryMessageRequest *)job->message;
    struct uuid id;
    struct revival *revival = convert_id(&id, request->message_id) ? workset_revival(w, id) : NULL;

    if (revival == NULL || !revival->found) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (!message_move(&revival->row.state, MOVE_RETRY)) {
        (void)job_fail(job, ERR_REFUSED, "notification.message.not-failed", NULL, "Vain epäonnistuneen viestin voi lähettää uudelleen",
                       "Bara ett misslyckat meddelande kan sändas på nytt", "Only a failed message can be sent again");
        return;
    }
    revival->changed = true;
    revival->row.queued_us = revival->row.next_us = w->now_us;
    Notification__Message *answer = convert_row(job->arena, &revival->row);
    job_answer(job, &answer->base, 0);
}
