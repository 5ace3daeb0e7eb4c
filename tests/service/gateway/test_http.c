/* The way through the gateway and back, over real HTTP, a real bus and a real database: what is asked, who may, what is answered. */
#include "house.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BODY           "Content-Type: application/json\r\n"
#define IMPLEMENTATION "6597f4d2-6c3b-7a10-8f00-3b1e5a2c9d41"

static struct reply reply; /* large; one test at a time */

static void assert_rule(int status, const char *rule)
{
    char wanted[96], type[64];
    snprintf(wanted, sizeof wanted, "\"rule\":\"%s\"", rule);
    if (reply.status != status || !strstr(reply.body, wanted))
        print_message("answer %d: %s\n", reply.status, reply.body);
    assert_int_equal(reply.status, status);
    assert_non_null(strstr(reply.body, wanted));
    assert_string_equal(client_header(&reply, "Content-Type", type, sizeof type), "application/problem+json");
}

static void test_read_through(void **state)
{
    struct house *house = *state;
    char path[128], etag[16];
    house_path(path, sizeof path, "/api/programmes/%s", PROGRAMME_PLAIN);
    client_call(house->http, "GET", path, "", NULL, &reply);
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.body, "\"code\":\"vepo\""));
    assert_non_null(strstr(reply.body, "\"id\":\"0197f4d2-6c3b-7a10-8f00-3b1e5a2c9d41\""));
    assert_string_equal(client_header(&reply, "ETag", etag, sizeof etag), "\"7\"");
    /* The version stays while seats come and go, so it does not say that the reader has it all already. */
    char headers[640];
    snprintf(headers, sizeof headers, "%sIf-None-Match: %s\r\n", house->coordinator, etag);
    client_call(house->http, "GET", path, headers, NULL, &reply);
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.body, "\"code\":\"vepo\""));
    client_call(house->http, "HEAD", path, "", NULL, &reply);
    assert_non_null(strstr(reply.head, "HTTP/1.1 200"));
    assert_int_equal(reply.body_len, 0);
}

static void test_refusal_in_language(void **state)
{
    struct house *house = *state;
    char path[128];
    house_path(path, sizeof path, "/api/programmes/%s", PROGRAMME_ABSENT);
    client_call(house->http, "GET", path, "Accept-Language: en;q=0.5, sv\r\n", NULL, &reply);
    assert_rule(404, "enrolment.programme.unknown");
    assert_non_null(strstr(reply.body, "\"detail\":\"Utbildningen finns inte\""));
    assert_non_null(strstr(reply.body, "\"fi\":\"Koulutusta ei ole\""));
    assert_non_null(strstr(reply.body, "\"facts\":{\"asked\":\"yes\",\"programmeId\":\"02"));
    assert_non_null(strstr(reply.body, "\"field\":\"programmeId\""));
}

/* Which id it was stands in the facts, whoever says 404: a service, the gateway's own accounts, or nobody. */
static void test_absent_by_name(void **state)
{
    struct house *house = *state;
    char path[128], fact[128];
    house_path(path, sizeof path, "/api/programmes/%s", PROGRAMME_ABSENT);
    client_call(house->http, "GET", path, "", NULL, &reply);
    snprintf(fact, sizeof fact, "\"programmeId\":\"%s\"", strrchr(path, '/') + 1);
    assert_rule(404, "enrolment.programme.unknown");
    assert_non_null(strstr(reply.body, fact));
    assert_non_null(strstr(reply.body, "\"asked\":\"yes\"")); /* the service's own facts stay */
    char headers[640];
    house_path(path, sizeof path, "/api/programmes/%s/registrations", PROGRAMME_ABSENT);
    snprintf(headers, sizeof headers, BODY "%sIdempotency-Key: absent\r\n", house->participant);
    client_call(house->http, "POST", path, headers, "{\"implementationId\":\"" IMPLEMENTATION "\"}", &reply);
    assert_rule(404, "enrolment.implementation.unknown");
    assert_non_null(strstr(reply.body, fact));
    assert_non_null(strstr(reply.body, "\"implementationId\":\"" IMPLEMENTATION "\""));
    client_call(house->http, "DELETE", "/api/tokens/" IMPLEMENTATION, house->admin, NULL, &reply);
    assert_rule(404, "token.unknown");
    assert_non_null(strstr(reply.body, "\"facts\":{\"tokenId\":\"" IMPLEMENTATION "\"}"));
    client_call(house->http, "GET", "/api/events/no%20such%C3%A4/dead", house->admin, NULL, &reply);
    assert_rule(404, "request.service");
    assert_non_null(strstr(reply.body, "\"facts\":{\"service\":\"no suchä\"}"));
    client_call(house->http, "GET", "/api/events/a%FFb/dead", house->admin, NULL, &reply);
    assert_non_null(strstr(reply.body, "\"facts\":{\"service\":\"a\"}")); /* what is not UTF-8 does not come back */
    client_call(house->http, "GET", "/api/events/%zz/dead", house->admin, NULL, &reply);
    assert_rule(404, "request.service");
    assert_null(strstr(reply.body, "facts"));
}

