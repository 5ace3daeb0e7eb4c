/* Points, medians and majorities: the figures a proposal rests on, and what an evaluation may not say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/evaluation.h"
#include "services/funding/domain/median.h"

static struct uuid id_of(uint8_t n)
{
    return (struct uuid){.b = {n}};
}

/* Weights 1, 1, 1; at most 3, 7 and 100 points. */
static struct call three(void)
{
    static struct call_criterion criteria[3];

    for (uint8_t i = 0; i < 3; i++)
        criteria[i] = (struct call_criterion){.id = id_of((uint8_t)(i + 1)), .weight = 1, .points = i == 0 ? 3 : i == 1 ? 7 : 100};
    return (struct call){.criteria = criteria, .criterion_count = 3};
}

static void test_all_and_none(void **state)
{
    const struct call call = three();
    const struct score all[] = {{id_of(1), 3}, {id_of(2), 7}, {id_of(3), 100}}, none[] = {{id_of(1), 0}, {id_of(2), 0}, {id_of(3), 0}};

    (void)state;
    assert_int_equal(evaluation_points(all, 3, &call), 10000);
    assert_int_equal(evaluation_points(none, 3, &call), 0);
    assert_int_equal(evaluation_points(NULL, 0, &call), 0);
}

/* 1/3 and 2/7 and 0: shares 333333 and 285714 millionths; their mean 206349 is 2063.49 ten-thousandths. */
static void test_rounding(void **state)
{
    struct call call = three();
    const struct score some[] = {{id_of(2), 2}, {id_of(1), 1}, {id_of(3), 0}};

    (void)state;
    assert_int_equal(evaluation_points(some, 3, &call), 2063);
    call.criteria[0].weight = 100; /* (100 x 333333 + 285714) / 102 = 329601.. */
    assert_int_equal(evaluation_points(some, 3, &call), 3296);
    call.criterion_count = 1; /* half up: 1 of 16 is 625 exactly; 1 of 3 is 3333.33 */
    assert_int_equal(evaluation_points(some, 3, &call), 3333);
    call.criteria[0].points = 32; /* 31250 millionths: 312.5 */
    assert_int_equal(evaluation_points(some, 3, &call), 313);
}

/* More points never give a smaller total. */
static void test_more_is_never_less(void **state)
{
    const struct call call = three();

    (void)state;
    for (int32_t a = 0; a <= 3; a++)
        for (int32_t c = 0; c < 100; c++) {
            const struct score less[] = {{id_of(1), a}, {id_of(2), 3}, {id_of(3), c}},
                               more[] = {{id_of(1), a}, {id_of(2), 3}, {id_of(3), c + 1}};
            assert_true(evaluation_points(less, 3, &call) < evaluation_points(more, 3, &call));
        }
}

static bool finds(const struct evaluation *e, int64_t applied, const char *rule)
{
    static struct findings findings;
    const struct call call = three();

    findings = (struct findings){0};
    evaluation_check(e, &call, applied, &findings);
    return rule != NULL ? finding_of(&findings, rule) != NULL : findings.errors == 0;
}

static void test_what_may_not_be_said(void **state)
{
    struct score scores[] = {{id_of(1), 3}, {id_of(2), 7}, {id_of(3), 100}, {id_of(9), 1}};
    struct evaluation e = {.verdict = VERDICT_FUND, .cents = 100, .scores = scores, .score_count = 3};

    (void)state;
    assert_true(finds(&e, 100, NULL));
    assert_true(finds(&e, 99, "funding.evaluation.cents"));
    e.score_count = 4;
    assert_true(finds(&e, 100, "funding.evaluation.criterion-unknown"));
    e.score_count = 2;
    assert_true(finds(&e, 100, "funding.evaluation.criterion-missing"));
    e.score_count = 3;
    scores[0].points = 4;
    assert_true(finds(&e, 100, "funding.evaluation.points"));
    scores[0] = scores[1];
    assert_true(finds(&e, 100, "funding.evaluation.criterion-twice"));
    scores[0] = (struct score){id_of(1), 3};
    e.verdict = VERDICT_DO_NOT_FUND;
    assert_true(finds(&e, 100, "funding.evaluation.cents-against"));
    e.cents = 0;
    assert_true(finds(&e, 100, NULL));
    e.verdict = VERDICT_FUND_PART;
    assert_true(finds(&e, 100, "funding.evaluation.cents-missing"));
    /* All of it is "fund", less is "in part": neither says the other. */
    e.cents = 100;
    assert_true(finds(&e, 100, "funding.evaluation.cents-part"));
    assert_true(finds(&e, 101, NULL));
    e.verdict = VERDICT_FUND;
    assert_true(finds(&e, 101, "funding.evaluation.cents-whole"));
    assert_true(finds(&e, 100, NULL));
}

