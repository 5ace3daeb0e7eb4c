/* Working days and the Helsinki clock, against dates known from calendars. */
#include "common/base/workday.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "common/base/time.h"

static int64_t at(const char *text)
{
    int64_t us = 0;
    if (!time_parse(&us, span_text(text)))
        fail_msg("not a time: %s", text);
    return us;
}

static void same(int64_t got, const char *expected, const char *what)
{
    char text[TIME_TEXT];
    if (got == at(expected))
        return;
    time_format(got, text);
    fail_msg("%s: %s instead of %s", what, text, expected);
}

static int64_t noon(const char *date)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%sT12:00:00+02:00", date);
    return at(text);
}

static void test_offset_switches(void **state)
{
    static const struct {
        const char *spring, *autumn; /* the first moments of summer and of winter time */
    } years[] = {{"2024-03-31T01:00:00Z", "2024-10-27T01:00:00Z"}, {"2025-03-30T01:00:00Z", "2025-10-26T01:00:00Z"},
                 {"2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"}, {"2027-03-28T01:00:00Z", "2027-10-31T01:00:00Z"},
                 {"2028-03-26T01:00:00Z", "2028-10-29T01:00:00Z"}, {"2030-03-31T01:00:00Z", "2030-10-27T01:00:00Z"}};
    (void)state;
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        assert_int_equal(helsinki_offset_us(at(years[i].spring) - 1), 2 * TIME_HOUR);
        assert_int_equal(helsinki_offset_us(at(years[i].spring)), 3 * TIME_HOUR);
        assert_int_equal(helsinki_offset_us(at(years[i].autumn) - 1), 3 * TIME_HOUR);
        assert_int_equal(helsinki_offset_us(at(years[i].autumn)), 2 * TIME_HOUR);
    }
    assert_int_equal(helsinki_offset_us(at("2026-01-01T00:00:00+02:00")), 2 * TIME_HOUR);
    assert_int_equal(helsinki_offset_us(at("2026-12-31T23:59:59+02:00")), 2 * TIME_HOUR);
}

static void test_holidays(void **state)
{
    static const char *const off[] = {/* Good Friday, Easter Monday and Ascension Day of 2024 to 2030 */
                                      "2024-03-29", "2024-04-01", "2024-05-09", "2025-04-18", "2025-04-21", "2025-05-29", "2026-04-03",
                                      "2026-04-06", "2026-05-14", "2027-03-26", "2027-03-29", "2027-05-06", "2028-04-14", "2028-04-17",
                                      "2028-05-25", "2029-03-30", "2029-04-02", "2029-05-10", "2030-04-19", "2030-04-22", "2030-05-30",
                                      /* Midsummer Eve of the same years */
                                      "2024-06-21", "2025-06-20", "2026-06-19", "2027-06-25", "2028-06-23", "2029-06-22", "2030-06-21",
                                      /* those with a date of their own, on days that are not a weekend's */
                                      "2026-01-01", "2026-01-06", "2026-05-01", "2027-12-06", "2026-12-24", "2026-12-25", "2024-12-26",
                                      /* a Saturday and a Sunday */
                                      "2026-03-07", "2026-03-08"};
    static const char *const on[] = {"2024-03-28", "2024-04-02", "2024-05-08", "2024-05-10", "2025-04-17", "2025-04-22", "2026-04-02",
                                     "2026-04-07", "2026-05-15", "2026-06-18", "2026-06-22", "2026-06-26", "2027-06-18", "2026-01-02",
                                     "2026-01-05", "2026-01-07", "2026-04-30", "2026-12-23", "2026-12-28", "2026-12-07", "2028-02-29"};
    (void)state;
    for (size_t i = 0; i < sizeof off / sizeof *off; i++)
        if (workday_is(noon(off[i])))
            fail_msg("%s is a holiday", off[i]);
    for (size_t i = 0; i < sizeof on / sizeof *on; i++)
        if (!workday_is(noon(on[i])))
            fail_msg("%s is a working day", on[i]);
}

