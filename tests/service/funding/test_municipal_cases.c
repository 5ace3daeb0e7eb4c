/* Municipal cases as whoever touches them finds them: role by role and municipality by municipality, one case about a share, versions and
 * keys, what may be taken back, and what is refused with which words. */
#include "tests/service/funding/municipal.h"

static struct rig *rig;
static struct rig_town town, neighbour;

static struct answer move_case(const char *method, const struct rig_case *c, struct uuid who, uint32_t roles, const char *reason)
{
    Municipal__MoveCaseRequest request = MUNICIPAL__MOVE_CASE_REQUEST__INIT;

    request.case_id = rig_bytes(&c->id);
    request.reason = (char *)(uintptr_t)reason;
    return desk_ask(rig, who, roles, method, &request.base, 0);
}

static int64_t state_of(const struct rig_case *c)
{
    char id[UUID_TEXT];

    uuid_format(c->id, id);
    return kit_sql_int(rig_pg(rig), "select state from funding.municipal_case where id = '%s'", id);
}

/* Each write by somebody who has another office here, the same office elsewhere, the office without the role, no account at all. */
struct may {
    const char *method;
    const ProtobufCMessage *message;
    struct uuid who; /* has the office */
    uint32_t role;
    uint64_t if_match;
};

static void nobody_else(const struct may *may, struct uuid elsewhere)
{
    const struct uuid nobody = {{0}};

    desk_refused(desk_ask(rig, nobody, RIG_PUBLIC, may->method, may->message, may->if_match), ERR_UNAUTHENTICATED, "");
    desk_refused(desk_ask(rig, may->who, RIG_APPLICANT, may->method, may->message, may->if_match), ERR_FORBIDDEN, "");
    desk_refused(desk_ask(rig, rig_new_id(), RIG_ADMIN, may->method, may->message, may->if_match), ERR_FORBIDDEN, "");
    const struct answer stranger = desk_ask(rig, elsewhere, may->role, may->method, may->message, may->if_match);
    if (stranger.err != ERR_FORBIDDEN && stranger.err != ERR_NOT_FOUND)
        fail_msg("%s by an official of another municipality: %s %s", may->method, err_text(stranger.err)->name, stranger.rule);
}

static void test_each_office_does_its_own(void **state)
{
    (void)state;
    struct rig_case c = rig_case_prepared(rig, &town, 100000);
    Municipal__PutCaseRequest put = MUNICIPAL__PUT_CASE_REQUEST__INIT;
    Municipal__RequestStatementRequest ask = MUNICIPAL__REQUEST_STATEMENT_REQUEST__INIT;
    Municipal__PutProposalRequest propose = MUNICIPAL__PUT_PROPOSAL_REQUEST__INIT;
    Municipal__Proposal proposal = MUNICIPAL__PROPOSAL__INIT;
    Municipal__MoveCaseRequest back = MUNICIPAL__MOVE_CASE_REQUEST__INIT;
    put.case_id = ask.case_id = propose.case_id = back.case_id = rig_bytes(&c.id);
    put.content = rig_case_content(rig);
    ask.from = (char *)"lautakunta";
    ask.due_on = (char *)"2099-01-01";
    ask.words = (char *)"Pyydetään lausunto.";
    proposal.words = (char *)"Osallistutaan.";
    propose.proposal = &proposal;
    back.reason = (char *)"täydennetään";
    const struct may all[] = {{"PutCase", &put.base, town.preparer, RIG_PREPARER, c.version},
                              {"RequestStatement", &ask.base, town.preparer, RIG_PREPARER, 0},
                              {"PutProposal", &propose.base, town.presenter, RIG_PRESENTER, c.version},
                              {"TakeBackProposal", &back.base, town.presenter, RIG_PRESENTER, 0}};
    const struct uuid elsewhere[] = {neighbour.preparer, neighbour.preparer, neighbour.presenter, neighbour.presenter};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        nobody_else(&all[i], elsewhere[i]);
    /* A role without the office, and the office of another role. */
    desk_refused(desk_ask(rig, town.presenter, RIG_PREPARER, "PutCase", &put.base, c.version), ERR_FORBIDDEN, "");
    desk_refused(desk_ask(rig, town.preparer, RIG_PRESENTER, "PutProposal", &propose.base, c.version), ERR_FORBIDDEN, "");
    desk_refused(desk_ask(rig, town.secretary, RIG_PRESENTER, "PutProposal", &propose.base, c.version), ERR_FORBIDDEN, "");
    assert_int_equal(state_of(&c), MUNICIPAL__CASE_STATE__CASE_IN_PREPARATION);
}

