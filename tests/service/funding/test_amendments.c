/* Change applications: asked by the lead, decided part by part, and what each accepted part does to the grant. */
#include "common/base/hash.h"
#include "tests/service/funding/awards.h"

#define GRANT INT64_C(10000000)

static struct rig *rig;

/* What tests ask, all at once: lives until the rig rests. */
struct asked {
    Funding__SubmitAmendmentRequest request;
    Funding__AmendmentPart parts[4], *list[4];
    Funding__Change changes[4];
    Funding__AmountRow rows[4][4], *row_list[4][4];
};

static struct asked *asks(const struct rig_application *a)
{
    struct asked *asked = arena_alloc(rig_arena(rig), sizeof *asked);

    funding__submit_amendment_request__init(&asked->request);
    asked->request.application_id = rig_bytes(&a->id);
    asked->request.reasons = arena_strdup(rig_arena(rig), "Koulutuksia siirtyi syksyyn.");
    asked->request.parts = asked->list;
    return asked;
}

static Funding__Change *part(struct asked *asked, Funding__ChangeKind kind)
{
    const size_t i = asked->request.n_parts++;

    funding__amendment_part__init(&asked->parts[i]);
    funding__change__init(&asked->changes[i]);
    asked->list[i] = &asked->parts[i];
    asked->parts[i].kind = kind;
    asked->parts[i].asked = &asked->changes[i];
    return &asked->changes[i];
}

static Funding__AmountRow **rows(struct asked *asked, size_t count, const int64_t *cents, const char *new_name)
{
    const size_t i = asked->request.n_parts - 1;

    for (size_t k = 0; k < count; k++) {
        Funding__AmountRow *row = asked->row_list[i][k] = &asked->rows[i][k];
        funding__amount_row__init(row);
        row->n = (uint32_t)k + 1;
        row->cents = cents[k];
        row->name = arena_strdup(rig_arena(rig), new_name);
    }
    return asked->row_list[i];
}

static struct answer submit(const struct rig_application *a, const struct asked *asked)
{
    return rig_ask(rig,
                   &(struct ask){.method = "SubmitAmendment", .message = &asked->request.base, .actor = a->owner, .roles = RIG_APPLICANT});
}

static const Funding__Amendment *amendment_of(const struct answer *answer)
{
    if (answer->err != ERR_OK)
        fail_msg("error %d %s %s", (int)answer->err, answer->rule, answer->field);
    return (const Funding__Amendment *)answer->message;
}

static struct answer decide(struct uuid decider, const Funding__Amendment *amendment, Funding__AmendmentPart **parts, size_t count)
{
    Funding__DecideAmendmentRequest request = FUNDING__DECIDE_AMENDMENT_REQUEST__INIT;

    request.amendment_id = amendment->id;
    request.parts = parts;
    request.n_parts = count;
    return rig_ask(rig, &(struct ask){.method = "DecideAmendment", .message = &request.base, .actor = decider, .roles = RIG_DECIDER});
}

static Funding__AmendmentPart *outcome(Funding__ChangeKind kind, Funding__PartOutcome result, const char *reason)
{
    Funding__AmendmentPart *p = arena_alloc(rig_arena(rig), sizeof *p);

    funding__amendment_part__init(p);
    p->kind = kind;
    p->outcome = result;
    p->reason = arena_strdup(rig_arena(rig), reason);
    return p;
}