static void enrol(struct house *house, const char *headers, const char *body)
{
    char path[128], all[1024];
    house_path(path, sizeof path, "/api/programmes/%s/registrations", PROGRAMME_PLAIN);
    snprintf(all, sizeof all, "%s%s", BODY, headers);
    client_call(house->http, "POST", path, all, body, &reply);
}

static void test_who_may(void **state)
{
    struct house *house = *state;
    char headers[640];
    enrol(house, "Idempotency-Key: a\r\n", "{}");
    assert_rule(401, "request.unauthenticated");
    assert_non_null(strstr(reply.body, "\"detail\":\"Kirjaudu ensin"));
    enrol(house, "Idempotency-Key: a\r\nAuthorization: Bearer hv1.forged.forged\r\n", "{}");
    assert_rule(401, "request.unauthenticated");
    assert_null(strstr(reply.body, "Kirjaudu ensin")); /* it is the token that is wrong */
    assert_non_null(strstr(reply.body, "API-tunnus"));
    client_call(house->http, "GET", "/api/accounts", house->coordinator, NULL, &reply);
    assert_rule(403, "request.forbidden");
    assert_non_null(strstr(reply.body, "\"roles\":\"admin\""));
    client_call(house->http, "GET", "/api/accounts", house->admin, NULL, &reply);
    assert_int_equal(reply.status, 200);
    snprintf(headers, sizeof headers, BODY "%sIdempotency-Key: b\r\n", house->admin);
    client_call(house->http, "POST", "/api/calls", headers, "{}", &reply);
    assert_rule(403, "request.forbidden");
    assert_non_null(strstr(reply.body, "\"roles\":\"preparer\"")); /* the role that would do, and no other */
    client_call(house->http, "GET", "/api/decision-reasons", house->participant, NULL, &reply);
    assert_rule(403, "request.forbidden");
    assert_non_null(strstr(reply.body, "\"roles\":\"admin, evaluator, preparer, presenter, decider\""));
    snprintf(headers, sizeof headers, "%sIdempotency-Key: a b\r\n", house->participant);
    enrol(house, headers, "{}");
    assert_rule(400, "request.idempotency-key");
    enrol(house, house->participant, "{}");
    assert_rule(428, "request.idempotency-key");
    assert_non_null(strstr(reply.body, "Idempotency-Key puuttuu"));
    client_call(house->http, "GET", "/api/events/gateway/streams", house->admin, NULL, &reply);
    assert_rule(404, "request.service");
}

