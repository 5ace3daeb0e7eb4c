/* Conflicts of interest over real NNG and PostgreSQL: noted before and after the decision, one's own application, one that was noted by
 * mistake, and a supplement that asks for less than was evaluated. */
#include "tests/service/funding/awards.h"

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
    assert_refused(rig_note_conflict(rig, &a, call.preparer, RIG_PREPARER, rig_new_id()), ERR_REFUSED, "funding.conflict.nobody");
    /* Noting it again changes nothing; a preparer notes somebody else's, and being shut out oneself, no more, and sees no others'. */
    conflicts =
        (const Funding__ConflictList *)given(rig_note_conflict(rig, &a, call.evaluators[0], RIG_EVALUATOR, (struct uuid){.b = {0}}));
    assert_int_equal(conflicts->n_conflicts, 1);
    conflicts = (const Funding__ConflictList *)given(rig_note_conflict(rig, &a, call.preparer, RIG_PREPARER, call.preparer));
    assert_int_equal(conflicts->n_conflicts, 1);
    conflicts = (const Funding__ConflictList *)given(rig_note_conflict(rig, &a, call.preparer, RIG_PREPARER, call.preparer));
    assert_int_equal(conflicts->n_conflicts, 1);
    assert_memory_equal(conflicts->conflicts[0]->person_id.data, call.preparer.b, 16);
    assert_string_equal(conflicts->conflicts[0]->name, "Veera Valmistelija");
    assert_refused(rig_note_conflict(rig, &a, call.preparer, RIG_PREPARER, call.evaluators[2]), ERR_FORBIDDEN, "funding.conflict.no-part");
    assert_refused(rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 1, .if_match = 1}), ERR_FORBIDDEN, "funding.conflict.no-part");
    conflicts = (const Funding__ConflictList *)given(rig_note_conflict(rig, &a, call.second_preparer, RIG_PREPARER, call.decider));
    assert_int_equal(conflicts->n_conflicts, 3);
    conflicts = (const Funding__ConflictList *)given(rig_of_application(rig, "ListConflicts", &a, call.decider, RIG_DECIDER));
    assert_int_equal(conflicts->n_conflicts, 1);
    assert_int_equal(rig_events(rig, "funding.Evaluated.v1", a.id), 3);
}

static void decide_by_hand(const struct rig_application *a)
{
    char id[UUID_TEXT];

    uuid_format(a->id, id);
    (void)kit_sql(rig_pg(rig), "update funding.application set state = 5, why = 'test' where id = '%s'", id);
}

static void assess_by_second(const struct rig_call *call, const struct rig_application *a)
{
    struct rig_call other = *call;

    other.preparer = call->second_preparer;
    (void)given(rig_assess(rig, &other, a, &(struct assess_plan){.cents = 100, .reason = 22}));
}

/* Somebody changes jobs after the decision: they take no part in what follows, and what the decision rests on stays. */
static void test_a_conflict_after_the_decision(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "later"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});

    (void)given(rig_evaluate(rig, &call, &a, 0, (struct evaluation_plan){.points = {5, 5}, .cents = 5000000}));
    decide_by_hand(&a);
    (void)given(rig_note_conflict(rig, &a, call.evaluators[0], RIG_EVALUATOR, (struct uuid){.b = {0}}));
    const Funding__EvaluationList *list = listed(&a, call.preparer, RIG_PREPARER);
    assert_int_equal(list->points_mean, 10000);
    assert_false(list->evaluations[0]->excluded);
    assert_int_equal(rig_events(rig, "funding.Evaluated.v1", a.id), 1);
    assert_refused(rig_of_application(rig, "ListEvaluations", &a, call.evaluators[0], RIG_EVALUATOR), ERR_FORBIDDEN,
                   "funding.conflict.no-part");
}

static struct answer take_back(const struct rig_application *a, struct uuid actor, struct uuid person, const char *reason)
{
    Funding__TakeBackConflictRequest request = FUNDING__TAKE_BACK_CONFLICT_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    request.person_id = rig_bytes(&person);
    request.reason = arena_strdup(rig_arena(rig), reason);
    return rig_ask(
        rig, &(struct ask){.method = "TakeBackConflict", .message = &request.base, .actor = actor, .roles = RIG_PREPARER | RIG_DECIDER});
}

