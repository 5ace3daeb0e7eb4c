/* The preparer's work on municipal cases, beside test_municipal_cases.c: what a field may say, statements and what may come of them,
 * documents and their bounds, cases that came on paper, projects that came from an application, the second language. */
#include "common/base/day.h"
#include "common/base/workday.h"
#include "services/funding/domain/municipal_case.h"
#include "tests/service/funding/applications.h"
#include "tests/service/funding/municipal.h"

static struct rig *rig;
static struct rig_town town;
static const struct uuid NOBODY;

static char *words(const char *text)
{
    return (char *)(uintptr_t)text;
}

static char *day_from_now(int64_t days)
{
    char *day = arena_alloc(rig_arena(rig), DAY_TEXT);

    day_format(helsinki_day(time_now_us()) + days, day);
    return day;
}

static const Municipal__Case *seen_as(const struct rig_case *c, struct uuid who, uint32_t roles)
{
    return rig_got(rig_see_case(rig, c->id, who, roles));
}

/* --- what fields may say ------------------------------------------------------------------------------------------------ */
static void put_refused(const struct rig_case *c, Municipal__CaseContent *content, enum err err, const char *rule)
{
    desk_refused(rig_put_case(rig, &town, c, content, c->version), err, rule);
}

static void test_what_a_case_may_say(void **state)
{
    const struct rig_case c = rig_case_filed(rig, &town, 100000);
    Municipal__CaseContent *content = rig_case_content(rig);

    (void)state;
    content->title = words("Kuntaosuus: [[Kaisa Kasvatus]]");
    put_refused(&c, content, ERR_INVALID, "municipal.names.title");
    content = rig_case_content(rig);
    content->texts[0]->text = words("Yhteyshenkilö on [[Kaisa\nKasvatus]].");
    put_refused(&c, content, ERR_INVALID, "municipal.names.brackets");
    content = rig_case_content(rig);
    content->impacts[1]->dimension = 1;
    put_refused(&c, content, ERR_INVALID, "municipal.impact.twice");
    content->impacts[1]->dimension = 19;
    put_refused(&c, content, ERR_INVALID, "municipal.impact.dimension");
    content = rig_case_content(rig);
    content->texts[0]->kind = MUNICIPAL__CASE_TEXT_KIND__CASE_TEXT_UNKNOWN;
    assert_int_equal(rig_put_case(rig, &town, &c, content, c.version).err, ERR_INVALID);
    put_refused(&c, NULL, ERR_INVALID, "field.missing");
    assert_int_equal(seen_as(&c, town.preparer, RIG_PREPARER)->state, MUNICIPAL__CASE_STATE__CASE_FILED);
    assert_int_equal(seen_as(&c, town.preparer, RIG_PREPARER)->version, c.version); /* nothing of it was saved */
}

/* So many texts of so many bytes are more than the minutes of a case hold: refused, and the case stays. */
static void test_a_case_has_a_size(void **state)
{
    enum { LETTERS = 12000, TEXTS = 8 };
    const struct rig_case c = rig_case_filed(rig, &town, 100000);
    Municipal__CaseContent *content = rig_case_content(rig);
    char *text = arena_alloc(rig_arena(rig), LETTERS + 1);

    (void)state;
    memset(text, 'x', LETTERS);
    Municipal__CaseText **texts = arena_array(rig_arena(rig), TEXTS, sizeof *texts);
    for (size_t i = 0; i < TEXTS; i++) {
        texts[i] = arena_alloc(rig_arena(rig), sizeof *texts[i]);
        municipal__case_text__init(texts[i]);
        texts[i]->kind = MUNICIPAL__CASE_TEXT_KIND__TEXT_OTHER;
        texts[i]->text = text;
    }
    content->texts = texts;
    content->n_texts = TEXTS / 2;
    put_refused(&c, content, ERR_OK, "");
    const uint64_t version = seen_as(&c, town.preparer, RIG_PREPARER)->version;
    content->n_texts = TEXTS;
    desk_refused(rig_put_case(rig, &town, &c, content, version), ERR_TOO_LARGE, "municipal.case.large");
    assert_int_equal(seen_as(&c, town.preparer, RIG_PREPARER)->n_texts, TEXTS / 2);
}

