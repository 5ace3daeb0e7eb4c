/* Reports: written, handed in, looked at by two people, returned; what was not used comes back; and the award that closes with it. */
#include "tests/service/funding/awards.h"

#define GRANT   INT64_C(10000000)
#define FINAL   FUNDING__REPORT_KIND__REPORT_FINAL
#define INTERIM FUNDING__REPORT_KIND__REPORT_INTERIM
#define VERIFY  FUNDING__REVIEW_STEP__REVIEW_VERIFY
#define ACCEPT  FUNDING__REVIEW_STEP__REVIEW_ACCEPT
#define RETURN  FUNDING__REVIEW_STEP__REVIEW_RETURN

static struct rig *rig;

static const Funding__Report *report_of(const struct answer *answer)
{
    if (answer->err != ERR_OK)
        fail_msg("error %d %s %s", (int)answer->err, answer->rule, answer->field);
    return (const Funding__Report *)answer->message;
}

static struct answer get(struct uuid report, struct uuid who, uint32_t roles)
{
    Funding__GetReportRequest request = FUNDING__GET_REPORT_REQUEST__INIT;

    request.report_id = rig_bytes(&report);
    return rig_ask(rig, &(struct ask){.method = "GetReport", .message = &request.base, .actor = who, .roles = roles});
}

static void test_written(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "selvitys"});
    const struct rig_application a = rig_granted(rig, &call, GRANT);

    (void)state;
    rig_refused(rig_report(rig, &a, INTERIM, 100, false), "funding.award.not-accepted");
    rig_accept(rig, &a);
    const struct answer draft = rig_report(rig, &a, INTERIM, 4000000, false);
    const Funding__Report *r = report_of(&draft);
    assert_int_equal(r->state, FUNDING__REPORT_STATE__REPORT_AWAITED);
    assert_int_equal(r->trainee_days_tenths, 4500); /* five credits for twenty people */
    const struct uuid id = rig_id(r->id);
    const struct answer unseen = get(id, call.preparer, RIG_PREPARER);
    assert_null(report_of(&unseen)->content); /* a draft is its writer's */
    const struct answer mine = get(id, a.owner, RIG_APPLICANT);
    assert_string_equal(report_of(&mine)->content->results, "Koulutukset pidettiin.\nPalaute oli hyvää.");
    assert_int_equal(get(id, rig_new_id(), RIG_APPLICANT).err, ERR_NOT_FOUND);
    rig_refused(rig_report(rig, &a, INTERIM, GRANT + 1, true), "funding.report.over-granted"); /* a cent too much */
    const struct answer given = rig_report(rig, &a, INTERIM, GRANT, true);
    assert_int_equal(report_of(&given)->state, FUNDING__REPORT_STATE__REPORT_SUBMITTED);
    assert_int_equal(report_of(&given)->used_cents, GRANT);
    assert_true(report_of(&given)->submitted_us > 0);
    rig_refused(rig_report(rig, &a, INTERIM, 100, false), "funding.report.state");
    assert_int_equal(rig_count(rig, &a, "select count(*) from funding.obligation where award_id = %s and kind = 2 and state = 2"), 1);
    assert_int_equal(rig_events(rig, "funding.ReportMoved.v1", a.id), 1);
    const struct answer seen = get(id, call.preparer, RIG_PREPARER);
    assert_int_equal(report_of(&seen)->content->n_checked, 1);
}

/* A final report that comes before the end of the use, and before the interim one is accepted, may; all who look at it are told. */
static void test_early(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "varhain"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    const struct answer interim = rig_report(rig, &a, INTERIM, GRANT, true);
    const struct uuid interim_id = rig_id(report_of(&interim)->id);

    (void)state;
    assert_int_equal(report_of(&interim)->n_findings, 0);
    const struct answer given = rig_report(rig, &a, FINAL, GRANT, true);
    const struct uuid id = rig_id(report_of(&given)->id);
    assert_int_equal(report_of(&given)->n_findings, 2);
    assert_string_equal(report_of(&given)->findings[0]->rule, "funding.report.use-open");
    assert_string_equal(report_of(&given)->findings[1]->rule, "funding.report.interim-open");
    const struct answer verified = rig_review(rig, call.preparer, id, VERIFY, "");
    assert_int_equal(report_of(&verified)->n_findings, 2);
    assert_int_equal(rig_review(rig, call.preparer, interim_id, VERIFY, "").err, ERR_OK);
    assert_int_equal(rig_review(rig, call.second_preparer, interim_id, ACCEPT, "").err, ERR_OK);
    const struct answer seen = get(id, call.second_preparer, RIG_PREPARER);
    assert_int_equal(report_of(&seen)->n_findings, 1);
    assert_string_equal(report_of(&seen)->findings[0]->rule, "funding.report.use-open");
}

