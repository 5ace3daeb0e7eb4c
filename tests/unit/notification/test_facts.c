/* Facts as JSON: what is written comes back, and what is not ours is not understood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/store/facts.h"

static struct arena *arena;

static bool decode(const char *json, struct facts *out)
{
    return facts_decode(arena, span_text(json), out);
}

static void test_facts_come_back(void **state)
{
    struct facts facts = {.of = {{0}}}, back;
    const struct span text = span_text("Syy: \"näin\" \\ on\n\ttässä\x02 \xe2\x82\xac");

    (void)state;
    facts_number(&facts, FACT_ORDER, 12);
    facts_number(&facts, FACT_REPLY_DUE, 1769868000123456);
    facts_number(&facts, FACT_WAITING, 1);
    facts_number(&facts, FACT_SEATED, 0);
    facts_number(&facts, FACT_CREDITS, 25);
    facts_text(&facts, FACT_REASON, text);
    facts_text(&facts, FACT_ENTRIES, span_text("- yksi\n- kaksi\n"));
    assert_true(facts_decode(arena, facts_encode(arena, &facts), &back));
    for (int i = 0; i < FACT_COUNT_OF; i++) {
        assert_int_equal(back.of[i].known, facts.of[i].known);
        assert_int_equal(back.of[i].number, facts.of[i].number);
        assert_true(span_equal(back.of[i].text, facts.of[i].text));
    }
    assert_true(back.of[FACT_SEATED].known);
}

static void test_facts_are_readable(void **state)
{
    struct facts facts = {.of = {{0}}};

    (void)state;
    assert_true(span_equal(facts_encode(arena, &facts), span_text("{}")));
    facts_number(&facts, FACT_ORDER, 12);
    facts_number(&facts, FACT_WAITING, 1);
    facts_text(&facts, FACT_REASON, span_of("a\0b", 3));
    assert_true(span_equal(facts_encode(arena, &facts), span_text("{\"order\":12,\"waiting\":true,\"reason\":\"a b\"}")));
}

static void test_facts_of_jsonb(void **state)
{
    struct facts facts;

    (void)state;
    assert_true(decode("{\"code\": \"A\\u001fB\\b\", \"order\": -7, \"waiting\": false}", &facts));
    assert_true(span_equal(facts.of[FACT_CODE].text, span_text("A\x1f"
                                                               "B\b")));
    assert_int_equal(facts.of[FACT_ORDER].number, -7);
    assert_true(facts.of[FACT_WAITING].known && facts.of[FACT_WAITING].number == 0);
    assert_true(decode("{}", &facts));
}

static void test_facts_left_out(void **state)
{
    struct facts facts;

    (void)state;
    assert_true(decode("{\"no_such_fact\": 1, \"order\": \"12\", \"reason\": 5, \"waiting\": 1, \"position\": 3}", &facts));
    assert_false(facts.of[FACT_ORDER].known || facts.of[FACT_REASON].known || facts.of[FACT_WAITING].known);
    assert_int_equal(facts.of[FACT_POSITION].number, 3);
}

static void test_facts_malformed(void **state)
{
    static const char *const WRONG[] = {"",
                                        "[]",
                                        "{",
                                        "{\"order\"}",
                                        "{\"order\":}",
                                        "{\"order\": 1,}",
                                        "{\"order\": 1",
                                        "{\"order\": 99999999999999999999}",
                                        "{\"reason\": \"a}",
                                        "{\"reason\": \"a\\",
                                        "{\"reason\": \"\\u00\"}",
                                        "{\"reason\": \"\\q\"}",
                                        "{\"order\": {\"a\": 1}}",
                                        "{\"order\": null}"};
    struct facts facts;

    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        assert_false(decode(WRONG[i], &facts));
        for (int fact = 0; fact < FACT_COUNT_OF; fact++)
            assert_false(facts.of[fact].known);
    }
}

static int arena_open(void **state)
{
    (void)state;
    arena = arena_new(4096);
    return 0;
}

static int arena_close(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts_come_back),    /* every type, with all that has to be escaped */
        cmocka_unit_test(test_facts_are_readable), /* by their names, in plain JSON; a NUL becomes a space */
        cmocka_unit_test(test_facts_of_jsonb),     /* spaces and escapes as PostgreSQL writes them */
        cmocka_unit_test(test_facts_left_out),     /* unknown names and values of another type */
        cmocka_unit_test(test_facts_malformed),    /* refused whole, and nothing is known */
    };

    return cmocka_run_group_tests(tests, arena_open, arena_close);
}
