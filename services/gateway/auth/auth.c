/* Who is asking: the two doors of auth.h. The loop's thread owns everything here; the two workers (one for what is quick, one
 * for password hashing) get tasks by submit and give them back through `finished`, a locked list with a uv_async_t as its
 * doorbell, which the loop empties whole. */
#include "services/gateway/auth/auth.h"

#include <pthread.h>
#include <time.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/work/worker.h"
#include "services/gateway/auth/refusal.h"
#include "services/gateway/auth/state.h"
#include "services/gateway/auth/task.h"

#define QUEUE_USUAL      256
#define REFRESH_USUAL_MS 2000
#define DEADLINE_US      (30 * TIME_SECOND)
#define PURGE_EVERY      1024 /* refreshes */
#define READY_REFRESHES  3    /* missed ones after which the database counts as away */

/* --- from the workers back to the loop --------------------------------------------------------------------------------- */

/* On a worker's thread. */
static void task_done(struct job *job)
{
    struct task *task = task_of(job);
    struct auth *auth = task->auth;
    task->next = NULL;
    pthread_mutex_lock(&auth->lock);
    *auth->finished_end = task;
    auth->finished_end = &task->next;
    pthread_mutex_unlock(&auth->lock);
    const int sent = uv_async_send(&auth->doorbell);
    if (sent != 0)
        bug("the doorbell of auth is closed while tasks run");
}

static void apply_changes(struct auth *auth, const struct task *task)
{
    for (size_t i = 0; i < task->change_count; i++)
        withdrawals_add(auth->withdrawals, &task->changes[i]);
}

static void finish_refresh(struct auth *auth, const struct task *task)
{
    const bool failed = task->job.err != ERR_OK;
    if (!failed) {
        apply_changes(auth, task);
        auth->mark_us = task->mark_us;
        auth->refreshed_us = time_steady_us();
        if (++auth->refresh_count % PURGE_EVERY == 0)
            withdrawals_purge(auth->withdrawals, task->now_us);
    }
    if (failed && !auth->refresh_failed)
        log_warn(auth->log, NULL, "auth.refresh.failed", LOG_TEXT("err", err_text(task->job.err)->name),
                 LOG_TEXT("next", "withdrawals by other gateways are not seen until the database answers again"));
    auth->refresh_failed = failed;
    auth->refreshing = false;
    metric_set(auth->age, (double)(time_steady_us() - auth->refreshed_us) / TIME_SECOND);
}

static void finish_call(struct auth *auth, struct task *task)
{
    struct auth_call *call = task->call;
    call->err = task->job.err;
    call->problem = task->job.problem;
    call->reply = call->err == ERR_OK ? task->job.answer : NULL;
    call->version = task->job.version;
    call->set_cookie = call->err == ERR_OK ? task->set_cookie : NULL;
    if (call->err == ERR_OK)
        apply_changes(auth, task);
    if (task->guess && task->guess_right)
        throttle_forgive(auth->throttle, task->guess_account, span_text(call->client));
    call->done(call);
}

/* Empties the list: everything the workers have finished until now. */
static void take_finished(struct auth *auth)
{
    pthread_mutex_lock(&auth->lock);
    struct task *task = auth->finished;
    auth->finished = NULL;
    auth->finished_end = &auth->finished;
    pthread_mutex_unlock(&auth->lock);
    while (task) {
        struct task *next = task->next; /* done may give back the arena the task lives on */
        if (task->call)
            finish_call(auth, task);
        else
            finish_refresh(auth, task);
        task = next;
    }
}

static void on_doorbell(uv_async_t *doorbell)
{
    take_finished(doorbell->data);
}

/* --- tasks --------------------------------------------------------------------------------------------------------------- */

static struct task *task_new(struct auth *auth, const struct method *method, struct arena *arena, const ProtobufCMessage *request)
{
    struct task *task = arena_alloc(arena, sizeof *task);
    task->terms = &auth->terms;
    task->auth = auth;
    task->now_us = time_now_us();
    task->act = method->act;
    bus__request__init(&task->envelope);
    task->envelope.method = arena_strdup(arena, method->kase.name);
    task->envelope.received_us = task->now_us;
    task->envelope.deadline_us = task->now_us + DEADLINE_US;
    task->job = (struct job){
        .arena = arena, .kase = &method->kase, .request = &task->envelope, .message = request, .done = task_done, .owner = task};
    return task;
}

