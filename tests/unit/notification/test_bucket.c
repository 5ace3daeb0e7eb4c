/* Mails a minute to one domain: bursts, lines of those put off, halving, and what is forgotten. The clock is a number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/notification/outbound/bucket.h"

#define NOW (INT64_C(1726729200) * TIME_SECOND)

static int64_t take(struct buckets *b, const char *address, int64_t now)
{
    return bucket_take(b, span_text(address), LANE_MANY, now);
}

static void test_bucket_unlimited(void **state)
{
    struct buckets *b = buckets_new(0, 0);

    (void)state;
    for (int i = 0; i < 10000; i++)
        assert_int_equal(take(b, "a@example.fi", NOW), 0);
    buckets_free(b);
}

/* 60 a minute, ten at once: then one a second, and an idle domain has its ten again. */
static void test_bucket_rate(void **state)
{
    struct buckets *b = buckets_new(60, 10);
    int64_t now = NOW;

    (void)state;
    for (int i = 0; i < 10; i++)
        assert_int_equal(take(b, "a@example.fi", now), 0);
    assert_int_equal(take(b, "b@EXAMPLE.fi", now), now + TIME_SECOND); /* the domain counts, in any case */
    assert_int_equal(take(b, "a@example.org", now), 0);                /* another one has its own */
    now += TIME_SECOND;
    assert_int_equal(take(b, "a@example.fi", now), 0);
    assert_true(take(b, "a@example.fi", now) > now);
    now += 60 * TIME_SECOND;
    for (int i = 0; i < 10; i++)
        assert_int_equal(take(b, "a@example.fi", now), 0);
    assert_true(take(b, "a@example.fi", now) > now);
    buckets_free(b);
}

/* In an hour no more than an hour's worth and one burst, however they come. */
static void test_bucket_hour(void **state)
{
    struct buckets *b = buckets_new(30, 5);
    int sent = 0;

    (void)state;
    for (int64_t t = 0; t < 3600; t++)
        for (int i = 0; i < 3; i++)
            sent += take(b, "a@example.fi", NOW + t * TIME_SECOND) == 0;
    assert_in_range(sent, 1795, 1805);
    buckets_free(b);
}

/* Those put off come back one behind the other, at the rate, and no sooner: not each hour, to be put off again. */
static void test_bucket_line(void **state)
{
    struct buckets *b = buckets_new(60, 1);
    int64_t last = NOW;

    (void)state;
    assert_int_equal(take(b, "a@example.fi", NOW), 0);
    for (int i = 1; i <= 100; i++) {
        int64_t next = take(b, "a@example.fi", NOW);
        assert_int_equal(next, NOW + i * TIME_SECOND);
        last = next;
    }
    assert_int_equal(take(b, "a@example.fi", NOW + TIME_SECOND), 0); /* the first of them, when it comes back */
    for (int i = 0; i < 5000; i++)
        last = take(b, "a@example.fi", NOW + TIME_SECOND);
    assert_int_equal(last, NOW + 5100 * TIME_SECOND);
    (void)bucket_throttled(b, span_text("a@example.fi"), NOW + TIME_SECOND);
    assert_int_equal(take(b, "a@example.fi", NOW + TIME_SECOND), NOW + TIME_SECOND + BUCKET_FAR_US); /* it may mend sooner */
    buckets_free(b);
}

/* One's own matter among a thousand announcements to the same domain, all of which come back when they were told to: it is next. */
static void test_bucket_lanes(void **state)
{
    struct buckets *b = buckets_new(60, 1);
    static int64_t many[1000];
    int64_t own = NOW + 10 * TIME_SECOND + TIME_SECOND / 2, step = TIME_SECOND / 4;
    int sent = 0;

    (void)state;
    for (int i = 0; i < 1000; i++)
        many[i] = take(b, "a@example.fi", NOW);
    for (int64_t now = NOW; now < NOW + 100 * TIME_SECOND; now += step) {
        if (own > 0 && own <= now && (own = bucket_take(b, span_text("b@example.fi"), LANE_OWN, now)) == 0)
            assert_in_range(now, NOW + 10 * TIME_SECOND, NOW + 12 * TIME_SECOND);
        for (int i = 0; i < 1000; i++) {
            if (many[i] > 0 && many[i] <= now) {
                many[i] = take(b, "a@example.fi", now);
                sent += many[i] == 0;
            }
        }
    }
    assert_int_equal(own, 0);
    assert_in_range(sent, 90, 100); /* and holds nobody up */
    buckets_free(b);
}

