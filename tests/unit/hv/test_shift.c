/* Moving dates by whole weeks: the weekday and the clock in Finland stay, whatever summer time does in between. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/base/time.h"
#include "services/hv/shift.h"

static int64_t at(const char *text)
{
    int64_t us = 0;
    assert_true(time_parse(&us, span_text(text)));
    return us;
}

static void assert_moment(int64_t us, const char *text)
{
    char got[TIME_TEXT];
    time_format(us, got);
    assert_string_equal(got, text);
}

static void test_summer_time_begins_and_ends_as_the_directive_says(void **state)
{
    (void)state;
    static const struct {
        const char *moment;
        int hours;
    } CASES[] = {
        {"2024-03-31T00:59:59.999999Z", 2}, {"2024-03-31T01:00:00Z", 3}, {"2024-10-27T00:59:59.999999Z", 3}, {"2024-10-27T01:00:00Z", 2},
        {"2025-03-30T00:59:59Z", 2},        {"2025-03-30T01:00:00Z", 3}, {"2026-10-25T00:59:59Z", 3},        {"2026-10-25T01:00:00Z", 2},
        {"2000-03-26T01:00:00Z", 3},        {"1970-01-01T00:00:00Z", 2}, {"2027-12-31T23:59:59Z", 2},        {"2028-07-01T00:00:00Z", 3},
        {"2100-03-28T00:59:59Z", 2},        {"2100-03-28T01:00:00Z", 3},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++)
        assert_int_equal(shift_offset_us(at(CASES[i].moment)) / TIME_HOUR, CASES[i].hours);
}

static void test_weeks_keep_the_clock_in_finland(void **state)
{
    (void)state;
    const int64_t nine = at("2024-08-12T06:00:00Z"); /* 9 in the morning, summer time */
    assert_moment(shift_by_weeks(nine, 0), "2024-08-12T06:00:00.000000Z");
    assert_moment(shift_by_weeks(nine, 1), "2024-08-19T06:00:00.000000Z");
    assert_moment(shift_by_weeks(nine, 20), "2024-12-30T07:00:00.000000Z"); /* still 9, winter time */
    assert_moment(shift_by_weeks(nine, -30), "2024-01-15T07:00:00.000000Z");
    const int64_t winter = at("2024-12-12T11:00:00.000001Z");
    assert_moment(shift_by_weeks(winter, 26), "2025-06-12T10:00:00.000001Z");
    for (int64_t weeks = -200; weeks < 200; weeks++) { /* there and back again */
        assert_true(shift_by_weeks(shift_by_weeks(nine, weeks), -weeks) == nine);
        const int64_t moved = shift_by_weeks(nine, weeks);
        assert_true((moved + shift_offset_us(moved) - nine - shift_offset_us(nine)) == weeks * 7 * TIME_DAY);
    }
}

static void test_as_few_weeks_as_needed(void **state)
{
    (void)state;
    const int64_t first = at("2024-08-12T06:00:00Z");
    assert_int_equal(shift_weeks_until(first, first), 0);
    assert_int_equal(shift_weeks_until(first, first + 1), 1);
    assert_int_equal(shift_weeks_until(first, first + 7 * TIME_DAY), 1);
    assert_int_equal(shift_weeks_until(first, first + 7 * TIME_DAY + 1), 2);
    assert_int_equal(shift_weeks_until(first, first - 1), 0);
    assert_int_equal(shift_weeks_until(first, first - 7 * TIME_DAY), -1);
    for (int64_t days = -800; days < 800; days += 3) {
        const int64_t earliest = first + days * TIME_DAY, weeks = shift_weeks_until(first, earliest);
        assert_true(shift_by_weeks(first, weeks) >= earliest);
        assert_true(shift_by_weeks(first, weeks - 1) < earliest);
    }
}

static void test_every_date_of_a_programme_moves_and_nothing_else(void **state)
{
    (void)state;
    json_t *programme = json_loads("{\"code\":\"vepo\",\"what\":\"At\",\"nothingAt\":3,"
                                   "\"windows\":[{\"opensAt\":\"2024-08-20T06:00:00Z\",\"closesAt\":\"2024-09-06T13:00:00Z\"},"
                                   "             {\"opensAt\":\"2024-08-12T06:00:00Z\"}],"
                                   "\"units\":[{\"webinars\":[{\"startsAt\":\"2024-12-12T11:00:00+02:00\",\"advanceNotice\":true}]}]}",
                                   0, NULL);
    const char *bad = NULL;
    int64_t first = 0;
    assert_non_null(programme);
    assert_true(shift_first_window(programme, &first));
    assert_moment(first, "2024-08-12T06:00:00.000000Z");
    assert_int_equal(shift_all(programme, 1, &bad), 4);
    assert_null(bad);
    assert_true(shift_first_window(programme, &first));
    assert_moment(first, "2024-08-19T06:00:00.000000Z");
    const json_t *webinar = json_array_get(json_object_get(json_array_get(json_object_get(programme, "units"), 0), "webinars"), 0);
    assert_string_equal(json_string_value(json_object_get(webinar, "startsAt")), "2024-12-19T09:00:00.000000Z");
    assert_string_equal(json_string_value(json_object_get(programme, "what")), "At");
    json_object_set_new(json_array_get(json_object_get(programme, "windows"), 1), "opensAt", json_string("next week"));
    assert_int_equal(shift_all(programme, 1, &bad), -1);
    assert_string_equal(bad, "opensAt");
    json_object_del(programme, "windows");
    assert_false(shift_first_window(programme, &first));
    json_decref(programme);
}

static void test_days_of_a_grant_call_move_too(void **state)
{
    (void)state;
    json_t *call = json_loads("{\"opensAt\":\"2020-08-24T05:00:00Z\",\"closesAt\":\"2020-10-15T13:15:00Z\",\"useFrom\":\"2020-12-01\","
                              "\"useUntil\":\"2022-06-30\",\"interimDue\":\"\",\"finalDue\":\"2022-09-30\",\"contact\":\"2020-12-01\","
                              "\"validFrom\":\"once\"}",
                              0, NULL);
    const char *bad = NULL;
    int64_t first = 0;
    assert_non_null(call);
    assert_true(shift_first_window(call, &first));
    assert_moment(first, "2020-08-24T05:00:00.000000Z");
    assert_int_equal(shift_all(call, 52, &bad), 5);
    assert_string_equal(json_string_value(json_object_get(call, "opensAt")), "2021-08-23T05:00:00.000000Z");
    assert_string_equal(json_string_value(json_object_get(call, "useFrom")), "2021-11-30");
    assert_string_equal(json_string_value(json_object_get(call, "finalDue")), "2023-09-29");
    assert_string_equal(json_string_value(json_object_get(call, "interimDue")), "");
    assert_string_equal(json_string_value(json_object_get(call, "contact")), "2020-12-01");
    assert_string_equal(json_string_value(json_object_get(call, "validFrom")), "once");
    assert_int_equal(shift_all(call, -3000, &bad), -1); /* before 1970 */
    json_decref(call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_summer_time_begins_and_ends_as_the_directive_says),
        cmocka_unit_test(test_weeks_keep_the_clock_in_finland),
        cmocka_unit_test(test_as_few_weeks_as_needed),
        cmocka_unit_test(test_every_date_of_a_programme_moves_and_nothing_else),
        cmocka_unit_test(test_days_of_a_grant_call_move_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