static void test_what_keeps_a_case_is_told(void **state)
{
    struct rig_case c = rig_case_filed(rig, &town, 100000);
    Municipal__GetCaseRequest request = MUNICIPAL__GET_CASE_REQUEST__INIT;

    (void)state;
    request.case_id = rig_bytes(&c.id);
    const Municipal__CaseChecks *checks = rig_got(desk_ask(rig, town.secretary, RIG_SECRETARY, "CheckCase", &request.base, 0));
    assert_false(checks->proposable);
    assert_int_equal(checks->n_findings, 4); /* preparer, application, two impacts */
    desk_refused(desk_ask(rig, c.applicant, RIG_APPLICANT, "CheckCase", &request.base, 0), ERR_FORBIDDEN, "");
    desk_refused(desk_ask(rig, rig_new_id(), RIG_APPLICANT, "CheckCase", &request.base, 0), ERR_NOT_FOUND, "");
    desk_refused(rig_propose(rig, &town, &c, 100000, c.version), ERR_REFUSED, "municipal.case.state");
    c = rig_case_prepared(rig, &town, 100000);
    request.case_id = rig_bytes(&c.id);
    checks = rig_got(desk_ask(rig, town.presenter, RIG_PRESENTER, "CheckCase", &request.base, 0));
    assert_true(checks->proposable);
    assert_int_equal(checks->n_findings, 0);
}

/* --- statements ----------------------------------------------------------------------------------------------------------- */
static struct answer ask(const struct rig_case *c, const char *from, struct uuid person, const char *due_on)
{
    Municipal__RequestStatementRequest request = MUNICIPAL__REQUEST_STATEMENT_REQUEST__INIT;

    request.case_id = rig_bytes(&c->id);
    request.from = words(from);
    if (!uuid_is_nil(person))
        request.person_id = rig_bytes(&person);
    request.due_on = words(due_on);
    request.words = words("Pyydetään lausunto.");
    return desk_ask(rig, town.preparer, RIG_PREPARER, "RequestStatement", &request.base, 0);
}

struct given {
    Municipal__StatementState state;
    const char *words, *given_on, *referred_to, *due_on;
};

static struct answer give(const struct rig_case *c, ProtobufCBinaryData statement, const struct given *given, struct uuid who,
                          uint32_t roles)
{
    Municipal__GiveStatementRequest request = MUNICIPAL__GIVE_STATEMENT_REQUEST__INIT;

    request.case_id = rig_bytes(&c->id);
    request.statement_id = statement;
    request.state = given->state;
    request.words = words(given->words);
    request.given_on = words(given->given_on != NULL ? given->given_on : "");
    request.referred_to = words(given->referred_to != NULL ? given->referred_to : "");
    request.referred_due_on = words(given->due_on != NULL ? given->due_on : "");
    return desk_ask(rig, who, roles, "GiveStatement", &request.base, 0);
}

#define GIVEN     MUNICIPAL__STATEMENT_STATE__STATEMENT_GIVEN
#define REFERRED  MUNICIPAL__STATEMENT_STATE__STATEMENT_REFERRED
#define NOT_GIVEN MUNICIPAL__STATEMENT_STATE__STATEMENT_NOT_GIVEN

