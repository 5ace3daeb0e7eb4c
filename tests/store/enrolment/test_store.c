/* The store of enrolment on a real PostgreSQL: the nets in the database, the hot path's rows, the lock between two connections,
 * and plans that go by the index from the first row on. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/enrolment/domain/allocation.h"
#include "services/enrolment/domain/place.h"
#include "services/enrolment/domain/promotion.h"
#include "services/enrolment/store/statements.h"
#include "services/enrolment/store/store.h"
#include "tests/support/kit.h"

extern const struct db_schema enrolment_schema;

static struct kit_pg *pg;

#define PROGRAMME      "00000001-0000-8000-8000-000000000001"
#define IMPLEMENTATION "00000002-0000-8000-8000-000000000001"

static struct uuid id_of(const char *text)
{
    struct uuid id = {{0}};
    assert_true(uuid_parse(&id, span_text(text)));
    return id;
}

static struct uuid person_of(unsigned number)
{
    char text[UUID_TEXT];
    (void)snprintf(text, sizeof text, "00000003-0000-8000-8000-%012u", number);
    return id_of(text);
}

static struct db *connect_as_service(void)
{
    const struct db_config config = {
        .conninfo = kit_pg_conninfo(pg, "hv_enrolment"), .schema = "enrolment", .application_name = "test", .statement_timeout_ms = 10000};
    struct db *db = NULL;
    assert_int_equal(db_open(&db, &config, kit_log()), ERR_OK);
    return db;
}

/* A programme of one implementation with three seats and a cap of two, and forty people. */
static int fill(void **state)
{
    char head[2 * HASH_SIZE + 1];
    const struct hash start = chain_start(id_of(IMPLEMENTATION));
    (void)state;
    for (size_t i = 0; i < HASH_SIZE; i++)
        (void)snprintf(head + 2 * i, 3, "%02x", start.b[i]);
    (void)kit_sql(pg, "truncate enrolment.programme, enrolment.person cascade");
    (void)kit_sql(pg, "insert into enrolment.programme (id, code, title_fi, title_sv, title_en, credits_tenths, cap, reply_hours)"
                      " values ('" PROGRAMME "', 'p', 'P', '', '', 50, 2, 24)");
    (void)kit_sql(
        pg,
        "insert into enrolment.implementation (id, programme_id, code, ordinal, organiser_fi, organiser_sv, organiser_en, title_fi,"
        " title_sv, title_en, audience_fi, audience_sv, audience_en, places, region, mode, capacity, waiting_cap, chain_head)"
        " values ('" IMPLEMENTATION "', '" PROGRAMME "', 'i', 1, 'O', '', '', 'T', '', '', '', '', '', '{Kuopio,Joensuu}', 'r', 1, 3, 4,"
        " '\\x%s')",
        head);
    (void)kit_sql(
        pg, "insert into enrolment.person select ('00000003-0000-8000-8000-' || lpad(g::text, 12, '0'))::uuid, 'N', 'n@example.fi', 'fi',"
            " 'teacher', 'basic', 'state', '', '' from generate_series(1, 40) g");
    return 0;
}

/* --- one enrolment through the store, as the worker does it ------------------------------------------------------------------------ */

struct hand {
    struct arena *arena;
    struct db *db;
    struct workset *w;
};

static struct hand hand_open(void)
{
    struct hand h = {.arena = arena_new(1 << 16), .db = connect_as_service()};
    h.w = workset_new(h.arena, time_now_us(), NULL, NULL);
    return h;
}

static void hand_close(struct hand *h)
{
    db_close(h->db);
    arena_free(h->arena);
}

static void hand_load(struct hand *h, unsigned person, const char *key)
{
    workset_lock_programme(h->w, id_of(PROGRAMME));
    workset_want_person(h->w, person_of(person));
    workset_want_active(h->w, person_of(person), id_of(PROGRAMME));
    workset_want_key(h->w, person_of(person), span_text(key));
    db_begin(h->db, DB_READ_WRITE);
    assert_int_equal(store_load(h->w, h->db), ERR_OK);
}