static void test_median(void **state)
{
    int64_t five[] = {9, 1, 1000000000000000, 5, 3}, four[] = {4, 1, 3, 10}, two[] = {1000000000000000, 999999999999999}, one[] = {7};

    (void)state;
    assert_int_equal(median(five, 5), 5);
    assert_int_equal(median(four, 4), 3); /* 3.5 down */
    assert_int_equal(median(two, 2), 999999999999999);
    assert_int_equal(median(one, 1), 7);
    assert_int_equal(median(NULL, 0), 0);
}

static void test_what_they_come_to(void **state)
{
    struct evaluation all[] = {
        {.verdict = VERDICT_FUND, .points_total = 9000, .cents = 100},
        {.verdict = VERDICT_DO_NOT_FUND, .points_total = 4001},
        {.verdict = VERDICT_FUND_PART, .points_total = 8000, .cents = 50},
        {.verdict = VERDICT_FUND, .points_total = 0, .cents = 1, .excluded = true},
    };

    (void)state;
    struct evaluated e = evaluation_sum(all, 4, 100);
    assert_int_equal(e.count, 3);
    assert_int_equal(e.excluded_count, 1);
    assert_int_equal(e.points, 7000); /* 7000.33 */
    assert_int_equal(e.cents, 75);
    assert_false(e.rejected);
    all[0].verdict = VERDICT_DO_NOT_FUND;
    e = evaluation_sum(all, 4, 100);
    assert_true(e.rejected);
    assert_false(evaluation_sum(all + 1, 2, 100).rejected);         /* one of two is no majority */
    assert_int_equal(evaluation_sum(all + 1, 2, 100).points, 6001); /* 6000.5 up */
    assert_int_equal(evaluation_sum(all, 0, 100).count, 0);
}

/* After a supplement that asks for 60: who recommended 100 before recommends all of it. */
static void test_no_more_than_is_applied_for(void **state)
{
    const struct evaluation all[] = {
        {.verdict = VERDICT_FUND, .cents = 100}, {.verdict = VERDICT_FUND, .cents = 100}, {.verdict = VERDICT_FUND_PART, .cents = 50}};

    (void)state;
    assert_int_equal(evaluation_sum(all, 3, 100).cents, 100);
    assert_int_equal(evaluation_sum(all, 3, 60).cents, 60);
    assert_int_equal(evaluation_sum(all + 1, 2, 60).cents, 55);
}

/* Those from before a supplement count, and are told; who does not count is not told of either. */
static void test_older_than_the_newest_submission(void **state)
{
    struct evaluation all[] = {{.verdict = VERDICT_FUND, .cents = 100, .outdated = true},
                               {.verdict = VERDICT_FUND, .cents = 100, .outdated = true, .excluded = true},
                               {.verdict = VERDICT_FUND, .cents = 100}};
    struct findings findings = {.count = 0};

    (void)state;
    struct evaluated e = evaluation_sum(all, 3, 100);
    assert_int_equal(e.count, 2);
    assert_int_equal(e.outdated, 1);
    evaluation_age_check(&e, &findings);
    assert_non_null(finding_of(&findings, "funding.evaluation.outdated"));
    assert_int_equal(findings.errors, 0);
    findings = (struct findings){0};
    e = evaluation_sum(all + 1, 2, 100);
    evaluation_age_check(&e, &findings);
    assert_int_equal(findings.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_and_none),
        cmocka_unit_test(test_rounding),
        cmocka_unit_test(test_more_is_never_less),
        cmocka_unit_test(test_what_may_not_be_said),
        cmocka_unit_test(test_median),
        cmocka_unit_test(test_what_they_come_to),
        cmocka_unit_test(test_no_more_than_is_applied_for),
        cmocka_unit_test(test_older_than_the_newest_submission),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
