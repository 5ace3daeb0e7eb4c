/* Housekeeping of every service: once a minute the writer forgets answers that nobody will ask for again. A little at a time, so
 * that it never holds up requests. The event log's own upkeep is the publisher's (common/event/beat.c). */
#include "common/run/parts.h"

#include "common/base/alloc.h"

#define FIRST_MS 1000
#define EVERY_MS 60000

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

void keep_start(struct parts *parts)
{
    parts->keep_timer.data = parts;
    if (uv_timer_init(&parts->service.loop, &parts->keep_timer) != 0 ||
        uv_timer_start(&parts->keep_timer, keep_tick, FIRST_MS, EVERY_MS) != 0)
        bug("libuv refused a timer");
}
