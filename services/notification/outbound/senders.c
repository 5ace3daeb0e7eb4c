/* Starting, waking and stopping the senders, and the little they share: a bell and what health wants to know. */
#include "services/notification/outbound/senders.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <curl/curl.h>

#include "common/base/alloc.h"
#include "common/base/time.h"

#define ARENA_BLOCK (64 * 1024)
#define BURST_SHARE 6 /* of a minute's mails to one domain, so many parts may go at once: ten seconds' worth */

/* Waits on the bell until the steady clock says until_us; the lock is held. */
static void bell_wait(struct senders *all, int64_t until_us)
{
    struct timespec until = {.tv_sec = (time_t)(until_us / TIME_SECOND), .tv_nsec = (long)(until_us % TIME_SECOND) * 1000};

    (void)pthread_cond_timedwait(&all->woken, &all->lock, &until); /* a time-out and a false alarm end the same way */
}

void senders_wait(struct senders *all, uint64_t *seen)
{
    int64_t until = time_steady_us() + TIME_SECOND;

    (void)pthread_mutex_lock(&all->lock);
    while (all->wakes == *seen && !atomic_load(&all->stopping) && time_steady_us() < until)
        bell_wait(all, until);
    *seen = all->wakes;
    (void)pthread_mutex_unlock(&all->lock);
}

void senders_sleep(struct senders *all, int64_t us)
{
    int64_t until = time_steady_us() + (us < TIME_SECOND ? us : TIME_SECOND);

    (void)pthread_mutex_lock(&all->lock);
    while (!atomic_load(&all->stopping) && time_steady_us() < until)
        bell_wait(all, until);
    (void)pthread_mutex_unlock(&all->lock);
}

void senders_wake(struct senders *all)
{
    (void)pthread_mutex_lock(&all->lock);
    all->wakes++;
    (void)pthread_cond_broadcast(&all->woken);
    (void)pthread_mutex_unlock(&all->lock);
}

void senders_note_depth(struct senders *all, int64_t waiting, int64_t oldest_us)
{
    (void)pthread_mutex_lock(&all->lock);
    all->state.waiting = waiting;
    all->state.oldest_us = oldest_us;
    all->state.read_us = time_now_us();
    (void)pthread_mutex_unlock(&all->lock);
}

void senders_note_sent(struct senders *all, int64_t now_us, int64_t delay_us)
{
    metric_observe_us(all->delay, delay_us);
    metric_add(all->promised, 1);
    if (delay_us <= PROMISE_US)
        metric_add(all->kept, 1);
    (void)pthread_mutex_lock(&all->lock);
    promise_note(&all->hour, now_us, delay_us);
    (void)pthread_mutex_unlock(&all->lock);
}

void senders_note_attempt(struct senders *all, enum message_move move)
{
    metric_add(all->attempts[move], 1);
    if (move != MOVE_REFUSED)
        return;
    (void)pthread_mutex_lock(&all->lock);
    day_count_add(&all->failed, time_now_us());
    (void)pthread_mutex_unlock(&all->lock);
}

struct senders_state senders_state(struct senders *all)
{
    (void)pthread_mutex_lock(&all->lock);
    struct senders_state state = all->state;
    promise_read(&all->hour, time_now_us(), &state.hour_sent, &state.hour_within);
    state.day_failed = day_count_read(&all->failed, time_now_us());
    (void)pthread_mutex_unlock(&all->lock);
    state.relay_count = relays_view(all->relays, state.relays);
    return state;
}

static void metrics_make(struct senders *all, struct metrics *metrics)
{
    static const char *const NAME = "mail_attempts_total", *const HELP = "mails tried, by what became of them";

    all->attempts[MOVE_TAKEN] = metric_counter(metrics, NAME, "result=\"sent\"", HELP);
    all->attempts[MOVE_LATER] = metric_counter(metrics, NAME, "result=\"later\"", HELP);
    all->attempts[MOVE_REFUSED] = metric_counter(metrics, NAME, "result=\"failed\"", HELP);
    all->attempts[MOVE_DOUBT] = metric_counter(metrics, NAME, "result=\"unsure\"", HELP);
    all->attempts[MOVE_WITHHOLD] = metric_counter(metrics, NAME, "result=\"withheld\"", HELP);
    all->attempts[MOVE_GATHER] = metric_counter(metrics, NAME, "result=\"gathered\"", HELP);
    all->promised = metric_counter(metrics, "mail_promise_total", "", "mails taken by a relay for the first time");
    all->kept = metric_counter(metrics, "mail_promise_within_total", "", "of these, within ten seconds of the moment they were due");
    all->delay = metric_histogram(metrics, "mail_event_to_sent_seconds", "",
                                  "from the event, or the moment its message was due, to the relay's answer");
    all->slowed = metric_counter(metrics, "mail_slowed_total", "", "mails put off because their domain has had its share for now");
}

