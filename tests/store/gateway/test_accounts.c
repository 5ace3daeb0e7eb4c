/* The gateway's accounts against a real PostgreSQL: each method of gateway.Gateway through auth_handle, on a real loop, and what
 * auth_identify says of the credentials it hands out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <uv.h>

#include "common/base/time.h"
#include "gateway.pb-c.h"
#include "services/gateway/auth/auth.h"
#include "tests/support/kit.h"

#define PASSWORD "korkea kuusi 17"
static const uint8_t KEY[32] = "a session key of thirty-two byte";

struct gate {
    struct kit_pg *pg;
    uv_loop_t loop;
    struct metrics *metrics;
    struct arena *arena;
    struct auth *auth;
    struct identity admin;
};

static const struct identity PUBLIC = {.known = false};

/* --- speaking to auth ----------------------------------------------------------------------------------------------------- */

static void open_auth(struct gate *gate, struct auth **out, int refresh_ms)
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

static void on_done(struct auth_call *call)
{
    ++*(int *)call->owner;
}

/* One method, to its end. A fault of auth_handle itself becomes the outcome. */
static struct auth_call *call_on(struct gate *gate, struct auth *auth, const char *method, const ProtobufCMessage *request,
                                 struct identity who)
{
    struct auth_call *call = arena_alloc(gate->arena, sizeof *call);
    int done = 0;
    *call = (struct auth_call){
        .method = method, .request = request, .who = who, .client = "192.0.2.7", .arena = gate->arena, .done = on_done, .owner = &done};
    call->err = auth_handle(auth, call);
    if (call->err != ERR_OK)
        return call;
    while (done == 0)
        uv_run(&gate->loop, UV_RUN_ONCE);
    uv_run(&gate->loop, UV_RUN_NOWAIT);
    assert_int_equal(done, 1);
    return call;
}

static struct auth_call *call(struct gate *gate, const char *method, const ProtobufCMessage *request, struct identity who)
{
    return call_on(gate, gate->auth, method, request, who);
}

static const char *rule_of(const struct auth_call *outcome)
{
    return outcome->problem ? outcome->problem->rule : "";
}

static struct auth_call *sign_in_as(struct gate *gate, const char *name, const char *password)
{
    Gateway__SignInRequest request = GATEWAY__SIGN_IN_REQUEST__INIT;
    request.user_name = arena_strdup(gate->arena, name);
    request.password = arena_strdup(gate->arena, password);
    return call(gate, "gateway.SignIn", &request.base, PUBLIC);
}

/* The Cookie header a browser would send back after this answer. */
static const char *cookie_of(struct gate *gate, const struct auth_call *outcome)
{
    char *cookie = arena_strdup(gate->arena, outcome->set_cookie);
    *strchr(cookie, ';') = 0;
    return cookie;
}

static enum err identify_cookie(struct auth *auth, const char *cookie, const char *csrf, bool write, struct identity *who)
{
    return auth_identify(auth, &(struct auth_headers){.cookie = cookie, .csrf_token = csrf, .write = write}, time_now_us(), who);
}

static enum err identify_token(struct gate *gate, struct auth *auth, const char *token, struct identity *who)
{
    const char *header = arena_printf(gate->arena, "Bearer %s", token);
    return auth_identify(auth, &(struct auth_headers){.authorization = header, .write = true}, time_now_us(), who);
}

static Gateway__NewAccount *wanted(struct gate *gate, const char *name, const char *password, const char *role)
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

static void set_id(struct gate *gate, Gateway__NewAccount *account, struct uuid id)
{
    account->id = (ProtobufCBinaryData){16, memcpy(arena_alloc(gate->arena, 16), id.b, 16)};
}

static struct auth_call *create(struct gate *gate, Gateway__NewAccount **accounts, size_t count, bool with_tokens)
{
    Gateway__CreateAccountsRequest request = GATEWAY__CREATE_ACCOUNTS_REQUEST__INIT;
    request.accounts = accounts;
    request.n_accounts = count;
    request.with_tokens = with_tokens;
    return call(gate, "CreateAccounts", &request.base, gate->admin);
}

static const Gateway__AccountList *list_of(const struct auth_call *outcome)
{
    assert_int_equal(outcome->err, ERR_OK);
    return (const Gateway__AccountList *)outcome->reply;
}

