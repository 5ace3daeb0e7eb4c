/* The nets of the schema around meetings and minutes, attacked by hand-written SQL under the service's own role, and by two connections at
 * once: sections without gaps and doubles, votes of those who may, decisions within what was proposed, minutes that stay. Cases and their
 * shares: test_case_invariants.c. */
#include <pthread.h>

#include "tests/store/funding/town.h"

static struct kit_pg *pg;
static struct db *db;

#define NEW_ITEM        "'00000000-0000-8000-8000-000000000909'"
#define MEETING_NEW     "'00000000-0000-8000-8000-000000000f09'"
#define LATER_ITEM      "'00000000-0000-8000-8000-00000000090a'"
#define LATER_PROPOSAL  "'00000000-0000-8000-8000-000000000e09'"
#define ON_PLANNED      PUT_ITEM(NEW_ITEM, MEETING_PLANNED, WAITING, PROPOSED_WAITS, "1", "null")
#define OPENED          ON_PLANNED SUMMON(MEETING_PLANNED) OPEN_MEETING(MEETING_PLANNED)
#define BOTH_DECIDED    DECIDE_ITEM(ITEM_FIRST, "1", "3163") DECIDE_ITEM(ITEM_NEXT, "1", "500")
#define BOTH_CLOSED     BOTH_DECIDED CLOSE_MEETING(MEETING_OPEN)
#define BOTH_CHECKED    BOTH_CLOSED CHECK_MINUTES(MEETING_OPEN)
#define SET(item, what) "update item set " what " where id = " item

static void test_agendas(void **state)
{
    static const struct attack attacks[] = {
        {"one case on two agendas",
         ON_PLANNED PLAN_MEETING(MEETING_NEW, BOARD, "2026-05-05")
             PUT_ITEM("gen_random_uuid()", MEETING_NEW, WAITING, PROPOSED_WAITS, "1", "null"),
         "is on an agenda already"},
        {"one case twice on one", PUT_ITEM(NEW_ITEM, MEETING_PLANNED, FIRST_UP, PROPOSED_FIRST, "1", "null"), "is on an agenda already"},
        {"one that is decided", PUT_ITEM(NEW_ITEM, MEETING_PLANNED, DONE, PROPOSED_DONE, "1", ITEM_DONE), "is not proposed to a board"},
        {"one that is not proposed", MOVE_CASE(WAITING, "2") ON_PLANNED, "is not proposed to a board"},
        {"with the proposal of another", PUT_ITEM(NEW_ITEM, MEETING_PLANNED, WAITING, PROPOSED_FIRST, "1", "null"), "violates foreign key"},
        {"after an item of another", PUT_ITEM(NEW_ITEM, MEETING_PLANNED, WAITING, PROPOSED_WAITS, "1", ITEM_DONE), "violates foreign key"},
        {"of a board elsewhere",
         PLAN_MEETING(MEETING_NEW, BOARD_ELSEWHERE, "2026-05-05") PUT_ITEM(NEW_ITEM, MEETING_NEW, WAITING, PROPOSED_WAITS, "1", "null"),
         "to a board of its municipality"},
        {"with the sections of another board",
         "insert into item (id, meeting_id, board_id, case_id, proposal_id, place) values (" NEW_ITEM ", " MEETING_PLANNED ", " OTHER_BOARD
         ", " WAITING ", " PROPOSED_WAITS ", 1); update municipal_case set state = 4, why = 'x' where id = " WAITING,
         "violates foreign key"},
        {"two in one place", "update item set place = 1 where id = " ITEM_NEXT, "item_meeting_id_place_key"},
        {"an item while the meeting is held", PUT_ITEM(NEW_ITEM, MEETING_OPEN, WAITING, PROPOSED_WAITS, "3", "null"), "stands"},
        {"an item taken off while it is held", "delete from item where id = " ITEM_NEXT, "that has a section stays"},
        {"an item in another meeting", "update item set meeting_id = " MEETING_PLANNED " where id = " ITEM_NEXT, "stays as it was"},
        {"of another case", "update item set case_id = " WAITING " where id = " ITEM_NEXT, "stays as it was"},
        {"after another later", "update item set previous_id = " ITEM_FIRST " where id = " ITEM_NEXT, "its place in the chain"},
        {"an agenda without a public proposal",
         ON_PLANNED "update meeting set state = 2, summoned_at = now(), why = 'x' where id = " MEETING_PLANNED,
         "is summoned with what is public"},
        {"public before it is summoned", ON_PLANNED "update meeting set summoned_at = now() where id = " MEETING_PLANNED,
         "is public once it is summoned"},
        {"summoned at no moment", ON_PLANNED SUMMON(MEETING_PLANNED) "update meeting set summoned_at = null where id = " MEETING_PLANNED,
         "keeps its moment"},
        {"an order that is not that of the sections", "update item set place = 3 - place where meeting_id = " MEETING_OPEN,
         "in the order of the agenda"},
        {"a meeting that goes away", "delete from meeting where id = " MEETING_PLANNED, "never deleted"},
        {"a meeting of another board", "update meeting set board_id = " OTHER_BOARD " where id = " MEETING_PLANNED, "stays as it was"},
        {"held on another day", "update meeting set starts_at = '2025-01-01' where id = " MEETING_OPEN, "keeps its time"},
        {"cancelled while it is held", "update meeting set state = 7, why = 'x' where id = " MEETING_OPEN, "cannot go from state 3 to 7"},
        {"cancelled with its cases", ON_PLANNED "update meeting set state = 7, why = 'x' where id = " MEETING_PLANNED,
         "on the agenda of one meeting"},
    };
    (void)state;
    EXPECT(attacks);
    /* A cancelled meeting sets its cases free. */
    world_apply(db,
                ON_PLANNED SUMMON(MEETING_PLANNED) "update meeting set state = 7, why = 'x' where id = " MEETING_PLANNED
                                                   ";" MOVE_CASE(WAITING, "3") PLAN_MEETING(MEETING_NEW, BOARD, "2026-05-05")
                                                       PUT_ITEM("gen_random_uuid()", MEETING_NEW, WAITING, PROPOSED_WAITS, "1", "null"));
}

