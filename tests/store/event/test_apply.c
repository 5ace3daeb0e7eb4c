/* Effects and cursor move together or not at all: events handed to a real writer twice, out of turn, of another epoch, by two consumers
 * at once. The subscriber never does that on purpose; the guard must hold all the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include <stdatomic.h>
#include <string.h>

#include "common/base/time.h"
#include "common/event/consumer.h"
#include "tests/support/kit.h"

extern const struct db_schema ledger_schema;

struct fixture {
    struct kit_pg *pg;
    struct metrics *metrics;
    struct event_consumer *consumer;
    struct worker *writer, *rival; /* two processes' worth of writers on one schema */
};

static const struct uuid EPOCH = {{0xe0}}, OTHER = {{0xe1}};

/* --- a store that notes each event -------------------------------------------------------------------------------- */

struct workset {
    struct arena *arena;
    const struct job *jobs[64];
    size_t count;
};

static const struct db_stmt NOTE = {"ledger_note", "insert into note (stream, seq) select * from unnest($1::text[], $2::bigint[])"};

static struct workset *ledger_begin(struct arena *arena, int64_t now_us, void *context)
{
    struct workset *w = arena_alloc(arena, sizeof *w);

    (void)now_us;
    (void)context;
    w->arena = arena;
    return w;
}

static enum err ledger_load(struct workset *w, struct db *db)
{
    (void)w;
    return db_flush(db);
}

static void ledger_save(struct workset *w, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_array(p, DB_TEXT, w->count);
    for (size_t i = 0; i < w->count; i++)
        db_array_text(p, span_text(w->jobs[i]->stream));
    db_array(p, DB_I64, w->count);
    for (size_t i = 0; i < w->count; i++)
        db_array_i64(p, (int64_t)w->jobs[i]->event->seq);
    (void)db_queue(db, &NOTE, p);
}

static const struct work_store STORE = {.begin = ledger_begin, .load = ledger_load, .save = ledger_save};

static void noted_decide(struct job *job, struct workset *w)
{
    if (strcmp(job->event->subject, "bad") == 0)
        (void)job_fail(job, ERR_REFUSED, "ledger.bad", NULL, NULL, NULL, "bad");
    else
        w->jobs[w->count++] = job;
}

static const struct work_case CASES[] = {
    {.name = "test.Noted.v1", .kind = WORK_EVENT, .request = &bus__fact__descriptor, .decide = noted_decide},
    {.name = "test.Known.v1", .kind = WORK_EVENT}, /* known, and left alone */
};

/* --- events --------------------------------------------------------------------------------------------------------- */

struct handed {
    struct job job;
    Bus__Event event;
    struct uuid id;
    enum err err;
    atomic_int *left;
};

static void handed_done(struct job *job)
{
    struct handed *h = job->owner;

    h->err = job->err;
    atomic_fetch_sub(h->left, 1);
}

static bool none_left(void *arg)
{
    atomic_int *left = arg;

    return atomic_load(left) == 0;
}

struct row {
    const char *stream, *type, *subject;
    uint64_t seq;
    const struct uuid *epoch;
    const char *payload;
    enum err want;
};

/* Hands the rows over at once, so that they share a batch, and looks what became of each. */
static void hand(struct fixture *f, struct worker *writer, const struct row *rows, size_t count)
{
    struct handed handed[64] = {0};
    struct job *jobs[64];
    struct arena *arena = arena_new(4096);
    atomic_int left;

    atomic_init(&left, (int)count);
    for (size_t i = 0; i < count; i++) {
        struct handed *h = &handed[i];
        bus__event__init(&h->event);
        h->id = uuid_from(*rows[i].epoch, span_of(&rows[i].seq, sizeof rows[i].seq));
        h->event.seq = rows[i].seq;
        h->event.id = (ProtobufCBinaryData){16, h->id.b};
        h->event.type = (char *)(uintptr_t)(rows[i].type ? rows[i].type : "test.Noted.v1");
        h->event.subject = (char *)(uintptr_t)(rows[i].subject ? rows[i].subject : "");
        if (rows[i].payload)
            h->event.payload = (ProtobufCBinaryData){strlen(rows[i].payload), (uint8_t *)(uintptr_t)rows[i].payload};
        consumer_job(f->consumer, &h->job, arena, &h->event, rows[i].stream, *rows[i].epoch);
        h->job.done = handed_done;
        h->job.owner = h;
        h->left = &left;
        jobs[i] = &h->job;
    }
    assert_int_equal(worker_submit_many(writer, jobs, count), count);
    assert_true(kit_wait_until(none_left, &left, KIT_PATIENCE_MS));
    for (size_t i = 0; i < count; i++) {
        if (handed[i].err != rows[i].want)
            fail_msg("row %zu: %s, not %s", i, err_text(handed[i].err)->name, err_text(rows[i].want)->name);
    }
    arena_free(arena);
}

