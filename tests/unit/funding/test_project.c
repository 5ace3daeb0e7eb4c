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
    struct project_share shares[] = {{.funder = "a", .cents = 10, .state = PLAN_GRANTED},
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
        cmocka_unit_test(test_the_period_to_the_day),
        cmocka_unit_test(test_the_beginning_to_the_day),
        cmocka_unit_test(test_the_page),
        cmocka_unit_test(test_shares_and_their_sum),
        cmocka_unit_test(test_members_by_role),
        cmocka_unit_test(test_the_same_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
