/* One try at one batch (steps 5 to 7 of the data's path): needs, load, decide, save, COMMIT.
 *
 * A try either gives every job its answer and returns ERR_OK, or it has changed nothing (as far as it knows) and says why;
 * then retry.c decides. Everything of a try lies on the bench's arena and in the job's own, so trying again begins clean.
 */
#include "common/work/batch.h"

#include "common/base/alloc.h"
#include "common/base/hash.h"
#include "common/base/time.h"

/* A request without a deadline is given up this long after it was queued. */
#define WORK_PATIENCE_US (30 * TIME_SECOND)

/* --- taking --------------------------------------------------------------------------------------------------------- */

static bool has_key(const struct job *job)
{
    return job->kase->kind == WORK_WRITE && job->request && job->request->idempotency_key.len > 0;
}

static bool same_key(const struct job *a, const struct job *b)
{
    const ProtobufCBinaryData *x = &a->request->idempotency_key, *y = &b->request->idempotency_key;

    return span_equal(span_of(x->data, x->len), span_of(y->data, y->len)) && uuid_compare(a->actor, b->actor) == 0;
}

/* Notes the job's key; false when another job of the batch has it already. */
static bool claim_key(struct bench *bench, struct job *job)
{
    const ProtobufCBinaryData *key = &job->request->idempotency_key;
    uint32_t h = hash_fnv(uuid_hash(job->actor), span_of(key->data, key->len));

    for (size_t slot = h & bench->key_mask;; slot = (slot + 1) & bench->key_mask) {
        if (!bench->keys[slot]) {
            bench->keys[slot] = job;
            return true;
        }
        if (same_key(bench->keys[slot], job))
            return false;
    }
}

bool job_expired(const struct job *job, int64_t now_us, int64_t steady_us)
{
    if (job->kase->kind == WORK_EVENT)
        return false;
    if (!job->request || job->request->deadline_us == 0)
        return steady_us - job->queued_us > WORK_PATIENCE_US;
    return now_us > job->request->deadline_us;
}

struct job **list_take_expired(struct job **list, struct job **expired, size_t *count, int64_t now_us, int64_t steady_us)
{
    *expired = NULL;
    *count = 0;
    while (*list) {
        struct job *job = *list;
        if (!job_expired(job, now_us, steady_us)) {
            list = &job->next;
            continue;
        }
        *list = job->next;
        job->next = NULL;
        *expired = job;
        expired = &job->next;
        (*count)++;
    }
    return list;
}

/* The batch as it is being filled. */
struct taking {
    size_t count, held;
    struct job **last_held;
    int64_t now_us, steady_us;
};

static void take_clock(struct taking *t)
{
    t->now_us = time_now_us();
    t->steady_us = time_steady_us();
}

/* Into the batch; or answered, when it is late; or held, when another has its key. No more are held than a batch has jobs: whoever
 * repeats one request faster than it can be answered must not become our memory. */
static void take_one(struct bench *bench, struct taking *t, struct job *job)
{
    job->next = NULL;
    if (job_expired(job, t->now_us, t->steady_us)) {
        job_drop(bench, job, ERR_TIMEOUT);
    } else if (!has_key(job) || claim_key(bench, job)) {
        bench->jobs[t->count++] = job;
    } else if (t->held == bench->config.batch_max) {
        job_drop(bench, job, ERR_BUSY);
    } else {
        *t->last_held = job;
        t->last_held = &job->next;
        t->held++;
    }
}

static void take_list(struct bench *bench, struct taking *t, struct job *job)
{
    while (job) {
        struct job *next = job->next;
        take_one(bench, t, job);
        job = next;
    }
}

/*~ 5. All waiting jobs, at once, never waiting for more: while one batch commits, the next one gathers by itself, so batches
 * grow with the load and a lone request is not delayed. A job whose deadline has passed is answered, not run; a job whose
 * key another job of this batch has is held for the next one, and takes no place in this. */
size_t batch_take(struct bench *bench, int wait_ms)
{
    struct taking t = {.last_held = &bench->held};
    struct job *held = bench->held;

    bench->held = NULL;
    for (size_t i = 0; i <= bench->key_mask; i++)
        bench->keys[i] = NULL;
    take_clock(&t);
    take_list(bench, &t, held);
    if (t.count < bench->config.batch_max) {
        struct job *fresh = queue_take(bench->queue, bench->config.batch_max - t.count, t.count ? 0 : wait_ms);
        take_clock(&t);
        take_list(bench, &t, fresh);
    }
    return t.count;
}

/* --- one try -------------------------------------------------------------------------------------------------------- */

static bool is_answered(const struct job *job)
{
    return job->err != ERR_OK || job->replayed;
}

static bool any_seen_wanted(const struct batch *b)
{
    for (size_t i = 0; i < b->count; i++) {
        if (seen_wanted(b->jobs[i]))
            return true;
    }
    return false;
}

/* Answers given before are looked up first: such jobs need no rows. */
static enum err load_seen(struct bench *bench, struct batch *b)
{
    if (!any_seen_wanted(b))
        return ERR_OK;
    db_begin(bench->db, bench->config.access);
    return seen_load(bench, b->jobs, b->count);
}

/* Returns how many jobs go on: to be decided, or events that move their cursor. */
static size_t ask_needs(struct batch *b, struct workset *w)
{
    size_t going = 0;

    for (size_t i = 0; i < b->count; i++) {
        struct job *job = b->jobs[i];
        if (is_answered(job))
            continue;
        enum err err = job->kase->needs ? job->kase->needs(job, w) : ERR_OK;
        if (err != ERR_OK)
            job->err = err;
        else
            going++;
    }
    return going;
}

