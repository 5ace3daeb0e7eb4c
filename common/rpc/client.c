/* The calls of a process to one service: where each waits, what leaves when, and what becomes of it.
 *
 *   send -> waiting -> in flight -> done
 *              ^          |
 *              +- later <-+   no answer came: once more with the same key, after a back-off, until the deadline
 *
 * A call is in exactly one of these places, so it is done exactly once. Nothing waits for company: what is there at the end
 * of the loop's turn leaves, as long as a context is free. When none is, calls gather until one comes back, so messages
 * grow with the load by themselves. */
#include <stdio.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/rpc/replica.h"

#define BACKOFF_MS        20
#define BACKOFF_DOUBLINGS 5
#define PATIENCE_MAX_US   TIME_DAY /* nng's durations are 32 bits of milliseconds: a deadline further away than this is cut to it */

struct rpc_client {
    uv_loop_t *loop;
    uv_async_t landed;
    uv_idle_t hurry;  /* runs while something should leave: then the loop does not sleep before `turn` */
    uv_check_t turn;  /* end of a turn */
    uv_timer_t timer; /* the next deadline or retry */
    uint64_t timer_ms;
    struct landing landing;
    struct replica *replicas;
    size_t replica_count;
    struct call_queue later;
    size_t queued, open, waiting_max;
    const char *service;
    const struct log *log;
    struct metric *requests, *messages, *retries, *lost, *waiting, *seconds;
};

/* --- when something happens ---------------------------------------------------------------------------------------- */

static void client_turn(uv_check_t *turn);
static void client_alarm(uv_timer_t *timer);

static void client_nothing(uv_idle_t *hurry)
{
    (void)hurry;
}

/* At the end of this turn, look what can leave. */
static void client_soon(struct rpc_client *client)
{
    uv_idle_start(&client->hurry, client_nothing);
    uv_check_start(&client->turn, client_turn);
}

/* No later than at_ms, look at deadlines and retries. */
static void client_alarm_at(struct rpc_client *client, uint64_t at_ms)
{
    if (uv_is_active((uv_handle_t *)&client->timer) && client->timer_ms <= at_ms)
        return;
    uint64_t now_ms = uv_now(client->loop);
    client->timer_ms = at_ms;
    uv_timer_start(&client->timer, client_alarm, at_ms > now_ms ? at_ms - now_ms : 0, 0);
}

/* --- what becomes of a call ---------------------------------------------------------------------------------------- */

static void client_finish(struct rpc_client *client, struct rpc_call *call, enum err err)
{
    client->open--;
    metric_set(client->waiting, (double)client->open);
    call->err = err;
    call->done(call);
}

static struct replica *client_connected(struct rpc_client *client, size_t first)
{
    for (size_t i = 0; i < client->replica_count; i++) {
        struct replica *replica = &client->replicas[(first + i) % client->replica_count];
        if (replica_connected(replica))
            return replica;
    }
    return NULL;
}

static void client_enqueue(struct rpc_client *client, struct rpc_call *call)
{
    replica_put(&client->replicas[call->shard % client->replica_count], call);
    client->queued++;
    client_soon(client);
}

/* No answer came, or none worth the name. Running it again is safe for reads, and for writes that carry a key. */
static bool client_again(struct rpc_client *client, struct rpc_call *call)
{
    if (call->write && call->request.idempotency_key.len == 0)
        return false;
    unsigned doublings = call->tries < BACKOFF_DOUBLINGS ? call->tries : BACKOFF_DOUBLINGS;
    call->tries++;
    call->reply = NULL;
    call->retry_at_ms = uv_now(client->loop) + ((uint64_t)BACKOFF_MS << doublings);
    calls_put(&client->later, call);
    client->queued++;
    client_alarm_at(client, call->retry_at_ms < call->due_ms ? call->retry_at_ms : call->due_ms);
    metric_add(client->retries, 1);
    return true;
}

static void client_lose(struct rpc_client *client, struct rpc_call *call)
{
    metric_add(client->lost, 1);
    if (!client_again(client, call))
        client_finish(client, call, ERR_UNAVAILABLE);
}

