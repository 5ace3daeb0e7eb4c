/*~ 8. The doorbell. After COMMIT the writer reads the numbers its events were given and sends them on PUB, one sealed message
 * a stream. PUB drops what a subscriber cannot take and says nothing, so nobody relies on it: the log is the truth, and the
 * heartbeat (beat.c) makes the loss of even the last event visible.
 *
 * The socket is used by the writer (events) and a reader (heartbeats); NNG's sockets are safe for that. Each has its own buffer. */
#include "common/event/publisher.h"

#include <nng/nng.h>
#include <nng/protocol/pubsub0/pub.h>
#include <stdio.h>

#include "common/base/alloc.h"
#include "common/event/beat.h"
#include "common/event/list.h"
#include "common/rpc/endpoint.h"
#include "common/wire/limits.h"

#define SEND_TIMEOUT_MS 100  /* PUB never waits; the limit is there all the same */
#define SEND_QUEUE      8192 /* messages per subscriber, NNG's most */

struct publisher {
    struct publisher_config config;
    nng_socket socket;
    struct buf sealed; /* the writer's */
    struct metric *sent, *lost;
    struct beat *beat;
};

static int publisher_listen(nng_socket *socket, const char *url)
{
    int rv = nng_pub0_open(socket);

    if (rv == 0)
        rv = nng_socket_set_int(*socket, NNG_OPT_SENDBUF, SEND_QUEUE);
    if (rv == 0)
        rv = nng_socket_set_ms(*socket, NNG_OPT_SENDTIMEO, SEND_TIMEOUT_MS);
    return rv != 0 ? rv : endpoint_listen(*socket, url);
}

enum err publisher_open(struct publisher **out, const struct publisher_config *config)
{
    struct publisher *publisher = mem_new(sizeof *publisher);
    int rv = publisher_listen(&publisher->socket, config->url);

    if (rv != 0) {
        log_error(config->log, NULL, "event.publisher-cannot-listen", LOG_TEXT("url", config->url), LOG_TEXT("error", nng_strerror(rv)));
        mem_free(publisher); /* the socket, if it was opened, stays: nng_close can hang, and the caller ends the process */
        return ERR_UNAVAILABLE;
    }
    publisher->config = *config;
    publisher->sent = metric_counter(config->metrics, "event_published_total", "", "Events sent on PUB.");
    publisher->lost = metric_counter(config->metrics, "event_publish_failed_total", "", "PUB messages NNG did not take.");
    log_info(config->log, NULL, "event.publishing", LOG_TEXT("url", config->url), LOG_INT("streams", config->streams));
    *out = publisher;
    return ERR_OK;
}

static void publisher_put(struct publisher *publisher, const char *kind, const char *stream, const ProtobufCMessage *message,
                          struct buf *sealed)
{
    char topic[WIRE_TOPIC_MAX];

    (void)snprintf(topic, sizeof topic, "%s.%s.", kind, stream);
    wire_seal(publisher->config.seal, topic, message, sealed);
    if (nng_send(publisher->socket, sealed->data, sealed->len, NNG_FLAG_NONBLOCK) != 0)
        metric_add(publisher->lost, 1);
}

static ProtobufCBinaryData bytes_of(struct span s)
{
    return (ProtobufCBinaryData){s.len, (uint8_t *)(uintptr_t)s.data};
}

static ProtobufCBinaryData id_or_empty(const struct uuid *id)
{
    return uuid_is_nil(*id) ? (ProtobufCBinaryData){0, NULL} : bytes_of(uuid_span(id));
}

static char *text_or_empty(const char *text)
{
    return (char *)(uintptr_t)(text ? text : protobuf_c_empty_string);
}

static void event_fill(Bus__Event *event, const struct event_entry *entry, uint64_t seq, int64_t recorded_us)
{
    bus__event__init(event);
    event->seq = seq;
    event->id = bytes_of(uuid_span(&entry->id));
    event->type = text_or_empty(entry->type);
    event->subject = text_or_empty(entry->subject);
    event->occurred_us = entry->occurred_us;
    event->recorded_us = recorded_us;
    event->traceparent = text_or_empty(entry->traceparent);
    event->causation_id = id_or_empty(&entry->causation);
    event->actor = id_or_empty(&entry->actor);
    if (entry->payload.len > WIRE_EVENT_INLINE_MAX)
        event->fetch_me = 1;
    else
        event->payload = bytes_of(entry->payload);
}

/* The events of one stream: in messages of about WIRE_FETCH_BYTES, so that one never nears the limit of an endpoint. */
static void lane_send(struct publisher *publisher, const struct event_list *list, const struct event_lane *lane, uint64_t head,
                      struct uuid epoch)
{
    Bus__Event *events = arena_array(list->arena, lane->count, sizeof *events);
    Bus__Event **row = arena_array(list->arena, lane->count, sizeof(Bus__Event *));
    Bus__EventBatch batch = BUS__EVENT_BATCH__INIT;
    size_t bytes = 0;
    size_t i = 0;

    batch.stream = text_or_empty(lane->stream);
    batch.epoch = bytes_of(uuid_span(&epoch));
    batch.events = row;
    for (const struct event_entry *e = lane->first; e; e = e->next, i++) {
        event_fill(&events[i], e, head - lane->count + 1 + i, list->recorded_us);
        if (batch.n_events > 0 && bytes + events[i].payload.len > WIRE_FETCH_BYTES) {
            publisher_put(publisher, "ev", lane->stream, &batch.base, &publisher->sealed);
            batch.events += batch.n_events;
            batch.n_events = 0;
            bytes = 0;
        }
        row[i] = &events[i];
        batch.n_events++;
        bytes += events[i].payload.len + 200;
    }
    publisher_put(publisher, "ev", lane->stream, &batch.base, &publisher->sealed);
    metric_add(publisher->sent, lane->count);
}

void publisher_send(struct publisher *publisher, struct db *db, const struct event_list *list)
{
    for (unsigned i = 0; list->count > 0 && i < list->streams; i++) {
        const struct event_lane *lane = &list->lanes[i];
        if (lane->count == 0)
            continue;
        const struct db_result *r = db_result(db, lane->result);
        if (db_rows(r) != 1)
            bug("the event log numbered a batch without a counter");
        lane_send(publisher, list, lane, (uint64_t)db_get_i64(r, 0, 0), db_get_uuid(r, 0, 1));
    }
}

void publisher_heartbeat(struct publisher *publisher, const Bus__Heartbeat *heartbeat, struct buf *sealed)
{
    publisher_put(publisher, "hb", heartbeat->stream, &heartbeat->base, sealed);
}

enum err publisher_beat(struct publisher *publisher, uv_loop_t *loop, struct worker *reader, struct worker *writer)
{
    return beat_start(&publisher->beat, loop, publisher, &publisher->config, reader, writer);
}

void publisher_stop(struct publisher *publisher)
{
    if (publisher && publisher->beat)
        beat_stop(publisher->beat);
}