static void test_enrol_and_repeat(void **state)
{
    struct house *house = *state;
    char headers[640], first[1024], replayed[8];
    snprintf(headers, sizeof headers, "%sIdempotency-Key: enrol-1\r\n", house->participant);
    enrol(house, headers, "{\"implementationId\":\"" IMPLEMENTATION "\"}");
    assert_int_equal(reply.status, 201);
    assert_non_null(strstr(reply.body, "\"state\":\"STATE_SEATED\""));
    assert_non_null(strstr(reply.body, "\"implementationId\":\"" IMPLEMENTATION "\""));
    assert_null(client_header(&reply, "Idempotency-Replayed", replayed, sizeof replayed));
    assert_true(reply.body_len < sizeof first);
    memcpy(first, reply.body, reply.body_len + 1);
    enrol(house, headers, "{\"implementationId\":\"" IMPLEMENTATION "\"}");
    assert_int_equal(reply.status, 201);
    assert_string_equal(client_header(&reply, "Idempotency-Replayed", replayed, sizeof replayed), "true");
    assert_string_equal(reply.body, first);
    enrol(house, headers, "{}");
    assert_rule(422, "request.key-reused");
}

/* The text between these two in the answer's body. */
static const char *body_part(const char *before, char *out, size_t size)
{
    const char *at = strstr(reply.body, before);
    assert_non_null(at);
    at += strlen(before);
    snprintf(out, size, "%.*s", (int)strcspn(at, "\""), at);
    return out;
}

/* An account, its session by cookie, and that a write with the cookie wants the CSRF token too. */
static void test_sign_in(void **state)
{
    struct house *house = *state;
    char headers[1024], cookie[512], csrf[128];
    snprintf(headers, sizeof headers, BODY "%s", house->admin);
    client_call(house->http, "POST", "/api/accounts", headers,
                "{\"accounts\":[{\"userName\":\"testi.testinen\",\"password\":\"correct horse staple\",\"roles\":[\"participant\"]}]}",
                &reply);
    assert_int_equal(reply.status, 201);
    client_call(house->http, "POST", "/api/session", BODY, "{\"userName\":\"testi.testinen\",\"password\":\"wrong horse staple\"}", &reply);
    assert_int_equal(reply.status, 401);
    client_call(house->http, "POST", "/api/session", BODY, "{\"userName\":\"testi.testinen\",\"password\":\"correct horse staple\"}",
                &reply);
    assert_int_equal(reply.status, 200);
    body_part("\"csrfToken\":\"", csrf, sizeof csrf);
    assert_non_null(client_header(&reply, "Set-Cookie", cookie, sizeof cookie));
    assert_non_null(strstr(cookie, "HttpOnly"));
    cookie[strcspn(cookie, ";")] = 0;

    snprintf(headers, sizeof headers, "Cookie: %s\r\n", cookie);
    client_call(house->http, "GET", "/api/session", headers, NULL, &reply);
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.body, "\"userName\":\"testi.testinen\""));
    client_call(house->http, "DELETE", "/api/session", headers, NULL, &reply);
    assert_rule(403, "request.csrf-token");
    snprintf(headers, sizeof headers, "Cookie: %s\r\nX-CSRF-Token: %s\r\n", cookie, csrf);
    client_call(house->http, "DELETE", "/api/session", headers, NULL, &reply);
    assert_int_equal(reply.status, 200);
}

#define CALL      "6697f4d2-6c3b-7a10-8f00-3b1e5a2c9d41"
#define PREPARER  "6797f4d2-6c3b-7a10-8f00-3b1e5a2c9d41"
#define EVALUATOR "6897f4d2-6c3b-7a10-8f00-3b1e5a2c9d41"
#define NOBODY    "6997f4d2-6c3b-7a10-8f00-3b1e5a2c9d41"
#define OFFICIAL(ID, ROLE)                                                                                                                 \
    "{\"personId\":\"" ID "\",\"role\":\"OFFICIAL_" ROLE "\",\"name\":\"Veera Valmistelija\",\"title\":\"asiantuntija\"}"

static void set_officials(struct house *house, const char *list)
{
    char headers[1024], body[1024];
    static int n;
    snprintf(headers, sizeof headers, BODY "%sIdempotency-Key: officials-%d\r\nIf-Match: \"1\"\r\n", house->admin, n++);
    snprintf(body, sizeof body, "{\"officials\":[%s]}", list);
    client_call(house->http, "PUT", "/api/calls/" CALL "/officials", headers, body, &reply);
}

