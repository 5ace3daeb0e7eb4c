/* What officials have to do in a call: lists of change applications, reports and obligations, by state and lateness, page by page, with
 * whose they are; without what the reader has a conflict of interest in. */
#include "tests/service/funding/awards.h"

#define GRANT INT64_C(10000000)

static struct rig *rig;

static const ProtobufCMessage *given(struct answer answer)
{
    if (answer.err != ERR_OK)
        fail_msg("error %d %s %s", (int)answer.err, answer.rule, answer.field);
    return answer.message;
}

static void ask_for(const struct rig_application *a, const char *reasons)
{
    Funding__SubmitAmendmentRequest request = FUNDING__SUBMIT_AMENDMENT_REQUEST__INIT;
    Funding__Change content = FUNDING__CHANGE__INIT, period = FUNDING__CHANGE__INIT;
    Funding__AmendmentPart first = FUNDING__AMENDMENT_PART__INIT, second = FUNDING__AMENDMENT_PART__INIT;
    Funding__AmendmentPart *parts[] = {&first, &second};

    period.use_until = rig_day(rig, 460);
    content.words = arena_strdup(rig_arena(rig), "Verkossa");
    first.kind = FUNDING__CHANGE_KIND__CHANGE_PERIOD;
    first.asked = &period;
    second.kind = FUNDING__CHANGE_KIND__CHANGE_CONTENT;
    second.asked = &content;
    request.application_id = rig_bytes(&a->id);
    request.reasons = arena_strdup(rig_arena(rig), reasons);
    request.parts = parts;
    request.n_parts = 2;
    (void)given(
        rig_ask(rig, &(struct ask){.method = "SubmitAmendment", .message = &request.base, .actor = a->owner, .roles = RIG_APPLICANT}));
}

static const Funding__AmendmentList *amendments(Funding__ListCallAmendmentsRequest *request, struct uuid who, uint32_t roles)
{
    return (const Funding__AmendmentList *)given(
        rig_ask(rig, &(struct ask){.method = "ListCallAmendments", .message = &request->base, .actor = who, .roles = roles}));
}

static void test_amendments(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "muutokset"});
    Funding__ListCallAmendmentsRequest request = FUNDING__LIST_CALL_AMENDMENTS_REQUEST__INIT;
    struct rig_application all[2];

    (void)state;
    rig_grant_all(rig, &call, all, 2, GRANT);
    for (size_t i = 0; i < 2; i++) {
        rig_accept(rig, &all[i]);
        ask_for(&all[i], "Koulutuksia siirtyi.");
    }
    request.call_id = rig_bytes(&call.id);
    request.state = FUNDING__AMENDMENT_STATE__AMENDMENT_SUBMITTED;
    request.page_size = 1;
    const Funding__AmendmentList *list = amendments(&request, call.decider, RIG_DECIDER);
    assert_int_equal(list->n_amendments, 1);
    assert_string_equal(list->amendments[0]->register_number, all[0].register_number);
    assert_true(*list->amendments[0]->title != 0);
    assert_string_equal(list->amendments[0]->reasons, "");
    assert_int_equal(list->amendments[0]->n_parts, 2);
    assert_int_equal(list->amendments[0]->parts[0]->kind, FUNDING__CHANGE_KIND__CHANGE_PERIOD);
    assert_null(list->amendments[0]->parts[0]->asked);
    request.page_token = list->next_page_token;
    list = amendments(&request, call.decider, RIG_DECIDER);
    assert_string_equal(list->amendments[0]->register_number, all[1].register_number);
    assert_string_equal(list->next_page_token, "");
    request.page_token = (char *)"";
    request.page_size = 0;
    request.state = FUNDING__AMENDMENT_STATE__AMENDMENT_DECIDED;
    assert_int_equal(amendments(&request, call.decider, RIG_DECIDER)->n_amendments, 0);
    request.state = FUNDING__AMENDMENT_STATE__AMENDMENT_UNKNOWN;
    (void)given(rig_note_conflict(rig, &all[0], call.decider, RIG_DECIDER, call.decider));
    list = amendments(&request, call.decider, RIG_DECIDER);
    assert_int_equal(list->n_amendments, 1); /* not the one they take no part in */
    assert_string_equal(list->amendments[0]->register_number, all[1].register_number);
    assert_int_equal(
        rig_ask(rig, &(struct ask){.method = "ListCallAmendments", .message = &request.base, .actor = rig_new_id(), .roles = RIG_DECIDER})
            .err,
        ERR_FORBIDDEN);
}

