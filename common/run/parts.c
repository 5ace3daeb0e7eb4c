/* The parts of a service, started from the database upwards and stopped from the outside inwards. A service that cannot have a part
 * says why in one log line and ends; whoever supervises it tries again. */
#include "common/run/parts.h"

#include <stdio.h>
#include <time.h>

#include "common/base/alloc.h"
#include "common/base/time.h"

#define DATABASE_PATIENCE_US (15 * TIME_SECOND)
#define RPC_CONTEXTS         32
#define AHEAD_MOST           1024 /* events of one stream with the writer: two Fetches, so one travels while the other is applied */
#define AHEAD_ROOM           4096 /* added to the writer's queue, so that a replay does not push requests out */
#define RPC_DRAIN_MS         5000
#define FLUSH_MS             50 /* NNG's own threads write the last answers out */

static void sleep_ms(long ms)
{
    struct timespec span = {ms / 1000, ms % 1000 * 1000000};

    (void)nanosleep(&span, NULL);
}

/* --- the database --------------------------------------------------------------------------------------------------- */

/* Waits for a database that is just starting, but not for ever. */
static enum err database_open(struct parts *parts, struct db **out)
{
    struct db_config config = parts->service.db;
    int64_t until_us = time_steady_us() + DATABASE_PATIENCE_US;

    config.application_name = "start";
    for (unsigned tries = 0;; tries++) {
        enum err err = db_open(out, &config, parts->service.log);
        if (err == ERR_OK || time_steady_us() > until_us)
            return err;
        sleep_ms(db_backoff_ms(tries));
    }
}

static enum err database_check(struct parts *parts)
{
    struct db *db;
    enum err err = database_open(parts, &db);

    if (err != ERR_OK)
        return err;
    err = migrate_check(db, parts->spec->schema, parts->service.log);
    if (err == ERR_OK && parts->spec->check)
        err = parts->spec->check(&parts->service, db);
    db_close(db);
    return err;
}

static enum err worker_make(struct parts *parts, struct worker **out, const char *kind, enum db_access access, size_t queue_max)
{
    char *name = mem_new(64); /* lives as long as the worker: the process */
    struct worker_config config = {.name = kind,
                                   .access = access,
                                   .db = parts->service.db,
                                   .store = parts->spec->store ? &parts->store : NULL,
                                   .seal = parts->service.seal,
                                   .queue_max = queue_max,
                                   .batch_max = parts->settings.batch_max,
                                   .log = parts->service.log,
                                   .metrics = parts->service.metrics};

    (void)snprintf(name, 64, "hv-%s/%s", parts->spec->name, kind);
    config.db.application_name = name;
    if (access == DB_READ_WRITE && parts->consumer)
        config.events = event_consumer_hooks(parts->consumer);
    return worker_start(out, &config);
}

static enum err workers_start(struct parts *parts)
{
    struct service *service = &parts->service;
    size_t room = parts->settings.queue_max + (parts->consumer ? AHEAD_ROOM : 0);
    enum err err = worker_make(parts, &service->writer, "writer", DB_READ_WRITE, room);

    service->readers = mem_array(parts->settings.readers, sizeof *service->readers);
    for (size_t i = 0; err == ERR_OK && i < parts->settings.readers; i++) {
        err = worker_make(parts, &service->readers[i], "reader", DB_READ_ONLY, parts->settings.queue_max);
        service->reader_count = i + 1;
    }
    return err;
}

/* --- the bus -------------------------------------------------------------------------------------------------------- */

static enum err publisher_make(struct parts *parts)
{
    const struct publisher_config config = {.service = parts->spec->name,
                                            .streams = parts->spec->streams,
                                            .url = parts->settings.pub_url,
                                            .seal = parts->service.seal,
                                            .log = parts->service.log,
                                            .metrics = parts->service.metrics};

    return parts->spec->streams > 0 ? publisher_open(&parts->service.publisher, &config) : ERR_OK;
}