/* Who is named as an official is an open account with that role: what is not never comes to the service, which is away in this house. */
static void test_officials_are_accounts(void **state)
{
    struct house *house = *state;
    char headers[640];
    snprintf(headers, sizeof headers, BODY "%s", house->admin);
    client_call(house->http, "POST", "/api/accounts", headers,
                "{\"accounts\":[{\"id\":\"" PREPARER "\",\"userName\":\"veera.valmistelija\",\"roles\":[\"preparer\"]},{\"id\":\"" EVALUATOR
                "\",\"userName\":\"aino.arvioija\",\"roles\":[\"evaluator\",\"applicant\"]}]}",
                &reply);
    assert_int_equal(reply.status, 201);
    client_call(house->http, "GET", "/api/accounts:find?userName=veera.valmistelija", house->coordinator, NULL, &reply);
    assert_int_equal(reply.status, 200);
    assert_non_null(
        strstr(reply.body, "{\"accounts\":[{\"id\":\"" PREPARER "\",\"userName\":\"veera.valmistelija\",\"roles\":[\"preparer\"]}]}"));
    client_call(house->http, "GET", "/api/accounts:find?role=evaluator", house->participant, NULL, &reply);
    assert_rule(403, "request.forbidden");
    assert_non_null(strstr(reply.body, "\"roles\":\"coordinator, admin, preparer, secretary\""));
    set_officials(house, OFFICIAL(PREPARER, "PREPARER") "," OFFICIAL(NOBODY, "DECIDER"));
    assert_rule(400, "account.named.nobody");
    assert_non_null(strstr(reply.body, "\"field\":\"officials[1].personId\""));
    set_officials(house, OFFICIAL(PREPARER, "PREPARER") "," OFFICIAL(EVALUATOR, "EVALUATOR") "," OFFICIAL(EVALUATOR, "DECIDER"));
    assert_rule(400, "account.named.role");
    assert_non_null(strstr(reply.body, "\"field\":\"officials[2].personId\""));
    assert_non_null(strstr(reply.body, "\"role\":\"decider\""));
    set_officials(house, OFFICIAL(PREPARER, "PREPARER") "," OFFICIAL(EVALUATOR, "EVALUATOR"));
    if (reply.status != 503 && reply.status != 504) /* asked, and not there */
        print_message("answer %d: %s\n", reply.status, reply.body);
    assert_true(reply.status == 503 || reply.status == 504);
}

static void post_as(struct house *house, const char *verb, const char *token, const char *path, const char *body)
{
    char headers[1024];
    static int n;
    snprintf(headers, sizeof headers, BODY "%sIdempotency-Key: named-%d\r\nIf-Match: \"1\"\r\n", token, n++);
    client_call(house->http, verb, path, headers, body, &reply);
}

static void assert_asked(void)
{
    if (reply.status != 503 && reply.status != 504) /* asked, and not there */
        print_message("answer %d: %s\n", reply.status, reply.body);
    assert_true(reply.status == 503 || reply.status == 504);
}

#define SECRETARY "7097f4d2-6c3b-7a10-8f00-3b1e5a2c9d41"
#define MEMBER    "7197f4d2-6c3b-7a10-8f00-3b1e5a2c9d41"
#define BOARD(SEAT)                                                                                                                        \
    "{\"municipality\":{\"code\":\"esimerkki\",\"boards\":[{\"code\":\"KH\",\"seats\":[{\"personId\":\"" MEMBER                            \
    "\",\"kind\":\"SEAT_CHAIR\"},"                                                                                                         \
    "{\"personId\":\"" SEAT "\",\"kind\":\"SEAT_MEMBER\"}]}],\"officials\":[{\"personId\":\"" SECRETARY                                    \
    "\",\"office\":\"OFFICE_SECRETARY\"}]}}"

