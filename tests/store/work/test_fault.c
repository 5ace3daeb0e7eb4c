/* The worker on a bad day: lost connections before and after the COMMIT, conflicts, a database that is away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/base/time.h"
#include "tests/store/work/shop.h"

static int setup(void **state)
{
    *state = shop_open(300, 100);
    return 0;
}

static int teardown(void **state)
{
    shop_close(*state);
    return 0;
}

static int64_t sold(struct shop *shop)
{
    return kit_sql_int(shop->pg, "select count(*) from test_shop.sale");
}

static void free_all(struct sale **sales, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(atomic_load(&sales[i]->answers), 1);
        sale_free(sales[i]);
    }
}

static void test_killed_before_commit(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[20];

    atomic_store(&shop->die_before, 2);
    for (uint32_t i = 0; i < 20; i++)
        sales[i] = sale_new(shop, &SHOP_SELL, "till", 1, i + 1);
    shop_submit(shop, sales, 20);
    shop_wait(shop, 20);
    for (uint32_t i = 0; i < 20; i++) {
        assert_int_equal(sales[i]->err, ERR_OK);
        assert_false(sales[i]->replayed);
        assert_int_equal(sales[i]->now, i + 1);
    }
    assert_int_equal(sold(shop), 20);
    free_all(sales, 20);
}

/* The COMMIT went through, its answer was lost: the second run finds the answers by key and changes nothing. */
static void test_killed_after_commit(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[20];

    atomic_store(&shop->die_after, 1);
    for (uint32_t i = 0; i < 20; i++)
        sales[i] = sale_new(shop, &SHOP_SELL, "till", 1, i + 1);
    shop_submit(shop, sales, 20);
    shop_wait(shop, 20);
    for (uint32_t i = 0; i < 20; i++) {
        assert_int_equal(sales[i]->err, ERR_OK);
        assert_true(sales[i]->replayed);
        assert_int_equal(sales[i]->now, i + 1);
    }
    assert_int_equal(sold(shop), 20);
    assert_int_equal(atomic_load(&shop->decided), 20);
    free_all(sales, 20);
}

static void test_a_conflict_passes(void **state)
{
    struct shop *shop = *state;
    struct sale *sale = sale_new(shop, &SHOP_SELL, "till", 5, 1);

    atomic_store(&shop->conflicts, 3);
    shop_serve(shop, sale);
    assert_int_equal(sale->err, ERR_OK);
    assert_int_equal(atomic_load(&shop->decided), 4);
    assert_int_equal(sold(shop), 1);
    free_all(&sale, 1);
}

static void test_a_conflict_that_stays_is_the_answer(void **state)
{
    struct shop *shop = *state;
    struct sale *sale = sale_new(shop, &SHOP_SELL, "till", 5, 1);

    atomic_store(&shop->conflicts, 4);
    shop_serve(shop, sale);
    assert_int_equal(sale->err, ERR_CONFLICT);
    assert_int_equal(atomic_load(&shop->conflicts), 0);
    assert_int_equal(sold(shop), 0);
    free_all(&sale, 1);
}

/* Two replicas get the same requests at the same time, as after a gateway's retry: one effect each, one answer. */
static void test_two_replicas_with_the_same_keys(void **state)
{
    enum { KEYS = 200 };
    struct shop *shop = *state;
    struct sale *here[KEYS], *there[KEYS];

    kit_sql(shop->pg, "insert into test_shop.till values ('till', 0)");
    for (uint32_t i = 0; i < KEYS; i++) {
        here[i] = sale_new(shop, &SHOP_SELL, "till", 1, i + 1);
        there[i] = sale_new(shop, &SHOP_SELL, "till", 1, i + 1);
    }
    for (uint32_t i = 0; i < KEYS; i++) {
        assert_int_equal(worker_submit(shop->writer, here[i]->job), ERR_OK);
        assert_int_equal(worker_submit(shop->other, there[i]->job), ERR_OK);
    }
    shop_wait(shop, 2 * KEYS);
    for (uint32_t i = 0; i < KEYS; i++) {
        assert_int_equal(here[i]->err, ERR_OK);
        assert_int_equal(there[i]->err, ERR_OK);
        assert_int_equal(here[i]->replayed + there[i]->replayed, 1);
        assert_int_equal(here[i]->now, there[i]->now);
    }
    assert_int_equal(sold(shop), KEYS);
    assert_int_equal(kit_sql_int(shop->pg, "select held from test_shop.till"), KEYS);
    free_all(here, KEYS);
    free_all(there, KEYS);
}

