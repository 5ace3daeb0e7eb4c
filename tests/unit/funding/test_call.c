/* What a call says by the clock, who is what in it, and what a good one looks like: a good call has no findings, and each spoiled one
 * exactly its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/unit/funding/good_call.h"

#define NOW "2020-06-01T12:00:00+03:00"

static struct findings found(const struct good *g)
{
    struct findings findings = {.count = 0};
    call_check(&g->call, good_time(NOW), &findings);
    return findings;
}

static void expect(const struct good *g, const char *rule, bool warning, const char *field)
{
    const struct findings findings = found(g);
    const struct finding *f = finding_of(&findings, rule);
    if (f == NULL) {
        fail_msg("%s is not found", rule);
        return;
    }
    assert_int_equal(f->warning, warning);
    assert_string_equal(f->field, field);
    assert_true(f->text.fi[0] != '\0' && f->text.sv[0] != '\0' && f->text.en[0] != '\0');
    for (size_t i = 0; i < findings.count; i++)
        if (strcmp(findings.rows[i].rule, rule) != 0)
            fail_msg("%s is found beside %s", findings.rows[i].rule, rule);
}

static void test_a_good_call(void **state)
{
    struct good g;
    (void)state;
    good_call(&g);
    assert_int_equal(found(&g).count, 0);
}

static void test_phases_to_the_microsecond(void **state)
{
    struct good g;
    (void)state;
    good_call(&g);
    assert_int_equal(call_phase(&g.call, g.call.opens_us), PHASE_UNPUBLISHED);
    g.call.state = CALL_PUBLISHED;
    assert_int_equal(call_phase(&g.call, g.call.opens_us - 1), PHASE_UPCOMING);
    assert_int_equal(call_phase(&g.call, g.call.opens_us), PHASE_OPEN);
    assert_int_equal(call_phase(&g.call, g.call.closes_us - 1), PHASE_OPEN);
    assert_int_equal(call_phase(&g.call, g.call.closes_us), PHASE_CLOSED);
    g.call.state = CALL_RESOLVED;
    assert_int_equal(call_phase(&g.call, g.call.closes_us), PHASE_CLOSED);
    g.call.state = CALL_CALLED_OFF;
    assert_int_equal(call_phase(&g.call, g.call.opens_us), PHASE_UNPUBLISHED);
}

static void test_when_it_closes(void **state)
{
    static const struct {
        const char *closes, *rule;
    } cases[] = {
        {"2020-10-16T16:15:00+03:00", "funding.call.weekday"}, /* a Friday */
        {"2020-10-17T16:15:00+03:00", "funding.call.holiday"}, /* a Saturday */
        {"2020-10-18T16:00:00+03:00", "funding.call.holiday"}, /* a Sunday */
        {"2020-10-15T15:59:59+03:00", "funding.call.hour"},    {"2020-10-15T16:14:59+03:00", "funding.call.hour"},
        {"2020-10-15T23:59:00+03:00", "funding.call.hour"},    {"2020-09-10T16:15:00+03:00", "funding.call.short"},
        {"2020-05-05T16:00:00+03:00", "funding.call.past"},    {"2022-12-06T16:00:00+02:00", "funding.call.holiday"}, /* Independence Day */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct good g;
        good_call(&g);
        g.call.closes_us = good_time(cases[i].closes);
        if (strcmp(cases[i].rule, "funding.call.past") == 0)
            g.call.opens_us = good_time("2020-03-01T08:00:00+02:00");
        if (g.call.closes_us > good_time("2022-01-01T00:00:00Z")) { /* not to be over before it closes */
            g.call.use_until = good_day("2024-06-30");
            g.call.final_due = good_day("2024-09-30");
        }
        expect(&g, cases[i].rule, strcmp(cases[i].rule, "funding.call.past") != 0, "content.closesAt");
    }
}

static void test_the_clock_of_winter_and_of_the_change(void **state)
{
    static const char *const good_ones[] = {"2020-11-12T16:00:00+02:00", "2020-11-12T16:15:00+02:00", "2020-10-26T16:15:00+02:00"};
    (void)state;
    for (size_t i = 0; i < sizeof good_ones / sizeof good_ones[0]; i++) {
        struct good g;
        good_call(&g);
        g.call.closes_us = good_time(good_ones[i]);
        assert_int_equal(found(&g).count, 0);
    }
    /* The Sunday on which summer time ends: no working day, but sixteen o'clock it is. */
    struct good g;
    good_call(&g);
    g.call.closes_us = good_time("2020-10-25T16:00:00+02:00");
    expect(&g, "funding.call.holiday", true, "content.closesAt");
}

