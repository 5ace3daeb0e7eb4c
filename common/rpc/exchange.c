/* Step 4 of the data's path: a message of requests becomes jobs, and their answers one message of replies.
 *
 *   RECEIVING --nng--> WORKING --last job done, on a worker's thread--> ANSWERING --nng--> RECEIVING
 *
 * Memory: the envelope lies on the message's own arena, written by nng's thread only. Each worker has a lane with an arena of
 * its own, where the jobs for it are made before the first is submitted; from then on only that worker's thread uses it. So
 * no arena is ever shared, and a request costs no malloc. All are reset when the replies have left. */
#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/rpc/exchange.h"
#include "common/wire/limits.h"

#define ARENA_BYTES     32768
#define SEND_TIMEOUT_MS 5000
#define REPLY_FRAME     64 /* bytes a packed reply may have beside its payload and problem */

/* The jobs of one message for one worker. */
struct lane {
    struct worker *worker;
    struct arena *arena;
    struct job **jobs;
    size_t count;
};

struct exchange {
    enum {
        EXCHANGE_RECEIVING, /* nng owns the context; nothing here is in use */
        EXCHANGE_WORKING,   /* no nng operation runs; `left` jobs keep it here */
        EXCHANGE_ANSWERING  /* nng owns the replies */
    } state;
    nng_ctx ctx;
    nng_aio *aio;
    struct exchange_office *office;
    struct arena *arena;
    struct lane *lanes; /* [0] the writer's, then one a reader */
    size_t lane_count;
    Bus__RequestBatch *batch;
    Bus__Reply *replies; /* one a request; each is written by whoever ends that request */
    atomic_size_t left;  /* jobs not done, and one more until all are submitted */
    struct buf out;
    char topic[WIRE_TOPIC_MAX]; /* of the replies: they answer this message and no other */
    int64_t since_us;
};

static void exchange_receive(struct exchange *x)
{
    arena_reset(x->arena);
    for (size_t i = 0; i < x->lane_count; i++) {
        arena_reset(x->lanes[i].arena);
        x->lanes[i].count = 0;
    }
    x->state = EXCHANGE_RECEIVING;
    nng_aio_set_timeout(x->aio, NNG_DURATION_INFINITE);
    nng_ctx_recv(x->ctx, x->aio);
}

/* A message that is not ours gets no answer: receiving again forgets it. A caller with another bus key only ever sees time-outs,
 * so the log here is where its mistake shows. */
static void exchange_drop(struct exchange *x)
{
    metric_add(x->office->dropped, 1);
    if (log_seldom(&x->office->not_ours, time_steady_us()))
        log_warn(x->office->log, NULL, "rpc.does-not-open", LOG_TEXT("why", WIRE_DOES_NOT_OPEN));
    atomic_fetch_sub(&x->office->in_flight, 1);
    exchange_receive(x);
}

static void reply_fail(Bus__Reply *reply, enum err err)
{
    bus__reply__init(reply);
    reply->err = err;
}

/* Replies that are too large for one message are not sent half: the first that fit go, and the others are told to ask
 * again, which the client does by itself. */
static void exchange_fit(struct exchange *x)
{
    size_t total = 0;

    for (size_t i = 0; i < x->batch->n_requests; i++) {
        Bus__Reply *reply = &x->replies[i];
        size_t len = reply->payload.len + REPLY_FRAME;
        if (reply->problem)
            len += protobuf_c_message_get_packed_size(&reply->problem->base);
        if (len > WIRE_PAYLOAD_MAX)
            reply_fail(reply, ERR_TOO_LARGE);
        else if (total + len > WIRE_MESSAGE_MAX - WIRE_TOPIC_MAX - REPLY_FRAME)
            reply_fail(reply, ERR_UNAVAILABLE);
        else
            total += len;
    }
}

