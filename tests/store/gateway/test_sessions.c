/* Signing in and out against a real PostgreSQL: the sessions auth_handle gives are what auth_identify knows, here and in another gateway.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/base/time.h"
#include "tests/store/gateway/gate.h"

static void test_sign_in_gives_a_session_that_is_known(void **state)
{
    struct gate *gate = *state;
    const struct uuid id = gate_make(gate, "aava@example.fi", "coordinator");
    struct auth_call *outcome = gate_sign_in(gate, "aava@example.fi", PASSWORD);
    assert_int_equal(outcome->err, ERR_OK);
    const Gateway__Session *session = (const Gateway__Session *)outcome->reply;
    assert_string_equal(session->user_name, "aava@example.fi");
    assert_non_null(strstr(outcome->set_cookie, "HttpOnly; SameSite=Lax"));
    assert_null(strstr(outcome->set_cookie, "Secure"));

    struct identity who;
    const char *cookie = gate_cookie(gate, outcome);
    assert_int_equal(gate_identify_cookie(gate->auth, cookie, NULL, false, &who), ERR_OK);
    assert_true(who.known && who.kind == IDENTITY_SESSION && uuid_compare(who.account, id) == 0);
    assert_int_equal(who.roles, BUS__ROLE__ROLE_COORDINATOR);
    assert_int_equal(gate_identify_cookie(gate->auth, cookie, NULL, true, &who), ERR_FORBIDDEN);
    assert_int_equal(gate_identify_cookie(gate->auth, cookie, session->csrf_token, true, &who), ERR_OK);

    Gateway__GetSessionRequest request = GATEWAY__GET_SESSION_REQUEST__INIT;
    outcome = gate_call(gate, "gateway.GetSession", &request.base, who);
    assert_int_equal(outcome->err, ERR_OK);
    assert_string_equal(((const Gateway__Session *)outcome->reply)->csrf_token, session->csrf_token);
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.audit where action = 'session.opened'"), 1);
}

static void test_wrong_password_and_unknown_name_are_one_answer_and_audited(void **state)
{
    struct gate *gate = *state;
    gate_make(gate, "aava", "participant");
    struct auth_call *wrong = gate_sign_in(gate, "aava", "korkea kuusi 18"), *unknown = gate_sign_in(gate, "eerik", PASSWORD);
    assert_int_equal(wrong->err, ERR_UNAUTHENTICATED);
    assert_int_equal(unknown->err, ERR_UNAUTHENTICATED);
    assert_string_equal(gate_rule(wrong), gate_rule(unknown));
    assert_null(wrong->set_cookie);
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.audit where action = 'session.refused'"), 2);
    assert_int_equal(kit_sql_int(gate->pg, "select count(*) from gateway.audit where detail like '%%aava%%' or target like '%%aava%%'"), 0);
}

static void test_guessing_is_throttled(void **state)
{
    struct gate *gate = *state;
    gate_make(gate, "aava", "participant");
    for (int i = 0; i < 5; i++)
        assert_int_equal(gate_sign_in(gate, "aava", "not this one at all")->err, ERR_UNAUTHENTICATED);
    struct auth_call *outcome = gate_sign_in(gate, "aava", PASSWORD);
    assert_int_equal(outcome->err, ERR_TOO_MANY);
    assert_string_equal(gate_rule(outcome), "account.sign-in.too-many");
    assert_in_range(outcome->retry_s, 1, 15 * 60);
    assert_true(outcome->retry_s > 14 * 60);
    gate_make(gate, "eerik", "participant");
    for (int i = 0; i < 8; i++) /* a right password costs no try */
        assert_int_equal(gate_sign_in(gate, "eerik", PASSWORD)->err, ERR_OK);
}

