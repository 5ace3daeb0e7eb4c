/* Sums and shares of money: exact to the cent, and never past their bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/money.h"

static void test_amounts_have_bounds(void **state)
{
    (void)state;
    assert_true(money_valid(0));
    assert_true(money_valid(MONEY_MAX));
    assert_false(money_valid(-1));
    assert_false(money_valid(MONEY_MAX + 1));
    assert_false(money_valid(INT64_MIN));
}

static void test_a_sum_never_overflows(void **state)
{
    int64_t sum = MONEY_MAX - 1;
    (void)state;
    assert_true(money_add(&sum, 1));
    assert_int_equal(sum, MONEY_MAX);
    assert_false(money_add(&sum, 1));
    assert_false(money_add(&sum, INT64_MAX));
    assert_false(money_add(&sum, -1));
    assert_int_equal(sum, MONEY_MAX);
}

static void test_own_financing_is_rounded_up(void **state)
{
    (void)state;
    assert_int_equal(money_permille_up(0, 50), 0);
    assert_int_equal(money_permille_up(1, 1), 1);
    assert_int_equal(money_permille_up(1000, 50), 50);
    assert_int_equal(money_permille_up(1001, 50), 51);
    assert_int_equal(money_permille_up(40105200, 1000), 40105200);
    assert_int_equal(money_permille_up(MONEY_MAX, 999), MONEY_MAX / 1000 * 999);
    for (int64_t cents = 0; cents < 5000; cents++) /* never less than the share, and less than a cent more */
        for (int32_t permille = 0; permille <= 1000; permille += 37) {
            const int64_t own = money_permille_up(cents, permille);
            assert_true(own * 1000 >= cents * permille && (own - 1) * 1000 < cents * permille);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_amounts_have_bounds),
        cmocka_unit_test(test_a_sum_never_overflows),
        cmocka_unit_test(test_own_financing_is_rounded_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
