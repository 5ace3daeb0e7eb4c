/* Decisions over real NNG and PostgreSQL: sent all or none, inside the money, once; kept as they were sent; read by whoever may, and the
 * looks of recipients noted. */
#include "common/base/day.h"
#include "common/base/hash.h"
#include "common/base/workday.h"
#include "common/db/db.h"
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

static void present(const struct rig_call *call)
{
    (void)given(rig_present(rig, call, NULL, 0, false));
}

/* --- sending ------------------------------------------------------------------------------------------------------------ */
static void test_all_or_none(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "all-or-none"});
    const struct rig_application a = submitted(&call, 0, 5000000), b = submitted(&call, 1, 3000000), c = submitted(&call, 1, 2000000);
    assess(&call, &a, 4000000);
    reject(&call, &b);
    rig_closes_in(rig, &call, -TIME_HOUR);
    present(&call);
    const struct answer refused = rig_send_decisions(rig, &call, NULL, 0, false);
    assert_refused(refused, ERR_REFUSED, "funding.assessment.state");
    assert_string_equal(rig_fact(&refused, "registerNumber"), c.register_number);
    assert_int_equal(count("select count(*) from funding.decision where call_id = '%s'", call.id), 0);
    assert_int_equal(rig_events(rig, "funding.DecisionSent.v1", a.id), 0);
    assert_int_equal(count("select count(*) from funding.application where call_id = '%s' and state = 2", call.id), 3);

    /* A dry run tells the same, and changes nothing. */
    const Funding__SendReport *dry = (const Funding__SendReport *)given(rig_send_decisions(rig, &call, NULL, 0, true));
    assert_int_equal(dry->n_findings, 1);
    assert_string_equal(dry->findings[0]->register_number, c.register_number);
    assert_int_equal(dry->sent, 0);
    assert_int_equal(dry->granted, 1);
    assert_int_equal(dry->cents, 4000000);
    assert_int_equal(count("select count(*) from funding.decision where call_id = '%s'", call.id), 0);

    assess(&call, &c, 2000000);
    present(&call);
    const Funding__SendReport *report = (const Funding__SendReport *)given(rig_send_decisions(rig, &call, NULL, 0, false));
    assert_int_equal(report->sent, 3);
    assert_int_equal(report->granted, 2);
    assert_int_equal(report->rejected, 1);
    assert_int_equal(report->cents, 6000000);
    assert_int_equal(count("select count(*) from funding.application where call_id = '%s' and state = 5", call.id), 3);
    assert_int_equal(count("select count(*) from funding.assessment where call_id = '%s' and state = 6", call.id), 3);
    assert_int_equal(count("select granted_cents from funding.call where id = '%s'", call.id), 6000000);
    assert_int_equal(count("select granted_cents from funding.theme where id = '%s'", call.themes[1]), 2000000);
    /* The last one resolves the call. */
    assert_int_equal(count("select state from funding.call where id = '%s'", call.id), 3);
    assert_int_equal(rig_events(rig, "funding.CallResolved.v1", call.id), 1);
    assert_refused(rig_send_decisions(rig, &call, NULL, 0, false), ERR_REFUSED, "funding.decision.call-state");
}

