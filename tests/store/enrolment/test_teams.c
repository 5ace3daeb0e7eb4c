/* Teams on a real PostgreSQL: written and found again, members where they are now, and the leaders that several readers of one batch ask
 * for in one statement. */
#include "services/enrolment/store/team.h"
#include "tests/store/enrolment/shelf.h"

#define TEAM   "00000006-0000-8000-8000-000000000001"
#define LEADER "00000007-0000-8000-8000-000000000001"
#define ORPHAN "00000006-0000-8000-8000-000000000002"

static struct kit_pg *pg;
static const struct job JOBS[4]; /* only their addresses count */

/* Registrations 1 to 3 are the team's, 3 was transferred; 4 is of a team whose leader was forgotten. */
static int fill(void **state)
{
    (void)state;
    shelf_fill(pg);
    (void)kit_sql(pg, "delete from enrolment.team");
    (void)kit_sql(pg, "insert into enrolment.team values ('" TEAM "', '" SHELF_PROGRAMME "', '" SHELF_IMPLEMENTATION "', '" LEADER
                      "', 'Johtoryhmä', 2, now()), ('" ORPHAN "', '" SHELF_PROGRAMME "', '" SHELF_IMPLEMENTATION "', null, 'X', 1, now())");
    (void)kit_sql(pg, "update enrolment.registration set team_id = '" TEAM "' where order_no <= 3");
    (void)kit_sql(pg, "update enrolment.registration set team_id = '" ORPHAN "' where order_no = 4");
    (void)kit_sql(pg, "update enrolment.registration set state = 6 where order_no = 3");
    return 0;
}

static void test_written_and_found(void **state)
{
    const struct team team = {.id = shelf_id("00000006-0000-8000-8000-000000000009"),
                              .programme = shelf_id(SHELF_PROGRAMME),
                              .implementation = shelf_id(SHELF_IMPLEMENTATION),
                              .leader = shelf_id(LEADER),
                              .name = "Uusi tiimi",
                              .mode = TEAM_ALL_OR_NONE,
                              .created_us = 4102444800000000};
    size_t count = 0;
    (void)state;
    struct hand hand = hand_open(pg);
    workset_lock_programme(hand.w, team.programme);
    hand_load(&hand);
    team_add(hand.w, &team);
    assert_int_equal(hand_save(&hand), ERR_OK);
    hand_close(&hand);

    hand = hand_open(pg);
    team_want_led(hand.w, &JOBS[0], team.leader);
    team_want(hand.w, &JOBS[1], team.id);
    team_want(hand.w, &JOBS[2], team.programme); /* no such team */
    hand_load(&hand);
    const struct team *led = team_list(hand.w, &JOBS[0], &count);
    assert_int_equal(count, 2);
    assert_string_equal(led[0].name, "Uusi tiimi"); /* the newest first */
    assert_string_equal(led[1].name, "Johtoryhmä");
    assert_int_equal(led[1].mode, TEAM_AS_MANY_AS_FIT);
    const struct team *found = team_list(hand.w, &JOBS[1], &count);
    assert_int_equal(count, 1);
    assert_int_equal(found->created_us, team.created_us);
    assert_int_equal(uuid_compare(found->leader, team.leader), 0);
    (void)team_members(hand.w, &JOBS[1], &count);
    assert_int_equal(count, 0);
    (void)team_list(hand.w, &JOBS[2], &count);
    assert_int_equal(count, 0);
    hand_close(&hand);
}

static void test_members(void **state)
{
    size_t count = 0;
    (void)state;
    struct hand hand = hand_open(pg);
    team_want(hand.w, &JOBS[0], shelf_id(TEAM));
    hand_load(&hand);
    struct registration *const *members = team_members(hand.w, &JOBS[0], &count);
    assert_int_equal(count, 2); /* who was transferred is not found where they left */
    assert_int_equal(members[0]->order_no, 1);
    assert_int_equal(members[1]->order_no, 2);
    assert_non_null(workset_person(hand.w, members[1]->person)); /* with their names */
    hand_close(&hand);
}

static void test_leaders(void **state)
{
    size_t count = 0;
    (void)state;
    struct hand hand = hand_open(pg);
    team_want_leader(hand.w, &JOBS[0], shelf_registration(5)); /* of no team */
    team_want_leader(hand.w, &JOBS[1], shelf_registration(2));
    team_want(hand.w, &JOBS[3], shelf_id(TEAM));               /* among them one who asks for something else */
    team_want_leader(hand.w, &JOBS[2], shelf_registration(4)); /* its leader was forgotten */
    hand_load(&hand);
    const struct uuid leader = shelf_id(LEADER), nobody = {{0}};
    assert_false(team_leads(hand.w, &JOBS[0], leader));
    assert_true(team_leads(hand.w, &JOBS[1], leader));
    assert_false(team_leads(hand.w, &JOBS[1], shelf_id(TEAM)));
    assert_false(team_leads(hand.w, &JOBS[2], leader));
    assert_false(team_leads(hand.w, &JOBS[2], nobody)); /* and the public leads nobody */
    assert_false(team_leads(hand.w, &JOBS[3], leader)); /* it did not ask */
    (void)team_list(hand.w, &JOBS[3], &count);
    assert_int_equal(count, 1);
    hand_close(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_written_and_found, fill), /* by id and by leader, newest first */
        cmocka_unit_test_setup(test_members, fill),           /* in order of enrolment, the transferred left out */
        cmocka_unit_test_setup(test_leaders, fill)            /* each asker gets the leader of the registration it named */
    };
    pg = shelf_open();
    const int failed = cmocka_run_group_tests_name("enrolment teams in the store", tests, NULL, NULL);
    kit_pg_free(pg);
    return failed;
}