/* An account with PASSWORD, made; its id. */
static struct uuid make(struct gate *gate, const char *name, const char *role)
{
    Gateway__NewAccount *one = wanted(gate, name, PASSWORD, role);
    struct uuid id;
    const Gateway__AccountList *list = list_of(create(gate, &one, 1, false));
    assert_true(uuid_read(&id, span_of(list->accounts[0]->id.data, list->accounts[0]->id.len)));
    return id;
}

static struct auth_call *set_account(struct gate *gate, struct uuid id, const char *role, bool closed)
{
    Gateway__SetAccountRequest request = GATEWAY__SET_ACCOUNT_REQUEST__INIT;
    char *roles[] = {arena_strdup(gate->arena, role)};
    request.account_id = (ProtobufCBinaryData){16, id.b};
    request.roles = roles;
    request.n_roles = 1;
    request.closed = closed;
    return call(gate, "SetAccount", &request.base, gate->admin);
}

/* --- around each test ------------------------------------------------------------------------------------------------------- */

static int set_up(void **state)
{
    static struct gate gate;
    gate = (struct gate){.pg = kit_pg_new(), .metrics = metrics_new(), .arena = arena_new(65536)};
    kit_pg_apply(gate.pg, &gateway_schema);
    uv_loop_init(&gate.loop);
    open_auth(&gate, &gate.auth, 50);
    gate.admin = (struct identity){.account = uuid_v7(time_now_us()), .known = true, .kind = IDENTITY_SESSION, .roles = 7};
    *state = &gate;
    return 0;
}

static int tear_down(void **state)
{
    struct gate *gate = *state;
    auth_close(gate->auth);
    uv_run(&gate->loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&gate->loop), 0);
    auth_free(gate->auth);
    arena_free(gate->arena);
    metrics_free(gate->metrics);
    kit_pg_free(gate->pg);
    return 0;
}

/* --- the tests -------------------------------------------------------------------------------------------------------------- */

static void test_sign_in_gives_a_session_that_is_known(void **state)
{
    struct gate *gate = *state;
    const struct uuid id = make(gate, "aava@example.fi", "coordinator");
    struct auth_call *outcome = sign_in_as(gate, "aava@example.fi", PASSWORD);
    assert_int_equal(outcome->err, ERR_OK);
    const Gateway__Session *session = (const Gateway__Session *)outcome->reply;
    assert_string_equal(session->user_name, "aava@example.fi");
    assert_non_null(strstr(outcome->set_cookie, "HttpOnly; SameSite=Lax"));
    assert_null(strstr(outcome->set_cookie, "Secure"));

    struct identity who;
    const char *cookie = cookie_of(gate, outcome);
    assert_int_equal(identify_cookie(gate->auth, cookie, NULL, false, &who), ERR_OK);
    assert_true(who.known && who.kind == IDENTITY_SESSION && uuid_compare(who.account, id) == 0);
    assert_int_equal(who.roles, BUS__ROLE__ROLE_COORDINATOR);
    assert_int_equal(identify_cookie(gate->auth, cookie, NULL, true, &who), ERR_FORBIDDEN);
    assert_int_equal(identify_cookie(gate->auth, cookie, session->csrf_token, true, &who), ERR_OK);

    Gateway__GetSessionRequest request = GATEWAY__GET_SESSION_REQUEST__INIT;
    outcome = call(gate, "gateway.GetSession", &request.base, who);
    assert_int_equal(outcome->err, ERR_OK);
    assert_string_equal(((const Gateway__Session *)outcome->reply)->csrf_token, session->csrf_token);
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.audit where action = 'session.opened'"), 1);
}

static void test_wrong_password_and_unknown_name_are_one_answer_and_audited(void **state)
{
    struct gate *gate = *state;
    make(gate, "aava", "participant");
    struct auth_call *wrong = sign_in_as(gate, "aava", "korkea kuusi 18"), *unknown = sign_in_as(gate, "eerik", PASSWORD);
    assert_int_equal(wrong->err, ERR_UNAUTHENTICATED);
    assert_int_equal(unknown->err, ERR_UNAUTHENTICATED);
    assert_string_equal(rule_of(wrong), rule_of(unknown));
    assert_null(wrong->set_cookie);
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.audit where action = 'session.refused'"), 2);
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.audit where detail like '%%aava%%' or target like '%%aava%%'"), 0);
}