static void test_what_is_written(void **state)
{
    char id[UUID_TEXT], today[DAY_TEXT];
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "written", .own_permille = 100});
    const struct rig_application a =
        rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000, .own_cents = 1000000, .language = "sv", .partners = 3});
    (void)rig_submitted(rig, &call, &(struct write_plan){.cents = 100000, .own_cents = 20000});
    const struct rig_decision d = rig_decided(
        rig, &call, &a, &(struct assess_plan){.cents = 4500000, .accepted_cents = 5000000, .partners = 3, .reason = 21, .instalments = 2});
    const Funding__Decision *m = d.message;
    assert_true(m->granted);
    assert_int_equal(m->cents, 4500000);
    assert_string_equal(m->language, "sv");
    assert_string_equal(m->register_number, a.register_number);
    assert_int_equal(m->n_partners, 3);
    assert_int_equal(m->partners[0]->cents + m->partners[1]->cents + m->partners[2]->cents, 4500000);
    int64_t applied = 0, accepted = 0;
    for (size_t i = 0; i < m->n_lines; i++) {
        applied += m->lines[i]->applied_cents;
        accepted += m->lines[i]->accepted_cents;
    }
    assert_int_equal(applied, 6000000);
    assert_int_equal(accepted, 5000000);
    assert_int_equal(m->review_days, 30);
    assert_string_not_equal(m->reasons, "");
    assert_true(rig_id(m->decided_by_id).b[15] == call.decider.b[15]);
    assert_memory_equal(m->presented_by_id.data, call.presenter.b, 16);
    /* The lead answers within 30 days of the third day after it was sent, or on the working day after. */
    int64_t last = helsinki_day(time_now_us()) + 33;
    while (!day_works(last))
        last++;
    day_format(last, today);
    assert_string_equal(m->answer_until, today);

    uuid_format(d.id, id);
    assert_int_equal(count("select count(*) from funding.award where decision_id = '%s' and state = 1 and granted_cents = 4500000", d.id),
                     1);
    assert_int_equal(count("select count(*) from funding.instalment where award_id = '%s' and state = 1", a.id), 2);
    assert_int_equal(count("select sum(cents) from funding.instalment where award_id = '%s'", a.id), 4500000);
    assert_int_equal(count("select count(*) from funding.obligation where award_id = '%s' and state = 1", a.id), 3);
    assert_int_equal(count("select count(*) from funding.report where award_id = '%s' and state = 1", a.id), 2);
    assert_int_equal(count("select count(*) from funding.decision where id = '%s' and review_version = 'state-2020'", d.id), 1);
    assert_int_equal(count("select state from funding.call where id = '%s'", call.id), 2); /* one is not decided yet */
    /* Its event is the one it points to. */
    assert_int_equal(count("select count(*) from funding.event_log e join funding.decision d on d.event_id = e.event_id "
                           "where d.id = '%s' and e.type = 'funding.DecisionSent.v1'",
                           d.id),
                     1);
}

static Funding__DecisionSent *sent_event(const struct rig_application *a)
{
    char id[UUID_TEXT];

    uuid_format(a->id, id);
    const char *hex =
        kit_sql(rig_pg(rig),
                "select encode(payload, 'hex') from funding.event_log where type = 'funding.DecisionSent.v1' and subject = '%s' "
                "order by seq desc limit 1",
                id);
    const size_t len = strlen(hex) / 2;
    uint8_t *bytes = arena_alloc(rig_arena(rig), len + 1);
    for (size_t i = 0; i < len; i++) {
        unsigned byte;
        assert_int_equal(sscanf(hex + 2 * i, "%2x", &byte), 1);
        bytes[i] = (uint8_t)byte;
    }
    return funding__decision_sent__unpack(NULL, len, bytes);
}

static void test_recipients_are_told_with_the_document(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "told"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000, .partners = 4});
    const struct rig_decision d = rig_decided(rig, &call, &a, &(struct assess_plan){.cents = 5000000, .partners = 4});
    Funding__DecisionSent *m = sent_event(&a);
    assert_non_null(m);
    assert_int_equal(m->n_recipients, 4);
    assert_true(m->recipients[0]->lead);
    assert_memory_equal(m->recipients[0]->person_id.data, a.owner.b, 16);
    assert_false(m->recipients[3]->lead);
    assert_int_equal(m->cents, 5000000);
    assert_int_equal(m->change_cents, 5000000);
    assert_string_equal(m->answer_until, d.message->answer_until);
    assert_true(m->document->content.len > 5000 && m->document->content.len <= 200 * 1024);
    assert_memory_equal(m->document->content.data, "%PDF-1.", 7);
    const struct span pdf = span_of(m->document->content.data, m->document->content.len);
    const struct hash hash = hash_sha256(&pdf, 1);
    assert_memory_equal(hash.b, d.message->sha256.data, 32);
    /* Everybody in it was told of before: letters have addresses. */
    for (size_t i = 0; i < m->n_recipients; i++)
        assert_int_equal(rig_events(rig, "funding.ContactStored.v1", rig_id(m->recipients[i]->person_id)) > 0, 1);
    funding__decision_sent__free_unpacked(m, NULL);
}