static void test_who_reads(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    const struct uuid nobody = {{0}};
    desk_refused(rig_see_case(rig, c.id, nobody, RIG_PUBLIC), ERR_NOT_FOUND, "");
    desk_refused(rig_see_case(rig, c.id, rig_new_id(), RIG_APPLICANT), ERR_NOT_FOUND, "");
    desk_refused(rig_see_case(rig, c.id, neighbour.preparer, RIG_PREPARER), ERR_NOT_FOUND, "");
    desk_refused(rig_see_case(rig, c.id, town.members[0], RIG_MEMBER), ERR_NOT_FOUND, "");
    const Municipal__Case *own = rig_got(rig_see_case(rig, c.id, c.applicant, RIG_APPLICANT));
    assert_null(own->proposal);
    assert_int_equal(own->n_impacts, 0);
    assert_int_equal(own->n_documents, 1);
    assert_non_null(((const Municipal__Case *)rig_got(rig_see_case(rig, c.id, town.secretary, RIG_SECRETARY)))->proposal);
    assert_non_null(((const Municipal__Case *)rig_got(rig_see_case(rig, c.id, rig_new_id(), RIG_ADMIN)))->proposal);
}

static size_t listed(struct uuid who, uint32_t roles, const struct rig_town *of, struct uuid id)
{
    Municipal__ListCasesRequest request = MUNICIPAL__LIST_CASES_REQUEST__INIT;
    size_t found = 0;

    request.municipality_id = rig_bytes(&of->id);
    request.page_size = 3; /* several pages */
    do {
        const Municipal__CaseList *list = rig_got(desk_ask(rig, who, roles, "ListCases", &request.base, 0));
        for (size_t i = 0; i < list->n_cases; i++)
            found += uuid_compare(rig_id(list->cases[i]->id), id) == 0;
        request.page_token = list->next_page_token;
    } while (*request.page_token != '\0');
    return found;
}

static void test_lists(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000);
    Municipal__ListMyCasesRequest mine = MUNICIPAL__LIST_MY_CASES_REQUEST__INIT;
    assert_int_equal(listed(town.preparer, RIG_PREPARER, &town, c.id), 1);
    assert_int_equal(listed(town.preparer, RIG_PREPARER, &neighbour, c.id), 0);
    assert_int_equal(listed(neighbour.preparer, RIG_PREPARER, &town, c.id), 0);
    assert_int_equal(listed((struct uuid){{0}}, RIG_PUBLIC, &town, c.id), 0);
    assert_int_equal(
        ((const Municipal__CaseList *)rig_got(desk_ask(rig, c.applicant, RIG_APPLICANT, "ListMyCases", &mine.base, 0)))->n_cases, 1);
    assert_int_equal(
        ((const Municipal__CaseList *)rig_got(desk_ask(rig, rig_new_id(), RIG_APPLICANT, "ListMyCases", &mine.base, 0)))->n_cases, 0);
    desk_refused(desk_public(rig, "ListMyCases", &mine.base), ERR_UNAUTHENTICATED, "");
    (void)rig_meeting_summoned(rig, &town, &c, 1);
    assert_int_equal(listed((struct uuid){{0}}, RIG_PUBLIC, &town, c.id), 1);
}

