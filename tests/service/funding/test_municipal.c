/* A municipal case from its application to the minutes that everybody may read, over real NNG and PostgreSQL, on the figures of Kannus:
 * 3,163 euros of 401,052, case 18/00.01.05, section 29. Statement handed on, impacts, proposal, agenda, vote, another decision than was
 * proposed, minutes, extract, feeds, the share of the plan; and its way by two processes that answer in turn. */
#include "common/base/day.h"
#include "common/base/workday.h"
#include "tests/service/funding/municipal.h"

static struct rig *rig;
static struct rig_town town;

static struct answer ask_statement(const struct rig_case *c, struct uuid person, int64_t in_days)
{
    Municipal__RequestStatementRequest request = MUNICIPAL__REQUEST_STATEMENT_REQUEST__INIT;
    char day[DAY_TEXT];

    day_format(helsinki_day(time_now_us()) + in_days, day);
    request.case_id = rig_bytes(&c->id);
    request.from = (char *)"Esimerkkilän Kehitys Oy:n hallitus";
    request.person_id = rig_bytes(&person);
    request.due_on = day;
    request.words = (char *)"Pyydetään lausunto hankkeen tarpeellisuudesta.";
    return desk_ask(rig, town.preparer, RIG_PREPARER, "RequestStatement", &request.base, 0);
}

static struct answer give(const struct rig_case *c, ProtobufCBinaryData statement, Municipal__StatementState as, struct uuid who,
                          uint32_t roles, struct uuid next)
{
    Municipal__GiveStatementRequest request = MUNICIPAL__GIVE_STATEMENT_REQUEST__INIT;
    char today[DAY_TEXT], due[DAY_TEXT];

    day_format(helsinki_day(time_now_us()), today);
    day_format(helsinki_day(time_now_us()) + 7, due);
    request.case_id = rig_bytes(&c->id);
    request.statement_id = statement;
    request.state = as;
    request.words =
        (char *)(as == MUNICIPAL__STATEMENT_STATE__STATEMENT_REFERRED ? "Asiantuntemus on kasvatus- ja opetustoimessa."
                                                                      : "Koulutusta puolletaan, kun se palvelee perustehtävää.");
    request.given_on = today;
    if (as == MUNICIPAL__STATEMENT_STATE__STATEMENT_REFERRED) {
        request.referred_to = (char *)"Kasvatus- ja opetustoimi";
        request.referred_person_id = rig_bytes(&next);
        request.referred_due_on = due;
    }
    return desk_ask(rig, who, roles, "GiveStatement", &request.base, 0);
}

/* Asked of a company's board, which names the right one; given by them. */
static void state_it(struct rig_case *c)
{
    const struct uuid company = rig_new_id(), education = rig_new_id();
    const Municipal__Case *seen = rig_got(ask_statement(c, company, 14));

    assert_int_equal(seen->n_statements, 1);
    assert_int_equal(rig_events(rig, "municipal.StatementAsked.v1", c->id), 1);
    desk_refused(give(c, seen->statements[0]->id, MUNICIPAL__STATEMENT_STATE__STATEMENT_GIVEN, rig_new_id(), RIG_APPLICANT, education),
                 ERR_NOT_FOUND, "");
    seen = rig_got(give(c, seen->statements[0]->id, MUNICIPAL__STATEMENT_STATE__STATEMENT_REFERRED, company, 0, education));
    assert_int_equal(seen->n_statements, 2);
    assert_int_equal(seen->statements[0]->state, MUNICIPAL__STATEMENT_STATE__STATEMENT_REFERRED);
    assert_string_equal(seen->statements[1]->from, "Kasvatus- ja opetustoimi");
    assert_int_equal(uuid_compare(rig_id(seen->statements[1]->follows_id), rig_id(seen->statements[0]->id)), 0);
    assert_int_equal(rig_events(rig, "municipal.StatementAsked.v1", c->id), 2);
    (void)rig_got(give(c, seen->statements[1]->id, MUNICIPAL__STATEMENT_STATE__STATEMENT_GIVEN, education, 0, education));
    assert_int_equal(rig_case(rig, &town, c)->statements[1]->state, MUNICIPAL__STATEMENT_STATE__STATEMENT_GIVEN);
}

