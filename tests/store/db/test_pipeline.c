/* The pipeline against a real server: transactions, errors in the middle, lost connections, time-outs, many statements. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "tests/support/kit.h"

struct fixture {
    struct kit_pg *pg;
    struct db *db;
    struct arena *arena;
};

static const struct db_stmt ADD = {"add_item", "insert into item (id, n) values ($1, $2)"};
static const struct db_stmt COUNT = {"count_items", "select count(*), coalesce(sum(n), 0) from item"};
static const struct db_stmt NOTHING = {"nothing", "select 1"};
static const struct db_stmt SLEEP = {"sleep", "select pg_sleep($1::int)"};
static const struct db_stmt DIE = {"die", "select pg_terminate_backend(pg_backend_pid())"};
static const struct db_stmt PARENT = {"add_child", "insert into child (item) values ($1)"};

static int setup(void **state)
{
    struct fixture *f = mem_new(sizeof *f);

    f->pg = kit_pg_new();
    f->arena = arena_new(4096);
    struct db_config config = {.conninfo = kit_pg_conninfo(f->pg, NULL), .application_name = "test/pipeline", .statement_timeout_ms = 700};
    if (db_open(&f->db, &config, kit_log()) != ERR_OK)
        return -1;
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    db_close(f->db);
    arena_free(f->arena);
    kit_pg_free(f->pg);
    mem_free(f);
    return 0;
}

static int fresh(void **state)
{
    struct fixture *f = *state;

    kit_sql(f->pg, "drop table if exists child, item;"
                   "create table item (id int8 primary key, n int4 not null check (n >= 0));"
                   "create table child (item int8 not null references item deferrable initially deferred)");
    return 0;
}

static int add(struct fixture *f, int64_t id, int32_t n)
{
    struct db_params *p = db_params(f->arena);

    db_i64(p, id);
    db_i32(p, n);
    return db_queue(f->db, &ADD, p);
}

static int64_t items(struct fixture *f)
{
    return kit_sql_int(f->pg, "select count(*) from item");
}

static void test_commit_keeps_and_rollback_forgets(void **state)
{
    struct fixture *f = *state;

    db_begin(f->db, DB_READ_WRITE);
    int first = add(f, 1, 10);
    int second = add(f, 2, 20);
    assert_int_equal(db_commit(f->db), ERR_OK);
    assert_int_equal(db_affected(db_result(f->db, first)) + db_affected(db_result(f->db, second)), 2);
    db_begin(f->db, DB_READ_WRITE);
    add(f, 3, 30);
    assert_int_equal(db_flush(f->db), ERR_OK);
    db_rollback(f->db);
    assert_int_equal(items(f), 2);
    db_begin(f->db, DB_READ_WRITE);
    add(f, 4, 40);
    db_rollback(f->db); /* never sent */
    assert_int_equal(db_flush(f->db), ERR_OK);
    assert_int_equal(items(f), 2);
}

/* A transaction stays open over flushes and sees itself; others see it after COMMIT. */
static void test_a_transaction_spans_flushes(void **state)
{
    struct fixture *f = *state;

    db_begin(f->db, DB_READ_WRITE);
    add(f, 1, 1);
    assert_int_equal(db_flush(f->db), ERR_OK);
    int count = db_queue(f->db, &COUNT, NULL);
    assert_int_equal(db_flush(f->db), ERR_OK);
    assert_int_equal(db_get_i64(db_result(f->db, count), 0, 0), 1);
    assert_int_equal(items(f), 0);
    assert_int_equal(db_commit(f->db), ERR_OK);
    assert_int_equal(db_get_i64(db_result(f->db, count), 0, 0), 1); /* still readable */
    assert_int_equal(items(f), 1);
}

static void test_an_error_in_the_middle_undoes_all(void **state)
{
    struct fixture *f = *state;

    db_begin(f->db, DB_READ_WRITE);
    add(f, 1, 1);
    add(f, 1, 2);
    add(f, 3, 3);
    assert_int_equal(db_commit(f->db), ERR_CONFLICT);
    assert_string_equal(db_sqlstate(f->db), "23505");
    assert_string_equal(db_constraint(f->db), "item_pkey");
    db_rollback(f->db);
    assert_string_equal(db_sqlstate(f->db), "23505"); /* still told after the rollback */
    assert_int_equal(items(f), 0);
    db_begin(f->db, DB_READ_WRITE); /* the connection and its statements are sound */
    add(f, 1, 1);
    assert_int_equal(db_commit(f->db), ERR_OK);
    assert_int_equal(items(f), 1);
}

