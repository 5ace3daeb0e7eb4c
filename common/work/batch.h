/* A batch: the jobs that share one load, one transaction and one COMMIT. Private to the room.
 *
 * worker.c owns the thread and the connection; batch.c takes the jobs and makes one try; retry.c says what a failed try
 * means for each job; seen.c keeps answers by idempotency key; tally.c counts.
 */
#ifndef HV_WORK_BATCH_H
#define HV_WORK_BATCH_H
#include "common/work/queue.h"
#include "common/work/tally.h"
#include "common/work/worker.h"

/* What batches are run with: one per worker, its thread's own. */
struct bench {
    struct worker_config config;
    struct queue *queue;
    struct db *db;
    struct arena *arena; /* of one try; reset by the next */
    struct tally *tally;
    struct job **jobs; /* batch_max of them: the batch at hand */
    struct job **keys; /* a hash table of the batch's keys: key_mask + 1 slots, a power of two above batch_max */
    size_t key_mask;
    struct job *held; /* taken, but waiting for the batch after this one */
    void (*connected)(void *worker, bool connected);
    void *worker;
};

/* Some jobs and what is known of them so far. */
struct batch {
    struct job **jobs;
    size_t count;
    bool sent;    /* an earlier try may have reached the database: its outcome is unknown */
    bool guard;   /* the last try failed because a cursor did not stand where it should */
    bool lasting; /* the last try failed because an event's handler refused */
};

/* batch.c */
size_t batch_take(struct bench *bench, int wait_ms); /* fills bench->jobs; 0: nothing to do */
enum err batch_try(struct bench *bench, struct batch *batch) MUST_CHECK;
void batch_done(struct bench *bench, struct batch *batch);         /* every job has its answer */
void job_done(struct bench *bench, struct job *job, enum err err); /* ends one job with a fault, or ERR_OK: with what it has */
void job_drop(struct bench *bench, struct job *job, enum err err); /* ends one that is not run, or no more */
bool job_expired(const struct job *job, int64_t now_us, int64_t steady_us);
/* Moves the jobs whose deadline has passed to *expired, and counts them; the others stay in order. Returns the end of what stays. */
struct job **list_take_expired(struct job **list, struct job **expired, size_t *count, int64_t now_us, int64_t steady_us);

/* retry.c: runs the jobs to their end, whatever happens. */
void batch_run(struct bench *bench, struct job **jobs, size_t count);

/* seen.c */
bool seen_wanted(const struct job *job);
enum err seen_load(struct bench *bench, struct job **jobs, size_t count) MUST_CHECK; /* answers those seen before */
void seen_save(struct bench *bench, struct job **jobs, size_t count);

/* job.c */
void job_reset(struct job *job);       /* forgets the answer */
struct span job_pack(struct job *job); /* packs the answer, once */

#endif