/* Returns ERR_OK, or the fault of an event's handler: no part of such a batch may be saved. */
static enum err decide_all(struct batch *b, struct workset *w)
{
    for (size_t i = 0; i < b->count; i++) {
        struct job *job = b->jobs[i];
        if (!is_answered(job) && job->kase->decide)
            job->kase->decide(job, w);
        if (job->err != ERR_OK && job->kase->kind == WORK_EVENT) {
            b->lasting = true;
            return job->err;
        }
    }
    return ERR_OK;
}

static size_t pick_events(const struct batch *b, struct job **events)
{
    size_t count = 0;

    for (size_t i = 0; i < b->count; i++) {
        if (b->jobs[i]->kase->kind == WORK_EVENT)
            events[count++] = b->jobs[i];
    }
    return count;
}

/* Looks at what save has done, before it is made to last. */
static enum err check_saved(struct bench *bench, struct batch *b, struct workset *w, bool has_events)
{
    const struct work_store *store = bench->config.store;

    if (!has_events && !store->check)
        return ERR_OK;
    enum err err = db_flush(bench->db);
    if (err == ERR_OK && has_events) {
        err = bench->config.events->check(bench->config.events->context, bench->db);
        b->guard = err == ERR_CONFLICT;
    }
    if (err == ERR_OK && store->check)
        err = store->check(w, bench->db);
    return err;
}

/*~ 7. Rows, answers by key, cursors and events in one transaction and one round trip. The event log comes last, because its
 * numbers are taken under a lock that other replicas wait for. */
static enum err save_all(struct bench *bench, struct batch *b, struct workset *w)
{
    struct job **events = arena_array(bench->arena, b->count, sizeof(struct job *));
    size_t event_count = pick_events(b, events);

    if (event_count && !bench->config.events)
        bug("an event came to a worker that consumes none");
    seen_save(bench, b->jobs, b->count);
    if (event_count)
        bench->config.events->queue(bench->config.events->context, bench->db, bench->arena, events, event_count);
    bench->config.store->save(w, bench->db);
    enum err err = check_saved(bench, b, w, event_count > 0);
    if (err != ERR_OK)
        return err;
    err = db_commit(bench->db);
    b->sent = b->sent || err == ERR_UNAVAILABLE;
    return err;
}

/* A command that another replica was still carrying out when the answers were looked up has one by now, since its locks made us wait
 * for its commit. Decided a second time it may be refused because of what its first time changed: then the first answer is the answer. */
static enum err load_seen_since(struct bench *bench, struct batch *b)
{
    struct job **refused = arena_array(bench->arena, b->count, sizeof(struct job *));
    size_t count = 0;

    for (size_t i = 0; i < b->count; i++) {
        if (seen_wanted(b->jobs[i]) && b->jobs[i]->err != ERR_OK)
            refused[count++] = b->jobs[i];
    }
    return count > 0 ? seen_load(bench, refused, count) : ERR_OK;
}

static enum err try_jobs(struct bench *bench, struct batch *b)
{
    const struct work_store *store = bench->config.store;

    if (!store)
        bug("a worker without a store got a case that needs one");
    struct workset *w = store->begin(bench->arena, time_now_us(), store->context);
    enum err err = load_seen(bench, b);
    if (err != ERR_OK)
        return err;
    if (ask_needs(b, w) > 0) {
        if (!db_begun(bench->db))
            db_begin(bench->db, bench->config.access);
        err = store->load(w, bench->db);
    }
    if (err == ERR_OK)
        err = decide_all(b, w);
    if (err == ERR_OK && db_begun(bench->db))
        err = load_seen_since(bench, b);
    if (err != ERR_OK || !db_begun(bench->db) || bench->config.access == DB_READ_ONLY)
        return err;
    err = save_all(bench, b, w);
    if (err == ERR_OK && store->committed)
        store->committed(w, bench->db);
    return err;
}

/* A case that does its own SQL. A fault it has put on the job is the answer; any other is the database's. */
static enum err try_run(struct bench *bench, struct batch *b)
{
    struct job *job = b->jobs[0];
    enum err err = ERR_OK;

    db_begin(bench->db, bench->config.access);
    if (seen_wanted(job))
        err = seen_load(bench, b->jobs, 1);
    if (err != ERR_OK || is_answered(job))
        return err;
    err = job->kase->run(job, bench->db, job->kase->context);
    if (err != ERR_OK)
        return job->err == err ? ERR_OK : err;
    if (!db_begun(bench->db))
        return ERR_OK;
    if (bench->config.access == DB_READ_WRITE)
        seen_save(bench, b->jobs, 1);
    err = db_commit(bench->db);
    b->sent = b->sent || err == ERR_UNAVAILABLE;
    return err;
}

enum err batch_try(struct bench *bench, struct batch *b)
{
    arena_reset(bench->arena);
    b->guard = b->lasting = false;
    for (size_t i = 0; i < b->count; i++)
        job_reset(b->jobs[i]);
    if (b->count == 1 && b->jobs[0]->kase->run)
        return try_run(bench, b);
    return try_jobs(bench, b);
}

/* --- the end -------------------------------------------------------------------------------------------------------- */

void job_done(struct bench *bench, struct job *job, enum err err)
{
    if (err != ERR_OK && job->err != err) {
        job_reset(job);
        job->err = err;
    }
    tally_job(bench->tally, job);
    job->done(job);
}

void job_drop(struct bench *bench, struct job *job, enum err err)
{
    job_reset(job);
    job_done(bench, job, err);
}

void batch_done(struct bench *bench, struct batch *b)
{
    for (size_t i = 0; i < b->count; i++)
        job_done(bench, b->jobs[i], ERR_OK);
    b->count = 0;
    /* A read-only transaction, or one that came to nothing, ends after the answers have left. */
    db_rollback(bench->db);
}