static const Municipal__CaseChecks *checks(const struct rig_case *c)
{
    Municipal__GetCaseRequest request = MUNICIPAL__GET_CASE_REQUEST__INIT;

    request.case_id = rig_bytes(&c->id);
    return rig_got(desk_ask(rig, town.preparer, RIG_PREPARER, "CheckCase", &request.base, 0));
}

static void prepare(struct rig_case *c)
{
    assert_false(checks(c)->proposable); /* no impacts yet */
    (void)rig_got(rig_add_document(rig, c, c->applicant, RIG_APPLICANT, "Kuntarahahakemus", false));
    (void)rig_case(rig, &town, c);
    const Municipal__Case *seen = rig_got(rig_put_case(rig, &town, c, rig_case_content(rig), c->version));
    assert_int_equal(seen->state, MUNICIPAL__CASE_STATE__CASE_IN_PREPARATION);
    assert_int_equal(seen->n_impacts, 2);
    assert_true(checks(c)->proposable);
    seen = rig_got(rig_propose(rig, &town, c, c->cents, seen->version));
    assert_int_equal(seen->state, MUNICIPAL__CASE_STATE__CASE_PROPOSED);
    assert_string_equal(seen->proposal->presenter_name, "Elli Esittelijä");
    desk_refused(rig_see_case(rig, c->id, (struct uuid){{0}}, RIG_PUBLIC), ERR_NOT_FOUND, "");
}

/* Public once it is summoned: what is proposed, as proposed. */
static struct rig_meeting summon(const struct rig_case *c)
{
    struct rig_meeting m = rig_meeting_planned(rig, &town, c, 1);
    const struct uuid nobody = {{0}};

    desk_refused(rig_see_meeting(rig, m.id, nobody, RIG_PUBLIC), ERR_NOT_FOUND, "");
    desk_refused(rig_see_item(rig, m.items[0], nobody, RIG_PUBLIC), ERR_NOT_FOUND, "");
    (void)rig_got(rig_move_meeting(rig, "SummonMeeting", &m, town.secretary, RIG_SECRETARY, ""));
    assert_int_equal(rig_events(rig, "municipal.MeetingSummoned.v1", m.id), 1);
    const Municipal__Item *item = rig_got(rig_see_item(rig, m.items[0], nobody, RIG_PUBLIC));
    assert_int_equal(item->section, 0);
    assert_int_equal(item->outcome, MUNICIPAL__OUTCOME__OUTCOME_UNKNOWN);
    assert_string_equal(item->case_->proposal->words, "Kaupunginhallitus päättää osallistua hankkeeseen.");
    assert_int_equal(item->case_->proposal->cents, c->cents);
    return m;
}

/* The counter-proposal wins, so nothing else may be entered. */
static void decide(const struct rig_meeting *m)
{
    Municipal__Nomination deputy = MUNICIPAL__NOMINATION__INIT;
    const Municipal__Item *item = rig_got(rig_open_vote(rig, &town, m->items[0], "Osallistutaan hankkeeseen 2 000 eurolla."));
    assert_true(item->voting);

    (void)rig_got(rig_vote(rig, m->items[0], town.members[0], MUNICIPAL__CHOICE__CHOICE_PROPOSAL));
    (void)rig_got(rig_vote(rig, m->items[0], town.members[1], MUNICIPAL__CHOICE__CHOICE_COUNTER));
    (void)rig_got(rig_vote(rig, m->items[0], town.members[2], MUNICIPAL__CHOICE__CHOICE_COUNTER));
    const struct answer wrong =
        rig_decide(rig, &town, m->items[0],
                   &(struct decide_plan){.outcome = MUNICIPAL__OUTCOME__OUTCOME_APPROVED, .manner = MUNICIPAL__MANNER__MANNER_VOTED});
    desk_refused(wrong, ERR_REFUSED, "municipal.item.votes-differ");
    deputy.body = (char *)"hankkeen ohjausryhmä";
    deputy.role = MUNICIPAL__NOMINEE_ROLE__NOMINEE_DEPUTY;
    deputy.title = (char *)"perusopetuksen rehtori";
    deputy.name = (char *)"Reijo " RIG_NAMED;
    item = rig_got(rig_decide(rig, &town, m->items[0],
                              &(struct decide_plan){.outcome = MUNICIPAL__OUTCOME__OUTCOME_CHANGED,
                                                    .manner = MUNICIPAL__MANNER__MANNER_VOTED,
                                                    .words = "Kaupunginhallitus päätti osallistua hankkeeseen 2 000 eurolla.",
                                                    .cents = 200000,
                                                    .nomination = &deputy}));
    assert_int_equal(item->votes_proposal, 1);
    assert_int_equal(item->votes_counter, 2);
    assert_int_equal(item->cents, 200000);
}

