/* See world.h. Each helper fails the test that calls it with a sentence. */
#include "tests/service/event/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/alloc.h"
#include "common/base/time.h"

extern const struct db_schema origin_schema;
extern const struct db_schema probe_schema;

static const uint8_t KEY[32] = {7, 7, 7};

/* --- programs ------------------------------------------------------------------------------------------------------- */

static void set_url(const char *name)
{
    char url[48];

    (void)snprintf(url, sizeof url, "tcp://127.0.0.1:%d", kit_port());
    assert_int_equal(setenv(name, url, 1), 0);
}

static void environment(struct world *w)
{
    char text[256];
    FILE *key;

    (void)snprintf(w->folder, sizeof w->folder, "/tmp/hv-test-event-%d", (int)getpid());
    (void)snprintf(text, sizeof text, "mkdir -p %s", w->folder);
    assert_int_equal(system(text), 0); /* NOLINT: a fixed command */
    (void)snprintf(text, sizeof text, "%s/key", w->folder);
    key = fopen(text, "w");
    assert_non_null(key);
    for (size_t i = 0; i < sizeof KEY; i++)
        (void)fprintf(key, "%02x", KEY[i]);
    assert_int_equal(fclose(key), 0);
    assert_int_equal(setenv("HV_BUS_KEY", text, 1), 0);
    (void)snprintf(text, sizeof text, "%s dbname=%s", kit_pg_server(w->pg), kit_pg_database(w->pg));
    assert_int_equal(setenv("HV_DATABASE", text, 1), 0);
    set_url("HV_ORIGIN_RPC");
    set_url("HV_ORIGIN_PUB");
    set_url("HV_ORIGIN_HEALTH");
    set_url("HV_PROBE_RPC");
    set_url("HV_PROBE_HEALTH");
    assert_int_equal(setenv("HV_LOG", "warn", 0), 0);
}

static pid_t start(struct world *w, const char *name)
{
    const char *argv[] = {kit_program(name), NULL};
    char output[128];

    (void)snprintf(output, sizeof output, "%s/%s.log", w->folder, name);
    return kit_spawn(argv, NULL, getenv("HV_TEST_LOG") ? NULL : output);
}

void origin_start(struct world *w)
{
    w->origin = start(w, "test-origin");
}

void probe_start(struct world *w)
{
    w->probe = start(w, "test-probe");
}

int probe_stop(struct world *w, int signal)
{
    int code = kit_kill(w->probe, signal);

    w->probe = 0;
    return code;
}

/* --- the bus -------------------------------------------------------------------------------------------------------- */

static struct rpc_client *client_of(struct world *w, const char *service, const char *variable)
{
    static const char *urls[2];
    const char **url = &urls[strcmp(service, "probe") == 0];
    struct rpc_client *client;

    *url = getenv(variable);
    struct rpc_client_config config = {.service = service,
                                       .urls = url,
                                       .url_count = 1,
                                       .contexts = 4,
                                       .waiting_max = 1024,
                                       .seal = w->seal,
                                       .log = kit_log(),
                                       .metrics = w->metrics};
    assert_int_equal(rpc_client_open(&client, &w->loop, &config), ERR_OK);
    return client;
}

struct asking {
    struct rpc_call call;
    bool done;
};

static void asked(struct rpc_call *call)
{
    struct asking *asking = call->owner;

    asking->done = true;
}

enum err ask(struct world *w, struct rpc_client *client, const char *method, const ProtobufCMessage *request,
             const ProtobufCMessageDescriptor *type, struct arena *arena, void *answer)
{
    struct asking asking = {.call = {.arena = arena, .done = asked, .owner = &asking}};
    struct span payload = wire_pack(arena, request);
    Bus__Request *r = &asking.call.request;

    bus__request__init(r);
    r->method = (char *)(uintptr_t)method;
    r->roles = BUS__ROLE__ROLE_ADMIN;
    r->received_us = time_now_us();
    r->deadline_us = r->received_us + 20 * TIME_SECOND;
    r->payload = (ProtobufCBinaryData){payload.len, (uint8_t *)(uintptr_t)payload.data};
    assert_int_equal(rpc_client_send(client, &asking.call), ERR_OK);
    while (!asking.done)
        (void)uv_run(&w->loop, UV_RUN_ONCE);
    assert_int_equal(asking.call.err, ERR_OK);
    const Bus__Reply *reply = asking.call.reply;
    if (reply->err == 0 && answer)
        assert_int_equal(wire_unpack(arena, span_of(reply->payload.data, reply->payload.len), type, answer), ERR_OK);
    return (enum err)reply->err;
}

