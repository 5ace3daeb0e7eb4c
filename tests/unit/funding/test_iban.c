/* Account numbers: the check digits, the length of a Finnish one, and how people write them. The valid ones are the examples of ISO 13616
 * registries, of no real account. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/iban.h"

static char read[IBAN_TEXT];

static bool reads(const char *text)
{
    return iban_read(read, text);
}

static void test_valid(void **state)
{
    (void)state;
    assert_true(reads("FI2112345600000785"));
    assert_string_equal(read, "FI2112345600000785");
    assert_true(reads("SE4550000000058398257466"));
    assert_true(reads("NO9386011117947")); /* the shortest there is */
    assert_true(reads("GB29NWBK60161331926819"));
    assert_true(reads("MT84MALT011000012345MTLCAST001S"));
}

static void test_written(void **state)
{
    (void)state;
    assert_true(reads(" fi21 1234 5600 0007 85 "));
    assert_string_equal(read, "FI2112345600000785");
    assert_false(reads("FI21-1234-5600-0007-85"));
    assert_false(reads("FI21\t12345600000785"));
}

static void test_wrong(void **state)
{
    (void)state;
    assert_false(reads(""));
    assert_string_equal(read, "");
    assert_false(reads("FI2112345600000786"));                   /* one digit */
    assert_false(reads("FI2112345600007085"));                   /* two digits that changed places */
    assert_false(reads("FI121234560000785"));                    /* too short for Finland */
    assert_false(reads("2112345600000785"));                     /* no country */
    assert_false(reads("FIAA12345600000785"));                   /* no check digits */
    assert_false(reads("FI2112345600000785FI2112345600000785")); /* longer than any */
    assert_false(reads("Ä12112345600000785"));
}

/* Of all a hundred pairs of check digits exactly one is right (98 less what is left; 02..98). */
static void test_one_of_a_hundred(void **state)
{
    char text[] = "FI0012345600000785";
    int right = 0;

    (void)state;
    for (int i = 0; i < 100; i++) {
        text[2] = (char)('0' + i / 10);
        text[3] = (char)('0' + i % 10);
        right += reads(text) ? 1 : 0;
    }
    assert_int_equal(right, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid),           /* of several countries */
        cmocka_unit_test(test_written),         /* spaces and small letters are read, nothing else */
        cmocka_unit_test(test_wrong),           /* digits, lengths, letters */
        cmocka_unit_test(test_one_of_a_hundred) /* the check digits are told apart */
    };
    return cmocka_run_group_tests_name("funding iban", tests, NULL, NULL);
}
