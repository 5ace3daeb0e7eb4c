/* Moves of an exchange: wait, answer, release. Only here and in request.c is `state` written. */
#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "services/gateway/http/server_own.h"

const char *exchange_header(const struct exchange *x, const char *name)
{
    const char *value = NULL;
    if (MHD_lookup_connection_value_n(x->connection, MHD_HEADER_KIND, name, strlen(name), &value, NULL) != MHD_YES)
        return NULL;
    return value;
}

void exchange_wait(struct exchange *x)
{
    assert(x->state == EXCHANGE_RUNNING);
    x->state = EXCHANGE_WAITING;
    x->holds++;
    x->suspended = true;
    x->server->pool.suspended++;
    list_add(&x->server->pool.waiting, x, time_steady_us());
    MHD_suspend_connection(x->connection);
}

bool exchange_owed(const struct exchange *x)
{
    return x->state == EXCHANGE_WAITING;
}

void exchange_release(struct exchange *x)
{
    assert(x->holds > 0);
    if (--x->holds == 0 && x->ended)
        pool_return(&x->server->pool, x);
}

/* Queueing on a suspended connection is allowed; it must then be resumed whatever became of it. */
void exchange_answer(struct exchange *x, int status, struct MHD_Response *response)
{
    struct http_server *server = x->server;
    assert(x->state != EXCHANGE_ANSWERED);
    list_remove(x->state == EXCHANGE_READING ? &server->pool.reading : &server->pool.waiting, x);
    x->state = EXCHANGE_ANSWERED;
    x->status = status;
    if (MHD_queue_response(x->connection, (unsigned)status, response) != MHD_YES)
        log_warn(server->config.log, x->trace, "http.answer-refused", LOG_INT("status", status));
    if (x->suspended) {
        x->suspended = false;
        server->pool.suspended--;
        MHD_resume_connection(x->connection);
        http_server_soon(server);
    }
    server->config.handler.answered(server->config.handler.owner, x);
}

/* Headers come in the order in which they were sent. */
static enum MHD_Result on_forwarded(void *owner, enum MHD_ValueKind kind, const char *name, const char *value)
{
    const char **last = owner;
    (void)kind;
    if (value && strcasecmp(name, "X-Forwarded-For") == 0)
        *last = value;
    return MHD_YES;
}

/* The address the proxy in front saw: the last one of the last X-Forwarded-For. Some proxies add to the line that is there, some write
 * one of their own behind it; what stands before came from the client, and could say anything. */
static const char *forwarded_client(const struct exchange *x)
{
    const char *list = NULL;
    (void)MHD_get_connection_values(x->connection, MHD_HEADER_KIND, on_forwarded, &list);
    if (!list)
        return NULL;
    const char *comma = strrchr(list, ',');
    const char *last = comma ? comma + 1 : list;
    return last + strspn(last, " ");
}

/* Whoever has an IPv6 address has all of its /64, and is counted as one by it; an IPv4 address inside one is that address. */
static void write_ipv6(const struct in6_addr *address, char out[EXCHANGE_CLIENT])
{
    struct in6_addr network = *address;
    if (IN6_IS_ADDR_V4MAPPED(address)) {
        inet_ntop(AF_INET, address->s6_addr + 12, out, EXCHANGE_CLIENT);
        return;
    }
    memset(network.s6_addr + 8, 0, 8);
    inet_ntop(AF_INET6, &network, out, EXCHANGE_CLIENT);
}

const char *exchange_client(struct exchange *x)
{
    struct in6_addr in6;
    if (x->client[0])
        return x->client;
    const char *forwarded = x->server->config.behind_proxy ? forwarded_client(x) : NULL;
    if (forwarded && strlen(forwarded) < sizeof x->client) {
        memcpy(x->client, forwarded, strlen(forwarded) + 1);
        if (inet_pton(AF_INET6, forwarded, &in6) == 1)
            write_ipv6(&in6, x->client);
        return x->client;
    }
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info ? info->client_addr : NULL;
    if (address && address->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, x->client, sizeof x->client);
    else if (address && address->sa_family == AF_INET6)
        write_ipv6(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, x->client);
    return x->client;
}
