/* Evaluation over real NNG and PostgreSQL: each evaluator alone first, points by the criteria, conflicts of interest that shut the door,
 * remarks, and assessments that say what they lack. */
#include "tests/service/funding/evaluations.h"

static struct rig *rig;

static void assert_refused(struct answer answer, enum err err, const char *rule)
{
    if (answer.err != err || strcmp(answer.rule, rule) != 0)
        fail_msg("error %d %s %s, not %d %s", (int)answer.err, answer.rule, answer.field, (int)err, rule);
}

static const ProtobufCMessage *given(struct answer answer)
{
    if (answer.err != ERR_OK)
        fail_msg("error %d %s %s", (int)answer.err, answer.rule, answer.field);
    return answer.message;
}

static const Funding__EvaluationList *listed(const struct rig_application *a, struct uuid who, uint32_t roles)
{
    return (const Funding__EvaluationList *)given(rig_of_application(rig, "ListEvaluations", a, who, roles));
}

static bool finds(const Funding__Assessment *m, const char *rule)
{
    for (size_t i = 0; i < m->n_findings; i++)
        if (strcmp(m->findings[i]->rule, rule) == 0)
            return true;
    return false;
}

static void test_points_are_weighted(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "points"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    const Funding__Evaluation *e =
        (const Funding__Evaluation *)given(rig_evaluate(rig, &call, &a, 0, (struct evaluation_plan){.points = {5, 3}, .cents = 5000000}));

    assert_int_equal(e->points_total, 8400); /* 60 x 5/5 + 40 x 3/5 of 100 */
    assert_int_equal(e->version, 1);
    assert_int_equal(e->n_scores, 2);
    e = (const Funding__Evaluation *)given(
        rig_evaluate(rig, &call, &a, 0, (struct evaluation_plan){.points = {0, 1}, .verdict = FUNDING__VERDICT__VERDICT_DO_NOT_FUND}));
    assert_int_equal(e->points_total, 800);
    assert_int_equal(e->version, 2);
    assert_int_equal(rig_events(rig, "funding.Evaluated.v1", a.id), 2);
    const Funding__EvaluationList *list = listed(&a, call.preparer, RIG_PREPARER);
    assert_int_equal(list->n_evaluations, 1);
    assert_int_equal(list->evaluations[0]->n_scores, 2);
    assert_string_equal(list->evaluations[0]->comment, "Selkeä hanke.");
    assert_int_equal(list->points_mean, 800);
}

static void test_what_is_not_an_evaluation_is_refused(void **state)
{
    (void)state;
    struct rig_call call = rig_call(rig, &(struct call_plan){.code = "refusals"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    const struct evaluation_plan good = {.points = {5, 3}, .cents = 5000000};
    struct evaluation_plan plan = good;

    plan.points[0] = 6;
    assert_refused(rig_evaluate(rig, &call, &a, 0, plan), ERR_REFUSED, "funding.evaluation.points");
    plan = good;
    plan.cents = 5000001;
    assert_refused(rig_evaluate(rig, &call, &a, 0, plan), ERR_REFUSED, "funding.evaluation.cents");
    plan.cents = 1;
    plan.verdict = FUNDING__VERDICT__VERDICT_DO_NOT_FUND;
    assert_refused(rig_evaluate(rig, &call, &a, 0, plan), ERR_REFUSED, "funding.evaluation.cents-against");
    plan = good;
    plan.cents = 0;
    assert_refused(rig_evaluate(rig, &call, &a, 0, plan), ERR_REFUSED, "funding.evaluation.cents-missing");
    plan = good;
    plan.verdict = (Funding__Verdict)9;
    assert_refused(rig_evaluate(rig, &call, &a, 0, plan), ERR_INVALID, "field.word");
    const struct uuid second = call.criteria[1];
    call.criteria[1] = call.criteria[0];
    assert_refused(rig_evaluate(rig, &call, &a, 0, good), ERR_REFUSED, "funding.evaluation.criterion-twice");
    call.criteria[1] = rig_new_id();
    assert_refused(rig_evaluate(rig, &call, &a, 0, good), ERR_REFUSED, "funding.evaluation.criterion-missing");
    call.criteria[1] = second;
    call.evaluators[0] = rig_new_id();
    assert_refused(rig_evaluate(rig, &call, &a, 0, good), ERR_FORBIDDEN, "funding.call.not-official");
    struct rig_application withdrawn = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    (void)given(rig_withdraw(rig, &withdrawn, "Ei tehdäkään"));
    assert_refused(rig_evaluate(rig, &call, &withdrawn, 1, good), ERR_REFUSED, "funding.evaluation.state");
    const struct rig_application draft = rig_draft(rig, &call, NULL, (struct uuid){.b = {0}});
    assert_refused(rig_evaluate(rig, &call, &draft, 1, good), ERR_NOT_FOUND, "");
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from funding.evaluation e join funding.application a "
                                 "on a.id = e.application_id join funding.call c on c.id = a.call_id where c.code = 'refusals'"),
                     0);
}

