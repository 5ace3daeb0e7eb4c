/* Sessions and API tokens: what was signed is known again, and nothing else is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "services/gateway/auth/session.h"
#include "services/gateway/auth/token.h"

#define NOW 1785571200000000LL

static const struct credential CREDENTIAL = {
    .id = {{1, 2, 3}}, .account = {{4, 5, 6}}, .roles = 3, .issued_us = NOW, .expires_us = NOW + 1000};

static struct sign_keys keys(const char *secret)
{
    return sign_keys_from(span_text(secret));
}
static struct sign_keys ours(void)
{
    return keys("one session key of 32 bytes long");
}

static void assert_same(const struct credential *got)
{
    assert_memory_equal(got->id.b, CREDENTIAL.id.b, 16);
    assert_memory_equal(got->account.b, CREDENTIAL.account.b, 16);
    assert_int_equal(got->roles, CREDENTIAL.roles);
    assert_true(got->issued_us == CREDENTIAL.issued_us && got->expires_us == CREDENTIAL.expires_us);
}

static void test_session_is_known_until_it_expires(void **state)
{
    (void)state;
    const struct sign_keys mine = ours();
    struct credential got;
    char text[SESSION_TEXT];
    session_text(&mine, &CREDENTIAL, text);
    assert_int_equal(strlen(text), SESSION_TEXT - 1);
    assert_true(session_read(&mine, span_text(text), NOW, &got));
    assert_same(&got);
    assert_true(session_read(&mine, span_text(text), NOW + 999, &got));
    assert_false(session_read(&mine, span_text(text), NOW + 1000, &got));
}

static void test_token_is_known_until_it_expires(void **state)
{
    (void)state;
    const struct sign_keys mine = ours();
    struct credential got;
    char text[TOKEN_TEXT];
    token_text(&mine, &CREDENTIAL, text);
    assert_int_equal(strlen(text), TOKEN_TEXT - 1);
    assert_memory_equal(text, "hv1.", 4);
    assert_true(token_read(&mine, span_text(text), NOW + 999, &got));
    assert_same(&got);
    assert_false(token_read(&mine, span_text(text), NOW + 1000, &got));
}

/* Every character replaced by others of the alphabet, and every shorter text. */
static void test_changed_and_cut_texts_are_refused(void **state)
{
    (void)state;
    const struct sign_keys mine = ours();
    struct credential got;
    char session[SESSION_TEXT], token[TOKEN_TEXT];
    session_text(&mine, &CREDENTIAL, session);
    token_text(&mine, &CREDENTIAL, token);
    for (size_t i = 0; i < sizeof session - 1; i++) {
        const char was = session[i];
        assert_false(session_read(&mine, span_of(session, i), NOW, &got));
        for (const char *other = "AB-_9.=+ "; *other; other++) {
            session[i] = *other;
            assert_true(*other == was || !session_read(&mine, span_text(session), NOW, &got));
        }
        session[i] = was;
    }
    for (size_t i = 0; i < sizeof token - 1; i++) {
        const char was = token[i];
        assert_false(token_read(&mine, span_of(token, i), NOW, &got));
        for (const char *other = "AB-_9.=+ "; *other; other++) {
            token[i] = *other;
            assert_true(*other == was || !token_read(&mine, span_text(token), NOW, &got));
        }
        token[i] = was;
    }
    assert_true(session_read(&mine, span_text(session), NOW, &got) && token_read(&mine, span_text(token), NOW, &got));
    assert_false(session_read(&mine, span_text("AAAA"), NOW, &got));
    assert_false(session_read(&mine, span_of(NULL, 0), NOW, &got));
    assert_false(token_read(&mine, span_of(NULL, 0), NOW, &got));
}

static void test_other_keys_and_other_kinds_are_refused(void **state)
{
    (void)state;
    const struct sign_keys mine = ours(), theirs = keys("another session key, 32 bytes too");
    struct credential got;
    char session[SESSION_TEXT], token[TOKEN_TEXT], text[TOKEN_TEXT];
    session_text(&theirs, &CREDENTIAL, session);
    token_text(&theirs, &CREDENTIAL, token);
    assert_false(session_read(&mine, span_text(session), NOW, &got));
    assert_false(token_read(&mine, span_text(token), NOW, &got));

    /* The same bytes under the session's MAC do not make a token: each kind has a key of its own. */
    uint8_t bytes[CREDENTIAL_SIZE];
    credential_pack(&CREDENTIAL, bytes);
    const struct hash mac = sign_mac(&mine.session, span_of(bytes, sizeof bytes));
    memcpy(text, "hv1.", 4);
    sign_text(span_of(bytes, sizeof bytes), text + 4);
    text[4 + SIGN_TEXT(CREDENTIAL_SIZE) - 1] = '.';
    sign_text(span_of(mac.b, HASH_SIZE), text + 4 + SIGN_TEXT(CREDENTIAL_SIZE));
    assert_int_equal(strlen(text), TOKEN_TEXT - 1);
    assert_false(token_read(&mine, span_text(text), NOW, &got));
}

