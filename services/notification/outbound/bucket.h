/* How fast mail goes to one destination domain (HV_MAILS_PER_DOMAIN a minute, 0: as fast as the relay takes it), so that a campaign does
 * not get us listed at a large provider. A domain whose answers ask us to slow down (domain/status.h) gets half its rate; ten minutes
 * without such an answer give one half back. Shared by the senders of a process, so the limit is per process.
 *
 * Bounded: the domains used last (BUCKET_DOMAINS of them). One that was not mailed for long begins anew with a full bucket. */
#ifndef HV_NOTIFICATION_OUTBOUND_BUCKET_H
#define HV_NOTIFICATION_OUTBOUND_BUCKET_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/span.h"
#include "services/notification/domain/kind.h"

#define BUCKET_DOMAINS     1024
#define BUCKET_SLOW_RATE   60 /* a minute: what an unlimited domain falls to when it first asks us to slow down */
#define BUCKET_SLOW_FOR_US (INT64_C(600) * 1000000)
#define BUCKET_HEEDS_US    (INT64_C(60) * 1000000)   /* answers within a minute are one: the mails were on their way already */
#define BUCKET_FAR_US      (INT64_C(3600) * 1000000) /* nobody is put off further while a domain is slowed: it may mend sooner ... */
#define BUCKET_FARTHEST_US (24 * BUCKET_FAR_US)      /* ... and by the set rate one knows when one's turn comes, and is not asked before */

struct buckets;

struct buckets *buckets_new(int per_minute, int burst); /* burst: how many may go at once; 1 at least */
void buckets_free(struct buckets *buckets);             /* NULL is fine */
/* A token for a mail to this address: 0, and it may go; else when to come back. Those put off get a moment each, one behind the other at
 * the domain's rate, so that they do not all come back at once; each lane has a line of its own, so that a confirmation does not stand
 * behind ten thousand announcements. now_us: any clock that does not jump far. */
int64_t bucket_take(struct buckets *buckets, struct span address, enum lane lane, int64_t now_us);
/* Its answer was "slower". Returns how many mails a minute it gets from now on; at least a 32nd of what it had. */
int bucket_throttled(struct buckets *buckets, struct span address, int64_t now_us);

#endif
