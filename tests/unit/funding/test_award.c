/* Awards with their instalments, recoveries and obligations: when an offer can be answered, what a plan of payments may be, what comes
 * back, and when nothing of an award waits any more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/award.h"
#include "services/funding/domain/money.h"

#define TODAY 20000

static const struct uuid ONE = {{1}}, TWO = {{2}};

static void test_answer(void **state)
{
    struct award award = {.state = AWARD_OFFERED, .answer_until = TODAY};

    (void)state;
    assert_true(award_answerable(&award, TODAY - 1));
    assert_true(award_answerable(&award, TODAY)); /* the last day is in time */
    assert_false(award_answerable(&award, TODAY + 1));
    assert_false(award_by_silence(&award, TODAY));
    assert_true(award_by_silence(&award, TODAY + 1));
    award.state = AWARD_ACCEPTED;
    assert_false(award_answerable(&award, TODAY));
    assert_false(award_by_silence(&award, TODAY + 1));
    award = (struct award){.state = AWARD_OFFERED, .answer_until = NO_DAY};
    assert_true(award_answerable(&award, TODAY));
    assert_false(award_by_silence(&award, TODAY));
}

static void test_sums(void **state)
{
    struct instalment instalments[] = {{.cents = 100, .state = INSTALMENT_PLANNED},
                                       {.cents = 20, .state = INSTALMENT_PAID},
                                       {.cents = 3, .state = INSTALMENT_CANCELLED},
                                       {.cents = 4000, .state = INSTALMENT_CAME_BACK}};
    struct recovery recoveries[] = {{.cents = 7, .state = RECOVERY_PAID}, {.cents = 9, .state = RECOVERY_ORDERED}};
    struct award award = {.instalments = instalments, .instalment_count = 4, .recoveries = recoveries, .recovery_count = 2};

    (void)state;
    award_sum(&award);
    assert_int_equal(award.planned_cents, 4120);
    assert_int_equal(award.paid_cents, 20);
    assert_int_equal(award.returned_cents, 7);
    assert_int_equal(instalments_sum(instalments, 4, false), 4020);
    assert_false(instalments_settled(instalments, 4));
    assert_true(instalments_settled(instalments + 1, 2));
    assert_int_equal(instalments_next(instalments, 0), 1);
    instalments[2].n = 12;
    assert_int_equal(instalments_next(instalments, 4), 13);
}

static void test_plan(void **state)
{
    const struct instalment paid = {.cents = 60, .state = INSTALMENT_PAID}, planned = {.cents = 40, .state = INSTALMENT_PLANNED};
    const struct instalment rows[] = {paid, planned};
    struct planned_instalment plan[] = {{TODAY, 30}, {TODAY + 1, 10}};
    struct findings findings = {.count = 0};

    (void)state;
    instalments_check(rows, 2, plan, 2, &(struct instalment_bounds){.most_cents = 100, .today = TODAY},
                      &findings); /* what is planned now is replaced, what is paid stays */
    assert_int_equal(findings.count, 0);
    plan[1].cents = 11;
    instalments_check(rows, 2, plan, 2, &(struct instalment_bounds){.most_cents = 100, .today = TODAY}, &findings);
    assert_non_null(finding_of(&findings, "funding.instalment.over-granted"));
    findings = (struct findings){.count = 0};
    plan[0] = (struct planned_instalment){NO_DAY, 0};
    instalments_check(rows, 2, plan, 2, &(struct instalment_bounds){.most_cents = 100, .today = TODAY}, &findings);
    assert_string_equal(finding_of(&findings, "funding.instalment.cents")->field, "instalments[0].cents");
    assert_string_equal(finding_of(&findings, "funding.instalment.due")->field, "instalments[0].dueOn");
    findings = (struct findings){.count = 0};
    plan[0] = plan[1] = (struct planned_instalment){TODAY, MONEY_MAX};
    instalments_check(rows, 2, plan, 2, &(struct instalment_bounds){.most_cents = MONEY_MAX, .today = TODAY},
                      &findings); /* the sum does not overflow */
    assert_non_null(finding_of(&findings, "funding.instalment.over-granted"));
}