static void on_timer(uv_timer_t *timer)
{
    struct auth *auth = timer->data;
    if (auth->refreshing)
        return;
    arena_reset(auth->refresh_arena);
    Gateway__GetSessionRequest *nothing = arena_alloc(auth->refresh_arena, sizeof *nothing);
    gateway__get_session_request__init(nothing);
    struct task *task = task_new(auth, method_refresh(), auth->refresh_arena, &nothing->base);
    task->mark_us = auth->mark_us;
    auth->refreshing = worker_submit(auth->quick, &task->job) == ERR_OK;
}

/* Counts an attempt at a password before it is looked at. False: too many; the call has its problem. */
static bool attempt(struct auth *auth, const struct method *method, struct task *task)
{
    const struct auth_call *call = task->call;
    char *id = arena_alloc(call->arena, UUID_TEXT);
    if (method->act == sign_in)
        task->guess_account = span_text(((const Gateway__SignInRequest *)call->request)->user_name);
    else if (method->act == change_password) {
        uuid_format(call->who.account, id);
        task->guess_account = span_text(id);
    } else
        return true;
    task->guess = true;
    return throttle_begin(auth->throttle, task->guess_account, span_text(call->client), task->now_us);
}

static enum err has_role(const struct identity *who, uint32_t roles)
{
    if (!who->known)
        return ERR_UNAUTHENTICATED;
    return who->roles & roles ? ERR_OK : ERR_FORBIDDEN;
}

static enum err may(const struct method *method, const struct identity *who)
{
    switch (method->access) {
    case TASK_PUBLIC:
        return ERR_OK;
    case TASK_KNOWN:
        return who->known ? ERR_OK : ERR_UNAUTHENTICATED;
    case TASK_STAFF:
        return has_role(who, BUS__ROLE__ROLE_COORDINATOR | BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_SECRETARY | BUS__ROLE__ROLE_ADMIN);
    case TASK_ADMIN:
        return has_role(who, BUS__ROLE__ROLE_ADMIN);
    }
    bug("an access nobody knows");
}

enum err auth_handle(struct auth *auth, struct auth_call *call)
{
    const struct method *method = method_find(call->method);
    if (!method)
        return ERR_NOT_FOUND;
    const enum err allowed = may(method, &call->who);
    if (allowed != ERR_OK)
        return allowed;
    if (call->request->descriptor != method->kase.request)
        return ERR_INVALID;
    struct task *task = task_new(auth, method, call->arena, call->request);
    task->call = call;
    task->job.actor = call->who.known ? call->who.account : (struct uuid){{0}};
    if (!attempt(auth, method, task)) {
        /* Answered like everything else, by done on a later turn: the caller has one way to hear. */
        task->job.err = refuse(&task->job, REFUSAL_TRIES);
        call->retry_s = throttle_wait_s(auth->throttle, task->guess_account, span_text(call->client), task->now_us);
        metric_add(auth->refused, 1);
        task_done(&task->job);
        return ERR_OK;
    }
    const enum err err = worker_submit(method->slow ? auth->slow : auth->quick, &task->job);
    if (err != ERR_OK && task->guess)
        throttle_forgive(auth->throttle, task->guess_account, span_text(call->client));
    return err;
}

/* A method of the gateway's own, which nobody outside can call. */
static enum err handle_own(struct auth *auth, const struct method *method, struct auth_call *call)
{
    struct task *task = task_new(auth, method, call->arena, call->request);
    call->who = (struct identity){.known = false};
    task->call = call;
    return worker_submit(auth->quick, &task->job);
}

enum err auth_forget(struct auth *auth, struct auth_call *call)
{
    return handle_own(auth, method_forget(), call);
}

enum err auth_check(struct auth *auth, struct auth_call *call)
{
    return handle_own(auth, method_check(), call);
}

/* --- from the beginning to the end --------------------------------------------------------------------------------------- */

