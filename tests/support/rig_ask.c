/* The rig's questions: one loop that is run until everything sent is answered. */
#include <unistd.h>

#include "tests/support/rig_inside.h"

struct sent {
    struct rpc_call call;
    struct answer answer;
    struct rig *rig;
    const ProtobufCMessageDescriptor *output;
};

static void on_done(struct rpc_call *call)
{
    struct sent *sent = call->owner;
    struct answer *answer = &sent->answer;
    ProtobufCMessage *message = NULL;

    sent->rig->open--;
    answer->done = true;
    answer->err = call->err;
    answer->rule = answer->field = "";
    if (call->err != ERR_OK)
        return;
    answer->err = (enum err)call->reply->err;
    answer->replayed = call->reply->replayed;
    answer->version = call->reply->version;
    answer->problem = call->reply->problem;
    if (answer->problem != NULL) {
        answer->rule = answer->problem->rule;
        answer->field = answer->problem->field;
    }
    if (answer->err == ERR_OK &&
        wire_unpack(sent->rig->arena, span_of(call->reply->payload.data, call->reply->payload.len), sent->output, &message) != ERR_OK)
        fail_msg("the reply does not decode");
    answer->message = message;
}

/* With the package it is of. */
static const ProtobufCMethodDescriptor *method_named(const struct rig *rig, const char *name, const char **package)
{
    const ProtobufCServiceDescriptor *const of[] = {rig->service.methods, rig->service.more};

    for (size_t i = 0; i < 2 && of[i] != NULL; i++) {
        const ProtobufCMethodDescriptor *m = protobuf_c_service_descriptor_get_method_by_name(of[i], name);
        if (package != NULL)
            *package = of[i]->package;
        if (m != NULL)
            return m;
    }
    fail_msg("there is no method %s", name);
    return NULL;
}

static ProtobufCBinaryData bytes_of(struct span span)
{
    return (ProtobufCBinaryData){span.len, (uint8_t *)(uintptr_t)span.data};
}

static struct span key_of(struct rig *rig, const char *key)
{
    static uint64_t next = 0;
    return span_text(key != NULL ? key : arena_printf(rig->arena, "fresh-%d-%llu", (int)getpid(), (unsigned long long)next++));
}

static void fill(struct rig *rig, Bus__Request *request, const struct ask *ask)
{
    struct uuid *actor = arena_alloc(rig->arena, sizeof *actor);
    const char *package = NULL;

    (void)method_named(rig, ask->method, &package);
    *actor = ask->actor;
    bus__request__init(request);
    request->method = arena_printf(rig->arena, "%s.%s", package, ask->method);
    request->idempotency_key = bytes_of(key_of(rig, ask->key));
    request->actor = bytes_of(span_of(actor->b, sizeof actor->b));
    request->roles = ask->roles;
    request->received_us = ask->received_us != 0 ? ask->received_us : time_now_us();
    request->deadline_us = time_now_us() + rig->timeout_us;
    request->if_match = ask->if_match;
    if (ask->language != NULL)
        request->language = (char *)(uintptr_t)ask->language;
    request->payload = bytes_of(wire_pack(rig->arena, ask->message));
}

struct answer *rig_send(struct rig *rig, const struct ask *ask)
{
    struct sent *sent = arena_alloc(rig->arena, sizeof *sent);

    sent->rig = rig;
    sent->output = method_named(rig, ask->method, NULL)->output;
    uv_update_time(&rig->loop); /* a test may have waited long; else the time-out would count from before that */
    fill(rig, &sent->call.request, ask);
    sent->call.write = true;
    sent->call.arena = rig->arena;
    sent->call.done = on_done;
    sent->call.owner = sent;
    if (rpc_client_send(rig->client[ask->client], &sent->call) != ERR_OK)
        fail_msg("the client takes no more");
    rig->open++;
    return &sent->answer;
}

void rig_wait(struct rig *rig)
{
    while (rig->open > 0)
        (void)uv_run(&rig->loop, UV_RUN_ONCE);
}

struct answer rig_ask(struct rig *rig, const struct ask *ask)
{
    const struct answer *answer = rig_send(rig, ask);
    rig_wait(rig);
    return *answer;
}

void rig_rest(struct rig *rig)
{
    rig_wait(rig);
    arena_reset(rig->arena);
}

const char *rig_fact(const struct answer *answer, const char *name)
{
    for (size_t i = 0; answer->problem != NULL && i < answer->problem->n_facts; i++)
        if (strcmp(answer->problem->facts[i]->name, name) == 0)
            return answer->problem->facts[i]->value;
    return "";
}

int rig_group_stop(void **state)
{
    rig_free(*state);
    return 0;
}

int rig_group_rest(void **state)
{
    rig_rest(*state);
    return 0;
}
