/* One mutex, one condition, one list. The condition is signalled only when the list was empty before, so a burst of puts
 * wakes the worker once.
 */
#include "common/work/queue.h"

#include <pthread.h>
#include <time.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/work/batch.h"

struct queue {
    pthread_mutex_t mutex;
    pthread_cond_t some; /* the list is not empty, or the queue is closed */
    struct job *first, **last;
    size_t depth, max;
    bool closed;
};

struct queue *queue_new(size_t max)
{
    struct queue *q = mem_new(sizeof *q);
    pthread_condattr_t attr;

    q->last = &q->first;
    q->max = max;
    /* The steady clock, so that a step of the wall clock neither shortens nor stretches a wait. */
    if (pthread_mutex_init(&q->mutex, NULL) != 0 || pthread_condattr_init(&attr) != 0 ||
        pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) != 0 || pthread_cond_init(&q->some, &attr) != 0)
        bug("a queue's lock cannot be made");
    (void)pthread_condattr_destroy(&attr);
    return q;
}

void queue_free(struct queue *q)
{
    if (!q)
        return;
    if (q->first)
        bug("a queue was freed with jobs in it");
    (void)pthread_cond_destroy(&q->some);
    (void)pthread_mutex_destroy(&q->mutex);
    mem_free(q);
}

size_t queue_put(struct queue *q, struct job **jobs, size_t count)
{
    int64_t now_us = time_steady_us();

    (void)pthread_mutex_lock(&q->mutex);
    bool was_empty = !q->first;
    size_t room = q->closed ? 0 : q->max - q->depth;
    size_t taken = count < room ? count : room;
    for (size_t i = 0; i < taken; i++) {
        jobs[i]->queued_us = now_us;
        jobs[i]->next = NULL;
        *q->last = jobs[i];
        q->last = &jobs[i]->next;
    }
    q->depth += taken;
    if (was_empty && taken)
        (void)pthread_cond_signal(&q->some);
    (void)pthread_mutex_unlock(&q->mutex);
    return taken;
}

static void wait_for_some(struct queue *q, int wait_ms)
{
    struct timespec until;

    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += wait_ms / 1000;
    until.tv_nsec += (long)(wait_ms % 1000) * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    while (!q->first && !q->closed) {
        if (pthread_cond_timedwait(&q->some, &q->mutex, &until) != 0)
            return;
    }
}

struct job *queue_take(struct queue *q, size_t max, int wait_ms)
{
    (void)pthread_mutex_lock(&q->mutex);
    if (!q->first && wait_ms > 0)
        wait_for_some(q, wait_ms);
    struct job *taken = q->first;
    struct job **end = &q->first;
    size_t count = 0;
    for (; *end && count < max; end = &(*end)->next)
        count++;
    struct job *rest = *end;
    *end = NULL;
    if (count == 0)
        taken = NULL;
    q->first = rest;
    if (!rest)
        q->last = &q->first;
    q->depth -= count;
    (void)pthread_mutex_unlock(&q->mutex);
    return taken;
}

struct job *queue_take_expired(struct queue *q, int64_t now_us, int64_t steady_us)
{
    struct job *expired;
    size_t count;

    (void)pthread_mutex_lock(&q->mutex);
    q->last = list_take_expired(&q->first, &expired, &count, now_us, steady_us);
    q->depth -= count;
    (void)pthread_mutex_unlock(&q->mutex);
    return expired;
}

void queue_close(struct queue *q)
{
    (void)pthread_mutex_lock(&q->mutex);
    q->closed = true;
    (void)pthread_cond_signal(&q->some);
    (void)pthread_mutex_unlock(&q->mutex);
}

bool queue_closed(struct queue *q)
{
    (void)pthread_mutex_lock(&q->mutex);
    bool closed = q->closed;
    (void)pthread_mutex_unlock(&q->mutex);
    return closed;
}

struct queue_state queue_state(struct queue *q)
{
    (void)pthread_mutex_lock(&q->mutex);
    struct queue_state state = {q->depth, q->max, q->first ? q->first->queued_us : 0};
    (void)pthread_mutex_unlock(&q->mutex);
    return state;
}
