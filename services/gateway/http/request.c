/*~ 1. HTTP bytes become a request here. libmicrohttpd calls four times or more: the first line (on_target), the head, each piece
 * of the body, the end; and once when the connection is done with the answer. The upload is always consumed before the
 * connection is suspended: else MHD_queue_response refuses the answer later (libmicrohttpd 0.9.75). */
#include <stdlib.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/http/head.h"
#include "services/gateway/http/request.h"
#include "services/gateway/http/server_own.h"

/* A body over its limit is read and thrown away this far, so that an honest client hears 413; then the connection closes. */
enum { THROW_AWAY_MAX = 1024 * 1024 };

static struct lull *lull_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

void request_on_connection(void *owner, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode what)
{
    struct http_server *server = owner;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        lull_free(&server->lulls, *context);
        return;
    }
    struct lull *lull = lull_new(connection);
    lull_begin(&server->lulls, lull, time_steady_us());
    *context = lull;
}

void *request_on_target(void *owner, const char *target, struct MHD_Connection *connection)
{
    struct http_server *server = owner;
    struct exchange *x = pool_take(&server->pool, server, target);
    x->connection = connection; /* from here on, so that a head that never ends can be cut off */
    lull_end(&server->lulls, lull_of(connection));
    return x;
}

/* A head that two readers could read as two requests. The answer goes out and the connection closes. */
static void answer_flaw(struct exchange *x, const char *header)
{
    static const char fi[] = "Otsake on pyynnössä kahdesti, tai sisällön pituus jää epäselväksi",
                      sv[] = "Huvudfältet förekommer två gånger, eller innehållets längd är oklar",
                      en[] = "The header is given twice, or the length of the body is unclear";
    answer_problem(x, ERR_INVALID, problem_make(x->arena, "request.header", header, fi, sv, en));
}

/* Where no body belongs every one is too large, and told so would be told the wrong thing. */
static void answer_too_large(struct exchange *x)
{
    if (x->body_max > 0)
        answer_problem(x, ERR_TOO_LARGE, NULL);
    else
        answer_problem(x, ERR_INVALID,
                       problem_make(x->arena, "request.body", NULL, "Tähän pyyntöön ei kuulu sisältöä",
                                    "Den här begäran tar inget innehåll", "This request takes no body"));
}

static bool announces_too_much(const struct exchange *x)
{
    const char *length = exchange_header(x, "Content-Length");
    return length && strtoull(length, NULL, 10) > x->body_max;
}

/* The head is there. A body that says it is too large is not read at all: the answer goes out and the connection closes. */
static void on_head(struct http_server *server, struct exchange *x, const char *verb)
{
    x->head = strcmp(verb, "HEAD") == 0;
    x->verb = x->head ? "GET" : arena_strdup(x->arena, verb);
    x->language = language_of(exchange_header(x, "Accept-Language"));
    trace_adopt(&server->pool, exchange_header(x, "traceparent"), x->trace);
    if (server->draining) {
        answer_problem(x, ERR_UNAVAILABLE, NULL);
        return;
    }
    server->config.handler.begin(server->config.handler.owner, x);
    const char *flaw = head_flaw(x->connection);
    if (flaw) {
        answer_flaw(x, flaw);
        return;
    }
    if (x->state == EXCHANGE_READING && announces_too_much(x))
        answer_too_large(x);
}

static enum MHD_Result on_piece(struct exchange *x, const char *upload, size_t size)
{
    if (x->body.len + size > x->body_max)
        x->too_large = true;
    if (!x->too_large)
        buf_add(&x->body, upload, size);
    else
        x->thrown_away += size;
    return x->thrown_away > THROW_AWAY_MAX ? MHD_NO : MHD_YES;
}

static void on_whole(struct http_server *server, struct exchange *x)
{
    list_remove(&server->pool.reading, x);
    x->state = EXCHANGE_RUNNING;
    x->received_us = time_now_us();
    if (x->too_large)
        answer_too_large(x);
    else
        server->config.handler.run(server->config.handler.owner, x);
    if (x->state == EXCHANGE_RUNNING)
        bug("a handler neither answered nor waited");
}

enum MHD_Result request_on_call(void *owner, struct MHD_Connection *connection, const char *url, const char *verb, const char *version,
                                const char *upload, size_t *upload_size, void **context)
{
    struct http_server *server = owner;
    struct exchange *x = *context;
    (void)connection;
    (void)url; /* already percent-decoded by the library, so a %2F looks like a slash: we read the target ourselves */
    (void)version;
    if (!x->verb) {
        on_head(server, x, verb);
        return MHD_YES;
    }
    if (x->state == EXCHANGE_ANSWERED) /* called again although an answer is queued: it was not taken; close */
        return MHD_NO;
    if (*upload_size) {
        size_t size = *upload_size;
        *upload_size = 0;
        return on_piece(x, upload, size);
    }
    on_whole(server, x);
    return MHD_YES;
}

void request_on_completed(void *owner, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode how)
{
    struct http_server *server = owner;
    struct exchange *x = *context;
    (void)how;
    lull_begin(&server->lulls, lull_of(connection), time_steady_us());
    if (!x)
        return;
    *context = NULL;
    list_remove(x->state == EXCHANGE_READING ? &server->pool.reading : &server->pool.waiting, x);
    x->state = EXCHANGE_ANSWERED;
    x->connection = NULL;
    x->ended = true;
    if (x->holds == 0)
        pool_return(&server->pool, x);
}
