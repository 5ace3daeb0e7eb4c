/* Applications in the database: rows shared in a batch, versions kept and gone, rows that replace others before the state moves, and drafts
 * that lapse; with a real PostgreSQL and the service's role. */
#include "tests/store/funding/turn.h"

#include "common/base/time.h"
#include "services/funding/handler/lapse.h"
#include "services/funding/store/consortium.h"
#include "services/funding/store/supplement.h"

static struct kit_pg *pg;
static struct db *db;
static struct arena *arena;

static struct workset *begin(int64_t now_us)
{
    return workset_new(arena, now_us, NULL);
}

static struct application *take(struct workset *w, struct job *job)
{
    struct application *a = application_found(w, job);

    assert_non_null(a);
    return a;
}

static void test_shared_rows(void **state)
{
    struct workset *w = begin(time_now_us());
    struct job *one = turn_job(arena), *two = turn_job(arena), *other = turn_job(arena), *nobody = turn_job(arena);

    (void)state;
    (void)application_want(w, one, world_id(THIRD), APPLICATION_LOCK, CONTENT_NONE);
    (void)application_want(w, nobody, world_id(CALL), APPLICATION_LOCK, CONTENT_NONE);
    (void)application_want(w, two, world_id(THIRD), APPLICATION_LOCK, CONTENT_WRITTEN);
    (void)application_want(w, other, world_id(SECOND), APPLICATION_LOCK, CONTENT_NONE);
    turn_load(w, db);
    assert_ptr_equal(take(w, one), take(w, two)); /* what the first changes the second sees */
    assert_int_equal(uuid_compare(take(w, other)->id, world_id(SECOND)), 0);
    assert_null(application_found(w, nobody));
    assert_int_equal(take(w, one)->applied_cents, 400);
    assert_string_equal(take(w, one)->register_number, "4/20.01/2026");
    application_touch(w, take(w, one));
    application_touch(w, take(w, two));
    turn_save(w, db);
    assert_int_equal(kit_sql_int(pg, "select version from funding.application where id = " THIRD), 3);
    assert_int_equal(kit_sql_int(pg, "select version from funding.application where id = " SECOND), 1);
}

static void write_draft(int version)
{
    struct workset *w = begin(time_now_us());
    struct job *job = turn_job(arena);

    (void)application_want(w, job, world_id(DRAFT), APPLICATION_LOCK, CONTENT_NONE);
    turn_load(w, db);
    struct application *a = take(w, job);
    a->content = span_text(arena_printf(arena, "%d", version));
    application_save(w, a, world_id(SOMEBODY));
    assert_int_equal(a->version, version);
    turn_save(w, db);
}

static void test_versions(void **state)
{
    (void)state;
    for (int version = 2; version <= 53; version++)
        write_draft(version);
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.application_version where application_id = " DRAFT), 50);
    assert_int_equal(kit_sql_int(pg, "select min(version) from funding.application_version where application_id = " DRAFT), 4);
    /* A submission behind which drafts go on being written stays, and so do the drafts before it. */
    (void)kit_sql(pg, "update funding.application_version set kind = 2 where version = 53 and application_id = " DRAFT
                      "; update funding.application set submitted_version = 53 where id = " DRAFT);
    for (int version = 54; version <= 105; version++)
        write_draft(version);
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.application_version where application_id = " DRAFT), 49 + 1 + 50);
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.application_version where kind = 2 and application_id = " DRAFT), 1);
    struct workset *w = begin(time_now_us());
    struct job *job = turn_job(arena);
    struct application_ask *ask = application_want(w, job, world_id(DRAFT), APPLICATION_READ, CONTENT_BOTH);
    ask->versions = true;
    turn_load(w, db);
    db_rollback(db);
    assert_memory_equal(take(w, job)->content.data, "105", 3);
    assert_memory_equal(ask->submitted.data, "53", 2);
    assert_int_equal(ask->version_count, 100);
    assert_int_equal(ask->version_rows[0].version, 105);
}

/* Two partners become one, and amounts change, in a state that holds every sum: nothing is refused on the way. */
static void test_rows_replaced(void **state)
{
    struct workset *w = begin(time_now_us());
    struct job *job = turn_job(arena);
    struct partner partner = {"0245894-7", "Toimija", world_id(SOMEBODY), "Kaisa", "k@example.fi", "sv", 350};
    struct budget_line line = {COST_STAFF, "Palkat", 350};
    struct funding_share share = {SHARE_GRANT, "", 350};
    struct work_package packages[2] = {{"A", "", 20500, 20600, 100}, {"B", "", 20500, 20600, 250}};
    const struct consortium rows = {&partner, 1, &line, 1, &share, 1, packages, 2};

    (void)state;
    (void)kit_sql(pg, "update funding.application set state = 3, why = 'x', submitted_version = 1 where id = " THIRD);
    (void)application_want(w, job, world_id(THIRD), APPLICATION_LOCK, CONTENT_NONE);
    turn_load(w, db);
    struct application *a = take(w, job);
    a->content = span_text("uusi");
    a->total_cents = a->applied_cents = 350;
    application_submit(w, a, &rows, "supplemented", world_id(SOMEBODY));
    turn_save(w, db);
    assert_string_equal(
        kit_sql(pg, "select state || ' ' || partners_cents || ' ' || lines_cents || ' ' || shares_cents from funding.application "
                    "where id = " THIRD),
        "2 350 350 350");
    assert_int_equal(kit_sql_int(pg, "select kind from funding.application_version where application_id = " THIRD), VERSION_SUPPLEMENT);
    w = begin(time_now_us());
    consortium_want_call(w, job, world_id(CALL));
    turn_load(w, db);
    db_rollback(db);
    assert_int_equal(consortium_asked(w, job)->count, 3); /* the draft has none */
    const struct consortium *c = consortium_of(w, job, world_id(THIRD));
    assert_int_equal(c->partner_count, 1);
    assert_string_equal(c->partners[0].language, "sv");
    assert_int_equal(c->package_count, 2);
    assert_int_equal(c->packages[1].starts_on, 20500);
    assert_int_equal(consortium_of(w, job, world_id(FIRST))->partner_count, 2);
    assert_null(consortium_of(w, job, world_id(DRAFT)));
}

