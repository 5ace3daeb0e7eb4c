/* HTTP in: libmicrohttpd's epoll descriptor inside the libuv loop (step 1 of the data's path).
 *
 * MHD runs once per turn of the loop, after everything else of that turn, however many answers became ready in it.
 * Bounded: connections, connections per address, header and body bytes, time to send a request, idle time, time to an answer.
 * TLS, HTTP/2 and coarse rate limits belong to the proxy in front.
 */
#ifndef HV_GATEWAY_SERVER_H
#define HV_GATEWAY_SERVER_H
#include <uv.h>

#include "common/base/err.h"
#include "common/base/log.h"
#include "common/base/metric.h"
#include "services/gateway/http/exchange.h"

struct http_server;

/* Whose requests these are. All on the loop. */
struct http_handler {
    void (*begin)(void *owner, struct exchange *x);    /* the head is there: set body_max; answer nothing yet */
    void (*run)(void *owner, struct exchange *x);      /* all is there: answer, or exchange_wait */
    void (*overdue)(void *owner, struct exchange *x);  /* nobody answered in time: answer now */
    void (*answered)(void *owner, struct exchange *x); /* once per exchange; x->status is set */
    void *owner;
};

struct http_config {
    const char *listen;   /* "127.0.0.1:8080" or "[::1]:8080" */
    unsigned connections; /* at most, in all */
    unsigned per_address; /* 0: as many as in all */
    unsigned idle_s;      /* a connection that says nothing */
    int reading_ms;       /* from the first line to the last byte of a request */
    int waiting_ms;       /* until overdue */
    bool behind_proxy;    /* the last address of the last X-Forwarded-For is the client's */
    struct http_handler handler;
    const struct log *log;
    struct metrics *metrics;
};

enum err http_server_open(struct http_server **out, uv_loop_t *loop, const struct http_config *config) MUST_CHECK;
/* Accepts nothing new; what is under way goes on, requests on kept connections are answered 503. */
void http_server_drain(struct http_server *server);
size_t http_server_busy(const struct http_server *server); /* exchanges under way */

/* libmicrohttpd is due at the end of this turn: after MHD_resume_connection, which alone does not wake it (0.9.75). */
void http_server_soon(struct http_server *server);

/* The client's address as text: that of the IPv4 host, or of the IPv6 network (/64). */
const char *exchange_client(struct exchange *x);

#endif