static void test_not_a_cent_over_a_theme(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "one-cent", .theme_cents = 10000000});
    const struct rig_application a = submitted(&call, 0, 6000000), b = submitted(&call, 0, 4000001), c = submitted(&call, 1, 100);
    (void)c;
    assess(&call, &a, 6000000);
    assess(&call, &b, 4000001);
    rig_closes_in(rig, &call, -TIME_HOUR);
    const struct rig_application *const both[] = {&a, &b};
    present(&call);
    const struct answer refused = rig_send_decisions(rig, &call, both, 2, false);
    assert_refused(refused, ERR_REFUSED, "funding.decision.theme-overspent");
    assert_non_null(strstr(refused.problem->detail->fi, "Teema 1"));
    assert_non_null(strstr(refused.problem->detail->fi, "0,01"));
    assert_non_null(strstr(refused.problem->detail->en, "€0.01"));
    assert_int_equal(count("select count(*) from funding.decision where call_id = '%s'", call.id), 0);
    assess(&call, &b, 4000000);
    present(&call);
    assert_int_equal(((const Funding__SendReport *)given(rig_send_decisions(rig, &call, both, 2, false)))->sent, 2);
    assert_int_equal(count("select allocation_cents - granted_cents from funding.theme where id = '%s'", call.themes[0]), 0);
}

static void test_many_at_once_are_sent_once(void **state)
{
    Funding__SendDecisionsRequest request = FUNDING__SEND_DECISIONS_REQUEST__INIT;
    struct answer *answers[6];
    size_t sent = 0;
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "at-once"});
    for (size_t i = 0; i < 5; i++) {
        const struct rig_application a = submitted(&call, i % 2, 1000000);
        assess(&call, &a, 1000000);
    }
    rig_closes_in(rig, &call, -TIME_HOUR);
    present(&call);
    request.call_id = rig_bytes(&call.id);
    for (size_t i = 0; i < 6; i++)
        answers[i] = rig_send(
            rig, &(struct ask){
                     .method = "SendDecisions", .message = &request.base, .actor = call.decider, .roles = RIG_DECIDER, .client = i % 4});
    rig_wait(rig);
    for (size_t i = 0; i < 6; i++) {
        if (answers[i]->err == ERR_OK)
            sent += ((const Funding__SendReport *)answers[i]->message)->sent;
        else
            assert_refused(*answers[i], ERR_REFUSED, "funding.decision.call-state");
    }
    assert_int_equal(sent, 5);
    assert_int_equal(count("select count(*) from funding.decision where call_id = '%s'", call.id), 5);
    assert_int_equal(rig_events(rig, "funding.CallResolved.v1", call.id), 1);
}

/* The same request again is answered again, and sends nothing. */
static void test_a_replay_sends_nothing(void **state)
{
    Funding__SendDecisionsRequest request = FUNDING__SEND_DECISIONS_REQUEST__INIT;
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "replay"});
    const struct rig_application a = submitted(&call, 0, 1000000), b = submitted(&call, 0, 1000000);
    assess(&call, &a, 1000000);
    rig_closes_in(rig, &call, -TIME_HOUR);
    present(&call);
    ProtobufCBinaryData ids[] = {rig_bytes(&a.id), rig_bytes(&a.id)}; /* named twice: once */
    request.call_id = rig_bytes(&call.id);
    request.application_ids = ids;
    request.n_application_ids = 2;
    const struct ask ask = {
        .method = "SendDecisions", .message = &request.base, .actor = call.decider, .roles = RIG_DECIDER, .key = "one-and-the-same"};
    assert_int_equal(((const Funding__SendReport *)given(rig_ask(rig, &ask)))->sent, 1);
    const struct answer again = rig_ask(rig, &ask);
    assert_int_equal(((const Funding__SendReport *)given(again))->sent, 1);
    assert_true(again.replayed);
    assert_int_equal(count("select count(*) from funding.decision where call_id = '%s'", call.id), 1);
    assert_int_equal(rig_events(rig, "funding.DecisionSent.v1", a.id), 1);
    assert_int_equal(rig_application_state(rig, &b), 2);
    assert_int_equal(count("select state from funding.call where id = '%s'", call.id), 2); /* b waits */
}