static void test_longer(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "jatko"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    struct asked *asked = asks(&a);
    const int64_t due = rig_count(rig, &a, "select due_on - date '1970-01-01' from funding.obligation where kind = 3 and award_id = %s");

    (void)state;
    part(asked, FUNDING__CHANGE_KIND__CHANGE_PERIOD)->use_until = rig_day(rig, 460); /* 30 days more than 430 */
    const struct rig_application stranger = {.id = a.id, .owner = rig_new_id()};
    assert_int_equal(submit(&stranger, asked).err, ERR_NOT_FOUND);
    const struct answer submitted = submit(&a, asked);
    const Funding__Amendment *amendment = amendment_of(&submitted);
    assert_int_equal(amendment->state, FUNDING__AMENDMENT_STATE__AMENDMENT_SUBMITTED);
    assert_false(amendment->late);
    assert_int_equal(rig_events(rig, "funding.AmendmentSubmitted.v1", a.id), 1);
    rig_refused(submit(&a, asked), "funding.amendment.waits");
    Funding__AmendmentPart *accepted[] = {outcome(FUNDING__CHANGE_KIND__CHANGE_PERIOD, FUNDING__PART_OUTCOME__OUTCOME_ACCEPTED, "")};
    assert_int_equal(decide(rig_new_id(), amendment, accepted, 1).err, ERR_FORBIDDEN);
    const struct answer decided = decide(call.decider, amendment, accepted, 1);
    assert_int_equal(amendment_of(&decided)->state, FUNDING__AMENDMENT_STATE__AMENDMENT_DECIDED);
    assert_string_equal(amendment_of(&decided)->parts[0]->accepted->use_until, rig_day(rig, 460));
    assert_string_equal(rig_award_of(rig, &call, &a)->use_until, rig_day(rig, 460));
    assert_int_equal(rig_count(rig, &a, "select due_on - date '1970-01-01' from funding.obligation where kind = 3 and award_id = %s"),
                     due + 30); /* the final report moves by as many days */
    assert_int_equal(rig_count(rig, &a, "select due_on - date '1970-01-01' from funding.report where kind = 2 and award_id = %s"),
                     due + 30);
    assert_int_equal(rig_events(rig, "funding.ObligationSet.v1", a.id), 3 + 1);
    assert_int_equal(rig_events(rig, "funding.AmendmentDecided.v1", a.id), 1);
    rig_refused(decide(call.decider, amendment, accepted, 1), "funding.amendment.ended");
}

static void letter_says(const struct rig_application *a, const Funding__Amendment *amendment)
{
    static const char *const SAYS[] = {"Päätös muutoshakemukseen",
                                       "Esimerkkivirasto",
                                       "Koulutuksia siirtyi syksyyn.",
                                       "Muutos hyväksytään haettuna.",
                                       "Muutoshakemus hylätään tältä osin.",
                                       "Haun käyttöaika on jo pitkä.",
                                       "Pauli Päättäjä",
                                       "11, 13, 14 ja 34 §",
                                       "Liite: Oikaisuvaatimusohje",
                                       "ilman esittelyä",
                                       "999,99"};

    rig_follow_says(rig, a, amendment->id, SAYS, sizeof SAYS / sizeof *SAYS);
}

/* The PDF is the one of its SHA-256, travels with the event to both, and nobody else gets it. */
static void pdf_is_kept(const struct rig_call *call, const struct rig_application *a, const Funding__Amendment *amendment)
{
    Funding__GetAwardRequest list = FUNDING__GET_AWARD_REQUEST__INIT;

    list.application_id = rig_bytes(&a->id);
    const struct answer listed =
        rig_ask(rig, &(struct ask){.method = "ListFollowDecisions", .message = &list.base, .actor = call->preparer, .roles = RIG_PREPARER});
    assert_int_equal(listed.err, ERR_OK);
    const Funding__FollowDecisionList *all = (const Funding__FollowDecisionList *)listed.message;
    assert_int_equal(all->n_decisions, 1);
    assert_int_equal(all->decisions[0]->kind, FUNDING__FOLLOW_KIND__FOLLOW_AMENDMENT);
    assert_memory_equal(all->decisions[0]->subject_id.data, amendment->id.data, 16);
    const struct answer pdf = rig_follow_document(rig, a, amendment->id, call->preparer, RIG_PREPARER, true);
    const Bus__File *file = (const Bus__File *)pdf.message;
    assert_memory_equal(file->name, "muutospaatos-", 13);
    const struct span bytes = span_of(file->content.data, file->content.len);
    const struct hash hash = hash_sha256(&bytes, 1);
    assert_memory_equal(hash.b, all->decisions[0]->sha256.data, 32);
    assert_int_equal(rig_count(rig, a,
                               "select count(*) from funding.event_log e join funding.follow_decision d on d.event_id = e.event_id "
                               "where d.award_id = %s and e.type = 'funding.AmendmentDecided.v1' and position(d.pdf in e.payload) > 0"),
                     1);
    assert_int_equal(rig_count(rig, a,
                               "select count(distinct p.contact_id) from funding.partner p join funding.event_log e on "
                               "position(uuid_send(p.contact_id) in e.payload) > 0 and e.type = 'funding.AmendmentDecided.v1' "
                               "where p.application_id = %s"),
                     2);
    assert_int_equal(rig_follow_document(rig, a, amendment->id, rig_new_id(), RIG_APPLICANT, true).err, ERR_NOT_FOUND);
    assert_int_equal(rig_follow_document(rig, a, rig_bytes(&a->id), a->owner, RIG_APPLICANT, true).err, ERR_NOT_FOUND);
}