static enum err server_make(struct parts *parts)
{
    struct rpc_server_config config = {.url = parts->settings.rpc_url,
                                       .contexts = RPC_CONTEXTS,
                                       .seal = parts->service.seal,
                                       .cases = parts->spec->cases,
                                       .case_count = parts->spec->case_count,
                                       .writer = parts->service.writer,
                                       .readers = parts->service.readers,
                                       .reader_count = parts->service.reader_count,
                                       .log = parts->service.log,
                                       .metrics = parts->service.metrics};

    parts->cases = event_cases_new(parts->consumer);
    config.more_cases = event_cases_table(parts->cases, &config.more_count);
    return rpc_server_open(&parts->server, &config);
}

static enum err source_start(struct parts *parts, struct source *source)
{
    const struct subscriber_config config = {.consumer = parts->consumer,
                                             .service = source->name,
                                             .pub_urls = source->pub_urls,
                                             .pub_count = source->pub_count,
                                             .rpc_urls = source->rpc_urls,
                                             .rpc_count = source->rpc_count,
                                             .writer = parts->service.writer,
                                             .reader = parts->service.readers[0],
                                             .ahead_max = AHEAD_MOST,
                                             .seal = parts->service.seal,
                                             .log = parts->service.log,
                                             .metrics = parts->service.metrics};

    return subscriber_start(&source->subscriber, &parts->service.loop, &config);
}

static enum err responder_make(struct parts *parts)
{
    const struct health_responder_config config = {.service = parts->spec->name,
                                                   .instance = parts->settings.instance,
                                                   .version = HV_VERSION,
                                                   .url = parts->settings.health_url,
                                                   .seal = parts->service.seal,
                                                   .log = parts->service.log,
                                                   .metrics = parts->service.metrics,
                                                   .checks = checks_run,
                                                   .owner = parts};

    return health_responder_open(&parts->responder, &parts->service.loop, &config);
}

static enum err bus_start(struct parts *parts)
{
    struct service *service = &parts->service;
    enum err err = server_make(parts);

    if (err == ERR_OK && service->publisher)
        err = publisher_beat(service->publisher, &service->loop, service->readers[0], service->writer);
    for (size_t i = 0; err == ERR_OK && i < parts->settings.source_count; i++)
        err = source_start(parts, &parts->settings.sources[i]);
    if (err == ERR_OK)
        err = responder_make(parts);
    return err;
}

/* --- all together --------------------------------------------------------------------------------------------------- */

enum err parts_start(struct parts *parts)
{
    const struct service_spec *spec = parts->spec;
    enum err err = seal_read(&parts->service.seal, parts->settings.bus_key);

    if (err != ERR_OK) {
        log_error(parts->service.log, NULL, "service.no-bus-key", LOG_TEXT("file", parts->settings.bus_key),
                  LOG_TEXT("error", err_text(err)->en));
        return err;
    }
    if (spec->store) {
        parts->store = *spec->store;
        parts->store.context = &parts->service;
    }
    if (parts->settings.source_count > 0)
        parts->consumer = event_consumer_new(spec->event_cases, spec->event_case_count, parts->service.log, parts->service.metrics);
    err = database_check(parts);
    if (err == ERR_OK)
        err = publisher_make(parts); /* before the writer, whose first commit rings it */
    if (err == ERR_OK)
        err = workers_start(parts);
    if (err == ERR_OK)
        err = bus_start(parts);
    if (err != ERR_OK)
        return err;
    checks_start(parts);
    keep_start(parts);
    if (spec->start)
        err = spec->start(&parts->service);
    return err;
}

/* No new work, then what is queued, then the end. Sockets are left to the exit of the process: nng_close can hang. */
void parts_drain(struct parts *parts)
{
    struct service *service = &parts->service;

    for (size_t i = 0; i < parts->settings.source_count; i++)
        subscriber_stop(parts->settings.sources[i].subscriber);
    rpc_server_drain(parts->server, RPC_DRAIN_MS);
    if (parts->spec->stop)
        parts->spec->stop(service);
    publisher_stop(service->publisher);
    for (size_t i = 0; i < service->reader_count; i++)
        worker_stop(service->readers[i]);
    worker_stop(service->writer);
    sleep_ms(FLUSH_MS);
}
