/* The tiny service: its workset, its store, its cases, and requests to it. */
#include "tests/store/work/shop.h"

#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/wire/wire.h"

enum { TILLS_MAX = 64 };

struct till {
    const char *name;
    int64_t held;
};

struct workset {
    struct shop *shop;
    struct arena *arena;
    struct till tills[TILLS_MAX];
    size_t till_count;
    struct {
        const char *till;
        int64_t amount;
    } sales[600];
    size_t sale_count;
};

static const struct db_migration TABLES[] = {
    {"001_shop.sql", "create table till (name text primary key, held int8 not null check (held between 0 and 1000));"
                     "create table sale (till text not null, amount int8 not null,"
                     "                   tx xid8 not null default pg_current_xact_id());"
                     "create table position (stream text primary key, seq int8 not null);"
                     "create table dead (seq int8 primary key, why text not null);"
                     "create table request_seen (caller uuid, key bytea, method text not null, request_hash bytea not null,"
                     "  response bytea not null, seen_at timestamptz not null default now(), primary key (caller, key))"}};
static const struct db_schema SHOP_SCHEMA = {"test_shop", TABLES, 1};

static const struct db_stmt LOAD = {"shop_load", "select name, held from till where name = any($1) order by name for update"};
static const struct db_stmt LOAD_READ = {"shop_read", "select name, held from till where name = any($1) order by name"};
static const struct db_stmt SAVE_TILL = {"shop_save_till", "insert into till (name, held) select * from unnest($1::text[], $2::int8[])"
                                                           " on conflict (name) do update set held = excluded.held"};
static const struct db_stmt SAVE_SALE = {"shop_save_sale", "insert into sale (till, amount) select * from unnest($1::text[], $2::int8[])"};
static const struct db_stmt DIE = {"shop_die", "select pg_terminate_backend(pg_backend_pid())"};
static const struct db_stmt COMMIT_EARLY = {"shop_commit", "commit"};
static const struct db_stmt NAP = {"shop_nap", "select pg_sleep($1::int4 / 1000.0)"};

/* --- the store ---------------------------------------------------------------------------------------------------- */

static struct workset *shop_begin(struct arena *arena, int64_t now_us, void *context)
{
    struct workset *w = arena_alloc(arena, sizeof *w);

    (void)now_us;
    w->shop = context;
    w->arena = arena;
    return w;
}

static struct till *till_of(struct workset *w, const char *name)
{
    for (size_t i = 0; i < w->till_count; i++) {
        if (strcmp(w->tills[i].name, name) == 0)
            return &w->tills[i];
    }
    if (w->till_count == TILLS_MAX)
        bug("a test uses too many tills");
    w->tills[w->till_count] = (struct till){name, 0};
    return &w->tills[w->till_count++];
}

static enum err load(struct workset *w, struct db *db, const struct db_stmt *stmt)
{
    struct db_params *p = db_params(w->arena);

    db_array(p, DB_TEXT, w->till_count);
    for (size_t i = 0; i < w->till_count; i++)
        db_array_text(p, span_text(w->tills[i].name));
    int index = db_queue(db, stmt, p);
    enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *r = db_result(db, index);
    for (int i = 0; i < db_rows(r); i++)
        till_of(w, arena_text(w->arena, db_get_span(r, i, 0)))->held = db_get_i64(r, i, 1);
    return ERR_OK;
}

static enum err shop_load(struct workset *w, struct db *db)
{
    return load(w, db, &LOAD);
}

static enum err shop_load_read(struct workset *w, struct db *db)
{
    return load(w, db, &LOAD_READ);
}

static bool count_down(atomic_int *left)
{
    if (atomic_load(left) <= 0)
        return false;
    atomic_fetch_sub(left, 1);
    return true;
}

static void shop_save(struct workset *w, struct db *db)
{
    struct db_params *tills = db_params(w->arena), *sales = db_params(w->arena);

    if (w->sale_count == 0)
        return;
    db_array(tills, DB_TEXT, w->till_count);
    for (size_t i = 0; i < w->till_count; i++)
        db_array_text(tills, span_text(w->tills[i].name));
    db_array(tills, DB_I64, w->till_count);
    for (size_t i = 0; i < w->till_count; i++)
        db_array_i64(tills, w->tills[i].held);
    db_array(sales, DB_TEXT, w->sale_count);
    for (size_t i = 0; i < w->sale_count; i++)
        db_array_text(sales, span_text(w->sales[i].till));
    db_array(sales, DB_I64, w->sale_count);
    for (size_t i = 0; i < w->sale_count; i++)
        db_array_i64(sales, w->sales[i].amount);
    (void)db_queue(db, &SAVE_TILL, tills);
    (void)db_queue(db, &SAVE_SALE, sales);
    if (count_down(&w->shop->die_before))
        (void)db_queue(db, &DIE, NULL);
    if (count_down(&w->shop->die_after)) {
        (void)db_queue(db, &COMMIT_EARLY, NULL);
        (void)db_queue(db, &DIE, NULL);
    }
}

