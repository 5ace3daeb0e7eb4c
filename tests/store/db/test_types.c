/* Values there and back: every type of db.h goes to PostgreSQL as a parameter and comes home as a column, alone and in
 * arrays, at its limits, empty and NULL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "tests/support/kit.h"

struct fixture {
    struct kit_pg *pg;
    struct db *db;
    struct arena *arena;
};

static int setup(void **state)
{
    struct fixture *f = mem_new(sizeof *f);

    f->pg = kit_pg_new();
    f->arena = arena_new(4096);
    struct db_config config = {.conninfo = kit_pg_conninfo(f->pg, NULL), .application_name = "test/types", .statement_timeout_ms = 5000};
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

/* One statement, its result. */
static const struct db_result *ask(struct fixture *f, const struct db_stmt *stmt, const struct db_params *p)
{
    int index = db_queue(f->db, stmt, p);

    if (db_flush(f->db) != ERR_OK)
        fail_msg("%s: %s %s", stmt->name, db_sqlstate(f->db), db_message(f->db));
    return db_result(f->db, index);
}

static void test_scalars_come_back(void **state)
{
    static const struct db_stmt STMT = {"scalars", "select $1::bool, $2::int2, $3::int4, $4::int8, $5::timestamptz, $6::uuid, $7::text, "
                                                   "$8::bytea, pg_typeof($9::text) is not null and $9::text is null"};
    struct fixture *f = *state;
    struct db_params *p = db_params(f->arena);
    struct uuid id = uuid_v7(time_now_us());
    static const uint8_t BYTES[] = {0, 1, 0xff, 0};

    db_bool(p, true);
    db_i16(p, INT16_MIN);
    db_i32(p, INT32_MIN);
    db_i64(p, INT64_MIN);
    db_time(p, 1767225600123456);
    db_uuid(p, id);
    db_text(p, span_text("Öljyä, ääkkösiä & 中文 \xf0\x9f\x90\x9f"));
    db_bytes(p, span_of(BYTES, sizeof BYTES));
    db_null(p);
    const struct db_result *r = ask(f, &STMT, p);
    assert_true(db_get_bool(r, 0, 0));
    assert_int_equal(db_get_i16(r, 0, 1), INT16_MIN);
    assert_int_equal(db_get_i32(r, 0, 2), INT32_MIN);
    assert_true(db_get_i64(r, 0, 3) == INT64_MIN);
    assert_true(db_get_time(r, 0, 4) == 1767225600123456);
    assert_int_equal(uuid_compare(db_get_uuid(r, 0, 5), id), 0);
    assert_true(span_equal(db_get_span(r, 0, 6), span_text("Öljyä, ääkkösiä & 中文 \xf0\x9f\x90\x9f")));
    assert_true(span_equal(db_get_span(r, 0, 7), span_of(BYTES, sizeof BYTES)));
    assert_true(db_get_bool(r, 0, 8));
}