/* A statement that does not even parse is not remembered as prepared, nor are those skipped after it. */
static void test_an_error_in_a_parse(void **state)
{
    static const struct db_stmt BAD = {"bad_sql", "select no_such_column from item"};
    static const struct db_stmt AFTER = {"after_bad", "select 42"};
    struct fixture *f = *state;

    for (int round = 0; round < 2; round++) {
        db_begin(f->db, DB_READ_WRITE);
        (void)db_queue(f->db, &BAD, NULL);
        (void)db_queue(f->db, &AFTER, NULL);
        assert_int_equal(db_commit(f->db), ERR_INTERNAL);
        assert_string_equal(db_sqlstate(f->db), "42703");
        db_rollback(f->db);
    }
    int index = db_queue(f->db, &AFTER, NULL);
    assert_int_equal(db_flush(f->db), ERR_OK);
    assert_int_equal(db_get_i32(db_result(f->db, index), 0, 0), 42);
}

static void test_what_the_constraints_mean(void **state)
{
    struct fixture *f = *state;

    db_begin(f->db, DB_READ_WRITE);
    add(f, 1, -1);
    assert_int_equal(db_commit(f->db), ERR_INTERNAL); /* a CHECK: only a bug writes that */
    assert_string_equal(db_sqlstate(f->db), "23514");
    db_rollback(f->db);
    struct db_params *p = db_params(f->arena);
    db_i64(p, 77);
    db_begin(f->db, DB_READ_WRITE);
    (void)db_queue(f->db, &PARENT, p);
    assert_int_equal(db_commit(f->db), ERR_CONFLICT); /* deferred: the COMMIT itself refuses */
    assert_string_equal(db_sqlstate(f->db), "23503");
    assert_false(db_begun(f->db));
    db_rollback(f->db);
}

/* Who goes on after a failed flush and commits gets ROLLBACK from the server, and must hear of it. */
static void test_commit_of_a_failed_transaction_is_no_success(void **state)
{
    struct fixture *f = *state;

    db_begin(f->db, DB_READ_WRITE);
    add(f, 1, 1);
    add(f, 1, 1);
    assert_int_equal(db_flush(f->db), ERR_CONFLICT);
    assert_int_equal(db_commit(f->db), ERR_CONFLICT);
    assert_false(db_begun(f->db));
    assert_int_equal(items(f), 0);
}

static void test_an_empty_transaction_costs_nothing(void **state)
{
    struct fixture *f = *state;
    int64_t before = kit_sql_int(f->pg, "select count(*) from pg_stat_activity where application_name = 'test/pipeline' and datname = "
                                        "current_database() and query like 'begin%%'");

    db_begin(f->db, DB_READ_ONLY);
    assert_int_equal(db_commit(f->db), ERR_OK);
    assert_false(db_begun(f->db));
    assert_int_equal(kit_sql_int(f->pg, "select count(*) from pg_stat_activity where application_name = 'test/pipeline' and datname = "
                                        "current_database() and query like 'begin%%'"),
                     before);
}

static void test_a_read_only_transaction_sees_one_moment(void **state)
{
    struct fixture *f = *state;

    db_begin(f->db, DB_READ_ONLY);
    int first = db_queue(f->db, &COUNT, NULL);
    assert_int_equal(db_flush(f->db), ERR_OK);
    assert_int_equal(db_get_i64(db_result(f->db, first), 0, 0), 0);
    kit_sql(f->pg, "insert into item values (1, 1)");
    int second = db_queue(f->db, &COUNT, NULL);
    assert_int_equal(db_flush(f->db), ERR_OK);
    assert_int_equal(db_get_i64(db_result(f->db, second), 0, 0), 0);
    add(f, 2, 2);
    assert_int_equal(db_flush(f->db), ERR_INTERNAL);
    assert_string_equal(db_sqlstate(f->db), "25006");
    db_rollback(f->db);
}

static void test_statement_timeout(void **state)
{
    struct fixture *f = *state;
    struct db_params *p = db_params(f->arena);
    int64_t began_us = time_steady_us();

    db_i32(p, 20);
    (void)db_queue(f->db, &SLEEP, p);
    assert_int_equal(db_flush(f->db), ERR_TIMEOUT);
    assert_string_equal(db_sqlstate(f->db), "57014");
    assert_in_range(time_steady_us() - began_us, 600000, 15000000);
    (void)db_queue(f->db, &NOTHING, NULL);
    assert_int_equal(db_flush(f->db), ERR_OK);
}

