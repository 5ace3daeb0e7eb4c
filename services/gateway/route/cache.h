/* The micro-cache of public GETs: for a tenth of a second the same answer serves everybody who asks for the same target.
 * A hit queues the very same response again: no JSON, no allocation of ours. While an answer is on its way the others wait
 * for it (single flight), so a crowd at the opening of a window costs the service one question. */
#ifndef HV_GATEWAY_CACHE_H
#define HV_GATEWAY_CACHE_H
#include "common/base/err.h"
#include "services/gateway/http/exchange.h"

struct cache;
struct cache_entry;

struct cache *cache_new(size_t entries_max);
void cache_free(struct cache *cache);

/* A fresh answer for x's target is sent: true. */
bool cache_serve(struct cache *cache, struct exchange *x);

enum cache_role { CACHE_LEADS, CACHE_FOLLOWS, CACHE_ALONE };
/* CACHE_LEADS: ask, then call cache_fill or cache_fail with the entry, exactly once. CACHE_FOLLOWS: x waits and will be
 * answered. CACHE_ALONE: no room; ask for yourself. */
enum cache_role cache_join(struct cache *cache, struct exchange *x, struct cache_entry **entry);

/* The leader's answer came: keeps it for ttl_us and answers the followers. Takes the response. */
void cache_fill(struct cache *cache, struct cache_entry *entry, int status, struct MHD_Response *response, int64_t ttl_us);
/* It failed: nothing is kept, the followers get the problem in their own languages. */
void cache_fail(struct cache *cache, struct cache_entry *entry, enum err err, const Bus__Problem *problem);

#endif
