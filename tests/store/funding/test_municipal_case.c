/* Municipal cases in the database: each way of asking for them gives the same whole case, what is saved is read again, pages hide what is
 * not public, and whoever holds a case is waited for. With a real PostgreSQL and the service's role. */
#include "services/funding/store/municipal_case.h"

#include <pthread.h>

#include "common/base/hash.h"
#include "common/base/time.h"
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

static const struct case_ask *found_by(struct workset *w)
{
    turn_load(w, db);
    db_rollback(db);
    return case_asked(w, job);
}

/* One by its id, in its own turn. */
static struct municipal_case *now(const char *name)
{
    struct workset *w = begin();

    (void)case_want(w, job, world_id(name), false);
    (void)found_by(w);
    struct municipal_case *c = case_found(w, job);
    assert_non_null(c);
    return c;
}

static bool is_case(const struct municipal_case *c, const char *name)
{
    return uuid_compare(c->id, world_id(name)) == 0;
}

/* --- reading ------------------------------------------------------------------------------------------------------------- */
static void test_a_case_is_read_whole(void **state)
{
    const struct municipal_case *c = now(WAITING);

    (void)state;
    assert_int_equal(c->state, CASE_PROPOSED);
    assert_string_equal(c->register_number, "20/00.01.05/2026");
    assert_int_equal(c->total_cents, 401052);
    assert_int_equal(c->applied_cents, 700);
    assert_int_equal(c->public_us, 0);
    assert_int_equal(c->text_count, 1);
    assert_int_equal(c->impact_count, 1);
    assert_int_equal(c->impacts[0].effect, IMPACT_POSITIVE);
    assert_int_equal(c->document_count, 1);
    assert_true(c->documents[0].confidential);
    assert_int_equal(c->statement_count, 2);
    const struct statement *given = case_statement(c, world_id(STATEMENT)), *asked = case_statement(c, world_id(STATEMENT_ASKED));
    assert_int_equal(given->state, STATEMENT_GIVEN);
    assert_string_equal(given->words, "x");
    assert_int_equal(asked->state, STATEMENT_REQUESTED);
    assert_true(asked->given_on == NO_DAY);
    assert_non_null(c->proposal);
    assert_int_equal(c->proposal->made_us, 0);
    assert_int_equal(c->item_count, 0);
}

static void test_where_a_case_was_handled(void **state)
{
    const struct municipal_case *c = now(DONE);

    (void)state;
    assert_int_equal(c->state, CASE_DECIDED);
    assert_int_equal(c->granted_cents, 300);
    assert_true(c->public_us > 0);
    assert_int_equal(c->item_count, 1);
    assert_int_equal(c->items[0].section, 29);
    assert_int_equal(c->items[0].outcome, OUTCOME_CHANGED);
    assert_true(c->items[0].published);
    assert_true(c->items[0].names_until != NO_DAY);
    assert_false(uuid_is_nil(c->decision_event_id));
    assert_ptr_equal(case_proposal_made(c), c->proposal);
    c = now(FIRST_UP);
    assert_string_equal(machine_state(MACHINE_MEETING, (int)c->items[0].meeting_state), "open");
    assert_true(c->items[0].names_until == NO_DAY);
    assert_int_equal(c->proposal->nomination_count, 1);
}

static void test_each_way_to_ask(void **state)
{
    struct workset *w = begin();
    const struct uuid waiting = world_id(WAITING), both[] = {world_id(WAITING), world_id(FIRST_UP)};
    const struct case_ask *ask;

    (void)state;
    (void)case_want_item(w, job, world_id(ITEM_NEXT), true);
    ask = found_by(w);
    assert_int_equal(ask->count, 1);
    assert_true(is_case(&ask->rows[0], NEXT_UP));

    w = begin();
    (void)case_want_meeting(w, job, world_id(MEETING_OPEN), &waiting, 1, true);
    ask = found_by(w);
    assert_int_equal(ask->count, 3); /* lowest id first, each with its own */
    assert_true(is_case(&ask->rows[0], FIRST_UP) && is_case(&ask->rows[1], NEXT_UP) && is_case(&ask->rows[2], WAITING));
    assert_int_equal(ask->rows[0].proposal->nomination_count, 1);
    assert_int_equal(ask->rows[1].proposal->nomination_count, 0);
    assert_int_equal(ask->rows[0].document_count + ask->rows[1].document_count, 0);
    assert_int_equal(ask->rows[2].document_count, 1);
    assert_ptr_equal(case_of(w, job, waiting), &ask->rows[2]);
    assert_null(case_of(w, job, world_id(DONE)));

    w = begin();
    (void)case_want_meeting(w, job, world_id(MEETING_OPEN), both, 2, false); /* one of them is on the agenda: once */
    assert_int_equal(found_by(w)->count, 3);

    w = begin();
    (void)case_want_share(w, job, world_id(SHARE_DONE));
    assert_true(is_case(&found_by(w)->rows[0], DONE));
    w = begin();
    (void)case_want_share(w, job, world_id(SHARE_FREE));
    assert_int_equal(found_by(w)->count, 0);
    assert_null(case_found(w, job));
}

