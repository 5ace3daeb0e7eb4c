/* CallOffMessage: an operator takes a message back that is still queued, a scheduled one mostly, or waits for a digest. What a sender has
 * is on its way already; one of which nobody knows whether it left (MESSAGE_UNSURE) is not sent again. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/revival_request.h"
#include "services/notification/store/call_off.h"

enum err call_off_message_needs(struct job *job, struct workset *w)
{
    const Notification__CallOffMessageRequest *request = (const Notification__CallOffMessageRequest *)job->message;

    return revival_want(job, w, request->message_id);
}

void call_off_message_decide(struct job *job, struct workset *w)
{
    const Notification__CallOffMessageRequest *request = (const Notification__CallOffMessageRequest *)job->message;
    struct revival *found = revival_wanted(job, w, request->message_id);

    if (found == NULL)
        return;
    if (!call_off_can(found->row.state, found->row.digest_id)) {
        (void)job_fail(job, ERR_REFUSED, "notification.message.not-queued", NULL,
                       "Viestin voi perua vain, kun se on jonossa tai odottaa koostetta",
                       "Ett meddelande kan återkallas bara medan det står i kö eller väntar på ett sammandrag",
                       "A message can be called off only while it is queued or waits for a digest");
        return;
    }
    found->row.state = MESSAGE_CALLED_OFF;
    found->row.why = convert_reason(request->reason);
    found->row.next_us = 0;
    call_off(w, &found->id, 1, found->row.why, job->actor);
    Notification__Message *answer = convert_row(job->arena, &found->row);
    job_answer(job, &answer->base, 0);
}
