/* The keyring: the file of keys, sealing, and what a sealed answer does not open to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "services/enrolment/handler/keyring.h"

#define KEY_A "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define KEY_B "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"

static struct arena *arena;

static enum err read_text(const char *text, struct keyring **out)
{
    char path[] = "/tmp/hv-keyring-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    (void)close(fd);
    const enum err err = keyring_read(out, path);
    (void)unlink(path);
    return err;
}

static struct keyring *keyring_of(const char *text)
{
    struct keyring *keyring = NULL;
    assert_int_equal(read_text(text, &keyring), ERR_OK);
    return keyring;
}

static struct uuid id_of(uint8_t n)
{
    struct uuid id = {{0}};
    id.b[15] = n;
    return id;
}

static void test_file(void **state)
{
    size_t count;
    (void)state;
    struct keyring *keyring = keyring_of("# the keys\n2 " KEY_B "\n\n10\t" KEY_A "\r\n1 " KEY_A "\n");
    assert_int_equal(keyring_newest(keyring), 10);
    const uint32_t *older = keyring_older(keyring, arena, &count);
    assert_int_equal(count, 2);
    assert_int_equal(older[0], 2);
    assert_int_equal(older[1], 1);
    keyring_free(keyring);
    assert_int_equal(keyring_newest(NULL), 0);
    (void)keyring_older(NULL, arena, &count);
    assert_int_equal(count, 0);
}

static void test_file_mistakes(void **state)
{
    static const char *const bad[] = {"",
                                      "# nothing\n",
                                      KEY_A "\n",
                                      "0 " KEY_A "\n",
                                      "-1 " KEY_A "\n",
                                      "4294967297 " KEY_A "\n",
                                      "1 " KEY_A "0\n",
                                      "1 " KEY_A " again\n",
                                      "1 00112233\n",
                                      "1 " KEY_A "\n1 " KEY_B "\n",
                                      "1 zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"};
    struct keyring *keyring = NULL;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(read_text(bad[i], &keyring), ERR_INVALID);
    assert_int_equal(keyring_read(&keyring, "/nonexistent/keys"), ERR_NOT_FOUND);
    assert_null(keyring);
}

static bool opens(const struct keyring *keyring, uint32_t key, uint8_t registration, const char *code, struct span sealed, const char *text)
{
    struct span plain = {NULL, 0};
    return keyring_open(keyring, arena, key, id_of(registration), code, sealed, &plain) && span_equal(plain, span_text(text));
}

static bool contains(struct span bytes, const char *word)
{
    const size_t len = strlen(word);
    for (size_t i = 0; i + len <= bytes.len; i++)
        if (memcmp(bytes.data + i, word, len) == 0)
            return true;
    return false;
}

static void test_seal_and_open(void **state)
{
    (void)state;
    struct keyring *keyring = keyring_of("1 " KEY_A "\n");
    const struct span sealed = keyring_seal(keyring, arena, id_of(1), "diet", span_text("ei gluteenia"));
    const struct span again = keyring_seal(keyring, arena, id_of(1), "diet", span_text("ei gluteenia"));
    assert_true(opens(keyring, 1, 1, "diet", sealed, "ei gluteenia"));
    assert_false(span_equal(sealed, again)); /* a nonce of its own each time */
    assert_false(contains(sealed, "gluteenia"));
    assert_true(opens(keyring, 1, 1, "x", keyring_seal(keyring, arena, id_of(1), "x", span_of(NULL, 0)), ""));
    keyring_free(keyring);
}

