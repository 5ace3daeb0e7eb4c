/* The dead letters: events that failed for a lasting reason and were put aside, so that the line could go on.
 *
 * A retry takes the same way as the event took at first - a job of the writer with needs and decide - but moves no cursor: in the
 * transaction of its effects the letter is removed (apply.c). It comes later than its place in the order, which the handlers allow for
 * because they are idempotent. The reader that serves the retry waits for the writer. */
#include "common/event/serve.h"

#include <pthread.h>
#include <time.h>

#include "common/base/alloc.h"

#define RETRY_WAIT_S 10
#define PAGE_LEAST   1
#define PAGE_USUAL   50
#define PAGE_MOST    200
#define PAGE_BYTES   (160 * 1024)

/* --- ListDead ------------------------------------------------------------------------------------------------------- */

/* The page token is "<stream>:<seq>", the last row of the page before. */
static const struct db_stmt LIST = {
    "dead_list",
    "select stream, seq, event, error, parked_at, tries from ("
    " select *, sum(octet_length(event) + octet_length(error)) over w as bytes, row_number() over w as n from ("
    "  select * from event_dead where (stream, seq) > ($1, $2) order by stream, seq limit $3) a window w as (order by stream, seq)) b"
    " where bytes <= $4 or n = 1 order by stream, seq"};

static bool token_read(const char *token, struct span *stream, int64_t *seq)
{
    const char *colon = strrchr(token, ':');

    *stream = span_text("");
    *seq = 0;
    if (!*token)
        return true;
    if (!colon || colon == token || strspn(colon + 1, "0123456789") != strlen(colon + 1) || strlen(colon + 1) > 18 || !colon[1])
        return false;
    *stream = span_of(token, (size_t)(colon - token));
    *seq = 0;
    for (const char *digit = colon + 1; *digit; digit++)
        *seq = *seq * 10 + (*digit - '0');
    return true;
}

static Bus__DeadEvent *dead_out(struct arena *arena, const struct db_result *r, int row)
{
    Bus__DeadEvent *dead = arena_alloc(arena, sizeof *dead);
    ProtobufCMessage *event;

    bus__dead_event__init(dead);
    dead->stream = arena_text(arena, db_get_span(r, row, 0));
    dead->seq = (uint64_t)db_get_i64(r, row, 1);
    if (wire_unpack(arena, arena_copy(arena, db_get_span(r, row, 2)), &bus__event__descriptor, &event) == ERR_OK)
        dead->event = (Bus__Event *)event;
    dead->error = arena_text(arena, db_get_span(r, row, 3));
    dead->parked_us = db_get_time(r, row, 4);
    dead->tries = (uint32_t)db_get_i32(r, row, 5);
    return dead;
}

enum err serve_dead(struct job *job, struct db *db, void *context)
{
    const Bus__ListDeadRequest *request = (const Bus__ListDeadRequest *)job->message;
    uint32_t size = request->page_size < PAGE_LEAST ? PAGE_USUAL : request->page_size;
    struct db_params *p = db_params(job->arena);
    struct span stream;
    int64_t seq;

    (void)context;
    if (!token_read(request->page_token, &stream, &seq))
        return job_fail(job, ERR_INVALID, "event.page-token", "pageToken", "Sivun tunniste on virheellinen", "Sidans märke är felaktigt",
                        "The page token is malformed");
    size = size > PAGE_MOST ? PAGE_MOST : size;
    db_text(p, stream);
    db_i64(p, seq);
    db_i64(p, size);
    db_i64(p, PAGE_BYTES);
    int rows = db_queue(db, &LIST, p);
    enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *r = db_result(db, rows);
    Bus__DeadList *list = arena_alloc(job->arena, sizeof *list);
    bus__dead_list__init(list);
    list->n_events = (size_t)db_rows(r);
    list->events = arena_array(job->arena, list->n_events, sizeof(Bus__DeadEvent *));
    for (int i = 0; i < db_rows(r); i++)
        list->events[i] = dead_out(job->arena, r, i);
    if (list->n_events > 0) { /* there may be more whenever there was something: the last page is an empty one */
        const Bus__DeadEvent *last = list->events[list->n_events - 1];
        list->next_page_token = arena_printf(job->arena, "%s:%llu", last->stream, (unsigned long long)last->seq);
    }
    job_answer(job, &list->base, 0);
    return ERR_OK;
}

/* --- RetryDead ------------------------------------------------------------------------------------------------------ */

static const struct db_stmt READ = {"dead_read", "select event from event_dead where stream = $1 and seq = $2"};

/* Shared by the reader that waits and the writer that runs it; freed by whoever lets go last. */
struct retry {
    struct arena *arena;
    struct job job;
    pthread_mutex_t lock;
    pthread_cond_t finished;
    bool done;
    const char *reason; /* why it failed again, or NULL */
    unsigned holders;
};