static enum err start_workers(struct auth *auth, const struct auth_config *config)
{
    const size_t queue_max = config->queue_max ? config->queue_max : QUEUE_USUAL;
    struct worker_config worker = {.name = "accounts",
                                   .access = DB_READ_WRITE,
                                   .db = config->db,
                                   .queue_max = queue_max,
                                   .batch_max = 16,
                                   .log = config->log,
                                   .metrics = config->metrics};
    worker.db.application_name = "hv-gateway/accounts";
    const enum err err = worker_start(&auth->quick, &worker);
    if (err != ERR_OK)
        return err;
    worker.name = "passwords";
    worker.db.application_name = "hv-gateway/passwords";
    worker.queue_max = queue_max / 4 + 1;
    worker.batch_max = 1; /* a hash takes long: whoever comes next is answered as soon as it is done */
    return worker_start(&auth->slow, &worker);
}

/* The first reading, before anybody is let in: the loop does not run yet, so it is waited for here. */
static enum err first_refresh(struct auth *auth)
{
    on_timer(&auth->timer);
    if (!auth->refreshing)
        return ERR_BUSY;
    const int64_t until_us = time_steady_us() + 10 * TIME_SECOND;
    while (auth->refreshing && time_steady_us() < until_us) {
        const struct timespec nap = {.tv_nsec = 1000000};
        nanosleep(&nap, NULL);
        take_finished(auth);
    }
    return auth->refreshing || auth->refresh_failed ? ERR_UNAVAILABLE : ERR_OK;
}

static struct auth *auth_new(const struct auth_config *config)
{
    struct auth *auth = mem_new(sizeof *auth);
    auth->terms = (struct terms){.keys = sign_keys_from(config->key), .https = config->https};
    auth->log = config->log;
    auth->withdrawals = withdrawals_new();
    auth->throttle = throttle_new(&auth->terms.keys.throttle);
    auth->refused = metric_counter(config->metrics, "auth_throttled_total", "", "Sign-ins refused for too many failures");
    auth->age = metric_gauge(config->metrics, "auth_withdrawals_age_seconds", "", "Since revocations were last read");
    auth->refresh_ms = config->refresh_ms ? config->refresh_ms : REFRESH_USUAL_MS;
    auth->refresh_arena = arena_new(16384);
    auth->finished_end = &auth->finished;
    auth->refreshed_us = time_steady_us();
    if (pthread_mutex_init(&auth->lock, NULL) != 0 || uv_async_init(config->loop, &auth->doorbell, on_doorbell) != 0 ||
        uv_timer_init(config->loop, &auth->timer) != 0)
        bug("no room for the handles of auth");
    auth->doorbell.data = auth;
    auth->timer.data = auth;
    return auth;
}

enum err auth_open(struct auth **out, const struct auth_config *config)
{
    *out = NULL;
    if (config->key.len < AUTH_KEY_MIN || config->key.len > 64)
        return ERR_INVALID;
    struct auth *auth = auth_new(config);
    *out = auth;
    enum err err = start_workers(auth, config);
    if (err == ERR_OK)
        err = first_refresh(auth);
    if (err == ERR_OK && uv_timer_start(&auth->timer, on_timer, (uint64_t)auth->refresh_ms, (uint64_t)auth->refresh_ms) != 0)
        err = ERR_INTERNAL;
    return err;
}

/* A reading that failed says so at once; one that hangs shows in the age. */
bool auth_ready(const struct auth *auth)
{
    return !auth->refresh_failed && time_steady_us() - auth->refreshed_us < READY_REFRESHES * auth->refresh_ms * 1000LL;
}

void auth_close(struct auth *auth)
{
    if (auth->slow)
        worker_stop(auth->slow);
    if (auth->quick)
        worker_stop(auth->quick);
    auth->slow = auth->quick = NULL;
    take_finished(auth);
    uv_close((uv_handle_t *)&auth->timer, NULL);
    uv_close((uv_handle_t *)&auth->doorbell, NULL);
}

void auth_free(struct auth *auth)
{
    if (!auth)
        return;
    withdrawals_free(auth->withdrawals);
    throttle_free(auth->throttle);
    arena_free(auth->refresh_arena);
    pthread_mutex_destroy(&auth->lock);
    mem_free(auth);
}
