/* The check of an application: each rule finds its fault in an otherwise good one, names its field, and is silent about a good one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/application.h"
#include "services/funding/domain/money.h"

#define RULE(name) "funding.application." name

static struct call_theme themes[1];
static struct call_group group;
static struct call_question questions[2];
static struct call call;
static struct partner partners[3];
static struct budget_line lines[2];
static struct funding_share shares[3];
static struct work_package packages[2];
static struct answer answers[2];
static struct training_part parts[1];
static struct content good;
static struct findings findings;

static void set_call(void)
{
    themes[0] = (struct call_theme){.id = {{1}}, .allocation_cents = 100000};
    group = (struct call_group){.themes = themes, .theme_count = 1};
    questions[0] = (struct call_question){.id = {{5}}, .required = true, .most = 10};
    questions[1] = (struct call_question){.id = {{6}}, .required = false, .most = 10};
    call = (struct call){.state = CALL_PUBLISHED,
                         .groups = &group,
                         .group_count = 1,
                         .questions = questions,
                         .question_count = 2,
                         .opens_us = 1000,
                         .closes_us = 2000,
                         .use_from = 100,
                         .use_until = 200,
                         .own_permille = 100};
}

/* Ninety thousand cents of a hundred thousand are applied for: own financing is exactly a tenth. */
static int set_good(void **state)
{
    (void)state;
    set_call();
    partners[0] = (struct partner){"0245458-3", "Päätoimija", {{7}}, "Kaisa Kontakti", "kaisa@example.fi", "fi", 50000};
    partners[1] = (struct partner){"1234567-1", "Osatoimija", {{8}}, "Olli Osaaja", "olli@example.org", "sv", 40000};
    lines[0] = (struct budget_line){COST_STAFF, "Palkat", 60000};
    lines[1] = (struct budget_line){COST_TRAVEL, "Matkat", 40000};
    shares[0] = (struct funding_share){SHARE_GRANT, "", 90000};
    shares[1] = (struct funding_share){SHARE_OWN, "Hakijat", 10000};
    packages[0] = (struct work_package){"Suunnittelu", "", 110, 120, 30000};
    packages[1] = (struct work_package){"Toteutus", "", 110, 190, 70000};
    answers[0] = (struct answer){{{5}}, "Kyllä"};
    parts[0] = (struct training_part){"Kurssi", 20, false, 10};
    good = (struct content){.theme_id = {{1}},
                            .title = "Hanke",
                            .summary = "Tiivistelmä",
                            .language = "fi",
                            .iban = "FI21 1234 5600 0007 85",
                            .starts_on = 110,
                            .ends_on = 190,
                            .consortium = {.partners = partners,
                                           .partner_count = 2,
                                           .lines = lines,
                                           .line_count = 2,
                                           .shares = shares,
                                           .share_count = 2,
                                           .packages = packages,
                                           .package_count = 2},
                            .answers = answers,
                            .answer_count = 1,
                            .parts = parts,
                            .part_count = 1};
    return 0;
}

static void check(void)
{
    memset(&findings, 0, sizeof findings);
    application_check(&good, &call, &findings);
}

/* This one error and nothing else. */
static void expect(const char *rule, const char *field)
{
    check();
    const struct finding *f = finding_first_error(&findings);
    assert_non_null(f);
    if (findings.errors != 1 || strcmp(f->rule, rule) != 0 || strcmp(f->field, field) != 0)
        fail_msg("%zu errors, the first %s at %s instead of %s at %s", findings.errors, f->rule, f->field, rule, field);
    assert_true(*f->text.fi != '\0' && *f->text.sv != '\0' && *f->text.en != '\0');
}

static void expect_warning(const char *rule, const char *field)
{
    check();
    const struct finding *f = finding_of(&findings, rule);
    assert_int_equal(findings.errors, 0);
    assert_non_null(f);
    assert_true(f->warning);
    assert_string_equal(f->field, field);
}

static void test_good(void **state)
{
    (void)state;
    check();
    assert_int_equal(findings.count, 0);
    shares[1].cents = 9999; /* and a cent too little is not */
    lines[1].cents = 39999;
    packages[1].cents = 69999;
    expect(RULE("own-financing"), "content.shares");
}

