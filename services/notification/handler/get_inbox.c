/* GetInbox: how many of one's messages are unread, counted up to a hundred. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/inbox_answer.h"

enum err get_inbox_needs(struct job *job, struct workset *w)
{
    if (uuid_is_nil(job->actor))
        return job_fail(job, ERR_UNAUTHENTICATED, NULL, NULL, NULL, NULL, NULL);
    inbox_want_unread(w, job, job->actor);
    return ERR_OK;
}

void get_inbox_decide(struct job *job, struct workset *w)
{
    inbox_answer(job, w);
}