static void test_a_statement_is_bounded(void **state)
{
    const struct rig_case c = rig_case_filed(rig, &town, 100000);
    const char *soon = day_from_now(7);

    (void)state;
    desk_refused(ask(&c, "lautakunta", NOBODY, day_from_now(-1)), ERR_INVALID, "municipal.statement.due");
    desk_refused(ask(&c, "lautakunta", NOBODY, day_from_now(400)), ERR_INVALID, "municipal.statement.due");
    assert_int_equal(ask(&c, "", NOBODY, soon).err, ERR_INVALID);
    const Municipal__Case *seen = rig_got(ask(&c, "lautakunta", NOBODY, soon));
    assert_int_equal(seen->state, MUNICIPAL__CASE_STATE__CASE_IN_PREPARATION); /* it has begun */
    const ProtobufCBinaryData id = seen->statements[0]->id;
    const struct given late = {GIVEN, "Puolletaan.", day_from_now(1), NULL, NULL};
    desk_refused(give(&c, id, &late, town.preparer, RIG_PREPARER), ERR_INVALID, "municipal.statement.given");
    assert_int_equal(give(&c, id, &(struct given){.state = GIVEN, .words = ""}, town.preparer, RIG_PREPARER).err, ERR_INVALID);
    const struct given to_nobody = {REFERRED, "Ei meidän.", NULL, "", soon};
    assert_int_equal(give(&c, id, &to_nobody, town.preparer, RIG_PREPARER).err, ERR_INVALID);
    const struct given good = {GIVEN, "Puolletaan.", "2026-03-04", NULL, NULL};
    seen = rig_got(give(&c, id, &good, town.preparer, RIG_PREPARER));
    assert_string_equal(seen->statements[0]->given_on, "2026-03-04");
    assert_string_equal(seen->statements[0]->words, "Puolletaan.");
    desk_refused(give(&c, id, &good, town.preparer, RIG_PREPARER), ERR_REFUSED, "municipal.statement.state");
}

static void test_a_chain_of_statements_has_no_ring(void **state)
{
    const struct rig_case c = rig_case_filed(rig, &town, 100000);
    const char *soon = day_from_now(7);
    const struct given on = {REFERRED, "Ei meidän.", NULL, "opetustoimi", soon}, back = {REFERRED, "Ei meidän.", NULL, "Lautakunta", soon};

    (void)state;
    const Municipal__Case *seen = rig_got(ask(&c, "lautakunta", NOBODY, soon));
    seen = rig_got(give(&c, seen->statements[0]->id, &on, town.preparer, RIG_PREPARER));
    assert_int_equal(seen->n_statements, 2);
    assert_string_equal(seen->statements[1]->from, "opetustoimi");
    assert_int_equal(uuid_compare(rig_id(seen->statements[1]->follows_id), rig_id(seen->statements[0]->id)), 0);
    desk_refused(give(&c, seen->statements[1]->id, &back, town.preparer, RIG_PREPARER), ERR_REFUSED, "municipal.statement.ring");
    assert_int_equal(seen_as(&c, town.preparer, RIG_PREPARER)->statements[1]->state, MUNICIPAL__STATEMENT_STATE__STATEMENT_REQUESTED);
}

/* Whoever is asked reads the case before the public does, without what is not theirs; answers for themselves; and none but a preparer says
 * that no statement came. */
static void test_the_person_who_is_asked(void **state)
{
    struct rig_case c = rig_case_prepared(rig, &town, 100000);
    const struct uuid person = rig_new_id(), another = rig_new_id();

    (void)state;
    const Municipal__Case *seen = rig_got(ask(&c, "lautakunta", person, day_from_now(7)));
    const ProtobufCBinaryData id = seen->statements[0]->id;
    assert_int_equal(seen->n_texts, 3);
    seen = seen_as(&c, person, 0);
    assert_int_equal(seen->n_texts, 2); /* one is confidential */
    assert_int_equal(seen->n_impacts, 0);
    assert_null(seen->proposal);
    assert_int_equal(seen->statements[0]->person_id.len, 16);
    desk_refused(rig_see_case(rig, c.id, another, 0), ERR_NOT_FOUND, "");
    desk_refused(give(&c, id, &(struct given){.state = NOT_GIVEN, .words = ""}, person, 0), ERR_FORBIDDEN, "");
    desk_refused(give(&c, id, &(struct given){.state = GIVEN, .words = "x"}, c.applicant, RIG_APPLICANT), ERR_FORBIDDEN, "");
    seen = rig_got(give(&c, id, &(struct given){.state = GIVEN, .words = "Puolletaan."}, person, 0));
    assert_string_equal(seen->statements[0]->given_on, day_from_now(0)); /* the day it is given */
    seen = rig_got(ask(&c, "toinen lautakunta", another, day_from_now(7)));
    seen = rig_got(give(&c, seen->statements[1]->id, &(struct given){.state = NOT_GIVEN, .words = ""}, town.preparer, RIG_PREPARER));
    assert_string_equal(seen->statements[1]->given_on, "");
}