static void test_sections(void **state)
{
    static const struct attack attacks[] = {
        {"a number skipped", OPENED TAKE_SECTION(NEW_ITEM, "33"), "does not follow"},
        {"a number twice", OPENED TAKE_SECTION(NEW_ITEM, "31"), "does not follow"},
        {"a number of another year", OPENED "update item set year = 2027, section = 1 where id = " NEW_ITEM,
         "is of the year of its meeting"},
        {"a number given back", SET(ITEM_NEXT, "year = null, section = null"), "keeps its number"},
        {"another number", SET(ITEM_NEXT, "section = 32"), "keeps its number"},
        {"the same number of another year", SET(ITEM_NEXT, "year = 2025"), "keeps its number"},
        {"an item that begins with a number",
         "insert into item (id, meeting_id, board_id, case_id, proposal_id, place, year, section) values (" NEW_ITEM ", " MEETING_PLANNED
         ", " BOARD ", " WAITING ", " PROPOSED_WAITS ", 1, 2026, 32)",
         "begins without a section"},
        {"before the meeting", ON_PLANNED TAKE_SECTION(NEW_ITEM, "32"), "has sections once it is open"},
        {"a meeting without them", OPENED, "has sections once it is open"},
        {"numbering by hand", "update board_year set last_section = 99", "are numbered by the items"},
        {"numbering anew", "delete from board_year", "never deleted"},
        {"numbering twice", "insert into board_year values (" BOARD ", 2026, 0)", "board_year_pkey"},
    };
    (void)state;
    EXPECT(attacks);
    world_apply(db, OPENED TAKE_SECTION(NEW_ITEM, "32"));
    assert_int_equal(kit_sql_int(pg, "select last_section from funding.board_year where board_id = " BOARD), 32);
}

