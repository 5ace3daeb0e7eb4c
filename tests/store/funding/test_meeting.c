/* Meetings in the database: a meeting comes whole by its id or an item's, an agenda keeps the items that stay, what is decided, voted and
 * checked is read again, sections follow one another, and pages hide what is not summoned. With a real PostgreSQL and the service's role.
 */
#include "services/funding/store/meeting.h"

#include "common/base/day.h"
#include "common/base/time.h"
#include "services/funding/store/municipal_case.h"

static const enum meeting_state STATE_OPEN = MEETING_OPEN; /* the town has a meeting of this name */

#include "tests/store/funding/town.h"
#include "tests/store/funding/turn.h"

static struct kit_pg *pg;
static struct db *db;
static struct arena *arena;
static struct job *job;

static struct workset *begin(void)
{
    job = turn_job(arena);
    return workset_new(arena, time_now_us(), NULL);
}

/* Held, in a turn that goes on: to be saved. */
static struct meeting *held(struct workset *w, const char *name)
{
    (void)meeting_want(w, job, MEETING_BY_ID, world_id(name), true);
    turn_load(w, db);
    assert_non_null(meeting_found(w, job));
    return meeting_found(w, job);
}

static const struct meeting *now(const char *name)
{
    struct workset *w = begin();
    const struct meeting *meeting = held(w, name);

    db_rollback(db);
    return meeting;
}

static bool same(struct uuid id, const char *name)
{
    return uuid_compare(id, world_id(name)) == 0;
}

/* --- reading ----------------------------------------------------------------------------------------------------------- */
static void test_a_meeting_is_read_whole(void **state)
{
    const struct meeting *meeting = now(MEETING_OPEN);

    (void)state;
    assert_int_equal(meeting->state, STATE_OPEN);
    assert_true(same(meeting->board_id, BOARD) && same(meeting->municipality_id, TOWN));
    assert_true(meeting->summoned_us > 0);
    assert_int_equal(meeting->published_us, 0);
    assert_int_equal(meeting->attendee_count, 3);
    assert_int_equal(meeting->item_count, 2);
    const struct item *first = &meeting->items[0];
    assert_true(same(first->id, ITEM_FIRST) && same(first->case_id, FIRST_UP) && same(first->proposal_id, PROPOSED_FIRST));
    assert_string_equal(first->register_number, "18/00.01.05/2026");
    assert_string_equal(first->language, "fi");
    assert_int_equal(first->section, 30);
    assert_int_equal(first->year, 2026);
    assert_int_equal(first->outcome, 0);
    assert_true(uuid_is_nil(first->previous_id) && uuid_is_nil(first->next_id));
    assert_true(first->names_until == NO_DAY && first->review_until == NO_DAY);

    const struct item *done = &now(MEETING_DONE)->items[0];
    assert_int_equal(done->outcome, OUTCOME_CHANGED);
    assert_int_equal(done->manner, MANNER_UNANIMOUS);
    assert_int_equal(done->cents, 300);
    assert_true(done->published_us > 0);
    assert_true(done->names_until > done->review_until);
    assert_int_not_equal(done->sha256[0], 0);
}

static void test_by_its_item(void **state)
{
    struct workset *w = begin();

    (void)state;
    (void)meeting_want(w, job, MEETING_BY_ITEM, world_id(ITEM_NEXT), true);
    turn_load(w, db);
    db_rollback(db);
    assert_true(same(meeting_found(w, job)->id, MEETING_OPEN));
    assert_true(same(meeting_item_found(w, job)->case_id, NEXT_UP));
    w = begin();
    (void)meeting_want(w, job, MEETING_BY_ITEM, world_id(WAITING), false);
    turn_load(w, db);
    db_rollback(db);
    assert_null(meeting_found(w, job));
    assert_null(meeting_item_found(w, job));
}

/* --- agendas ----------------------------------------------------------------------------------------------------------- */
/* The planned meeting with this agenda, as PutMeeting saves it: cases come and go with it. */
static void put_agenda(const struct item *items, size_t count, const char *taken_off)
{
    struct workset *w = begin();
    const struct uuid waiting = world_id(WAITING);

    (void)case_want_meeting(w, job, world_id(MEETING_PLANNED), &waiting, 1, true);
    struct meeting *meeting = held(w, MEETING_PLANNED);
    meeting->items = arena_array(arena, count + 1, sizeof *items);
    for (size_t i = 0; i < count; i++)
        meeting->items[i] = items[i];
    meeting->item_count = count;
    meeting->version++;
    meeting_put(w, meeting);
    struct municipal_case *c = case_of(w, job, waiting);
    const enum case_state state = taken_off != NULL ? CASE_PROPOSED : CASE_ON_AGENDA;
    if (c->state != state) {
        c->state = state;
        c->version++;
        case_move(w, c, "x", world_id(SECRETARY));
    }
    turn_save(w, db);
}

