/* The final report settles the grant: no more is paid than was used, what was paid beyond it is to come back, and the award closes. */
#include "tests/service/funding/awards.h"

#define GRANT     INT64_C(15000000) /* 150,000.00 euros, in two halves */
#define FINAL     FUNDING__REPORT_KIND__REPORT_FINAL
#define ORDERED   FUNDING__INSTALMENT_STATE__INSTALMENT_ORDERED
#define SENT      FUNDING__INSTALMENT_STATE__INSTALMENT_SENT
#define PAID      FUNDING__INSTALMENT_STATE__INSTALMENT_PAID
#define CAME_BACK FUNDING__INSTALMENT_STATE__INSTALMENT_CAME_BACK

static struct rig *rig;

static struct uuid handed_in(const struct rig_application *a, int64_t used_cents)
{
    const struct answer given = rig_report(rig, a, FINAL, used_cents, true);

    if (given.err != ERR_OK)
        fail_msg("error %d %s %s", (int)given.err, given.rule, given.field);
    return rig_id(((const Funding__Report *)given.message)->id);
}

/* By two; the interim report is not asked for any more, so that nothing else keeps the award open. */
static struct answer settled(const struct rig_call *call, const struct rig_application *a, struct uuid report)
{
    (void)rig_count(rig, a,
                    "with o as (update funding.obligation set state = 3, why = 'test' where kind = 2 and state = 1 and award_id = %s "
                    "returning award_id) select count(*) from o");
    const struct answer verified = rig_review(rig, call->preparer, report, FUNDING__REVIEW_STEP__REVIEW_VERIFY, "");
    assert_int_equal(verified.err, ERR_OK);
    return rig_review(rig, call->second_preparer, report, FUNDING__REVIEW_STEP__REVIEW_ACCEPT, "");
}

static struct answer plan(const struct rig_call *call, const struct rig_application *a, int64_t cents)
{
    Funding__PutInstalmentsRequest request = FUNDING__PUT_INSTALMENTS_REQUEST__INIT;
    Funding__PlannedInstalment row = FUNDING__PLANNED_INSTALMENT__INIT, *rows[] = {&row};

    row.cents = cents;
    row.due_on = rig_day(rig, 5);
    request.application_id = rig_bytes(&a->id);
    request.instalments = rows;
    request.n_instalments = 1;
    return rig_ask(rig, &(struct ask){.method = "PutInstalments",
                                      .message = &request.base,
                                      .actor = call->preparer,
                                      .roles = RIG_PREPARER,
                                      .if_match = rig_award_of(rig, call, a)->version});
}

/* Nothing was paid yet: what is planned shrinks to what was used, the latest first. */
static void test_unpaid(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "maksamatta"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    const struct uuid report = handed_in(&a, 4000000);

    (void)state;
    assert_int_equal(settled(&call, &a, report).err, ERR_OK);
    const Funding__Award *award = rig_award_of(rig, &call, &a);
    assert_int_equal(award->planned_cents, 4000000);
    assert_int_equal(award->n_instalments, 3); /* two are cancelled; what is left of the first is planned anew, on its day */
    assert_int_equal(award->instalments[2]->cents, 4000000);
    assert_string_equal(award->instalments[2]->due_on, award->instalments[0]->due_on);
    assert_int_equal(award->n_recoveries, 0);
    assert_int_equal(award->state, FUNDING__AWARD_STATE__AWARD_ACCEPTED); /* it waits for the last payment */
    assert_int_equal(rig_count(rig, &a,
                               "select count(*) from funding.move m join funding.instalment i on i.id = m.subject where i.award_id = %s "
                               "and m.to_state = 5 and m.actor is null and m.why like 'rules: the final report %%'"),
                     2);
    rig_refused(plan(&call, &a, 4000001), "funding.instalment.over-used"); /* a cent more than was used */
    rig_paid(rig, &call, &a, 2);
    award = rig_award_of(rig, &call, &a);
    assert_int_equal(award->paid_cents, 4000000);
    assert_int_equal(award->state, FUNDING__AWARD_STATE__AWARD_CLOSED);
    assert_int_equal(award->n_recoveries, 0);
}