static void test_words(void **state)
{
    (void)state;
    good.theme_id = (struct uuid){{0}};
    expect(RULE("theme-missing"), "content.themeId");
    good.theme_id = (struct uuid){{2}};
    expect(RULE("theme"), "content.themeId");
    (void)set_good(state);
    good.title = " \n ";
    expect(RULE("missing"), "content.title");
    (void)set_good(state);
    good.summary = "";
    expect(RULE("missing"), "content.summary");
    (void)set_good(state);
    good.language = "de";
    expect(RULE("language"), "content.language");
    (void)set_good(state);
    good.iban = "";
    expect(RULE("missing"), "content.iban");
    good.iban = "FI2112345600000786";
    expect(RULE("iban"), "content.iban");
}

static void test_days(void **state)
{
    (void)state;
    good.starts_on = NO_DAY;
    expect(RULE("missing"), "content.startsOn");
    good.starts_on = BAD_DAY;
    expect(RULE("day"), "content.startsOn");
    good.starts_on = 99;
    expect(RULE("period"), "content.startsOn");
    good.starts_on = 100;
    check();
    assert_int_equal(findings.errors, 0);
    good.ends_on = 201;
    expect(RULE("period"), "content.endsOn");
    good.ends_on = 200;
    check();
    assert_int_equal(findings.errors, 0);
    (void)set_good(state);
    good.consortium.package_count = 0;
    good.ends_on = 109;
    expect(RULE("order"), "content.endsOn");
    good.ends_on = BAD_DAY;
    expect(RULE("day"), "content.endsOn");
}

static void test_partners(void **state)
{
    (void)state;
    partners[1].business_id = "1234567-2";
    expect(RULE("business-id"), "content.partners[1].businessId");
    partners[1].business_id = "0245458-3";
    expect(RULE("partner-twice"), "content.partners[1].businessId");
    (void)set_good(state);
    partners[1].name = "";
    expect(RULE("missing"), "content.partners[1].name");
    (void)set_good(state);
    partners[0].contact_name = " ";
    expect(RULE("missing"), "content.partners[0].contactName");
    (void)set_good(state);
    partners[0].contact_email = "kaisa at example.fi";
    expect(RULE("email"), "content.partners[0].contactEmail");
    (void)set_good(state);
    partners[1].language = "";
    expect(RULE("language"), "content.partners[1].language");
    (void)set_good(state);
    partners[1].cents = 0;
    partners[0].cents = 90000;
    expect_warning(RULE("partner-nothing"), "content.partners[1].cents");
    (void)set_good(state);
    good.consortium.partner_count = 0;
    check();
    assert_non_null(finding_of(&findings, RULE("no-partners")));
}

static void test_sums(void **state)
{
    (void)state;
    partners[1].cents = 40001;
    expect(RULE("partners-sum"), "content.partners");
    (void)set_good(state);
    lines[0].cents = 59999;
    expect(RULE("shares-sum"), "content.shares");
    (void)set_good(state);
    shares[1].kind = SHARE_GRANT; /* two rows of what is applied for */
    check();
    assert_non_null(finding_of(&findings, RULE("grant-row")));
    (void)set_good(state);
    shares[0].kind = SHARE_PUBLIC; /* none */
    shares[0].funder = "Joku";
    expect(RULE("grant-row"), "content.shares");
    (void)set_good(state);
    call.own_permille = 101; /* 10.1 % of 100000 is 10100 */
    expect(RULE("own-financing"), "content.shares");
    call.own_permille = 0;
    check();
    assert_int_equal(findings.errors, 0);
}

/* Funding that is short of the costs: the least own financing is told of the costs, so a plan that follows the figures passes. */
static void test_own_of_costs(void **state)
{
    (void)state;
    call.own_permille = 200;
    shares[0].cents = 79000;
    shares[1].cents = 19000; /* together 98000 of 100000 */
    partners[0].cents -= 11000;
    check();
    const struct finding *own = finding_of(&findings, RULE("own-financing"));
    assert_non_null(own);
    assert_int_equal(own->bound_cents, 20000);
    const struct finding *funding = finding_of(&findings, RULE("shares-sum"));
    assert_non_null(funding);
    shares[1].cents = own->bound_cents;
    shares[0].cents = funding->bound_cents - own->bound_cents;
    partners[0].cents += 1000;
    check();
    assert_int_equal(findings.errors, 0);
}