static void test_votes(void **state)
{
    static const struct attack attacks[] = {
        {"no vote is held", VOTE(ITEM_FIRST, CHAIR), "is not being voted on"},
        {"who is not there", OPEN_VOTE(ITEM_FIRST) VOTE(ITEM_FIRST, MEMBER), "who votes is in the meeting"},
        {"who is on no board", OPEN_VOTE(ITEM_FIRST) VOTE(ITEM_FIRST, SECRETARY), "who votes is in the meeting"},
        {"who is disqualified", DISQUALIFY(ITEM_FIRST, CHAIR) OPEN_VOTE(ITEM_FIRST) VOTE(ITEM_FIRST, CHAIR), "does not vote"},
        {"twice", OPEN_VOTE(ITEM_FIRST) VOTE(ITEM_FIRST, CHAIR) VOTE(ITEM_FIRST, CHAIR), "vote_pkey"},
        {"otherwise", OPEN_VOTE(ITEM_FIRST) VOTE(ITEM_FIRST, CHAIR) "update vote set choice = 2", "never changed"},
        {"not after all", OPEN_VOTE(ITEM_FIRST) VOTE(ITEM_FIRST, CHAIR) "delete from vote", "never changed"},
        {"in another item's vote", OPEN_VOTE(ITEM_FIRST) VOTE(ITEM_NEXT, CHAIR), "is not being voted on"},
        {"when it is over", OPEN_VOTE(ITEM_FIRST) VOTE(ITEM_FIRST, CHAIR) SET(ITEM_FIRST, "voting = false") ";" VOTE(ITEM_FIRST, VICE),
         "is not being voted on"},
        {"disqualified afterwards", OPEN_VOTE(ITEM_FIRST) VOTE(ITEM_FIRST, CHAIR) DISQUALIFY(ITEM_FIRST, CHAIR), "took part in the item"},
        {"not disqualified after all", DISQUALIFY(ITEM_FIRST, CHAIR) "delete from disqualification", "never changed"},
        {"disqualified elsewhere", DISQUALIFY(ITEM_FIRST, CHAIR) "update disqualification set item_id = " ITEM_NEXT, "never changed"},
        {"there no more",
         OPEN_VOTE(ITEM_FIRST) VOTE(ITEM_FIRST, CHAIR) "delete from attendee where meeting_id = " MEETING_OPEN " and person_id = " CHAIR,
         "was there"},
        {"there as somebody else",
         OPEN_VOTE(ITEM_FIRST) VOTE(ITEM_FIRST, CHAIR) "update attendee set person_id = " SECRETARY " where meeting_id = " MEETING_OPEN
                                                       " and person_id = " CHAIR,
         "was there"},
        {"after the meeting", BOTH_CLOSED OPEN_VOTE(ITEM_FIRST), "decides in its meeting"},
        {"of published minutes", OPEN_VOTE(ITEM_DONE), "are published"},
    };
    (void)state;
    EXPECT(attacks);
    world_apply(db, OPEN_VOTE(ITEM_FIRST) VOTE(ITEM_FIRST, CHAIR) VOTE(ITEM_FIRST, VICE) VOTE(ITEM_FIRST, DEPUTY));
}

