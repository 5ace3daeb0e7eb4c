/* Plain sockets with time limits, so that no test ever hangs. */
#include "client.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/time.h"
#include "tests/support/kit.h"

int client_connect(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

void client_send_bytes(int fd, const void *bytes, size_t len)
{
    for (size_t sent = 0; sent < len;) {
        ssize_t n = send(fd, (const char *)bytes + sent, len - sent, MSG_NOSIGNAL);
        if (n <= 0)
            return; /* the other side has had enough: what it says about it is read next */
        sent += (size_t)n;
    }
}

void client_send(int fd, const char *text)
{
    client_send_bytes(fd, text, strlen(text));
}

/* Up to size more bytes; 0: the end, or the time is up. */
static size_t read_some(int fd, char *out, size_t size, int64_t until_us)
{
    struct pollfd poller = {.fd = fd, .events = POLLIN};
    int64_t left = (until_us - time_steady_us()) / 1000;
    if (left <= 0 || poll(&poller, 1, (int)left) <= 0)
        return 0;
    ssize_t n = recv(fd, out, size, 0);
    return n > 0 ? (size_t)n : 0;
}

const char *client_header(const struct reply *reply, const char *name, char *out, size_t size)
{
    size_t len = strlen(name);
    for (const char *line = strstr(reply->head, "\r\n"); line; line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line + 2, name, len) != 0 || line[2 + len] != ':')
            continue;
        const char *value = line + 2 + len + 1 + strspn(line + 2 + len + 1, " ");
        snprintf(out, size, "%.*s", (int)strcspn(value, "\r"), value);
        return out;
    }
    return NULL;
}

void client_read(int fd, struct reply *out, int wait_ms)
{
    int64_t until = time_steady_us() + wait_ms * 1000LL;
    size_t have = 0;
    char length[32], *end = NULL;
    out->status = 0;
    out->body_len = 0;
    out->body[0] = 0;
    memset(out->head, 0, sizeof out->head);
    while (!end && have < sizeof out->head - 1) {
        size_t n = read_some(fd, out->head + have, sizeof out->head - 1 - have, until);
        if (n == 0)
            return;
        have += n;
        end = strstr(out->head, "\r\n\r\n");
    }
    if (!end || sscanf(out->head, "HTTP/1.1 %d", &out->status) != 1)
        return;
    size_t head = (size_t)(end - out->head) + 4;
    out->body_len = have - head;
    memcpy(out->body, out->head + head, out->body_len);
    out->head[head - 2] = 0;
    size_t want = client_header(out, "Content-Length", length, sizeof length) ? (size_t)strtoul(length, NULL, 10) : out->body_len;
    assert_true(want < sizeof out->body);
    for (size_t n = 1; out->body_len < want && n > 0; out->body_len += n)
        n = read_some(fd, out->body + out->body_len, want - out->body_len, until);
    out->body[out->body_len] = 0;
    if (out->body_len < want)
        out->status = 0;
}

bool client_ended(int fd, int wait_ms)
{
    struct pollfd poller = {.fd = fd, .events = POLLIN};
    char rest[4096];
    int64_t until = time_steady_us() + wait_ms * 1000LL;
    for (;;) {
        int64_t left = (until - time_steady_us()) / 1000;
        if (left <= 0 || poll(&poller, 1, (int)left) <= 0)
            return false;
        if (recv(fd, rest, sizeof rest, 0) <= 0)
            return true;
    }
}

void client_call(int port, const char *verb, const char *target, const char *headers, const char *body, struct reply *out)
{
    char head[4096];
    int fd = client_connect(port);
    int n = snprintf(head, sizeof head, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s", verb, target, headers);
    assert_true(n > 0 && (size_t)n < sizeof head);
    client_send(fd, head);
    if (body) {
        snprintf(head, sizeof head, "Content-Length: %zu\r\n\r\n", strlen(body));
        client_send(fd, head);
        client_send(fd, body);
    } else {
        client_send(fd, "\r\n");
    }
    client_read(fd, out, KIT_PATIENCE_MS);
    close(fd);
}
