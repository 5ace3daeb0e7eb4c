/* Time: RFC 3339 both ways at the edges of the calendar, against the C library's own arithmetic, and the two clocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <time.h>

#include "common/base/time.h"

static void assert_parses(const char *text, int64_t us)
{
    int64_t got = -1;
    assert_true(time_parse(&got, span_text(text)));
    assert_int_equal(got, us);
}

static void test_time_parses_the_edges(void **state)
{
    (void)state;
    assert_parses("1970-01-01T00:00:00Z", 0);
    assert_parses("1970-01-01t00:00:00.000001z", 1);
    assert_parses("2000-02-29T12:00:00Z", INT64_C(951825600000000));
    assert_parses("2026-01-31T09:00:00.5+02:00", INT64_C(1769842800500000));
    assert_parses("2026-01-31T09:00:00.123456-00:30", INT64_C(1769851800123456));
    assert_parses("9999-12-31T23:59:59.999999Z", INT64_C(253402300799999999));
    assert_parses("1970-01-01T02:00:00+02:00", 0);
    assert_parses("2024-02-29T23:59:59Z", INT64_C(1709251199000000));
}

static void test_time_refuses_what_is_no_time(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "2026",
        "2026-01-31",
        "2026-01-31T09:00:00",
        "2026-01-31T09:00Z",
        "2026-1-31T09:00:00Z",
        "2026-01-31 09:00:00Z",
        "2026-02-29T00:00:00Z",
        "2100-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:60Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.1234567Z",
        "2026-01-01T00:00:00+2:00",
        "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00+02:60",
        "2026-01-01T00:00:00Zx",
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "10000-01-01T00:00:00Z",
        "-026-01-01T00:00:00Z",
        "2026-01-01T00:00:00,5Z",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t us = 7;
        if (time_parse(&us, span_text(bad[i])))
            fail_msg("took %s", bad[i]);
        assert_int_equal(us, 7);
    }
    int64_t us;
    assert_false(time_parse(&us, span_of("2026-01-31T09:00:00Z", 19)));
    assert_false(time_parse(&us, span_of(NULL, 0)));
}

static void test_time_formats_as_the_c_library_does(void **state)
{
    (void)state;
    char text[TIME_TEXT], other[TIME_TEXT];
    int64_t back;
    for (int64_t s = 0; s < INT64_C(253402300800); s += INT64_C(86400) * 13 + 12347) {
        time_t t = (time_t)s;
        struct tm tm;
        assert_non_null(gmtime_r(&t, &tm));
        assert_int_equal(strftime(other, sizeof other, "%Y-%m-%dT%H:%M:%S.000000Z", &tm), TIME_TEXT - 1);
        time_format(s * TIME_SECOND, text);
        assert_string_equal(text, other);
        assert_true(time_parse(&back, span_text(text)));
        assert_int_equal(back, s * TIME_SECOND);
    }
}

static void test_time_formats_before_1970_and_clamps_at_the_ends(void **state)
{
    (void)state;
    char text[TIME_TEXT];
    time_format(-1, text);
    assert_string_equal(text, "1969-12-31T23:59:59.999999Z");
    time_format(INT64_MAX, text);
    assert_string_equal(text, "9999-12-31T23:59:59.999999Z");
    time_format(INT64_MIN, text);
    assert_string_equal(text, "0001-01-01T00:00:00.000000Z");
}

static void test_time_clocks_go_forward(void **state)
{
    (void)state;
    int64_t before = time_steady_us(), wall = time_now_us();
    nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    assert_true(time_steady_us() - before >= 2000);
    assert_true(wall > INT64_C(1700000000) * TIME_SECOND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time_parses_the_edges),
        cmocka_unit_test(test_time_refuses_what_is_no_time),
        cmocka_unit_test(test_time_formats_as_the_c_library_does),
        cmocka_unit_test(test_time_formats_before_1970_and_clamps_at_the_ends),
        cmocka_unit_test(test_time_clocks_go_forward),
    };
    return cmocka_run_group_tests_name("time", tests, NULL, NULL);
}
