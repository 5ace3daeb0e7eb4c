/* The worker on a good day: batches, answers by key, refusals, readers, full queues, deadlines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

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

static int64_t transactions(struct shop *shop)
{
    return kit_sql_int(shop->pg, "select count(distinct tx) from test_shop.sale");
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

static bool is_busy(void *arg)
{
    struct shop *shop = arg;

    return worker_state(shop->writer).busy_since_us != 0;
}

static void test_many_jobs_one_commit(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[50];

    for (uint32_t i = 0; i < 50; i++)
        sales[i] = sale_new(shop, &SHOP_SELL, i % 2 ? "left" : "right", 1, i + 1);
    shop_submit(shop, sales, 50);
    shop_wait(shop, 50);
    assert_int_equal(transactions(shop), 1);
    assert_int_equal(sold(shop), 50);
    assert_int_equal(atomic_load(&shop->published), 1);
    for (uint32_t i = 0; i < 50; i++) { /* each sees those before it in the batch */
        assert_int_equal(sales[i]->err, ERR_OK);
        assert_int_equal(sales[i]->now, i / 2 + 1);
    }
    free_all(sales, 50);
}

static void test_no_batch_beyond_its_limit(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[250];

    for (uint32_t i = 0; i < 250; i++)
        sales[i] = sale_new(shop, &SHOP_SELL, "till", 1, i + 1);
    shop_submit(shop, sales, 250);
    shop_wait(shop, 250);
    assert_int_equal(transactions(shop), 3);
    assert_int_equal(kit_sql_int(shop->pg, "select held from test_shop.till"), 250);
    free_all(sales, 250);
}

/* The third asks for more than the till may hold: the database refuses the whole batch, and then only that one. */
static void test_a_bad_job_fails_alone(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[5];

    for (uint32_t i = 0; i < 5; i++)
        sales[i] = sale_new(shop, &SHOP_SELL, "till", i == 2 ? 5000 : 10, i + 1);
    shop_submit(shop, sales, 5);
    shop_wait(shop, 5);
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(sales[i]->err, i == 2 ? ERR_INTERNAL : ERR_OK);
    assert_int_equal(sales[4]->now, 40);
    assert_int_equal(sold(shop), 4);
    assert_int_equal(transactions(shop), 4);
    free_all(sales, 5);
}

static void test_a_refusal_is_an_answer(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[] = {sale_new(shop, &SHOP_SELL, "till", 5, 1), sale_new(shop, &SHOP_SELL, "till", 13, 2),
                            sale_new(shop, &SHOP_SELL, "", 5, 3), sale_new(shop, &SHOP_SELL, "till", 6, 4)};

    shop_submit(shop, sales, 4);
    shop_wait(shop, 4);
    assert_int_equal(sales[1]->err, ERR_REFUSED);
    assert_string_equal(sales[1]->rule, "shop.unlucky");
    assert_int_equal(sales[2]->err, ERR_INVALID);
    assert_string_equal(sales[2]->rule, "shop.no-till");
    assert_int_equal(sales[3]->now, 11);
    assert_int_equal(transactions(shop), 1);
    /* Nothing was changed, so nothing is remembered: the same key may be tried anew. */
    assert_int_equal(kit_sql_int(shop->pg, "select count(*) from test_shop.request_seen"), 2);
    free_all(sales, 4);
}

static void test_the_same_key_has_one_effect(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[] = {sale_new(shop, &SHOP_SELL, "till", 5, 7), sale_new(shop, &SHOP_SELL, "till", 5, 7),
                            sale_new(shop, &SHOP_SELL, "till", 5, 7), sale_new(shop, &SHOP_SELL, "till", 1, 8)};

    shop_submit(shop, sales, 4);
    shop_wait(shop, 4);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(sales[i]->err, ERR_OK);
        assert_int_equal(sales[i]->now, 5);
        assert_int_equal(sales[i]->replayed, i > 0);
    }
    struct sale *later = sale_new(shop, &SHOP_SELL, "till", 5, 7);
    shop_serve(shop, later);
    assert_true(later->replayed);
    assert_int_equal(later->now, 5);
    assert_int_equal(sold(shop), 2);
    assert_int_equal(atomic_load(&shop->decided), 2);
    free_all(sales, 4);
    free_all(&later, 1);
}

