/* The gateway's accounts and API tokens against a real PostgreSQL: each method through auth_handle, on a real loop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/base/time.h"
#include "tests/store/gateway/gate.h"

static const struct identity PUBLIC = {.known = false};

static void test_create_accounts_is_all_or_none_and_repeatable(void **state)
{
    struct gate *gate = *state;
    enum { MANY = 1000 };
    Gateway__NewAccount **accounts = arena_array(gate->arena, MANY, sizeof(Gateway__NewAccount *));
    const Gateway__AccountList *list;
    struct identity who;
    for (int i = 0; i < MANY; i++) {
        accounts[i] = gate_wanted(gate, arena_printf(gate->arena, "osallistuja-%d", i), "", "participant");
        gate_set_id(gate, accounts[i], uuid_from((struct uuid){{1}}, span_text(accounts[i]->user_name)));
    }
    accounts[MANY - 1]->user_name[0] = 'O'; /* one bad name: none is made */
    struct auth_call *outcome = gate_create(gate, accounts, MANY, true);
    assert_int_equal(outcome->err, ERR_INVALID);
    assert_string_equal(outcome->problem->field, "accounts[999].userName");
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.account"), 0);
    accounts[MANY - 1]->user_name[0] = 'o';
    for (int round = 0; round < 2; round++) {
        list = gate_list(gate_create(gate, accounts, MANY, true));
        assert_int_equal(list->n_accounts, MANY);
        assert_int_equal(gate_identify_token(gate, gate->auth, list->accounts[777]->token, &who), ERR_OK);
        assert_memory_equal(who.account.b, accounts[777]->id.data, 16);
        assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.account"), MANY);
    }
    Gateway__NewAccount *same_name = gate_wanted(gate, "osallistuja-3", "", "participant");
    assert_string_equal(gate_rule(gate_create(gate, &same_name, 1, false)), "account.user-name.taken");
    Gateway__NewAccount *same_id = gate_wanted(gate, "someone-else", "", "participant");
    gate_set_id(gate, same_id, uuid_from((struct uuid){{1}}, span_text("osallistuja-3")));
    assert_string_equal(gate_rule(gate_create(gate, &same_id, 1, false)), "account.id.taken");
    Gateway__NewAccount *twice[] = {gate_wanted(gate, "twice", "", "participant"), gate_wanted(gate, "twice", "", "participant")};
    assert_string_equal(gate_rule(gate_create(gate, twice, 2, false)), "account.user-name.twice");
    Gateway__NewAccount *role = gate_wanted(gate, "somebody", "", "emperor");
    assert_string_equal(gate_rule(gate_create(gate, &role, 1, false)), "account.roles.unknown");
    assert_string_equal(gate_rule(gate_create(gate, NULL, 0, false)), "account.create.count");
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
        Gateway__NewAccount *one = gate_wanted(gate, "aava", BAD[i].password, "participant");
        struct auth_call *outcome = gate_create(gate, &one, 1, false);
        assert_string_equal(gate_rule(outcome), BAD[i].rule);
        assert_string_equal(outcome->problem->field, "accounts[0].password");
    }
}

static void test_closed_account_is_out_at_once(void **state)
{
    struct gate *gate = *state;
    struct identity who;
    const struct uuid id = gate_make(gate, "aava", "participant");
    const char *cookie = gate_cookie(gate, gate_sign_in(gate, "aava", PASSWORD));
    gate_make(gate, "boss", "admin");
    assert_int_equal(gate_set_account(gate, id, "participant", true)->err, ERR_OK);
    assert_int_equal(gate_identify_cookie(gate->auth, cookie, NULL, false, &who), ERR_UNAUTHENTICATED);
    assert_int_equal(gate_sign_in(gate, "aava", PASSWORD)->err, ERR_UNAUTHENTICATED);
    assert_int_equal(gate_set_account(gate, id, "participant", false)->err, ERR_OK);
    assert_int_equal(gate_identify_cookie(gate->auth, cookie, NULL, false, &who), ERR_UNAUTHENTICATED); /* old sessions stay out */
    assert_int_equal(gate_sign_in(gate, "aava", PASSWORD)->err, ERR_OK);
}