static void client_settle(struct rpc_client *client, struct rpc_call *call, const ProtobufCBinaryData *packed)
{
    ProtobufCMessage *message;

    if (wire_unpack(call->arena, span_of(packed->data, packed->len), &bus__reply__descriptor, &message) != ERR_OK) {
        client_lose(client, call);
        return;
    }
    call->reply = (Bus__Reply *)message;
    /* The service says that it could not: it is going down, lost its database, or had too much to say in one message. */
    if (call->reply->err == ERR_UNAVAILABLE && client_again(client, call))
        return;
    client_finish(client, call, ERR_OK);
}

/* --- a message comes back ------------------------------------------------------------------------------------------ */

static void client_unload(struct rpc_client *client, struct flight *flight)
{
    const Bus__PackedReplyBatch *replies = flight_open(flight);

    if (!replies)
        log_debug(client->log, NULL, "rpc.lost", LOG_TEXT("to", client->service), LOG_TEXT("reason", nng_strerror(flight->rv)),
                  LOG_INT("requests", flight->count));
    metric_observe_us(client->seconds, time_steady_us() - flight->since_us);
    for (size_t i = 0; i < flight->count; i++) {
        struct rpc_call *call = flight->calls[i];
        if (call && replies)
            client_settle(client, call, &replies->replies[i]);
        else if (call)
            client_lose(client, call);
    }
}

static void client_landed(uv_async_t *landed)
{
    struct rpc_client *client = landed->data;

    for (struct flight *flight = landing_take(&client->landing), *next; flight; flight = next) {
        next = flight->next;
        client_unload(client, flight);
        replica_landed(&client->replicas[flight->replica], flight);
    }
    client_soon(client);
}

/* --- messages leave ------------------------------------------------------------------------------------------------ */

/*~ 3. The loop has done all it found to do in this turn. The requests that came up in it leave now, in one message for each
 * replica and kind, as far as contexts are free; the others leave when one comes back. */
static void client_turn(uv_check_t *turn)
{
    struct rpc_client *client = turn->data;

    uv_idle_stop(&client->hurry);
    uv_check_stop(&client->turn);
    for (size_t i = 0; i < client->replica_count; i++) {
        struct replica *replica = client_connected(client, i);
        for (unsigned kind = 0; replica && kind < KINDS; kind++) {
            if (replica != &client->replicas[i])
                calls_move(&replica->waiting[kind], &client->replicas[i].waiting[kind]);
            for (; replica_can_launch(replica, kind); metric_add(client->messages, 1))
                client->queued -= replica_launch(replica, kind, uv_now(client->loop));
        }
    }
}

/* --- deadlines and retries ----------------------------------------------------------------------------------------- */

static void client_retry(struct rpc_client *client, uint64_t now_ms, uint64_t *next_ms)
{
    struct call_queue later;

    calls_init(&later);
    calls_move(&later, &client->later);
    for (struct rpc_call *call; (call = calls_take(&later));) {
        if (call->retry_at_ms <= now_ms) {
            client->queued--;
            client_enqueue(client, call);
            continue;
        }
        calls_put(&client->later, call);
        if (call->retry_at_ms < *next_ms)
            *next_ms = call->retry_at_ms;
    }
}

static void client_alarm(uv_timer_t *timer)
{
    struct rpc_client *client = timer->data;
    uint64_t now_ms = uv_now(client->loop), next_ms = UINT64_MAX;
    struct call_queue expired;

    calls_init(&expired);
    client->queued -= calls_expire(&client->later, &expired, now_ms, &next_ms);
    client_retry(client, now_ms, &next_ms);
    for (size_t i = 0; i < client->replica_count; i++)
        client->queued -= replica_expire(&client->replicas[i], &expired, now_ms, &next_ms);
    if (next_ms != UINT64_MAX)
        client_alarm_at(client, next_ms);
    /* Last, because done may send again. */
    for (struct rpc_call *call; (call = calls_take(&expired));)
        client_finish(client, call, call->tries > 0 || !client_connected(client, 0) ? ERR_UNAVAILABLE : ERR_TIMEOUT);
}

/* --- open, send, close --------------------------------------------------------------------------------------------- */

