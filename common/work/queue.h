/* The queue between whoever makes jobs and the one worker that runs them: bounded, first in first out, taken whole.
 * A job is the queue's from put until take. */
#ifndef HV_WORK_QUEUE_H
#define HV_WORK_QUEUE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/work/job.h"

struct queue;

struct queue *queue_new(size_t max);
void queue_free(struct queue *queue); /* it is empty */

size_t queue_put(struct queue *queue, struct job **jobs, size_t count); /* how many were taken, from the front; any thread */
/* At most max jobs as a list linked by `next`; NULL when none came within wait_ms or the queue was closed. */
struct job *queue_take(struct queue *queue, size_t max, int wait_ms);
/* Those whose deadline has passed, as a list; the others stay in order. */
struct job *queue_take_expired(struct queue *queue, int64_t now_us, int64_t steady_us);
void queue_close(struct queue *queue); /* put takes nothing from now on */
bool queue_closed(struct queue *queue);

struct queue_state {
    size_t depth, max;
    int64_t oldest_us; /* steady clock; 0 when empty */
};
struct queue_state queue_state(struct queue *queue);

#endif