/* The server goes away while we wait for it: unknown outcome, then a new connection on which statements are prepared anew. */
static void test_a_terminated_backend(void **state)
{
    struct fixture *f = *state;

    db_begin(f->db, DB_READ_WRITE);
    add(f, 1, 1);
    (void)db_queue(f->db, &DIE, NULL);
    add(f, 2, 2);
    assert_int_equal(db_commit(f->db), ERR_UNAVAILABLE);
    assert_false(db_begun(f->db));
    assert_int_equal(db_flush(f->db), ERR_UNAVAILABLE);
    assert_false(db_alive(f->db));
    db_rollback(f->db);
    assert_int_equal(db_reconnect(f->db), ERR_OK);
    assert_int_equal(items(f), 0);
    db_begin(f->db, DB_READ_WRITE);
    add(f, 1, 1);
    assert_int_equal(db_commit(f->db), ERR_OK);
    assert_int_equal(items(f), 1);
}

static bool sees_the_end(void *arg)
{
    struct fixture *f = arg;

    return !db_alive(f->db);
}

static void test_an_idle_connection_that_dies_is_noticed(void **state)
{
    struct fixture *f = *state;

    assert_true(db_alive(f->db));
    kit_sql(f->pg, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test/pipeline' and datname = '%s'",
            kit_pg_database(f->pg));
    assert_true(kit_wait_until(sees_the_end, f, KIT_PATIENCE_MS));
    assert_int_equal(db_reconnect(f->db), ERR_OK);
}

/* Both socket buffers fill many times over: statements of 500 bytes, answers of 2,000. */
static void test_20000_statements_do_not_deadlock(void **state)
{
    static const struct db_stmt ECHO_MANY = {"echo_many", "select repeat($1::text, 4)"};
    struct fixture *f = *state;
    char text[501];
    struct db_params *p = db_params(f->arena);

    memset(text, 'x', sizeof text - 1);
    text[500] = '\0';
    db_text(p, span_text(text));
    for (int i = 0; i < 20000; i++)
        (void)db_queue(f->db, &ECHO_MANY, p);
    assert_int_equal(db_flush(f->db), ERR_OK);
    for (int i = 0; i < 20000; i++)
        assert_int_equal(db_get_span(db_result(f->db, i), 0, 0).len, 2000);
}

/* Statements of three megabytes, each answered with as much: libpq's buffer is emptied on the way while answers come in. */
static void test_large_statements_do_not_deadlock(void **state)
{
    static const struct db_stmt ECHO = {"echo_large", "select $1::text"};
    enum { LARGE = 3 << 20, TIMES = 12 };
    struct fixture *f = *state;
    char *text = mem_new(LARGE + 1);

    memset(text, 'x', LARGE);
    for (int i = 0; i < TIMES; i++) {
        struct db_params *p = db_params(f->arena);
        text[i] = (char)('a' + i);
        db_text(p, span_text(text));
        (void)db_queue(f->db, &ECHO, p);
    }
    assert_int_equal(db_flush(f->db), ERR_OK);
    for (int i = 0; i < TIMES; i++) {
        const struct span got = db_get_span(db_result(f->db, i), 0, 0);
        assert_int_equal(got.len, LARGE);
        assert_int_equal(got.data[i], 'a' + i);
        assert_int_equal(got.data[i + 1], 'x');
    }
    mem_free(text);
}

/* The error comes long before the last statement has even been sent. */
static void test_an_early_error_in_a_long_pipeline(void **state)
{
    struct fixture *f = *state;

    db_begin(f->db, DB_READ_WRITE);
    for (int i = 0; i < 5000; i++)
        add(f, i == 100 ? 1 : i, 1);
    assert_int_equal(db_commit(f->db), ERR_CONFLICT);
    assert_string_equal(db_sqlstate(f->db), "23505");
    db_rollback(f->db);
    db_begin(f->db, DB_READ_WRITE);
    for (int i = 0; i < 5000; i++)
        add(f, i, 1);
    assert_int_equal(db_commit(f->db), ERR_OK);
    assert_int_equal(items(f), 5000);
}

