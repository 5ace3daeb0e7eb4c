/* Health: each process answers the gateway's survey (RESPONDENT) with its checks and metrics. */
#ifndef HV_RUN_HEALTH_H
#define HV_RUN_HEALTH_H
#include <uv.h>

#include "common/base/arena.h"
#include "common/base/log.h"
#include "common/base/metric.h"
#include "common/wire/wire.h"
#include "envelope.pb-c.h"

/* A report being made. output: what is wrong and what to do next; NULL when it passes. */
struct health;
void health_add(struct health *health, const char *component, const char *measure, Bus__HealthCheck__Status status, double value,
                const char *unit, const char *output);

struct health_responder;
struct health_responder_config {
    const char *service, *instance, *version, *url;
    const struct seal *seal;
    const struct log *log;
    struct metrics *metrics;
    void (*checks)(void *owner, struct health *health); /* on the loop */
    void *owner;
};
enum err health_responder_open(struct health_responder **out, uv_loop_t *loop, const struct health_responder_config *config) MUST_CHECK;
void health_responder_close(struct health_responder *responder);

/* The other side, for the gateway: asks everybody at `urls`, waits wait_ms, then calls done on the loop with what came. */
struct health_surveyor;
enum err health_surveyor_open(struct health_surveyor **out, uv_loop_t *loop, const char *const *urls, size_t count, const struct seal *seal,
                              const struct log *log) MUST_CHECK;
/* One survey at a time: ERR_BUSY while one runs. The reports live in an arena that is reset after done returns. */
enum err health_survey(struct health_surveyor *surveyor, bool with_metrics, int wait_ms,
                       void (*done)(void *owner, Bus__HealthReport **reports, size_t count), void *owner) MUST_CHECK;
void health_surveyor_close(struct health_surveyor *surveyor);

#endif