static void test_hidden_until_ones_own_is_saved(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "hidden"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});

    assert_false(listed(&a, call.evaluators[1], RIG_EVALUATOR)->hidden); /* there is nothing to hide */
    (void)given(rig_evaluate(rig, &call, &a, 0, (struct evaluation_plan){.points = {5, 5}, .cents = 5000000}));
    const Funding__EvaluationList *list = listed(&a, call.evaluators[1], RIG_EVALUATOR);
    assert_true(list->hidden);
    assert_int_equal(list->n_evaluations, 0);
    assert_int_equal(list->points_mean, 0);
    const Funding__Ranking *ranking =
        (const Funding__Ranking *)given(rig_of_call(rig, "GetRanking", &call, call.evaluators[1], RIG_EVALUATOR));
    assert_int_equal(ranking->rows[0]->points, 0);
    assert_int_equal(ranking->rows[0]->recommended_cents, 0);
    /* Those who do not evaluate see all; another role of the same person opens nothing. */
    assert_int_equal(listed(&a, call.decider, RIG_DECIDER)->n_evaluations, 1);
    assert_int_equal(listed(&a, call.presenter, RIG_PRESENTER)->n_evaluations, 1);
    assert_true(listed(&a, call.evaluators[1], RIG_EVALUATOR | RIG_ADMIN)->hidden);
    (void)given(rig_evaluate(rig, &call, &a, 1, (struct evaluation_plan){.points = {0, 0}, .cents = 4000000}));
    list = listed(&a, call.evaluators[1], RIG_EVALUATOR);
    assert_false(list->hidden);
    assert_int_equal(list->n_evaluations, 2);
    assert_int_equal(list->points_mean, 5000);
    assert_true(listed(&a, call.evaluators[2], RIG_EVALUATOR)->hidden);
    assert_refused(rig_of_application(rig, "ListEvaluations", &a, a.owner, RIG_APPLICANT), ERR_FORBIDDEN, "");
    assert_refused(rig_of_application(rig, "ListEvaluations", &a, rig_new_id(), RIG_PREPARER), ERR_FORBIDDEN, "funding.call.not-official");
}

