/* The senders: threads that drain the queue of messages into the mail relay. They are woken by the writer's commit and by a timer,
 * share nothing but the queue's table, and stop after the mail under way. */
#ifndef HV_NOTIFICATION_OUTBOUND_SENDER_H
#define HV_NOTIFICATION_OUTBOUND_SENDER_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/log.h"
#include "common/base/metric.h"
#include "common/db/db.h"
#include "services/notification/outbound/relay.h"

struct senders;

struct senders_config {
    struct db_config db;
    int instance; /* of the service */
    int count;    /* threads, 1..15 */
    struct relay_list relays;
    const char *ca_bundle; /* certificates relays are known by; NULL: the system's */
    int mail_timeout_s;    /* one mail, connection included */
    int per_domain;        /* mails a minute to one domain; 0: no limit */
    const char *from_name, *from_address;
    const char *domain;      /* of the Message-ID, and what we say in EHLO */
    const char *public_url;  /* of links in letters; "": none */
    const uint8_t *link_key; /* of the tokens in them; NULL: none */
    const char *mail_only;   /* domains that get mail, a space or comma between two; "": all */
    bool any_hour;           /* mail to many at once leaves at night too */
    const struct log *log;
    struct metrics *metrics;
};

/* First sets free what an earlier run of this instance held, then starts the threads.
 * ERR_UNAVAILABLE: no database; ERR_INVALID: a relay is not one libcurl can mail to. */
enum err senders_start(struct senders **out, const struct senders_config *config) MUST_CHECK;
void senders_wake(struct senders *senders); /* there is something new; any thread */
void senders_stop(struct senders *senders); /* waits for the mails under way, some seconds at most; waking is still allowed */
void senders_free(struct senders *senders); /* stopped ones, when nobody can wake them any more; NULL is fine */

/* For health; any thread. */
struct senders_state {
    uint32_t hour_sent, hour_within; /* mails first sent in the last hour, and how many of them within ten seconds */
    uint32_t day_failed;             /* messages that failed for good in the last day */
    int64_t waiting;                 /* messages in the queue */
    int64_t oldest_us;               /* when the first of them was or is due; 0: none */
    int64_t read_us;                 /* when these two were read; 0: not yet */
    struct relay_view relays[RELAYS_MAX];
    size_t relay_count;
};
struct senders_state senders_state(struct senders *senders);

#endif
