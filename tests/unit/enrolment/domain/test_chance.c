/* The chance of a seat in time: against the distribution reckoned otherwise, and its edges. */
#include "services/enrolment/domain/chance.h"

#include <math.h>

#include "common/base/time.h"
#include "tests/unit/enrolment/domain/cases.h"

#define NOW (1000 * TIME_DAY)

static struct chance_facts facts(uint32_t capacity, uint32_t given_up, int64_t days_past, int64_t days_ahead)
{
    return (struct chance_facts){
        .capacity = capacity, .given_up = given_up, .since_us = NOW - days_past * TIME_DAY, .until_us = NOW + days_ahead * TIME_DAY};
}

/* The same by gamma functions: P(X >= k), X negative binomial (g + 1/2, past / (past + ahead)). */
static double reckoned(const struct chance_facts *f, uint32_t position)
{
    const double past = f->capacity * (double)(NOW - f->since_us) / (double)TIME_DAY;
    const double ahead = f->capacity * (double)(f->until_us - NOW) / (double)TIME_DAY;
    const double r = f->given_up + 0.5, p = past / (past + ahead);
    double below = 0;
    for (uint32_t x = 0; x < position; x++)
        below += exp(lgamma(x + r) - lgamma(r) - lgamma(x + 1.0) + r * log(p) + x * log1p(-p));
    return 100 * (1 - below);
}

static bool agrees(uint32_t capacity, uint32_t given_up, int64_t past, int64_t ahead, uint32_t position)
{
    const struct chance_facts f = facts(capacity, given_up, past, ahead);
    const double expected = capacity * past < 70 ? 0 : fmin(99, fmax(1, reckoned(&f, position)));
    const uint32_t percent = chance_percent(&f, position, NOW);

    if (fabs(percent - expected) <= 0.51)
        return expected > 0;
    fail_msg("%u seats, %u given up, %ld and %ld days, position %u: %u instead of %f", capacity, given_up, (long)past, (long)ahead,
             position, percent, expected);
    return false;
}

static void test_chance_distribution(void **state)
{
    static const uint32_t sizes[5] = {1, 25, 40, 280, 5000}, given[5] = {0, 1, 7, 60, 900}, positions[6] = {1, 2, 5, 20, 150, 2000};
    static const int64_t past[3] = {3, 30, 400}, ahead[3] = {1, 14, 300};
    size_t told = 0;
    (void)state;
    for (size_t n = 0; n < 5 * 5 * 6 * 3 * 3; n++) /* each with each */
        told += agrees(sizes[n % 5], given[n / 5 % 5], past[n / 150 % 3], ahead[n / 450], positions[n / 25 % 6]);
    assert_true(told > 300);
}

static void test_chance_unknown(void **state)
{
    struct chance_facts f = facts(10, 3, 7, 30);
    (void)state;
    assert_true(chance_percent(&f, 1, NOW) > 0); /* ten seat-weeks to the microsecond */
    f.since_us++;
    assert_int_equal(chance_percent(&f, 1, NOW), 0);
    f = facts(10, 3, 30, 30);
    assert_int_equal(chance_percent(&f, 0, NOW), 0); /* not on the waiting list */
    assert_int_equal(chance_percent(&f, 1, f.until_us), 0);
    assert_true(chance_percent(&f, 1, f.until_us - 1) == 1); /* the last moment: hardly */
    f.until_us = 0;
    assert_int_equal(chance_percent(&f, 1, NOW), 0);
    f = facts(10, 3, 30, 30);
    f.since_us = 0;
    assert_int_equal(chance_percent(&f, 1, NOW), 0);
}

/* Further back is never likelier; more that was given up and more time are never less likely. */
static void test_chance_monotone(void **state)
{
    (void)state;
    for (uint32_t position = 1; position < 60; position++)
        for (uint32_t given = 0; given < 40; given++) {
            const struct chance_facts f = facts(40, given, 30, 60), more = facts(40, given + 1, 30, 60), longer = facts(40, given, 30, 61);
            const uint32_t percent = chance_percent(&f, position, NOW);
            assert_true(percent >= 1 && percent <= 99);
            assert_true(percent >= chance_percent(&f, position + 1, NOW));
            assert_true(percent <= chance_percent(&more, position, NOW));
            assert_true(percent <= chance_percent(&longer, position, NOW));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chance_distribution), /* as reckoned by gamma functions, from tiny to huge */
        cmocka_unit_test(test_chance_unknown),      /* too little data, no dates, too late: nothing is told */
        cmocka_unit_test(test_chance_monotone)      /* position, past and time left move it the right way */
    };
    return cmocka_run_group_tests_name("chance", tests, NULL, NULL);
}