static void test_bucket_throttled(void **state)
{
    struct buckets *b = buckets_new(60, 10);
    struct span address = span_text("a@example.fi");
    int64_t now = NOW;

    (void)state;
    assert_int_equal(bucket_throttled(b, address, now - BUCKET_HEEDS_US), 30);
    assert_int_equal(bucket_throttled(b, address, now - 1), 30); /* within a minute: it was meant once */
    assert_int_equal(bucket_throttled(b, address, now), 15);
    assert_int_equal(take(b, "x@example.fi", now), now + 4 * TIME_SECOND); /* and no bursts */
    now += 4 * TIME_SECOND;
    assert_int_equal(take(b, "x@example.fi", now), 0);
    assert_true(take(b, "x@example.fi", now) > now);
    assert_int_equal(take(b, "x@example.org", now), 0);
    now = NOW + BUCKET_SLOW_FOR_US; /* one half back */
    assert_int_equal(take(b, "x@example.fi", now), 0);
    assert_int_equal(take(b, "x@example.fi", now), now + 2 * TIME_SECOND);
    now = NOW + 2 * BUCKET_SLOW_FOR_US; /* all of it */
    for (int i = 0; i < 10; i++)
        assert_int_equal(take(b, "x@example.fi", now), 0);
    buckets_free(b);
}

/* A domain without a limit gets one when it asks for it, and loses it again. */
static void test_bucket_unlimited_throttled(void **state)
{
    struct buckets *b = buckets_new(0, 0);
    struct span address = span_text("a@example.fi");

    (void)state;
    assert_int_equal(bucket_throttled(b, address, NOW), BUCKET_SLOW_RATE);
    assert_true(take(b, "a@example.fi", NOW) > NOW);
    for (int i = 1; i <= 100; i++)
        (void)bucket_throttled(b, address, NOW + i * BUCKET_HEEDS_US);
    int64_t later = NOW + 100 * BUCKET_HEEDS_US;
    assert_in_range(take(b, "a@example.fi", later), later + 1, later + 16 * TIME_SECOND); /* never given up */
    later += 5 * BUCKET_SLOW_FOR_US;
    for (int i = 0; i < 100; i++)
        assert_int_equal(take(b, "a@example.fi", later), 0);
    buckets_free(b);
}

/* Ten thousand domains through a thousand places: whoever was mailed just now is remembered. */
static void test_bucket_bounded(void **state)
{
    struct buckets *b = buckets_new(1, 1);
    char address[60];

    (void)state;
    for (int i = 0; i < 10000; i++) {
        (void)snprintf(address, sizeof address, "a@d%d.example.fi", i);
        assert_int_equal(take(b, address, NOW + i), 0);
        assert_true(take(b, address, NOW + i) > NOW + i);
    }
    buckets_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bucket_unlimited),           /* 0: no limit */
        cmocka_unit_test(test_bucket_rate),                /* a burst, then the rate; each domain its own */
        cmocka_unit_test(test_bucket_hour),                /* the rate holds over an hour */
        cmocka_unit_test(test_bucket_line),                /* those put off stand in line */
        cmocka_unit_test(test_bucket_lanes),               /* a line each: one's own matters do not stand behind a campaign */
        cmocka_unit_test(test_bucket_throttled),           /* halved, and given back by ten minutes */
        cmocka_unit_test(test_bucket_unlimited_throttled), /* a limit for who asks for one */
        cmocka_unit_test(test_bucket_bounded),             /* the domain used last is never the one forgotten */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
