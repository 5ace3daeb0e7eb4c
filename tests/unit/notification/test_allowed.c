/* Which addresses get mail at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/notification/domain/allowed.h"

static bool allowed(const char *domains, const char *address)
{
    return mail_allowed(domains, span_text(address));
}

static void test_allowed_all(void **state)
{
    (void)state;
    assert_true(allowed("", "a@example.fi"));
    assert_true(allowed(" , ", "a@example.fi"));
}

static void test_allowed_domains(void **state)
{
    (void)state;
    assert_true(allowed("example.fi", "a@example.fi"));
    assert_true(allowed(" example.org,Example.FI ", "a@eXample.fi"));
    assert_true(allowed("example.fi", "\"a@b\"@example.fi"));
    assert_false(allowed("example.fi", "a@example.org"));
    assert_false(allowed("example.fi", "a@sub.example.fi"));
    assert_false(allowed("sub.example.fi", "a@example.fi"));
    assert_false(allowed("example.fi", "a@example.fi.example.org"));
    assert_false(allowed("example.fi", "example.fi"));
    assert_false(allowed("example.fi", "a@"));
    assert_false(allowed("example.fi", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allowed_all),     /* no list: everybody */
        cmocka_unit_test(test_allowed_domains), /* exactly these domains, in any case, after the last @ */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
