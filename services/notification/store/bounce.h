/* Messages that came back: the one a delivery status notification speaks of, and what is noted about it. */
#ifndef HV_NOTIFICATION_STORE_BOUNCE_H
#define HV_NOTIFICATION_STORE_BOUNCE_H
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

struct bounced { /* under its lock */
    int64_t number;
    enum message_state state;
    struct span address; /* of its recipient now; "": forgotten */
};
void bounce_want(struct workset *w, const struct job *job, struct uuid message_id);
struct bounced *bounce_found(const struct workset *w, const struct job *job); /* NULL: not asked for, or there is none */
/* state is MESSAGE_BOUNCED, by a legal move; or as it was: only why is noted. why is borrowed until the batch ends. */
void bounce_note(struct workset *w, const struct bounced *bounced, struct span why);

extern const struct store_part bounce_part;

#endif
