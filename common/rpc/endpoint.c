/* The maximum size has to be set before the start: a larger message then closes the connection it came on, before memory is
 * taken for it. Keep-alive finds the peer whose machine went away without a word. */
#include "common/rpc/endpoint.h"

#include "common/wire/limits.h"

#define RECONNECT_LEAST_MS 100
#define RECONNECT_MOST_MS  1000

int endpoint_listen(nng_socket socket, const char *url)
{
    nng_listener listener;
    int rv = nng_listener_create(&listener, socket, url);

    if (rv == 0)
        rv = nng_listener_set_size(listener, NNG_OPT_RECVMAXSZ, WIRE_MESSAGE_MAX);
    if (rv == 0)
        rv = nng_listener_set_bool(listener, NNG_OPT_TCP_KEEPALIVE, true);
    return rv != 0 ? rv : nng_listener_start(listener, 0);
}

int endpoint_dial(nng_socket socket, const char *url)
{
    nng_dialer dialer;
    int rv = nng_dialer_create(&dialer, socket, url);

    if (rv == 0)
        rv = nng_dialer_set_size(dialer, NNG_OPT_RECVMAXSZ, WIRE_MESSAGE_MAX);
    if (rv == 0)
        rv = nng_dialer_set_bool(dialer, NNG_OPT_TCP_KEEPALIVE, true);
    if (rv == 0)
        rv = nng_dialer_set_ms(dialer, NNG_OPT_RECONNMINT, RECONNECT_LEAST_MS);
    if (rv == 0)
        rv = nng_dialer_set_ms(dialer, NNG_OPT_RECONNMAXT, RECONNECT_MOST_MS);
    return rv != 0 ? rv : nng_dialer_start(dialer, NNG_FLAG_NONBLOCK);
}