static void test_one_case_about_a_share(void **state)
{
    (void)state;
    const int64_t plan[] = {100, 200, 300};
    struct uuid shares[3];
    const struct uuid project = rig_plan(rig, "one-share", plan, 3, shares), applicant = rig_new_id();
    const Municipal__Case *made = rig_got(rig_file(rig, &town, project, shares[1], applicant, RIG_APPLICANT));
    const struct rig_case first = {.id = rig_id(made->id)};
    desk_refused(rig_file(rig, &town, project, shares[1], rig_new_id(), RIG_APPLICANT), ERR_REFUSED, "municipal.case.taken");
    desk_refused(rig_file(rig, &neighbour, project, shares[1], applicant, RIG_APPLICANT), ERR_REFUSED, "municipal.case.taken");
    desk_refused(rig_file(rig, &town, project, shares[0], applicant, RIG_APPLICANT), ERR_REFUSED, "municipal.case.share"); /* granted */
    char id[UUID_TEXT];
    uuid_format(shares[2], id);
    (void)kit_sql(rig_pg(rig), "update funding.project_share set funder = 'Toinen kunta' where id = '%s'", id);
    desk_refused(rig_file(rig, &town, project, shares[2], applicant, RIG_APPLICANT), ERR_REFUSED, "municipal.case.funder");
    assert_int_equal(rig_file(rig, &town, project, rig_new_id(), applicant, RIG_APPLICANT).err, ERR_NOT_FOUND);
    assert_int_equal(rig_file(rig, &town, rig_new_id(), shares[2], applicant, RIG_APPLICANT).err, ERR_NOT_FOUND);
    desk_refused(rig_file(rig, &town, project, shares[2], (struct uuid){{0}}, RIG_PUBLIC), ERR_UNAUTHENTICATED, "");
    desk_refused(rig_file(rig, &town, project, shares[2], rig_new_id(), RIG_EVALUATOR), ERR_FORBIDDEN, "");
    /* Withdrawn, it can be filed again. */
    desk_refused(move_case("WithdrawCase", &first, rig_new_id(), RIG_APPLICANT, "ei tarvita"), ERR_NOT_FOUND, "");
    (void)rig_got(move_case("WithdrawCase", &first, applicant, RIG_APPLICANT, "ei tarvita"));
    assert_int_equal(state_of(&first), MUNICIPAL__CASE_STATE__CASE_WITHDRAWN);
    (void)rig_got(rig_file(rig, &town, project, shares[1], applicant, RIG_APPLICANT));
}

/* Two at once about one share: one has a case, and no number is lost. */
static void test_two_file_at_once(void **state)
{
    (void)state;
    const int64_t plan[] = {100, 200};
    struct uuid shares[2];
    const struct uuid project = rig_plan(rig, "at-once", plan, 2, shares);
    const int64_t last = kit_sql_int(rig_pg(rig), "select max(last) from funding.register_series where owner = (select id from "
                                                  "funding.municipality where code = 'town')");
    struct answer *answers[6];
    size_t made = 0;
    for (size_t i = 0; i < 6; i++) {
        Municipal__FileCaseRequest *request = arena_alloc(rig_arena(rig), sizeof *request);
        municipal__file_case_request__init(request);
        request->municipality_id = rig_bytes(&town.id);
        request->project_id = rig_bytes(&project);
        request->share_id = rig_bytes(&shares[1]);
        request->title = (char *)"Kuntaosuus";
        request->language = (char *)"sv";
        request->applicant = (char *)"Esimerkkiyliopisto";
        request->contact_name = (char *)"Hilla Hakija";
        request->contact_email = (char *)"hilla.hakija@example.fi";
        request->contact_language = (char *)"sv";
        answers[i] = rig_send(
            rig,
            &(struct ask){.method = "FileCase", .message = &request->base, .actor = rig_new_id(), .roles = RIG_APPLICANT, .client = i % 2});
    }
    rig_wait(rig);
    for (size_t i = 0; i < 6; i++) {
        made += answers[i]->err == ERR_OK;
        if (answers[i]->err != ERR_OK)
            desk_refused(*answers[i], ERR_REFUSED, "municipal.case.taken");
    }
    assert_int_equal(made, 1);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select max(last) from funding.register_series where owner = (select id from "
                                              "funding.municipality where code = 'town')"),
                     last + 1);
}

