/* Words of documents: dates by the clock of Helsinki, numbers and texts as each language has them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/enrolment/document/words.h"

static const char *date(const char *utc, const char *language)
{
    static char out[WORDS_DATE];
    int64_t us = 0;

    assert_true(time_parse(&us, span_text(utc)));
    words_date(us, language, out);
    return out;
}

static void test_dates(void **state)
{
    (void)state;
    assert_string_equal(date("2026-09-05T10:00:00Z", "fi"), "5.9.2026");
    assert_string_equal(date("2026-09-05T10:00:00Z", "sv"), "5.9.2026");
    assert_string_equal(date("2026-09-05T10:00:00Z", "en"), "5 September 2026");
    assert_string_equal(date("2026-01-31T21:59:59Z", "fi"), "31.1.2026"); /* winter: two hours */
    assert_string_equal(date("2026-01-31T22:00:00Z", "fi"), "1.2.2026");
    assert_string_equal(date("2026-06-30T20:59:59Z", "fi"), "30.6.2026"); /* summer: three hours */
    assert_string_equal(date("2026-06-30T21:00:00Z", "fi"), "1.7.2026");
    assert_string_equal(date("2026-12-31T22:30:00Z", "en"), "1 January 2027");
}

static void test_language_meant(void **state)
{
    (void)state;
    assert_string_equal(words_language("sv"), "sv");
    assert_string_equal(words_language("en"), "en");
    assert_string_equal(words_language("fi"), "fi");
    assert_string_equal(words_language(""), "fi");
    assert_string_equal(words_language("de) /X (y"), "fi");
}

static void test_tenths(void **state)
{
    char out[WORDS_TENTHS];
    (void)state;
    words_tenths(50, "fi", out);
    assert_string_equal(out, "5");
    words_tenths(45, "sv", out);
    assert_string_equal(out, "4,5");
    words_tenths(45, "en", out);
    assert_string_equal(out, "4.5");
    words_tenths(5, "fi", out);
    assert_string_equal(out, "0,5");
    words_tenths(0, "fi", out);
    assert_string_equal(out, "0");
}

static void test_languages(void **state)
{
    const struct text all = {.fi = "suomi", .sv = "svenska", .en = "English"}, finnish = {.fi = "suomi", .sv = "", .en = NULL};
    (void)state;
    assert_string_equal(words_in(all, "fi"), "suomi");
    assert_string_equal(words_in(all, "sv"), "svenska");
    assert_string_equal(words_in(all, "en"), "English");
    assert_string_equal(words_in(all, ""), "suomi");
    assert_string_equal(words_in(finnish, "sv"), "suomi");
    assert_string_equal(words_in(finnish, "en"), "suomi");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),          /* by the clock on the wall in Helsinki, summer and winter, over midnight */
        cmocka_unit_test(test_language_meant), /* what is none of the three is Finnish */
        cmocka_unit_test(test_tenths),         /* with the language's own decimal mark, and none where there is nothing after it */
        cmocka_unit_test(test_languages),      /* Finnish where a language says nothing */
    };
    return cmocka_run_group_tests_name("words of documents", tests, NULL, NULL);
}
