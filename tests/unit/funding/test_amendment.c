/* Change applications: what may be asked, and what a decision about it has to say, part by part. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/amendment.h"

#define TODAY 20000

struct scene {
    struct amount lines[2], partners[2];
    struct award award;
    struct call call;
    struct amendment amendment;
    struct findings findings;
};

/* 100 euros granted to two partners, 150 euros of costs on two lines; used until 300 days from today. */
static void begin(struct scene *s)
{
    *s = (struct scene){.lines = {{1, 9000, "Palkat", ""}, {2, 6000, "Matkat", ""}},
                        .partners = {{1, 6000, "Johtaja", "0245458-3"}, {2, 4000, "Osapuoli", "1234567-1"}},
                        .award = {.state = AWARD_ACCEPTED, .granted_cents = 10000, .use_until = TODAY + 300},
                        .call = {.use_until = TODAY + 300}};
    s->award.lines = (struct amounts){s->lines, 2};
    s->award.partners = (struct amounts){s->partners, 2};
}

static void ask(struct scene *s, enum change_kind kind, struct change change)
{
    if (change.words == NULL)
        change.words = "";
    if (kind != CHANGE_PERIOD)
        change.use_until = NO_DAY;
    s->amendment.parts[s->amendment.part_count++] = (struct amendment_part){.kind = kind, .asked = change, .reason = ""};
}

static const struct findings *check(struct scene *s, int64_t today)
{
    s->findings = (struct findings){.count = 0};
    amendment_check(&s->amendment, &s->award, &s->call, today, &s->findings);
    return &s->findings;
}

static void test_period(void **state)
{
    struct scene s;

    (void)state;
    begin(&s);
    ask(&s, CHANGE_PERIOD, (struct change){.use_until = TODAY + 301});
    assert_int_equal(check(&s, TODAY)->count, 0);
    s.amendment.parts[0].asked.use_until = TODAY + 300; /* the same day is not longer */
    assert_string_equal(finding_of(check(&s, TODAY), "funding.amendment.period")->field, "parts[0].asked.useUntil");
    s.amendment.parts[0].asked.use_until = NO_DAY;
    assert_non_null(finding_of(check(&s, TODAY), "funding.amendment.period"));
    s.amendment.parts[0].asked.use_until = s.call.use_until + AMENDMENT_LONGER_DAYS;
    assert_int_equal(check(&s, TODAY)->errors, 0);
    s.amendment.parts[0].asked.use_until++;
    assert_non_null(finding_of(check(&s, TODAY), "funding.amendment.period-too-long"));
}

static void test_when(void **state)
{
    struct scene s;

    (void)state;
    begin(&s);
    ask(&s, CHANGE_PERIOD, (struct change){.use_until = TODAY + 400});
    assert_false(amendment_late(&s.award, TODAY + 270)); /* thirty days before */
    assert_true(amendment_late(&s.award, TODAY + 271));
    assert_int_equal(check(&s, TODAY + 271)->errors, 0); /* late is a warning */
    assert_true(finding_of(&s.findings, "funding.amendment.late")->warning);
    assert_int_equal(check(&s, TODAY + 300)->errors, 0); /* the last day */
    assert_non_null(finding_of(check(&s, TODAY + 301), "funding.amendment.use-ended"));
}

static void test_budget(void **state)
{
    struct amount rows[] = {{1, 8000, "", ""}, {2, 6000, "", ""}, {3, 1000, "Tilat", ""}};
    struct scene s;

    (void)state;
    begin(&s);
    ask(&s, CHANGE_BUDGET, (struct change){.amounts = {rows, 3}});
    assert_int_equal(check(&s, TODAY)->count, 0);
    rows[0].cents++;
    assert_string_equal(finding_of(check(&s, TODAY), "funding.amendment.budget-sum")->field, "parts[0].asked.lines");
    rows[0].cents--;
    rows[2].name = ""; /* a new line needs a name */
    assert_string_equal(finding_of(check(&s, TODAY), "funding.amendment.name")->field, "parts[0].asked.lines[2].name");
    s.amendment.parts[0].asked.amounts.count = 1; /* a line cannot be left out */
    assert_non_null(finding_of(check(&s, TODAY), "funding.amendment.rows"));
    rows[1].n = 1;
    s.amendment.parts[0].asked.amounts.count = 2;
    assert_string_equal(finding_of(check(&s, TODAY), "funding.amendment.rows")->field, "parts[0].asked.lines[1].n");
}