static void test_a_conflict_shuts_the_door(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "conflict"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    const struct evaluation_plan plan = {.points = {5, 5}, .cents = 5000000};
    Funding__AddRemarkRequest remark = FUNDING__ADD_REMARK_REQUEST__INIT;

    remark.application_id = rig_bytes(&a.id);
    remark.words = (char *)"Hyvä";
    (void)given(rig_evaluate(rig, &call, &a, 0, plan));
    (void)given(rig_evaluate(rig, &call, &a, 1, (struct evaluation_plan){.points = {1, 1}, .cents = 100}));
    assert_refused(rig_note_conflict(rig, &a, call.evaluators[1], RIG_EVALUATOR, call.evaluators[0]), ERR_FORBIDDEN,
                   "funding.conflict.others");
    const Funding__ConflictList *conflicts =
        (const Funding__ConflictList *)given(rig_note_conflict(rig, &a, call.evaluators[0], RIG_EVALUATOR, (struct uuid){.b = {0}}));
    assert_int_equal(conflicts->n_conflicts, 1);
    assert_memory_equal(conflicts->conflicts[0]->person_id.data, call.evaluators[0].b, 16);
    /* Their evaluation stays, and counts for nothing. */
    const Funding__EvaluationList *list = listed(&a, call.preparer, RIG_PREPARER);
    assert_int_equal(list->n_evaluations, 2);
    assert_int_equal(list->points_mean, 2000);
    assert_int_equal(list->evaluations[0]->excluded + list->evaluations[1]->excluded, 1);
    assert_refused(rig_evaluate(rig, &call, &a, 0, plan), ERR_FORBIDDEN, "funding.conflict.no-part");
    assert_refused(rig_of_application(rig, "ListEvaluations", &a, call.evaluators[0], RIG_EVALUATOR), ERR_FORBIDDEN,
                   "funding.conflict.no-part");
    assert_refused(rig_of_application(rig, "GetAssessment", &a, call.evaluators[0], RIG_EVALUATOR), ERR_FORBIDDEN,
                   "funding.conflict.no-part");
    assert_refused(rig_of_application(rig, "ListRemarks", &a, call.evaluators[0], RIG_EVALUATOR), ERR_FORBIDDEN,
                   "funding.conflict.no-part");
    assert_refused(
        rig_ask(rig, &(struct ask){.method = "AddRemark", .message = &remark.base, .actor = call.evaluators[0], .roles = RIG_EVALUATOR}),
        ERR_FORBIDDEN, "funding.conflict.no-part");
    assert_refused(rig_get(rig, &a, call.evaluators[0], RIG_EVALUATOR), ERR_FORBIDDEN, "funding.conflict.no-part");
    /* Noting it again changes nothing; a preparer notes somebody else's, and being shut out oneself, no more. */
    conflicts =
        (const Funding__ConflictList *)given(rig_note_conflict(rig, &a, call.evaluators[0], RIG_EVALUATOR, (struct uuid){.b = {0}}));
    assert_int_equal(conflicts->n_conflicts, 1);
    (void)given(rig_note_conflict(rig, &a, call.preparer, RIG_PREPARER, call.preparer));
    assert_refused(rig_note_conflict(rig, &a, call.preparer, RIG_PREPARER, call.evaluators[2]), ERR_FORBIDDEN, "funding.conflict.no-part");
    assert_refused(rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 1, .if_match = 1}), ERR_FORBIDDEN, "funding.conflict.no-part");
    conflicts = (const Funding__ConflictList *)given(rig_note_conflict(rig, &a, call.second_preparer, RIG_PREPARER, call.decider));
    assert_int_equal(conflicts->n_conflicts, 3);
    conflicts = (const Funding__ConflictList *)given(rig_of_application(rig, "ListConflicts", &a, call.decider, RIG_DECIDER));
    assert_int_equal(conflicts->n_conflicts, 1);
    assert_int_equal(rig_events(rig, "funding.Evaluated.v1", a.id), 3);
}

/* All three at once, on two processes: all are kept, each with its own scores; and one of them noting a conflict meanwhile. */
static void test_evaluators_at_once(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "at-once"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    Funding__PutEvaluationRequest requests[3];
    Funding__Score scores[3][2], *rows[3][2];
    struct answer *answers[3];

    for (size_t i = 0; i < 3; i++) {
        funding__put_evaluation_request__init(&requests[i]);
        for (size_t k = 0; k < 2; k++) {
            funding__score__init(&scores[i][k]);
            scores[i][k].criterion_id = rig_bytes(&call.criteria[k]);
            scores[i][k].points = (uint32_t)(i + 1);
            rows[i][k] = &scores[i][k];
        }
        requests[i].application_id = rig_bytes(&a.id);
        requests[i].scores = rows[i];
        requests[i].n_scores = 2;
        requests[i].verdict = FUNDING__VERDICT__VERDICT_FUND;
        requests[i].cents = 1000;
        requests[i].comment = (char *)"";
    }
    for (size_t round = 0; round < 10; round++) {
        for (size_t i = 0; i < 3; i++)
            answers[i] = rig_send(rig, &(struct ask){.method = "PutEvaluation",
                                                     .message = &requests[i].base,
                                                     .actor = call.evaluators[i],
                                                     .roles = RIG_EVALUATOR,
                                                     .client = i % 2});
        rig_wait(rig);
        for (size_t i = 0; i < 3; i++)
            (void)given(*answers[i]);
    }
    const Funding__EvaluationList *list = listed(&a, call.preparer, RIG_PREPARER);
    assert_int_equal(list->n_evaluations, 3);
    assert_int_equal(list->points_mean, 4000);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(list->evaluations[i]->version, 10);
        assert_int_equal(list->evaluations[i]->n_scores, 2);
    }
    Funding__NoteConflictRequest conflict = FUNDING__NOTE_CONFLICT_REQUEST__INIT;
    conflict.application_id = rig_bytes(&a.id);
    conflict.reason = (char *)"Sukulainen";
    answers[0] = rig_send(
        rig, &(struct ask){.method = "PutEvaluation", .message = &requests[0].base, .actor = call.evaluators[0], .roles = RIG_EVALUATOR});
    answers[1] = rig_send(
        rig, &(struct ask){
                 .method = "NoteConflict", .message = &conflict.base, .actor = call.evaluators[0], .roles = RIG_EVALUATOR, .client = 1});
    rig_wait(rig);
    (void)given(*answers[1]);
    if (answers[0]->err != ERR_OK)
        assert_refused(*answers[0], ERR_FORBIDDEN, "funding.conflict.no-part");
    assert_int_equal(listed(&a, call.preparer, RIG_PREPARER)->points_mean, 5000); /* of the other two, whichever came first */
}

