/* bus.Fetch: a part of the log, for a subscriber that missed it. Runs on a reader, in one snapshot.
 *
 * Before it gives anything it checks that the caller's last event is ours: same epoch, and the event at that number has the
 * caller's id. That is the log-matching check by which a restored publisher is noticed instead of silently diverged from. */
#include "common/event/serve.h"
#include "common/wire/limits.h"

#define ROOM_FOR_THE_REST 1024 /* of the reply around the events */
#define EVENT_AROUND      256  /* what an event has beside its payload, at most about */

static const struct db_stmt HEAD = {"fetch_head", "select epoch, head_seq, low_seq from event_stream where stream = $1"};
static const struct db_stmt MATCH = {"fetch_match", "select event_id from event_log where stream = $1 and seq = $2"};
/* The sum stops a large answer in the database; the first event is always given. */
static const struct db_stmt EVENTS = {
    "fetch_events",
    "select seq, event_id, type, subject, occurred_at, recorded_at, coalesce(traceparent, ''), causation_id, actor, payload from ("
    " select *, sum(octet_length(payload) + $4) over (order by seq) as bytes from ("
    "  select * from event_log where stream = $1 and seq > $2 order by seq limit $3) a) b"
    " where bytes <= $5 or seq = $2 + 1 order by seq"};

struct questions {
    int head, match, events;
};

static uint32_t at_most(uint32_t asked, uint32_t most)
{
    return asked == 0 || asked > most ? most : asked;
}

static struct questions fetch_ask(const Bus__FetchRequest *request, struct db *db, struct arena *arena)
{
    struct questions q;
    struct span stream = span_text(request->stream);
    struct db_params *p = db_params(arena);

    db_text(p, stream);
    q.head = db_queue(db, &HEAD, p);
    p = db_params(arena);
    db_text(p, stream);
    db_i64(p, (int64_t)request->after_seq);
    q.match = db_queue(db, &MATCH, p);
    p = db_params(arena);
    db_text(p, stream);
    db_i64(p, (int64_t)request->after_seq);
    db_i64(p, at_most(request->max_events, WIRE_FETCH_EVENTS));
    db_i64(p, EVENT_AROUND);
    db_i64(p, at_most(request->max_bytes, WIRE_FETCH_BYTES) - ROOM_FOR_THE_REST);
    q.events = db_queue(db, &EVENTS, p);
    return q;
}

static ProtobufCBinaryData bytes_out(struct arena *arena, struct span s)
{
    struct span copy = arena_copy(arena, s);

    return (ProtobufCBinaryData){copy.len, (uint8_t *)(uintptr_t)copy.data};
}

/* A NULL id has no bytes, and is left out. */
static ProtobufCBinaryData id_out(struct arena *arena, const struct db_result *r, int row, int col)
{
    return db_get_null(r, row, col) ? (ProtobufCBinaryData){0, NULL} : bytes_out(arena, db_get_span(r, row, col));
}

static Bus__Event *event_out(struct arena *arena, const struct db_result *r, int row)
{
    Bus__Event *event = arena_alloc(arena, sizeof *event);

    bus__event__init(event);
    event->seq = (uint64_t)db_get_i64(r, row, 0);
    event->id = id_out(arena, r, row, 1);
    event->type = arena_text(arena, db_get_span(r, row, 2));
    event->subject = arena_text(arena, db_get_span(r, row, 3));
    event->occurred_us = db_get_time(r, row, 4);
    event->recorded_us = db_get_time(r, row, 5);
    event->traceparent = arena_text(arena, db_get_span(r, row, 6));
    event->causation_id = id_out(arena, r, row, 7);
    event->actor = id_out(arena, r, row, 8);
    event->payload = bytes_out(arena, db_get_span(r, row, 9));
    return event;
}

static void events_out(Bus__FetchReply *reply, struct arena *arena, const struct db_result *r)
{
    size_t rows = (size_t)db_rows(r);
    size_t bytes = 0;

    reply->events = arena_array(arena, rows, sizeof(Bus__Event *));
    for (size_t i = 0; i < rows; i++) {
        Bus__Event *event = event_out(arena, r, (int)i);
        bytes += bus__event__get_packed_size(event) + 8;
        if (i > 0 && bytes > WIRE_FETCH_BYTES - ROOM_FOR_THE_REST)
            break; /* the sum in the database was an estimate */
        reply->events[reply->n_events++] = event;
    }
}

/* Is what the caller has applied what we once sent? */
static Bus__FetchReply__Status history_check(const Bus__FetchRequest *request, struct uuid epoch, uint64_t head, uint64_t low,
                                             const struct db_result *match)
{
    struct uuid theirs;

    if (request->epoch.len > 0 &&
        (!uuid_read(&theirs, span_of(request->epoch.data, request->epoch.len)) || uuid_compare(theirs, epoch) != 0))
        return BUS__FETCH_REPLY__STATUS__MISMATCH;
    if (request->after_seq > head)
        return BUS__FETCH_REPLY__STATUS__MISMATCH;
    if (request->after_seq + 1 < low)
        return BUS__FETCH_REPLY__STATUS__TRUNCATED;
    if (request->after_event_id.len == 0 || request->after_seq < low)
        return BUS__FETCH_REPLY__STATUS__OK; /* the caller does not know its last event, or it is just gone: nothing to compare */
    if (!uuid_read(&theirs, span_of(request->after_event_id.data, request->after_event_id.len)))
        return BUS__FETCH_REPLY__STATUS__MISMATCH;
    if (db_rows(match) != 1 || uuid_compare(theirs, db_get_uuid(match, 0, 0)) != 0)
        return BUS__FETCH_REPLY__STATUS__MISMATCH;
    return BUS__FETCH_REPLY__STATUS__OK;
}

enum err serve_fetch(struct job *job, struct db *db, void *context)
{
    const Bus__FetchRequest *request = (const Bus__FetchRequest *)job->message;
    struct questions q = fetch_ask(request, db, job->arena);
    enum err err = db_flush(db);

    (void)context;
    if (err != ERR_OK)
        return err;
    const struct db_result *head = db_result(db, q.head);
    if (db_rows(head) == 0)
        return job_fail(job, ERR_NOT_FOUND, "event.no-such-stream", "stream", "Palvelulla ei ole tällaista virtaa",
                        "Tjänsten har ingen sådan ström", "This service has no such stream");
    struct uuid epoch = db_get_uuid(head, 0, 0);
    Bus__FetchReply *reply = arena_alloc(job->arena, sizeof *reply);
    bus__fetch_reply__init(reply);
    reply->stream = request->stream;
    reply->epoch = bytes_out(job->arena, uuid_span(&epoch));
    reply->head_seq = (uint64_t)db_get_i64(head, 0, 1);
    reply->low_seq = (uint64_t)db_get_i64(head, 0, 2);
    reply->status = history_check(request, epoch, reply->head_seq, reply->low_seq, db_result(db, q.match));
    if (reply->status == BUS__FETCH_REPLY__STATUS__OK)
        events_out(reply, job->arena, db_result(db, q.events));
    job_answer(job, &reply->base, 0);
    return ERR_OK;
}
