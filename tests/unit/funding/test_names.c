/* Names of people in texts: marked, counted, shown and taken out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/names.h"

#define GONE "[nimi poistettu]"

static void assert_reads(const char *text, size_t count, const char *shown, const char *removed)
{
    char out[400];

    assert_int_equal(names_count(text), count);
    assert_int_equal(names_shown(out, sizeof out, text), strlen(shown));
    assert_string_equal(out, shown);
    assert_int_equal(names_removed(out, sizeof out, text, GONE), strlen(removed));
    assert_string_equal(out, removed);
}

static void test_names_are_shown_or_taken_out(void **state)
{
    (void)state;
    assert_reads("", 0, "", "");
    assert_reads("Ei nimiä", 0, "Ei nimiä", "Ei nimiä");
    assert_reads("[[Aava Koivula]]", 1, "Aava Koivula", GONE);
    assert_reads("Jäsen [[Aava Koivula]] ja [[Ilmari Ääri]].", 2, "Jäsen Aava Koivula ja Ilmari Ääri.", "Jäsen " GONE " ja " GONE ".");
    assert_reads("[[A]][[B]]\n[[C]]", 3, "AB\nC", GONE GONE "\n" GONE);
    assert_reads("[[A] B]]", 1, "A] B", GONE);
}

/* What is no name stays as it was written, whole. */
static void test_what_is_no_name_stays(void **state)
{
    static const char *const texts[] = {"[[", "]]", "[[]]", "[Aava]", "[[Aava", "Aava]]", "[[Aava\nKoivula]]", "[", "a [[ b"};
    char out[100];

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(names_count(texts[i]), 0);
        (void)names_removed(out, sizeof out, texts[i], GONE);
        assert_string_equal(out, texts[i]);
        (void)names_shown(out, sizeof out, texts[i]);
        assert_string_equal(out, texts[i]);
    }
    assert_reads("[[ulompi [[Aava]]", 1, "[[ulompi Aava", "[[ulompi " GONE);
}

static void test_well_formed(void **state)
{
    static const char *const good[] = {"", "a", "[a]", "[[Aava]]", "[[A]] ja [[B]]\n[[C]]", "a [ b ] c", "[[A [B] C]]"};
    static const char *const bad[] = {"[[", "]]", "[[]]", "[[Aava", "Aava]]", "[[A [[B]]", "[[A\nB]]", "[[A]]]]", "[[A]] [["};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        if (!names_well_formed(good[i]))
            fail_msg("%s is well-formed", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (names_well_formed(bad[i]))
            fail_msg("%s is not well-formed", bad[i]);
}

/* Of whatever is well-formed no bracket is left; and the room that the header promises is enough, to the byte. */
static void test_many_texts(void **state)
{
    static const char *const pieces[] = {"[[", "]]", "[", "]", "Aava", "\n", " ", "ä"};
    char text[64], instead[NAMES_GROWTH + 1];

    (void)state;
    memset(instead, 'x', NAMES_GROWTH);
    instead[NAMES_GROWTH] = '\0';
    srand(7);
    for (int round = 0; round < 20000; round++) {
        size_t len = 0;
        text[0] = '\0';
        for (int i = rand() % 9; i > 0; i--)
            len += (size_t)snprintf(text + len, sizeof text - len, "%s", pieces[(size_t)rand() % (sizeof pieces / sizeof pieces[0])]);
        const size_t room = strlen(text) + names_count(text) * NAMES_GROWTH + 1;
        char *out = malloc(room);
        assert_true(names_removed(out, room, text, instead) < room);
        if (names_well_formed(text))
            assert_null(strstr(out, "[["));
        assert_true(names_shown(out, room, text) == strlen(text) - 4 * names_count(text));
        free(out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_shown_or_taken_out), /* one, several, side by side, with a bracket inside */
        cmocka_unit_test(test_what_is_no_name_stays),        /* unclosed, empty, over two lines */
        cmocka_unit_test(test_well_formed),                  /* and what is not */
        cmocka_unit_test(test_many_texts),                   /* random ones, in no more room than promised */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
