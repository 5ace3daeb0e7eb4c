/* The event log on a real PostgreSQL: numbers without a gap under concurrent writers and rollbacks, everything read back as it was
 * written, partitions made ahead and dropped behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include <pthread.h>
#include <string.h>

#include "common/base/time.h"
#include "common/event/list.h"
#include "tests/support/kit.h"

extern const struct db_schema logbook_schema;

#define SCHEMA "logbook"

struct fixture {
    struct kit_pg *pg;
    struct db_config config;
};

static struct db *connect_to(const struct fixture *f)
{
    struct db *db;

    assert_int_equal(db_open(&db, &f->config, kit_log()), ERR_OK);
    return db;
}

/* A job such as a request from the gateway makes. */
static struct job request_job(Bus__Request *request, struct uuid actor)
{
    static char trace[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    bus__request__init(request);
    request->traceparent = trace;
    return (struct job){.request = request, .actor = actor};
}

static void add(struct event_list *list, struct uuid key, const char *name)
{
    Bus__Request request;
    struct job job = request_job(&request, key);
    Bus__Fact fact = BUS__FACT__INIT;

    fact.name = (char *)(uintptr_t)name;
    event_add(list, &job, key, key, "logbook.Noted.v1", &fact.base, 1700000000123456);
}

/* --- numbers -------------------------------------------------------------------------------------------------------- */

static void test_numbers(void **state)
{
    struct fixture *f = *state;
    struct db *db = connect_to(f);
    struct arena *arena = arena_new(4096);
    struct event_list *list = event_list_new(arena, "one", 1);

    for (int i = 0; i < 3; i++)
        add(list, uuid_v7(1), "first");
    assert_int_equal(event_count(list), 3);
    db_begin(db, DB_READ_WRITE);
    event_log_append(list, db);
    assert_int_equal(db_commit(db), ERR_OK);
    const struct db_result *r = db_result(db, list->lanes[0].result);
    assert_int_equal(db_rows(r), 1);
    assert_int_equal(db_get_i64(r, 0, 0), 3); /* the stream's row was made on the way */
    assert_false(uuid_is_nil(db_get_uuid(r, 0, 1)));

    assert_int_equal(kit_sql_int(f->pg, "select count(*) from logbook.event_log where stream = 'one.0' and seq between 1 and 3"), 3);
    assert_int_equal(kit_sql_int(f->pg, "select head_seq from logbook.event_stream where stream = 'one.0'"), 3);
    arena_free(arena);
    db_close(db);
}

/* A batch of nine megabytes goes in portions: the numbers follow the order in which it was said, without a gap, and the last portion's
 * answer is the head. */
static void test_large_batch(void **state)
{
    enum { LARGE = 200000, TIMES = 45 };
    struct fixture *f = *state;
    struct db *db = connect_to(f);
    struct arena *arena = arena_new(4096);
    struct event_list *list = event_list_new(arena, "large", 1);
    char *name = arena_alloc(arena, LARGE + 1);

    memset(name, 'x', LARGE);
    for (int i = 0; i < TIMES; i++) {
        name[0] = (char)('0' + i);
        add(list, uuid_v7(1), i % 9 == 4 ? "small" : name);
    }
    db_begin(db, DB_READ_WRITE);
    event_log_append(list, db);
    assert_int_equal(db_commit(db), ERR_OK);
    assert_int_equal(db_get_i64(db_result(db, list->lanes[0].result), 0, 0), TIMES);
    assert_int_equal(kit_sql_int(f->pg, "select head_seq from logbook.event_stream where stream = 'large.0'"), TIMES);
    int64_t seq = 0;
    for (const struct event_entry *e = list->lanes[0].first; e; e = e->next) {
        char id[UUID_TEXT];
        uuid_format(e->id, id);
        assert_int_equal(
            kit_sql_int(f->pg,
                        "select seq from logbook.event_log where stream = 'large.0' and event_id = '%s' and octet_length(payload) = %zu",
                        id, e->payload.len),
            ++seq);
    }
    arena_free(arena);
    db_close(db);
}

static void test_read_back(void **state)
{
    struct fixture *f = *state;
    struct db *db = connect_to(f);
    struct arena *arena = arena_new(4096);
    struct event_list *list = event_list_new(arena, "back", 1);
    struct uuid actor = uuid_v7(1700000000000000), cause = uuid_v7(1700000000000001), subject = uuid_v7(1700000000000002);
    Bus__Event event = BUS__EVENT__INIT;
    struct job job = {.event = &event, .actor = actor};
    Bus__Fact fact = BUS__FACT__INIT;
    static char name[] = "väylä";

    event.id = (ProtobufCBinaryData){16, cause.b};
    fact.name = name;
    event_add(list, &job, actor, subject, "logbook.Noted.v1", &fact.base, 1700000000123456);
    db_begin(db, DB_READ_WRITE);
    event_log_append(list, db);
    assert_int_equal(db_commit(db), ERR_OK);

    char text[UUID_TEXT];
    const char *row = "from logbook.event_log where stream = 'back.0' and seq = 1";
    uuid_format(actor, text);
    assert_string_equal(kit_sql(f->pg, "select actor %s", row), text);
    uuid_format(cause, text);
    assert_string_equal(kit_sql(f->pg, "select causation_id %s", row), text);
    uuid_format(subject, text);
    assert_string_equal(kit_sql(f->pg, "select subject %s", row), text);
    assert_string_equal(kit_sql(f->pg, "select type %s", row), "logbook.Noted.v1");
    assert_int_equal(kit_sql_int(f->pg, "select (extract(epoch from occurred_at) * 1000000)::bigint %s", row), 1700000000123456);
    assert_string_equal(kit_sql(f->pg, "select traceparent is null %s", row), "t");
    assert_string_equal(kit_sql(f->pg, "select encode(payload, 'hex') %s", row), "0a0776c3a4796cc3a4");
    arena_free(arena);
    db_close(db);
}

static void test_streams(void **state)
{
    struct fixture *f = *state;
    struct db *db = connect_to(f);
    struct arena *arena = arena_new(4096);
    struct event_list *list = event_list_new(arena, "many", 4);

    for (int i = 0; i < 200; i++)
        add(list, uuid_v7(i + 1), "spread");
    db_begin(db, DB_READ_WRITE);
    event_log_append(list, db);
    assert_int_equal(db_commit(db), ERR_OK);
    assert_int_equal(kit_sql_int(f->pg, "select count(*) from logbook.event_stream where stream like 'many.%%' and head_seq > 0"), 4);
    /* The same key always goes to the same stream: order holds for each programme. */
    assert_int_equal(kit_sql_int(f->pg, "select count(*) from (select subject from logbook.event_log where stream like 'many.%%'"
                                        " group by subject having count(distinct stream) > 1) a"),
                     0);
    arena_free(arena);
    db_close(db);
}

static void test_rollback(void **state)
{
    struct fixture *f = *state;
    struct db *db = connect_to(f);
    struct arena *arena = arena_new(4096);

    for (int i = 0; i < 4; i++) {
        struct event_list *list = event_list_new(arena, "roll", 1);
        add(list, uuid_v7(1), "kept or not");
        db_begin(db, DB_READ_WRITE);
        event_log_append(list, db);
        assert_int_equal(db_flush(db), ERR_OK);
        if (i % 2 == 0)
            db_rollback(db);
        else
            assert_int_equal(db_commit(db), ERR_OK);
    }
    assert_int_equal(kit_sql_int(f->pg, "select count(*) from logbook.event_log where stream = 'roll.0'"), 2);
    assert_int_equal(kit_sql_int(f->pg, "select max(seq) from logbook.event_log where stream = 'roll.0'"), 2);
    arena_free(arena);
    db_close(db);
}

/* --- concurrent writers --------------------------------------------------------------------------------------------- */

enum { WRITERS = 2, ROUNDS = 150 };

struct writer {
    const struct fixture *fixture;
    unsigned number;
    int failures;
};

static void *writer_main(void *arg)
{
    struct writer *w = arg;
    struct db *db = connect_to(w->fixture);
    struct arena *arena = arena_new(4096);

    for (unsigned i = 0; i < ROUNDS; i++) {
        struct event_list *list = event_list_new(arena, "race", 2);
        for (unsigned n = 0; n < 1 + (i + w->number) % 5; n++)
            add(list, uuid_v7(time_now_us()), "raced");
        db_begin(db, DB_READ_WRITE);
        event_log_append(list, db);
        if (i % 4 == w->number) {
            w->failures += db_flush(db) != ERR_OK;
            db_rollback(db);
        } else {
            w->failures += db_commit(db) != ERR_OK;
        }
        arena_reset(arena);
    }
    arena_free(arena);
    db_close(db);
    return NULL;
}

static void test_race(void **state)
{
    struct fixture *f = *state;
    struct writer writers[WRITERS];
    pthread_t threads[WRITERS];

    for (unsigned i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){f, i, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, writer_main, &writers[i]), 0);
    }
    for (unsigned i = 0; i < WRITERS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(writers[i].failures, 0); /* no deadlock either: streams are locked in one order */
    }
    const char *gaps = "select count(*) from (select stream, max(seq) as most, count(*) as n, count(distinct event_id) as ids"
                       " from logbook.event_log where stream like 'race.%' group by stream) a join logbook.event_stream s using (stream)"
                       " where n = most and ids = n and head_seq = most";
    assert_int_equal(kit_sql_int(f->pg, "%s", gaps), 2);
    assert_true(kit_sql_int(f->pg, "select count(*) from logbook.event_log where stream like 'race.%%'") > ROUNDS);
}

