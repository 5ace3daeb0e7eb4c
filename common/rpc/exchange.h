/* One message of requests and its message of replies: an exchange. A server has a fixed number of them, made at open and
 * reused for ever, so their number is also the limit on messages in flight. Internal to common/rpc. */
#ifndef HV_RPC_EXCHANGE_H
#define HV_RPC_EXCHANGE_H
#include <nng/nng.h>
#include <stdatomic.h>

#include "common/rpc/method.h"
#include "common/rpc/server.h"

/* What the exchanges of a server share; only the atomics change after the open. */
struct exchange_office {
    nng_socket socket;
    const struct seal *seal;
    const struct log *log;
    struct method_table *methods;
    struct worker *writer;
    struct worker **readers;
    size_t reader_count;
    atomic_uint turn;      /* which reader is next */
    atomic_uint in_flight; /* messages taken and not yet answered */
    atomic_bool draining;
    struct log_seldom not_ours;
    struct metric *messages, *requests, *refused, *dropped, *seconds;
};

/* Opens a context on the office's socket and begins to receive; from now on it lives as long as the process. */
enum err exchange_open(struct exchange_office *office) MUST_CHECK;

#endif
