/* Inside of a running service: the parts that service.c starts, watches and stops. settings.c reads the configuration, parts.c
 * builds in order and stops in reverse, checks.c tells health how each is. */
#ifndef HV_RUN_PARTS_H
#define HV_RUN_PARTS_H
#include "common/event/subscriber.h"
#include "common/rpc/server.h"
#include "common/run/service.h"

#define SOURCES_MOST 8 /* other services one consumes */

/* Another service whose events we consume. */
struct source {
    const char *name;
    const char *const *pub_urls, *const *rpc_urls;
    size_t pub_count, rpc_count;
    struct subscriber *subscriber;
};

struct settings {
    const char *bus_key, *rpc_url, *pub_url, *health_url;
    const char *instance; /* its number, as text */
    size_t queue_max, batch_max, readers;
    int32_t event_days; /* events stay in the log; 0: for ever, or none are published */
    struct source sources[SOURCES_MOST];
    size_t source_count;
};

struct parts {
    struct service service; /* what the service's own code sees */
    const struct service_spec *spec;
    struct settings settings;
    struct work_store store; /* the spec's, with the service as its context */
    struct event_consumer *consumer;
    struct event_cases *cases;
    struct rpc_server *server;
    struct health_responder *responder;
    uv_timer_t lag_timer, keep_timer, trim_timer;
    struct work_case trim;            /* of the event log; its context is the parts */
    int64_t lag_due_us, lag_worst_us; /* when the timer should fire, and how late it ever did since the last survey */
};

/* settings.c: asks for everything; mistakes are kept in service.config. */
void settings_read(struct parts *parts, struct config *config);
enum log_level settings_log_level(struct config *config);

/* parts.c */
enum err parts_start(struct parts *parts) MUST_CHECK;
void parts_drain(struct parts *parts);

/* keep.c */
void keep_start(struct parts *parts);

/* checks.c */
void checks_start(struct parts *parts);
void checks_run(void *parts, struct health *health);

#endif
