/* What the senders of a process share, and what each has of its own. Inside outbound/ only; the rest sees sender.h. */
#ifndef HV_NOTIFICATION_OUTBOUND_SENDERS_H
#define HV_NOTIFICATION_OUTBOUND_SENDERS_H
#include <pthread.h>
#include <stdatomic.h>

#include "common/base/buf.h"
#include "services/notification/domain/letter.h"
#include "services/notification/outbound/format.h"
#include "services/notification/outbound/sender.h"
#include "services/notification/outbound/smtp.h"
#include "services/notification/store/spool.h"

struct sender { /* one thread; all of it is the thread's own */
    struct senders *all;
    pthread_t thread;
    bool running;
    int index;
    struct spool *spool;
    struct smtp *smtp;
    struct format *format;
    struct arena *arena; /* of one round */
    struct buf mail;
    struct letter letters[2]; /* the one being written and the one whose outcome is pending */
    bool letter;
    bool relay_down;
    bool disordered;                   /* it may hold claims it does not know of */
    int64_t pause_us, paused_until_us; /* steady clock */
    int64_t counted_us, swept_us;      /* of the first sender */
    uint64_t seen;                     /* wakes heard so far */
};

struct senders {
    const struct log *log;
    char *from_name, *from_address, *domain;
    int instance, count;
    struct metric *attempts[MOVE_LAST + 1]; /* by what became of them */
    struct metric *delay;
    atomic_bool stopping;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t woken;
    uint64_t wakes;
    struct senders_state state;
    struct sender each[SPOOL_SLOTS - 1];
};

void *sender_main(void *sender); /* a thread */

void senders_wait(struct senders *senders, uint64_t *seen); /* until woken, a second at most */
void senders_sleep(struct senders *senders, int64_t us);    /* until stopped, so long at most */
void senders_note_error(struct senders *senders, const char *error);
void senders_note_depth(struct senders *senders, int64_t waiting, int64_t oldest_us);

#endif