static void test_guessing_is_throttled(void **state)
{
    struct gate *gate = *state;
    make(gate, "aava", "participant");
    for (int i = 0; i < 5; i++)
        assert_int_equal(sign_in_as(gate, "aava", "not this one at all")->err, ERR_UNAUTHENTICATED);
    struct auth_call *outcome = sign_in_as(gate, "aava", PASSWORD);
    assert_int_equal(outcome->err, ERR_TOO_MANY);
    assert_string_equal(rule_of(outcome), "account.sign-in.too-many");
    make(gate, "eerik", "participant");
    for (int i = 0; i < 8; i++) /* a right password costs no try */
        assert_int_equal(sign_in_as(gate, "eerik", PASSWORD)->err, ERR_OK);
}

static void test_sign_out_ends_the_session_here_and_elsewhere(void **state)
{
    struct gate *gate = *state;
    struct auth *other = NULL;
    make(gate, "aava", "participant");
    open_auth(gate, &other, 20);
    const char *cookie = cookie_of(gate, sign_in_as(gate, "aava", PASSWORD));
    struct identity who, again;
    assert_int_equal(identify_cookie(other, cookie, NULL, false, &who), ERR_OK);
    Gateway__SignOutRequest request = GATEWAY__SIGN_OUT_REQUEST__INIT;
    struct auth_call *outcome = call(gate, "SignOut", &request.base, who);
    assert_int_equal(outcome->err, ERR_OK);
    assert_non_null(strstr(outcome->set_cookie, "Max-Age=0"));
    assert_int_equal(identify_cookie(gate->auth, cookie, NULL, false, &again), ERR_UNAUTHENTICATED);
    const int64_t until = time_steady_us() + 5 * TIME_SECOND;
    while (identify_cookie(other, cookie, NULL, false, &again) == ERR_OK && time_steady_us() < until)
        uv_run(&gate->loop, UV_RUN_ONCE);
    assert_int_equal(identify_cookie(other, cookie, NULL, false, &again), ERR_UNAUTHENTICATED);
    auth_close(other);
    uv_run(&gate->loop, UV_RUN_NOWAIT);
    auth_free(other);
    /* A gateway that starts later knows it from the first moment. */
    open_auth(gate, &other, 1000000);
    assert_int_equal(identify_cookie(other, cookie, NULL, false, &again), ERR_UNAUTHENTICATED);
    auth_close(other);
    uv_run(&gate->loop, UV_RUN_NOWAIT);
    auth_free(other);
}

static void test_changed_password_ends_other_sessions(void **state)
{
    struct gate *gate = *state;
    make(gate, "aava", "participant");
    const char *mine = cookie_of(gate, sign_in_as(gate, "aava", PASSWORD)),
               *elsewhere = cookie_of(gate, sign_in_as(gate, "aava", PASSWORD));
    struct identity who;
    assert_int_equal(identify_cookie(gate->auth, mine, NULL, false, &who), ERR_OK);
    Gateway__ChangePasswordRequest request = GATEWAY__CHANGE_PASSWORD_REQUEST__INIT;
    request.old_password = "wrong";
    request.new_password = "matala kuusi 18";
    assert_string_equal(rule_of(call(gate, "ChangePassword", &request.base, who)), "account.password.old-wrong");
    request.old_password = PASSWORD;
    request.new_password = "short";
    struct auth_call *outcome = call(gate, "ChangePassword", &request.base, who);
    assert_string_equal(rule_of(outcome), "account.password.short");
    assert_string_equal(outcome->problem->field, "newPassword");
    request.new_password = "matala kuusi 18";
    outcome = call(gate, "ChangePassword", &request.base, who);
    assert_int_equal(outcome->err, ERR_OK);
    assert_int_equal(identify_cookie(gate->auth, elsewhere, NULL, false, &who), ERR_UNAUTHENTICATED);
    assert_int_equal(identify_cookie(gate->auth, cookie_of(gate, outcome), NULL, false, &who), ERR_OK);
    assert_int_equal(sign_in_as(gate, "aava", PASSWORD)->err, ERR_UNAUTHENTICATED);
    assert_int_equal(sign_in_as(gate, "aava", "matala kuusi 18")->err, ERR_OK);
}

