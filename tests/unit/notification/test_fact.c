/* The table of facts: names, types, samples, and what the API may say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/sample.h"

static bool reads(enum fact_name name, const char *text, int64_t number)
{
    struct fact fact;

    return fact_read(name, span_text(text), &fact) && fact.known && fact.number == number;
}

static bool takes(enum fact_name name, const char *text)
{
    struct fact fact;

    return fact_read(name, span_text(text), &fact) && fact.known && span_equal(fact.text, span_text(text));
}

static void test_fact_names(void **state)
{
    (void)state;
    for (int i = 0; i < FACT_COUNT_OF; i++) {
        enum fact_name name = (enum fact_name)i, found = FACT_COUNT_OF;
        assert_non_null(fact_text_name(name));
        assert_true(fact_find(span_text(fact_text_name(name)), &found));
        assert_int_equal(found, name);
    }
    enum fact_name found;
    assert_false(fact_find(span_text("organizer"), &found));
    assert_false(fact_find(span_text(""), &found));
    assert_string_equal(fact_text_name(FACT_REPLY_DUE), "reply_due");
}

static void test_fact_samples(void **state)
{
    (void)state;
    for (int i = 0; i < FACT_COUNT_OF; i++) {
        struct fact fact;
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            assert_true(fact_read((enum fact_name)i, span_text(sample_of((enum fact_name)i, (enum language)language)), &fact));
        if (!fact_read((enum fact_name)i, span_text(fact_sample((enum fact_name)i)), &fact) || !fact.known)
            fail_msg("the sample of %s is none", fact_text_name((enum fact_name)i));
    }
}

static void test_fact_told(void **state)
{
    (void)state;
    assert_false(fact_told(FACT_NAME));
    assert_false(fact_told(FACT_LINK));
    assert_false(fact_told(FACT_AHEAD)); /* follows from the position */
    assert_true(fact_told(FACT_ORDER));
    assert_true(fact_told(FACT_ENTRIES));
}

static void test_fact_known(void **state)
{
    struct facts facts = {0};

    (void)state;
    facts_text(&facts, FACT_REASON, span_text(""));
    assert_false(facts.of[FACT_REASON].known);
    facts_text(&facts, FACT_REASON, span_text("x"));
    assert_true(facts.of[FACT_REASON].known);
    facts_number(&facts, FACT_ORDER, 0);
    assert_false(facts.of[FACT_ORDER].known);
    facts_number(&facts, FACT_REPLY_DUE, 0);
    assert_false(facts.of[FACT_REPLY_DUE].known);
    facts_number(&facts, FACT_AHEAD, 0);
    assert_true(facts.of[FACT_AHEAD].known);
    facts_number(&facts, FACT_SEATED, 0);
    assert_true(facts.of[FACT_SEATED].known);
}

static void test_fact_numbers(void **state)
{
    (void)state;
    assert_true(reads(FACT_ORDER, "12", 12));
    assert_true(reads(FACT_ORDER, "999999999999999", 999999999999999));
    assert_false(reads(FACT_ORDER, "1000000000000000", 1000000000000000));
    assert_false(reads(FACT_ORDER, "0", 0));
    assert_true(reads(FACT_AHEAD, "0", 0));
    assert_false(reads(FACT_ORDER, "", 0));
    assert_false(reads(FACT_ORDER, "-1", -1));
    assert_false(reads(FACT_ORDER, "1.5", 15));
    assert_false(reads(FACT_ORDER, "1 000", 1000));
    assert_true(reads(FACT_CREDITS, "5", 50));
    assert_true(reads(FACT_CREDITS, "2.5", 25));
    assert_true(reads(FACT_CREDITS, "0.5", 5));
    assert_false(reads(FACT_CREDITS, "2,5", 25));
    assert_false(reads(FACT_CREDITS, ".5", 5));
    assert_false(reads(FACT_CREDITS, "2.x", 20));
    assert_false(reads(FACT_CREDITS, "2.", 20));
}

static void test_fact_moments_and_flags(void **state)
{
    (void)state;
    assert_true(reads(FACT_OPENS, "2024-09-19T09:00:00+03:00", 1726725600000000));
    assert_false(reads(FACT_OPENS, "19.9.2024", 0));
    assert_false(reads(FACT_OPENS, "", 0));
    assert_true(reads(FACT_SEATED, "true", 1));
    assert_true(reads(FACT_SEATED, "false", 0));
    assert_false(reads(FACT_SEATED, "yes", 1));
}

static void test_fact_texts(void **state)
{
    struct fact fact;

    (void)state;
    assert_true(takes(FACT_REASON, "Työvuoro\nmuuttui"));
    assert_false(takes(FACT_REASON, ""));
    assert_false(fact_read(FACT_REASON, span_of("a\0b", 3), &fact));
    assert_false(fact_read(FACT_REASON, span_of("\xc3", 1), &fact));
    assert_true(takes(FACT_CAUSE, "expired"));
    assert_false(takes(FACT_CAUSE, "expire"));
    assert_false(takes(FACT_CAUSE, "removed rejected"));
    assert_true(takes(FACT_ENTRIES, "- yksi\n- kaksi"));
    assert_true(takes(FACT_ENTRIES, "- yksi\n"));
    assert_false(takes(FACT_ENTRIES, "- yksi\nkaksi"));
    assert_false(takes(FACT_ENTRIES, "yksi"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fact_names),             /* each has one name, and is found by it */
        cmocka_unit_test(test_fact_samples),           /* each sample is of its type, so a preview can be made */
        cmocka_unit_test(test_fact_told),              /* what comes with a message, what is looked up, what follows */
        cmocka_unit_test(test_fact_known),             /* an empty text and a zero say nothing, except how many are ahead, and flags */
        cmocka_unit_test(test_fact_numbers),           /* digits, one decimal where tenths are counted */
        cmocka_unit_test(test_fact_moments_and_flags), /* RFC 3339; true and false */
        cmocka_unit_test(test_fact_texts),             /* UTF-8 without NUL; few words where there are few; lists of lines */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