/* Nothing of what was decided is public before the minutes are. */
static void undisclosed(const struct rig_case *c, const struct rig_meeting *m)
{
    const struct uuid nobody = {{0}};
    const Municipal__Item *item = rig_got(rig_see_item(rig, m->items[0], nobody, RIG_PUBLIC));
    const Funding__Project *project = rig_project(rig, c->project);

    assert_int_equal(item->outcome, MUNICIPAL__OUTCOME__OUTCOME_UNKNOWN);
    assert_string_equal(item->words, "");
    assert_int_equal(item->n_votes + item->votes_proposal + item->votes_counter, 0);
    assert_int_equal(item->cents, 0);
    assert_string_equal(item->counter, "");
    assert_int_equal(project->shares[1]->state, FUNDING__PLAN_STATE__PLAN_APPLIED);
    desk_refused(rig_extract(rig, m->items[0], false, nobody, RIG_PUBLIC), ERR_NOT_FOUND, "");
    assert_int_equal(rig_events(rig, "municipal.Decided.v1", c->id), 0);
}

static void published(struct rig_case *c, const struct rig_meeting *m)
{
    const struct uuid nobody = {{0}};
    const Municipal__Item *item = rig_got(rig_see_item(rig, m->items[0], nobody, RIG_PUBLIC));
    const Bus__File *pdf = rig_got(rig_extract(rig, m->items[0], false, nobody, RIG_PUBLIC));
    const Bus__File *html = rig_got(rig_extract(rig, m->items[0], true, nobody, RIG_PUBLIC));

    assert_int_equal(item->section, 29);
    assert_int_equal(item->outcome, MUNICIPAL__OUTCOME__OUTCOME_CHANGED);
    assert_string_equal(item->words, "Kaupunginhallitus päätti osallistua hankkeeseen 2 000 eurolla.");
    assert_int_equal(item->n_votes, 3);
    assert_int_equal(memcmp(pdf->content.data, "%PDF-", 5), 0);
    assert_true(rig_file_says(html, c->number) && rig_file_says(html, "29") && rig_file_says(html, "2 000 eurolla"));
    assert_true(rig_file_says(html, "3 163,00") || rig_file_says(html, "3\u00a0163,00"));
    const Municipal__Case *seen = rig_case(rig, &town, c);
    assert_int_equal(seen->state, MUNICIPAL__CASE_STATE__CASE_DECIDED);
    assert_int_equal(seen->granted_cents, 200000);
    assert_int_equal(seen->n_items, 1);
    assert_int_equal(seen->decision_event_id.len, 16);
    for (int rss = 0; rss < 2; rss++) {
        assert_true(rig_file_says(rig_feed(rig, &town, "GetItemFeed", town.board, rss != 0), c->number));
        assert_true(rig_file_says(rig_feed(rig, &town, "GetItemFeed", town.board, rss != 0), "2 000 eurolla"));
        assert_true(rig_file_says(rig_feed(rig, &town, "GetMeetingFeed", nobody, rss != 0), "Kaupunginhallitus"));
    }
}