/* Noted by mistake, taken back with a reason, and noted again: all of it stays to be seen. */
static void test_taken_back(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "mistake"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000, .owner = call.evaluators[2]});
    const struct evaluation_plan plan = {.points = {5, 5}, .cents = 5000000};

    (void)given(rig_evaluate(rig, &call, &a, 0, plan));
    (void)given(rig_note_conflict(rig, &a, call.preparer, RIG_PREPARER, call.evaluators[0]));
    assert_true(listed(&a, call.preparer, RIG_PREPARER)->evaluations[0]->excluded);
    assert_refused(take_back(&a, call.evaluators[0], call.evaluators[0], "x"), ERR_FORBIDDEN, "funding.call.not-official");
    assert_refused(take_back(&a, call.decider, call.evaluators[0], "x"), ERR_FORBIDDEN,
                   "funding.conflict.others"); /* elsewhere a preparer */
    assert_string_equal(take_back(&a, call.preparer, call.evaluators[0], "").field, "reason");
    assert_int_equal(take_back(&a, call.preparer, call.evaluators[1], "x").err, ERR_NOT_FOUND);
    assert_refused(take_back(&a, call.preparer, call.evaluators[2], "x"), ERR_REFUSED, "funding.conflict.own");
    const Funding__ConflictList *list = (const Funding__ConflictList *)given(take_back(&a, call.preparer, call.evaluators[0], "Nimikaima"));
    assert_int_equal(list->n_conflicts, 1);
    assert_string_equal(list->conflicts[0]->why, "Nimikaima");
    assert_true(list->conflicts[0]->ended_us >= list->conflicts[0]->noted_us);
    assert_memory_equal(list->conflicts[0]->ended_by_id.data, call.preparer.b, 16);
    assert_false(listed(&a, call.preparer, RIG_PREPARER)->evaluations[0]->excluded);
    assert_int_equal(rig_events(rig, "funding.Evaluated.v1", a.id), 3); /* one counts, none, one */
    (void)given(rig_evaluate(rig, &call, &a, 0, plan));
    assert_int_equal(take_back(&a, call.preparer, call.evaluators[0], "x").err, ERR_NOT_FOUND);
    list = (const Funding__ConflictList *)given(rig_note_conflict(rig, &a, call.evaluators[0], RIG_EVALUATOR, (struct uuid){.b = {0}}));
    assert_int_equal(list->n_conflicts, 2);
    assert_int_equal(list->conflicts[0]->ended_us != 0, 1);
    assert_int_equal(list->conflicts[1]->ended_us, 0);
    assert_refused(rig_evaluate(rig, &call, &a, 0, plan), ERR_FORBIDDEN, "funding.conflict.no-part");
    (void)given(rig_note_conflict(rig, &a, call.preparer, RIG_PREPARER, call.preparer)); /* nobody takes back their own */
    assert_refused(take_back(&a, call.preparer, call.preparer, "x"), ERR_FORBIDDEN, "funding.conflict.no-part");
    (void)given(take_back(&a, call.second_preparer, call.preparer, "Ei olekaan"));
    (void)given(rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 100, .reason = 22}));
}

/* A recommendation that is older than a supplement which asks for less counts again all the same. */
static void test_taken_back_after_a_supplement(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "again"});
    struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    const Funding__Content *less = rig_written(rig, &call, &(struct write_plan){.cents = 3000000});

    (void)given(rig_evaluate(rig, &call, &a, 0, (struct evaluation_plan){.points = {5, 5}, .cents = 5000000}));
    (void)given(rig_note_conflict(rig, &a, call.preparer, RIG_PREPARER, call.evaluators[0]));
    (void)given(rig_ask_supplement(rig, &call, &a, "Pienentäkää hanketta", 14));
    (void)given(rig_answer_supplement(rig, &a, less));
    (void)given(take_back(&a, call.preparer, call.evaluators[0], "Nimikaima"));
    assert_int_equal(listed(&a, call.preparer, RIG_PREPARER)->points_mean, 10000);
}

