/* A replica: dialling, launching, and giving calls up. nng dials again by itself and tells of each connection gained or
 * lost; while there is none, calls wait here (or leave through another replica) rather than inside nng, where the only way
 * out is a time-out. */
#include "common/rpc/replica.h"

#include <nng/protocol/reqrep0/req.h>

#include "common/base/alloc.h"
#include "common/rpc/endpoint.h"

#define NO_CONNECTION 0 /* nng numbers its pipes from 1 */

/* A dialler has one connection at a time. Its number is kept rather than a count, because nng also tells of the end of
 * connections it never told the beginning of (a peer that speaks another protocol). */
static void replica_notice(nng_pipe pipe, nng_pipe_ev event, void *arg)
{
    struct replica *replica = arg;
    int id = nng_pipe_id(pipe);

    if (event == NNG_PIPE_EV_ADD_POST)
        atomic_store(&replica->connection, id);
    else
        atomic_compare_exchange_strong(&replica->connection, &id, NO_CONNECTION);
    landing_wake(replica->landing);
}

/* nng's own resending is off: on a lost connection it would execute a request twice that the server has already begun. */
static int replica_dial(struct replica *replica, const char *url)
{
    int rv = nng_req0_open(&replica->socket);

    if (rv == 0)
        rv = nng_socket_set_ms(replica->socket, NNG_OPT_REQ_RESENDTIME, NNG_DURATION_INFINITE);
    if (rv == 0)
        rv = nng_pipe_notify(replica->socket, NNG_PIPE_EV_ADD_POST, replica_notice, replica);
    if (rv == 0)
        rv = nng_pipe_notify(replica->socket, NNG_PIPE_EV_REM_POST, replica_notice, replica);
    return rv != 0 ? rv : endpoint_dial(replica->socket, url);
}

enum err replica_open(struct replica *replica, size_t index, const char *url, const struct rpc_client_config *config,
                      struct landing *landing)
{
    for (unsigned kind = 0; kind < KINDS; kind++)
        calls_init(&replica->waiting[kind]);
    replica->landing = landing;
    replica->share = config->contexts > 1 ? config->contexts - (config->contexts + 3) / 4 : 1;
    int rv = replica_dial(replica, url);
    if (rv != 0) {
        log_error(config->log, NULL, "rpc.not-dialling", LOG_TEXT("url", url), LOG_TEXT("reason", nng_strerror(rv)));
        return ERR_UNAVAILABLE;
    }
    replica->flight_count = config->contexts;
    replica->flights = mem_array(config->contexts, sizeof *replica->flights);
    for (unsigned i = 0; i < config->contexts; i++) {
        struct flight *flight = &replica->flights[i];
        enum err err = flight_init(flight, replica->socket, config->seal, landing);
        if (err != ERR_OK)
            return err;
        flight->replica = index;
        flight->next = replica->idle;
        replica->idle = flight;
    }
    return ERR_OK;
}

bool replica_connected(struct replica *replica)
{
    return atomic_load(&replica->connection) != NO_CONNECTION;
}

void replica_put(struct replica *replica, struct rpc_call *call)
{
    calls_put(&replica->waiting[call->write ? KIND_WRITE : KIND_READ], call);
}

bool replica_can_launch(const struct replica *replica, unsigned kind)
{
    return replica->waiting[kind].first && replica->idle && replica->busy[kind] < replica->share;
}

size_t replica_launch(struct replica *replica, unsigned kind, uint64_t now_ms)
{
    struct flight *flight = replica->idle;
    struct call_queue *waiting = &replica->waiting[kind];

    replica->idle = flight->next;
    replica->busy[kind]++;
    flight->write = kind == KIND_WRITE;
    flight_clear(flight);
    while (waiting->first && flight_load(flight, waiting->first))
        calls_take(waiting);
    flight_launch(flight, now_ms);
    return flight->count;
}

void replica_landed(struct replica *replica, struct flight *flight)
{
    replica->busy[flight->write ? KIND_WRITE : KIND_READ]--;
    flight_clear(flight);
    flight->next = replica->idle;
    replica->idle = flight;
}

size_t calls_expire(struct call_queue *queue, struct call_queue *expired, uint64_t now_ms, uint64_t *next_ms)
{
    struct call_queue keep;
    size_t moved = 0;

    calls_init(&keep);
    for (struct rpc_call *call; (call = calls_take(queue));) {
        if (call->due_ms <= now_ms) {
            calls_put(expired, call);
            moved++;
            continue;
        }
        calls_put(&keep, call);
        if (call->due_ms < *next_ms)
            *next_ms = call->due_ms;
    }
    calls_move(queue, &keep);
    return moved;
}

static void flight_expire(struct flight *flight, struct call_queue *expired, uint64_t now_ms, uint64_t *next_ms)
{
    for (size_t i = 0; i < flight->count; i++) {
        struct rpc_call *call = flight->calls[i];
        if (call && call->due_ms <= now_ms) {
            calls_put(expired, call);
            flight->calls[i] = NULL;
        } else if (call && call->due_ms < *next_ms) {
            *next_ms = call->due_ms;
        }
    }
}

size_t replica_expire(struct replica *replica, struct call_queue *expired, uint64_t now_ms, uint64_t *next_ms)
{
    size_t moved = 0;

    for (unsigned kind = 0; kind < KINDS; kind++)
        moved += calls_expire(&replica->waiting[kind], expired, now_ms, next_ms);
    for (unsigned i = 0; i < replica->flight_count; i++)
        flight_expire(&replica->flights[i], expired, now_ms, next_ms);
    return moved;
}

void replica_empty(struct replica *replica, struct call_queue *all)
{
    for (unsigned kind = 0; kind < KINDS; kind++)
        calls_move(all, &replica->waiting[kind]);
    for (unsigned i = 0; i < replica->flight_count; i++) {
        struct flight *flight = &replica->flights[i];
        for (size_t k = 0; k < flight->count; k++) {
            if (flight->calls[k])
                calls_put(all, flight->calls[k]);
            flight->calls[k] = NULL;
        }
    }
}