static void test_who_and_when(void **state)
{
    Funding__SendDecisionsRequest request = FUNDING__SEND_DECISIONS_REQUEST__INIT;
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "who-and-when"});
    const struct rig_call other = rig_call(rig, &(struct call_plan){.code = "their-own"});
    const struct rig_application a = submitted(&call, 0, 1000000), b = submitted(&call, 0, 1000000);
    const struct rig_application *const first[] = {&a}, *const second[] = {&b};
    assess(&call, &a, 1000000);
    assert_refused(rig_send_decisions(rig, &call, first, 1, false), ERR_REFUSED, "funding.decision.call-state"); /* it is open */
    rig_closes_in(rig, &call, -TIME_HOUR);
    request.call_id = rig_bytes(&call.id);
    const struct ask preparer = {.method = "SendDecisions", .message = &request.base, .actor = call.preparer, .roles = RIG_PREPARER};
    const struct ask another = {.method = "SendDecisions", .message = &request.base, .actor = rig_new_id(), .roles = RIG_DECIDER};
    assert_refused(rig_ask(rig, &preparer), ERR_FORBIDDEN, "");
    assert_refused(rig_ask(rig, &another), ERR_FORBIDDEN, "funding.call.not-decider");
    /* A decision-maker or presenting official with a conflict takes no part. */
    (void)given(rig_note_conflict(rig, &a, call.decider, RIG_DECIDER, call.decider));
    assert_refused(rig_send_decisions(rig, &call, first, 1, false), ERR_REFUSED, "funding.decision.conflict");
    assess(&call, &b, 1000000);
    (void)given(rig_present(rig, &call, second, 1, false));
    (void)given(rig_note_conflict(rig, &b, call.preparer, RIG_PREPARER, call.presenter));
    assert_refused(rig_send_decisions(rig, &call, second, 1, false), ERR_REFUSED, "funding.decision.presenter");
    /* Nor does whoever applies. */
    const struct rig_application own = rig_submitted(rig, &other, &(struct write_plan){.cents = 1000000, .owner = other.decider});
    const struct rig_application theirs = rig_submitted(rig, &other, &(struct write_plan){.cents = 1000000, .owner = other.presenter});
    const struct rig_application *const one[] = {&own}, *const two[] = {&theirs};
    assess(&other, &own, 1000000);
    assess(&other, &theirs, 1000000);
    rig_closes_in(rig, &other, -TIME_HOUR);
    assert_refused(rig_send_decisions(rig, &other, one, 1, false), ERR_REFUSED, "funding.decision.conflict");
    assert_refused(rig_present(rig, &other, two, 1, false), ERR_REFUSED, "funding.decision.presenter-conflict");
    assert_refused(rig_send_decisions(rig, &other, two, 1, false), ERR_REFUSED, "funding.decision.presenter"); /* there is no other */
    assert_int_equal(count("select count(*) from funding.decision where call_id = '%s'", other.id), 0);
    struct rig_application elsewhere = {.id = rig_new_id()};
    const struct rig_application *const none[] = {&elsewhere};
    assert_refused(rig_send_decisions(rig, &call, none, 1, false), ERR_NOT_FOUND, "request.not-found");
}

static void test_a_supplement_is_waited_for(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "waits"});
    struct rig_application a = submitted(&call, 0, 1000000);
    const struct rig_application *const one[] = {&a};
    assess(&call, &a, 1000000);
    rig_closes_in(rig, &call, -TIME_HOUR);
    present(&call);
    (void)given(rig_ask_supplement(rig, &call, &a, "Lisää talousarvion perustelut.", 7));
    assert_refused(rig_send_decisions(rig, &call, one, 1, false), ERR_REFUSED, "funding.decision.supplement-awaited");
    (void)kit_sql(rig_pg(rig), "update funding.supplement_request set due_on = current_date - 2 where answered_at is null");
    (void)given(rig_send_decisions(rig, &call, one, 1, false));
    assert_int_equal(rig_application_state(rig, &a), 5);
}

/* --- reading ------------------------------------------------------------------------------------------------------------ */
static struct answer document(struct uuid id, struct uuid who, uint32_t roles, Funding__GetDecisionDocumentRequest__Form form)
{
    Funding__GetDecisionDocumentRequest request = FUNDING__GET_DECISION_DOCUMENT_REQUEST__INIT;

    request.decision_id = rig_bytes(&id);
    request.form = form;
    return rig_ask(rig, &(struct ask){.method = "GetDecisionDocument", .message = &request.base, .actor = who, .roles = roles});
}

