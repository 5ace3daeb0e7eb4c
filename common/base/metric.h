/* Metrics of one process: counters, gauges, histograms; made at start, updated from any thread without a lock.
 * Names and units as Prometheus has them (…_total, …_seconds, …_bytes); labels never hold ids or addresses.
 * The gateway asks every process for its metrics with the health survey and serves them all at /metrics. */
#ifndef HV_BASE_METRIC_H
#define HV_BASE_METRIC_H
#include <stddef.h>
#include <stdint.h>

struct metrics;
struct metric;

struct metrics *metrics_new(void);
void metrics_free(struct metrics *metrics);

enum metric_kind { METRIC_COUNTER, METRIC_GAUGE, METRIC_HISTOGRAM };

/* The metric with this name and these labels; the same pointer for the same pair. labels: `method="x"` or "". Start-up only
 * (takes a lock). Histograms are of seconds with fixed bounds, 0.0005 to 10. */
struct metric *metric_counter(struct metrics *metrics, const char *name, const char *labels, const char *help);
struct metric *metric_gauge(struct metrics *metrics, const char *name, const char *labels, const char *help);
struct metric *metric_histogram(struct metrics *metrics, const char *name, const char *labels, const char *help);

void metric_add(struct metric *counter, uint64_t n);
void metric_set(struct metric *gauge, double value);
void metric_observe_us(struct metric *histogram, int64_t us);

/* A snapshot of one metric, for the health responder. bounds and counts point into the metric's own constant tables or `counts_out`. */
#define METRIC_BUCKETS 14 /* bounds; counts has one more */
struct metric_value {
    const char *name, *labels, *help;
    enum metric_kind kind;
    double value, sum;
    uint64_t counts[METRIC_BUCKETS + 1];
};
extern const double metric_bounds[METRIC_BUCKETS];
size_t metrics_read(const struct metrics *metrics, struct metric_value *out, size_t max); /* how many there are; fills up to max */

#endif