static void test_create_accounts_is_all_or_none_and_repeatable(void **state)
{
    struct gate *gate = *state;
    enum { MANY = 1000 };
    Gateway__NewAccount **accounts = arena_array(gate->arena, MANY, sizeof(Gateway__NewAccount *));
    const Gateway__AccountList *list;
    struct identity who;
    for (int i = 0; i < MANY; i++) {
        accounts[i] = wanted(gate, arena_printf(gate->arena, "osallistuja-%d", i), "", "participant");
        set_id(gate, accounts[i], uuid_from((struct uuid){{1}}, span_text(accounts[i]->user_name)));
    }
    accounts[MANY - 1]->user_name[0] = 'O'; /* one bad name: none is made */
    struct auth_call *outcome = create(gate, accounts, MANY, true);
    assert_int_equal(outcome->err, ERR_INVALID);
    assert_string_equal(outcome->problem->field, "accounts[999].userName");
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.account"), 0);
    accounts[MANY - 1]->user_name[0] = 'o';
    for (int round = 0; round < 2; round++) {
        list = list_of(create(gate, accounts, MANY, true));
        assert_int_equal(list->n_accounts, MANY);
        assert_int_equal(identify_token(gate, gate->auth, list->accounts[777]->token, &who), ERR_OK);
        assert_memory_equal(who.account.b, accounts[777]->id.data, 16);
        assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.account"), MANY);
    }
    Gateway__NewAccount *same_name = wanted(gate, "osallistuja-3", "", "participant");
    assert_string_equal(rule_of(create(gate, &same_name, 1, false)), "account.user-name.taken");
    Gateway__NewAccount *same_id = wanted(gate, "someone-else", "", "participant");
    set_id(gate, same_id, uuid_from((struct uuid){{1}}, span_text("osallistuja-3")));
    assert_string_equal(rule_of(create(gate, &same_id, 1, false)), "account.id.taken");
    Gateway__NewAccount *twice[] = {wanted(gate, "twice", "", "participant"), wanted(gate, "twice", "", "participant")};
    assert_string_equal(rule_of(create(gate, twice, 2, false)), "account.user-name.twice");
    Gateway__NewAccount *role = wanted(gate, "somebody", "", "emperor");
    assert_string_equal(rule_of(create(gate, &role, 1, false)), "account.roles.unknown");
    assert_string_equal(rule_of(create(gate, NULL, 0, false)), "account.create.count");
}

static void test_password_rules_name_field_and_rule(void **state)
{
    struct gate *gate = *state;
    static const struct {
        const char *password, *rule;
    } BAD[] = {{"eleven char", "account.password.short"},
               {"aaaabbbbaaaabbbb", "account.password.simple"},
               {"my name is aava, yes", "account.password.user-name"}};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        Gateway__NewAccount *one = wanted(gate, "aava", BAD[i].password, "participant");
        struct auth_call *outcome = create(gate, &one, 1, false);
        assert_string_equal(rule_of(outcome), BAD[i].rule);
        assert_string_equal(outcome->problem->field, "accounts[0].password");
    }
}

static void test_closed_account_is_out_at_once(void **state)
{
    struct gate *gate = *state;
    struct identity who;
    const struct uuid id = make(gate, "aava", "participant");
    const char *cookie = cookie_of(gate, sign_in_as(gate, "aava", PASSWORD));
    make(gate, "boss", "admin");
    assert_int_equal(set_account(gate, id, "participant", true)->err, ERR_OK);
    assert_int_equal(identify_cookie(gate->auth, cookie, NULL, false, &who), ERR_UNAUTHENTICATED);
    assert_int_equal(sign_in_as(gate, "aava", PASSWORD)->err, ERR_UNAUTHENTICATED);
    assert_int_equal(set_account(gate, id, "participant", false)->err, ERR_OK);
    assert_int_equal(identify_cookie(gate->auth, cookie, NULL, false, &who), ERR_UNAUTHENTICATED); /* old sessions stay out */
    assert_int_equal(sign_in_as(gate, "aava", PASSWORD)->err, ERR_OK);
}

static void test_a_role_taken_away_is_gone_at_once(void **state)
{
    struct gate *gate = *state;
    struct identity who;
    const struct uuid id = make(gate, "aava", "coordinator");
    const char *cookie = cookie_of(gate, sign_in_as(gate, "aava", PASSWORD));
    assert_int_equal(set_account(gate, id, "participant", false)->err, ERR_OK);
    assert_int_equal(identify_cookie(gate->auth, cookie, NULL, false, &who), ERR_OK);
    assert_int_equal(who.roles, 0); /* not more than both then and now */
}