static void test_keys_and_versions(void **state)
{
    (void)state;
    struct rig_case c = rig_case_filed(rig, &town, 100000);
    Municipal__PutCaseRequest put = MUNICIPAL__PUT_CASE_REQUEST__INIT;
    put.case_id = rig_bytes(&c.id);
    put.content = rig_case_content(rig);
    struct ask ask = {
        .method = "PutCase", .message = &put.base, .actor = town.preparer, .roles = RIG_PREPARER, .if_match = c.version, .key = "put-once"};
    const struct answer first = rig_ask(rig, &ask);
    const uint64_t version = ((const Municipal__Case *)rig_got(first))->version;
    ask.client = 1; /* the other process */
    const struct answer again = rig_ask(rig, &ask);
    assert_true(again.replayed);
    assert_int_equal(((const Municipal__Case *)rig_got(again))->version, version);
    desk_refused(rig_put_case(rig, &town, &c, put.content, 0), ERR_PRECONDITION_REQUIRED, "");
    assert_int_equal(rig_put_case(rig, &town, &c, put.content, version - 1).err, ERR_PRECONDITION);
    assert_int_equal(rig_propose(rig, &town, &c, 1, 0).err, ERR_PRECONDITION_REQUIRED);
    assert_int_equal(rig_propose(rig, &town, &c, 1, version - 1).err, ERR_PRECONDITION);
}

static void test_proposals(void **state)
{
    (void)state;
    struct rig_case bare = rig_case_filed(rig, &town, 100000), c = rig_case_prepared(rig, &town, 100000);
    const struct answer early = rig_propose(rig, &town, &bare, 100000, bare.version);
    assert_int_equal(early.err, ERR_REFUSED); /* nothing is prepared */
    assert_int_equal(rig_propose(rig, &town, &c, 100001, c.version).err, ERR_REFUSED);
    assert_int_equal(rig_propose(rig, &town, &c, -1, c.version).err, ERR_INVALID);
    c.version = ((const Municipal__Case *)rig_got(rig_propose(rig, &town, &c, 0, c.version)))->version; /* not to take part */
    c.version = ((const Municipal__Case *)rig_got(rig_propose(rig, &town, &c, 50000, c.version)))->version;
    desk_refused(rig_put_case(rig, &town, &c, rig_case_content(rig), c.version), ERR_REFUSED, "municipal.case.state");
    (void)rig_got(move_case("TakeBackProposal", &c, town.presenter, RIG_PRESENTER, "täydennetään"));
    assert_int_equal(state_of(&c), MUNICIPAL__CASE_STATE__CASE_IN_PREPARATION);
    (void)rig_case(rig, &town, &c);
    c.version = ((const Municipal__Case *)rig_got(rig_put_case(rig, &town, &c, rig_case_content(rig), c.version)))->version;
    c.version = ((const Municipal__Case *)rig_got(rig_propose(rig, &town, &c, 100000, c.version)))->version;
    (void)rig_meeting_planned(rig, &town, &c, 1);
    assert_int_equal(move_case("TakeBackProposal", &c, town.presenter, RIG_PRESENTER, "täydennetään").err, ERR_REFUSED);
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from funding.proposal_made p join funding.municipal_case c on c.id = p.case_id "
                                 "where c.register_number = '%s' and c.municipality_id = (select id from funding.municipality "
                                 "where code = 'town')",
                                 c.number),
                     1);
}

static void test_withdrawing(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 100000), decided = rig_case_proposed(rig, &town, 100000);
    /* On an agenda: it stays there, and the board notes it. */
    const struct rig_meeting m = rig_meeting_summoned(rig, &town, &c, 1);
    (void)rig_got(move_case("WithdrawCase", &c, c.applicant, RIG_APPLICANT, "rahoitus saatiin muualta"));
    (void)rig_got(rig_open(rig, &town, &m, 3));
    desk_refused(rig_decide(rig, &town, m.items[0], &(struct decide_plan){.outcome = MUNICIPAL__OUTCOME__OUTCOME_APPROVED}), ERR_REFUSED,
                 "municipal.item.withdrawn");
    rig_decided_as(rig, &town, m.items[0], MUNICIPAL__OUTCOME__OUTCOME_RETURNED, 0);
    rig_meeting_published(rig, &town, &m);
    assert_int_equal(state_of(&c), MUNICIPAL__CASE_STATE__CASE_WITHDRAWN);
    assert_int_equal(rig_project(rig, c.project)->shares[1]->state, FUNDING__PLAN_STATE__PLAN_APPLIED);
    /* The board has decided: too late, published or not. */
    const struct rig_meeting n = rig_meeting_open(rig, &town, &decided, 1);
    rig_decided_as(rig, &town, n.items[0], MUNICIPAL__OUTCOME__OUTCOME_APPROVED, 0);
    assert_int_equal(move_case("WithdrawCase", &decided, decided.applicant, RIG_APPLICANT, "rahoitus saatiin muualta").err, ERR_REFUSED);
    rig_meeting_published(rig, &town, &n);
    assert_int_equal(move_case("WithdrawCase", &decided, decided.applicant, RIG_APPLICANT, "rahoitus saatiin muualta").err, ERR_REFUSED);
    assert_int_equal(rig_project(rig, decided.project)->shares[1]->state, FUNDING__PLAN_STATE__PLAN_GRANTED);
}

