/* The promise of the last hour: a ring of minutes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/notification/domain/promise.h"

#define NOW    (20000 * TIME_DAY)
#define MINUTE (60 * TIME_SECOND)

static struct promise_hour hour;

static int empty(void **state)
{
    (void)state;
    hour = (struct promise_hour){.of = {{0}}};
    return 0;
}

static void check(int64_t now_us, uint32_t sent, uint32_t within)
{
    uint32_t s, w;

    promise_read(&hour, now_us, &s, &w);
    assert_int_equal(s, sent);
    assert_int_equal(w, within);
}

static void test_within(void **state)
{
    (void)state;
    check(NOW, 0, 0);
    promise_note(&hour, NOW, 0);
    promise_note(&hour, NOW, PROMISE_US);
    promise_note(&hour, NOW, PROMISE_US + 1);
    promise_note(&hour, NOW, -1); /* clocks of two machines */
    check(NOW, 4, 3);
}

static void test_goes_after_an_hour(void **state)
{
    (void)state;
    promise_note(&hour, NOW, 0);
    promise_note(&hour, NOW + 30 * MINUTE, 20 * TIME_SECOND);
    check(NOW + 59 * MINUTE, 2, 1);
    check(NOW + 60 * MINUTE, 1, 0);
    promise_note(&hour, NOW + 60 * MINUTE, 0); /* in the place of the first */
    check(NOW + 60 * MINUTE, 2, 1);
    check(NOW + 90 * MINUTE, 1, 1);
    check(NOW + 2000 * MINUTE, 0, 0);
}

static void test_clock_back(void **state)
{
    (void)state;
    promise_note(&hour, NOW, 0);
    check(NOW - 5 * MINUTE, 0, 0);
    check(NOW, 1, 1);
}

static void test_share(void **state)
{
    (void)state;
    assert_int_equal(promise_permille(0, 0), 1000);
    assert_int_equal(promise_permille(3, 2), 666);
    assert_int_equal(promise_permille(4000000000U, 3999999999U), 999);
    assert_false(promise_broken(0, 0));
    assert_false(promise_broken(PROMISE_FEW - 1, 0));
    assert_true(promise_broken(PROMISE_FEW, 18));
    assert_false(promise_broken(PROMISE_FEW, 19)); /* 950 of 1000 */
    assert_true(promise_broken(1000, 949));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_within, empty),             /* ten seconds to the microsecond */
        cmocka_unit_test_setup(test_goes_after_an_hour, empty), /* minute by minute; a place is used again */
        cmocka_unit_test_setup(test_clock_back, empty),         /* what lies ahead is not counted */
        cmocka_unit_test_setup(test_share, empty),              /* nothing is whole; a few are no alarm; below 950 is one */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
