/* Heartbeats: each second, per stream, where the log stands. A subscriber that missed the last event learns it here.
 *
 * The timer only submits jobs: a reader reads the heads and publishes them, the writer makes the stream rows and the next
 * partition when they are missing. At most one of each is under way; the timer passes over a worker that is still busy with it. */
#include "common/event/beat.h"

#include <stdatomic.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/event/list.h"

#define BEAT_MS    1000
#define KEEP_EVERY 10 /* beats */

struct errand { /* a job that is used again and again */
    struct job job;
    struct arena *arena;
    atomic_bool away; /* with its worker */
};

struct beat {
    uv_timer_t timer;
    struct publisher *publisher;
    const struct publisher_config *config;
    struct worker *reader, *writer;
    struct work_case tell_case, keep_case;
    struct errand tell, keep;
    struct buf sealed;   /* the reader's */
    unsigned since_kept; /* beats */
};

static const struct db_stmt HEADS = {"event_heads", "select stream, epoch, head_seq, low_seq from event_stream"
                                                    " where stream = any (select $1 || '.' || n from generate_series(0, $2 - 1) n)"};
static const struct db_stmt STREAMS = {"event_streams_make",
                                       "insert into event_stream (stream) select $1 || '.' || n from generate_series(0, $2 - 1) n"
                                       " on conflict (stream) do nothing"};
/* The partition one whole partition ahead of the busiest stream: at the next look it is still there, unless a stream grew by a million
 * numbers in KEEP_EVERY seconds. */
static const struct db_stmt PARTITION = {"event_partition_make",
                                         "select event_partition_ensure(coalesce(max(head_seq), 0) + $1) from event_stream"};

static struct db_params *stream_params(const struct beat *beat, struct arena *arena)
{
    struct db_params *p = db_params(arena);
    db_text(p, span_text(beat->config->service));
    db_i32(p, (int32_t)beat->config->streams);
    return p;
}

/* On a reader. */
static enum err tell_run(struct job *job, struct db *db, void *context)
{
    struct beat *beat = context;
    int heads = db_queue(db, &HEADS, stream_params(beat, job->arena));
    enum err err = db_flush(db);

    if (err != ERR_OK)
        return err;
    const struct db_result *r = db_result(db, heads);
    for (int i = 0; i < db_rows(r); i++) {
        struct uuid epoch = db_get_uuid(r, i, 1);
        Bus__Heartbeat heartbeat = BUS__HEARTBEAT__INIT;
        heartbeat.stream = arena_text(job->arena, db_get_span(r, i, 0));
        heartbeat.epoch = (ProtobufCBinaryData){sizeof epoch.b, epoch.b};
        heartbeat.head_seq = (uint64_t)db_get_i64(r, i, 2);
        heartbeat.low_seq = (uint64_t)db_get_i64(r, i, 3);
        heartbeat.sent_us = time_now_us();
        publisher_heartbeat(beat->publisher, &heartbeat, &beat->sealed);
    }
    return ERR_OK;
}

/* On the writer. */
static enum err keep_run(struct job *job, struct db *db, void *context)
{
    const struct beat *beat = context;
    struct db_params *ahead = db_params(job->arena);

    db_queue(db, &STREAMS, stream_params(beat, job->arena));
    db_i64(ahead, EVENT_PARTITION);
    db_queue(db, &PARTITION, ahead);
    return db_flush(db);
}

static void errand_done(struct job *job)
{
    struct errand *errand = job->owner;

    atomic_store(&errand->away, false);
}

static void errand_init(struct errand *errand, struct work_case *kase, const char *name, enum work_kind kind,
                        enum err (*run)(struct job *, struct db *, void *), void *context)
{
    *kase = (struct work_case){.name = name, .kind = kind, .run = run, .context = context, .no_key = true};
    errand->arena = arena_new(2048);
    atomic_init(&errand->away, false);
}

/* Each time the job is made afresh, as a worker leaves its answer in it. Returns whether it is on its way. */
static bool errand_go(struct errand *errand, const struct work_case *kase, struct worker *worker)
{
    if (atomic_exchange(&errand->away, true))
        return true;
    arena_reset(errand->arena);
    Bus__Request *request = arena_alloc(errand->arena, sizeof *request);
    bus__request__init(request);
    request->method = (char *)(uintptr_t)kase->name;
    errand->job = (struct job){.arena = errand->arena, .kase = kase, .request = request, .done = errand_done, .owner = errand};
    if (worker_submit(worker, &errand->job) == ERR_OK)
        return true;
    atomic_store(&errand->away, false); /* a full queue: the next beat tries again */
    return false;
}

static void beat_tick(uv_timer_t *timer)
{
    struct beat *beat = timer->data;

    if (++beat->since_kept >= KEEP_EVERY && errand_go(&beat->keep, &beat->keep_case, beat->writer))
        beat->since_kept = 0;
    (void)errand_go(&beat->tell, &beat->tell_case, beat->reader);
}

enum err beat_start(struct beat **out, uv_loop_t *loop, struct publisher *publisher, const struct publisher_config *config,
                    struct worker *reader, struct worker *writer)
{
    struct beat *beat = mem_new(sizeof *beat);

    beat->publisher = publisher;
    beat->config = config;
    beat->reader = reader;
    beat->writer = writer;
    errand_init(&beat->tell, &beat->tell_case, "event.heartbeat", WORK_READ, tell_run, beat);
    errand_init(&beat->keep, &beat->keep_case, "event.keep", WORK_WRITE, keep_run, beat);
    beat->since_kept = KEEP_EVERY; /* first of all */
    beat->timer.data = beat;
    if (uv_timer_init(loop, &beat->timer) != 0 || uv_timer_start(&beat->timer, beat_tick, 0, BEAT_MS) != 0)
        bug("libuv refused a timer");
    *out = beat;
    return ERR_OK;
}

static void beat_closed(uv_handle_t *handle)
{
    struct beat *beat = handle->data;

    if (atomic_load(&beat->tell.away) || atomic_load(&beat->keep.away))
        return; /* a worker still has one: the memory stays until the process ends */
    arena_free(beat->tell.arena);
    arena_free(beat->keep.arena);
    buf_fini(&beat->sealed);
    mem_free(beat);
}

void beat_stop(struct beat *beat)
{
    uv_close((uv_handle_t *)&beat->timer, beat_closed);
}
