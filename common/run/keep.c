/* Housekeeping of every service: once a minute the writer forgets answers that nobody will ask for again, a little at a time, so
 * that it never holds up requests; once a day it drops what is too old of the event log (HV_EVENT_DAYS). New partitions of the log are
 * the publisher's (common/event/beat.c). */
#include "common/run/parts.h"

#include "common/base/alloc.h"
#include "common/event/log.h"

#define FIRST_MS      1000
#define EVERY_MS      60000
#define TRIM_FIRST_MS 60000 /* not at once: a start may be one of many */
#define TRIM_EVERY_MS 86400000

/* Clients give up a key long before; 7 days is what the API promises. */
static const struct db_stmt PURGE = {
    "request_purge", "delete from request_seen where ctid = any (array("
                     "select ctid from request_seen where seen_at < now() - interval '7 days' order by seen_at limit 2000))"};

static enum err keep_run(struct job *job, struct db *db, void *context)
{
    (void)job;
    (void)context;
    (void)db_queue(db, &PURGE, NULL);
    return db_flush(db);
}

static const struct work_case KEEP = {.name = "service.keep", .kind = WORK_WRITE, .run = keep_run, .no_key = true};

static void keep_tick(uv_timer_t *timer)
{
    struct parts *parts = timer->data;
    const Bus__ListStreamsRequest nothing = BUS__LIST_STREAMS_REQUEST__INIT;

    if (service_do(&parts->service, &KEEP, &nothing.base) != ERR_OK) /* a full queue: in a minute again */
        log_debug(parts->service.log, NULL, "service.keep-postponed");
}

/* Whatever goes wrong (a reader in the way, no connection) is tried again tomorrow: the log is only longer by a day. */
static enum err trim_run(struct job *job, struct db *db, void *context)
{
    const struct parts *parts = context;
    int dropped;
    const enum err err = event_log_trim(db, job->arena, parts->settings.event_days, &dropped);

    if (err == ERR_OK && dropped > 0)
        log_info(parts->service.log, NULL, "service.events-dropped", LOG_INT("partitions", dropped));
    return err;
}

static void trim_tick(uv_timer_t *timer)
{
    struct parts *parts = timer->data;
    const Bus__ListStreamsRequest nothing = BUS__LIST_STREAMS_REQUEST__INIT;

    if (service_do(&parts->service, &parts->trim, &nothing.base) != ERR_OK)
        log_warn(parts->service.log, NULL, "service.trim-postponed");
}

static void trim_start(struct parts *parts)
{
    if (parts->settings.event_days == 0)
        return;
    parts->trim = (struct work_case){.name = "service.trim", .kind = WORK_WRITE, .run = trim_run, .context = parts, .no_key = true};
    parts->trim_timer.data = parts;
    if (uv_timer_init(&parts->service.loop, &parts->trim_timer) != 0 ||
        uv_timer_start(&parts->trim_timer, trim_tick, TRIM_FIRST_MS, TRIM_EVERY_MS) != 0)
        bug("libuv refused a timer");
}

void keep_start(struct parts *parts)
{
    trim_start(parts);
    parts->keep_timer.data = parts;
    if (uv_timer_init(&parts->service.loop, &parts->keep_timer) != 0 ||
        uv_timer_start(&parts->keep_timer, keep_tick, FIRST_MS, EVERY_MS) != 0)
        bug("libuv refused a timer");
}