static void test_a_role_taken_away_is_gone_at_once(void **state)
{
    struct gate *gate = *state;
    struct identity who;
    const struct uuid id = gate_make(gate, "aava", "coordinator");
    const char *cookie = gate_cookie(gate, gate_sign_in(gate, "aava", PASSWORD));
    assert_int_equal(gate_set_account(gate, id, "participant", false)->err, ERR_OK);
    assert_int_equal(gate_identify_cookie(gate->auth, cookie, NULL, false, &who), ERR_OK);
    assert_int_equal(who.roles, 0); /* not more than both then and now */
}

/* Two admins read an account; the second one's edit does not undo the first one's unseen. */
static void test_an_edit_of_an_old_version_is_refused(void **state)
{
    struct gate *gate = *state;
    const struct uuid id = gate_make(gate, "aava", "participant");
    gate_make(gate, "boss", "admin");
    gate->if_match = 1;
    assert_int_equal(gate_set_account(gate, id, "participant", true)->err, ERR_OK);
    assert_int_equal(gate_set_account(gate, id, "coordinator", false)->err, ERR_PRECONDITION);
    gate->if_match = 2;
    assert_int_equal(gate_set_account(gate, id, "coordinator", false)->err, ERR_OK);
}

static void test_the_last_admin_stays(void **state)
{
    struct gate *gate = *state;
    const struct uuid first = gate_make(gate, "boss", "admin");
    assert_string_equal(gate_rule(gate_set_account(gate, first, "participant", false)), "account.admin.last");
    assert_string_equal(gate_rule(gate_set_account(gate, first, "admin", true)), "account.admin.last");
    gate_make(gate, "boss-two", "admin");
    assert_int_equal(gate_set_account(gate, first, "admin", true)->err, ERR_OK);
}

static void test_tokens_are_made_listed_and_revoked(void **state)
{
    struct gate *gate = *state;
    struct identity me = {.known = true, .kind = IDENTITY_SESSION, .roles = 1}, who, stranger = {.known = true, .roles = 1};
    Gateway__CreateTokenRequest request = GATEWAY__CREATE_TOKEN_REQUEST__INIT;
    me.account = gate_make(gate, "aava", "participant");
    stranger.account = gate_make(gate, "eerik", "participant");
    assert_string_equal(gate_rule(gate_call(gate, "CreateToken", &request.base, me)), "token.name.form");
    request.name = "my\x1b[2Jscript";
    assert_string_equal(gate_rule(gate_call(gate, "CreateToken", &request.base, me)), "token.name.form");
    request.name = "my\xc2\x9bscript"; /* U+009B says the same to a terminal */
    assert_string_equal(gate_rule(gate_call(gate, "CreateToken", &request.base, me)), "token.name.form");
    request.name = "my script";
    request.expires_us = time_now_us() - 1;
    assert_string_equal(gate_rule(gate_call(gate, "CreateToken", &request.base, me)), "token.expires.range");
    request.expires_us = 0;
    struct auth_call *outcome = gate_call(gate, "CreateToken", &request.base, me);
    assert_int_equal(outcome->err, ERR_OK);
    const Gateway__Token *token = (const Gateway__Token *)outcome->reply;
    assert_int_equal(gate_identify_token(gate, gate->auth, token->token, &who), ERR_OK);
    assert_true(who.kind == IDENTITY_TOKEN && who.roles == 1 && uuid_compare(who.account, me.account) == 0);

    /* A token made by a token does not outlive it. */
    request.expires_us = who.expires_us + TIME_DAY;
    outcome = gate_call(gate, "CreateToken", &request.base, who);
    assert_int_equal(outcome->err, ERR_OK);
    assert_true(((const Gateway__Token *)outcome->reply)->expires_us == who.expires_us);

    Gateway__ListTokensRequest list = GATEWAY__LIST_TOKENS_REQUEST__INIT;
    outcome = gate_call(gate, "ListTokens", &list.base, me);
    assert_int_equal(((const Gateway__TokenList *)outcome->reply)->n_tokens, 2);
    list.account_id = (ProtobufCBinaryData){16, me.account.b};
    assert_string_equal(gate_rule(gate_call(gate, "ListTokens", &list.base, stranger)), "account.not-yours");

    Gateway__RevokeTokenRequest revoke = GATEWAY__REVOKE_TOKEN_REQUEST__INIT;
    revoke.token_id = token->id;
    assert_string_equal(gate_rule(gate_call(gate, "RevokeToken", &revoke.base, stranger)), "token.unknown");
    assert_int_equal(gate_identify_token(gate, gate->auth, token->token, &who), ERR_OK);
    assert_int_equal(gate_call(gate, "RevokeToken", &revoke.base, me)->err, ERR_OK);
    assert_int_equal(gate_identify_token(gate, gate->auth, token->token, &who), ERR_UNAUTHENTICATED);
    assert_int_equal(gate_call(gate, "RevokeToken", &revoke.base, me)->err, ERR_OK); /* again: as it is */
}

