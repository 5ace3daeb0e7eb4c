/* Evaluation over real NNG and PostgreSQL: each evaluator alone first, points by the criteria, remarks, and assessments that say what they
 * lack. Conflicts of interest: test_conflicts.c. */
#include "tests/service/funding/desk.h"
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
    assert_string_equal(list->evaluations[0]->name, "Aino Arvioija"); /* as in the officials of the call */
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
    const struct rig_call off = rig_call(rig, &(struct call_plan){.code = "called-off"});
    const struct rig_application left = rig_submitted(rig, &off, &(struct write_plan){.cents = 5000000});
    (void)given(desk_move(rig, "CallOffCall", &off, off.decider, RIG_DECIDER, "Määräraha puuttuu"));
    assert_refused(rig_evaluate(rig, &off, &left, 1, good), ERR_REFUSED, "funding.evaluation.called-off");
    assert_refused(rig_assess(rig, &off, &left, &(struct assess_plan){.cents = 100}), ERR_REFUSED, "funding.evaluation.called-off");
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

/* All three at once, on two processes: all are kept, each with its own scores; and one of them noting a conflict meanwhile. */
/* Nobody is scored or chosen by what they may still change. */
static void test_not_before_the_call_has_closed(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "early"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    const struct evaluation_plan plan = {.points = {5, 3}, .cents = 5000000, .open = true};
    Funding__MakeProposalRequest make = FUNDING__MAKE_PROPOSAL_REQUEST__INIT;

    const struct answer early = rig_evaluate(rig, &call, &a, 0, plan);
    assert_refused(early, ERR_REFUSED, "funding.call.not-closed");
    assert_true(strlen(rig_fact(&early, "closesAt")) > 10);
    make.call_id = rig_bytes(&call.id);
    assert_refused(desk_ask(rig, call.preparer, RIG_PREPARER, "MakeProposal", &make.base, 0), ERR_REFUSED, "funding.call.not-closed");
    rig_close(rig, &call);
    (void)given(rig_evaluate(rig, &call, &a, 0, plan));
    (void)given(desk_ask(rig, call.preparer, RIG_PREPARER, "MakeProposal", &make.base, 0));
}

/* What was said of an application before it was supplemented is told as that, until it is saved again. */
static void test_a_supplement_makes_evaluations_old(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "older"});
    struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});

    for (size_t i = 0; i < 2; i++)
        (void)given(rig_evaluate(rig, &call, &a, i, (struct evaluation_plan){.points = {5, 3}, .cents = 5000000}));
    assert_false(listed(&a, call.preparer, RIG_PREPARER)->evaluations[0]->outdated);
    (void)given(rig_ask_supplement(rig, &call, &a, "Tarkentakaa tavoitteita", 7));
    (void)given(rig_answer_supplement(rig, &a, rig_written(rig, &call, &(struct write_plan){.cents = 5000000, .title = "Tarkempi"})));
    const Funding__EvaluationList *list = listed(&a, call.preparer, RIG_PREPARER);
    assert_true(list->evaluations[0]->outdated && list->evaluations[1]->outdated);
    const Funding__Ranking *ranking = (const Funding__Ranking *)given(rig_of_call(rig, "GetRanking", &call, call.preparer, RIG_PREPARER));
    assert_int_equal(ranking->rows[0]->evaluations, 2);
    assert_int_equal(ranking->rows[0]->outdated, 2);
    assert_true(finds((const Funding__Assessment *)given(rig_of_application(rig, "GetAssessment", &a, call.preparer, RIG_PREPARER)),
                      "funding.evaluation.outdated"));

    for (size_t i = 0; i < 2; i++) {
        const Funding__Evaluation *again = (const Funding__Evaluation *)given(
            rig_evaluate(rig, &call, &a, i, (struct evaluation_plan){.points = {5, 3}, .cents = 5000000}));
        assert_false(again->outdated);
    }
    assert_false(finds((const Funding__Assessment *)given(rig_of_application(rig, "GetAssessment", &a, call.preparer, RIG_PREPARER)),
                       "funding.evaluation.outdated"));
    ranking = (const Funding__Ranking *)given(rig_of_call(rig, "GetRanking", &call, call.preparer, RIG_PREPARER));
    assert_int_equal(ranking->rows[0]->outdated, 0);
}

