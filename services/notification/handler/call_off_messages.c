/* CallOffMessages: what no sender has yet of one SendMessage is not sent; asked again it finds nothing more. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"
#include "services/notification/store/call_off.h"

enum err call_off_messages_needs(struct job *job, struct workset *w)
{
    const Notification__CallOffMessagesRequest *request = (const Notification__CallOffMessagesRequest *)job->message;
    struct uuid event;
    enum err err = page_require_admin(job);

    if (err == ERR_OK)
        err = convert_asked_id(job, &event, request->event_id, "eventId");
    if (err != ERR_OK)
        return err;
    (void)call_off_ask(w, job, event);
    return ERR_OK;
}

void call_off_messages_decide(struct job *job, struct workset *w)
{
    const Notification__CallOffMessagesRequest *request = (const Notification__CallOffMessagesRequest *)job->message;
    const struct call_off_ask *ask = call_off_asked(w, job);
    Notification__CallOffMessagesReply *answer = arena_alloc(job->arena, sizeof *answer);

    if (!ask->found) {
        (void)convert_absent(job, "eventId");
        return;
    }
    if (ask->count > 0)
        call_off(w, ask->waiting, ask->count, convert_reason(request->reason), job->actor);
    notification__call_off_messages_reply__init(answer);
    answer->called_off = (uint32_t)ask->count;
    job_answer(job, &answer->base, 0);
}
