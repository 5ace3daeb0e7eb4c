/* What can be wrong with a template, in words: all of it in all three languages, about the same things. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/wrong.h"

static const char *words(enum wrong wrong, enum language language)
{
    static char out[WRONG_WORDS];
    struct pattern_error error;

    assert_false(wrong_say(&error, 7, wrong, span_text("<first>"), span_text("<second>"), span_text("<third>")));
    assert_int_equal(error.at, 7);
    return wrong_words(&error, language, out);
}

static void test_wrong_in_three_languages(void **state)
{
    static const char *const ABOUT[] = {"<first>", "<second>", "<third>"};

    (void)state;
    for (enum wrong wrong = WRONG_NOTHING + 1; wrong <= WRONG_ELEMENT_OPEN; wrong++)
        for (enum language language = LANGUAGE_FI; language <= LANGUAGE_EN; language++) {
            char english[WRONG_WORDS];
            (void)snprintf(english, sizeof english, "%s", words(wrong, LANGUAGE_EN));
            const char *said = words(wrong, language);
            assert_true(strlen(said) > 10);
            for (size_t i = 0; i < 3; i++)
                assert_int_equal(strstr(said, ABOUT[i]) == NULL, strstr(english, ABOUT[i]) == NULL);
            if (language != LANGUAGE_EN)
                assert_string_not_equal(said, english);
        }
}

static void test_wrong_long_words(void **state)
{
    struct pattern_error error;
    char out[WRONG_WORDS], word[300];

    (void)state;
    memset(word, 'x', sizeof word);
    memcpy(word + WRONG_WORD - 2, "ä", 2); /* the cut falls into a character */
    (void)wrong_say(&error, 0, WRONG_FACT_KEY, span_of(word, sizeof word), span_of(word, sizeof word), span_of(word, sizeof word));
    assert_int_equal(strlen(error.about[0]), WRONG_WORD - 2);
    for (enum language language = LANGUAGE_FI; language <= LANGUAGE_EN; language++) {
        const char *said = wrong_words(&error, language, out);
        assert_true(strlen(said) > 3 * (WRONG_WORD - 2) && strlen(said) < WRONG_WORDS - 1);
        assert_non_null(strstr(said, "none")); /* nothing was left out */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrong_in_three_languages), /* every sentence, with the same places */
        cmocka_unit_test(test_wrong_long_words),         /* cut between characters; the sentence still fits */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
