/* Digests: what the senders gathered (MESSAGE_GATHERED) for people who want a topic once a day. A gathered message has next_at, the 8
 * o'clock in Helsinki its digest is due at; what has the same recipient, topic and moment is one group, and becomes one message. Exactly
 * one: table digest has a key over recipient, topic and day. Of two replicas that make the same digest at the same time one puts the row
 * there, and only that one marks what it gathered; their message is the same by its id. */
#ifndef HV_NOTIFICATION_STORE_DIGEST_H
#define HV_NOTIFICATION_STORE_DIGEST_H
#include "services/notification/domain/course.h"
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

#define DIGEST_ENTRIES_MAX 50 /* named in one digest; the others are counted */

struct digest_group {
    struct uuid recipient_id;
    enum topic topic;
    int64_t due_us, last; /* last: number of its newest message */
    int32_t count;
    enum mail_setting setting; /* of the topic, now */
    bool made;                 /* that day's digest is there: these came too late for it */
    struct span subjects[DIGEST_ENTRIES_MAX];
    size_t subject_count;
};
void digest_want(struct workset *w, const struct job *job, struct uuid recipient, int64_t due_us); /* a group for each topic */
const struct digest_group *digest_found(const struct workset *w, const struct job *job, size_t *count);

/* What becomes of a group: */
void digest_make(struct workset *w, const struct digest_group *group, struct uuid message_id); /* gone out with this message */
void digest_put_off(struct workset *w, const struct digest_group *group, int64_t due_us);      /* to a later digest */
void digest_withhold(struct workset *w, const struct digest_group *group);                     /* nobody wants it any more */

extern const struct store_part digest_part;

#endif
