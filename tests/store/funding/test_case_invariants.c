/* The nets of the schema around municipal cases, attacked by hand-written SQL under the service's own role: a case says what agendas and
 * minutes say, a share what its case says, and what was filed, stated, proposed or numbered stays. Meetings: test_meeting_invariants.c. */
#include "tests/store/funding/town.h"

static struct kit_pg *pg;
static struct db *db;

#define FREE_CASE  FILE_CASE(NEW_ID, SHARE_FREE, "21", "200")
#define LATER_NOTE "'00000000-0000-8000-8000-000000000803'"
#define FOLLOWING(id, of, follows)                                                                                                         \
    "insert into statement (id, case_id, follows_id, asked, words_asked, due_on, state, why, requested_at) values (" id ", " of            \
    ", " follows ", 'z', 'x', '2026-03-01', 1, 'x', now());"

static void test_filing(void **state)
{
    static const struct attack attacks[] = {
        {"a second case about a share", FILE_CASE(NEW_ID, SHARE_WAITING, "21", "700"), "case_share"},
        {"about a share that is decided", FILE_CASE(NEW_ID, SHARE_DONE, "21", "400"), "a share that is applied for"},
        {"about a share that a file says is granted", FILE_CASE(NEW_ID, SHARE_STATE, "21", "396089"), "a share that is applied for"},
        {"for more than the share", FILE_CASE(NEW_ID, SHARE_FREE, "21", "201"), "the whole of it"},
        {"for less than the share", FILE_CASE(NEW_ID, SHARE_FREE, "21", "199"), "the whole of it"},
        {"about a share that is none", FILE_CASE(NEW_ID, "gen_random_uuid()", "21", "200"), "a share that is applied for"},
        {"under a number that is taken", FILE_CASE(NEW_ID, SHARE_FREE, "20", "200"), "municipal_case_municipality_id_register_number_key"},
        {"granted at once",
         "insert into municipal_case select (jsonb_populate_record(c, jsonb_build_object('id', " NEW_ID ", 'share_id', " SHARE_FREE
         ", 'register_number', '21', 'state', 1, 'applied_cents', 200, 'granted_cents', 200))).* from municipal_case c where id = " WAITING,
         "begins at 0"},
        {"in a language of another municipality",
         "insert into municipal_case select (jsonb_populate_record(c, jsonb_build_object('id', " NEW_ID ", 'share_id', " SHARE_FREE
         ", 'register_number', '21', 'state', 1, 'applied_cents', 200, 'language', 'sv'))).* from municipal_case c where id = " WAITING,
         "a language of its municipality"},
        {"decided from the beginning",
         "insert into municipal_case select (jsonb_populate_record(c, jsonb_build_object('id', " NEW_ID ", 'share_id', " SHARE_FREE
         ", 'register_number', '21', 'state', 5, 'applied_cents', 200))).* from municipal_case c where id = " WAITING,
         "cannot go from state 0 to 5"},
        {"a case that goes away", FREE_CASE "delete from municipal_case where id = " NEW_ID, "never deleted"},
        {"a number given again", "update register_series set last = last - 1", "not given again"},
        {"numbers of another year", "update register_series set year = 2027", "stays as it was"},
        {"a series begun anew", "delete from register_series", "never deleted"},
    };
    (void)state;
    EXPECT(attacks);
    world_apply(db, FREE_CASE MOVE_CASE(NEW_ID, "6") FILE_CASE("gen_random_uuid()", SHARE_FREE, "22", "200")); /* withdrawn: again */
}