/* A decision of its own: a document with all a decision has, kept as it was sent, which the lead and the partners get. */
static void test_its_document(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "asiakirja"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    struct asked *asked = asks(&a);

    (void)state;
    part(asked, FUNDING__CHANGE_KIND__CHANGE_PERIOD)->use_until = rig_day(rig, 460);
    Funding__Change *shares = part(asked, FUNDING__CHANGE_KIND__CHANGE_PARTNERS);
    shares->partners = rows(asked, 2, (const int64_t[]){GRANT - 1, 1}, "");
    shares->n_partners = 2;
    const struct answer submitted = submit(&a, asked);
    const Funding__Amendment *amendment = amendment_of(&submitted);
    Funding__AmendmentPart *parts[] = {
        outcome(FUNDING__CHANGE_KIND__CHANGE_PERIOD, FUNDING__PART_OUTCOME__OUTCOME_REJECTED, "Haun käyttöaika on jo pitkä."),
        outcome(FUNDING__CHANGE_KIND__CHANGE_PARTNERS, FUNDING__PART_OUTCOME__OUTCOME_ACCEPTED, "")};
    const struct answer decided = decide(call.decider, amendment, parts, 2);
    (void)amendment_of(&decided);
    letter_says(&a, amendment);
    pdf_is_kept(&call, &a, amendment);
}

static void test_parts(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "osat"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    struct asked *asked = asks(&a);
    const int64_t lines[] = {GRANT / 4, GRANT / 4, GRANT / 4, GRANT / 4}, partners[] = {GRANT - 1, 1};

    (void)state;
    part(asked, FUNDING__CHANGE_KIND__CHANGE_CONTENT)->words = arena_strdup(rig_arena(rig), "Verkkokoulutus lähikoulutuksen sijaan.");
    Funding__Change *budget = part(asked, FUNDING__CHANGE_KIND__CHANGE_BUDGET);
    budget->lines = rows(asked, 4, lines, "Uusi rivi");
    budget->n_lines = 4;
    Funding__Change *shares = part(asked, FUNDING__CHANGE_KIND__CHANGE_PARTNERS);
    shares->partners = rows(asked, 2, partners, "");
    shares->n_partners = 2;
    const struct answer submitted = submit(&a, asked);
    const Funding__Amendment *amendment = amendment_of(&submitted);
    Funding__AmendmentPart *all[] = {
        outcome(FUNDING__CHANGE_KIND__CHANGE_CONTENT, FUNDING__PART_OUTCOME__OUTCOME_REJECTED, ""),
        outcome(FUNDING__CHANGE_KIND__CHANGE_BUDGET, FUNDING__PART_OUTCOME__OUTCOME_ACCEPTED, ""),
        outcome(FUNDING__CHANGE_KIND__CHANGE_PARTNERS, FUNDING__PART_OUTCOME__OUTCOME_CHANGED, "Osapuolen työ ei vähene näin paljon.")};
    rig_refused(decide(call.decider, amendment, all, 2), "funding.amendment.reason");
    all[0]->reason = arena_strdup(rig_arena(rig), "Lähikoulutus oli avustuksen peruste.");
    rig_refused(decide(call.decider, amendment, all, 2), "funding.amendment.undecided");
    struct asked *changed = asks(&a);
    all[2]->accepted = part(changed, FUNDING__CHANGE_KIND__CHANGE_PARTNERS);
    all[2]->accepted->partners = rows(changed, 2, (const int64_t[]){GRANT / 2, GRANT / 2 - 1}, "");
    all[2]->accepted->n_partners = 2;
    rig_refused(decide(call.decider, amendment, all, 3), "funding.amendment.partner-sum"); /* a cent is missing */
    changed->rows[0][1].cents++;
    const struct answer decided = decide(call.decider, amendment, all, 3);
    const Funding__Amendment *m = amendment_of(&decided);
    assert_int_equal(m->n_parts, 3);
    assert_null(m->parts[0]->accepted);
    assert_string_equal(m->parts[0]->reason, "Lähikoulutus oli avustuksen peruste.");
    assert_int_equal(m->parts[1]->accepted->n_lines, 4);
    assert_string_equal(m->parts[1]->accepted->lines[3]->name, "Uusi rivi");
    assert_int_equal(m->parts[2]->accepted->partners[0]->cents, GRANT / 2);
}

