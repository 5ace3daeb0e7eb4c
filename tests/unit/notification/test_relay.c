/* Which relay gets the next mail: scores, the breaker, the probe. Times are plain numbers, no clock is asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/notification/domain/relay.h"

#define NOW (1000 * TIME_SECOND)

static void miss(struct relay_record *r, int times, int64_t now)
{
    for (int i = 0; i < times; i++)
        relay_missed(r, now);
}

static void test_relay_first_is_preferred(void **state)
{
    struct relay_record r[3] = {{.state = RELAY_WORKS}};

    (void)state;
    assert_int_equal(relay_pick(r, 3, 0, NOW), 0);
    assert_int_equal(relay_pick(r, 3, 1, NOW), 1);
    assert_int_equal(relay_pick(r, 3, 3, NOW), 2);
    assert_int_equal(relay_pick(r, 3, 7, NOW), RELAY_NONE);
}

static void test_relay_breaker(void **state)
{
    struct relay_record r = {.state = RELAY_WORKS};

    (void)state;
    miss(&r, RELAY_FAILURES - 1, NOW);
    assert_int_equal(relay_pick(&r, 1, 0, NOW), 0);
    relay_missed(&r, NOW);
    assert_int_equal(r.state, RELAY_RESTS);
    assert_int_equal(r.until_us, NOW + RELAY_REST_FIRST);
    miss(&r, 5, NOW); /* stragglers do not make it longer */
    assert_int_equal(r.until_us, NOW + RELAY_REST_FIRST);
}

static void test_relay_probe_is_one(void **state)
{
    struct relay_record r[2] = {{.state = RELAY_WORKS}};
    int64_t now = NOW + RELAY_REST_FIRST;

    (void)state;
    miss(&r[0], RELAY_FAILURES, NOW);
    assert_int_equal(relay_pick(r, 2, 0, now), 0);
    assert_int_equal(r[0].state, RELAY_PROBED);
    assert_int_equal(relay_pick(r, 2, 0, now), 1);
    relay_served(&r[0], TIME_SECOND / 10, now);
    assert_int_equal(r[0].state, RELAY_WORKS);
    assert_int_equal(relay_pick(r, 2, 2, now), 0);
    assert_int_equal(relay_pick(r, 2, 2, now), 0);
    assert_int_equal(r[0].state, RELAY_WORKS);
}

/* The mail in hand goes to one that rests, or is being probed, before it is given up; the rest is as long as before. */
static void test_relay_last_resort(void **state)
{
    struct relay_record r[3] = {{.state = RELAY_WORKS}};

    (void)state;
    miss(&r[0], RELAY_FAILURES, NOW + 2);
    miss(&r[2], RELAY_FAILURES, NOW + 1);
    assert_int_equal(relay_pick(r, 3, 0, NOW + 3), 1);
    assert_int_equal(relay_pick(r, 3, 2, NOW + 3), 2);
    relay_missed(&r[2], NOW + 3);
    assert_int_equal(r[2].until_us, NOW + 1 + RELAY_REST_FIRST);
    assert_int_equal(relay_pick(r, 3, 2 | 4, NOW + 3), 0);
    assert_int_equal(r[0].state, RELAY_RESTS);
    relay_served(&r[0], 1000, NOW + 3);
    assert_int_equal(r[0].state, RELAY_WORKS);
    assert_int_equal(relay_pick(r, 3, 7, NOW + 3), RELAY_NONE);
}

/* One miss is enough for a probe, and each makes the rest longer, to half a minute; a success forgets that. */
static void test_relay_rest_grows(void **state)
{
    static const int64_t SECONDS[] = {1, 2, 4, 8, 16, 30, 30};
    struct relay_record r = {.state = RELAY_WORKS};
    int64_t now = NOW;

    (void)state;
    miss(&r, RELAY_FAILURES, now);
    for (size_t i = 0; i < sizeof SECONDS / sizeof SECONDS[0]; i++) {
        assert_int_equal(r.until_us, now + SECONDS[i] * TIME_SECOND);
        now = r.until_us;
        assert_int_equal(relay_pick(&r, 1, 0, now), 0);
        relay_missed(&r, now);
    }
    now = r.until_us;
    assert_int_equal(relay_pick(&r, 1, 0, now), 0);
    relay_served(&r, 1000, now);
    miss(&r, RELAY_FAILURES, now);
    assert_int_equal(r.until_us, now + RELAY_REST_FIRST);
}

