/* What stands in the way of strangers without asking the database: withdrawals, the count of failed sign-ins, passwords. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "services/gateway/auth/account.h"
#include "services/gateway/auth/page.h"
#include "services/gateway/auth/password.h"
#include "services/gateway/auth/throttle.h"
#include "services/gateway/auth/withdrawal.h"

#define NOW 1785571200000000LL

static struct uuid id_of(uint32_t number)
{
    return uuid_from((struct uuid){{7}}, span_of(&number, sizeof number));
}

static struct credential credential(uint32_t id, uint32_t account)
{
    return (struct credential){.id = id_of(id), .account = id_of(account), .roles = 7, .issued_us = NOW, .expires_us = NOW + 1000};
}

static void test_withdrawn_credentials_are_refused_and_only_those(void **state)
{
    (void)state;
    enum { MANY = 5000 };
    struct withdrawals *withdrawals = withdrawals_new();
    for (uint32_t i = 0; i < MANY; i++)
        withdrawals_add(withdrawals, &(struct withdrawal){.id = id_of(2 * i), .expires_us = NOW + i});
    withdrawals_add(withdrawals, &(struct withdrawal){.id = id_of(0), .expires_us = NOW});
    assert_int_equal(withdrawals_count(withdrawals), MANY);
    for (uint32_t i = 0; i < 2 * MANY; i++) {
        struct credential one = credential(i, 1000000);
        assert_int_equal(withdrawals_allow(withdrawals, i % 4 == 0, &one), i % 2 == 1);
    }
    withdrawals_purge(withdrawals, NOW + 100); /* expired ones are void by themselves */
    assert_int_equal(withdrawals_count(withdrawals), MANY - 101);
    struct credential late = credential(2 * (MANY - 1), 1000000);
    assert_false(withdrawals_allow(withdrawals, true, &late));
    withdrawals_free(withdrawals);
}

static void test_changed_accounts_lose_what_they_may_no_more(void **state)
{
    (void)state;
    struct withdrawals *withdrawals = withdrawals_new();
    struct credential one = credential(1, 2);
    withdrawals_add(withdrawals, &(struct withdrawal){.id = id_of(2), .is_account = true, .roles = 1});
    assert_true(withdrawals_allow(withdrawals, true, &one));
    assert_int_equal(one.roles, 1);
    one = credential(1, 2);
    one.roles = 2;
    assert_true(withdrawals_allow(withdrawals, false, &one));
    assert_int_equal(one.roles, 0); /* never more than it had */
    withdrawals_add(withdrawals, &(struct withdrawal){.id = id_of(2), .is_account = true, .roles = 7, .sessions_from_us = NOW + 1});
    one = credential(1, 2);
    assert_false(withdrawals_allow(withdrawals, true, &one));
    assert_true(withdrawals_allow(withdrawals, false, &one)); /* tokens do not hang on the password */
    one.issued_us = NOW + 1;
    assert_true(withdrawals_allow(withdrawals, true, &one));
    withdrawals_add(withdrawals, &(struct withdrawal){.id = id_of(2), .is_account = true, .roles = 7, .closed = true});
    assert_false(withdrawals_allow(withdrawals, false, &one));
    withdrawals_purge(withdrawals, NOW * 2);
    assert_false(withdrawals_allow(withdrawals, false, &one)); /* accounts are never forgotten */
    withdrawals_free(withdrawals);
}

static void test_throttle_counts_pair_account_and_address(void **state)
{
    (void)state;
    const struct hash key = {{1}};
    const struct span aava = span_text("aava"), home = span_text("192.0.2.1");
    struct throttle *throttle = throttle_new(&key);
    char text[32];
    for (int i = 0; i < THROTTLE_PAIR_MOST; i++)
        assert_true(throttle_begin(throttle, aava, home, NOW + i));
    assert_int_equal(throttle_wait_s(throttle, span_text("eerik"), home, NOW + 10), 0);
    assert_false(throttle_begin(throttle, aava, home, NOW + 10));
    assert_int_equal(throttle_wait_s(throttle, aava, home, NOW + 60 * 1000000LL), 14 * 60); /* what Retry-After says */
    assert_true(throttle_begin(throttle, aava, span_text("192.0.2.2"), NOW + 11));          /* the person elsewhere still may */
    assert_true(throttle_begin(throttle, span_text("eerik"), home, NOW + 12));
    throttle_forgive(throttle, aava, home); /* one was right */
    assert_true(throttle_begin(throttle, aava, home, NOW + 13));
    assert_false(throttle_begin(throttle, aava, home, NOW + THROTTLE_WINDOW_US - 1));
    assert_true(throttle_begin(throttle, aava, home, NOW + THROTTLE_WINDOW_US));

    int taken = 0;
    for (int i = 0; i < 2 * THROTTLE_ADDRESS_MOST; i++) {
        (void)snprintf(text, sizeof text, "name-%d", i);
        taken += throttle_begin(throttle, span_text(text), span_text("192.0.2.99"), NOW) ? 1 : 0;
    }
    assert_int_equal(taken, THROTTLE_ADDRESS_MOST);
    taken = 0;
    for (int i = 0; i < 2 * THROTTLE_ACCOUNT_MOST; i++) {
        (void)snprintf(text, sizeof text, "198.51.100.%d", i);
        taken += throttle_begin(throttle, span_text("victim"), span_text(text), NOW) ? 1 : 0;
    }
    assert_int_equal(taken, THROTTLE_ACCOUNT_MOST);
    throttle_free(throttle);
}