/* On the thread of whoever ended the last request. */
static void exchange_answer(struct exchange *x)
{
    Bus__ReplyBatch answer = BUS__REPLY_BATCH__INIT;
    nng_msg *msg;

    exchange_fit(x);
    answer.n_replies = x->batch->n_requests;
    Bus__Reply **replies = arena_array(x->arena, answer.n_replies, sizeof *replies);
    for (size_t i = 0; i < answer.n_replies; i++)
        replies[i] = &x->replies[i];
    answer.replies = replies;
    wire_seal(x->office->seal, x->topic, &answer.base, &x->out);
    if (nng_msg_alloc(&msg, x->out.len) != 0)
        bug("out of memory");
    memcpy(nng_msg_body(msg), x->out.data, x->out.len);
    metric_observe_us(x->office->seconds, time_steady_us() - x->since_us);
    x->state = EXCHANGE_ANSWERING;
    nng_aio_set_timeout(x->aio, SEND_TIMEOUT_MS);
    nng_aio_set_msg(x->aio, msg);
    nng_ctx_send(x->ctx, x->aio);
}

static void exchange_ended(struct exchange *x)
{
    if (atomic_fetch_sub(&x->left, 1) == 1)
        exchange_answer(x);
}

/* done of every job: on its worker's thread, whose lane's arena the job lies on. */
static void exchange_job_done(struct job *job)
{
    struct exchange *x = job->owner;
    Bus__Reply *reply = &x->replies[job->index];

    reply->err = job->err;
    if (job->err != ERR_OK) {
        reply->problem = job->problem;
    } else {
        struct span payload = job->packed;
        if (payload.len == 0 && job->answer)
            payload = wire_pack(job->arena, job->answer);
        reply->payload = (ProtobufCBinaryData){payload.len, (uint8_t *)payload.data};
        reply->replayed = job->replayed;
        reply->version = job->version;
    }
    exchange_ended(x);
}

static enum err request_check(const Bus__Request *request, const struct work_case *kase)
{
    if (request->actor.len != 0 && request->actor.len != sizeof(struct uuid))
        return ERR_INVALID;
    if (request->idempotency_key.len > WIRE_KEY_MAX)
        return ERR_INVALID;
    if (kase->kind == WORK_WRITE && !kase->no_key && request->idempotency_key.len == 0)
        return ERR_PRECONDITION_REQUIRED;
    return ERR_OK;
}

static struct lane *exchange_lane(struct exchange *x, const struct work_case *kase)
{
    if (kase->kind == WORK_WRITE || x->lane_count == 1)
        return &x->lanes[0];
    return &x->lanes[1 + atomic_fetch_add_explicit(&x->office->turn, 1, memory_order_relaxed) % (x->lane_count - 1)];
}

/* Makes the job of request i in the lane of its worker, or says why there is none. */
static enum err exchange_admit(struct exchange *x, size_t i)
{
    const Bus__Request *request = x->batch->requests[i];
    const struct work_case *kase = method_find(x->office->methods, request->method);
    ProtobufCMessage *message;

    if (atomic_load(&x->office->draining))
        return ERR_UNAVAILABLE;
    if (!kase)
        return ERR_NOT_FOUND;
    enum err err = request_check(request, kase);
    if (err != ERR_OK)
        return err;
    struct lane *lane = exchange_lane(x, kase);
    err = wire_unpack(lane->arena, span_of(request->payload.data, request->payload.len), kase->request, &message);
    if (err != ERR_OK)
        return err;
    struct job *job = arena_alloc(lane->arena, sizeof *job);
    *job = (struct job){.arena = lane->arena, .kase = kase, .request = request, .message = message, .index = (uint32_t)i};
    if (request->actor.len)
        memcpy(job->actor.b, request->actor.data, sizeof job->actor.b);
    job->done = exchange_job_done;
    job->owner = x;
    lane->jobs[lane->count++] = job;
    return ERR_OK;
}

