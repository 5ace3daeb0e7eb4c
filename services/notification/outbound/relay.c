/* See relay.h: a lock around the records. Nothing is done under it but arithmetic. */
#include "services/notification/outbound/relay.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/time.h"

#define PROBE_LOOK_US (TIME_SECOND / 4) /* while a probe is on its way, one looks again so often */

struct relays {
    const struct relay_list *list;
    const struct log *log;
    struct metric *served[RELAYS_MAX], *missed[RELAYS_MAX], *up[RELAYS_MAX];
    pthread_mutex_t lock; /* of what follows */
    struct relay_record records[RELAYS_MAX];
    char errors[RELAYS_MAX][SMTP_ANSWER];
};

static void metrics_make(struct relays *relays, size_t i, struct metrics *metrics)
{
    char labels[RELAY_PROBLEM];
    const char *name = relays->list->each[i].name;

    (void)snprintf(labels, sizeof labels, "relay=\"%s\",result=\"served\"", name);
    relays->served[i] = metric_counter(metrics, "mail_relay_attempts_total", labels,
                                       "mails given to a relay; missed: it was not there, did not let us in, or fell silent");
    (void)snprintf(labels, sizeof labels, "relay=\"%s\",result=\"missed\"", name);
    relays->missed[i] = metric_counter(metrics, "mail_relay_attempts_total", labels,
                                       "mails given to a relay; missed: it was not there, did not let us in, or fell silent");
    (void)snprintf(labels, sizeof labels, "relay=\"%s\"", name);
    relays->up[i] = metric_gauge(metrics, "mail_relay_up", labels, "1: mail goes to this relay; 0: it rests after failures");
    metric_set(relays->up[i], 1);
}

struct relays *relays_new(const struct relay_list *list, const struct log *log, struct metrics *metrics)
{
    struct relays *relays = mem_new(sizeof *relays);

    relays->list = list;
    relays->log = log;
    for (size_t i = 0; i < list->count; i++)
        metrics_make(relays, i, metrics);
    if (pthread_mutex_init(&relays->lock, NULL) != 0)
        bug("a mutex cannot be made");
    return relays;
}

void relays_free(struct relays *relays)
{
    if (relays == NULL)
        return;
    (void)pthread_mutex_destroy(&relays->lock);
    mem_free(relays);
}

size_t relays_count(const struct relays *relays)
{
    return relays->list->count;
}

const struct relay_setting *relays_setting(const struct relays *relays, size_t index)
{
    return &relays->list->each[index];
}

int relays_pick(struct relays *relays, uint32_t tried)
{
    (void)pthread_mutex_lock(&relays->lock);
    int index = relay_pick(relays->records, relays->list->count, tried, time_steady_us());
    (void)pthread_mutex_unlock(&relays->lock);
    return index;
}

/* What an operator wants to read once, not a thousand times: that it rests, and that it is back. */
static void tell(const struct relays *relays, int index, enum relay_state before, enum relay_state after, const struct smtp_result *result)
{
    const char *name = relays->list->each[index].name;

    if (after == RELAY_RESTS && before != RELAY_RESTS)
        log_warn(relays->log, NULL, "relay.down", LOG_TEXT("relay", name), LOG_TEXT("answer", result->answer),
                 LOG_INT("smtp_code", result->code));
    else if (after == RELAY_WORKS && before != RELAY_WORKS)
        log_info(relays->log, NULL, "relay.back", LOG_TEXT("relay", name));
}

void relays_note(struct relays *relays, int index, const struct smtp_result *result, int64_t took_us)
{
    struct relay_record *r = &relays->records[index];
    int64_t now = time_steady_us();

    (void)pthread_mutex_lock(&relays->lock);
    enum relay_state before = r->state;
    if (result->relay_down)
        relay_missed(r, now);
    else
        relay_served(r, took_us, now);
    enum relay_state after = r->state;
    (void)snprintf(relays->errors[index], sizeof relays->errors[index], "%s", result->relay_down ? result->answer : "");
    (void)pthread_mutex_unlock(&relays->lock);

    metric_add(result->relay_down ? relays->missed[index] : relays->served[index], 1);
    metric_set(relays->up[index], after == RELAY_WORKS);
    tell(relays, index, before, after, result);
}

int64_t relays_rest_us(struct relays *relays)
{
    int64_t now = time_steady_us(), first = INT64_MAX;

    (void)pthread_mutex_lock(&relays->lock);
    for (size_t i = 0; i < relays->list->count; i++) {
        const struct relay_record *r = &relays->records[i];
        int64_t until = r->state == RELAY_WORKS ? 0 : r->state == RELAY_PROBED && r->until_us > now ? now + PROBE_LOOK_US : r->until_us;
        if (until < first)
            first = until;
    }
    (void)pthread_mutex_unlock(&relays->lock);
    return first > now ? first - now : 0;
}

size_t relays_view(struct relays *relays, struct relay_view out[RELAYS_MAX])
{
    int64_t now = time_steady_us();

    (void)pthread_mutex_lock(&relays->lock);
    for (size_t i = 0; i < relays->list->count; i++) {
        const struct relay_record *r = &relays->records[i];
        out[i] = (struct relay_view){.name = relays->list->each[i].name, .state = r->state, .score = relay_score(r, i, now)};
        memcpy(out[i].error, relays->errors[i], sizeof out[i].error);
    }
    (void)pthread_mutex_unlock(&relays->lock);
    return relays->list->count;
}