static struct registration *hand_enrol(struct hand *h, unsigned person, const char *key)
{
    struct implementation *i = workset_implementation(h->w, id_of(IMPLEMENTATION));
    struct registration *r = arena_alloc(h->arena, sizeof *r);
    assert_non_null(i);
    r->id = uuid_v7(h->w->now_us);
    r->person = r->caller = person_of(person);
    r->received_us = h->w->now_us - 1;
    workset_salt(h->w, r->salt);
    place_give(i, r, allocation_decide(i) == ALLOCATION_SEAT ? REGISTRATION_SEATED : REGISTRATION_QUEUED, h->w->now_us);
    workset_registered(h->w, r, span_text(key), chain_start(r->id));
    return r;
}

static enum err hand_save(struct hand *h)
{
    store_save(h->w, h->db);
    return db_commit(h->db);
}

static void enrol_alone(unsigned person, const char *key)
{
    struct hand h = hand_open();
    hand_load(&h, person, key);
    (void)hand_enrol(&h, person, key);
    assert_int_equal(hand_save(&h), ERR_OK);
    hand_close(&h);
}

static void test_hot_path(void **state)
{
    struct hand h = hand_open();
    (void)state;
    for (unsigned i = 1; i <= 5; i++)
        workset_want_person(h.w, person_of(i));
    hand_load(&h, 1, "k1");
    assert_null(workset_key(h.w, person_of(1), span_text("k1"))->registration);
    assert_null(workset_active(h.w, person_of(1), id_of(PROGRAMME)));
    assert_string_equal(workset_implementation(h.w, id_of(IMPLEMENTATION))->places, "Kuopio\nJoensuu");
    for (unsigned i = 1; i <= 5; i++) {
        const struct registration *r = hand_enrol(&h, i, "k1");
        assert_ptr_equal(workset_active(h.w, person_of(i), id_of(PROGRAMME)), r);
    }
    assert_int_equal(hand_save(&h), ERR_OK);
    assert_string_equal(kit_sql(pg, "select string_agg(order_no || ':' || state, ' ' order by order_no) from enrolment.registration"),
                        "1:1 2:1 3:2 4:2 5:2");
    assert_string_equal(kit_sql(pg, "select concat_ws(' ', taken, waiting, last_order) from enrolment.programme"), "2 3 5");
    assert_string_equal(kit_sql(pg, "select concat_ws(' ', taken, waiting, last_order, chain_n) from enrolment.implementation"), "2 3 5 5");
    hand_close(&h);

    h = hand_open();
    workset_see_registration(h.w, id_of(kit_sql(pg, "select id from enrolment.registration where order_no = 4")));
    hand_load(&h, 4, "k1");
    const struct key_want *found = workset_key(h.w, person_of(4), span_text("k1"));
    assert_int_equal(found->registration->order_no, 4);
    assert_int_equal(found->registration->position, 2);
    const struct hash expected = chain_start(found->registration->id);
    assert_true(hash_equal(&found->request_hash, &expected));
    assert_ptr_equal(workset_active(h.w, person_of(4), id_of(PROGRAMME)), found->registration); /* one copy of each row */
    assert_int_equal(found->registration->created_us, found->registration->received_us + 1);    /* no microsecond is lost */
    db_rollback(h.db);
    hand_close(&h);
}