static const Funding__ObligationList *obligations(Funding__ListCallObligationsRequest *request, struct uuid who, uint32_t roles)
{
    return (const Funding__ObligationList *)given(
        rig_ask(rig, &(struct ask){.method = "ListCallObligations", .message = &request->base, .actor = who, .roles = roles}));
}

static void test_obligations(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "velvoitteet"});
    Funding__ListCallObligationsRequest request = FUNDING__LIST_CALL_OBLIGATIONS_REQUEST__INIT;
    struct rig_application all[2];

    (void)state;
    rig_grant_all(rig, &call, all, 2, GRANT);
    rig_accept(rig, &all[1]);
    (void)rig_count(rig, &all[1],
                    "with o as (update funding.obligation set due_on = current_date - 20 where kind = 2 and award_id = %s returning 1) "
                    "select count(*) from o");
    request.call_id = rig_bytes(&call.id);
    assert_int_equal(obligations(&request, call.presenter, RIG_PRESENTER)->n_obligations, 6);
    request.state = FUNDING__OBLIGATION_STATE__OBLIGATION_MET;
    assert_int_equal(obligations(&request, call.presenter, RIG_PRESENTER)->n_obligations, 1); /* the answer */
    request.state = FUNDING__OBLIGATION_STATE__OBLIGATION_STATE_UNKNOWN;
    request.late = true;
    const Funding__ObligationList *list = obligations(&request, call.presenter, RIG_PRESENTER);
    assert_int_equal(list->n_obligations, 1);
    assert_true(list->obligations[0]->late);
    assert_int_equal(list->obligations[0]->kind, FUNDING__OBLIGATION_KIND__OBLIGATION_INTERIM);
    assert_string_equal(list->obligations[0]->register_number, all[1].register_number);
    assert_memory_equal(list->obligations[0]->application_id.data, all[1].id.b, 16);
    assert_true(*list->obligations[0]->title != 0);
    (void)given(rig_note_conflict(rig, &all[1], call.presenter, RIG_PRESENTER, call.presenter));
    assert_int_equal(obligations(&request, call.presenter, RIG_PRESENTER)->n_obligations, 0);
}

static void test_reports(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "selvitykset"});
    Funding__ListReportsRequest request = FUNDING__LIST_REPORTS_REQUEST__INIT;
    const struct rig_application a = rig_accepted(rig, &call, GRANT);

    (void)state;
    request.call_id = rig_bytes(&call.id);
    struct ask ask = {.method = "ListReports", .message = &request.base, .actor = call.presenter, .roles = RIG_PRESENTER};
    const Funding__ReportList *list = (const Funding__ReportList *)given(rig_ask(rig, &ask));
    assert_int_equal(list->n_reports, 2);
    assert_int_equal(list->reports[1]->reckoned_case, FUNDING__REPORT__RECKONED__NOT_SET); /* not told, so not nought */
    assert_string_equal(list->reports[1]->register_number, a.register_number);
    assert_true(*list->reports[1]->title != 0);
    (void)given(rig_note_conflict(rig, &a, call.presenter, RIG_PRESENTER, call.presenter));
    list = (const Funding__ReportList *)given(rig_ask(rig, &ask));
    assert_int_equal(list->n_reports, 0);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_amendments, rig_group_rest),  /* by state, in pages, whose they are; not those of a conflict */
        cmocka_unit_test_setup(test_obligations, rig_group_rest), /* by state and lateness */
        cmocka_unit_test_setup(test_reports, rig_group_rest)      /* whose they are */
    };
    return rig_told(cmocka_run_group_tests_name("funding call lists", tests, start, rig_group_stop));
}
