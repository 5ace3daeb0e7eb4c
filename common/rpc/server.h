/* Requests in: a REP socket with as many contexts as there may be messages in flight (step 4 of the data's path).
 * One message carries many requests; each becomes a job for the writer or a reader; when the last of a message is done,
 * their replies leave in one message. What does not open with the seal is dropped, counted, and answered with nothing.
 *
 * Answered here, without a job: an unknown method (ERR_NOT_FOUND), a payload that does not decode (ERR_INVALID), a write
 * without a key (ERR_PRECONDITION_REQUIRED), a full queue (ERR_BUSY).
 */
#ifndef HV_RPC_SERVER_H
#define HV_RPC_SERVER_H
#include "common/base/log.h"
#include "common/base/metric.h"
#include "common/wire/wire.h"
#include "common/work/worker.h"

struct rpc_server;

struct rpc_server_config {
    const char *url; /* tcp://127.0.0.1:PORT */
    unsigned contexts;
    const struct seal *seal;
    const struct work_case *cases; /* several tables: the service's own, and common/event's */
    size_t case_count;
    const struct work_case *more_cases;
    size_t more_count;
    struct worker *writer;
    struct worker **readers; /* in turn */
    size_t reader_count;
    const struct log *log;
    struct metrics *metrics;
};

enum err rpc_server_open(struct rpc_server **out, const struct rpc_server_config *config) MUST_CHECK;
/* Refuses new messages (ERR_UNAVAILABLE) and waits until those in flight are answered, at most wait_ms. The socket stays
 * open: nng_close can hang in 1.5.2; the process ends with _exit after the drain. */
void rpc_server_drain(struct rpc_server *server, int wait_ms);
unsigned rpc_server_in_flight(const struct rpc_server *server);

#endif
