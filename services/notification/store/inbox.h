/* The inbox: what was said to a person, whatever became of the mail. Here is what is read and what is not, and the secret of the private
 * feed that shows the same to a feed reader. The list itself is a question of the workset (ListMyMessages). */
#ifndef HV_NOTIFICATION_STORE_INBOX_H
#define HV_NOTIFICATION_STORE_INBOX_H
#include "services/notification/domain/token.h"
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

/* Without tests, what was called off, what is not due yet, and digests: what they gather stands there by itself. */
#define INBOX_OF(whose)                                                                                                                    \
    "recipient_id = " whose " and not test and state <> 9 and kind <> 21 and (not_before is null or not_before <= now())"

#define INBOX_COUNT_MAX    100
#define INBOX_FEED_ENTRIES 50

void inbox_want_unread(struct workset *w, const struct job *job, struct uuid person);
void inbox_want_mark(struct workset *w, const struct job *job, struct uuid person, struct uuid message_id);
bool inbox_has(const struct workset *w, const struct job *job); /* of a mark: the message is in this inbox */
/* The wanted message is read; until: all before it too. */
void inbox_mark(struct workset *w, const struct job *job, bool until);
/* With what this batch has marked so far. At most INBOX_COUNT_MAX; more: there are more. */
size_t inbox_unread(const struct workset *w, const struct job *job, bool *more);

/* --- the private feed -------------------------------------------------------------------------------------------------- */
struct inbox_entry {
    struct uuid id;
    int64_t at_us;
    struct span subject, body;
};
struct inbox_feed {
    bool found; /* somebody has this secret */
    struct uuid person;
    enum language language;
    struct inbox_entry *entries; /* newest first */
    size_t count;
};
void inbox_want_secret(struct workset *w, const struct job *job, struct uuid person);
/* known: somebody has told us of them. False: they have asked for no feed yet. */
bool inbox_secret(const struct workset *w, const struct job *job, bool *known, uint8_t out[TOKEN_FEED_SIZE]);
void inbox_set_secret(struct workset *w, struct uuid person, const uint8_t secret[TOKEN_FEED_SIZE]);
void inbox_want_feed(struct workset *w, const struct job *job, const uint8_t secret[TOKEN_FEED_SIZE]);
const struct inbox_feed *inbox_feed(const struct workset *w, const struct job *job);

extern const struct store_part inbox_part;

#endif
