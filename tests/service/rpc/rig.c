/* The rig drives a uv loop from a test: it runs until what was waited for has happened, or the time is up. */
#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/time.h"
#include "common/wire/wire.h"

static int bench_start(void **state, size_t queue_max)
{
    struct bench *b = calloc(1, sizeof *b);

    b->pg = kit_pg_new();
    kit_pg_apply(b->pg, &rpctest_schema);
    b->metrics = metrics_new();
    b->seal = rig_seal(7);
    snprintf(b->url, sizeof b->url, "tcp://127.0.0.1:%d", kit_port());
    b->urls[0] = b->url;
    b->said = tmpfile();
    assert_non_null(b->said);
    struct log *log = log_new("little", LOG_WARN, fileno(b->said));
    little_start(&b->little, &(struct little_config){kit_pg_conninfo(b->pg, "hv_rpctest"), b->url, 8, queue_max, b->seal, log, b->metrics});
    *state = b;
    return 0;
}

int bench_up(void **state)
{
    return bench_start(state, 20000);
}

int bench_up_small(void **state)
{
    return bench_start(state, 4);
}

/* The server's socket, and with it what its threads may still touch, stays until this program ends. */
int bench_down(void **state)
{
    struct bench *b = *state;

    little_stop(&b->little);
    kit_pg_free(b->pg);
    return 0;
}

double bench_metric(struct bench *bench, const char *name)
{
    struct rig rig = {.metrics = bench->metrics};

    return rig_metric(&rig, name);
}

unsigned bench_said(struct bench *bench, const char *event)
{
    char line[1024];
    unsigned count = 0;

    rewind(bench->said);
    while (fgets(line, sizeof line, bench->said))
        count += strstr(line, event) != NULL;
    return count;
}

struct seal *rig_seal(uint8_t byte)
{
    uint8_t key[32];
    struct seal *seal;

    memset(key, byte, sizeof key);
    assert_int_equal(seal_new(&seal, span_of(key, sizeof key)), ERR_OK);
    return seal;
}

/* The loop wakes now and then by itself, so that rig_run can look at its clock. */
static void rig_tick(uv_timer_t *tick)
{
    (void)tick;
}

void rig_open(struct rig *rig, const char *const *urls, size_t url_count, unsigned contexts, size_t waiting_max)
{
    *rig = (struct rig){0};
    rig->seal = rig_seal(7);
    rig->metrics = metrics_new();
    rig->arena = arena_new(1048576);
    assert_int_equal(uv_loop_init(&rig->loop), 0);
    uv_timer_init(&rig->loop, &rig->tick);
    uv_timer_start(&rig->tick, rig_tick, 10, 10);
    const struct rpc_client_config config = {
        .service = "rpctest",
        .urls = urls,
        .url_count = url_count,
        .contexts = contexts,
        .waiting_max = waiting_max,
        .seal = rig->seal,
        .log = kit_log(),
        .metrics = rig->metrics,
    };
    assert_int_equal(rpc_client_open(&rig->client, &rig->loop, &config), ERR_OK);
}

void rig_close(struct rig *rig)
{
    size_t missing = rpc_client_waiting(rig->client);
    size_t before = rig->done;

    rpc_client_close(rig->client);
    assert_int_equal(rig->done - before, missing);
    uv_close((uv_handle_t *)&rig->tick, NULL);
    uv_run(&rig->loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&rig->loop), 0);
    for (size_t i = 0; i < rig->count; i++)
        assert_true(rig->shots[i].done <= 1);
    free(rig->shots);
    arena_free(rig->arena);
    metrics_free(rig->metrics);
}

static void shot_done(struct rpc_call *call)
{
    struct shot *shot = call->owner;

    shot->done++;
    shot->rig->done++;
}

static void shot_load(struct rig *rig, struct shot *shot, size_t i, const char *method, const char *name, bool keyed)
{
    Bus__Fact fact = BUS__FACT__INIT;

    *shot = (struct shot){.rig = rig};
    snprintf(shot->value, sizeof shot->value, "%zu", i);
    fact.name = (char *)name;
    fact.value = shot->value;
    struct span payload = wire_pack(rig->arena, &fact.base);
    bus__request__init(&shot->call.request);
    shot->call.request.method = (char *)method;
    shot->call.request.payload = (ProtobufCBinaryData){payload.len, (uint8_t *)payload.data};
    if (keyed) {
        snprintf(shot->key, sizeof shot->key, "key-%zu", i);
        shot->call.request.idempotency_key = (ProtobufCBinaryData){strlen(shot->key), (uint8_t *)shot->key};
    }
    shot->call.shard = (uint32_t)i;
    shot->call.write = keyed;
    shot->call.arena = rig->arena;
    shot->call.done = shot_done;
    shot->call.owner = shot;
}

void rig_load(struct rig *rig, size_t count, const char *method, const char *name, bool keyed, int deadline_ms)
{
    int64_t deadline_us = time_now_us() + deadline_ms * INT64_C(1000);

    free(rig->shots);
    rig->shots = calloc(count, sizeof *rig->shots);
    assert_non_null(rig->shots);
    rig->count = count;
    rig->done = 0;
    for (size_t i = 0; i < count; i++) {
        shot_load(rig, &rig->shots[i], i, method, name, keyed);
        rig->shots[i].call.request.deadline_us = deadline_us;
    }
}

void rig_send(struct rig *rig, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        assert_int_equal(rpc_client_send(rig->client, &rig->shots[i].call), ERR_OK);
}

bool rig_run(struct rig *rig, size_t done, int wait_ms)
{
    int64_t until_us = time_steady_us() + wait_ms * INT64_C(1000);

    while (rig->done < done && time_steady_us() < until_us)
        uv_run(&rig->loop, UV_RUN_ONCE);
    return rig->done >= done;
}

const Bus__Fact *rig_answer(struct rig *rig, const struct shot *shot)
{
    ProtobufCMessage *message;

    assert_int_equal(shot->done, 1);
    assert_int_equal(shot->call.err, ERR_OK);
    assert_non_null(shot->call.reply);
    assert_int_equal(shot->call.reply->err, ERR_OK);
    struct span payload = span_of(shot->call.reply->payload.data, shot->call.reply->payload.len);
    assert_int_equal(wire_unpack(rig->arena, payload, &bus__fact__descriptor, &message), ERR_OK);
    return (const Bus__Fact *)message;
}

double rig_metric(struct rig *rig, const char *name)
{
    struct metric_value values[64];
    size_t count = metrics_read(rig->metrics, values, 64);

    for (size_t i = 0; i < count; i++)
        if (strcmp(values[i].name, name) == 0)
            return values[i].value;
    fail_msg("there is no metric %s", name);
    return 0;
}
