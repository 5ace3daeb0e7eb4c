/* GetFeedLink: the secret address of one's own feed; empty while none was asked for (ReplaceFeedLink makes the first one too). */
#include "services/notification/handler/feed.h"
#include "services/notification/handler/handler.h"
#include "services/notification/store/inbox.h"

enum err get_feed_link_needs(struct job *job, struct workset *w)
{
    if (uuid_is_nil(job->actor))
        return job_fail(job, ERR_UNAUTHENTICATED, NULL, NULL, NULL, NULL, NULL);
    inbox_want_secret(w, job, job->actor);
    return ERR_OK;
}

void get_feed_link_decide(struct job *job, struct workset *w)
{
    uint8_t secret[TOKEN_FEED_SIZE];
    bool known;

    feed_link_answer(job, w, inbox_secret(w, job, &known, secret) ? secret : NULL);
}