static void test_statements_end_with_the_agenda(void **state)
{
    struct rig_case c = rig_case_prepared(rig, &town, 100000);

    (void)state;
    const Municipal__Case *seen = rig_got(ask(&c, "lautakunta", NOBODY, day_from_now(7)));
    const ProtobufCBinaryData id = seen->statements[0]->id;
    c.version = seen->version;
    seen = rig_got(rig_propose(rig, &town, &c, 100000, c.version)); /* one that is awaited keeps nothing: a warning */
    desk_refused(ask(&c, "toinen", NOBODY, day_from_now(7)), ERR_REFUSED, "municipal.case.state");
    c.version = seen->version;
    (void)rig_meeting_summoned(rig, &town, &c, 1);
    desk_refused(give(&c, id, &(struct given){.state = GIVEN, .words = "x"}, town.preparer, RIG_PREPARER), ERR_REFUSED,
                 "municipal.case.state");
    assert_int_equal(seen_as(&c, NOBODY, RIG_PUBLIC)->n_statements, 0); /* asked, and nothing was said */
    assert_int_equal(seen_as(&c, NOBODY, RIG_PUBLIC)->n_impacts, 2);
    assert_non_null(seen_as(&c, NOBODY, RIG_PUBLIC)->proposal);
}

/* --- documents -------------------------------------------------------------------------------------------------------------- */
static struct answer add(const struct rig_case *c, const char *media_type, const char *content, size_t len, const char *ground,
                         bool confidential)
{
    Municipal__AddCaseDocumentRequest request = MUNICIPAL__ADD_CASE_DOCUMENT_REQUEST__INIT;

    request.case_id = rig_bytes(&c->id);
    request.kind = MUNICIPAL__CASE_DOCUMENT_KIND__DOCUMENT_PLAN;
    request.title = words("Hankesuunnitelma");
    request.name = words("hankesuunnitelma lopullinen.pdf");
    request.media_type = words(media_type);
    request.content = (ProtobufCBinaryData){len, (uint8_t *)(uintptr_t)content};
    request.ground = words(ground);
    request.confidential = confidential;
    return desk_ask(rig, town.preparer, RIG_PREPARER, "AddCaseDocument", &request.base, 0);
}

static void test_documents_are_bounded(void **state)
{
    const struct rig_case c = rig_case_filed(rig, &town, 100000);
    char *large = arena_alloc(rig_arena(rig), CASE_DOCUMENT_BYTES_MAX + 1);

    (void)state;
    memset(large, 'x', CASE_DOCUMENT_BYTES_MAX + 1);
    desk_refused(add(&c, "application/pdf", "ei ole", 6, "", false), ERR_INVALID, "municipal.document.type");
    desk_refused(add(&c, "text/html", "<p>", 3, "", false), ERR_INVALID, "municipal.document.type");
    assert_int_equal(add(&c, "text/plain", "x", 1, "", true).err, ERR_INVALID); /* confidential by what? */
    assert_int_equal(add(&c, "text/plain", "x", 1, "julkisuuslaki 24 §", false).err, ERR_INVALID);
    assert_int_not_equal(add(&c, "text/plain", large, CASE_DOCUMENT_BYTES_MAX + 1, "", false).err, ERR_OK);
    const Municipal__Case *seen = rig_got(add(&c, "text/plain", large, CASE_DOCUMENT_BYTES_MAX, "", false));
    assert_int_equal(seen->documents[0]->size, CASE_DOCUMENT_BYTES_MAX);
    Municipal__CaseDocumentRequest request = MUNICIPAL__CASE_DOCUMENT_REQUEST__INIT;
    request.case_id = rig_bytes(&c.id);
    request.document_id = seen->documents[0]->id;
    const Bus__File *file = rig_got(desk_ask(rig, town.preparer, RIG_PREPARER, "GetCaseDocument", &request.base, 0));
    assert_int_equal(file->content.len, CASE_DOCUMENT_BYTES_MAX);
    assert_string_equal(file->name, "hankesuunnitelma-lopullinen.txt");
    for (size_t n = 2; n <= CASE_DOCUMENTS_MAX; n++)
        seen = rig_got(add(&c, "text/plain", "x", 1, "", false));
    assert_int_equal(seen->documents[CASE_DOCUMENTS_MAX - 1]->n, CASE_DOCUMENTS_MAX);
    desk_refused(add(&c, "text/plain", "x", 1, "", false), ERR_REFUSED, "municipal.document.many");
}

