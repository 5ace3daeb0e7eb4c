/* Corrections over real NNG and PostgreSQL: a new decision that points to the old one and takes its place; the old stays as it was, the
 * money moves by the difference, the recipients are told. */
#include "tests/service/funding/awards.h"
#include "tests/service/funding/decisions.h"

static struct rig *rig;

static void assert_refused(struct answer answer, enum err err, const char *rule)
{
    if (answer.err != err || strcmp(answer.rule, rule) != 0)
        fail_msg("error %d %s %s, not %d %s", (int)answer.err, answer.rule, answer.field, (int)err, rule);
}

static int64_t count(const char *what, struct uuid id)
{
    char text[UUID_TEXT];

    uuid_format(id, text);
    return kit_sql_int(rig_pg(rig), what, text);
}

struct fix {       /* a correction */
    int64_t cents; /* 0: a rejection */
    const char *reason;
    struct uuid actor; /* nil: the call's decision-maker */
    int64_t rest;      /* still to be paid, in two; 0: what is not paid or ordered */
    bool rejects;      /* whatever the amount says */
    int64_t day;       /* of the first of them, from today; 0: 60 */
};

/* Still to be paid: the half of it on each of two days. */
static Funding__PlannedInstalment **plan_of(const struct rig_application *a, const struct fix *fix, size_t *count_)
{
    const int64_t done =
        count("select coalesce(sum(cents), 0) from funding.instalment where award_id = '%s' and state not in (1, 5)", a->id);
    const int64_t rest = fix->rest != 0 ? fix->rest : fix->cents - done;
    Funding__PlannedInstalment **plan = arena_array(rig_arena(rig), 2, sizeof *plan);

    *count_ = rest > 1 ? 2 : 0;
    for (size_t i = 0; i < *count_; i++) {
        plan[i] = arena_alloc(rig_arena(rig), sizeof *plan[i]);
        funding__planned_instalment__init(plan[i]);
        plan[i]->due_on = rig_day(rig, (fix->day != 0 ? fix->day : 60) + 30 * (int64_t)i);
        plan[i]->cents = i == 0 ? rest / 2 : rest - rest / 2;
    }
    return plan;
}

/* Two partners, three lines, as rig_written's applications have them; the same period as the old decision's. */
static struct answer correct(const struct rig_call *call, const struct rig_application *a, const struct rig_decision *d,
                             const struct fix *fix)
{
    Funding__CorrectDecisionRequest request = FUNDING__CORRECT_DECISION_REQUEST__INIT;
    int64_t partners[] = {fix->cents - fix->cents / 2, fix->cents / 2};
    int64_t lines[] = {fix->cents / 2, fix->cents / 4, fix->cents - fix->cents / 2 - fix->cents / 4};

    request.application_id = rig_bytes(&a->id);
    request.decision_id = rig_bytes(&d->id);
    request.reason = (char *)(uintptr_t)(fix->reason != NULL ? fix->reason : "Laskuvirhe.");
    request.granted = fix->cents > 0 && !fix->rejects;
    request.cents = fix->cents;
    request.reasons = (char *)"Määrä on laskettu uudelleen.";
    request.instalments = plan_of(a, fix, &request.n_instalments);
    if (fix->cents > 0) {
        request.partner_cents = partners;
        request.n_partner_cents = 2;
        request.line_cents = lines;
        request.n_line_cents = 3;
        request.purpose = (char *)"Koulutuksen yhteiseen kehittämiseen";
        request.use_from = d->message->use_from;
        request.use_until = d->message->use_until;
        if (*request.use_from == '\0')
            request.use_from = request.use_until = (char *)(uintptr_t)kit_sql(rig_pg(rig), "select current_date + 100");
    }
    return rig_ask(rig, &(struct ask){.method = "CorrectDecision",
                                      .message = &request.base,
                                      .actor = uuid_is_nil(fix->actor) ? call->decider : fix->actor,
                                      .roles = RIG_DECIDER});
}

