/* The proof of work: challenges as others compute them, solutions in every wrong shape, and that one solution buys one request.
 *
 * The numbers of the vector are not ours. Python said them:
 *   c = hashlib.sha256((SALT + "12345").encode()).hexdigest(); hmac.new(bytes(range(32)), c.encode(), hashlib.sha256).hexdigest() */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "services/gateway/route/spent.h"

#define NOW       1800000000LL
#define HEX       "000102030405060708090a0b"
#define SALT      HEX "?expires=1800000600&"
#define CHALLENGE "2701dca5c1a9f076221084a485360deb9843f101c196653e125aa17665e9775d"
#define SIGNATURE "a323230b4df6dbf3d37927f2154b89443ccb1b3470c180515d79981e494f1225"
#define NUMBER    12345

static struct proof_terms terms_of(uint32_t most)
{
    struct proof_terms terms = {.most = most};
    for (int i = 0; i < HASH_SIZE; i++)
        terms.key.b[i] = (uint8_t)i;
    return terms;
}

static void draw(const struct proof_terms *terms, uint64_t number, struct proof_challenge *out)
{
    uint8_t random[PROOF_RANDOM];
    for (int i = 0; i < 12; i++)
        random[i] = (uint8_t)i;
    memcpy(random + 12, &number, sizeof number);
    proof_draw(terms, random, NOW, out);
}

static void test_a_challenge_as_others_compute_it(void **state)
{
    const struct proof_terms terms = terms_of(50000), small = terms_of(9);
    struct proof_challenge challenge;
    (void)state;
    draw(&terms, NUMBER, &challenge);
    assert_string_equal(challenge.message.algorithm, "SHA-256");
    assert_string_equal(challenge.message.salt, SALT);
    assert_string_equal(challenge.message.challenge, CHALLENGE);
    assert_string_equal(challenge.message.signature, SIGNATURE);
    assert_int_equal(challenge.message.maxnumber, 50000);
    draw(&terms, NUMBER + 50001, &challenge); /* drawn from 0..most, both included */
    assert_string_equal(challenge.message.challenge, CHALLENGE);
    draw(&small, UINT64_MAX, &challenge);
    assert_int_equal(challenge.message.maxnumber, 9);
}

static enum proof check(const char *json, int64_t now_s, struct proof_solution *out)
{
    const struct proof_terms terms = terms_of(50000);
    char text[2048];
    sodium_bin2base64(text, sizeof text, (const uint8_t *)json, strlen(json), sodium_base64_VARIANT_ORIGINAL);
    return proof_check(&terms, span_text(text), now_s, out);
}

#define SOLUTION(algorithm, challenge, number, salt, signature, more)                                                                      \
    "{\"algorithm\":\"" algorithm "\",\"challenge\":\"" challenge "\",\"number\":" number ",\"salt\":\"" salt                              \
    "\",\"signature\":\"" signature "\"" more "}"
#define RIGHT SOLUTION("SHA-256", CHALLENGE, "12345", SALT, SIGNATURE, "")

static void test_a_right_solution(void **state)
{
    struct proof_solution solution, again;
    (void)state;
    assert_int_equal(check(RIGHT, NOW, &solution), PROOF_GOOD);
    assert_int_equal(solution.expires_s, NOW + PROOF_LIFE_S);
    assert_int_equal(check(SOLUTION("SHA-256", CHALLENGE, "12345", SALT, SIGNATURE, ",\"took\":812,\"test\":true"), NOW, &again),
                     PROOF_GOOD);
    assert_true(again.challenge == solution.challenge);
    assert_int_equal(check(RIGHT, NOW + PROOF_LIFE_S - 1, &again), PROOF_GOOD);
    assert_int_equal(check(RIGHT, NOW + PROOF_LIFE_S, &again), PROOF_EXPIRED);
}

