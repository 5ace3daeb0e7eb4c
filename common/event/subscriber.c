/*~ 9. Other services' events come in. The listener hears them on PUB, the cursor of their stream says whether each is the next, and
 * the next ones go as jobs into the same queue, to the same handler shape, as a request from the gateway. What PUB lost is fetched
 * from the publisher's log: a hole shows at the next event, a lost last event at the next heartbeat.
 *
 * Order of starting: subscribe, then read the own positions, then Fetch; so nothing falls between the log and the live stream. */
#include "common/event/subscriber.h"

#include <ctype.h>
#include <stdio.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/event/listener.h"
#include "common/event/stream.h"

#define TICK_MS        50
#define FETCH_CONTEXTS 8
#define FETCH_WAITING  (2 * CONSUMER_STREAMS)

/* --- streams -------------------------------------------------------------------------------------------------------- */

/* "<service>.<number>" is a stream of ours; anything else on the socket is not. */
static bool stream_is_ours(const struct subscriber *subscriber, const char *name)
{
    size_t prefix = strlen(subscriber->config.service);
    size_t len = strlen(name);

    return len < EVENT_STREAM_TEXT && len > prefix + 1 && strncmp(name, subscriber->config.service, prefix) == 0 && name[prefix] == '.' &&
           strspn(name + prefix + 1, "0123456789") == len - prefix - 1;
}

static struct stream *subscriber_stream(struct subscriber *subscriber, const char *name)
{
    for (size_t i = 0; i < subscriber->stream_count; i++) {
        if (strcmp(subscriber->streams[i]->name, name) == 0)
            return subscriber->streams[i];
    }
    if (subscriber->stream_count == CONSUMER_STREAMS || !stream_is_ours(subscriber, name))
        return NULL;
    struct stream *stream = stream_new(subscriber, name);
    stream->heard_us = time_steady_us();
    subscriber->streams[subscriber->stream_count++] = stream;
    return stream;
}

static void heard_batch(void *owner, const Bus__EventBatch *batch, struct arena *arena)
{
    struct subscriber *subscriber = owner;
    struct stream *stream = subscriber_stream(subscriber, batch->stream);
    struct uuid epoch;

    (void)arena;
    if (stream && uuid_read(&epoch, span_of(batch->epoch.data, batch->epoch.len)))
        stream_offer(stream, epoch, batch->events, batch->n_events, NULL);
}

static void heard_heartbeat(void *owner, const Bus__Heartbeat *heartbeat)
{
    struct subscriber *subscriber = owner;
    struct stream *stream = subscriber_stream(subscriber, heartbeat->stream);
    struct uuid epoch;

    if (!stream || !uuid_read(&epoch, span_of(heartbeat->epoch.data, heartbeat->epoch.len)))
        return;
    stream->heard_us = time_steady_us();
    cursor_heard(&stream->cursor, epoch, heartbeat->head_seq);
    stream_pump(stream);
}

/* --- stored positions ----------------------------------------------------------------------------------------------- */

/* Asks for the stored positions when a stream needs its own and nothing of it is with the writer any more. */
static void positions_check(struct subscriber *subscriber)
{
    int64_t now_us = time_steady_us();
    bool wanted = !subscriber->first_read;

    if (subscriber->positions_away || subscriber->stopping || now_us < subscriber->positions_at_us)
        return;
    for (size_t i = 0; i < subscriber->stream_count; i++) {
        struct stream *stream = subscriber->streams[i];
        stream->reading = cursor_unread(&stream->cursor) && stream->away == 0 && now_us >= stream->retry_at_us;
        wanted = wanted || stream->reading;
    }
    if (!wanted)
        return;
    subscriber->positions_away = positions_ask(subscriber->positions) == ERR_OK;
    if (!subscriber->positions_away)
        subscriber->positions_at_us = now_us + 100000;
}

static void positions_use(struct subscriber *subscriber)
{
    struct position position;

    subscriber->positions_away = false;
    if (positions_outcome(subscriber->positions) != ERR_OK) {
        subscriber->positions_at_us = time_steady_us() + 500000;
        return;
    }
    for (size_t i = 0; positions_row(subscriber->positions, i, &position); i++) {
        struct stream *stream = subscriber_stream(subscriber, position.stream);
        if (stream && (stream->reading || !subscriber->first_read))
            stream_position(stream, &position);
    }
    subscriber->first_read = true;
    for (size_t i = 0; i < subscriber->stream_count; i++) { /* those without a row begin at the beginning */
        if (subscriber->streams[i]->reading)
            stream_position(subscriber->streams[i], NULL);
    }
}

/* --- what comes from other threads ---------------------------------------------------------------------------------- */

/* On the writer, or on the loop when nothing was handed over. */
void subscriber_return(struct subscriber *subscriber, struct chunk *chunk)
{
    struct arena *unused = NULL;

    uv_mutex_lock(&subscriber->lock);
    if (subscriber->closed) {
        unused = chunk->arena;
    } else {
        chunk->next = subscriber->back;
        subscriber->back = chunk;
        (void)uv_async_send(&subscriber->wake);
    }
    uv_mutex_unlock(&subscriber->lock);
    arena_free(unused);
}

void subscriber_positions_back(struct subscriber *subscriber)
{
    uv_mutex_lock(&subscriber->lock);
    subscriber->positions_back = true;
    if (!subscriber->closed)
        (void)uv_async_send(&subscriber->wake);
    uv_mutex_unlock(&subscriber->lock);
}

void subscriber_reread(struct subscriber *subscriber, const char *stream)
{
    (void)stream; /* all of this publisher's: reading one position more costs nothing */
    uv_mutex_lock(&subscriber->lock);
    subscriber->reread = true;
    if (!subscriber->closed)
        (void)uv_async_send(&subscriber->wake);
    uv_mutex_unlock(&subscriber->lock);
}

