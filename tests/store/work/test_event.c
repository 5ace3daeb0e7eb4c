/* Events on the worker: effect and cursor in one transaction, a bad one put aside, a cursor elsewhere told to the subscriber. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

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

static int64_t cursor(struct shop *shop)
{
    return kit_sql_int(shop->pg, "select seq from test_shop.position");
}

static int64_t held(struct shop *shop)
{
    return kit_sql_int(shop->pg, "select coalesce(sum(held), 0) from test_shop.till");
}

static void free_all(struct sale **sales, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(atomic_load(&sales[i]->answers), 1);
        sale_free(sales[i]);
    }
}

static void test_effects_and_cursor_move_together(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[] = {sale_event(shop, &SHOP_SOLD, "till", 1, 1), sale_event(shop, &SHOP_IGNORED, "", 0, 2),
                            sale_event(shop, &SHOP_SOLD, "till", 2, 3), sale_new(shop, &SHOP_SELL, "till", 4, 1)};

    shop_submit(shop, sales, 4);
    shop_wait(shop, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(sales[i]->err, ERR_OK);
    assert_int_equal(held(shop), 7);
    assert_int_equal(cursor(shop), 3);
    assert_int_equal(kit_sql_int(shop->pg, "select count(distinct tx) from test_shop.sale"), 1);
    free_all(sales, 4);
}

static void test_a_cursor_elsewhere(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[] = {sale_event(shop, &SHOP_SOLD, "till", 1, 5), sale_event(shop, &SHOP_SOLD, "till", 1, 6),
                            sale_new(shop, &SHOP_SELL, "till", 4, 1)};

    shop_submit(shop, sales, 3);
    shop_wait(shop, 3);
    assert_int_equal(sales[0]->err, ERR_PRECONDITION);
    assert_int_equal(sales[1]->err, ERR_PRECONDITION);
    assert_int_equal(sales[2]->err, ERR_OK); /* a request in the same batch does not suffer */
    assert_int_equal(held(shop), 4);
    assert_int_equal(cursor(shop), 0);
    assert_int_equal(kit_sql_int(shop->pg, "select count(*) from test_shop.dead"), 0);
    free_all(sales, 3);
}

/* Three ways to be bad: the handler refuses, the type is unknown, the database refuses. Each is put aside; the line goes on. */
static void test_bad_events_are_parked(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[] = {sale_event(shop, &SHOP_SOLD, "till", 1, 1), sale_event(shop, &SHOP_SOLD, "till", 13, 2),
                            sale_event(shop, &SHOP_UNKNOWN, "till", 1, 3), sale_event(shop, &SHOP_SOLD, "till", 5000, 4),
                            sale_event(shop, &SHOP_SOLD, "till", 2, 5)};

    shop_submit(shop, sales, 5);
    shop_wait(shop, 5);
    for (int i = 0; i < 5; i++)
        assert_int_equal(sales[i]->err, ERR_OK); /* applied or put aside: the cursor has passed it */
    assert_int_equal(held(shop), 3);
    assert_int_equal(cursor(shop), 5);
    assert_string_equal(kit_sql(shop->pg, "select string_agg(seq || ' ' || why, ', ' order by seq) from test_shop.dead"),
                        "2 shop.unlucky, 3 event.unknown-type, 4 service.internal");
    free_all(sales, 5);
}

static void test_a_passing_conflict_parks_nothing(void **state)
{
    struct shop *shop = *state;
    struct sale *sale = sale_event(shop, &SHOP_SOLD, "till", 1, 1);

    atomic_store(&shop->conflicts, 4);
    shop_serve(shop, sale);
    assert_int_equal(sale->err, ERR_OK);
    assert_int_equal(held(shop), 1);
    assert_int_equal(kit_sql_int(shop->pg, "select count(*) from test_shop.dead"), 0);
    free_all(&sale, 1);
}

static void test_killed_around_the_commit(void **state)
{
    struct shop *shop = *state;
    struct sale *before = sale_event(shop, &SHOP_SOLD, "till", 1, 1), *after = sale_event(shop, &SHOP_SOLD, "till", 1, 2);

    atomic_store(&shop->die_before, 1);
    shop_serve(shop, before);
    assert_int_equal(before->err, ERR_OK);
    atomic_store(&shop->die_after, 1);
    shop_serve(shop, after);
    assert_int_equal(after->err, ERR_PRECONDITION); /* it was applied: the cursor stands behind it already */
    assert_int_equal(held(shop), 2);
    assert_int_equal(cursor(shop), 2);
    free_all((struct sale *[]){before, after}, 2);
}

