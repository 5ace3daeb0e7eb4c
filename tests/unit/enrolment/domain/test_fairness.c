/* Fairness in figures: inversions against counting all pairs, percentiles against their definition, and folding of small groups. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "services/enrolment/domain/fairness.h"

enum { MOST = 300 };

/* Numbers that look random and are the same every time. */
static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static struct fairness_order all_pairs(const int64_t *at, size_t count)
{
    struct fairness_order order = {.inversions = 0};

    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++) {
            if (at[i] <= at[j])
                continue;
            order.inversions++;
            if ((uint64_t)(at[i] - at[j]) > order.largest_us)
                order.largest_us = (uint64_t)(at[i] - at[j]);
        }
    }
    return order;
}

static void test_against_all_pairs(void **state)
{
    int64_t at[MOST], room[MOST];
    uint32_t seed = 7;
    (void)state;
    for (size_t count = 0; count <= MOST; count++) {
        for (size_t i = 0; i < count; i++)
            at[i] = (int64_t)i * 10 + next(&seed) % (count % 7 == 0 ? 5000 : 60); /* some nearly in order, some not at all; many alike */
        const struct fairness_order brute = all_pairs(at, count), order = fairness_order(at, room, count);
        assert_int_equal(order.inversions, brute.inversions);
        assert_int_equal(order.largest_us, brute.largest_us);
        for (size_t i = 1; i < count; i++)
            assert_true(at[i - 1] <= at[i]);
    }
}

static void test_known_orders(void **state)
{
    int64_t rising[] = {1, 2, 3, 4, 5}, falling[] = {5, 4, 3, 2, 1}, alike[] = {9, 9, 9}, one[] = {4}, room[5];
    (void)state;
    assert_int_equal(fairness_order(rising, room, 5).inversions, 0);
    assert_int_equal(fairness_order(falling, room, 5).inversions, 10); /* every pair */
    assert_int_equal(fairness_order(alike, room, 3).inversions, 0);    /* nobody came before the other */
    assert_int_equal(fairness_order(one, room, 1).inversions, 0);
    assert_int_equal(fairness_order(one, room, 0).inversions, 0);
    int64_t overtaken[] = {100, 350, 200, 300};
    const struct fairness_order order = fairness_order(overtaken, room, 4);
    assert_int_equal(order.inversions, 2);
    assert_int_equal(order.largest_us, 150); /* not from neighbour to neighbour: 350 before 200 */
}

static void test_waits(void **state)
{
    int64_t waits[100], room[100];
    (void)state;
    for (int i = 0; i < 100; i++)
        waits[i] = 100 - i;
    struct fairness_waits w = fairness_waits(waits, room, 100);
    assert_int_equal(w.p50_us, 50);
    assert_int_equal(w.p95_us, 95);
    assert_int_equal(w.max_us, 100);
    int64_t few[] = {30, -5, 10}; /* one clock runs ahead of the other */
    w = fairness_waits(few, room, 3);
    assert_int_equal(w.p50_us, 10);
    assert_int_equal(w.p95_us, 30);
    int64_t early[] = {-5};
    w = fairness_waits(early, room, 1);
    assert_int_equal(w.max_us, 0);
    w = fairness_waits(early, room, 0);
    assert_int_equal(w.max_us, 0);
}

static struct fairness_share share(const char *value, uint32_t enrolled, uint32_t refused)
{
    return (struct fairness_share){.value = value,
                                   .people = enrolled + refused,
                                   .enrolled = enrolled,
                                   .seated = enrolled / 2,
                                   .waiting = enrolled / 4,
                                   .refused = refused};
}

static void test_fold(void **state)
{
    struct fairness_share shares[7] = {share("kainuu", 2, 0), share("uusimaa", 40, 3),  share("lappi", 3, 1),
                                       share("savo", 5, 0),   share("pirkanmaa", 0, 9), share("kymi", 2, 2)};
    (void)state;
    const size_t count = fairness_fold(shares, 6);
    assert_int_equal(count, 4);
    assert_string_equal(shares[0].value, "uusimaa");
    assert_string_equal(shares[1].value, "pirkanmaa"); /* nine were refused: enough to be named */
    assert_string_equal(shares[2].value, "savo");
    assert_string_equal(shares[3].value, FAIRNESS_OTHER);
    assert_int_equal(shares[3].enrolled, 2 + 3 + 2);
    assert_int_equal(shares[3].seated, 1 + 1 + 1);
    assert_int_equal(shares[3].refused, 0 + 1 + 2);
}

static void test_fold_called_other(void **state)
{
    struct fairness_share shares[] = {{.value = "other", .people = 9, .seated = 9},
                                      {.value = "kainuu", .people = 2, .seated = 1},
                                      {.value = "lappi", .people = 6, .seated = 3}};
    (void)state;
    assert_int_equal(fairness_fold(shares, 3), 2);
    assert_string_equal(shares[0].value, "lappi");
    assert_string_equal(shares[1].value, "other");
    assert_int_equal(shares[1].people, 11);
    assert_int_equal(shares[1].seated, 10);
}

static void test_fold_takes_along(void **state)
{
    struct fairness_share shares[4] = {share("uusimaa", 40, 0), share("savo", 6, 0), share("lappi", 1, 0)};
    (void)state;
    assert_int_equal(fairness_fold(shares, 3), 2); /* one person alone in "other" would be named by it */
    assert_string_equal(shares[1].value, FAIRNESS_OTHER);
    assert_int_equal(shares[1].enrolled, 7);
    struct fairness_share all_small[3] = {share("savo", 1, 0), share("lappi", 2, 0)};
    assert_int_equal(fairness_fold(all_small, 2), 0); /* nothing can be told of three people */
    struct fairness_share large[2] = {share("savo", 5, 0)};
    assert_int_equal(fairness_fold(large, 1), 1);
    assert_string_equal(large[0].value, "savo");
    assert_int_equal(fairness_fold(large, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"inversions and the largest lead are those of all pairs counted one by one", test_against_all_pairs, NULL, NULL, NULL},
        {"in order none, in reverse every pair, of those who came together none", test_known_orders, NULL, NULL, NULL},
        {"percentiles of waits; a clock that runs ahead waits for nothing", test_waits, NULL, NULL, NULL},
        {"groups of fewer than five are folded into other", test_fold, NULL, NULL, NULL},
        {"what is itself called other is one with those folded", test_fold_called_other, NULL, NULL, NULL},
        {"other takes the next smallest along until it hides everybody", test_fold_takes_along, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("fairness", tests, NULL, NULL);
}