/* New rows begin today; what the final report leaves is the limit after it. */
static void test_bounds(void **state)
{
    const struct planned_instalment plan[] = {{TODAY - 1, 10}, {TODAY - 1, 10}, {TODAY, 10}};
    const bool stays[] = {true, false, false};
    struct findings findings = {.count = 0};

    (void)state;
    instalments_check(NULL, 0, plan, 3, &(struct instalment_bounds){.most_cents = 30, .today = TODAY, .stays = stays}, &findings);
    assert_int_equal(findings.count, 1);
    assert_string_equal(finding_of(&findings, "funding.instalment.past")->field, "instalments[1].dueOn");
    findings = (struct findings){.count = 0};
    instalments_check(NULL, 0, plan + 2, 1, &(struct instalment_bounds){.most_cents = 9, .settled = true, .today = TODAY}, &findings);
    assert_non_null(finding_of(&findings, "funding.instalment.over-used"));
    findings = (struct findings){.count = 0};
    const struct instalment paid[] = {{.cents = 10, .state = INSTALMENT_PAID, .due_on = TODAY, .paid_on = TODAY},
                                      {.cents = 10, .state = INSTALMENT_PAID, .due_on = TODAY, .paid_on = TODAY - 1},
                                      {.cents = 10, .state = INSTALMENT_PLANNED, .due_on = TODAY, .paid_on = NO_DAY}};
    instalments_unusual(paid, 3, &findings);
    assert_int_equal(findings.count, 1);
    assert_string_equal(finding_of(&findings, "funding.instalment.early")->field, "instalments[1].paidOn");
    assert_int_equal(findings.errors, 0);
    findings = (struct findings){.count = 0};
    instalments_check(paid, 1, NULL, 0, &(struct instalment_bounds){.most_cents = 9, .settled = true, .today = TODAY}, &findings);
    assert_int_equal(findings.count, 0); /* what is paid is paid: planning nothing is right */
}

/* What is left of a grant once its final report is accepted. */
static void test_settle(void **state)
{
    const struct instalment rows[] = {{.n = 1, .cents = 50, .due_on = TODAY, .state = INSTALMENT_PAID},
                                      {.n = 2, .cents = 30, .due_on = TODAY + 2, .state = INSTALMENT_ORDERED},
                                      {.n = 3, .cents = 20, .due_on = TODAY + 1, .state = INSTALMENT_PLANNED},
                                      {.n = 4, .cents = 99, .due_on = TODAY + 9, .state = INSTALMENT_CANCELLED},
                                      {.n = 5, .cents = 10, .due_on = TODAY + 1, .state = INSTALMENT_CAME_BACK},
                                      {.n = 6, .cents = 7, .due_on = TODAY + 9, .state = INSTALMENT_SENT}};
    static const struct {
        int64_t used, rest;
        bool second, third, fifth;
        int64_t day;
    } CASES[] = {{117, 0, false, false, false, NO_DAY},                                         /* all of it was used */
                 {116, 29, true, false, false, TODAY + 2}, {87, 0, true, false, false, NO_DAY}, /* exactly the ordered one */
                 {86, 9, true, false, true, TODAY + 1},    {77, 0, true, false, true, NO_DAY},  {60, 3, true, true, true, TODAY + 1},
                 {57, 0, true, true, true, NO_DAY},        {0, 0, true, true, true, NO_DAY}}; /* what is paid or at the bank stays */

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        bool cancels[6];
        const struct planned_instalment rest = instalments_settle(rows, 6, CASES[i].used, cancels);
        if (rest.cents != CASES[i].rest || rest.due_on != CASES[i].day)
            fail_msg("used %d: %d is left", (int)CASES[i].used, (int)rest.cents);
        assert_false(cancels[0] || cancels[3] || cancels[5]);
        assert_true(cancels[1] == CASES[i].second && cancels[2] == CASES[i].third && cancels[4] == CASES[i].fifth);
    }
    assert_int_equal(instalments_in(rows, 6, INSTALMENT_SENT), 7);
}

static void test_recoveries(void **state)
{
    struct recovery rows[] = {{.id = ONE, .cents = 10, .state = RECOVERY_PROPOSED}, {.id = TWO, .cents = 5, .state = RECOVERY_WAIVED}};
    const struct award award = {.recoveries = rows, .recovery_count = 2};

    (void)state;
    assert_int_equal(recoveries_sum(rows, 2), 10);
    assert_int_equal(recovery_unused(100, 70, rows, 2), 20); /* ten of the thirty are being recovered already */
    assert_int_equal(recovery_unused(100, 95, rows, 2), 0);
    assert_int_equal(recovery_unused(100, 120, rows, 0), 0); /* more was used than paid: nothing comes back */
    assert_false(recoveries_settled(rows, 2));
    rows[0].state = RECOVERY_PAID;
    assert_true(recoveries_settled(rows, 2));
    assert_true(recovery_waivable(RECOVERY_RETURN, 10000)); /* 100.00 euros */
    assert_false(recovery_waivable(RECOVERY_RETURN, 10001) || recovery_waivable(RECOVERY_MANDATORY, 10001));
    assert_true(recovery_waivable(RECOVERY_DISCRETIONARY, 10001));
    assert_ptr_equal(award_recovery(&award, TWO), &rows[1]);
    assert_null(award_recovery(&award, (struct uuid){{3}}));
}

