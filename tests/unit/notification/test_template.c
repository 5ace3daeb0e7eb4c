/* The built-in templates: each passes the same check as an operator's, and every kind can be written in every language with all it can say,
 * with only what it must say, and with facts as long and as wild as people make them. An independent parser reads the HTML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "tests/unit/notification/letters.h"
#include "tests/unit/notification/plain.h"

static struct letter letter;

static void write_letter(enum message_kind kind, enum language language, const struct facts *facts)
{
    struct template_texts texts = letters_texts(kind, language);

    if (letter_write(kind, language, &texts, facts, &PLAIN, "https://hakuvayla.example.fi/asetukset", &letter) != LETTER_OK)
        fail_msg("%s in %s is not written", kind_of(kind)->name, language_code(language));
}

static void check_words(enum message_kind kind, enum language language, const char *place, const char *words)
{
    struct pattern_error error;

    if (!pattern_check(span_text(words), kind, &error))
        fail_msg("%s of %s in %s: byte %zu: %s", place, kind_of(kind)->name, language_code(language), error.at,
                 wrong_words(&error, LANGUAGE_EN, (char[WRONG_WORDS]){0}));
}

static void for_each(void (*then)(enum message_kind kind, enum language language))
{
    for (int kind = KIND_CONFIRMATION; kind <= KIND_LAST; kind++)
        for (int language = LANGUAGE_FI; language < LANGUAGE_COUNT; language++)
            then((enum message_kind)kind, (enum language)language);
}

static void check_one(enum message_kind kind, enum language language)
{
    const struct template_built_in *words = template_built_in(kind, language);

    assert_non_null(words->subject);
    assert_non_null(words->text);
    check_words(kind, language, "the subject", words->subject);
    check_words(kind, language, "the text", words->text);
    assert_null(strchr(words->subject, '\n'));
    for (int fact = 0; fact < FACT_COUNT_OF; fact++)
        if (kind_essential(kind, (enum fact_name)fact) && !pattern_says(span_text(words->text), (enum fact_name)fact))
            assert_true(fact == FACT_SUBJECT && pattern_says(span_text(words->subject), FACT_SUBJECT));
}

static void test_template_check(void **state)
{
    (void)state;
    for_each(check_one);
}

/* What a letter of this kind is sure to name. A draft and what became of one may have no title. */
static enum fact_name about_of(enum message_kind kind)
{
    if (kind == KIND_DIGEST)
        return FACT_ENTRIES;
    if (kind == KIND_NOTICE)
        return FACT_BODY;
    if (kind == KIND_DRAFT_CLOSES)
        return FACT_CALL_FI;
    if (kind == KIND_APPLICATION_ENDED || kind == KIND_MEETING_SUMMONED || kind == KIND_MEETING_CANCELLED)
        return FACT_COUNT_OF;
    if (kind >= KIND_CASE_FILED && kind != KIND_SHARE_DECIDED)
        return FACT_CASE;
    return kind > KIND_DIGEST ? FACT_PROJECT : FACT_TRAINING;
}

/* No notation is left, lines are in order, and the letter names what it is about. */
static void expect_letter(enum message_kind kind, enum language language)
{
    enum fact_name about = about_of(kind);

    if (strpbrk(letter.text, "{}#|") != NULL || strstr(letter.text, "select") != NULL)
        fail_msg("%s in %s: %s", kind_of(kind)->name, language_code(language), letter.text);
    assert_null(strstr(letter.text, "\n\n\n"));
    assert_null(strstr(letter.text, " \n"));
    assert_null(strstr(letter.text, "  "));
    if (about != FACT_COUNT_OF && !(about == FACT_CALL_FI && language != LANGUAGE_FI))
        assert_non_null(strstr(letter.text, fact_sample(about)));
    assert_int_equal(letter.text[strlen(letter.text) - 1], '\n');
    assert_true(letter.subject[0] != '\0');
}

static void write_all(enum message_kind kind, enum language language)
{
    struct facts facts = letters_facts(kind, true);

    write_letter(kind, language, &facts);
    expect_letter(kind, language);
    if (kind > KIND_DIGEST && kind != KIND_DRAFT_CLOSES && (kind < KIND_CASE_FILED || kind == KIND_SHARE_DECIDED))
        assert_non_null(strstr(letter.subject, fact_sample(FACT_PROJECT)));
    if (about_of(kind) == FACT_CASE)
        assert_non_null(strstr(letter.subject, fact_sample(kind == KIND_NOMINATED ? FACT_GROUP : FACT_CASE)));
    if (kind < KIND_DIGEST && kind != KIND_NOTICE && kind != KIND_ANNOUNCEMENT)
        assert_non_null(strstr(letter.subject, fact_sample(FACT_TRAINING)));
}

static void write_least(enum message_kind kind, enum language language)
{
    struct facts facts = letters_facts(kind, false);

    write_letter(kind, language, &facts);
    expect_letter(kind, language);
}

