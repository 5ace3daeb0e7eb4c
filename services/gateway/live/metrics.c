/* /metrics: what all processes counted, in the text format of Prometheus 0.0.4, each sample with its service and instance.
 * The format wants all samples of a name together, so they are sorted by name first. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/alloc.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/live/survey.h"

struct sample {
    const Bus__HealthReport *report;
    const Bus__Metric *metric;
    size_t order; /* as it came, so that the sort keeps it */
};

static int by_name(const void *a, const void *b)
{
    const struct sample *x = a, *y = b;
    int order = strcmp(x->metric->name, y->metric->name);
    return order ? order : x->order < y->order ? -1 : 1;
}

static size_t collect(const struct survey_result *result, struct sample **out)
{
    size_t count = 0, at = 0;
    for (size_t r = 0; r < result->count; r++)
        count += result->reports[r]->n_metrics;
    *out = mem_array(count + 1, sizeof **out);
    for (size_t r = 0; r < result->count; r++) {
        for (size_t m = 0; m < result->reports[r]->n_metrics; m++, at++)
            (*out)[at] = (struct sample){result->reports[r], result->reports[r]->metrics[m], at};
    }
    qsort(*out, count, sizeof **out, by_name);
    return count;
}

static void header(struct buf *out, const Bus__Metric *metric)
{
    static const char *const TYPE[] = {"counter", "gauge", "histogram"};
    buf_printf(out, "# HELP %s ", metric->name);
    for (const char *c = metric->help; *c; c++) {
        if (*c == '\\' || *c == '\n')
            buf_text(out, *c == '\n' ? "\\n" : "\\\\");
        else
            buf_u8(out, (uint8_t)*c);
    }
    buf_printf(out, "\n# TYPE %s %s\n", metric->name, metric->kind <= BUS__METRIC__KIND__HISTOGRAM ? TYPE[metric->kind] : "untyped");
}

/* name suffix{service="...",instance="...", own labels, more} without the value. */
static void name_and_labels(struct buf *out, const struct sample *s, const char *suffix, const char *more)
{
    buf_printf(out, "%s%s{service=\"%s\",instance=\"%s\"", s->metric->name, suffix, s->report->service, s->report->instance);
    if (s->metric->labels[0])
        buf_printf(out, ",%s", s->metric->labels);
    if (more)
        buf_printf(out, ",%s", more);
    buf_text(out, "} ");
}

static void histogram(struct buf *out, const struct sample *s)
{
    const Bus__Metric *m = s->metric;
    uint64_t sum = 0;
    char bound[40];
    for (size_t i = 0; i < m->n_counts; i++) {
        sum += m->counts[i];
        if (i < m->n_bounds)
            snprintf(bound, sizeof bound, "le=\"%g\"", m->bounds[i]);
        else
            snprintf(bound, sizeof bound, "le=\"+Inf\"");
        name_and_labels(out, s, "_bucket", bound);
        buf_printf(out, "%" PRIu64 "\n", sum);
    }
    name_and_labels(out, s, "_sum", NULL);
    buf_printf(out, "%.9g\n", m->sum);
    name_and_labels(out, s, "_count", NULL);
    buf_printf(out, "%" PRIu64 "\n", sum);
}

void metrics_write(struct buf *out, const struct survey_result *result)
{
    struct sample *samples;
    size_t count = collect(result, &samples);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(samples[i].metric->name, samples[i - 1].metric->name) != 0)
            header(out, samples[i].metric);
        if (samples[i].metric->kind == BUS__METRIC__KIND__HISTOGRAM) {
            histogram(out, &samples[i]);
            continue;
        }
        name_and_labels(out, &samples[i], "", NULL);
        buf_printf(out, "%.15g\n", samples[i].metric->value);
    }
    mem_free(samples);
}

static void answer_metrics(struct exchange *x, const struct survey_result *result)
{
    buf_clear(&x->out);
    metrics_write(&x->out, result);
    struct answer answer = {.status = 200, .type = "text/plain; version=0.0.4; charset=utf-8", .body = buf_span(&x->out)};
    answer_send(x, &answer);
}

void metrics_serve(void *survey, struct exchange *x)
{
    survey_ask(survey, x, answer_metrics);
}
