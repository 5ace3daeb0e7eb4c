/* The heart of a publisher: a timer that has the stream heads read and published each second, and the log kept in shape. */
#ifndef HV_EVENT_BEAT_H
#define HV_EVENT_BEAT_H
#include "common/event/publisher.h"

struct beat;

enum err beat_start(struct beat **out, uv_loop_t *loop, struct publisher *publisher, const struct publisher_config *config,
                    struct worker *reader, struct worker *writer) MUST_CHECK;
void beat_stop(struct beat *beat);

/* publisher.c's part: seals into the caller's buffer and sends. Any thread. */
void publisher_heartbeat(struct publisher *publisher, const Bus__Heartbeat *heartbeat, struct buf *sealed);

#endif
