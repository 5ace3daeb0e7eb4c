/* What a recipient of a grant has to do, and what is said about it: each duty has its reminder, and what is late is told of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/notification/domain/duty.h"

static void test_duty_reminders(void **state)
{
    bool required;

    (void)state;
    assert_int_equal(duty_reminder(DUTY_ANSWER), KIND_ANSWER_DUE);
    assert_int_equal(duty_reminder(DUTY_INTERIM), KIND_REPORT_DUE);
    assert_int_equal(duty_reminder(DUTY_FINAL), KIND_REPORT_DUE);
    assert_int_equal(duty_reminder(DUTY_REPAYMENT), KIND_REPAYMENT_DUE);
    for (int duty = DUTY_ANSWER; duty <= DUTY_LAST; duty++) {
        const enum message_kind kind = duty_reminder((enum duty)duty);
        assert_false(topic_fixed(kind_of(kind)->topic));
        assert_true(kind_has(kind, FACT_DUE, &required) && required);
    }
    assert_true(duty_early(DUTY_INTERIM) && duty_early(DUTY_FINAL));
    assert_false(duty_early(DUTY_ANSWER) || duty_early(DUTY_REPAYMENT));
}

static void test_duty_late(void **state)
{
    enum message_kind kind;

    (void)state;
    assert_false(duty_late(DUTY_ANSWER, &kind));
    assert_true(duty_late(DUTY_INTERIM, &kind) && kind == KIND_REPORT_LATE);
    assert_true(duty_late(DUTY_FINAL, &kind) && kind == KIND_REPORT_LATE);
    assert_true(duty_late(DUTY_REPAYMENT, &kind) && kind == KIND_REPAYMENT_LATE);
}

/* The word is one that templates choose by, just where a kind of the duty has the fact. */
static void test_duty_words(void **state)
{
    struct fact fact;

    (void)state;
    for (int duty = DUTY_ANSWER; duty <= DUTY_LAST; duty++) {
        bool required;
        const bool has = kind_has(duty_reminder((enum duty)duty), FACT_REPORT, &required);
        assert_int_equal(has, fact_read(FACT_REPORT, span_text(duty_report((enum duty)duty)), &fact));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_duty_reminders), /* each has one, which can be turned off and says the day; of reports there are two */
        cmocka_unit_test(test_duty_late),      /* silence is an answer; all else is told of */
        cmocka_unit_test(test_duty_words),     /* which report it is, as templates read it */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