static void test_until_when_documents_are_added(void **state)
{
    struct rig_case c = rig_case_proposed(rig, &town, 100000);

    (void)state;
    desk_refused(rig_add_document(rig, &c, c.applicant, RIG_APPLICANT, "lisäselvitys", false), ERR_REFUSED, "municipal.case.state");
    (void)rig_got(rig_add_document(rig, &c, town.preparer, RIG_PREPARER, "lisäselvitys", false));
    (void)rig_case(rig, &town, &c);
    (void)rig_case_granted(rig, &town, &c);
    desk_refused(rig_add_document(rig, &c, town.preparer, RIG_PREPARER, "lisäselvitys", false), ERR_REFUSED, "municipal.case.state");
}

/* --- who applies ------------------------------------------------------------------------------------------------------------ */
static struct answer take_back(const struct rig_case *c, struct uuid who, uint32_t roles)
{
    Municipal__MoveCaseRequest request = MUNICIPAL__MOVE_CASE_REQUEST__INIT;

    request.case_id = rig_bytes(&c->id);
    return desk_ask(rig, who, roles, "WithdrawCase", &request.base, 0);
}

/* A preparer files it for whoever wrote; letters go to the contact, and the preparer notes that it was taken back. */
static void test_a_case_that_came_on_paper(void **state)
{
    const int64_t plan[] = {100, 200};
    struct uuid shares[2];
    const struct uuid project = rig_plan(rig, "on-paper", plan, 2, shares);
    const struct uuid elsewhere = rig_new_id();

    (void)state;
    desk_refused(rig_file(rig, &town, project, shares[1], elsewhere, RIG_PREPARER), ERR_FORBIDDEN, "");
    const Municipal__Case *made = rig_got(rig_file(rig, &town, project, shares[1], town.preparer, RIG_PREPARER));
    const struct rig_case c = {.id = rig_id(made->id)};
    assert_int_equal(rig_events(rig, "municipal.CaseFiled.v1", c.id), 1);
    assert_true(rig_events_say(rig, "hilla.hakija@example.fi"));
    Municipal__ListMyCasesRequest mine = MUNICIPAL__LIST_MY_CASES_REQUEST__INIT;
    const Municipal__CaseList *list = rig_got(desk_ask(rig, town.preparer, RIG_PREPARER, "ListMyCases", &mine.base, 0));
    assert_int_equal(list->n_cases, 0); /* it is the applicant's, not the preparer's */
    desk_refused(take_back(&c, town.secretary, RIG_SECRETARY), ERR_FORBIDDEN, "");
    made = rig_got(take_back(&c, town.preparer, RIG_PREPARER));
    assert_int_equal(made->state, MUNICIPAL__CASE_STATE__CASE_WITHDRAWN);
    const struct rig_case own = rig_case_filed(rig, &town, 100000); /* of an applicant with an account */
    desk_refused(take_back(&own, town.preparer, RIG_PREPARER), ERR_FORBIDDEN, "");
}

