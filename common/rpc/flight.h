/* A flight: one message of requests on its way and its replies' way back, on one context of a REQ socket. Made at open and
 * used again and again. The loop owns it while it is on the ground, nng's threads while it is in the air. Internal to common/rpc. */
#ifndef HV_RPC_FLIGHT_H
#define HV_RPC_FLIGHT_H
#include <nng/nng.h>
#include <pthread.h>
#include <uv.h>

#include "common/base/arena.h"
#include "common/rpc/client.h"
#include "common/wire/limits.h"

/* Where flights come down: nng's threads put them here, the loop takes all of them at one wake-up. */
struct landing {
    pthread_mutex_t lock;
    struct flight *first, **last;
    uv_async_t *wake;
    bool closed; /* wake is gone */
};
void landing_init(struct landing *landing, uv_async_t *wake);
void landing_wake(struct landing *landing);           /* any thread */
struct flight *landing_take(struct landing *landing); /* in order of landing */
void landing_close(struct landing *landing);

struct flight {
    enum {
        FLIGHT_GROUND,  /* the loop's: idle, being loaded or unloaded */
        FLIGHT_SENDING, /* nng's: the message waits for a connection that takes it */
        FLIGHT_WAITING  /* nng's: for the reply */
    } state;
    nng_ctx ctx;
    nng_aio *aio;
    const struct seal *seal;
    struct landing *landing;
    struct arena *arena; /* envelope of the replies */
    struct buf out;
    struct flight *next;

    /* The loop's, all the time: a call that was given up meanwhile leaves NULL behind. */
    struct rpc_call *calls[WIRE_BATCH_REQUESTS];
    size_t count, bytes;
    size_t replica;
    bool write;
    uint64_t due_ms;      /* the latest of its calls */
    nng_duration wait_ms; /* for the reply, from the launch */
    int64_t since_us;

    int rv;       /* after landing: 0 or why nng gave up */
    nng_msg *msg; /* after landing with rv 0 */
};

enum err flight_init(struct flight *flight, nng_socket socket, const struct seal *seal, struct landing *landing) MUST_CHECK;
void flight_clear(struct flight *flight);
bool flight_load(struct flight *flight, struct rpc_call *call); /* false: full */
void flight_launch(struct flight *flight, uint64_t now_ms);     /* takes to the air; comes down exactly once */
/* After landing: the replies, still packed, one a call, on the flight's arena; NULL when there is no answer to read. */
const Bus__PackedReplyBatch *flight_open(struct flight *flight);

#endif
