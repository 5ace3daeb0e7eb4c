/* A service from its parts: what main.c of each service says, and nothing more.
 *
 *   static const struct service_spec SPEC = { .name = "enrolment", .cases = ..., ... };
 *   int main(int argc, char **argv) { return service_main(&SPEC, argc, argv); }
 *
 * service_main reads the configuration, checks the schema's version, starts writer, readers, RPC server, publisher,
 * subscribers and health responder, runs the loop, and on SIGTERM or SIGINT drains: no new requests, queued ones finish, exit 0.
 *
 * Environment (defaults in brackets), NAME = ENROLMENT and so on:
 *   HV_DATABASE        libpq conninfo without user; the user is hv_<name>
 *   HV_BUS_KEY         file with the bus key, 64 hex digits
 *   HV_NAME_RPC        own REP url; HV_NAME_PUB own PUB url; HV_NAME_HEALTH own RESPONDENT url. The same variables of other
 *                      services tell where they are; several replicas: a comma-separated list, of which HV_INSTANCE [0] is ours
 *   HV_LOG             debug | info | warn | error [info]
 *   HV_READERS         reader threads [1]     HV_QUEUE  jobs waiting per worker [4096]     HV_BATCH  jobs per batch [512]
 *   HV_EVENT_DAYS      days an event stays in the log, at least; 0: for ever [730]
 */
#ifndef HV_RUN_SERVICE_H
#define HV_RUN_SERVICE_H
#include <uv.h>

#include "common/base/log.h"
#include "common/base/metric.h"
#include "common/db/migrate.h"
#include "common/event/publisher.h"
#include "common/run/config.h"
#include "common/run/health.h"
#include "common/work/worker.h"

/* What a running service has; passed to its own parts. Fields are set before `start` is called and stay. */
struct service {
    const char *name;
    int instance; /* which of the replicas we are, from 0 */
    uv_loop_t loop;
    const struct log *log;
    struct metrics *metrics;
    struct config *config;
    struct seal *seal;
    struct db_config db; /* for parts with a connection of their own */
    struct worker *writer;
    struct worker **readers;
    size_t reader_count;
    struct publisher *publisher; /* NULL when it publishes nothing */
    void *state;                 /* the service's own, from spec->configure */
};

struct service_spec {
    const char *name;
    const struct db_schema *schema;
    const struct work_store *store; /* its context is struct service */
    const struct work_case *cases;
    size_t case_count;
    unsigned streams;            /* 0: publishes nothing */
    const char *const *consumes; /* names of services, NULL-ended; NULL: none */
    const struct work_case *event_cases;
    size_t event_case_count;
    /* The service's own configuration and state: called before the check of the configuration. May be NULL. */
    enum err (*configure)(struct service *service);
    /* Its own look at the database, after that at the schema's version and before anything is served: a fault ends the service. May be
     * NULL. */
    enum err (*check)(struct service *service, struct db *db);
    /* Its own parts (timers, senders): after everything else runs. stop: before the workers stop. May be NULL. */
    enum err (*start)(struct service *service);
    void (*stop)(struct service *service);
    /* Its own health checks, on the loop: appends. May be NULL. */
    void (*health)(struct service *service, struct health *health);
};

int service_main(const struct service_spec *spec, int argc, char **argv);

/* An internal job (a timer's): submits `kase` to the writer with this message as if it were a request without an answer. */
enum err service_do(struct service *service, const struct work_case *kase, const ProtobufCMessage *message) MUST_CHECK;

#endif