/* The same for who sits on a board of a municipality; whoever is asked or nominated may be anybody with an open account. */
static void test_board_members_are_accounts(void **state)
{
    struct house *house = *state;
    char headers[640], token[300], presenter[400];
    snprintf(headers, sizeof headers, BODY "%s", house->admin);
    client_call(house->http, "POST", "/api/accounts", headers,
                "{\"withTokens\":true,\"accounts\":[{\"userName\":\"essi.esittelija\",\"roles\":[\"presenter\"]},{\"id\":\"" SECRETARY
                "\",\"userName\":\"silja.sihteeri\",\"roles\":[\"secretary\"]},{\"id\":\"" MEMBER
                "\",\"userName\":\"jaana.jasen\",\"roles\":[\"board-member\"]}]}",
                &reply);
    assert_int_equal(reply.status, 201);
    snprintf(presenter, sizeof presenter, "Authorization: Bearer %s\r\n", body_part("\"token\":\"", token, sizeof token));
    post_as(house, "POST", house->admin, "/api/municipalities:import", BOARD(NOBODY));
    assert_rule(400, "account.named.nobody");
    assert_non_null(strstr(reply.body, "\"field\":\"municipality.boards[0].seats[1].personId\""));
    post_as(house, "POST", house->admin, "/api/municipalities:import", BOARD(SECRETARY));
    assert_rule(400, "account.named.role");
    assert_non_null(strstr(reply.body, "\"role\":\"board-member\""));
    post_as(house, "POST", house->admin, "/api/municipalities:import", BOARD(MEMBER));
    assert_asked();
    post_as(house, "POST", presenter, "/api/municipalities:import", BOARD(MEMBER));
    assert_rule(403, "request.forbidden");
    assert_non_null(strstr(reply.body, "\"roles\":\"admin, secretary\""));
    post_as(house, "PUT", presenter, "/api/cases/" CALL "/proposal",
            "{\"proposal\":{\"nominations\":[{\"name\":\"N\"},{\"personId\":\"" NOBODY "\"}]}}");
    assert_rule(400, "account.named.nobody");
    assert_non_null(strstr(reply.body, "\"field\":\"proposal.nominations[1].personId\""));
    post_as(house, "PUT", presenter, "/api/cases/" CALL "/proposal", "{\"proposal\":{\"nominations\":[{\"personId\":\"" MEMBER "\"}]}}");
    assert_asked();
    post_as(house, "POST", presenter, "/api/cases/" CALL "/statements/" CALL ":give", "{\"referredPersonId\":\"" NOBODY "\"}");
    assert_rule(400, "account.named.nobody");
    assert_non_null(strstr(reply.body, "\"field\":\"referredPersonId\""));
}

static void test_version_travels(void **state)
{
    struct house *house = *state;
    char path[128], headers[640], etag[16];
    house_path(path, sizeof path, "/api/programmes/%s/cap", PROGRAMME_PLAIN);
    snprintf(headers, sizeof headers, BODY "%sIdempotency-Key: cap-1\r\n", house->coordinator);
    client_call(house->http, "PUT", path, headers, "{\"cap\":300}", &reply);
    assert_rule(428, "request.if-match");
    snprintf(headers, sizeof headers, BODY "%sIdempotency-Key: cap-2\r\nIf-Match: 7\r\n", house->coordinator);
    client_call(house->http, "PUT", path, headers, "{\"cap\":300}", &reply);
    assert_rule(400, "request.if-match");
    snprintf(headers, sizeof headers, BODY "%sIdempotency-Key: cap-3\r\nIf-Match: \"7\"\r\n", house->coordinator);
    client_call(house->http, "PUT", path, headers, "{\"cap\":300}", &reply);
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.body, "\"cap\":300"));
    assert_string_equal(client_header(&reply, "ETag", etag, sizeof etag), "\"8\"");
}

static void test_body_is_a_field(void **state)
{
    struct house *house = *state;
    char headers[640];
    snprintf(headers, sizeof headers, BODY "%sIdempotency-Key: person-1\r\n", house->coordinator);
    client_call(house->http, "PUT", "/api/persons/" IMPLEMENTATION, headers, "{\"name\":\"Testi Testinen\",\"language\":\"fi\"}", &reply);
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.body, "\"id\":\"" IMPLEMENTATION "\""));
    assert_non_null(strstr(reply.body, "\"name\":\"Testi Testinen\""));
}

