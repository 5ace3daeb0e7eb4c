/* Whatever a client does, it hears a clear error or is cut off, and nobody else notices. The gateway here is a strict one. */
#include "house.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BODY "Content-Type: application/json\r\n"

static struct reply reply;

static void assert_rule(int status, const char *rule)
{
    char wanted[96];
    snprintf(wanted, sizeof wanted, "\"rule\":\"%s\"", rule);
    if (reply.status != status || !strstr(reply.body, wanted))
        print_message("answer %d: %s\n", reply.status, reply.body);
    assert_int_equal(reply.status, status);
    assert_non_null(strstr(reply.body, wanted));
}

/* Somebody else is served as if nothing had happened. */
static void assert_others_served(const struct house *house)
{
    client_call(house->http, "GET", "/health/live", "", NULL, &reply);
    assert_int_equal(reply.status, 200);
}

static void post(const struct house *house, const void *body, size_t len)
{
    char head[1024], path[128];
    house_path(path, sizeof path, "/api/programmes/%s/registrations", PROGRAMME_PLAIN);
    snprintf(head, sizeof head, "POST %s HTTP/1.1\r\nHost: localhost\r\n%s%sIdempotency-Key: k\r\nContent-Length: %zu\r\n\r\n", path, BODY,
             house->participant, len);
    int fd = client_connect(house->http);
    client_send(fd, head);
    client_send_bytes(fd, body, len);
    client_read(fd, &reply, KIT_PATIENCE_MS);
    close(fd);
}

static void test_half_a_body(void **state)
{
    struct house *house = *state;
    int fd = client_connect(house->http);
    client_send(fd, "POST /api/session HTTP/1.1\r\nHost: localhost\r\n" BODY "Content-Length: 100\r\n\r\n{\"userName\":");
    assert_others_served(house);
    assert_true(client_ended(fd, KIT_PATIENCE_MS));
    close(fd);
    assert_others_served(house);
}

/* A byte now and then keeps the connection from being silent, but not the request from being late: in its body, in its head, and before
 * the end of its first line, on a new connection as on one that has been served. */
static void test_dripping(void **state)
{
    struct house *house = *state;
    static const char SERVED[] = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    static const struct {
        const char *first, *drop;
        bool served;
    } CASES[] = {
        {"POST /api/session HTTP/1.1\r\nHost: localhost\r\n" BODY "Content-Length: 1000\r\n\r\n", " ", false},
        {"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ", "x", false},
        {"GET /", "x", false},
        {"GET /", "x", true},
        {"", "\r\n", false},
    };
    for (size_t c = 0; c < sizeof CASES / sizeof CASES[0]; c++) {
        int fd = client_connect(house->http);
        bool ended = false;
        if (CASES[c].served) {
            client_send(fd, SERVED);
            client_read(fd, &reply, KIT_PATIENCE_MS);
        }
        client_send(fd, CASES[c].first);
        for (int i = 0; i < 20 && !ended; i++) {
            client_send(fd, CASES[c].drop);
            ended = client_ended(fd, 300);
        }
        if (!ended)
            print_message("still there: %s\n", CASES[c].first);
        assert_true(ended);
        close(fd);
        assert_others_served(house);
    }
}

