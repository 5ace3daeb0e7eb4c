/* The life of a service, on the small ones of tests/service/event: what it refuses to start with, how it ends, what it tidies up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/time.h"
#include "tests/service/event/world.h"

/* Runs test-probe with these changes to its end; what it printed is in `output`. */
static int run(struct world *w, const char *argument, const char *const *changes, char *output, size_t size)
{
    const char *argv[] = {kit_program("test-probe"), argument, NULL};
    char path[128];

    (void)snprintf(path, sizeof path, "%s/run.log", w->folder);
    (void)remove(path);
    int code = kit_join(kit_spawn(argv, changes, path), KIT_PATIENCE_MS);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    output[fread(output, 1, size - 1, file)] = '\0';
    (void)fclose(file);
    return code;
}

static void test_arguments(void **state)
{
    char said[4096];

    assert_int_equal(run(*state, "--version", NULL, said, sizeof said), 0);
    assert_non_null(strstr(said, "hv-probe "));
    assert_int_equal(run(*state, "--help", NULL, said, sizeof said), 0);
    assert_non_null(strstr(said, "HV_PROBE_RPC"));
    assert_non_null(strstr(said, "HV_ORIGIN_PUB"));
    assert_int_equal(run(*state, "--verbose", NULL, said, sizeof said), 2);
    assert_non_null(strstr(said, "--verbose"));
}

static void test_mistakes(void **state)
{
    static const char *const changes[] = {"HV_READERS=none", "HV_LOG=loud", "HV_INSTANCE=3", "HV_BUS_KEY=", NULL};
    char said[4096];

    assert_int_equal(run(*state, NULL, changes, said, sizeof said), 2);
    assert_non_null(strstr(said, "HV_READERS must be a whole number from 1 to 16, not \"none\""));
    assert_non_null(strstr(said, "HV_LOG must be one of debug, info, warn, error, not \"loud\""));
    assert_non_null(strstr(said, "HV_INSTANCE must be a whole number from 0 to 0, not \"3\"")); /* there is one url */
    assert_non_null(strstr(said, "HV_BUS_KEY is not set"));
}

static void test_key(void **state)
{
    static const char *const changes[] = {"HV_BUS_KEY=/nonexistent/key", NULL};
    char said[4096];

    assert_int_equal(run(*state, NULL, changes, said, sizeof said), 1);
    assert_non_null(strstr(said, "service.no-bus-key"));
    assert_non_null(strstr(said, "/nonexistent/key"));
}

static void test_port_taken(void **state)
{
    struct world *w = *state;
    char change[128], said[4096];
    const char *const changes[] = {change, NULL};
    const char *listens = getenv("HV_ORIGIN_RPC");
    const char *url = listens ? listens : "";

    (void)snprintf(change, sizeof change, "HV_PROBE_RPC=%s", url);
    assert_int_equal(run(w, NULL, changes, said, sizeof said), 1);
    assert_non_null(strstr(said, url));
}

static void test_other_schema(void **state)
{
    struct world *w = *state;
    char said[4096];

    (void)kit_sql(w->pg, "insert into probe.schema_version (name, checksum) values ('999_future.sql', 'x')");
    assert_int_equal(run(w, NULL, NULL, said, sizeof said), 1);
    assert_non_null(strstr(said, "service.cannot-start"));
    (void)kit_sql(w->pg, "delete from probe.schema_version where name = '999_future.sql'");
}

/* --- draining ------------------------------------------------------------------------------------------------------- */

enum { CALLS = 400, EACH = 5 };

struct burst {
    struct rpc_call calls[CALLS];
    int done, answered;
};

static void burst_done(struct rpc_call *call)
{
    struct burst *burst = call->owner;

    burst->done++;
    if (call->err == ERR_OK && call->reply->err == 0)
        burst->answered++;
}

static void burst_send(struct world *w, struct burst *burst, struct arena *arena)
{
    static char method[] = "origin.Make", name[] = "plain", value[] = "5";
    Bus__Fact fact = BUS__FACT__INIT;

    fact.name = name;
    fact.value = value;
    struct span payload = wire_pack(arena, &fact.base);
    for (int i = 0; i < CALLS; i++) {
        struct rpc_call *call = &burst->calls[i];
        *call = (struct rpc_call){.write = true, .arena = arena, .done = burst_done, .owner = burst};
        bus__request__init(&call->request);
        call->request.method = method;
        call->request.deadline_us = time_now_us() + 10 * TIME_SECOND;
        call->request.payload = (ProtobufCBinaryData){payload.len, (uint8_t *)(uintptr_t)payload.data};
        assert_int_equal(rpc_client_send(w->origin_client, call), ERR_OK);
    }
}