static struct senders *senders_new(const struct senders_config *config)
{
    struct senders *all = mem_new(sizeof *all);
    pthread_condattr_t steady;

    all->log = config->log;
    all->from = (struct parcel_from){config->from_name, config->from_address, config->domain};
    all->list = config->relays;
    all->relays = relays_new(&all->list, config->log, config->metrics);
    all->buckets = buckets_new(config->per_domain, config->per_domain / BURST_SHARE);
    all->mail_only = mem_strdup(config->mail_only);
    all->public_url = mem_strdup(config->public_url);
    all->link_key = config->link_key;
    all->any_hour = config->any_hour;
    all->instance = config->instance;
    all->count = config->count;
    metrics_make(all, config->metrics);
    atomic_init(&all->stopping, false);
    if (pthread_mutex_init(&all->lock, NULL) != 0 || pthread_condattr_init(&steady) != 0 ||
        pthread_condattr_setclock(&steady, CLOCK_MONOTONIC) != 0 || pthread_cond_init(&all->woken, &steady) != 0)
        bug("a mutex or a condition cannot be made");
    (void)pthread_condattr_destroy(&steady);
    return all;
}

static enum err sender_prepare(struct sender *s, const struct senders_config *config)
{
    enum err err = spool_open(&s->spool, &config->db, config->instance, s->index + 1, config->log);

    if (err == ERR_OK)
        err = post_open(&s->post, &(struct post_config){.relays = s->all->relays,
                                                        .ca_bundle = config->ca_bundle,
                                                        .domain = config->domain,
                                                        .from = config->from_address,
                                                        .timeout_s = config->mail_timeout_s,
                                                        .hurry = &s->all->stopping});
    if (err == ERR_OK)
        err = format_open(&s->format);
    s->arena = arena_new(ARENA_BLOCK);
    s->swept_us = time_now_us();
    return err;
}

static void sender_fini(struct sender *s)
{
    spool_close(s->spool);
    post_close(s->post);
    format_close(s->format);
    arena_free(s->arena);
    buf_fini(&s->mail);
}

/* What an earlier run of this instance was doing when it ended. */
static enum err recover(struct senders *all)
{
    struct sender *first = &all->each[0];
    int64_t doubts = 0, untried = 0;
    enum err err = spool_recover(first->spool, first->arena, SPOOL_INSTANCE, time_now_us(), &doubts, &untried);

    if (err == ERR_OK && doubts + untried > 0)
        log_warn(all->log, NULL, "sender.recovered", LOG_INT("unsure", doubts), LOG_INT("untried", untried));
    return err;
}

enum err senders_start(struct senders **out, const struct senders_config *config)
{
    struct senders *all = senders_new(config);
    enum err err = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? ERR_OK : ERR_INTERNAL;

    for (int i = 0; i < all->count && err == ERR_OK; i++) {
        all->each[i].all = all;
        all->each[i].index = i;
        err = sender_prepare(&all->each[i], config);
    }
    if (err == ERR_OK)
        err = recover(all);
    for (int i = 0; i < all->count && err == ERR_OK; i++) {
        all->each[i].running = pthread_create(&all->each[i].thread, NULL, sender_main, &all->each[i]) == 0;
        if (!all->each[i].running)
            err = ERR_INTERNAL;
    }
    if (err != ERR_OK) {
        senders_stop(all);
        senders_free(all);
        return err;
    }
    *out = all;
    return ERR_OK;
}

void senders_stop(struct senders *all)
{
    atomic_store(&all->stopping, true);
    senders_wake(all);
    for (int i = 0; i < all->count; i++) {
        if (all->each[i].running)
            (void)pthread_join(all->each[i].thread, NULL);
        sender_fini(&all->each[i]);
    }
}

void senders_free(struct senders *all)
{
    if (all == NULL)
        return;
    (void)pthread_cond_destroy(&all->woken);
    (void)pthread_mutex_destroy(&all->lock);
    relays_free(all->relays);
    buckets_free(all->buckets);
    mem_free(all->mail_only);
    mem_free(all->public_url);
    mem_free(all);
}