/* One caller repeats itself without end: the others' jobs still leave in full batches, and what cannot wait is told so. */
static void test_a_flood_of_one_key_holds_nobody_up(void **state)
{
    enum { FLOOD = 150, OTHERS = 149 };
    struct shop *shop = *state;
    struct sale *nap = sale_new(shop, &SHOP_NAP, "", 200, 0);
    struct sale *sales[FLOOD + OTHERS];
    uint32_t busy = 0;

    shop_submit(shop, &nap, 1);
    assert_true(kit_wait_until(is_busy, shop, KIT_PATIENCE_MS));
    for (uint32_t i = 0; i < FLOOD + OTHERS; i++)
        sales[i] = sale_new(shop, &SHOP_SELL, i < FLOOD ? "flood" : "till", 1, i < FLOOD ? 1 : i + 1);
    shop_submit(shop, sales, FLOOD + OTHERS);
    shop_wait(shop, 1 + FLOOD + OTHERS);
    for (uint32_t i = 0; i < FLOOD; i++)
        busy += sales[i]->err == ERR_BUSY;
    assert_in_range(busy, 1, FLOOD - 100);
    for (uint32_t i = FLOOD; i < FLOOD + OTHERS; i++)
        assert_int_equal(sales[i]->err, ERR_OK);
    assert_int_equal(sold(shop), 1 + OTHERS);
    assert_in_range(transactions(shop), 1, 5);
    free_all(sales, FLOOD + OTHERS);
    free_all(&nap, 1);
}

static void test_a_key_belongs_to_its_caller_and_body(void **state)
{
    struct shop *shop = *state;
    struct sale *first = sale_new(shop, &SHOP_SELL, "till", 5, 7), *changed = sale_new(shop, &SHOP_SELL, "till", 6, 7);
    struct sale *other = sale_new(shop, &SHOP_SELL, "till", 6, 7);

    other->job->actor = uuid_v7(time_now_us());
    shop_serve(shop, first);
    shop_serve(shop, changed);
    assert_int_equal(changed->err, ERR_KEY_REUSED);
    shop_serve(shop, other);
    assert_int_equal(other->err, ERR_OK);
    assert_false(other->replayed);
    assert_int_equal(sold(shop), 2);
    free_all((struct sale *[]){first, changed, other}, 3);
}

static void test_cases_without_a_key(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[] = {sale_new(shop, &SHOP_SELL_NO_KEY, "till", 5, 0), sale_new(shop, &SHOP_SELL_NO_KEY, "till", 5, 0)};

    shop_submit(shop, sales, 2);
    shop_wait(shop, 2);
    assert_int_equal(sales[1]->now, 10);
    assert_int_equal(kit_sql_int(shop->pg, "select count(*) from test_shop.request_seen"), 0);
    free_all(sales, 2);
}

static void test_a_late_job_is_not_run(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[] = {sale_new(shop, &SHOP_SELL, "till", 5, 1), sale_new(shop, &SHOP_SELL, "till", 5, 2)};

    sales[0]->request.deadline_us = time_now_us() - 1;
    shop_submit(shop, sales, 2);
    shop_wait(shop, 2);
    assert_int_equal(sales[0]->err, ERR_TIMEOUT);
    assert_int_equal(sales[1]->err, ERR_OK);
    assert_int_equal(atomic_load(&shop->decided), 1);
    assert_int_equal(sold(shop), 1);
    free_all(sales, 2);
}

static void test_a_full_queue_says_busy(void **state)
{
    struct shop *shop = *state;
    struct sale *nap = sale_new(shop, &SHOP_NAP, "", 300, 0);
    struct sale *sales[301];

    shop_submit(shop, &nap, 1);
    assert_true(kit_wait_until(is_busy, shop, KIT_PATIENCE_MS));
    for (uint32_t i = 0; i < 301; i++)
        sales[i] = sale_new(shop, &SHOP_SELL, "till", 1, i + 1);
    for (uint32_t i = 0; i < 300; i++)
        assert_int_equal(worker_submit(shop->writer, sales[i]->job), ERR_OK);
    struct worker_state state_now = worker_state(shop->writer);
    assert_int_equal(state_now.depth, 300);
    assert_int_equal(state_now.queue_max, 300);
    assert_true(state_now.oldest_us > 0);
    assert_int_equal(worker_submit(shop->writer, sales[300]->job), ERR_BUSY);
    shop_wait(shop, 301);
    assert_int_equal(atomic_load(&sales[300]->answers), 0);
    assert_int_equal(sold(shop), 300);
    assert_int_equal(worker_state(shop->writer).depth, 0);
    sale_free(sales[300]);
    free_all(sales, 300);
    free_all(&nap, 1);
}

