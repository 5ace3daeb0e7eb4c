/* What a failed try means. Three questions, in this order:
 *
 *   Is the connection lost?   Reconnect with back-off and run the same jobs again, until their deadlines have passed. A job that
 *                             breaks one connection after the other by itself is given up: it would stop all others for ever.
 *   Are there several jobs?   Run each alone, so that only the bad one fails.
 *   Is it one job?            A conflict with another replica: again, a few times. Else the fault is the answer of a request;
 *                             an event is parked, so that the line goes on.
 */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "common/base/time.h"
#include "common/work/batch.h"

enum {
    REQUEST_TRIES = 4, /* the first and three more */
    EVENT_TRIES = 5,
    BATCH_LOSSES = 3, /* so often may the connection be lost under one batch before its jobs run alone */
    BREAKS = 5,       /* so often may it break under one job alone before that is the job's own doing */
    STOP_TRIES = 5    /* a worker that is to stop gives up a database it cannot reach after so many tries */
};

static void sleep_ms(int ms)
{
    struct timespec left = {ms / 1000, (long)(ms % 1000) * 1000000L};

    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        continue;
}

/* --- a lost connection ---------------------------------------------------------------------------------------------- */

static void drop_list(struct bench *bench, struct job *job, enum err err)
{
    while (job) {
        struct job *next = job->next;
        job_drop(bench, job, err);
        job = next;
    }
}

/* Answers the jobs whose deadline has passed: of the batch, and those that wait behind it. One that may have been carried out
 * must not hear "not run". */
static void drop_expired(struct bench *bench, struct batch *b)
{
    int64_t now_us = time_now_us(), steady_us = time_steady_us();
    struct job *held;
    size_t kept = 0, count;

    for (size_t i = 0; i < b->count; i++) {
        if (job_expired(b->jobs[i], now_us, steady_us))
            job_done(bench, b->jobs[i], b->sent ? ERR_UNAVAILABLE : ERR_TIMEOUT);
        else
            b->jobs[kept++] = b->jobs[i];
    }
    b->count = kept;
    (void)list_take_expired(&bench->held, &held, &count, now_us, steady_us);
    drop_list(bench, held, ERR_TIMEOUT);
    drop_list(bench, queue_take_expired(bench->queue, now_us, steady_us), ERR_TIMEOUT);
}

/* The worker stops and there is no database: what waits behind the batch would fare no better, and nothing more can come. */
static void drop_all(struct bench *bench, struct batch *b)
{
    struct job *held = bench->held;

    for (size_t i = 0; i < b->count; i++)
        job_done(bench, b->jobs[i], ERR_UNAVAILABLE);
    b->count = 0;
    bench->held = NULL;
    drop_list(bench, held, ERR_UNAVAILABLE);
    drop_list(bench, queue_take(bench->queue, SIZE_MAX, 0), ERR_UNAVAILABLE);
}

/* Returns with a connection, or with an empty batch. */
static void reconnect(struct bench *bench, struct batch *b)
{
    for (unsigned tries = 0; b->count > 0; tries++) {
        if (db_reconnect(bench->db) == ERR_OK) {
            tally_reconnect(bench->tally);
            bench->connected(bench->worker, true);
            return;
        }
        bench->connected(bench->worker, false);
        if (queue_closed(bench->queue) && tries >= STOP_TRIES)
            drop_all(bench, b);
        drop_expired(bench, b);
        if (b->count > 0)
            sleep_ms(db_backoff_ms(tries));
    }
}

/* After a loss: whoever can wait no longer is answered; for the others there is a connection again. */
static void recover(struct bench *bench, struct batch *b, unsigned losses)
{
    drop_expired(bench, b);
    if (queue_closed(bench->queue) && losses >= STOP_TRIES)
        drop_all(bench, b);
    if (losses > 0 && b->count > 0)
        sleep_ms(db_backoff_ms(losses));
    reconnect(bench, b);
}

/* The connection broke without a word from the server, as when the process behind it dies; a server that goes down, is full or has
 * moved says so. */
static bool is_broken(const struct bench *bench)
{
    return strncmp(db_sqlstate(bench->db), "08", 2) == 0;
}

/* One try on a living connection. Returns what it came to; the batch may have become smaller, or empty (then ERR_OK). */
static enum err try_connected(struct bench *bench, struct batch *b)
{
    unsigned breaks = 0;

    for (unsigned losses = 0; b->count > 0; losses++) {
        if (losses > 0)
            tally_rerun(bench->tally);
        enum err err = batch_try(bench, b);
        if (err == ERR_OK)
            return ERR_OK;
        db_rollback(bench->db);
        if (err != ERR_UNAVAILABLE)
            return err;
        breaks += is_broken(bench);
        recover(bench, b, losses);
        if (b->count > 1 ? losses >= BATCH_LOSSES : b->count == 1 && breaks >= BREAKS)
            return err;
    }
    return ERR_OK;
}