/* The disk is full where events are put aside, and only there; each try is counted. */
static void fill_disk(struct shop *shop)
{
    kit_sql(shop->pg, "create sequence test_shop.tries;"
                      "create function test_shop.full() returns trigger language plpgsql security definer as $$ begin"
                      "  perform nextval('test_shop.tries'); raise exception 'full' using errcode = '53100'; end $$;"
                      "create trigger full_disk before insert on test_shop.dead for each row execute function test_shop.full()");
}

static int free_disk(void **state)
{
    struct shop *shop = *state;

    kit_sql(shop->pg, "drop function if exists test_shop.full cascade; drop sequence if exists test_shop.tries");
    return 0;
}

static void test_parking_does_not_hammer_the_database(void **state)
{
    struct shop *shop = *state;
    struct sale *bad = sale_event(shop, &SHOP_SOLD, "till", 13, 1);

    fill_disk(shop);
    shop_submit(shop, &bad, 1);
    kit_sleep_ms(1000);
    assert_in_range(kit_sql_int(shop->pg, "select last_value from test_shop.tries"), 2, 8);
    (void)free_disk(state);
    shop_wait(shop, 1);
    assert_int_equal(bad->err, ERR_OK);
    assert_int_equal(cursor(shop), 1);
    free_all(&bad, 1);
}

/* An event whose statement ends the server process that runs it: the connection is lost without a word, each time. */
static void test_an_event_that_breaks_every_connection_is_parked(void **state)
{
    struct shop *shop = *state;
    struct sale *sales[] = {sale_event(shop, &SHOP_SOLD, "till", 1, 1), sale_event(shop, &SHOP_SOLD, "till", 666, 2),
                            sale_event(shop, &SHOP_SOLD, "till", 2, 3)};

    kit_sql(shop->pg, "create function test_shop.break() returns trigger language plpgsql as $$ begin"
                      "  raise exception 'broken' using errcode = '08006'; end $$;"
                      "create trigger breaks before insert on test_shop.sale for each row when (new.amount = 666)"
                      "  execute function test_shop.break()");
    shop_submit(shop, sales, 3);
    shop_wait(shop, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(sales[i]->err, ERR_OK);
    assert_int_equal(held(shop), 3);
    assert_int_equal(cursor(shop), 3);
    assert_string_equal(kit_sql(shop->pg, "select string_agg(seq || ' ' || why, ', ') from test_shop.dead"), "2 service.unavailable");
    free_all(sales, 3);
}

static int mend(void **state)
{
    struct shop *shop = *state;

    kit_sql(shop->pg, "drop function if exists test_shop.break cascade");
    return 0;
}

static void test_stop_while_parking(void **state)
{
    struct shop *shop = shop_open(300, 100);
    struct sale *bad = sale_event(shop, &SHOP_SOLD, "till", 13, 1);

    (void)state;
    kit_sql(shop->pg, "insert into test_shop.position values ('other.0', 0)");
    fill_disk(shop);
    shop_submit(shop, &bad, 1);
    worker_stop(shop->writer);
    shop->writer = NULL;
    assert_int_equal(bad->err, ERR_UNAVAILABLE);
    assert_int_equal(cursor(shop), 0); /* it comes again after the next start */
    free_all(&bad, 1);
    shop_close(shop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"effects and cursor move in one transaction, beside requests", test_effects_and_cursor_move_together, shop_fresh, NULL, NULL},
        {"a cursor that stands elsewhere is told, nothing is parked", test_a_cursor_elsewhere, shop_fresh, NULL, NULL},
        {"a refused, an unknown and an impossible event are parked; the line goes on", test_bad_events_are_parked, shop_fresh, NULL, NULL},
        {"a conflict that passes parks nothing", test_a_passing_conflict_parks_nothing, shop_fresh, NULL, NULL},
        {"killed before or after COMMIT: exactly one effect", test_killed_around_the_commit, shop_fresh, NULL, NULL},
        {"an event that cannot even be parked is tried with patience", test_parking_does_not_hammer_the_database, shop_fresh, free_disk,
         NULL},
        {"an event that breaks every connection it is tried on is parked", test_an_event_that_breaks_every_connection_is_parked, shop_fresh,
         mend, NULL},
        {"a worker stops while an event cannot be parked", test_stop_while_parking, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