static void test_decisions(void **state)
{
    static const struct attack attacks[] = {
        {"approved for other money", DECIDE_ITEM(ITEM_FIRST, "1", "3162"), "for other money"},
        {"changed to more than was applied for", DECIDE_ITEM(ITEM_FIRST, "2", "3164"), "for other money"},
        {"rejected with money", DECIDE_ITEM(ITEM_FIRST, "3", "1"), "item_check"},
        {"tabled with money", DECIDE_ITEM(ITEM_FIRST, "5", "1"), "item_check"},
        {"by a vote that was not held", SET(ITEM_FIRST, "outcome = 1, manner = 2, words = 'x', cents = 3163"), "that was not held"},
        {"in no manner", SET(ITEM_FIRST, "outcome = 1, words = 'x', cents = 3163"), "item_check"},
        {"before the meeting", ON_PLANNED SUMMON(MEETING_PLANNED) DECIDE_ITEM(NEW_ITEM, "1", "700"), "decides in its meeting"},
        {"closed with an open item", DECIDE_ITEM(ITEM_FIRST, "1", "3163") CLOSE_MEETING(MEETING_OPEN), "every item is decided"},
        {"closed in the middle of a vote", BOTH_DECIDED OPEN_VOTE(ITEM_FIRST) CLOSE_MEETING(MEETING_OPEN), "every item is decided"},
        {"checked by nobody", BOTH_CLOSED "update meeting set state = 5, why = 'x' where id = " MEETING_OPEN, "by whoever was elected"},
        {"checked with nobody to check",
         "update attendee set checks_minutes = false where meeting_id = " MEETING_OPEN ";" BOTH_CLOSED CHECK_MINUTES(MEETING_OPEN),
         "by whoever was elected"},
        {"checked by who was not elected", BOTH_CLOSED "update attendee set checked_at = now() where meeting_id = " MEETING_OPEN,
         "attendee_check"},
        {"checked before the end", "update attendee set checked_at = now() where checks_minutes and meeting_id = " MEETING_OPEN,
         "while it is open"},
        {"elected after the end", BOTH_CLOSED "update attendee set checks_minutes = true where meeting_id = " MEETING_OPEN,
         "while it is open"},
        {"there after the end", BOTH_CLOSED ATTEND(MEETING_OPEN, MEMBER, "false"), "while it is open"},
        {"published unchecked", BOTH_CLOSED "update meeting set state = 6, published_at = now(), why = 'x' where id = " MEETING_OPEN,
         "cannot go from state 4 to 6"},
    };
    (void)state;
    EXPECT(attacks);
}

static void test_quorum(void **state)
{
    static const struct attack attacks[] = {
        {"one of three",
         ON_PLANNED SUMMON(MEETING_PLANNED) "update meeting set state = 3, why = 'x' where id = " MEETING_PLANNED
                                            ";" ATTEND(MEETING_PLANNED, CHAIR, "true") TAKE_SECTION(NEW_ITEM, "32"),
         "has a quorum"},
        {"nobody",
         ON_PLANNED SUMMON(MEETING_PLANNED) "update meeting set state = 3, why = 'x' where id = " MEETING_PLANNED
                                            ";" TAKE_SECTION(NEW_ITEM, "32"),
         "has a quorum"},
    };
    (void)state;
    EXPECT(attacks);
    world_apply(db, ON_PLANNED SUMMON(MEETING_PLANNED) "update meeting set state = 3, why = 'x' where id = " MEETING_PLANNED ";" ATTEND(
                        MEETING_PLANNED, CHAIR, "true") ATTEND(MEETING_PLANNED, DEPUTY, "false") TAKE_SECTION(NEW_ITEM, "32"));
}