/* A project that came from an application is its owner's to seek funding for. */
static void test_a_project_that_came_from_an_application(void **state)
{
    const int64_t plan[] = {100, 200};
    struct uuid shares[2];
    const struct rig_call call = rig_call(rig, &(struct call_plan){.code = "hankerahoitus"});
    const struct rig_application a = rig_submitted(rig, &call, &(struct write_plan){.cents = 5000000, .partners = 1});
    const struct uuid project = rig_plan(rig, "of-application", plan, 2, shares);
    char id[UUID_TEXT], application[UUID_TEXT];

    (void)state;
    uuid_format(project, id);
    uuid_format(a.id, application);
    (void)kit_sql(rig_pg(rig), "update funding.project set application_id = '%s' where id = '%s'", application, id);
    desk_refused(rig_file(rig, &town, project, shares[1], rig_new_id(), RIG_APPLICANT), ERR_NOT_FOUND,
                 "request.not-found"); /* it is not decided */
    (void)rig_got(rig_file(rig, &town, project, shares[1], a.owner, RIG_APPLICANT));
}

/* --- languages and names ---------------------------------------------------------------------------------------------------- */
static void test_the_language_of_a_case(void **state)
{
    const int64_t plan[] = {100, 200};
    struct uuid shares[2];
    Municipal__FileCaseRequest request = MUNICIPAL__FILE_CASE_REQUEST__INIT;
    const struct uuid project = rig_plan(rig, "in-swedish", plan, 2, shares), applicant = rig_new_id();
    const struct rig_town finnish = rig_town(rig, "finnish-town");

    (void)state;
    Municipal__Municipality *content = rig_town_content(rig, &finnish);
    char *language = words("fi");
    content->languages = &language;
    content->n_languages = 1;
    assert_true(
        ((const Municipal__MunicipalityReport *)rig_got(rig_import_town(rig, content, false, finnish.secretary, RIG_SECRETARY)))->changed);
    request.municipality_id = rig_bytes(&finnish.id);
    request.project_id = rig_bytes(&project);
    request.share_id = rig_bytes(&shares[1]);
    request.title = words("Kommunandel");
    request.language = words("sv");
    request.applicant = words("Exempeluniversitetet");
    request.contact_name = words("Hilla Hakija");
    request.contact_email = words("inte en adress");
    desk_refused(desk_ask(rig, applicant, RIG_APPLICANT, "FileCase", &request.base, 0), ERR_INVALID, "field.email");
    request.contact_email = words("hilla.hakija@example.fi");
    desk_refused(desk_ask(rig, applicant, RIG_APPLICANT, "FileCase", &request.base, 0), ERR_INVALID, "municipal.case.language");
    request.municipality_id = rig_bytes(&town.id);
    const Municipal__Case *made = rig_got(desk_ask(rig, applicant, RIG_APPLICANT, "FileCase", &request.base, 0));
    assert_string_equal(made->language, "sv");
    assert_string_equal(made->project_title, "Lärares kontinuerliga lärande");
}

/* What an official wrote as the reason of taking a proposal back stays inside; the applicant's own reason is told. */
static void test_reasons_that_are_told(void **state)
{
    const struct rig_case c = rig_case_proposed(rig, &town, 100000);
    Municipal__MoveCaseRequest request = MUNICIPAL__MOVE_CASE_REQUEST__INIT;

    (void)state;
    request.case_id = rig_bytes(&c.id);
    desk_refused(desk_ask(rig, town.presenter, RIG_PRESENTER, "TakeBackProposal", &request.base, 0), ERR_INVALID, "field.missing");
    request.reason = words("kustannusarvio epäilyttää");
    (void)rig_got(desk_ask(rig, town.presenter, RIG_PRESENTER, "TakeBackProposal", &request.base, 0));
    desk_refused(desk_ask(rig, town.presenter, RIG_PRESENTER, "TakeBackProposal", &request.base, 0), ERR_REFUSED, "municipal.case.state");
    assert_false(rig_events_say(rig, "epäilyttää"));
    assert_true(rig_events_say(rig, "CaseMoved") || rig_events(rig, "municipal.CaseMoved.v1", c.id) >= 3);
    request.reason = words("rahoitus saatiin toisaalta");
    (void)rig_got(desk_ask(rig, c.applicant, RIG_APPLICANT, "WithdrawCase", &request.base, 0));
    assert_true(rig_events_say(rig, "saatiin toisaalta"));
}

/* Returned by the board, it is prepared again: the public reads that it is, and the minutes; what is written anew is not theirs until it is
 * on an agenda again. */
