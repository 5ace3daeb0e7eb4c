/* The thread: one queue, one connection, batch after batch until it is stopped and the queue is empty.
 *
 * Shared with other threads are the queue (its own lock) and two numbers for health (atomics); everything else is the
 * thread's alone between worker_start and worker_stop.
 */
#include "common/work/worker.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/prctl.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/work/batch.h"

enum {
    IDLE_MS = 500,       /* so often an idle worker looks whether its connection lives */
    BENCH_BYTES = 262144 /* the arena's first block: a batch of a few hundred small jobs stays within */
};

struct worker {
    pthread_t thread;
    struct bench bench;
    _Atomic int64_t busy_since_us; /* steady clock, 0: idle */
    atomic_bool connected;
    _Atomic int64_t lost_since_us; /* steady clock, while not connected */
};

static void set_connected(void *arg, bool connected)
{
    struct worker *worker = arg;

    if (!connected && atomic_load(&worker->connected))
        atomic_store(&worker->lost_since_us, time_steady_us());
    atomic_store(&worker->connected, connected);
}

/* Nothing to do: finds out about a lost connection now rather than with the next request. */
static void look_after_connection(struct worker *worker)
{
    struct bench *bench = &worker->bench;

    if (db_alive(bench->db))
        return;
    bool connected = db_reconnect(bench->db) == ERR_OK;
    if (connected)
        tally_reconnect(bench->tally);
    set_connected(worker, connected);
}

static void *worker_main(void *arg)
{
    struct worker *worker = arg;
    struct bench *bench = &worker->bench;

    (void)prctl(PR_SET_NAME, bench->config.name, 0, 0, 0);
    for (;;) {
        size_t count = batch_take(bench, IDLE_MS);
        if (count == 0) {
            struct queue_state state = queue_state(bench->queue);
            if (queue_closed(bench->queue) && state.depth == 0 && !bench->held)
                return NULL;
            if (state.depth == 0 && !bench->held)
                look_after_connection(worker);
            continue;
        }
        int64_t began_us = time_steady_us();
        atomic_store(&worker->busy_since_us, began_us);
        batch_run(bench, bench->jobs, count);
        atomic_store(&worker->busy_since_us, 0);
        tally_batch(bench->tally, count, time_steady_us() - began_us, queue_state(bench->queue).depth);
    }
}

static void worker_free(struct worker *worker)
{
    struct bench *bench = &worker->bench;

    queue_free(bench->queue);
    tally_free(bench->tally);
    arena_free(bench->arena);
    mem_free(bench->jobs);
    mem_free(bench->keys);
    db_close(bench->db);
    mem_free(worker);
}

/* Signals are the loop's; a worker's thread takes none. */
static int thread_start(struct worker *worker)
{
    sigset_t all, before;

    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&worker->thread, NULL, worker_main, worker);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed;
}

enum err worker_start(struct worker **out, const struct worker_config *config)
{
    struct db *db;
    enum err err = db_open(&db, &config->db, config->log);

    if (err != ERR_OK)
        return err;
    struct worker *worker = mem_new(sizeof *worker);
    struct bench *bench = &worker->bench;
    bench->config = *config;
    bench->db = db;
    bench->queue = queue_new(config->queue_max);
    bench->arena = arena_new(BENCH_BYTES);
    bench->tally = tally_new(config->metrics, config->name);
    bench->jobs = mem_array(config->batch_max, sizeof(struct job *));
    bench->key_mask = 15;
    while (bench->key_mask < 2 * config->batch_max)
        bench->key_mask = 2 * bench->key_mask + 1;
    bench->keys = mem_array(bench->key_mask + 1, sizeof(struct job *));
    bench->connected = set_connected;
    bench->worker = worker;
    atomic_store(&worker->connected, true);
    if (thread_start(worker) != 0) {
        log_error(config->log, NULL, "work.thread", LOG_TEXT("why", "a thread cannot be started"), LOG_TEXT("name", config->name));
        worker_free(worker);
        return ERR_UNAVAILABLE;
    }
    *out = worker;
    return ERR_OK;
}

size_t worker_submit_many(struct worker *worker, struct job **jobs, size_t count)
{
    return queue_put(worker->bench.queue, jobs, count);
}

enum err worker_submit(struct worker *worker, struct job *job)
{
    return worker_submit_many(worker, &job, 1) == 1 ? ERR_OK : ERR_BUSY;
}

void worker_stop(struct worker *worker)
{
    if (!worker)
        return;
    queue_close(worker->bench.queue);
    (void)pthread_join(worker->thread, NULL);
    worker_free(worker);
}

struct worker_state worker_state(const struct worker *worker)
{
    struct queue_state queue = queue_state(worker->bench.queue);
    bool connected = atomic_load(&worker->connected);

    return (struct worker_state){
        .depth = queue.depth,
        .queue_max = queue.max,
        .busy_since_us = atomic_load(connected ? &worker->busy_since_us : &worker->lost_since_us),
        .connected = connected,
        .oldest_us = queue.oldest_us,
    };
}