/* A sum that does not hold is refused as a whole, by the database. */
static void test_wrong_sum(void **state)
{
    struct workset *w = begin(time_now_us());
    struct job *job = turn_job(arena);
    struct partner partner = {"0245894-7", "Toimija", world_id(SOMEBODY), "Kaisa", "k@example.fi", "sv", 349};
    struct budget_line line = {COST_STAFF, "Palkat", 350};
    struct funding_share share = {SHARE_GRANT, "", 350};
    const struct consortium rows = {&partner, 1, &line, 1, &share, 1, NULL, 0};

    (void)state;
    (void)kit_sql(pg, "update funding.application set state = 3, why = 'x', submitted_version = 1 where id = " THIRD);
    (void)application_want(w, job, world_id(THIRD), APPLICATION_LOCK, CONTENT_NONE);
    turn_load(w, db);
    struct application *a = take(w, job);
    a->content = span_text("uusi");
    a->total_cents = a->applied_cents = 350;
    application_submit(w, a, &rows, "supplemented", world_id(SOMEBODY));
    workset_save(w, db);
    assert_int_not_equal(db_commit(db), ERR_OK);
    assert_string_equal(db_constraint(db), "application_partners_sum");
    db_rollback(db);
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.partner where application_id = " THIRD), 2);
}

static size_t lapse_at(int64_t now_us, int64_t closes_us)
{
    struct workset *w = begin(now_us);
    struct job *job = turn_job(arena);
    struct call call = {.id = world_id(CALL), .closes_us = closes_us};

    lapse_want(w, job, call.id);
    turn_load(w, db);
    const size_t lapsed = lapse_drafts(w, job, &call);
    turn_save(w, db);
    return lapsed;
}

static void test_lapse(void **state)
{
    const int64_t closes_us = time_now_us();

    (void)state;
    assert_int_equal(lapse_at(closes_us + APPLICATION_LAPSE_GRACE_US - 1, closes_us), 0);
    assert_int_equal(kit_sql_int(pg, "select state from funding.application where id = " DRAFT), 1);
    assert_int_equal(lapse_at(closes_us + APPLICATION_LAPSE_GRACE_US, closes_us), 1);
    assert_int_equal(kit_sql_int(pg, "select state from funding.application where id = " DRAFT), 6);
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.application where state = 2"), 2); /* nothing else moved */
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.event_log where type = 'funding.ApplicationEnded.v1'"), 1);
    assert_int_equal(lapse_at(closes_us + APPLICATION_LAPSE_GRACE_US, closes_us), 0);
}

/* Decided while it was waited for: the supplement is not waited for any more. */
static void test_supplement_ends(void **state)
{
    struct workset *w = begin(time_now_us());
    struct job *job = turn_job(arena);

    (void)state;
    (void)kit_sql(pg,
                  "update funding.application set state = 3, why = 'x' where id = " THIRD
                  "; insert into funding.supplement_request values (gen_random_uuid(), " THIRD ", now(), " SOMEBODY ", 'x', '2026-12-01')");
    (void)application_want(w, job, world_id(THIRD), APPLICATION_LOCK, CONTENT_NONE);
    supplement_want(w, job, world_id(THIRD));
    turn_load(w, db);
    const struct supplement *open = supplement_open(supplement_asked(w, job));
    assert_non_null(open);
    assert_int_equal(open->due_on, 20788); /* 1 December 2026 */
    application_move(w, take(w, job), APPLICATION_DECIDED, "x", world_id(SOMEBODY));
    turn_save(w, db);
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.supplement_request where answered_at is null"), 0);
}

static int start(void **state)
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
    arena_reset(arena);
    world_fill(pg);
    (void)kit_sql(pg, "truncate funding.event_log; delete from funding.event_stream");
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
        cmocka_unit_test_setup(test_shared_rows, fill),    /* one row an application and batch, in whatever order they were asked for */
        cmocka_unit_test_setup(test_versions, fill),       /* fifty drafts between submissions; submissions for ever */
        cmocka_unit_test_setup(test_rows_replaced, fill),  /* rows first, the state last; read again by call */
        cmocka_unit_test_setup(test_wrong_sum, fill),      /* a sum that does not hold takes the whole batch back */
        cmocka_unit_test_setup(test_lapse, fill),          /* drafts alone, after the grace, once */
        cmocka_unit_test_setup(test_supplement_ends, fill) /* with the application */
    };
    return cmocka_run_group_tests_name("funding application store", tests, start, stop);
}
