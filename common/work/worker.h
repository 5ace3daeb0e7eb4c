/* A worker: a thread with one queue and one connection that runs jobs in batches (steps 5-7 of the data's path).
 *
 *   take all waiting jobs, at most batch_max, never waiting for more
 *     -> needs, job by job -> load, one round trip, locks first -> decide, job by job -> save + events + COMMIT, one round trip
 *     -> publish -> done, job by job
 *
 * A batch that fails is run again job by job, so that only the bad one fails. A lost connection: reconnect, run again.
 * Two jobs with the same (actor, key) never share a batch: the second waits for the next one and finds the first's answer.
 * More than batch_max that wait so are answered ERR_BUSY, not run.
 * A job whose deadline has passed before its batch begins is answered ERR_TIMEOUT, not run.
 * Jobs that share a batch see each other's effects in queue order through the workset.
 */
#ifndef HV_WORK_WORKER_H
#define HV_WORK_WORKER_H
#include <stddef.h>

#include "common/base/log.h"
#include "common/base/metric.h"
#include "common/db/db.h"
#include "common/work/job.h"

/* The store room of a service, as the worker sees it. */
struct work_store {
    struct workset *(*begin)(struct arena *arena, int64_t now_us, void *context); /* a fresh, empty workset on the batch's arena */
    enum err (*load)(struct workset *w, struct db *db) MUST_CHECK;                /* queue, flush, read; locks in the fixed order */
    void (*save)(struct workset *w, struct db *db);                               /* queue what changed, the event log last; no flush */
    enum err (*check)(struct workset *w, struct db *db) MUST_CHECK; /* may be NULL: look at the results of save before COMMIT is sent */
    void (*committed)(struct workset *w, struct db *db);            /* may be NULL: after COMMIT, results still readable: publish */
    void *context;
};

/* How event jobs move their cursor; implemented by common/event/apply.c. NULL when the service consumes nothing. */
struct work_events {
    void (*queue)(void *context, struct db *db, struct arena *arena, struct job **jobs,
                  size_t count); /* the guarded cursor updates of a batch */
    enum err (*check)(void *context,
                      struct db *db); /* after the flush, before COMMIT: ERR_CONFLICT when a cursor did not stand where it should */
    enum err (*park)(void *context, struct db *db, struct job *job); /* a lasting failure: event_dead + cursor, one transaction */
    void *context;
};

struct worker_config { /* copied; what it points to, but for db's texts, must outlive the worker */
    const char *name;  /* thread name, "writer" or "reader" */
    enum db_access access;
    struct db_config db;
    const struct work_store *store;   /* may be NULL when every case is a `run` */
    const struct work_events *events; /* writer of a consuming service */
    const struct seal *seal;          /* keys the hashes of requests; NULL: they are not keyed */
    size_t queue_max, batch_max;
    const struct log *log;
    struct metrics *metrics;
};

struct worker;

enum err worker_start(struct worker **out, const struct worker_config *config) MUST_CHECK; /* connects first: ERR_UNAVAILABLE */
/* Takes the job. ERR_BUSY: the queue is full, the job is still the caller's. Any thread. */
enum err worker_submit(struct worker *worker, struct job *job) MUST_CHECK;
/* Takes the jobs in order, as many as there is room for, at once: they share a batch. Returns how many it took from the front. */
size_t worker_submit_many(struct worker *worker, struct job **jobs, size_t count);
void worker_stop(struct worker *worker); /* runs what is queued, then ends the thread and frees; submit gives ERR_BUSY from now on */

struct worker_state {
    size_t depth, queue_max;
    int64_t busy_since_us;
    bool connected;
    int64_t oldest_us;
};
struct worker_state worker_state(const struct worker *worker); /* for health; any thread */

#endif
