/* Feeds as answers: Atom or RSS, shown where they are opened. */
#ifndef HV_NOTIFICATION_HANDLER_FEED_H
#define HV_NOTIFICATION_HANDLER_FEED_H
#include "common/doc/feed.h"
#include "notification.pb-c.h"
#include "services/notification/domain/token.h"
#include "services/notification/store/workset.h"

#define FEED_FILE_MAX (300 * 1024) /* what fits into one reply */

/* Answers with the feed under this name ("inbox": inbox.atom or inbox.rss). Of one that is too large the oldest entries are left out. */
void feed_answer(struct job *job, struct workset *w, const char *name, Notification__FeedFormat format, struct feed *feed);
/* "urn:uuid:..." on the arena. */
const char *feed_urn(struct arena *arena, struct uuid id);
/* HV_PUBLIC_URL and this path; NULL where we do not know how people reach us. */
const char *feed_url(struct workset *w, const char *path);

/* The address of a private feed; NULL: there is none yet. */
void feed_link_answer(struct job *job, struct workset *w, const uint8_t *secret);

#endif
