/* A service that publishes what a test writes into its event log: the real parts of common/ under the name "enrolment" (or what
 * HV_TEST_SOURCE says: "funding"), with no use cases of its own. Its heartbeats and its answers to Fetch are what hv-notification hears in
 * these tests. */
#include <stdlib.h>

#include "common/run/service.h"

extern const struct db_schema notification_schema;

static struct workset *begin(struct arena *arena, int64_t now_us, void *context)
{
    (void)now_us;
    (void)context;
    return arena_alloc(arena, 1);
}
static enum err load(struct workset *w, struct db *db)
{
    (void)w;
    (void)db;
    return ERR_OK;
}
static void save(struct workset *w, struct db *db)
{
    (void)w;
    (void)db;
}

static const struct work_store STORE = {.begin = begin, .load = load, .save = save};

int main(int argc, char **argv)
{
    /* The common tables only: they are the first migration of every service. */
    const char *name = getenv("HV_TEST_SOURCE") != NULL ? getenv("HV_TEST_SOURCE") : "enrolment";
    const struct db_schema schema = {name, notification_schema.migrations, 1};
    const struct service_spec spec = {.name = name, .schema = &schema, .store = &STORE, .streams = 4};

    return service_main(&spec, argc, argv);
}