/* --- one job alone -------------------------------------------------------------------------------------------------- */

static void report(struct bench *bench, const struct job *job, enum err err)
{
    const char *trace = job->request ? job->request->traceparent : NULL;

    log_error(bench->config.log, trace && trace[0] ? trace : NULL, "work.failed", LOG_TEXT("case", job->kase->name),
              LOG_TEXT("fault", err_text(err)->id), LOG_TEXT("sqlstate", db_sqlstate(bench->db)),
              LOG_TEXT("message", db_message(bench->db)), LOG_TEXT("constraint", db_constraint(bench->db)));
}

/* The event cannot be applied: it is put aside and its cursor moved on, and the job counts as done. */
static void park(struct bench *bench, struct batch *b, enum err err)
{
    const struct work_events *events = bench->config.events;

    if (b->jobs[0]->err == ERR_OK)
        b->jobs[0]->err = err;
    for (unsigned losses = 0; b->count > 0; losses++) {
        struct job *job = b->jobs[0];
        enum err parked = events->park(events->context, bench->db, job);
        if (parked == ERR_OK) {
            job_reset(job);
            batch_done(bench, b);
            return;
        }
        db_rollback(bench->db);
        if (parked != ERR_UNAVAILABLE) {
            report(bench, job, parked);
            job_done(bench, job, err);
            return;
        }
        recover(bench, b, losses);
    }
}

static bool is_worth_another(const struct batch *b, enum err err, unsigned tries)
{
    if (b->lasting || b->guard)
        return false;
    if (b->jobs[0]->kase->kind == WORK_EVENT)
        return (err == ERR_CONFLICT || err == ERR_TIMEOUT) && tries < EVENT_TRIES;
    return err == ERR_CONFLICT && tries < REQUEST_TRIES;
}

static void fail_alone(struct bench *bench, struct batch *b, enum err err)
{
    struct job *job = b->jobs[0];

    if (b->guard) { /* the subscriber reads its cursor again */
        job_done(bench, job, ERR_PRECONDITION);
        return;
    }
    if (!b->lasting && (err == ERR_INTERNAL || job->kase->kind == WORK_EVENT))
        report(bench, job, err);
    if (job->kase->kind == WORK_EVENT)
        park(bench, b, err);
    else
        job_done(bench, job, err);
}

static void run_alone(struct bench *bench, struct job **job, bool sent)
{
    struct batch b = {.jobs = job, .count = 1, .sent = sent};

    for (unsigned tries = 1;; tries++) {
        enum err err = try_connected(bench, &b);
        if (b.count == 0)
            return;
        if (err == ERR_OK) {
            batch_done(bench, &b);
            return;
        }
        if (!is_worth_another(&b, err, tries)) {
            fail_alone(bench, &b, err);
            return;
        }
        tally_rerun(bench->tally);
        if (job[0]->kase->kind == WORK_EVENT)
            sleep_ms(db_backoff_ms(tries));
    }
}

/* --- a batch -------------------------------------------------------------------------------------------------------- */

/* One after the other. Each may take as long as its statement_timeout, so those that come after it, here and in the queue, are asked
 * in between whether they can still wait. */
static void run_each(struct bench *bench, struct batch *b)
{
    while (b->count > 0) {
        run_alone(bench, b->jobs, b->sent);
        b->jobs++;
        b->count--;
        if (b->count > 0)
            drop_expired(bench, b);
    }
}

static void run_together(struct bench *bench, struct job **jobs, size_t count)
{
    struct batch b = {.jobs = jobs, .count = count};
    enum err err = try_connected(bench, &b);

    if (err == ERR_OK) {
        batch_done(bench, &b);
        return;
    }
    drop_expired(bench, &b);
    for (size_t i = 0; i < b.count; i++)
        tally_rerun(bench->tally);
    run_each(bench, &b);
}

void batch_run(struct bench *bench, struct job **jobs, size_t count)
{
    size_t together = 0;

    /* Cases that do their own SQL, or take rows away, run alone, after the others; each part keeps its order. */
    for (size_t i = 0; i < count; i++) {
        if (!jobs[i]->kase->run && !jobs[i]->kase->alone) {
            struct job *job = jobs[i];
            for (size_t j = i; j > together; j--)
                jobs[j] = jobs[j - 1];
            jobs[together++] = job;
        }
    }
    if (together == 1)
        run_alone(bench, jobs, false);
    else if (together > 1)
        run_together(bench, jobs, together);
    run_each(bench, &(struct batch){.jobs = jobs + together, .count = count - together});
}
