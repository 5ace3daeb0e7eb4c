/* Sums under whole lists: by theme, by state, together, and never more than money may be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "services/funding/domain/export.h"
#include "services/funding/domain/money.h"

#define ROWS 60

static struct uuid theme(uint8_t n)
{
    return (struct uuid){{n}};
}

static void rows_make(struct export_row rows[ROWS])
{
    for (int i = 0; i < ROWS; i++)
        rows[i] = (struct export_row){.theme_id = theme((uint8_t)(1 + i % 3)),
                                      .state = i % 4,
                                      .cents = 100 + i,
                                      .applied_cents = 1000 + i,
                                      .total_cents = 10000 + i,
                                      .in_force_cents = i};
}

static void test_themes_and_states_are_the_whole(void **state)
{
    struct export_row rows[ROWS];
    int64_t by_theme = 0, by_state = 0;
    size_t count = 0;
    (void)state;
    rows_make(rows);
    const struct export_sum all = export_sum(rows, ROWS, theme(0), -1);
    assert_int_equal(all.count, ROWS);
    assert_int_equal(all.cents, 100 * ROWS + ROWS * (ROWS - 1) / 2);
    assert_int_equal(all.applied_cents, 1000 * ROWS + ROWS * (ROWS - 1) / 2);
    assert_int_equal(all.total_cents, 10000 * ROWS + ROWS * (ROWS - 1) / 2);
    assert_int_equal(all.in_force_cents, ROWS * (ROWS - 1) / 2);
    for (uint8_t t = 1; t <= 3; t++) {
        by_theme += export_sum(rows, ROWS, theme(t), -1).cents;
        count += export_sum(rows, ROWS, theme(t), -1).count;
    }
    for (int s = 0; s < 4; s++)
        by_state += export_sum(rows, ROWS, theme(0), s).cents;
    assert_int_equal(by_theme, all.cents);
    assert_int_equal(by_state, all.cents);
    assert_int_equal(count, ROWS);
    assert_int_equal(export_sum(rows, ROWS, theme(1), 0).count, 5);
    assert_int_equal(export_sum(rows, ROWS, theme(9), -1).count, 0);
}

static void test_live_ones_are_neither_withdrawn_nor_lapsed(void **state)
{
    struct export_row rows[APPLICATION_LAPSED + 1];
    (void)state;
    for (int s = 0; s <= APPLICATION_LAPSED; s++)
        rows[s] = (struct export_row){.theme_id = theme(1), .state = s, .applied_cents = (int64_t)1 << s};
    const struct export_sum live = export_sum(&rows[APPLICATION_SUBMITTED], APPLICATION_LAPSED - 1, theme(1), EXPORT_LIVE);
    assert_int_equal(live.count, 3);
    assert_int_equal(live.applied_cents, 1 << APPLICATION_SUBMITTED | 1 << APPLICATION_TO_SUPPLEMENT | 1 << APPLICATION_DECIDED);
    assert_int_equal(export_sum(rows, APPLICATION_LAPSED + 1, theme(1), EXPORT_ANY).count, APPLICATION_LAPSED + 1);
}

static void test_nothing_overflows(void **state)
{
    struct export_row rows[2] = {{.cents = MONEY_MAX}, {.cents = MONEY_MAX}};
    (void)state;
    assert_int_equal(export_sum(rows, 2, theme(0), -1).cents, MONEY_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_themes_and_states_are_the_whole),
        cmocka_unit_test(test_live_ones_are_neither_withdrawn_nor_lapsed),
        cmocka_unit_test(test_nothing_overflows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
