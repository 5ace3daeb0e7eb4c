/* Speaking to auth as the gateway does: see gate.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/base/time.h"
#include "tests/store/gateway/gate.h"

static const uint8_t KEY[32] = "a session key of thirty-two byte";
static const struct identity PUBLIC = {.known = false};

/* --- speaking to auth ----------------------------------------------------------------------------------------------------- */

void gate_open(struct gate *gate, struct auth **out, int refresh_ms)
{
    const struct auth_config config = {
        .db = {.conninfo = kit_pg_conninfo(gate->pg, "hv_gateway"), .schema = "gateway", .statement_timeout_ms = 5000},
        .key = span_of(KEY, sizeof KEY),
        .loop = &gate->loop,
        .log = kit_log(),
        .metrics = gate->metrics,
        .refresh_ms = refresh_ms};
    assert_int_equal(auth_open(out, &config), ERR_OK);
}

void gate_done(struct auth_call *call)
{
    ++*(int *)call->owner;
}

/* One method, to its end. A fault of auth_handle itself becomes the outcome. */
struct auth_call *gate_call(struct gate *gate, const char *method, const ProtobufCMessage *request, struct identity who)
{
    struct auth_call *call = arena_alloc(gate->arena, sizeof *call);
    int done = 0;
    *call = (struct auth_call){.method = method,
                               .request = request,
                               .who = who,
                               .client = "192.0.2.7",
                               .if_match = gate->if_match,
                               .arena = gate->arena,
                               .done = gate_done,
                               .owner = &done};
    call->err = auth_handle(gate->auth, call);
    if (call->err != ERR_OK)
        return call;
    while (done == 0)
        uv_run(&gate->loop, UV_RUN_ONCE);
    uv_run(&gate->loop, UV_RUN_NOWAIT);
    assert_int_equal(done, 1);
    return call;
}

const char *gate_rule(const struct auth_call *outcome)
{
    return outcome->problem ? outcome->problem->rule : "";
}

struct auth_call *gate_sign_in(struct gate *gate, const char *name, const char *password)
{
    Gateway__SignInRequest request = GATEWAY__SIGN_IN_REQUEST__INIT;
    request.user_name = arena_strdup(gate->arena, name);
    request.password = arena_strdup(gate->arena, password);
    return gate_call(gate, "gateway.SignIn", &request.base, PUBLIC);
}

/* The Cookie header a browser would send back after this answer. */
const char *gate_cookie(struct gate *gate, const struct auth_call *outcome)
{
    char *cookie = arena_strdup(gate->arena, outcome->set_cookie);
    *strchr(cookie, ';') = 0;
    return cookie;
}

enum err gate_identify_cookie(struct auth *auth, const char *cookie, const char *csrf, bool write, struct identity *who)
{
    return auth_identify(auth, &(struct auth_headers){.cookie = cookie, .csrf_token = csrf, .write = write}, time_now_us(), who);
}

enum err gate_identify_token(struct gate *gate, struct auth *auth, const char *token, struct identity *who)
{
    const char *header = arena_printf(gate->arena, "Bearer %s", token);
    return auth_identify(auth, &(struct auth_headers){.authorization = header, .write = true}, time_now_us(), who);
}

Gateway__NewAccount *gate_wanted(struct gate *gate, const char *name, const char *password, const char *role)
{
    Gateway__NewAccount *account = arena_alloc(gate->arena, sizeof *account);
    gateway__new_account__init(account);
    account->user_name = arena_strdup(gate->arena, name);
    account->password = arena_strdup(gate->arena, password);
    account->roles = arena_array(gate->arena, 1, sizeof *account->roles);
    account->roles[0] = arena_strdup(gate->arena, role);
    account->n_roles = 1;
    return account;
}

void gate_set_id(struct gate *gate, Gateway__NewAccount *account, struct uuid id)
{
    account->id = (ProtobufCBinaryData){16, memcpy(arena_alloc(gate->arena, 16), id.b, 16)};
}

struct auth_call *gate_create(struct gate *gate, Gateway__NewAccount **accounts, size_t count, bool with_tokens)
{
    Gateway__CreateAccountsRequest request = GATEWAY__CREATE_ACCOUNTS_REQUEST__INIT;
    request.accounts = accounts;
    request.n_accounts = count;
    request.with_tokens = with_tokens;
    return gate_call(gate, "CreateAccounts", &request.base, gate->admin);
}

const Gateway__AccountList *gate_list(const struct auth_call *outcome)
{
    assert_int_equal(outcome->err, ERR_OK);
    return (const Gateway__AccountList *)outcome->reply;
}

/* An account with PASSWORD, made; its id. */
struct uuid gate_make(struct gate *gate, const char *name, const char *role)
{
    Gateway__NewAccount *one = gate_wanted(gate, name, PASSWORD, role);
    struct uuid id;
    const Gateway__AccountList *list = gate_list(gate_create(gate, &one, 1, false));
    assert_true(uuid_read(&id, span_of(list->accounts[0]->id.data, list->accounts[0]->id.len)));
    return id;
}

struct auth_call *gate_set_account(struct gate *gate, struct uuid id, const char *role, bool closed)
{
    Gateway__SetAccountRequest request = GATEWAY__SET_ACCOUNT_REQUEST__INIT;
    char *roles[] = {arena_strdup(gate->arena, role)};
    request.account_id = (ProtobufCBinaryData){16, id.b};
    request.roles = roles;
    request.n_roles = 1;
    request.closed = closed;
    return gate_call(gate, "SetAccount", &request.base, gate->admin);
}

/* --- around each test ------------------------------------------------------------------------------------------------------- */

int gate_set_up(void **state)
{
    static struct gate gate;
    gate = (struct gate){.pg = kit_pg_new(), .metrics = metrics_new(), .arena = arena_new(65536)};
    kit_pg_apply(gate.pg, &gateway_schema);
    uv_loop_init(&gate.loop);
    gate_open(&gate, &gate.auth, 50);
    gate.admin = (struct identity){.account = uuid_v7(time_now_us()), .known = true, .kind = IDENTITY_SESSION, .roles = 7};
    *state = &gate;
    return 0;
}

int gate_tear_down(void **state)
{
    struct gate *gate = *state;
    auth_close(gate->auth);
    uv_run(&gate->loop, UV_RUN_NOWAIT); /* not DEFAULT: a test that failed may have left a gateway running */
    assert_int_equal(uv_loop_close(&gate->loop), 0);
    auth_free(gate->auth);
    arena_free(gate->arena);
    metrics_free(gate->metrics);
    kit_pg_free(gate->pg);
    return 0;
}
