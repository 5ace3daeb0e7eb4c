/* What becomes of a message whose time has come: preferences, suppressed addresses, quiet hours; the clock of Helsinki. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/notification/domain/course.h"

static int64_t at(const char *text)
{
    int64_t us;

    assert_true(time_parse(&us, span_text(text)));
    return us;
}

/* At noon, everything allowed. */
static struct course_facts noon(enum message_kind kind, enum mail_setting setting)
{
    return (struct course_facts){.kind = kind, .setting = setting, .allowed = true, .now_us = at("2026-09-17T12:00:00+03:00")};
}

static void test_course_preferences(void **state)
{
    struct course_facts facts = noon(KIND_WINDOW_OPENED, MAIL_ON);

    (void)state;
    assert_int_equal(course_of(&facts).course, COURSE_MAIL);
    facts.setting = MAIL_OFF;
    struct course_answer answer = course_of(&facts);
    assert_int_equal(answer.course, COURSE_WITHHOLD);
    assert_non_null(strstr(answer.why, "turned this topic off"));
    facts.setting = MAIL_DAILY;
    answer = course_of(&facts);
    assert_int_equal(answer.course, COURSE_GATHER);
    assert_int_equal(answer.next_us, at("2026-09-18T08:00:00+03:00"));
    facts.has_attachments = true; /* a digest has no room for files */
    assert_int_equal(course_of(&facts).course, COURSE_MAIL);
    facts.now_us = at("2026-09-17T22:00:00+03:00");
    assert_int_equal(course_of(&facts).course, COURSE_LATER);
    facts.setting = MAIL_OFF;
    assert_int_equal(course_of(&facts).course, COURSE_WITHHOLD);
    facts = noon(KIND_OFFER, MAIL_DAILY);
    assert_int_equal(course_of(&facts).course, COURSE_MAIL);
    facts.setting = MAIL_OFF;
    assert_int_equal(course_of(&facts).course, COURSE_MAIL);
}

static void test_course_every_kind(void **state)
{
    (void)state;
    for (int kind = KIND_CONFIRMATION; kind <= KIND_LAST; kind++) {
        struct course_facts facts = noon((enum message_kind)kind, MAIL_OFF);
        bool off = !topic_fixed(kind_of(facts.kind)->topic) && kind != KIND_DIGEST;
        assert_int_equal(course_of(&facts).course, off ? COURSE_WITHHOLD : COURSE_MAIL);
        facts.suppressed = true;
        assert_int_equal(course_of(&facts).course, COURSE_WITHHOLD); /* statutory or not: nobody reads it there */
    }
}

static void test_course_addresses(void **state)
{
    struct course_facts facts = noon(KIND_CONFIRMATION, MAIL_ON);

    (void)state;
    facts.suppressed = true;
    assert_non_null(strstr(course_of(&facts).why, "list of those that get no mail"));
    facts.allowed = false;
    assert_non_null(strstr(course_of(&facts).why, "some domains only"));
    facts = noon(KIND_WINDOW_OPENED, MAIL_DAILY);
    facts.suppressed = true;
    assert_int_equal(course_of(&facts).course, COURSE_WITHHOLD); /* its digest would not arrive either */
}

static void test_course_quiet_hours(void **state)
{
    struct course_facts facts = noon(KIND_ANNOUNCEMENT, MAIL_ON);

    (void)state;
    facts.now_us = at("2026-09-17T21:00:00+03:00");
    struct course_answer answer = course_of(&facts);
    assert_int_equal(answer.course, COURSE_LATER);
    assert_int_equal(answer.next_us, at("2026-09-18T08:00:00+03:00"));
    facts.any_hour = true;
    assert_int_equal(course_of(&facts).course, COURSE_MAIL);
    facts.any_hour = false;
    facts.setting = MAIL_OFF;
    assert_int_equal(course_of(&facts).course, COURSE_WITHHOLD);
    facts.setting = MAIL_DAILY;
    assert_int_equal(course_of(&facts).course, COURSE_GATHER);
    facts.kind = KIND_CONFIRMATION;
    assert_int_equal(course_of(&facts).course, COURSE_MAIL); /* one's own matters at any hour */
}