/* The first to cancel and the two promotions it may cause: loaded in order of enrolment, only as many as can be promoted. */
static void test_queue_at_hand(void **state)
{
    struct implementation *where = NULL;
    (void)state;
    for (unsigned i = 1; i <= 5; i++)
        enrol_alone(i, "k");
    struct hand h = hand_open();
    workset_lock_of_registration(h.w, id_of(kit_sql(pg, "select id from enrolment.registration where order_no = 1")));
    workset_want_promotions(h.w, 2);
    db_begin(h.db, DB_READ_WRITE);
    assert_int_equal(store_load(h.w, h.db), ERR_OK);
    struct implementation *i = workset_implementation(h.w, id_of(IMPLEMENTATION));
    assert_int_equal(i->queue_first->order_no, 3);
    assert_int_equal(i->queue_last->order_no, 4);
    struct registration *first = workset_registration(h.w, id_of(kit_sql(pg, "select id from enrolment.registration where order_no = 1")));
    struct move move = place_move(i, first, REGISTRATION_CANCELLED, h.w->now_us);
    workset_moved(h.w, first, &move);
    struct registration *next = promotion_next(i->programme, &where);
    move = place_move(i, next, REGISTRATION_SEATED, h.w->now_us);
    workset_moved(h.w, next, &move);
    assert_int_equal(hand_save(&h), ERR_OK);
    assert_string_equal(kit_sql(pg, "select string_agg(order_no || ':' || state, ' ' order by order_no) from enrolment.registration"),
                        "1:3 2:1 3:1 4:2 5:2");
    assert_string_equal(
        kit_sql(pg, "select string_agg(concat_ws('', n, from_state, to_state), ' ' order by n) from enrolment.registration_move"),
        "613 721");
    hand_close(&h);
}

static struct due found_due(struct uuid after)
{
    struct hand h = hand_open();
    struct due due;

    db_begin(h.db, DB_READ_WRITE);
    assert_int_equal(store_find_due(h.db, h.arena, time_now_us(), after, &due), ERR_OK);
    db_rollback(h.db);
    hand_close(&h);
    return due;
}

/* More programmes than one look gives: the next look goes on where it ended, and round. */
static void test_due_in_turn(void **state)
{
    (void)state;
    (void)kit_sql(pg, "insert into enrolment.programme (id, code, title_fi, title_sv, title_en, credits_tenths, cap, reply_hours) select"
                      " ('00000009-0000-8000-8000-' || lpad(n::text, 12, '0'))::uuid, 'due-' || n, '', '', '', 0, 1, 0"
                      " from generate_series(1, 70) n");
    (void)kit_sql(pg, "update enrolment.application_window set opened_told = true, closed_told = true");
    (void)kit_sql(pg, "insert into enrolment.application_window (id, programme_id, opens_at, closes_at) select gen_random_uuid(), id,"
                      " now() - interval '1 hour', now() + interval '1 hour' from enrolment.programme where code like 'due-%%'");
    const struct due first = found_due((struct uuid){{0}}), second = found_due(first.programmes[DUE_MAX - 1]);
    assert_int_equal(first.count, DUE_MAX);
    assert_int_equal(second.count, DUE_MAX);
    for (size_t i = 1; i < DUE_MAX; i++)
        assert_true(uuid_compare(first.programmes[i - 1], first.programmes[i]) < 0);
    assert_true(uuid_compare(first.programmes[DUE_MAX - 1], second.programmes[0]) < 0);
    assert_int_equal(uuid_compare(second.programmes[20], first.programmes[0]), 0); /* seventy of them: round after twenty more */
    (void)kit_sql(pg, "delete from enrolment.application_window w using enrolment.programme p where p.id = w.programme_id and p.code like"
                      " 'due-%%'");
    (void)kit_sql(pg, "delete from enrolment.programme where code like 'due-%%'");
}

/* What a tick loads: the seats whose time ran out (and the two seconds of grace), and as many who wait as they are. */
static void test_due_at_hand(void **state)
{
    (void)state;
    for (unsigned i = 1; i <= 5; i++)
        enrol_alone(i, "k");
    (void)kit_sql(pg,
                  "update enrolment.registration set state = 4, reply_due = now() - interval '1 second' * (4 - order_no) where state = 1");
    (void)kit_sql(pg, "update enrolment.implementation set held = 2");
    (void)kit_sql(pg, "update enrolment.programme set held = 2");
    (void)kit_sql(pg, "update enrolment.application_window set opened_told = true");
    const struct due due = found_due((struct uuid){{0}});
    assert_int_equal(due.count, 1); /* once, for all that is due of it */
    assert_int_equal(uuid_compare(due.programmes[0], id_of(PROGRAMME)), 0);
    struct hand h = hand_open();
    workset_lock_due(h.w, due.programmes[0]);
    db_begin(h.db, DB_READ_WRITE);
    assert_int_equal(store_load(h.w, h.db), ERR_OK);
    assert_int_equal(h.w->lapsed_count, 2); /* three seconds ago, and two: the first moment after the grace */
    assert_int_equal(h.w->lapsed[0]->order_no, 1);
    uint32_t waiting = 0;
    for (const struct registration *r = workset_implementation(h.w, id_of(IMPLEMENTATION))->queue_first; r != NULL; r = r->queue_next)
        assert_int_equal(r->order_no, 3 + waiting++);
    assert_int_equal(waiting, 2);
    db_rollback(h.db);
    hand_close(&h);
    (void)kit_sql(pg, "update enrolment.registration set reply_due = now() where state = 4");
    assert_int_equal(found_due((struct uuid){{0}}).count, 0); /* within the grace nothing is */
}

