/* Days that follow from publishing minutes: the time for a review by whoever is told electronically, by letter or as a member of the
 * municipality, and until when names stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "common/base/date.h"
#include "common/base/day.h"
#include "common/base/workday.h"
#include "services/funding/domain/minutes.h"

static void test_the_days_of_kannus(void **state)
{
    /* Decided on Tuesday 10.3.2026, published on Monday 16.3.2026. */
    const int64_t decided = date_days(2026, 3, 10), published = date_days(2026, 3, 16);
    const struct minutes_days days = minutes_days(OUTCOME_APPROVED, decided, published, 30);

    (void)state;
    assert_string_equal(days.review->version, "municipal-2020");
    assert_int_equal(days.published_on, published);
    assert_int_equal(days.review_until, date_days(2026, 4, 2)); /* told on the 19th, 14 days from then: Thursday */
    assert_int_equal(days.letter_until, date_days(2026, 4, 7)); /* told on the 23rd: Easter Monday the 6th moves it on */
    assert_int_equal(days.member_until, date_days(2026, 4, 7));
    assert_int_equal(days.names_until, date_days(2026, 4, 15));
}

static void test_names_stay_as_long_as_a_review(void **state)
{
    (void)state;
    for (int64_t published = date_days(2026, 1, 1); published < date_days(2028, 1, 1); published++) {
        const struct minutes_days days = minutes_days(OUTCOME_REJECTED, published - 7, published, NAMES_DAYS_MIN);

        assert_true(days.names_until >= days.review_until && days.names_until >= days.member_until);
        assert_true(days.member_until >= published + MINUTES_NOTICE_DAYS + 14 &&
                    days.member_until < published + MINUTES_NOTICE_DAYS + 14 + 6);
        assert_true(day_works(days.review_until) && day_works(days.member_until) && day_works(days.letter_until));
        assert_true(minutes_days(OUTCOME_CHANGED, published, published, 365).names_until == published + 365);
    }
}

/* Returned or tabled: nothing is decided that one could have reviewed. */
static void test_preparation_alone_has_no_review(void **state)
{
    static const enum outcome OUTCOMES[] = {OUTCOME_RETURNED, OUTCOME_TABLED};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct minutes_days days = minutes_days(OUTCOMES[i], 20000, 20003, 30);
        assert_null(days.review);
        assert_int_equal(days.review_until, NO_DAY);
        assert_int_equal(days.member_until, NO_DAY);
        assert_int_equal(days.names_until, 20033);
    }
}

static void test_the_instruction_of_the_day(void **state)
{
    (void)state;
    assert_string_equal(minutes_days(OUTCOME_APPROVED, date_days(2019, 12, 31), date_days(2020, 1, 7), 30).review->version,
                        "municipal-2015");
    assert_string_equal(minutes_days(OUTCOME_APPROVED, date_days(2001, 1, 1), date_days(2026, 1, 7), 30).review->version, "municipal-2020");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_days_of_kannus),              /* by hand, over Easter */
        cmocka_unit_test(test_names_stay_as_long_as_a_review),  /* whatever the day */
        cmocka_unit_test(test_preparation_alone_has_no_review), /* returned, tabled */
        cmocka_unit_test(test_the_instruction_of_the_day),      /* by the day of the decision, or of today where it is older than all */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
