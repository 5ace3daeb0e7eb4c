/* Migrations and the walls between services: twice is once, history does not change, and a role reaches its own schema only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/base/alloc.h"
#include "tests/support/kit.h"

static const struct db_migration ONE[] = {
    {"001_berry.sql", "create table berry (id int8 generated always as identity primary key, name text not null);"
                      "create sequence basket; create function pick() returns int8 language sql as 'select count(*) from berry';"},
};
static const struct db_migration TWO[] = {
    {"001_berry.sql", "create table berry (id int8 generated always as identity primary key, name text not null);"
                      "create sequence basket; create function pick() returns int8 language sql as 'select count(*) from berry';"},
    {"002_ripe.sql", "alter table berry add ripe bool not null default false; create table jam (berry int8 references berry)"},
};
static const struct db_migration CHANGED[] = {{"001_berry.sql", "create table berry (id int4)"}};
static const struct db_migration BROKEN[] = {
    {"001_good.sql", "create table good (n int4)"},
    {"002_bad.sql", "create table half (n int4); select no_such_thing"},
};
static const struct db_migration MUSHROOM[] = {{"001_mushroom.sql", "create table mushroom (n int4)"}};

static const struct db_schema BERRY_1 = {"test_berry", ONE, 1};
static const struct db_schema BERRY_2 = {"test_berry", TWO, 2};
static const struct db_schema BERRY_CHANGED = {"test_berry", CHANGED, 1};
static const struct db_schema BERRY_BROKEN = {"test_broken", BROKEN, 2};
static const struct db_schema OTHER = {"test_mushroom", MUSHROOM, 1};

struct fixture {
    struct kit_pg *pg;
    struct db *owner;
};

static struct db *open_as(struct kit_pg *pg, const char *user, const char *schema)
{
    struct db_config config = {
        .conninfo = kit_pg_conninfo(pg, user), .schema = schema, .application_name = "test/migrate", .statement_timeout_ms = 5000};
    struct db *db;

    if (db_open(&db, &config, kit_log()) != ERR_OK)
        kit_give_up("no connection as %s", user ? user : "the owner");
    return db;
}

/* Each test has a database of its own. */
static int setup(void **state)
{
    struct fixture *f = mem_new(sizeof *f);

    f->pg = kit_pg_new();
    f->owner = open_as(f->pg, NULL, NULL);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    db_close(f->owner);
    kit_pg_free(f->pg);
    mem_free(f);
    return 0;
}

static size_t apply(struct fixture *f, const struct db_schema *schema)
{
    size_t applied = 99;

    assert_int_equal(migrate_apply(f->owner, schema, kit_log(), &applied), ERR_OK);
    return applied;
}

static void test_twice_is_once(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(apply(f, &BERRY_2), 2);
    assert_int_equal(apply(f, &BERRY_2), 0);
    assert_int_equal(kit_sql_int(f->pg, "select count(*) from test_berry.schema_version where length(checksum) = 64"), 2);
}

static void test_only_what_is_missing_runs(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(apply(f, &BERRY_1), 1);
    kit_sql(f->pg, "insert into test_berry.berry (name) values ('mustikka')");
    assert_int_equal(apply(f, &BERRY_2), 1);
    assert_int_equal(kit_sql_int(f->pg, "select count(*) from test_berry.berry where not ripe"), 1);
}

static void test_a_changed_file_is_refused(void **state)
{
    struct fixture *f = *state;
    size_t applied;

    apply(f, &BERRY_1);
    assert_int_equal(migrate_apply(f->owner, &BERRY_CHANGED, kit_log(), &applied), ERR_CONFLICT);
    assert_int_equal(applied, 0);
    assert_int_equal(migrate_check(f->owner, &BERRY_CHANGED, kit_log()), ERR_CONFLICT);
}