#define HAND(f, writer, rows) hand(f, writer, rows, sizeof(rows) / sizeof((rows)[0]))

static void expect(struct fixture *f, const char *stream, int64_t cursor, int64_t notes)
{
    assert_int_equal(
        kit_sql_int(f->pg, "select coalesce((select last_seq from ledger.event_cursor where source_stream = '%s'), -1)", stream), cursor);
    assert_int_equal(kit_sql_int(f->pg, "select count(*) from ledger.note where stream = '%s'", stream), notes);
    assert_int_equal(kit_sql_int(f->pg, "select count(distinct seq) from ledger.note where stream = '%s'", stream), notes);
}

/* --- what must hold ------------------------------------------------------------------------------------------------- */

static void test_in_turn(void **state)
{
    struct fixture *f = *state;
    static const struct row rows[] = {{.stream = "turn.0", .seq = 1, .epoch = &EPOCH},
                                      {.stream = "turn.1", .seq = 1, .epoch = &EPOCH},
                                      {.stream = "turn.0", .seq = 2, .epoch = &EPOCH},
                                      {.stream = "turn.0", .seq = 3, .epoch = &EPOCH},
                                      {.stream = "turn.1", .seq = 2, .epoch = &EPOCH}};

    HAND(f, f->writer, rows);
    expect(f, "turn.0", 3, 3);
    expect(f, "turn.1", 2, 2);
}

static void test_twice(void **state)
{
    struct fixture *f = *state;
    static const struct row once[] = {{.stream = "twice.0", .seq = 1, .epoch = &EPOCH}, {.stream = "twice.0", .seq = 2, .epoch = &EPOCH}};
    static const struct row again[] = {{.stream = "twice.0", .seq = 1, .epoch = &EPOCH, .want = ERR_PRECONDITION},
                                       {.stream = "twice.0", .seq = 2, .epoch = &EPOCH, .want = ERR_PRECONDITION},
                                       {.stream = "twice.0", .seq = 3, .epoch = &EPOCH}};

    HAND(f, f->writer, once);
    HAND(f, f->writer, again); /* the third is the next one, whatever stood before it in the batch */
    expect(f, "twice.0", 3, 3);
}

static void test_out_of_turn(void **state)
{
    struct fixture *f = *state;
    static const struct row first[] = {{.stream = "gap.0", .seq = 2, .epoch = &EPOCH, .want = ERR_PRECONDITION}};
    static const struct row holes[] = {{.stream = "gap.0", .seq = 1, .epoch = &EPOCH},
                                       {.stream = "gap.0", .seq = 3, .epoch = &EPOCH, .want = ERR_PRECONDITION},
                                       {.stream = "gap.0", .seq = 2, .epoch = &EPOCH}};

    HAND(f, f->writer, first);
    expect(f, "gap.0", -1, 0);
    HAND(f, f->writer, holes);
    expect(f, "gap.0", 2, 2);
}

