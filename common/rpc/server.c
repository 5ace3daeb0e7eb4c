/* The REP socket of a service and its exchanges. Everything is opened at start by one thread and never closed (nng 1.5.2
 * can hang in nng_close, and frees what its own threads still use): a process drains, then ends with _exit. */
#include <nng/nng.h>
#include <nng/protocol/reqrep0/rep.h>
#include <time.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/rpc/endpoint.h"
#include "common/rpc/exchange.h"

#define DRAIN_STEP_NS 2000000

struct rpc_server {
    struct exchange_office office;
};

static struct method_table *server_methods(const struct rpc_server_config *config)
{
    struct method_table *table = method_table_new(config->case_count + config->more_count);

    for (size_t i = 0; i < config->case_count; i++)
        method_add(table, &config->cases[i]);
    for (size_t i = 0; i < config->more_count; i++)
        method_add(table, &config->more_cases[i]);
    return table;
}

static void server_metrics(struct exchange_office *office, struct metrics *metrics)
{
    office->messages = metric_counter(metrics, "rpc_server_messages_total", "", "Messages of requests taken");
    office->requests = metric_counter(metrics, "rpc_server_requests_total", "", "Requests taken");
    office->refused = metric_counter(metrics, "rpc_server_refused_total", "", "Requests answered without a job");
    office->dropped = metric_counter(metrics, "rpc_server_dropped_total", "", "Messages not sealed with the bus key, or malformed");
    office->seconds = metric_histogram(metrics, "rpc_server_message_seconds", "", "From the arrival of a message to its answer");
}

enum err rpc_server_open(struct rpc_server **out, const struct rpc_server_config *config)
{
    struct rpc_server *server = mem_new(sizeof *server);
    struct exchange_office *office = &server->office;
    int rv = nng_rep0_open(&office->socket);

    office->seal = config->seal;
    office->log = config->log;
    office->writer = config->writer;
    office->readers = config->readers;
    office->reader_count = config->reader_count;
    office->methods = server_methods(config);
    server_metrics(office, config->metrics);
    enum err err = rv == 0 ? ERR_OK : ERR_UNAVAILABLE;
    for (unsigned i = 0; err == ERR_OK && i < config->contexts; i++)
        err = exchange_open(office);
    if (err == ERR_OK)
        rv = endpoint_listen(office->socket, config->url);
    if (err != ERR_OK || rv != 0) {
        /* What is open stays open and unused: the caller is about to end the process. */
        log_error(config->log, NULL, "rpc.not-listening", LOG_TEXT("url", config->url), LOG_TEXT("reason", nng_strerror(rv)));
        return ERR_UNAVAILABLE;
    }
    log_info(config->log, NULL, "rpc.listening", LOG_TEXT("url", config->url), LOG_INT("contexts", config->contexts));
    *out = server;
    return ERR_OK;
}

unsigned rpc_server_in_flight(const struct rpc_server *server)
{
    return atomic_load(&server->office.in_flight);
}

void rpc_server_drain(struct rpc_server *server, int wait_ms)
{
    int64_t until_us = time_steady_us() + wait_ms * INT64_C(1000);

    atomic_store(&server->office.draining, true);
    while (rpc_server_in_flight(server) > 0 && time_steady_us() < until_us) {
        const struct timespec step = {.tv_nsec = DRAIN_STEP_NS};
        nanosleep(&step, NULL);
    }
}
