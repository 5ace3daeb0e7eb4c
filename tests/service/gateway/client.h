/* An HTTP client that can also misbehave: it sends whatever bytes it is told and reads what comes. */
#ifndef HV_TESTS_SERVICE_GATEWAY_CLIENT_H
#define HV_TESTS_SERVICE_GATEWAY_CLIENT_H
#include <stdbool.h>
#include <stddef.h>

struct reply {
    int status; /* 0: the connection ended without an answer, or nothing came in time */
    char head[4096];
    char body[512 * 1024];
    size_t body_len;
};

int client_connect(int port);               /* a socket; fails the test when nobody listens */
void client_send(int fd, const char *text); /* all of it */
void client_send_bytes(int fd, const void *bytes, size_t len);
void client_read(int fd, struct reply *out, int wait_ms); /* one answer, by its Content-Length */
bool client_ended(int fd, int wait_ms);                   /* the other side closed */
/* A header's value in reply->head, or NULL. */
const char *client_header(const struct reply *reply, const char *name, char *out, size_t size);
/* One request on a connection of its own. headers: lines ended by CRLF, or "". */
void client_call(int port, const char *verb, const char *target, const char *headers, const char *body, struct reply *out);

#endif