static void test_who_may(void **state)
{
    struct gate *gate = *state;
    const struct identity participant = {.known = true, .roles = 1};
    Gateway__ListAccountsRequest request = GATEWAY__LIST_ACCOUNTS_REQUEST__INIT;
    Gateway__ListTokensRequest tokens = GATEWAY__LIST_TOKENS_REQUEST__INIT;
    assert_int_equal(gate_call(gate, "ListAccounts", &request.base, participant)->err, ERR_FORBIDDEN);
    assert_int_equal(gate_call(gate, "ListAccounts", &request.base, PUBLIC)->err, ERR_UNAUTHENTICATED);
    assert_int_equal(gate_call(gate, "ListTokens", &tokens.base, PUBLIC)->err, ERR_UNAUTHENTICATED);
    assert_int_equal(gate_call(gate, "ListAccounts", &request.base, gate->admin)->err, ERR_OK);
    assert_int_equal(gate_call(gate, "ListAccounts", &tokens.base, gate->admin)->err, ERR_INVALID);
    assert_int_equal(gate_call(gate, "NoSuchMethod", &request.base, gate->admin)->err, ERR_NOT_FOUND);
}

static void test_lists_come_in_pages(void **state)
{
    struct gate *gate = *state;
    Gateway__NewAccount *accounts[5];
    Gateway__ListAccountsRequest request = GATEWAY__LIST_ACCOUNTS_REQUEST__INIT;
    Gateway__ListAuditRequest audit = GATEWAY__LIST_AUDIT_REQUEST__INIT;
    size_t seen = 0;
    for (int i = 0; i < 5; i++)
        accounts[i] = gate_wanted(gate, arena_printf(gate->arena, "osallistuja-%d", 4 - i), "", "participant");
    gate_list(gate_create(gate, accounts, 5, false));
    request.page_size = audit.page_size = 2;
    do {
        const Gateway__AccountList *list = gate_list(gate_call(gate, "ListAccounts", &request.base, gate->admin));
        for (size_t i = 0; i < list->n_accounts; i++, seen++)
            assert_int_equal(list->accounts[i]->user_name[12] - '0', (int)seen);
        request.page_token = list->next_page_token;
    } while (*request.page_token);
    assert_int_equal(seen, 5);
    seen = 0;
    do {
        struct auth_call *outcome = gate_call(gate, "ListAudit", &audit.base, gate->admin);
        const Gateway__AuditList *list = (const Gateway__AuditList *)outcome->reply;
        assert_int_equal(outcome->err, ERR_OK);
        seen += list->n_entries;
        audit.page_token = list->next_page_token;
    } while (*audit.page_token);
    assert_int_equal(seen, 5);
    audit.page_token = "no number";
    assert_string_equal(gate_rule(gate_call(gate, "ListAudit", &audit.base, gate->admin)), "request.page");
}

static const Gateway__FoundAccounts *find(struct gate *gate, const char *user_name, const char *role, const char *after,
                                          struct identity who)
{
    Gateway__FindAccountsRequest request = GATEWAY__FIND_ACCOUNTS_REQUEST__INIT;
    request.user_name = arena_strdup(gate->arena, user_name);
    request.role = arena_strdup(gate->arena, role);
    request.page_token = arena_strdup(gate->arena, after);
    request.page_size = 2;
    const struct auth_call *outcome = gate_call(gate, "FindAccounts", &request.base, who);
    if (outcome->err != ERR_OK)
        print_message("%s\n", gate_rule(outcome));
    assert_int_equal(outcome->err, ERR_OK);
    return (const Gateway__FoundAccounts *)outcome->reply;
}

static const char *refused_find(struct gate *gate, const char *user_name, const char *role)
{
    Gateway__FindAccountsRequest request = GATEWAY__FIND_ACCOUNTS_REQUEST__INIT;
    request.user_name = arena_strdup(gate->arena, user_name);
    request.role = arena_strdup(gate->arena, role);
    return gate_rule(gate_call(gate, "FindAccounts", &request.base, gate->admin));
}

