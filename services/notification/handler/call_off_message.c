/* CallOffMessage: an operator takes a message back that is still queued, a scheduled one mostly. What a sender has is on its way already.
 */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/store/call_off.h"

enum err call_off_message_needs(struct job *job, struct workset *w)
{
    const Notification__CallOffMessageRequest *request = (const Notification__CallOffMessageRequest *)job->message;
    struct uuid id;
    enum err err = page_require_admin(job);

    if (err != ERR_OK)
        return err;
    if (!convert_id(&id, request->message_id))
        return job_fail(job, ERR_INVALID, "request.id", "messageId", "Tunniste on virheellinen", "Id:t är felaktigt",
                        "The id is malformed");
    workset_want_revival(w, id);
    return ERR_OK;
}

void call_off_message_decide(struct job *job, struct workset *w)
{
    const Notification__CallOffMessageRequest *request = (const Notification__CallOffMessageRequest *)job->message;
    struct uuid id;
    struct revival *found = convert_id(&id, request->message_id) ? workset_revival(w, id) : NULL;

    if (found == NULL || !found->found) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (found->row.state != MESSAGE_QUEUED || !message_move(&found->row.state, MOVE_CALL_OFF)) {
        (void)job_fail(job, ERR_REFUSED, "notification.message.not-queued", NULL, "Vain jonossa olevan viestin voi perua",
                       "Bara ett meddelande som står i kö kan återkallas", "Only a queued message can be called off");
        return;
    }
    found->row.why = convert_reason(request->reason);
    found->row.next_us = 0;
    call_off(w, &found->id, 1, found->row.why, job->actor);
    Notification__Message *answer = convert_row(job->arena, &found->row);
    job_answer(job, &answer->base, 0);
}
