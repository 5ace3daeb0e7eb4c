/* What may change in a call, by how far it has come: each change is tried on a draft, before the opening, while it is open, after its
 * closing and once it is resolved. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/unit/funding/good_call.h"

enum moment { DRAFT, UPCOMING, OPEN, CLOSED, RESOLVED, MOMENTS };

static void nothing(struct good *g)
{
    (void)g;
}
static void other_contact(struct good *g)
{
    g->call.contact = "toinen@example.fi";
}
static void other_code(struct good *g)
{
    g->call.code = "other";
}
static void other_series(struct good *g)
{
    g->call.series = "20.02";
}
static void other_title(struct good *g)
{
    g->call.title.fi = "selvempi";
}
static void closes_later(struct good *g)
{
    g->call.closes_us += TIME_DAY;
}
static void closes_sooner(struct good *g)
{
    g->call.closes_us -= 1;
}
static void opens_later(struct good *g)
{
    g->call.opens_us += 1;
}
static void more_money(struct good *g)
{
    g->call.allocation_cents++;
    g->themes[0].allocation_cents++;
}
static void less_for_a_theme(struct good *g)
{
    g->themes[1].allocation_cents--;
}
static void less_than_granted(struct good *g)
{
    g->themes[1].allocation_cents = 49;
}
static void longer_use(struct good *g)
{
    g->call.use_until++;
    g->call.final_due++;
}
static void shorter_use(struct good *g)
{
    g->call.use_until--;
}
static void an_interim_report_more(struct good *g)
{
    g->call.interim_due--;
}
static void less_own_money(struct good *g)
{
    g->call.own_permille--;
}
static void more_own_money(struct good *g)
{
    g->call.own_permille++;
}
static void other_weight(struct good *g)
{
    g->criteria[0].weight++;
}
static void a_used_theme_goes(struct good *g)
{
    g->call.group_count = 1;
}
static void longer_answers(struct good *g)
{
    g->questions[0].most++;
}
static void shorter_answers(struct good *g)
{
    g->questions[0].most--;
}
static void a_question_less(struct good *g)
{
    g->call.question_count = 0;
}
static void another_authority(struct good *g)
{
    g->call.authority_kind = AUTHORITY_MUNICIPAL;
}

static void test_changes(void **state)
{
    static const struct {
        void (*change)(struct good *);
        const char *name, *rules[MOMENTS]; /* NULL: allowed */
    } cases[] = {
        {nothing, "nothing", {NULL, NULL, NULL, NULL, NULL}},
        {other_contact, "contact", {NULL, NULL, NULL, NULL, NULL}},
        {other_code, "code", {NULL, "funding.call.code", "funding.call.code", "funding.call.code", "funding.call.code"}},
        {other_series,
         "series",
         {"funding.call.series", "funding.call.series", "funding.call.series", "funding.call.series", "funding.call.series"}},
        {other_title, "title", {NULL, NULL, NULL, NULL, "funding.call.over"}},
        {closes_later, "closes later", {NULL, NULL, NULL, "funding.call.closed", "funding.call.over"}},
        {closes_sooner, "closes sooner", {NULL, NULL, "funding.call.harm", "funding.call.harm", "funding.call.over"}},
        {opens_later, "opens later", {NULL, NULL, "funding.call.fixed", "funding.call.fixed", "funding.call.over"}},
        {more_money, "more money", {NULL, NULL, NULL, NULL, "funding.call.over"}},
        {less_for_a_theme, "less for a theme", {NULL, NULL, "funding.call.harm", "funding.call.harm", "funding.call.over"}},
        {less_than_granted,
         "less than granted",
         {"funding.call.granted", "funding.call.granted", "funding.call.granted", "funding.call.granted", "funding.call.granted"}},
        {longer_use, "longer use", {NULL, NULL, NULL, NULL, "funding.call.over"}},
        {shorter_use, "shorter use", {NULL, NULL, "funding.call.harm", "funding.call.harm", "funding.call.over"}},
        {an_interim_report_more, "sooner interim report", {NULL, NULL, "funding.call.harm", "funding.call.harm", "funding.call.over"}},
        {less_own_money, "less own money", {NULL, NULL, NULL, NULL, "funding.call.over"}},
        {more_own_money, "more own money", {NULL, NULL, "funding.call.harm", "funding.call.harm", "funding.call.over"}},
        {other_weight, "weight", {NULL, NULL, "funding.call.fixed", "funding.call.fixed", "funding.call.fixed"}},
        {a_used_theme_goes,
         "a used theme goes",
         {"funding.call.theme-used", "funding.call.theme-used", "funding.call.theme-used", "funding.call.theme-used", "funding.call.over"}},
        {longer_answers, "longer answers", {NULL, NULL, NULL, NULL, "funding.call.over"}},
        {shorter_answers, "shorter answers", {NULL, NULL, "funding.call.harm", "funding.call.harm", "funding.call.over"}},
        {a_question_less, "a question less", {NULL, NULL, "funding.call.harm", "funding.call.harm", "funding.call.over"}},
        {another_authority, "authority", {NULL, NULL, "funding.call.fixed", "funding.call.fixed", "funding.call.over"}},
    };
    static const enum call_state states[MOMENTS] = {CALL_DRAFT, CALL_PUBLISHED, CALL_PUBLISHED, CALL_PUBLISHED, CALL_RESOLVED};
    static const char *const times[MOMENTS] = {"2020-09-01T12:00:00Z", "2020-08-01T12:00:00Z", "2020-09-01T12:00:00Z",
                                               "2020-11-01T12:00:00Z", "2020-12-10T12:00:00Z"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (size_t m = 0; m < MOMENTS; m++) {
            struct good before, after;
            struct findings findings = {.count = 0};
            good_call(&before);
            before.call.state = states[m];
            before.themes[1].used = true;
            before.themes[1].granted_cents = 50;
            good_copy(&after, &before);
            cases[i].change(&after);
            call_change_check(&before.call, &after.call, good_time(times[m]), &findings);
            const struct finding *first = finding_first_error(&findings);
            const char *rule = first != NULL ? first->rule : "allowed";
            const char *expected = cases[i].rules[m] != NULL ? cases[i].rules[m] : "allowed";
            if (strcmp(rule, expected) != 0)
                fail_msg("%s at moment %zu: %s, not %s", cases[i].name, m, rule, expected);
        }
}

