/* Projects: what disagrees in one on a given day, its sums, and whether two say the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "services/funding/domain/money.h"
#include "services/funding/domain/project.h"

#define TODAY 20000

static struct project good(void)
{
    return (struct project){.code = "p",
                            .title = {"Hanke", "Projekt", "Project"},
                            .funder = "Valtio",
                            .programme = "Ohjelma",
                            .lead_name = "Kunta",
                            .target = "",
                            .starts_on = TODAY - 100,
                            .ends_on = TODAY + 100,
                            .page_until = NO_DAY,
                            .state = PROJECT_ONGOING};
}

static struct findings found(const struct project *project)
{
    struct findings findings = {.count = 0};

    project_check(project, TODAY, &findings);
    assert_int_equal(findings.errors, 0); /* nothing of it keeps anybody from anything */
    return findings;
}

static bool tells(struct project project, const char *rule)
{
    const struct findings findings = found(&project);

    return finding_of(&findings, rule) != NULL;
}

static void test_a_good_one_has_nothing_to_tell(void **state)
{
    (void)state;
    const struct project project = good();
    assert_int_equal(found(&project).count, 0);
}

/* While nobody has decided, what is applied for stands as applied for. */
static void test_of_an_undecided_application(void **state)
{
    struct project_share shares[2] = {{.cents = 700, .state = PLAN_APPLIED}, {.cents = 300, .state = PLAN_GRANTED}};
    struct project p = good();
    (void)state;
    p.shares = shares;
    p.share_count = 2;
    p.total_cents = 1000;
    p.applied_cents = 701;
    assert_int_equal(project_open_missing(&p), 0); /* it is decided, or there is none */
    assert_false(tells(p, "funding.project.undecided"));
    p.undecided = true;
    assert_true(tells(p, "funding.project.undecided"));
    assert_true(tells(p, "funding.project.not-granted"));
    assert_int_equal(project_open_missing(&p), 1);
    p.applied_cents = 700;
    assert_int_equal(project_open_missing(&p), 0);
    assert_false(tells(p, "funding.project.not-granted"));
    p.applied_cents = 5000; /* more than the project costs, as it is registered: then all of it */
    assert_int_equal(project_open_missing(&p), 300);
    p.share_count = 0;
    p.total_cents = 0;
    assert_int_equal(project_open_missing(&p), 0); /* nobody has told what it costs */
}

/* What it applied for may stand as refused or open, never as granted: in a plan with its shares, and in one of a list. */
static void test_of_a_rejected_application(void **state)
{
    struct project_share shares[2] = {{.cents = 700, .state = PLAN_GRANTED, .granted_cents = 700},
                                      {.cents = 300, .state = PLAN_GRANTED, .granted_cents = 300}};
    const struct project_plan plan = {.total_cents = 1000, .granted_cents = 301, .refused_cents = 699};
    struct project p = good();
    (void)state;
    p.shares = shares;
    p.share_count = 2;
    p.total_cents = 1000;
    p.applied_cents = 700;
    assert_int_equal(project_granted_excess(&p), 0); /* it is granted, or there is none */
    assert_false(tells(p, "funding.project.rejected"));
    p.rejected = true;
    assert_int_equal(project_granted_excess(&p), 700);
    assert_true(tells(p, "funding.project.rejected"));
    shares[0].state = PLAN_REFUSED;
    shares[0].granted_cents = 0;
    assert_int_equal(project_granted_excess(&p), 0);
    assert_false(tells(p, "funding.project.rejected"));
    p.applied_cents = 5000;
    assert_int_equal(project_granted_excess(&p), 300);
    p.applied_cents = 700;
    p.share_count = 0;
    p.plan = &plan;
    assert_int_equal(project_granted_excess(&p), 1);
}

static void test_the_period_to_the_day(void **state)
{
    (void)state;
    struct project p = good();
    p.ends_on = TODAY; /* its last day is its own */
    assert_int_equal(found(&p).count, 0);
    p.ends_on = TODAY - 1;
    assert_true(tells(p, "funding.project.period-over"));
    p.state = PROJECT_PLANNED;
    assert_true(tells(p, "funding.project.period-over"));
    p.state = PROJECT_ENDED;
    assert_int_equal(found(&p).count, 0);
    p.ends_on = TODAY + 1;
    assert_true(tells(p, "funding.project.ended-early"));
    p.state = PROJECT_INTERRUPTED;
    assert_int_equal(found(&p).count, 0);
}

static void test_the_beginning_to_the_day(void **state)
{
    (void)state;
    struct project p = good();
    p.starts_on = TODAY;
    assert_int_equal(found(&p).count, 0);
    p.starts_on = TODAY + 1;
    assert_true(tells(p, "funding.project.not-begun"));
    p.state = PROJECT_PLANNED;
    assert_int_equal(found(&p).count, 0);
    p.starts_on = TODAY;
    assert_true(tells(p, "funding.project.begun"));
}

static void test_the_page(void **state)
{
    (void)state;
    struct project p = good();
    p.page_until = TODAY;
    assert_int_equal(found(&p).count, 0);
    p.page_until = TODAY - 1;
    assert_true(tells(p, "funding.project.page-expired"));
}

