/* The world of the event tests: a database with both schemas, the programs test-origin (publishes) and test-probe (consumes), and the
 * test itself as their client on the bus. */
#ifndef HV_TESTS_EVENT_WORLD_H
#define HV_TESTS_EVENT_WORLD_H
#include <uv.h>

#include "common/rpc/client.h"
#include "common/run/health.h"
#include "tests/support/kit.h"

struct world {
    struct kit_pg *pg;
    uv_loop_t loop;
    struct seal *seal;
    struct metrics *metrics;
    struct rpc_client *origin_client, *probe_client;
    struct health_surveyor *surveyor;
    pid_t origin, probe;
    char folder[64];
};

struct world *world_new(void);
void world_free(struct world *world);

void origin_start(struct world *world);
void probe_start(struct world *world);
int probe_stop(struct world *world, int signal); /* the exit code */

/* One request and its answer, unpacked on the arena; fails the test when none comes. Returns the fault of the reply. */
enum err ask(struct world *world, struct rpc_client *client, const char *method, const ProtobufCMessage *request,
             const ProtobufCMessageDescriptor *type, struct arena *arena, void *answer);

void make(struct world *world, const char *name, int count); /* events by origin, published */
void make_silently(struct world *world, const char *stream); /* one event in the log that PUB never carried */
int64_t applied(struct world *world);                        /* effects so far */
void expect_applied(struct world *world, int64_t count);     /* waits for that many, then checks once each, in order */

/* The status of probe's check of this component; its output is copied. -1: no such check. */
int probe_health(struct world *world, const char *component, char output[512]);

#endif