/* What two readers could read as two requests, or as two callers: refused by name, and the line is closed. */
static void test_heads_said_twice(void **state)
{
    struct house *house = *state;
    static const struct {
        const char *headers, *field;
    } CASES[] = {
        {"Content-Length: 2\r\nContent-Length: 3\r\n", "Content-Length"},
        {"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding"},
        {"Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding"},
        {"Transfer-Encoding: xchunked\r\n", "Transfer-Encoding"},
        {"Content-Length: 2\r\nhost: elsewhere\r\n", "Host"},
        {"Content-Length: 2\r\nAuthorization: Bearer a\r\nauthorization: Bearer b\r\n", "Authorization"},
        {"Content-Length: 2\r\nIdempotency-Key: a\r\nIdempotency-Key: a\r\n", "Idempotency-Key"},
        {"Content-Length: 2\r\nIf-Match: \"1\"\r\nIf-Match: \"2\"\r\n", "If-Match"},
        {"Content-Length: 2\r\nX-CSRF-Token: a\r\nX-CSRF-Token: b\r\n", "X-CSRF-Token"},
        {"Content-Length: 2\r\nX-Proof-Of-Work: a\r\nX-Proof-Of-Work: b\r\n", "X-Proof-Of-Work"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        char text[512], field[64];
        int fd = client_connect(house->http);
        snprintf(text, sizeof text, "POST /api/session HTTP/1.1\r\nHost: localhost\r\n" BODY "%s\r\n{}", CASES[i].headers);
        client_send(fd, text);
        client_read(fd, &reply, KIT_PATIENCE_MS);
        assert_rule(400, "request.header");
        snprintf(field, sizeof field, "\"field\":\"%s\"", CASES[i].field);
        assert_non_null(strstr(reply.body, field));
        assert_true(client_ended(fd, KIT_PATIENCE_MS));
        close(fd);
    }
    assert_others_served(house);
}

static void test_announced_too_much(void **state)
{
    struct house *house = *state;
    int fd = client_connect(house->http);
    client_send(fd, "POST /api/session HTTP/1.1\r\nHost: localhost\r\n" BODY "Content-Length: 1073741824\r\n\r\n{");
    client_read(fd, &reply, KIT_PATIENCE_MS);
    assert_rule(413, "request.too-large");
    assert_true(client_ended(fd, KIT_PATIENCE_MS));
    close(fd);
    assert_others_served(house);
}

/* {} is not too large: it does not belong there. */
static void test_body_of_a_get(void **state)
{
    struct house *house = *state;
    static const char *const BODIES[] = {"Content-Length: 2\r\n\r\n{}", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"};
    for (size_t i = 0; i < sizeof BODIES / sizeof BODIES[0]; i++) {
        char text[256];
        int fd = client_connect(house->http);
        snprintf(text, sizeof text, "GET /api/programmes HTTP/1.1\r\nHost: localhost\r\n" BODY "%s", BODIES[i]);
        client_send(fd, text);
        client_read(fd, &reply, KIT_PATIENCE_MS);
        assert_rule(400, "request.body");
        close(fd);
    }
    assert_others_served(house);
}

/* Without a length nobody knows what will come: what is too much is thrown away, and at last the line is cut. */
static void test_chunks_without_end(void **state)
{
    struct house *house = *state;
    static char chunk[8 + 16384 + 3];
    int fd = client_connect(house->http);
    int n = snprintf(chunk, sizeof chunk, "4000\r\n");
    memset(chunk + n, 'x', 16384);
    memcpy(chunk + n + 16384, "\r\n", 2);
    client_send(fd, "POST /api/session HTTP/1.1\r\nHost: localhost\r\n" BODY "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 200; i++) /* 3 MiB */
        client_send_bytes(fd, chunk, (size_t)n + 16384 + 2);
    assert_true(client_ended(fd, KIT_PATIENCE_MS));
    close(fd);
    assert_others_served(house);
}

static void test_body_over_its_limit(void **state)
{
    struct house *house = *state;
    enum { SIZE = 70 * 1024 };
    char *body = calloc(1, SIZE);
    assert_non_null(body);
    memset(body, ' ', SIZE);
    post(house, body, SIZE);
    assert_rule(413, "request.too-large");
    free(body);
}

static void test_bodies_that_are_not_right(void **state)
{
    struct house *house = *state;
    char deep[600];
    const struct {
        const char *body, *rule;
    } CASES[] = {
        {"{", "request.json"},
        {"[]", "request.object"},
        {"{\"implementationId\":1}", "request.field.type"},
        {"{\"implementationId\":\"x\"}", "request.field.uuid"},
        {"{\"nobody\":1}", "request.field.unknown"},
        {"{\"personId\":null,\"personId\":null}", "request.field.twice"},
        {"{\"implementationId\":\"\xff\xfe\"}", "request.utf8"},
        {"{\"implementationId\":\"\\u0000\"}", "request.utf8"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        post(house, CASES[i].body, strlen(CASES[i].body));
        assert_rule(400, CASES[i].rule);
    }
    memset(deep, '[', sizeof deep);
    post(house, deep, sizeof deep);
    assert_rule(400, "request.json"); /* never closed; the parser's own depth is far more than this */
    post(house, "not json at all", 15);
    assert_rule(400, "request.json");
}

/* What is not HTTP at all, or a head larger than there is room for: an error of the library's own, then the line is closed. */
static void test_heads_that_are_not_right(void **state)
{
    struct house *house = *state;
    static char large[40 * 1024];
    memset(large, 'h', sizeof large - 1);
    const char *const HEADS[] = {"\x16\x03\x01 nonsense\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\nX: ", "GET /"};
    for (size_t i = 0; i < sizeof HEADS / sizeof HEADS[0]; i++) {
        int fd = client_connect(house->http);
        client_send(fd, HEADS[i]);
        if (i >= 2)
            client_send(fd, large);
        assert_true(client_ended(fd, KIT_PATIENCE_MS));
        close(fd);
        assert_others_served(house);
    }
}

static void test_media_type(void **state)
{
    struct house *house = *state;
    client_call(house->http, "POST", "/api/session", "Content-Type: text/plain\r\n", "{}", &reply);
    assert_rule(415, "request.media-type");
    assert_non_null(strstr(reply.body, "\"field\":\"Content-Type\""));
}

/* Clients that leave while their answer is being made: the answers come to nobody, and that is all. */
static void test_clients_gone_while_waiting(void **state)
{
    struct house *house = *state;
    char path[128], request[1024];
    for (int i = 0; i < 3; i++) {
        house_path(path, sizeof path, "/api/programmes/%s/registrations", PROGRAMME_SLOW);
        snprintf(request, sizeof request, "POST %s HTTP/1.1\r\nHost: localhost\r\n%sIdempotency-Key: gone-%d\r\nContent-Length: 0\r\n\r\n",
                 path, house->participant, i);
        int fd = client_connect(house->http);
        client_send(fd, request);
        kit_sleep_ms(20);
        close(fd);
    }
    assert_others_served(house);
    kit_sleep_ms(4 * ANSWERER_SLOW_MS);
    assert_others_served(house);
}

static void test_answer_too_late(void **state)
{
    struct house *house = *state;
    char path[128];
    house_path(path, sizeof path, "/api/programmes/%s", PROGRAMME_STUCK);
    client_call(house->http, "GET", path, "", NULL, &reply);
    assert_true(reply.status == 503 || reply.status == 504);
    kit_sleep_ms(ANSWERER_STUCK_MS);
    assert_others_served(house);
}

static bool refused(void *arg)
{
    const struct house *house = arg;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)house->http), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool taken = connect(fd, (const struct sockaddr *)&to, sizeof to) == 0;
    close(fd);
    return !taken;
}

/* What is under way when the gateway is asked to stop is answered first; it then ends with 0. */
static void test_stop_answers_first(void **state)
{
    struct house *house = *state;
    char path[128], request[256];
    int fd = client_connect(house->http);
    house_path(path, sizeof path, "/api/programmes/%s?", PROGRAMME_SLOW);
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
    client_send(fd, request);
    kit_sleep_ms(100);
    assert_int_equal(kill(house->gateway, SIGTERM), 0);
    assert_true(kit_wait_until(refused, house, KIT_PATIENCE_MS)); /* who comes now is not left waiting for nobody */
    client_read(fd, &reply, KIT_PATIENCE_MS);
    assert_int_equal(reply.status, 200);
    assert_int_equal(kit_join(house->gateway, KIT_PATIENCE_MS), 0);
    house->gateway = 0;
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_half_a_body),                /* half a body, then silence: cut off */
        cmocka_unit_test(test_dripping),                   /* a byte now and then: cut off when the request is late */
        cmocka_unit_test(test_heads_said_twice),           /* unclear lengths, headers given twice: 400, closed */
        cmocka_unit_test(test_announced_too_much),         /* a length of 1 GiB: 413 before a byte of it is read */
        cmocka_unit_test(test_body_of_a_get),              /* a GET takes no body: 400, not "too large" */
        cmocka_unit_test(test_chunks_without_end),         /* chunks without end: cut off */
        cmocka_unit_test(test_body_over_its_limit),        /* 70 KiB where 64 are allowed: 413 */
        cmocka_unit_test(test_bodies_that_are_not_right),  /* bad JSON, types, UTF-8, NUL: 400 with the rule */
        cmocka_unit_test(test_heads_that_are_not_right),   /* no HTTP, a head of 40 KiB: closed */
        cmocka_unit_test(test_media_type),                 /* text/plain: 415 */
        cmocka_unit_test(test_clients_gone_while_waiting), /* clients that leave early disturb nobody */
        cmocka_unit_test(test_answer_too_late),            /* a service that takes too long: 503 or 504, in time */
        cmocka_unit_test(test_stop_answers_first),         /* SIGTERM: what is under way is answered, then 0 */
    };
    return cmocka_run_group_tests(tests, house_up_strict, house_down);
}