/* Who changed what is prepared, when, and what it said before: each edition as it was, for whoever may see the assessment. */
static void test_an_assessment_keeps_what_it_said(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "editions"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    Funding__GetVersionRequest request = FUNDING__GET_VERSION_REQUEST__INIT;

    (void)given(rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 4000000, .reason = 22}));
    (void)given(rig_assess(rig, &call, &a, &(struct assess_plan){.state = FUNDING__ASSESSMENT_STATE__ASSESSMENT_REJECT, .reason = 5}));
    const Funding__AssessmentVersionList *list = (const Funding__AssessmentVersionList *)given(
        rig_of_application(rig, "ListAssessmentVersions", &a, call.second_preparer, RIG_PREPARER));
    assert_int_equal(list->n_versions, 2);
    assert_int_equal(list->versions[0]->version, 3);
    assert_int_equal(list->versions[1]->version, 2);
    assert_string_equal(list->versions[1]->name, "Veera Valmistelija");
    assert_int_equal(uuid_compare(rig_id(list->versions[1]->actor), call.preparer), 0);
    assert_null(list->versions[1]->assessment);
    request.application_id = rig_bytes(&a.id);
    request.version = 2;
    const Funding__AssessmentVersion *was = (const Funding__AssessmentVersion *)given(
        desk_ask(rig, call.second_preparer, RIG_PREPARER, "GetAssessmentVersion", &request.base, 0));
    assert_int_equal(was->assessment->cents, 4000000);
    assert_int_equal(was->assessment->state, FUNDING__ASSESSMENT_STATE__ASSESSMENT_GRANT);
    assert_int_equal(was->assessment->reasons[0], 22);
    request.version = 9;
    assert_refused(desk_ask(rig, call.preparer, RIG_PREPARER, "GetAssessmentVersion", &request.base, 0), ERR_NOT_FOUND,
                   "request.not-found");
    assert_refused(rig_of_application(rig, "ListAssessmentVersions", &a, a.owner, RIG_APPLICANT), ERR_FORBIDDEN, "");
    assert_refused(rig_of_application(rig, "ListAssessmentVersions", &a, call.evaluators[0], RIG_EVALUATOR), ERR_FORBIDDEN,
                   "funding.evaluation.own-first");
}

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
        requests[i].verdict = FUNDING__VERDICT__VERDICT_FUND_PART;
        requests[i].cents = 1000;
        requests[i].comment = (char *)"";
    }
    rig_close(rig, &call);
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
    assert_true(*list->remarks[0]->name != 0);
    assert_memory_equal(list->remarks[1]->person_id.data, call.evaluators[0].b, 16);
    assert_refused(rig_of_application(rig, "ListRemarks", &a, a.owner, RIG_APPLICANT), ERR_FORBIDDEN, "");
}

