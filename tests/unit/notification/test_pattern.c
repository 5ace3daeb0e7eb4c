/* Patterns: what they write, what is refused and where. That ICU reads them the same way is test_pattern_icu.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/pen.h"
#include "tests/unit/notification/plain.h"

static char written[70000];

static struct facts some(void)
{
    struct facts facts = {0};

    facts_text(&facts, FACT_TRAINING, span_text("Voima"));
    facts_text(&facts, FACT_CAUSE, span_text("expired"));
    facts_number(&facts, FACT_ORDER, 7);
    facts_number(&facts, FACT_POSITION, 1);
    facts_number(&facts, FACT_AHEAD, 0);
    facts_number(&facts, FACT_SEATED, 1);
    facts_number(&facts, FACT_WAITING, 0);
    facts_number(&facts, FACT_REPLY_DUE, 1726725600000000);
    facts_number(&facts, FACT_CREDITS, 25);
    return facts;
}

static const char *write_with(const struct facts *facts, const char *pattern, bool escape, bool whole)
{
    struct pen pen = pen_init(written, sizeof written, escape);

    if (pattern_write(span_text(pattern), facts, &PLAIN, &pen) != whole)
        fail_msg("%s is %swhole", pattern, whole ? "not " : "");
    assert_false(pen.full);
    assert_int_equal(pen.len, strlen(written));
    return written;
}

static void expect(const char *pattern, const char *text)
{
    struct facts facts = some();

    assert_string_equal(write_with(&facts, pattern, false, true), text);
}

static void test_pattern_values(void **state)
{
    (void)state;
    expect("", "");
    expect("Hei", "Hei");
    expect("{training}: {order}.", "Voima: 7.");
    expect("{ training\n}{order , number}", "Voima7");
    expect("{reply_due}", "2024-09-19T06:00");
    expect("{reply_due, date, full}|{reply_due, date, long}|{reply_due,date,medium}|{reply_due, date, short }|{reply_due, time, short}",
           "full 2024-09-19T06:00|long 2024-09-19T06:00|medium 2024-09-19T06:00|short 2024-09-19T06:00|time 2024-09-19T06:00");
    expect("{credits} op", "2.5 op");
}

static void test_pattern_quotes(void **state)
{
    (void)state;
    expect("don't", "don't");
    expect("don''t", "don't");
    expect("'{training}'", "{training}");
    expect("'{''}'", "{'}");
    expect("a '}' b", "a } b");
    expect("'#' # '|'", "'#' # '|'"); /* outside a plural these are characters like others */
    expect("{order, plural, other {'#' # it''s it's '{#}'}}", "# 7 it's it's {#}");
    expect("'", "'");
    expect("''", "'");
    expect("'{' '}'", "{ }");
}

static void test_pattern_plural(void **state)
{
    (void)state;
    expect("{position, plural, one {# a} other {# b}}", "1 a");
    expect("{order, plural, one {# a} other {# b}}", "7 b");
    expect("{ahead, plural, =0 {none} one {# a} other {# b}}", "none");
    expect("{position, plural, other {b} one {a} =1 {exact}}", "exact");
    expect("{position, plural, offset:1 one {# one} other {# other}}", "0 other");
    expect("{order, plural, offset:6 =6 {six} one {# one} other {# other}}", "1 one");
    expect("{credits, plural, one {# point} other {# points}}", "2.5 points");
    expect("{order, plural, other {{position, plural, one {# in} other {}} # out}}", "1 in 7 out");
    expect("{order, plural, other {{seated, select, yes {# here} other {}}}}", "# here"); /* directly in a plural only, as with ICU */
}

static void test_pattern_select(void **state)
{
    (void)state;
    expect("{cause, select, rejected {r} expired {e} other {o}}", "e");
    expect("{cause, select, rejected {r} other {o}}", "o");
    expect("{seated, select, yes {y} no {n} other {}}{waiting, select, yes {y} no {n} other {}}", "yn");
    expect("{called_off, select, yes {y} no {n} none {?} other {}}", "?");
    expect("{reason, select, none {-} other {+}}{training, select, none {-} other {+}}", "-+");
    expect("{reason, select, other {+}}", "+");
    expect("{order, select, none {-} other {{order}}}", "7");
}

