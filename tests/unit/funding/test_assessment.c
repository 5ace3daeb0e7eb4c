/* What keeps an assessment from being sent: each rule broken alone, in one that is otherwise whole. And the ready reasons. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/assessment.h"
#include "services/funding/domain/reason.h"

struct whole {
    struct assessment a;
    struct call call;
    struct consortium consortium;
    struct partner partners[2];
    struct budget_line lines[2];
    struct planned_instalment instalments[2];
    int64_t partner_cents[2], line_cents[2];
    int32_t reasons[2];
    struct proposed proposed;
    int64_t applied;
};

/* 1000 applied for of a cost of 1250; own financing 20 per cent; granted as applied for. */
static struct whole *whole(void)
{
    static struct whole w;

    w = (struct whole){.call = {.use_from = 100, .use_until = 200, .own_permille = 200},
                       .partners = {{.cents = 600}, {.cents = 400}},
                       .lines = {{.cents = 1000}, {.cents = 250}},
                       .instalments = {{110, 700}, {150, 300}},
                       .partner_cents = {600, 400},
                       .line_cents = {1000, 250},
                       .applied = 1000};
    w.consortium = (struct consortium){.partners = w.partners, .partner_count = 2, .lines = w.lines, .line_count = 2};
    w.a = assessment_begin((struct uuid){.b = {1}}, (struct uuid){.b = {2}});
    w.a.state = ASSESSMENT_GRANT;
    w.a.cents = 1000;
    w.a.partner_cents = w.partner_cents;
    w.a.partner_count = 2;
    w.a.line_cents = w.line_cents;
    w.a.line_count = 2;
    w.a.purpose = "Koulutukseen";
    w.a.use_from = 100;
    w.a.use_until = 200;
    w.a.reasons = w.reasons;
    w.a.instalments = w.instalments;
    w.a.instalment_count = 2;
    return &w;
}

static const struct findings *found(const struct whole *w)
{
    static struct findings findings;

    findings = (struct findings){0};
    assessment_findings(&w->a, &w->call, w->applied, &w->consortium, &w->proposed, &findings);
    return &findings;
}

static void assert_only(const struct whole *w, const char *rule, const char *field)
{
    const struct findings *f = found(w);

    if (f->errors != 1 || strcmp(finding_first_error(f)->rule, rule) != 0 || strcmp(finding_first_error(f)->field, field) != 0)
        fail_msg("%zu errors, first %s %s, not %s", f->errors, f->errors > 0 ? finding_first_error(f)->rule : "",
                 f->errors > 0 ? finding_first_error(f)->field : "", rule);
}

static void test_a_whole_one_has_no_findings(void **state)
{
    (void)state;
    assert_int_equal(found(whole())->count, 0);
}

static void test_undecided_ones(void **state)
{
    struct whole *w = whole();

    (void)state;
    for (int s = ASSESSMENT_UNHANDLED; s <= ASSESSMENT_PLAUSIBLE; s++) {
        w->a.state = (enum assessment_state)s;
        assert_only(w, "funding.assessment.state", "assessment.state");
    }
    w->a.state = ASSESSMENT_DECIDED;
    assert_int_equal(found(w)->count, 0);
}

static void test_amounts(void **state)
{
    struct whole *w = whole();

    (void)state;
    w->applied = 999;
    assert_only(w, "funding.assessment.cents", "assessment.cents");
    w = whole();
    w->partner_cents[0] = 601;
    assert_only(w, "funding.assessment.partners-sum", "assessment.partnerCents");
    w->a.partner_count = 1;
    assert_only(w, "funding.assessment.partners", "assessment.partnerCents");
    w = whole();
    w->partner_cents[0] = 700;
    w->partner_cents[1] = 300; /* more than was applied for on its behalf: unusual, and allowed */
    assert_int_equal(found(w)->errors, 0);
    assert_non_null(finding_of(found(w), "funding.assessment.partner-more"));
    w->partner_cents[1] = -300;
    assert_only(w, "funding.assessment.partners", "assessment.partnerCents");
    w = whole();
    w->line_cents[1] = 251;
    assert_only(w, "funding.assessment.line-more", "assessment.lineCents[1]");
    w->line_cents[1] = 249; /* 1249 less 250 (rounded up) is 999 */
    assert_only(w, "funding.assessment.own-share", "assessment.cents");
    w->a.line_count = 0;
    assert_only(w, "funding.assessment.lines", "assessment.lineCents");
}

