/* ListMessages: for operators, all messages or those of a state, a person or an event, newest first. Who prepares or decides grants, or
 * keeps the minutes of a board, sees what became of the letters of one event: to whom, when, and in which state, without any words of them.
 */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"

#define OFFICIALS ((uint32_t)(BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_DECIDER | BUS__ROLE__ROLE_SECRETARY))

static bool admin(const struct job *job)
{
    return (job->request->roles & BUS__ROLE__ROLE_ADMIN) != 0;
}

static bool official(const struct job *job)
{
    return (job->request->roles & OFFICIALS) != 0;
}

static void leave_words_out(struct question *q)
{
    for (size_t i = 0; i < q->row_count; i++)
        q->rows[i].subject = q->rows[i].why = span_of(NULL, 0);
}

enum err list_messages_needs(struct job *job, struct workset *w)
{
    const Notification__ListMessagesRequest *request = (const Notification__ListMessagesRequest *)job->message;
    struct uuid recipient = {{0}}, event = {{0}};
    enum err err = request->event_id.len > 0 && official(job) ? ERR_OK : page_require_admin(job);

    if (err == ERR_OK && request->event_id.len > 0)
        err = convert_asked_id(job, &event, request->event_id, "eventId");
    if (err == ERR_OK && request->recipient_id.len > 0)
        err = convert_asked_id(job, &recipient, request->recipient_id, "recipientId");
    if (err != ERR_OK)
        return err;
    if (request->state > NOTIFICATION__MESSAGE_STATE__MESSAGE_CALLED_OFF)
        return job_fail(job, ERR_INVALID, "request.state", "state", "Tilaa ei ole", "Läget finns inte", "There is no such state");
    err = page_ask(job, w, request->page_token, request->page_size, (enum message_state)request->state, recipient);
    if (err == ERR_OK) {
        struct question *q = workset_answer(w, job);
        q->event = event;
        q->grants = !admin(job);
    }
    return err;
}

void list_messages_decide(struct job *job, struct workset *w)
{
    if (!admin(job))
        leave_words_out(workset_answer(w, job));
    page_answer(job, w);
}