/* Staff find each other's ids: by the whole user name anybody's, by role the staff's; nobody lists who takes part or applies. */
static void test_accounts_are_found(void **state)
{
    struct gate *gate = *state;
    const struct identity preparer = {.known = true, .roles = BUS__ROLE__ROLE_PREPARER}, applicant = {.known = true, .roles = 9};
    Gateway__FindAccountsRequest request = GATEWAY__FIND_ACCOUNTS_REQUEST__INIT;
    const struct uuid aava = gate_make(gate, "aava@example.fi", "applicant");
    (void)gate_make(gate, "arvioija-1", "evaluator");
    const struct uuid closed = gate_make(gate, "arvioija-2", "evaluator");
    (void)gate_make(gate, "arvioija-3", "evaluator");
    (void)gate_make(gate, "arvioija-4", "evaluator");
    assert_int_equal(gate_set_account(gate, closed, "evaluator", true)->err, ERR_OK);
    const Gateway__FoundAccounts *found = find(gate, "aava@example.fi", "", "", preparer);
    assert_int_equal(found->n_accounts, 1);
    assert_memory_equal(found->accounts[0]->id.data, aava.b, 16);
    assert_string_equal(found->accounts[0]->roles[0], "applicant");
    assert_int_equal(find(gate, "aava", "", "", preparer)->n_accounts, 0);       /* the whole name */
    assert_int_equal(find(gate, "arvioija-2", "", "", preparer)->n_accounts, 0); /* closed */
    found = find(gate, "", "evaluator", "", preparer);
    assert_int_equal(found->n_accounts, 2);
    assert_string_equal(found->accounts[1]->user_name, "arvioija-3");
    found = find(gate, "", "evaluator", found->next_page_token, preparer);
    assert_int_equal(found->n_accounts, 1);
    assert_string_equal(found->accounts[0]->user_name, "arvioija-4");
    assert_string_equal(found->next_page_token, "");
    (void)gate_make(gate, "sihteeri-1", "secretary");
    (void)gate_make(gate, "jasen-1", "board-member");
    assert_string_equal(find(gate, "", "board-member", "", preparer)->accounts[0]->user_name, "jasen-1");
    const struct identity secretary = {.known = true, .roles = BUS__ROLE__ROLE_SECRETARY}, member = {.known = true, .roles = 512};
    assert_string_equal(find(gate, "", "secretary", "", secretary)->accounts[0]->user_name, "sihteeri-1"); /* who names a board's members */
    assert_int_equal(gate_call(gate, "FindAccounts", &request.base, member)->err, ERR_FORBIDDEN);
    assert_string_equal(refused_find(gate, "", ""), "account.find.what");
    assert_string_equal(refused_find(gate, "", "applicant"), "account.find.what");
    assert_string_equal(refused_find(gate, "", "participant"), "account.find.what");
    assert_string_equal(refused_find(gate, "", "emperor"), "account.find.what");
    assert_string_equal(refused_find(gate, "aava@example.fi", "evaluator"), "account.find.what");
    assert_int_equal(gate_call(gate, "FindAccounts", &request.base, applicant)->err, ERR_FORBIDDEN);
    assert_int_equal(gate_call(gate, "FindAccounts", &request.base, PUBLIC)->err, ERR_UNAUTHENTICATED);
    assert_int_equal(gate_call(gate, "CheckAccounts", &request.base, gate->admin)->err, ERR_NOT_FOUND); /* no method of anybody's */
}

static void test_the_owner_makes_the_first_admin_only(void **state)
{
    struct gate *gate = *state;
    kit_sql(gate->pg, "select gateway.account_bootstrap(gen_random_uuid(), 'boss', '$argon2id$x')");
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.account where roles = 7"), 1);
    kit_sql(gate->pg, "select gateway.account_bootstrap(gen_random_uuid(), 'boss-two', '$argon2id$x')");
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.account"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_create_accounts_is_all_or_none_and_repeatable, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_password_rules_name_field_and_rule, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_closed_account_is_out_at_once, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_a_role_taken_away_is_gone_at_once, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_an_edit_of_an_old_version_is_refused, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_the_last_admin_stays, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_tokens_are_made_listed_and_revoked, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_who_may, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_lists_come_in_pages, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_accounts_are_found, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_the_owner_makes_the_first_admin_only, gate_set_up, gate_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
