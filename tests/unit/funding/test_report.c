/* Reports: what keeps one from being handed in, when it is late, and that no more than the grant is used. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/report.h"

static struct amount plan[] = {{1, 9000, "Palkat", ""}, {2, 6000, "Matkat", ""}};
static const struct award AWARD = {.state = AWARD_ACCEPTED, .granted_cents = 10000, .lines = {plan, 2}};

struct scene {
    struct amount lines[3];
    struct training_part part;
    struct report_content content;
    struct findings findings;
};

static void begin(struct scene *s)
{
    *s = (struct scene){.lines = {{1, 7000, "", ""}, {2, 3000, "", ""}, {3, 0, "", ""}},
                        .part = {.title = "Mentorikoulutus", .scope_tenths = 50, .credits = true, .participants = 20},
                        .content = {.results = "Koulutus pidettiin.", .use_of_money = "Palkkoihin ja matkoihin.", .part_count = 1}};
    s->content.lines = (struct amounts){s->lines, 2};
    s->content.parts = &s->part;
}

static const struct findings *check(struct scene *s, enum report_kind kind)
{
    s->findings = (struct findings){.count = 0};
    report_check(&s->content, &AWARD, kind, &s->findings);
    return &s->findings;
}

static void test_whole(void **state)
{
    struct scene s;

    (void)state;
    begin(&s);
    assert_int_equal(check(&s, REPORT_FINAL)->count, 0);
    assert_int_equal(report_used(&s.content), 10000); /* the whole grant */
    s.content.results = s.content.use_of_money = "";
    assert_int_equal(check(&s, REPORT_INTERIM)->errors, 2);
    assert_non_null(finding_of(&s.findings, "funding.report.results"));
    assert_non_null(finding_of(&s.findings, "funding.report.use-of-money"));
}

static void test_money(void **state)
{
    struct scene s;

    (void)state;
    begin(&s);
    s.lines[1].cents++; /* a cent more than was granted */
    assert_string_equal(finding_of(check(&s, REPORT_FINAL), "funding.report.over-granted")->field, "content.lines");
    begin(&s);
    s.content.lines.count = 3; /* there is no third line */
    assert_string_equal(finding_of(check(&s, REPORT_FINAL), "funding.report.line")->field, "content.lines[2].n");
    begin(&s);
    s.lines[1].n = 1; /* twice the same */
    assert_string_equal(finding_of(check(&s, REPORT_FINAL), "funding.report.line")->field, "content.lines[1].n");
    begin(&s);
    s.content.lines.count = 0;
    assert_non_null(finding_of(check(&s, REPORT_FINAL), "funding.report.no-lines"));
    assert_int_equal(check(&s, REPORT_INTERIM)->count, 0); /* an interim one may do without */
}

static void test_training(void **state)
{
    struct scene s;

    (void)state;
    begin(&s);
    s.part.title = "";
    assert_string_equal(finding_of(check(&s, REPORT_FINAL), "funding.report.training")->field, "content.parts[0]");
    begin(&s);
    s.part.scope_tenths = 0;
    assert_non_null(finding_of(check(&s, REPORT_FINAL), "funding.report.training"));
}

static void test_states(void **state)
{
    const struct report report = {.state = REPORT_AWAITED, .due_on = 20000}, given = {.state = REPORT_SUBMITTED, .due_on = 20000};

    (void)state;
    assert_false(report_late(&report, 20000));
    assert_true(report_late(&report, 20001)); /* that was a Friday */
    assert_false(report_late(&given, 20001));
    assert_true(report_writable(REPORT_AWAITED) && report_writable(REPORT_TO_SUPPLEMENT));
    assert_false(report_writable(REPORT_SUBMITTED) || report_writable(REPORT_VERIFIED) || report_writable(REPORT_ACCEPTED));
    assert_true(report_in_review(REPORT_SUBMITTED) && report_in_review(REPORT_VERIFIED));
    assert_int_equal(report_obligation(REPORT_INTERIM), OBLIGATION_INTERIM);
    assert_int_equal(report_obligation(REPORT_FINAL), OBLIGATION_FINAL);
}

static size_t unusual(enum report_kind kind, enum report_state state, int64_t handed_in_on, enum report_state interim)
{
    const struct report report = {.kind = kind, .state = state};
    struct findings findings = {.count = 0};

    report_unusual(&report, handed_in_on, 20000, interim, &findings);
    assert_int_equal(findings.errors, 0);
    for (size_t i = 0; i < findings.count; i++)
        assert_string_equal(findings.rows[i].rule,
                            i == 0 && handed_in_on <= 20000 ? "funding.report.use-open" : "funding.report.interim-open");
    return findings.count;
}

static void test_unusual(void **state)
{
    (void)state;
    assert_int_equal(unusual(REPORT_FINAL, REPORT_SUBMITTED, 20000, REPORT_SUBMITTED), 2); /* both: the last day of the use */
    assert_int_equal(unusual(REPORT_FINAL, REPORT_VERIFIED, 20001, REPORT_VERIFIED), 1);
    assert_int_equal(unusual(REPORT_FINAL, REPORT_ACCEPTED, 20000, REPORT_ACCEPTED), 1);
    assert_int_equal(unusual(REPORT_FINAL, REPORT_SUBMITTED, 20001, REPORT_ACCEPTED), 0);
    assert_int_equal(unusual(REPORT_FINAL, REPORT_SUBMITTED, 20001, REPORT_NOT_NEEDED), 0); /* none is asked for */
    assert_int_equal(unusual(REPORT_INTERIM, REPORT_SUBMITTED, 20000, REPORT_SUBMITTED), 0);
    assert_int_equal(unusual(REPORT_FINAL, REPORT_AWAITED, 20000, REPORT_AWAITED), 0); /* a draft */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),    /* results, use of money */
        cmocka_unit_test(test_money),    /* lines of the plan, each once, at most the grant to the cent */
        cmocka_unit_test(test_training), /* what was held has a name and a scope */
        cmocka_unit_test(test_unusual),  /* a final one before the end of the use, or before the interim one */
        cmocka_unit_test(test_states)    /* late from the day after; written until it is handed in */
    };
    return cmocka_run_group_tests_name("funding report", tests, NULL, NULL);
}
