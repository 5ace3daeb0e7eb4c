/* See line.h. */
#include "tests/service/notification/line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/service/notification/facts.h"

#define STAGE_RPC 5 /* of the stage's environment: HV_NOTIFICATION_RPC */

/* The loop wakes now and then by itself: a turn of it may have run the timer that was waited for before it went to sleep. */
static void on_tick(uv_timer_t *tick)
{
    (void)tick;
}

void line_open(struct line *line, struct stage *stage)
{
    struct rpc_client_config config = {.service = "notification", .urls = &line->url, .url_count = 1, .contexts = 2, .waiting_max = 100};
    char path[300];

    *line = (struct line){.stage = stage, .url = strchr(stage->environment[STAGE_RPC], '=') + 1};
    (void)snprintf(path, sizeof path, "%s/key", stage->folder);
    assert_int_equal(seal_read(&line->seal, path), ERR_OK);
    assert_int_equal(uv_loop_init(&line->loop), 0);
    assert_int_equal(uv_timer_init(&line->loop, &line->tick), 0);
    assert_int_equal(uv_timer_start(&line->tick, on_tick, 10, 10), 0);
    line->metrics = metrics_new();
    config.seal = line->seal;
    config.log = kit_log();
    config.metrics = line->metrics;
    assert_int_equal(rpc_client_open(&line->client, &line->loop, &config), ERR_OK);
}

void line_close(struct line *line)
{
    rpc_client_close(line->client);
}

static void on_done(struct rpc_call *call)
{
    ((struct line *)call->owner)->done = true;
}

const Bus__Reply *line_ask(struct line *line, const struct line_request *request, ProtobufCMessage **answer)
{
    struct arena *arena = line->stage->arena;
    const struct span payload = wire_pack(arena, request->message);
    struct rpc_call *call = arena_alloc(arena, sizeof *call);
    char *key = arena_printf(arena, "line-%u", ++line->key);

    bus__request__init(&call->request);
    call->request.method = arena_strdup(arena, request->method);
    call->request.roles = request->roles;
    call->request.actor = facts_bytes(arena, request->actor);
    call->request.if_match = request->if_match;
    if (request->language != NULL)
        call->request.language = arena_strdup(arena, request->language);
    if (request->key != NULL)
        key = arena_strdup(arena, request->key);
    call->request.idempotency_key = (ProtobufCBinaryData){strlen(key), (uint8_t *)key};
    call->request.payload = (ProtobufCBinaryData){payload.len, (uint8_t *)(uintptr_t)payload.data};
    call->write = request->write;
    call->arena = arena;
    call->owner = line;
    call->done = on_done;
    line->done = false;
    assert_int_equal(rpc_client_send(line->client, call), ERR_OK);
    while (!line->done)
        (void)uv_run(&line->loop, UV_RUN_ONCE);
    assert_int_equal(call->err, ERR_OK);
    if (answer != NULL)
        *answer = NULL;
    if (answer != NULL && call->reply->err == ERR_OK)
        assert_int_equal(wire_unpack(arena, span_of(call->reply->payload.data, call->reply->payload.len), request->answer, answer), ERR_OK);
    return call->reply;
}
