/* A little service for the rpc tests: a real store, a handful of cases, one table that counts what was really done. */
#ifndef HV_TESTS_SERVICE_RPC_LITTLE_H
#define HV_TESTS_SERVICE_RPC_LITTLE_H
#include "common/db/migrate.h"
#include "common/rpc/server.h"

extern const struct db_schema rpctest_schema;

/* Requests and answers are bus.Fact. The methods:
 *   rpctest.Echo   read   answers what it is asked
 *   rpctest.Slow   read   the same after `name` milliseconds
 *   rpctest.Large  read   answers a value of `name` bytes
 *   rpctest.Refuse read   refuses with the rule `name`
 *   rpctest.Add    write  adds a row with `value`; the answer is kept under the key
 *   rpctest.Put    write  adds a row with `value`; needs no key */
struct little {
    struct worker *writer, *readers[1];
    struct rpc_server *server;
};

struct little_config {
    const char *conninfo, *url;
    unsigned contexts;
    size_t queue_max;
    const struct seal *seal;
    const struct log *log;
    struct metrics *metrics;
};

void little_start(struct little *little, const struct little_config *config);
void little_stop(struct little *little); /* drains first */

#endif