static void lock_out(struct shop *shop)
{
    kit_pg_lock_out(shop->pg, "hv_test_shop");
}

static bool is_connected(void *arg)
{
    struct shop *shop = arg;

    return worker_state(shop->writer).connected && worker_state(shop->reader).connected;
}

static bool is_cut_off(void *arg)
{
    struct shop *shop = arg;

    return !worker_state(shop->writer).connected && !worker_state(shop->reader).connected;
}

static int let_in(void **state)
{
    struct shop *shop = *state;

    kit_pg_let_in(shop->pg, "hv_test_shop");
    return kit_wait_until(is_connected, shop, KIT_PATIENCE_MS) ? 0 : -1;
}

/* The database is away for longer than the one can wait, and back in time for the other. */
static void test_the_database_is_away(void **state)
{
    struct shop *shop = *state;
    struct sale *hasty = sale_new(shop, &SHOP_SELL, "till", 1, 1), *patient = sale_new(shop, &SHOP_SELL, "till", 2, 2);
    struct sale *queued = sale_new(shop, &SHOP_SELL, "till", 4, 3);
    int64_t began_us = time_steady_us();

    lock_out(shop);
    hasty->request.deadline_us = queued->request.deadline_us = time_now_us() + 300000;
    shop_submit(shop, (struct sale *[]){hasty, patient}, 2);
    kit_sleep_ms(100);
    shop_submit(shop, &queued, 1); /* waits behind the batch that waits for the database */
    shop_wait(shop, 2);
    assert_int_equal(hasty->err, ERR_TIMEOUT);
    assert_int_equal(queued->err, ERR_TIMEOUT);
    assert_true(time_steady_us() - began_us >= 250000);
    assert_false(worker_state(shop->writer).connected);
    kit_pg_let_in(shop->pg, "hv_test_shop");
    shop_wait(shop, 3);
    assert_int_equal(patient->err, ERR_OK);
    assert_int_equal(patient->now, 2);
    assert_int_equal(sold(shop), 1);
    free_all((struct sale *[]){hasty, patient, queued}, 3);
}

static void test_a_read_survives_a_lost_connection(void **state)
{
    struct shop *shop = *state;
    struct sale *read = sale_new(shop, &SHOP_COUNT, "till", 0, 0);

    kit_sql(shop->pg, "insert into test_shop.till values ('till', 9)");
    kit_sql(shop->pg, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test/reader' and datname = '%s'",
            kit_pg_database(shop->pg));
    shop_serve(shop, read);
    assert_int_equal(read->err, ERR_OK);
    assert_int_equal(read->now, 9);
    free_all(&read, 1);
}

static void test_an_idle_worker_notices_and_returns(void **state)
{
    struct shop *shop = *state;

    assert_true(is_connected(shop));
    lock_out(shop);
    assert_true(kit_wait_until(is_cut_off, shop, KIT_PATIENCE_MS));
    kit_pg_let_in(shop->pg, "hv_test_shop");
    assert_true(kit_wait_until(is_connected, shop, KIT_PATIENCE_MS));
}

/* Without a database a worker still stops, and answers what it holds. */
static void test_stop_without_a_database(void **state)
{
    struct shop *shop = shop_open(300, 100);
    struct sale *sale = sale_new(shop, &SHOP_SELL, "till", 1, 1), *event = sale_event(shop, &SHOP_SOLD, "till", 1, 1);

    (void)state;
    lock_out(shop);
    shop_submit(shop, (struct sale *[]){sale, event}, 2);
    kit_sleep_ms(50);
    int64_t began_us = time_steady_us();
    worker_stop(shop->writer);
    shop->writer = NULL;
    assert_true(time_steady_us() - began_us < 20 * TIME_SECOND);
    assert_int_equal(sale->err, ERR_UNAVAILABLE);
    assert_int_equal(event->err, ERR_UNAVAILABLE);
    kit_pg_let_in(shop->pg, "hv_test_shop");
    assert_int_equal(sold(shop), 0);
    free_all((struct sale *[]){sale, event}, 2);
    shop_close(shop);
}

/* Somebody sits on one row. Each job that wants it waits for its statement_timeout, one after the other; those whose deadline
 * passes meanwhile are not run at all, and those behind them in the queue are answered too. */