static void test_plan_in_force(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "voimassa"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    const int64_t lines[] = {GRANT, 0, 0}, four[] = {GRANT / 2, GRANT / 2, 0, 0};
    struct asked *asked = asks(&a), *again = asks(&a);

    (void)state;
    Funding__Change *budget = part(asked, FUNDING__CHANGE_KIND__CHANGE_BUDGET);
    budget->lines = rows(asked, 3, (const int64_t[]){GRANT, 0, 1}, "");
    budget->n_lines = 3;
    rig_refused(submit(&a, asked), "funding.amendment.budget-sum");
    budget->lines = rows(asked, 3, lines, "Rivi");
    const struct answer first = submit(&a, asked);
    Funding__AmendmentPart *accepted[] = {outcome(FUNDING__CHANGE_KIND__CHANGE_BUDGET, FUNDING__PART_OUTCOME__OUTCOME_ACCEPTED, "")};
    assert_int_equal(decide(call.decider, amendment_of(&first), accepted, 1).err, ERR_OK);
    budget = part(again, FUNDING__CHANGE_KIND__CHANGE_BUDGET); /* the next one is held against what is in force */
    budget->lines = rows(again, 4, four, "Neljäs");
    budget->n_lines = 2;
    rig_refused(submit(&a, again), "funding.amendment.rows");
    budget->n_lines = 4;
    const struct answer second = submit(&a, again);
    assert_int_equal(decide(call.decider, amendment_of(&second), accepted, 1).err, ERR_OK);
    Funding__SaveReportRequest report = FUNDING__SAVE_REPORT_REQUEST__INIT; /* line 4 can be reported on now, line 5 not */
    Funding__ReportContent content = FUNDING__REPORT_CONTENT__INIT;
    Funding__AmountRow row = FUNDING__AMOUNT_ROW__INIT, *list[] = {&row};
    report.application_id = rig_bytes(&a.id);
    report.kind = FUNDING__REPORT_KIND__REPORT_INTERIM;
    report.content = &content;
    report.submit = true;
    content.results = content.use_of_money = arena_strdup(rig_arena(rig), "Kesken.");
    content.lines = list;
    content.n_lines = 1;
    row.n = 5;
    struct ask ask = {.method = "SaveReport", .message = &report.base, .actor = a.owner, .roles = RIG_APPLICANT};
    rig_refused(rig_ask(rig, &ask), "funding.report.line");
    row.n = 4;
    assert_int_equal(rig_ask(rig, &ask).err, ERR_OK);
}

