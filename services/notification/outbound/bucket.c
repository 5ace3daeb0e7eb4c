/* See bucket.h. Each domain's bucket is two moments (the generic cell rate algorithm: `paid_us` is until when the mails let through have
 * used up the rate), found by a hash of its name in sets of eight, of which the one used longest ago gives way. */
#include "services/notification/outbound/bucket.h"

#include <pthread.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"

#define WAYS         8
#define SETS         (BUCKET_DOMAINS / WAYS)
#define MINUTE_US    (INT64_C(60) * 1000000)
#define DOMAIN_MAX   253
#define HALVINGS_MAX 5
#define SLOWEST_US   (INT64_C(1800) * 1000000) /* a mail in half an hour: a domain is never given up */

struct bucket {
    uint64_t key; /* 0: free */
    int64_t used_us;
    int64_t paid_us;    /* mails let through so far use up the rate until then */
    int64_t line_us[2]; /* of each lane: the last one put off comes back then */
    int64_t slow_us;    /* when it last asked us to slow down; 0: never */
    unsigned halvings;  /* at that moment */
};

struct buckets {
    int per_minute, burst;
    pthread_mutex_t lock; /* of what follows */
    struct bucket sets[SETS][WAYS];
};

struct buckets *buckets_new(int per_minute, int burst)
{
    struct buckets *buckets = mem_new(sizeof *buckets);

    buckets->per_minute = per_minute;
    buckets->burst = burst > 0 ? burst : 1;
    if (pthread_mutex_init(&buckets->lock, NULL) != 0)
        bug("a mutex cannot be made");
    return buckets;
}

void buckets_free(struct buckets *buckets)
{
    if (buckets == NULL)
        return;
    (void)pthread_mutex_destroy(&buckets->lock);
    mem_free(buckets);
}

/* Of what stands behind the last @, in small letters; never 0. */
static uint64_t key_of(struct span address)
{
    uint8_t domain[DOMAIN_MAX];
    size_t from = address.len, len = 0;
    uint64_t key;

    while (from > 0 && address.data[from - 1] != '@')
        from--;
    for (size_t i = from; i < address.len && len < DOMAIN_MAX; i++) {
        uint8_t c = address.data[i];
        domain[len++] = c >= 'A' && c <= 'Z' ? (uint8_t)(c + 'a' - 'A') : c;
    }
    struct span part = span_of(domain, len);
    struct hash hash = hash_of(&part, 1);
    memcpy(&key, hash.b, sizeof key);
    return key != 0 ? key : 1;
}

/* The domain's bucket; a new one takes the place of the one used longest ago. */
static struct bucket *find(struct buckets *buckets, uint64_t key, int64_t now_us)
{
    struct bucket *set = buckets->sets[key % SETS], *oldest = &set[0];

    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].key == key) {
            set[i].used_us = now_us;
            return &set[i];
        }
        if (set[i].key == 0 ? oldest->key != 0 : oldest->key != 0 && set[i].used_us < oldest->used_us)
            oldest = &set[i];
    }
    *oldest = (struct bucket){.key = key, .used_us = now_us};
    return oldest;
}

static unsigned halvings_of(const struct bucket *b, int64_t now_us)
{
    int64_t forgiven = b->slow_us > 0 && now_us > b->slow_us ? (now_us - b->slow_us) / BUCKET_SLOW_FOR_US : 0;

    return forgiven >= (int64_t)b->halvings ? 0 : b->halvings - (unsigned)forgiven;
}

/* How long one mail uses up the domain's rate; 0: it has no limit. */
static int64_t interval_of(const struct buckets *buckets, unsigned halvings)
{
    if (buckets->per_minute == 0 && halvings == 0)
        return 0;
    int64_t interval =
        buckets->per_minute == 0 ? MINUTE_US / BUCKET_SLOW_RATE << (halvings - 1) : MINUTE_US / buckets->per_minute << halvings;
    return interval < SLOWEST_US ? interval : SLOWEST_US;
}

/* The next moment of a line of those put off. */
static int64_t join_line(int64_t *line_us, int64_t free_us, int64_t interval, int64_t farthest_us)
{
    int64_t next = *line_us + interval;

    if (next < free_us)
        next = free_us;
    if (next > farthest_us)
        next = farthest_us;
    *line_us = next;
    return next;
}

int64_t bucket_take(struct buckets *buckets, struct span address, enum lane lane, int64_t now_us)
{
    uint64_t key = key_of(address);
    int64_t next = 0;

    (void)pthread_mutex_lock(&buckets->lock);
    struct bucket *b = find(buckets, key, now_us);
    unsigned halvings = halvings_of(b, now_us);
    int64_t interval = interval_of(buckets, halvings);
    /* Who was asked to slow down sends nothing in bursts. */
    int64_t free_us = b->paid_us - (halvings > 0 ? 0 : (buckets->burst - 1) * interval);
    if (free_us > now_us)
        next = join_line(&b->line_us[lane == LANE_MANY], free_us, interval, now_us + (halvings > 0 ? BUCKET_FAR_US : BUCKET_FARTHEST_US));
    else
        b->paid_us = (b->paid_us > now_us ? b->paid_us : now_us) + interval;
    (void)pthread_mutex_unlock(&buckets->lock);
    return next;
}

int bucket_throttled(struct buckets *buckets, struct span address, int64_t now_us)
{
    uint64_t key = key_of(address);

    (void)pthread_mutex_lock(&buckets->lock);
    struct bucket *b = find(buckets, key, now_us);
    unsigned halvings = halvings_of(b, now_us);
    if (b->slow_us == 0 || now_us - b->slow_us >= BUCKET_HEEDS_US) {
        b->halvings = halvings < HALVINGS_MAX ? halvings + 1 : HALVINGS_MAX;
        b->slow_us = now_us;
    }
    int64_t interval = interval_of(buckets, b->halvings);
    b->paid_us = now_us + interval;
    (void)pthread_mutex_unlock(&buckets->lock);
    return interval > 0 && interval < MINUTE_US ? (int)(MINUTE_US / interval) : 1; /* less than one is said as one */
}
