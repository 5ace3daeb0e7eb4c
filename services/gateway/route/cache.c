/* A hash table of targets, each in each language somebody asked for. Bounded: when it is full, what has expired goes; when nothing has, the
 * request goes uncached. libmicrohttpd counts who still sends a response, so ours is given back the moment it expires. */
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"
#include "common/base/time.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/route/errand.h"

enum { BUCKETS = 256, TARGET_MAX = 256 };

/* Somebody who waits for a leader's answer; on the arena of the exchange. */
struct follower {
    struct exchange *x;
    struct follower *next;
};
struct cache_entry {
    struct cache_entry *next; /* in the bucket */
    uint32_t hash;
    struct MHD_Response *response; /* NULL: none yet, or expired */
    int status;
    int64_t fresh_until_us;
    bool file; /* its tag is one of bytes, so whoever has them already hears 304 */
    bool asking;
    struct follower *followers;
    enum language language; /* files differ by it */
    char target[TARGET_MAX];
};
struct cache {
    struct cache_entry *buckets[BUCKETS];
    size_t count, max;
};

struct cache *cache_new(size_t entries_max)
{
    struct cache *cache = mem_new(sizeof *cache);
    cache->max = entries_max;
    return cache;
}

static void entry_clear(struct cache_entry *entry)
{
    if (entry->response)
        MHD_destroy_response(entry->response);
    entry->response = NULL;
}

/* Frees the entries of a bucket that hold nothing fresh and wait for nothing; with `all`, every one. */
static void bucket_sweep(struct cache *cache, size_t bucket, int64_t now_us, bool all)
{
    struct cache_entry **link = &cache->buckets[bucket];
    while (*link) {
        struct cache_entry *entry = *link;
        if (!all && (entry->asking || entry->fresh_until_us > now_us)) {
            link = &entry->next;
            continue;
        }
        *link = entry->next;
        entry_clear(entry);
        mem_free(entry);
        cache->count--;
    }
}

static void cache_sweep(struct cache *cache, int64_t now_us, bool all)
{
    for (size_t i = 0; i < BUCKETS; i++)
        bucket_sweep(cache, i, now_us, all);
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    cache_sweep(cache, 0, true);
    mem_free(cache);
}

static uint32_t target_hash(const struct exchange *x)
{
    return hash_fnv(HASH_FNV_START, span_text(x->target)) ^ (uint32_t)x->language;
}

static struct cache_entry *entry_find(const struct cache *cache, const struct exchange *x, uint32_t hash)
{
    struct cache_entry *entry = cache->buckets[hash % BUCKETS];
    while (entry && (entry->hash != hash || entry->language != x->language || strcmp(entry->target, x->target) != 0))
        entry = entry->next;
    return entry;
}

static enum MHD_Result copy_header(void *to, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    return MHD_add_response_header(to, name, value);
}

/* What the entry holds, or 304 with the same headers. */
static void entry_answer(const struct cache_entry *entry, struct exchange *x)
{
    const char *tag = entry->file ? MHD_get_response_header(entry->response, "ETag") : NULL;
    if (!tag || entry->status != 200 || !file_known(x, tag)) {
        exchange_answer(x, entry->status, entry->response);
        return;
    }
    struct MHD_Response *bare = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (!bare)
        bug("out of memory for a response");
    (void)MHD_get_response_headers(entry->response, copy_header, bare);
    exchange_answer(x, 304, bare);
    MHD_destroy_response(bare);
}

bool cache_serve(struct cache *cache, struct exchange *x)
{
    const struct cache_entry *entry = entry_find(cache, x, target_hash(x));
    if (!entry || !entry->response || entry->fresh_until_us <= x->started_us)
        return false;
    entry_answer(entry, x);
    return true;
}

static struct cache_entry *entry_new(struct cache *cache, const struct exchange *x, uint32_t hash)
{
    const int64_t now_us = x->started_us;
    size_t len = strlen(x->target);
    if (len >= TARGET_MAX)
        return NULL;
    if (cache->count >= cache->max)
        cache_sweep(cache, now_us, false);
    if (cache->count >= cache->max)
        return NULL;
    struct cache_entry *entry = mem_new(sizeof *entry);
    memcpy(entry->target, x->target, len + 1);
    entry->language = x->language;
    entry->hash = hash;
    entry->next = cache->buckets[hash % BUCKETS];
    cache->buckets[hash % BUCKETS] = entry;
    cache->count++;
    return entry;
}

enum cache_role cache_join(struct cache *cache, struct exchange *x, struct cache_entry **out)
{
    uint32_t hash = target_hash(x);
    struct cache_entry *entry = entry_find(cache, x, hash);
    if (!entry)
        entry = entry_new(cache, x, hash);
    if (!entry)
        return CACHE_ALONE;
    *out = entry;
    if (!entry->asking) {
        entry->asking = true;
        return CACHE_LEADS;
    }
    struct follower *follower = arena_alloc(x->arena, sizeof *follower);
    *follower = (struct follower){x, entry->followers};
    entry->followers = follower;
    exchange_wait(x);
    return CACHE_FOLLOWS;
}

static struct follower *followers_take(struct cache_entry *entry)
{
    struct follower *first = entry->followers;
    entry->followers = NULL;
    entry->asking = false;
    return first;
}

void cache_fill(struct cache *cache, struct cache_entry *entry, int status, struct MHD_Response *response, int64_t ttl_us)
{
    (void)cache;
    entry_clear(entry);
    entry->response = response;
    entry->status = status;
    entry->file = MHD_get_response_header(response, "Content-Disposition") != NULL;
    entry->fresh_until_us = time_steady_us() + ttl_us;
    for (struct follower *f = followers_take(entry), *next; f; f = next) {
        next = f->next; /* f goes away with its exchange */
        struct exchange *x = f->x;
        if (exchange_owed(x))
            entry_answer(entry, x);
        exchange_release(x);
    }
}

void cache_fail(struct cache *cache, struct cache_entry *entry, enum err err, const Bus__Problem *problem)
{
    (void)cache;
    entry_clear(entry);
    entry->fresh_until_us = 0;
    for (struct follower *f = followers_take(entry), *next; f; f = next) {
        next = f->next;
        struct exchange *x = f->x;
        if (exchange_owed(x))
            answer_problem(x, err, problem);
        exchange_release(x);
    }
}
