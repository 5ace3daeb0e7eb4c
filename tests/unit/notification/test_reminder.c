/* When one is reminded of what, also where the clock is set, and what becomes of a reminder whose fact moves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/notification/domain/message.h"
#include "services/notification/domain/reminder.h"

static int64_t at(const char *text)
{
    int64_t us;

    assert_true(time_parse(&us, span_text(text)));
    return us;
}

static void expect_due(enum message_kind kind, const char *moment, const char *due)
{
    char text[TIME_TEXT];

    time_format(reminder_due(kind, at(moment), at("2020-01-01T00:00:00Z"), at("2020-01-01T00:00:00Z")), text);
    assert_memory_equal(text, due, 19);
}

static void test_nine_in_helsinki(void **state)
{
    (void)state;
    expect_due(KIND_OPENS_SOON, "2026-02-10T06:00:00Z", "2026-02-09T07:00:00Z");
    expect_due(KIND_CLOSES_SOON, "2026-07-10T20:59:59Z", "2026-07-09T06:00:00Z");
    expect_due(KIND_WEBINAR_SOON, "2026-02-10T12:00:00Z", "2026-02-03T07:00:00Z");
}

/* 29.3.2026 and 25.10.2026. */
static void test_where_the_clock_is_set(void **state)
{
    (void)state;
    expect_due(KIND_OPENS_SOON, "2026-03-29T09:00:00Z", "2026-03-28T07:00:00Z");   /* opens on the day itself */
    expect_due(KIND_OPENS_SOON, "2026-03-30T06:00:00Z", "2026-03-29T06:00:00Z");   /* told on the day itself */
    expect_due(KIND_WEBINAR_SOON, "2026-04-01T07:00:00Z", "2026-03-25T07:00:00Z"); /* told before, held after */
    expect_due(KIND_WEBINAR_SOON, "2026-10-28T08:00:00Z", "2026-10-21T06:00:00Z");
    expect_due(KIND_CLOSES_SOON, "2026-10-25T21:59:59Z", "2026-10-24T06:00:00Z");
    expect_due(KIND_CLOSES_SOON, "2026-10-26T21:59:59Z", "2026-10-25T07:00:00Z");
}

/* The day is that of Helsinki, not of Greenwich. */
static void test_around_midnight(void **state)
{
    (void)state;
    expect_due(KIND_CLOSES_SOON, "2026-01-14T21:59:59Z", "2026-01-13T07:00:00Z");
    expect_due(KIND_CLOSES_SOON, "2026-01-14T22:00:00Z", "2026-01-14T07:00:00Z");
    expect_due(KIND_OPENS_SOON, "2026-03-01T00:30:00Z", "2026-02-28T07:00:00Z");
}

/* A day of funding ends at the midnight that begins the next one. 29.3. and 25.10.2026 the clock is set. */
static void test_grants(void **state)
{
    (void)state;
    expect_due(KIND_DRAFT_CLOSES, "2026-03-27T14:15:00Z", "2026-03-26T07:00:00Z");
    expect_due(KIND_DRAFT_CLOSES, "2026-03-27T22:00:00Z", "2026-03-26T07:00:00Z"); /* closes with the day */
    expect_due(KIND_SUPPLEMENT_DUE, "2026-05-20T21:00:00Z", "2026-05-18T06:00:00Z");
    expect_due(KIND_REPORT_DUE, "2026-03-31T21:00:00Z", "2026-03-24T07:00:00Z");
    expect_due(KIND_ANSWER_DUE, "2026-10-31T22:00:00Z", "2026-10-24T06:00:00Z");
    expect_due(KIND_REPAYMENT_DUE, "2026-12-01T22:00:00Z", "2026-11-24T07:00:00Z");
    const int64_t day = at("2026-11-30T22:00:00Z");
    assert_int_equal(reminder_due_early(day, at("2026-01-01T00:00:00Z")), at("2026-10-31T07:00:00Z"));
    assert_int_equal(reminder_due_early(day, at("2026-10-31T07:00:01Z")), 0);
}

/* What became known within the week is reminded of on the last day but one, and what became known after that not at all. */
static void test_grants_known_late(void **state)
{
    const int64_t day = at("2026-11-30T22:00:00Z");

    (void)state;
    assert_int_equal(reminder_due(KIND_ANSWER_DUE, day, 0, at("2026-11-26T12:00:00Z")), at("2026-11-29T07:00:00Z"));
    assert_int_equal(reminder_due(KIND_SUPPLEMENT_DUE, day, 0, at("2026-11-28T12:00:00Z")), at("2026-11-29T07:00:00Z"));
    assert_int_equal(reminder_due(KIND_REPORT_DUE, day, 0, at("2026-11-29T07:00:01Z")), 0);
    assert_int_equal(reminder_due(KIND_DRAFT_CLOSES, day, 0, at("2026-11-30T08:00:00Z")), 0);
}