static void test_opens_nowhere_else(void **state)
{
    (void)state;
    struct keyring *keyring = keyring_of("1 " KEY_A "\n2 " KEY_B "\n"), *other = keyring_of("2 " KEY_A "\n");
    const struct span sealed = keyring_seal(keyring, arena, id_of(1), "diet", span_text("vegaani"));
    assert_true(opens(keyring, 2, 1, "diet", sealed, "vegaani"));
    assert_false(opens(keyring, 2, 2, "diet", sealed, "vegaani")); /* another registration */
    assert_false(opens(keyring, 2, 1, "diex", sealed, "vegaani"));
    assert_false(opens(keyring, 2, 1, "dietx", sealed, "vegaani")); /* another question */
    assert_false(opens(keyring, 1, 1, "diet", sealed, "vegaani"));  /* another key */
    assert_false(opens(keyring, 3, 1, "diet", sealed, "vegaani"));  /* no such key */
    assert_false(opens(other, 2, 1, "diet", sealed, "vegaani"));    /* the same number, other bytes */
    assert_false(opens(NULL, 2, 1, "diet", sealed, "vegaani"));
    for (size_t i = 0; i < sealed.len; i++) {
        uint8_t *changed = arena_alloc(arena, sealed.len);
        memcpy(changed, sealed.data, sealed.len);
        changed[i] ^= 1;
        assert_false(opens(keyring, 2, 1, "diet", span_of(changed, sealed.len), "vegaani"));
        assert_false(opens(keyring, 2, 1, "diet", span_of(sealed.data, i), "vegaani")); /* cut off */
    }
    keyring_free(keyring);
    keyring_free(other);
}

/* "yes" and "no" look alike, and so does everything of up to a block. */
static void test_length_hidden(void **state)
{
    char text[200];
    (void)state;
    memset(text, 'x', sizeof text);
    struct keyring *keyring = keyring_of("1 " KEY_A "\n");
    const size_t yes = keyring_seal(keyring, arena, id_of(1), "a", span_text("yes")).len;
    assert_int_equal(keyring_seal(keyring, arena, id_of(1), "a", span_text("no")).len, yes);
    assert_int_equal(keyring_seal(keyring, arena, id_of(1), "a", span_of(text, 63)).len, yes);
    assert_int_equal(keyring_seal(keyring, arena, id_of(1), "a", span_of(text, 64)).len, yes + 64);
    for (size_t len = 0; len < sizeof text; len++) {
        const struct span sealed = keyring_seal(keyring, arena, id_of(1), "a", span_of(text, len));
        struct span plain;
        assert_true(keyring_open(keyring, arena, 1, id_of(1), "a", sealed, &plain));
        assert_int_equal(plain.len, len);
    }
    keyring_free(keyring);
}

static int begin(void **state)
{
    (void)state;
    arena = arena_new(1 << 16);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void test_proofs(void **state)
{
    size_t count;
    (void)state;
    struct keyring *one = keyring_of("1 " KEY_A "\n2 " KEY_B "\n"), *other = keyring_of("1 " KEY_B "\n");
    const struct data_key *proofs = keyring_proofs(one, arena, &count);
    assert_int_equal(count, 2);
    assert_int_equal(proofs[0].number, 2);
    const struct data_key *others = keyring_proofs(other, arena, &count);
    assert_int_equal(count, 1);
    assert_true(hash_equal(&proofs[0].proof, &others[0].proof)); /* the same key, whatever its number */
    assert_false(hash_equal(&proofs[1].proof, &others[0].proof));
    (void)keyring_proofs(NULL, arena, &count);
    assert_int_equal(count, 0);
    keyring_free(one);
    keyring_free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file),               /* comments, any order, the highest number seals */
        cmocka_unit_test(test_file_mistakes),      /* every kind of wrong line, a number twice, no key */
        cmocka_unit_test(test_seal_and_open),      /* there and back; the text does not show */
        cmocka_unit_test(test_opens_nowhere_else), /* another registration, question, key, or one bit changed */
        cmocka_unit_test(test_proofs),             /* one a key, and of no use to find it */
        cmocka_unit_test(test_length_hidden)       /* lengths are filled up */
    };
    return cmocka_run_group_tests_name("keyring", tests, begin, end);
}
