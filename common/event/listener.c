/* Hears PUB: a SUB socket under the loop. NNG hands readiness over as a file descriptor that must only be polled, never read;
 * it stays readable while a message waits, so a long run is cut after DRAIN_MOST messages and libuv comes back for the rest.
 *
 * No time-outs on SUB (NNG 1.5.2 crashes there) and no nng_close (it can hang): a closed listener only stops listening. */
#include "common/event/listener.h"

#include <nng/nng.h>
#include <nng/protocol/pubsub0/sub.h>
#include <stdio.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/rpc/endpoint.h"
#include "common/wire/limits.h"

#define DRAIN_MOST    256 /* messages in one turn of the loop, so that nobody else starves */
#define RECEIVE_QUEUE 8192

struct listener {
    struct listener_config config;
    char events[WIRE_TOPIC_MAX], beats[WIRE_TOPIC_MAX]; /* "ev.<service>.", "hb.<service>." */
    nng_socket socket;
    uv_poll_t poll;
    struct arena *arena;
    struct metric *heard, *dropped;
    struct log_seldom not_ours;
};

static int listener_subscribe(struct listener *listener, int *fd)
{
    nng_socket socket;
    int rv = nng_sub0_open(&socket);

    if (rv != 0)
        return rv;
    listener->socket = socket;
    rv = nng_socket_set_int(socket, NNG_OPT_RECVBUF, RECEIVE_QUEUE);
    if (rv == 0)
        rv = nng_socket_set(socket, NNG_OPT_SUB_SUBSCRIBE, listener->events, strlen(listener->events));
    if (rv == 0)
        rv = nng_socket_set(socket, NNG_OPT_SUB_SUBSCRIBE, listener->beats, strlen(listener->beats));
    for (size_t i = 0; rv == 0 && i < listener->config.url_count; i++)
        rv = endpoint_dial(socket, listener->config.urls[i]);
    if (rv == 0)
        rv = nng_socket_get_int(socket, NNG_OPT_RECVFD, fd);
    return rv;
}

/* A publisher with another bus key would otherwise look just like one that has nothing to say. */
static void listener_drop(struct listener *listener)
{
    metric_add(listener->dropped, 1);
    if (log_seldom(&listener->not_ours, time_steady_us()))
        log_warn(listener->config.log, NULL, "event.does-not-open", LOG_TEXT("source", listener->config.service),
                 LOG_TEXT("why", WIRE_DOES_NOT_OPEN));
}

static void listener_batch(struct listener *listener, struct span sealed)
{
    ProtobufCMessage *message;

    if (wire_open(listener->config.seal, sealed, listener->events, NULL, listener->arena, &bus__event_batch__descriptor, &message) !=
        ERR_OK) {
        listener_drop(listener);
        return;
    }
    metric_add(listener->heard, 1);
    listener->config.on_batch(listener->config.owner, (const Bus__EventBatch *)message, listener->arena);
}

static void listener_beat(struct listener *listener, struct span sealed)
{
    ProtobufCMessage *message;

    if (wire_open(listener->config.seal, sealed, listener->beats, NULL, listener->arena, &bus__heartbeat__descriptor, &message) != ERR_OK) {
        listener_drop(listener);
        return;
    }
    if (listener->config.on_heartbeat)
        listener->config.on_heartbeat(listener->config.owner, (const Bus__Heartbeat *)message);
}

static void listener_ready(uv_poll_t *poll, int status, int events)
{
    struct listener *listener = poll->data;

    (void)status; /* an error shows as the next receive's */
    (void)events;
    for (int i = 0; i < DRAIN_MOST; i++) {
        nng_msg *msg;
        if (nng_recvmsg(listener->socket, &msg, NNG_FLAG_NONBLOCK) != 0)
            return; /* NNG_EAGAIN: drained */
        struct span sealed = span_of(nng_msg_body(msg), nng_msg_len(msg));
        if (sealed.len > 0 && sealed.data[0] == 'e') /* SUB lets only our two prefixes through */
            listener_batch(listener, sealed);
        else
            listener_beat(listener, sealed);
        nng_msg_free(msg);
        arena_reset(listener->arena);
    }
}

enum err listener_open(struct listener **out, uv_loop_t *loop, const struct listener_config *config)
{
    struct listener *listener = mem_new(sizeof *listener);
    char labels[96];
    int fd = -1;

    listener->config = *config;
    (void)snprintf(listener->events, sizeof listener->events, "ev.%s.", config->service);
    (void)snprintf(listener->beats, sizeof listener->beats, "hb.%s.", config->service);
    (void)snprintf(labels, sizeof labels, "source=\"%s\"", config->service);
    listener->heard = metric_counter(config->metrics, "event_batches_heard_total", labels, "PUB messages with events that came.");
    listener->dropped =
        metric_counter(config->metrics, "event_messages_dropped_total", labels, "PUB messages that did not open with the bus key.");
    int rv = listener_subscribe(listener, &fd);
    if (rv != 0) {
        log_error(config->log, NULL, "event.cannot-listen", LOG_TEXT("source", config->service), LOG_TEXT("error", nng_strerror(rv)));
        mem_free(listener);
        return ERR_UNAVAILABLE;
    }
    listener->arena = arena_new(WIRE_EVENT_INLINE_MAX);
    listener->poll.data = listener;
    if (uv_poll_init(loop, &listener->poll, fd) != 0 || uv_poll_start(&listener->poll, UV_READABLE, listener_ready) != 0)
        bug("libuv refused to poll a SUB socket");
    *out = listener;
    return ERR_OK;
}

static void listener_closed(uv_handle_t *handle)
{
    struct listener *listener = handle->data;

    arena_free(listener->arena);
    mem_free(listener);
}

void listener_close(struct listener *listener)
{
    if (!listener)
        return;
    (void)uv_poll_stop(&listener->poll);
    uv_close((uv_handle_t *)&listener->poll, listener_closed);
}