static void test_withdrawn(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "peruttu"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    struct asked *asked = asks(&a);
    Funding__AmendmentRequest request = FUNDING__AMENDMENT_REQUEST__INIT;
    Funding__GetAwardRequest of = FUNDING__GET_AWARD_REQUEST__INIT;

    (void)state;
    part(asked, FUNDING__CHANGE_KIND__CHANGE_CONTENT)->words = arena_strdup(rig_arena(rig), "Muutos.");
    const struct answer submitted = submit(&a, asked);
    request.amendment_id = amendment_of(&submitted)->id;
    of.application_id = rig_bytes(&a.id);
    struct ask ask = {.method = "WithdrawAmendment", .message = &request.base, .actor = rig_new_id(), .roles = RIG_APPLICANT};
    assert_int_equal(rig_ask(rig, &ask).err, ERR_NOT_FOUND);
    ask.actor = a.owner;
    assert_int_equal(rig_ask(rig, &ask).err, ERR_OK);
    rig_refused(rig_ask(rig, &ask), "funding.amendment.ended");
    const struct answer next = submit(&a, asked); /* another one may follow */
    assert_int_equal(next.err, ERR_OK);
    const struct answer list =
        rig_ask(rig, &(struct ask){.method = "ListAmendments", .message = &of.base, .actor = call.preparer, .roles = RIG_PREPARER});
    assert_int_equal(list.err, ERR_OK);
    const Funding__AmendmentList *all = (const Funding__AmendmentList *)list.message;
    assert_int_equal(all->n_amendments, 2);
    assert_int_equal(all->amendments[0]->state, FUNDING__AMENDMENT_STATE__AMENDMENT_SUBMITTED); /* newest first */
    assert_int_equal(all->amendments[1]->state, FUNDING__AMENDMENT_STATE__AMENDMENT_WITHDRAWN);
    assert_string_equal(all->amendments[1]->parts[0]->asked->words, "Muutos.");
}

static void test_when(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "milloin"});
    const struct rig_application a = rig_granted(rig, &call, GRANT);
    struct asked *asked = asks(&a);
    Funding__Change *period = part(asked, FUNDING__CHANGE_KIND__CHANGE_PERIOD);

    (void)state;
    period->use_until = rig_day(rig, 460);
    rig_refused(submit(&a, asked), "funding.award.not-accepted");
    rig_accept(rig, &a);
    period->use_until = rig_day(rig, 730 + 731); /* the call's use ends in 730 days */
    rig_refused(submit(&a, asked), "funding.amendment.period-too-long");
    (void)rig_count(rig, &a, "update funding.award set use_until = current_date + 20 where id = %s returning 1");
    period->use_until = rig_day(rig, 460);
    const struct answer late = submit(&a, asked);
    assert_true(amendment_of(&late)->late); /* received all the same */
    Funding__AmendmentPart *rejected[] = {
        outcome(FUNDING__CHANGE_KIND__CHANGE_PERIOD, FUNDING__PART_OUTCOME__OUTCOME_REJECTED, "Haettu liian myöhään.")};
    assert_int_equal(decide(call.decider, amendment_of(&late), rejected, 1).err, ERR_OK);
    assert_int_equal(rig_events(rig, "funding.ObligationSet.v1", a.id), 3); /* nothing moved */
    (void)rig_count(rig, &a, "update funding.award set use_until = current_date - 2 where id = %s returning 1");
    rig_refused(submit(&a, asked), "funding.amendment.use-ended");
}

static char *long_text(size_t characters)
{
    char *text = arena_alloc(rig_arena(rig), 3 * characters + 1);

    for (size_t i = 0; i < characters; i++)
        memcpy(text + 3 * i, "€", 3);
    return text;
}

/* Every field may be within its bounds and all of it still too much for one event. */
static void test_too_big(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "pitka"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    struct asked *asked = asks(&a);

    (void)state;
    asked->request.reasons = long_text(5001);
    part(asked, FUNDING__CHANGE_KIND__CHANGE_CONTENT)->words = long_text(5000);
    const struct answer longer = submit(&a, asked);
    assert_int_equal(longer.err, ERR_INVALID);
    assert_string_equal(longer.field, "reasons");
    asked->request.reasons = long_text(5000);
    Funding__Change *budget = part(asked, FUNDING__CHANGE_KIND__CHANGE_BUDGET);
    budget->lines = rows(asked, 4, (const int64_t[]){GRANT, 0, 0, 0}, long_text(200));
    budget->n_lines = 4;
    Funding__Change *shares = part(asked, FUNDING__CHANGE_KIND__CHANGE_PARTNERS);
    shares->partners = rows(asked, 2, (const int64_t[]){GRANT, 0}, long_text(200));
    shares->n_partners = 2;
    assert_string_equal(submit(&a, asked).rule, "funding.amendment.too-big");
    asked->request.n_parts--;
    assert_int_equal(submit(&a, asked).err, ERR_OK);
}