static void test_epoch(void **state)
{
    struct fixture *f = *state;
    static const struct row rows[] = {{.stream = "epoch.0", .seq = 1, .epoch = &EPOCH},
                                      {.stream = "epoch.0", .seq = 2, .epoch = &OTHER, .want = ERR_PRECONDITION}};
    static const struct row after[] = {{.stream = "epoch.0", .seq = 2, .epoch = &OTHER}};

    HAND(f, f->writer, rows);
    expect(f, "epoch.0", 1, 1);
    (void)kit_sql(f->pg, "update ledger.event_cursor set epoch = '00000000-0000-0000-0000-000000000000' where source_stream = 'epoch.0'");
    HAND(f, f->writer, after); /* an operator has rewound it: the new epoch is taken over */
    expect(f, "epoch.0", 2, 2);
}

static void test_bad_among_good(void **state)
{
    struct fixture *f = *state;
    static const struct row rows[] = {{.stream = "bad.0", .seq = 1, .epoch = &EPOCH},
                                      {.stream = "bad.0", .seq = 2, .epoch = &EPOCH, .subject = "bad"},
                                      {.stream = "bad.0", .seq = 3, .epoch = &EPOCH},
                                      {.stream = "bad.0", .seq = 4, .epoch = &EPOCH, .payload = "\x0a\x7fnot a fact"},
                                      {.stream = "bad.0", .seq = 5, .epoch = &EPOCH, .type = "test.Unheard.v1"},
                                      {.stream = "bad.0", .seq = 6, .epoch = &EPOCH, .type = "test.Known.v1"}};

    HAND(f, f->writer, rows);
    expect(f, "bad.0", 6, 2);
    assert_string_equal(
        kit_sql(f->pg, "select string_agg(seq || ' ' || split_part(error, ':', 1), ', ' order by seq) from ledger.event_dead"),
        "2 ledger.bad, 4 event.malformed, 5 event.unknown-type");
    assert_int_equal(consumer_stream_get(f->consumer, "bad.0").dead, 3);
}

static void test_rivals(void **state)
{
    struct fixture *f = *state;
    static const struct row ours[] = {{.stream = "rival.0", .seq = 1, .epoch = &EPOCH}};
    static const struct row theirs[] = {{.stream = "rival.0", .seq = 1, .epoch = &EPOCH, .want = ERR_PRECONDITION},
                                        {.stream = "rival.0", .seq = 2, .epoch = &EPOCH}};

    HAND(f, f->writer, ours);
    HAND(f, f->rival, theirs);
    expect(f, "rival.0", 2, 2);
}

/* --- the world ------------------------------------------------------------------------------------------------------ */

static struct worker *writer_of(struct fixture *f, const char *name)
{
    struct worker_config config = {.name = name,
                                   .access = DB_READ_WRITE,
                                   .db = {.conninfo = kit_pg_conninfo(f->pg, "hv_ledger"),
                                          .schema = "ledger",
                                          .application_name = "test_apply",
                                          .statement_timeout_ms = 5000},
                                   .store = &STORE,
                                   .events = event_consumer_hooks(f->consumer),
                                   .queue_max = 64,
                                   .batch_max = 64,
                                   .log = kit_log(),
                                   .metrics = f->metrics};
    struct worker *writer;

    assert_int_equal(worker_start(&writer, &config), ERR_OK);
    return writer;
}

static int setup(void **state)
{
    static struct fixture f;

    f.pg = kit_pg_new();
    kit_pg_apply(f.pg, &ledger_schema);
    f.metrics = metrics_new();
    f.consumer = event_consumer_new(CASES, 2, kit_log(), f.metrics);
    f.writer = writer_of(&f, "writer");
    f.rival = writer_of(&f, "rival");
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    worker_stop(f->writer);
    worker_stop(f->rival);
    kit_pg_free(f->pg);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"events in turn move their cursors, stream by stream", test_in_turn, NULL, NULL, NULL},
        {"an event that comes twice has its effect once", test_twice, NULL, NULL, NULL},
        {"an event out of turn has no effect", test_out_of_turn, NULL, NULL, NULL},
        {"an event of another epoch has no effect, unless the cursor was rewound", test_epoch, NULL, NULL, NULL},
        {"bad events are parked one by one, the good ones around them applied", test_bad_among_good, NULL, NULL, NULL},
        {"of two consumers on one schema only one applies an event", test_rivals, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("effects and cursor", tests, setup, teardown);
}
