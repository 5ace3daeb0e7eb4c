/* A COMMIT that waits for a standby which never answers. When somebody cancels the wait, the server acknowledges the COMMIT
 * with a warning, although the standby has nothing: to us its outcome is unknown. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/base/alloc.h"
#include "tests/support/kit.h"

static const struct db_stmt ADD = {"add_row", "insert into row values (1)"};

static bool waits_for_standby(void *arg)
{
    return kit_sql_int(arg, "select count(*) from pg_stat_activity where application_name = 'test/standby' and wait_event = 'SyncRep'") ==
           1;
}

/* Cancels the commit of the main thread as soon as it waits. */
static void *cancel(void *arg)
{
    if (kit_wait_until(waits_for_standby, arg, 5000))
        kit_sql(arg, "select pg_cancel_backend(pid) from pg_stat_activity where application_name = 'test/standby'");
    return NULL;
}

static void test_a_cancelled_wait_is_no_success(void **state)
{
    struct kit_pg *pg = kit_pg_new_private("-c synchronous_standby_names=nobody -c synchronous_commit=local");
    struct db_config config = {.conninfo = kit_pg_conninfo(pg, NULL), .application_name = "test/standby", .statement_timeout_ms = 5000};
    struct db *db;
    pthread_t thread;

    (void)state;
    kit_sql(pg, "create table row (n int)");
    assert_int_equal(db_open(&db, &config, kit_log()), ERR_OK);
    assert_int_equal(db_script(db, "set synchronous_commit = on"), ERR_OK);
    db_begin(db, DB_READ_WRITE);
    (void)db_queue(db, &ADD, NULL);
    assert_int_equal(pthread_create(&thread, NULL, cancel, pg), 0);
    assert_int_equal(db_commit(db), ERR_UNAVAILABLE);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_false(db_alive(db)); /* the caller connects again, perhaps to another host */
    assert_int_equal(db_reconnect(db), ERR_OK);
    db_close(db);
    kit_pg_free(pg);
}

/* A server that became a standby, or that its operator made read-only, answers a BEGIN with an error of its own when it is asked
 * for READ WRITE. We ask for nothing, and the first write says what we understand: go elsewhere. */
static void test_a_read_only_server_is_unavailable_to_a_writer(void **state)
{
    struct kit_pg *pg = kit_pg_new();
    struct db_config config = {.conninfo = kit_pg_conninfo(pg, NULL), .application_name = "test/demoted", .statement_timeout_ms = 5000};
    struct db *db;

    (void)state;
    kit_sql(pg, "create table row (n int)");
    kit_sql(pg, "alter database %s set default_transaction_read_only = on", kit_pg_database(pg));
    assert_int_equal(db_open(&db, &config, kit_log()), ERR_OK);
    db_begin(db, DB_READ_WRITE);
    (void)db_queue(db, &ADD, NULL);
    assert_int_equal(db_commit(db), ERR_UNAVAILABLE);
    assert_string_equal(db_sqlstate(db), "25006");
    db_close(db);
    kit_pg_free(pg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"a COMMIT whose wait for the standby was cancelled is unknown, not done", test_a_cancelled_wait_is_no_success, NULL, NULL, NULL},
        {"a server that is read-only now is unavailable to a writer", test_a_read_only_server_is_unavailable_to_a_writer, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
