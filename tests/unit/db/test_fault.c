/* What each kind of SQLSTATE means to us: retry on another connection, a conflict, a time-out, or a bug. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/db/conn.h"
#include "common/db/epoch.h"

static const struct {
    const char *state;
    enum err err;
    const char *why;
} TABLE[] = {
    {"08006", ERR_UNAVAILABLE, "the connection broke"},
    {"57P01", ERR_UNAVAILABLE, "the server shuts down"},
    {"57P03", ERR_UNAVAILABLE, "the server starts up"},
    {"53100", ERR_UNAVAILABLE, "the disk is full"},
    {"53300", ERR_UNAVAILABLE, "too many connections"},
    {"40003", ERR_UNAVAILABLE, "the statement's end is unknown"},
    {"25006", ERR_UNAVAILABLE, "read-only: the primary has moved"},
    {"25P03", ERR_UNAVAILABLE, "our idle transaction was ended"},
    {"26000", ERR_UNAVAILABLE, "our prepared statement is gone"},
    {"57014", ERR_TIMEOUT, "statement_timeout"},
    {"55P03", ERR_TIMEOUT, "lock_timeout"},
    {"23505", ERR_CONFLICT, "unique"},
    {"23503", ERR_CONFLICT, "foreign key"},
    {"23P01", ERR_CONFLICT, "exclusion"},
    {"40001", ERR_CONFLICT, "serialization"},
    {"40P01", ERR_CONFLICT, "deadlock"},
    {"23514", ERR_INTERNAL, "CHECK"},
    {"23502", ERR_INTERNAL, "NOT NULL"},
    {"22P02", ERR_INTERNAL, "malformed value"},
    {"42P01", ERR_INTERNAL, "no such table"},
    {"42501", ERR_INTERNAL, "no right"},
    {"XX000", ERR_INTERNAL, "the server's own bug"},
};

static void test_the_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof TABLE / sizeof TABLE[0]; i++) {
        if (fault_of_sqlstate(TABLE[i].state, DB_READ_WRITE) != TABLE[i].err)
            fail_msg("%s (%s)", TABLE[i].state, TABLE[i].why);
    }
}

/* In a transaction that we made read-only, a write is our bug and no fail-over. */
static void test_writing_where_we_only_read(void **state)
{
    (void)state;
    assert_int_equal(fault_of_sqlstate("25006", DB_READ_ONLY), ERR_INTERNAL);
}

static void test_times_at_the_edges(void **state)
{
    (void)state;
    assert_true(epoch_to_postgres(946684800000000) == 0);
    assert_true(epoch_from_postgres(0) == 946684800000000);
    assert_true(epoch_to_postgres(INT64_MAX) == INT64_MAX);
    assert_true(epoch_from_postgres(INT64_MAX) == INT64_MAX);
    assert_true(epoch_from_postgres(INT64_MIN) == INT64_MIN);
    assert_true(epoch_to_postgres(INT64_MIN) == INT64_MIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"each SQLSTATE has its meaning", test_the_table, NULL, NULL, NULL},
        {"a write in a read-only transaction is a bug", test_writing_where_we_only_read, NULL, NULL, NULL},
        {"times at the edges stay there", test_times_at_the_edges, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
