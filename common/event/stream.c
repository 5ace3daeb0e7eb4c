/* One stream on its way in. Events from PUB and from Fetch come through the same door, stream_offer: the cursor says skip, apply or
 * fetch; what applies goes to the writer as one chunk of jobs whose memory is one arena. At most ahead_max events are with the
 * writer; what does not fit is left where it is safe, in the publisher's log, and fetched later. */
#include "common/event/stream.h"

#include "common/base/alloc.h"
#include "common/base/time.h"

#define LIVE_ARENA        4096
#define SILENCE_US        (5 * TIME_SECOND) /* without a heartbeat we ask by ourselves */
#define POSTPONE_LEAST_US 100000
#define POSTPONE_MOST_US  (5 * TIME_SECOND)

struct stream *stream_new(struct subscriber *subscriber, const char *name)
{
    struct stream *stream = mem_new(sizeof *stream);

    stream->subscriber = subscriber;
    memcpy(stream->name, name, strlen(name) + 1);
    cursor_init(&stream->cursor);
    return stream;
}

void stream_postpone(struct stream *stream)
{
    int64_t wait = POSTPONE_LEAST_US << (stream->failures < 6 ? stream->failures : 6);

    stream->failures++;
    stream->retry_at_us = time_steady_us() + (wait < POSTPONE_MOST_US ? wait : POSTPONE_MOST_US);
}

/* --- chunks --------------------------------------------------------------------------------------------------------- */

static void chunk_release(struct chunk *chunk)
{
    if (atomic_fetch_sub(&chunk->left, 1) == 1)
        subscriber_return(chunk->stream->subscriber, chunk);
}

/* On the writer. */
static void chunk_done(struct job *job)
{
    struct chunk *chunk = job->owner;

    if (job->err == ERR_OK || job_is_parked(job))
        chunk->applied = job->event->seq;
    else if (chunk->err == ERR_OK)
        chunk->err = job->err;
    chunk_release(chunk);
}

static struct chunk *chunk_new(struct stream *stream, struct arena *arena)
{
    struct chunk *chunk = arena_alloc(arena, sizeof *chunk);

    chunk->stream = stream;
    chunk->arena = arena;
    atomic_init(&chunk->left, 1);
    return chunk;
}

static ProtobufCBinaryData bytes_copy(struct arena *arena, ProtobufCBinaryData from)
{
    struct span copy = arena_copy(arena, span_of(from.data, from.len));

    return (ProtobufCBinaryData){copy.len, (uint8_t *)(uintptr_t)copy.data};
}

/* A live event lies in the listener's memory, which the next message overwrites. */
static const Bus__Event *event_copy(struct arena *arena, const Bus__Event *event)
{
    Bus__Event *copy = arena_alloc(arena, sizeof *copy);

    *copy = *event;
    copy->base.n_unknown_fields = 0;
    copy->base.unknown_fields = NULL;
    copy->id = bytes_copy(arena, event->id);
    copy->type = arena_strdup(arena, event->type);
    copy->subject = arena_strdup(arena, event->subject);
    copy->traceparent = arena_strdup(arena, event->traceparent);
    copy->causation_id = bytes_copy(arena, event->causation_id);
    copy->actor = bytes_copy(arena, event->actor);
    copy->payload = bytes_copy(arena, event->payload);
    return copy;
}

/* --- handing over --------------------------------------------------------------------------------------------------- */

static struct cursor_event cursor_event_of(const Bus__Event *event, struct uuid epoch)
{
    struct cursor_event e = {.epoch = epoch, .seq = event->seq, .whole = !event->fetch_me};

    if (!uuid_read(&e.id, span_of(event->id.data, event->id.len)))
        e.whole = false; /* an event without an identity is nothing the log can have sent */
    return e;
}

static size_t stream_room(const struct stream *stream)
{
    size_t most = stream->subscriber->config.ahead_max;

    return stream->away < most ? most - stream->away : 0;
}

/* How many of the jobs follow each other from where the cursor stands; `after` is the cursor behind them. */
static size_t chunk_run(struct cursor *after, struct job *const *jobs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct cursor_event e = cursor_event_of(jobs[i]->event, jobs[i]->epoch);
        if (cursor_offer(after, &e) != CURSOR_APPLY)
            return i;
        cursor_handed(after, &e);
    }
    return count;
}