/* --- partitions ----------------------------------------------------------------------------------------------------- */

static void test_partitions(void **state)
{
    struct fixture *f = *state;
    struct db *db = connect_to(f); /* the service's own role: it may call these, and drop nothing by itself */

    assert_int_equal(kit_sql_int(f->pg, "select count(*) from pg_inherits where inhparent = 'logbook.event_log'::regclass"), 2);
    assert_int_equal(db_script(db, "select event_partition_ensure(2500000); select event_partition_ensure(2999999)"), ERR_OK);
    assert_int_equal(kit_sql_int(f->pg, "select count(*) from pg_inherits where inhparent = 'logbook.event_log'::regclass"), 3);

    /* A stream deep in the third partition, and one that has never been written since its start. */
    assert_int_equal(db_script(db, "insert into event_stream (stream, head_seq) values ('deep.0', 2500000), ('deep.1', 0)"), ERR_OK);
    assert_int_equal(db_script(db, "insert into event_log (stream, seq, event_id, type, subject, occurred_at, payload)"
                                   " select 'deep.0', 2500000, gen_random_uuid(), 'x', 'x', now(), ''"),
                     ERR_OK);
    (void)kit_sql(f->pg, "delete from logbook.event_stream where stream not like 'deep.%%'");
    assert_int_equal(kit_sql_int(f->pg, "set search_path = logbook; select event_partition_drop(2000000)"), 2);
    assert_int_equal(kit_sql_int(f->pg, "select low_seq from logbook.event_stream where stream = 'deep.0'"), 2000000);
    assert_int_equal(kit_sql_int(f->pg, "select count(*) from logbook.event_log where stream = 'deep.0'"), 1);
    assert_int_not_equal(db_script(db, "drop table event_log_2"), ERR_OK);
    db_close(db);
}