static void test_template_all_facts(void **state)
{
    (void)state;
    for_each(write_all);
}

static void test_template_least_facts(void **state)
{
    (void)state;
    for_each(write_least);
}

static void cannot_without(enum message_kind kind, enum language language)
{
    struct template_texts texts = letters_texts(kind, language);

    for (const enum fact_name *fact = kind_of(kind)->required; *fact != FACT_COUNT_OF; fact++) {
        struct facts facts = letters_facts(kind, true);
        facts.of[*fact].known = false;
        if (*fact == FACT_CALL_FI)
            continue; /* it is there for the reader's name of the call */
        if (*fact == FACT_CALL)
            facts.of[FACT_CALL_FI].known = false;
        assert_int_equal(letter_write(kind, language, &texts, &facts, &PLAIN, "", &letter), LETTER_MISSING);
    }
}

static void test_template_required_facts(void **state)
{
    (void)state;
    for_each(cannot_without);
}

static void differ(enum message_kind kind, enum language language)
{
    enum language next = (enum language)((language + 1) % LANGUAGE_COUNT);

    assert_string_not_equal(template_built_in(kind, language)->text, template_built_in(kind, next)->text);
}

static void test_template_languages(void **state)
{
    (void)state;
    for_each(differ);
}

/* The longest facts the contract lets through: 200 characters of four bytes each, reasons of 2000, as many webinars as a letter names. */
static void write_longest(enum message_kind kind, enum language language)
{
    static char title[4 * 200 + 1], reason[2001], places[2001], list[40000];
    struct facts facts = letters_facts(kind, true);

    for (size_t i = 0; i < 200; i++)
        memcpy(title + 4 * i, "\U0001F6A2", 4);
    memset(reason, '&', sizeof reason - 1);
    memset(places, 'p', sizeof places - 1);
    char *at = list;
    for (int i = 0; i < LETTER_WEBINARS_MAX; i++)
        at += sprintf(at, "- %s: torstai 30.1.2025 klo 9.00 – perjantai 31.1.2025 klo 12.00\n", title);
    static const enum fact_name TITLES[] = {FACT_NAME, FACT_TRAINING, FACT_IMPLEMENTATION, FACT_ORGANISER,
                                            FACT_UNIT, FACT_PROJECT,  FACT_CALL_EN};
    for (size_t i = 0; i < sizeof TITLES / sizeof TITLES[0]; i++)
        if (facts.of[TITLES[i]].known)
            facts.of[TITLES[i]].text = span_text(title);
    facts.of[FACT_REASON].text = facts.of[FACT_PERIOD_REASON].text = facts.of[FACT_BUDGET_REASON].text = span_text(reason);
    facts.of[FACT_PLACES].text = span_text(places);
    facts.of[FACT_WEBINARS].text = facts.of[FACT_ENTRIES].text = span_text(list);
    write_letter(kind, language, &facts);
}

static void test_template_longest_facts(void **state)
{
    (void)state;
    for_each(write_longest);
}

/* --- the HTML, read by somebody else ---------------------------------------------------------------------------------- */
static FILE *reader;

static void make_wild(struct facts *facts)
{
    static const char WILD[] =
        "</p><script>alert(\"1\")</script> & it's \"x\" https://x.example.fi/?a=<b>&c=\"d\" ]]> <!-- \n- \n-- {name} é€\n\n</main>";

    for (int i = 0; i < FACT_COUNT_OF; i++)
        if (facts->of[i].known && fact_type_of((enum fact_name)i) == FACT_TEXT && fact_keys((enum fact_name)i) == NULL)
            facts->of[i].text = span_text(WILD);
}

static void give(enum message_kind kind, enum language language)
{
    for (int way = 0; way < 3; way++) {
        struct facts facts = letters_facts(kind, way > 0);
        if (way == 2)
            make_wild(&facts);
        write_letter(kind, language, &facts);
        assert_int_equal(fwrite(letter.html, 1, strlen(letter.html) + 1, reader), strlen(letter.html) + 1);
    }
}

static void test_template_html(void **state)
{
    (void)state;
    reader = popen("/usr/bin/python3 " HTML_ORACLE " 1>&2", "w");
    assert_non_null(reader);
    for_each(give);
    assert_int_equal(pclose(reader), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_template_check),          /* all 63 pass the check of operators' templates */
        cmocka_unit_test(test_template_all_facts),      /* with everything known: no notation left, no empty lines in a row */
        cmocka_unit_test(test_template_least_facts),    /* with only what is required */
        cmocka_unit_test(test_template_required_facts), /* without any one of those there is no letter */
        cmocka_unit_test(test_template_languages),      /* no language was copied from another */
        cmocka_unit_test(test_template_longest_facts),  /* the longest that the services take in can be said */
        cmocka_unit_test(test_template_html),           /* the HTML is valid whatever people write, by another parser */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