static void test_day_is_helsinkis(void **state)
{
    (void)state;
    assert_false(workday_is(at("2026-03-08T21:59:59.999999Z"))); /* Sunday to its last microsecond, winter time */
    assert_true(workday_is(at("2026-03-08T22:00:00Z")));         /* Monday */
    assert_false(workday_is(at("2026-07-05T20:59:59.999999Z"))); /* the same in summer time */
    assert_true(workday_is(at("2026-07-05T21:00:00Z")));
    assert_false(workday_is(at("2026-03-29T20:59:59.999999Z"))); /* the Sunday on which summer time began */
    assert_true(workday_is(at("2026-03-29T21:00:00Z")));
}

static void test_add_hours(void **state)
{
    static const struct {
        const char *from;
        uint32_t hours;
        const char *to;
    } rows[] = {
        {"2026-03-03T10:00:00+02:00", 0, "2026-03-03T10:00:00+02:00"},
        {"2026-03-03T10:00:00+02:00", 48, "2026-03-05T10:00:00+02:00"},
        {"2026-03-06T10:00:00+02:00", 24, "2026-03-09T10:00:00+02:00"}, /* over a weekend */
        {"2026-03-06T10:00:00+02:00", 13, "2026-03-06T23:00:00+02:00"},
        {"2026-03-06T10:00:00+02:00", 14, "2026-03-09T00:00:00+02:00"}, /* Friday's end is not Saturday: Monday begins */
        {"2026-03-07T10:00:00+02:00", 0, "2026-03-09T00:00:00+02:00"},  /* on a Saturday: the next working day begins */
        {"2026-03-08T23:59:59+02:00", 24, "2026-03-10T00:00:00+02:00"},
        {"2026-03-27T12:00:00+02:00", 24, "2026-03-30T12:00:00+03:00"}, /* over the beginning of summer time */
        {"2026-10-23T12:00:00+03:00", 24, "2026-10-26T12:00:00+02:00"}, /* and its end */
        {"2026-04-02T12:00:00+03:00", 24, "2026-04-07T12:00:00+03:00"}, /* Easter: four days off */
        {"2026-06-18T12:00:00+03:00", 48, "2026-06-23T12:00:00+03:00"}, /* Midsummer */
        {"2026-12-23T12:00:00+02:00", 24, "2026-12-28T12:00:00+02:00"}, /* Christmas, and the weekend after it */
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        same(workday_add_hours(at(rows[i].from), rows[i].hours), rows[i].to, rows[i].from);
}

/* Whatever the moment and the hours: never on a day off, never before, and one hour more is never earlier. */
static void test_add_hours_always(void **state)
{
    (void)state;
    for (int64_t from = at("2026-01-01T00:00:00Z"); from < at("2027-02-01T00:00:00Z"); from += 7 * TIME_HOUR + 11 * TIME_SECOND) {
        int64_t before = from;
        for (uint32_t hours = 0; hours <= 120; hours += 5) {
            const int64_t due = workday_add_hours(from, hours);
            assert_true(workday_is(due));
            assert_true(due >= before && due >= from + (int64_t)hours * TIME_HOUR);
            before = due;
        }
    }
}

static void test_period_end(void **state)
{
    (void)state;
    same(workday_period_end(at("2026-03-02T15:00:00+02:00"), 3), "2026-03-06T00:00:00+02:00", "Monday and three days: Thursday's end");
    same(workday_period_end(at("2026-03-02T15:00:00+02:00"), 5), "2026-03-10T00:00:00+02:00", "to a Saturday: Monday's end");
    same(workday_period_end(at("2026-03-20T00:00:00+02:00"), 14), "2026-04-08T00:00:00+03:00", "to Good Friday: Tuesday's end");
    same(workday_period_end(at("2026-03-02T23:59:59.999999+02:00"), 0), "2026-03-03T00:00:00+02:00", "no days: the same day's end");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_offset_switches),  /* last Sundays of March and October, 01:00 UTC, to the microsecond */
        cmocka_unit_test(test_holidays),         /* Easter 2024-2030, Midsummer Eve, the fixed days; and the days around them */
        cmocka_unit_test(test_day_is_helsinkis), /* a day begins at midnight in Helsinki, in winter and summer */
        cmocka_unit_test(test_add_hours),        /* over weekends, Easter, Midsummer, Christmas and both switches */
        cmocka_unit_test(test_add_hours_always), /* thirteen months: never on a day off, never decreasing */
        cmocka_unit_test(test_period_end)        /* the last day moves to the next working day */
    };
    return cmocka_run_group_tests_name("workday", tests, NULL, NULL);
}