static void test_a_reader_reads(void **state)
{
    struct shop *shop = *state;
    struct sale *sale = sale_new(shop, &SHOP_SELL, "till", 42, 1);
    struct sale *reads[10];

    shop_serve(shop, sale);
    for (int i = 0; i < 10; i++)
        reads[i] = sale_new(shop, &SHOP_COUNT, i % 2 ? "till" : "empty", 0, 0);
    shop_submit(shop, reads, 10);
    shop_wait(shop, 11);
    for (int i = 0; i < 10; i++)
        assert_int_equal(reads[i]->now, i % 2 ? 42 : 0);
    free_all(reads, 10);
    free_all(&sale, 1);
}

static bool is_waiting_for_a_lock(void *arg)
{
    const struct shop *shop = arg;
    return kit_sql_int(shop->pg, "select count(*) from pg_locks w join pg_locks h on h.transactionid = w.transactionid"
                                 " where not w.granted and h.granted and h.pid = pg_backend_pid()") > 0;
}

/* Another replica is still carrying out the same command: its answer is not there yet when answers are looked up, and its locks are in the
 * way of the rows. Whoever is refused afterwards, because of what the first time changed, gets the answer of the first time. */
static void test_refused_the_second_time_is_answered_as_the_first(void **state)
{
    struct shop *shop = *state;
    struct sale *first = sale_new(shop, &SHOP_SELL, "till", 5, 7);

    shop_serve(shop, first);
    kit_sql(shop->pg, "create temp table kept as select * from test_shop.request_seen; delete from test_shop.request_seen");
    kit_sql(shop->pg, "begin; select from test_shop.till for update; insert into test_shop.request_seen select * from kept");
    atomic_store(&shop->refusals, 1);
    struct sale *again = sale_new(shop, &SHOP_SELL, "till", 5, 7);
    shop_submit(shop, &again, 1);
    assert_true(kit_wait_until(is_waiting_for_a_lock, shop, KIT_PATIENCE_MS));
    kit_sql(shop->pg, "commit; drop table kept");
    shop_wait(shop, 2);
    assert_int_equal(atomic_load(&shop->refusals), 0); /* it was decided, and refused */
    assert_int_equal(again->err, ERR_OK);
    assert_true(again->replayed);
    assert_int_equal(again->now, first->now);
    assert_int_equal(sold(shop), 1);
    free_all(&first, 1);
    free_all(&again, 1);
}

static void test_a_case_alone_has_its_own_batch(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[] = {sale_new(shop, &SHOP_SELL, "till", 1, 1), sale_new(shop, &SHOP_SELL_ALONE, "till", 10, 2),
                            sale_new(shop, &SHOP_SELL, "till", 100, 3), sale_new(shop, &SHOP_SELL_ALONE, "till", 1000, 4)};

    shop_submit(shop, sales, 4);
    shop_wait(shop, 4);
    assert_int_equal(transactions(shop), 2); /* the two together, one alone; the other is more than a till holds */
    assert_int_equal(sales[0]->now, 1);
    assert_int_equal(sales[2]->now, 101);
    assert_int_equal(sales[1]->now, 111);
    assert_int_not_equal(sales[3]->err, ERR_OK);
    struct sale *again = sale_new(shop, &SHOP_SELL_ALONE, "till", 10, 2); /* its key is kept like any other's */
    shop_serve(shop, again);
    assert_true(again->replayed);
    assert_int_equal(again->now, 111);
    free_all(sales, 4);
    free_all(&again, 1);
}