static void test_nothing_there(void **state)
{
    struct house *house = *state;
    char allow[64];
    client_call(house->http, "GET", "/api/nothing", "", NULL, &reply);
    assert_rule(404, "request.not-found");
    client_call(house->http, "GET", "/api/challenge", "", NULL, &reply);
    assert_rule(404, "gateway.proof.off");
    client_call(house->http, "DELETE", "/api/me", "", NULL, &reply);
    assert_rule(405, "request.method");
    assert_string_equal(client_header(&reply, "Allow", allow, sizeof allow), "GET, PUT");
    client_call(house->http, "POST", "/health", BODY, "{}", &reply);
    assert_rule(405, "request.method");
    client_call(house->http, "GET", "/api/programmes/not-a-uuid", "", NULL, &reply);
    assert_rule(400, "request.field.uuid");
    client_call(house->http, "GET", "/api/programmes/%ff", "", NULL, &reply);
    assert_int_equal(reply.status, 400);
    client_call(house->http, "GET", "/api/programmes?pageSize=x", "", NULL, &reply);
    assert_rule(400, "request.field.type");
    client_call(house->http, "GET", "/api/programmes?size=1", "", NULL, &reply);
    assert_rule(400, "request.field.unknown");
    client_call(house->http, "GET", "/api/programmes?pageSize=1&pageSize=2", "", NULL, &reply);
    assert_rule(400, "request.field.twice");
    client_call(house->http, "GET", "/api/programmes?a\xff=1", "", NULL, &reply); /* what is not UTF-8 does not come back */
    assert_rule(400, "request.field.unknown");
    assert_non_null(strstr(reply.body, "\"field\":\"a\""));
}

/* A crowd asks for the same list while nobody has it yet: one question goes to the service. */
static void test_single_flight(void **state)
{
    enum { CROWD = 200 };
    struct house *house = *state;
    char path[128], request[256];
    int fds[CROWD];
    int before = atomic_load(&house->answerer.asked);
    house_path(path, sizeof path, "/api/programmes/%s", PROGRAMME_SLOW);
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
    for (int i = 0; i < CROWD; i++)
        client_send(fds[i] = client_connect(house->http), request);
    for (int i = 0; i < CROWD; i++) {
        client_read(fds[i], &reply, KIT_PATIENCE_MS);
        assert_int_equal(reply.status, 200);
        close(fds[i]);
    }
    assert_int_equal(atomic_load(&house->answerer.asked) - before, 1);
}

static void test_headers_of_all(void **state)
{
    struct house *house = *state;
    char value[128];
    static const char *const TARGETS[] = {"/", "/health/live", "/api/nothing", "/api/openapi.json"};
    for (size_t i = 0; i < sizeof TARGETS / sizeof TARGETS[0]; i++) {
        client_call(house->http, "GET", TARGETS[i], "", NULL, &reply);
        assert_string_equal(client_header(&reply, "X-Content-Type-Options", value, sizeof value), "nosniff");
        assert_non_null(strstr(client_header(&reply, "Content-Security-Policy", value, sizeof value), "default-src 'none'"));
        assert_string_equal(client_header(&reply, "Referrer-Policy", value, sizeof value), "no-referrer");
    }
}

/* The trace of the request is the one the client sent, when it is a valid one. */
static void test_trace_kept(void **state)
{
    struct house *house = *state;
    client_call(house->http, "GET", "/api/nothing", "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n", NULL,
                &reply);
    assert_non_null(strstr(reply.body, "\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\""));
    client_call(house->http, "GET", "/api/nothing", "traceparent: 00-4BF9-x\r\n", NULL, &reply);
    assert_null(strstr(reply.body, "4BF9"));
    assert_non_null(strstr(reply.body, "\"traceId\":\""));
}

