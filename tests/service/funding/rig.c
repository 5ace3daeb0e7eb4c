/* The rig's machinery: processes, clients, one loop that is run until everything sent is answered. */
#include "tests/service/funding/rig.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/base/alloc.h"

extern const struct db_schema funding_schema;

#define PROCESSES_MAX 2
#define CLIENTS_MAX   64
#define TIMEOUT_US    (20 * TIME_SECOND)

struct rig {
    struct kit_pg *pg;
    pid_t pids[PROCESSES_MAX];
    size_t processes, clients;
    char rpc_urls[PROCESSES_MAX][48], pub_urls[PROCESSES_MAX][48], folder[64];
    uv_loop_t loop;
    struct seal *seal;
    struct metrics *metrics;
    struct rpc_client *client[CLIENTS_MAX];
    struct arena *arena;
    size_t open;
};

struct sent {
    struct rpc_call call;
    struct answer answer;
    struct rig *rig;
    const ProtobufCMessageDescriptor *output;
};

static const uint8_t BUS_KEY[32] = {7};

static void key_file(const struct rig *rig, const char *name, uint8_t first)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", rig->folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        kit_give_up("cannot write %s", path);
    (void)fprintf(file, "%02x", first);
    for (int i = 1; i < 32; i++)
        (void)fprintf(file, "00");
    (void)fputs("\n", file);
    (void)fclose(file);
}

static void start(struct rig *rig, size_t i)
{
    char database[256], bus[128], rpc[160], pub[160], health[64], instance[32], output[128];
    const char *argv[] = {kit_program("hv-funding"), NULL};

    (void)snprintf(database, sizeof database, "HV_DATABASE=%s dbname=%s", kit_pg_server(rig->pg), kit_pg_database(rig->pg));
    (void)snprintf(bus, sizeof bus, "HV_BUS_KEY=%s/bus", rig->folder);
    (void)snprintf(rpc, sizeof rpc, "HV_FUNDING_RPC=%s,%s", rig->rpc_urls[0], rig->rpc_urls[1]);
    (void)snprintf(pub, sizeof pub, "HV_FUNDING_PUB=%s,%s", rig->pub_urls[0], rig->pub_urls[1]);
    (void)snprintf(health, sizeof health, "HV_FUNDING_HEALTH=tcp://127.0.0.1:%d,tcp://127.0.0.1:%d", kit_port(), kit_port());
    (void)snprintf(instance, sizeof instance, "HV_INSTANCE=%zu", i);
    (void)snprintf(output, sizeof output, "%s/log", rig->folder);
    const char *changes[] = {database, bus, rpc, pub, health, instance, "HV_LOG=info", "HV_PUBLIC_URL=https://avustukset.example.fi", NULL};
    rig->pids[i] = kit_spawn(argv, changes, getenv("HV_TEST_LOG") ? NULL : output);
}

static void connect_client(struct rig *rig, size_t i)
{
    const char *url = rig->rpc_urls[i % rig->processes];
    const struct rpc_client_config config = {.service = "funding",
                                             .urls = &url,
                                             .url_count = 1,
                                             .contexts = 4,
                                             .waiting_max = 10000,
                                             .seal = rig->seal,
                                             .log = kit_log(),
                                             .metrics = rig->metrics};
    if (rpc_client_open(&rig->client[i], &rig->loop, &config) != ERR_OK)
        kit_give_up("no client to %s", url);
}

struct rig *rig_new(size_t processes, size_t clients)
{
    struct rig *rig = mem_new(sizeof *rig);

    rig->pg = kit_pg_new();
    kit_pg_apply(rig->pg, &funding_schema);
    rig->processes = processes;
    rig->clients = clients;
    (void)snprintf(rig->folder, sizeof rig->folder, "/tmp/hv-funding-test-XXXXXX");
    if (mkdtemp(rig->folder) == NULL || uv_loop_init(&rig->loop) != 0 || seal_new(&rig->seal, span_of(BUS_KEY, sizeof BUS_KEY)) != ERR_OK)
        kit_give_up("no folder, loop or seal");
    key_file(rig, "bus", BUS_KEY[0]);
    for (size_t i = 0; i < PROCESSES_MAX; i++) {
        (void)snprintf(rig->rpc_urls[i], sizeof rig->rpc_urls[i], "tcp://127.0.0.1:%d", kit_port());
        (void)snprintf(rig->pub_urls[i], sizeof rig->pub_urls[i], "tcp://127.0.0.1:%d", kit_port());
    }
    for (size_t i = 0; i < processes; i++)
        start(rig, i);
    rig->metrics = metrics_new();
    rig->arena = arena_new(1 << 16);
    for (size_t i = 0; i < clients; i++)
        connect_client(rig, i);
    return rig;
}

static void remove_folder(const struct rig *rig)
{
    static const char *const names[] = {"bus", "log"};
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", rig->folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(rig->folder);
}

void rig_free(struct rig *rig)
{
    for (size_t i = 0; i < rig->clients; i++)
        rpc_client_close(rig->client[i]);
    (void)uv_run(&rig->loop, UV_RUN_DEFAULT);
    (void)uv_loop_close(&rig->loop);
    for (size_t i = 0; i < rig->processes; i++)
        assert_int_equal(kit_kill(rig->pids[i], SIGTERM), 0);
    arena_free(rig->arena);
    metrics_free(rig->metrics);
    seal_free(rig->seal);
    kit_pg_free(rig->pg);
    remove_folder(rig);
    mem_free(rig);
}