/* Each official's act about a grant, by one who has a conflict of interest in it: noted after the decision. */
static void assert_no_part(const char *method, const ProtobufCMessage *message, struct uuid who, uint32_t roles, uint64_t if_match)
{
    const struct answer answer =
        rig_ask(rig, &(struct ask){.method = method, .message = message, .actor = who, .roles = roles, .if_match = if_match});

    if (answer.err != ERR_FORBIDDEN || strcmp(answer.rule, "funding.conflict.no-part") != 0)
        fail_msg("%s: error %d %s %s", method, (int)answer.err, answer.rule, answer.field);
}

static Funding__Amendment *asked_for(const struct rig_application *a)
{
    Funding__SubmitAmendmentRequest request = FUNDING__SUBMIT_AMENDMENT_REQUEST__INIT;
    Funding__Change change = FUNDING__CHANGE__INIT;
    Funding__AmendmentPart part = FUNDING__AMENDMENT_PART__INIT, *parts[] = {&part};

    change.words = arena_strdup(rig_arena(rig), "Verkossa");
    part.kind = FUNDING__CHANGE_KIND__CHANGE_CONTENT;
    part.asked = &change;
    request.application_id = rig_bytes(&a->id);
    request.reasons = arena_strdup(rig_arena(rig), "Tilat suljettiin.");
    request.parts = parts;
    request.n_parts = 1;
    return (Funding__Amendment *)(uintptr_t)given(
        rig_ask(rig, &(struct ask){.method = "SubmitAmendment", .message = &request.base, .actor = a->owner, .roles = RIG_APPLICANT}));
}

static void refuse_the_preparer(const struct rig_call *call, const struct rig_application *a, struct uuid report)
{
    Funding__PutInstalmentsRequest plan = FUNDING__PUT_INSTALMENTS_REQUEST__INIT;
    Funding__MoveInstalmentRequest pay = FUNDING__MOVE_INSTALMENT_REQUEST__INIT;
    Funding__PutRecoveryRequest propose = FUNDING__PUT_RECOVERY_REQUEST__INIT;
    Funding__ReviewReportRequest review = FUNDING__REVIEW_REPORT_REQUEST__INIT;
    Funding__RequestSupplementRequest supplement = FUNDING__REQUEST_SUPPLEMENT_REQUEST__INIT;
    Funding__GetReportRequest read = FUNDING__GET_REPORT_REQUEST__INIT;
    const Funding__Award *award = rig_award_of(rig, call, a);

    plan.application_id = pay.application_id = propose.application_id = supplement.application_id = rig_bytes(&a->id);
    pay.instalment_id = award->instalments[0]->id;
    pay.state = FUNDING__INSTALMENT_STATE__INSTALMENT_ORDERED;
    propose.kind = FUNDING__RECOVERY_KIND__RECOVERY_MANDATORY;
    propose.cents = 1;
    propose.reasons = supplement.words = arena_strdup(rig_arena(rig), "Syy");
    propose.due_on = supplement.due_on = rig_day(rig, 30);
    review.report_id = read.report_id = rig_bytes(&report);
    review.step = FUNDING__REVIEW_STEP__REVIEW_VERIFY;
    assert_no_part("PutInstalments", &plan.base, call->second_preparer, RIG_PREPARER, award->version);
    assert_no_part("MoveInstalment", &pay.base, call->second_preparer, RIG_PREPARER, 0);
    assert_no_part("PutRecovery", &propose.base, call->second_preparer, RIG_PREPARER, 0);
    assert_no_part("ReviewReport", &review.base, call->second_preparer, RIG_PREPARER, 0);
    assert_no_part("GetReport", &read.base, call->second_preparer, RIG_PREPARER, 0);
    assert_no_part("RequestSupplement", &supplement.base, call->second_preparer, RIG_PREPARER, 0);
}