static void test_partition_kept(void **state)
{
    struct fixture *f = *state;

    /* The stream of test_partitions has its events in partition 2, and has not come as far as what may go. */
    assert_int_equal(kit_sql_int(f->pg, "set search_path = logbook; select event_partition_drop(3500000)"), 0);
    assert_int_equal(kit_sql_int(f->pg, "select count(*) from logbook.event_log where stream = 'deep.0'"), 1);
}

static int setup(void **state)
{
    static struct fixture f;

    f.pg = kit_pg_new();
    kit_pg_apply(f.pg, &logbook_schema);
    f.config = (struct db_config){
        .conninfo = kit_pg_conninfo(f.pg, "hv_logbook"), .schema = SCHEMA, .application_name = "test_log", .statement_timeout_ms = 5000};
    *state = &f;
    return 0;
}

/* --- taking out and forgetting ---------------------------------------------------------------------------------------- */

static const struct event_redaction NOTED = EVENT_REDACTION("logbook.Noted.v1");

static int64_t naming(const struct fixture *f, const char *name)
{
    return kit_sql_int(f->pg, "select count(*) from logbook.event_log where position('%s'::bytea in payload) > 0", name);
}

static const char *skeleton(const struct fixture *f)
{
    return kit_sql(f->pg, "select string_agg(stream || seq || event_id || occurred_at || type || subject, ' ' order by stream, seq)"
                          " from logbook.event_log where stream like 'redact.%%'");
}

