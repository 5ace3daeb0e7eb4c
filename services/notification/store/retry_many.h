/* The failed, bounced or withheld messages that an operator puts back into the queue together: a portion of those of one state, the newest
 * first, without those that would be withheld again - the address is suppressed, the topic is turned off - and without tests and words that
 * are gone. Under their lock; the newest RETRY_LOOKED_AT of the state are looked at. Runs alone in its batch (handler.c). */
#ifndef HV_NOTIFICATION_STORE_RETRY_MANY_H
#define HV_NOTIFICATION_STORE_RETRY_MANY_H
#include "services/notification/store/part.h"
#include "services/notification/store/workset.h"

#define RETRY_MANY_MAX  500
#define RETRY_LOOKED_AT 10000

struct retry_candidate {
    struct uuid id;
    struct span address; /* its recipient's; empty: not known */
};
struct retry_ask {
    struct part_item item;    /* first */
    enum message_state state; /* FAILED, BOUNCED or WITHHELD */
    int16_t kind;             /* 0: any */
    int64_t since_us;         /* made then or later */
    struct retry_candidate *found;
    size_t count;
    bool more; /* than RETRY_MANY_MAX */
};
struct retry_ask *retry_ask(struct workset *w, const struct job *job);
struct retry_ask *retry_asked(const struct workset *w, const struct job *job);

extern const struct store_part retry_many_part;

#endif
