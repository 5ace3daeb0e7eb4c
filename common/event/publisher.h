/* The doorbell: committed events go out on PUB (step 8), and a heartbeat per stream each second. PUB never waits and may
 * drop; the log is the truth. */
#ifndef HV_EVENT_PUBLISHER_H
#define HV_EVENT_PUBLISHER_H
#include <uv.h>

#include "common/event/log.h"
#include "common/wire/wire.h"
#include "common/work/worker.h"

struct publisher;
struct publisher_config {
    const char *service;
    unsigned streams;
    const char *url; /* tcp://127.0.0.1:PORT */
    const struct seal *seal;
    const struct log *log;
    struct metrics *metrics;
};
enum err publisher_open(struct publisher **out, const struct publisher_config *config) MUST_CHECK;
/* After COMMIT, on the writer: reads the numbers from the results of event_log_append and sends. Never fails. */
void publisher_send(struct publisher *publisher, struct db *db, const struct event_list *list);
/* Heartbeats: each second a job for `reader` reads the heads and publishes them. Now and every ten seconds a job for `writer`
 * makes the stream rows and the next partition of the log when they are missing. */
enum err publisher_beat(struct publisher *publisher, uv_loop_t *loop, struct worker *reader, struct worker *writer) MUST_CHECK;
void publisher_stop(struct publisher *publisher); /* stops the timer; before the workers stop */

#endif
