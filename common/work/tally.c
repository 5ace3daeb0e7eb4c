/* A counter per case and outcome is made when the pair is first seen and remembered by the case's address, so counting a
 * job costs one look into a small table and one atomic addition.
 */
#include "common/work/tally.h"

#include <stdio.h>

#include "common/base/alloc.h"

enum { TALLY_BUCKETS = 64 };

struct row {
    struct row *next;
    const struct work_case *kase;
    struct metric *by_err[ERR_COUNT];
};

struct tally {
    struct metrics *metrics;
    struct metric *batches, *batch_jobs, *batch_seconds, *depth, *reruns, *reconnects;
    struct row *rows[TALLY_BUCKETS];
};

struct tally *tally_new(struct metrics *metrics, const char *worker)
{
    struct tally *t = mem_new(sizeof *t);
    char labels[80];

    (void)snprintf(labels, sizeof labels, "worker=\"%s\"", worker);
    t->metrics = metrics;
    t->batches = metric_counter(metrics, "work_batches_total", labels, "Batches run to their end");
    t->batch_jobs = metric_gauge(metrics, "work_batch_jobs", labels, "Jobs in the newest batch");
    t->batch_seconds = metric_histogram(metrics, "work_batch_seconds", labels, "Time from taking a batch to its last answer");
    t->depth = metric_gauge(metrics, "work_queue_depth", labels, "Jobs that waited when the newest batch was done");
    t->reruns = metric_counter(metrics, "work_reruns_total", labels, "Tries after the first");
    t->reconnects = metric_counter(metrics, "db_reconnects_total", labels, "Connections to PostgreSQL made anew");
    return t;
}

void tally_free(struct tally *t)
{
    if (!t)
        return;
    for (unsigned i = 0; i < TALLY_BUCKETS; i++) {
        while (t->rows[i]) {
            struct row *row = t->rows[i];
            t->rows[i] = row->next;
            mem_free(row);
        }
    }
    mem_free(t);
}

void tally_batch(struct tally *t, size_t jobs, int64_t took_us, size_t depth)
{
    metric_add(t->batches, 1);
    metric_set(t->batch_jobs, (double)jobs);
    metric_observe_us(t->batch_seconds, took_us);
    metric_set(t->depth, (double)depth);
}

static struct row *row_of(struct tally *t, const struct work_case *kase)
{
    struct row **head = &t->rows[((uintptr_t)kase / sizeof *kase) % TALLY_BUCKETS];

    for (struct row *row = *head; row; row = row->next) {
        if (row->kase == kase)
            return row;
    }
    struct row *row = mem_new(sizeof *row);
    row->kase = kase;
    row->next = *head;
    *head = row;
    return row;
}

void tally_job(struct tally *t, const struct job *job)
{
    struct row *row = row_of(t, job->kase);
    enum err err = (unsigned)job->err < ERR_COUNT ? job->err : ERR_INTERNAL;

    if (!row->by_err[err]) {
        char labels[160];
        (void)snprintf(labels, sizeof labels, "case=\"%s\",err=\"%s\"", job->kase->name, err_text(err)->name);
        row->by_err[err] = metric_counter(t->metrics, "work_jobs_total", labels, "Jobs answered");
    }
    metric_add(row->by_err[err], 1);
}

void tally_rerun(struct tally *t)
{
    metric_add(t->reruns, 1);
}

void tally_reconnect(struct tally *t)
{
    metric_add(t->reconnects, 1);
}