/* Ten thousand letters of a night do not all fall due at eight: each keeps a moment of its own in the first half of that hour. */
static void test_course_spread(void **state)
{
    struct course_facts facts = noon(KIND_ANNOUNCEMENT, MAIL_ON);
    const int64_t eight_us = at("2026-09-18T08:00:00+03:00");

    (void)state;
    facts.now_us = at("2026-09-17T23:00:00+03:00");
    assert_int_equal(course_of(&facts).next_us, eight_us);
    facts.dice = UINT32_MAX;
    assert_in_range(course_of(&facts).next_us, eight_us + QUIET_SPREAD - TIME_SECOND, eight_us + QUIET_SPREAD - 1);
    facts.dice = UINT32_MAX / 2 + 1;
    assert_int_equal(course_of(&facts).next_us, eight_us + QUIET_SPREAD / 2);
    facts.now_us = at("2026-09-18T03:00:00+03:00"); /* asked again: the same moment */
    assert_int_equal(course_of(&facts).next_us, eight_us + QUIET_SPREAD / 2);
}

static void test_course_test_send(void **state)
{
    struct course_facts facts = noon(KIND_ANNOUNCEMENT, MAIL_OFF);

    (void)state;
    facts.test = true;
    facts.now_us = at("2026-09-17T23:00:00+03:00");
    assert_int_equal(course_of(&facts).course, COURSE_MAIL);
    facts.allowed = false;
    assert_int_equal(course_of(&facts).course, COURSE_WITHHOLD);
}

static void expect_quiet(const char *now, const char *until)
{
    assert_int_equal(quiet_until(at(now)), at(until));
}

static void test_course_quiet_until(void **state)
{
    (void)state;
    expect_quiet("2026-01-15T07:59:59.999999+02:00", "2026-01-15T08:00:00+02:00");
    expect_quiet("2026-01-15T08:00:00+02:00", "2026-01-15T08:00:00+02:00");
    expect_quiet("2026-01-15T20:59:59.999999+02:00", "2026-01-15T20:59:59.999999+02:00");
    expect_quiet("2026-01-15T21:00:00+02:00", "2026-01-16T08:00:00+02:00");
    expect_quiet("2026-07-15T00:00:00+03:00", "2026-07-15T08:00:00+03:00");
    expect_quiet("2026-03-28T22:00:00+02:00", "2026-03-29T08:00:00+03:00"); /* the night is an hour shorter */
    expect_quiet("2026-10-24T22:00:00+03:00", "2026-10-25T08:00:00+02:00"); /* and longer */
}

static void expect_next(const char *now, int hour, const char *next)
{
    assert_int_equal(helsinki_next(at(now), hour), at(next));
}

static void test_course_next(void **state)
{
    (void)state;
    expect_next("2026-06-01T08:00:00+03:00", 8, "2026-06-02T08:00:00+03:00"); /* strictly after */
    expect_next("2026-06-01T07:59:59.999999+03:00", 8, "2026-06-01T08:00:00+03:00");
    expect_next("2026-12-31T23:30:00+02:00", 0, "2027-01-01T00:00:00+02:00");
    expect_next("2026-03-29T01:00:00+02:00", 3, "2026-03-30T03:00:00+03:00"); /* 3 o'clock is skipped that day */
    expect_next("2026-03-28T12:00:00+02:00", 9, "2026-03-29T09:00:00+03:00");
    expect_next("2026-10-25T02:00:00+03:00", 3, "2026-10-25T03:00:00+03:00"); /* and comes twice that day */
    expect_next("2026-10-25T03:00:00+03:00", 3, "2026-10-25T03:00:00+02:00");
    expect_next("2026-10-25T03:00:00+02:00", 3, "2026-10-26T03:00:00+02:00");
}

static void test_course_day(void **state)
{
    (void)state;
    assert_int_equal(helsinki_day(at("1970-01-01T00:00:00Z")), 0);
    assert_int_equal(helsinki_day(at("2026-06-01T00:00:00+03:00")), 20605);
    assert_int_equal(helsinki_day(at("2026-05-31T23:59:59.999999+03:00")), 20604);
    assert_int_equal(helsinki_day(at("2026-01-01T00:00:00+02:00")), 20454);
    assert_int_equal(helsinki_day(-3 * TIME_DAY), -3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_course_preferences), /* a topic can be turned off or gathered, one's own place cannot */
        cmocka_unit_test(test_course_every_kind),  /* every kind obeys its topic; nothing goes to a suppressed address */
        cmocka_unit_test(test_course_addresses),   /* reasons in words; suppressed goes before gathered */
        cmocka_unit_test(test_course_quiet_hours), /* many-at-once mail waits for the morning, own matters do not */
        cmocka_unit_test(test_course_spread),      /* the morning after is not one moment */
        cmocka_unit_test(test_course_test_send),   /* a test send goes at any hour, and not where no mail may go */
        cmocka_unit_test(test_course_quiet_until), /* from 8 to 21 in Helsinki, over both changes of the clock */
        cmocka_unit_test(test_course_next),        /* the next time of an hour: skipped in March, twice in October */
        cmocka_unit_test(test_course_day),         /* the day in Helsinki */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
