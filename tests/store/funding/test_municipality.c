/* Municipalities in the database: saved whole and read again by whatever leads to them, numbering that begins once, and the numbering of a
 * board's year that is made, locked and waited for. With a real PostgreSQL and the service's role. */
#include "services/funding/store/municipality.h"

#include <pthread.h>

#include "common/base/date.h"
#include "common/base/time.h"
#include "common/base/workday.h"
#include "tests/store/funding/town.h"
#include "tests/store/funding/turn.h"

#define SAID(word) FINDING_TEXT(word, word " sv", word " en")

static struct kit_pg *pg;
static struct db *db;
static struct arena *arena;
static struct job *job;

static struct workset *begin(void)
{
    job = turn_job(arena);
    return workset_new(arena, time_now_us(), NULL);
}

static struct municipality *found_by(enum municipality_by by, const char *id)
{
    struct workset *w = begin();

    (void)municipality_want(w, job, by, world_id(id));
    turn_load(w, db);
    db_rollback(db);
    return municipality_found(w, job);
}

static struct municipality *of_code(const char *code)
{
    struct workset *w = begin();

    (void)municipality_want_code(w, job, code, true);
    turn_load(w, db);
    db_rollback(db);
    return municipality_found(w, job);
}

static void test_whatever_leads_to_it(void **state)
{
    const struct uuid town = world_id(TOWN);
    const struct {
        enum municipality_by by;
        const char *id;
    } ways[] = {{MUNICIPALITY_BY_ID, TOWN},
                {MUNICIPALITY_BY_CASE, WAITING},
                {MUNICIPALITY_BY_BOARD, OTHER_BOARD},
                {MUNICIPALITY_BY_MEETING, MEETING_DONE},
                {MUNICIPALITY_BY_ITEM, ITEM_NEXT}};

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        const struct municipality *m = found_by(ways[i].by, ways[i].id);
        assert_non_null(m);
        assert_int_equal(uuid_compare(m->id, town), 0);
        assert_int_equal(m->board_count, 2);
        assert_null(found_by(ways[i].by, SOMEBODY));
    }
    assert_int_equal(uuid_compare(of_code("town")->id, town), 0);
    assert_null(of_code("nowhere"));
    const struct municipality *m = of_code("town");
    assert_int_equal(m->boards[0].seat_count, 4); /* KH; SIV has none */
    assert_int_equal(m->boards[1].seat_count, 0);
    assert_int_equal(board_size(&m->boards[0]), 3);
    assert_true(m->finnish && !m->swedish);
    assert_true(m->dimensions[0].used); /* by WAITING */
    assert_false(m->dimensions[1].used);
    assert_non_null(municipality_official(m, world_id(SECRETARY), OFFICE_SECRETARY));
}

static struct municipality *new_town(struct municipality *m)
{
    static struct impact_dimension dimensions[] = {{1, SAID("strategia"), false}, {4, SAID("ympäristö"), false}};
    static struct seat seats[] = {{{{9}}, SEAT_CHAIR, "Pentti Puheenjohtaja"}, {{{8}}, SEAT_DEPUTY, "Venla Varajäsen"}};
    static struct municipal_official officials[] = {{{{7}}, OFFICE_PREPARER, "Vilma Valmistelija", SAID("johtaja")}};
    static struct board boards[2];

    boards[0] =
        (struct board){.id = {{1, 1}}, .code = "KH", .title = SAID("hallitus"), .seats = seats, .seat_count = 2, .last_section = 28};
    boards[1] = (struct board){.id = {{1, 2}}, .code = "SIV", .title = SAID("lautakunta"), .seats = seats, .seat_count = 1};
    *m = (struct municipality){.id = {{1}},
                               .code = "new-town",
                               .name = SAID("Uusikaupunki"),
                               .contact = "kirjaamo@example.fi",
                               .finnish = true,
                               .swedish = true,
                               .names_days = 30,
                               .series = "00.01.05",
                               .last_number = 17,
                               .dimensions = dimensions,
                               .dimension_count = 2,
                               .boards = boards,
                               .board_count = 2,
                               .officials = officials,
                               .official_count = 1,
                               .version = 1};
    return m;
}

static void save(const struct municipality *m, bool add)
{
    struct workset *w = begin();

    (void)municipality_want_code(w, job, m->code, true);
    turn_load(w, db);
    (add ? municipality_add : municipality_put)(w, m);
    turn_save(w, db);
}

