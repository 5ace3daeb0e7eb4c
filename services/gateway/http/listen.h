/* Where to listen: "127.0.0.1:8080" or "[::1]:8080", numbers only, so that nothing here ever asks a name server. */
#ifndef HV_GATEWAY_LISTEN_H
#define HV_GATEWAY_LISTEN_H
#include <sys/socket.h>

#include "common/base/err.h"

enum err listen_address(const char *text, struct sockaddr_storage *out) MUST_CHECK; /* ERR_INVALID */

#endif