/* The database adds up too, whoever writes. */
static void test_by_hand(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "kasin"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    const int64_t partners[] = {GRANT - 1, 1};
    struct asked *asked = asks(&a);
    char id[UUID_TEXT];

    (void)state;
    Funding__Change *shares = part(asked, FUNDING__CHANGE_KIND__CHANGE_PARTNERS);
    shares->partners = rows(asked, 2, partners, "");
    shares->n_partners = 2;
    const struct answer submitted = submit(&a, asked);
    uuid_format(rig_id(amendment_of(&submitted)->id), id);
    const char *said =
        kit_sql(rig_pg(rig),
                "create temp table said (what text); do $$ begin update funding.amendment_part set outcome = 1, accepted = "
                "'[{\"n\": 1, \"cents\": 5, \"name\": \"\"}]' where amendment_id = '%s'; exception when check_violation then "
                "insert into said values ('refused'); end $$; select what from said",
                id);
    assert_string_equal(said, "refused");
    (void)kit_sql(rig_pg(rig), "drop table if exists said");
}

/* A new partner has a business id and a name; what those already there are called nobody changes. */
static void test_new_partner(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "osapuoli"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    struct asked *asked = asks(&a);

    (void)state;
    Funding__Change *shares = part(asked, FUNDING__CHANGE_KIND__CHANGE_PARTNERS);
    shares->partners = rows(asked, 3, (const int64_t[]){GRANT - 2, 1, 1}, "Uusi opisto");
    shares->n_partners = 3;
    rig_refused(submit(&a, asked), "funding.amendment.business-id");
    char id[UUID_TEXT];
    uuid_format(a.id, id);
    asked->rows[0][2].business_id = arena_strdup(
        rig_arena(rig), kit_sql(rig_pg(rig), "select business_id from funding.partner where application_id = '%s' and ordinal = 2", id));
    rig_refused(submit(&a, asked), "funding.amendment.partner-twice");
    asked->rows[0][2].business_id = arena_strdup(rig_arena(rig), "1234567-1");
    const struct answer submitted = submit(&a, asked);
    Funding__AmendmentPart *accepted[] = {outcome(FUNDING__CHANGE_KIND__CHANGE_PARTNERS, FUNDING__PART_OUTCOME__OUTCOME_ACCEPTED, "")};
    const struct answer decided = decide(call.decider, amendment_of(&submitted), accepted, 1);
    const Funding__Change *change = amendment_of(&decided)->parts[0]->accepted;
    assert_string_not_equal(change->partners[0]->name, "Uusi opisto");
    assert_string_equal(change->partners[2]->name, "Uusi opisto");
    assert_string_equal(change->partners[2]->business_id, "1234567-1");
    shares->partners = rows(asked, 4, (const int64_t[]){GRANT - 3, 1, 1, 1}, ""); /* the next change finds it there, with its name */
    shares->n_partners = 4;
    asked->rows[0][3].name = arena_strdup(rig_arena(rig), "Neljäs");
    asked->rows[0][3].business_id = arena_strdup(rig_arena(rig), "0245458-3");
    const struct answer next = submit(&a, asked);
    const Funding__Change *again = amendment_of(&next)->parts[0]->asked;
    assert_string_equal(again->partners[2]->name, "Uusi opisto");
    assert_string_equal(again->partners[2]->business_id, "1234567-1");
}

