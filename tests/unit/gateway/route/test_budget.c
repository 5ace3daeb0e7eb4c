/* The budget of writes: so many in ten seconds, each account for itself, in a table that does not grow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/gateway/route/budget.h"

#define SECOND 1000000LL
#define NOW    (1000 * SECOND)

static struct uuid account(uint32_t n)
{
    struct uuid id = {{1}};
    for (int i = 0; i < 4; i++)
        id.b[12 + i] = (uint8_t)(n >> (8 * i));
    return id;
}

static void test_so_many_and_no_more(void **state)
{
    struct budget *budget = budget_new(3);
    (void)state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(budget_take(budget, account(1), false, NOW + i * SECOND), 0);
    assert_int_equal(budget_take(budget, account(1), false, NOW + 3 * SECOND), 7);
    assert_int_equal(budget_take(budget, account(1), false, NOW + 10 * SECOND - 1), 1);
    assert_int_equal(budget_take(budget, account(1), false, NOW + 10 * SECOND), 0);
    budget_free(budget);
}

static void test_each_for_itself(void **state)
{
    struct budget *budget = budget_new(1);
    (void)state;
    assert_int_equal(budget_take(budget, account(1), false, NOW), 0);
    assert_int_not_equal(budget_take(budget, account(1), false, NOW), 0);
    assert_int_equal(budget_take(budget, account(2), false, NOW), 0);
    for (int i = 0; i < BUDGET_STAFF; i++)
        assert_int_equal(budget_take(budget, account(3), true, NOW), 0);
    assert_int_not_equal(budget_take(budget, account(3), true, NOW), 0);
    budget_free(budget);
}

static void test_no_limit(void **state)
{
    struct budget *budget = budget_new(0);
    (void)state;
    for (int i = 0; i < 1000; i++)
        assert_int_equal(budget_take(budget, account(1), false, NOW), 0);
    budget_free(budget);
}

/* More accounts than there are slots: the oldest counts go, nobody is refused for another's writes. */
static void test_a_crowd(void **state)
{
    struct budget *budget = budget_new(2);
    (void)state;
    for (uint32_t i = 0; i < 100000; i++)
        assert_int_equal(budget_take(budget, account(i), false, NOW + i), 0);
    assert_int_equal(budget_take(budget, account(99999), false, NOW + 100000), 0);
    assert_int_not_equal(budget_take(budget, account(99999), false, NOW + 100001), 0);
    budget_free(budget);
}

/* A clock that is set back does not lock anybody out. */
static void test_a_clock_set_back(void **state)
{
    struct budget *budget = budget_new(1);
    (void)state;
    assert_int_equal(budget_take(budget, account(1), false, NOW), 0);
    assert_int_equal(budget_take(budget, account(1), false, NOW - 500 * SECOND), 0);
    budget_free(budget);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_so_many_and_no_more), /* three in ten seconds, then a wait that shrinks */
        cmocka_unit_test(test_each_for_itself),     /* accounts apart, staff a hundred times as many */
        cmocka_unit_test(test_no_limit),            /* 0: none */
        cmocka_unit_test(test_a_crowd),             /* 100,000 accounts in 16,384 slots */
        cmocka_unit_test(test_a_clock_set_back),    /* a new count begins */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
