/* A decision's sums and shares, and the caps that a call and its themes set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "services/funding/domain/decision.h"
#include "services/funding/domain/money.h"

static struct decision of_lines(int64_t cents, struct decision_line *lines, size_t count)
{
    return (struct decision){.granted = cents > 0, .cents = cents, .lines = lines, .line_count = count};
}

static void test_the_share_is_rounded_up(void **state)
{
    struct decision_line lines[] = {{.accepted_cents = 2000000}, {.accepted_cents = 1000000}};
    (void)state;
    struct decision d = of_lines(2000000, lines, 2);
    assert_int_equal(decision_accepted(&d), 3000000);
    assert_int_equal(decision_share(&d), 6667); /* 66.666...: the grant itself stays within it */
    d.cents = 3000000;
    assert_int_equal(decision_share(&d), 10000);
    d.cents = 1;
    assert_int_equal(decision_share(&d), 1);
    d = of_lines(0, lines, 2);
    assert_int_equal(decision_share(&d), 0);
    lines[0].accepted_cents = MONEY_MAX;
    lines[1].accepted_cents = 0;
    d = of_lines(MONEY_MAX - 1, lines, 2);
    assert_int_equal(decision_share(&d), 10000);
    lines[1].accepted_cents = 1;
    assert_int_equal(decision_accepted(&d), -1);
    assert_int_equal(decision_share(&d), 0);
}

/* Two groups: themes of 600 and 400 cents, and one of 100. */
static struct call_theme first[2], second[1];
static struct call_group groups[2];

static struct call call_of(int64_t allocation)
{
    first[0] = (struct call_theme){.id = {{1}}, .allocation_cents = 600, .granted_cents = 100};
    first[1] = (struct call_theme){.id = {{2}}, .allocation_cents = 400};
    second[0] = (struct call_theme){.id = {{3}}, .allocation_cents = 100};
    groups[0] = (struct call_group){.themes = first, .theme_count = 2};
    groups[1] = (struct call_group){.themes = second, .theme_count = 1};
    return (struct call){.groups = groups, .group_count = 2, .allocation_cents = allocation, .granted_cents = 100};
}

static void test_a_theme_holds_to_the_cent(void **state)
{
    const struct call call = call_of(2000);
    const struct call_theme *theme;
    int64_t over;
    size_t at = 0;
    (void)state;
    struct decision_caps caps = decision_caps_begin(&call);
    decision_caps_add(&caps, first[0].id, 500);
    decision_caps_add(&caps, second[0].id, 100);
    assert_false(decision_caps_over(&caps, &at, &theme, &over));
    decision_caps_add(&caps, first[0].id, 1);
    decision_caps_add(&caps, second[0].id, 7);
    at = 0;
    assert_true(decision_caps_over(&caps, &at, &theme, &over));
    assert_ptr_equal(theme, &first[0]);
    assert_int_equal(over, 1);
    assert_true(decision_caps_over(&caps, &at, &theme, &over));
    assert_ptr_equal(theme, &second[0]);
    assert_int_equal(over, 7);
    assert_false(decision_caps_over(&caps, &at, &theme, &over));
    decision_caps_add(&caps, first[0].id, -1); /* a correction gives back */
    decision_caps_add(&caps, second[0].id, -7);
    at = 0;
    assert_false(decision_caps_over(&caps, &at, &theme, &over));
}

static void test_a_call_holds_to_the_cent(void **state)
{
    const struct call call = call_of(600);
    (void)state;
    struct decision_caps caps = decision_caps_begin(&call);
    decision_caps_add(&caps, first[0].id, 100);
    decision_caps_add(&caps, first[1].id, 400);
    assert_int_equal(decision_caps_over_call(&caps), 0);
    decision_caps_add(&caps, second[0].id, 1);
    assert_int_equal(decision_caps_over_call(&caps), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_share_is_rounded_up),
        cmocka_unit_test(test_a_theme_holds_to_the_cent),
        cmocka_unit_test(test_a_call_holds_to_the_cent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