static void test_offers(void **state)
{
    (void)state;
    const int64_t since = at("2026-05-04T09:00:00Z");

    assert_int_equal(reminder_due(KIND_OFFER_ENDS, since + 3 * TIME_HOUR, since, since), since + 2 * TIME_HOUR);
    assert_int_equal(reminder_due(KIND_OFFER_ENDS, since + 3 * TIME_DAY, since, since), since + 2 * TIME_DAY);
    assert_int_equal(reminder_due(KIND_OFFER_ENDS, since + 30 * TIME_DAY, since, since), since + 29 * TIME_DAY);
    assert_int_equal(reminder_due(KIND_OFFER_ENDS, since, since, since), 0);
    assert_int_equal(reminder_due(KIND_OFFER_ENDS, since - TIME_HOUR, since, since), 0);
}

static void expect_offer(const char *since, const char *ends, const char *due)
{
    char text[TIME_TEXT], wanted[TIME_TEXT];

    time_format(reminder_due(KIND_OFFER_ENDS, at(ends), at(since), at(since)), text);
    time_format(at(due), wanted);
    assert_string_equal(text, wanted);
}

/* Nobody is reminded while they sleep: in the morning where that leaves time to answer, else before they go to bed. */
static void test_offers_by_night(void **state)
{
    (void)state;
    expect_offer("2026-05-04T12:00:00+03:00", "2026-05-07T02:00:00+03:00", "2026-05-06T08:00:00+03:00"); /* a day before is 2 at night */
    expect_offer("2026-05-04T12:00:00+03:00", "2026-05-05T12:00:00+03:00", "2026-05-05T08:00:00+03:00"); /* was to be at 4 */
    expect_offer("2026-05-04T12:00:00+03:00", "2026-05-05T08:30:00+03:00", "2026-05-04T20:00:00+03:00"); /* morning is too late */
    expect_offer("2026-05-04T12:00:00+03:00", "2026-05-05T00:00:00+03:00", "2026-05-04T20:00:00+03:00"); /* was to be at 20 */
    expect_offer("2026-05-04T15:00:00+03:00", "2026-05-05T00:00:00+03:00", "2026-05-04T20:00:00+03:00"); /* was to be at 21 */
    expect_offer("2026-05-04T22:00:00+03:00", "2026-05-05T07:00:00+03:00", "2026-05-05T04:00:00+03:00"); /* it is all of it night */
    expect_offer("2026-05-04T19:30:00+03:00", "2026-05-05T06:00:00+03:00", "2026-05-05T02:30:00+03:00"); /* just offered is no time */
    /* The nights when the clock is set. */
    expect_offer("2026-10-24T12:00:00+03:00", "2026-10-25T08:30:00+02:00", "2026-10-24T20:00:00+03:00");
    expect_offer("2026-03-28T12:00:00+02:00", "2026-03-29T12:00:00+03:00", "2026-03-29T08:00:00+03:00");
    /* Known late: the evening has passed, and so nothing is left but the night. */
    assert_int_equal(
        reminder_due(KIND_OFFER_ENDS, at("2026-05-05T08:30:00+03:00"), at("2026-05-04T12:00:00+03:00"), at("2026-05-04T22:00:00+03:00")),
        at("2026-05-05T01:40:00+03:00"));
}

static void test_too_late(void **state)
{
    (void)state;
    const int64_t moment = at("2026-02-10T06:00:00Z"), due = at("2026-02-09T07:00:00Z");

    assert_int_equal(reminder_due(KIND_OPENS_SOON, moment, 0, due), due);
    assert_int_equal(reminder_due(KIND_OPENS_SOON, moment, 0, due + 1), 0);
    assert_int_equal(reminder_due(KIND_WEBINAR_SOON, moment, 0, moment - 6 * TIME_DAY), 0);
}

static enum reminder_state moved(enum reminder_state state, int64_t was_us, int times, int64_t is_us, int64_t due_us)
{
    return reminder_moved(&(const struct reminder_fact){.state = state, .moment_us = was_us, .times = times}, is_us, due_us);
}