static void test_pattern_free_words_choose_nothing(void **state)
{
    struct facts facts = some();

    (void)state;
    facts_text(&facts, FACT_REASON, span_text("none"));
    assert_string_equal(write_with(&facts, "{reason, select, none {-} other {{reason}}}", false, true), "none");
    facts_text(&facts, FACT_REASON, span_text("{order} '{' # </p>"));
    assert_string_equal(write_with(&facts, "{reason}", false, true), "{order} '{' # </p>");
}

static void test_pattern_escapes(void **state)
{
    struct facts facts = some();

    (void)state;
    facts_text(&facts, FACT_REASON, span_text("<b>\"Q&A\"</b>\nit's"));
    facts_text(&facts, FACT_WEBINARS, span_text("- a < b\n- c\n"));
    assert_string_equal(write_with(&facts, "<p>{reason}</p>", true, true), "<p>&lt;b&gt;&quot;Q&amp;A&quot;&lt;/b&gt;<br>\nit&#39;s</p>");
    assert_string_equal(write_with(&facts, "{webinars}", true, true), "<ul>\n<li>a &lt; b</li>\n<li>c</li>\n</ul>");
    assert_string_equal(write_with(&facts, "{webinars}", false, true), "- a < b\n- c");
}

static void test_pattern_missing(void **state)
{
    struct facts facts = some();

    (void)state;
    assert_string_equal(write_with(&facts, "a{reason}b", false, false), "ab");
    assert_string_equal(write_with(&facts, "a{organizer}b", false, false), "ab");
    assert_string_equal(write_with(&facts, "a{count, plural, other {x}}b", false, false), "ab");
    assert_string_equal(write_with(&facts, "a{seated}b", false, false), "ab");
    assert_string_equal(write_with(&facts, "a{order", false, false), "a");
    assert_string_equal(write_with(&facts, "a}b", false, false), "ab");
    assert_string_equal(write_with(&facts, "a{cause, select, expired {b", false, false), "a");
}

static void test_pattern_full(void **state)
{
    struct facts facts = some();
    char small[8];
    struct pen pen = pen_init(small, sizeof small, false);

    (void)state;
    assert_true(pattern_write(span_text("1234{training}5"), &facts, &PLAIN, &pen));
    assert_true(pen.full);
    assert_string_equal(small, "1234"); /* nothing half, and nothing after it */
    pen = pen_init(small, sizeof small, false);
    assert_true(pattern_write(span_text("12{training}"), &facts, &PLAIN, &pen));
    assert_false(pen.full);
    assert_string_equal(small, "12Voima");
}

static void accept(enum message_kind kind, const char *pattern)
{
    struct pattern_error error;

    if (!pattern_check(span_text(pattern), kind, &error))
        fail_msg("%s: at %zu: %s", pattern, error.at, wrong_words(&error, LANGUAGE_EN, (char[WRONG_WORDS]){0}));
}

static void refuse(enum message_kind kind, const char *pattern, size_t at, const char *what)
{
    struct pattern_error error = {.at = 999999};

    if (pattern_check(span_text(pattern), kind, &error))
        fail_msg("%s: was accepted", pattern);
    if (error.at != at || strstr(wrong_words(&error, LANGUAGE_EN, (char[WRONG_WORDS]){0}), what) == NULL)
        fail_msg("%s: at %zu: %s", pattern, error.at, wrong_words(&error, LANGUAGE_EN, (char[WRONG_WORDS]){0}));
}

