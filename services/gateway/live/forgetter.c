/* Two questions in turn, one outstanding: which accounts (over the bus), then their closing and the mark (our database). See forgetter.h.
 */
#include "services/gateway/live/forgetter.h"

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/wire/wire.h"
#include "enrolment.pb-c.h"
#include "gateway.pb-c.h"

enum { EVERY_MS = 10000, ASK_MS = 5000, PAGE = 100, ARENA_BYTES = 16 * 1024, REQUEST_BYTES = 32 };

struct forgetter {
    struct forgetter_config config;
    uv_timer_t timer;
    struct arena *arena; /* of the question under way */
    struct rpc_call ask;
    struct auth_call close;
    uint8_t payload[REQUEST_BYTES];
    uint64_t mark;
    bool know_mark; /* it was read from the database */
    bool busy, again, failed, stopping;
};

static void begin(struct forgetter *f);

/* Nothing is under way any more; what failed is tried again at the next tick. */
static void end(struct forgetter *f, enum err err)
{
    if (err != ERR_OK && !f->failed)
        log_warn(f->config.log, NULL, "forgetter.delayed", LOG_TEXT("err", err_text(err)->name),
                 LOG_TEXT("next", "accounts of people who were forgotten are closed when enrolment and the database answer again"));
    f->failed = err != ERR_OK;
    f->busy = false;
    if (f->again && err == ERR_OK)
        begin(f);
}

static void on_closed(struct auth_call *call)
{
    struct forgetter *f = call->owner;

    if (call->err != ERR_OK) {
        f->know_mark = false;
        end(f, call->err);
        return;
    }
    const Gateway__ForgetAccountsReply *reply = (const Gateway__ForgetAccountsReply *)call->reply;
    if (reply->forgotten > 0)
        log_info(f->config.log, NULL, "forgetter.closed", LOG_INT("accounts", reply->forgotten));
    f->mark = reply->mark;
    f->know_mark = true;
    f->again = true; /* with the mark known, or behind this page: is there more? */
    end(f, ERR_OK);
}

/* Closes these, or (none) reads the mark. */
static void close_accounts(struct forgetter *f, const Gateway__ForgetAccountsRequest *request)
{
    f->close = (struct auth_call){.request = &request->base, .client = "", .arena = f->arena, .done = on_closed, .owner = f};
    const enum err err = auth_forget(f->config.auth, &f->close);
    if (err != ERR_OK)
        end(f, err);
}

static Gateway__ForgetAccountsRequest *request_new(struct forgetter *f)
{
    Gateway__ForgetAccountsRequest *request = arena_alloc(f->arena, sizeof *request);
    gateway__forget_accounts_request__init(request);
    return request;
}

static void close_page(struct forgetter *f, const Enrolment__ForgottenList *list)
{
    Gateway__ForgetAccountsRequest *request = request_new(f);

    if (list->last_n < f->mark) {
        request->anew = true;
    } else if (list->n_people == 0) {
        end(f, ERR_OK);
        return;
    } else {
        request->n_account_ids = list->n_people;
        request->account_ids = arena_array(f->arena, list->n_people, sizeof *request->account_ids);
        for (size_t i = 0; i < list->n_people; i++)
            request->account_ids[i] = list->people[i]->person_id;
        request->upto = list->people[list->n_people - 1]->n;
    }
    close_accounts(f, request);
}

static void on_list(struct rpc_call *call)
{
    struct forgetter *f = call->owner;
    ProtobufCMessage *list = NULL;
    enum err err = call->err == ERR_OK ? (enum err)call->reply->err : call->err;

    if (err == ERR_OK)
        err = wire_unpack(f->arena, span_of(call->reply->payload.data, call->reply->payload.len), &enrolment__forgotten_list__descriptor,
                          &list);
    if (err == ERR_OK)
        close_page(f, (const Enrolment__ForgottenList *)list);
    else
        end(f, err);
}

/* We ask for ourselves, and the bus trusts whoever holds its key: the role of an admin without an account. */
static enum err ask_list(struct forgetter *f)
{
    Enrolment__ListForgottenRequest request = ENROLMENT__LIST_FORGOTTEN_REQUEST__INIT;
    Bus__Request *out = &f->ask.request;

    request.after_n = f->mark;
    request.page_size = PAGE;
    f->ask = (struct rpc_call){.arena = f->arena, .done = on_list, .owner = f};
    bus__request__init(out);
    out->method = (char *)(uintptr_t) "enrolment.ListForgotten";
    out->roles = BUS__ROLE__ROLE_ADMIN;
    out->received_us = time_now_us();
    out->deadline_us = out->received_us + ASK_MS * 1000LL;
    out->payload = (ProtobufCBinaryData){enrolment__list_forgotten_request__pack(&request, f->payload), f->payload};
    return rpc_client_send(f->config.enrolment, &f->ask);
}

static void begin(struct forgetter *f)
{
    if (f->busy || f->stopping)
        return;
    f->busy = true;
    f->again = false;
    arena_reset(f->arena);
    if (!f->know_mark) {
        close_accounts(f, request_new(f));
        return;
    }
    const enum err err = ask_list(f);
    if (err != ERR_OK)
        end(f, err);
}

static void on_timer(uv_timer_t *timer)
{
    begin(timer->data);
}

enum err forgetter_open(struct forgetter **out, uv_loop_t *loop, const struct forgetter_config *config)
{
    struct forgetter *f = mem_new(sizeof *f);
    const uint64_t every_ms = config->every_ms != 0 ? (uint64_t)config->every_ms : EVERY_MS;

    f->config = *config;
    f->arena = arena_new(ARENA_BYTES);
    f->timer.data = f;
    *out = f;
    if (uv_timer_init(loop, &f->timer) != 0)
        return ERR_INTERNAL;
    return uv_timer_start(&f->timer, on_timer, 0, every_ms) == 0 ? ERR_OK : ERR_INTERNAL;
}

void forgetter_soon(void *forgetter)
{
    struct forgetter *f = forgetter;

    f->again = f->busy;
    begin(f);
}

void forgetter_stop(struct forgetter *forgetter)
{
    forgetter->stopping = true;
    (void)uv_timer_stop(&forgetter->timer);
}