/* Who gives a place up and comes again at once, in one batch: no reason to run the batch of everybody else again. */
static void test_back_in_one_batch(void **state)
{
    (void)state;
    enrol_alone(1, "k");
    struct hand h = hand_open();
    workset_lock_of_registration(h.w, id_of(kit_sql(pg, "select id from enrolment.registration where order_no = 1")));
    hand_load(&h, 1, "k2");
    struct registration *first = workset_active(h.w, person_of(1), id_of(PROGRAMME));
    assert_non_null(first);
    const struct move move = place_move(workset_implementation(h.w, id_of(IMPLEMENTATION)), first, REGISTRATION_CANCELLED, h.w->now_us);
    workset_moved(h.w, first, &move);
    assert_null(workset_active(h.w, person_of(1), id_of(PROGRAMME)));
    (void)hand_enrol(&h, 1, "k2");
    assert_int_equal(hand_save(&h), ERR_OK);
    assert_string_equal(kit_sql(pg, "select string_agg(order_no || ':' || state, ' ' order by order_no) from enrolment.registration"),
                        "1:3 2:1");
    hand_close(&h);
}

/* A programme is found under the code it has, not under the one it had before an edit of the same batch. */
static void test_renamed_in_one_batch(void **state)
{
    struct hand h = hand_open();
    (void)state;
    hand_load(&h, 1, "k");
    struct programme *p = workset_programme(h.w, id_of(PROGRAMME));
    const char *was = p->code;
    assert_ptr_equal(workset_programme_coded(h.w, was), p);
    p->code = "renamed";
    workset_hold_programme(h.w, p);
    assert_ptr_equal(workset_programme_coded(h.w, "renamed"), p);
    assert_null(workset_programme_coded(h.w, was));
    db_rollback(h.db);
    hand_close(&h);
}

static void test_failed_batch_leaves_nothing(void **state)
{
    struct hand h = hand_open();
    (void)state;
    hand_load(&h, 1, "k");
    (void)hand_enrol(&h, 1, "k");
    workset_registered(h.w, hand_enrol(&h, 2, "k2"), span_text("k2"), chain_start(id_of(PROGRAMME))); /* the same row twice */
    assert_int_equal(hand_save(&h), ERR_CONFLICT);
    db_rollback(h.db);
    assert_int_equal(kit_sql_int(pg, "select count(*) from enrolment.registration"), 0);
    assert_int_equal(kit_sql_int(pg, "select last_order from enrolment.programme"), 0);
    hand_close(&h);
}

/* --- two connections ------------------------------------------------------------------------------------------------------------------ */

struct second {
    struct hand hand;
    int64_t loaded_us;
};

static void *second_load(void *arg)
{
    struct second *s = arg;
    hand_load(&s->hand, 2, "k");
    s->loaded_us = time_steady_us();
    return NULL;
}

