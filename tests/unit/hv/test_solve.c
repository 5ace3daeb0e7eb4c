/* hv's solver of challenges, against a vector that Python's hashlib and hmac made (see the gateway's test_proof.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <string.h>

#include "services/hv/output.h"
#include "services/hv/solve.h"

#define SALT      "000102030405060708090a0b?expires=1800000600&"
#define CHALLENGE "2701dca5c1a9f076221084a485360deb9843f101c196653e125aa17665e9775d"
#define SIGNATURE "a323230b4df6dbf3d37927f2154b89443ccb1b3470c180515d79981e494f1225"

static bool solve(const char *algorithm, const char *challenge, const char *salt, int most, char out[SOLVE_TEXT])
{
    json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:i}", "algorithm", algorithm, "challenge", challenge, "salt", salt, "signature",
                             SIGNATURE, "maxnumber", most);
    bool solved = solve_challenge(json, out);
    json_decref(json);
    return solved;
}

static void test_finds_the_number(void **state)
{
    char text[SOLVE_TEXT], plain[SOLVE_TEXT];
    size_t len = 0;
    (void)state;
    assert_true(solve("SHA-256", CHALLENGE, SALT, 12345, text));
    assert_int_equal(
        sodium_base642bin((uint8_t *)plain, sizeof plain, text, strlen(text), NULL, &len, NULL, sodium_base64_VARIANT_ORIGINAL), 0);
    json_t *solution = json_loadb(plain, len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(solution);
    assert_int_equal(output_number(solution, "number"), 12345);
    assert_string_equal(output_text(solution, "algorithm"), "SHA-256");
    assert_string_equal(output_text(solution, "challenge"), CHALLENGE);
    assert_string_equal(output_text(solution, "salt"), SALT);
    assert_string_equal(output_text(solution, "signature"), SIGNATURE);
    json_decref(solution);
}

static void test_what_cannot_be_solved(void **state)
{
    static char long_salt[400];
    char text[SOLVE_TEXT];
    (void)state;
    assert_false(solve("SHA-256", CHALLENGE, SALT, 12344, text));
    assert_string_equal(text, "");
    assert_false(solve("SHA-512", CHALLENGE, SALT, 12345, text));
    assert_false(solve("SHA-256", "27", SALT, 12345, text));
    assert_false(solve("SHA-256", "no hex", SALT, 12345, text));
    assert_false(solve("SHA-256", CHALLENGE, SALT, 2000000000, text)); /* nobody waits for hours */
    memset(long_salt, 'a', sizeof long_salt - 1);
    assert_false(solve("SHA-256", CHALLENGE, long_salt, 12345, text));
    json_t *nothing = json_object();
    assert_false(solve_challenge(nothing, text));
    json_decref(nothing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds_the_number),      /* the last number of the range, and all that goes back */
        cmocka_unit_test(test_what_cannot_be_solved), /* out of range, another algorithm, no challenge at all */
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
