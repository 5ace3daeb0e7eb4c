/* An errand: what the dispatcher knows of one request between its question and its answer. Lives on the exchange's arena.
 * Private to route/. */
#ifndef HV_GATEWAY_ERRAND_H
#define HV_GATEWAY_ERRAND_H
#include "services/gateway/route/bind.h"
#include "services/gateway/route/budget.h"
#include "services/gateway/route/cache.h"
#include "services/gateway/route/dispatch.h"
#include "services/gateway/route/spent.h"

#define ERRAND_STATUSES 24

/* What one row of the table, or one page, counts. Metrics come into being with the first answer, so that a row nobody asks for takes no
 * room. */
struct tally {
    char label[128]; /* GET /api/programmes/{programmeId} */
    struct metric *seconds;
    struct {
        int status;
        struct metric *count;
    } by_status[ERRAND_STATUSES];
};

struct dispatch {
    struct dispatch_config config;
    const struct route *rows;
    size_t row_count;
    struct matcher *matcher;
    struct cache *cache;
    struct budget *budget;
    struct spent *spent; /* NULL: no proof is asked */
    struct tally *row_tallies, *page_tallies, *other_tally;
    struct metric *cache_hits;
};

struct errand {
    struct dispatch *dispatch;
    struct exchange *x;
    const struct route *route;
    const struct page *page; /* instead of a route */
    enum err no_route;       /* ERR_NOT_FOUND or ERR_METHOD; with a page it does not matter */
    const ProtobufCMethodDescriptor *method;
    struct match match;
    struct identity who;
    ProtobufCMessage *message;
    uint64_t if_match;
    uint32_t shard;            /* which replica is asked, once the accounts it names are vouched for */
    struct cache_entry *leads; /* the cache entry this errand must fill */
    union {
        struct rpc_call rpc;
        struct auth_call auth;
    } call;
};

/* gate.c: who asks, and whether the request has what its route wants. A fault: *problem may say more. */
enum err gate_identify(struct errand *errand, Bus__Problem **problem) MUST_CHECK;
enum err gate_admit(struct errand *errand, Bus__Problem **problem) MUST_CHECK;
struct span gate_key(const struct errand *errand); /* the Idempotency-Key, already checked; empty: none */

/* toll.c: a proof of work, where the route and the setting want one. ERR_FORBIDDEN: it is missing, wrong, expired or used. */
enum err toll_check(const struct errand *errand, Bus__Problem **problem) MUST_CHECK;

/* ask.c: sends the errand off; ERR_OK: errand_answer or errand_fail follows, once. */
enum err ask(struct errand *errand, uint32_t shard) MUST_CHECK;

/* vouch.c: which accounts the request names, and the role that each is named for, if it takes one: a gateway.CheckAccountsRequest. */
const ProtobufCMessage *vouch_request(struct arena *arena, const ProtobufCMessage *message);

/* reply.c: the way back. The exchange may wait or not; only a waiting one is released. */
void errand_fail(struct errand *errand, enum err err, const Bus__Problem *problem);
void errand_answer(struct errand *errand, const ProtobufCMessage *reply, uint64_t version, bool replayed, const char *set_cookie);

/* absent.c: the problem of a 404, which may be NULL, with the ids that were looked for. On the arena of the exchange. */
const Bus__Problem *absent_problem(const struct errand *errand, const Bus__Problem *problem);

/* file.c: a reply that is a bus.File, as it leaves. */
#define FILE_TAG 35 /* "\"<32 hex>\"" and NUL */
struct answer;
bool file_fits(const Bus__File *file); /* its name and its media type are such that headers can hold them */
void file_fill(struct errand *errand, const Bus__File *file, struct answer *answer, char tag[FILE_TAG]);
bool file_known(const struct exchange *x, const char *tag); /* If-None-Match: the reader has these very bytes */

#endif