static void test_municipalities(void **state)
{
    (void)state;
    Municipal__GetMunicipalityRequest request = MUNICIPAL__GET_MUNICIPALITY_REQUEST__INIT;
    Municipal__Municipality *content = rig_town_content(rig, &town);
    desk_refused(rig_import_town(rig, content, false, (struct uuid){{0}}, RIG_PUBLIC), ERR_UNAUTHENTICATED, "");
    desk_refused(rig_import_town(rig, content, false, town.preparer, RIG_PREPARER), ERR_FORBIDDEN, "");
    desk_refused(rig_import_town(rig, content, false, neighbour.secretary, RIG_SECRETARY), ERR_FORBIDDEN, "");
    const Municipal__MunicipalityReport *same = rig_got(rig_import_town(rig, content, false, town.secretary, RIG_SECRETARY));
    assert_false(same->created || same->changed);
    content->code = (char *)"made-by-nobody"; /* their own, where there is none yet */
    desk_refused(rig_import_town(rig, content, true, town.secretary, RIG_SECRETARY), ERR_FORBIDDEN, "municipal.municipality.new");
    content = rig_town_content(rig, &town);
    content->names_days = 21;
    assert_int_equal(rig_import_town(rig, content, false, town.secretary, RIG_SECRETARY).err, ERR_INVALID);
    content->names_days = 40;
    assert_true(
        ((const Municipal__MunicipalityReport *)rig_got(rig_import_town(rig, content, true, town.secretary, RIG_SECRETARY)))->changed);
    request.municipality_id = rig_bytes(&town.id);
    const Municipal__Municipality *seen = rig_got(desk_public(rig, "GetMunicipality", &request.base));
    assert_int_equal(seen->names_days, 30); /* a dry run changes nothing */
    assert_int_equal(seen->n_officials, 0);
    assert_int_equal(seen->boards[0]->n_seats + seen->boards[1]->n_seats, 0);
    seen = rig_got(desk_ask(rig, town.secretary, RIG_SECRETARY, "GetMunicipality", &request.base, 0));
    assert_int_equal(seen->n_officials, 3);
    assert_int_equal(seen->boards[0]->n_seats, RIG_MEMBERS);
    /* A dimension that a case has used stays. */
    (void)rig_case_prepared(rig, &town, 100000);
    content = rig_town_content(rig, &town);
    content->n_dimensions = 1;
    assert_int_equal(rig_import_town(rig, content, false, town.secretary, RIG_SECRETARY).err, ERR_REFUSED);
}

static int setup(void **state)
{
    *state = rig = rig_new(2, 2);
    town = rig_town(rig, "town");
    neighbour = rig_town(rig, "neighbour");
    rig_rest(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_each_office_does_its_own, rig_group_rest), /* another office, another town, no role: nobody else */
        cmocka_unit_test_setup(test_who_reads, rig_group_rest), /* officials all, the applicant their own, the public nothing yet */
        cmocka_unit_test_setup(test_lists, rig_group_rest),     /* pages of the same */
        cmocka_unit_test_setup(test_one_case_about_a_share, rig_group_rest), /* one that is applied for, once, again when withdrawn */
        cmocka_unit_test_setup(test_two_file_at_once, rig_group_rest),       /* six at once: one case, one number */
        cmocka_unit_test_setup(test_keys_and_versions, rig_group_rest), /* the same key again: the same answer; an old version: refused */
        cmocka_unit_test_setup(test_proposals, rig_group_rest), /* once prepared, at most what is applied for, taken back until an agenda */
        cmocka_unit_test_setup(test_withdrawing, rig_group_rest),    /* until the board has decided */
        cmocka_unit_test_setup(test_municipalities, rig_group_rest), /* by its secretary; officials and seats are not public */
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
