/* Words that somebody typed: one line or several, without characters that steer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/plain_text.h"

static void test_one_line(void **state)
{
    char line[2 * PLAIN_LINE_MAX + 3];

    (void)state;
    assert_int_equal(plain_judge(span_text("T\xc3\xa4rke\xc3\xa4\xc2\xa0tieto \xf0\x9f\x98\x80"), true), PLAIN_OK);
    assert_int_equal(plain_judge(span_text("a\nb"), true), PLAIN_BREAK);
    assert_int_equal(plain_judge(span_text("a\rb"), true), PLAIN_BREAK);
    assert_int_equal(plain_judge(span_text("a\xc2\x85"), true), PLAIN_BREAK);
    assert_int_equal(plain_judge(span_text("a\xe2\x80\xa9"), true), PLAIN_BREAK);
    assert_int_equal(plain_judge(span_text("a\tb"), true), PLAIN_CONTROL);
    assert_int_equal(plain_judge(span_text("a\x7f"), true), PLAIN_CONTROL);
    assert_int_equal(plain_judge(span_text("a\xc2\x9b"), true), PLAIN_CONTROL);
    assert_int_equal(plain_judge(span_text(" \xc2\xa0"), true), PLAIN_BLANK);
    assert_int_equal(plain_judge(span_text(""), true), PLAIN_BLANK);
    for (size_t i = 0; i <= PLAIN_LINE_MAX; i++)
        memcpy(line + 2 * i, "\xc3\xa4", 2); /* characters count, not bytes */
    assert_int_equal(plain_judge(span_of(line, (size_t)2 * PLAIN_LINE_MAX), true), PLAIN_OK);
    assert_int_equal(plain_judge(span_of(line, (size_t)2 * PLAIN_LINE_MAX + 2), true), PLAIN_LONG);
    assert_int_equal(plain_judge(span_of(line, (size_t)2 * PLAIN_LINE_MAX + 2), false), PLAIN_OK);
}

static void test_several_lines(void **state)
{
    (void)state;
    assert_int_equal(plain_judge(span_text("a\n\n\tb \xe2\x80\x93 c"), false), PLAIN_OK);
    assert_int_equal(plain_judge(span_text("a\r\nb"), false), PLAIN_CONTROL);
    assert_int_equal(plain_judge(span_text("a\x1b[31m"), false), PLAIN_CONTROL);
    assert_int_equal(plain_judge(span_of("a\0b", 3), false), PLAIN_CONTROL);
    assert_int_equal(plain_judge(span_text("a\xe2\x80\xa8"), false), PLAIN_CONTROL);
    assert_int_equal(plain_judge(span_text("\n\t \n"), false), PLAIN_BLANK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_line),      /* says something, breaks nowhere, 200 characters */
        cmocka_unit_test(test_several_lines), /* tabs and line feeds, nothing else that steers */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