static void test_own_rounds_up(void **state)
{
    (void)state;
    call.own_permille = 100; /* of 100001 cents: 10000.1, so 10001 */
    lines[0].cents = 60001;
    shares[0].cents = 90001;
    partners[0].cents = 50001;
    packages[0].cents = 30001;
    expect(RULE("own-financing"), "content.shares");
    shares[0].cents = 90000;
    shares[1].cents = 10001;
    partners[0].cents = 50000;
    check();
    assert_int_equal(findings.errors, 0);
}

static void test_rows(void **state)
{
    (void)state;
    lines[1].category = 0;
    expect(RULE("category"), "content.lines[1].category");
    (void)set_good(state);
    lines[1].title = "";
    expect(RULE("missing"), "content.lines[1].title");
    (void)set_good(state);
    shares[1].funder = "";
    expect(RULE("missing"), "content.shares[1].funder");
    (void)set_good(state);
    shares[1].kind = 0;
    expect(RULE("share-kind"), "content.shares[1].kind");
    (void)set_good(state);
    lines[0].cents = 100000;
    lines[1].cents = 0;
    expect(RULE("cents"), "content.lines[1].cents");
    (void)set_good(state);
    shares[2] = (struct funding_share){SHARE_PRIVATE, "Säätiö", 0};
    good.consortium.share_count = 3;
    expect(RULE("cents"), "content.shares[2].cents");
    (void)set_good(state);
    good.consortium.line_count = 0;
    check();
    assert_non_null(finding_of(&findings, RULE("no-lines")));
}

static void test_too_much(void **state)
{
    (void)state;
    lines[0].cents = MONEY_MAX;
    lines[1].cents = 1;
    expect(RULE("too-much"), "content.lines");
}

static void test_allocation(void **state)
{
    (void)state;
    themes[0].allocation_cents = 90000;
    check();
    assert_int_equal(findings.count, 0);
    themes[0].allocation_cents = 89999;
    expect_warning(RULE("over-allocation"), "content.shares");
}

static void test_packages(void **state)
{
    (void)state;
    packages[1].ends_on = 191;
    expect(RULE("package-outside"), "content.packages[1].startsOn");
    packages[1].ends_on = 190;
    packages[1].starts_on = 109;
    expect(RULE("package-outside"), "content.packages[1].startsOn");
    (void)set_good(state);
    packages[0].title = "";
    expect(RULE("missing"), "content.packages[0].title");
    (void)set_good(state);
    packages[0].ends_on = 109;
    expect(RULE("order"), "content.packages[0].endsOn");
    packages[0].ends_on = NO_DAY;
    expect(RULE("missing"), "content.packages[0].endsOn");
    (void)set_good(state);
    packages[0].cents--;
    expect_warning(RULE("packages-sum"), "content.packages");
    good.consortium.package_count = 0;
    expect_warning(RULE("no-packages"), "content.packages");
    good.starts_on = NO_DAY; /* then there is nothing to be outside of */
    good.consortium.package_count = 1;
    packages[0].starts_on = 1;
    expect(RULE("missing"), "content.startsOn");
}

static void test_many_packages(void **state)
{
    struct work_package many[CONSORTIUM_PACKAGES_MAX];

    (void)state;
    for (size_t i = 0; i < CONSORTIUM_PACKAGES_MAX; i++)
        many[i] = (struct work_package){"Osa", "", 110, 120, i == 0 ? 100000 : 0};
    many[49].ends_on = NO_DAY;
    good.consortium.packages = many;
    good.consortium.package_count = CONSORTIUM_PACKAGES_MAX;
    expect(RULE("missing"), "content.packages[49].endsOn");
}

