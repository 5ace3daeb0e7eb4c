/* Texts for a line of a terminal: cut where a character ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "services/hv/output.h"

static void what_fits_is_whole(void **state)
{
    (void)state;
    assert_int_equal(output_cut("", 0), 0);
    assert_int_equal(output_cut("", 9), 0);
    assert_int_equal(output_cut("kunta", 6), 5);
    assert_int_equal(output_cut("kunta", 5), 5);
    assert_int_equal(output_cut("väylä", strlen("väylä")), strlen("väylä"));
}

static void what_does_not_is_cut(void **state)
{
    (void)state;
    assert_int_equal(output_cut("kunta", 4), 4);
    assert_int_equal(output_cut("kunta", 0), 0);
}

static void a_character_is_never_halved(void **state)
{
    (void)state;
    assert_int_equal(output_cut("väylä", 1), 1);
    assert_int_equal(output_cut("väylä", 2), 1); /* of the second letter's two bytes one would fit */
    assert_int_equal(output_cut("väylä", 3), 3);
    assert_int_equal(output_cut("\xF0\x9F\x9A\xA2\xF0\x9F\x9A\xA2", 7), 4); /* two of four bytes each */
    assert_int_equal(output_cut("\xF0\x9F\x9A\xA2", 3), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        {"a text that fits is whole", what_fits_is_whole, NULL, NULL, NULL},
        {"a longer one is cut to what fits", what_does_not_is_cut, NULL, NULL, NULL},
        {"a character of several bytes is never halved", a_character_is_never_halved, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
