/* A webinar's sequence rises with each change and with nothing else, and its id stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/enrolment/domain/webinar.h"

static const struct webinar STANDS = {.id = {{7}}, .starts_us = 100, .ends_us = 200, .sequence = 4};

static void expect_raised(const struct webinar *wanted)
{
    const struct webinar is = webinar_changed(&STANDS, wanted);

    assert_int_equal(is.sequence, 5);
    assert_int_equal(uuid_compare(is.id, STANDS.id), 0);
    assert_true(is.starts_us == wanted->starts_us && is.ends_us == wanted->ends_us);
    assert_true(is.advance_notice == wanted->advance_notice && is.cancelled == wanted->cancelled);
}

static void test_changed(void **state)
{
    struct webinar wanted = STANDS;
    (void)state;
    wanted.id = (struct uuid){{9}};
    wanted.sequence = 77;
    assert_int_equal(webinar_changed(&STANDS, &wanted).sequence, 4);
    wanted.starts_us++;
    expect_raised(&wanted);
    wanted = STANDS;
    wanted.ends_us--;
    expect_raised(&wanted);
    wanted = STANDS;
    wanted.advance_notice = true;
    expect_raised(&wanted);
    wanted = STANDS;
    wanted.cancelled = true;
    expect_raised(&wanted);
}

static void test_called_off(void **state)
{
    const struct webinar off = webinar_called_off(&STANDS), again = webinar_called_off(&off);
    (void)state;
    assert_true(off.cancelled && off.sequence == 5 && off.starts_us == 100);
    assert_true(again.cancelled && again.sequence == 5);
    assert_int_equal(webinar_changed(&off, &STANDS).sequence, 6);
    assert_false(webinar_changed(&off, &STANDS).cancelled);
}

static void test_of(void **state)
{
    const struct webinar second[2] = {{.id = {{1}}}, {.id = {{2}}}};
    const struct unit units[2] = {{.id = {{5}}, .webinars = &STANDS, .webinar_count = 1},
                                  {.id = {{6}}, .webinars = second, .webinar_count = 2}};
    const struct programme p = {.units = units, .unit_count = 2};
    (void)state;
    assert_ptr_equal(webinar_of(&p, (struct uuid){{2}}), &second[1]);
    assert_ptr_equal(webinar_of(&p, STANDS.id), &STANDS);
    assert_null(webinar_of(&p, (struct uuid){{5}}));
    assert_null(webinar_of(NULL, STANDS.id));
    assert_ptr_equal(unit_of(&p, (struct uuid){{6}}), &units[1]);
    assert_null(unit_of(NULL, (struct uuid){{6}}));
    assert_null(unit_of(&p, (struct uuid){{2}}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changed),    /* each part of it raises the sequence by one; the same again does not */
        cmocka_unit_test(test_called_off), /* once; and it may take place after all */
        cmocka_unit_test(test_of),         /* found in any unit by its id */
    };
    return cmocka_run_group_tests_name("webinar", tests, NULL, NULL);
}