static void planned(const struct rig_case *c, const struct rig_meeting *m)
{
    const Funding__Project *project = rig_project(rig, c->project);
    const Funding__ProjectShare *share = project->shares[1];

    assert_int_equal(share->state, FUNDING__PLAN_STATE__PLAN_GRANTED);
    assert_int_equal(share->cents, 316300);
    assert_int_equal(share->granted_cents, 200000);
    assert_int_equal(uuid_compare(rig_id(share->item_id), m->items[0]), 0);
    assert_int_equal(project->total_cents, 40105200);
    assert_int_equal(project->granted_cents, 40105200 - 316300 + 200000);
    assert_int_equal(project->refused_cents, 116300);
    assert_int_equal(project->open_cents, 0);
    assert_false(project->covered);
    assert_int_equal(rig_events(rig, "municipal.Decided.v1", c->id), 1);
    assert_int_equal(rig_events(rig, "municipal.ShareDecided.v1", c->project), 1);
}

static void test_from_application_to_minutes(void **state)
{
    (void)state;
    struct rig_case c = rig_case_filed(rig, &town, 316300);
    assert_non_null(strstr(c.number, "18/00.01.05/"));
    assert_int_equal(rig_events(rig, "municipal.CaseFiled.v1", c.id), 1);
    state_it(&c);
    prepare(&c);
    const struct rig_meeting m = summon(&c);
    const Municipal__Meeting *open = rig_got(rig_open(rig, &town, &m, 3));
    assert_int_equal(open->items[0]->section, 29);
    decide(&m);
    undisclosed(&c, &m);
    rig_meeting_checked(rig, &town, &m);
    undisclosed(&c, &m);
    (void)rig_got(rig_move_meeting(rig, "PublishMinutes", &m, town.secretary, RIG_SECRETARY, ""));
    published(&c, &m);
    planned(&c, &m);
    /* Each move has its row, by whose hand and why. */
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from funding.move where machine = 'case' and subject = (select id from "
                                 "funding.municipal_case where register_number = '%s') and actor is not null and why <> ''",
                                 c.number),
                     5);
}

/* Granted whole by all: the plan is covered. */
static void test_a_covered_plan(void **state)
{
    (void)state;
    struct rig_case c = rig_case_proposed(rig, &town, 316300);
    (void)rig_case_granted(rig, &town, &c);
    const Funding__Project *project = rig_project(rig, c.project);
    assert_int_equal(project->granted_cents, 40105200);
    assert_true(project->covered);
    assert_int_equal(project->refused_cents + project->open_cents, 0);
    assert_int_equal(rig_case(rig, &town, &c)->granted_cents, 316300);
}

/* What a file says afterwards does not undo what the board has decided. */
static void test_an_import_undoes_nothing(void **state)
{
    (void)state;
    struct rig_case granted = rig_case_proposed(rig, &town, 100000), open = rig_case_filed(rig, &town, 200000);
    (void)rig_case_granted(rig, &town, &granted);
    const struct rig_case *cases[] = {&granted, &open};
    for (size_t i = 0; i < 2; i++) {
        Funding__ImportProjectRequest request = FUNDING__IMPORT_PROJECT_REQUEST__INIT;
        const Funding__Project *before = rig_project(rig, cases[i]->project);
        request.project = arena_alloc(rig_arena(rig), sizeof *request.project);
        *request.project = *before;
        request.project->shares[1]->state = FUNDING__PLAN_STATE__PLAN_REFUSED;
        request.project->shares[1]->granted_cents = 0;
        (void)desk_ask(rig, rig_new_id(), RIG_PREPARER, "ImportProject", &request.base, 0); /* refused or not: */
        const Funding__Project *after = rig_project(rig, cases[i]->project);
        assert_int_equal(after->shares[1]->state, i == 0 ? FUNDING__PLAN_STATE__PLAN_GRANTED : FUNDING__PLAN_STATE__PLAN_APPLIED);
        assert_int_equal(after->shares[1]->granted_cents, i == 0 ? 100000 : 0);
        assert_int_equal(uuid_compare(rig_id(after->shares[1]->id), cases[i]->share), 0);
    }
}