/* The jobs are made: from here on the arena is the writer's. A full queue takes only some; the rest is fetched later. */
static void chunk_submit(struct chunk *chunk, struct job **jobs, size_t count)
{
    struct stream *stream = chunk->stream;
    struct cursor before = stream->cursor;
    size_t run = chunk_run(&stream->cursor, jobs, count);

    atomic_fetch_add(&chunk->left, run);
    size_t taken = worker_submit_many(stream->subscriber->config.writer, jobs, run);
    if (taken < run) {
        stream->cursor = before;
        (void)chunk_run(&stream->cursor, jobs, taken);
        struct cursor_event last = cursor_event_of(jobs[run - 1]->event, jobs[run - 1]->epoch);
        (void)cursor_offer(&stream->cursor, &last);                 /* what was not taken is known to exist */
        stream->retry_at_us = time_steady_us() + POSTPONE_LEAST_US; /* let the queue drain */
        atomic_fetch_sub(&chunk->left, run - taken);
    }
    chunk->handed = taken;
    stream->away += taken;
    chunk_release(chunk);
}

static void stream_hand_over(struct stream *stream, struct uuid epoch, Bus__Event *const *events, size_t count, struct arena *taken)
{
    struct arena *arena = taken ? taken : arena_new(LIVE_ARENA);
    struct chunk *chunk = chunk_new(stream, arena);
    struct job *job = arena_array(arena, count, sizeof *job);
    struct job **jobs = arena_array(arena, count, sizeof *jobs);

    for (size_t i = 0; i < count; i++) {
        const Bus__Event *event = taken ? events[i] : event_copy(arena, events[i]);
        consumer_job(stream->subscriber->config.consumer, &job[i], arena, event, stream->name, epoch);
        job[i].done = chunk_done;
        job[i].owner = chunk;
        jobs[i] = &job[i];
    }
    chunk_submit(chunk, jobs, count);
}

/* taken: the arena the events lie in, given away; NULL: they are borrowed and must be copied. */
void stream_offer(struct stream *stream, struct uuid epoch, Bus__Event *const *events, size_t count, struct arena *taken)
{
    enum cursor_step step = CURSOR_SKIP;
    size_t first = 0;

    for (; first < count; first++) {
        struct cursor_event e = cursor_event_of(events[first], epoch);
        step = cursor_offer(&stream->cursor, &e);
        if (step != CURSOR_SKIP)
            break;
    }
    size_t room = stream_room(stream);
    size_t rest = count - first < room ? count - first : room;
    if (first < count) { /* what does not fit now is known to exist */
        struct cursor_event last = cursor_event_of(events[count - 1], epoch);
        (void)cursor_offer(&stream->cursor, &last);
    }
    if (step == CURSOR_APPLY && rest > 0 && !stream->subscriber->stopping)
        stream_hand_over(stream, epoch, events + first, rest, taken);
    else
        arena_free(taken);
    stream_pump(stream);
}

/* --- coming back ---------------------------------------------------------------------------------------------------- */

void stream_chunk_back(struct stream *stream, const struct chunk *chunk)
{
    stream->away -= chunk->handed;
    if (chunk->applied > 0) {
        cursor_applied(&stream->cursor, chunk->applied);
        metric_add(stream->subscriber->applied, chunk->handed);
    }
    if (chunk->err != ERR_OK && stream->cursor.state == CURSOR_RUNNING) {
        cursor_failed(&stream->cursor);
        stream_postpone(stream);
        log_warn(stream->subscriber->config.log, NULL, "event.position-lost", LOG_TEXT("stream", stream->name),
                 LOG_INT("applied", stream->cursor.applied), LOG_TEXT("error", err_text(chunk->err)->id));
    }
    stream_pump(stream);
}

void stream_position(struct stream *stream, const struct position *position)
{
    const struct subscriber *subscriber = stream->subscriber;

    stream->reading = false;
    stream->generation++;
    if (position)
        cursor_read(&stream->cursor, position->epoch, position->seq, position->event_id);
    else
        cursor_read(&stream->cursor, (struct uuid){{0}}, 0, (struct uuid){{0}});
    consumer_stopped_set(subscriber->config.consumer, stream->name, false);
    consumer_dead_set(subscriber->config.consumer, stream->name, position ? position->dead : 0);
    stream_pump(stream);
}

void stream_pump(struct stream *stream)
{
    int64_t now_us = time_steady_us();

    if (stream->subscriber->stopping || stream->fetch.away || now_us < stream->retry_at_us)
        return;
    if (now_us - stream->heard_us > SILENCE_US && now_us - stream->asked_us > SILENCE_US) {
        stream->cursor.suspicion = true;
        stream->asked_us = now_us;
    }
    if (cursor_wants(&stream->cursor, stream_room(stream)))
        fetch_send(stream);
}
