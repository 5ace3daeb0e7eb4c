/* Presenting over real NNG and PostgreSQL: only what a presenting official of the call has presented as it is gets sent, with their name;
 * and who may see what is still missing. */
#include "tests/service/funding/decisions.h"

static struct rig *rig;

static void assert_refused(struct answer answer, enum err err, const char *rule)
{
    if (answer.err != err || strcmp(answer.rule, rule) != 0)
        fail_msg("error %d %s %s, not %d %s", (int)answer.err, answer.rule, answer.field, (int)err, rule);
}

static const ProtobufCMessage *given(struct answer answer)
{
    if (answer.err != ERR_OK)
        fail_msg("error %d %s %s %s", (int)answer.err, answer.rule, answer.field, answer.problem ? answer.problem->detail->en : "");
    return answer.message;
}

static int64_t count(const char *what, struct uuid id)
{
    char text[UUID_TEXT];

    uuid_format(id, text);
    return kit_sql_int(rig_pg(rig), what, text);
}

static struct rig_application submitted(const struct rig_call *call, size_t theme, int64_t cents)
{
    return rig_submitted(rig, call, &(struct write_plan){.theme = theme, .cents = cents});
}

static void assess(const struct rig_call *call, const struct rig_application *a, int64_t cents)
{
    (void)given(rig_assess(rig, call, a, &(struct assess_plan){.cents = cents, .reason = 21}));
}

static void reject(const struct rig_call *call, const struct rig_application *a)
{
    (void)given(rig_assess(rig, call, a, &(struct assess_plan){.state = FUNDING__ASSESSMENT_STATE__ASSESSMENT_REJECT, .reason = 2}));
}

static Funding__Assessment *assessment(const struct rig_call *call, const struct rig_application *a)
{
    return (Funding__Assessment *)(uintptr_t)given(rig_of_application(rig, "GetAssessment", a, call->preparer, RIG_PREPARER));
}

static struct answer round_by(const char *method, const struct rig_call *call, struct uuid who, uint32_t roles, bool dry_run)
{
    Funding__SendDecisionsRequest request = FUNDING__SEND_DECISIONS_REQUEST__INIT;

    request.call_id = rig_bytes(&call->id);
    request.dry_run = dry_run;
    return rig_ask(rig, &(struct ask){.method = method, .message = &request.base, .actor = who, .roles = roles});
}

/* Only what a presenting official has presented as it is gets sent, and bears their name. */
static void test_what_is_sent_was_presented(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "presented"});
    struct rig_application a = submitted(&call, 0, 1000000);
    const struct rig_application b = submitted(&call, 0, 1000000), c = submitted(&call, 1, 1000000);
    const struct rig_application *const first[] = {&a}, *const third[] = {&c};
    rig_closes_in(rig, &call, -TIME_HOUR);
    assess(&call, &a, 900000);
    reject(&call, &b);
    assert_refused(rig_send_decisions(rig, &call, first, 1, false), ERR_REFUSED, "funding.decision.not-presented");
    assert_refused(rig_present(rig, &call, third, 1, false), ERR_REFUSED, "funding.assessment.state"); /* it is not prepared */
    const Funding__SendReport *r = (const Funding__SendReport *)given(rig_present(rig, &call, NULL, 0, true));
    assert_int_equal(r->presented, 0);
    assert_int_equal(r->granted + r->rejected, 2);
    assert_int_equal(count("select count(*) from funding.presentation p join funding.assessment s on s.id = p.application_id "
                           "where s.call_id = '%s'",
                           call.id),
                     0);
    r = (const Funding__SendReport *)given(rig_present(rig, &call, NULL, 0, false));
    assert_int_equal(r->presented, 2);
    assert_int_equal(r->cents, 900000);
    assert_memory_equal(assessment(&call, &a)->presented_by_id.data, call.presenter.b, 16);
    assert_string_equal(assessment(&call, &a)->presented_by, "Elli Esittelijä");
    assert_refused(rig_present(rig, &call, NULL, 0, false), ERR_REFUSED, "funding.decision.none"); /* nothing is left */
    /* Written anew it is presented anew; so it is when the applicant has supplemented the application. */
    assess(&call, &a, 800000);
    assert_int_equal(assessment(&call, &a)->presented_by_id.len, 0);
    assert_refused(rig_send_decisions(rig, &call, first, 1, false), ERR_REFUSED, "funding.decision.not-presented");
    (void)given(rig_present(rig, &call, first, 1, false));
    (void)kit_sql(rig_pg(rig), "update funding.application set submitted_version = submitted_version + 1 where register_number = '%s'",
                  a.register_number);
    assert_int_equal(assessment(&call, &a)->presented_by_id.len, 0);
    (void)kit_sql(rig_pg(rig), "update funding.application set submitted_version = submitted_version - 1 where register_number = '%s'",
                  a.register_number);
    (void)given(rig_send_decisions(rig, &call, first, 1, false));
    assert_memory_equal(rig_decision_of(rig, &call, &a).message->presented_by_id.data, call.presenter.b, 16);
    assert_memory_equal(assessment(&call, &a)->presented_by_id.data, call.presenter.b, 16); /* and stays to be seen */
}