/* More was paid than used: the rest is not paid, and what is too much is to come back. */
static void test_overpaid(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "liikaa"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);

    (void)state;
    rig_paid(rig, &call, &a, 0);
    const struct uuid report = handed_in(&a, GRANT / 2 - 250000);
    assert_int_equal(settled(&call, &a, report).err, ERR_OK);
    const Funding__Award *award = rig_award_of(rig, &call, &a);
    assert_int_equal(award->planned_cents, GRANT / 2);
    assert_int_equal(award->n_instalments, 2);
    assert_int_equal(award->n_recoveries, 1);
    assert_int_equal(award->recoveries[0]->cents, 250000);
    rig_refused(plan(&call, &a, 1), "funding.instalment.over-used");
    rig_refused(rig_pay(rig, &call, &a, 1, ORDERED, "", ""), "funding.instalment.state"); /* it is cancelled */
}

/* What was ordered is cancelled too; the part that was used is planned anew, and all of it is paid in the end. */
static void test_ordered(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "tilattu"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);

    (void)state;
    rig_paid(rig, &call, &a, 0);
    assert_int_equal(rig_pay(rig, &call, &a, 1, ORDERED, "", "").err, ERR_OK);
    const struct uuid report = handed_in(&a, GRANT / 2 + 1);
    assert_int_equal(settled(&call, &a, report).err, ERR_OK);
    rig_paid(rig, &call, &a, 2);
    const Funding__Award *award = rig_award_of(rig, &call, &a);
    assert_int_equal(award->paid_cents, GRANT / 2 + 1);
    assert_int_equal(award->state, FUNDING__AWARD_STATE__AWARD_CLOSED);
    assert_int_equal(rig_count(rig, &a, "select paid_cents from funding.award where id = %s and planned_cents = paid_cents"),
                     GRANT / 2 + 1);
}

/* What is at the bank is neither paid nor back: it is waited for, where it would be too much. */
static void test_at_the_bank(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "pankissa"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);

    (void)state;
    assert_int_equal(rig_pay(rig, &call, &a, 0, ORDERED, "", "").err, ERR_OK);
    assert_int_equal(rig_pay(rig, &call, &a, 0, SENT, "", "").err, ERR_OK);
    const struct uuid report = handed_in(&a, GRANT / 2 - 1);
    const struct answer waits = settled(&call, &a, report);
    rig_refused(waits, "funding.report.at-the-bank");
    assert_string_equal(rig_fact(&waits, "sentCents"), "7500000");
    assert_int_equal(rig_award_of(rig, &call, &a)->planned_cents, GRANT); /* nothing has changed */
    assert_int_equal(rig_pay(rig, &call, &a, 0, CAME_BACK, "", "").err, ERR_OK);
    assert_int_equal(rig_review(rig, call.second_preparer, report, FUNDING__REVIEW_STEP__REVIEW_ACCEPT, "").err, ERR_OK);
    assert_int_equal(rig_award_of(rig, &call, &a)->planned_cents, GRANT / 2 - 1);
}

/* All was used: nothing is cancelled, and what is at the bank arrives after the report. */
static void test_all_used(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "kaikki"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);

    (void)state;
    rig_paid(rig, &call, &a, 0);
    assert_int_equal(rig_pay(rig, &call, &a, 1, ORDERED, "", "").err, ERR_OK);
    assert_int_equal(rig_pay(rig, &call, &a, 1, SENT, "", "").err, ERR_OK);
    const struct uuid report = handed_in(&a, GRANT);
    assert_int_equal(settled(&call, &a, report).err, ERR_OK);
    assert_int_equal(rig_award_of(rig, &call, &a)->n_instalments, 2);
    assert_int_equal(rig_pay(rig, &call, &a, 1, PAID, "RF18", rig_day(rig, 0)).err, ERR_OK);
    assert_int_equal(rig_award_of(rig, &call, &a)->state, FUNDING__AWARD_STATE__AWARD_CLOSED);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_unpaid, rig_group_rest),      /* what is planned shrinks to what was used; then it closes */
        cmocka_unit_test_setup(test_overpaid, rig_group_rest),    /* the rest is not paid, what is too much comes back */
        cmocka_unit_test_setup(test_ordered, rig_group_rest),     /* an order is cancelled, its used part planned anew and paid */
        cmocka_unit_test_setup(test_at_the_bank, rig_group_rest), /* waited for, where it would be too much */
        cmocka_unit_test_setup(test_all_used, rig_group_rest)     /* nothing is cancelled */
    };
    return rig_told(cmocka_run_group_tests_name("funding settlement", tests, start, rig_group_stop));
}