static void test_lock(void **state)
{
    struct hand first = hand_open();
    struct second second = {.hand = hand_open()};
    pthread_t thread;
    (void)state;
    hand_load(&first, 1, "k");
    (void)hand_enrol(&first, 1, "k");
    assert_int_equal(pthread_create(&thread, NULL, second_load, &second), 0);
    kit_sleep_ms(200);
    const int64_t committed_us = time_steady_us();
    assert_int_equal(hand_save(&first), ERR_OK);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(second.loaded_us > committed_us); /* it waited for the lock, */
    const struct implementation *i = workset_implementation(second.hand.w, id_of(IMPLEMENTATION));
    assert_int_equal(i->last_order, 1); /* and what it read after it is what the first committed */
    assert_int_equal(i->programme->taken, 1);
    (void)hand_enrol(&second.hand, 2, "k");
    assert_int_equal(hand_save(&second.hand), ERR_OK);
    assert_int_equal(kit_sql_int(pg, "select max(order_no) from enrolment.registration"), 2);
    hand_close(&first);
    hand_close(&second.hand);
}

/* --- the nets --------------------------------------------------------------------------------------------------------------------------
 */

static void test_nets(void **state)
{
    static const struct {
        const char *sql, *constraint;
        enum err err;
    } rows[] = {
        {"update programme set taken = cap + 1", "programme_not_oversold", ERR_INTERNAL},
        {"update programme set taken = -1", "programme_held", ERR_INTERNAL},
        {"update programme set cap = 0", "programme_not_oversold", ERR_INTERNAL},
        {"update programme set reserved = cap", "programme_not_oversold", ERR_INTERNAL},
        {"update programme set held = taken + 1", "programme_held", ERR_INTERNAL},
        {"update implementation set taken = capacity + 1", "implementation_not_oversold", ERR_INTERNAL},
        {"update implementation set reserved = capacity", "implementation_not_oversold", ERR_INTERNAL},
        {"update implementation set held = -1", "implementation_held", ERR_INTERNAL},
        {"update implementation set given_up = -1", "implementation_given_up_check", ERR_INTERNAL},
        {"update implementation set waiting = waiting_cap + 1", "implementation_queue_not_overfull", ERR_INTERNAL},
        {"update registration set order_no = 1, chain_n = 9", "registration_order", ERR_CONFLICT},
        {"update registration set person_id = '00000003-0000-8000-8000-000000000001'", "registration_active", ERR_CONFLICT},
        {"update registration set caller = '00000003-0000-8000-8000-000000000001'", "registration_key", ERR_CONFLICT},
        {"update registration set person_id = gen_random_uuid() where order_no = 1", "registration_person_id_fkey", ERR_CONFLICT},
        {"update registration set programme_id = gen_random_uuid()", "registration_implementation_id_programme_id_fkey", ERR_CONFLICT},
        {"update registration set idempotency_key = ''", "registration_idempotency_key_check", ERR_INTERNAL},
        {"update registration set state = 7", "registration_state_check", ERR_INTERNAL},
        {"update registration set state = 4, reply_due = null", "registration_due", ERR_INTERNAL},
        {"update registration set first_state = 5", "registration_first_state_check", ERR_INTERNAL},
        {"update registration set person_id = null", "registration_forgotten", ERR_INTERNAL},
        {"update registration set chain_n = order_no - 1", "registration_check", ERR_INTERNAL},
        {"delete from person", "registration_person_id_fkey", ERR_CONFLICT},
        {"insert into application_window values (gen_random_uuid(), '" PROGRAMME "', now(), now())", "window_not_empty", ERR_INTERNAL},
        {"insert into registration_move values ('" IMPLEMENTATION
         "', 2, gen_random_uuid(), 1, 3, now(), null, '', sha256('')), ('" IMPLEMENTATION
         "', 2, gen_random_uuid(), 1, 3, now(), null, '', sha256(''))",
         "registration_move_pkey", ERR_CONFLICT},
    };
    struct db *db = connect_as_service();
    (void)state;
    enrol_alone(1, "k");
    enrol_alone(2, "k");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const enum err err = db_script(db, rows[i].sql);
        if (err != rows[i].err || strcmp(db_constraint(db), rows[i].constraint) != 0)
            fail_msg("%s: %d %s", rows[i].sql, (int)err, db_constraint(db));
    }
    assert_int_equal(kit_sql_int(pg, "select count(*) from enrolment.registration where state = 1"), 2);
    db_close(db);
}

/* --- plans -------------------------------------------------------------------------------------------------------------------------------
 */