static void test_remarks(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "remarks"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    Funding__AddRemarkRequest request = FUNDING__ADD_REMARK_REQUEST__INIT;
    struct ask ask = {.method = "AddRemark", .message = &request.base, .actor = call.presenter, .roles = RIG_PRESENTER};

    request.application_id = rig_bytes(&a.id);
    request.words = (char *)"  ";
    assert_int_equal(rig_ask(rig, &ask).err, ERR_INVALID);
    request.words = (char *)"Talousarvion palkat kannattaa tarkistaa.";
    (void)given(rig_ask(rig, &ask));
    ask.actor = call.evaluators[0];
    ask.roles = RIG_EVALUATOR;
    request.words = (char *)"Tarkistettu.";
    (void)given(rig_ask(rig, &ask));
    ask.actor = rig_new_id();
    ask.roles = RIG_ADMIN;
    assert_refused(rig_ask(rig, &ask), ERR_FORBIDDEN, "");
    const Funding__RemarkList *list =
        (const Funding__RemarkList *)given(rig_of_application(rig, "ListRemarks", &a, call.decider, RIG_DECIDER));
    assert_int_equal(list->n_remarks, 2);
    assert_string_equal(list->remarks[0]->words, "Talousarvion palkat kannattaa tarkistaa.");
    assert_memory_equal(list->remarks[1]->person_id.data, call.evaluators[0].b, 16);
    assert_refused(rig_of_application(rig, "ListRemarks", &a, a.owner, RIG_APPLICANT), ERR_FORBIDDEN, "");
}

static void test_an_assessment_says_what_it_lacks(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "assessment"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000, .own_cents = 1000000});
    const Funding__Assessment *m =
        (const Funding__Assessment *)given(rig_of_application(rig, "GetAssessment", &a, call.decider, RIG_DECIDER));

    assert_int_equal(m->state, FUNDING__ASSESSMENT_STATE__ASSESSMENT_UNHANDLED);
    assert_true(finds(m, "funding.assessment.state"));
    m = (const Funding__Assessment *)given(rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 5000000, .accepted_cents = 6000000}));
    if (m->n_findings > 0)
        fail_msg("%s %s", m->findings[0]->rule, m->findings[0]->field);
    assert_int_equal(m->version, 2);
    m = (const Funding__Assessment *)given(
        rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 4000000, .line_cents = (const int64_t[]){3000001, 0, 0}, .partners = 3}));
    assert_true(finds(m, "funding.assessment.line-more"));
    assert_true(finds(m, "funding.assessment.partners"));
    assert_true(finds(m, "funding.assessment.own-share"));
    assert_true(finds(m, "funding.assessment.reasons-part"));
    m = (const Funding__Assessment *)given(
        rig_assess(rig, &call, &a, &(struct assess_plan){.state = FUNDING__ASSESSMENT_STATE__ASSESSMENT_REJECT}));
    assert_true(finds(m, "funding.assessment.reasons-missing"));
    assert_int_equal(m->n_findings, 1);
    m = (const Funding__Assessment *)given(
        rig_assess(rig, &call, &a, &(struct assess_plan){.state = FUNDING__ASSESSMENT_STATE__ASSESSMENT_REJECT, .reason = 21}));
    assert_true(finds(m, "funding.assessment.reason"));
    m = (const Funding__Assessment *)given(
        rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 4000001, .instalments = 3, .reason = 22}));
    assert_int_equal(m->n_findings, 0);
    /* It is kept as it was written. */
    m = (const Funding__Assessment *)given(rig_of_application(rig, "GetAssessment", &a, call.presenter, RIG_PRESENTER));
    assert_int_equal(m->version, 6);
    assert_int_equal(m->cents, 4000001);
    assert_int_equal(m->n_partner_cents, 2);
    assert_int_equal(m->partner_cents[0] + m->partner_cents[1], 4000001);
    assert_int_equal(m->n_line_cents, 3);
    assert_int_equal(m->n_reasons, 1);
    assert_int_equal(m->reasons[0], 22);
    assert_int_equal(m->n_instalments, 3);
    assert_int_equal(m->instalments[0]->cents, 1333335);
    assert_int_equal(m->instalments[2]->cents, 1333333);
    assert_int_equal(strlen(m->instalments[2]->due_on), 10);
    assert_int_equal(strlen(m->use_from), 10);
    assert_string_equal(m->purpose, "Koulutuksen yhteiseen kehittämiseen");
}