/* From the first submit on, jobs end on other threads; the one more in `left` keeps the exchange here until the last line. */
static void exchange_submit(struct exchange *x)
{
    size_t total = 1;

    for (size_t i = 0; i < x->lane_count; i++)
        total += x->lanes[i].count;
    atomic_store(&x->left, total);
    for (size_t i = 0; i < x->lane_count; i++) {
        struct lane *lane = &x->lanes[i];
        size_t taken = lane->count ? worker_submit_many(lane->worker, lane->jobs, lane->count) : 0;
        for (size_t k = taken; k < lane->count; k++) {
            metric_add(x->office->refused, 1);
            reply_fail(&x->replies[lane->jobs[k]->index], ERR_BUSY);
            exchange_ended(x);
        }
    }
    exchange_ended(x);
}

/*~ 4. A message has arrived. It is opened with the bus key, each request in it becomes a job on the arena of the worker that
 * will run it, and all of them go into the queues at once. What cannot become a job is answered here. */
static void exchange_work(struct exchange *x)
{
    size_t count = x->batch->n_requests;

    x->replies = arena_array(x->arena, count, sizeof *x->replies);
    for (size_t i = 0; i < x->lane_count; i++) {
        struct job **jobs = arena_array(x->arena, count, sizeof *jobs);
        x->lanes[i].jobs = jobs;
    }
    for (size_t i = 0; i < count; i++) {
        enum err err = count <= WIRE_BATCH_REQUESTS ? exchange_admit(x, i) : ERR_TOO_LARGE;
        reply_fail(&x->replies[i], err);
        if (err != ERR_OK)
            metric_add(x->office->refused, 1);
    }
    metric_add(x->office->messages, 1);
    metric_add(x->office->requests, count);
    exchange_submit(x);
}

static void exchange_take(struct exchange *x, nng_msg *msg)
{
    struct span sealed = span_of(nng_msg_body(msg), nng_msg_len(msg));
    ProtobufCMessage *message;

    x->state = EXCHANGE_WORKING;
    x->since_us = time_steady_us();
    atomic_fetch_add(&x->office->in_flight, 1);
    enum err err = wire_open(x->office->seal, sealed, "rq.", NULL, x->arena, &bus__request_batch__descriptor, &message);
    if (err == ERR_OK)
        wire_answer_topic("rp.", sealed, x->topic);
    nng_msg_free(msg);
    if (err != ERR_OK) {
        exchange_drop(x);
        return;
    }
    x->batch = (Bus__RequestBatch *)message;
    exchange_work(x);
}

/* nng calls this once for each finished operation, on one of its threads. */
static void exchange_step(void *arg)
{
    struct exchange *x = arg;
    int rv = nng_aio_result(x->aio);

    switch (x->state) {
    case EXCHANGE_RECEIVING:
        if (rv == NNG_ECLOSED)
            return;
        if (rv == 0)
            exchange_take(x, nng_aio_get_msg(x->aio));
        else
            exchange_receive(x);
        return;
    case EXCHANGE_ANSWERING:
        /* A send that failed leaves the message ours. The caller is gone or will ask again. */
        if (rv != 0)
            nng_msg_free(nng_aio_get_msg(x->aio));
        atomic_fetch_sub(&x->office->in_flight, 1);
        if (rv != NNG_ECLOSED)
            exchange_receive(x);
        return;
    case EXCHANGE_WORKING:
        bug("an nng operation ended while none was running");
    }
}

enum err exchange_open(struct exchange_office *office)
{
    struct exchange *x = mem_new(sizeof *x);

    if (nng_ctx_open(&x->ctx, office->socket) != 0 || nng_aio_alloc(&x->aio, exchange_step, x) != 0) {
        mem_free(x);
        return ERR_UNAVAILABLE;
    }
    x->office = office;
    x->arena = arena_new(ARENA_BYTES);
    x->lane_count = 1 + office->reader_count;
    x->lanes = mem_array(x->lane_count, sizeof *x->lanes);
    for (size_t i = 0; i < x->lane_count; i++) {
        x->lanes[i].worker = i == 0 ? office->writer : office->readers[i - 1];
        x->lanes[i].arena = arena_new(ARENA_BYTES);
    }
    exchange_receive(x);
    return ERR_OK;
}