static void test_a_locked_row_does_not_outlive_deadlines(void **state)
{
    enum { STUCK = 8 };
    struct shop *shop = *state;
    struct sale *sales[STUCK + 1];
    int64_t began_us = time_steady_us();

    kit_sql(shop->pg, "insert into test_shop.till values ('locked', 0); begin; select from test_shop.till for update");
    for (uint32_t i = 0; i <= STUCK; i++) {
        sales[i] = sale_new(shop, &SHOP_SELL, i < STUCK ? "locked" : "free", 1, i + 1);
        sales[i]->request.deadline_us = time_now_us() + 1500000;
    }
    shop_submit(shop, sales, STUCK);
    kit_sleep_ms(50);
    shop_submit(shop, &sales[STUCK], 1);
    shop_wait(shop, STUCK + 1);
    kit_sql(shop->pg, "rollback");
    assert_true(time_steady_us() - began_us < (STUCK - 1) * TIME_SECOND);
    for (uint32_t i = 0; i <= STUCK; i++)
        assert_int_equal(sales[i]->err, ERR_TIMEOUT);
    assert_int_equal(sold(shop), 0);
    free_all(sales, STUCK + 1);
}

/* Ten batches wait: they all hear the same as the first, and not each after tries of its own. */
static void test_stop_without_a_database_asks_once_for_all(void **state)
{
    enum { WAITING = 100 };
    struct shop *shop = shop_open(300, 10);
    struct sale *sales[WAITING];

    (void)state;
    lock_out(shop);
    for (uint32_t i = 0; i < WAITING; i++)
        sales[i] = sale_new(shop, &SHOP_SELL, "till", 1, i / 2 + 1);
    shop_submit(shop, sales, WAITING);
    int64_t began_us = time_steady_us();
    worker_stop(shop->writer);
    shop->writer = NULL;
    assert_true(time_steady_us() - began_us < 20 * TIME_SECOND);
    for (uint32_t i = 0; i < WAITING; i++)
        assert_int_equal(sales[i]->err, ERR_UNAVAILABLE);
    kit_pg_let_in(shop->pg, "hv_test_shop");
    free_all(sales, WAITING);
    shop_close(shop);
}

/* An event waits for the database for ever. A job held back because another of its batch has the same key must not. */
static void test_a_held_job_keeps_its_deadline(void **state)
{
    struct shop *shop = *state;
    struct sale *event = sale_event(shop, &SHOP_SOLD, "till", 1, 1);
    struct sale *first = sale_new(shop, &SHOP_SELL, "till", 1, 1), *held = sale_new(shop, &SHOP_SELL, "till", 1, 1);

    lock_out(shop);
    first->request.deadline_us = held->request.deadline_us = time_now_us() + 300000;
    shop_submit(shop, (struct sale *[]){event, first, held}, 3);
    shop_wait(shop, 2);
    assert_int_equal(first->err, ERR_TIMEOUT);
    assert_int_equal(held->err, ERR_TIMEOUT);
    kit_pg_let_in(shop->pg, "hv_test_shop");
    shop_wait(shop, 3);
    assert_int_equal(event->err, ERR_OK);
    free_all((struct sale *[]){event, first, held}, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"killed before COMMIT: run again, one effect", test_killed_before_commit, shop_fresh, NULL, NULL},
        {"killed after COMMIT: run again, the answers are found by key", test_killed_after_commit, shop_fresh, NULL, NULL},
        {"a conflict is tried again and passes", test_a_conflict_passes, shop_fresh, NULL, NULL},
        {"a conflict that stays is the answer after four tries", test_a_conflict_that_stays_is_the_answer, shop_fresh, NULL, NULL},
        {"two replicas get the same keys at once: one effect each", test_two_replicas_with_the_same_keys, shop_fresh, NULL, NULL},
        {"the database is away: deadlines are kept, the patient are served", test_the_database_is_away, shop_fresh, let_in, NULL},
        {"a read survives a lost connection", test_a_read_survives_a_lost_connection, shop_fresh, NULL, NULL},
        {"an idle worker notices that it is cut off, and returns", test_an_idle_worker_notices_and_returns, shop_fresh, let_in, NULL},
        {"a job held for its key keeps its deadline", test_a_held_job_keeps_its_deadline, shop_fresh, let_in, NULL},
        {"a locked row does not outlive the deadlines of those who want it", test_a_locked_row_does_not_outlive_deadlines, shop_fresh, NULL,
         NULL},
        {"a worker with many batches stops without a database", test_stop_without_a_database_asks_once_for_all, NULL, NULL, NULL},
        {"a worker stops without a database", test_stop_without_a_database, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
