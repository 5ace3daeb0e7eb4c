/* How a service is: the checks every one has. Each says what to do next when it does not pass. They read what the parts know
 * already and ask nobody, so a survey costs microseconds. */
#include "common/run/parts.h"

#include <stdio.h>

#include "common/base/alloc.h"
#include "common/base/time.h"

#define LAG_MS       250
#define LAG_WARN_US  200000
#define LAG_FAIL_US  (2 * TIME_SECOND)
#define BUSY_WARN_US (2 * TIME_SECOND)
#define QUEUE_WARN   0.50
#define QUEUE_FAIL   0.95
#define EVENTS_WARN  1000
#define SILENCE_US   (5 * TIME_SECOND)
#define STREAMS_MOST 64
#define OUTPUT_TEXT  256

#define PASS BUS__HEALTH_CHECK__STATUS__PASS
#define WARN BUS__HEALTH_CHECK__STATUS__WARN
#define FAIL BUS__HEALTH_CHECK__STATUS__FAIL

static void check_database(struct health *health, const char *component, const struct worker_state *state, int64_t now_us)
{
    int64_t busy_us = state->busy_since_us > 0 ? now_us - state->busy_since_us : 0;
    double busy_s = (double)busy_us / (double)TIME_SECOND;

    if (!state->connected)
        health_add(health, component, "connection", FAIL, busy_s, "s",
                   "PostgreSQL cannot be reached; the service reconnects by itself: see that the database runs and HV_DATABASE is right");
    else if (busy_us > BUSY_WARN_US)
        health_add(health, component, "connection", WARN, busy_s, "s",
                   "one batch has been running for seconds: look for locks and slow disks in pg_stat_activity");
    else
        health_add(health, component, "connection", PASS, busy_s, "s", NULL);
}

static void check_queue(struct health *health, const char *component, const struct worker_state *state)
{
    double full = state->queue_max > 0 ? (double)state->depth / (double)state->queue_max : 0;

    if (full > QUEUE_FAIL)
        health_add(health, component, "depth", FAIL, (double)state->depth, "jobs",
                   "the queue is full and requests are refused with 503: add a replica, or find what slows the database");
    else if (full > QUEUE_WARN)
        health_add(health, component, "depth", WARN, (double)state->depth, "jobs",
                   "work comes faster than it is done: watch the latency, be ready to add a replica");
    else
        health_add(health, component, "depth", PASS, (double)state->depth, "jobs", NULL);
}

static void check_loop(struct parts *parts, struct health *health)
{
    int64_t lag_us = parts->lag_worst_us;
    double lag_s = (double)lag_us / (double)TIME_SECOND;

    parts->lag_worst_us = 0;
    if (lag_us > LAG_FAIL_US)
        health_add(health, "loop", "lag", FAIL, lag_s, "s",
                   "the event loop stood still for seconds: the machine is overloaded or was suspended");
    else if (lag_us > LAG_WARN_US)
        health_add(health, "loop", "lag", WARN, lag_s, "s", "the event loop runs late: the machine is short of CPU");
    else
        health_add(health, "loop", "lag", PASS, lag_s, "s", NULL);
}

/* --- events of other services --------------------------------------------------------------------------------------- */

static Bus__HealthCheck__Status stream_status(const struct subscriber_state *s, uint64_t lag, int64_t silent_us, char output[OUTPUT_TEXT])
{
    output[0] = '\0';
    if (s->stopped) {
        (void)snprintf(output, OUTPUT_TEXT,
                       "stopped: the publisher's history differs or is truncated; rebuild this service's view, then hv replay --stream %s",
                       s->stream);
        return FAIL;
    }
    if (s->dead > 0)
        (void)snprintf(output, OUTPUT_TEXT, "%llu events were put aside: see hv dead, mend the cause, then hv dead --retry",
                       (unsigned long long)s->dead);
    else if (silent_us > SILENCE_US)
        (void)snprintf(output, OUTPUT_TEXT, "no heartbeat for %lld s: see whether the publisher runs and its PUB url is right",
                       (long long)(silent_us / TIME_SECOND));
    else if (lag > EVENTS_WARN)
        (void)snprintf(output, OUTPUT_TEXT, "this service is behind its publisher and catching up; watch that the number falls");
    return output[0] ? WARN : PASS;
}

static void check_source(struct health *health, const struct subscriber *subscriber, int64_t now_us)
{
    struct subscriber_state states[STREAMS_MOST];
    size_t count = subscriber_states(subscriber, states, STREAMS_MOST);

    for (size_t i = 0; i < count && i < STREAMS_MOST; i++) {
        const struct subscriber_state *s = &states[i];
        uint64_t lag = s->head > s->cursor ? s->head - s->cursor : 0;
        char component[96], output[OUTPUT_TEXT];
        Bus__HealthCheck__Status status = stream_status(s, lag, now_us - s->heard_us, output);
        (void)snprintf(component, sizeof component, "events:%s", s->stream);
        health_add(health, component, "lag", status, (double)lag, "events", output[0] ? output : NULL);
    }
}

void checks_run(void *owner, struct health *health)
{
    struct parts *parts = owner;
    struct service *service = &parts->service;
    int64_t now_us = time_steady_us();
    struct worker_state writer = worker_state(service->writer);

    check_database(health, "postgresql:writer", &writer, now_us);
    check_queue(health, "queue:writer", &writer);
    for (size_t i = 0; i < service->reader_count; i++) {
        struct worker_state reader = worker_state(service->readers[i]);
        char component[48];
        (void)snprintf(component, sizeof component, "postgresql:reader-%zu", i);
        check_database(health, component, &reader, now_us);
        (void)snprintf(component, sizeof component, "queue:reader-%zu", i);
        check_queue(health, component, &reader);
    }
    check_loop(parts, health);
    for (size_t i = 0; i < parts->settings.source_count; i++)
        check_source(health, parts->settings.sources[i].subscriber, now_us);
    if (parts->spec->health)
        parts->spec->health(service, health);
}

/* --- how late the loop runs ----------------------------------------------------------------------------------------- */

static void lag_tick(uv_timer_t *timer)
{
    struct parts *parts = timer->data;
    int64_t now_us = time_steady_us();
    int64_t late_us = now_us - parts->lag_due_us;

    if (late_us > parts->lag_worst_us)
        parts->lag_worst_us = late_us;
    parts->lag_due_us = now_us + LAG_MS * 1000;
}

void checks_start(struct parts *parts)
{
    parts->lag_timer.data = parts;
    parts->lag_due_us = time_steady_us() + LAG_MS * 1000;
    if (uv_timer_init(&parts->service.loop, &parts->lag_timer) != 0 || uv_timer_start(&parts->lag_timer, lag_tick, LAG_MS, LAG_MS) != 0)
        bug("libuv refused a timer");
}
