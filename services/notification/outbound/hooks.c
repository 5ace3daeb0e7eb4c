/* See hooks.h. A slot is one call: free, calling, or ended with an outcome that is not committed yet. When the connection to PostgreSQL is
 * lost the outcomes wait in their slots until it is back; a claim whose COMMIT was not heard of lapses by itself. */
#include "services/notification/outbound/hooks.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"

#define ARENA_BLOCK (64 * 1024)
#define LOOK_US     (2 * TIME_SECOND) /* for health */
#define PRUNE_US    (60 * TIME_SECOND)
#define HURRY_US    (3 * TIME_SECOND) /* when the service stops */
#define TURN_MS     1000
#define STOP_MS     50
#define NICE        10

struct slot {
    enum { SLOT_FREE, SLOT_CALLING, SLOT_ENDED } state;
    struct hook_call *call;
    struct post_end end; /* number, tries and webhook from the claim on */
    struct hook_answer answer;
};

struct hooks {
    const struct log *log;
    struct dispatch *dispatch;
    struct arena *arena; /* of one turn */
    CURLM *multi;
    struct slot slots[DISPATCH_MAX];
    struct metric *done, *later, *dead, *gone;
    int64_t looked_us, pruned_us, claimed_us; /* steady clock */
    unsigned lost;                            /* tries to reach PostgreSQL again */
    pthread_t thread;
    bool running;
    atomic_bool stopping, rung;
    pthread_mutex_t lock; /* of what follows */
    struct dispatch_state state;
};

/* --- the ends ---------------------------------------------------------------------------------------------------------- */
/* A transaction came to nothing. One try to connect again a turn; nothing is lost meanwhile. */
static void database_trouble(struct hooks *h, const char *event, enum err err)
{
    log_warn(h->log, NULL, event, LOG_TEXT("error", err_text(err)->name));
    if (err == ERR_UNAVAILABLE && dispatch_reconnect(h->dispatch) == ERR_OK)
        log_info(h->log, NULL, "webhook.database-back");
    h->lost++;
}

static void slot_end(struct slot *slot, CURLcode code)
{
    hook_call_end(slot->call, code, &slot->answer);
    slot->end.http_status = slot->answer.http_status;
    slot->end.retry_after_s = slot->answer.retry_after_s;
    slot->end.verdict = webhook_judge(slot->answer.http_status);
    slot->end.answer = slot->answer.words;
    random_bytes(&slot->end.dice, sizeof slot->end.dice);
    slot->state = SLOT_ENDED;
}

static void note_end(const struct hooks *h, const struct post_end *end)
{
    char id[UUID_TEXT];

    if (end->verdict == WEBHOOK_GONE)
        metric_add(h->gone, 1);
    else if (end->state == DELIVERY_TAKEN)
        metric_add(h->done, 1);
    else
        metric_add(end->state == DELIVERY_DEAD ? h->dead : h->later, 1);
    if (end->disabled != NULL) {
        uuid_format(end->webhook_id, id);
        log_warn(h->log, NULL, "webhook.disabled", LOG_TEXT("webhook", id), LOG_TEXT("why", end->disabled));
    }
}

/* Commits the outcomes of all calls that have ended, in one transaction. */
static void commit_ends(struct hooks *h)
{
    struct post_end ends[DISPATCH_MAX];
    size_t count = 0;

    for (size_t i = 0; i < DISPATCH_MAX; i++)
        if (h->slots[i].state == SLOT_ENDED)
            ends[count++] = h->slots[i].end;
    const enum err err = dispatch_end(h->dispatch, h->arena, ends, count, time_now_us());
    if (err != ERR_OK) {
        database_trouble(h, "webhook.end-failed", err);
        return;
    }
    for (size_t i = 0; i < count; i++)
        note_end(h, &ends[i]);
    for (size_t i = 0; i < DISPATCH_MAX; i++)
        if (h->slots[i].state == SLOT_ENDED)
            h->slots[i].state = SLOT_FREE;
    if (count > 0)
        atomic_store(&h->rung, true); /* their webhooks may have more */
}