static void test_passwords_are_kept_as_argon2id(void **state)
{
    (void)state;
    char one[PASSWORD_TEXT], two[PASSWORD_TEXT];
    password_hash("korkea kuusi 17", one);
    password_hash("korkea kuusi 17", two);
    assert_memory_equal(one, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
    assert_string_not_equal(one, two);
    assert_true(password_right(one, "korkea kuusi 17"));
    assert_false(password_right(one, "korkea kuusi 18"));
    assert_false(password_right(one, ""));
    assert_false(password_right(NULL, "korkea kuusi 17"));
}

static void test_password_rules(void **state)
{
    (void)state;
    char many[PASSWORD_MOST + 2];
    for (size_t i = 0; i < sizeof many; i++)
        many[i] = (char)('a' + i % 20);
    many[sizeof many - 1] = 0;
    assert_int_equal(password_check("abcdefghijk", "x-y"), PASSWORD_SHORT);
    assert_int_equal(password_check("abcdefghijkl", "x-y"), PASSWORD_GOOD);
    assert_int_equal(password_check("äöåäöåäöåäö", "x-y"), PASSWORD_SHORT); /* 11 characters, 22 bytes */
    assert_int_equal(password_check("abcdabcdabcd", "x-y"), PASSWORD_SIMPLE);
    assert_int_equal(password_check("abcdeabcdeab", "x-y"), PASSWORD_GOOD);
    assert_int_equal(password_check("this is aava.l indeed", "aava.l"), PASSWORD_NAMED);
    assert_int_equal(password_check(many, "x-y"), PASSWORD_LONG);
    many[PASSWORD_MOST] = 0;
    assert_int_equal(password_check(many, "x-y"), PASSWORD_GOOD);
}

static void test_user_names_and_roles(void **state)
{
    (void)state;
    char *both[] = {"participant", "admin"}, *unknown[] = {"participant", "owner"}, **names = NULL;
    char longest[102];
    memset(longest, 'a', sizeof longest);
    longest[101] = 0;
    assert_false(account_name_good(longest));
    longest[100] = 0;
    assert_true(account_name_good(longest));
    assert_true(account_name_good("a.b") && account_name_good("aava_2@example.fi"));
    assert_false(account_name_good("ab") || account_name_good("Aava") || account_name_good("aava l") || account_name_good("ääva"));
    assert_int_equal(account_role_bits(2, both), BUS__ROLE__ROLE_PARTICIPANT | BUS__ROLE__ROLE_ADMIN);
    assert_int_equal(account_role_bits(2, unknown), 0);
    assert_int_equal(account_role_bits(0, NULL), 0);
    struct arena *arena = arena_new(512);
    assert_int_equal(account_role_names(arena, BUS__ROLE__ROLE_PARTICIPANT | BUS__ROLE__ROLE_ADMIN, &names), 2);
    assert_string_equal(names[1], "admin");
    char *board[] = {"secretary", "board-member"};
    assert_int_equal(account_role_bits(2, board), BUS__ROLE__ROLE_SECRETARY | BUS__ROLE__ROLE_BOARD_MEMBER);
    assert_int_equal(account_role_names(arena, 1023, &names), 10); /* every role has a name, and the name has its bit */
    assert_int_equal(account_role_bits(10, names), 1023);
    arena_free(arena);
    assert_int_equal(page_size(0), 50);
    assert_int_equal(page_size(1), 1);
    assert_int_equal(page_size(100000), 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_withdrawn_credentials_are_refused_and_only_those),
        cmocka_unit_test(test_changed_accounts_lose_what_they_may_no_more),
        cmocka_unit_test(test_throttle_counts_pair_account_and_address),
        cmocka_unit_test(test_passwords_are_kept_as_argon2id),
        cmocka_unit_test(test_password_rules),
        cmocka_unit_test(test_user_names_and_roles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