static void refuse_the_decider(const struct rig_call *call, const struct rig_application *a, const Funding__Amendment *amendment)
{
    Funding__DecideAmendmentRequest decide = FUNDING__DECIDE_AMENDMENT_REQUEST__INIT;
    Funding__WaiveObligationRequest waive = FUNDING__WAIVE_OBLIGATION_REQUEST__INIT;
    Funding__GetAwardRequest of = FUNDING__GET_AWARD_REQUEST__INIT;
    Funding__AmendmentPart part = FUNDING__AMENDMENT_PART__INIT, *parts[] = {&part};
    const Funding__ObligationList *obligations;

    of.application_id = waive.application_id = rig_bytes(&a->id);
    obligations = (const Funding__ObligationList *)given(
        rig_ask(rig, &(struct ask){.method = "ListObligations", .message = &of.base, .actor = a->owner, .roles = RIG_APPLICANT}));
    waive.obligation_id = obligations->obligations[obligations->n_obligations - 1]->id;
    waive.reason = arena_strdup(rig_arena(rig), "Syy");
    part.kind = FUNDING__CHANGE_KIND__CHANGE_CONTENT;
    part.outcome = FUNDING__PART_OUTCOME__OUTCOME_ACCEPTED;
    decide.amendment_id = amendment->id;
    decide.parts = parts;
    decide.n_parts = 1;
    assert_no_part("DecideAmendment", &decide.base, call->decider, RIG_DECIDER, 0);
    assert_no_part("WaiveObligation", &waive.base, call->decider, RIG_DECIDER, 0);
    assert_no_part("ListAmendments", &of.base, call->decider, RIG_DECIDER, 0);
    assert_no_part("ListObligations", &of.base, call->decider, RIG_DECIDER, 0);
    assert_no_part("GetAward", &of.base, call->decider, RIG_DECIDER, 0);
    given(rig_note_conflict(rig, a, call->decider, RIG_DECIDER, call->decider)); /* noting it again is no part taken */
}

static void test_nothing_after_the_decision(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "no-part"});
    const struct rig_application a = rig_accepted(rig, &call, 5000000);
    const Funding__Amendment *amendment = asked_for(&a);
    const Funding__Report *report = (const Funding__Report *)given(rig_report(rig, &a, FUNDING__REPORT_KIND__REPORT_INTERIM, 100, true));

    (void)given(rig_note_conflict(rig, &a, call.preparer, RIG_PREPARER, call.second_preparer));
    (void)given(rig_note_conflict(rig, &a, call.decider, RIG_DECIDER, call.decider));
    refuse_the_preparer(&call, &a, rig_id(report->id));
    refuse_the_decider(&call, &a, amendment);
    const Funding__AwardList *awards = (const Funding__AwardList *)given(rig_of_call(rig, "ListAwards", &call, call.decider, RIG_DECIDER));
    assert_int_equal(awards->n_awards, 0);
}

