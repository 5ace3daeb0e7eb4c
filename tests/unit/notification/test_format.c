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

static void expect_style(enum language language, enum pattern_style style, const char *words)
{
    struct manner manner = format_manner(format, language);
    char out[FORMAT_TEXT];

    assert_string_equal(manner.moment(manner.own, at("2024-09-19T06:05:00Z"), style, out, sizeof out), words);
}

static void test_format_styles(void **state)
{
    (void)state;
    expect_style(LANGUAGE_FI, STYLE_USUAL, "torstai 19.9.2024 klo 9.05");
    expect_style(LANGUAGE_FI, STYLE_DATE_FULL, "torstaina 19. syyskuuta 2024");
    expect_style(LANGUAGE_FI, STYLE_DATE_LONG, "19. syyskuuta 2024");
    expect_style(LANGUAGE_FI, STYLE_DATE_MEDIUM, "19.9.2024");
    expect_style(LANGUAGE_FI, STYLE_TIME, "9.05");
    expect_style(LANGUAGE_SV, STYLE_DATE_LONG, "19 september 2024");
    expect_style(LANGUAGE_EN, STYLE_DATE_LONG, "19 September 2024");
    expect_style(LANGUAGE_EN, STYLE_DATE_SHORT, "19/09/2024");
}

static void expect_number(enum language language, int64_t number, bool tenths, const char *words)
{
    struct manner manner = format_manner(format, language);
    char out[FORMAT_TEXT];

    assert_string_equal(manner.number(manner.own, number, tenths, out, sizeof out), words);
}

static void test_format_numbers(void **state)
{
    (void)state;
    expect_number(LANGUAGE_FI, 7, false, "7");
    expect_number(LANGUAGE_FI, 1234567, false, "1\u00a0234\u00a0567");
    expect_number(LANGUAGE_SV, 1234567, false, "1\u00a0234\u00a0567");
    expect_number(LANGUAGE_EN, 1234567, false, "1,234,567");
    expect_number(LANGUAGE_EN, INT64_MAX, false, "9,223,372,036,854,775,807");
    expect_number(LANGUAGE_FI, 25, true, "2,5");
    expect_number(LANGUAGE_EN, 25, true, "2.5");
    expect_number(LANGUAGE_FI, 50, true, "5");
    expect_number(LANGUAGE_EN, -5, true, "-0.5");
}

static void expect_money(enum language language, int64_t cents, const char *words)
{
    struct manner manner = format_manner(format, language);
    char out[FORMAT_TEXT];

    assert_string_equal(manner.money(manner.own, cents, out, sizeof out), words);
}

static void test_format_money(void **state)
{
    (void)state;
    expect_money(LANGUAGE_FI, 123450, "1\u00a0234,50\u00a0€");
    expect_money(LANGUAGE_SV, 123450, "1\u00a0234,50\u00a0€");
    expect_money(LANGUAGE_EN, 123450, "€1,234.50");
    expect_money(LANGUAGE_EN, 5, "€0.05");
    expect_money(LANGUAGE_EN, 0, "€0.00");
    expect_money(LANGUAGE_EN, 900719925474099301, "€9,007,199,254,740,993.01"); /* more than a double holds */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_format_languages),    /* the form of each language */
        cmocka_unit_test(test_format_finnish_time), /* Helsinki's time, over midnight and over the change of clocks */
        cmocka_unit_test(test_format_span),         /* the same day, several days, no end */
        cmocka_unit_test(test_format_nothing),      /* no moment, no words */
        cmocka_unit_test(test_format_styles),       /* the styles of patterns */
        cmocka_unit_test(test_format_numbers),      /* separators of the language; one decimal where tenths are counted */
        cmocka_unit_test(test_format_money),        /* euros, to the cent */
    };

    return cmocka_run_group_tests(tests, open_format, close_format);
}