static void test_a_recipients_looks_are_noted(void **state)
{
    Funding__GetDecisionRequest views = FUNDING__GET_DECISION_REQUEST__INIT;
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "looks"});
    const struct rig_application a = submitted(&call, 0, 1000000);
    const struct rig_decision d = rig_decided(rig, &call, &a, &(struct assess_plan){.cents = 1000000});
    assert_int_equal(count("select count(*) from funding.decision_view where decision_id = '%s'", d.id), 0); /* an official's is not */
    (void)given(rig_get_decision(rig, d.id, a.owner, RIG_APPLICANT));
    const Bus__File *pdf =
        (const Bus__File *)given(document(d.id, a.owner, RIG_APPLICANT, FUNDING__GET_DECISION_DOCUMENT_REQUEST__FORM__PDF));
    assert_string_equal(pdf->media_type, "application/pdf");
    const struct span bytes = span_of(pdf->content.data, pdf->content.len);
    const struct hash hash = hash_sha256(&bytes, 1);
    assert_memory_equal(hash.b, d.message->sha256.data, 32);
    const Bus__File *html =
        (const Bus__File *)given(document(d.id, a.owner, RIG_APPLICANT, FUNDING__GET_DECISION_DOCUMENT_REQUEST__FORM__HTML));
    assert_string_equal(html->media_type, "text/html; charset=utf-8");
    assert_memory_equal(html->content.data, "<!DOCTYPE html>", 15);
    (void)given(document(d.id, call.preparer, RIG_PREPARER, FUNDING__GET_DECISION_DOCUMENT_REQUEST__FORM__PDF));
    assert_refused(document(d.id, rig_new_id(), RIG_APPLICANT, FUNDING__GET_DECISION_DOCUMENT_REQUEST__FORM__PDF), ERR_NOT_FOUND, "");
    assert_refused(rig_get_decision(rig, d.id, rig_new_id(), RIG_EVALUATOR), ERR_NOT_FOUND, "");

    views.decision_id = rig_bytes(&d.id);
    const struct ask ask = {.method = "ListViews", .message = &views.base, .actor = call.preparer, .roles = RIG_PREPARER};
    const Funding__ViewList *list = (const Funding__ViewList *)given(rig_ask(rig, &ask));
    assert_int_equal(list->n_views, 3); /* each by the form it was opened in, the newest first */
    assert_string_equal(list->views[0]->form, "html");
    assert_string_equal(list->views[1]->form, "pdf");
    assert_string_equal(list->views[2]->form, "json");
    assert_memory_equal(list->views[0]->person_id.data, a.owner.b, 16);
    const struct ask own = {.method = "ListViews", .message = &views.base, .actor = a.owner, .roles = RIG_APPLICANT};
    assert_refused(rig_ask(rig, &own), ERR_FORBIDDEN, "");
}

static void test_lists(void **state)
{
    Funding__ListDecisionsRequest of_call = FUNDING__LIST_DECISIONS_REQUEST__INIT;
    Funding__ListMyDecisionsRequest mine = FUNDING__LIST_MY_DECISIONS_REQUEST__INIT;
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "lists"});
    const struct uuid owner = rig_new_id();
    for (size_t i = 0; i < 3; i++) {
        const struct rig_application a =
            rig_submitted(rig, &call, &(struct write_plan){.cents = 1000000, .owner = i < 2 ? owner : rig_new_id()});
        assess(&call, &a, 1000000);
    }
    rig_closes_in(rig, &call, -TIME_HOUR);
    present(&call);
    (void)given(rig_send_decisions(rig, &call, NULL, 0, false));
    of_call.call_id = rig_bytes(&call.id);
    of_call.page_size = 2;
    struct ask ask = {.method = "ListDecisions", .message = &of_call.base, .actor = call.evaluators[0], .roles = RIG_EVALUATOR};
    const Funding__DecisionList *page = (const Funding__DecisionList *)given(rig_ask(rig, &ask));
    assert_int_equal(page->n_decisions, 2);
    of_call.page_token = page->next_page_token;
    page = (const Funding__DecisionList *)given(rig_ask(rig, &ask));
    assert_int_equal(page->n_decisions, 1);
    assert_string_equal(page->next_page_token, "");
    ask.actor = rig_new_id();
    assert_refused(rig_ask(rig, &ask), ERR_FORBIDDEN, "");
    const struct ask own = {.method = "ListMyDecisions", .message = &mine.base, .actor = owner, .roles = RIG_APPLICANT};
    assert_int_equal(((const Funding__DecisionList *)given(rig_ask(rig, &own)))->n_decisions, 2);
}

