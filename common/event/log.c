/*~ 7. The event log. What a batch made known goes into event_log as the last statement before COMMIT: one statement a stream
 * moves the counter in event_stream, whose row stays locked until the commit, and numbers the events after it. Two writers
 * of one stream therefore queue at that row, and the numbers come in commit order without a gap.
 *
 * A list lives on the arena of its batch; a batch that is run again begins a fresh one. */
#include "common/event/list.h"

#include <stdio.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/wire/limits.h"
#include "common/wire/wire.h"

/* An event must fit into one Fetch reply with the envelope around it. */
#define PAYLOAD_MOST  (WIRE_FETCH_BYTES - 4096)
#define PORTION_BYTES (1U << 20)

/* The row of the stream is made when it is missing, so that no event is ever dropped for want of a counter. The counter's
 * row is locked by the upsert before any number is given. */
static const struct db_stmt APPEND = {
    "event_append",
    "with head as ("
    " insert into event_stream as s (stream, head_seq) values ($1, $2)"
    " on conflict (stream) do update set head_seq = s.head_seq + excluded.head_seq returning head_seq, epoch),"
    " added as ("
    " insert into event_log (stream, seq, event_id, type, subject, occurred_at, recorded_at, traceparent, causation_id, actor, payload)"
    " select $1, head.head_seq - $2 + e.n, e.id, e.type, e.subject, e.occurred, $3, e.trace, e.cause, e.actor, e.payload"
    " from head, unnest($4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::uuid[], $10::uuid[], $11::bytea[])"
    " with ordinality as e (id, type, subject, occurred, trace, cause, actor, payload, n))"
    " select head_seq, epoch from head"};

struct event_list *event_list_new(struct arena *arena, const char *service, unsigned streams)
{
    struct event_list *list = arena_alloc(arena, sizeof *list);
    list->arena = arena;
    list->service = service;
    list->streams = streams;
    list->lanes = arena_array(arena, streams, sizeof *list->lanes);
    for (unsigned i = 0; i < streams; i++) {
        int len = snprintf(list->lanes[i].stream, EVENT_STREAM_TEXT, "%s.%u", service, i);
        if (len < 0 || len >= EVENT_STREAM_TEXT)
            bug("the name of an event stream is too long");
    }
    return list;
}

/* What the event inherits from the job that caused it: who, in which trace, after which event. */
static void entry_inherit(struct event_entry *entry, const struct job *job)
{
    entry->actor = job->actor;
    if (job->event) {
        if (!uuid_read(&entry->causation, span_of(job->event->id.data, job->event->id.len)))
            entry->causation = (struct uuid){{0}};
        entry->traceparent = job->event->traceparent;
    } else if (job->request) {
        entry->traceparent = job->request->traceparent;
    }
    if (entry->traceparent && !*entry->traceparent)
        entry->traceparent = NULL;
}

struct uuid event_add(struct event_list *list, const struct job *job, struct uuid key, struct uuid subject, const char *type,
                      const ProtobufCMessage *message, int64_t now_us)
{
    struct event_entry *entry = arena_alloc(list->arena, sizeof *entry);
    struct event_lane *lane = &list->lanes[uuid_hash(key) % list->streams];

    entry->id = uuid_v7_take(&list->random, now_us);
    entry->type = type;
    entry->occurred_us = now_us;
    uuid_format(subject, entry->subject);
    entry_inherit(entry, job);
    entry->payload = wire_pack(list->arena, message);
    if (entry->payload.len > PAYLOAD_MOST)
        bug("an event is too large for the log: its use case must bound what it puts in");

    if (lane->last)
        lane->last->next = entry;
    else
        lane->first = entry;
    lane->last = entry;
    lane->count++;
    list->count++;
    return entry->id;
}

size_t event_count(const struct event_list *list)
{
    return list->count;
}

/* What one statement appends of a lane: not much more than a megabyte, so that no buffer on the way grows with the batch. */
struct portion {
    const struct event_entry *first, *end; /* end: the one behind the last */
    size_t count, bytes;                   /* bytes: of their payloads */
};

static struct portion portion_take(const struct event_entry *first)
{
    struct portion portion = {.first = first, .end = first};

    do {
        portion.bytes += portion.end->payload.len;
        portion.end = portion.end->next;
        portion.count++;
    } while (portion.end && portion.bytes + portion.end->payload.len <= PORTION_BYTES);
    return portion;
}

