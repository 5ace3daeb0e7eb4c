/* The table of faults: every row has its texts and a status, ids are unique, and numbers from a newer peer are internal faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "common/base/err.h"

static void test_err_every_row_is_whole(void **state)
{
    (void)state;
    for (unsigned i = 0; i < ERR_COUNT; i++) {
        const struct err_text *row = err_text(i);
        assert_true(row->status >= 200 && row->status < 600);
        assert_true(*row->name && *row->id && *row->fi && *row->sv && *row->en);
        for (unsigned k = 0; k < i; k++)
            assert_string_not_equal(row->id, err_text(k)->id);
    }
}

static void test_err_numbers_are_fixed_for_ever(void **state)
{
    (void)state;
    /* They travel in bus.Reply.err: a row moved breaks every peer of another version. */
    assert_int_equal(ERR_OK, 0);
    assert_int_equal(ERR_INVALID, 1);
    assert_int_equal(ERR_NOT_FOUND, 4);
    assert_int_equal(ERR_REFUSED, 7);
    assert_int_equal(ERR_KEY_REUSED, 11);
    assert_int_equal(ERR_BUSY, 15);
    assert_int_equal(ERR_UNAVAILABLE, 16);
    assert_int_equal(ERR_TIMEOUT, 17);
}

static void test_err_an_unknown_number_is_an_internal_fault(void **state)
{
    (void)state;
    assert_string_equal(err_text(ERR_COUNT)->name, "INTERNAL");
    assert_string_equal(err_text(4000000000u)->id, "service.internal");
    assert_int_equal(err_text(ERR_KEY_REUSED)->status, 422);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_err_every_row_is_whole),
        cmocka_unit_test(test_err_numbers_are_fixed_for_ever),
        cmocka_unit_test(test_err_an_unknown_number_is_an_internal_fault),
    };
    return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