/* "...600&" + "12345" is hashed as "...600&1" + "2345" is, and as "...6001" + "2345" would be without the '&'. */
static void test_wrong_solutions(void **state)
{
    static const char *const WRONG[] = {
        "",
        "{}",
        "[]",
        "\"text\"",
        "not json",
        SOLUTION("SHA-1", CHALLENGE, "12345", SALT, SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "12346", SALT, SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "-12345", SALT, SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "12345.0", SALT, SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "\"12345\"", SALT, SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "99999999999999999999", SALT, SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "2345", SALT "1", SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "12345", HEX "?expires=1800000601&", SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "12345", HEX "?expires=1800000600", SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "12345", HEX "?expires=&", SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "12345", HEX "?expires=9999999999999&", SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "12345", HEX, SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "12345", "", SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "12345", SALT, "", ""),
        SOLUTION("SHA-256", CHALLENGE, "12345", SALT, SIGNATURE "00", ""),
        SOLUTION("SHA-256", CHALLENGE, "12345", SALT, CHALLENGE, ""),
        SOLUTION("SHA-256", SIGNATURE, "12345", SALT, SIGNATURE, ""),
        SOLUTION("SHA-256", CHALLENGE, "12345", SALT, SIGNATURE, ",\"number\":12345"),
    };
    struct proof_solution solution;
    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        if (check(WRONG[i], NOW, &solution) != PROOF_WRONG)
            fail_msg("taken: %s", WRONG[i]);
    }
}

/* What no base64 is, and what is far too long; and a challenge that another key signed, right in all else. */
static void test_not_ours(void **state)
{
    static char large[PROOF_TEXT_MOST + 5];
    struct proof_terms terms = terms_of(50000);
    struct proof_solution solution;
    char text[1024];
    (void)state;
    assert_int_equal(proof_check(&terms, span_text("%%%"), NOW, &solution), PROOF_WRONG);
    assert_int_equal(proof_check(&terms, span_text("{}"), NOW, &solution), PROOF_WRONG);
    memset(large, 'A', sizeof large - 1);
    assert_int_equal(proof_check(&terms, span_text(large), NOW, &solution), PROOF_WRONG);
    large[PROOF_TEXT_MOST] = 0; /* the longest that is looked at */
    assert_int_equal(proof_check(&terms, span_text(large), NOW, &solution), PROOF_WRONG);
    sodium_bin2base64(text, sizeof text, (const uint8_t *)RIGHT, strlen(RIGHT), sodium_base64_VARIANT_ORIGINAL);
    assert_int_equal(proof_check(&terms, span_text(text), NOW, &solution), PROOF_GOOD);
    terms.key.b[0] ^= 1;
    assert_int_equal(proof_check(&terms, span_text(text), NOW, &solution), PROOF_WRONG);
}

static void test_good_for_one_request(void **state)
{
    const struct proof_solution one = {.challenge = 77, .expires_s = NOW}, other = {.challenge = 78, .expires_s = NOW};
    struct spent *spent = spent_new();
    (void)state;
    assert_true(spent_take(spent, &one, 5));
    assert_true(spent_take(spent, &one, 5)); /* the very same request again */
    assert_false(spent_take(spent, &one, 6));
    assert_false(spent_take(spent, &one, 0));
    assert_true(spent_take(spent, &other, 0));
    assert_false(spent_take(spent, &other, 0)); /* a request that is never the same twice */
    spent_free(spent);
}

/* Eight beside each other are remembered; the ninth takes the place of the one that expires first. */
static void test_a_full_neighbourhood(void **state)
{
    struct spent *spent = spent_new();
    struct proof_solution solution[9];
    (void)state;
    for (unsigned i = 0; i < 9; i++)
        solution[i] = (struct proof_solution){.challenge = 1 + ((uint64_t)i << 40), .expires_s = NOW + (i == 3 ? 0 : 100)};
    for (unsigned i = 0; i < 8; i++)
        assert_true(spent_take(spent, &solution[i], 1));
    for (unsigned i = 0; i < 8; i++)
        assert_false(spent_take(spent, &solution[i], 2));
    assert_true(spent_take(spent, &solution[8], 1));
    for (unsigned i = 0; i < 9; i++) {
        if (i != 3)
            assert_false(spent_take(spent, &solution[i], 2));
    }
    assert_true(spent_take(spent, &solution[3], 2));
    spent_free(spent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_challenge_as_others_compute_it), /* hash and signature as Python has them */
        cmocka_unit_test(test_a_right_solution),                 /* good until it expires, whatever else it says */
        cmocka_unit_test(test_wrong_solutions),                  /* 23 of them, digits moved from number to salt among them */
        cmocka_unit_test(test_not_ours),                         /* no base64, too long, another key */
        cmocka_unit_test(test_good_for_one_request),             /* used once; the same request again may bring it again */
        cmocka_unit_test(test_a_full_neighbourhood),             /* the one that expires first makes room */
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
