/* Two writers, 64 clients, one clock: see service.h. */
#include "tests/service/enrolment/property/service.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/wire/wire.h"
#include "common/work/worker.h"
#include "services/enrolment/handler/handler.h"
#include "services/enrolment/store/store.h"

struct client {
    struct service_under_test *s;
    pthread_t thread;
    sem_t go, answered;
    struct operation *ops[256];
    size_t count;
    bool stop;
};

struct service_under_test {
    struct worker *replicas[REPLICAS];
    struct metrics *metrics;
    struct work_store store;
    struct work_case cases[OPERATION_COUNT]; /* of each kind, with the ticket around its decision */
    const struct work_case *real[OPERATION_COUNT];
    struct client clients[CLIENTS];
    sem_t finished;
    _Atomic int64_t clock_us;
    _Atomic uint64_t tickets;
    const struct model *model; /* of the operations under way: read only */
};

struct errand { /* one operation on its way through a writer */
    struct job job;
    struct operation *op;
    struct client *client;
};

static struct workset *begin(struct arena *arena, int64_t now_us, void *context)
{
    struct service_under_test *s = context;

    (void)now_us;
    return workset_new(arena, s->clock_us, NULL, NULL);
}

static void decide(struct job *job, struct workset *w)
{
    const struct errand *errand = job->owner;

    errand->op->ticket = ++errand->client->s->tickets;
    errand->op->now_us = w->now_us;
    errand->client->s->real[errand->op->kind]->decide(job, w);
}

/* On the writer's thread. The answer is on the batch's arena and about to go: it is packed here and read again on the operation's. */
static void done(struct job *job)
{
    const struct errand *errand = job->owner;
    struct operation *op = errand->op;
    struct span packed = job->packed;
    ProtobufCMessage *answer = NULL;

    op->err = job->err;
    op->replayed = job->replayed;
    if (op->replayed && !job->kase->key_on_row)
        op->ticket = 0; /* a try that was rolled back had drawn one */
    if (job->problem != NULL && job->problem->rule != NULL)
        (void)snprintf(op->rule, sizeof op->rule, "%s", job->problem->rule);
    if (job->answer != NULL && packed.len == 0)
        packed = wire_pack(op->arena, job->answer);
    if (op->kind != OPERATION_TICK && op->err == ERR_OK) {
        const char *method = operation_name(op->kind);
        const ProtobufCMethodDescriptor *m = protobuf_c_service_descriptor_get_method_by_name(&enrolment__enrolment__descriptor, method);
        if (wire_unpack(op->arena, packed, m->output, &answer) != ERR_OK)
            bug("an answer could not be read");
    }
    op->answer = answer;
    if (sem_post(&errand->client->answered) != 0)
        bug("a client could not be woken");
}

static ProtobufCBinaryData on_arena(struct arena *arena, const void *data, size_t len)
{
    const struct span copy = arena_copy(arena, span_of(data, len));
    return (ProtobufCBinaryData){.len = copy.len, .data = (uint8_t *)(uintptr_t)copy.data};
}

static Bus__Request *request_of(const struct service_under_test *s, struct operation *op, const ProtobufCMessage *message)
{
    Bus__Request *request = arena_alloc(op->arena, sizeof *request);
    const struct uuid actor = actor_id(s->model, op->actor);
    const struct span payload = wire_pack(op->arena, message);
    const uint32_t key[2] = {s->model->number, op->key};

    bus__request__init(request);
    request->traceparent = arena_printf(op->arena, "op-%u", op->key);
    if (op->kind == OPERATION_TICK) /* our own: nobody's, and without a key */
        return request;
    request->method = arena_printf(op->arena, "enrolment.%s", operation_name(op->kind));
    request->actor = on_arena(op->arena, actor.b, sizeof actor.b);
    request->roles = op->actor == COORDINATOR ? BUS__ROLE__ROLE_COORDINATOR
                     : op->actor == ADMIN     ? BUS__ROLE__ROLE_ADMIN
                                              : BUS__ROLE__ROLE_PARTICIPANT;
    if (op->kind != OPERATION_RETURN) /* what only sets a value has none */
        request->idempotency_key = on_arena(op->arena, key, sizeof key);
    request->payload = (ProtobufCBinaryData){.len = payload.len, .data = (uint8_t *)(uintptr_t)payload.data};
    request->received_us = s->clock_us;
    request->if_match = op->if_match;
    return request;
}

