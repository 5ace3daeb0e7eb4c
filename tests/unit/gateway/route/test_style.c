/* The hash of a page's own style. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "services/gateway/route/style.h"

/* Worked out with another tool: base64 of SHA-256 of "p{color:red}". */
static const char HASH[] = "sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64=";

static void expect_style(const char *page, const char *expected)
{
    char style[STYLE_HASH];
    style_hash(span_text(page), style);
    assert_string_equal(style, expected);
}

static void test_the_first_style_of_the_head(void **state)
{
    (void)state;
    expect_style("<html><head><title>&lt;style></title><style>p{color:red}</style></head><body><style>x</style></body></html>", HASH);
    expect_style("<html><head></head><body><style>p{color:red}</style></body></html>", ""); /* words of people stand there */
    expect_style("<html><head><style>p{color:red}</head></style>", "");
    expect_style("", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_style_of_the_head), /* none in the body, none that is not closed */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