static void test_what_was_filed(void **state)
{
    static const struct attack attacks[] = {
        {"another number", "update municipal_case set register_number = '99' where id = " WAITING, "stays as it was"},
        {"another share", "update municipal_case set share_id = " SHARE_FREE ", applied_cents = 200 where id = " WAITING,
         "stays as it was"},
        {"other money", "update municipal_case set applied_cents = 1 where id = " WAITING, "stays as it was"},
        {"another municipality", "update municipal_case set municipality_id = " ELSEWHERE " where id = " WAITING, "stays as it was"},
        {"another owner", "update municipal_case set owner_id = " ANOTHER " where id = " WAITING, "stays as it was"},
        {"granted by hand", "update municipal_case set granted_cents = 700 where id = " WAITING, "is a sum"},
        {"another title of what is decided", "update municipal_case set title = 'y' where id = " DONE, "stays once it is on an agenda"},
        {"another title of what is on an agenda", "update municipal_case set title = 'y' where id = " FIRST_UP,
         "stays once it is on an agenda"},
        {"public before an agenda is", "update municipal_case set public_since = now() where id = " WAITING, "was on no public agenda"},
        {"public no more", "update municipal_case set public_since = null where id = " DONE, "stays public"},
        {"a text on the agenda", "insert into case_text values (" FIRST_UP ", 1, 1, 'x', 'x', false)", "stays once it is on an agenda"},
        {"a text of what is decided", "insert into case_text values (" DONE ", 1, 1, 'x', 'x', false)", "stays once it is on an agenda"},
        {"a text moved to it", "update case_text set case_id = " DONE, "stays as it was"},
        {"a preparer moved to it", "update case_preparer set case_id = " FIRST_UP, "stays as it was"},
        {"an impact moved to it", "update case_impact set case_id = " FIRST_UP, "stays as it was"},
        {"a preparer of what is decided", "insert into case_preparer values (" DONE ", 1, 'x', 'x')", "stays once it is on an agenda"},
        {"an impact of what is decided", "insert into case_impact values (" DONE ", 1, 1, 'x')", "stays once it is on an agenda"},
        {"an impact in a dimension of others", "insert into case_impact values (" WAITING ", 3, 1, 'x')",
         "the dimensions of the municipality"},
        {"a dimension without its impacts", "delete from impact_dimension where municipality_id = " TOWN " and n = 1", "has used stays"},
        {"a document changed", "update case_document set content = 'y', sha256 = sha256('y')", "never changed"},
        {"a document that is public now", "update case_document set confidential = false", "never changed"},
        {"a document without its ground",
         "insert into case_document select (jsonb_populate_record(d, jsonb_build_object('id', " NEW_ID
         ", 'n', 2, 'ground', ''))).* from case_document d",
         "case_document_check"},
        {"a document that is not what it says",
         "insert into case_document select (jsonb_populate_record(d, jsonb_build_object('id', " NEW_ID
         ", 'n', 2, 'content', '\\x01'))).* from case_document d",
         "case_document_check"},
        {"a second document of a number",
         "insert into case_document select (jsonb_populate_record(d, jsonb_build_object('id', " NEW_ID "))).* from case_document d",
         "case_document_case_id_n_key"},
        {"a document taken away", "delete from case_document", "never changed"},
    };
    (void)state;
    EXPECT(attacks);
    /* Dimensions are put anew as one, and what no case has used may go. */
    world_apply(db, "delete from impact_dimension where municipality_id = " TOWN "; insert into impact_dimension values (" TOWN
                    ", 1, 'y', 'y', 'y')");
}

static void test_states_of_a_case(void **state)
{
    static const struct attack attacks[] = {
        {"decided by hand", MOVE_CASE(FIRST_UP, "5"), "is decided by published minutes"},
        {"on an agenda without one", MOVE_CASE(WAITING, "4"), "on the agenda of one meeting"},
        {"off the agenda by hand", MOVE_CASE(FIRST_UP, "3"), "on the agenda of one meeting"},
        {"prepared anew while it is on it", MOVE_CASE(FIRST_UP, "2"), "on the agenda of one meeting"},
        {"decided and withdrawn", MOVE_CASE(DONE, "6"), "cannot go from state 5 to 6"},
        {"withdrawn when the board has decided", DECIDE_ITEM(ITEM_FIRST, "1", "3163") MOVE_CASE(FIRST_UP, "6"),
         "decided and not withdrawn"},
        {"withdrawn and taken up again", MOVE_CASE(WAITING, "6") MOVE_CASE(WAITING, "3"), "cannot go from state 6 to 3"},
        {"decided once it is withdrawn", MOVE_CASE(FIRST_UP, "6") DECIDE_ITEM(ITEM_FIRST, "1", "3163"), "is not before the board"},
        {"a statement given twice", "update statement set state = 1, why = 'x' where id = " STATEMENT, "cannot go from state 2 to 1"},
    };
    (void)state;
    EXPECT(attacks);
}

