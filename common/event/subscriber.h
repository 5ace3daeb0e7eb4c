/* Consumes another service's events: each exactly once in effect, in order (step 9).
 *
 * Subscribe first, then read the own cursors, then Fetch what is missing, then apply live. seq <= cursor: skip; cursor + 1:
 * apply; a gap, or a heartbeat ahead of the cursor: Fetch over REQ/REP, one outstanding per stream. Effects and cursor move
 * in one transaction. Another epoch, or a head that went back (confirmed by a Fetch): that stream stops and health says so.
 * An event whose handler fails for a lasting reason, or whose type is not in the table, is parked in event_dead; the line goes on.
 */
#ifndef HV_EVENT_SUBSCRIBER_H
#define HV_EVENT_SUBSCRIBER_H
#include <uv.h>

#include "common/event/log.h"
#include "common/rpc/client.h"
#include "common/work/worker.h"

/* What a consuming service has once: cursors, dead letters, the hooks of its writer. */
struct event_consumer *event_consumer_new(const struct work_case *cases, size_t count, const struct log *log, struct metrics *metrics);
const struct work_events *event_consumer_hooks(struct event_consumer *consumer); /* for worker_config.events */

struct subscriber;
struct subscriber_config {
    struct event_consumer *consumer;
    const char *service; /* the publisher */
    const char *const *pub_urls;
    size_t pub_count;
    const char *const *rpc_urls; /* for Fetch */
    size_t rpc_count;
    struct worker *writer; /* applies */
    struct worker *reader; /* reads the cursors at start and after a failure */
    size_t ahead_max;      /* events handed to the writer and not yet applied, per stream; beyond: left to Fetch */
    const struct seal *seal;
    const struct log *log;
    struct metrics *metrics;
};
enum err subscriber_start(struct subscriber **out, uv_loop_t *loop, const struct subscriber_config *config) MUST_CHECK;
void subscriber_stop(struct subscriber *subscriber); /* hands over no more; what is with the writer finishes */

/* For health: one row per stream. */
struct subscriber_state {
    const char *stream;
    uint64_t cursor, head; /* lag = head - cursor */
    int64_t heard_us;      /* last heartbeat, steady clock */
    bool stopped;          /* epoch or history differs: an operator must look */
    uint64_t dead;
};
size_t subscriber_states(const struct subscriber *subscriber, struct subscriber_state *out, size_t max); /* on the loop */

#endif