static void client_metrics(struct rpc_client *client, struct metrics *metrics)
{
    char labels[96];

    snprintf(labels, sizeof labels, "to=\"%s\"", client->service);
    client->requests = metric_counter(metrics, "rpc_client_requests_total", labels, "Requests sent");
    client->messages = metric_counter(metrics, "rpc_client_messages_total", labels, "Messages of requests sent");
    client->retries = metric_counter(metrics, "rpc_client_retries_total", labels, "Requests sent once more with the same key");
    client->lost = metric_counter(metrics, "rpc_client_lost_total", labels, "Requests whose message got no answer");
    client->waiting = metric_gauge(metrics, "rpc_client_open_requests", labels, "Requests waiting or in flight");
    client->seconds = metric_histogram(metrics, "rpc_client_message_seconds", labels, "From the departure of a message to its answer");
}

static enum err client_handles(struct rpc_client *client, uv_loop_t *loop)
{
    client->loop = loop;
    client->landed.data = client->turn.data = client->timer.data = client;
    if (uv_async_init(loop, &client->landed, client_landed) != 0 || uv_idle_init(loop, &client->hurry) != 0 ||
        uv_check_init(loop, &client->turn) != 0 || uv_timer_init(loop, &client->timer) != 0)
        return ERR_UNAVAILABLE;
    return ERR_OK;
}

enum err rpc_client_open(struct rpc_client **out, uv_loop_t *loop, const struct rpc_client_config *config)
{
    struct rpc_client *client = mem_new(sizeof *client);

    client->service = config->service;
    client->log = config->log;
    client->waiting_max = config->waiting_max;
    client->replicas = mem_array(config->url_count, sizeof *client->replicas);
    client->replica_count = config->url_count;
    calls_init(&client->later);
    client_metrics(client, config->metrics);
    landing_init(&client->landing, &client->landed);
    enum err err = config->url_count > 0 && config->contexts > 0 ? client_handles(client, loop) : ERR_INVALID;
    for (size_t i = 0; err == ERR_OK && i < config->url_count; i++)
        err = replica_open(&client->replicas[i], i, config->urls[i], config, &client->landing);
    if (err == ERR_OK)
        *out = client;
    return err;
}

enum err rpc_client_send(struct rpc_client *client, struct rpc_call *call)
{
    int64_t left_us = call->request.deadline_us ? call->request.deadline_us - time_now_us() : RPC_DEADLINE_MS * INT64_C(1000);

    if (left_us > PATIENCE_MAX_US)
        left_us = PATIENCE_MAX_US;
    if (call->request.payload.len > WIRE_PAYLOAD_MAX)
        return ERR_TOO_LARGE;
    if (client->queued >= client->waiting_max)
        return ERR_BUSY;
    call->err = ERR_OK;
    call->reply = NULL;
    call->tries = 0;
    call->due_ms = uv_now(client->loop) + (left_us > 0 ? (uint64_t)left_us / 1000 : 0);
    client->open++;
    metric_add(client->requests, 1);
    metric_set(client->waiting, (double)client->open);
    client_alarm_at(client, call->due_ms);
    client_enqueue(client, call);
    return ERR_OK;
}

size_t rpc_client_waiting(const struct rpc_client *client)
{
    return client->open;
}

bool rpc_client_connected(struct rpc_client *client)
{
    return client_connected(client, 0) != NULL;
}

void rpc_client_close(struct rpc_client *client)
{
    struct call_queue all;

    landing_close(&client->landing);
    calls_init(&all);
    calls_move(&all, &client->later);
    for (size_t i = 0; i < client->replica_count; i++)
        replica_empty(&client->replicas[i], &all);
    client->queued = client->waiting_max; /* nothing new is taken */
    for (struct rpc_call *call; (call = calls_take(&all));)
        client_finish(client, call, ERR_UNAVAILABLE);
    uv_close((uv_handle_t *)&client->landed, NULL);
    uv_close((uv_handle_t *)&client->hurry, NULL);
    uv_close((uv_handle_t *)&client->turn, NULL);
    uv_close((uv_handle_t *)&client->timer, NULL);
}