static void test_two_people(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "kaksi"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    const struct answer given = rig_report(rig, &a, INTERIM, GRANT, true);
    const struct uuid id = rig_id(report_of(&given)->id);

    (void)state;
    rig_refused(rig_review(rig, call.preparer, id, ACCEPT, ""), "funding.report.step"); /* content first */
    assert_int_equal(rig_review(rig, rig_new_id(), id, VERIFY, "").err, ERR_FORBIDDEN);
    const struct answer verified = rig_review(rig, call.preparer, id, VERIFY, "Sisältö kunnossa");
    assert_int_equal(report_of(&verified)->state, FUNDING__REPORT_STATE__REPORT_VERIFIED);
    rig_refused(rig_review(rig, call.preparer, id, ACCEPT, ""), "funding.report.same-reviewer");
    const struct answer accepted = rig_review(rig, call.second_preparer, id, ACCEPT, "");
    assert_int_equal(report_of(&accepted)->state, FUNDING__REPORT_STATE__REPORT_ACCEPTED);
    const struct uuid verified_by = rig_id(report_of(&accepted)->verified_by_id),
                      accepted_by = rig_id(report_of(&accepted)->accepted_by_id);
    assert_int_equal(uuid_compare(verified_by, call.preparer), 0);
    assert_int_equal(uuid_compare(accepted_by, call.second_preparer), 0);
    assert_int_equal(rig_events(rig, "funding.ReportMoved.v1", a.id), 3);
    rig_refused(rig_review(rig, call.preparer, id, RETURN, "Vielä"), "funding.report.step");
}

static void test_returned(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "palautettu"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    const struct answer given = rig_report(rig, &a, FINAL, GRANT, true);
    const struct uuid id = rig_id(report_of(&given)->id);

    (void)state;
    assert_int_equal(rig_review(rig, call.preparer, id, RETURN, "").err, ERR_INVALID); /* words are needed */
    assert_int_equal(rig_review(rig, call.preparer, id, VERIFY, "").err, ERR_OK);
    const struct answer back = rig_review(rig, call.second_preparer, id, RETURN, "Matkakuluista puuttuu erittely.");
    assert_int_equal(report_of(&back)->state, FUNDING__REPORT_STATE__REPORT_TO_SUPPLEMENT);
    assert_string_equal(report_of(&back)->due_on, rig_day(rig, 14));
    assert_int_equal(
        rig_count(rig, &a,
                  "select count(*) from funding.obligation where award_id = %s and kind = 3 and state = 1 and due_on = current_date + 14"),
        1); /* open again, until the new day */
    assert_int_equal(rig_events(rig, "funding.ObligationSet.v1", a.id), 3 + 1);
    assert_int_equal(rig_report(rig, &a, FINAL, GRANT - 5, true).err, ERR_OK);
    assert_int_equal(rig_count(rig, &a, "select count(*) from funding.obligation where award_id = %s and kind = 3 and state = 2"), 1);
    assert_int_equal(rig_review(rig, call.second_preparer, id, VERIFY, "").err, ERR_OK); /* whoever looked before may look again */
    assert_int_equal(rig_review(rig, call.preparer, id, ACCEPT, "").err, ERR_OK);
    assert_int_equal(rig_count(rig, &a, "select used_cents from funding.report where kind = 2 and award_id = %s"), GRANT - 5);
}

static struct answer move_recovery(const struct rig_call *call, const struct rig_application *a, const Funding__Recovery *recovery,
                                   Funding__RecoveryState to)
{
    Funding__PutRecoveryRequest request = FUNDING__PUT_RECOVERY_REQUEST__INIT;
    const bool decides = to != FUNDING__RECOVERY_STATE__RECOVERY_PAID;

    request.application_id = rig_bytes(&a->id);
    request.recovery_id = recovery->id;
    request.state = to;
    request.due_on = rig_day(rig, 30);
    request.paid_on = rig_day(rig, 0);
    request.reasons = arena_strdup(rig_arena(rig), "Pieni määrä");
    return rig_ask(rig, &(struct ask){.method = "PutRecovery",
                                      .message = &request.base,
                                      .actor = decides ? call->decider : call->second_preparer,
                                      .roles = decides ? RIG_DECIDER : RIG_PREPARER});
}

