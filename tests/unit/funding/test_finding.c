/* The list of findings: what fits is kept, what does not is counted, and an error among what is left out still counts as one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/finding.h"

#define TEXT FINDING_TEXT("suomeksi", "på svenska", "in English")

static void test_findings_keep_their_fields(void **state)
{
    struct findings findings = {.count = 0};
    (void)state;
    finding_warning(&findings, "test.one", TEXT, "content.rows[%zu].cents", (size_t)7);
    finding_error(&findings, "test.two", TEXT, "content.title");
    assert_int_equal(findings.count, 2);
    assert_int_equal(findings.errors, 1);
    assert_string_equal(findings.rows[0].field, "content.rows[7].cents");
    assert_string_equal(finding_of(&findings, "test.two")->text.sv, "på svenska");
    assert_null(finding_of(&findings, "test.three"));
    assert_ptr_equal(finding_first_error(&findings), &findings.rows[1]);
}

/* Amounts belong to the finding they were said after; where that was left out they are nobody's. */
static void test_amounts_are_of_the_last(void **state)
{
    struct findings findings = {.count = 0};
    (void)state;
    finding_amounts(&findings, FINDING_EXACTLY, 1, 2);
    finding_error(&findings, "test.one", TEXT, "content");
    finding_error(&findings, "test.two", TEXT, "content");
    finding_amounts(&findings, FINDING_AT_MOST, 300, 200);
    assert_int_equal(findings.rows[0].bound, FINDING_NO_AMOUNTS);
    assert_int_equal(findings.rows[1].bound, FINDING_AT_MOST);
    assert_int_equal(findings.rows[1].is_cents, 300);
    assert_int_equal(findings.rows[1].bound_cents, 200);
    while (findings.left_out == 0)
        finding_error(&findings, "test.many", TEXT, "content");
    finding_amounts(&findings, FINDING_AT_LEAST, 7, 8);
    assert_int_equal(findings.rows[FINDINGS_MAX - 1].bound, FINDING_NO_AMOUNTS);
}

static void test_too_many_are_counted(void **state)
{
    struct findings findings = {.count = 0};
    (void)state;
    for (size_t i = 0; i < FINDINGS_MAX; i++)
        finding_warning(&findings, "test.many", TEXT, "content.rows[%zu]", i);
    finding_error(&findings, "test.last", TEXT, "content");
    assert_int_equal(findings.count, FINDINGS_MAX);
    assert_int_equal(findings.left_out, 1);
    assert_int_equal(findings.errors, 1);
    assert_null(finding_first_error(&findings));
}

static void test_a_long_field_is_cut(void **state)
{
    struct findings findings = {.count = 0};
    (void)state;
    finding_error(&findings, "test.long", TEXT, "%0200d", 1);
    assert_int_equal(strlen(findings.rows[0].field), FINDING_FIELD_MAX - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings_keep_their_fields),
        cmocka_unit_test(test_amounts_are_of_the_last),
        cmocka_unit_test(test_too_many_are_counted),
        cmocka_unit_test(test_a_long_field_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
