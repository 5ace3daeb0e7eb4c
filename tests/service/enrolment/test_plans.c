/* Development plans over real NNG and PostgreSQL: one's own or a community's, who may hand in for whom, and whom it completes. */
#include "tests/service/enrolment/course.h"

static struct rig *rig;

static struct answer hand_in(struct uuid actor, uint32_t roles, struct uuid registration, int kind, const struct uuid *others, size_t count)
{
    Enrolment__HandInPlanRequest request = ENROLMENT__HAND_IN_PLAN_REQUEST__INIT;
    Enrolment__HandInPlanRequest__Other all[4], *list[4];
    for (size_t i = 0; i < count; i++) {
        enrolment__hand_in_plan_request__other__init(&all[i]);
        all[i].registration_id = rig_bytes(&others[i]);
        list[i] = &all[i];
    }
    request.registration_id = rig_bytes(&registration);
    request.kind = (Enrolment__HandInPlanRequest__Kind)kind;
    request.title = (char *)"Koulumme suunta";
    request.body = (char *)"Ensimmäinen rivi\nToinen rivi";
    request.others = list;
    request.n_others = count;
    return course_ask(rig, actor, roles, "HandInPlan", &request.base);
}

static void test_plan(void **state)
{
    const struct course course =
        course_new(rig, &(struct course_plan){.code = "plan", .cap = 4, .capacity = 4, .count = 1, .plan_required = true});
    const struct uuid person = course_person(rig, "Paula Palauttaja", "Kunta"), mate = course_person(rig, "Matti Mukana", "Kunta");
    struct uuid ids[2] = {course_enrol(rig, &course, 0, person), course_enrol(rig, &course, 0, mate)};
    const int64_t completed = course_events(rig, "Completed");
    Enrolment__GetPlanRequest get = ENROLMENT__GET_PLAN_REQUEST__INIT;
    (void)state;
    course_complete_all(rig, &course, ids, 2);
    assert_int_equal(course_events(rig, "Completed"), completed); /* the plan is missing */
    struct answer a = course_certificate(rig, person, RIG_PARTICIPANT, ids[0], "fi");
    assert_string_equal(rig_fact(&a, "plan"), "missing");
    get.registration_id = rig_bytes(&ids[1]);
    a = course_ask(rig, mate, RIG_PARTICIPANT, "GetPlan", &get.base);
    assert_int_equal(a.err, ERR_NOT_FOUND);
    assert_string_equal(a.rule, "enrolment.plan.none");
    a = hand_in(person, RIG_PARTICIPANT, ids[0], 2, &ids[1], 1); /* they are not a team */
    assert_string_equal(a.rule, "enrolment.plan.not-of-team");
    assert_string_equal(a.field, "others[0].registrationId");
    assert_string_equal(hand_in(person, RIG_PARTICIPANT, ids[0], 1, &ids[1], 1).field, "others"); /* one's own has no others */
    assert_string_equal(hand_in(person, RIG_PARTICIPANT, ids[0], 0, NULL, 0).field, "kind");
    assert_int_equal(hand_in(person, RIG_PARTICIPANT, ids[1], 1, NULL, 0).err, ERR_FORBIDDEN); /* somebody else's */
    assert_string_equal(hand_in(person, RIG_PARTICIPANT, ids[0], 2, &ids[0], 1).rule, "field.twice");

    a = hand_in(rig_coordinator(), RIG_COORDINATOR, ids[0], 2, &ids[1], 1);
    assert_int_equal(a.err, ERR_OK);
    assert_int_equal(course_events(rig, "Completed"), completed + 2); /* both at once */
    assert_int_equal(course_events(rig, "PlanHandedIn"), 2);
    a = course_ask(rig, mate, RIG_PARTICIPANT, "GetPlan", &get.base);
    assert_int_equal(a.err, ERR_OK);
    assert_string_equal(((const Enrolment__Plan *)a.message)->title, "Koulumme suunta");
    assert_int_equal(((const Enrolment__Plan *)a.message)->kind, 2);
    assert_int_equal(course_ask(rig, person, RIG_PARTICIPANT, "GetPlan", &get.base).err, ERR_FORBIDDEN);

    assert_int_equal(hand_in(mate, RIG_PARTICIPANT, ids[1], 1, NULL, 0).err, ERR_OK); /* again, one's own: takes the place */
    assert_int_equal(((const Enrolment__Plan *)course_ask(rig, mate, RIG_PARTICIPANT, "GetPlan", &get.base).message)->kind, 1);
    assert_int_equal(course_events(rig, "Completed"), completed + 2);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.plan"), 2); /* the earlier one is kept */
    assert_true(course_progress(rig, ids[0]).plan_handed_in);
}

/* Whom retention forgot keeps a row and its state, but is nobody to hand in for: no certificate is made of no one. */
static void test_plan_of_nobody(void **state)
{
    const struct course course =
        course_new(rig, &(struct course_plan){.code = "nobody", .cap = 4, .capacity = 4, .count = 1, .plan_required = true});
    struct uuid ids[2] = {course_enrol(rig, &course, 0, course_person(rig, "Pia Paikalla", "Kunta")),
                          course_enrol(rig, &course, 0, course_person(rig, "Unto Unohdettu", "Kunta"))};
    const int64_t completed = course_events(rig, "Completed");
    char text[UUID_TEXT];
    (void)state;
    course_complete_all(rig, &course, ids, 2);
    uuid_format(ids[1], text);
    (void)kit_sql(rig_pg(rig),
                  "update enrolment.registration set person_id = null, salt = null, person_hash = sha256('x') where id = '%s'; select 1",
                  text);
    const struct answer a = hand_in(rig_coordinator(), RIG_COORDINATOR, ids[0], 2, &ids[1], 1);
    assert_string_equal(a.rule, "enrolment.plan.not-seated");
    assert_string_equal(a.field, "others[0].registrationId");
    assert_int_equal(course_events(rig, "Completed"), completed);
}