static void test_statements_and_proposals(void **state)
{
    static const struct attack attacks[] = {
        {"given, then said otherwise", "update statement set words = 'y' where id = " STATEMENT, "stays as it was"},
        {"given on another day", "update statement set given_on = '2026-01-01' where id = " STATEMENT, "stays as it was"},
        {"of another case", "update statement set case_id = " DONE " where id = " STATEMENT, "stays as it was"},
        {"asked of somebody else", "update statement set asked = 'z' where id = " STATEMENT_ASKED, "stays as it was"},
        {"given without a word", "update statement set state = 2, why = 'x' where id = " STATEMENT_ASKED, "statement_check"},
        {"referred to nobody",
         "update statement set state = 3, words = 'x', given_on = '2026-01-01', why = 'x' where id = " STATEMENT_ASKED, "statement_check"},
        {"taken away", "delete from statement where id = " STATEMENT_ASKED, "never deleted"},
        {"after one that referred to nobody", FOLLOWING(LATER_NOTE, WAITING, STATEMENT), "follows one that referred"},
        {"asked about what is on an agenda", FOLLOWING(LATER_NOTE, FIRST_UP, "null"), "stays once it is on an agenda"},
        {"asked about what is decided", FOLLOWING(LATER_NOTE, DONE, "null"), "stays once it is on an agenda"},
        {"after one of another case",
         FREE_CASE
         "update statement set state = 3, words = 'x', given_on = '2026-01-01', referred_to = 'z', why = 'x' where id = " STATEMENT_ASKED
         ";" FOLLOWING(LATER_NOTE, NEW_ID, STATEMENT_ASKED),
         "violates foreign key"},
        {"two after one",
         "update statement set state = 3, words = 'x', given_on = '2026-01-01', referred_to = 'z', why = 'x' where id = " STATEMENT_ASKED
         ";" FOLLOWING(LATER_NOTE, WAITING, STATEMENT_ASKED) FOLLOWING("gen_random_uuid()", WAITING, STATEMENT_ASKED),
         "statement_follows_id_key"},
        {"more proposed than applied for", "update proposal_made set cents = 701 where id = " PROPOSED_WAITS, "than is applied for"},
        {"proposed in another case", "update proposal_made set case_id = " DONE " where id = " PROPOSED_WAITS, "stays as it was"},
        {"two proposals at once", PROPOSE(WAITING, NEW_ID, "1"), "proposal_open"},
        {"made before an agenda is public",
         "insert into proposal_made select (jsonb_populate_record(p, jsonb_build_object('id', " NEW_ID
         ", 'made_at', now()))).* from proposal_made p where id = " PROPOSED_WAITS,
         "made when it is on a public agenda"},
        {"made, and on no agenda", "update proposal_made set made_at = now() where id = " PROPOSED_WAITS,
         "made when it is on a public agenda"},
        {"other words on the agenda", "update proposal_made set words = 'y' where id = " PROPOSED_FIRST, "does not change"},
        {"other money on the agenda", "update proposal_made set cents = 1 where id = " PROPOSED_FIRST, "does not change"},
        {"taken off the agenda", "delete from proposal_made where id = " PROPOSED_FIRST, "does not change"},
        {"unmade", "update proposal_made set made_at = null where id = " PROPOSED_FIRST, "does not change"},
        {"somebody else nominated", "update proposal_nomination set name = 'y'", "does not change"},
        {"nobody nominated", "delete from proposal_nomination", "does not change"},
        {"one nominated more", "insert into proposal_nomination values (" PROPOSED_FIRST ", 2, 'x', 1, 'x', 'x', null)", "does not change"},
        {"nominated for another proposal", "update proposal_nomination set proposal_id = " PROPOSED_WAITS, "stays as it was"},
    };
    (void)state;
    EXPECT(attacks);
}

