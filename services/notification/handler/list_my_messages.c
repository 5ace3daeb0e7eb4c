/* ListMyMessages: what has been sent to oneself, newest first. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/page.h"

enum err list_my_messages_needs(struct job *job, struct workset *w)
{
    const Notification__ListMyMessagesRequest *request = (const Notification__ListMyMessagesRequest *)job->message;

    if (uuid_is_nil(job->actor))
        return job_fail(job, ERR_UNAUTHENTICATED, NULL, NULL, NULL, NULL, NULL);
    return page_ask(job, w, request->page_token, request->page_size, 0, job->actor);
}

void list_my_messages_decide(struct job *job, struct workset *w)
{
    page_answer(job, w);
}