static void test_an_agenda_keeps_what_stays(void **state)
{
    const struct item waiting = {
        .id = uuid_v7(time_now_us()), .case_id = world_id(WAITING), .proposal_id = world_id(PROPOSED_WAITS), .place = 1};
    struct item moved = waiting;

    (void)state;
    put_agenda(&waiting, 1, NULL);
    assert_int_equal(now(MEETING_PLANNED)->item_count, 1);
    assert_int_equal(now(MEETING_PLANNED)->version, 2);
    moved.place = 7;
    put_agenda(&moved, 1, NULL);
    const struct item *item = &now(MEETING_PLANNED)->items[0];
    assert_int_equal(item->place, 7);
    assert_int_equal(uuid_compare(item->id, waiting.id), 0);
    put_agenda(NULL, 0, WAITING);
    assert_int_equal(now(MEETING_PLANNED)->item_count, 0);
}

/* --- what is decided ----------------------------------------------------------------------------------------------------- */
static void test_what_was_decided_is_read_again(void **state)
{
    const char *dissents[] = {"[[Ville]]: \"ei\", {näin}", "b"};
    struct nomination nominations[] = {{.body = "a", .role = NOMINEE_MEMBER, .title = "b", .name = "c", .person_id = world_id(SOMEBODY)},
                                       {.body = "d", .role = NOMINEE_DEPUTY, .title = "", .name = "e", .added = true}};
    struct workset *w = begin();
    struct meeting *meeting = held(w, MEETING_OPEN);
    struct item *item = meeting_item(meeting, world_id(ITEM_FIRST));

    (void)state;
    item->outcome = OUTCOME_CHANGED;
    item->manner = MANNER_UNANIMOUS;
    item->words = "Päätettiin.";
    item->cents = 3000;
    item->dissents = dissents;
    item->dissent_count = 2;
    item->nominations = nominations;
    item->nomination_count = 2;
    item->version++;
    item_put(w, item);
    item_add_disqualified(w, item, &(struct disqualified){.person_id = world_id(VICE), .ground = "hallintolaki 28 §"}, world_id(SECRETARY));
    turn_save(w, db);
    for (int i = 0; i < 2; i++) { /* and saved once more as it is: the same */
        w = begin();
        meeting = held(w, MEETING_OPEN);
        item = meeting_item(meeting, world_id(ITEM_FIRST));
        assert_int_equal(item->outcome, OUTCOME_CHANGED);
        assert_string_equal(item->words, "Päätettiin.");
        assert_int_equal(item->cents, 3000);
        assert_int_equal(item->version, 2);
        assert_int_equal(item->dissent_count, 2);
        assert_string_equal(item->dissents[0], dissents[0]);
        assert_int_equal(item->nomination_count, 2);
        assert_true(same(item->nominations[0].person_id, SOMEBODY));
        assert_true(uuid_is_nil(item->nominations[1].person_id) && item->nominations[1].added);
        assert_int_equal(item->disqualified_count, 1);
        assert_string_equal(item->disqualified[0].ground, "hallintolaki 28 §");
        item_put(w, item);
        turn_save(w, db);
    }
    /* What hangs on one item hangs on no other. */
    const struct item *other = &now(MEETING_OPEN)->items[1];
    assert_int_equal(other->dissent_count + other->nomination_count + other->disqualified_count + other->vote_count, 0);
}

static void test_votes_are_read_again(void **state)
{
    struct workset *w = begin();
    struct meeting *meeting = held(w, MEETING_OPEN);
    struct item *item = meeting_item(meeting, world_id(ITEM_NEXT));

    (void)state;
    item->voting = true;
    item->counter = "Hylätään.";
    item_put(w, item);
    item_add_vote(w, item, &(struct vote){.person_id = world_id(DEPUTY), .choice = CHOICE_EMPTY});
    item_add_vote(w, item, &(struct vote){.person_id = world_id(CHAIR), .choice = CHOICE_COUNTER});
    turn_save(w, db);
    item = meeting_item(now(MEETING_OPEN), world_id(ITEM_NEXT));
    assert_true(item->voting);
    assert_string_equal(item->counter, "Hylätään.");
    assert_int_equal(item->vote_count, 2);
    assert_int_equal(item_vote(item, world_id(CHAIR))->choice, CHOICE_COUNTER);
    assert_int_equal(item_vote(item, world_id(DEPUTY))->choice, CHOICE_EMPTY);
    /* Once more the same: the schema keeps the first. */
    w = begin();
    meeting = held(w, MEETING_OPEN);
    item_add_vote(w, meeting_item(meeting, world_id(ITEM_NEXT)), &(struct vote){.person_id = world_id(CHAIR), .choice = CHOICE_PROPOSAL});
    assert_int_equal(turn_try(w, db), ERR_CONFLICT);
}