static void test_redact(void **state)
{
    struct fixture *f = *state;
    struct db *db = connect_to(f);
    struct arena *arena = arena_new(4096);
    struct event_list *list = event_list_new(arena, "redact", 2);
    const struct uuid who = uuid_v7(1), other = uuid_v7(1);
    Bus__Fact nothing = BUS__FACT__INIT;

    add(list, who, "Aava Esimerkki");
    add(list, other, "Onni Esimerkki");
    add(list, who, "Aava Esimerkki-Uusi");
    db_begin(db, DB_READ_WRITE);
    event_log_append(list, db);
    assert_int_equal(db_commit(db), ERR_OK);
    assert_int_equal(naming(f, "Esimerkki"), 3);
    const char *before = skeleton(f);

    list = event_list_new(arena, "redact", 2);
    event_redact(list, &NOTED, who, who, &nothing.base); /* without an event of its own */
    db_begin(db, DB_READ_WRITE);
    event_log_append(list, db);
    assert_int_equal(db_commit(db), ERR_OK);
    assert_int_equal(naming(f, "Aava"), 0);
    assert_int_equal(naming(f, "Onni"), 1); /* the other's stays */
    assert_string_equal(before, skeleton(f));

    const char *place = kit_sql(f->pg, "select stream || ' ' || seq from logbook.event_log where position('Onni'::bytea in payload) > 0");
    char stream[16];
    long long seq;
    assert_int_equal(sscanf(place, "%15s %lld", stream, &seq), 2);
    list = event_list_new(arena, "redact", 2);
    event_redact_at(list, stream, seq, &nothing.base); /* one by its place */
    db_begin(db, DB_READ_WRITE);
    event_log_append(list, db);
    assert_int_equal(db_commit(db), ERR_OK);
    assert_int_equal(naming(f, "Onni"), 0);
    assert_string_equal(before, skeleton(f));
    arena_free(arena);
    db_close(db);
}

/* Events of a stream whose head is `head`: pairs of a number and an age in days. */
static void stream_aged(const struct fixture *f, const char *stream, int64_t head, const char *numbers_and_days)
{
    (void)kit_sql(f->pg,
                  "insert into logbook.event_stream (stream, head_seq) values ('%s', %lld);"
                  "insert into logbook.event_log (stream, seq, event_id, type, subject, occurred_at, recorded_at, payload)"
                  " select '%s', seq, gen_random_uuid(), 'logbook.Noted.v1', '', now(), now() - days * interval '1 day', ''"
                  " from (values %s) v (seq, days)",
                  stream, (long long)head, stream, numbers_and_days);
}

static int trim(const struct fixture *f, int32_t days)
{
    struct db *db = connect_to(f);
    struct arena *arena = arena_new(4096);
    int dropped = -1;

    db_begin(db, DB_READ_WRITE);
    if (event_log_trim(db, arena, days, &dropped) != ERR_OK)
        fail_msg("%s", db_message(db));
    assert_int_equal(db_commit(db), ERR_OK);
    arena_free(arena);
    db_close(db);
    return dropped;
}

