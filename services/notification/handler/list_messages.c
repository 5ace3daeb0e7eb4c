/* ListMessages: for operators, all messages or those of a state or a person, newest first. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"

enum err list_messages_needs(struct job *job, struct workset *w)
{
    const Notification__ListMessagesRequest *request = (const Notification__ListMessagesRequest *)job->message;
    struct uuid recipient = {{0}};
    enum err err = page_require_admin(job);

    if (err == ERR_OK && request->recipient_id.len > 0)
        err = convert_asked_id(job, &recipient, request->recipient_id, "recipientId");
    if (err != ERR_OK)
        return err;
    if (request->state > NOTIFICATION__MESSAGE_STATE__MESSAGE_CALLED_OFF)
        return job_fail(job, ERR_INVALID, "request.state", "state", "Tilaa ei ole", "Läget finns inte", "There is no such state");
    return page_ask(job, w, request->page_token, request->page_size, (enum message_state)request->state, recipient);
}

void list_messages_decide(struct job *job, struct workset *w)
{
    page_answer(job, w);
}