static void test_time_means_the_same_instant(void **state)
{
    static const struct db_stmt STMT = {"instant", "select to_char($1 at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"};
    static const struct {
        const char *rfc3339, *text;
    } CASES[] = {
        {"2026-01-31T09:00:00.000001Z", "2026-01-31 09:00:00.000001"},
        {"1970-01-01T00:00:00.000001Z", "1970-01-01 00:00:00.000001"},
        {"1999-12-31T23:59:59.999999Z", "1999-12-31 23:59:59.999999"},
        {"2000-01-01T00:00:00Z", "2000-01-01 00:00:00.000000"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct db_params *p = db_params(f->arena);
        int64_t us;
        assert_true(time_parse(&us, span_text(CASES[i].rfc3339)));
        db_time(p, us);
        assert_true(span_equal(db_get_span(ask(f, &STMT, p), 0, 0), span_text(CASES[i].text)));
    }
}

static void test_nulls_and_infinity(void **state)
{
    static const struct db_stmt STMT = {"nulls", "select $1::timestamptz is null, null::timestamptz, null::uuid, null::text, null::int8, "
                                                 "'infinity'::timestamptz, ''::text"};
    struct fixture *f = *state;
    struct db_params *p = db_params(f->arena);

    db_time(p, 0);
    const struct db_result *r = ask(f, &STMT, p);
    assert_true(db_get_bool(r, 0, 0));
    assert_true(db_get_null(r, 0, 1));
    assert_int_equal(db_get_time(r, 0, 1), 0);
    assert_true(uuid_is_nil(db_get_uuid(r, 0, 2)));
    assert_int_equal(db_get_span(r, 0, 3).len, 0);
    assert_int_equal(db_get_i64(r, 0, 4), 0);
    assert_true(db_get_time(r, 0, 5) == INT64_MAX);
    assert_false(db_get_null(r, 0, 6));
}

/* A narrower column reads into a wider number, with its sign. */
static void test_numbers_widen(void **state)
{
    static const struct db_stmt STMT = {"widen", "select (-3)::int2, (-4)::int4, 70000::int4"};
    struct fixture *f = *state;
    const struct db_result *r = ask(f, &STMT, NULL);

    assert_int_equal(db_get_i64(r, 0, 0), -3);
    assert_int_equal(db_get_i32(r, 0, 0), -3);
    assert_int_equal(db_get_i64(r, 0, 1), -4);
    assert_int_equal(db_get_i64(r, 0, 2), 70000);
}

static void test_arrays_of_every_type(void **state)
{
    static const struct db_stmt STMT = {
        "arrays",
        "select a, b, c, d, e, f, g, h from unnest($1::bool[], $2::int2[], $3::int4[], $4::int8[], $5::timestamptz[], $6::uuid[], "
        "$7::text[], $8::bytea[]) with ordinality as q(a, b, c, d, e, f, g, h, n) order by n"};
    struct fixture *f = *state;
    struct db_params *p = db_params(f->arena);
    struct uuid id = uuid_v7(time_now_us());

    db_array(p, DB_BOOL, 2), db_array_bool(p, true), db_array_null(p);
    db_array(p, DB_I16, 2), db_array_i16(p, -2), db_array_null(p);
    db_array(p, DB_I32, 2), db_array_i32(p, -40000), db_array_null(p);
    db_array(p, DB_I64, 2), db_array_i64(p, INT64_MAX), db_array_null(p);
    db_array(p, DB_TIME, 2), db_array_time(p, 1000), db_array_time(p, 0);
    db_array(p, DB_UUID, 2), db_array_uuid(p, id), db_array_null(p);
    db_array(p, DB_TEXT, 2), db_array_text(p, span_text("{\"ä\",NULL}")), db_array_null(p);
    db_array(p, DB_BYTES, 2), db_array_bytes(p, span_of("\0x", 2)), db_array_null(p);
    const struct db_result *r = ask(f, &STMT, p);
    assert_int_equal(db_rows(r), 2);
    assert_true(db_get_bool(r, 0, 0));
    assert_int_equal(db_get_i16(r, 0, 1), -2);
    assert_int_equal(db_get_i32(r, 0, 2), -40000);
    assert_true(db_get_i64(r, 0, 3) == INT64_MAX);
    assert_int_equal(db_get_time(r, 0, 4), 1000);
    assert_int_equal(uuid_compare(db_get_uuid(r, 0, 5), id), 0);
    assert_true(span_equal(db_get_span(r, 0, 6), span_text("{\"ä\",NULL}")));
    assert_true(span_equal(db_get_span(r, 0, 7), span_of("\0x", 2)));
    for (int col = 0; col < 8; col++)
        assert_true(db_get_null(r, 1, col));
}

static void test_empty_arrays(void **state)
{
    static const struct db_stmt STMT = {"empty_arrays",
                                        "select cardinality($1::text[]), $1::text[] = '{}', count(*) from unnest($2::uuid[])"};
    struct fixture *f = *state;
    struct db_params *p = db_params(f->arena);

    db_array(p, DB_TEXT, 0);
    db_array(p, DB_UUID, 0);
    const struct db_result *r = ask(f, &STMT, p);
    assert_int_equal(db_get_i32(r, 0, 0), 0);
    assert_true(db_get_bool(r, 0, 1));
    assert_int_equal(db_get_i64(r, 0, 2), 0);
}

/* Texts outgrow the room that was guessed or said for them, or fill it; empty ones are not NULL. */
static void test_long_texts_in_an_array(void **state)
{
    static const struct db_stmt STMT = {"long_texts",
                                        "select count(*), sum(length(t)), count(*) filter (where t = '') from unnest($1::text[]) as q(t)"};
    static const size_t said[] = {SIZE_MAX, 0, 900 * 700 - 1, 900 * 700, 1000000};
    struct fixture *f = *state;
    char text[701];

    (void)snprintf(text, sizeof text, "%0700d", 7);
    for (size_t k = 0; k < sizeof said / sizeof said[0]; k++) {
        struct db_params *p = db_params(f->arena);
        if (said[k] == SIZE_MAX)
            db_array(p, DB_TEXT, 1000);
        else
            db_array_of(p, DB_TEXT, 1000, said[k]);
        for (int i = 0; i < 1000; i++)
            db_array_text(p, i % 10 ? span_text(text) : (struct span){0});
        const struct db_result *r = ask(f, &STMT, p);
        assert_int_equal(db_get_i64(r, 0, 0), 1000);
        assert_int_equal(db_get_i64(r, 0, 1), 900 * 700);
        assert_int_equal(db_get_i64(r, 0, 2), 100);
    }
}

/* What a statement was first used with does not bind its later uses: a NULL without a type, then a number of any width. */
static void test_types_may_differ_between_uses(void **state)
{
    static const struct db_stmt MAKE = {"make_note", "create temporary table note (n int4, t text)"};
    static const struct db_stmt STMT = {"add_note", "insert into note (n, t) values ($1, $2)"};
    static const struct db_stmt READ = {"read_note", "select coalesce(sum(n), 0), count(*) from note"};
    struct fixture *f = *state;
    struct db_params *a = db_params(f->arena), *b = db_params(f->arena), *c = db_params(f->arena);

    (void)db_queue(f->db, &MAKE, NULL); /* alone, because a Parse looks for the table it names */
    assert_int_equal(db_flush(f->db), ERR_OK);
    db_null(a), db_null(a);
    db_i64(b, 5), db_text(b, span_text("x"));
    db_i16(c, 7), db_null(c);
    (void)db_queue(f->db, &STMT, a);
    (void)db_queue(f->db, &STMT, b);
    (void)db_queue(f->db, &STMT, c);
    (void)db_queue(f->db, &STMT, b);
    int read = db_queue(f->db, &READ, NULL);
    assert_int_equal(db_flush(f->db), ERR_OK);
    assert_int_equal(db_get_i64(db_result(f->db, read), 0, 0), 17);
    assert_int_equal(db_get_i64(db_result(f->db, read), 0, 1), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"a scalar of each type comes back as it went", test_scalars_come_back, NULL, NULL, NULL},
        {"a time means the same instant to the server", test_time_means_the_same_instant, NULL, NULL, NULL},
        {"NULL and infinity have their values", test_nulls_and_infinity, NULL, NULL, NULL},
        {"a narrow number reads into a wide one", test_numbers_widen, NULL, NULL, NULL},
        {"an array of each type comes back, NULLs too", test_arrays_of_every_type, NULL, NULL, NULL},
        {"an empty array is empty, not NULL", test_empty_arrays, NULL, NULL, NULL},
        {"an array grows with long texts", test_long_texts_in_an_array, NULL, NULL, NULL},
        {"one statement takes other parameter types later", test_types_may_differ_between_uses, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
