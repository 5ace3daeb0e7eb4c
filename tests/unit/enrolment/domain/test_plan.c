/* Whose a community's development plan may be. */
#include "services/enrolment/domain/plan.h"

#include "tests/unit/enrolment/domain/cases.h"

static const struct registration OWN = {.programme = {{1}}, .team = {{7}}, .state = REGISTRATION_SEATED};

static void test_team(void **state)
{
    const struct registration mate = {.programme = {{1}}, .team = {{7}}, .state = REGISTRATION_SEATED};
    const struct registration stranger = {.programme = {{1}}, .team = {{8}}, .state = REGISTRATION_SEATED};
    const struct registration alone = {.programme = {{1}}, .state = REGISTRATION_SEATED};
    (void)state;
    assert_int_equal(plan_shared(&OWN, &mate, PLAN_NONE, false), PLAN_FINE);
    assert_int_equal(plan_shared(&OWN, &stranger, PLAN_NONE, false), PLAN_STRANGER);
    assert_int_equal(plan_shared(&OWN, &stranger, PLAN_NONE, true), PLAN_FINE);
    assert_int_equal(plan_shared(&alone, &alone, PLAN_NONE, false), PLAN_STRANGER); /* no team is no common team */
}

static void test_elsewhere(void **state)
{
    const struct registration other = {.programme = {{2}}, .team = {{7}}, .state = REGISTRATION_SEATED};
    const struct registration waiting = {.programme = {{1}}, .team = {{7}}, .state = REGISTRATION_QUEUED};
    (void)state;
    assert_int_equal(plan_shared(&OWN, &other, PLAN_NONE, true), PLAN_ELSEWHERE);
    assert_int_equal(plan_shared(&OWN, &waiting, PLAN_NONE, true), PLAN_ELSEWHERE);
}

static void test_has_own(void **state)
{
    const struct registration mate = {.programme = {{1}}, .team = {{7}}, .state = REGISTRATION_SEATED};
    (void)state;
    assert_int_equal(plan_shared(&OWN, &mate, PLAN_OWN, false), PLAN_HAS_OWN);
    assert_int_equal(plan_shared(&OWN, &mate, PLAN_COMMUNITY, false), PLAN_FINE);
    assert_int_equal(plan_shared(&OWN, &mate, PLAN_OWN, true), PLAN_FINE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_team),      /* one's own team, or whom a coordinator names */
        cmocka_unit_test(test_elsewhere), /* only people seated in the same programme, whoever says so */
        cmocka_unit_test(test_has_own),   /* nobody's own plan is replaced by another participant */
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
