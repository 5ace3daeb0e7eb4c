/* Windows are half-open to the microsecond, and each announcement is made once. */
#include "services/enrolment/domain/window.h"
#include "tests/unit/enrolment/domain/cases.h"

static void test_window_boundaries(void **state)
{
    const struct window windows[] = {
        {.opens_us = 1000, .closes_us = 2000}, {.opens_us = 2000, .closes_us = 3000}, {.opens_us = 5000, .closes_us = 6000}};
    static const struct {
        size_t count;
        int64_t at_us;
        enum window_state state;
        int64_t edge_us;
    } rows[] = {
        {0, 1500, WINDOW_NONE, 0},       {1, 999, WINDOW_NOT_YET, 1000},  {1, 1000, WINDOW_OPEN, 2000}, {1, 1999, WINDOW_OPEN, 2000},
        {1, 2000, WINDOW_CLOSED, 2000},  {2, 1999, WINDOW_OPEN, 2000},    {2, 2000, WINDOW_OPEN, 3000}, {2, 3000, WINDOW_CLOSED, 3000},
        {3, 3000, WINDOW_NOT_YET, 5000}, {3, 4999, WINDOW_NOT_YET, 5000}, {3, 5000, WINDOW_OPEN, 6000}, {3, 6000, WINDOW_CLOSED, 6000},
        {3, 1, WINDOW_NOT_YET, 1000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t edge_us = -1;
        assert_int_equal(window_state_at(windows, rows[i].count, rows[i].at_us, &edge_us), rows[i].state);
        assert_int_equal(edge_us, rows[i].edge_us);
    }
}

static void test_window_announced_once(void **state)
{
    struct window window = {.opens_us = 1000, .closes_us = 2000};
    (void)state;
    assert_false(window_opening_due(&window, 999));
    assert_true(window_opening_due(&window, 1000));
    assert_false(window_closing_due(&window, 1999));
    assert_true(window_closing_due(&window, 2000));
    window.opened_told = window.closed_told = true;
    assert_false(window_opening_due(&window, 5000));
    assert_false(window_closing_due(&window, 5000));
}

static void test_window_moved(void **state)
{
    struct window window = {.opens_us = 1000, .closes_us = 2000, .opened_told = true, .closed_told = true};
    (void)state;
    window_move(&window, 1000, 2000, 2500);
    assert_false(window.changed);
    window_move(&window, 1000, 3000, 2500); /* prolonged while it was closed: the opening was told, the closing comes again */
    assert_true(window.changed);
    assert_true(window.opened_told);
    assert_false(window.closed_told);
    window_move(&window, 2600, 3000, 2500);
    assert_false(window.opened_told);
}

static void test_window_added(void **state)
{
    const struct uuid id = {{7}};
    (void)state;
    struct window window = window_added(id, 1000, 2000, 1999);
    assert_true(window.changed && window_opening_due(&window, 1999));
    assert_true(window_closing_due(&window, 2000));
    window = window_added(id, 1000, 2000, 2000); /* closed when it was made: only for the record */
    assert_false(window_opening_due(&window, 2000) || window_closing_due(&window, 2000));
}

static void test_window_overlap(void **state)
{
    const struct window a = {.opens_us = 10, .closes_us = 20}, touching = {.opens_us = 20, .closes_us = 30},
                        inside = {.opens_us = 19, .closes_us = 21};
    (void)state;
    assert_false(window_overlaps(&a, &touching));
    assert_false(window_overlaps(&touching, &a));
    assert_true(window_overlaps(&a, &inside));
    assert_true(window_overlaps(&a, &a));
}

static void test_window_at(void **state)
{
    struct window windows[2] = {{.id = {{1}}, .opens_us = 100, .closes_us = 200}, {.id = {{2}}, .opens_us = 200, .closes_us = 300}};
    (void)state;
    assert_null(window_at(windows, 2, 99));
    assert_ptr_equal(window_at(windows, 2, 100), &windows[0]);
    assert_ptr_equal(window_at(windows, 2, 199), &windows[0]);
    assert_ptr_equal(window_at(windows, 2, 200), &windows[1]);
    assert_null(window_at(windows, 2, 300));
    assert_ptr_equal(window_by_id(windows, 2, windows[1].id), &windows[1]);
    assert_null(window_by_id(windows, 2, (struct uuid){{0}}));
}

static void test_window_quota(void **state)
{
    struct window limited = {.quota = 2}, open = {.quota = 0};
    (void)state;
    for (uint32_t used = 0; used < 2; used++) {
        assert_true(window_quota_left(&limited));
        assert_true(window_quota_use(&limited));
    }
    assert_false(window_quota_left(&limited));
    assert_true(limited.changed && limited.used == 2);
    window_quota_return(&limited);
    assert_true(window_quota_left(&limited) && limited.used == 1);
    assert_false(window_quota_use(&open));
    assert_true(window_quota_left(&open) && !open.changed && open.used == 0); /* nothing to write on the way of an enrolment */
    window_quota_return(&open);
    assert_true(open.used == 0 && !open.changed);
    limited.quota = 0; /* dropped while a hold has a share of it: what was taken is given back all the same */
    window_quota_return(&limited);
    assert_int_equal(limited.used, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_window_boundaries),     /* first and last microsecond, between two, before and after all */
        cmocka_unit_test(test_window_announced_once), /* due at the moment itself, and never again */
        cmocka_unit_test(test_window_moved),          /* an announcement is taken back only for a moment that lies ahead */
        cmocka_unit_test(test_window_added),          /* of one that has closed already nobody is told */
        cmocka_unit_test(test_window_overlap),        /* windows may touch */
        cmocka_unit_test(test_window_at),             /* which one a moment belongs to */
        cmocka_unit_test(test_window_quota)           /* used, full, given back; without one nothing is counted */
    };
    return cmocka_run_group_tests_name("window", tests, NULL, NULL);
}