static void test_answers(void **state)
{
    (void)state;
    answers[0].text = "yksitoista!";
    expect(RULE("answer-long"), "content.answers[0].text");
    answers[0].text = "äöåäöåäöåä"; /* ten characters, twenty bytes */
    check();
    assert_int_equal(findings.errors, 0);
    answers[0].text = " ";
    expect(RULE("unanswered"), "content.answers[05000000-0000-0000-0000-000000000000].text");
    (void)set_good(state);
    good.answer_count = 0;
    expect(RULE("unanswered"), "content.answers[05000000-0000-0000-0000-000000000000].text");
    (void)set_good(state);
    answers[1] = (struct answer){{{9}}, "Mitä?"};
    good.answer_count = 2;
    expect(RULE("question"), "content.answers[1].questionId");
    answers[1] = answers[0];
    expect(RULE("answer-twice"), "content.answers[1].questionId");
    answers[1] = (struct answer){{{6}}, ""};
    check();
    assert_int_equal(findings.errors, 0);
}

static void test_training(void **state)
{
    (void)state;
    parts[0].title = "";
    expect(RULE("missing"), "content.parts[0].title");
    (void)set_good(state);
    parts[0].scope_tenths = 0;
    expect(RULE("scope"), "content.parts[0].scopeTenths");
    (void)set_good(state);
    parts[0].participants = 0;
    expect(RULE("participants"), "content.parts[0].participants");
    good.part_count = 0;
    check();
    assert_int_equal(findings.errors, 0);
}

static void test_nothing_yet(void **state)
{
    (void)state;
    good = (struct content){.title = "", .summary = "", .language = "", .iban = "", .starts_on = NO_DAY, .ends_on = NO_DAY};
    check();
    assert_int_equal(findings.left_out, 0);
    assert_true(findings.errors >= 9);
    for (size_t i = 0; i < findings.count; i++)
        assert_true(*findings.rows[i].text.sv != '\0');
}

static void test_times(void **state)
{
    (void)state;
    assert_false(application_in_time(&call, 999));
    assert_true(application_in_time(&call, 1000));
    assert_true(application_in_time(&call, 1999));
    assert_false(application_in_time(&call, 2000));
    assert_false(application_lapses(&call, 2000 + APPLICATION_LAPSE_GRACE_US - 1));
    assert_true(application_lapses(&call, 2000 + APPLICATION_LAPSE_GRACE_US));
    call.state = CALL_CALLED_OFF; /* nobody can submit to it any more */
    assert_true(application_lapses(&call, 1500));
}

static void test_states(void **state)
{
    (void)state;
    for (int s = APPLICATION_DRAFT; s <= APPLICATION_LAPSED; s++) {
        assert_int_equal(application_writable((enum application_state)s), s == APPLICATION_DRAFT || s == APPLICATION_TO_SUPPLEMENT);
        assert_int_equal(application_withdrawable((enum application_state)s), s <= APPLICATION_TO_SUPPLEMENT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_good, set_good),          /* a good one has no finding; a cent less of one's own has */
        cmocka_unit_test_setup(test_words, set_good),         /* theme, title, summary, language, account */
        cmocka_unit_test_setup(test_days, set_good),          /* there, real, in order, inside the period of use */
        cmocka_unit_test_setup(test_partners, set_good),      /* business ids, names, addresses, languages */
        cmocka_unit_test_setup(test_sums, set_good),          /* partners = grant, lines = shares, own financing */
        cmocka_unit_test_setup(test_own_of_costs, set_good),  /* even when the funding is short of them */
        cmocka_unit_test_setup(test_own_rounds_up, set_good), /* to a whole cent */
        cmocka_unit_test_setup(test_rows, set_good),          /* of the budget and of its funding */
        cmocka_unit_test_setup(test_too_much, set_good),      /* more than money may be */
        cmocka_unit_test_setup(test_allocation, set_good),    /* more than the theme has is unusual, not wrong */
        cmocka_unit_test_setup(test_packages, set_good),      /* inside the project, with titles and days */
        cmocka_unit_test_setup(test_many_packages, set_good), /* the fiftieth is named right */
        cmocka_unit_test_setup(test_answers, set_good),       /* required, of this call, once, in characters */
        cmocka_unit_test_setup(test_training, set_good),      /* each part is whole */
        cmocka_unit_test_setup(test_nothing_yet, set_good),   /* an empty draft: all at once, in three languages */
        cmocka_unit_test_setup(test_times, set_good),         /* microseconds of the deadline; drafts lapse after a grace */
        cmocka_unit_test_setup(test_states, set_good)         /* what may be written and withdrawn */
    };
    return cmocka_run_group_tests_name("funding application", tests, NULL, NULL);
}