static void test_a_town(void **state)
{
    static const struct attack attacks[] = {
        {"two chairs", "insert into seat values (" BOARD ", " SOMEBODY ", 1, 'x')", "seat_chair"},
        {"one person on two seats", "insert into seat values (" BOARD ", " CHAIR ", 3, 'x')", "seat_pkey"},
        {"a seat of no kind", "insert into seat values (" BOARD ", " SOMEBODY ", 5, 'x')", "seat_kind_check"},
        {"an office of no kind", "insert into municipal_official values (" TOWN ", " SOMEBODY ", 4, 'x', 'x', 'x', 'x')",
         "municipal_official_office_check"},
        {"names that leave before a review can be asked for", "update municipality set names_days = 21", "municipality_names_days_check"},
        {"no language", "update municipality set languages = '{}'", "municipality_languages_check"},
        {"another language", "update municipality set languages = '{fi,en}'", "municipality_languages_check"},
        {"the code of another", "update municipality set code = 'town' where id = " ELSEWHERE, "municipality_code_key"},
        {"two boards of one code", "update board set code = 'KH' where id = " OTHER_BOARD, "board_municipality_id_code_key"},
        {"a board that goes away", "delete from board where id = " BOARD, "violates foreign key"},
        {"a meeting of a board elsewhere",
         "insert into meeting (id, board_id, municipality_id, starts_at, place, state, why) values (" NEW_ID ", " BOARD ", " ELSEWHERE
         ", now(), 'x', 1, 'x')",
         "violates foreign key"},
    };
    (void)state;
    EXPECT(attacks);
}

static void test_the_plan(void **state)
{
    static const struct attack attacks[] = {
        {"granted by hand", "update project_share set state = 2, granted_cents = 700 where id = " SHARE_WAITING, "is decided by its case"},
        {"refused by hand", "update project_share set state = 3 where id = " SHARE_WAITING, "is decided by its case"},
        {"more of it, less of another",
         "update project_share set cents = cents + 1 where id = " SHARE_WAITING
         "; update project_share set cents = cents - 1 where id = " SHARE_FREE,
         "is decided by its case"},
        {"what was decided, undone", "update project_share set state = 1, granted_cents = 0, decided_on = null where id = " SHARE_DONE,
         "is decided by its case"},
        {"what was decided, whole", "update project_share set granted_cents = 400 where id = " SHARE_DONE, "is decided by its case"},
        {"decided on another day", "update project_share set decided_on = '2020-01-01' where id = " SHARE_DONE, "is decided by its case"},
        {"decided by minutes that are not about it", "update project_share set item_id = " ITEM_DONE " where id = " SHARE_FREE,
         "is decided by its case"},
        {"in another project's plan", "update project_share set project_id = gen_random_uuid() where id = " SHARE_WAITING,
         "violates foreign key"},
        {"taken out of the plan", "delete from project_share where id = " SHARE_WAITING, "violates foreign key"},
        {"a share that begins with minutes",
         "insert into project_share (id, project_id, ordinal, funder, cents, state, item_id) values (" NEW_ID ", " PLAN
         ", 9, 'x', 0, 3, " ITEM_DONE ")",
         "is decided by its case"},
        {"granted, and nothing granted", "update project_share set granted_cents = 0 where id = " SHARE_STATE, "share_granted"},
        {"granted more than there is", "update project_share set granted_cents = 396090 where id = " SHARE_STATE, "share_granted"},
        {"refused, and something granted", "update project_share set state = 3 where id = " SHARE_STATE, "share_granted"},
        {"a cent more in all", "update project_share set cents = 201 where id = " SHARE_FREE, "its cost is 401052"},
    };
    (void)state;
    EXPECT(attacks);
    assert_string_equal(town_share(pg, SHARE_DONE), "2 300 2026-03-10");
    assert_string_equal(town_case(pg, DONE), "5 300");
    /* About a share without a case a file says what it likes. */
    world_apply(db, "update project_share set state = 2, granted_cents = 200 where id = " SHARE_FREE);
}

static int setup(void **state)
{
    (void)state;
    pg = world_new();
    db = world_connect(pg);
    return 0;
}

static int fill(void **state)
{
    (void)state;
    town_fill(pg);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    db_close(db);
    kit_pg_free(pg);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_filing, fill),                   /* one live case about a share that is applied for, the whole of it */
        cmocka_unit_test_setup(test_what_was_filed, fill),           /* number, money, owner, documents stay; texts from the agenda on */
        cmocka_unit_test_setup(test_states_of_a_case, fill),         /* a state says what agendas and minutes say */
        cmocka_unit_test_setup(test_statements_and_proposals, fill), /* what was stated stays, what was proposed from the agenda on */
        cmocka_unit_test_setup(test_a_town, fill),                   /* its boards, seats, offices, languages and days */
        cmocka_unit_test_setup(test_the_plan, fill),                 /* a share says what its published minutes say, and nobody else */
    };
    return cmocka_run_group_tests(tests, setup, stop);
}