static void test_publishing(void **state)
{
    static const struct attack attacks[] = {
        {"without its minutes",
         BOTH_CHECKED "update item set published_at = now() where meeting_id = " MEETING_OPEN ";" PUBLISH(MEETING_OPEN)
             MOVE_CASE(FIRST_UP, "5") MOVE_CASE(NEXT_UP, "5"),
         "is published without its minutes"},
        {"minutes of what is not published", BOTH_CHECKED EXTRACT(ITEM_FIRST), "of published minutes"},
        {"one item of two", BOTH_CHECKED PUBLISH_ITEM(ITEM_FIRST, FIRST_UP, "5") PUBLISH(MEETING_OPEN), "is published with all its items"},
        {"an item before its meeting", DECIDE_ITEM(ITEM_FIRST, "1", "3163") PUBLISH_ITEM(ITEM_FIRST, FIRST_UP, "5"),
         "is published with all its items"},
        {"a meeting without its items", BOTH_CHECKED PUBLISH(MEETING_OPEN), "is published with all its items"},
        {"at no moment",
         BOTH_CHECKED PUBLISH_ITEM(ITEM_FIRST, FIRST_UP, "5")
             PUBLISH_ITEM(ITEM_NEXT, NEXT_UP, "5") "update meeting set state = 6, why = 'x' where id = " MEETING_OPEN,
         "is published at its moment"},
        {"with its case still on the agenda",
         BOTH_CHECKED PUBLISH_ITEM(ITEM_FIRST, FIRST_UP, "5") "update item set published_at = now() where id = " ITEM_NEXT
                                                              ";" EXTRACT(ITEM_NEXT) PUBLISH(MEETING_OPEN),
         "is decided by published minutes"},
        {"tabled, and decided",
         DECIDE_ITEM(ITEM_FIRST, "5", "0") DECIDE_ITEM(ITEM_NEXT, "1", "500") CLOSE_MEETING(MEETING_OPEN) CHECK_MINUTES(MEETING_OPEN)
             PUBLISH_ITEM(ITEM_FIRST, FIRST_UP, "5") PUBLISH_ITEM(ITEM_NEXT, NEXT_UP, "5") PUBLISH(MEETING_OPEN),
         "is decided by published minutes"},
        {"names that leave before the review ends",
         "insert into extract select (jsonb_populate_record(e, jsonb_build_object('names_until', '2026-11-30'))).* from extract e",
         "extract_check"},
    };
    (void)state;
    EXPECT(attacks);
    world_apply(db, BOTH_CHECKED PUBLISH_ITEM(ITEM_FIRST, FIRST_UP, "5") PUBLISH_ITEM(ITEM_NEXT, NEXT_UP, "5") PUBLISH(MEETING_OPEN));
    assert_string_equal(town_share(pg, SHARE_FIRST), "2 3163 2026-03-24");
    assert_string_equal(town_case(pg, FIRST_UP), "5 3163");
}

/* A rejected case refuses its share; a tabled one leaves it open and comes again, after itself in the chain and nowhere else. */
static void test_what_is_not_granted(void **state)
{
    (void)state;
    world_apply(db, DECIDE_ITEM(ITEM_FIRST, "3", "0") DECIDE_ITEM(ITEM_NEXT, "5", "0") CLOSE_MEETING(MEETING_OPEN) CHECK_MINUTES(
                        MEETING_OPEN) PUBLISH_ITEM(ITEM_FIRST, FIRST_UP, "5") PUBLISH_ITEM(ITEM_NEXT, NEXT_UP, "3") PUBLISH(MEETING_OPEN));
    assert_string_equal(town_share(pg, SHARE_FIRST), "3 0 2026-03-24");
    assert_string_equal(town_case(pg, FIRST_UP), "5 0");
    assert_string_equal(town_share(pg, SHARE_NEXT), "1 0");
    static const struct attack attacks[] = {
        {"again, beside itself", PUT_ITEM(NEW_ITEM, MEETING_PLANNED, NEXT_UP, PROPOSED_NEXT, "1", "null"), "are a chain"},
    };
    EXPECT(attacks);
    world_apply(db, PUT_ITEM(NEW_ITEM, MEETING_PLANNED, NEXT_UP, PROPOSED_NEXT, "1", ITEM_NEXT));
}