static void test_a_document_is_read_of_its_case_alone(void **state)
{
    const struct uuid id = now(WAITING)->documents[0].id;
    struct workset *w = begin();

    (void)state;
    case_want(w, job, world_id(WAITING), false)->document_id = id;
    const struct case_ask *ask = found_by(w);
    assert_true(span_equal(ask->content, span_text("x")));
    assert_non_null(ask->document);
    w = begin();
    case_want(w, job, world_id(DONE), false)->document_id = id;
    assert_null(found_by(w)->document);
}

/* --- pages --------------------------------------------------------------------------------------------------------------- */
static size_t page_for(const char *reader, uint32_t offices, bool all, int of_state)
{
    struct workset *w = begin();
    struct case_ask *ask = case_want_page(w, job, world_id(TOWN), (struct uuid){{0}}, 10);

    ask->reader = world_id(reader);
    ask->offices = offices;
    ask->all = all;
    ask->state = of_state;
    return found_by(w)->count;
}

static void test_pages_hide_what_is_not_public(void **state)
{
    (void)state;
    assert_int_equal(page_for(SOMEBODY, 0, false, 0), 3); /* WAITING was on no agenda */
    assert_int_equal(page_for(SECRETARY, 1U << OFFICE_SECRETARY, false, 0), 4);
    assert_int_equal(page_for(SECRETARY, 1U << OFFICE_PREPARER, false, 0), 3); /* the office without its role is none */
    assert_int_equal(page_for(SOMEBODY, 1U << OFFICE_SECRETARY, false, 0), 3); /* nor the role without the office */
    assert_int_equal(page_for(SOMEBODY, 0, true, 0), 4);
    assert_int_equal(page_for(SOMEBODY, 0, true, CASE_ON_AGENDA), 2);
}

static void test_pages_follow_one_another(void **state)
{
    struct workset *w = begin();
    struct case_ask *ask = case_want_page(w, job, world_id(TOWN), (struct uuid){{0}}, 2);

    (void)state;
    ask->all = true;
    (void)found_by(w);
    assert_int_equal(ask->count, 2);
    assert_true(is_case(&ask->rows[0], WAITING) && is_case(&ask->rows[1], NEXT_UP)); /* newest first */
    assert_non_null(ask->rows[0].proposal);
    assert_int_equal(ask->rows[1].item_count, 1);
    assert_int_equal(ask->rows[0].text_count, 0); /* goes without */
    const struct uuid after = ask->rows[1].id;
    w = begin();
    ask = case_want_page(w, job, world_id(TOWN), after, 2);
    ask->all = true;
    (void)found_by(w);
    assert_true(ask->count == 2 && is_case(&ask->rows[0], FIRST_UP) && is_case(&ask->rows[1], DONE));
    w = begin();
    ask = case_want_owner(w, job, world_id(SOMEBODY), world_id(FIRST_UP), 5);
    (void)found_by(w);
    assert_true(ask->count == 1 && is_case(&ask->rows[0], DONE));
}

