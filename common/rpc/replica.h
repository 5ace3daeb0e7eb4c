/* One process of the service a client talks to: its REQ socket, its contexts, and the calls that wait for one.
 * Everything but `connection` belongs to the loop. Internal to common/rpc. */
#ifndef HV_RPC_REPLICA_H
#define HV_RPC_REPLICA_H
#include <stdatomic.h>

#include "common/rpc/flight.h"
#include "common/rpc/calls.h"

/* Writes and reads leave in messages of their own, because they wait for different workers over there. */
enum { KIND_WRITE, KIND_READ, KINDS };

struct replica {
    nng_socket socket;
    struct landing *landing;
    atomic_int connection; /* id of the pipe, 0: none; nng's threads write it */
    struct flight *flights, *idle;
    unsigned flight_count, share; /* share: contexts one kind may hold, so that the other is never shut out */
    unsigned busy[KINDS];
    struct call_queue waiting[KINDS];
};

/* Opens the socket and begins to dial; whether anybody answers shows later. */
enum err replica_open(struct replica *replica, size_t index, const char *url, const struct rpc_client_config *config,
                      struct landing *landing) MUST_CHECK;
bool replica_connected(struct replica *replica);
void replica_put(struct replica *replica, struct rpc_call *call);
bool replica_can_launch(const struct replica *replica, unsigned kind);          /* calls wait and a context is free for them */
size_t replica_launch(struct replica *replica, unsigned kind, uint64_t now_ms); /* one message; returns how many calls are in it */
void replica_landed(struct replica *replica, struct flight *flight);            /* unloaded: the context is free again */

/* Moves the calls whose deadline has passed to `expired` and lowers *next_ms to the earliest deadline of the others.
 * Returns how many of the moved ones were waiting. */
size_t calls_expire(struct call_queue *queue, struct call_queue *expired, uint64_t now_ms, uint64_t *next_ms);
size_t replica_expire(struct replica *replica, struct call_queue *expired, uint64_t now_ms, uint64_t *next_ms);
void replica_empty(struct replica *replica, struct call_queue *all); /* moves every call, waiting or in flight */

#endif
