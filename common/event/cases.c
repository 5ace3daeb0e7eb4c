/* bus.Event_log, which every service serves: what it publishes, how far it has consumed others, and what an operator may do about
 * it. Fetch is in fetch_serve.c, the dead letters are in dead.c. */
#include "common/event/serve.h"

#include "common/base/alloc.h"

enum { CASES = 5 };

struct event_cases {
    struct work_case table[CASES];
};

struct event_cases *event_cases_new(struct event_consumer *consumer)
{
    struct event_cases *cases = mem_new(sizeof *cases);
    struct work_case *c = cases->table;

    c[0] = (struct work_case){.name = "bus.Fetch", .kind = WORK_READ, .request = &bus__fetch_request__descriptor, .run = serve_fetch};
    c[1] = (struct work_case){
        .name = "bus.ListStreams", .kind = WORK_READ, .request = &bus__list_streams_request__descriptor, .run = serve_streams};
    c[2] = (struct work_case){.name = "bus.ListDead", .kind = WORK_READ, .request = &bus__list_dead_request__descriptor, .run = serve_dead};
    /* A read for the reader that carries it out: it hands the event to the writer and waits. */
    c[3] =
        (struct work_case){.name = "bus.RetryDead", .kind = WORK_READ, .request = &bus__retry_dead_request__descriptor, .run = serve_retry};
    c[4] = (struct work_case){
        .name = "bus.Rewind", .kind = WORK_WRITE, .request = &bus__rewind_request__descriptor, .run = serve_rewind, .no_key = true};
    for (int i = 0; i < CASES; i++)
        c[i].context = consumer;
    return cases;
}

const struct work_case *event_cases_table(const struct event_cases *cases, size_t *count)
{
    *count = CASES;
    return cases->table;
}

enum err serve_operator(struct job *job)
{
    if (job->request->roles & BUS__ROLE__ROLE_ADMIN)
        return ERR_OK;
    return job_fail(job, ERR_FORBIDDEN, "event.operator-only", NULL, "Vain ylläpitäjä voi muuttaa tapahtumien käsittelyä",
                    "Endast en administratör får ändra hur händelser behandlas",
                    "Only an administrator may change how events are consumed");
}

/* --- ListStreams ---------------------------------------------------------------------------------------------------- */

static const struct db_stmt STREAMS = {"streams_list",
                                       "select stream, epoch, head_seq, low_seq from event_stream order by stream limit 1000"};
static const struct db_stmt CURSORS = {"cursors_list", "select c.source_stream, c.epoch, c.last_seq, count(d.seq) from event_cursor c"
                                                       " left join event_dead d on d.stream = c.source_stream"
                                                       " group by c.source_stream order by c.source_stream limit 1000"};

static ProtobufCBinaryData id_bytes(struct arena *arena, struct uuid id)
{
    struct span copy = arena_copy(arena, uuid_span(&id));

    return (ProtobufCBinaryData){copy.len, (uint8_t *)(uintptr_t)copy.data};
}

static void streams_out(Bus__StreamList *list, struct arena *arena, const struct db_result *r)
{
    list->n_streams = (size_t)db_rows(r);
    list->streams = arena_array(arena, list->n_streams, sizeof(Bus__StreamList__Stream *));
    for (int i = 0; i < db_rows(r); i++) {
        Bus__StreamList__Stream *stream = list->streams[i] = arena_alloc(arena, sizeof *stream);
        bus__stream_list__stream__init(stream);
        stream->stream = arena_text(arena, db_get_span(r, i, 0));
        stream->epoch = id_bytes(arena, db_get_uuid(r, i, 1));
        stream->head_seq = (uint64_t)db_get_i64(r, i, 2);
        stream->low_seq = (uint64_t)db_get_i64(r, i, 3);
    }
}