static const Funding__Decision *corrected(const struct rig_call *call, const struct rig_application *a, const struct rig_decision *d,
                                          const struct fix *fix)
{
    const struct answer answer = correct(call, a, d, fix);

    if (answer.err != ERR_OK)
        fail_msg("error %d %s %s %s", (int)answer.err, answer.rule, answer.field, answer.problem ? answer.problem->detail->en : "");
    return (const Funding__Decision *)answer.message;
}

/* The HTML of the decision, as officials read it. */
static const char *letter_of(const struct rig_call *call, const Funding__Decision *d)
{
    Funding__GetDecisionDocumentRequest request = FUNDING__GET_DECISION_DOCUMENT_REQUEST__INIT;

    request.decision_id = d->id;
    request.form = FUNDING__GET_DECISION_DOCUMENT_REQUEST__FORM__HTML;
    const struct answer answer = rig_ask(
        rig, &(struct ask){.method = "GetDecisionDocument", .message = &request.base, .actor = call->preparer, .roles = RIG_PREPARER});
    assert_int_equal(answer.err, ERR_OK);
    const Bus__File *file = (const Bus__File *)answer.message;
    return arena_text(rig_arena(rig), span_of(file->content.data, file->content.len));
}

static void test_a_raise_moves_the_difference(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "raise", .theme_cents = 10000000});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 9000000});
    const struct rig_application b = rig_submitted(rig, &call, &(struct write_plan){.cents = 4000000});
    const struct rig_decision d = rig_decided(rig, &call, &a, &(struct assess_plan){.cents = 5000000, .reason = 21});
    (void)rig_decided(rig, &call, &b, &(struct assess_plan){.cents = 4000000});
    /* One cent more than the theme has: refused with words, and nothing is written. */
    const struct answer over = correct(&call, &a, &d, &(struct fix){.cents = 6000001});
    assert_refused(over, ERR_REFUSED, "funding.decision.theme-overspent");
    assert_non_null(strstr(over.problem->detail->en, "€0.01"));
    assert_int_equal(count("select count(*) from funding.decision where application_id = '%s'", a.id), 1);
    const Funding__Decision *new = corrected(&call, &a, &d, &(struct fix){.cents = 6000000});
    assert_memory_equal(new->corrects_id.data, d.id.b, 16);
    assert_int_equal(count("select granted_cents from funding.theme where id = '%s'", call.themes[0]), 10000000);
    assert_int_equal(count("select granted_cents from funding.award where id = '%s' and version > 1", a.id), 6000000);
    assert_int_equal(count("select state from funding.call where id = '%s'", call.id), 3); /* a resolved call's decisions can be mended */
    /* The old one stays, and says what came after it. */
    const struct answer old = rig_get_decision(rig, d.id, call.decider, RIG_DECIDER);
    const Funding__Decision *m = (const Funding__Decision *)old.message;
    assert_int_equal(m->cents, 5000000);
    assert_memory_equal(m->sha256.data, d.message->sha256.data, 32);
    assert_memory_equal(m->corrected_by_id.data, new->id.data, 16);
    assert_int_equal(rig_events(rig, "funding.DecisionSent.v1", a.id), 2);
}