static void test_who_presents(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "who-presents"});
    const struct rig_application a = submitted(&call, 0, 1000000), b = submitted(&call, 0, 1000000);
    const struct rig_application *const first[] = {&a};
    assess(&call, &a, 900000);
    assess(&call, &b, 900000);
    assert_refused(rig_present(rig, &call, NULL, 0, false), ERR_REFUSED, "funding.decision.call-state"); /* it is open */
    rig_closes_in(rig, &call, -TIME_HOUR);
    assert_refused(round_by("PresentDecisions", &call, call.decider, RIG_DECIDER, false), ERR_FORBIDDEN, "");
    assert_refused(round_by("PresentDecisions", &call, call.preparer, RIG_PREPARER, true), ERR_FORBIDDEN, "");
    assert_refused(round_by("PresentDecisions", &call, rig_new_id(), RIG_PRESENTER, false), ERR_FORBIDDEN, "funding.call.not-presenter");
    (void)given(rig_note_conflict(rig, &a, call.presenter, RIG_PRESENTER, call.presenter));
    assert_refused(rig_present(rig, &call, first, 1, false), ERR_REFUSED, "funding.decision.presenter-conflict");
    assert_int_equal(((const Funding__SendReport *)given(rig_present(rig, &call, NULL, 0, false)))->presented, 1); /* the other one */
}

/* Who mends what is missing sees the list of it: at any time, and without what they have a conflict of interest in. */
static void test_a_dry_run_is_for_those_who_prepare_too(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "dry-run"});
    const struct rig_application a = submitted(&call, 0, 1000000), b = submitted(&call, 0, 1000000);
    assess(&call, &a, 900000);
    const Funding__SendReport *r = (const Funding__SendReport *)given(round_by("SendDecisions", &call, call.preparer, RIG_PREPARER, true));
    assert_string_equal(r->findings[0]->finding->rule, "funding.decision.call-state"); /* it is open: told, not refused */
    assert_string_equal(r->findings[0]->register_number, "");
    assert_int_equal(r->granted, 1);
    rig_closes_in(rig, &call, -TIME_HOUR);
    r = (const Funding__SendReport *)given(round_by("SendDecisions", &call, call.presenter, RIG_PRESENTER, true));
    assert_int_equal(r->n_findings, 2);
    (void)given(rig_note_conflict(rig, &a, call.preparer, RIG_PREPARER, call.preparer));
    r = (const Funding__SendReport *)given(round_by("SendDecisions", &call, call.preparer, RIG_PREPARER, true));
    assert_int_equal(r->granted, 0);
    assert_int_equal(r->n_findings, 1);
    assert_string_equal(r->findings[0]->register_number, b.register_number);
    assert_refused(round_by("SendDecisions", &call, call.preparer, RIG_PREPARER, false), ERR_FORBIDDEN, "");
    assert_refused(round_by("SendDecisions", &call, rig_new_id(), RIG_PREPARER, true), ERR_FORBIDDEN, "funding.call.not-decider");
    assert_refused(round_by("SendDecisions", &call, call.evaluators[0], RIG_EVALUATOR, true), ERR_FORBIDDEN, "");
}

/* Whoever has presented and may not any more leaves it to another one; that one may have presented it before. */
static void test_who_presented_leaves(void **state)
{
    (void)state;
    char of_call[UUID_TEXT], text[UUID_TEXT];
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "leaves"});
    const struct rig_application a = submitted(&call, 0, 1000000);
    const struct rig_application *const first[] = {&a};
    struct rig_call other = call; /* with another presenting official */
    other.presenter = rig_new_id();
    uuid_format(call.id, of_call);
    uuid_format(other.presenter, text);
    (void)kit_sql(rig_pg(rig), "insert into funding.official values ('%s', '%s', 3, false, 'Eero Esittelijä', 'erityisasiantuntija')",
                  of_call, text);
    rig_closes_in(rig, &call, -TIME_HOUR);
    assess(&call, &a, 900000);
    (void)given(rig_present(rig, &call, first, 1, false));
    (void)given(rig_present(rig, &other, first, 1, false));
    assert_memory_equal(assessment(&call, &a)->presented_by_id.data, other.presenter.b, 16); /* the last one */
    (void)given(rig_note_conflict(rig, &a, other.presenter, RIG_PRESENTER, other.presenter));
    assert_refused(rig_send_decisions(rig, &call, first, 1, false), ERR_REFUSED, "funding.decision.not-presented");
    assert_int_equal(((const Funding__SendReport *)given(rig_present(rig, &call, NULL, 0, false)))->presented, 1); /* it waits again */
    (void)given(rig_present(rig, &call, first, 1, false)); /* and once more changes nothing */
    assert_int_equal(count("select count(*) from funding.presentation where application_id = '%s'", a.id), 3);
    /* So does one who is no presenting official of the call any more. */
    (void)kit_sql(rig_pg(rig), "delete from funding.official where call_id = '%s' and role = 3 and person_id <> '%s'", of_call, text);
    assert_refused(rig_send_decisions(rig, &call, first, 1, false), ERR_REFUSED, "funding.decision.presenter");
    uuid_format(call.presenter, text);
    (void)kit_sql(rig_pg(rig), "insert into funding.official values ('%s', '%s', 3, false, 'Elli Esittelijä', 'ylitarkastaja')", of_call,
                  text);
    (void)given(rig_send_decisions(rig, &call, first, 1, false));
    assert_memory_equal(rig_decision_of(rig, &call, &a).message->presented_by_id.data, call.presenter.b, 16);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_what_is_sent_was_presented, rig_group_rest), /* in the version that it was presented in */
        cmocka_unit_test_setup(test_who_presents, rig_group_rest),               /* an official of the call without a conflict */
        cmocka_unit_test_setup(test_who_presented_leaves, rig_group_rest),       /* it is presented anew, by whom it may be */
        cmocka_unit_test_setup(test_a_dry_run_is_for_those_who_prepare_too, rig_group_rest),
    };
    return rig_told(cmocka_run_group_tests(tests, start, rig_group_stop));
}
