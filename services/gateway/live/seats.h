/* The live view of seats: GET /api/live/seats?programmeId=... is a stream of server-sent events made from the enrolment
 * service's events. The first event is the full picture ("snapshot"), then come changes ("seats"); id is stream:seq, so that
 * Last-Event-ID goes on where a broken connection stopped. PUB may lose events: a gap shows in the numbers, and then
 * everybody gets the full picture again. */
#ifndef HV_GATEWAY_SEATS_H
#define HV_GATEWAY_SEATS_H
#include "common/event/listener.h"
#include "common/rpc/client.h"
#include "services/gateway/http/exchange.h"

struct seats;

struct seats_config {
    struct rpc_client *enrolment; /* for full pictures */
    const char *const *pub_urls;
    size_t pub_count;
    const struct seal *seal;
    size_t viewers_max, viewers_per_client;
    const struct log *log;
    struct metrics *metrics;
};

enum err seats_open(struct seats **out, uv_loop_t *loop, const struct seats_config *config) MUST_CHECK;
void seats_drain(struct seats *seats); /* every stream ends; nobody new is let in */
void seats_serve(void *seats, struct exchange *x);

#endif