/* A correction says what is still to be paid: that takes the place of what was planned, with it, whatever is paid stays. */
static void test_what_is_still_to_be_paid(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "plan"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 9000000});
    const struct rig_decision d = rig_decided(rig, &call, &a, &(struct assess_plan){.cents = 5000000, .reason = 21});
    const struct answer less = correct(&call, &a, &d, &(struct fix){.cents = 6000000, .rest = 5000000});
    assert_refused(less, ERR_REFUSED, "funding.decision.instalments-sum");
    assert_non_null(strstr(less.problem->detail->en, "€50,000.00, are not the grant of €60,000.00"));
    assert_string_equal(rig_fact(&less, "plannedCents"), "5000000");
    assert_refused(correct(&call, &a, &d, &(struct fix){.cents = 6000000, .day = -1}), ERR_REFUSED, "funding.instalment.past");
    assert_int_equal(count("select count(*) from funding.decision where application_id = '%s'", a.id), 1);
    const Funding__Decision *new = corrected(&call, &a, &d, &(struct fix){.cents = 6000000});
    assert_int_equal(count("select sum(cents) from funding.instalment where award_id = '%s' and state = 1", a.id), 6000000);
    assert_int_equal(count("select sum(cents) from funding.instalment where award_id = '%s' and state = 5", a.id), 5000000);
    assert_int_equal(count("select planned_cents from funding.award where id = '%s'", a.id), 6000000);
    assert_int_equal(new->presented_by_id.len, 0); /* it is the decision-maker's alone, and says so */
    assert_non_null(strstr(letter_of(&call, new), "Asia on ratkaistu ilman esittelyä."));
    /* A part is paid: it stays, and the letter tells it apart from what is to come. */
    rig_accept(rig, &a);
    rig_paid(rig, &call, &a, 1);
    const struct rig_decision newest = rig_decision_of(rig, &call, &a);
    assert_refused(correct(&call, &a, &newest, &(struct fix){.cents = 2999999}), ERR_REFUSED, "funding.award.paid-more");
    assert_refused(correct(&call, &a, &newest, &(struct fix){.cents = 0, .rest = 1}), ERR_REFUSED, "funding.award.paid-more");
    assert_refused(correct(&call, &a, &newest, &(struct fix){.cents = 6000000, .rejects = true, .rest = 1}), ERR_REFUSED,
                   "funding.award.paid-more"); /* a rejection has no amount */
    new = corrected(&call, &a, &newest, &(struct fix){.cents = 4000000});
    assert_int_equal(count("select sum(cents) from funding.instalment where award_id = '%s' and state = 1", a.id), 1000000);
    assert_int_equal(count("select sum(cents) from funding.instalment where award_id = '%s' and state = 4", a.id), 3000000);
    const char *letter = letter_of(&call, new);
    assert_non_null(strstr(letter, "maksettu "));
    assert_non_null(strstr(letter, "30\xc2\xa0"
                                   "000,00"));
    assert_non_null(strstr(letter, "Avustuksesta maksetaan vielä"));
    assert_int_equal(rig_events(rig, "funding.DecisionSent.v1", a.id), 3);
}

static void test_a_grant_is_taken_away(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "away"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    const struct rig_decision d = rig_decided(rig, &call, &a, &(struct assess_plan){.cents = 5000000});
    const struct rig_decision gone = {.id = rig_id(corrected(&call, &a, &d, &(struct fix){.cents = 0})->id), .message = d.message};
    assert_int_equal(count("select granted_cents from funding.call where id = '%s'", call.id), 0);
    assert_int_equal(count("select state from funding.award where id = '%s'", a.id), 5);
    assert_int_equal(count("select count(*) from funding.obligation where award_id = '%s' and state = 1", a.id), 0);
    assert_int_equal(count("select count(*) from funding.report where award_id = '%s' and state = 1", a.id), 0);
    assert_refused(correct(&call, &a, &gone, &(struct fix){.cents = 1000000}), ERR_REFUSED, "funding.award.ended");
}

static void test_a_rejection_becomes_a_grant(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "after-all"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    const struct rig_decision d =
        rig_decided(rig, &call, &a, &(struct assess_plan){.state = FUNDING__ASSESSMENT_STATE__ASSESSMENT_REJECT, .reason = 2});
    const Funding__Decision *m = corrected(&call, &a, &d, &(struct fix){.cents = 2000000});
    assert_true(m->granted);
    assert_string_not_equal(m->answer_until, "");
    assert_int_equal(count("select granted_cents from funding.award where id = '%s' and state = 1", a.id), 2000000);
    assert_int_equal(count("select count(*) from funding.obligation where award_id = '%s' and state = 1", a.id), 3);
    assert_int_equal(count("select granted_cents from funding.theme where id = '%s'", call.themes[0]), 2000000);
}

/* Accepted, and its use extended past the call's by a change application: a correction leaves the extension where it is, asks for no
 * answer, and moves no day of one. */