static void test_drain(void **state)
{
    struct world *w = *state;
    struct arena *arena = arena_new(4096);
    static struct burst burst;

    (void)kit_sql(w->pg, "delete from origin.event_log; update origin.event_stream set head_seq = 0");
    for (int round = 0; round < 5; round++) {
        int64_t before = kit_sql_int(w->pg, "select count(*) from origin.event_log");
        burst.done = burst.answered = 0;
        burst_send(w, &burst, arena);
        for (int i = 0; i < 1 + round; i++)
            (void)uv_run(&w->loop, UV_RUN_NOWAIT); /* the messages leave, some answers come */
        assert_int_equal(kill(w->origin, SIGTERM), 0);
        while (burst.done < CALLS)
            (void)uv_run(&w->loop, UV_RUN_ONCE);
        assert_int_equal(kit_join(w->origin, KIT_PATIENCE_MS), 0);
        /* What was carried out was answered, and nothing else was. */
        assert_int_equal(kit_sql_int(w->pg, "select count(*) from origin.event_log") - before, EACH * burst.answered);
        origin_start(w);
        make(w, "plain", 1); /* it is there again */
    }
    arena_free(arena);
}

static void loop_for(struct world *w, int ms)
{
    for (int i = 0; i < ms; i++) {
        (void)uv_run(&w->loop, UV_RUN_NOWAIT);
        kit_sleep_ms(1);
    }
}

static void test_drain_slow(void **state)
{
    struct world *w = *state;
    struct arena *arena = arena_new(4096);
    static struct burst burst;
    static const struct db_stmt hold = {"hold", "select 1 from origin.event_stream for update"};
    struct db_config config = {
        .conninfo = kit_pg_conninfo(w->pg, NULL), .schema = "origin", .application_name = "test", .statement_timeout_ms = 5000};
    struct db *db;

    assert_int_equal(db_open(&db, &config, kit_log()), ERR_OK);
    db_begin(db, DB_READ_WRITE);
    (void)db_queue(db, &hold, NULL);
    assert_int_equal(db_flush(db), ERR_OK);
    burst_send(w, &burst, arena);
    loop_for(w, 300); /* the writer waits for our lock, the others in its queue */
    assert_int_equal(burst.done, 0);
    assert_int_equal(kill(w->origin, SIGTERM), 0);
    loop_for(w, 300);
    assert_int_equal(burst.answered, 0);
    db_rollback(db);
    while (burst.done < CALLS)
        (void)uv_run(&w->loop, UV_RUN_ONCE);
    assert_int_equal(burst.answered, CALLS); /* all that had come before the signal */
    assert_int_equal(kit_join(w->origin, KIT_PATIENCE_MS), 0);
    db_close(db);
    arena_free(arena);
    origin_start(w);
    make(w, "plain", 1);
}

/* --- tidying up ----------------------------------------------------------------------------------------------------- */

static bool is_purged(void *arg)
{
    struct world *w = arg;

    return kit_sql_int(w->pg, "select count(*) from probe.request_seen") == 1;
}

static void test_purge(void **state)
{
    struct world *w = *state;

    (void)kit_sql(w->pg, "insert into probe.request_seen (caller, key, method, request_hash, response, seen_at)"
                         " select gen_random_uuid(), '\\x01', 'x', '', '', now() - interval '8 days' from generate_series(1, 50)");
    (void)kit_sql(w->pg, "insert into probe.request_seen (caller, key, method, request_hash, response, seen_at)"
                         " values (gen_random_uuid(), '\\x02', 'x', '', '', now() - interval '6 days')");
    probe_start(w);
    assert_true(kit_wait_until(is_purged, w, KIT_PATIENCE_MS));
    assert_string_equal(kit_sql(w->pg, "select encode(key, 'hex') from probe.request_seen"), "02");
    assert_int_equal(probe_stop(w, SIGTERM), 0);
}

static int setup(void **state)
{
    struct world *w = world_new();

    make(w, "plain", 1); /* origin runs, and has its port */
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    world_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"--help and --version answer; other arguments are refused", test_arguments, NULL, NULL, NULL},
        {"every mistake of the configuration is said before anything starts", test_mistakes, NULL, NULL, NULL},
        {"without the bus key it does not start, and says which file it wanted", test_key, NULL, NULL, NULL},
        {"a port that is taken is named", test_port_taken, NULL, NULL, NULL},
        {"it refuses a schema of another version", test_other_schema, NULL, NULL, NULL},
        {"asked to stop under load, it answers all it has carried out", test_drain, NULL, NULL, NULL},
        {"what it had taken in before the signal is carried out, however long it waits", test_drain_slow, NULL, NULL, NULL},
        {"answers that are older than a week are forgotten", test_purge, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("the life of a service", tests, setup, teardown);
}