static void test_the_last_admin_stays(void **state)
{
    struct gate *gate = *state;
    const struct uuid first = make(gate, "boss", "admin");
    assert_string_equal(rule_of(set_account(gate, first, "participant", false)), "account.admin.last");
    assert_string_equal(rule_of(set_account(gate, first, "admin", true)), "account.admin.last");
    make(gate, "boss-two", "admin");
    assert_int_equal(set_account(gate, first, "admin", true)->err, ERR_OK);
}

static void test_tokens_are_made_listed_and_revoked(void **state)
{
    struct gate *gate = *state;
    struct identity me = {.known = true, .kind = IDENTITY_SESSION, .roles = 1}, who, stranger = {.known = true, .roles = 1};
    Gateway__CreateTokenRequest request = GATEWAY__CREATE_TOKEN_REQUEST__INIT;
    me.account = make(gate, "aava", "participant");
    stranger.account = make(gate, "eerik", "participant");
    assert_string_equal(rule_of(call(gate, "CreateToken", &request.base, me)), "token.name.form");
    request.name = "my script";
    request.expires_us = time_now_us() - 1;
    assert_string_equal(rule_of(call(gate, "CreateToken", &request.base, me)), "token.expires.range");
    request.expires_us = 0;
    struct auth_call *outcome = call(gate, "CreateToken", &request.base, me);
    assert_int_equal(outcome->err, ERR_OK);
    const Gateway__Token *token = (const Gateway__Token *)outcome->reply;
    assert_int_equal(identify_token(gate, gate->auth, token->token, &who), ERR_OK);
    assert_true(who.kind == IDENTITY_TOKEN && who.roles == 1 && uuid_compare(who.account, me.account) == 0);

    /* A token made by a token does not outlive it. */
    request.expires_us = who.expires_us + TIME_DAY;
    outcome = call(gate, "CreateToken", &request.base, who);
    assert_int_equal(outcome->err, ERR_OK);
    assert_true(((const Gateway__Token *)outcome->reply)->expires_us == who.expires_us);

    Gateway__ListTokensRequest list = GATEWAY__LIST_TOKENS_REQUEST__INIT;
    outcome = call(gate, "ListTokens", &list.base, me);
    assert_int_equal(((const Gateway__TokenList *)outcome->reply)->n_tokens, 2);
    list.account_id = (ProtobufCBinaryData){16, me.account.b};
    assert_string_equal(rule_of(call(gate, "ListTokens", &list.base, stranger)), "account.not-yours");

    Gateway__RevokeTokenRequest revoke = GATEWAY__REVOKE_TOKEN_REQUEST__INIT;
    revoke.token_id = token->id;
    assert_string_equal(rule_of(call(gate, "RevokeToken", &revoke.base, stranger)), "token.unknown");
    assert_int_equal(identify_token(gate, gate->auth, token->token, &who), ERR_OK);
    assert_int_equal(call(gate, "RevokeToken", &revoke.base, me)->err, ERR_OK);
    assert_int_equal(identify_token(gate, gate->auth, token->token, &who), ERR_UNAUTHENTICATED);
    assert_int_equal(call(gate, "RevokeToken", &revoke.base, me)->err, ERR_OK); /* again: as it is */
}

static void test_who_may(void **state)
{
    struct gate *gate = *state;
    const struct identity participant = {.known = true, .roles = 1};
    Gateway__ListAccountsRequest request = GATEWAY__LIST_ACCOUNTS_REQUEST__INIT;
    Gateway__ListTokensRequest tokens = GATEWAY__LIST_TOKENS_REQUEST__INIT;
    assert_int_equal(call(gate, "ListAccounts", &request.base, participant)->err, ERR_FORBIDDEN);
    assert_int_equal(call(gate, "ListAccounts", &request.base, PUBLIC)->err, ERR_UNAUTHENTICATED);
    assert_int_equal(call(gate, "ListTokens", &tokens.base, PUBLIC)->err, ERR_UNAUTHENTICATED);
    assert_int_equal(call(gate, "ListAccounts", &request.base, gate->admin)->err, ERR_OK);
    assert_int_equal(call(gate, "ListAccounts", &tokens.base, gate->admin)->err, ERR_INVALID);
    assert_int_equal(call(gate, "NoSuchMethod", &request.base, gate->admin)->err, ERR_NOT_FOUND);
}