static void test_another_layout_is_refused(void **state)
{
    (void)state;
    uint8_t bytes[CREDENTIAL_SIZE];
    struct credential got;
    credential_pack(&CREDENTIAL, bytes);
    assert_true(credential_unpack(bytes, &got));
    bytes[0] = 2;
    assert_false(credential_unpack(bytes, &got));
}

static void test_csrf_token_belongs_to_one_session(void **state)
{
    (void)state;
    const struct sign_keys mine = ours();
    const struct uuid other = {{9}};
    char token[SESSION_CSRF_TEXT];
    session_csrf(&mine, CREDENTIAL.id, token);
    assert_true(session_csrf_right(&mine, CREDENTIAL.id, token));
    assert_false(session_csrf_right(&mine, other, token));
    assert_false(session_csrf_right(&mine, CREDENTIAL.id, NULL));
    assert_false(session_csrf_right(&mine, CREDENTIAL.id, ""));
    token[5] = token[5] == 'A' ? 'B' : 'A';
    assert_false(session_csrf_right(&mine, CREDENTIAL.id, token));
}

static void test_cookie_is_found_among_others(void **state)
{
    (void)state;
    static const struct {
        const char *header, *value; /* NULL: not there */
    } CASES[] = {
        {"hv_session=abc", "abc"},
        {"a=b; hv_session=abc", "abc"},
        {"a=b;hv_session=abc;c=d", "abc"},
        {"hv_session=", ""},
        {"xhv_session=abc", NULL},
        {"hv_session2=abc", NULL},
        {"a=hv_session=abc", NULL},
        {"", NULL},
        {"hv_session=one; hv_session=two", "one"},
        {"; ;; ", NULL},
        {NULL, NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct span value;
        assert_int_equal(session_cookie(CASES[i].header, &value), CASES[i].value != NULL);
        if (CASES[i].value)
            assert_true(span_equal(value, span_text(CASES[i].value)));
    }
}

static void test_set_cookie_says_how_it_may_travel(void **state)
{
    (void)state;
    const struct sign_keys mine = ours();
    struct arena *arena = arena_new(1024);
    const char *plain = session_set_cookie(arena, &mine, &CREDENTIAL, false), *https = session_set_cookie(arena, &mine, &CREDENTIAL, true);
    assert_non_null(strstr(plain, "; Path=/; HttpOnly; SameSite=Lax; Max-Age="));
    assert_null(strstr(plain, "Secure"));
    assert_non_null(strstr(https, "; Secure"));
    assert_string_equal(session_set_cookie(arena, &mine, NULL, true), "hv_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure");
    arena_free(arena);
}

static void test_bearer_scheme(void **state)
{
    (void)state;
    struct span token;
    assert_true(token_bearer("Bearer abc", &token) && span_equal(token, span_text("abc")));
    assert_true(token_bearer("bearer  abc", &token) && span_equal(token, span_text("abc")));
    assert_false(token_bearer("Basic abc", &token));
    assert_false(token_bearer("Bearerabc", &token));
    assert_false(token_bearer("", &token));
    assert_false(token_bearer(NULL, &token));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_session_is_known_until_it_expires),
        cmocka_unit_test(test_token_is_known_until_it_expires),
        cmocka_unit_test(test_changed_and_cut_texts_are_refused),
        cmocka_unit_test(test_other_keys_and_other_kinds_are_refused),
        cmocka_unit_test(test_another_layout_is_refused),
        cmocka_unit_test(test_csrf_token_belongs_to_one_session),
        cmocka_unit_test(test_cookie_is_found_among_others),
        cmocka_unit_test(test_set_cookie_says_how_it_may_travel),
        cmocka_unit_test(test_bearer_scheme),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
