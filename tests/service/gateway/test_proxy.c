/* Behind a proxy of ours: whose tries are counted together. The proxy's word is the last address of the last X-Forwarded-For, whether it
 * adds to the client's line or writes one of its own; what the client said itself buys it nothing. */
#include "house.h"

#include <stdio.h>
#include <string.h>

enum { TRIES = 5 }; /* of one account from one address, as THROTTLE_PAIR_MOST has it */

static struct reply reply;

/* A wrong sign-in whose headers are `forwarded`, with the number of the try where it has a %d. */
static int try_in(const struct house *house, const char *name, const char *forwarded, int number)
{
    char headers[512] = "Content-Type: application/json\r\n", body[128];
    const size_t len = strlen(headers);
    snprintf(headers + len, sizeof headers - len, forwarded, number);
    snprintf(body, sizeof body, "{\"userName\":\"%s\",\"password\":\"wrong horse staple\"}", name);
    client_call(house->http, "POST", "/api/session", headers, body, &reply);
    return reply.status;
}

static void assert_counted_as_one(const struct house *house, const char *name, const char *forwarded)
{
    for (int i = 0; i < TRIES; i++)
        assert_int_equal(try_in(house, name, forwarded, i), 401);
    assert_int_equal(try_in(house, name, forwarded, TRIES), 429);
}

static void test_a_line_of_the_clients_own(void **state)
{
    struct house *house = *state;
    assert_counted_as_one(house, "lisa.lisatty", "X-Forwarded-For: 192.0.2.%d\r\nX-Forwarded-For: 198.51.100.7\r\n");
    /* The same account from elsewhere still may. */
    assert_int_equal(try_in(house, "lisa.lisatty", "X-Forwarded-For: 198.51.100.%d\r\n", 8), 401);
}

static void test_addresses_of_the_clients_own(void **state)
{
    assert_counted_as_one(*state, "lista.listattu", "x-forwarded-for: 192.0.2.%d, 198.51.100.7\r\n");
}

static void test_addresses_of_one_network(void **state)
{
    struct house *house = *state;
    assert_counted_as_one(house, "verkko.verkollinen", "X-Forwarded-For: 2001:db8:0:1::%d\r\n");
    assert_int_equal(try_in(house, "verkko.verkollinen", "X-Forwarded-For: 2001:db8:0:2::%d\r\n", 1), 401);
    /* IPv4 inside IPv6 is an address of its own each time. */
    for (int i = 0; i <= TRIES; i++)
        assert_int_equal(try_in(house, "vanha.verkko", "X-Forwarded-For: ::ffff:192.0.2.%d\r\n", i), 401);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_line_of_the_clients_own),    /* a second header line, before the proxy's: still one client */
        cmocka_unit_test(test_addresses_of_the_clients_own), /* addresses before the proxy's in one line: still one client */
        cmocka_unit_test(test_addresses_of_one_network),     /* an IPv6 /64 is one client; IPv4 hosts written as IPv6 are not */
    };
    return cmocka_run_group_tests(tests, house_up_proxy, house_down);
}