/* From the first instalment to the end of the call: every cent is used or comes back. */
static void test_to_the_end(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "loppuun"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);

    (void)state;
    rig_paid(rig, &call, &a, 0);
    rig_paid(rig, &call, &a, 1);
    const struct answer interim = rig_report(rig, &a, INTERIM, 100, true), final = rig_report(rig, &a, FINAL, GRANT - 123456, true);
    const struct uuid first = rig_id(report_of(&interim)->id), last = rig_id(report_of(&final)->id);
    assert_int_equal(rig_review(rig, call.preparer, first, VERIFY, "").err, ERR_OK);
    assert_int_equal(rig_review(rig, call.second_preparer, first, ACCEPT, "").err, ERR_OK);
    assert_int_equal(rig_review(rig, call.preparer, last, VERIFY, "").err, ERR_OK);
    assert_int_equal(rig_award_of(rig, &call, &a)->n_recoveries, 0);
    assert_int_equal(rig_review(rig, call.second_preparer, last, ACCEPT, "").err, ERR_OK);
    const Funding__Award *award = rig_award_of(rig, &call, &a);
    assert_int_equal(award->n_recoveries, 1);
    assert_int_equal(award->recoveries[0]->cents, 123456); /* what was not used */
    assert_int_equal(award->recoveries[0]->kind, FUNDING__RECOVERY_KIND__RECOVERY_RETURN);
    assert_int_equal(award->state, FUNDING__AWARD_STATE__AWARD_ACCEPTED); /* it waits for the money */
    assert_int_equal(move_recovery(&call, &a, award->recoveries[0], FUNDING__RECOVERY_STATE__RECOVERY_ORDERED).err, ERR_OK);
    const struct answer back = move_recovery(&call, &a, award->recoveries[0], FUNDING__RECOVERY_STATE__RECOVERY_PAID);
    assert_int_equal(back.err, ERR_OK);
    award = (const Funding__Award *)back.message;
    assert_int_equal(award->state, FUNDING__AWARD_STATE__AWARD_CLOSED);
    assert_int_equal(award->paid_cents - award->returned_cents, GRANT - 123456);
    assert_int_equal(rig_count(rig, &a, "select state from funding.award where id = %s"), 4);
    assert_int_equal(rig_count(rig, &a, "select c.state from funding.call c join funding.award w on w.call_id = c.id where w.id = %s"), 4);
    assert_int_equal(rig_count(rig, &a,
                               "select count(*) from funding.move where subject = %s and machine = 'award' and to_state = 4 and "
                               "actor is null and why = 'rules: all is reported and paid'"),
                     1);
}

static void test_small_rest(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "pieni"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);

    (void)state;
    rig_paid(rig, &call, &a, 0);
    const struct answer final = rig_report(rig, &a, FINAL, GRANT / 2 - 10000, true);
    const struct uuid id = rig_id(report_of(&final)->id);
    assert_int_equal(rig_review(rig, call.preparer, id, VERIFY, "").err, ERR_OK);
    assert_int_equal(rig_review(rig, call.second_preparer, id, ACCEPT, "").err, ERR_OK);
    const Funding__Award *award = rig_award_of(rig, &call, &a);
    assert_int_equal(award->recoveries[0]->cents, 10000); /* of what was paid, half the grant */
    assert_int_equal(move_recovery(&call, &a, award->recoveries[0], FUNDING__RECOVERY_STATE__RECOVERY_WAIVED).err, ERR_OK);
    assert_int_equal(rig_count(rig, &a, "select returned_cents from funding.award where id = %s"), 0);
}

/* What was used is to be paid: a final report is accepted once instalments for it are planned, for then the award may close. */
static void test_unplanned(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "eraton"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    const struct answer final = rig_report(rig, &a, FINAL, GRANT, true);
    const struct uuid id = rig_id(report_of(&final)->id);

    (void)state;
    assert_int_equal(rig_pay(rig, &call, &a, 1, FUNDING__INSTALMENT_STATE__INSTALMENT_CANCELLED, "", "").err, ERR_OK);
    assert_int_equal(rig_review(rig, call.preparer, id, VERIFY, "").err, ERR_OK);
    const struct answer refused = rig_review(rig, call.second_preparer, id, ACCEPT, "");
    rig_refused(refused, "funding.report.unplanned");
    assert_string_equal(rig_fact(&refused, "plannedCents"), "5000000");
    assert_int_equal(rig_review(rig, call.second_preparer, id, RETURN, "Korjaa käytetty määrä.").err, ERR_OK);
    assert_int_equal(rig_report(rig, &a, FINAL, GRANT / 2, true).err, ERR_OK);
    assert_int_equal(rig_review(rig, call.preparer, id, VERIFY, "").err, ERR_OK);
    assert_int_equal(rig_review(rig, call.second_preparer, id, ACCEPT, "").err, ERR_OK);
}

