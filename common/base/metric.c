/* Metrics as a list that only grows: metrics are added at start under a lock and linked in with one atomic store, so
 * readers and writers never lock. Doubles live in 64-bit atomics by their bits. A histogram's buckets and its sum are
 * updated one after the other; a snapshot in between is off by one observation, which no rate will ever show. */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/metric.h"

const double metric_bounds[METRIC_BUCKETS] = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

struct metric {
    _Atomic(struct metric *) next;
    char *name, *labels, *help;
    enum metric_kind kind;
    atomic_uint_least64_t count; /* counter */
    atomic_uint_least64_t gauge; /* bits of a double */
    atomic_int_least64_t sum_us; /* histogram */
    atomic_uint_least64_t buckets[METRIC_BUCKETS + 1];
};

struct metrics {
    pthread_mutex_t adding;
    _Atomic(struct metric *) first;
};

struct metrics *metrics_new(void)
{
    struct metrics *metrics = mem_new(sizeof *metrics);

    if (pthread_mutex_init(&metrics->adding, NULL) != 0)
        bug("a mutex cannot be made");
    return metrics;
}

void metrics_free(struct metrics *metrics)
{
    if (!metrics)
        return;
    for (struct metric *m = atomic_load(&metrics->first); m;) {
        struct metric *next = atomic_load(&m->next);
        mem_free(m->name);
        mem_free(m->labels);
        mem_free(m->help);
        mem_free(m);
        m = next;
    }
    pthread_mutex_destroy(&metrics->adding);
    mem_free(metrics);
}

static struct metric *metric_new(enum metric_kind kind, const char *name, const char *labels, const char *help)
{
    struct metric *m = mem_new(sizeof *m);

    m->kind = kind;
    m->name = mem_strdup(name);
    m->labels = mem_strdup(labels);
    m->help = mem_strdup(help);
    return m;
}

static struct metric *metric_get(struct metrics *metrics, enum metric_kind kind, const char *name, const char *labels, const char *help)
{
    pthread_mutex_lock(&metrics->adding);
    _Atomic(struct metric *) *slot = &metrics->first;
    struct metric *m = atomic_load(slot);
    while (m && (strcmp(m->name, name) != 0 || strcmp(m->labels, labels) != 0)) {
        slot = &m->next;
        m = atomic_load(slot);
    }
    if (!m) {
        m = metric_new(kind, name, labels, help);
        atomic_store(slot, m);
    }
    pthread_mutex_unlock(&metrics->adding);
    if (m->kind != kind)
        bug("one metric is used as two kinds");
    return m;
}

struct metric *metric_counter(struct metrics *metrics, const char *name, const char *labels, const char *help)
{
    return metric_get(metrics, METRIC_COUNTER, name, labels, help);
}

struct metric *metric_gauge(struct metrics *metrics, const char *name, const char *labels, const char *help)
{
    return metric_get(metrics, METRIC_GAUGE, name, labels, help);
}

struct metric *metric_histogram(struct metrics *metrics, const char *name, const char *labels, const char *help)
{
    return metric_get(metrics, METRIC_HISTOGRAM, name, labels, help);
}

void metric_add(struct metric *counter, uint64_t n)
{
    atomic_fetch_add_explicit(&counter->count, n, memory_order_relaxed);
}

void metric_set(struct metric *gauge, double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    atomic_store_explicit(&gauge->gauge, bits, memory_order_relaxed);
}

void metric_observe_us(struct metric *histogram, int64_t us)
{
    double seconds = (double)us / 1e6;
    unsigned i = 0;

    while (i < METRIC_BUCKETS && seconds > metric_bounds[i])
        i++;
    atomic_fetch_add_explicit(&histogram->buckets[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&histogram->sum_us, us, memory_order_relaxed);
}

static double metric_number(struct metric *m)
{
    uint64_t bits = atomic_load_explicit(&m->gauge, memory_order_relaxed);
    double value;

    if (m->kind == METRIC_COUNTER)
        return (double)atomic_load_explicit(&m->count, memory_order_relaxed);
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void metric_read(struct metric *m, struct metric_value *out)
{
    *out = (struct metric_value){.name = m->name, .labels = m->labels, .help = m->help, .kind = m->kind};
    if (m->kind != METRIC_HISTOGRAM) {
        out->value = metric_number(m);
        return;
    }
    out->sum = (double)atomic_load_explicit(&m->sum_us, memory_order_relaxed) / 1e6;
    for (unsigned i = 0; i <= METRIC_BUCKETS; i++)
        out->counts[i] = atomic_load_explicit(&m->buckets[i], memory_order_relaxed);
}

size_t metrics_read(const struct metrics *metrics, struct metric_value *out, size_t max)
{
    size_t count = 0;

    for (struct metric *m = atomic_load(&metrics->first); m; m = atomic_load(&m->next), count++)
        if (count < max)
            metric_read(m, &out[count]);
    return count;
}