/* What is prepared, and what other evaluators remark, come after one's own evaluation. */
static void test_ones_own_comes_first(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "own-first"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    Funding__AddRemarkRequest request = FUNDING__ADD_REMARK_REQUEST__INIT;
    Funding__GetMovesRequest moves = FUNDING__GET_MOVES_REQUEST__INIT;
    struct ask remark = {.method = "AddRemark", .message = &request.base, .actor = call.evaluators[0], .roles = RIG_EVALUATOR};
    const struct ask ask = {.method = "GetMoves", .message = &moves.base, .actor = call.evaluators[1], .roles = RIG_EVALUATOR};

    request.application_id = rig_bytes(&a.id);
    request.words = (char *)"Heikko hanke.";
    (void)given(rig_ask(rig, &remark));
    remark.actor = call.preparer;
    remark.roles = RIG_PREPARER;
    request.words = (char *)"Lue liite 2.";
    (void)given(rig_ask(rig, &remark));
    char *long_words = arena_alloc(rig_arena(rig), 2001);
    for (size_t i = 0; i < 1000; i++)
        memcpy(&long_words[2 * i], "ä", 2);
    long_words[2000] = '\0';
    (void)given(rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 4000000, .deviation = long_words}));
    moves.machine = (char *)"assessment";
    moves.subject_id = rig_bytes(&a.id);
    assert_refused(rig_of_application(rig, "GetAssessment", &a, call.evaluators[1], RIG_EVALUATOR), ERR_FORBIDDEN,
                   "funding.evaluation.own-first");
    assert_refused(rig_of_application(rig, "PreviewDecision", &a, call.evaluators[1], RIG_EVALUATOR), ERR_FORBIDDEN,
                   "funding.evaluation.own-first");
    assert_refused(rig_ask(rig, &ask), ERR_FORBIDDEN, "funding.evaluation.own-first");
    const Funding__RemarkList *list =
        (const Funding__RemarkList *)given(rig_of_application(rig, "ListRemarks", &a, call.evaluators[1], RIG_EVALUATOR));
    assert_int_equal(list->n_remarks, 1);
    assert_string_equal(list->remarks[0]->words, "Lue liite 2.");
    list = (const Funding__RemarkList *)given(rig_of_application(rig, "ListRemarks", &a, call.evaluators[0], RIG_EVALUATOR));
    assert_int_equal(list->n_remarks, 2); /* one's own, too */
    (void)given(rig_evaluate(rig, &call, &a, 1, (struct evaluation_plan){.points = {5, 5}, .cents = 5000000}));
    (void)given(rig_of_application(rig, "GetAssessment", &a, call.evaluators[1], RIG_EVALUATOR));
    const Funding__MoveList *moved = (const Funding__MoveList *)given(rig_ask(rig, &ask));
    assert_int_equal(strlen(moved->moves[1]->why), 2 * 499 + 3); /* how it begins */
    list = (const Funding__RemarkList *)given(rig_of_application(rig, "ListRemarks", &a, call.evaluators[1], RIG_EVALUATOR));
    assert_int_equal(list->n_remarks, 2);
}

/* Forty comments of ten thousand letters are more than one answer holds: each is shortened, none is lost. */
static void test_long_comments(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "long"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    char id[UUID_TEXT];

    uuid_format(a.id, id);
    (void)kit_sql(rig_pg(rig),
                  "insert into funding.evaluation select '%s', gen_random_uuid(), 1, 100, repeat('ä', 10000), 10000, now() "
                  "from generate_series(1, 40)",
                  id);
    const Funding__EvaluationList *list = listed(&a, call.preparer, RIG_PREPARER);
    assert_int_equal(list->n_evaluations, 40);
    for (size_t i = 0; i < 40; i++) {
        const size_t len = strlen(list->evaluations[i]->comment);
        assert_true(len > 6000 && len % 2 == 1); /* whole letters of two bytes, and a sign of three */
        assert_string_equal(list->evaluations[i]->comment + len - 3, "…");
    }
    (void)kit_sql(rig_pg(rig),
                  "insert into funding.evaluation select '%s', gen_random_uuid(), 1, 100, '', 10000, now() from generate_series(1, 60)",
                  id);
    assert_refused(rig_evaluate(rig, &call, &a, 0, (struct evaluation_plan){.points = {5, 5}, .cents = 100}), ERR_REFUSED,
                   "funding.evaluation.too-many");
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
        cmocka_unit_test_setup(test_ones_own_comes_first, rig_group_rest),
        cmocka_unit_test_setup(test_long_comments, rig_group_rest),
        cmocka_unit_test_setup(test_evaluators_at_once, rig_group_rest),
        cmocka_unit_test_setup(test_not_before_the_call_has_closed, rig_group_rest),
        cmocka_unit_test_setup(test_a_supplement_makes_evaluations_old, rig_group_rest),
        cmocka_unit_test_setup(test_an_assessment_keeps_what_it_said, rig_group_rest),
        cmocka_unit_test_setup(test_remarks, rig_group_rest),
        cmocka_unit_test_setup(test_an_assessment_says_what_it_lacks, rig_group_rest),
        cmocka_unit_test_setup(test_who_assesses_and_when, rig_group_rest),
        cmocka_unit_test_setup(test_ready_reasons, rig_group_rest),
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