/* --- the way of a meeting ------------------------------------------------------------------------------------------------- */
static void test_opened_and_checked(void **state)
{
    const struct item waiting = {
        .id = uuid_v7(time_now_us()), .case_id = world_id(WAITING), .proposal_id = world_id(PROPOSED_WAITS), .place = 1};
    struct attendee people[] = {{.person_id = world_id(CHAIR), .name = "a", .kind = SEAT_CHAIR},
                                {.person_id = world_id(MEMBER), .name = "b", .kind = SEAT_MEMBER, .checks_minutes = true},
                                {.person_id = world_id(VICE), .name = "c", .kind = SEAT_MEMBER}}; /* behind "b", whatever the id */

    (void)state;
    put_agenda(&waiting, 1, NULL);
    (void)kit_sql(pg, "set search_path = funding; begin; " SUMMON(MEETING_PLANNED) " commit");
    struct workset *w = begin();
    struct meeting *meeting = held(w, MEETING_PLANNED);
    meeting->state = STATE_OPEN;
    meeting->attendees = people;
    meeting->attendee_count = 3;
    meeting->items[0].year = 2026;
    meeting->items[0].section = 32;
    meeting_open(w, meeting, world_id(SECRETARY));
    turn_save(w, db);
    const struct meeting *open = now(MEETING_PLANNED);
    assert_int_equal(open->items[0].section, 32);
    assert_int_equal(open->attendee_count, 3);
    assert_true(open->attendees[1].checks_minutes);
    assert_string_equal(open->attendees[1].name, "b");
    assert_string_equal(open->attendees[2].name, "c");

    (void)kit_sql(
        pg, "set search_path = funding; begin; update item set outcome = 5, manner = 1, words = 'x' where meeting_id = " MEETING_PLANNED
            ";" CLOSE_MEETING(MEETING_PLANNED) " commit");
    w = begin();
    meeting = held(w, MEETING_PLANNED);
    meeting->attendees[1].checked_us = w->now_us;
    meeting->version = 50;
    meeting_put_checks(w, meeting);
    meeting->state = MEETING_CHECKED;
    meeting_move(w, meeting, "minutes checked", world_id(SECRETARY));
    turn_save(w, db);
    assert_int_equal(now(MEETING_PLANNED)->version, 50);
    assert_true(now(MEETING_PLANNED)->attendees[1].checked_us > 0);
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.move where subject = " MEETING_PLANNED " and why = 'minutes checked'"),
                     1);
}

/* --- pages ----------------------------------------------------------------------------------------------------------------- */
static size_t page(struct uuid reader, uint32_t offices, bool all, int32_t limit, const struct meeting_row *after)
{
    struct workset *w = begin();
    struct meeting_ask *ask = meeting_want_page(w, job, world_id(TOWN), (struct uuid){{0}});

    ask->reader = reader;
    ask->offices = offices;
    ask->all = all;
    ask->limit = limit;
    if (after != NULL) {
        ask->before_us = after->meeting.starts_us;
        ask->before = after->meeting.id;
    }
    turn_load(w, db);
    db_rollback(db);
    for (size_t i = 1; i < ask->count; i++)
        assert_true(ask->rows[i - 1].meeting.starts_us >= ask->rows[i].meeting.starts_us);
    return ask->count;
}

static void test_pages_hide_what_is_planned(void **state)
{
    const uint32_t secretary = 1U << OFFICE_SECRETARY, preparer = 1U << OFFICE_PREPARER;
    const struct meeting_row planned = {.meeting = *now(MEETING_PLANNED)};

    (void)state;
    assert_int_equal(page((struct uuid){{0}}, 0, false, 10, NULL), 2);
    assert_int_equal(page(world_id(SECRETARY), secretary, false, 10, NULL), 3);
    assert_int_equal(page(world_id(SECRETARY), preparer, false, 10, NULL), 2); /* another office than their role allows */
    assert_int_equal(page(world_id(SOMEBODY), secretary, false, 10, NULL), 2);
    assert_int_equal(page(world_id(SOMEBODY), 0, true, 10, NULL), 3);
    assert_int_equal(page(world_id(SOMEBODY), 0, true, 1, NULL), 1);
    assert_int_equal(page(world_id(SOMEBODY), 0, true, 10, &planned), 2);
}

static int setup(void **state)
{
    (void)state;
    pg = world_new();
    db = world_connect(pg);
    arena = arena_new(64 * 1024);
    return 0;
}

static int fresh(void **state)
{
    (void)state;
    town_fill(pg);
    arena_reset(arena);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    db_close(db);
    arena_free(arena);
    kit_pg_free(pg);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_a_meeting_is_read_whole, fresh),        /* with who is there, its items, and their minutes */
        cmocka_unit_test_setup(test_by_its_item, fresh),                    /* the same; an id that is no item's: nothing */
        cmocka_unit_test_setup(test_an_agenda_keeps_what_stays, fresh),     /* new, moved, taken off; an item keeps its id */
        cmocka_unit_test_setup(test_what_was_decided_is_read_again, fresh), /* any letters; each list with its own item */
        cmocka_unit_test_setup(test_votes_are_read_again, fresh),           /* one each */
        cmocka_unit_test_setup(test_opened_and_checked, fresh),             /* attendees, sections, checks, moves with their reasons */
        cmocka_unit_test_setup(test_pages_hide_what_is_planned, fresh),     /* but to officials in their office, and admins */
    };
    return cmocka_run_group_tests_name("store: meetings", tests, setup, stop);
}
