/* The place in line as one number: who stands before whom. */
#include "services/enrolment/domain/line.h"

#include "tests/unit/enrolment/domain/cases.h"

static void test_line_order(void **state)
{
    (void)state;
    assert_true(line_of(0, 5, 0) < line_of(0, 6, 0));    /* who enrolled earlier */
    assert_true(line_of(0, 5, 0) < line_of(0, 5, 1));    /* a pass behind number 5 stands behind number 5, */
    assert_true(line_of(0, 5, 1) < line_of(0, 5, 2));    /* before a later pass, */
    assert_true(line_of(0, 5, 9) < line_of(0, 6, 0));    /* and before who enrolled afterwards */
    assert_true(line_of(1, 1000, 0) < line_of(0, 1, 0)); /* a priority goes before any number */
    assert_true(line_of(9, 7, 0) < line_of(8, 1, 0));
    assert_true(line_of(0, UINT32_MAX, (1U << 20) - 1) < (uint64_t)INT64_MAX); /* fits the column */
}

static void test_line_priority(void **state)
{
    (void)state;
    for (uint32_t priority = 0; priority <= LINE_PRIORITY_MAX; priority++) {
        const uint64_t line = line_of(priority, 123456, 7);
        assert_int_equal(line_priority(line), priority);
        assert_true(line_with_priority(line, 0) == line_of(0, 123456, 7)); /* the same place among the others */
        assert_true(line_with_priority(line_of(0, 123456, 7), priority) == line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line_order),   /* numbers, passes between them, priorities before them */
        cmocka_unit_test(test_line_priority) /* given and taken back, one stands where one stood */
    };
    return cmocka_run_group_tests_name("line", tests, NULL, NULL);
}