static void test_published_minutes(void **state)
{
    static const struct attack attacks[] = {
        {"other words", SET(ITEM_DONE, "words = 'y'"), "are published"},
        {"other money", SET(ITEM_DONE, "cents = 400"), "are published"},
        {"another outcome", SET(ITEM_DONE, "outcome = 3, cents = 0"), "are published"},
        {"published no more", SET(ITEM_DONE, "published_at = null"), "are published"},
        {"gone", "delete from item where id = " ITEM_DONE, "are published"},
        {"somebody nominated", "insert into item_nomination values (" ITEM_DONE ", 1, 'x', 1, 'x', 'x', null, true)", "are published"},
        {"somebody nominated elsewhere",
         "insert into item_nomination values (" ITEM_FIRST
         ", 1, 'x', 1, 'x', 'x', null, true); update item_nomination set item_id = " ITEM_DONE,
         "stays as it was"},
        {"somebody disqualified", DISQUALIFY(ITEM_DONE, MEMBER), "are published"},
        {"somebody more there", ATTEND(MEETING_DONE, MEMBER, "false"), "are published"},
        {"somebody not there", "delete from attendee where meeting_id = " MEETING_DONE " and person_id = " DEPUTY, "are published"},
        {"somebody else there", "update attendee set name = 'y' where meeting_id = " MEETING_DONE, "are published"},
        {"unchecked", "update attendee set checked_at = null where checks_minutes and meeting_id = " MEETING_DONE, "are published"},
        {"another day", "update meeting set starts_at = '2026-03-11' where id = " MEETING_DONE, "keeps its time"},
        {"at another moment", "update meeting set published_at = now() where id = " MEETING_DONE, "keeps its moment"},
        {"open again", "update meeting set state = 3, why = 'x' where id = " MEETING_DONE, "cannot go from state 6 to 3"},
        {"another document", "update extract set pdf = 'z', sha256 = sha256('z')", "never changed"},
        {"names for longer", "update extract set names_until = '2099-01-01'", "never changed"},
        {"no document", "delete from extract", "never changed"},
        {"a document that is not what it says",
         BOTH_CHECKED "insert into extract select (jsonb_populate_record(e, jsonb_build_object('item_id', " ITEM_FIRST
                      ", 'sha256', '\\x00'))).* from extract e",
         "extract"},
    };
    (void)state;
    EXPECT(attacks);
}

/* --- two connections at once ----------------------------------------------------------------------------------------------- */
struct taker {
    const char *sql;
    enum err err;
    char message[300];
};

static void *take(void *argument)
{
    struct taker *t = argument;
    struct db *own = world_connect(pg);

    t->err = db_script(own, t->sql);
    (void)snprintf(t->message, sizeof t->message, "%s %s", db_message(own), db_constraint(own));
    db_close(own);
    return NULL;
}

/* Runs both at once: exactly one goes through. */
static void one_of(struct taker takers[2])
{
    pthread_t threads[2];

    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, take, &takers[i]), 0);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    if ((takers[0].err == ERR_OK) == (takers[1].err == ERR_OK))
        fail_msg("both %s: %s; %s", takers[0].err == ERR_OK ? "went through" : "failed", takers[0].message, takers[1].message);
}

/* And the other is stopped by these words. */
static void one_by(const char *first, const char *second, const char *words)
{
    struct taker takers[2] = {{.sql = first}, {.sql = second}};

    one_of(takers);
    const char *message = takers[takers[0].err == ERR_OK].message;
    if (strstr(message, words) == NULL)
        fail_msg("stopped by \"%s\"", message);
}

#define AT_ONCE(sql) "begin; select pg_sleep(0.005);" sql "select pg_sleep(0.01); commit"
enum { ROUNDS = 10 };

static void test_one_section_at_once(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        town_fill(pg);
        world_apply(db, PLAN_MEETING(MEETING_NEW, BOARD, "2026-03-24") FILE_CASE(NEW_ID, SHARE_FREE, "21", "200") MOVE_CASE(NEW_ID, "2")
                            PROPOSE(NEW_ID, LATER_PROPOSAL, "200") PUT_ITEM(LATER_ITEM, MEETING_NEW, NEW_ID, LATER_PROPOSAL, "1", "null")
                                SUMMON(MEETING_NEW) ON_PLANNED SUMMON(MEETING_PLANNED));
        one_by(AT_ONCE(OPEN_MEETING(MEETING_PLANNED) TAKE_SECTION(NEW_ITEM, "32")),
               AT_ONCE(OPEN_MEETING(MEETING_NEW) TAKE_SECTION(LATER_ITEM, "32")), "does not follow");
        assert_int_equal(kit_sql_int(pg, "select last_section from funding.board_year where board_id = " BOARD), 32);
        assert_int_equal(kit_sql_int(pg, "select count(*) from funding.item where section = 32"), 1);
    }
}