static void test_pattern_check_facts(void **state)
{
    (void)state;
    accept(KIND_OFFER, "{training} {reply_due} {reply_due, date, short}");
    refuse(KIND_OFFER, "Hei {organizer}", 4, "the kind \"offer\" has no fact \"organizer\"");
    refuse(KIND_OFFER, "{credits}", 0, "the kind \"offer\" has no fact \"credits\"");
    refuse(KIND_OFFER, "{body, select, none {} other {}}", 0, "has no fact \"body\"");
    refuse(KIND_OFFER, "{training, date, full}", 0, "\"training\" is no moment");
    refuse(KIND_OFFER, "{reply_due, number}", 0, "\"reply_due\" is no number");
    refuse(KIND_OFFER, "{reply_due, date}", 0, "date needs a style");
    refuse(KIND_OFFER, "{reply_due, time, full}", 0, "time needs the style short");
    refuse(KIND_OFFER, "{reply_due, spellout}", 0, "there is no form \"spellout\"");
    refuse(KIND_OFFER, "{reply_due, plural, other {}}", 0, "\"reply_due\" is no number");
    refuse(KIND_DIGEST, "{count, number, percent}", 0, "number has no style \"percent\": it stands without one, {fact, number}");
    refuse(KIND_DIGEST, "{topic}", 0, "\"topic\" is for select only");
    refuse(KIND_CONFIRMATION, "{seated, select, none {} other {{seated}}}", 32, "\"seated\" is for select only");
}

static void test_pattern_check_known(void **state)
{
    (void)state;
    refuse(KIND_OFFER, "Syy: {reason}", 5, "\"reason\" is not always known");
    accept(KIND_OFFER, "{reason, select, none {} other {Syy: {reason}}}");
    refuse(KIND_OFFER, "{reason, select, none {{reason}} other {}}", 23, "not always known");
    refuse(KIND_OFFER, "{reason, select, other {Syy: {reason}}}", 29, "not always known"); /* other takes the unknown too */
    accept(KIND_CANCELLATION, "{seated, select, yes {{seated, select, yes {} no {} other {}}} other {}}");
    refuse(KIND_OFFER, "{order, plural, other {#}}", 0, "\"order\" is not always known");
    accept(KIND_OFFER, "{order, select, none {} other {{order, plural, other {# {order}}}}}");
    refuse(KIND_OFFER, "{order, select, none {} other {}}{order}", 33, "not always known");
    accept(KIND_DIGEST, "{count, plural, one {} other {{entries}}}");
    accept(KIND_OFFER, "{name, select, none {} other {{reason, select, none {} other {{name} {reason}}}}}");
}

static void test_pattern_check_branches(void **state)
{
    (void)state;
    refuse(KIND_DIGEST, "{count, plural, one {}}", 0, "plural needs a branch \"other\"");
    refuse(KIND_DIGEST, "{topic, select, windows {}}", 0, "select needs a branch \"other\"");
    refuse(KIND_DIGEST, "{topic, select, }", 0, "select needs a branch \"other\"");
    refuse(KIND_DIGEST, "{count, plural, few {} other {}}", 16, "plural has no branch \"few\"");
    refuse(KIND_DIGEST, "{count, plural, =1x {} other {}}", 16, "plural has no branch \"=1x\"");
    refuse(KIND_DIGEST, "{count, plural, other {} =1 {} =1 {}}", 31, "\"=1\" is there twice");
    refuse(KIND_DIGEST, "{topic, select, window {} other {}}", 16, "\"topic\" is never \"window\": places decisions");
    refuse(KIND_OFFER, "{seated, select, true {} other {}}", 17, "\"seated\" is never \"true\": yes, no, none or other");
    refuse(KIND_OFFER, "{reason, select, illness {} other {}}", 17, "\"reason\" is never \"illness\": none or other");
    refuse(KIND_DIGEST, "{count, plural, offset:x one {} other {}}", 16, "after offset: comes a number");
    accept(KIND_DIGEST, "{count, plural, offset:1 =0 {} one {} other {}}");
}

static void test_pattern_check_syntax(void **state)
{
    (void)state;
    refuse(KIND_OFFER, "a } b", 2, "this } closes nothing");
    refuse(KIND_OFFER, "a {", 2, "after { comes the name");
    refuse(KIND_OFFER, "a {}", 2, "after { comes the name");
    refuse(KIND_OFFER, "a {training", 11, "comes a comma or }");
    refuse(KIND_OFFER, "a {training x}", 12, "comes a comma or }");
    refuse(KIND_OFFER, "{reply_due, }", 11, "after the comma");
    refuse(KIND_OFFER, "{reply_due, date, full", 22, "not closed");
    refuse(KIND_OFFER, "{name, select}", 13, "a comma and the branches");
    refuse(KIND_OFFER, "{name, select, none {} other {}", 31, "here comes the next branch");
    refuse(KIND_OFFER, "{name, select, none {} other {", 30, "a branch is not closed");
    refuse(KIND_OFFER, "{name, select, none other {}}", 20, "after the key of a branch comes {");
    refuse(KIND_OFFER, "'{training}", 0, "the quotation that begins here does not end");
    refuse(KIND_OFFER, "a\tb", 1, "a control character (number 9)");
    refuse(KIND_OFFER, "a\xff", 0, "not UTF-8");
}

