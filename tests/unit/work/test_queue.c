/* The queue: bounded, in order, taken whole, and true to its counts from several threads. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/work/queue.h"

static const struct work_case WRITE = {.name = "w", .kind = WORK_WRITE}, EVENT = {.name = "e", .kind = WORK_EVENT};

static void make(struct job *jobs, struct job **list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        jobs[i] = (struct job){.kase = &WRITE, .index = (uint32_t)i};
        list[i] = &jobs[i];
    }
}

/* The indexes of a list must be first, first + 1, ...; returns how many. */
static size_t count_from(const struct job *list, uint32_t first)
{
    size_t count = 0;

    for (; list; list = list->next)
        assert_int_equal(list->index, first + count++);
    return count;
}

static void test_in_order_and_bounded(void **state)
{
    struct queue *q = queue_new(5);
    struct job jobs[8], *list[8];

    (void)state;
    make(jobs, list, 8);
    assert_int_equal(queue_put(q, list, 3), 3);
    assert_int_equal(queue_put(q, list + 3, 5), 2); /* the rest stays the caller's */
    assert_int_equal(queue_put(q, list + 5, 1), 0);
    assert_int_equal(queue_state(q).depth, 5);
    assert_true(queue_state(q).oldest_us > 0);
    assert_int_equal(count_from(queue_take(q, 2, 0), 0), 2);
    assert_int_equal(queue_put(q, list + 5, 3), 2);
    assert_int_equal(count_from(queue_take(q, 100, 0), 2), 5);
    assert_null(queue_take(q, 100, 0));
    assert_int_equal(queue_state(q).oldest_us, 0);
    queue_free(q);
}

static void test_a_wait_has_its_end(void **state)
{
    struct queue *q = queue_new(5);
    int64_t began_us = time_steady_us();

    (void)state;
    assert_null(queue_take(q, 5, 40));
    assert_in_range(time_steady_us() - began_us, 35000, 1000000);
    queue_close(q);
    began_us = time_steady_us();
    assert_null(queue_take(q, 5, 5000)); /* closed: does not wait */
    assert_true(time_steady_us() - began_us < 1000000);
    struct job job = {.kase = &WRITE}, *list[] = {&job};
    assert_int_equal(queue_put(q, list, 1), 0);
    assert_true(queue_closed(q));
    queue_free(q);
}

static void test_the_expired_are_picked_out(void **state)
{
    struct queue *q = queue_new(10);
    struct job jobs[7], *list[7];
    Bus__Request past = BUS__REQUEST__INIT, future = BUS__REQUEST__INIT;

    (void)state;
    past.deadline_us = 1000;
    future.deadline_us = 3000;
    make(jobs, list, 7);
    for (int i = 0; i < 7; i++)
        jobs[i].request = i % 2 ? &future : &past;
    jobs[2].kase = &EVENT; /* an event has no deadline */
    assert_int_equal(queue_put(q, list, 7), 7);
    struct job *expired = queue_take_expired(q, 2000, time_steady_us());
    assert_ptr_equal(expired, &jobs[0]);
    assert_ptr_equal(expired->next, &jobs[4]);
    assert_ptr_equal(expired->next->next, &jobs[6]); /* the last of the list */
    assert_null(expired->next->next->next);
    assert_int_equal(queue_state(q).depth, 4);
    struct job late = {.kase = &WRITE, .request = &future}, *more[] = {&late};
    assert_int_equal(queue_put(q, more, 1), 1); /* the end of the list is where it should be */
    struct job *rest = queue_take(q, 10, 0);
    const struct job *expected[] = {&jobs[1], &jobs[2], &jobs[3], &jobs[5], &late};
    for (int i = 0; i < 5; i++, rest = rest->next)
        assert_ptr_equal(rest, expected[i]);
    assert_null(rest);
    queue_free(q);
}

enum { THREADS = 4, EACH = 20000 };

static void *put_many(void *arg)
{
    struct queue *q = arg;
    struct job *jobs = mem_array(EACH, sizeof *jobs);

    for (size_t i = 0; i < EACH;) {
        struct job *one = &jobs[i];
        one->kase = &WRITE;
        i += queue_put(q, &one, 1);
    }
    return jobs;
}

static void test_four_threads_lose_nothing(void **state)
{
    struct queue *q = queue_new(512);
    pthread_t threads[THREADS];
    size_t taken = 0;

    (void)state;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, put_many, q), 0);
    while (taken < THREADS * EACH) {
        struct job *list = queue_take(q, 100, 2000);
        assert_non_null(list);
        for (; list; list = list->next)
            taken++;
    }
    for (int i = 0; i < THREADS; i++) {
        void *jobs;
        assert_int_equal(pthread_join(threads[i], &jobs), 0);
        mem_free(jobs);
    }
    assert_int_equal(taken, THREADS * EACH);
    assert_int_equal(queue_state(q).depth, 0);
    queue_free(q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"jobs come out in order, and no more go in than there is room for", test_in_order_and_bounded, NULL, NULL, NULL},
        {"a wait ends at its limit, or when the queue is closed", test_a_wait_has_its_end, NULL, NULL, NULL},
        {"the expired are picked out, the others keep their order", test_the_expired_are_picked_out, NULL, NULL, NULL},
        {"four threads put, one takes, nothing is lost", test_four_threads_lose_nothing, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