/* Prose of so many bytes: words of a lot, a list now and then. */
static char *prose(size_t bytes)
{
    static const char *const parts[] = {"hanke",        "opettaja", "jatkuvan", "oppimisen", "verkosto",
                                        "kehittäminen", "työelämä", "kunta",    "vaikutus",  "yhteistyö"};
    char *text = arena_alloc(rig_arena(rig), bytes + 64);
    uint64_t lot = bytes;
    size_t len = 0;

    for (size_t word = 0; len < bytes; word++) {
        lot = lot * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const char *between = word % 40 == 39 ? "\n\n" : word % 40 > 30 ? "\n- " : " ";
        len += (size_t)snprintf(text + len, 64, "%s%s%llx", word == 0 ? "" : between, parts[(lot >> 33) % 10],
                                (unsigned long long)(lot >> 60));
    }
    return text;
}

/* As long as a case may be: it can be decided and published, or it would hold up its whole meeting. */
static void test_the_longest_case(void **state)
{
    (void)state;
    struct rig_case c = rig_case_filed(rig, &town, 316300);
    Municipal__CaseContent *content = rig_case_content(rig);
    Municipal__CaseText *texts[40];
    struct answer put;
    size_t count = 0;
    (void)rig_got(rig_add_document(rig, &c, c.applicant, RIG_APPLICANT, "Kuntarahahakemus", false));
    content->texts = texts;
    do { /* one more text, until the case says that it is enough */
        texts[count] = arena_alloc(rig_arena(rig), sizeof *texts[count]);
        municipal__case_text__init(texts[count]);
        texts[count]->kind = count == 0 ? MUNICIPAL__CASE_TEXT_KIND__TEXT_BACKGROUND : MUNICIPAL__CASE_TEXT_KIND__TEXT_OTHER;
        texts[count]->heading = (char *)(count == 0 ? "" : "Otsikko");
        texts[count]->text = prose(6000);
        content->n_texts = ++count;
        (void)rig_case(rig, &town, &c);
        put = rig_put_case(rig, &town, &c, content, c.version);
    } while (put.err == ERR_OK && count < 40);
    (void)rig_case(rig, &town, &c);
    const struct answer proposed = rig_propose(rig, &town, &c, c.cents, c.version);
    if (proposed.err != ERR_OK)
        fail_msg("%zu texts of 6,000 bytes: %s %s", count, err_text(proposed.err)->name, proposed.rule);
    const struct rig_meeting m = rig_meeting_open(rig, &town, &c, 1);
    (void)rig_got(rig_decide(rig, &town, m.items[0],
                             &(struct decide_plan){.outcome = MUNICIPAL__OUTCOME__OUTCOME_CHANGED, .cents = 1, .words = prose(9900)}));
    rig_meeting_published(rig, &town, &m);
    const Bus__File *pdf = rig_got(rig_extract(rig, m.items[0], false, (struct uuid){{0}}, RIG_PUBLIC));
    const Bus__File *html = rig_got(rig_extract(rig, m.items[0], true, (struct uuid){{0}}, RIG_PUBLIC));
    assert_true(pdf->content.len < 200 * 1024 && html->content.len > 6000 * (count - 1));
    (void)rig_got(rig_see_item(rig, m.items[0], (struct uuid){{0}}, RIG_PUBLIC));
}

static int setup(void **state)
{
    *state = rig = rig_new(2, 2);
    town = rig_town(rig, "kannus");
    rig_rest(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_from_application_to_minutes, rig_group_rest), /* filed, stated, proposed, voted, published, told */
        cmocka_unit_test_setup(test_a_covered_plan, rig_group_rest),              /* granted as applied for: the whole plan is covered */
        cmocka_unit_test_setup(test_an_import_undoes_nothing, rig_group_rest),    /* a share with a case says what its case does */
        cmocka_unit_test_setup(test_the_longest_case, rig_group_rest),            /* what may be said of a case can be published */
    };
    return rig_told(cmocka_run_group_tests(tests, setup, rig_group_stop));
}
