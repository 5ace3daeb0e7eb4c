/* ListMyMessages: the inbox, newest first: what was said to oneself, whatever became of the mail. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"

enum err list_my_messages_needs(struct job *job, struct workset *w)
{
    const Notification__ListMyMessagesRequest *request = (const Notification__ListMyMessagesRequest *)job->message;

    if (uuid_is_nil(job->actor))
        return job_fail(job, ERR_UNAUTHENTICATED, NULL, NULL, NULL, NULL, NULL);
    enum err err = page_ask(job, w, request->page_token, request->page_size, 0, job->actor);
    if (err != ERR_OK)
        return err;
    struct question *q = workset_answer(w, job);
    q->inbox = true;
    q->unread = request->unread;
    return ERR_OK;
}

void list_my_messages_decide(struct job *job, struct workset *w)
{
    page_answer(job, w);
}