static void test_purpose_and_use(void **state)
{
    struct whole *w = whole();

    (void)state;
    w->a.purpose = "";
    assert_only(w, "funding.assessment.purpose", "assessment.purpose");
    w = whole();
    w->a.use_until = NO_DAY;
    assert_only(w, "funding.assessment.use-missing", "assessment.useUntil");
    w->a.use_until = 99;
    assert_only(w, "funding.assessment.use-order", "assessment.useUntil");
    w->a.use_until = 201;
    assert_only(w, "funding.assessment.use-outside", "assessment.useUntil");
    w->a.use_until = 200;
    w->a.use_from = 99;
    assert_only(w, "funding.assessment.use-outside", "assessment.useFrom");
}

static void test_instalments(void **state)
{
    struct whole *w = whole();

    (void)state;
    w->instalments[1].cents = 301;
    assert_only(w, "funding.assessment.instalments-sum", "assessment.instalments");
    w->instalments[1].cents = 0;
    assert_only(w, "funding.assessment.instalment", "assessment.instalments[1]");
    w = whole();
    w->instalments[1].due_on = 109;
    assert_only(w, "funding.assessment.instalment-order", "assessment.instalments[1].dueOn");
    w->a.instalment_count = 0;
    assert_only(w, "funding.assessment.instalments-sum", "assessment.instalments");
}

static void test_reasons_are_asked_for(void **state)
{
    struct whole *w = whole();

    (void)state;
    w->applied = 1001; /* granted in part */
    assert_only(w, "funding.assessment.reasons-part", "assessment.reasons");
    w->reasons[0] = 22;
    w->a.reason_count = 1;
    assert_int_equal(found(w)->count, 0);
    w->reasons[1] = 22;
    w->a.reason_count = 2;
    assert_only(w, "funding.assessment.reason-twice", "assessment.reasons[1]");
    w->reasons[1] = 23;
    assert_int_equal(found(w)->count, 0);
    w->a.reason_count = 1;
    w->reasons[0] = 3;
    w->a.own_reasons = "Omin sanoin";
    assert_only(w, "funding.assessment.reason", "assessment.reasons[0]");
    w->a.reason_count = 0;
    assert_int_equal(found(w)->count, 0);
    w->a = assessment_begin(w->a.application_id, w->a.call_id);
    w->a.state = ASSESSMENT_REJECT;
    assert_only(w, "funding.assessment.reasons-missing", "assessment.reasons");
    w->a.own_reasons = "Omin sanoin";
    assert_int_equal(found(w)->count, 0);
    w->a.cents = 1;
    assert_only(w, "funding.assessment.rejected-cents", "assessment.cents");
}

static void test_deviations_from_the_proposal(void **state)
{
    struct whole *w = whole();

    (void)state;
    w->proposed = (struct proposed){.any = true, .chosen = true, .cents = 1000};
    assert_int_equal(found(w)->count, 0);
    w->proposed.cents = 999;
    assert_only(w, "funding.assessment.deviation", "assessment.deviation");
    w->proposed = (struct proposed){.any = true, .chosen = false, .cents = 1000};
    assert_only(w, "funding.assessment.deviation", "assessment.deviation");
    w->a.deviation = "Alueellinen kattavuus";
    assert_int_equal(found(w)->count, 0);
    w->a = assessment_begin(w->a.application_id, w->a.call_id);
    w->a.state = ASSESSMENT_REJECT;
    w->a.own_reasons = "Omin sanoin";
    assert_int_equal(found(w)->count, 0); /* not chosen, rejected, whatever it would have cost */
    w->proposed.chosen = true;
    assert_only(w, "funding.assessment.deviation", "assessment.deviation");
}