static void test_relay_probe_lapses(void **state)
{
    struct relay_record r[2] = {{.state = RELAY_WORKS}};
    int64_t now = NOW + RELAY_REST_FIRST;

    (void)state;
    miss(&r[0], RELAY_FAILURES, NOW);
    assert_int_equal(relay_pick(r, 2, 0, now), 0);
    assert_int_equal(relay_pick(r, 2, 0, now + RELAY_PROBE_LAPSES - 1), 1);
    assert_int_equal(relay_pick(r, 2, 0, now + RELAY_PROBE_LAPSES), 0);
}

/* While the first rests the second carries the mail; the first one's probe is one of the mails. */
static void test_relay_other_carries(void **state)
{
    struct relay_record r[2] = {{.state = RELAY_WORKS}};
    int64_t now = NOW + RELAY_REST_FIRST;

    (void)state;
    miss(&r[0], RELAY_FAILURES, NOW);
    assert_int_equal(relay_pick(r, 2, 0, NOW), 1);
    assert_int_equal(relay_pick(r, 2, 0, now), 0);
    assert_int_equal(relay_pick(r, 2, 0, now), 1);
}

/* A fifth of the mails missed, never three in a row: the second relay is better, until the minutes have passed. */
static void test_relay_score_drifts_back(void **state)
{
    struct relay_record r[2] = {{.faded_us = NOW}, {.faded_us = NOW}};

    (void)state;
    for (int i = 0; i < 100; i++) {
        if (i % 5 == 0)
            relay_missed(&r[0], NOW);
        else
            relay_served(&r[0], 1000, NOW);
    }
    assert_in_range(relay_score(&r[0], 0, NOW), 795, 805);
    assert_int_equal(relay_score(&r[1], 1, NOW), 900);
    assert_int_equal(relay_pick(r, 2, 0, NOW), 1);
    assert_int_equal(relay_pick(r, 2, 0, NOW + 3 * RELAY_FADES), 1);
    assert_int_equal(relay_pick(r, 2, 0, NOW + 8 * RELAY_FADES), 0);
}

static void test_relay_slow_one_loses(void **state)
{
    struct relay_record r[2] = {{.faded_us = NOW}, {.faded_us = NOW}};

    (void)state;
    for (int i = 0; i < 50; i++)
        relay_served(&r[0], 3 * TIME_SECOND, NOW);
    assert_int_equal(relay_score(&r[0], 0, NOW), 800);
    assert_int_equal(relay_pick(r, 2, 0, NOW), 1);
    for (int i = 0; i < 50; i++)
        relay_served(&r[0], 20 * TIME_SECOND, NOW);
    assert_int_equal(relay_score(&r[0], 0, NOW), 600); /* slowness costs 400 at most */
    assert_int_equal(relay_score(&r[0], 0, NOW + 6 * RELAY_FADES), 1000);
}

/* Years of mail do not overflow what is counted. */
static void test_relay_counts_are_bounded(void **state)
{
    struct relay_record r = {.served = UINT32_MAX / 4, .missed = UINT32_MAX / 4, .faded_us = NOW};

    (void)state;
    relay_served(&r, 1000, NOW);
    relay_missed(&r, NOW);
    assert_true(r.served <= UINT32_MAX / 4 + 1000 && r.missed <= UINT32_MAX / 4 + 1000);
    assert_in_range(relay_score(&r, 0, NOW), 499, 501);
    assert_int_equal(relay_score(&r, 0, NOW + 100 * RELAY_FADES), 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_relay_first_is_preferred), /* in the order of the list, without those tried */
        cmocka_unit_test(test_relay_breaker),            /* three misses in a row: a second of rest */
        cmocka_unit_test(test_relay_last_resort),        /* a mail in hand asks all before it is given up */
        cmocka_unit_test(test_relay_probe_is_one),       /* then one mail, and all once that one went well */
        cmocka_unit_test(test_relay_rest_grows),         /* 1 2 4 8 16 30 30 s; a success forgets */
        cmocka_unit_test(test_relay_probe_lapses),       /* who probed is gone: another one may */
        cmocka_unit_test(test_relay_other_carries),      /* the second carries while the first rests */
        cmocka_unit_test(test_relay_score_drifts_back),  /* a bad minute loses the place, good ones give it back */
        cmocka_unit_test(test_relay_slow_one_loses),     /* so does slowness, within bounds */
        cmocka_unit_test(test_relay_counts_are_bounded), /* no overflow */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
