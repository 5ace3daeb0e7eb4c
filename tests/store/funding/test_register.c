/* Register numbers as the store gives them: in order within a batch, none to whoever takes none, one series beside another, by the
 * application that leads to it; and by two connections at once, without a gap and without a double. */
#include <pthread.h>
#include <stdlib.h>

#include "common/base/time.h"
#include "services/funding/store/register.h"
#include "tests/store/funding/world.h"

static struct kit_pg *pg;
static struct db *db;

struct batch {
    struct arena *arena;
    struct workset *w;
    struct job jobs[3];
};

static void begin(struct batch *b, struct db *own)
{
    *b = (struct batch){.arena = arena_new(1 << 14)};
    b->w = workset_new(b->arena, time_now_us(), NULL);
    db_begin(own, DB_READ_WRITE);
}

static void load(struct batch *b, struct db *own)
{
    assert_int_equal(workset_load(b->w, own), ERR_OK);
}

static void end(struct batch *b, struct db *own)
{
    workset_save(b->w, own);
    assert_int_equal(db_commit(own), ERR_OK);
    arena_free(b->arena);
}

static void assert_number(const char *number, int n, const char *series)
{
    char expected[64];
    (void)snprintf(expected, sizeof expected, "%d/%s/%d", n, series,
                   (int)kit_sql_int(pg, "select extract(year from now() at time zone 'Europe/Helsinki')"));
    assert_string_equal(number, expected);
}

static int last_of(const char *series)
{
    return (int)kit_sql_int(pg, "select coalesce(max(last), 0) from funding.register_series where series = '%s'", series);
}

static void test_numbers_in_order_and_none_for_nothing(void **state)
{
    struct batch b;
    (void)state;
    begin(&b, db);
    for (size_t i = 0; i < 3; i++)
        register_want(b.w, &b.jobs[i], i == 1 ? "30.05" : "20.01");
    load(&b, db);
    assert_number(register_take(b.w, "20.01"), 1, "20.01");
    assert_number(register_take(b.w, "20.01"), 2, "20.01"); /* the job of 30.05 is refused */
    end(&b, db);
    assert_int_equal(last_of("20.01"), 2);
    assert_int_equal(last_of("30.05"), 0);
    begin(&b, db);
    register_want(b.w, &b.jobs[0], "20.01");
    register_want(b.w, &b.jobs[1], "30.05");
    load(&b, db);
    assert_number(register_take(b.w, "30.05"), 1, "30.05");
    assert_number(register_take(b.w, "20.01"), 3, "20.01");
    end(&b, db);
}

static void test_the_series_of_an_applications_call(void **state)
{
    struct uuid draft;
    struct batch b;
    (void)state;
    assert_true(uuid_parse(&draft, span_text("00000000-0000-8000-8000-0000000000a4")));
    begin(&b, db);
    register_want_application(b.w, &b.jobs[0], draft);
    register_want_application(b.w, &b.jobs[1], draft); /* two jobs of one series */
    load(&b, db);
    assert_number(register_take(b.w, "20.01"), 1, "20.01");
    assert_number(register_take(b.w, "20.01"), 2, "20.01");
    end(&b, db);
}

static void test_a_batch_that_fails_takes_none(void **state)
{
    struct batch b;
    (void)state;
    begin(&b, db);
    register_want(b.w, &b.jobs[0], "20.01");
    load(&b, db);
    (void)register_take(b.w, "20.01");
    workset_save(b.w, db);
    db_rollback(db);
    arena_free(b.arena);
    assert_int_equal(last_of("20.01"), 0);
}

enum { ROUNDS = 50 };

static void *take_many(void *numbers)
{
    struct db *own = world_connect(pg);

    for (int i = 0; i < ROUNDS; i++) {
        struct batch b;
        begin(&b, own);
        register_want(b.w, &b.jobs[0], "20.01");
        register_want(b.w, &b.jobs[1], "30.05");
        load(&b, own);
        ((int *)numbers)[i] = atoi(register_take(b.w, "20.01"));
        end(&b, own);
    }
    db_close(own);
    return NULL;
}

/* Two owners of one series: each has its own numbers, and the state has its own. */
static void test_each_municipality_numbers_its_own(void **state)
{
    struct uuid towns[2];
    struct batch b;
    (void)state;
    (void)kit_sql(pg, "insert into funding.municipality (id, code, name_fi, name_sv, name_en, contact, languages, names_days, series) "
                      "values ('00000000-0000-8000-8000-00000000aa01', 'one', 'x', 'x', 'x', 'x', '{fi}', 30, '20.01'), "
                      "('00000000-0000-8000-8000-00000000aa02', 'two', 'x', 'x', 'x', 'x', '{fi}', 30, '20.01')");
    assert_true(uuid_parse(&towns[0], span_text("00000000-0000-8000-8000-00000000aa01")));
    assert_true(uuid_parse(&towns[1], span_text("00000000-0000-8000-8000-00000000aa02")));
    begin(&b, db);
    register_want_municipality(b.w, &b.jobs[0], towns[0]);
    register_want_municipality(b.w, &b.jobs[1], towns[1]);
    register_want(b.w, &b.jobs[2], "20.01");
    load(&b, db);
    assert_number(register_take_municipality(b.w, towns[0]), 1, "20.01");
    assert_number(register_take_municipality(b.w, towns[0]), 2, "20.01");
    assert_number(register_take_municipality(b.w, towns[1]), 1, "20.01");
    assert_number(register_take(b.w, "20.01"), 1, "20.01");
    end(&b, db);
    assert_int_equal(kit_sql_int(pg, "select last from funding.register_series where owner = '00000000-0000-8000-8000-00000000aa01'"), 2);
    assert_int_equal(kit_sql_int(pg, "select last from funding.register_series where owner = '00000000-0000-8000-8000-00000000aa02'"), 1);
    assert_int_equal(kit_sql_int(pg, "select last from funding.register_series where owner::text like '00000000-0000-0000%%'"), 1);
}

static void test_two_writers_leave_no_gap(void **state)
{
    int numbers[2][ROUNDS], seen[2 * ROUNDS + 1] = {0};
    pthread_t threads[2];
    (void)state;
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, take_many, numbers[i]), 0);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < ROUNDS; k++)
            seen[numbers[i][k]]++;
    for (size_t n = 1; n <= 2 * ROUNDS; n++)
        assert_int_equal(seen[n], 1);
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
        cmocka_unit_test_setup(test_numbers_in_order_and_none_for_nothing, fill),
        cmocka_unit_test_setup(test_the_series_of_an_applications_call, fill),
        cmocka_unit_test_setup(test_each_municipality_numbers_its_own, fill),
        cmocka_unit_test_setup(test_a_batch_that_fails_takes_none, fill),
        cmocka_unit_test_setup(test_two_writers_leave_no_gap, fill),
    };
    return cmocka_run_group_tests(tests, setup, stop);
}