static enum err shop_check(struct workset *w, struct db *db)
{
    (void)db;
    return count_down(&w->shop->conflicts) ? ERR_CONFLICT : ERR_OK;
}

static void shop_committed(struct workset *w, struct db *db)
{
    (void)db;
    atomic_fetch_add(&w->shop->published, 1);
}

/* --- the cases ---------------------------------------------------------------------------------------------------- */

static enum err sell_needs(struct job *job, struct workset *w)
{
    const Bus__RewindRequest *m = (const Bus__RewindRequest *)job->message;

    if (m->stream[0] == '\0')
        return job_fail(job, ERR_INVALID, "shop.no-till", "stream", "Kassa puuttuu", NULL, NULL);
    (void)till_of(w, m->stream);
    return ERR_OK;
}

static void answer(struct job *job, int64_t was, int64_t now)
{
    Bus__RewindReply *reply = arena_alloc(job->arena, sizeof *reply);

    bus__rewind_reply__init(reply);
    reply->was = (uint64_t)was;
    reply->now = (uint64_t)now;
    job_answer(job, &reply->base, (uint64_t)now);
}

static void sell_decide(struct job *job, struct workset *w)
{
    const Bus__RewindRequest *m = (const Bus__RewindRequest *)job->message;
    struct till *till = till_of(w, m->stream);

    atomic_fetch_add(&w->shop->decided, 1);
    if (m->after_seq == 13 || count_down(&w->shop->refusals)) {
        (void)job_fail(job, ERR_REFUSED, "shop.unlucky", NULL, NULL, NULL, NULL);
        job_fact(job, "amount", "13");
        return;
    }
    till->held += (int64_t)m->after_seq;
    w->sales[w->sale_count].till = m->stream;
    w->sales[w->sale_count++].amount = (int64_t)m->after_seq;
    answer(job, till->held - (int64_t)m->after_seq, till->held);
}

static void count_decide(struct job *job, struct workset *w)
{
    const Bus__RewindRequest *m = (const Bus__RewindRequest *)job->message;

    answer(job, 0, till_of(w, m->stream)->held);
}

static enum err nap_run(struct job *job, struct db *db, void *context)
{
    const Bus__RewindRequest *m = (const Bus__RewindRequest *)job->message;
    struct db_params *p = db_params(job->arena);

    (void)context;
    db_i32(p, (int32_t)m->after_seq);
    (void)db_queue(db, &NAP, p);
    enum err err = db_flush(db);
    if (err == ERR_OK)
        answer(job, 0, (int64_t)m->after_seq);
    return err;
}

static enum err unknown_needs(struct job *job, struct workset *w)
{
    (void)w;
    return job_fail(job, ERR_NOT_FOUND, "event.unknown-type", NULL, NULL, NULL, NULL);
}

#define MESSAGE &bus__rewind_request__descriptor
const struct work_case SHOP_SELL = {
    .name = "shop.Sell", .kind = WORK_WRITE, .request = MESSAGE, .needs = sell_needs, .decide = sell_decide};
const struct work_case SHOP_SELL_NO_KEY = {
    .name = "shop.SellNoKey", .kind = WORK_WRITE, .request = MESSAGE, .needs = sell_needs, .decide = sell_decide, .no_key = true};
const struct work_case SHOP_SELL_ALONE = {
    .name = "shop.SellAlone", .kind = WORK_WRITE, .request = MESSAGE, .needs = sell_needs, .decide = sell_decide, .alone = true};
const struct work_case SHOP_COUNT = {
    .name = "shop.Count", .kind = WORK_READ, .request = MESSAGE, .needs = sell_needs, .decide = count_decide};
const struct work_case SHOP_NAP = {.name = "shop.Nap", .kind = WORK_WRITE, .request = MESSAGE, .run = nap_run, .no_key = true};
const struct work_case SHOP_SOLD = {
    .name = "shop.Sold", .kind = WORK_EVENT, .request = MESSAGE, .needs = sell_needs, .decide = sell_decide};
const struct work_case SHOP_IGNORED = {.name = "shop.Ignored", .kind = WORK_EVENT, .request = MESSAGE};
const struct work_case SHOP_UNKNOWN = {.name = "shop.Unknown", .kind = WORK_EVENT, .request = MESSAGE, .needs = unknown_needs};

/* --- the shop ----------------------------------------------------------------------------------------------------- */

struct shop *shop_open(size_t queue_max, size_t batch_max)
{
    struct shop *shop = mem_new(sizeof *shop);