/* Newest first they were put; in which order they are looked at does not matter, each only says how far the writer has come. */
static void chunks_use(struct chunk *chunk)
{
    while (chunk) {
        struct chunk *next = chunk->next;
        stream_chunk_back(chunk->stream, chunk);
        arena_free(chunk->arena);
        chunk = next;
    }
}

/* One wake-up may stand for many: everything that is there is taken. */
static void subscriber_woken(uv_async_t *wake)
{
    struct subscriber *subscriber = wake->data;

    uv_mutex_lock(&subscriber->lock);
    struct chunk *back = subscriber->back;
    bool positions_back = subscriber->positions_back;
    bool reread = subscriber->reread;
    subscriber->back = NULL;
    subscriber->positions_back = false;
    subscriber->reread = false;
    uv_mutex_unlock(&subscriber->lock);

    chunks_use(back);
    if (positions_back)
        positions_use(subscriber);
    for (size_t i = 0; reread && i < subscriber->stream_count; i++) {
        cursor_forget(&subscriber->streams[i]->cursor);
        subscriber->streams[i]->retry_at_us = 0;
        subscriber->streams[i]->reading = false; /* what is being read now may be older than the change */
    }
    positions_check(subscriber);
}

static void subscriber_tick(uv_timer_t *timer)
{
    struct subscriber *subscriber = timer->data;

    positions_check(subscriber);
    for (size_t i = 0; i < subscriber->stream_count; i++)
        stream_pump(subscriber->streams[i]);
}

/* --- life ----------------------------------------------------------------------------------------------------------- */

static void subscriber_metrics(struct subscriber *subscriber)
{
    char labels[96];

    (void)snprintf(labels, sizeof labels, "source=\"%s\"", subscriber->config.service);
    struct metrics *metrics = subscriber->config.metrics;
    subscriber->applied = metric_counter(metrics, "event_applied_total", labels, "Events of another service that were applied or parked.");
    subscriber->fetches = metric_counter(metrics, "event_fetches_total", labels, "Fetches that were answered.");
    subscriber->fetched = metric_counter(metrics, "event_fetched_total", labels, "Events that came by Fetch.");
    subscriber->fetch_failures = metric_counter(metrics, "event_fetch_failures_total", labels, "Fetches without a useful answer.");
}

static enum err subscriber_connect(struct subscriber *subscriber, uv_loop_t *loop)
{
    const struct subscriber_config *config = &subscriber->config;
    struct rpc_client_config rpc = {.service = config->service,
                                    .urls = config->rpc_urls,
                                    .url_count = config->rpc_count,
                                    .contexts = FETCH_CONTEXTS,
                                    .waiting_max = FETCH_WAITING,
                                    .seal = config->seal,
                                    .log = config->log,
                                    .metrics = config->metrics};
    struct listener_config hear = {.service = config->service,
                                   .urls = config->pub_urls,
                                   .url_count = config->pub_count,
                                   .seal = config->seal,
                                   .log = config->log,
                                   .metrics = config->metrics,
                                   .on_batch = heard_batch,
                                   .on_heartbeat = heard_heartbeat,
                                   .owner = subscriber};
    enum err err = listener_open(&subscriber->listener, loop, &hear); /* first: nothing may fall between */

    if (err == ERR_OK)
        err = rpc_client_open(&subscriber->client, loop, &rpc);
    if (err != ERR_OK)
        listener_close(subscriber->listener);
    return err;
}

enum err subscriber_start(struct subscriber **out, uv_loop_t *loop, const struct subscriber_config *config)
{
    struct subscriber *subscriber = mem_new(sizeof *subscriber);

    subscriber->config = *config;
    subscriber_metrics(subscriber);
    enum err err = subscriber_connect(subscriber, loop);
    if (err != ERR_OK) {
        mem_free(subscriber);
        return err;
    }
    subscriber->timer.data = subscriber->wake.data = subscriber;
    if (uv_mutex_init(&subscriber->lock) != 0 || uv_async_init(loop, &subscriber->wake, subscriber_woken) != 0 ||
        uv_timer_init(loop, &subscriber->timer) != 0 || uv_timer_start(&subscriber->timer, subscriber_tick, 0, TICK_MS) != 0)
        bug("libuv refused the parts of a subscriber");
    subscriber->positions = positions_new(subscriber);
    consumer_join(config->consumer, subscriber, config->writer);
    *out = subscriber;
    return ERR_OK;
}

/* The memory stays: jobs that are still with the writer point into it, and the process ends after the drain. */
void subscriber_stop(struct subscriber *subscriber)
{
    subscriber->stopping = true;
    listener_close(subscriber->listener);
    rpc_client_close(subscriber->client);
    uv_mutex_lock(&subscriber->lock);
    subscriber->closed = true;
    uv_mutex_unlock(&subscriber->lock);
    uv_close((uv_handle_t *)&subscriber->timer, NULL);
    uv_close((uv_handle_t *)&subscriber->wake, NULL);
}

size_t subscriber_states(const struct subscriber *subscriber, struct subscriber_state *out, size_t max)
{
    for (size_t i = 0; i < subscriber->stream_count && i < max; i++) {
        const struct stream *stream = subscriber->streams[i];
        out[i] = (struct subscriber_state){.stream = stream->name,
                                           .cursor = stream->cursor.applied,
                                           .head = stream->cursor.head,
                                           .heard_us = stream->heard_us,
                                           .stopped = stream->cursor.state == CURSOR_STOPPED,
                                           .dead = consumer_stream_get(subscriber->config.consumer, stream->name).dead};
    }
    return subscriber->stream_count;
}
