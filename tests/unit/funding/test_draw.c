/* The audit sample, against an implementation that is not ours: Python's hmac draws the same. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include <stdlib.h>

#include "services/funding/domain/draw.h"

#define ROWS 31

static const char *number(int i)
{
    static char text[ROWS][24];

    (void)snprintf(text[i], sizeof text[i], "%d/20.01/2026", i + 1);
    return text[i];
}

static void fill(struct draw_row *rows)
{
    for (int i = 0; i < ROWS; i++)
        rows[i] = (struct draw_row){.award_id = {{(uint8_t)(i + 1)}}, .register_number = number(i)};
}

static void test_count(void **state)
{
    (void)state;
    assert_int_equal(draw_count(31, 100), 4); /* 3.1, rounded up */
    assert_int_equal(draw_count(30, 100), 3);
    assert_int_equal(draw_count(1, 1), 1);
    assert_int_equal(draw_count(0, 1000), 0);
    assert_int_equal(draw_count(7, 1000), 7);
}

static void test_commitment(void **state)
{
    const uint8_t seed[DRAW_SEED_SIZE] = {0};
    const struct hash hash = draw_commitment(seed);
    char text[HASH_TEXT];

    (void)state;
    hash_hex(&hash, text);
    assert_string_equal(text, "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"); /* SHA-256 of 32 zero bytes */
}

/* "register number tag" line by line, lowest tag first. */
static FILE *python(const char *beacon)
{
    char command[1024];

    (void)snprintf(command, sizeof command,
                   "/usr/bin/python3 -c \"import hmac,hashlib,sys\n"
                   "seed=bytes(range(32)); beacon='%s'\n"
                   "rows=sorted((hmac.new(seed,(beacon+'%%d/20.01/2026'%%n).encode(),hashlib.sha256).hexdigest(),'%%d/20.01/2026'%%n) "
                   "for n in range(1,%d+1))\n"
                   "[print(n,t) for t,n in rows]\"",
                   beacon, ROWS);
    return popen(command, "r");
}

static void test_same_as_python(void **state)
{
    static const char *const beacons[] = {"Eurojackpot 20.11.2026: 1 2 3 4 5", "ääkköset 7", ""};
    uint8_t seed[DRAW_SEED_SIZE];
    struct draw_row rows[ROWS];

    (void)state;
    for (int i = 0; i < DRAW_SEED_SIZE; i++)
        seed[i] = (uint8_t)i;
    for (size_t b = 0; b < sizeof beacons / sizeof *beacons; b++) {
        FILE *theirs = python(beacons[b]);
        assert_non_null(theirs);
        fill(rows);
        draw_make(seed, beacons[b], rows, ROWS, 100);
        for (size_t i = 0; i < ROWS; i++) {
            char who[32], tag[80], ours[HASH_TEXT];
            assert_int_equal(fscanf(theirs, "%31s %79s", who, tag), 2);
            hash_hex(&rows[i].tag, ours);
            assert_string_equal(rows[i].register_number, who);
            assert_string_equal(ours, tag);
            assert_int_equal(rows[i].drawn, i < 4);
        }
        assert_int_equal(pclose(theirs), 0);
    }
}

static void test_any_order(void **state)
{
    const uint8_t seed[DRAW_SEED_SIZE] = {9};
    struct draw_row rows[ROWS], again[ROWS];

    (void)state;
    fill(rows);
    for (size_t i = 0; i < ROWS; i++)
        again[i] = rows[ROWS - 1 - i];
    draw_make(seed, "majakka", rows, ROWS, 500);
    draw_make(seed, "majakka", again, ROWS, 500);
    for (size_t i = 0; i < ROWS; i++) {
        assert_string_equal(rows[i].register_number, again[i].register_number);
        assert_int_equal(rows[i].drawn, again[i].drawn);
    }
    draw_make(seed, "toinen majakka", again, ROWS, 500);
    assert_memory_not_equal(rows[0].tag.b, again[0].tag.b, sizeof rows[0].tag.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_count),          /* the share, rounded up */
        cmocka_unit_test(test_commitment),     /* SHA-256 of the seed */
        cmocka_unit_test(test_same_as_python), /* the same tags, order and sample as Python's hmac, in any letters */
        cmocka_unit_test(test_any_order)       /* the order of the input does not matter; the beacon does */
    };
    return cmocka_run_group_tests_name("funding draw", tests, NULL, NULL);
}