/* What was handed in stays, whatever is written after it was returned; officials see it until the next one is handed in. */
static void test_kept(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "sailyy"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    const struct answer first = rig_report(rig, &a, INTERIM, 700, true);
    const struct uuid id = rig_id(report_of(&first)->id);

    (void)state;
    assert_int_equal(rig_review(rig, call.preparer, id, RETURN, "Tarkenna.").err, ERR_OK);
    assert_int_equal(rig_report(rig, &a, INTERIM, 900, false).err, ERR_OK);
    const struct answer seen = get(id, call.preparer, RIG_PREPARER), mine = get(id, a.owner, RIG_APPLICANT);
    assert_int_equal(report_of(&seen)->used_cents, 700);
    assert_int_equal(report_of(&seen)->content->lines[0]->cents, 350);
    assert_int_equal(report_of(&mine)->used_cents, 900);
    assert_int_equal(rig_report(rig, &a, INTERIM, 900, true).err, ERR_OK);
    const struct answer next = get(id, call.preparer, RIG_PREPARER);
    assert_int_equal(report_of(&next)->used_cents, 900);
    assert_int_equal(rig_count(rig, &a,
                               "select sum(v.used_cents) from funding.report r join funding.report_handed_in v on v.report_id = r.id where "
                               "r.award_id = %s"),
                     1600);
}

static void test_list(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "listat"});
    Funding__ListReportsRequest request = FUNDING__LIST_REPORTS_REQUEST__INIT;
    Funding__GetAwardRequest of = FUNDING__GET_AWARD_REQUEST__INIT;
    struct rig_application all[2];

    (void)state;
    rig_grant_all(rig, &call, all, 2, GRANT);
    rig_accept(rig, &all[0]);
    assert_int_equal(rig_report(rig, &all[0], INTERIM, 100, true).err, ERR_OK);
    (void)rig_count(rig, &all[1], "update funding.report set due_on = current_date - 20 where kind = 1 and award_id = %s returning 1");
    (void)rig_count(rig, &all[1], "update funding.obligation set due_on = current_date - 20 where kind = 2 and award_id = %s returning 1");
    request.call_id = rig_bytes(&call.id);
    struct ask ask = {.method = "ListReports", .message = &request.base, .actor = call.presenter, .roles = RIG_PRESENTER};
    struct answer found = rig_ask(rig, &ask);
    assert_int_equal(((const Funding__ReportList *)found.message)->n_reports, 4);
    request.state = FUNDING__REPORT_STATE__REPORT_SUBMITTED;
    found = rig_ask(rig, &ask);
    assert_int_equal(((const Funding__ReportList *)found.message)->n_reports, 1);
    assert_null(((const Funding__ReportList *)found.message)->reports[0]->content);
    request.state = FUNDING__REPORT_STATE__REPORT_UNKNOWN;
    request.late = true;
    found = rig_ask(rig, &ask);
    const Funding__ReportList *late = (const Funding__ReportList *)found.message;
    assert_int_equal(late->n_reports, 1);
    const struct uuid whose = rig_id(late->reports[0]->application_id);
    assert_int_equal(uuid_compare(whose, all[1].id), 0);
    of.application_id = rig_bytes(&all[1].id);
    found = rig_ask(rig, &(struct ask){.method = "ListObligations", .message = &of.base, .actor = all[1].owner, .roles = RIG_APPLICANT});
    const Funding__ObligationList *obligations = (const Funding__ObligationList *)found.message;
    assert_int_equal(obligations->n_obligations, 3);
    assert_int_equal(obligations->obligations[1]->kind, FUNDING__OBLIGATION_KIND__OBLIGATION_INTERIM);
    assert_true(obligations->obligations[1]->late);
    assert_false(obligations->obligations[2]->late);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_written, rig_group_rest),    /* drafts are the writer's own; at most the grant is used */
        cmocka_unit_test_setup(test_early, rig_group_rest),      /* a final one before its time is told to all who look at it */
        cmocka_unit_test_setup(test_two_people, rig_group_rest), /* content, then money, by another */
        cmocka_unit_test_setup(test_returned, rig_group_rest),   /* with words and a new day; the obligation opens again */
        cmocka_unit_test_setup(test_to_the_end, rig_group_rest), /* what was not used comes back; the award closes, the call ends */
        cmocka_unit_test_setup(test_small_rest, rig_group_rest), /* 100 euros may be left */
        cmocka_unit_test_setup(test_unplanned, rig_group_rest),  /* what was used is planned before the final report is accepted */
        cmocka_unit_test_setup(test_kept, rig_group_rest),       /* what was handed in, beside the draft that mends it */
        cmocka_unit_test_setup(test_list, rig_group_rest)        /* by state, late ones; obligations */
    };
    return rig_told(cmocka_run_group_tests_name("funding reports", tests, start, rig_group_stop));
}
