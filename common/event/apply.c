/* How effects and cursor move together: the hooks the writer calls while it runs event jobs.
 *
 * queue adds, stream by stream, one UPDATE that moves the cursor from just before the batch's first event to its last, and changes
 * nothing when the cursor stands elsewhere; check looks whether each moved one row. So an event that comes twice, or out of turn,
 * rolls back with all its effects. park puts an event aside and moves the cursor past it, in one transaction of its own. */
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/event/consumer.h"

#define NO_EPOCH "'00000000-0000-0000-0000-000000000000'"

/* $1 stream, $2 epoch, $3 the number before the first, $4 the last number, $5 its event id. */
static const struct db_stmt MOVE = {"event_cursor_move", "update event_cursor set epoch = $2, last_seq = $4, last_event_id = $5"
                                                         " where source_stream = $1 and last_seq = $3 and epoch in ($2, " NO_EPOCH ")"};
/* From the very beginning there may be no row yet. */
static const struct db_stmt MAKE = {"event_cursor_make",
                                    "insert into event_cursor as c (source_stream, epoch, last_seq, last_event_id) values ($1, $2, $4, $5)"
                                    " on conflict (source_stream) do update set epoch = excluded.epoch, last_seq = excluded.last_seq,"
                                    " last_event_id = excluded.last_event_id where c.last_seq = $3 and c.epoch in ($2, " NO_EPOCH ")"};
static const struct db_stmt FORGET = {"event_dead_forget", "delete from event_dead where stream = $1 and seq = $2"};
static const struct db_stmt PARK = {"event_dead_park",
                                    "insert into event_dead as d (stream, seq, event, error) values ($1, $2, $3, $4)"
                                    " on conflict (stream, seq) do update set event = excluded.event, error = excluded.error,"
                                    " tries = d.tries + 1, parked_at = clock_timestamp()"};
static const struct db_stmt PARK_AGAIN = {"event_dead_again",
                                          "update event_dead set error = $3, tries = tries + 1 where stream = $1 and seq = $2"};

enum { PARKED = 1 };

bool job_is_parked(const struct job *job)
{
    return job->index == PARKED;
}

/* The events of one stream in a batch: a run without a hole. */
struct run {
    const char *stream;
    struct uuid epoch;
    uint64_t before, last;
    const Bus__Event *last_event;
};

static int run_queue(const struct run *run, struct db *db, struct arena *arena)
{
    struct db_params *p = db_params(arena);
    struct uuid id;

    if (!uuid_read(&id, span_of(run->last_event->id.data, run->last_event->id.len)))
        id = (struct uuid){{0}};
    db_text(p, span_text(run->stream));
    db_uuid(p, run->epoch);
    db_i64(p, (int64_t)run->before);
    db_i64(p, (int64_t)run->last);
    db_uuid(p, id);
    return db_queue(db, run->before == 0 ? &MAKE : &MOVE, p);
}

static void guard_add(struct event_consumer *consumer, int result)
{
    if (consumer->guard_count == CONSUMER_GUARDS) {
        consumer->broken = true; /* more streams and retries than one batch may have: job by job then */
        return;
    }
    consumer->guards[consumer->guard_count++] = result;
}

/* Adds a job's event to the run of its stream; false when it does not follow. */
static bool run_add(struct run *runs, size_t *count, const struct job *job)
{
    size_t i = 0;

    while (i < *count && runs[i].stream != job->stream && strcmp(runs[i].stream, job->stream) != 0)
        i++;
    if (i == CONSUMER_STREAMS)
        return false;
    if (i == *count) {
        runs[i] = (struct run){job->stream, job->epoch, job->event->seq - 1, job->event->seq, job->event};
        (*count)++;
        return true;
    }
    if (job->event->seq != runs[i].last + 1 || uuid_compare(job->epoch, runs[i].epoch) != 0)
        return false;
    runs[i].last = job->event->seq;
    runs[i].last_event = job->event;
    return true;
}

