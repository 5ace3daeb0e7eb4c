/* Which mail relay gets the next mail, and when one that fails is left alone. Pure: records in, a choice out; clocks are parameters.
 *
 * Score: the share of mails it served, in thousandths, less 100 for each place it stands behind in the list and up to 400 for slowness.
 * What was served and missed fades by half each minute, so a relay that had a bad hour drifts back to its place.
 * Breaker: after RELAY_FAILURES misses in a row a relay rests, 1 s doubling to 30 s; then one mail goes there as a probe, and nobody else's
 * until it is known how that went. A miss is about the relay itself (no connection, no sign-in, 421, silence), never about a recipient.
 * A mail in hand is not given up before every relay was asked: one that rests is its last resort. While all rest, senders take no mail in
 * hand (outbound/sender.c), so this is rare: the others failed after it was taken. */
#ifndef HV_NOTIFICATION_DOMAIN_RELAY_H
#define HV_NOTIFICATION_DOMAIN_RELAY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/time.h"

#define RELAYS_MAX         8
#define RELAY_FAILURES     3
#define RELAY_REST_FIRST   TIME_SECOND
#define RELAY_REST_LONGEST (30 * TIME_SECOND)
#define RELAY_PROBE_LAPSES (120 * TIME_SECOND) /* longer than one mail may take: whoever probed is gone */
#define RELAY_FADES        (60 * TIME_SECOND)
#define RELAY_NONE         (-1)

enum relay_state {
    RELAY_WORKS,
    RELAY_RESTS, /* nothing goes there before until_us */
    RELAY_PROBED /* one mail is on its way there; another one may go when it has not come back by until_us */
};

struct relay_record { /* all zero: a relay of which nothing is known yet */
    enum relay_state state;
    int64_t until_us;
    unsigned failures;       /* in a row */
    unsigned rests;          /* since it last served */
    uint32_t served, missed; /* thousandths of mails, faded */
    int64_t latency_us;      /* of a served mail, smoothed and faded */
    int64_t faded_us;        /* up to when */
};

/* Higher is better. place: where in the list, 0 first. */
int relay_score(const struct relay_record *record, size_t place, int64_t now_us);

/* The relay for a mail: one whose rest is over (it becomes the probe), else the best score, the earlier place of two equal ones, else the
 * one that rests and will be asked again first. tried: bit n set: not n. RELAY_NONE: all were tried. */
int relay_pick(struct relay_record *records, size_t count, uint32_t tried, int64_t now_us);

/* How a mail that was picked for it went. */
void relay_served(struct relay_record *record, int64_t took_us, int64_t now_us);
void relay_missed(struct relay_record *record, int64_t now_us);

#endif
