/* A service for the gateway to ask: the real RPC server and workers on a real PostgreSQL, with cases that keep no rows but
 * say back what they were asked. It counts, so that a test knows how often the gateway really asked. */
#ifndef HV_TESTS_SERVICE_GATEWAY_ANSWERER_H
#define HV_TESTS_SERVICE_GATEWAY_ANSWERER_H
#include <stdatomic.h>

#include "common/rpc/server.h"

enum { ANSWERER_FORGOTTEN = 300 };

struct answerer {
    struct worker *writer, *reader;
    struct rpc_server *server;
    struct work_store store;
    struct metrics *metrics;
    atomic_int asked; /* jobs decided */
    /* the list of the forgotten: whoever asked for it here, and whom a test puts there; it may be emptied like a restored database */
    struct uuid forgotten[ANSWERER_FORGOTTEN];
    atomic_size_t forgotten_count;
};

/* What the fictitious programmes are, by the first byte of their id. */
enum {
    PROGRAMME_PLAIN = 1,
    PROGRAMME_ABSENT = 2,
    PROGRAMME_SLOW = 3,
    PROGRAMME_STUCK = 4,
    PROGRAMME_ODD = 5,   /* its file has a name no header can hold */
    PROGRAMME_PAGE = 6,  /* its file is a page in one language, with status 404 */
    PROGRAMME_STYLED = 7 /* its file is a page with a style of its own */
};
struct uuid answerer_programme(int kind);
enum { ANSWERER_SLOW_MS = 400, ANSWERER_STUCK_MS = 1600 };

void answerer_start(struct answerer *answerer, const char *conninfo, const char *url, const struct seal *seal);
void answerer_forget(struct answerer *answerer, struct uuid person);
void answerer_stop(struct answerer *answerer);

#endif
