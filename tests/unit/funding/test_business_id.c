/* The Finnish business identity code: real ones of public bodies, every wrong check digit, and what is no code at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/business_id.h"

static void test_codes_of_public_bodies(void **state)
{
    static const char *const codes[] = {"0313471-7", "0245894-7", "0204819-8", "0124610-9", "2769790-1"};
    char wrong[BUSINESS_ID_TEXT];
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        assert_true(business_id_valid(codes[i]));
        for (int digit = '0'; digit <= '9'; digit++) {
            (void)snprintf(wrong, sizeof wrong, "%.8s%c", codes[i], digit);
            assert_int_equal(business_id_valid(wrong), digit == codes[i][8]);
        }
    }
}

static void test_a_single_wrong_digit_is_seen(void **state)
{
    char text[BUSINESS_ID_TEXT] = "0313471-7";
    (void)state;
    for (size_t at = 0; at < 7; at++)
        for (int digit = '0'; digit <= '9'; digit++) {
            const char was = text[at];
            text[at] = (char)digit;
            assert_int_equal(business_id_valid(text), digit == was);
            text[at] = was;
        }
}

static void test_what_is_no_code(void **state)
{
    static const char *const texts[] = {"",           "0313471",   "03134717",  "0313471-",  "0313471-77", "313471-7",
                                        "FI03134717", "0313471 7", "031347a-7", "0313471-x", " 0313471-7"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_false(business_id_valid(texts[i]));
}

static void test_made_codes(void **state)
{
    char text[BUSINESS_ID_TEXT];
    size_t made = 0;
    (void)state;
    assert_true(business_id_make(313471, text));
    assert_string_equal(text, "0313471-7");
    for (int32_t number = 1000000; number < 1011000; number++)
        if (business_id_make(number, text)) {
            assert_true(business_id_valid(text));
            made++;
        }
    assert_in_range(made, 9990, 10010); /* one of eleven is never given out */
    assert_false(business_id_make(-1, text));
    assert_false(business_id_make(10000000, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_of_public_bodies),
        cmocka_unit_test(test_a_single_wrong_digit_is_seen),
        cmocka_unit_test(test_what_is_no_code),
        cmocka_unit_test(test_made_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
