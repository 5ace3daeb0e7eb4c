/* The rig's machinery: the folder, the processes, the clients, and what the processes said when something went wrong. */
#include "tests/support/rig.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/base/alloc.h"
#include "tests/support/rig_inside.h"

#define SETTINGS_MAX 24
#define LAST_WORDS   4000
#define PING_US      (2 * TIME_SECOND)

static const uint8_t BUS_KEY[32] = {7};
static const char BUS_KEY_TEXT[] = "0700000000000000000000000000000000000000000000000000000000000000\n";

/* --- files -------------------------------------------------------------------------------------------------------------------- */

void rig_put_file(const struct rig *rig, const char *name, const char *content)
{
    char path[128];

    (void)snprintf(path, sizeof path, "%s/%s", rig->folder, name);
    if (unlink(path) != 0 && errno != ENOENT)
        kit_give_up("cannot replace %s", path);
    if (content == NULL)
        return;
    FILE *file = fopen(path, "w");
    if (file == NULL || fputs(content, file) < 0 || fclose(file) != 0)
        kit_give_up("cannot write %s", path);
}

static void remove_folder(const struct rig *rig)
{
    const char *const argv[] = {"rm", "-rf", rig->folder, NULL};

    (void)kit_join(kit_spawn(argv, NULL, NULL), 10000);
}

/* The end of a file, after a heading; nothing when there is none. */
static void show_end(const char *path, const char *heading, FILE *out)
{
    char words[LAST_WORDS + 1];
    FILE *file = fopen(path, "r");

    if (file == NULL)
        return;
    (void)fseek(file, -LAST_WORDS, SEEK_END); /* a shorter file is read from its beginning */
    const size_t len = fread(words, 1, LAST_WORDS, file);
    (void)fclose(file);
    if (len > 0)
        (void)fprintf(out, "%s said at last:\n%.*s\n", heading, (int)len, words);
}

void rig_tell(const struct rig *rig)
{
    char path[128];

    (void)snprintf(path, sizeof path, "%s/log", rig->folder); /* with HV_TEST_LOG there is none: the words went where ours go */
    show_end(path, rig->service.program, stderr);
}

/* Where a rig leaves its last words for rig_told: the rig is gone when cmocka says how many tests failed. */
static void last_words_path(char out[64])
{
    (void)snprintf(out, 64, "/tmp/hv-rig-%d.log", (int)getpid());
}

static void forget_last_words(void)
{
    char path[64];

    last_words_path(path);
    (void)unlink(path);
}

static void keep_last_words(const struct rig *rig)
{
    char path[128], kept[64];

    last_words_path(kept);
    (void)snprintf(path, sizeof path, "%s/log", rig->folder);
    FILE *out = fopen(kept, "w");
    if (out == NULL || atexit(forget_last_words) != 0)
        kit_give_up("cannot keep the last words in %s", kept);
    show_end(path, rig->service.program, out);
    (void)fclose(out);
}

int rig_told(int failed)
{
    char path[64], words[LAST_WORDS + 200];

    last_words_path(path);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return failed;
    const size_t len = fread(words, 1, sizeof words, file);
    (void)fclose(file);
    if (failed != 0)
        (void)fprintf(stderr, "%.*s", (int)len, words);
    return failed;
}

/* --- processes ---------------------------------------------------------------------------------------------------------------- */

struct settings { /* what the environment of a process has beside ours */
    struct rig *rig;
    const char *each[SETTINGS_MAX];
    size_t count;
};

static void set(struct settings *s, const char *text)
{
    if (s->count + 1 == SETTINGS_MAX)
        kit_give_up("a rig has room for fewer settings");
    s->each[s->count++] = text;
    s->each[s->count] = NULL;
}

/* HV_ENROLMENT_RPC=first,second */
static void set_urls(struct settings *s, const char *what, char urls[RIG_PROCESSES_MAX][48])
{
    char *text = arena_printf(s->rig->arena, "HV_%s_%s=%s,%s", s->rig->service.name, what, urls[0], urls[1]);

    for (char *c = text; *c != '='; c++)
        *c = (char)toupper((unsigned char)*c);
    set(s, text);
}

static void start(struct rig *rig, size_t i)
{
    const struct rig_service *service = &rig->service;
    const char *argv[] = {kit_program(service->program), NULL};
    struct settings s = {.rig = rig};
    char output[128];

    set(&s, arena_printf(rig->arena, "HV_DATABASE=%s dbname=%s", kit_pg_server(rig->pg), kit_pg_database(rig->pg)));
    set(&s, arena_printf(rig->arena, "HV_BUS_KEY=%s/bus", rig->folder));
    set(&s, arena_printf(rig->arena, "HV_INSTANCE=%zu", i));
    set(&s, "HV_LOG=info");
    set_urls(&s, "RPC", rig->rpc_urls);
    set_urls(&s, "PUB", rig->pub_urls);
    set_urls(&s, "HEALTH", rig->health_urls);
    for (const char *const *setting = service->settings; *setting != NULL; setting++)
        set(&s, *setting);
    for (const struct rig_file *file = service->files; file->name != NULL; file++)
        set(&s, arena_printf(rig->arena, "%s=%s/%s", file->variable, rig->folder, file->name));
    (void)snprintf(output, sizeof output, "%s/log", rig->folder);
    rig->pids[i] = kit_spawn(argv, s.each, getenv("HV_TEST_LOG") ? NULL : output);
}

