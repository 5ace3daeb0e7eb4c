/* Reads the stored positions of a publisher's streams: once at start, and again after a failure. One job that a reader runs; its
 * rows lie in the job's arena until the loop has looked at them. */
#include "common/base/alloc.h"
#include "common/event/stream.h"

struct positions {
    struct subscriber *subscriber;
    struct work_case kase;
    struct job job;
    struct arena *arena;
    struct position *rows;
    size_t count;
};

static const struct db_stmt CURSORS = {"event_cursors_read",
                                       "select c.source_stream, c.epoch, c.last_seq, c.last_event_id, count(d.seq)"
                                       " from event_cursor c left join event_dead d on d.stream = c.source_stream"
                                       " where starts_with(c.source_stream, $1 || '.') group by c.source_stream limit $2"};

/* On a reader. */
static enum err positions_run(struct job *job, struct db *db, void *context)
{
    struct positions *positions = context;
    struct db_params *p = db_params(job->arena);

    db_text(p, span_text(positions->subscriber->config.service));
    db_i32(p, CONSUMER_STREAMS);
    int rows = db_queue(db, &CURSORS, p);
    enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *r = db_result(db, rows);
    positions->count = (size_t)db_rows(r);
    positions->rows = arena_array(job->arena, positions->count, sizeof *positions->rows);
    for (int i = 0; i < db_rows(r); i++)
        positions->rows[i] = (struct position){.stream = arena_text(job->arena, db_get_span(r, i, 0)),
                                               .epoch = db_get_uuid(r, i, 1),
                                               .seq = (uint64_t)db_get_i64(r, i, 2),
                                               .event_id = db_get_uuid(r, i, 3),
                                               .dead = (uint64_t)db_get_i64(r, i, 4)};
    return ERR_OK;
}

static void positions_done(struct job *job)
{
    struct positions *positions = job->owner;

    subscriber_positions_back(positions->subscriber);
}

struct positions *positions_new(struct subscriber *subscriber)
{
    struct positions *positions = mem_new(sizeof *positions);

    positions->subscriber = subscriber;
    positions->arena = arena_new(4096);
    positions->kase = (struct work_case){.name = "event.positions", .kind = WORK_READ, .run = positions_run, .context = positions};
    return positions;
}

enum err positions_ask(struct positions *positions)
{
    arena_reset(positions->arena);
    Bus__Request *request = arena_alloc(positions->arena, sizeof *request);
    bus__request__init(request);
    request->method = (char *)(uintptr_t)positions->kase.name;
    positions->count = 0;
    positions->job =
        (struct job){.arena = positions->arena, .kase = &positions->kase, .request = request, .done = positions_done, .owner = positions};
    return worker_submit(positions->subscriber->config.reader, &positions->job);
}

enum err positions_outcome(const struct positions *positions)
{
    return positions->job.err;
}

bool positions_row(const struct positions *positions, size_t i, struct position *out)
{
    if (i >= positions->count)
        return false;
    *out = positions->rows[i];
    return true;
}
