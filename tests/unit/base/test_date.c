/* Dates: each day goes round, follows the one before it, and is the day calendars say. */
#include "common/base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <cmocka.h>

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* A calendar turned day by day, from 0001-01-01 to the end of 2400, beside the arithmetic. */
static void test_every_day(void **state)
{
    static const int32_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct date d = {1, 1, 1};
    (void)state;
    for (int64_t days = date_days(1, 1, 1); d.year <= 2400; days++) {
        const struct date got = date_of_days(days);
        if (got.year != d.year || got.month != d.month || got.day != d.day || date_days(d.year, d.month, d.day) != days)
            fail_msg("day %lld is not %lld-%d-%d", (long long)days, (long long)d.year, d.month, d.day);
        if (d.day++ < lengths[d.month - 1] + (d.month == 2 && is_leap(d.year)))
            continue;
        d.day = 1;
        if (d.month++ == 12)
            d = (struct date){d.year + 1, 1, 1};
    }
}

static void test_known_days(void **state)
{
    (void)state;
    assert_int_equal(date_days(1970, 1, 1), 0);
    assert_int_equal(date_days(2000, 2, 29), 11016);
    assert_int_equal(date_days(2026, 11, 22), 20779);
    assert_int_equal(date_days(1, 1, 1), -719162);
}

static void test_floor(void **state)
{
    (void)state;
    assert_int_equal(date_floor(7, 2), 3);
    assert_int_equal(date_floor(-7, 2), -4);
    assert_int_equal(date_floor(-8, 2), -4);
    assert_int_equal(date_floor(0, 2), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day),  /* 0001 to 2400, leap years and centuries */
        cmocka_unit_test(test_known_days), /* of 1970, 2000, 2026 */
        cmocka_unit_test(test_floor),      /* below zero too */
    };
    return cmocka_run_group_tests_name("base date", tests, NULL, NULL);
}