/* What an award is loaded with is bounded, however often its lead asks and withdraws. */
static void test_many(void **state)
{
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "monta"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    Funding__AmendmentRequest request = FUNDING__AMENDMENT_REQUEST__INIT;
    struct asked *asked = asks(&a);

    (void)state;
    part(asked, FUNDING__CHANGE_KIND__CHANGE_CONTENT)->words = arena_strdup(rig_arena(rig), "Muutos.");
    for (int i = 0; i < 50; i++) {
        const struct answer submitted = submit(&a, asked);
        request.amendment_id = amendment_of(&submitted)->id;
        assert_int_equal(
            rig_ask(rig, &(struct ask){.method = "WithdrawAmendment", .message = &request.base, .actor = a.owner, .roles = RIG_APPLICANT})
                .err,
            ERR_OK);
    }
    rig_refused(submit(&a, asked), "funding.amendment.too-many");
}

/* What was decided stays, whoever writes. */
static void test_stays(void **state)
{
    static const char *const TRIES[] = {"update funding.amendment_part set accepted = '{\"words\": \"muu\"}' where amendment_id = '%s'",
                                        "delete from funding.amendment_part where amendment_id = '%s'",
                                        "insert into funding.amendment_part (amendment_id, kind, asked) values ('%s', 1, '{}')",
                                        "update funding.amendment set decided_at = now() where id = '%s'",
                                        "delete from funding.amendment where id = '%s'"};
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "ratkaistu"});
    const struct rig_application a = rig_accepted(rig, &call, GRANT);
    struct asked *asked = asks(&a);
    char id[UUID_TEXT];

    (void)state;
    part(asked, FUNDING__CHANGE_KIND__CHANGE_CONTENT)->words = arena_strdup(rig_arena(rig), "Muutos.");
    const struct answer submitted = submit(&a, asked);
    Funding__AmendmentPart *accepted[] = {outcome(FUNDING__CHANGE_KIND__CHANGE_CONTENT, FUNDING__PART_OUTCOME__OUTCOME_ACCEPTED, "")};
    assert_int_equal(decide(call.decider, amendment_of(&submitted), accepted, 1).err, ERR_OK);
    uuid_format(rig_id(amendment_of(&submitted)->id), id);
    for (size_t i = 0; i < sizeof TRIES / sizeof *TRIES; i++) {
        char sql[300];
        const char *at = strstr(TRIES[i], "%s");
        (void)snprintf(sql, sizeof sql, "%.*s%s%s", (int)(at - TRIES[i]), TRIES[i], id, at + 2);
        const char *said =
            kit_sql(rig_pg(rig),
                    "create temp table said (what text); do $$ begin %s; exception when check_violation then insert into said "
                    "values ('refused'); end $$; select what from said",
                    sql);
        assert_string_equal(said, "refused");
        (void)kit_sql(rig_pg(rig), "drop table said");
    }
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_longer, rig_group_rest),        /* a longer use moves the final report by as many days */
        cmocka_unit_test_setup(test_its_document, rig_group_rest),  /* a decision of its own, to the partners too */
        cmocka_unit_test_setup(test_parts, rig_group_rest),         /* each part its own outcome and reasons; sums to the cent */
        cmocka_unit_test_setup(test_plan_in_force, rig_group_rest), /* accepted amounts are the plan of what follows */
        cmocka_unit_test_setup(test_withdrawn, rig_group_rest),     /* until decided; one waits at a time */
        cmocka_unit_test_setup(test_when, rig_group_rest),          /* accepted grants; late is noted; not after the use has ended */
        cmocka_unit_test_setup(test_too_big, rig_group_rest),       /* bounded as a whole, too */
        cmocka_unit_test_setup(test_new_partner, rig_group_rest),   /* has a business id; the others keep their names */
        cmocka_unit_test_setup(test_many, rig_group_rest),          /* fifty in all */
        cmocka_unit_test_setup(test_stays, rig_group_rest),         /* what was decided is never changed, by hand either */
        cmocka_unit_test_setup(test_by_hand, rig_group_rest)        /* a hand-written change that does not add up is refused */
    };
    return rig_told(cmocka_run_group_tests_name("funding amendments", tests, start, rig_group_stop));
}
