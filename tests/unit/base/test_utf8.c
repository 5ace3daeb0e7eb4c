/* UTF-8 by the table of RFC 3629: the first and last of each row pass, their neighbours do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/utf8.h"

static void test_utf8_takes_what_is_well_formed(void **state)
{
    (void)state;
    static const char *const good[] = {
        "",
        "ascii",
        "Hakuväylä",
        "\x7f",
        "\xc2\x80",
        "\xdf\xbf",
        "\xe0\xa0\x80",
        "\xec\xbf\xbf",
        "\xed\x80\x80",
        "\xed\x9f\xbf",
        "\xee\x80\x80",
        "\xef\xbf\xbf",
        "\xf0\x90\x80\x80",
        "\xf3\xbf\xbf\xbf",
        "\xf4\x8f\xbf\xbf",
        "seven a\xc3\xa4 and on and on and on",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(utf8_valid(span_text(good[i])));
    assert_true(utf8_valid(span_of("a\0b", 3)));
    assert_true(utf8_valid(span_of(NULL, 0)));
}

static void test_utf8_refuses_what_is_not(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80",
        "\xbf",
        "\xc0\x80",
        "\xc1\xbf",
        "\xc2",
        "\xc2\x7f",
        "\xc2\xc0",
        "\xe0\x9f\xbf",
        "\xe0\xa0",
        "\xe1\x80\x7f",
        "\xed\xa0\x80",
        "\xed\xbf\xbf",
        "\xf0\x8f\xbf\xbf",
        "\xf0\x90\x80",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xfe",
        "\xff",
        "long enough for eight \xff",
        "1234567\xc3",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(utf8_valid(span_text(bad[i])));
    /* A character cut by the end of the span, though the memory goes on. */
    assert_false(utf8_valid(span_of("\xe2\x82\xac", 2)));
}

static void test_utf8_counts_characters(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(span_text("")), 0);
    assert_int_equal(utf8_count(span_text("väylä")), 5);
    assert_int_equal(utf8_count(span_text("\xf0\x9f\x8e\x93!")), 2);
}

static void test_utf8_marks_that_turn(void **state)
{
    (void)state;
    for (int c = 0x2000; c < 0x2100; c++) {
        const char text[] = {'a', (char)0xe2, (char)(0x80 | (c >> 6 & 0x3f)), (char)(0x80 | (c & 0x3f)), 'b', '\0'};
        const bool turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        assert_int_equal(utf8_turns(span_text(text), 1), turns);
        assert_false(utf8_turns(span_text(text), 2));
    }
    assert_false(utf8_turns(span_text("\xd7\xa9"), 0)); /* a letter of Hebrew */
    assert_false(utf8_turns(span_of("\xe2\x80\xae", 2), 0));
}

static void test_utf8_control_characters(void **state)
{
    (void)state;
    assert_true(utf8_control(span_text("\x1b[2J"), 0));
    assert_true(utf8_control(span_text("a\x7f"), 1));
    assert_true(utf8_control(span_text("\xc2\x80"), 0));
    assert_true(utf8_control(span_text("\xc2\x9f"), 0));
    assert_false(utf8_control(span_text("\xc2\xa0"), 0)); /* a space that does not break */
    assert_false(utf8_control(span_text("\xe2\x82\x9b"), 2));
    assert_false(utf8_control(span_text("\xc3\x84"), 0));
    assert_false(utf8_control(span_of("\xc2", 1), 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8_takes_what_is_well_formed), cmocka_unit_test(test_utf8_refuses_what_is_not),
        cmocka_unit_test(test_utf8_counts_characters),         cmocka_unit_test(test_utf8_control_characters),
        cmocka_unit_test(test_utf8_marks_that_turn),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