static void test_moved_facts(void **state)
{
    (void)state;
    /* heard again, as it was */
    assert_int_equal(moved(REMINDER_PENDING, 100, 0, 100, 50), REMINDER_PENDING);
    assert_int_equal(moved(REMINDER_PENDING, 100, 1, 100, 0), REMINDER_PENDING);
    assert_int_equal(moved(REMINDER_TOLD, 100, 1, 100, 50), REMINDER_TOLD);
    /* moved, with time left */
    assert_int_equal(moved(REMINDER_PENDING, 100, 0, 200, 150), REMINDER_PENDING);
    assert_int_equal(moved(REMINDER_TOLD, 100, 1, 200, 150), REMINDER_PENDING);
    assert_int_equal(moved(REMINDER_TOLD, 100, 2, 200, 150), REMINDER_PENDING);
    assert_int_equal(moved(REMINDER_TOLD, 100, 3, 200, 150), REMINDER_TOLD);
    /* moved, with none */
    assert_int_equal(moved(REMINDER_PENDING, 100, 0, 200, 0), REMINDER_CALLED_OFF);
    assert_int_equal(moved(REMINDER_PENDING, 100, 3, 200, 150), REMINDER_CALLED_OFF);
    assert_int_equal(moved(REMINDER_TOLD, 100, 1, 200, 0), REMINDER_TOLD);
    /* called off, and back: at another time or at the same */
    assert_int_equal(moved(REMINDER_CALLED_OFF, 100, 0, 200, 150), REMINDER_PENDING);
    assert_int_equal(moved(REMINDER_CALLED_OFF, 100, 0, 100, 50), REMINDER_PENDING);
    assert_int_equal(moved(REMINDER_CALLED_OFF, 100, 0, 100, 0), REMINDER_CALLED_OFF);
    assert_int_equal(moved(REMINDER_CALLED_OFF, 100, 3, 200, 150), REMINDER_CALLED_OFF);
}

static void test_ids(void **state)
{
    (void)state;
    const struct uuid window = {{1}}, other = {{2}};
    const struct uuid opens = reminder_id(KIND_OPENS_SOON, window);

    assert_int_equal(uuid_compare(opens, reminder_id(KIND_OPENS_SOON, window)), 0);
    assert_int_not_equal(uuid_compare(opens, reminder_id(KIND_CLOSES_SOON, window)), 0);
    assert_int_not_equal(uuid_compare(opens, reminder_id(KIND_OPENS_SOON, other)), 0);
    assert_int_equal(uuid_compare(reminder_event(opens, 1), reminder_event(opens, 1)), 0);
    assert_int_not_equal(uuid_compare(reminder_event(opens, 1), reminder_event(opens, 2)), 0);
    assert_int_not_equal(uuid_compare(reminder_id_early(KIND_REPORT_DUE, other), reminder_id(KIND_REPORT_DUE, other)), 0);
    assert_int_equal(uuid_compare(reminder_id_early(KIND_REPORT_DUE, other), reminder_id_early(KIND_REPORT_DUE, other)), 0);
}

/* 50 a second behind the first hundred, all within half an hour; who is told late is told from then on. */
static void test_many_are_spread(void **state)
{
    const int64_t due = at("2026-02-09T07:00:00Z"), second = TIME_SECOND;

    (void)state;
    assert_int_equal(reminder_leaves(due, due + second, 0), 0);
    assert_int_equal(reminder_leaves(due, due + second, 99), 0);
    assert_int_equal(reminder_leaves(due, due + second, 100), due + 2 * second);
    assert_int_equal(reminder_leaves(due, due + second, 2050), due + 41 * second);
    assert_int_equal(reminder_leaves(due, due + second, 89999), due + REMINDER_SPREAD - second / 50);
    assert_int_equal(reminder_leaves(due, due + second, 90050), due + second);
    assert_int_equal(reminder_leaves(due, due + TIME_DAY, 100), due + TIME_DAY + 2 * second);
    for (int n = 0; n < 1000000; n += 997)
        assert_true(reminder_leaves(due, due, n) < due + REMINDER_SPREAD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nine_in_helsinki),       /* the day before a window, a week before a webinar */
        cmocka_unit_test(test_where_the_clock_is_set), /* nine is nine on both sides of it */
        cmocka_unit_test(test_around_midnight),        /* the day before is a day of Helsinki */
        cmocka_unit_test(test_grants),                 /* by the day that ends; a report a month before as well */
        cmocka_unit_test(test_grants_known_late),      /* the day before, where there is no more time */
        cmocka_unit_test(test_offers),                 /* a third of its time, a day at most */
        cmocka_unit_test(test_offers_by_night),        /* moved to the morning, or to the evening before */
        cmocka_unit_test(test_too_late),               /* what lies behind when it becomes known is not reminded of */
        cmocka_unit_test(test_moved_facts),            /* told anew, three times at most; called off when no time is left */
        cmocka_unit_test(test_many_are_spread),        /* so that each is promised a time that can be kept */
        cmocka_unit_test(test_ids),                    /* the same fact is the same reminder, each telling an event of its own */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
