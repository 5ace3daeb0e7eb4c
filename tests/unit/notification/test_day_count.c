/* The ring of hours: what is a day old counts no more, and its place is used again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/notification/domain/day_count.h"

#define NOW (500000 * TIME_HOUR)

static void test_day_count(void **state)
{
    struct day_count day = {.of = {{.hour = 0}}};

    (void)state;
    assert_int_equal(day_count_read(&day, NOW), 0);
    day_count_add(&day, NOW);
    day_count_add(&day, NOW + TIME_HOUR - 1);
    day_count_add(&day, NOW + 5 * TIME_HOUR);
    assert_int_equal(day_count_read(&day, NOW + 5 * TIME_HOUR), 3);
    assert_int_equal(day_count_read(&day, NOW), 2); /* a clock that was set back sees nothing of the time to come */
    assert_int_equal(day_count_read(&day, NOW + 24 * TIME_HOUR - 1), 3);
    assert_int_equal(day_count_read(&day, NOW + 24 * TIME_HOUR), 1);
    day_count_add(&day, NOW + 24 * TIME_HOUR);
    assert_int_equal(day_count_read(&day, NOW + 24 * TIME_HOUR), 2);
    assert_int_equal(day_count_read(&day, NOW + 100 * TIME_HOUR), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_day_count), /* of this hour and the 23 before it */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
