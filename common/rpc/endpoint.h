/* The two ends of every wire between processes: a socket listens or dials, with the limits that all of them have. One place,
 * because an end that forgets a limit works just as well until a peer misuses it. Both return nng's own number, 0 for done. */
#ifndef HV_RPC_ENDPOINT_H
#define HV_RPC_ENDPOINT_H
#include <nng/nng.h>

#include "common/base/err.h"

int endpoint_listen(nng_socket socket, const char *url) MUST_CHECK;
int endpoint_dial(nng_socket socket, const char *url) MUST_CHECK; /* begins, and goes on by itself for ever when the peer is away */

#endif