/* What was rejected for want of money says so, and nothing else says it. */
static void test_reasons_are_those_of_the_proposal(void **state)
{
    struct whole *w = whole();

    (void)state;
    w->a = assessment_begin(w->a.application_id, w->a.call_id);
    w->a.state = ASSESSMENT_REJECT;
    w->a.reasons = w->reasons;
    w->a.reason_count = 1;
    w->reasons[0] = 1;
    for (enum portfolio_why why = PORTFOLIO_NO_ROOM; why <= PORTFOLIO_NOT_EVALUATED; why++) {
        const bool no_room = why == PORTFOLIO_NO_ROOM || why == PORTFOLIO_TOO_DEAR;

        w->proposed = (struct proposed){.any = true, .why = why};
        w->reasons[0] = 1;
        assert_int_equal(finding_of(found(w), "funding.assessment.reason-room") != NULL, no_room);
        w->reasons[0] = REASON_NO_ROOM;
        assert_int_equal(finding_of(found(w), "funding.assessment.reason-room") != NULL, !no_room);
        assert_int_equal(found(w)->errors, 0); /* it may stay */
    }
    w->proposed = (struct proposed){.any = true, .chosen = true, .why = PORTFOLIO_CHOSEN, .cents = 1000};
    w->a.deviation = "Hakija on saanut muuta rahoitusta";
    assert_non_null(finding_of(found(w), "funding.assessment.reason-room")); /* it did fit */
    assert_int_equal(found(w)->count, 1);
    assert_int_equal(found(w)->errors, 0);
    w->reasons[0] = 13;
    assert_int_equal(found(w)->count, 0);
    w->reasons[0] = REASON_NO_ROOM;
    w->a.deviation = "";
    w->proposed = (struct proposed){.any = true, .why = PORTFOLIO_NO_ROOM};
    w->a.reason_count = 0;
    w->a.own_reasons = "Omin sanoin";
    assert_int_equal(found(w)->count, 0);
    w->proposed = (struct proposed){.any = false};
    w->a.own_reasons = "";
    w->a.reason_count = 1;
    assert_int_equal(found(w)->count, 0); /* nothing was proposed */
}

static void test_ready_reasons(void **state)
{
    size_t count, rejections = 0;
    const struct reason *all = reason_all(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        rejections += !all[i].grants;
        assert_ptr_equal(reason_find(all[i].n), &all[i]); /* numbers are unique */
        assert_true(strlen(all[i].text.fi) > 20 && strlen(all[i].text.sv) > 20 && strlen(all[i].text.en) > 20);
        /* Calls of municipalities use them too: the act on state grants is not theirs. */
        assert_true(strstr(all[i].text.fi, "/20") == NULL && strstr(all[i].text.fi, "§") == NULL);
        assert_true(strstr(all[i].text.sv, "/20") == NULL && strstr(all[i].text.sv, "§") == NULL);
        assert_true(strstr(all[i].text.en, "/20") == NULL && strstr(all[i].text.en, "section") == NULL);
    }
    assert_int_equal(rejections, 13);
    assert_true(count > rejections);
    assert_null(reason_find(0));
    assert_null(reason_find(14));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_whole_one_has_no_findings),
        cmocka_unit_test(test_undecided_ones),
        cmocka_unit_test(test_amounts),
        cmocka_unit_test(test_purpose_and_use),
        cmocka_unit_test(test_instalments),
        cmocka_unit_test(test_reasons_are_asked_for),
        cmocka_unit_test(test_deviations_from_the_proposal),
        cmocka_unit_test(test_reasons_are_those_of_the_proposal),
        cmocka_unit_test(test_ready_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