static void test_partners(void **state)
{
    struct amount rows[] = {{1, 3000, "", ""}, {2, 7000, "Muu", "1"}, {3, 0, "Uusi", "1234567"}};
    struct scene s;

    (void)state;
    begin(&s);
    ask(&s, CHANGE_PARTNERS, (struct change){.amounts = {rows, 2}});
    change_name(CHANGE_PARTNERS, &s.amendment.parts[0].asked, &s.award);
    assert_string_equal(rows[1].name, "Osapuoli"); /* nobody who is there gets another name, or number */
    assert_string_equal(rows[1].business_id, "1234567-1");
    assert_int_equal(check(&s, TODAY)->count, 0);
    rows[1].cents--;
    assert_string_equal(finding_of(check(&s, TODAY), "funding.amendment.partner-sum")->field, "parts[0].asked.partners");
    rows[1].cents++;
    s.amendment.parts[0].asked.amounts.count = 3;
    assert_string_equal(finding_of(check(&s, TODAY), "funding.amendment.business-id")->field, "parts[0].asked.partners[2].businessId");
    rows[2].business_id = "0245458-3";
    assert_string_equal(finding_of(check(&s, TODAY), "funding.amendment.partner-twice")->field, "parts[0].asked.partners[2].businessId");
}

static void test_whole(void **state)
{
    struct scene s;

    (void)state;
    begin(&s);
    assert_non_null(finding_of(check(&s, TODAY), "funding.amendment.nothing"));
    ask(&s, CHANGE_CONTENT, (struct change){.words = ""});
    assert_non_null(finding_of(check(&s, TODAY), "funding.amendment.words"));
    s.amendment.parts[0].asked.words = "Yksi työpaketti lisää.";
    assert_int_equal(check(&s, TODAY)->count, 0);
    ask(&s, CHANGE_CONTENT, (struct change){.words = "Ja toinen."});
    assert_string_equal(finding_of(check(&s, TODAY), "funding.amendment.twice")->field, "parts[1].kind");
}

static const struct findings *decide(struct scene *s, const struct amendment *decided)
{
    s->findings = (struct findings){.count = 0};
    amendment_decision_check(&s->amendment, decided, &s->award, &s->call, &s->findings);
    return &s->findings;
}

static void test_decision(void **state)
{
    struct scene s;

    (void)state;
    begin(&s);
    ask(&s, CHANGE_PERIOD, (struct change){.use_until = TODAY + 400});
    ask(&s, CHANGE_CONTENT, (struct change){.words = "Muutos"});
    struct amendment decided = s.amendment;
    assert_int_equal(decide(&s, &decided)->errors, 2); /* both are open */
    assert_non_null(finding_of(&s.findings, "funding.amendment.open"));
    decided.parts[0].outcome = ANSWER_ACCEPTED;
    decided.parts[0].accepted = decided.parts[0].asked;
    decided.parts[1].outcome = ANSWER_REJECTED;
    assert_string_equal(finding_of(decide(&s, &decided), "funding.amendment.reason")->field, "parts[1].reason");
    decided.parts[1].reason = "Ei kuulu avustuksen tarkoitukseen.";
    assert_int_equal(decide(&s, &decided)->count, 0);
    decided.parts[0].outcome = ANSWER_CHANGED; /* with a reason, and within the law as well */
    decided.parts[0].reason = "Lyhyempi aika riittää.";
    decided.parts[0].accepted.use_until = TODAY + 200;
    assert_string_equal(finding_of(decide(&s, &decided), "funding.amendment.period")->field, "parts[0].accepted.useUntil");
    decided.part_count = 1;
    assert_non_null(finding_of(decide(&s, &decided), "funding.amendment.undecided"));
    decided = s.amendment;
    decided.parts[decided.part_count++] = (struct amendment_part){.kind = CHANGE_BUDGET, .outcome = ANSWER_REJECTED, .reason = "x"};
    assert_non_null(finding_of(decide(&s, &decided), "funding.amendment.not-asked"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_period),   /* later than now, within two years of the call's */
        cmocka_unit_test(test_when),     /* to the last day of use; less than 30 days before is late */
        cmocka_unit_test(test_budget),   /* whole lists, the same sum, names for new lines */
        cmocka_unit_test(test_partners), /* together the grant, to the cent; new ones have a business id */
        cmocka_unit_test(test_whole),    /* something is asked, and each kind once */
        cmocka_unit_test(test_decision)  /* every part, with reasons; what is changed is checked too */
    };
    return cmocka_run_group_tests_name("funding amendment", tests, NULL, NULL);
}
