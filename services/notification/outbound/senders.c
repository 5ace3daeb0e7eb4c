/* Starting, waking and stopping the senders, and the little they share: a bell and what health wants to know. */
#include "services/notification/outbound/senders.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <curl/curl.h>

#include "common/base/alloc.h"
#include "common/base/time.h"

#define ARENA_BLOCK (64 * 1024)

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

void senders_note_error(struct senders *all, const char *error)
{
    (void)pthread_mutex_lock(&all->lock);
    (void)snprintf(all->state.error, sizeof all->state.error, "%s", error);
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

struct senders_state senders_state(struct senders *all)
{
    (void)pthread_mutex_lock(&all->lock);
    struct senders_state state = all->state;
    (void)pthread_mutex_unlock(&all->lock);
    return state;
}

static void metrics_make(struct senders *all, struct metrics *metrics)
{
    static const char *const NAME = "mail_attempts_total", *const HELP = "mails tried, by what became of them";

    all->attempts[MOVE_TAKEN] = metric_counter(metrics, NAME, "result=\"sent\"", HELP);
    all->attempts[MOVE_LATER] = metric_counter(metrics, NAME, "result=\"later\"", HELP);
    all->attempts[MOVE_REFUSED] = metric_counter(metrics, NAME, "result=\"failed\"", HELP);
    all->attempts[MOVE_DOUBT] = metric_counter(metrics, NAME, "result=\"unsure\"", HELP);
    all->delay = metric_histogram(metrics, "mail_accept_to_sent_seconds", "", "from the message being queued to the relay's answer");
}

static struct senders *senders_new(const struct senders_config *config)
{
    struct senders *all = mem_new(sizeof *all);
    pthread_condattr_t steady;

    all->log = config->log;
    all->from_name = mem_strdup(config->from_name);
    all->from_address = mem_strdup(config->from_address);
    all->domain = mem_strdup(config->domain);
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
        err = smtp_open(&s->smtp, config->smtp_url, config->domain, config->from_address, &s->all->stopping);
    if (err == ERR_OK)
        err = format_open(&s->format);
    s->arena = arena_new(ARENA_BLOCK);
    s->swept_us = time_now_us();
    return err;
}

static void sender_fini(struct sender *s)
{
    spool_close(s->spool);
    smtp_close(s->smtp);
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
    mem_free(all->from_name);
    mem_free(all->from_address);
    mem_free(all->domain);
    mem_free(all);
}
