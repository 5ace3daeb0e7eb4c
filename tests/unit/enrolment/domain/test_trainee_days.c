/* Trainee days: scope x 4.5 x participants, in tenths. */
#include "services/enrolment/domain/trainee_days.h"

#include "tests/unit/enrolment/domain/cases.h"

static void test_full_vepo(void **state)
{
    (void)state;
    assert_int_equal(trainee_days_tenths(50, 280), 63000); /* 5 op x 4.5 x 280 = 6,300 */
}

static void test_one_person(void **state)
{
    (void)state;
    assert_int_equal(trainee_days_tenths(50, 1), 225); /* 22.5 days */
    assert_int_equal(trainee_days_tenths(10, 1), 45);
    assert_int_equal(trainee_days_tenths(10, 3), 135); /* 13.5: the half stays */
}

static void test_nothing(void **state)
{
    (void)state;
    assert_int_equal(trainee_days_tenths(0, 280), 0);
    assert_int_equal(trainee_days_tenths(50, 0), 0);
}

static void test_rounded_once(void **state)
{
    (void)state;
    assert_int_equal(trainee_days_tenths(15, 1), 68);  /* 6.75 */
    assert_int_equal(trainee_days_tenths(15, 2), 135); /* 13.5, not twice 6.8 */
    assert_int_equal(trainee_days_tenths(1, 1), 5);    /* 0.45 */
    assert_int_equal(trainee_days_tenths(3000, 10000000), 135000000000ull);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full_vepo),    /* the figure in VEPO's own announcement */
        cmocka_unit_test(test_one_person),   /* halves stay exact */
        cmocka_unit_test(test_nothing),      /* no scope or nobody: no days */
        cmocka_unit_test(test_rounded_once), /* hundredths are rounded at the end, not for each person; nothing overflows */
    };
    return cmocka_run_group_tests_name("trainee days", tests, NULL, NULL);
}