static void test_an_open_call_may_get_a_voluntary_question(void **state)
{
    struct good before, after;
    struct call_question two[2];
    struct findings findings = {.count = 0};
    (void)state;
    good_call(&before);
    before.call.state = CALL_PUBLISHED;
    good_copy(&after, &before);
    two[0] = before.questions[0];
    two[1] = (struct call_question){.id = good_id(41), .title = good_text(), .required = false, .most = 10};
    after.call.questions = two;
    after.call.question_count = 2;
    call_change_check(&before.call, &after.call, before.call.opens_us, &findings);
    assert_int_equal(findings.count, 0);
    two[1].required = true;
    call_change_check(&before.call, &after.call, before.call.opens_us, &findings);
    assert_string_equal(findings.rows[0].rule, "funding.call.harm");
    assert_string_equal(findings.rows[0].field, "content.questions[1].required");
}

/* Clearer words are allowed once it is open; whoever edits is warned that nobody is told, and of languages that are left behind. */
static void test_words_of_an_open_call(void **state)
{
    struct good before, after;
    struct findings findings = {.count = 0};
    (void)state;
    good_call(&before);
    before.call.state = CALL_PUBLISHED;
    good_copy(&after, &before);
    call_words_changed(&before.call, &after.call, before.call.opens_us, &findings);
    assert_int_equal(findings.count, 0);
    after.call.terms = (struct text){.fi = "uudet ehdot", .sv = "nya villkor", .en = "new terms"};
    after.criteria[0].title.fi = "toinen";
    call_words_changed(&before.call, &after.call, before.call.opens_us - 1, &findings);
    assert_int_equal(findings.count, 0); /* nobody can have applied by the old ones */
    call_words_changed(&before.call, &after.call, before.call.opens_us, &findings);
    assert_int_equal(findings.errors, 0);
    assert_int_equal(findings.count, 3);
    assert_string_equal(findings.rows[0].rule, "funding.call.words");
    assert_string_equal(findings.rows[0].field, "content.terms");
    assert_string_equal(findings.rows[1].field, "content.criteria[0].title");
    assert_string_equal(findings.rows[2].rule, "funding.call.words-language");
    assert_string_equal(findings.rows[2].field, "content.criteria[0].title");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_an_open_call_may_get_a_voluntary_question),
        cmocka_unit_test(test_words_of_an_open_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
