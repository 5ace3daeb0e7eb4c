/* Asks a publisher for the events after our position: bus.Fetch over REQ/REP, one outstanding per stream. That one is the flow
 * control; the next leaves as soon as its events are handed to the writer, so it travels while they are applied.
 *
 * The answer also tells whether the event at our position is still the publisher's: if not, its history was replaced. */
#include "common/base/time.h"
#include "common/event/stream.h"
#include "common/wire/limits.h"

#define FETCH_DEADLINE_US (5 * TIME_SECOND)
#define FETCH_ARENA       (64 * 1024)

static const char *const WHY[] = {
    [CURSOR_FINE] = "",
    [CURSOR_HISTORY] = "the publisher's history differs from what was applied (a restore?): rebuild, then rewind the stream",
    [CURSOR_TRUNCATED] = "events that were not applied are no longer in the publisher's log: rebuild, then rewind the stream past them",
};

static void fetch_failed(struct stream *stream, const char *why)
{
    struct subscriber *subscriber = stream->subscriber;

    metric_add(subscriber->fetch_failures, 1);
    if (!subscriber->stopping)
        log_warn(subscriber->config.log, NULL, "event.fetch-failed", LOG_TEXT("stream", stream->name),
                 LOG_INT("after", stream->cursor.handed), LOG_TEXT("error", why));
    stream_postpone(stream);
}

static void stream_stopped(struct stream *stream)
{
    consumer_stopped_set(stream->subscriber->config.consumer, stream->name, true);
    log_error(stream->subscriber->config.log, NULL, "event.stream-stopped", LOG_TEXT("stream", stream->name),
              LOG_INT("cursor", stream->cursor.applied), LOG_TEXT("reason", WHY[stream->cursor.reason]));
}

static enum cursor_answer answer_of(Bus__FetchReply__Status status)
{
    if (status == BUS__FETCH_REPLY__STATUS__TRUNCATED)
        return CURSOR_ANSWER_TRUNCATED;
    return status == BUS__FETCH_REPLY__STATUS__OK ? CURSOR_ANSWER_OK : CURSOR_ANSWER_MISMATCH;
}

/* There is more after our position, and the answer does not begin with it: numbers are missing in the publisher's own log. */
static bool answer_has_hole(const struct stream *stream, const Bus__FetchReply *reply)
{
    const uint64_t handed = stream->cursor.handed;

    return reply->n_events > 0 ? reply->events[0]->seq > handed + 1 : reply->head_seq > handed;
}

/* Takes the arena. */
static void fetch_answered(struct stream *stream, const Bus__FetchReply *reply, struct arena *arena)
{
    struct uuid epoch;

    metric_add(stream->subscriber->fetches, 1);
    metric_add(stream->subscriber->fetched, reply->n_events);
    if (!uuid_read(&epoch, span_of(reply->epoch.data, reply->epoch.len)) || uuid_is_nil(epoch)) {
        fetch_failed(stream, "the answer has no epoch");
        arena_free(arena);
        return;
    }
    if (!cursor_answer(&stream->cursor, answer_of(reply->status), epoch, reply->head_seq, reply->n_events)) {
        if (stream->cursor.state == CURSOR_STOPPED)
            stream_stopped(stream);
        arena_free(arena);
        return;
    }
    if (answer_has_hole(stream, reply))
        fetch_failed(stream, "the publisher's log has a hole after our position");
    else
        stream->failures = 0;
    stream_offer(stream, epoch, reply->events, reply->n_events, arena);
}

/* The rpc client's: exactly once for each fetch_send that it took. */
static void fetch_done(struct rpc_call *call)
{
    struct stream *stream = call->owner;
    struct arena *arena = call->arena;
    ProtobufCMessage *reply = NULL;
    enum err err = call->err;

    stream->fetch.away = false;
    if (err == ERR_OK && call->reply->err != 0)
        err = (enum err)call->reply->err;
    if (err == ERR_OK)
        err = wire_unpack(arena, span_of(call->reply->payload.data, call->reply->payload.len), &bus__fetch_reply__descriptor, &reply);
    if (err == ERR_OK && !stream->subscriber->stopping && stream->fetch.generation == stream->generation) {
        fetch_answered(stream, (const Bus__FetchReply *)reply, arena);
        return;
    }
    if (err != ERR_OK)
        fetch_failed(stream, err_text(err)->id);
    arena_free(arena);
}

static struct span fetch_request(struct stream *stream, struct arena *arena)
{
    const struct cursor *cursor = &stream->cursor;
    Bus__FetchRequest request = BUS__FETCH_REQUEST__INIT;

    request.stream = stream->name;
    if (!uuid_is_nil(cursor->epoch))
        request.epoch = (ProtobufCBinaryData){sizeof cursor->epoch.b, (uint8_t *)(uintptr_t)cursor->epoch.b};
    request.after_seq = cursor->handed;
    if (!uuid_is_nil(cursor->handed_id))
        request.after_event_id = (ProtobufCBinaryData){sizeof cursor->handed_id.b, (uint8_t *)(uintptr_t)cursor->handed_id.b};
    request.max_events = WIRE_FETCH_EVENTS;
    request.max_bytes = WIRE_FETCH_BYTES;
    return wire_pack(arena, &request.base);
}

void fetch_send(struct stream *stream)
{
    struct rpc_call *call = &stream->fetch.call;
    struct arena *arena = arena_new(FETCH_ARENA);
    struct span payload = fetch_request(stream, arena);
    static char method[] = "bus.Fetch";
    int64_t now_us = time_now_us();

    *call = (struct rpc_call){.arena = arena, .done = fetch_done, .owner = stream};
    call->shard = stream->generation + stream->failures; /* after a failure another replica is asked */
    bus__request__init(&call->request);
    call->request.method = method;
    call->request.received_us = now_us;
    call->request.deadline_us = now_us + FETCH_DEADLINE_US;
    call->request.payload = (ProtobufCBinaryData){payload.len, (uint8_t *)(uintptr_t)payload.data};
    stream->fetch.generation = stream->generation;
    stream->fetch.away = true;
    if (rpc_client_send(stream->subscriber->client, call) != ERR_OK) {
        stream->fetch.away = false;
        arena_free(arena);
        fetch_failed(stream, "too many requests wait");
    }
}
