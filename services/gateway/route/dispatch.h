/* Between HTTP and the services: which route, who asks, what is asked; and back (steps 2 and 3, and the way home of step 7). */
#ifndef HV_GATEWAY_DISPATCH_H
#define HV_GATEWAY_DISPATCH_H
#include "common/rpc/client.h"
#include "services/gateway/auth/auth.h"
#include "services/gateway/http/server.h"
#include "services/gateway/route/page.h"
#include "services/gateway/route/proof.h"

struct dispatch;

struct dispatch_config {
    struct rpc_client *enrolment, *notification, *funding;
    struct auth *auth;
    const struct page *pages; /* stay as they are */
    size_t page_count;
    int request_ms;              /* a request's deadline on the bus, from its arrival */
    size_t cache_entries;        /* of the micro-cache */
    void (*erased)(void *owner); /* a route with ROUTE_ERASES has succeeded; may be NULL */
    void *erased_owner;
    unsigned writes; /* of an account in ten seconds; 0: no limit */
    struct proof_terms proof;
    const struct log *log;
    struct metrics *metrics;
};

struct dispatch *dispatch_new(const struct dispatch_config *config);
void dispatch_free(struct dispatch *dispatch);
struct http_handler dispatch_handler(struct dispatch *dispatch);

/* The service that an operator names in a path; NULL: there is none of that name. */
struct rpc_client *dispatch_service(const struct dispatch *dispatch, struct span name);

#endif