static void test_lists_come_in_pages(void **state)
{
    struct gate *gate = *state;
    Gateway__NewAccount *accounts[5];
    Gateway__ListAccountsRequest request = GATEWAY__LIST_ACCOUNTS_REQUEST__INIT;
    Gateway__ListAuditRequest audit = GATEWAY__LIST_AUDIT_REQUEST__INIT;
    size_t seen = 0;
    for (int i = 0; i < 5; i++)
        accounts[i] = wanted(gate, arena_printf(gate->arena, "osallistuja-%d", 4 - i), "", "participant");
    list_of(create(gate, accounts, 5, false));
    request.page_size = audit.page_size = 2;
    do {
        const Gateway__AccountList *list = list_of(call(gate, "ListAccounts", &request.base, gate->admin));
        for (size_t i = 0; i < list->n_accounts; i++, seen++)
            assert_int_equal(list->accounts[i]->user_name[12] - '0', (int)seen);
        request.page_token = list->next_page_token;
    } while (*request.page_token);
    assert_int_equal(seen, 5);
    seen = 0;
    do {
        struct auth_call *outcome = call(gate, "ListAudit", &audit.base, gate->admin);
        const Gateway__AuditList *list = (const Gateway__AuditList *)outcome->reply;
        assert_int_equal(outcome->err, ERR_OK);
        seen += list->n_entries;
        audit.page_token = list->next_page_token;
    } while (*audit.page_token);
    assert_int_equal(seen, 5);
    audit.page_token = "no number";
    assert_string_equal(rule_of(call(gate, "ListAudit", &audit.base, gate->admin)), "request.page");
}

static void test_the_owner_makes_the_first_admin_only(void **state)
{
    struct gate *gate = *state;
    kit_sql(gate->pg, "select gateway.account_bootstrap(gen_random_uuid(), 'boss', '$argon2id$x')");
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.account where roles = 7"), 1);
    kit_sql(gate->pg, "select gateway.account_bootstrap(gen_random_uuid(), 'boss-two', '$argon2id$x')");
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.account"), 1);
}

static void test_too_many_waiting_is_busy_and_done_comes_once(void **state)
{
    struct gate *gate = *state;
    enum { MANY = 400 };
    struct auth_call *calls = arena_array(gate->arena, MANY, sizeof *calls);
    int done = 0, taken = 0;
    for (int i = 0; i < MANY; i++) {
        struct arena *arena = arena_new(4096); /* auth uses it on a thread of its own while we go on */
        Gateway__SignInRequest *request = arena_alloc(arena, sizeof *request);
        gateway__sign_in_request__init(request);
        request->user_name = arena_printf(arena, "nobody-%d", i);
        request->password = "whatever it may be";
        calls[i] = (struct auth_call){.method = "SignIn",
                                      .request = &request->base,
                                      .client = arena_printf(arena, "192.0.2.%d/%d", i % 250, i),
                                      .arena = arena,
                                      .done = on_done,
                                      .owner = &done};
        const enum err err = auth_handle(gate->auth, &calls[i]);
        assert_true(err == ERR_OK || err == ERR_BUSY);
        taken += err == ERR_OK ? 1 : 0;
    }
    assert_true(taken < MANY);
    while (done < taken)
        uv_run(&gate->loop, UV_RUN_ONCE);
    uv_run(&gate->loop, UV_RUN_NOWAIT);
    assert_int_equal(done, taken);
    for (int i = 0; i < MANY; i++)
        arena_free(calls[i].arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sign_in_gives_a_session_that_is_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wrong_password_and_unknown_name_are_one_answer_and_audited, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_guessing_is_throttled, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sign_out_ends_the_session_here_and_elsewhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_changed_password_ends_other_sessions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_create_accounts_is_all_or_none_and_repeatable, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_password_rules_name_field_and_rule, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_closed_account_is_out_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_role_taken_away_is_gone_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_last_admin_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tokens_are_made_listed_and_revoked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_who_may, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lists_come_in_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_owner_makes_the_first_admin_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_too_many_waiting_is_busy_and_done_comes_once, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
