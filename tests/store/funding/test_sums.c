/* What may be done is done, and the sums follow; and two who grant the last euro at once: one does. What is refused: test_invariants.c. */
#include <pthread.h>

#include "tests/store/funding/world.h"

#define NEW_ID   "'00000000-0000-8000-8000-0000000000d9'"
#define NEWER_ID "'00000000-0000-8000-8000-0000000000d8'"

static struct kit_pg *pg;
static struct db *db;

/* A correction, a payment and its return. */
static void test_sums_follow(void **state)
{
    (void)state;
    world_apply(db, DECIDE_AS(NEW_ID, THEME_ONE, FIRST, DECISION, "400", "300", "100"));
    assert_string_equal(
        kit_sql(pg, "select concat_ws(' ', c.granted_cents, t.granted_cents, a.granted_cents, a.planned_cents) from funding.call c, "
                    "funding.theme t, funding.award a where t.id = " THEME_ONE),
        "400 400 400 0"); /* what was planned is cancelled: whoever corrects plans anew */
    world_apply(db, "insert into instalment (id, award_id, ordinal, cents, due_on, state, why) values (gen_random_uuid(), " FIRST
                    ", 2, 300, '2026-03-01', 1, 'x')");
    world_apply(db, DECIDE("'00000000-0000-8000-8000-0000000000d2'", THEME_TWO, THIRD, "0", "0", "0"));
    world_apply(db,
                "update instalment set state = 2, why = 'x' where ordinal = 2; update instalment set state = 3, why = 'x' where ordinal "
                "= 2; update instalment set state = 4, paid_on = '2026-03-01', why = 'x' where ordinal = 2");
    world_apply(db, "insert into recovery (id, award_id, kind, cents, reasons, due_on, state, why) values (gen_random_uuid(), " FIRST
                    ", 1, 50, 'x', '2026-09-01', 1, 'x'); update recovery set state = 2, why = 'x'; "
                    "update recovery set state = 3, paid_on = '2026-09-01', why = 'x'");
    assert_string_equal(kit_sql(pg, "select concat_ws(' ', granted_cents, planned_cents, paid_cents, returned_cents) from funding.award"),
                        "400 300 300 50");
}

/* Two decisions of one statement, each in its theme; and the instalments of both. */
#define TWO_DECISIONS(second_theme, second, third_theme, third)                                                                            \
    PRESENT(SECOND)                                                                                                                        \
    PRESENT(THIRD)                                                                                                                         \
    "insert into decision (id, call_id, theme_id, application_id, granted, cents, own_permille, purpose, use_from, use_until, reasons, "   \
    "terms, language, decided_at, decided_by, presented_by, answer_until, review_days, review_version, event_id, html, pdf, sha256) "      \
    "select n.id, d.call_id, n.theme, n.application, true, n.cents, 0, 'x', d.use_from, d.use_until, 'x', 'x', 'fi', now(), "              \
    "d.decided_by, d.presented_by, d.answer_until, 30, 'x', gen_random_uuid(), 'x', 'x', d.sha256 from decision d, (values "               \
    "(" NEW_ID "::uuid, " second_theme "::uuid, " SECOND "::uuid, " second "), (" NEWER_ID ", " third_theme ", " THIRD ", " third          \
    ")) as n (id, theme, application, cents) where d.id = " DECISION ";"                                                                   \
    "insert into decision_partner values (" NEW_ID ", 1, '0313471-7', 'x', " second "), (" NEWER_ID ", 1, '0313471-7', 'x', " third ");"   \
    "update application set state = 5, why = 'x' where state = 2;"
static void test_sums_of_many_follow(void **state)
{
    (void)state;
    world_apply(db, TWO_DECISIONS(THEME_ONE, "100", THEME_TWO, "300"));
    assert_string_equal(kit_sql(pg, "select concat_ws(' ', c.granted_cents, one.granted_cents, two.granted_cents) from funding.call c, "
                                    "funding.theme one, funding.theme two where one.id = " THEME_ONE " and two.id = " THEME_TWO),
                        "900 600 300");
    assert_string_equal(
        kit_sql(pg, "select string_agg(concat_ws(' ', from_state, to_state), ', ') from funding.move where machine = 'award'"),
        "0 1, 0 1, 0 1");
    world_apply(db, "insert into instalment (id, award_id, ordinal, cents, due_on, state, why) values "
                    "(gen_random_uuid(), " SECOND ", 1, 60, '2026-03-01', 1, 'x'), (gen_random_uuid(), " THIRD
                    ", 1, 200, '2026-03-01', 1, 'x'), "
                    "(gen_random_uuid(), " SECOND ", 2, 40, '2026-04-01', 1, 'x')");
    assert_string_equal(kit_sql(pg, "select string_agg(planned_cents::text, ' ' order by id) from funding.award"), "300 100 200");
}