static void test_texts(void **state)
{
    struct good g;
    (void)state;
    good_call(&g);
    g.call.title.sv = "";
    expect(&g, "funding.call.language", true, "content.title");
    good_call(&g);
    g.themes[1].title.en = "";
    expect(&g, "funding.call.language", true, "content.groups[1].themes[0].title");
    good_call(&g);
    g.call.purpose.fi = "";
    expect(&g, "funding.call.purpose", false, "content.purpose");
    good_call(&g);
    g.call.terms.fi = "";
    expect(&g, "funding.call.terms", false, "content.terms");
    good_call(&g);
    g.call.contact = "";
    expect(&g, "funding.call.contact", true, "content.contact");
    g.call.contact = "kirjaamo@example.fi";
    g.call.payee_iban = "";
    expect(&g, "funding.call.payee", true, "content.payeeIban");
    g.call.payee = "";
    expect(&g, "funding.call.payee", true, "content.payee");
    g.call.payee_iban = "FI2112345600000785";
    expect(&g, "funding.call.payee", true, "content.payee");
}

static void test_money(void **state)
{
    struct good g;
    (void)state;
    good_call(&g);
    g.call.allocation_cents = 301;
    expect(&g, "funding.call.unallocated", true, "content.allocationCents");
    g.call.allocation_cents = 299;
    expect(&g, "funding.call.overallocated", false, "content.allocationCents");
    good_call(&g);
    g.themes[0].allocation_cents = 0;
    g.call.allocation_cents = 200;
    expect(&g, "funding.call.theme-empty", true, "content.groups[0].themes[0].allocationCents");
    good_call(&g);
    g.call.group_count = 0;
    expect(&g, "funding.call.themes", false, "content.groups");
}

static void test_reports_and_use(void **state)
{
    struct good g;
    (void)state;
    good_call(&g);
    g.call.final_due = g.call.use_until + 29;
    expect(&g, "funding.call.final-soon", true, "content.finalDue");
    good_call(&g);
    g.call.final_due = good_day("2022-10-01"); /* a Saturday */
    expect(&g, "funding.call.final-holiday", true, "content.finalDue");
    good_call(&g);
    g.call.interim_due = g.call.use_until;
    expect(&g, "funding.call.interim", true, "content.interimDue");
    g.call.interim_due = NO_DAY;
    assert_int_equal(found(&g).count, 0);
    g.call.use_from = g.call.use_until = good_day("2020-10-14");
    expect(&g, "funding.call.use-over", false, "content.useUntil");
}

static void test_people(void **state)
{
    struct good g;
    (void)state;
    good_call(&g);
    g.call.criterion_count = 0;
    expect(&g, "funding.call.criteria", false, "content.criteria");
    good_call(&g);
    g.officials[0].responsible = false;
    expect(&g, "funding.call.responsible", true, "officials");
    good_call(&g);
    g.officials[1].role = OFFICIAL_PREPARER;
    expect(&g, "funding.call.evaluators", true, "officials");
    good_call(&g);
    g.call.official_count = 3;
    expect(&g, "funding.call.deciders", true, "officials");
}

static void test_who_is_what(void **state)
{
    struct good g;
    (void)state;
    good_call(&g);
    assert_ptr_equal(call_responsible(&g.call), &g.officials[0]);
    assert_ptr_equal(call_official(&g.call, good_id(53), OFFICIAL_DECIDER), &g.officials[3]);
    assert_null(call_official(&g.call, good_id(53), OFFICIAL_PRESENTER));
    assert_true(call_prepared_by(&g.call, good_id(50)));
    assert_false(call_prepared_by(&g.call, good_id(51)));
    g.call.official_count = 0;
    assert_true(call_prepared_by(&g.call, good_id(51)));
    assert_ptr_equal(call_theme(&g.call, good_id(11)), &g.themes[1]);
    assert_null(call_theme(&g.call, good_id(12)));
    assert_int_equal(call_themes_cents(&g.call), 300);
    g.themes[0].allocation_cents = INT64_MAX;
    assert_int_equal(call_themes_cents(&g.call), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_good_call),     cmocka_unit_test(test_phases_to_the_microsecond),
        cmocka_unit_test(test_when_it_closes),  cmocka_unit_test(test_the_clock_of_winter_and_of_the_change),
        cmocka_unit_test(test_texts),           cmocka_unit_test(test_money),
        cmocka_unit_test(test_reports_and_use), cmocka_unit_test(test_people),
        cmocka_unit_test(test_who_is_what),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