static void test_after_the_answer_and_an_extension(void **state)
{
    char id[UUID_TEXT];
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "extended"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    struct rig_decision d = rig_decided(rig, &call, &a, &(struct assess_plan){.cents = 4000000, .reason = 21});
    uuid_format(a.id, id);
    (void)kit_sql(rig_pg(rig), "update funding.award set state = 2, why = 'test', use_until = use_until + 400 where id = '%s'", id);
    (void)kit_sql(rig_pg(rig), "update funding.report set due_on = '2031-05-07' where award_id = '%s' and kind = 2", id);
    const char *last = kit_sql(rig_pg(rig), "select use_until::text from funding.award where id = '%s'", id);
    Funding__Decision old = *d.message;
    old.use_until = (char *)(uintptr_t)arena_strdup(rig_arena(rig), last);
    const struct rig_decision extended = {.id = d.id, .message = &old};
    const Funding__Decision *m = corrected(&call, &a, &extended, &(struct fix){.cents = 4500000});
    assert_string_equal(m->use_until, old.use_until);
    assert_string_equal(kit_sql(rig_pg(rig), "select use_until::text from funding.award where id = '%s'", id), old.use_until);
    assert_string_equal(m->answer_until, d.message->answer_until);
    assert_int_equal(count("select state from funding.award where id = '%s'", a.id), 2);
    const char *letter = letter_of(&call, m);
    assert_non_null(strstr(letter, "Avustus on jo hyväksytty"));
    assert_non_null(strstr(letter, "7.5.2031")); /* the final report, moved with the extension */
    /* Longer than that it does not get by a correction. */
    const struct rig_decision newest = rig_decision_of(rig, &call, &a);
    Funding__Decision more = *newest.message;
    more.use_until = (char *)(uintptr_t)arena_strdup(
        rig_arena(rig), kit_sql(rig_pg(rig), "select (use_until + 1)::text from funding.award where id = '%s'", id));
    const struct rig_decision longer = {.id = newest.id, .message = &more};
    assert_refused(correct(&call, &a, &longer, &(struct fix){.cents = 4500000}), ERR_REFUSED, "funding.assessment.use-outside");
}

static void test_a_chain_not_a_tree(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "chain"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    const struct rig_application b = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    const struct rig_decision d = rig_decided(rig, &call, &a, &(struct assess_plan){.cents = 4000000, .reason = 21});
    (void)corrected(&call, &a, &d, &(struct fix){.cents = 4500000});
    assert_refused(correct(&call, &a, &d, &(struct fix){.cents = 4600000}), ERR_REFUSED, "funding.decision.corrected");
    const struct rig_decision newest = rig_decision_of(rig, &call, &a);
    (void)corrected(&call, &a, &newest, &(struct fix){.cents = 4600000});
    assert_int_equal(count("select count(*) from funding.decision where application_id = '%s'", a.id), 3);
    assert_int_equal(count("select granted_cents from funding.call where id = '%s'", call.id), 4600000);
    /* Of another application it is not found. */
    assert_refused(correct(&call, &b, &newest, &(struct fix){.cents = 1000000}), ERR_NOT_FOUND, "");
}

static void test_what_a_correction_needs(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "needs"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    const struct rig_decision d = rig_decided(rig, &call, &a, &(struct assess_plan){.cents = 4000000, .reason = 21});
    assert_refused(correct(&call, &a, &d, &(struct fix){.cents = 4500000, .reason = " "}), ERR_INVALID, "field.missing");
    assert_refused(correct(&call, &a, &d, &(struct fix){.cents = 4500000, .actor = rig_new_id()}), ERR_FORBIDDEN,
                   "funding.call.not-decider");
    const struct answer more = correct(&call, &a, &d, &(struct fix){.cents = 5000001});
    assert_int_equal(more.err, ERR_REFUSED);
    assert_string_equal(more.field, "cents");
}