/* On a log of its own, since all streams together decide which partitions go. */
static void test_trim(void **state)
{
    struct fixture own = {.pg = kit_pg_new()};
    (void)state;
    kit_pg_apply(own.pg, &logbook_schema);
    own.config = (struct db_config){
        .conninfo = kit_pg_conninfo(own.pg, "hv_logbook"), .schema = SCHEMA, .application_name = "test_log", .statement_timeout_ms = 5000};
    (void)kit_sql(own.pg, "set search_path = logbook; select event_partition_ensure(2000000); select event_partition_ensure(3000000)");
    assert_int_equal(trim(&own, 30), 0); /* nothing has happened yet */
    stream_aged(&own, "long.0", 3000010, "(5, 900), (999999, 800), (1999999, 400), (2999999, 10), (3000010, 1)");
    assert_int_equal(trim(&own, 1000), 0);
    assert_int_equal(trim(&own, 0), 0);
    assert_int_equal(kit_sql_int(own.pg, "select low_seq from logbook.event_stream"), 1);
    assert_int_equal(trim(&own, 730), 1);
    assert_int_equal(kit_sql_int(own.pg, "select low_seq from logbook.event_stream"), 1000000);
    assert_int_equal(kit_sql_int(own.pg, "select min(seq) from logbook.event_log"), 1999999);
    stream_aged(&own, "short.0", 1000003, "(1000003, 1)"); /* young, in the partition that would go next */
    assert_int_equal(trim(&own, 365), 0);
    assert_int_equal(kit_sql_int(own.pg, "select count(*) from logbook.event_log where stream = 'short.0'"), 1);
    (void)kit_sql(own.pg, "delete from logbook.event_stream where stream = 'short.0'");
    assert_int_equal(trim(&own, 365), 1);
    assert_int_equal(kit_sql_int(own.pg, "select min(seq) from logbook.event_log"), 2999999);
    assert_int_equal(trim(&own, 365), 0); /* again: nothing is left to do */
    kit_pg_free(own.pg);
}

/* A stream that is far behind the others in numbers gives up what is old of it all the same. */
static void test_trim_slow_stream(void **state)
{
    struct fixture own = {.pg = kit_pg_new()};
    (void)state;
    kit_pg_apply(own.pg, &logbook_schema);
    own.config = (struct db_config){
        .conninfo = kit_pg_conninfo(own.pg, "hv_logbook"), .schema = SCHEMA, .application_name = "test_log", .statement_timeout_ms = 5000};
    (void)kit_sql(own.pg, "set search_path = logbook; select event_partition_ensure(2000000)");
    stream_aged(&own, "fast.0", 2000010, "(5, 900), (999999, 900), (1999999, 800), (2000010, 1)");
    stream_aged(&own, "slow.0", 1000003, "(5, 900), (999999, 800), (1000003, 1)");
    assert_int_equal(trim(&own, 730), 1);
    assert_int_equal(kit_sql_int(own.pg, "select min(seq) from logbook.event_log"), 1000003);
    assert_int_equal(kit_sql_int(own.pg, "select low_seq from logbook.event_stream where stream = 'fast.0'"), 2000000);
    assert_int_equal(kit_sql_int(own.pg, "select low_seq from logbook.event_stream where stream = 'slow.0'"), 1000000);
    kit_pg_free(own.pg);
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    kit_pg_free(f->pg);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"events are numbered from 1, and their stream is made on the way", test_numbers, NULL, NULL, NULL},
        {"a batch of megabytes is numbered in its order", test_large_batch, NULL, NULL, NULL},
        {"what was written is read back: who, when, why, what", test_read_back, NULL, NULL, NULL},
        {"the key's hash picks the stream", test_streams, NULL, NULL, NULL},
        {"a rolled back transaction leaves no gap", test_rollback, NULL, NULL, NULL},
        {"two writers at once leave no gap, no double number, no deadlock", test_race, NULL, NULL, NULL},
        {"what events said of a subject is taken out; number, id and time stay, and what others said", test_redact, NULL, NULL, NULL},
        {"partitions are made ahead and dropped behind, by the service's role through functions only", test_partitions, NULL, NULL, NULL},
        {"a partition with events that are still promised is kept", test_partition_kept, NULL, NULL, NULL},
        {"partitions go when all in them is older than asked, and never one with a young event", test_trim, NULL, NULL, NULL},
        {"a stream that is far behind in numbers keeps nothing old alive", test_trim_slow_stream, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("the event log", tests, setup, teardown);
}