    shop->pg = kit_pg_new();
    shop->metrics = metrics_new();
    kit_pg_apply(shop->pg, &SHOP_SCHEMA);
    shop->store = (struct work_store){shop_begin, shop_load, shop_save, shop_check, shop_committed, shop};
    shop->read_store = (struct work_store){shop_begin, shop_load_read, shop_save, NULL, NULL, shop};
    struct worker_config config = {
        .name = "writer",
        .access = DB_READ_WRITE,
        .db = {.conninfo = kit_pg_conninfo(shop->pg, "hv_test_shop"),
               .schema = "test_shop",
               .application_name = "test/writer",
               .statement_timeout_ms = 1000},
        .store = &shop->store,
        .events = &SHOP_EVENTS,
        .queue_max = queue_max,
        .batch_max = batch_max,
        .log = kit_log(),
        .metrics = shop->metrics,
    };
    if (worker_start(&shop->writer, &config) != ERR_OK)
        kit_give_up("the writer does not start");
    config.name = "other";
    config.db.application_name = "test/other";
    if (worker_start(&shop->other, &config) != ERR_OK)
        kit_give_up("the other writer does not start");
    config.name = "reader";
    config.access = DB_READ_ONLY;
    config.db.application_name = "test/reader";
    config.store = &shop->read_store;
    config.events = NULL;
    if (worker_start(&shop->reader, &config) != ERR_OK)
        kit_give_up("the reader does not start");
    return shop;
}

void shop_close(struct shop *shop)
{
    worker_stop(shop->writer);
    worker_stop(shop->other);
    worker_stop(shop->reader);
    metrics_free(shop->metrics);
    kit_pg_free(shop->pg);
    mem_free(shop);
}

int shop_fresh(void **state)
{
    struct shop *shop = *state;

    kit_sql(shop->pg, "truncate test_shop.till, test_shop.sale, test_shop.request_seen, test_shop.position, test_shop.dead;"
                      "insert into test_shop.position values ('other.0', 0)");
    atomic_store(&shop->done, 0);
    atomic_store(&shop->decided, 0);
    atomic_store(&shop->published, 0);
    return 0;
}

static void sale_done(struct job *job)
{
    struct sale *sale = job->owner;
    const Bus__RewindReply *reply = (const Bus__RewindReply *)job->answer;
    ProtobufCMessage *message = NULL;

    sale->err = job->err;
    sale->replayed = job->replayed;
    if (!reply && job->packed.data && wire_unpack(job->arena, job->packed, &bus__rewind_reply__descriptor, &message) == ERR_OK)
        reply = (const Bus__RewindReply *)message;
    if (reply && job->err == ERR_OK) {
        sale->was = reply->was;
        sale->now = reply->now;
    }
    if (job->problem)
        (void)snprintf(sale->rule, sizeof sale->rule, "%s", job->problem->rule);
    atomic_fetch_add(&sale->answers, 1);
    atomic_fetch_add(&sale->shop->done, 1);
}

struct sale *sale_new(struct shop *shop, const struct work_case *kase, const char *till, uint64_t amount, uint32_t key)
{
    struct arena *arena = arena_new(2048);
    struct sale *sale = mem_new(sizeof *sale);
    struct job *job = arena_alloc(arena, sizeof *job);

    bus__request__init(&sale->request);
    bus__rewind_request__init(&sale->message);
    sale->shop = shop;
    sale->message.stream = arena_strdup(arena, till);
    sale->message.after_seq = amount;
    memcpy(sale->key, &key, sizeof key);
    struct span payload = wire_pack(arena, &sale->message.base);
    sale->request.payload = (ProtobufCBinaryData){payload.len, (uint8_t *)(uintptr_t)payload.data};
    sale->request.idempotency_key = (ProtobufCBinaryData){key ? sizeof sale->key : 0, sale->key};
    sale->request.deadline_us = time_now_us() + 20 * TIME_SECOND;
    *job = (struct job){
        .arena = arena, .kase = kase, .request = &sale->request, .message = &sale->message.base, .done = sale_done, .owner = sale};
    sale->job = job;
    return sale;
}

struct sale *sale_event(struct shop *shop, const struct work_case *kase, const char *till, uint64_t amount, uint64_t seq)
{
    struct sale *sale = sale_new(shop, kase, till, amount, 0);

    bus__event__init(&sale->event);
    sale->event.seq = seq;
    sale->job->event = &sale->event;
    sale->job->stream = "other.0";
    return sale;
}

void sale_free(struct sale *sale)
{
    arena_free(sale->job->arena);
    mem_free(sale);
}

void shop_submit(struct shop *shop, struct sale **sales, size_t count)
{
    struct job **jobs = mem_array(count, sizeof(struct job *));

    for (size_t i = 0; i < count; i++)
        jobs[i] = sales[i]->job;
    if (worker_submit_many(sales[0]->job->kase->kind == WORK_READ ? shop->reader : shop->writer, jobs, count) != count)
        kit_give_up("the queue did not take %zu jobs", count);
    mem_free(jobs);
}

struct goal {
    struct shop *shop;
    int answers;
};

static bool is_reached(void *arg)
{
    struct goal *goal = arg;

    return atomic_load(&goal->shop->done) >= goal->answers;
}

void shop_wait(struct shop *shop, int answers)
{
    struct goal goal = {shop, answers};

    if (!kit_wait_until(is_reached, &goal, KIT_PATIENCE_MS))
        kit_give_up("%d answers came, not %d", atomic_load(&shop->done), answers);
}

void shop_serve(struct shop *shop, struct sale *sale)
{
    int before = atomic_load(&shop->done);

    shop_submit(shop, &sale, 1);
    shop_wait(shop, before + 1);
}