void make(struct world *w, const char *name, int count)
{
    struct arena *arena = arena_new(4096);
    Bus__Fact fact = BUS__FACT__INIT;
    char number[16];

    for (int left = count; left > 0; left -= 250) {
        (void)snprintf(number, sizeof number, "%d", left < 250 ? left : 250);
        fact.name = (char *)(uintptr_t)name;
        fact.value = number;
        assert_int_equal(ask(w, w->origin_client, "origin.Make", &fact.base, NULL, arena, NULL), ERR_OK);
        arena_reset(arena);
    }
    arena_free(arena);
}

void make_silently(struct world *w, const char *stream)
{
    (void)kit_sql(w->pg,
                  "with h as (update origin.event_stream set head_seq = head_seq + 1 where stream = '%s' returning head_seq)"
                  " insert into origin.event_log (stream, seq, event_id, type, subject, occurred_at, payload)"
                  " select '%s', head_seq, gen_random_uuid(), 'origin.Made.v1', 'x', now(), '\\x0a05706c61696e' from h",
                  stream, stream);
}

/* --- effects -------------------------------------------------------------------------------------------------------- */

int64_t applied(struct world *w)
{
    return kit_sql_int(w->pg, "select count(*) from probe.effect");
}

struct waiting {
    struct world *world;
    int64_t count;
};

static bool enough(void *arg)
{
    const struct waiting *waiting = arg;

    return applied(waiting->world) >= waiting->count;
}

void expect_applied(struct world *w, int64_t count)
{
    struct waiting waiting = {w, count};

    if (!kit_wait_until(enough, &waiting, KIT_PATIENCE_MS))
        fail_msg("only %lld of %lld events were applied", (long long)applied(w), (long long)count);
    assert_int_equal(applied(w), count);
    assert_int_equal(kit_sql_int(w->pg, "select count(*) from (select stream, seq from probe.effect group by 1, 2 having count(*) > 1) a"),
                     0);
    assert_int_equal(kit_sql_int(w->pg, "select count(*) from (select seq, lag(seq) over (partition by stream order by n) as before"
                                        " from probe.effect) a where seq <= before"),
                     0);
}

/* --- health --------------------------------------------------------------------------------------------------------- */

struct surveying {
    const char *component;
    char *output;
    int status;
    bool done;
};

static void surveyed(void *owner, Bus__HealthReport **reports, size_t count)
{
    struct surveying *s = owner;

    s->done = true;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < reports[i]->n_checks; j++) {
            const Bus__HealthCheck *check = reports[i]->checks[j];
            if (strcmp(check->component, s->component) != 0)
                continue;
            s->status = (int)check->status;
            (void)snprintf(s->output, 512, "%s", check->output);
        }
    }
}

int probe_health(struct world *w, const char *component, char output[512])
{
    struct surveying s = {component, output, -1, false};

    output[0] = '\0';
    assert_int_equal(health_survey(w->surveyor, true, 1000, surveyed, &s), ERR_OK);
    while (!s.done)
        (void)uv_run(&w->loop, UV_RUN_ONCE);
    return s.status;
}

/* --- life ----------------------------------------------------------------------------------------------------------- */

struct world *world_new(void)
{
    static const char *health_url[1];
    struct world *w = mem_new(sizeof *w);

    w->pg = kit_pg_new();
    kit_pg_apply(w->pg, &origin_schema);
    kit_pg_apply(w->pg, &probe_schema);
    environment(w);
    assert_int_equal(uv_loop_init(&w->loop), 0);
    assert_int_equal(seal_new(&w->seal, span_of(KEY, sizeof KEY)), ERR_OK);
    w->metrics = metrics_new();
    w->origin_client = client_of(w, "origin", "HV_ORIGIN_RPC");
    w->probe_client = client_of(w, "probe", "HV_PROBE_RPC");
    health_url[0] = getenv("HV_PROBE_HEALTH");
    assert_int_equal(health_surveyor_open(&w->surveyor, &w->loop, health_url, 1, w->seal, kit_log()), ERR_OK);
    origin_start(w);
    return w;
}

void world_free(struct world *w)
{
    char text[128];

    if (w->probe > 0)
        (void)kit_kill(w->probe, SIGTERM);
    (void)kit_kill(w->origin, SIGTERM);
    kit_pg_free(w->pg);
    rpc_client_close(w->origin_client);
    rpc_client_close(w->probe_client);
    health_surveyor_close(w->surveyor);
    (void)uv_run(&w->loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&w->loop), 0);
    metrics_free(w->metrics);
    seal_free(w->seal);
    (void)snprintf(text, sizeof text, "rm -rf %s", w->folder);
    assert_int_equal(system(text), 0); /* NOLINT: a fixed command */
    mem_free(w);
}
