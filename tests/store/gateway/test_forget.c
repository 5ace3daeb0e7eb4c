/* Closing the accounts of people who were forgotten, against a real PostgreSQL: what is left of them, who stays, and the mark. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/base/time.h"
#include "tests/store/gateway/gate.h"

static uint32_t forget(struct gate *gate, const struct uuid *ids, size_t count, uint64_t upto, uint64_t *mark)
{
    Gateway__ForgetAccountsRequest request = GATEWAY__FORGET_ACCOUNTS_REQUEST__INIT;
    ProtobufCBinaryData list[8];
    int done = 0;

    for (size_t i = 0; i < count; i++)
        list[i] = (ProtobufCBinaryData){sizeof ids[i].b, (uint8_t *)(uintptr_t)ids[i].b};
    request.account_ids = list;
    request.n_account_ids = count;
    request.upto = upto;
    request.anew = upto == 0 && count == 0 && mark == NULL;
    struct auth_call call = {.request = &request.base, .client = "", .arena = gate->arena, .done = gate_done, .owner = &done};
    assert_int_equal(auth_forget(gate->auth, &call), ERR_OK);
    while (done == 0)
        uv_run(&gate->loop, UV_RUN_ONCE);
    assert_int_equal(call.err, ERR_OK);
    if (mark)
        *mark = ((const Gateway__ForgetAccountsReply *)call.reply)->mark;
    return ((const Gateway__ForgetAccountsReply *)call.reply)->forgotten;
}

static void test_all_of_it_goes(void **state)
{
    struct gate *gate = *state;
    struct auth *other;
    struct identity who;
    uint64_t mark;
    const struct uuid stays = gate_make(gate, "onni", "participant");
    Gateway__NewAccount *wanted = gate_wanted(gate, "aava.unohdettava", PASSWORD, "participant");
    const Gateway__AccountList *made = gate_list(gate_create(gate, &wanted, 1, true));
    struct uuid id;
    assert_true(uuid_read(&id, span_of(made->accounts[0]->id.data, made->accounts[0]->id.len)));
    const char *cookie = gate_cookie(gate, gate_sign_in(gate, "aava.unohdettava", PASSWORD)), *token = made->accounts[0]->token;
    gate_open(gate, &other, 100);
    (void)kit_sql(gate->pg, "update gateway.api_token set name = 'Aavan kone'");
    assert_int_equal(gate_identify_cookie(gate->auth, cookie, NULL, false, &who), ERR_OK);

    assert_int_equal(forget(gate, &id, 1, 7, &mark), 1);
    assert_int_equal(mark, 7);
    assert_int_equal(gate_identify_cookie(gate->auth, cookie, NULL, false, &who), ERR_UNAUTHENTICATED); /* at once, here */
    assert_int_equal(gate_identify_token(gate, gate->auth, token, &who), ERR_UNAUTHENTICATED);
    assert_int_equal(gate_sign_in(gate, "aava.unohdettava", PASSWORD)->err, ERR_UNAUTHENTICATED);
    for (int64_t until = time_steady_us() + 5 * TIME_SECOND; time_steady_us() < until;) { /* and soon at the other gateway */
        uv_run(&gate->loop, UV_RUN_ONCE);
        if (gate_identify_token(gate, other, token, &who) == ERR_UNAUTHENTICATED)
            break;
    }
    assert_int_equal(gate_identify_token(gate, other, token, &who), ERR_UNAUTHENTICATED);
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.account t where t::text like '%%aava%%'"), 0);
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.account where closed and password is null and user_name like"
                                           " 'forgotten-%%'"),
                     1);
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.api_token where name <> '' or revoked_at is null"), 0);
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.audit where action = 'account.forgotten' and actor is null"), 1);
    assert_int_equal(gate_sign_in(gate, "onni", PASSWORD)->err, ERR_OK);
    assert_int_equal(forget(gate, &id, 1, 8, &mark), 0); /* again: nothing changes but the mark */
    assert_int_equal(mark, 8);
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.audit where action = 'account.forgotten'"), 1);
    const struct uuid unknown[2] = {uuid_v7(1), stays};
    assert_int_equal(forget(gate, unknown, 2, 9, &mark), 1); /* one has no account here, and does not hinder the next */
    auth_close(other);
    uv_run(&gate->loop, UV_RUN_NOWAIT);
    auth_free(other);
}

static void test_the_last_admin_stays(void **state)
{
    struct gate *gate = *state;
    uint64_t mark;
    const struct uuid admins[2] = {gate_make(gate, "boss-1", "admin"), gate_make(gate, "boss-2", "admin")};
    assert_int_equal(forget(gate, admins, 2, 3, &mark), 1);
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.account where roles & 4 <> 0 and not closed"), 1);
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.audit where action = 'account.kept'"), 1);
    const struct uuid third = gate_make(gate, "boss-3", "admin");
    (void)third;
    assert_int_equal(forget(gate, admins, 2, 4, &mark), 1); /* there is another one now */
    assert_int_equal(gate_sign_in(gate, "boss-3", PASSWORD)->err, ERR_OK);
}

static void test_the_mark(void **state)
{
    struct gate *gate = *state;
    const struct uuid nobody = uuid_v7(1);
    uint64_t mark = 99;
    assert_int_equal(forget(gate, NULL, 0, 0, &mark), 0);
    assert_int_equal(mark, 0);
    (void)forget(gate, &nobody, 1, 12, &mark);
    (void)forget(gate, NULL, 0, 0, &mark); /* reading changes nothing */
    assert_int_equal(mark, 12);
    (void)forget(gate, NULL, 0, 0, NULL); /* from the beginning again */
    (void)forget(gate, NULL, 0, 0, &mark);
    assert_int_equal(mark, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"name, password, tokens and sessions go, here at once and at other gateways soon", test_all_of_it_goes, gate_set_up,
         gate_tear_down, NULL},
        {"the last open admin stays, and the audit says so", test_the_last_admin_stays, gate_set_up, gate_tear_down, NULL},
        {"the mark moves with the accounts, and goes back only when told", test_the_mark, gate_set_up, gate_tear_down, NULL},
    };
    return cmocka_run_group_tests_name("forgetting accounts", tests, NULL, NULL);
}
