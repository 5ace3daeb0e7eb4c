/* Requests out: the requests of one turn of the loop leave in one NNG message per service, kind and replica (step 3).
 *
 * Everything here runs on the loop thread. NNG's own resending is off (it executes twice); instead a request that got no
 * answer is sent again with the same key until its deadline, when it is a read or carries an idempotency key.
 */
#ifndef HV_RPC_CLIENT_H
#define HV_RPC_CLIENT_H
#include <uv.h>

#include "common/base/log.h"
#include "common/base/metric.h"
#include "common/wire/wire.h"
#include "envelope.pb-c.h"

struct rpc_client;

/* One call, owned by the client from send until done; then by the caller again. `request` and what it points to must stay
 * until done. A request without a deadline is given RPC_DEADLINE_MS. */
#define RPC_DEADLINE_MS 30000
struct rpc_call {
    Bus__Request request;
    uint32_t shard; /* picks the replica: uuid_hash of the programme; anything for reads */
    bool write;
    struct arena *arena; /* the reply is decoded here */
    /* the outcome, when done is called */
    enum err err; /* ERR_OK: reply is set (it may hold a fault of its own); ERR_UNAVAILABLE, ERR_TIMEOUT: no answer came, outcome unknown */
    Bus__Reply *reply;                   /* in the arena */
    void (*done)(struct rpc_call *call); /* exactly once, on the loop; never when rpc_client_send returned a fault */
    void *owner;
    /* the client's own */
    struct rpc_call *next;
    unsigned tries;
    uint64_t due_ms, retry_at_ms; /* on the loop's clock */
};

struct rpc_client_config {
    const char *service;     /* for the log and the metrics */
    const char *const *urls; /* replicas, in fixed order */
    size_t url_count;
    unsigned contexts;  /* messages in flight per replica */
    size_t waiting_max; /* requests waiting to leave */
    const struct seal *seal;
    const struct log *log;
    struct metrics *metrics;
};

enum err rpc_client_open(struct rpc_client **out, uv_loop_t *loop, const struct rpc_client_config *config) MUST_CHECK;
/* ERR_BUSY when too many wait, ERR_TOO_LARGE when the payload is over WIRE_PAYLOAD_MAX: done is never called. */
enum err rpc_client_send(struct rpc_client *client, struct rpc_call *call) MUST_CHECK;
size_t rpc_client_waiting(const struct rpc_client *client); /* sent or waiting, not done */
bool rpc_client_connected(struct rpc_client *client);       /* to one replica at least */
/* Every open call is done with ERR_UNAVAILABLE, the loop's handles are closed. The sockets and the client's memory stay for
 * nng's threads until the process ends (see server.h). */
void rpc_client_close(struct rpc_client *client);

#endif
