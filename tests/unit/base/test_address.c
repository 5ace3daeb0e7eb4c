/* Which addresses may be written on an envelope. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/address.h"

static bool valid(const char *text)
{
    return address_valid(span_text(text));
}

static void test_address_good(void **state)
{
    const char *good[] = {"a@example.fi", "first.last@example.org", "x+tag_1@sub.example.fi", "o'neill@example.fi", "a@localhost"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(valid(good[i]));
}

static void test_address_bad(void **state)
{
    const char *bad[] = {"",
                         "example.fi",
                         "@example.fi",
                         "a@",
                         "a b@example.fi",
                         "a@exa mple.fi",
                         "a@b@c.fi",
                         "a@example.fi\n",
                         "a\r\nX: y@e.fi",
                         ".a@example.fi",
                         "a.@example.fi",
                         "a..b@example.fi",
                         "a@.fi",
                         "a@example.fi.",
                         "<a@example.fi>",
                         "a,b@example.fi",
                         "väinö@example.fi",
                         "a@esimerkkiä.fi",
                         "\"a\"@example.fi"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (valid(bad[i]))
            fail_msg("taken for an address: %s", bad[i]);
}

static void test_address_length(void **state)
{
    char text[400];

    (void)state;
    memset(text, 'a', sizeof text);
    memcpy(text + 64, "@example.fi", 12);
    assert_true(valid(text)); /* 64 characters before the @ */
    memset(text, 'a', 65);
    memcpy(text + 65, "@example.fi", 12);
    assert_false(valid(text));
    memset(text, 'a', sizeof text);
    memcpy(text, "a@", 2);
    text[ADDRESS_MAX] = '\0';
    assert_true(valid(text));
    text[ADDRESS_MAX] = 'a';
    text[ADDRESS_MAX + 1] = '\0';
    assert_false(valid(text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_address_good),   /* ordinary addresses */
        cmocka_unit_test(test_address_bad),    /* what is none, adds a header or a recipient, or is not ASCII */
        cmocka_unit_test(test_address_length), /* the longest, and one more character */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