static void test_it_is_saved_whole_and_in_place(void **state)
{
    struct municipality m;

    (void)state;
    save(new_town(&m), true);
    const struct municipality *seen = of_code("new-town");
    assert_true(municipality_same(seen, &m));
    assert_int_equal(seen->last_number, 17);
    assert_int_equal(seen->boards[0].last_section, 28);
    assert_string_equal(seen->boards[1].title.sv, "lautakunta sv");
    assert_string_equal(seen->officials[0].title.en, "johtaja en");

    /* The numbering has gone on; a later import changes people, not numbers. */
    (void)new_town(&m);
    m.version = 2;
    m.boards[0].last_section = 5;
    m.boards[0].seat_count = 1;
    m.last_number = 3;
    m.dimension_count = 1;
    m.swedish = false;
    save(&m, false);
    seen = of_code("new-town");
    assert_int_equal(seen->version, 2);
    assert_int_equal(seen->boards[0].last_section, 28);
    assert_int_equal(seen->boards[0].seat_count, 1);
    assert_int_equal(seen->last_number, 17);
    assert_int_equal(seen->dimension_count, 1);
    assert_false(seen->swedish);

    /* Of a board whose year has begun at nought, and numbers of which none was given. */
    (void)kit_sql(pg, "insert into funding.board_year values ('01020000-0000-0000-0000-000000000000', %d, 0)",
                  (int)date_of_days(helsinki_day(time_now_us())).year);
    m.boards[1].last_section = 12;
    save(&m, false);
    assert_int_equal(of_code("new-town")->boards[1].last_section, 12);
}

static void test_pages(void **state)
{
    struct workset *w = begin();
    const struct municipality_ask *ask = municipality_want_page(w, job, (struct uuid){{0}}, 1);

    (void)state;
    turn_load(w, db);
    db_rollback(db);
    assert_int_equal(ask->count, 1);
    assert_string_equal(ask->rows[0].code, "town");
    assert_null(municipality_found(w, job));
    const struct uuid after = ask->rows[0].id;
    w = begin();
    ask = municipality_want_page(w, job, after, 5);
    turn_load(w, db);
    db_rollback(db);
    assert_int_equal(ask->count, 1);
    assert_string_equal(ask->rows[0].code, "elsewhere");
}

/* --- the numbering of a board's year ------------------------------------------------------------------------------------- */
struct numbering {
    struct uuid meeting;
    int32_t year, last;
};

static void *take_numbering(void *context)
{
    struct numbering *n = context;
    struct db *own = world_connect(pg);
    struct arena *memory = arena_new(1 << 14);
    struct workset *w = workset_new(memory, time_now_us(), NULL);
    struct job *other = turn_job(memory);

    (void)municipality_want_section(w, other, n->meeting);
    turn_load(w, own);
    n->year = municipality_asked(w, other)->section_year;
    n->last = municipality_asked(w, other)->last_section;
    db_rollback(own);
    db_close(own);
    arena_free(memory);
    return NULL;
}

static bool somebody_waits(void *none)
{
    (void)none;
    return kit_sql_int(pg, "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()") > 0;
}

static void test_the_next_section_waits_for_this_one(void **state)
{
    struct numbering other = {.meeting = world_id(MEETING_PLANNED)};
    struct workset *w = begin();
    pthread_t thread;

    (void)state;
    const struct municipality_ask *ask = municipality_want_section(w, job, world_id(MEETING_OPEN));
    turn_load(w, db);
    assert_int_equal(ask->section_year, 2026);
    assert_int_equal(ask->last_section, 31);
    assert_non_null(municipality_found(w, job));
    assert_int_equal(pthread_create(&thread, NULL, take_numbering, &other), 0);
    assert_true(kit_wait_until(somebody_waits, NULL, KIT_PATIENCE_MS));
    db_rollback(db);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(other.last, 31);
}

static void test_a_year_that_has_not_begun(void **state)
{
    struct numbering n = {.meeting = world_id(MEETING_PLANNED)};

    (void)state;
    (void)kit_sql(pg, "update funding.meeting set starts_at = '2027-01-01 00:30 Europe/Helsinki' where id = " MEETING_PLANNED);
    (void)take_numbering(&n);
    assert_int_equal(n.year, 2027); /* of Helsinki, where the year before goes on in UTC */
    assert_int_equal(n.last, 0);
    n.meeting = world_id(SOMEBODY); /* there is none */
    (void)take_numbering(&n);
    assert_int_equal(n.year, 0);
}

static int setup(void **state)
{
    (void)state;
    pg = world_new();
    db = world_connect(pg);
    arena = arena_new(1 << 16);
    return 0;
}

static int fill(void **state)
{
    (void)state;
    town_fill(pg);
    arena_reset(arena);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    arena_free(arena);
    db_close(db);
    kit_pg_free(pg);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_whatever_leads_to_it, fill),           /* id, code, case, board, meeting, item */
        cmocka_unit_test_setup(test_it_is_saved_whole_and_in_place, fill), /* numbering begins once and goes on */
        cmocka_unit_test_setup(test_pages, fill),
        cmocka_unit_test_setup(test_the_next_section_waits_for_this_one, fill), /* one board, one year: one at a time */
        cmocka_unit_test_setup(test_a_year_that_has_not_begun, fill),           /* its row is made */
    };
    return cmocka_run_group_tests(tests, setup, stop);
}
