/* Metrics: one pointer for one name and labels, sums that are right when many threads add, buckets with their bounds included. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>

#include "common/base/metric.h"

enum { THREADS = 4, ROUNDS = 100000 };

static void *metric_hammer(void *arg)
{
    struct metric **m = arg;
    for (int i = 0; i < ROUNDS; i++) {
        metric_add(m[0], 2);
        metric_observe_us(m[1], 1000);
    }
    return NULL;
}

static void test_metric_counts_from_many_threads(void **state)
{
    (void)state;
    struct metrics *metrics = metrics_new();
    struct metric *m[] = {metric_counter(metrics, "c_total", "", "c"), metric_histogram(metrics, "h_seconds", "", "h")};
    pthread_t threads[THREADS];
    struct metric_value values[2];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, metric_hammer, m), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(metrics_read(metrics, values, 2), 2);
    assert_true(values[0].value == 2.0 * THREADS * ROUNDS);
    assert_int_equal(values[1].counts[1], THREADS * ROUNDS);
    assert_true(values[1].sum > 399.99 && values[1].sum < 400.01);
    metrics_free(metrics);
}

static void test_metric_is_the_same_for_the_same_name_and_labels(void **state)
{
    (void)state;
    struct metrics *metrics = metrics_new();
    struct metric *a = metric_counter(metrics, "x_total", "method=\"a\"", "x");
    assert_ptr_equal(metric_counter(metrics, "x_total", "method=\"a\"", "x"), a);
    assert_ptr_not_equal(metric_counter(metrics, "x_total", "method=\"b\"", "x"), a);
    assert_ptr_not_equal(metric_gauge(metrics, "x", "", "x"), a);
    struct metric_value first;
    assert_int_equal(metrics_read(metrics, &first, 1), 3);
    assert_string_equal(first.name, "x_total");
    assert_string_equal(first.labels, "method=\"a\"");
    metrics_free(metrics);
    metrics_free(NULL);
}

static void test_metric_puts_a_bound_into_its_own_bucket(void **state)
{
    (void)state;
    struct metrics *metrics = metrics_new();
    struct metric *h = metric_histogram(metrics, "h_seconds", "", "h"), *g = metric_gauge(metrics, "g", "", "g");
    struct metric_value values[2];
    metric_observe_us(h, 500);
    metric_observe_us(h, 501);
    metric_observe_us(h, 10000000);
    metric_observe_us(h, 10000001);
    metric_set(g, -1.5);
    assert_int_equal(metrics_read(metrics, values, 2), 2);
    assert_int_equal(values[0].counts[0], 1);
    assert_int_equal(values[0].counts[1], 1);
    assert_int_equal(values[0].counts[METRIC_BUCKETS - 1], 1);
    assert_int_equal(values[0].counts[METRIC_BUCKETS], 1);
    assert_true(values[1].value == -1.5);
    metrics_free(metrics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metric_counts_from_many_threads),
        cmocka_unit_test(test_metric_is_the_same_for_the_same_name_and_labels),
        cmocka_unit_test(test_metric_puts_a_bound_into_its_own_bucket),
    };
    return cmocka_run_group_tests_name("metric", tests, NULL, NULL);
}