static void test_shares_and_their_sum(void **state)
{
    (void)state;
    struct project_share shares[] = {{.funder = "a", .cents = 10, .state = PLAN_GRANTED, .granted_cents = 10},
                                     {.funder = "b", .cents = 20, .state = PLAN_APPLIED},
                                     {.funder = "c", .cents = 30, .state = PLAN_REFUSED},
                                     {.funder = "d", .cents = 0, .state = PLAN_REFUSED}};
    struct project p = good();
    int64_t sum = 0;
    p.shares = shares;
    p.share_count = 4;
    const struct findings findings = found(&p);
    assert_int_equal(findings.count, 2);
    assert_string_equal(findings.rows[0].field, "shares[1].state");
    assert_string_equal(findings.rows[1].rule, "funding.project.share-refused");
    assert_true(project_sum(&p, &sum));
    assert_int_equal(sum, 60);
    shares[0].cents = MONEY_MAX;
    assert_false(project_sum(&p, &sum));
    shares[0].cents = -1;
    assert_false(project_sum(&p, &sum));
}

/* Who has decided, who has not: the three parts are always the whole, and it is covered when all of it is granted. */
static void test_the_plan(void **state)
{
    struct project_share shares[] = {{.cents = 316300, .state = PLAN_APPLIED},
                                     {.cents = 39788900, .state = PLAN_GRANTED, .granted_cents = 39788900}};
    struct project p = good();

    (void)state;
    assert_false(project_plan(&p).covered); /* nobody has told what it costs */
    p.shares = shares;
    p.share_count = 2;
    p.total_cents = 40105200;
    struct project_plan plan = project_plan(&p);
    assert_int_equal(plan.granted_cents, 39788900);
    assert_int_equal(plan.open_cents, 316300);
    assert_int_equal(plan.refused_cents, 0);
    assert_false(plan.covered);
    shares[0].state = PLAN_GRANTED;
    shares[0].granted_cents = 300000; /* a board may grant less */
    plan = project_plan(&p);
    assert_int_equal(plan.granted_cents, 40088900);
    assert_int_equal(plan.open_cents, 0);
    assert_int_equal(plan.refused_cents, 16300);
    assert_false(plan.covered);
    assert_true(tells(p, "funding.project.share-smaller"));
    shares[0].granted_cents = 316300;
    assert_true(project_plan(&p).covered);
    assert_false(tells(p, "funding.project.share-smaller"));
    shares[0].state = PLAN_REFUSED;
    shares[0].granted_cents = 0;
    assert_int_equal(project_plan(&p).refused_cents, 316300);
    assert_int_equal(project_plan(&p).total_cents, 40105200);
}

static void test_shares_that_cases_name_stay(void **state)
{
    struct project_share before = {.funder = "Kannuksen kaupunki", .cents = 316300, .in_case = true, .kept = true}, after = before;

    (void)state;
    assert_true(project_share_stays(&before, &after));
    after.cents--;
    assert_false(project_share_stays(&before, &after));
    before.in_case = false; /* the case was withdrawn: another may be about another amount */
    assert_true(project_share_stays(&before, &after));
    after.funder = "Kokkolan kaupunki";
    assert_false(project_share_stays(&before, &after));
}

static void test_members_by_role(void **state)
{
    (void)state;
    struct project_member members[] = {{MEMBER_IMPLEMENTER, "a"}, {MEMBER_PARTNER, "b"}, {MEMBER_IMPLEMENTER, "c"}};
    struct project p = good();
    p.members = members;
    p.member_count = 3;
    assert_int_equal(project_members(&p, MEMBER_IMPLEMENTER), 2);
    assert_int_equal(project_members(&p, MEMBER_PARTNER), 1);
}

static void test_the_same_or_not(void **state)
{
    (void)state;
    struct project_member mine[] = {{MEMBER_PARTNER, "b"}}, yours[] = {{MEMBER_PARTNER, "b"}};
    struct project a = good(), b = good();
    a.members = mine;
    b.members = yours;
    a.member_count = b.member_count = 1;
    b.version = 7;
    assert_true(project_same(&a, &b));
    yours[0].role = MEMBER_IMPLEMENTER;
    assert_false(project_same(&a, &b));
    yours[0].role = MEMBER_PARTNER;
    b.title.sv = "Annat";
    assert_false(project_same(&a, &b));
    b = good();
    assert_false(project_same(&a, &b)); /* one member fewer */
    a = good();
    b.page_until = TODAY;
    assert_false(project_same(&a, &b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_good_one_has_nothing_to_tell),
        cmocka_unit_test(test_of_an_undecided_application),
        cmocka_unit_test(test_of_a_rejected_application), /* with shares and without */
        cmocka_unit_test(test_the_period_to_the_day),
        cmocka_unit_test(test_the_beginning_to_the_day),
        cmocka_unit_test(test_the_page),
        cmocka_unit_test(test_shares_and_their_sum),
        cmocka_unit_test(test_the_plan),
        cmocka_unit_test(test_shares_that_cases_name_stay),
        cmocka_unit_test(test_members_by_role),
        cmocka_unit_test(test_the_same_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