static void test_a_preview_is_what_would_be_sent(void **state)
{
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "preview"});
    const struct rig_application a = submitted(&call, 0, 1000000);
    assert_refused(rig_of_application(rig, "PreviewDecision", &a, call.preparer, RIG_PREPARER), ERR_REFUSED, "funding.assessment.state");
    assess(&call, &a, 900000);
    const Bus__File *file = (const Bus__File *)given(rig_of_application(rig, "PreviewDecision", &a, call.preparer, RIG_PREPARER));
    assert_memory_equal(file->content.data, "%PDF-1.", 7);
    assert_refused(rig_of_application(rig, "PreviewDecision", &a, a.owner, RIG_APPLICANT), ERR_FORBIDDEN, "");
    assert_int_equal(count("select count(*) from funding.decision where call_id = '%s'", call.id), 0);
}

/* --- for ever ----------------------------------------------------------------------------------------------------------- */
static void assert_by_hand(struct db *db, const char *format, struct uuid id, const char *words)
{
    char text[UUID_TEXT], sql[500];

    uuid_format(id, text);
    (void)snprintf(sql, sizeof sql, format, text);
    assert_int_not_equal(db_script(db, sql), ERR_OK);
    if (strstr(db_message(db), words) == NULL)
        fail_msg("%s: %s", sql, db_message(db));
}

static void test_a_sent_decision_stays_as_it_was(void **state)
{
    struct db *db;
    (void)state;
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "stays"});
    const struct rig_application a = submitted(&call, 0, 1000000);
    const struct rig_decision d = rig_decided(rig, &call, &a, &(struct assess_plan){.cents = 1000000});
    const struct db_config config = {
        .conninfo = kit_pg_conninfo(rig_pg(rig), "hv_funding"), .schema = "funding", .application_name = "hand"};
    assert_int_equal(db_open(&db, &config, kit_log()), ERR_OK);
    assert_by_hand(db, "update decision set reasons = 'x' where id = '%s'", d.id, "never changed");
    assert_by_hand(db, "delete from decision where id = '%s'", d.id, "never changed");
    assert_by_hand(db, "update decision_partner set cents = 1 where decision_id = '%s'", d.id, "never changed");
    assert_by_hand(db, "insert into decision_line values ('%s', 90, 1, 'x', 1, 1)", d.id, "nothing is added");
    assert_by_hand(db, "update award set granted_cents = 1 where decision_id = '%s'", d.id, "moves with its decisions");
    db_close(db);
    /* Through the service: it is decided, and the assessment is shut. */
    const struct rig_application *const one[] = {&a};
    assert_refused(rig_send_decisions(rig, &call, one, 1, false), ERR_REFUSED, "funding.decision.call-state");
    assert_int_not_equal(rig_assess(rig, &call, &a, &(struct assess_plan){.cents = 900000}).err, ERR_OK);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 4);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_all_or_none, rig_group_rest),
        cmocka_unit_test_setup(test_what_is_written, rig_group_rest),
        cmocka_unit_test_setup(test_recipients_are_told_with_the_document, rig_group_rest),
        cmocka_unit_test_setup(test_not_a_cent_over_a_theme, rig_group_rest),
        cmocka_unit_test_setup(test_many_at_once_are_sent_once, rig_group_rest),
        cmocka_unit_test_setup(test_a_replay_sends_nothing, rig_group_rest),
        cmocka_unit_test_setup(test_who_and_when, rig_group_rest),
        cmocka_unit_test_setup(test_a_supplement_is_waited_for, rig_group_rest),
        cmocka_unit_test_setup(test_a_recipients_looks_are_noted, rig_group_rest),
        cmocka_unit_test_setup(test_lists, rig_group_rest),
        cmocka_unit_test_setup(test_a_preview_is_what_would_be_sent, rig_group_rest),
        cmocka_unit_test_setup(test_a_sent_decision_stays_as_it_was, rig_group_rest),
    };
    return rig_told(cmocka_run_group_tests(tests, start, rig_group_stop));
}