static void apply_queue(void *context, struct db *db, struct arena *arena, struct job **jobs, size_t count)
{
    struct event_consumer *consumer = context;
    struct run runs[CONSUMER_STREAMS];
    size_t run_count = 0;

    consumer->guard_count = 0;
    consumer->broken = false;
    for (size_t i = 0; i < count; i++) {
        if (!jobs[i]->event)
            continue;
        if (dead_is_retry(jobs[i])) {
            struct db_params *p = db_params(arena);
            db_text(p, span_text(jobs[i]->stream));
            db_i64(p, (int64_t)jobs[i]->event->seq);
            guard_add(consumer, db_queue(db, &FORGET, p));
        } else if (!run_add(runs, &run_count, jobs[i])) {
            consumer->broken = true;
        }
    }
    for (size_t i = 0; i < run_count; i++)
        guard_add(consumer, run_queue(&runs[i], db, arena));
}

static enum err apply_check(void *context, struct db *db)
{
    struct event_consumer *consumer = context;

    for (size_t i = 0; i < consumer->guard_count; i++) {
        if (db_affected(db_result(db, consumer->guards[i])) != 1)
            return ERR_CONFLICT;
    }
    return consumer->broken ? ERR_CONFLICT : ERR_OK;
}

/* One line for the operator: what failed, and the database's own words when it was the database. */
static const char *park_reason(const struct job *job, const struct db *db)
{
    if (job->problem) {
        const char *field = job->problem->field;
        return arena_printf(job->arena, "%s: %s%s%s", job->problem->rule, job->problem->detail ? job->problem->detail->en : "",
                            *field != '\0' ? ": " : "", field);
    }
    const char *state = db_sqlstate(db);
    if (state && *state)
        return arena_printf(job->arena, "%s: %s (SQLSTATE %s)", err_text(job->err)->id, db_message(db), state);
    return arena_printf(job->arena, "%s: %s", err_text(job->err)->id, err_text(job->err)->en);
}

static enum err park_retry(const struct job *job, struct db *db, const char *reason)
{
    struct db_params *p = db_params(job->arena);

    db_begin(db, DB_READ_WRITE);
    db_text(p, span_text(job->stream));
    db_i64(p, (int64_t)job->event->seq);
    db_text(p, span_text(reason));
    db_queue(db, &PARK_AGAIN, p);
    return db_commit(db);
}

static enum err park_first(const struct job *job, struct db *db, const char *reason)
{
    struct db_params *p = db_params(job->arena);
    const struct run run = {job->stream, job->epoch, job->event->seq - 1, job->event->seq, job->event};

    db_begin(db, DB_READ_WRITE);
    db_text(p, span_text(job->stream));
    db_i64(p, (int64_t)job->event->seq);
    db_bytes(p, wire_pack(job->arena, &job->event->base));
    db_text(p, span_text(reason));
    db_queue(db, &PARK, p);
    int moved = run_queue(&run, db, job->arena);
    enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    if (db_affected(db_result(db, moved)) != 1) {
        db_rollback(db);
        return ERR_CONFLICT;
    }
    return db_commit(db);
}

static enum err apply_park(void *context, struct db *db, struct job *job)
{
    struct event_consumer *consumer = context;
    const char *reason = park_reason(job, db);
    bool retry = dead_is_retry(job);
    enum err err = retry ? park_retry(job, db, reason) : park_first(job, db, reason);

    if (retry)
        dead_retry_reason(job, reason);
    if (err == ERR_OK)
        job->index = PARKED;
    else
        db_rollback(db);
    if (err == ERR_OK && !retry) {
        metric_add(consumer->parked, 1);
        consumer_dead_add(consumer, job->stream, 1);
        log_error(consumer->log, job->event->traceparent, "event.parked", LOG_TEXT("stream", job->stream), LOG_INT("seq", job->event->seq),
                  LOG_TEXT("type", job->event->type), LOG_TEXT("reason", reason));
    }
    return err;
}

void apply_hooks(struct work_events *hooks)
{
    hooks->queue = apply_queue;
    hooks->check = apply_check;
    hooks->park = apply_park;
}
