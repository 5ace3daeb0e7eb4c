/* The little service. Its workset is a list of words to add; load has nothing to load, save adds the words in one statement. */
#include "little.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/kit.h"

struct word {
    const char *text;
    struct word *next;
};

struct workset {
    struct arena *arena;
    struct word *words;
    size_t count;
};

static const struct db_stmt ADD = {"rpctest_add", "insert into tally (word) select unnest($1::text[])"};

static struct workset *little_begin(struct arena *arena, int64_t now_us, void *context)
{
    struct workset *w = arena_alloc(arena, sizeof *w);

    (void)now_us;
    (void)context;
    w->arena = arena;
    return w;
}

static enum err little_load(struct workset *w, struct db *db)
{
    (void)w;
    (void)db;
    return ERR_OK;
}

static void little_save(struct workset *w, struct db *db)
{
    if (w->count == 0)
        return;
    struct db_params *p = db_params(w->arena);
    db_array(p, DB_TEXT, w->count);
    for (struct word *word = w->words; word; word = word->next)
        db_array_text(p, span_text(word->text));
    db_queue(db, &ADD, p);
}

static enum err fact_needs(struct job *job, struct workset *w)
{
    (void)job;
    (void)w;
    return ERR_OK;
}

static enum err refuse_needs(struct job *job, struct workset *w)
{
    const Bus__Fact *fact = (const Bus__Fact *)job->message;

    (void)w;
    return job_fail(job, ERR_REFUSED, fact->name, "value", "Ei käy", "Duger inte", "Will not do");
}

static void echo_decide(struct job *job, struct workset *w)
{
    (void)w;
    job_answer(job, job->message, 7);
}

static void slow_decide(struct job *job, struct workset *w)
{
    kit_sleep_ms(atoi(((const Bus__Fact *)job->message)->name));
    echo_decide(job, w);
}

static void large_decide(struct job *job, struct workset *w)
{
    size_t len = (size_t)atoi(((const Bus__Fact *)job->message)->name);
    Bus__Fact *answer = arena_alloc(job->arena, sizeof *answer);
    char *value = arena_alloc(job->arena, len + 1);

    (void)w;
    bus__fact__init(answer);
    memset(value, 'x', len);
    answer->value = value;
    job_answer(job, &answer->base, 0);
}

static void add_decide(struct job *job, struct workset *w)
{
    struct word *word = arena_alloc(w->arena, sizeof *word);

    word->text = ((const Bus__Fact *)job->message)->value;
    word->next = w->words;
    w->words = word;
    w->count++;
    echo_decide(job, w);
}

#define FACT &bus__fact__descriptor
static const struct work_case cases[] = {
    {.name = "rpctest.Echo", .kind = WORK_READ, .request = FACT, .needs = fact_needs, .decide = echo_decide},
    {.name = "rpctest.Slow", .kind = WORK_READ, .request = FACT, .needs = fact_needs, .decide = slow_decide},
    {.name = "rpctest.Large", .kind = WORK_READ, .request = FACT, .needs = fact_needs, .decide = large_decide},
    {.name = "rpctest.Refuse", .kind = WORK_READ, .request = FACT, .needs = refuse_needs, .decide = echo_decide},
    {.name = "rpctest.Thing.v1", .kind = WORK_EVENT, .request = FACT, .needs = fact_needs, .decide = echo_decide},
};
static const struct work_case more_cases[] = {
    {.name = "rpctest.Add", .kind = WORK_WRITE, .request = FACT, .needs = fact_needs, .decide = add_decide},
    {.name = "rpctest.Put", .kind = WORK_WRITE, .request = FACT, .needs = fact_needs, .decide = add_decide, .no_key = true},
};
static const struct work_store store = {.begin = little_begin, .load = little_load, .save = little_save};

static struct worker *little_worker(const struct little_config *config, const char *name, enum db_access access)
{
    const struct worker_config worker = {
        .name = name,
        .access = access,
        .db = {.conninfo = config->conninfo, .schema = "rpctest", .application_name = name, .statement_timeout_ms = 5000},
        .store = &store,
        .queue_max = config->queue_max,
        .batch_max = 512,
        .log = config->log,
        .metrics = config->metrics,
    };
    struct worker *out;

    if (worker_start(&out, &worker) != ERR_OK)
        kit_give_up("the little service's %s does not start", name);
    return out;
}

void little_start(struct little *little, const struct little_config *config)
{
    little->writer = little_worker(config, "writer", DB_READ_WRITE);
    little->readers[0] = little_worker(config, "reader", DB_READ_ONLY);
    const struct rpc_server_config server = {
        .url = config->url,
        .contexts = config->contexts,
        .seal = config->seal,
        .cases = cases,
        .case_count = sizeof cases / sizeof *cases,
        .more_cases = more_cases,
        .more_count = sizeof more_cases / sizeof *more_cases,
        .writer = little->writer,
        .readers = little->readers,
        .reader_count = 1,
        .log = config->log,
        .metrics = config->metrics,
    };
    if (rpc_server_open(&little->server, &server) != ERR_OK)
        kit_give_up("the little service does not listen at %s", config->url);
}

void little_stop(struct little *little)
{
    rpc_server_drain(little->server, 5000);
    worker_stop(little->readers[0]);
    worker_stop(little->writer);
}