static void test_a_newer_database_is_refused(void **state)
{
    struct fixture *f = *state;
    size_t applied;

    apply(f, &BERRY_2);
    assert_int_equal(migrate_apply(f->owner, &BERRY_1, kit_log(), &applied), ERR_CONFLICT);
    assert_int_equal(migrate_check(f->owner, &BERRY_1, kit_log()), ERR_CONFLICT);
}

static void test_check_wants_exactly_its_version(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(migrate_check(f->owner, &BERRY_2, kit_log()), ERR_CONFLICT); /* nothing there */
    apply(f, &BERRY_1);
    struct db *role = open_as(f->pg, "hv_test_berry", "test_berry");
    assert_int_equal(migrate_check(role, &BERRY_2, kit_log()), ERR_CONFLICT); /* older */
    assert_int_equal(migrate_check(role, &BERRY_1, kit_log()), ERR_OK);
    assert_int_equal(apply(f, &BERRY_2), 1);
    assert_int_equal(migrate_check(role, &BERRY_2, kit_log()), ERR_OK);
    db_close(role);
}

static void test_a_broken_file_leaves_nothing_of_itself(void **state)
{
    struct fixture *f = *state;
    size_t applied;

    assert_int_equal(migrate_apply(f->owner, &BERRY_BROKEN, kit_log(), &applied), ERR_INTERNAL);
    assert_int_equal(applied, 1);
    assert_string_equal(kit_sql(f->pg, "select to_regclass('test_broken.good') is not null and to_regclass('test_broken.half') is null"),
                        "t");
    assert_int_equal(kit_sql_int(f->pg, "select count(*) from test_broken.schema_version"), 1);
}

static void test_a_role_works_in_its_own_schema(void **state)
{
    struct fixture *f = *state;

    apply(f, &BERRY_2);
    struct db *role = open_as(f->pg, "hv_test_berry", "test_berry");
    assert_int_equal(
        db_script(role, "insert into berry (name) values ('puolukka'); update berry set ripe = true; select pick(), nextval('basket')"),
        ERR_OK);
    assert_int_equal(db_script(role, "delete from berry"), ERR_OK);
    db_close(role);
}

static void refused(struct db *role, const char *sql)
{
    if (db_script(role, sql) == ERR_OK)
        fail_msg("allowed: %s", sql);
    assert_string_equal(db_sqlstate(role), "42501"); /* insufficient privilege */
}

static void test_a_role_reaches_nothing_else(void **state)
{
    struct fixture *f = *state;

    apply(f, &BERRY_1);
    apply(f, &OTHER);
    struct db *role = open_as(f->pg, "hv_test_berry", "test_berry");
    refused(role, "select * from test_mushroom.mushroom");
    refused(role, "insert into test_mushroom.mushroom values (1)");
    refused(role, "select * from test_mushroom.schema_version");
    refused(role, "create table public.loot (n int)");
    refused(role, "create table test_berry.more (n int)");
    refused(role, "drop table berry");
    refused(role, "alter table berry add x int");
    refused(role, "create temporary table hidden (n int)");
    refused(role, "create role thief");
    refused(role, "update schema_version set checksum = ''");
    refused(role, "set role hv_test_mushroom");
    db_close(role);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"applied twice, a migration runs once", test_twice_is_once, setup, teardown, NULL},
        {"only what is missing runs, and data stays", test_only_what_is_missing_runs, setup, teardown, NULL},
        {"a file changed after it was applied is refused", test_a_changed_file_is_refused, setup, teardown, NULL},
        {"a database newer than the program is refused", test_a_newer_database_is_refused, setup, teardown, NULL},
        {"the check wants exactly its version, under the service's role", test_check_wants_exactly_its_version, setup, teardown, NULL},
        {"a broken file leaves nothing of itself, the files before it stay", test_a_broken_file_leaves_nothing_of_itself, setup, teardown,
         NULL},
        {"a role reads, writes and calls in its own schema", test_a_role_works_in_its_own_schema, setup, teardown, NULL},
        {"a role reaches nothing else, and changes no structure", test_a_role_reaches_nothing_else, setup, teardown, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
