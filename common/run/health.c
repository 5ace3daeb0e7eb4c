/* The answering side of health: a RESPONDENT socket under the loop. The gateway's survey comes sealed, the report goes back sealed;
 * what does not open is dropped. The checks run on the loop, so an answer also proves that the loop turns. */
#include "common/run/health.h"

#include <nng/nng.h>
#include <nng/protocol/survey0/respond.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/rpc/endpoint.h"

#define METRICS_MOST    512
#define SEND_TIMEOUT_MS 100
#define DRAIN_MOST      16 /* surveys in one turn of the loop */

struct health {
    struct arena *arena;
    Bus__HealthCheck **checks;
    size_t count, cap;
};

struct health_responder {
    struct health_responder_config config;
    nng_socket socket;
    uv_poll_t poll;
    struct arena *arena;
    struct buf sealed;
    struct metric_value *values; /* METRICS_MOST, allocated once */
    struct metric *dropped;
    int64_t started_us;
};

static char *text_or_empty(struct arena *arena, const char *text)
{
    return arena_strdup(arena, text ? text : "");
}

void health_add(struct health *health, const char *component, const char *measure, Bus__HealthCheck__Status status, double value,
                const char *unit, const char *output)
{
    Bus__HealthCheck *check = arena_alloc(health->arena, sizeof *check);

    bus__health_check__init(check);
    check->component = text_or_empty(health->arena, component);
    check->measure = text_or_empty(health->arena, measure);
    check->status = status;
    check->value = value;
    check->unit = text_or_empty(health->arena, unit);
    check->output = text_or_empty(health->arena, output);
    if (health->count == health->cap) {
        Bus__HealthCheck **grown = arena_array(health->arena, 2 * health->cap + 16, sizeof(Bus__HealthCheck *));
        for (size_t i = 0; i < health->count; i++)
            grown[i] = health->checks[i];
        health->checks = grown;
        health->cap = 2 * health->cap + 16;
    }
    health->checks[health->count++] = check;
}

static Bus__Metric *metric_out(struct arena *arena, const struct metric_value *value)
{
    Bus__Metric *metric = arena_alloc(arena, sizeof *metric);

    bus__metric__init(metric);
    metric->name = text_or_empty(arena, value->name);
    metric->labels = text_or_empty(arena, value->labels);
    metric->help = text_or_empty(arena, value->help);
    metric->value = value->value;
    switch (value->kind) {
    case METRIC_COUNTER:
        metric->kind = BUS__METRIC__KIND__COUNTER;
        break;
    case METRIC_GAUGE:
        metric->kind = BUS__METRIC__KIND__GAUGE;
        break;
    case METRIC_HISTOGRAM:
        metric->kind = BUS__METRIC__KIND__HISTOGRAM;
        metric->n_bounds = METRIC_BUCKETS;
        metric->bounds = (double *)(uintptr_t)metric_bounds;
        metric->n_counts = METRIC_BUCKETS + 1;
        metric->counts = (uint64_t *)(uintptr_t)value->counts;
        metric->sum = value->sum;
        break;
    }
    return metric;
}

static void metrics_out(struct health_responder *responder, Bus__HealthReport *report)
{
    size_t count = metrics_read(responder->config.metrics, responder->values, METRICS_MOST);

    report->n_metrics = count < METRICS_MOST ? count : METRICS_MOST;
    report->metrics = arena_array(responder->arena, report->n_metrics, sizeof(Bus__Metric *));
    for (size_t i = 0; i < report->n_metrics; i++)
        report->metrics[i] = metric_out(responder->arena, &responder->values[i]);
}

static void responder_answer(struct health_responder *responder, const Bus__Survey *survey)
{
    const struct health_responder_config *config = &responder->config;
    Bus__HealthReport report = BUS__HEALTH_REPORT__INIT;
    struct health health = {.arena = responder->arena};

    config->checks(config->owner, &health);
    report.service = text_or_empty(responder->arena, config->service);
    report.instance = text_or_empty(responder->arena, config->instance);
    report.version = text_or_empty(responder->arena, config->version);
    report.started_us = responder->started_us;
    report.n_checks = health.count;
    report.checks = health.checks;
    if (survey->with_metrics)
        metrics_out(responder, &report);
    wire_seal(config->seal, "hr.", &report.base, &responder->sealed);
    /* NNG 1.5.2 refuses every non-blocking answer here; with a time-out it goes out at once unless the peer's pipe is busy. */
    if (nng_send(responder->socket, responder->sealed.data, responder->sealed.len, 0) != 0)
        metric_add(responder->dropped, 1); /* the surveyor has gone: it will ask again */
}

static void responder_ready(uv_poll_t *poll, int status, int events)
{
    struct health_responder *responder = poll->data;

    (void)status; /* an error shows as the next receive's */
    (void)events;
    for (int i = 0; i < DRAIN_MOST; i++) {
        ProtobufCMessage *survey;
        nng_msg *msg;
        if (nng_recvmsg(responder->socket, &msg, NNG_FLAG_NONBLOCK) != 0)
            return;
        struct span sealed = span_of(nng_msg_body(msg), nng_msg_len(msg));
        if (wire_open(responder->config.seal, sealed, "sv.", NULL, responder->arena, &bus__survey__descriptor, &survey) == ERR_OK)
            responder_answer(responder, (const Bus__Survey *)survey);
        else
            metric_add(responder->dropped, 1);
        nng_msg_free(msg);
        arena_reset(responder->arena);
    }
}

static int responder_listen(nng_socket *socket, const char *url, int *fd)
{
    int rv = nng_respondent0_open(socket);

    if (rv == 0)
        rv = nng_socket_set_ms(*socket, NNG_OPT_SENDTIMEO, SEND_TIMEOUT_MS);
    if (rv == 0)
        rv = endpoint_listen(*socket, url);
    if (rv == 0)
        rv = nng_socket_get_int(*socket, NNG_OPT_RECVFD, fd);
    return rv;
}

enum err health_responder_open(struct health_responder **out, uv_loop_t *loop, const struct health_responder_config *config)
{
    struct health_responder *responder = mem_new(sizeof *responder);
    int fd = -1;
    int rv = responder_listen(&responder->socket, config->url, &fd);

    if (rv != 0) {
        log_error(config->log, NULL, "health.cannot-listen", LOG_TEXT("url", config->url), LOG_TEXT("error", nng_strerror(rv)));
        mem_free(responder);
        return ERR_UNAVAILABLE;
    }
    responder->config = *config;
    responder->arena = arena_new(16 * 1024);
    responder->values = mem_array(METRICS_MOST, sizeof *responder->values);
    responder->dropped =
        metric_counter(config->metrics, "health_messages_dropped_total", "", "Surveys that did not open, answers not taken.");
    responder->started_us = time_now_us();
    responder->poll.data = responder;
    if (uv_poll_init(loop, &responder->poll, fd) != 0 || uv_poll_start(&responder->poll, UV_READABLE, responder_ready) != 0)
        bug("libuv refused to poll a RESPONDENT socket");
    *out = responder;
    return ERR_OK;
}

static void responder_closed(uv_handle_t *handle)
{
    struct health_responder *responder = handle->data;

    arena_free(responder->arena);
    buf_fini(&responder->sealed);
    mem_free(responder->values);
    mem_free(responder);
}

/* The socket stays open (nng_close can hang in 1.5.2); nobody reads it any more. */
void health_responder_close(struct health_responder *responder)
{
    if (!responder)
        return;
    (void)uv_poll_stop(&responder->poll);
    uv_close((uv_handle_t *)&responder->poll, responder_closed);
}
