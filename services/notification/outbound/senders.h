/* What the senders of a process share, and what each has of its own. Inside outbound/ only; the rest sees sender.h. */
#ifndef HV_NOTIFICATION_OUTBOUND_SENDERS_H
#define HV_NOTIFICATION_OUTBOUND_SENDERS_H
#include <pthread.h>
#include <stdatomic.h>

#include "common/base/buf.h"
#include "services/notification/domain/letter.h"
#include "services/notification/domain/day_count.h"
#include "services/notification/domain/promise.h"
#include "services/notification/outbound/format.h"
#include "services/notification/outbound/bucket.h"
#include "services/notification/outbound/parcel.h"
#include "services/notification/outbound/post.h"
#include "services/notification/outbound/sender.h"
#include "services/notification/store/spool.h"

struct sender { /* one thread; all of it is the thread's own */
    struct senders *all;
    pthread_t thread;
    bool running;
    int index;
    struct spool *spool;
    struct post *post;
    struct format *format;
    struct arena *arena; /* of one round */
    struct buf mail;
    struct letter letters[2]; /* the one being written and the one whose outcome is pending */
    bool letter;
    bool disordered;              /* it may hold claims it does not know of */
    int64_t counted_us, swept_us; /* of the first sender */
    uint64_t seen;                /* wakes heard so far */
};

struct senders {
    const struct log *log;
    struct parcel_from from;
    char *mail_only, *public_url;
    struct relay_list list;
    struct relays *relays;
    struct buckets *buckets;
    const uint8_t *link_key;
    bool any_hour;
    int instance, count;
    struct metric *attempts[MOVE_LAST + 1]; /* by what became of them */
    struct metric *delay, *slowed;
    struct metric *promised, *kept; /* mails first sent, and those of them in time */
    atomic_bool stopping;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t woken;
    uint64_t wakes;
    struct senders_state state;
    struct promise_hour hour;
    struct day_count failed;
    struct sender each[SPOOL_SLOTS - 1];
};

void *sender_main(void *sender); /* a thread */

void senders_wait(struct senders *senders, uint64_t *seen);                        /* until woken, a second at most */
void senders_sleep(struct senders *senders, int64_t us);                           /* until stopped, so long at most */
void senders_note_attempt(struct senders *senders, enum message_move move);        /* what became of a claimed one */
void senders_note_sent(struct senders *senders, int64_t now_us, int64_t delay_us); /* the first time a relay took it */
void senders_note_depth(struct senders *senders, int64_t waiting, int64_t oldest_us);

#endif