/* --- saving -------------------------------------------------------------------------------------------------------------- */
static void test_what_is_saved_is_read_again(void **state)
{
    struct workset *w = begin();
    struct case_preparer preparers[] = {{"kehitysjohtaja", "Kauko Kehittäjä"}, {"sihteeri", ""}};
    struct case_text texts[] = {{TEXT_BACKGROUND, "Tausta", "a", false}, {TEXT_GOALS, "", "- b", true}};
    struct case_impact impacts[] = {{2, IMPACT_NEGATIVE, "vähentää"}};

    (void)state;
    (void)case_want(w, job, world_id(WAITING), true);
    turn_load(w, db);
    struct municipal_case *c = case_found(w, job);
    c->title = "uusi otsikko";
    c->preparers = preparers;
    c->preparer_count = 2;
    c->texts = texts;
    c->text_count = 2;
    c->impacts = impacts;
    c->impact_count = 1;
    c->version++;
    case_put(w, c);
    c->state = CASE_IN_PREPARATION;
    case_move(w, c, "täydennetään", world_id(SECRETARY));
    turn_save(w, db);
    c = now(WAITING);
    assert_string_equal(c->title, "uusi otsikko");
    assert_int_equal(c->version, 2);
    assert_int_equal(c->state, CASE_IN_PREPARATION);
    assert_string_equal(c->preparers[0].name, "Kauko Kehittäjä");
    assert_string_equal(c->preparers[1].title, "sihteeri");
    assert_true(c->texts[1].confidential && !c->texts[0].confidential);
    assert_int_equal(c->impact_count, 1);
    assert_string_equal(c->impacts[0].remark, "vähentää");
    assert_string_equal(kit_sql(pg, "select why || ' ' || actor from funding.move where subject = " WAITING " order by n desc limit 1"),
                        "täydennetään 00000000-0000-8000-8000-000000000105");
}

static void test_statements_and_documents(void **state)
{
    struct workset *w = begin();
    const struct span content = span_text("lausunto");
    const struct hash hash = hash_sha256(&content, 1);
    struct case_document document = {
        .id = uuid_v7(time_now_us()), .n = 2, .kind = DOCUMENT_STATEMENT, .title = "Lausunto", .name = "l.txt"};

    (void)state;
    (void)case_want(w, job, world_id(WAITING), true);
    turn_load(w, db);
    struct municipal_case *c = case_found(w, job);
    struct statement referred = *case_statement(c, world_id(STATEMENT_ASKED));
    referred.state = STATEMENT_REFERRED;
    referred.words = "ei meidän";
    referred.given_on = 20500;
    referred.referred_to = "opetuspalvelut";
    const struct statement next = {.id = uuid_v7(time_now_us()),
                                   .follows_id = referred.id,
                                   .asked = "opetuspalvelut",
                                   .person_id = world_id(CHAIR),
                                   .words_asked = "x",
                                   .due_on = 20600,
                                   .state = STATEMENT_REQUESTED,
                                   .words = "",
                                   .given_on = NO_DAY,
                                   .referred_to = "",
                                   .requested_us = w->now_us};
    memcpy(document.sha256, hash.b, sizeof document.sha256);
    document.media_type = "text/plain";
    document.ground = "";
    document.added_by = world_id(SECRETARY);
    document.added_us = w->now_us;
    c->version++;
    statement_put(w, c, &referred, "referred", world_id(SECRETARY));
    statement_add(w, c, &next, "named", world_id(SECRETARY));
    case_document_add(w, c, &document, content);
    turn_save(w, db);
    c = now(WAITING);
    assert_int_equal(c->version, 2);
    assert_int_equal(c->statement_count, 3);
    assert_int_equal(case_statement(c, referred.id)->given_on, 20500);
    assert_string_equal(case_statement(c, referred.id)->referred_to, "opetuspalvelut");
    assert_int_equal(uuid_compare(case_statement(c, next.id)->follows_id, referred.id), 0);
    assert_int_equal(uuid_compare(case_statement(c, next.id)->person_id, world_id(CHAIR)), 0);
    assert_int_equal(c->document_count, 2);
    assert_int_equal(c->documents[1].size, 8);
    assert_memory_equal(c->documents[1].sha256, hash.b, sizeof hash.b);
}

