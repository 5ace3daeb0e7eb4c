/* Calendar days: there and back over four centuries, texts that are days and texts that are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/date.h"
#include "common/base/day.h"

static void test_day_every_day_of_four_centuries(void **state)
{
    int64_t previous = -1;

    (void)state;
    for (int64_t day = 0; day < 400 * 366; day++) {
        const struct date d = date_of_days(day);
        int64_t back;
        char text[DAY_TEXT];

        assert_int_equal(date_days(d.year, d.month, d.day), day);
        day_format(day, text);
        assert_true(day_parse(&back, span_text(text)));
        assert_int_equal(back, day);
        assert_int_equal(back, previous + 1);
        previous = back;
    }
}

static void test_day_known_days(void **state)
{
    int64_t day;

    (void)state;
    assert_true(day_parse(&day, span_text("1970-01-01")));
    assert_int_equal(day, 0);
    assert_int_equal(day_weekday(day), 3);
    assert_true(day_parse(&day, span_text("2020-10-15"))); /* a Thursday */
    assert_int_equal(day_weekday(day), 3);
    assert_true(day_parse(&day, span_text("2024-02-29")));
    assert_int_equal(day_weekday(day), 3);
}

static void test_day_what_is_none(void **state)
{
    static const char *const NONE[] = {"",           "2026-11-2",  "2026-02-29", "2026-04-31", "2026-13-01", "2026-00-10",
                                       "2026-11-00", "1969-12-31", "2026/11/22", "2026-1a-22", "2026-11-222"};
    int64_t day;

    (void)state;
    for (size_t i = 0; i < sizeof NONE / sizeof NONE[0]; i++)
        assert_false(day_parse(&day, span_text(NONE[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_day_every_day_of_four_centuries), /* number, date and text say the same; no day is left out */
        cmocka_unit_test(test_day_known_days),                  /* the first day, a leap day, a Thursday of 2020 */
        cmocka_unit_test(test_day_what_is_none),                /* 29 February of other years, 31 April, other shapes */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