static void test_a_run_case_stands_beside_a_batch(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[] = {sale_new(shop, &SHOP_NAP, "", 5, 0), sale_new(shop, &SHOP_SELL, "till", 5, 1),
                            sale_new(shop, &SHOP_NAP, "", 6, 0), sale_new(shop, &SHOP_SELL, "till", 5, 2)};

    shop_submit(shop, sales, 4);
    shop_wait(shop, 4);
    assert_int_equal(sales[0]->now, 5);
    assert_int_equal(sales[2]->now, 6);
    assert_int_equal(sales[3]->now, 10);
    assert_int_equal(transactions(shop), 1);
    struct sale *slow = sale_new(shop, &SHOP_NAP, "", 5000, 0);
    shop_serve(shop, slow); /* statement_timeout */
    assert_int_equal(slow->err, ERR_TIMEOUT);
    free_all(sales, 4);
    free_all(&slow, 1);
}

static double counted(struct shop *shop, const char *name, const char *labels)
{
    struct metric_value values[200];
    size_t count = metrics_read(shop->metrics, values, 200);

    for (size_t i = 0; i < count && i < 200; i++) {
        if (strcmp(values[i].name, name) == 0 && strcmp(values[i].labels, labels) == 0)
            return values[i].value;
    }
    return 0;
}

static void test_what_is_counted(void **state)
{
    struct shop *shop = *state;
    double before = counted(shop, "work_jobs_total", "case=\"shop.Sell\",err=\"OK\"");
    struct sale *sales[] = {sale_new(shop, &SHOP_SELL, "till", 5, 1), sale_new(shop, &SHOP_SELL, "till", 13, 2),
                            sale_new(shop, &SHOP_SELL, "till", 5, 3)};

    shop_submit(shop, sales, 3);
    shop_wait(shop, 3);
    assert_true(counted(shop, "work_jobs_total", "case=\"shop.Sell\",err=\"OK\"") == before + 2);
    assert_true(counted(shop, "work_jobs_total", "case=\"shop.Sell\",err=\"REFUSED\"") >= 1);
    assert_true(counted(shop, "work_batches_total", "worker=\"writer\"") >= 1);
    free_all(sales, 3);
}

/* Stopping runs what is queued. */
static void test_stop_drains(void **state)
{
    struct shop *shop = shop_open(300, 10);
    struct sale *sales[100];

    (void)state;
    for (uint32_t i = 0; i < 100; i++)
        sales[i] = sale_new(shop, &SHOP_SELL, "till", 1, i + 1);
    shop_submit(shop, sales, 100);
    worker_stop(shop->writer);
    shop->writer = NULL;
    assert_int_equal(atomic_load(&shop->done), 100);
    assert_int_equal(sold(shop), 100);
    free_all(sales, 100);
    shop_close(shop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"jobs that wait together share one COMMIT, and see each other", test_many_jobs_one_commit, shop_fresh, NULL, NULL},
        {"no batch grows beyond its limit", test_no_batch_beyond_its_limit, shop_fresh, NULL, NULL},
        {"a bad job in a batch fails alone", test_a_bad_job_fails_alone, shop_fresh, NULL, NULL},
        {"a refusal is an answer, and is not remembered", test_a_refusal_is_an_answer, shop_fresh, NULL, NULL},
        {"the same key has one effect and one answer, in a batch and later", test_the_same_key_has_one_effect, shop_fresh, NULL, NULL},
        {"a flood of one key holds nobody else up", test_a_flood_of_one_key_holds_nobody_up, shop_fresh, NULL, NULL},
        {"a key belongs to its caller and its body", test_a_key_belongs_to_its_caller_and_body, shop_fresh, NULL, NULL},
        {"a case without a key is not remembered", test_cases_without_a_key, shop_fresh, NULL, NULL},
        {"a job whose deadline has passed is not run", test_a_late_job_is_not_run, shop_fresh, NULL, NULL},
        {"a full queue says busy, and loses nothing it took", test_a_full_queue_says_busy, shop_fresh, NULL, NULL},
        {"reads run on a reader", test_a_reader_reads, shop_fresh, NULL, NULL},
        {"who is refused because the first time was carried out meanwhile gets its answer",
         test_refused_the_second_time_is_answered_as_the_first, shop_fresh, NULL, NULL},
        {"a case alone sees no other's changes and shares no COMMIT", test_a_case_alone_has_its_own_batch, shop_fresh, NULL, NULL},
        {"a case that does its own SQL runs alone, within its time-out", test_a_run_case_stands_beside_a_batch, shop_fresh, NULL, NULL},
        {"jobs are counted by case and outcome", test_what_is_counted, shop_fresh, NULL, NULL},
        {"stopping runs what is queued", test_stop_drains, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