static void test_a_proposal_is_saved_anew_until_it_is_made(void **state)
{
    struct nomination nominations[] = {{.body = "ohjausryhmä", .role = NOMINEE_DEPUTY, .title = "rehtori", .name = "", .person_id = {{0}}},
                                       {.body = "ohjausryhmä", .role = NOMINEE_MEMBER, .title = "", .name = "Kaisa Kasvatus"}};
    struct workset *w = begin();

    (void)state;
    nominations[1].person_id = world_id(CHAIR);
    (void)case_want(w, job, world_id(WAITING), true);
    turn_load(w, db);
    struct municipal_case *c = case_found(w, job);
    struct board_proposal proposal = *c->proposal;
    proposal.words = "Osallistutaan.";
    proposal.cents = 0;
    proposal.nominations = nominations;
    proposal.nomination_count = 2;
    c->version++;
    proposal_put(w, c, &proposal);
    turn_save(w, db);
    c = now(WAITING);
    assert_int_equal(c->proposal_count, 1);
    assert_string_equal(c->proposal->words, "Osallistutaan.");
    assert_int_equal(c->proposal->nomination_count, 2);
    assert_int_equal(c->proposal->nominations[0].role, NOMINEE_DEPUTY);
    assert_true(uuid_is_nil(c->proposal->nominations[0].person_id));
    assert_int_equal(uuid_compare(c->proposal->nominations[1].person_id, world_id(CHAIR)), 0);

    /* On a public agenda, as the meeting's part of the same transaction says. */
    (void)kit_sql(pg, "set search_path = funding; set session_replication_role = replica; insert into item (id, meeting_id, board_id, "
                      "case_id, proposal_id, title, place) select gen_random_uuid(), m.id, m.board_id, " WAITING ", " PROPOSED_WAITS
                      ", 'x', 1 from meeting m where m.id = " MEETING_PLANNED "; update meeting set state = 2, summoned_at = now() "
                      "where id = " MEETING_PLANNED "; set session_replication_role = origin");
    w = begin();
    (void)case_want(w, job, world_id(WAITING), true);
    turn_load(w, db);
    proposal_made(w, proposal.id, w->now_us);
    turn_save(w, db);
    c = now(WAITING);
    assert_true(c->proposal->made_us > 0);
    w = begin();
    (void)case_want(w, job, world_id(WAITING), true);
    turn_load(w, db);
    proposal_put(w, c, &proposal); /* the same id: it was made */
    assert_int_not_equal(turn_try(w, db), ERR_OK);
    w = begin();
    (void)case_want(w, job, world_id(WAITING), true);
    turn_load(w, db);
    proposal.id = uuid_v7(w->now_us);
    proposal.saved_us = w->now_us;
    proposal_put(w, c, &proposal);
    turn_save(w, db);
    c = now(WAITING);
    assert_int_equal(c->proposal_count, 2);
    assert_int_equal(uuid_compare(c->proposal->id, proposal.id), 0);
    assert_ptr_equal(case_proposal_made(c), &c->proposals[0]);
}

/* --- holding ------------------------------------------------------------------------------------------------------------- */
static void *take_case(void *done)
{
    struct db *own = world_connect(pg);
    struct arena *memory = arena_new(1 << 14);
    struct workset *w = workset_new(memory, time_now_us(), NULL);
    struct job *other = turn_job(memory);

    (void)case_want(w, other, world_id(WAITING), true);
    turn_load(w, own);
    *(int64_t *)done = case_found(w, other)->version;
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

static void test_whoever_holds_it_is_waited_for(void **state)
{
    struct workset *w = begin();
    int64_t seen = 0;
    pthread_t thread;

    (void)state;
    (void)case_want(w, job, world_id(WAITING), true);
    turn_load(w, db);
    assert_int_equal(pthread_create(&thread, NULL, take_case, &seen), 0);
    assert_true(kit_wait_until(somebody_waits, NULL, KIT_PATIENCE_MS));
    struct municipal_case *c = case_found(w, job);
    c->version = 7;
    case_touch(w, c);
    turn_save(w, db);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(seen, 7); /* what was saved, not what stood there before */
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
        cmocka_unit_test_setup(test_a_case_is_read_whole, fill),
        cmocka_unit_test_setup(test_where_a_case_was_handled, fill), /* the chain, with what is published */
        cmocka_unit_test_setup(test_each_way_to_ask, fill),          /* by item, meeting and ids, share */
        cmocka_unit_test_setup(test_a_document_is_read_of_its_case_alone, fill),
        cmocka_unit_test_setup(test_pages_hide_what_is_not_public, fill), /* role and office both, or an admin */
        cmocka_unit_test_setup(test_pages_follow_one_another, fill),
        cmocka_unit_test_setup(test_what_is_saved_is_read_again, fill),
        cmocka_unit_test_setup(test_statements_and_documents, fill),
        cmocka_unit_test_setup(test_a_proposal_is_saved_anew_until_it_is_made, fill), /* then another one beside it */
        cmocka_unit_test_setup(test_whoever_holds_it_is_waited_for, fill),
    };
    return cmocka_run_group_tests(tests, setup, stop);
}