static void test_team_plan(void **state)
{
    const struct course course =
        course_new(rig, &(struct course_plan){.code = "team-plan", .cap = 9, .capacity = 9, .count = 1, .plan_required = true});
    const struct uuid people[2] = {course_person(rig, "Jonna Johtaja", "Kunta"), course_person(rig, "Jere Jäsen", "Kunta")};
    Enrolment__EnrolTeamRequest enrol = ENROLMENT__ENROL_TEAM_REQUEST__INIT;
    Enrolment__EnrolTeamRequest__Member members[2], *list[2] = {&members[0], &members[1]};
    const int64_t completed = course_events(rig, "Completed");
    struct uuid ids[2];
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        enrolment__enrol_team_request__member__init(&members[i]);
        members[i].person_id = rig_bytes(&people[i]);
    }
    enrol.programme_id = rig_bytes(&course.world.programme);
    enrol.implementation_id = rig_bytes(&course.world.implementations[0]);
    enrol.name = (char *)"Johtoryhmä";
    enrol.mode = ENROLMENT__ENROL_TEAM_REQUEST__MODE__ALL_OR_NONE;
    enrol.members = list;
    enrol.n_members = 2;
    const struct answer a = course_staff(rig, "EnrolTeam", &enrol.base);
    assert_int_equal(a.err, ERR_OK);
    for (size_t i = 0; i < 2; i++)
        ids[i] = rig_id(((const Enrolment__Team *)a.message)->members[i]->registration->id);
    course_complete_all(rig, &course, ids, 2);
    assert_int_equal(hand_in(people[0], RIG_PARTICIPANT, ids[0], 2, &ids[1], 1).err, ERR_OK); /* of one's own team, without staff */
    assert_int_equal(course_events(rig, "Completed"), completed + 2);
    assert_int_equal(hand_in(people[1], RIG_PARTICIPANT, ids[1], 1, NULL, 0).err, ERR_OK);
    assert_string_equal(hand_in(people[0], RIG_PARTICIPANT, ids[0], 2, &ids[1], 1).rule, "enrolment.plan.has-own");
}

static void test_plan_bounds(void **state)
{
    const struct course course =
        course_new(rig, &(struct course_plan){.code = "bounds", .cap = 1, .capacity = 1, .waiting_cap = 3, .count = 1});
    const struct uuid person = course_person(rig, "Rauha Rajainen", "Kunta"), late = course_person(rig, "Jono Jonottaja", "Kunta");
    const struct uuid id = course_enrol(rig, &course, 0, person), waiting = course_enrol(rig, &course, 0, late);
    static char long_text[20002];
    Enrolment__HandInPlanRequest request = ENROLMENT__HAND_IN_PLAN_REQUEST__INIT;
    (void)state;
    memset(long_text, 'a', sizeof long_text - 1);
    request.registration_id = rig_bytes(&id);
    assert_string_equal(course_ask(rig, person, RIG_PARTICIPANT, "HandInPlan", &request.base).rule, "field.missing");
    request.kind = ENROLMENT__HAND_IN_PLAN_REQUEST__KIND__OWN;
    assert_string_equal(course_ask(rig, person, RIG_PARTICIPANT, "HandInPlan", &request.base).field, "title");
    request.title = (char *)"Suunnitelma\n";
    assert_string_equal(course_ask(rig, person, RIG_PARTICIPANT, "HandInPlan", &request.base).field, "title");
    request.title = (char *)"Suunnitelma";
    assert_string_equal(course_ask(rig, person, RIG_PARTICIPANT, "HandInPlan", &request.base).field, "body");
    request.body = long_text;
    assert_string_equal(course_ask(rig, person, RIG_PARTICIPANT, "HandInPlan", &request.base).rule, "field.length");
    long_text[20000] = '\0';
    assert_int_equal(course_ask(rig, person, RIG_PARTICIPANT, "HandInPlan", &request.base).err, ERR_OK);
    request.registration_id = rig_bytes(&waiting);
    const struct answer a = course_ask(rig, late, RIG_PARTICIPANT, "HandInPlan", &request.base);
    assert_string_equal(a.rule, "enrolment.plan.not-seated");
    assert_string_equal(a.field, "registrationId");
    assert_int_equal(course_ask(rig, (struct uuid){{0}}, RIG_PUBLIC, "HandInPlan", &request.base).err, ERR_UNAUTHENTICATED);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_plan, rig_group_rest), /* one's own or a community's; it may complete several people at once */
        cmocka_unit_test_setup(test_plan_of_nobody, rig_group_rest), /* not for a registration whose person was forgotten */
        cmocka_unit_test_setup(test_team_plan,
                               rig_group_rest), /* a team's member hands in for the others, but not over a plan of their own */
        cmocka_unit_test_setup(test_plan_bounds, rig_group_rest), /* each field gone wrong; somebody who waits has nothing to hand in */
    };
    return rig_told(cmocka_run_group_tests_name("enrolment plans", tests, start, rig_group_stop));
}