/* Nobody handles what they have applied for themselves, though nobody has noted it. */
static void test_ones_own_application(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "own"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000, .owner = call.evaluators[0]});
    struct rig_application b = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000, .owner = call.preparer});
    const struct evaluation_plan plan = {.points = {5, 5}, .cents = 5000000};
    Funding__GetMovesRequest moves = FUNDING__GET_MOVES_REQUEST__INIT;

    assert_refused(rig_evaluate(rig, &call, &a, 0, plan), ERR_FORBIDDEN, "funding.conflict.no-part");
    (void)given(rig_evaluate(rig, &call, &a, 1, plan));
    (void)given(rig_evaluate(rig, &call, &b, 0, plan));
    assert_refused(rig_of_application(rig, "ListEvaluations", &a, call.evaluators[0], RIG_EVALUATOR | RIG_APPLICANT), ERR_FORBIDDEN,
                   "funding.conflict.no-part");
    assert_refused(rig_of_application(rig, "GetAssessment", &b, call.preparer, RIG_PREPARER | RIG_APPLICANT), ERR_FORBIDDEN,
                   "funding.conflict.no-part");
    assert_refused(rig_assess(rig, &call, &b, &(struct assess_plan){.cents = 1, .if_match = 1}), ERR_FORBIDDEN, "funding.conflict.no-part");
    assert_refused(rig_note_conflict(rig, &b, call.preparer, RIG_PREPARER, call.evaluators[0]), ERR_FORBIDDEN, "funding.conflict.no-part");
    assert_refused(rig_ask_supplement(rig, &call, &b, "Lisää", 14), ERR_FORBIDDEN, "funding.conflict.no-part");
    const Funding__Ranking *ranking =
        (const Funding__Ranking *)given(rig_of_call(rig, "GetRanking", &call, call.preparer, RIG_PREPARER | RIG_APPLICANT));
    assert_int_equal(ranking->n_rows, 2);
    for (size_t i = 0; i < 2; i++) {
        const bool own = memcmp(ranking->rows[i]->application_id.data, b.id.b, 16) == 0;
        assert_int_equal(ranking->rows[i]->points, own ? 0 : 10000);
        assert_int_equal(ranking->rows[i]->conflicts, 0);
    }
    const Funding__ConflictList *conflicts =
        (const Funding__ConflictList *)given(rig_of_application(rig, "ListConflicts", &a, call.preparer, RIG_PREPARER));
    assert_int_equal(conflicts->n_conflicts, 0);
    assess_by_second(&call, &b);
    moves.machine = (char *)"assessment";
    moves.subject_id = rig_bytes(&b.id);
    assert_refused(rig_ask(rig, &(struct ask){.method = "GetMoves", .message = &moves.base, .actor = call.preparer, .roles = RIG_PREPARER}),
                   ERR_FORBIDDEN, "funding.conflict.no-part");
}

/* A supplement may ask for less than evaluators and preparers have gone by. */
static void test_a_supplement_that_asks_for_less(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "less"});
    struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000});
    const Funding__Content *less = rig_written(rig, &call, &(struct write_plan){.cents = 3000000});

    (void)given(rig_evaluate(rig, &call, &a, 0, (struct evaluation_plan){.points = {5, 5}, .cents = 5000000}));
    (void)given(rig_evaluate(rig, &call, &a, 1, (struct evaluation_plan){.points = {1, 1}, .cents = 5000000}));
    (void)given(rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 4000000}));
    (void)given(rig_ask_supplement(rig, &call, &a, "Pienentäkää hanketta", 14));
    (void)given(rig_answer_supplement(rig, &a, less));
    (void)given(rig_note_conflict(rig, &a, call.preparer, RIG_PREPARER, call.evaluators[1]));
    const Funding__Ranking *ranking = (const Funding__Ranking *)given(rig_of_call(rig, "GetRanking", &call, call.decider, RIG_DECIDER));
    assert_int_equal(ranking->rows[0]->points, 10000);
    assert_int_equal(ranking->rows[0]->recommended_cents, 3000000);
    const Funding__Proposal *p = (const Funding__Proposal *)given(rig_of_call(rig, "MakeProposal", &call, call.preparer, RIG_PREPARER));
    assert_int_equal(p->rows[0]->cents, 3000000);
    assert_int_equal(p->cents, 3000000);
}

static int setup(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_a_conflict_shuts_the_door, rig_group_rest),
        cmocka_unit_test_setup(test_a_conflict_after_the_decision, rig_group_rest),
        cmocka_unit_test_setup(test_ones_own_application, rig_group_rest),
        cmocka_unit_test_setup(test_a_supplement_that_asks_for_less, rig_group_rest),
        cmocka_unit_test_setup(test_taken_back, rig_group_rest),                    /* with a reason, by who has none; noted again */
        cmocka_unit_test_setup(test_taken_back_after_a_supplement, rig_group_rest), /* what was recommended may be more than is asked now */
        cmocka_unit_test_setup(test_nothing_after_the_decision, rig_group_rest)     /* each act about the grant */
    };
    return cmocka_run_group_tests(tests, setup, rig_group_stop);
}
