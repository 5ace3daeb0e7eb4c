/* The loop side: when libmicrohttpd runs. uv_poll on its epoll descriptor, a timer for MHD_get_timeout, and answers of this
 * turn only mark the server dirty; one MHD_run in the check phase then does all of it. libmicrohttpd 0.9.75 takes a connection one
 * step further per MHD_run and says so by a time-out of 0: then the next turn runs it again, without sleeping in between. */
#include <stdarg.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "services/gateway/http/listen.h"
#include "services/gateway/http/request.h"
#include "services/gateway/http/server.h"
#include "services/gateway/http/server_own.h"

/* libmicrohttpd clears a connection's memory after each request, so it is no larger than a request's head needs. */
enum { TICK_MS = 100, CONNECTION_MEMORY = 16 * 1024, BACKLOG = 1024 };

static void nothing(uv_idle_t *hurry)
{
    (void)hurry;
}

/* The idle handle keeps the loop from sleeping before the check phase comes round. */
void http_server_soon(struct http_server *server)
{
    server->dirty = true;
    uv_idle_start(&server->hurry, nothing);
}

static void on_turn(uv_check_t *turn)
{
    struct http_server *server = turn->data;
    MHD_UNSIGNED_LONG_LONG ms;
    if (!server->dirty)
        return;
    server->dirty = false;
    uv_idle_stop(&server->hurry);
    if (MHD_run(server->daemon) != MHD_YES)
        log_error(server->config.log, NULL, "http.run-failed");
    if (MHD_get_timeout(server->daemon, &ms) != MHD_YES)
        uv_timer_stop(&server->timer);
    else if (ms == 0)
        http_server_soon(server);
    else
        uv_timer_start(&server->timer, server->on_timer, ms, 0);
}

static void on_ready(uv_poll_t *poll, int status, int events)
{
    (void)status;
    (void)events;
    http_server_soon(poll->data);
}

static void on_timer(uv_timer_t *timer)
{
    ((struct http_server *)timer->data)->dirty = true;
}

/* A client that sends too slowly is cut off: libmicrohttpd has no call for that, but sees the end of a socket shut down. */
static void cut_off(const struct http_server *server, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info)
        (void)shutdown(info->connect_fd, SHUT_RDWR); /* it may be gone already */
    metric_add(server->cut_off, 1);
}

/* Every TICK_MS: deadlines, and how late the loop is (a tick that comes late was held up by something). */
static void on_tick(uv_timer_t *tick)
{
    struct http_server *server = tick->data;
    int64_t now = time_steady_us();
    int64_t late = now - server->tick_due_us;
    metric_observe_us(server->loop_lag, late > 0 ? late : 0);
    server->tick_due_us = now + TICK_MS * 1000;
    for (struct exchange *x; (x = list_overdue(&server->pool.reading, now));)
        cut_off(server, x->connection);
    for (struct MHD_Connection *c; (c = lull_overdue(&server->lulls, now));)
        cut_off(server, c);
    for (struct exchange *x; (x = list_overdue(&server->pool.waiting, now));)
        server->config.handler.overdue(server->config.handler.owner, x);
    metric_set(server->open_gauge, (double)server->pool.open);
    metric_set(server->suspended_gauge, (double)server->pool.suspended);
}

__attribute__((format(printf, 2, 0))) static void on_log(void *owner, const char *format, va_list args)
{
    const struct http_server *server = owner;
    char line[512];
    vsnprintf(line, sizeof line, format, args);
    log_debug(server->config.log, NULL, "http.library", LOG_TEXT("text", line));
}

static enum err daemon_open(struct http_server *server)
{
    const struct http_config *c = &server->config;
    struct sockaddr_storage address;
    if (listen_address(c->listen, &address) != ERR_OK)
        return ERR_INVALID;
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO | MHD_USE_ERROR_LOG;
    if (address.ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    /* The logger stands first: options before it would still complain on standard error. */
    server->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, request_on_call, server, MHD_OPTION_EXTERNAL_LOGGER, on_log, server, MHD_OPTION_SOCK_ADDR, &address,
        MHD_OPTION_URI_LOG_CALLBACK, request_on_target, server, MHD_OPTION_NOTIFY_COMPLETED, request_on_completed, server,
        MHD_OPTION_NOTIFY_CONNECTION, request_on_connection, server, MHD_OPTION_CONNECTION_LIMIT, c->connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, c->per_address, MHD_OPTION_CONNECTION_TIMEOUT, c->idle_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_MEMORY, MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)BACKLOG, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    return server->daemon ? ERR_OK : ERR_UNAVAILABLE;
}

static void metrics_open(struct http_server *server)
{
    struct metrics *m = server->config.metrics;
    server->loop_lag = metric_histogram(m, "http_loop_lag_seconds", "", "How late the gateway's loop came to its 100 ms tick.");
    server->open_gauge = metric_gauge(m, "http_exchanges", "", "Requests under way.");
    server->suspended_gauge = metric_gauge(m, "http_suspended", "", "Requests and live streams that wait for somebody else.");
    server->cut_off = metric_counter(m, "http_cut_off_total", "", "Clients cut off because their request came too slowly.");
}

static void loop_attach(struct http_server *server, uv_loop_t *loop, int fd)
{
    uv_check_init(loop, &server->turn);
    uv_idle_init(loop, &server->hurry);
    uv_timer_init(loop, &server->timer);
    uv_timer_init(loop, &server->tick);
    server->on_timer = on_timer;
    server->turn.data = server->timer.data = server->tick.data = server->poll.data = server;
    uv_check_start(&server->turn, on_turn);
    server->tick_due_us = time_steady_us() + TICK_MS * 1000;
    uv_timer_start(&server->tick, on_tick, TICK_MS, TICK_MS);
    if (uv_poll_init(loop, &server->poll, fd) != 0 || uv_poll_start(&server->poll, UV_READABLE, on_ready) != 0)
        bug("libuv refuses libmicrohttpd's epoll descriptor");
    server->poll.data = server;
}

enum err http_server_open(struct http_server **out, uv_loop_t *loop, const struct http_config *config)
{
    struct http_server *server = mem_new(sizeof *server);
    server->config = *config;
    pool_init(&server->pool, config->reading_ms * 1000LL, config->waiting_ms * 1000LL);
    server->lulls.patience_us = config->idle_s * 1000000LL + config->reading_ms * 1000LL; /* past libmicrohttpd's own, for who is silent */
    metrics_open(server);
    enum err err = daemon_open(server);
    if (err != ERR_OK) {
        pool_fini(&server->pool);
        mem_free(server);
        return err;
    }
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    if (!info || info->epoll_fd < 0)
        bug("libmicrohttpd was built without epoll");
    loop_attach(server, loop, info->epoll_fd);
    http_server_soon(server);
    *out = server;
    return ERR_OK;
}

void http_server_drain(struct http_server *server)
{
    if (server->draining)
        return;
    server->draining = true;
    MHD_socket listening = MHD_quiesce_daemon(server->daemon);
    if (listening != MHD_INVALID_SOCKET)
        (void)close(listening); /* who comes now is refused at once, and can go elsewhere */
    http_server_soon(server);
}

size_t http_server_busy(const struct http_server *server)
{
    return server->pool.open;
}