static void stop(struct rig *rig, size_t i)
{
    const int status = kit_kill(rig->pids[i], SIGTERM);
    if (status == 0)
        return;
    rig_tell(rig);
    fail_msg("process %zu of %s ended with status %d", i, rig->service.program, status);
}

/* Up: an answer to each client. A process that has ended is not waited for. */
static void wait_until_ready(struct rig *rig)
{
    const int64_t until_us = time_steady_us() + KIT_PATIENCE_MS * INT64_C(1000);
    const ProtobufCMethodDescriptor *method = protobuf_c_service_descriptor_get_method_by_name(rig->service.methods, rig->service.ping);
    ProtobufCMessage *message = arena_alloc(rig->arena, method->input->sizeof_message);

    method->input->message_init(message);
    rig->timeout_us = PING_US; /* so that one is looked after that ends instead */
    for (size_t i = 0; i < rig->clients; i++) {
        const size_t process = i % rig->processes;
        while (rig_ask(rig, &(struct ask){.method = rig->service.ping, .message = message, .client = i}).err != ERR_OK) {
            const int status = kit_join(rig->pids[process], 0);
            if (status < 0 && time_steady_us() < until_us)
                continue;
            rig_tell(rig);
            kit_give_up("process %zu of %s is not ready (status %d)", process, rig->service.program, status);
        }
    }
    rig->timeout_us = KIT_PATIENCE_MS * INT64_C(1000);
}

/* --- life --------------------------------------------------------------------------------------------------------------------- */

static void connect_client(struct rig *rig, size_t i)
{
    const char *url = rig->rpc_urls[i % rig->processes];
    const struct rpc_client_config config = {.service = rig->service.name,
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

static void url_new(char out[48])
{
    (void)snprintf(out, 48, "tcp://127.0.0.1:%d", kit_port());
}

struct rig *rig_new_for(const struct rig_service *service, size_t processes, size_t clients)
{
    struct rig *rig = mem_new(sizeof *rig);

    rig->service = *service;
    rig->pg = kit_pg_new();
    kit_pg_apply(rig->pg, service->schema);
    rig->processes = processes;
    rig->clients = clients;
    rig->metrics = metrics_new();
    rig->arena = arena_new(1 << 16);
    (void)snprintf(rig->folder, sizeof rig->folder, "/tmp/hv-%s-test-XXXXXX", service->name);
    if (mkdtemp(rig->folder) == NULL || uv_loop_init(&rig->loop) != 0 || seal_new(&rig->seal, span_of(BUS_KEY, sizeof BUS_KEY)) != ERR_OK)
        kit_give_up("no folder, loop or seal");
    rig_put_file(rig, "bus", BUS_KEY_TEXT);
    for (const struct rig_file *file = service->files; file->name != NULL; file++)
        rig_put_file(rig, file->name, file->content);
    for (size_t i = 0; i < RIG_PROCESSES_MAX; i++) {
        url_new(rig->rpc_urls[i]);
        url_new(rig->pub_urls[i]);
        url_new(rig->health_urls[i]);
    }
    for (size_t i = 0; i < processes; i++)
        start(rig, i);
    for (size_t i = 0; i < clients; i++)
        connect_client(rig, i);
    wait_until_ready(rig);
    rig_rest(rig);
    return rig;
}

void rig_free(struct rig *rig)
{
    for (size_t i = 0; i < rig->clients; i++)
        rpc_client_close(rig->client[i]);
    (void)uv_run(&rig->loop, UV_RUN_DEFAULT);
    (void)uv_loop_close(&rig->loop);
    for (size_t i = 0; i < rig->processes; i++)
        stop(rig, i);
    keep_last_words(rig);
    arena_free(rig->arena);
    metrics_free(rig->metrics);
    seal_free(rig->seal);
    kit_pg_free(rig->pg);
    remove_folder(rig);
    mem_free(rig);
}

void rig_renew(struct rig *rig)
{
    for (size_t i = 0; i < rig->processes; i++)
        stop(rig, i);
    for (size_t i = 0; i < rig->processes; i++)
        start(rig, i);
    wait_until_ready(rig);
}

bool rig_fails_to_start(struct rig *rig)
{
    const pid_t own = rig->pids[0];

    start(rig, 0);
    const int status = kit_join(rig->pids[0], 30000);
    if (status < 0)
        (void)kit_kill(rig->pids[0], SIGKILL);
    rig->pids[0] = own;
    return status > 0;
}

struct kit_pg *rig_pg(struct rig *rig)
{
    return rig->pg;
}

struct arena *rig_arena(struct rig *rig)
{
    return rig->arena;
}

const char *rig_pub_url(const struct rig *rig)
{
    return rig->pub_urls[0];
}

const struct seal *rig_seal(const struct rig *rig)
{
    return rig->seal;
}