struct kit_pg *rig_pg(struct rig *rig)
{
    return rig->pg;
}

const char *rig_pub_url(const struct rig *rig)
{
    return rig->pub_urls[0];
}

const struct seal *rig_seal(const struct rig *rig)
{
    return rig->seal;
}

static void on_done(struct rpc_call *call)
{
    struct sent *sent = call->owner;
    struct answer *answer = &sent->answer;
    ProtobufCMessage *message = NULL;

    sent->rig->open--;
    answer->done = true;
    answer->err = call->err;
    answer->rule = answer->field = "";
    if (call->err != ERR_OK)
        return;
    answer->err = (enum err)call->reply->err;
    answer->replayed = call->reply->replayed;
    answer->version = call->reply->version;
    answer->problem = call->reply->problem;
    if (answer->problem != NULL) {
        answer->rule = answer->problem->rule;
        answer->field = answer->problem->field;
    }
    if (answer->err == ERR_OK &&
        wire_unpack(sent->rig->arena, span_of(call->reply->payload.data, call->reply->payload.len), sent->output, &message) != ERR_OK)
        fail_msg("the reply does not decode");
    answer->message = message;
}

static const ProtobufCMethodDescriptor *method_named(const char *name)
{
    const ProtobufCMethodDescriptor *m = protobuf_c_service_descriptor_get_method_by_name(&funding__funding__descriptor, name);
    if (m == NULL)
        fail_msg("there is no method %s", name);
    return m;
}

static struct span key_of(struct rig *rig, const char *key)
{
    static uint64_t next = 0;
    return span_text(key != NULL ? key : arena_printf(rig->arena, "fresh-%d-%llu", (int)getpid(), (unsigned long long)next++));
}

struct answer *rig_send(struct rig *rig, const struct ask *ask)
{
    struct sent *sent = arena_alloc(rig->arena, sizeof *sent);
    Bus__Request *request = &sent->call.request;
    const struct span payload = wire_pack(rig->arena, ask->message);
    const struct span key = key_of(rig, ask->key);
    struct uuid *actor = arena_alloc(rig->arena, sizeof *actor);

    *actor = ask->actor;
    sent->rig = rig;
    sent->output = method_named(ask->method)->output;
    bus__request__init(request);
    request->method = arena_printf(rig->arena, "funding.%s", ask->method);
    request->idempotency_key = (ProtobufCBinaryData){key.len, (uint8_t *)(uintptr_t)key.data};
    request->actor = rig_bytes(actor);
    request->roles = ask->roles;
    uv_update_time(&rig->loop); /* a test may have waited long; else the time-out would count from before that */
    request->received_us = ask->received_us != 0 ? ask->received_us : time_now_us();
    request->deadline_us = time_now_us() + TIMEOUT_US;
    request->if_match = ask->if_match;
    if (ask->language != NULL)
        request->language = (char *)(uintptr_t)ask->language;
    request->payload = (ProtobufCBinaryData){payload.len, (uint8_t *)(uintptr_t)payload.data};
    sent->call.write = true;
    sent->call.arena = rig->arena;
    sent->call.done = on_done;
    sent->call.owner = sent;
    if (rpc_client_send(rig->client[ask->client], &sent->call) != ERR_OK)
        fail_msg("the client takes no more");
    rig->open++;
    return &sent->answer;
}

void rig_wait(struct rig *rig)
{
    while (rig->open > 0)
        (void)uv_run(&rig->loop, UV_RUN_ONCE);
}

struct answer rig_ask(struct rig *rig, const struct ask *ask)
{
    const struct answer *answer = rig_send(rig, ask);
    rig_wait(rig);
    return *answer;
}

void rig_rest(struct rig *rig)
{
    rig_wait(rig);
    arena_reset(rig->arena);
}

const char *rig_fact(const struct answer *answer, const char *name)
{
    for (size_t i = 0; answer->problem != NULL && i < answer->problem->n_facts; i++)
        if (strcmp(answer->problem->facts[i]->name, name) == 0)
            return answer->problem->facts[i]->value;
    return "";
}

int rig_group_stop(void **state)
{
    rig_free(*state);
    return 0;
}

int rig_group_rest(void **state)
{
    rig_rest(*state);
    return 0;
}

void rig_restart(struct rig *rig)
{
    Funding__ListCallsRequest request = FUNDING__LIST_CALLS_REQUEST__INIT;

    for (size_t i = 0; i < rig->processes; i++)
        assert_int_equal(kit_kill(rig->pids[i], SIGTERM), 0);
    for (size_t i = 0; i < rig->processes; i++)
        start(rig, i);
    for (size_t i = 0; i < rig->clients; i++) /* up again: an answer from each */
        assert_int_equal(rig_ask(rig, &(struct ask){.method = "ListCalls", .message = &request.base, .client = i}).err, ERR_OK);
}

struct arena *rig_arena(struct rig *rig)
{
    return rig->arena;
}