static void test_obligations(void **state)
{
    struct obligation rows[] = {{.id = ONE, .kind = OBLIGATION_ANSWER, .due_on = TODAY, .state = OBLIGATION_OPEN},
                                {.id = TWO, .kind = OBLIGATION_FINAL, .due_on = TODAY, .state = OBLIGATION_MET}};

    (void)state;
    assert_ptr_equal(obligation_of(rows, 2, OBLIGATION_FINAL), &rows[1]);
    assert_null(obligation_of(rows, 2, OBLIGATION_INTERIM));
    assert_ptr_equal(obligation_with(rows, 2, ONE), &rows[0]);
    assert_false(obligation_overdue(&rows[0], TODAY)); /* the day itself is in time */
    assert_true(obligation_overdue(&rows[0], TODAY + 1));
    assert_false(obligation_overdue(&rows[1], TODAY + 1)); /* it was met */
    rows[0].due_on = TODAY + 1;                            /* a Saturday: Monday is still in time */
    assert_false(obligation_overdue(&rows[0], TODAY + 3));
    assert_true(obligation_overdue(&rows[0], TODAY + 4));
    assert_int_equal(obligations_passed(TODAY + 3), TODAY + 1);
    assert_int_equal(obligations_passed(TODAY), TODAY);
    assert_false(obligations_settled(rows, 2));
    rows[0].state = OBLIGATION_WAIVED;
    assert_true(obligations_settled(rows, 2));
    assert_true(obligation_waivable(OBLIGATION_INTERIM) && obligation_waivable(OBLIGATION_FINAL));
    assert_false(obligation_waivable(OBLIGATION_ANSWER) || obligation_waivable(OBLIGATION_REPAYMENT));
}

static void test_closing(void **state)
{
    struct award award = {.state = AWARD_ACCEPTED};
    const struct award_rest none = {false}, each[] = {{.instalments = true},
                                                      {.recoveries = true},
                                                      {.obligations = true},
                                                      {.reports = true},
                                                      {.amendments = true}};

    (void)state;
    assert_true(award_closes(&award, &none));
    for (size_t i = 0; i < sizeof each / sizeof *each; i++)
        assert_false(award_closes(&award, &each[i]));
    award.state = AWARD_OFFERED;
    assert_false(award_closes(&award, &none));
    award.state = AWARD_CLOSED;
    assert_false(award_closes(&award, &none));
}

static void test_amounts(void **state)
{
    struct amount rows[] = {{1, 5, "", ""}, {2, MONEY_MAX - 5, "", ""}, {3, 1, "", ""}};

    (void)state;
    assert_int_equal(amounts_sum(&(struct amounts){rows, 2}), MONEY_MAX);
    assert_int_equal(amounts_sum(&(struct amounts){rows, 3}), -1);
    rows[0].cents = -1;
    assert_int_equal(amounts_sum(&(struct amounts){rows, 1}), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answer),      /* in time to the end of the day; silence accepts on the next */
        cmocka_unit_test(test_sums),        /* planned, paid, returned, as the triggers count them */
        cmocka_unit_test(test_plan),        /* a new plan beside what is paid already, within the grant to the cent */
        cmocka_unit_test(test_bounds),      /* from today on; after the final report at most what was used; paid too early is told */
        cmocka_unit_test(test_settle),      /* the latest first, the last one in part; what is paid or at the bank stays */
        cmocka_unit_test(test_recoveries),  /* what was not used comes back once; 100 euros may be left, a cent more may not */
        cmocka_unit_test(test_obligations), /* late from the working day after; only reports are waived */
        cmocka_unit_test(test_closing),     /* anything that waits keeps an award from closing */
        cmocka_unit_test(test_amounts)      /* sums do not overflow */
    };
    return cmocka_run_group_tests_name("funding award", tests, NULL, NULL);
}
