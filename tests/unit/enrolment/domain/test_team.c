/* Teams: how many seats there are at once, by each of the limits; ids of new members. */
#include "services/enrolment/domain/team.h"
#include "tests/unit/enrolment/domain/cases.h"

static void test_team_seats(void **state)
{
    struct stage stage;
    struct window window = {.quota = 0};
    struct implementation *i = &stage.implementations[0];
    (void)state;
    stage_init(&stage, 20, 2, 10, 5);
    assert_int_equal(team_seats(i, NULL), 10);
    i->taken = stage.programme.taken = 3;
    assert_int_equal(team_seats(i, &window), 7);
    i->reserved = stage.programme.reserved = 2;
    assert_int_equal(team_seats(i, &window), 5);
    stage.programme.taken = 14; /* the programme's cap leaves fewer */
    assert_int_equal(team_seats(i, &window), 4);
    window.quota = 8;
    window.used = 5; /* the window fewer still */
    assert_int_equal(team_seats(i, &window), 3);
    window.used = 8;
    assert_int_equal(team_seats(i, &window), 0);
    window.quota = 0; /* no quota: used does not count */
    assert_int_equal(team_seats(i, &window), 4);
    i->waiting = 1; /* a team does not jump the queue */
    assert_int_equal(team_seats(i, &window), 0);
    i->waiting = 0;
    stage.programme.taken = 18;
    assert_int_equal(team_seats(i, NULL), 0);
}

static void test_team_member_ids(void **state)
{
    const struct uuid team = case_id(1, 1), other = case_id(1, 2);
    (void)state;
    assert_int_equal(uuid_compare(team_member_id(team, 3), team_member_id(team, 3)), 0);
    assert_int_not_equal(uuid_compare(team_member_id(team, 3), team_member_id(team, 4)), 0);
    assert_int_not_equal(uuid_compare(team_member_id(team, 3), team_member_id(other, 3)), 0);
    assert_int_not_equal(uuid_compare(team_member_id(team, 1), team_member_id(team, 257)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_team_seats),     /* capacity, cap, reserved seats, quota and a queue each set the number */
        cmocka_unit_test(test_team_member_ids) /* the same for the same place, another for any other */
    };
    return cmocka_run_group_tests_name("team", tests, NULL, NULL);
}