/* Takes what libcurl has finished out of the multi. */
static void collect(struct hooks *h)
{
    int left = 0;

    for (CURLMsg *m = curl_multi_info_read(h->multi, &left); m != NULL; m = curl_multi_info_read(h->multi, &left)) {
        CURL *easy = m->easy_handle;
        const CURLcode code = m->data.result; /* m is gone once its handle is taken out */
        for (size_t i = 0; i < DISPATCH_MAX; i++) {
            if (h->slots[i].state != SLOT_CALLING || hook_call_handle(h->slots[i].call) != easy)
                continue;
            (void)curl_multi_remove_handle(h->multi, easy);
            slot_end(&h->slots[i], code);
        }
    }
}

/* --- the claims -------------------------------------------------------------------------------------------------------- */
/* One that cannot begin, which only a lack of memory can cause, lapses and is claimed again. */
static void begin_call(struct hooks *h, struct slot *slot, const struct post *post)
{
    if (hook_call_prepare(slot->call, post, time_now_us()) != ERR_OK ||
        curl_multi_add_handle(h->multi, hook_call_handle(slot->call)) != CURLM_OK) {
        log_error(h->log, NULL, "webhook.call-not-begun");
        return;
    }
    slot->end = (struct post_end){.number = post->number, .tries = post->tries, .webhook_id = post->webhook_id};
    slot->state = SLOT_CALLING;
}

static size_t free_slots(const struct hooks *h)
{
    size_t count = 0;

    for (size_t i = 0; i < DISPATCH_MAX; i++)
        count += h->slots[i].state == SLOT_FREE;
    return count;
}

static struct slot *free_slot(struct hooks *h)
{
    for (size_t i = 0; i < DISPATCH_MAX; i++)
        if (h->slots[i].state == SLOT_FREE)
            return &h->slots[i];
    bug("no more is claimed than there are slots");
}

static void claim(struct hooks *h)
{
    struct post *posts;
    size_t count = 0;
    const size_t most = free_slots(h);

    atomic_store(&h->rung, false);
    h->claimed_us = time_steady_us();
    if (most == 0)
        return; /* the next call that ends rings again */
    const enum err err = dispatch_claim(h->dispatch, h->arena, time_now_us(), most, &posts, &count);
    if (err != ERR_OK) {
        database_trouble(h, "webhook.claim-failed", err);
        return;
    }
    h->lost = 0;
    for (size_t i = 0; i < count; i++)
        begin_call(h, free_slot(h), &posts[i]);
}

/* --- the thread -------------------------------------------------------------------------------------------------------- */
static void keep_house(struct hooks *h)
{
    const int64_t now = time_steady_us();
    struct dispatch_state state;

    if (now - h->looked_us >= LOOK_US) {
        h->looked_us = now;
        if (dispatch_look(h->dispatch, h->arena, &state) == ERR_OK) {
            (void)pthread_mutex_lock(&h->lock);
            h->state = state;
            (void)pthread_mutex_unlock(&h->lock);
        }
    }
    if (now - h->pruned_us >= PRUNE_US) {
        h->pruned_us = now;
        const enum err err = dispatch_prune(h->dispatch, h->arena, time_now_us());
        if (err != ERR_OK)
            log_warn(h->log, NULL, "webhook.prune-failed", LOG_TEXT("error", err_text(err)->name));
    }
}

/* From now to the next claim, in milliseconds: a ring, a second, or, when PostgreSQL does not answer, longer and longer. */
static int pause_ms(const struct hooks *h)
{
    const int64_t since_ms = (time_steady_us() - h->claimed_us) / 1000;
    const int64_t pause = h->lost > 0 ? db_backoff_ms(h->lost) : atomic_load(&h->rung) ? 0 : TURN_MS;

    return pause > since_ms ? (int)(pause - since_ms) : 0;
}

static bool calling(const struct hooks *h)
{
    for (size_t i = 0; i < DISPATCH_MAX; i++)
        if (h->slots[i].state == SLOT_CALLING)
            return true;
    return false;
}

/* One turn: move the calls on, commit what ended, take more, wait for something to happen. */
static void turn(struct hooks *h, bool take_more)
{
    int running = 0;

    arena_reset(h->arena);
    (void)curl_multi_perform(h->multi, &running);
    collect(h);
    commit_ends(h);
    if (take_more) {
        keep_house(h);
        if (pause_ms(h) == 0)
            claim(h);
    }
    (void)curl_multi_perform(h->multi, &running);
    (void)curl_multi_poll(h->multi, NULL, 0, take_more ? pause_ms(h) : STOP_MS, NULL);
}

