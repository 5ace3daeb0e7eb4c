/* Moments in words, in Finnish time, summer and winter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/notification/outbound/format.h"

static struct format *format;

static int open_format(void **state)
{
    (void)state;
    return format_open(&format) == ERR_OK ? 0 : -1;
}

static int close_format(void **state)
{
    (void)state;
    format_close(format);
    return 0;
}

static int64_t at(const char *text)
{
    int64_t us;

    assert_true(time_parse(&us, span_text(text)));
    return us;
}

static void expect_moment(enum language language, const char *time, const char *words)
{
    char out[FORMAT_TEXT];

    assert_string_equal(format_moment(format, language, at(time), out), words);
}

static void test_format_languages(void **state)
{
    (void)state;
    expect_moment(LANGUAGE_FI, "2024-09-19T06:00:00Z", "torstai 19.9.2024 klo 9.00");
    expect_moment(LANGUAGE_SV, "2024-09-19T06:00:00Z", "torsdag 19.9.2024 kl. 9.00");
    expect_moment(LANGUAGE_EN, "2024-09-19T06:00:00Z", "Thursday 19 September 2024 at 9:00");
}

static void test_format_finnish_time(void **state)
{
    (void)state;
    expect_moment(LANGUAGE_FI, "2025-01-30T07:05:00Z", "torstai 30.1.2025 klo 9.05");
    expect_moment(LANGUAGE_FI, "2024-12-31T22:00:00Z", "keskiviikko 1.1.2025 klo 0.00");
    expect_moment(LANGUAGE_FI, "2025-03-30T00:59:59Z", "sunnuntai 30.3.2025 klo 2.59"); /* the last second of winter time */
    expect_moment(LANGUAGE_FI, "2025-03-30T01:00:00Z", "sunnuntai 30.3.2025 klo 4.00");
}

static void test_format_span(void **state)
{
    char out[FORMAT_TEXT];

    (void)state;
    assert_string_equal(format_span(format, LANGUAGE_FI, at("2024-09-19T06:00:00Z"), at("2024-09-19T08:30:00Z"), out),
                        "torstai 19.9.2024 klo 9.00–11.30");
    assert_string_equal(format_span(format, LANGUAGE_SV, at("2024-09-19T06:00:00Z"), at("2024-09-20T08:30:00Z"), out),
                        "torsdag 19.9.2024 kl. 9.00 – fredag 20.9.2024 kl. 11.30");
    assert_string_equal(format_span(format, LANGUAGE_EN, at("2024-09-19T06:00:00Z"), at("2024-09-19T08:30:00Z"), out),
                        "Thursday 19 September 2024, 9:00–11:30");
    assert_string_equal(format_span(format, LANGUAGE_FI, at("2024-09-19T06:00:00Z"), 0, out), "torstai 19.9.2024 klo 9.00");
}

static void test_format_nothing(void **state)
{
    char out[FORMAT_TEXT];

    (void)state;
    assert_string_equal(format_moment(format, LANGUAGE_FI, 0, out), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_format_languages),    /* the form of each language */
        cmocka_unit_test(test_format_finnish_time), /* Helsinki's time, over midnight and over the change of clocks */
        cmocka_unit_test(test_format_span),         /* the same day, several days, no end */
        cmocka_unit_test(test_format_nothing),      /* no moment, no words */
    };

    return cmocka_run_group_tests(tests, open_format, close_format);
}