static void do_one(struct client *c, struct operation *op)
{
    struct errand *errand = arena_alloc(op->arena, sizeof *errand);
    struct job *job = &errand->job;

    errand->op = op;
    errand->client = c;
    job->arena = op->arena;
    job->kase = &c->s->cases[op->kind];
    job->message = ask_message(c->s->model, op);
    job->request = request_of(c->s, op, job->message);
    (void)uuid_read(&job->actor, span_of(job->request->actor.data, job->request->actor.len));
    job->done = done;
    job->owner = errand;
    if (worker_submit(c->s->replicas[op->replica % REPLICAS], job) != ERR_OK)
        bug("a writer's queue is full");
    while (sem_wait(&c->answered) != 0)
        continue;
}

static void *client_main(void *arg)
{
    struct client *c = arg;

    for (;;) {
        while (sem_wait(&c->go) != 0)
            continue;
        if (c->stop)
            return NULL;
        for (size_t i = 0; i < c->count; i++)
            do_one(c, c->ops[i]);
        c->count = 0;
        (void)sem_post(&c->s->finished);
    }
}

void service_run(struct service_under_test *s, const struct model *m, struct operation *const *ops, size_t count)
{
    const size_t busy = count < CLIENTS ? count : CLIENTS;

    s->model = m;
    for (size_t i = 0; i < count; i++) {
        struct client *c = &s->clients[i % CLIENTS];
        if (c->count == sizeof c->ops / sizeof *c->ops)
            bug("too many operations at once");
        c->ops[c->count++] = ops[i];
    }
    for (size_t i = 0; i < busy; i++)
        (void)sem_post(&s->clients[i].go);
    for (size_t i = 0; i < busy; i++) {
        while (sem_wait(&s->finished) != 0)
            continue;
    }
}

void service_clock_set(struct service_under_test *s, int64_t now_us)
{
    s->clock_us = now_us;
}

int64_t service_clock(const struct service_under_test *s)
{
    return s->clock_us;
}

/* --- starting and stopping ----------------------------------------------------------------------------------------------------- */

static const struct work_case *case_of(enum operation_kind kind)
{
    size_t count;
    const struct work_case *cases = enrolment_cases(&count);
    char name[64];

    if (kind == OPERATION_TICK)
        return enrolment_tick();
    (void)snprintf(name, sizeof name, "enrolment.%s", operation_name(kind));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(cases[i].name, name) == 0)
            return &cases[i];
    }
    return NULL;
}

static void wrap_cases(struct service_under_test *s)
{
    for (int kind = 0; kind < OPERATION_COUNT; kind++) {
        s->real[kind] = case_of((enum operation_kind)kind);
        if (s->real[kind] == NULL)
            kit_give_up("the service has no case for %s", operation_name((enum operation_kind)kind));
        s->cases[kind] = *s->real[kind];
        s->cases[kind].decide = decide;
    }
}

struct service_under_test *service_new(struct kit_pg *pg)
{
    struct service_under_test *s = mem_new(sizeof *s);
    struct worker_config config = {.name = "writer",
                                   .access = DB_READ_WRITE,
                                   .db = {.conninfo = kit_pg_conninfo(pg, "hv_enrolment"),
                                          .schema = "enrolment",
                                          .application_name = "property",
                                          .statement_timeout_ms = 20000},
                                   .store = &s->store,
                                   .queue_max = 1024,
                                   .batch_max = 256,
                                   .log = kit_log()};

    s->store = (struct work_store){.begin = begin, .load = store_load, .save = store_save, .context = s};
    config.metrics = s->metrics = metrics_new();
    wrap_cases(s);
    if (sem_init(&s->finished, 0, 0) != 0)
        kit_give_up("a semaphore could not be made");
    for (size_t i = 0; i < REPLICAS; i++) {
        if (worker_start(&s->replicas[i], &config) != ERR_OK)
            kit_give_up("a writer did not start; HV_TEST_LOG=error tells why");
    }
    for (size_t i = 0; i < CLIENTS; i++) {
        struct client *c = &s->clients[i];
        c->s = s;
        if (sem_init(&c->go, 0, 0) != 0 || sem_init(&c->answered, 0, 0) != 0 || pthread_create(&c->thread, NULL, client_main, c) != 0)
            kit_give_up("a client did not start");
    }
    return s;
}

void service_free(struct service_under_test *s)
{
    for (size_t i = 0; i < CLIENTS; i++) {
        s->clients[i].stop = true;
        (void)sem_post(&s->clients[i].go);
        (void)pthread_join(s->clients[i].thread, NULL);
    }
    for (size_t i = 0; i < REPLICAS; i++)
        worker_stop(s->replicas[i]);
    metrics_free(s->metrics);
    mem_free(s);
}
