/* Accounts of the forgotten through a whole gateway: closed at once when the erasure went through it, and soon when it did not; many at
 * once; and followed from the beginning when the list was restored. */
#include "house.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/time.h"

static struct reply reply;

struct member {
    struct uuid id;
    char header[600];
};

/* An account made over the API, with a token. */
static struct member join(struct house *house, const char *name)
{
    struct member member;
    char headers[700], body[160], token[512], id[UUID_TEXT];
    snprintf(headers, sizeof headers, "Content-Type: application/json\r\n%s", house->admin);
    snprintf(body, sizeof body, "{\"accounts\":[{\"userName\":\"%s\",\"roles\":[\"participant\"]}],\"withTokens\":true}", name);
    client_call(house->http, "POST", "/api/accounts", headers, body, &reply);
    assert_int_equal(reply.status, 201);
    const char *at = strstr(reply.body, "\"id\":\"");
    assert_non_null(at);
    assert_int_equal(sscanf(at, "\"id\":\"%36[^\"]", id), 1);
    at = strstr(reply.body, "\"token\":\"");
    assert_non_null(at);
    assert_int_equal(sscanf(at, "\"token\":\"%511[^\"]", token), 1);
    assert_true(uuid_parse(&member.id, span_text(id)));
    snprintf(member.header, sizeof member.header, "Authorization: Bearer %s\r\n", token);
    return member;
}

struct looking {
    struct house *house;
    const struct member *member;
};

static bool is_out(void *arg)
{
    const struct looking *looking = arg;
    client_call(looking->house->http, "GET", "/api/tokens", looking->member->header, NULL, &reply);
    return reply.status == 401;
}

static bool gone_within(struct house *house, const struct member *member, int ms)
{
    struct looking looking = {house, member};
    return kit_wait_until(is_out, &looking, ms);
}

static void test_at_once(void **state)
{
    struct house *house = *state;
    const struct member aava = join(house, "aava.unohdettava"), onni = join(house, "onni");
    char headers[800];
    snprintf(headers, sizeof headers, "Content-Type: application/json\r\nIdempotency-Key: forget-me\r\n%s", aava.header);
    client_call(house->http, "POST", "/api/me:erase", headers, "{}", &reply);
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.body, "\"registrations\":2"));
    assert_true(gone_within(house, &aava, 2000)); /* long before the next look */
    assert_int_equal(kit_sql_int(house->pg, "select count(*) from gateway.account where user_name like '%%aava%%'"), 0);
    assert_false(gone_within(house, &onni, 50));
}

static void test_missed(void **state)
{
    struct house *house = *state;
    const struct member kaisa = join(house, "kaisa.esimerkki");
    assert_false(gone_within(house, &kaisa, 50));
    answerer_forget(&house->answerer, kaisa.id); /* through another gateway, which then died */
    assert_true(gone_within(house, &kaisa, KIT_PATIENCE_MS));
}

static bool has_mark(void *arg)
{
    const struct house *house = arg;
    return (size_t)kit_sql_int(house->pg, "select n from gateway.forgotten_mark") == atomic_load(&house->answerer.forgotten_count);
}

static void test_many_and_restored(void **state)
{
    struct house *house = *state;
    const struct member last = join(house, "viimeinen");
    for (int i = 0; i < 230; i++) /* more than two pages, of people without an account here */
        answerer_forget(&house->answerer, uuid_v7(time_now_us()));
    answerer_forget(&house->answerer, last.id);
    assert_true(gone_within(house, &last, KIT_PATIENCE_MS));
    assert_true(kit_wait_until(has_mark, house, KIT_PATIENCE_MS));

    const struct member early = join(house, "alusta");
    atomic_store(&house->answerer.forgotten_count, 0); /* the enrolment service's database is an old one */
    answerer_forget(&house->answerer, early.id);
    assert_true(gone_within(house, &early, KIT_PATIENCE_MS));
    assert_true(kit_wait_until(has_mark, house, KIT_PATIENCE_MS));
}

/* The next look comes later than test_at_once waits, and soon enough for those that wait for it. */
static int up(void **state)
{
    return setenv("HV_FORGOTTEN_SECONDS", "3", 1) == 0 ? house_up(state) : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"whoever asks to be forgotten has no account a moment later", test_at_once, NULL, NULL, NULL},
        {"an erasure this gateway did not see is found by asking", test_missed, NULL, NULL, NULL},
        {"page after page, and from the beginning when the list was restored", test_many_and_restored, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("accounts of the forgotten", tests, up, house_down);
}
