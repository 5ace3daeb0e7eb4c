/* Reads an address and a port. The port stands behind the last colon; an IPv6 address wears brackets. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "services/gateway/http/listen.h"

enum err listen_address(const char *text, struct sockaddr_storage *out)
{
    char host[64];
    const char *colon = strrchr(text, ':');
    char *end;
    if (!colon || colon == text || (size_t)(colon - text) >= sizeof host)
        return ERR_INVALID;
    long port = strtol(colon + 1, &end, 10);
    if (end == colon + 1 || *end || port < 1 || port > 65535)
        return ERR_INVALID;
    size_t len = (size_t)(colon - text);
    bool bracketed = text[0] == '[' && colon[-1] == ']' && len > 2;
    memcpy(host, text + (bracketed ? 1 : 0), len - (bracketed ? 2 : 0));
    host[len - (bracketed ? 2 : 0)] = 0;

    memset(out, 0, sizeof *out);
    if (bracketed) {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)port);
        return inet_pton(AF_INET6, host, &six->sin6_addr) == 1 ? ERR_OK : ERR_INVALID;
    }
    struct sockaddr_in *four = (struct sockaddr_in *)out;
    four->sin_family = AF_INET;
    four->sin_port = htons((uint16_t)port);
    return inet_pton(AF_INET, host, &four->sin_addr) == 1 ? ERR_OK : ERR_INVALID;
}
