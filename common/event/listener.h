/* Hears another service's PUB sockets on the loop: opens the seal, hands over batches and heartbeats. No cursor: what is
 * missed is missed. The subscriber builds on it; the gateway's live view uses it as it is. */
#ifndef HV_EVENT_LISTENER_H
#define HV_EVENT_LISTENER_H
#include <uv.h>

#include "common/base/log.h"
#include "common/base/metric.h"
#include "common/wire/wire.h"
#include "envelope.pb-c.h"

struct listener;
struct listener_config {
    const char *service; /* the publisher: topics "ev.<service>." and "hb.<service>." */
    const char *const *urls;
    size_t url_count;
    const struct seal *seal;
    const struct log *log;
    struct metrics *metrics;
    /* On the loop; the message lives in `arena`, which the listener resets after the call. */
    void (*on_batch)(void *owner, const Bus__EventBatch *batch, struct arena *arena);
    void (*on_heartbeat)(void *owner, const Bus__Heartbeat *heartbeat);
    void *owner;
};
enum err listener_open(struct listener **out, uv_loop_t *loop, const struct listener_config *config) MUST_CHECK;
void listener_close(struct listener *listener);

#endif