static void cursors_out(Bus__StreamList *list, struct arena *arena, const struct db_result *r, struct event_consumer *consumer)
{
    list->n_cursors = (size_t)db_rows(r);
    list->cursors = arena_array(arena, list->n_cursors, sizeof(Bus__StreamList__Cursor *));
    for (int i = 0; i < db_rows(r); i++) {
        Bus__StreamList__Cursor *cursor = list->cursors[i] = arena_alloc(arena, sizeof *cursor);
        bus__stream_list__cursor__init(cursor);
        cursor->source_stream = arena_text(arena, db_get_span(r, i, 0));
        cursor->epoch = id_bytes(arena, db_get_uuid(r, i, 1));
        cursor->last_seq = (uint64_t)db_get_i64(r, i, 2);
        cursor->dead = (uint64_t)db_get_i64(r, i, 3);
        cursor->stopped = consumer && consumer_stream_get(consumer, cursor->source_stream).stopped;
    }
}

enum err serve_streams(struct job *job, struct db *db, void *context)
{
    int streams = db_queue(db, &STREAMS, NULL);
    int cursors = db_queue(db, &CURSORS, NULL);
    enum err err = db_flush(db);

    if (err != ERR_OK)
        return err;
    Bus__StreamList *list = arena_alloc(job->arena, sizeof *list);
    bus__stream_list__init(list);
    streams_out(list, job->arena, db_result(db, streams));
    cursors_out(list, job->arena, db_result(db, cursors), context);
    job_answer(job, &list->base, 0);
    return ERR_OK;
}

/* --- Rewind --------------------------------------------------------------------------------------------------------- */

/* The epoch is forgotten with the position: after a restore this is how an operator accepts the publisher's new history.
 * Forward ($3) only a stopped stream goes, past what its publisher no longer has: on a running one that would skip events. */
static const struct db_stmt REWIND = {
    "cursor_rewind", "with old as (select last_seq from event_cursor where source_stream = $1 for update), moved as ("
                     " update event_cursor c set last_seq = $2, last_event_id = null, epoch = '00000000-0000-0000-0000-000000000000'"
                     " from old where c.source_stream = $1 and (old.last_seq >= $2 or $3) returning true)"
                     " select last_seq, exists (select from moved) from old"};

static enum err refuse_forward(struct job *job, int64_t stands)
{
    enum err err = job_fail(job, ERR_REFUSED, "event.rewind.forward", "afterSeq", "Virrassa voi siirtyä vain taaksepäin",
                            "I en ström kan man bara gå bakåt", "A stream is only moved back: forward, events would be skipped");

    job_fact(job, "cursor", arena_printf(job->arena, "%lld", (long long)stands));
    return err;
}

enum err serve_rewind(struct job *job, struct db *db, void *context)
{
    struct event_consumer *consumer = context;
    const Bus__RewindRequest *request = (const Bus__RewindRequest *)job->message;
    struct db_params *p = db_params(job->arena);
    enum err err = serve_operator(job);

    if (err != ERR_OK)
        return err;
    if (request->after_seq > INT64_MAX)
        return job_fail(job, ERR_INVALID, "event.rewind.range", "afterSeq", "Liian suuri numero", "För stort nummer",
                        "The number is too large");
    db_text(p, span_text(request->stream));
    db_i64(p, (int64_t)request->after_seq);
    db_bool(p, consumer && consumer_stream_get(consumer, request->stream).stopped);
    int rewound = db_queue(db, &REWIND, p);
    err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *r = db_result(db, rewound);
    if (!consumer || db_rows(r) == 0)
        return job_fail(job, ERR_NOT_FOUND, "event.no-such-cursor", "stream", "Palvelu ei seuraa tällaista virtaa",
                        "Tjänsten följer ingen sådan ström", "This service does not consume such a stream");
    if (!db_get_bool(r, 0, 1))
        return refuse_forward(job, db_get_i64(r, 0, 0));
    Bus__RewindReply *reply = arena_alloc(job->arena, sizeof *reply);
    bus__rewind_reply__init(reply);
    reply->was = (uint64_t)db_get_i64(r, 0, 0);
    reply->now = request->after_seq;
    err = db_commit(db); /* here, so that the subscriber does not read the position it is to forget */
    if (err != ERR_OK)
        return err;
    log_warn(consumer->log, job->request->traceparent, "event.rewound", LOG_TEXT("stream", request->stream), LOG_INT("was", reply->was),
             LOG_INT("now", reply->now));
    consumer_reread(consumer, request->stream);
    job_answer(job, &reply->base, 0);
    return ERR_OK;
}