static void test_two_writers_in_each_others_way(void **state)
{
    static const struct db_stmt UPDATE = {"update_item", "update item set n = n + 1 where id = $1"};
    struct fixture *f = *state;
    struct db_config config = {.conninfo = kit_pg_conninfo(f->pg, NULL), .application_name = "test/other", .statement_timeout_ms = 300};
    struct db *other;
    struct db_params *p = db_params(f->arena);

    kit_sql(f->pg, "insert into item values (1, 0)");
    assert_int_equal(db_open(&other, &config, kit_log()), ERR_OK);
    db_i64(p, 1);
    db_begin(f->db, DB_READ_WRITE);
    (void)db_queue(f->db, &UPDATE, p);
    assert_int_equal(db_flush(f->db), ERR_OK);
    db_begin(other, DB_READ_WRITE);
    (void)db_queue(other, &UPDATE, p);
    assert_int_equal(db_flush(other), ERR_TIMEOUT); /* waits for the row, no longer than it may */
    db_rollback(other);
    assert_int_equal(db_commit(f->db), ERR_OK);
    db_close(other);
    assert_int_equal(kit_sql_int(f->pg, "select n from item"), 1);
}

static void test_scripts(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(db_script(f->db, "insert into item values (1, 1); insert into item values (2, 2)"), ERR_OK);
    assert_int_equal(items(f), 2);
    assert_int_equal(db_script(f->db, "insert into item values (3, 3); insert into item values (3, 3)"), ERR_CONFLICT);
    assert_int_equal(items(f), 2);
    db_begin(f->db, DB_READ_WRITE);
    assert_int_equal(db_script(f->db, "insert into item values (4, 4)"), ERR_OK);
    assert_int_equal(items(f), 2);
    add(f, 5, 5);
    assert_int_equal(db_commit(f->db), ERR_OK);
    assert_int_equal(items(f), 4);
}

static void test_nobody_there(void **state)
{
    struct db_config config = {.conninfo = "host=127.0.0.1 port=7351 dbname=x user=x", .statement_timeout_ms = 100};
    struct db *db = NULL;

    (void)state;
    assert_int_equal(db_open(&db, &config, kit_log()), ERR_UNAVAILABLE);
    assert_null(db);
    assert_int_equal(db_backoff_ms(0), 20);
    assert_int_equal(db_backoff_ms(3), 160);
    assert_int_equal(db_backoff_ms(60), 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"COMMIT keeps, ROLLBACK forgets, also what was never sent", test_commit_keeps_and_rollback_forgets, fresh, NULL, NULL},
        {"a transaction spans flushes, and results stay readable after COMMIT", test_a_transaction_spans_flushes, fresh, NULL, NULL},
        {"an error in the middle undoes all", test_an_error_in_the_middle_undoes_all, fresh, NULL, NULL},
        {"a statement that does not parse is not remembered as prepared", test_an_error_in_a_parse, fresh, NULL, NULL},
        {"a CHECK is our bug, a foreign key a conflict, even at COMMIT", test_what_the_constraints_mean, fresh, NULL, NULL},
        {"a COMMIT answered by ROLLBACK is no success", test_commit_of_a_failed_transaction_is_no_success, fresh, NULL, NULL},
        {"an empty transaction is never sent", test_an_empty_transaction_costs_nothing, fresh, NULL, NULL},
        {"a read-only transaction sees one moment and writes nothing", test_a_read_only_transaction_sees_one_moment, fresh, NULL, NULL},
        {"a statement is cut off at its time-out", test_statement_timeout, fresh, NULL, NULL},
        {"a backend terminated in a flush: unknown outcome, then a new connection works", test_a_terminated_backend, fresh, NULL, NULL},
        {"an idle connection that dies is noticed", test_an_idle_connection_that_dies_is_noticed, fresh, NULL, NULL},
        {"20,000 statements in one flush do not deadlock", test_20000_statements_do_not_deadlock, fresh, NULL, NULL},
        {"statements and answers of megabytes do not deadlock", test_large_statements_do_not_deadlock, fresh, NULL, NULL},
        {"an early error in a long pipeline undoes all of it", test_an_early_error_in_a_long_pipeline, fresh, NULL, NULL},
        {"a locked row is waited for, no longer than the time-out", test_two_writers_in_each_others_way, fresh, NULL, NULL},
        {"a script runs alone or inside a transaction", test_scripts, fresh, NULL, NULL},
        {"no server: ERR_UNAVAILABLE, and the back-off grows to a second", test_nobody_there, fresh, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
