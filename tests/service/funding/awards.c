/* See awards.h. */
#include "tests/service/funding/awards.h"

#include "common/base/day.h"
#include "common/base/workday.h"

static void must(const char *step, const struct answer *answer)
{
    if (answer->err != ERR_OK)
        fail_msg("%s: error %d %s %s", step, (int)answer->err, answer->rule, answer->field);
}

static char *copy(struct rig *rig, const char *text)
{
    return arena_strdup(rig_arena(rig), text);
}

char *rig_day(struct rig *rig, int64_t days)
{
    char *text = arena_alloc(rig_arena(rig), DAY_TEXT);

    day_format(helsinki_day(time_now_us()) + days, text);
    return text;
}

void rig_refused(struct answer answer, const char *rule)
{
    if (answer.err != ERR_REFUSED || strcmp(answer.rule, rule) != 0)
        fail_msg("%s was expected, not error %d %s %s", rule, (int)answer.err, answer.rule, answer.field);
    assert_true(*answer.problem->detail->fi != 0 && *answer.problem->detail->sv != 0 && *answer.problem->detail->en != 0);
}

int64_t rig_count(struct rig *rig, const struct rig_application *a, const char *select)
{
    char id[UUID_TEXT], sql[1200];

    uuid_format(a->id, id);
    const char *at = strstr(select, "%s");
    assert_non_null(at);
    (void)snprintf(sql, sizeof sql, "%.*s'%s'%s", (int)(at - select), select, id, at + 2);
    return kit_sql_int(rig_pg(rig), "%s", sql);
}

struct soon {
    struct rig *rig;
    const struct rig_application *a;
    const char *select;
    int64_t value;
};

static bool is_so(void *arg)
{
    const struct soon *soon = arg;

    return rig_count(soon->rig, soon->a, soon->select) == soon->value;
}

bool rig_soon(struct rig *rig, const struct rig_application *a, const char *select, int64_t value)
{
    return kit_wait_until(is_so, &(struct soon){rig, a, select, value}, KIT_PATIENCE_MS);
}

/* --- decisions --------------------------------------------------------------------------------------------------------- */
void rig_grant_all(struct rig *rig, const struct rig_call *call, struct rig_application *all, size_t count, int64_t cents)
{
    Funding__SendDecisionsRequest request = FUNDING__SEND_DECISIONS_REQUEST__INIT;

    for (size_t i = 0; i < count; i++)
        all[i] = rig_submitted(rig, call, &(struct write_plan){.cents = cents});
    rig_closes_in(rig, call, -TIME_HOUR);
    for (size_t i = 0; i < count; i++) {
        const struct answer assessed = rig_assess(rig, call, &all[i], &(struct assess_plan){.cents = cents, .instalments = 2, .reason = 0});
        must("PutAssessment", &assessed);
    }
    request.call_id = rig_bytes(&call->id);
    const struct answer presented = rig_ask(
        rig, &(struct ask){.method = "PresentDecisions", .message = &request.base, .actor = call->presenter, .roles = RIG_PRESENTER});
    must("PresentDecisions", &presented);
    const struct answer sent =
        rig_ask(rig, &(struct ask){.method = "SendDecisions", .message = &request.base, .actor = call->decider, .roles = RIG_DECIDER});
    must("SendDecisions", &sent);
    const Funding__SendReport *report = (const Funding__SendReport *)sent.message;
    if (report->sent != count)
        fail_msg("%u decisions were sent: %s", report->sent, report->n_findings > 0 ? report->findings[0]->finding->rule : "no finding");
}

struct rig_application rig_granted(struct rig *rig, const struct rig_call *call, int64_t cents)
{
    struct rig_application a;

    rig_grant_all(rig, call, &a, 1, cents);
    return a;
}

struct rig_application rig_accepted(struct rig *rig, const struct rig_call *call, int64_t cents)
{
    const struct rig_application a = rig_granted(rig, call, cents);

    rig_accept(rig, &a);
    return a;
}

/* --- the lead ---------------------------------------------------------------------------------------------------------- */
static struct answer lead_asks(struct rig *rig, const struct rig_application *a, const char *method, const ProtobufCMessage *message)
{
    return rig_ask(rig, &(struct ask){.method = method, .message = message, .actor = a->owner, .roles = RIG_APPLICANT});
}

struct answer rig_answer(struct rig *rig, const struct rig_application *a, bool refuse)
{
    Funding__AnswerGrantRequest request = FUNDING__ANSWER_GRANT_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    request.answer = refuse ? FUNDING__GRANT_ANSWER__GRANT_REFUSE : FUNDING__GRANT_ANSWER__GRANT_ACCEPT;
    return lead_asks(rig, a, "AnswerGrant", &request.base);
}

void rig_accept(struct rig *rig, const struct rig_application *a)
{
    const struct answer answer = rig_answer(rig, a, false);

    must("AnswerGrant", &answer);
}

struct answer rig_report(struct rig *rig, const struct rig_application *a, Funding__ReportKind kind, int64_t used_cents, bool submit)
{
    Funding__SaveReportRequest request = FUNDING__SAVE_REPORT_REQUEST__INIT;
    Funding__ReportContent content = FUNDING__REPORT_CONTENT__INIT;
    Funding__AmountRow first = FUNDING__AMOUNT_ROW__INIT, second = FUNDING__AMOUNT_ROW__INIT, *lines[] = {&first, &second};
    Funding__TrainingPart part = FUNDING__TRAINING_PART__INIT, *parts[] = {&part};
    char *checked[] = {copy(rig, "Kirjanpito on erillään")};

