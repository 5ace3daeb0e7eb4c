/* Flights and the place where they land. nng calls flight_step on its own threads; all it does there is to go on receiving
 * once the request is sent (starting earlier crashes nng 1.5.2 when it is cancelled) and to hand the flight to the loop. */
#include "common/rpc/flight.h"

#include "common/base/alloc.h"
#include "common/base/time.h"

#define SEND_TIMEOUT_MS 1000
#define GRACE_MS        1000 /* how long a context still waits when every call of its message has been given up */
#define CALL_FRAME      384  /* bytes of a packed request beside its payload, at most: key, trace, method and the rest */
#define ARENA_BYTES     32768

void landing_init(struct landing *landing, uv_async_t *wake)
{
    *landing = (struct landing){.wake = wake};
    landing->last = &landing->first;
    if (pthread_mutex_init(&landing->lock, NULL) != 0)
        bug("a mutex cannot be made");
}

void landing_wake(struct landing *landing)
{
    pthread_mutex_lock(&landing->lock);
    if (!landing->closed)
        uv_async_send(landing->wake);
    pthread_mutex_unlock(&landing->lock);
}

static void landing_put(struct landing *landing, struct flight *flight)
{
    flight->next = NULL;
    pthread_mutex_lock(&landing->lock);
    /* uv_async_send may fold several calls into one wake-up; one for the first of the list is enough. */
    if (!landing->first && !landing->closed)
        uv_async_send(landing->wake);
    *landing->last = flight;
    landing->last = &flight->next;
    pthread_mutex_unlock(&landing->lock);
}

struct flight *landing_take(struct landing *landing)
{
    pthread_mutex_lock(&landing->lock);
    struct flight *first = landing->first;
    landing->first = NULL;
    landing->last = &landing->first;
    pthread_mutex_unlock(&landing->lock);
    return first;
}

void landing_close(struct landing *landing)
{
    pthread_mutex_lock(&landing->lock);
    landing->closed = true;
    pthread_mutex_unlock(&landing->lock);
}

static void flight_land(struct flight *flight, int rv, nng_msg *msg)
{
    flight->rv = rv;
    flight->msg = msg;
    flight->state = FLIGHT_GROUND;
    landing_put(flight->landing, flight);
}

/* nng calls this once for each finished operation, on one of its threads. */
static void flight_step(void *arg)
{
    struct flight *flight = arg;
    int rv = nng_aio_result(flight->aio);

    switch (flight->state) {
    case FLIGHT_SENDING:
        if (rv != 0) {
            nng_msg_free(nng_aio_get_msg(flight->aio)); /* a send that failed leaves it ours */
            flight_land(flight, rv, NULL);
            return;
        }
        flight->state = FLIGHT_WAITING;
        nng_aio_set_timeout(flight->aio, flight->wait_ms);
        nng_ctx_recv(flight->ctx, flight->aio);
        return;
    case FLIGHT_WAITING:
        flight_land(flight, rv, rv == 0 ? nng_aio_get_msg(flight->aio) : NULL);
        return;
    case FLIGHT_GROUND:
        bug("an nng operation ended while none was running");
    }
}

enum err flight_init(struct flight *flight, nng_socket socket, const struct seal *seal, struct landing *landing)
{
    if (nng_ctx_open(&flight->ctx, socket) != 0 || nng_aio_alloc(&flight->aio, flight_step, flight) != 0)
        return ERR_UNAVAILABLE;
    flight->state = FLIGHT_GROUND;
    flight->seal = seal;
    flight->landing = landing;
    flight->arena = arena_new(ARENA_BYTES);
    return ERR_OK;
}

void flight_clear(struct flight *flight)
{
    arena_reset(flight->arena);
    flight->count = 0;
    flight->bytes = 0;
    flight->due_ms = 0;
}

bool flight_load(struct flight *flight, struct rpc_call *call)
{
    size_t bytes = flight->bytes + call->request.payload.len + CALL_FRAME;

    if (flight->count == WIRE_BATCH_REQUESTS || (flight->count > 0 && bytes > WIRE_BATCH_BYTES))
        return false;
    flight->bytes = bytes;
    flight->calls[flight->count++] = call;
    if (call->due_ms > flight->due_ms)
        flight->due_ms = call->due_ms;
    return true;
}

void flight_launch(struct flight *flight, uint64_t now_ms)
{
    Bus__Request *requests[WIRE_BATCH_REQUESTS];
    Bus__RequestBatch batch = BUS__REQUEST_BATCH__INIT;
    nng_msg *msg;

    batch.n_requests = flight->count;
    batch.requests = requests;
    for (size_t i = 0; i < flight->count; i++)
        requests[i] = &flight->calls[i]->request;
    wire_seal(flight->seal, "rq.", &batch.base, &flight->out);
    if (nng_msg_alloc(&msg, flight->out.len) != 0)
        bug("out of memory");
    memcpy(nng_msg_body(msg), flight->out.data, flight->out.len);
    flight->since_us = time_steady_us();
    flight->wait_ms = GRACE_MS + (flight->due_ms > now_ms ? (nng_duration)(flight->due_ms - now_ms) : 0);
    flight->state = FLIGHT_SENDING;
    nng_aio_set_timeout(flight->aio, SEND_TIMEOUT_MS);
    nng_aio_set_msg(flight->aio, msg);
    nng_ctx_send(flight->ctx, flight->aio);
}

const Bus__PackedReplyBatch *flight_open(struct flight *flight)
{
    ProtobufCMessage *message;
    char topic[WIRE_TOPIC_MAX];

    if (flight->rv != 0)
        return NULL;
    wire_answer_topic("rp.", buf_span(&flight->out), topic); /* of the request that left; anything else is not its answer */
    enum err err = wire_open(flight->seal, span_of(nng_msg_body(flight->msg), nng_msg_len(flight->msg)), topic, NULL, flight->arena,
                             &bus__packed_reply_batch__descriptor, &message);
    nng_msg_free(flight->msg);
    flight->msg = NULL;
    if (err != ERR_OK)
        return NULL;
    const Bus__PackedReplyBatch *replies = (const Bus__PackedReplyBatch *)message;
    return replies->n_replies == flight->count ? replies : NULL;
}