static void test_a_vote_and_a_disqualification_at_once(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        town_fill(pg);
        world_apply(db, OPEN_VOTE(ITEM_FIRST));
        struct taker takers[2] = {{.sql = AT_ONCE(VOTE(ITEM_FIRST, CHAIR))}, {.sql = AT_ONCE(DISQUALIFY(ITEM_FIRST, CHAIR))}};
        one_of(takers);
        assert_int_equal(kit_sql_int(pg, "select (select count(*) from funding.vote) + (select count(*) from funding.disqualification)"),
                         1);
    }
}

static void test_one_of_two_at_once(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        town_fill(pg);
        /* Two cases about one share. */
        one_by(AT_ONCE(FILE_CASE(NEW_ID, SHARE_FREE, "21", "200")), AT_ONCE(FILE_CASE("gen_random_uuid()", SHARE_FREE, "22", "200")),
               "case_share");
        /* A person votes twice. */
        world_apply(db, OPEN_VOTE(ITEM_FIRST));
        one_by(AT_ONCE(VOTE(ITEM_FIRST, CHAIR)), AT_ONCE(VOTE(ITEM_FIRST, CHAIR)), "vote_pkey");
        /* One case on two agendas. */
        world_apply(db, PLAN_MEETING(MEETING_NEW, BOARD, "2026-05-05"));
        one_by(AT_ONCE(ON_PLANNED), AT_ONCE(PUT_ITEM(LATER_ITEM, MEETING_NEW, WAITING, PROPOSED_WAITS, "1", "null")),
               "is on an agenda already");
    }
}

/* A file says that a share is granted while a case is filed about it: whoever comes second is stopped. */
static void test_a_file_and_a_case_at_once(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct taker takers[2] = {{.sql = AT_ONCE(FILE_CASE(NEW_ID, SHARE_FREE, "21", "200"))},
                                  {.sql = AT_ONCE("update project_share set state = 2, granted_cents = 200 where id = " SHARE_FREE ";")}};
        town_fill(pg);
        one_of(takers);
        assert_int_equal(
            kit_sql_int(
                pg,
                "select count(*) from funding.municipal_case c join funding.project_share s on s.id = c.share_id where s.id = " SHARE_FREE
                " and s.state <> 1"),
            0);
    }
}

/* A dimension goes while a case tells an impact in it: one of the two. */
static void test_a_dimension_and_an_impact_at_once(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct taker takers[2] = {{.sql = AT_ONCE("insert into case_impact values (" WAITING ", 2, 1, 'x');")},
                                  {.sql = AT_ONCE("delete from impact_dimension where municipality_id = " TOWN " and n = 2;")}};
        town_fill(pg);
        one_of(takers);
    }
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
        cmocka_unit_test_setup(test_agendas, fill),                   /* one case, one agenda; what is on it stays there */
        cmocka_unit_test_setup(test_sections, fill),                  /* no number twice, none skipped, none of another year */
        cmocka_unit_test_setup(test_votes, fill),                     /* who is there, not disqualified, once, while it is voted on */
        cmocka_unit_test_setup(test_decisions, fill),                 /* within what was proposed and applied for, in the meeting */
        cmocka_unit_test_setup(test_quorum, fill),                    /* more than half of the board */
        cmocka_unit_test_setup(test_publishing, fill),                /* a meeting with all its items, each with its minutes */
        cmocka_unit_test_setup(test_what_is_not_granted, fill),       /* rejected: refused; tabled: open, and comes again */
        cmocka_unit_test_setup(test_published_minutes, fill),         /* nothing changes, nothing is added, nothing goes */
        cmocka_unit_test(test_one_section_at_once),                   /* two meetings that open at once: one number each, or none */
        cmocka_unit_test(test_a_vote_and_a_disqualification_at_once), /* one of the two */
        cmocka_unit_test(test_one_of_two_at_once),                    /* two cases of a share, two votes, two agendas */
        cmocka_unit_test(test_a_dimension_and_an_impact_at_once),     /* no impact in a dimension that is none */
        cmocka_unit_test(test_a_file_and_a_case_at_once),             /* a share that is granted has no case that asks for it */
    };
    return cmocka_run_group_tests(tests, setup, stop);
}
