/* The proof of work over real HTTP: who must bring one, what it buys, and what is said of one that is no good. The solver is Python's,
 * and shares no code with the gateway. */
#include "house.h"

#include <stdio.h>
#include <string.h>

#define BODY           "Content-Type: application/json\r\n"
#define IMPLEMENTATION "6597f4d2-6c3b-7a10-8f00-3b1e5a2c9d41"
#define WANTED         "{\"implementationId\":\"" IMPLEMENTATION "\"}"

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

static void assert_status(int status)
{
    if (reply.status != status)
        print_message("answer %d: %s\n", reply.status, reply.body);
    assert_int_equal(reply.status, status);
}

/* A fresh solution, as a header line. */
static void solve(const struct house *house, char out[1200])
{
    char path[96], line[256], value[64], solution[1024];
    client_call(house->http, "GET", "/api/challenge", "", NULL, &reply);
    assert_status(200);
    assert_string_equal(client_header(&reply, "Cache-Control", value, sizeof value), "no-store");
    snprintf(path, sizeof path, "%s/challenge", house->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fwrite(reply.body, 1, reply.body_len, file);
    assert_int_equal(fclose(file), 0);
    snprintf(line, sizeof line, "/usr/bin/python3 %s <%s", SOLVE_PROOF, path);
    FILE *solver = popen(line, "r");
    assert_non_null(solver);
    assert_non_null(fgets(solution, sizeof solution, solver));
    assert_int_equal(pclose(solver), 0);
    snprintf(out, 1200, "X-Proof-Of-Work: %.*s\r\n", (int)strcspn(solution, "\n"), solution);
}

static void enrol(const struct house *house, const char *who, const char *key, const char *proof, const char *body)
{
    char path[128], headers[2400];
    house_path(path, sizeof path, "/api/programmes/%s/registrations", PROGRAMME_PLAIN);
    snprintf(headers, sizeof headers, BODY "%s%s%s", who, key, proof);
    client_call(house->http, "POST", path, headers, body, &reply);
}

static void test_missing_and_wrong(void **state)
{
    struct house *house = *state;
    enrol(house, house->participant, "Idempotency-Key: a\r\n", "", WANTED);
    assert_rule(403, "gateway.proof.missing");
    assert_non_null(strstr(reply.body, "\"facts\":{\"challenge\":\"/api/challenge\"}"));
    assert_non_null(strstr(reply.body, "\"field\":\"X-Proof-Of-Work\""));
    enrol(house, house->participant, "Idempotency-Key: a\r\n", "X-Proof-Of-Work: e30=\r\n", WANTED);
    assert_rule(403, "gateway.proof.wrong");
}

static void test_one_solution_one_request(void **state)
{
    struct house *house = *state;
    char proof[1200], replayed[8];
    solve(house, proof);
    enrol(house, house->participant, "", proof, WANTED);
    assert_rule(428, "request.idempotency-key"); /* refused before the toll: nothing is spent */
    enrol(house, house->participant, "Idempotency-Key: one\r\n", proof, WANTED);
    assert_status(201);
    enrol(house, house->participant, "Idempotency-Key: one\r\n", proof, WANTED);
    assert_status(201);
    assert_string_equal(client_header(&reply, "Idempotency-Replayed", replayed, sizeof replayed), "true");
    enrol(house, house->participant, "Idempotency-Key: two\r\n", proof, WANTED);
    assert_rule(403, "gateway.proof.used");
    enrol(house, house->participant, "Idempotency-Key: one\r\n", proof, "{}");
    assert_rule(403, "gateway.proof.used");
    solve(house, proof);
    enrol(house, house->participant, "Idempotency-Key: one\r\n", proof, WANTED);
    assert_status(201); /* the key is what makes it the same, not the proof */
    assert_string_equal(client_header(&reply, "Idempotency-Replayed", replayed, sizeof replayed), "true");
}

static void test_staff_and_other_writes_go_free(void **state)
{
    struct house *house = *state;
    char headers[640];
    enrol(house, house->coordinator, "Idempotency-Key: staff\r\n", "", WANTED);
    assert_status(201);
    snprintf(headers, sizeof headers, BODY "%sIdempotency-Key: me\r\n", house->participant);
    client_call(house->http, "PUT", "/api/me", headers, "{\"name\":\"Testi Testinen\"}", &reply);
    assert_status(200);
}

static void sign_in(const struct house *house, const char *proof, const char *password)
{
    char headers[1400], body[128];
    snprintf(headers, sizeof headers, BODY "Idempotency-Key: same\r\n%s", proof);
    snprintf(body, sizeof body, "{\"userName\":\"testi.testinen\",\"password\":\"%s\"}", password);
    client_call(house->http, "POST", "/api/session", headers, body, &reply);
}

/* A try at a password is a try, whatever key it carries. */
static void test_sign_in_pays_each_time(void **state)
{
    struct house *house = *state;
    char headers[640], proof[1200];
    snprintf(headers, sizeof headers, BODY "%s", house->admin);
    client_call(house->http, "POST", "/api/accounts", headers,
                "{\"accounts\":[{\"userName\":\"testi.testinen\",\"password\":\"correct horse staple\",\"roles\":[\"participant\"]}]}",
                &reply);
    assert_status(201);
    sign_in(house, "", "correct horse staple");
    assert_rule(403, "gateway.proof.missing");
    solve(house, proof);
    sign_in(house, proof, "wrong horse staple");
    assert_rule(401, "account.sign-in.wrong");
    sign_in(house, proof, "wrong horse staple");
    assert_rule(403, "gateway.proof.used");
    solve(house, proof);
    sign_in(house, proof, "correct horse staple");
    assert_status(200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_missing_and_wrong),              /* 403, and where to get a challenge */
        cmocka_unit_test(test_one_solution_one_request),       /* the same request again, and no other */
        cmocka_unit_test(test_staff_and_other_writes_go_free), /* a coordinator enrols, a participant edits, without one */
        cmocka_unit_test(test_sign_in_pays_each_time),         /* a solution for each try at a password */
    };
    return cmocka_run_group_tests(tests, house_up_proof, house_down);
}
