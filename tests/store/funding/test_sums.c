/* What may be done is done, and the sums follow; and two who grant the last euro at once: one does. What is refused: test_invariants.c. */
#include <pthread.h>

#include "tests/store/funding/world.h"

#define NEW_ID "'00000000-0000-8000-8000-0000000000d9'"

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
        cmocka_unit_test_setup(test_a_refusal_frees_the_money, fill),
        cmocka_unit_test_setup(test_the_last_euro_is_granted_once, fill),
    };
    return cmocka_run_group_tests(tests, setup, stop);
}
