/* ReplaceFeedLink: draws the secret address of one's own feed, the first one or a new one; the old one ends with it. */
#include "common/base/hash.h"
#include "services/notification/handler/feed.h"
#include "services/notification/handler/handler.h"
#include "services/notification/store/inbox.h"

enum err replace_feed_link_needs(struct job *job, struct workset *w)
{
    if (uuid_is_nil(job->actor))
        return job_fail(job, ERR_UNAUTHENTICATED, NULL, NULL, NULL, NULL, NULL);
    inbox_want_secret(w, job, job->actor);
    return ERR_OK;
}

void replace_feed_link_decide(struct job *job, struct workset *w)
{
    uint8_t secret[TOKEN_FEED_SIZE];
    bool known;

    (void)inbox_secret(w, job, &known, secret);
    if (!known) {
        (void)job_fail(job, ERR_REFUSED, "notification.feed.nobody", NULL,
                       "Tallenna ensin omat tietosi (PUT /api/me); sitten voit tilata syötteen",
                       "Spara först dina egna uppgifter (PUT /api/me); sedan kan du prenumerera på flödet",
                       "Store your own particulars first (PUT /api/me); then you can follow the feed");
        return;
    }
    random_bytes(secret, sizeof secret);
    inbox_set_secret(w, job->actor, secret);
    feed_link_answer(job, w, secret);
}