/* Each of them could be granted, both cannot. */
static void test_many_are_held_to_the_cap(void **state)
{
    (void)state;
    world_apply(db, "update application set theme_id = " THEME_ONE " where id = " THIRD);
    assert_int_not_equal(db_script(db, "begin;" TWO_DECISIONS(THEME_ONE, "60", THEME_ONE, "60") "commit"), ERR_OK);
    assert_string_equal(db_constraint(db), "theme_not_overspent");
    assert_int_equal(db_script(db, "rollback"), ERR_OK);
    world_apply(db, TWO_DECISIONS(THEME_ONE, "60", THEME_ONE, "40"));
}

static void test_a_refusal_frees_the_money(void **state)
{
    (void)state;
    world_apply(db, "update instalment set state = 5, why = 'x'; update award set state = 3, why = 'x'");
    assert_string_equal(kit_sql(pg, "select concat_ws(' ', c.granted_cents, t.granted_cents, a.granted_cents) from funding.call c, "
                                    "funding.theme t, funding.award a where t.id = " THEME_ONE),
                        "0 0 0");
    world_apply(db, DECIDE(NEW_ID, THEME_ONE, SECOND, "300", "200", "100")); /* and another gets it */
}

/* --- two connections ---------------------------------------------------------------------------------------------------- */
struct granter {
    const char *sql;
    enum err err;
    char message[200];
};

static void *grant(void *argument)
{
    struct granter *g = argument;
    struct db *own = world_connect(pg);

    g->err = db_script(own, g->sql);
    (void)snprintf(g->message, sizeof g->message, "%s %s", db_message(own), db_constraint(own));
    db_close(own);
    return NULL;
}

/* The theme has 100 cents left and each of two decisions is of 100: whoever comes second is refused, though neither sees the other's rows
 * before its commit. Twenty times. */
static void test_the_last_euro_is_granted_once(void **state)
{
    (void)state;
    world_apply(db, "update application set theme_id = " THEME_ONE " where id = " THIRD);
    for (int round = 0; round < 20; round++) {
        world_fill(pg);
        (void)kit_sql(pg, "update funding.application set theme_id = " THEME_ONE " where id = " THIRD);
        struct granter granters[2] = {
            {.sql = "begin; select pg_sleep(0.005);" DECIDE("'00000000-0000-8000-8000-0000000000d2'", THEME_ONE, SECOND, "100", "50",
                                                            "50") "select pg_sleep(0.01); commit"},
            {.sql = "begin; select pg_sleep(0.005);" DECIDE("'00000000-0000-8000-8000-0000000000d3'", THEME_ONE, THIRD, "100", "50",
                                                            "50") "select pg_sleep(0.01); commit"}};
        pthread_t threads[2];
        for (size_t i = 0; i < 2; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, grant, &granters[i]), 0);
        for (size_t i = 0; i < 2; i++)
            assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal((granters[0].err == ERR_OK) + (granters[1].err == ERR_OK), 1);
        assert_non_null(strstr(granters[granters[0].err == ERR_OK ? 1 : 0].message, "theme_not_overspent"));
        assert_int_equal(kit_sql_int(pg, "select granted_cents from funding.theme where id = " THEME_ONE), 600);
        assert_int_equal(kit_sql_int(pg, "select granted_cents from funding.call"), 600);
        assert_int_equal(kit_sql_int(pg, "select sum(granted_cents) from funding.award"), 600);
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
    world_fill(pg);
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
        cmocka_unit_test_setup(test_sums_follow, fill),
        cmocka_unit_test_setup(test_sums_of_many_follow, fill),
        cmocka_unit_test_setup(test_many_are_held_to_the_cap, fill),
        cmocka_unit_test_setup(test_a_refusal_frees_the_money, fill),
        cmocka_unit_test_setup(test_the_last_euro_is_granted_once, fill),
    };
    return cmocka_run_group_tests(tests, setup, stop);
}