/* {name, select, other { ... }} around itself so many times. */
static void nest(char *out, int times)
{
    char *at = out;

    for (int i = 0; i < times; i++)
        at += sprintf(at, "{name, select, other {");
    for (int i = 0; i < times; i++)
        at += sprintf(at, "}}");
}

static void test_pattern_check_limits(void **state)
{
    static char pattern[PATTERN_MAX + 2];
    struct pattern_error error;
    struct facts facts = some();
    struct pen pen = pen_init(written, sizeof written, false);

    (void)state;
    nest(pattern, PATTERN_DEEP);
    accept(KIND_OFFER, pattern);
    nest(pattern, PATTERN_DEEP + 1);
    refuse(KIND_OFFER, pattern, 22 * PATTERN_DEEP + 15, "nested too deep");
    assert_false(pattern_write(span_text(pattern), &facts, &PLAIN, &pen));
    nest(pattern, 500); /* neither the checker nor the writer goes down there */
    assert_false(pattern_check(span_text(pattern), KIND_OFFER, &error));
    assert_false(pattern_write(span_text(pattern), &facts, &PLAIN, &pen));
    memset(pattern, 'x', sizeof pattern);
    assert_true(pattern_check(span_of(pattern, PATTERN_MAX), KIND_OFFER, &error));
    assert_false(pattern_check(span_of(pattern, PATTERN_MAX + 1), KIND_OFFER, &error));
    assert_int_equal(error.at, PATTERN_MAX);
}

static bool says(const char *pattern)
{
    return pattern_says(span_text(pattern), FACT_BODY);
}

static void test_pattern_says(void **state)
{
    (void)state;
    assert_true(says("Hei {name}! {body}"));
    assert_false(says("Hei! '{body}'"));
    assert_false(says(""));
    assert_true(says("{name, select, none {{body}} other {{name}: {body}}}"));
    assert_false(says("{name, select, none {{body}} other {{name}}}"));
    assert_false(says("{name, select, none {} other {{body}}}"));
    assert_true(says("{name, select, none {} other {{name}}} {body}"));
    assert_true(says("{body, select, none {} other {{body}}}"));
    assert_false(says("{body, select, none {} other {there is one}}"));
    assert_true(pattern_says(span_text("{count, plural, one {one} other {many}}"), FACT_COUNT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pattern_values),                    /* facts in their usual form and in styles */
        cmocka_unit_test(test_pattern_quotes),                    /* apostrophes that quote and that do not */
        cmocka_unit_test(test_pattern_plural),                    /* numbers, categories, offset, # */
        cmocka_unit_test(test_pattern_select),                    /* by words, flags, and what is not known */
        cmocka_unit_test(test_pattern_free_words_choose_nothing), /* what people write is neither key nor pattern */
        cmocka_unit_test(test_pattern_escapes),                   /* values in HTML cannot break out; lists */
        cmocka_unit_test(test_pattern_missing),                   /* what is missing or broken is left out and said */
        cmocka_unit_test(test_pattern_full),                      /* what does not fit is not begun */
        cmocka_unit_test(test_pattern_check_facts),               /* only facts of the kind, each as its type allows */
        cmocka_unit_test(test_pattern_check_known),               /* an optional fact only where a select has shown it */
        cmocka_unit_test(test_pattern_check_branches),            /* other is needed, keys are known, none twice */
        cmocka_unit_test(test_pattern_check_syntax),              /* each mistake with its place and a sentence */
        cmocka_unit_test(test_pattern_check_limits),              /* length and depth are bounded */
        cmocka_unit_test(test_pattern_says),                      /* in every branch that can be written */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