/* On a connection as the service has it, so with its settings. */
static void no_scan(struct db *db, const struct db_stmt *stmt, const char *arguments)
{
    char script[6000];
    const int len = snprintf(script, sizeof script,
                             "deallocate all; prepare q as %s; do $x$ declare l text; begin for l in execute 'explain execute q(%s)' loop"
                             " if l ~ 'Seq Scan on (registration|person)|Hash Join|Merge Join' then raise exception '%%', l;"
                             " end if; end loop; end $x$",
                             stmt->sql, arguments);
    assert_true(len > 0 && (size_t)len < sizeof script);
    if (db_script(db, script) != ERR_OK)
        fail_msg("%s: %s", stmt->name, db_message(db));
}

static void no_scans(void)
{
    struct db *db = connect_as_service();

    no_scan(db, &LOAD_PERSONS, "null");
    no_scan(db, &LOAD_ACTIVE, "null, null");
    no_scan(db, &LOAD_KEYS, "null, null");
    no_scan(db, &LOAD_REGISTRATIONS, "null");
    no_scan(db, &LOCK_PERSONS, "null");
    no_scan(db, &LOCK_PROGRAMMES, "null, null, null, null");
    no_scan(db, &LOAD_IMPLEMENTATIONS, "null, null, null, null");
    no_scan(db, &LOAD_QUEUES, "null, null, null, null, 5");
    no_scan(db, &FIND_DUE, "now(), null, 50");
    no_scan(db, &LOAD_LAPSED, "now(), null");
    no_scan(db, &LOAD_QUEUES_DUE, "now(), null");
    no_scan(db, &SET_REGISTRATIONS, "null, null, null, null, null, null, null");
    no_scan(db, &LIST_REGISTRATIONS, "null, 0, 0, 10");
    no_scan(db, &LIST_WHOLE, "null, 0, 0, 10");
    no_scan(db, &LIST_REFUSALS, "null, null, null, null, 10");
    no_scan(db, &LIST_MINE, "null, 10");
    no_scan(db, &LIST_HISTORY, "null, 10");
    no_scan(db, &LIST_CHAIN, "null, 0, 10");
    no_scan(db, &LIST_LAST_SEATED, "null, 10");
    no_scan(db, &LIST_TEAM, "null");
    db_close(db);
}

/* The worst times to make a plan that is kept until the next analysis: tables all but empty and never analysed; and a few rows,
 * analysed, as on the evening before a window opens. */
static void test_plans(void **state)
{
    (void)state;
    no_scans();
    for (unsigned i = 1; i <= 5; i++)
        enrol_alone(i, "k");
    (void)kit_sql(pg, "vacuum analyze");
    no_scans();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_hot_path, fill),             /* five enrolments in one batch: rows, counters, found again by key */
        cmocka_unit_test_setup(test_queue_at_hand, fill),        /* who waits is loaded in order, as many as can be promoted; moves saved */
        cmocka_unit_test_setup(test_due_in_turn, fill),          /* fifty programmes a look, and each has its turn */
        cmocka_unit_test_setup(test_due_at_hand, fill),          /* lapsed seats and who may get them, after two seconds of grace */
        cmocka_unit_test_setup(test_back_in_one_batch, fill),    /* a cancellation and a new enrolment of one person share a batch */
        cmocka_unit_test_setup(test_renamed_in_one_batch, fill), /* a code leads to the programme that has it now */
        cmocka_unit_test_setup(test_failed_batch_leaves_nothing, fill), /* one bad row takes the whole batch back */
        cmocka_unit_test_setup(test_lock, fill),                        /* the second waits, then reads what the first committed */
        cmocka_unit_test_setup(test_nets, fill),                        /* each constraint refuses by its name */
        cmocka_unit_test_setup(test_plans, fill)                        /* no plan reads a whole table of people or registrations */
    };
    pg = kit_pg_new();
    kit_pg_apply(pg, &enrolment_schema);
    const int failed = cmocka_run_group_tests_name("enrolment store", tests, NULL, NULL);
    kit_pg_free(pg);
    return failed;
}
