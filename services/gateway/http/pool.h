/* Where exchanges come from and go back to, and their deadlines. Private to http/. */
#ifndef HV_GATEWAY_POOL_H
#define HV_GATEWAY_POOL_H
#include "services/gateway/http/exchange.h"

/* Exchanges of one state, oldest first. All have the same time to live, so the order of arrival is the order of deadlines. */
struct exchange_list {
    struct exchange *first, *last;
    int64_t patience_us;
};

struct exchange_pool {
    struct exchange *free;
    size_t free_count, open, suspended;
    struct exchange_list reading, waiting;
    uint64_t trace_seed[2]; /* drawn at start; trace ids need to differ, not to be secret */
    uint64_t trace_count;
};

void pool_init(struct exchange_pool *pool, int64_t reading_us, int64_t waiting_us);
void pool_fini(struct exchange_pool *pool);
struct exchange *pool_take(struct exchange_pool *pool, struct http_server *server, const char *target);
void pool_return(struct exchange_pool *pool, struct exchange *x); /* when it has ended and nobody holds it */

void list_add(struct exchange_list *list, struct exchange *x, int64_t now_us);
void list_remove(struct exchange_list *list, struct exchange *x);
/* The oldest one whose time is up, taken off the list; NULL: none. */
struct exchange *list_overdue(struct exchange_list *list, int64_t now_us);

/* A valid traceparent from the client is kept; else a new one is made (W3C Trace Context, version 00). */
void trace_adopt(struct exchange_pool *pool, const char *traceparent, char out[EXCHANGE_TRACE]);

#endif