static void test_what_is_prepared_again_is_not_public(void **state)
{
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    Municipal__CaseDocumentRequest request = MUNICIPAL__CASE_DOCUMENT_REQUEST__INIT;
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);

    (void)state;
    const Municipal__Case *seen = seen_as(&c, NOBODY, RIG_PUBLIC);
    assert_true(seen->n_texts == 2 && seen->n_preparers == 1 && seen->n_documents == 1);
    request.case_id = rig_bytes(&c.id);
    request.document_id = seen->documents[0]->id;
    assert_int_equal(desk_public(rig, "GetCaseDocument", &request.base).err, ERR_OK);
    rig_decided_as(rig, &town, m.items[0], MUNICIPAL__OUTCOME__OUTCOME_RETURNED, 0);
    rig_meeting_published(rig, &town, &m);
    (void)rig_case(rig, &town, &c);
    Municipal__CaseContent *content = rig_case_content(rig);
    content->texts[0]->text = words("Luonnos, jota ei ole vielä tarkistettu.");
    const Municipal__Case *put = rig_got(rig_put_case(rig, &town, &c, content, c.version));
    seen = seen_as(&c, NOBODY, RIG_PUBLIC);
    assert_int_equal(seen->state, MUNICIPAL__CASE_STATE__CASE_IN_PREPARATION);
    assert_int_equal(seen->n_texts + seen->n_preparers + seen->n_documents + seen->n_impacts, 0);
    assert_int_equal(seen->n_items, 1);
    assert_non_null(seen->proposal); /* the one the board returned */
    assert_int_equal(desk_public(rig, "GetCaseDocument", &request.base).err, ERR_NOT_FOUND);
    assert_int_equal(seen_as(&c, c.applicant, RIG_APPLICANT)->n_texts, 2);
    assert_int_equal(seen_as(&c, c.applicant, RIG_APPLICANT)->n_impacts, 0);
    put = rig_got(rig_propose(rig, &town, &c, 50000, put->version));
    assert_int_equal(put->proposal->cents, 50000);
    assert_int_equal(seen_as(&c, NOBODY, RIG_PUBLIC)->proposal->cents, 100000);
    (void)rig_meeting_summoned(rig, &town, &c, 1);
    seen = seen_as(&c, NOBODY, RIG_PUBLIC);
    assert_true(seen->n_texts == 2 && seen->proposal->cents == 50000);
}

static int setup(void **state)
{
    *state = rig = rig_new(1, 1);
    town = rig_town(rig, "work-town");
    rig_rest(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_what_a_case_may_say, rig_group_rest), /* names in their brackets, impacts once and its own */
        cmocka_unit_test_setup(test_a_case_has_a_size, rig_group_rest),   /* too much text is refused, and the case stays */
        cmocka_unit_test_setup(test_what_keeps_a_case_is_told, rig_group_rest),
        cmocka_unit_test_setup(test_a_statement_is_bounded, rig_group_rest),            /* days, words, once */
        cmocka_unit_test_setup(test_a_chain_of_statements_has_no_ring, rig_group_rest), /* nobody twice */
        cmocka_unit_test_setup(test_the_person_who_is_asked, rig_group_rest),           /* reads and answers */
        cmocka_unit_test_setup(test_statements_end_with_the_agenda, rig_group_rest),
        cmocka_unit_test_setup(test_documents_are_bounded, rig_group_rest), /* type, ground, size, fifty */
        cmocka_unit_test_setup(test_until_when_documents_are_added, rig_group_rest),
        cmocka_unit_test_setup(test_a_case_that_came_on_paper, rig_group_rest), /* filed and taken back by a preparer */
        cmocka_unit_test_setup(test_a_project_that_came_from_an_application, rig_group_rest),
        cmocka_unit_test_setup(test_the_language_of_a_case, rig_group_rest),
        cmocka_unit_test_setup(test_what_is_prepared_again_is_not_public, rig_group_rest),
        cmocka_unit_test_setup(test_reasons_that_are_told, rig_group_rest), /* the applicant's, not the official's */
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