/* One array parameter per column, in the order of APPEND's unnest. */
static void portion_columns(struct db_params *p, const struct portion *some)
{
    const struct event_entry *e;

    db_array(p, DB_UUID, some->count);
    for (e = some->first; e != some->end; e = e->next)
        db_array_uuid(p, e->id);
    db_array(p, DB_TEXT, some->count);
    for (e = some->first; e != some->end; e = e->next)
        db_array_text(p, span_text(e->type));
    db_array(p, DB_TEXT, some->count);
    for (e = some->first; e != some->end; e = e->next)
        db_array_text(p, span_text(e->subject));
    db_array(p, DB_TIME, some->count);
    for (e = some->first; e != some->end; e = e->next)
        db_array_time(p, e->occurred_us);
}

static void array_uuid_or_null(struct db_params *p, struct uuid id)
{
    if (uuid_is_nil(id))
        db_array_null(p);
    else
        db_array_uuid(p, id);
}

static void portion_origins(struct db_params *p, const struct portion *some)
{
    const struct event_entry *e;

    db_array(p, DB_TEXT, some->count);
    for (e = some->first; e != some->end; e = e->next) {
        if (e->traceparent)
            db_array_text(p, span_text(e->traceparent));
        else
            db_array_null(p);
    }
    db_array(p, DB_UUID, some->count);
    for (e = some->first; e != some->end; e = e->next)
        array_uuid_or_null(p, e->causation);
    db_array(p, DB_UUID, some->count);
    for (e = some->first; e != some->end; e = e->next)
        array_uuid_or_null(p, e->actor);
    db_array_of(p, DB_BYTES, some->count, some->bytes);
    for (e = some->first; e != some->end; e = e->next)
        db_array_bytes(p, e->payload);
}

static struct event_redact *redact_add(struct event_list *list, const char *stream, const ProtobufCMessage *what_stays)
{
    struct event_redact *redact = arena_alloc(list->arena, sizeof *redact);

    redact->stream = stream;
    redact->payload = wire_pack(list->arena, what_stays);
    redact->next = list->redacts;
    list->redacts = redact;
    return redact;
}

void event_redact(struct event_list *list, const struct event_redaction *redaction, struct uuid key, struct uuid subject,
                  const ProtobufCMessage *what_stays)
{
    struct event_redact *redact = redact_add(list, list->lanes[uuid_hash(key) % list->streams].stream, what_stays);

    redact->redaction = redaction;
    uuid_format(subject, redact->subject);
}

void event_redact_at(struct event_list *list, const char *stream, int64_t seq, const ProtobufCMessage *what_stays)
{
    redact_add(list, stream, what_stays)->seq = seq;
}

static const struct db_stmt REDACT_AT = {"event_redact_at", "update event_log set payload = $3 where stream = $1 and seq = $2"};

static void log_redact(const struct event_list *list, struct db *db)
{
    for (const struct event_redact *redact = list->redacts; redact; redact = redact->next) {
        struct db_params *p = db_params(list->arena);
        db_text(p, span_text(redact->stream));
        if (redact->redaction)
            db_text(p, span_text(redact->subject));
        else
            db_i64(p, redact->seq);
        db_bytes(p, redact->payload);
        (void)db_queue(db, redact->redaction ? &redact->redaction->stmt : &REDACT_AT, p);
    }
}

static int portion_append(const struct event_list *list, const struct event_lane *lane, const struct portion *portion, struct db *db)
{
    struct db_params *p = db_params(list->arena);

    db_text(p, span_text(lane->stream));
    db_i64(p, (int64_t)portion->count);
    db_time(p, list->recorded_us);
    portion_columns(p, portion);
    portion_origins(p, portion);
    return db_queue(db, &APPEND, p);
}

void event_log_append(struct event_list *list, struct db *db)
{
    log_redact(list, db);
    if (list->count == 0)
        return;
    list->recorded_us = time_now_us();
    for (unsigned i = 0; i < list->streams; i++) { /* always in this order, so two writers cannot wait for each other in a ring */
        struct event_lane *lane = &list->lanes[i];
        if (lane->count == 0)
            continue;
        for (const struct event_entry *at = lane->first; at;) {
            const struct portion portion = portion_take(at);
            lane->result = portion_append(list, lane, &portion, db); /* the last one has the number of the last event */
            at = portion.end;
        }
    }
}