/* Two corrections at once: one is made, the other finds the decision corrected. */
static void test_two_at_once(void **state)
{
    Funding__CorrectDecisionRequest request = FUNDING__CORRECT_DECISION_REQUEST__INIT;
    struct answer *answers[4];
    size_t made = 0;
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "two-at-once"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    const struct rig_decision d =
        rig_decided(rig, &call, &a, &(struct assess_plan){.state = FUNDING__ASSESSMENT_STATE__ASSESSMENT_REJECT, .reason = 2});
    request.application_id = rig_bytes(&a.id);
    request.decision_id = rig_bytes(&d.id);
    request.reason = (char *)"Perustelut tarkennettiin.";
    request.reasons = (char *)"Hanke ei vastaa haun tarkoitusta.";
    for (size_t i = 0; i < 4; i++)
        answers[i] = rig_send(
            rig, &(struct ask){
                     .method = "CorrectDecision", .message = &request.base, .actor = call.decider, .roles = RIG_DECIDER, .client = i % 2});
    rig_wait(rig);
    for (size_t i = 0; i < 4; i++)
        if (answers[i]->err == ERR_OK)
            made++;
        else
            assert_refused(*answers[i], ERR_REFUSED, "funding.decision.corrected");
    assert_int_equal(made, 1);
    assert_int_equal(count("select count(*) from funding.decision where application_id = '%s'", a.id), 2);
}

/* The final report has settled the grant: no more is paid than was used, whatever the correction grants. */
static void test_after_the_final_report(void **state)
{
    static const struct {
        const char *code;
        int64_t used, rest; /* of 25,000.00 paid; still to be paid */
    } CASES[] = {{"used-less", 2000000, 0}, {"used-more", 3000000, 500000}};
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const struct rig_call call = rig_call(rig, &(struct call_plan){.code = CASES[i].code});
        const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 9000000});
        const struct rig_decision d = rig_decided(rig, &call, &a, &(struct assess_plan){.cents = 5000000, .reason = 21, .instalments = 2});
        rig_accept(rig, &a);
        rig_paid(rig, &call, &a, 0);
        const struct answer report = rig_report(rig, &a, FUNDING__REPORT_KIND__REPORT_FINAL, CASES[i].used, true);
        assert_int_equal(report.err, ERR_OK);
        const struct uuid id = rig_id(((const Funding__Report *)report.message)->id);
        assert_int_equal(rig_review(rig, call.preparer, id, FUNDING__REVIEW_STEP__REVIEW_VERIFY, "").err, ERR_OK);
        assert_int_equal(rig_review(rig, call.second_preparer, id, FUNDING__REVIEW_STEP__REVIEW_ACCEPT, "").err, ERR_OK);
        assert_refused(correct(&call, &a, &d, &(struct fix){.cents = 5000000}), ERR_REFUSED, "funding.decision.instalments-sum");
        const struct answer over = correct(&call, &a, &d, &(struct fix){.cents = 4900000, .rest = CASES[i].rest + 2});
        assert_refused(over, ERR_REFUSED, "funding.decision.instalments-sum");
        assert_non_null(strstr(over.problem->detail->en, "shown as used"));
        (void)corrected(&call, &a, &d, &(struct fix){.cents = 4900000, .rest = CASES[i].rest > 0 ? CASES[i].rest : 1});
        assert_int_equal(count("select planned_cents from funding.award where id = '%s'", a.id), 2500000 + CASES[i].rest);
        assert_int_equal(count("select granted_cents from funding.award where id = '%s'", a.id), 4900000);
    }
}

static int start(void **state)
{
    *state = rig = rig_new(2, 2);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_a_raise_moves_the_difference, rig_group_rest),
        cmocka_unit_test_setup(test_what_is_still_to_be_paid, rig_group_rest),
        cmocka_unit_test_setup(test_a_grant_is_taken_away, rig_group_rest),
        cmocka_unit_test_setup(test_a_rejection_becomes_a_grant, rig_group_rest),
        cmocka_unit_test_setup(test_after_the_answer_and_an_extension, rig_group_rest),
        cmocka_unit_test_setup(test_a_chain_not_a_tree, rig_group_rest),
        cmocka_unit_test_setup(test_what_a_correction_needs, rig_group_rest),
        cmocka_unit_test_setup(test_two_at_once, rig_group_rest),
        cmocka_unit_test_setup(test_after_the_final_report, rig_group_rest), /* no more is paid than was used */
    };
    return rig_told(cmocka_run_group_tests(tests, start, rig_group_stop));
}