static void retry_release(struct retry *retry)
{
    (void)pthread_mutex_lock(&retry->lock);
    unsigned left = --retry->holders;
    (void)pthread_mutex_unlock(&retry->lock);
    if (left > 0)
        return;
    (void)pthread_cond_destroy(&retry->finished);
    (void)pthread_mutex_destroy(&retry->lock);
    arena_free(retry->arena);
    mem_free(retry);
}

static void retry_done(struct job *job)
{
    struct retry *retry = job->owner;

    (void)pthread_mutex_lock(&retry->lock);
    retry->done = true;
    (void)pthread_cond_signal(&retry->finished);
    (void)pthread_mutex_unlock(&retry->lock);
    retry_release(retry);
}

bool dead_is_retry(const struct job *job)
{
    return job->done == retry_done;
}

void dead_retry_reason(struct job *job, const char *reason)
{
    struct retry *retry = job->owner;

    retry->reason = reason;
}

static struct retry *retry_new(void)
{
    struct retry *retry = mem_new(sizeof *retry);

    retry->arena = arena_new(4096);
    retry->holders = 1;
    if (pthread_mutex_init(&retry->lock, NULL) != 0 || pthread_cond_init(&retry->finished, NULL) != 0)
        bug("no lock for a retry");
    return retry;
}

/* False when the writer has not come to it in RETRY_WAIT_S. */
static bool retry_wait(struct retry *retry)
{
    struct timespec until;
    int rv = 0;

    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += RETRY_WAIT_S;
    (void)pthread_mutex_lock(&retry->lock);
    while (!retry->done && rv == 0)
        rv = pthread_cond_timedwait(&retry->finished, &retry->lock, &until);
    bool done = retry->done;
    (void)pthread_mutex_unlock(&retry->lock);
    return done;
}

static enum err retry_run(struct event_consumer *consumer, struct retry *retry, struct job *asked, const char *stream,
                          const Bus__Event *event)
{
    consumer_job(consumer, &retry->job, retry->arena, event, arena_strdup(retry->arena, stream), (struct uuid){{0}});
    retry->job.done = retry_done;
    retry->job.owner = retry;
    retry->holders = 2;
    if (worker_submit(consumer->writer, &retry->job) != ERR_OK) {
        retry->holders = 1;
        return ERR_BUSY;
    }
    if (!retry_wait(retry))
        return ERR_TIMEOUT;
    Bus__RetryDeadReply *reply = arena_alloc(asked->arena, sizeof *reply);
    bus__retry_dead_reply__init(reply);
    reply->applied = retry->job.err == ERR_OK && !job_is_parked(&retry->job);
    if (reply->applied)
        consumer_dead_add(consumer, stream, -1);
    else
        reply->error = arena_strdup(asked->arena, retry->reason ? retry->reason : err_text(retry->job.err)->en);
    job_answer(asked, &reply->base, 0);
    return ERR_OK;
}

static enum err retry_find(struct job *job, struct db *db, struct retry *retry, Bus__Event **event)
{
    const Bus__RetryDeadRequest *request = (const Bus__RetryDeadRequest *)job->message;
    struct db_params *p = db_params(job->arena);
    ProtobufCMessage *message = NULL;

    db_text(p, span_text(request->stream));
    db_i64(p, (int64_t)request->seq);
    int row = db_queue(db, &READ, p);
    enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *r = db_result(db, row);
    if (db_rows(r) == 0)
        return job_fail(job, ERR_NOT_FOUND, "event.no-such-dead-letter", "seq", "Tällaista sivuun pantua tapahtumaa ei ole",
                        "Det finns ingen sådan undanlagd händelse", "No such event was put aside");
    err = wire_unpack(retry->arena, arena_copy(retry->arena, db_get_span(r, 0, 0)), &bus__event__descriptor, &message);
    *event = (Bus__Event *)message;
    return err == ERR_OK ? ERR_OK : ERR_INTERNAL;
}

enum err serve_retry(struct job *job, struct db *db, void *context)
{
    struct event_consumer *consumer = context;
    const Bus__RetryDeadRequest *request = (const Bus__RetryDeadRequest *)job->message;
    enum err err = serve_operator(job);
    Bus__Event *event = NULL;

    if (err != ERR_OK)
        return err;
    if (!consumer || !consumer->writer)
        return ERR_NOT_FOUND;
    struct retry *retry = retry_new();
    err = retry_find(job, db, retry, &event);
    db_rollback(db); /* no snapshot is held while the writer works */
    if (err == ERR_OK)
        err = retry_run(consumer, retry, job, request->stream, event);
    retry_release(retry);
    return err;
}
