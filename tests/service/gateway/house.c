/* Building the house: keys on disk, a database with the gateway's schema, the answerer, the program. */
#include "house.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/time.h"
#include "services/gateway/auth/auth.h"
#include "services/gateway/auth/token.h"

static const uint8_t BUS_KEY[32] = {1, 2, 3}, SESSION_KEY[32] = {4, 5, 6};

static void key_write(const struct house *house, const char *name, const uint8_t key[32])
{
    char path[96];
    snprintf(path, sizeof path, "%s/%s", house->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < 32; i++)
        fprintf(file, "%02x", key[i]);
    assert_int_equal(fclose(file), 0);
}

static void token_make(char out[512], uint32_t roles)
{
    const struct sign_keys keys = sign_keys_from(span_of(SESSION_KEY, sizeof SESSION_KEY));
    const int64_t now = time_now_us();
    const struct credential credential = {
        .id = uuid_v7(now), .account = uuid_v7(now), .roles = roles, .issued_us = now, .expires_us = now + TIME_HOUR};
    char token[TOKEN_TEXT];
    token_text(&keys, &credential, token);
    snprintf(out, 512, "Authorization: Bearer %s\r\n", token);
}

static bool ready(void *arg)
{
    const struct house *house = arg;
    char line[160];
    snprintf(line, sizeof line, "curl -fsS -o /dev/null -m 1 http://127.0.0.1:%d/health/ready 2>/dev/null", house->http);
    return system(line) == 0;
}

static void gateway_start(struct house *house, const char *const *more)
{
    char text[12][256];
    const char *changes[20];
    size_t n = 0;
    snprintf(text[0], 256, "HV_DATABASE=%s dbname=%s", kit_pg_server(house->pg), kit_pg_database(house->pg));
    snprintf(text[1], 256, "HV_BUS_KEY=%s/bus", house->folder);
    snprintf(text[2], 256, "HV_SESSION_KEY=%s/session", house->folder);
    snprintf(text[3], 256, "HV_HTTP=127.0.0.1:%d", house->http);
    snprintf(text[4], 256, "HV_ENROLMENT_RPC=%s", house->rpc_url);
    snprintf(text[5], 256, "HV_ENROLMENT_PUB=%s", house->pub_url);
    snprintf(text[6], 256, "HV_ENROLMENT_HEALTH=tcp://127.0.0.1:%d", kit_port());
    snprintf(text[7], 256, "HV_NOTIFICATION_RPC=tcp://127.0.0.1:%d", kit_port());
    snprintf(text[8], 256, "HV_NOTIFICATION_HEALTH=tcp://127.0.0.1:%d", kit_port());
    snprintf(text[10], 256, "HV_FUNDING_RPC=tcp://127.0.0.1:%d", kit_port());
    snprintf(text[11], 256, "HV_FUNDING_HEALTH=tcp://127.0.0.1:%d", kit_port());
    snprintf(text[9], 256, "HV_GATEWAY_HEALTH=tcp://127.0.0.1:%d", kit_port());
    for (; n < 12; n++)
        changes[n] = text[n];
    for (; *more; more++)
        changes[n++] = *more;
    changes[n] = NULL;
    const char *const argv[] = {kit_program("hv-gateway"), NULL};
    house->gateway = kit_spawn(argv, changes, getenv("HV_TEST_LOG") ? NULL : "/dev/null");
    assert_true(kit_wait_until(ready, house, KIT_PATIENCE_MS));
}

static int house_build(void **state, const char *const *more)
{
    static struct house only; /* stays until the program ends, and with it what the answerer's threads may still touch */
    struct house *house = &only;
    *state = house;
    snprintf(house->folder, sizeof house->folder, "/tmp/hv-house-XXXXXX");
    assert_non_null(mkdtemp(house->folder));
    key_write(house, "bus", BUS_KEY);
    key_write(house, "session", SESSION_KEY);
    token_make(house->participant, BUS__ROLE__ROLE_PARTICIPANT);
    token_make(house->coordinator, BUS__ROLE__ROLE_COORDINATOR);
    token_make(house->admin, BUS__ROLE__ROLE_ADMIN);
    house->pg = kit_pg_new();
    kit_pg_apply(house->pg, &gateway_schema);
    assert_int_equal(seal_new(&house->seal, span_of(BUS_KEY, sizeof BUS_KEY)), ERR_OK);
    house->http = kit_port();
    snprintf(house->rpc_url, sizeof house->rpc_url, "tcp://127.0.0.1:%d", kit_port());
    snprintf(house->pub_url, sizeof house->pub_url, "tcp://127.0.0.1:%d", kit_port());
    answerer_start(&house->answerer, kit_pg_conninfo(house->pg, "hv_gateway"), house->rpc_url, house->seal);
    gateway_start(house, more);
    return 0;
}

int house_up(void **state)
{
    static const char *const NOTHING[] = {NULL};
    return house_build(state, NOTHING);
}

int house_up_strict(void **state)
{
    static const char *const STRICT[] = {"HV_HTTP_IDLE_S=1", "HV_HTTP_READING_MS=2000", "HV_REQUEST_MS=1000", "HV_LIVE_PER_ADDRESS=12",
                                         NULL};
    return house_build(state, STRICT);
}

int house_up_proxy(void **state)
{
    static const char *const PROXY[] = {"HV_BEHIND_PROXY=1", NULL};
    return house_build(state, PROXY);
}

int house_up_proof(void **state)
{
    static const char *const PROOF[] = {"HV_PROOF_MAX=2000", NULL};
    return house_build(state, PROOF);
}

int house_down(void **state)
{
    struct house *house = *state;
    char line[96];
    int code = house->gateway ? kit_kill(house->gateway, SIGTERM) : 0;
    answerer_stop(&house->answerer);
    kit_pg_free(house->pg);
    snprintf(line, sizeof line, "rm -r %s", house->folder);
    return system(line) == 0 && code == 0 ? 0 : -1;
}

void house_path(char *out, size_t size, const char *format, int programme)
{
    char id[UUID_TEXT], mark[] = "%s";
    const char *at = strstr(format, mark);
    assert_non_null(at);
    uuid_format(answerer_programme(programme), id);
    snprintf(out, size, "%.*s%s%s", (int)(at - format), format, id, at + strlen(mark));
}