    content.results = copy(rig, "Koulutukset pidettiin.\nPalaute oli hyvää.");
    content.use_of_money = copy(rig, "Palkkoihin ja kouluttajiin.");
    first.n = 1;
    first.cents = used_cents / 2;
    second.n = 2;
    second.cents = used_cents - used_cents / 2;
    content.lines = lines;
    content.n_lines = 2;
    part.title = copy(rig, "Mentorikoulutus");
    part.scope_tenths = 50;
    part.credits = true;
    part.participants = 20;
    content.parts = parts;
    content.n_parts = 1;
    content.checked = checked;
    content.n_checked = 1;
    request.application_id = rig_bytes(&a->id);
    request.kind = kind;
    request.content = &content;
    request.submit = submit;
    return lead_asks(rig, a, "SaveReport", &request.base);
}

/* --- officials --------------------------------------------------------------------------------------------------------- */
struct answer rig_award(struct rig *rig, const struct rig_application *a, struct uuid who, uint32_t roles)
{
    Funding__GetAwardRequest request = FUNDING__GET_AWARD_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    return rig_ask(rig, &(struct ask){.method = "GetAward", .message = &request.base, .actor = who, .roles = roles});
}

const Funding__Award *rig_award_of(struct rig *rig, const struct rig_call *call, const struct rig_application *a)
{
    const struct answer answer = rig_award(rig, a, call->preparer, RIG_PREPARER);

    must("GetAward", &answer);
    return (const Funding__Award *)answer.message;
}

struct answer rig_pay(struct rig *rig, const struct rig_call *call, const struct rig_application *a, size_t n,
                      Funding__InstalmentState state, const char *reference, const char *paid_on)
{
    Funding__MoveInstalmentRequest request = FUNDING__MOVE_INSTALMENT_REQUEST__INIT;
    const Funding__Award *award = rig_award_of(rig, call, a);

    assert_true(n < award->n_instalments);
    request.application_id = rig_bytes(&a->id);
    request.instalment_id = award->instalments[n]->id;
    request.state = state;
    request.reference = copy(rig, reference);
    request.paid_on = copy(rig, paid_on);
    if (state == FUNDING__INSTALMENT_STATE__INSTALMENT_CANCELLED)
        request.reason = copy(rig, "ei enää tarpeen");
    const bool sends = state == FUNDING__INSTALMENT_STATE__INSTALMENT_SENT; /* four eyes: the first preparer orders */
    return rig_ask(rig, &(struct ask){.method = "MoveInstalment",
                                      .message = &request.base,
                                      .actor = sends ? call->second_preparer : call->preparer,
                                      .roles = RIG_PREPARER});
}

void rig_paid(struct rig *rig, const struct rig_call *call, const struct rig_application *a, size_t n)
{
    const struct answer ordered = rig_pay(rig, call, a, n, FUNDING__INSTALMENT_STATE__INSTALMENT_ORDERED, "", "");
    must("ordered", &ordered);
    const struct answer sent = rig_pay(rig, call, a, n, FUNDING__INSTALMENT_STATE__INSTALMENT_SENT, "", "");
    must("sent", &sent);
    const struct answer paid = rig_pay(rig, call, a, n, FUNDING__INSTALMENT_STATE__INSTALMENT_PAID, "RF18 5390 0754 7034", rig_day(rig, 0));
    must("paid", &paid);
}

struct answer rig_review(struct rig *rig, struct uuid preparer, struct uuid report, Funding__ReviewStep step, const char *words)
{
    Funding__ReviewReportRequest request = FUNDING__REVIEW_REPORT_REQUEST__INIT;

    request.report_id = rig_bytes(&report);
    request.step = step;
    request.words = copy(rig, words);
    if (step == FUNDING__REVIEW_STEP__REVIEW_RETURN)
        request.due_on = rig_day(rig, 14);
    return rig_ask(rig, &(struct ask){.method = "ReviewReport", .message = &request.base, .actor = preparer, .roles = RIG_PREPARER});
}

struct answer rig_follow_document(struct rig *rig, const struct rig_application *a, ProtobufCBinaryData subject, struct uuid who,
                                  uint32_t roles, bool pdf)
{
    Funding__GetFollowDocumentRequest request = FUNDING__GET_FOLLOW_DOCUMENT_REQUEST__INIT;

    request.application_id = rig_bytes(&a->id);
    request.subject_id = subject;
    request.form = pdf ? FUNDING__GET_FOLLOW_DOCUMENT_REQUEST__FORM__PDF : FUNDING__GET_FOLLOW_DOCUMENT_REQUEST__FORM__HTML;
    return rig_ask(rig, &(struct ask){.method = "GetFollowDocument", .message = &request.base, .actor = who, .roles = roles});
}

void rig_follow_says(struct rig *rig, const struct rig_application *a, ProtobufCBinaryData subject, const char *const *words, size_t count)
{
    const struct answer answer = rig_follow_document(rig, a, subject, a->owner, RIG_APPLICANT, false);

    assert_int_equal(answer.err, ERR_OK);
    const Bus__File *file = (const Bus__File *)answer.message;
    const char *letter = arena_text(rig_arena(rig), span_of(file->content.data, file->content.len));
    for (size_t i = 0; i < count; i++)
        if (strstr(letter, words[i]) == NULL)
            fail_msg("the letter does not say \"%s\": %s", words[i], letter);
}
