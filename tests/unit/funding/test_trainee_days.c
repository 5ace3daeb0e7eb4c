/* Trainee days: scope times participants, 4.5 days a credit, in tenths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/funding/domain/trainee_days.h"

static int64_t days(uint32_t scope_tenths, bool credits, uint32_t participants)
{
    return trainee_days_of(
        &(const struct training_part){.title = "", .scope_tenths = scope_tenths, .credits = credits, .participants = participants});
}

static void test_days(void **state)
{
    (void)state;
    assert_int_equal(days(20, false, 15), 300); /* two days, fifteen people: thirty */
    assert_int_equal(days(5, false, 3), 15);
    assert_int_equal(days(0, false, 100), 0);
    assert_int_equal(days(20, false, 0), 0);
}

static void test_credits(void **state)
{
    (void)state;
    assert_int_equal(days(10, true, 1), 45); /* a credit is four and a half */
    assert_int_equal(days(50, true, 20), 4500);
    assert_int_equal(days(25, true, 1), 113); /* 11.25 is rounded up to 11.3 */
    assert_int_equal(days(25, true, 2), 225); /* 22.5 needs no rounding */
    assert_int_equal(days(1, true, 1), 5);    /* 0.45 */
}

static void test_bounds(void **state)
{
    (void)state;
    assert_int_equal(days(UINT32_MAX, true, UINT32_MAX), INT64_C(10000) * 45 * 100000 / 10);
    assert_int_equal(days(TRAINING_SCOPE_MAX, false, TRAINING_PARTICIPANTS_MAX), INT64_C(1000000000));
}

static void test_sum(void **state)
{
    const struct training_part parts[] = {{"a", 25, true, 1}, {"b", 25, true, 1}, {"c", 10, false, 7}};

    (void)state;
    assert_int_equal(trainee_days_tenths(parts, 3), 113 + 113 + 70); /* each part is rounded by itself */
    assert_int_equal(trainee_days_tenths(parts, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),    /* scope in days */
        cmocka_unit_test(test_credits), /* 4.5 a credit, half a tenth goes up */
        cmocka_unit_test(test_bounds),  /* what is over the bounds counts as the bounds */
        cmocka_unit_test(test_sum)      /* parts are rounded, then added up */
    };
    return cmocka_run_group_tests_name("funding trainee days", tests, NULL, NULL);
}