static void test_who_assesses_and_when(void **state)
{
    (void)state;
    struct rig_call call = rig_call(rig, &(struct call_plan){.code = "assesses"});
    struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    Funding__PutAssessmentRequest request = FUNDING__PUT_ASSESSMENT_REQUEST__INIT;
    Funding__Assessment m = FUNDING__ASSESSMENT__INIT;

    request.application_id = rig_bytes(&a.id);
    request.assessment = &m;
    m.state = FUNDING__ASSESSMENT_STATE__ASSESSMENT_DECIDED;
    struct ask ask = {.method = "PutAssessment", .message = &request.base, .actor = call.preparer, .roles = RIG_PREPARER};
    assert_int_equal(rig_ask(rig, &ask).err, ERR_PRECONDITION_REQUIRED);
    ask.if_match = 1;
    assert_refused(rig_ask(rig, &ask), ERR_INVALID, "field.word");
    m.state = FUNDING__ASSESSMENT_STATE__ASSESSMENT_PREPARED;
    ask.roles = RIG_DECIDER;
    ask.actor = call.decider;
    assert_refused(rig_ask(rig, &ask), ERR_FORBIDDEN, "");
    ask.roles = RIG_PREPARER;
    ask.actor = rig_new_id();
    assert_refused(rig_ask(rig, &ask), ERR_FORBIDDEN, "funding.call.not-official");
    assert_refused(rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 5000001}), ERR_REFUSED, "funding.assessment.cents");
    (void)given(rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 5000000}));
    assert_refused(rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 5000000, .if_match = 1}), ERR_PRECONDITION,
                   "request.precondition");
    (void)given(rig_withdraw(rig, &a, "Ei tehdäkään"));
    assert_refused(rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 5000000}), ERR_REFUSED, "funding.evaluation.state");
}

static void test_ready_reasons(void **state)
{
    Funding__ListReasonsRequest request = FUNDING__LIST_REASONS_REQUEST__INIT;
    size_t rejections = 0;

    (void)state;
    const Funding__ReasonList *list = (const Funding__ReasonList *)given(
        rig_ask(rig, &(struct ask){.method = "ListReasons", .message = &request.base, .actor = rig_new_id(), .roles = RIG_PREPARER}));
    for (size_t i = 0; i < list->n_reasons; i++) {
        rejections += !list->reasons[i]->grants;
        assert_true(*list->reasons[i]->text->fi && *list->reasons[i]->text->sv && *list->reasons[i]->text->en);
    }
    assert_int_equal(rejections, 13);
    assert_true(list->n_reasons > 13);
    assert_refused(
        rig_ask(rig, &(struct ask){.method = "ListReasons", .message = &request.base, .actor = rig_new_id(), .roles = RIG_APPLICANT}),
        ERR_FORBIDDEN, "");
}

static int setup(void **state)
{
    *state = rig = rig_new(2, 2);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_points_are_weighted, rig_group_rest),
        cmocka_unit_test_setup(test_what_is_not_an_evaluation_is_refused, rig_group_rest),
        cmocka_unit_test_setup(test_hidden_until_ones_own_is_saved, rig_group_rest),
        cmocka_unit_test_setup(test_a_conflict_shuts_the_door, rig_group_rest),
        cmocka_unit_test_setup(test_evaluators_at_once, rig_group_rest),
        cmocka_unit_test_setup(test_remarks, rig_group_rest),
        cmocka_unit_test_setup(test_an_assessment_says_what_it_lacks, rig_group_rest),
        cmocka_unit_test_setup(test_who_assesses_and_when, rig_group_rest),
        cmocka_unit_test_setup(test_ready_reasons, rig_group_rest),
    };
    return cmocka_run_group_tests(tests, setup, rig_group_stop);
}
