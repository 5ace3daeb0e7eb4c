/* Sends an errand to whoever can answer it: a service over the bus, or the gateway's own accounts. */
#include <string.h>

#include "services/gateway/route/errand.h"

/* The reply of a service. Owed no more: the deadline answered meanwhile; what came is only let go. */
static void on_reply(struct rpc_call *call)
{
    struct errand *errand = call->owner;
    struct exchange *x = errand->x;
    if (call->err != ERR_OK) {
        errand_fail(errand, call->err, NULL);
    } else if (call->reply->err != ERR_OK) {
        errand_fail(errand, (enum err)call->reply->err, call->reply->problem);
    } else {
        ProtobufCMessage *reply = NULL;
        struct span payload = span_of(call->reply->payload.data, call->reply->payload.len);
        enum err err = wire_unpack(x->arena, payload, errand->method->output, &reply);
        if (err == ERR_OK && errand->route->flags & ROUTE_ERASES && errand->dispatch->config.erased)
            errand->dispatch->config.erased(errand->dispatch->config.erased_owner);
        if (err == ERR_OK)
            errand_answer(errand, reply, call->reply->version, call->reply->replayed, NULL);
        else
            errand_fail(errand, ERR_INTERNAL, NULL);
    }
    exchange_release(x);
}

static void on_account(struct auth_call *call)
{
    struct errand *errand = call->owner;
    struct exchange *x = errand->x;
    x->retry_s = call->retry_s;
    if (call->err == ERR_OK)
        errand_answer(errand, call->reply, call->version, false, call->set_cookie);
    else
        errand_fail(errand, call->err, call->problem);
    exchange_release(x);
}

static void request_fill(struct errand *errand, Bus__Request *request)
{
    struct exchange *x = errand->x;
    struct span packed = wire_pack(x->arena, errand->message);
    struct span key = arena_copy(x->arena, gate_key(errand)); /* a header's memory may go before the call is done */
    bus__request__init(request);
    request->method = (char *)(uintptr_t)errand->route->call;
    request->idempotency_key = (ProtobufCBinaryData){key.len, (uint8_t *)(uintptr_t)key.data};
    if (errand->who.known)
        request->actor = (ProtobufCBinaryData){sizeof errand->who.account.b, errand->who.account.b};
    request->roles = errand->who.roles;
    request->traceparent = x->trace;
    request->received_us = x->received_us;
    request->deadline_us = x->received_us + errand->dispatch->config.request_ms * 1000LL;
    request->if_match = errand->if_match;
    request->language = (char *)(uintptr_t)language_name(x->language);
    request->payload = (ProtobufCBinaryData){packed.len, (uint8_t *)(uintptr_t)packed.data};
}

static struct rpc_client *client_for(const struct errand *errand)
{
    const struct dispatch *d = errand->dispatch;
    switch (errand->route->home) {
    case ROUTE_ENROLMENT:
        return d->config.enrolment;
    case ROUTE_NOTIFICATION:
        return d->config.notification;
    case ROUTE_FUNDING:
        return d->config.funding;
    case ROUTE_NAMED:
        return dispatch_service(d, errand->match.parameters[0].value);
    case ROUTE_GATEWAY:
        break;
    }
    return NULL;
}

static enum err ask_service(struct errand *errand, uint32_t shard)
{
    struct rpc_client *client = client_for(errand);
    struct rpc_call *call = &errand->call.rpc;
    if (!client)
        return ERR_NOT_FOUND;
    *call = (struct rpc_call){.shard = shard, .write = strcmp(errand->route->verb, "GET") != 0, .arena = errand->x->arena};
    call->done = on_reply;
    call->owner = errand;
    request_fill(errand, &call->request);
    return rpc_client_send(client, call);
}

static enum err ask_accounts(struct errand *errand)
{
    struct auth_call *call = &errand->call.auth;
    *call = (struct auth_call){.method = errand->route->call, .request = errand->message, .who = errand->who, .arena = errand->x->arena};
    call->client = exchange_client(errand->x);
    call->if_match = errand->if_match;
    call->done = on_account;
    call->owner = errand;
    return auth_handle(errand->dispatch->config.auth, call);
}

/* The accounts are there, or one is not. Nobody waits any more when the deadline has answered: then nothing is to happen either. */
static void on_vouched(struct auth_call *call)
{
    struct errand *errand = call->owner;
    struct exchange *x = errand->x;
    enum err err = call->err;
    Bus__Problem *problem = call->problem;
    if (err == ERR_OK && exchange_owed(x)) {
        err = ask_service(errand, errand->shard);
        if (err == ERR_OK)
            return; /* on_reply releases it */
        problem = NULL;
    }
    if (err != ERR_OK)
        errand_fail(errand, err, problem);
    exchange_release(x);
}

static enum err ask_vouch(struct errand *errand, uint32_t shard)
{
    struct auth_call *call = &errand->call.auth;
    *call = (struct auth_call){.arena = errand->x->arena, .done = on_vouched, .owner = errand};
    call->request = vouch_request(errand->x->arena, errand->message);
    errand->shard = shard;
    return auth_check(errand->dispatch->config.auth, call);
}

static enum err ask_somebody(struct errand *errand, uint32_t shard)
{
    if (errand->route->home == ROUTE_GATEWAY)
        return ask_accounts(errand);
    return errand->route->flags & ROUTE_VOUCH ? ask_vouch(errand, shard) : ask_service(errand, shard);
}

enum err ask(struct errand *errand, uint32_t shard)
{
    enum err err = ask_somebody(errand, shard);
    if (err == ERR_OK)
        exchange_wait(errand->x);
    return err;
}