static void test_sign_out_ends_the_session_here_and_elsewhere(void **state)
{
    struct gate *gate = *state;
    struct auth *other = NULL;
    gate_make(gate, "aava", "participant");
    gate_open(gate, &other, 20);
    const char *cookie = gate_cookie(gate, gate_sign_in(gate, "aava", PASSWORD));
    struct identity who, again;
    assert_int_equal(gate_identify_cookie(other, cookie, NULL, false, &who), ERR_OK);
    Gateway__SignOutRequest request = GATEWAY__SIGN_OUT_REQUEST__INIT;
    struct auth_call *outcome = gate_call(gate, "SignOut", &request.base, who);
    assert_int_equal(outcome->err, ERR_OK);
    assert_non_null(strstr(outcome->set_cookie, "Max-Age=0"));
    assert_int_equal(gate_identify_cookie(gate->auth, cookie, NULL, false, &again), ERR_UNAUTHENTICATED);
    const int64_t until = time_steady_us() + 5 * TIME_SECOND;
    while (gate_identify_cookie(other, cookie, NULL, false, &again) == ERR_OK && time_steady_us() < until)
        uv_run(&gate->loop, UV_RUN_ONCE);
    assert_int_equal(gate_identify_cookie(other, cookie, NULL, false, &again), ERR_UNAUTHENTICATED);
    auth_close(other);
    uv_run(&gate->loop, UV_RUN_NOWAIT);
    auth_free(other);
    /* A gateway that starts later knows it from the first moment. */
    gate_open(gate, &other, 1000000);
    assert_int_equal(gate_identify_cookie(other, cookie, NULL, false, &again), ERR_UNAUTHENTICATED);
    auth_close(other);
    uv_run(&gate->loop, UV_RUN_NOWAIT);
    auth_free(other);
}

static void test_changed_password_ends_other_sessions(void **state)
{
    struct gate *gate = *state;
    gate_make(gate, "aava", "participant");
    const char *mine = gate_cookie(gate, gate_sign_in(gate, "aava", PASSWORD)),
               *elsewhere = gate_cookie(gate, gate_sign_in(gate, "aava", PASSWORD));
    struct identity who;
    assert_int_equal(gate_identify_cookie(gate->auth, mine, NULL, false, &who), ERR_OK);
    Gateway__ChangePasswordRequest request = GATEWAY__CHANGE_PASSWORD_REQUEST__INIT;
    request.old_password = "wrong";
    request.new_password = "matala kuusi 18";
    assert_string_equal(gate_rule(gate_call(gate, "ChangePassword", &request.base, who)), "account.password.old-wrong");
    assert_int_equal(
        kit_sql_int(gate->pg, "select count(*) from gateway.audit where action = 'account.password.refused' and actor is not null"), 1);
    request.old_password = PASSWORD;
    request.new_password = "short";
    struct auth_call *outcome = gate_call(gate, "ChangePassword", &request.base, who);
    assert_string_equal(gate_rule(outcome), "account.password.short");
    assert_string_equal(outcome->problem->field, "newPassword");
    request.new_password = "matala kuusi 18";
    outcome = gate_call(gate, "ChangePassword", &request.base, who);
    assert_int_equal(outcome->err, ERR_OK);
    assert_int_equal(gate_identify_cookie(gate->auth, elsewhere, NULL, false, &who), ERR_UNAUTHENTICATED);
    assert_int_equal(gate_identify_cookie(gate->auth, gate_cookie(gate, outcome), NULL, false, &who), ERR_OK);
    assert_int_equal(gate_sign_in(gate, "aava", PASSWORD)->err, ERR_UNAUTHENTICATED);
    assert_int_equal(gate_sign_in(gate, "aava", "matala kuusi 18")->err, ERR_OK);
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
                                      .done = gate_done,
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
        cmocka_unit_test_setup_teardown(test_sign_in_gives_a_session_that_is_known, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_wrong_password_and_unknown_name_are_one_answer_and_audited, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_guessing_is_throttled, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_sign_out_ends_the_session_here_and_elsewhere, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_changed_password_ends_other_sessions, gate_set_up, gate_tear_down),
        cmocka_unit_test_setup_teardown(test_too_many_waiting_is_busy_and_done_comes_once, gate_set_up, gate_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