static void *hooks_main(void *arg)
{
    struct hooks *h = arg;
    int64_t stop_us = 0;

    (void)prctl(PR_SET_NAME, "hooks", 0, 0, 0);
    (void)setpriority(PRIO_PROCESS, 0, NICE); /* on Linux this thread only: in a burst the places themselves come first */
    while (!atomic_load(&h->stopping))
        turn(h, true);
    stop_us = time_steady_us() + HURRY_US;
    while (calling(h) && time_steady_us() < stop_us)
        turn(h, false);
    arena_reset(h->arena);
    commit_ends(h);
    return NULL;
}

/* --- start and stop ---------------------------------------------------------------------------------------------------- */
static void metrics_make(struct hooks *h, struct metrics *metrics)
{
    static const char *const NAME = "webhook_attempts_total", *const HELP = "calls of webhooks, by what became of them";

    h->done = metric_counter(metrics, NAME, "result=\"delivered\"", HELP);
    h->later = metric_counter(metrics, NAME, "result=\"later\"", HELP);
    h->dead = metric_counter(metrics, NAME, "result=\"failed\"", HELP);
    h->gone = metric_counter(metrics, NAME, "result=\"gone\"", HELP);
}

static enum err prepare(struct hooks *h, const struct hooks_config *config)
{
    enum err err = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? ERR_OK : ERR_INTERNAL;
    int64_t again = 0;

    h->multi = err == ERR_OK ? curl_multi_init() : NULL;
    if (h->multi == NULL)
        return ERR_INTERNAL;
    for (size_t i = 0; i < DISPATCH_MAX && err == ERR_OK; i++)
        err = hook_call_open(&h->slots[i].call, &config->rules);
    if (err == ERR_OK)
        err = dispatch_open(&h->dispatch, &config->db, config->instance, config->log);
    if (err == ERR_OK)
        err = dispatch_recover(h->dispatch, h->arena, time_now_us(), &again);
    if (err == ERR_OK && again > 0)
        log_warn(h->log, NULL, "webhook.recovered", LOG_INT("deliveries", again));
    return err;
}

enum err hooks_start(struct hooks **out, const struct hooks_config *config)
{
    struct hooks *h = mem_new(sizeof *h);
    enum err err;

    h->log = config->log;
    h->arena = arena_new(ARENA_BLOCK);
    h->pruned_us = time_steady_us();
    atomic_init(&h->stopping, false);
    atomic_init(&h->rung, true);
    metrics_make(h, config->metrics);
    if (pthread_mutex_init(&h->lock, NULL) != 0)
        bug("a mutex cannot be made");
    err = prepare(h, config);
    if (err == ERR_OK) {
        h->running = pthread_create(&h->thread, NULL, hooks_main, h) == 0;
        err = h->running ? ERR_OK : ERR_INTERNAL;
    }
    if (err != ERR_OK) {
        hooks_stop(h);
        hooks_free(h);
        return err;
    }
    *out = h;
    return ERR_OK;
}

void hooks_wake(struct hooks *h)
{
    atomic_store(&h->rung, true);
    (void)curl_multi_wakeup(h->multi);
}

void hooks_stop(struct hooks *h)
{
    atomic_store(&h->stopping, true);
    if (h->multi != NULL)
        (void)curl_multi_wakeup(h->multi);
    if (h->running)
        (void)pthread_join(h->thread, NULL);
    for (size_t i = 0; i < DISPATCH_MAX; i++) {
        if (h->slots[i].state == SLOT_CALLING)
            (void)curl_multi_remove_handle(h->multi, hook_call_handle(h->slots[i].call));
        hook_call_close(h->slots[i].call);
    }
    dispatch_close(h->dispatch);
    arena_free(h->arena);
}

void hooks_free(struct hooks *h)
{
    if (h == NULL)
        return;
    if (h->multi != NULL)
        (void)curl_multi_cleanup(h->multi);
    (void)pthread_mutex_destroy(&h->lock);
    mem_free(h);
}

struct dispatch_state hooks_state(struct hooks *h)
{
    (void)pthread_mutex_lock(&h->lock);
    const struct dispatch_state state = h->state;
    (void)pthread_mutex_unlock(&h->lock);
    return state;
}