/* In a house with its defaults: one that cuts off who is silent for a second may do so before a slow machine has made them all. */
static void test_thousand_connections(void **state)
{
    enum { CONNECTIONS = 1000, TIMES = 3 };
    struct house *house = *state;
    int *fds = calloc(CONNECTIONS, sizeof *fds);
    assert_non_null(fds);
    for (int i = 0; i < CONNECTIONS; i++)
        fds[i] = client_connect(house->http);
    for (int t = 0; t < TIMES; t++) {
        for (int i = 0; i < CONNECTIONS; i++)
            client_send(fds[i], "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        for (int i = 0; i < CONNECTIONS; i++) {
            client_read(fds[i], &reply, KIT_PATIENCE_MS);
            assert_int_equal(reply.status, 200);
        }
    }
    for (int i = 0; i < CONNECTIONS; i++)
        close(fds[i]);
    free(fds);
}

static bool not_ready(void *arg)
{
    const struct house *house = arg;
    client_call(house->http, "GET", "/health/ready", "", NULL, &reply);
    return reply.status == 503;
}

static bool ready_again(void *arg)
{
    return !not_ready(arg);
}

/* A service that is away (here: notification) is a warning; one's own database is not. */
static void test_readiness(void **state)
{
    struct house *house = *state;
    client_call(house->http, "GET", "/health/ready", "", NULL, &reply);
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.body, "\"status\":\"warn\",\"output\":\"hv-notification"));
    kit_pg_lock_out(house->pg, "hv_gateway");
    bool noticed = kit_wait_until(not_ready, house, KIT_PATIENCE_MS);
    kit_pg_let_in(house->pg, "hv_gateway");
    assert_true(noticed);
    assert_true(kit_wait_until(ready_again, house, KIT_PATIENCE_MS));
}

static void test_health_and_metrics(void **state)
{
    struct house *house = *state;
    client_call(house->http, "GET", "/health", "", NULL, &reply);
    assert_int_equal(reply.status, 503); /* nobody answers in the name of enrolment's health here */
    assert_non_null(strstr(reply.body, "\"enrolment:answers\":[{\"observedValue\":0"));
    assert_non_null(strstr(reply.body, "\"gateway:answers\":[{\"observedValue\":1"));
    client_call(house->http, "GET", "/metrics", "", NULL, &reply);
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.body, "http_requests_total{service=\"gateway\",instance=\"0\",route=\"GET /health\",code=\"503\"} 1\n"));
    assert_non_null(strstr(reply.body, "# TYPE http_request_seconds histogram\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_through),               /* a read goes through with its ETag; HEAD too */
        cmocka_unit_test(test_refusal_in_language),        /* a refusal in the reader's language, all texts beside */
        cmocka_unit_test(test_absent_by_name),             /* a 404 says which id was not found */
        cmocka_unit_test(test_who_may),                    /* 401, 403 with the roles that would do, 428 */
        cmocka_unit_test(test_enrol_and_repeat),           /* 201; the same key again: the same answer, marked */
        cmocka_unit_test(test_sign_in),                    /* an account, its cookie, its CSRF token */
        cmocka_unit_test(test_officials_are_accounts),     /* found by name; named only where they are accounts with the role */
        cmocka_unit_test(test_board_members_are_accounts), /* so is who sits on a board; nominees are anybody's account */
        cmocka_unit_test(test_version_travels),            /* If-Match is wanted, read, passed on */
        cmocka_unit_test(test_body_is_a_field),            /* body and path fill one message */
        cmocka_unit_test(test_nothing_there),              /* 404, 405 with Allow, bad parameters */
        cmocka_unit_test(test_single_flight),              /* 200 ask at once, the service is asked once */
        cmocka_unit_test(test_headers_of_all),             /* security headers everywhere */
        cmocka_unit_test(test_trace_kept),                 /* traceparent in, traceId out */
        cmocka_unit_test(test_thousand_connections),       /* 1,000 kept connections, three requests each */
        cmocka_unit_test(test_readiness),                  /* not ready without its database; without a service it warns */
        cmocka_unit_test(test_health_and_metrics),         /* the survey's two pages */
    };
    return cmocka_run_group_tests(tests, house_up, house_down);
}
