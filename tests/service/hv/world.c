/* The world of test_commands.c: see world.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "services/hv/commands.h"
#include "services/hv/http.h"
#include "services/hv/solve.h"
#include "tests/service/hv/world.h"

#define MOST_WORDS 16

/* --- running hv ----------------------------------------------------------------------------------------------------------- */

void world_path(const struct world *world, const char *name, char out[64])
{
    (void)snprintf(out, 64, "%s/%s", world->folder, name);
}

static void read_said(struct world *world)
{
    FILE *in = fopen(world->output, "re");
    struct buf text = {0};
    char block[4096];
    assert_non_null(in);
    for (size_t got; (got = fread(block, 1, sizeof block, in)) > 0;)
        buf_add(&text, block, got);
    fclose(in);
    buf_u8(&text, 0);
    free(world->said);
    world->said = strdup((const char *)text.data);
    buf_fini(&text);
}

int world_run_program(struct world *world, const char *const *argv)
{
    (void)unlink(world->output);
    const int status = kit_join(kit_spawn(argv, NULL, world->output), KIT_PATIENCE_MS);
    read_said(world);
    return status;
}

int world_run(struct world *world, const char *const *words)
{
    const char *argv[MOST_WORDS] = {kit_program("hv")};
    for (size_t i = 0; words[i]; i++)
        argv[i + 1] = words[i];
    return world_run_program(world, argv);
}

void world_assert_said(const struct world *world, const char *text)
{
    if (!strstr(world->said, text))
        fail_msg("\"%s\" is missing in: %s", text, world->said);
}

json_t *world_said_json(const struct world *world)
{
    json_error_t error;
    json_t *json = json_loads(world->said, JSON_DECODE_ANY, &error);
    if (!json)
        fail_msg("no JSON (%s): %s", error.text, world->said);
    return json;
}

void world_write(const struct world *world, const char *name, const char *text)
{
    char file[64];
    world_path(world, name, file);
    FILE *out = fopen(file, "we");
    if (!out)
        kit_give_up("%s cannot be written", file);
    (void)fputs(text, out);
    fclose(out);
}

/* A request of the person whose token is given. */
json_t *world_ask(const char *token, const char *method, const char *where, json_t *body)
{
    struct common common = {0};
    json_t *answer = NULL;
    const char *set = getenv("HV_TOKEN");
    char *kept = set ? strdup(set) : NULL;
    setenv("HV_TOKEN", token ? token : "", 1);
    struct http *http = http_open(&common, true);
    if (!http)
        kit_give_up("no client");
    solve_at_door(http);
    assert_int_equal(http_call(http, method, where, body, &answer), HV_YES);
    http_close(http);
    if (kept)
        setenv("HV_TOKEN", kept, 1);
    free(kept);
    return answer;
}

/* --- around the story ------------------------------------------------------------------------------------------------------- */

static void set_url(const char *name)
{
    char url[64];
    (void)snprintf(url, sizeof url, "tcp://127.0.0.1:%d", kit_port());
    setenv(name, url, 1);
}

/* HV_URL and the rest stand in our own environment: the daemons and hv inherit them. */
static void set_environment(struct world *world)
{
    char text[TEXT];
    static const char *const URLS[] = {"HV_GATEWAY_HEALTH",   "HV_ENROLMENT_RPC",    "HV_ENROLMENT_PUB",       "HV_ENROLMENT_HEALTH",
                                       "HV_NOTIFICATION_RPC", "HV_NOTIFICATION_PUB", "HV_NOTIFICATION_HEALTH", "HV_FUNDING_RPC",
                                       "HV_FUNDING_PUB",      "HV_FUNDING_HEALTH"};
    static const char *const KEYS[] = {"HV_BUS_KEY", "HV_SESSION_KEY", "HV_SIGNING_KEY"};
    const int port = kit_port();
    for (size_t i = 0; i < sizeof URLS / sizeof URLS[0]; i++)
        set_url(URLS[i]);
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        world_write(world, KEYS[i], "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n");
        world_path(world, KEYS[i], text);
        setenv(KEYS[i], text, 1);
    }
    (void)snprintf(text, sizeof text, "127.0.0.1:%d", port);
    setenv("HV_HTTP", text, 1);
    (void)snprintf(text, sizeof text, "http://127.0.0.1:%d", port);
    setenv("HV_URL", text, 1);
    (void)snprintf(text, sizeof text, "%s dbname=%s", kit_pg_server(world->pg), world->database);
    setenv("HV_DATABASE", text, 1);
    (void)snprintf(text, sizeof text, "smtp://127.0.0.1:%d", kit_port()); /* nobody there: mail waits, which is no concern of hv */
    setenv("HV_SMTP", text, 1);
    setenv("HV_PROOF_MAX", "20000", 1); /* hv does what the door asks */
    unsetenv("HV_TOKEN");
}

int world_set_up(void **state)
{
    static struct world world = {.folder = "/tmp/hv-commands-XXXXXX"};
    assert_non_null(mkdtemp(world.folder));
    assert_non_null(freopen("/dev/null", "re", stdin)); /* what hv inherits: no terminal to ask at */
    world_path(&world, "output", world.output);
    world.pg = kit_pg_new();
    (void)snprintf(world.database, sizeof world.database, "%s_hv", kit_pg_database(world.pg));
    set_environment(&world);
    *state = &world;
    return 0;
}

int world_tear_down(void **state)
{
    struct world *world = *state;
    for (size_t i = 0; i < 4; i++)
        if (world->daemons[i] > 0)
            (void)kit_kill(world->daemons[i], 15);
    kit_sql(world->pg, "drop database if exists %s with (force)", world->database);
    kit_pg_free(world->pg);
    json_decref(world->programme);
    json_decref(world->receipt);
    free(world->said);
    const char *const argv[] = {"/bin/rm", "-rf", world->folder, NULL};
    return kit_join(kit_spawn(argv, NULL, NULL), 5000);
}
