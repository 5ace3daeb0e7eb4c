/* BLAKE2b-256 against known answers (made with Python's hashlib), keyed and not; random bytes that are not constant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "common/base/hash.h"

static void assert_hash(struct hash hash, const char *hex)
{
    char text[2 * HASH_SIZE + 1];
    for (size_t i = 0; i < HASH_SIZE; i++)
        snprintf(text + 2 * i, 3, "%02x", hash.b[i]);
    assert_string_equal(text, hex);
}

static void test_hash_known_answers(void **state)
{
    (void)state;
    const struct span abc = span_text("abc");
    assert_hash(hash_of(NULL, 0), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    assert_hash(hash_of(&abc, 1), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    assert_hash(hash_keyed(span_text("0123456789abcdef"), &abc, 1), "66b4857d42c644c61fca8c0bcea243e0e75088582c7964bbac6b92c02381d9c7");
}

static void test_hash_of_parts_is_the_hash_of_the_whole(void **state)
{
    (void)state;
    const struct span whole = span_text("abc"), parts[] = {span_text("a"), span_of(NULL, 0), span_text("bc")};
    struct hash one = hash_of(&whole, 1), three = hash_of(parts, 3);
    assert_true(hash_equal(&one, &three));
    struct hash keyed = hash_keyed(span_text("0123456789abcdef"), &whole, 1);
    assert_false(hash_equal(&one, &keyed));
    three.b[HASH_SIZE - 1] ^= 1;
    assert_false(hash_equal(&one, &three));
}

/* RFC 4231, test case 2 */
static void test_hash_hmac_known_answer(void **state)
{
    (void)state;
    const struct span parts[] = {span_text("what do ya want "), span_text("for nothing?")};
    assert_hash(hash_hmac_sha256(span_text("Jefe"), parts, 2), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

/* FIPS 180-4, the example of one block; sha256sum says the same */
static void test_hash_sha256_known_answer(void **state)
{
    (void)state;
    const struct span whole = span_text("abc"), parts[] = {span_text("a"), span_of(NULL, 0), span_text("bc")};
    const struct hash one = hash_sha256(&whole, 1), three = hash_sha256(parts, 3);
    char hex[HASH_TEXT];

    hash_hex(&one, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_true(hash_equal(&one, &three));
}

static void test_hash_fnv_known_answers(void **state)
{
    (void)state;
    assert_int_equal(hash_fnv(HASH_FNV_START, span_text("")), 0x811c9dc5);
    assert_int_equal(hash_fnv(HASH_FNV_START, span_text("a")), 0xe40c292c);
    assert_int_equal(hash_fnv(HASH_FNV_START, span_text("foobar")), 0xbf9cf968);
    assert_int_equal(hash_fnv(hash_fnv(HASH_FNV_START, span_text("foo")), span_text("bar")), 0xbf9cf968);
}

static void test_hash_random_bytes_fill_all_they_are_asked_for(void **state)
{
    (void)state;
    uint8_t a[4096] = {0}, b[4096] = {0};
    unsigned zero = 0;
    random_bytes(a, sizeof a);
    random_bytes(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
    for (size_t i = 0; i < sizeof a; i++)
        zero += a[i] == 0;
    assert_in_range(zero, 1, 64); /* 16 expected */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hash_known_answers),     cmocka_unit_test(test_hash_of_parts_is_the_hash_of_the_whole),
        cmocka_unit_test(test_hash_hmac_known_answer), cmocka_unit_test(test_hash_sha256_known_answer),
        cmocka_unit_test(test_hash_fnv_known_answers), cmocka_unit_test(test_hash_random_bytes_fill_all_they_are_asked_for),
    };
    return cmocka_run_group_tests_name("hash", tests, NULL, NULL);
}
