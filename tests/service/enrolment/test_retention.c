/* Forgetting by the clock, when a programme ended long enough ago; and forgetting in the midst of enrolments. */
#include "tests/service/enrolment/course.h"
#include "tests/service/enrolment/erasing.h"

static struct rig *rig;

static bool is_forgotten(void *code)
{
    return kit_sql_int(rig_pg(rig), "select count(*) from enrolment.programme where code = '%s' and forgotten_at is not null",
                       (const char *)code) == 1;
}

/* What the last event about a registration says; it must be this one. */
static Enrolment__RegistrationForgotten *last_told(struct uuid registration)
{
    char id[UUID_TEXT];
    uint8_t payload[256];
    size_t len = 0;

    uuid_format(registration, id);
    const char *hex = kit_sql(rig_pg(rig),
                              "select encode(payload, 'hex') from (select * from enrolment.event_log where subject = '%s' order by seq desc"
                              " limit 1) e where type = 'enrolment.RegistrationForgotten.v1'",
                              id);
    for (unsigned byte; len < sizeof payload && sscanf(hex + 2 * len, "%2x", &byte) == 1; len++)
        payload[len] = (uint8_t)byte;
    Enrolment__RegistrationForgotten *told = enrolment__registration_forgotten__unpack(NULL, len, payload);
    assert_non_null(told);
    return told;
}

static void test_retention(void **state)
{
    (void)state;
    const struct world old =
        rig_programme(rig, &(struct programme_plan){.code = "er-old", .cap = 2, .capacity = 2, .waiting_cap = 9, .count = 1});
    const struct world young = rig_programme(rig, &(struct programme_plan){.code = "er-young", .cap = 9, .capacity = 9, .count = 1});
    const struct uuid once = erasing_person(rig, "Kertaalleen"), both = erasing_person(rig, "Molemmissa"),
                      waits = erasing_person(rig, "Varasijalla");
    struct hash ignored;
    assert_int_equal(rig_enrol(rig, &old, 0, once).err, ERR_OK);
    const struct answer seat = rig_enrol(rig, &old, 0, both);
    const struct uuid theirs = rig_id(rig_registration(&seat)->id);
    assert_int_equal(rig_enrol(rig, &young, 0, both).err, ERR_OK);
    assert_int_equal(rig_enrol(rig, &old, 0, waits).err, ERR_OK);
    erasing_follow(rig, both, old.programme);
    const uint32_t length = erasing_chain(rig, old.implementations[0], 0, &ignored);
    (void)kit_sql(rig_pg(rig), RIG_LOCKED
                  "update enrolment.application_window w set opens_at = now() - interval '40 days', closes_at = now() - interval '31 days',"
                  " opened_told = true, closed_told = true from enrolment.programme p where p.id = w.programme_id and p.code = 'er-old'");
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set retention_days = case code when 'er-old' then 30 else 3000 end"
                               " where code in ('er-old', 'er-young')");
    assert_true(kit_wait_until(is_forgotten, (void *)(uintptr_t) "er-old", KIT_PATIENCE_MS));
    assert_false(is_forgotten((void *)(uintptr_t) "er-young"));
    assert_int_equal(erasing_rows(rig, "Kertaalleen", ""), 0);
    assert_int_equal(erasing_rows(rig, "Varasijalla", ""), 0);
    assert_int_equal(erasing_rows(rig, "Molemmissa", "event_log"), 1); /* the person: they have a place elsewhere */
    assert_int_equal(erasing_events(rig, "PersonErased", once), 1);
    assert_int_equal(erasing_events(rig, "PersonErased", both), 0);
    assert_int_equal(erasing_events(rig, "ProgrammeForgotten", old.programme), 1);
    assert_int_equal(erasing_events(rig, "RegistrationForgotten", theirs), 1);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.event_log where type = 'enrolment.RegistrationForgotten.v1'"),
                     1); /* who is forgotten whole is told by PersonErased */
    Enrolment__RegistrationForgotten *told = last_told(theirs);
    assert_int_equal(uuid_compare(rig_id(told->registration_id), theirs), 0);
    assert_int_equal(uuid_compare(rig_id(told->programme_id), old.programme), 0);
    assert_int_equal(uuid_compare(rig_id(told->person_id), both), 0);
    enrolment__registration_forgotten__free_unpacked(told, NULL);
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from enrolment.follower f join enrolment.programme p on p.id = f.programme_id"
                                 " where p.code = 'er-old'"),
                     0);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select taken * 10 + waiting from enrolment.programme where code = 'er-old'"), 20);
    assert_int_equal(erasing_chain(rig, old.implementations[0], 0, &ignored), length + 1); /* the waiting one was struck off */
    Enrolment__ListForgottenRequest list = ENROLMENT__LIST_FORGOTTEN_REQUEST__INIT;
    const struct answer a =
        rig_ask(rig, &(struct ask){.method = "ListForgotten", .message = &list.base, .actor = rig_coordinator(), .roles = ADMIN});
    const Enrolment__ForgottenList *m = (const Enrolment__ForgottenList *)a.message;
    for (size_t i = 0; i < m->n_people; i++) /* nobody asked for it: the account is kept */
        assert_int_not_equal(uuid_compare(rig_id(m->people[i]->person_id), once), 0);
}

static void make_due(const char *code)
{
    (void)kit_sql(rig_pg(rig),
                  RIG_LOCKED
                  "update enrolment.application_window w set opens_at = now() - interval '40 days', closes_at = now() - interval '31 days',"
                  " opened_told = true, closed_told = true from enrolment.programme p where p.id = w.programme_id and p.code = '%s'",
                  code);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set retention_days = 30 where code = '%s'", code);
}

static void lead_a_team(const struct world *world, struct uuid leader)
{
    Enrolment__EnrolTeamRequest request = ENROLMENT__ENROL_TEAM_REQUEST__INIT;
    Enrolment__EnrolTeamRequest__Member self = ENROLMENT__ENROL_TEAM_REQUEST__MEMBER__INIT,
                                        other = ENROLMENT__ENROL_TEAM_REQUEST__MEMBER__INIT, *members[] = {&self, &other};
    Enrolment__Person person = ENROLMENT__PERSON__INIT;

    person.name = person.email = (char *)(uintptr_t) "jasen@example.fi";
    person.language = (char *)(uintptr_t) "fi";
    self.person_id = rig_bytes(&leader);
    other.person = &person;
    request.programme_id = rig_bytes(&world->programme);
    request.implementation_id = rig_bytes(&world->implementations[0]);
    request.name = (char *)(uintptr_t) "Yhdysside";
    request.mode = ENROLMENT__ENROL_TEAM_REQUEST__MODE__ALL_OR_NONE;
    request.members = members;
    request.n_members = 2;
    assert_int_equal(course_ask(rig, leader, RIG_PARTICIPANT, "EnrolTeam", &request.base).err, ERR_OK);
}

static void hand_in_own_plan(struct uuid person)
{
    Enrolment__ListMyRegistrationsRequest mine = ENROLMENT__LIST_MY_REGISTRATIONS_REQUEST__INIT;
    Enrolment__HandInPlanRequest plan = ENROLMENT__HAND_IN_PLAN_REQUEST__INIT;
    const struct answer a = course_ask(rig, person, RIG_PARTICIPANT, "ListMyRegistrations", &mine.base);

    plan.registration_id = ((const Enrolment__RegistrationList *)a.message)->registrations[0]->id;
    plan.kind = ENROLMENT__HAND_IN_PLAN_REQUEST__KIND__OWN;
    plan.title = plan.body = (char *)(uintptr_t) "Oma suunnitelma";
    assert_int_equal(course_ask(rig, person, RIG_PARTICIPANT, "HandInPlan", &plan.base).err, ERR_OK);
}

/* Somebody who goes on elsewhere led a team and handed in a plan: no table is left that leads from them to the old programme. */
static void test_no_link_is_left(void **state)
{
    (void)state;
    const struct course old = course_new(rig, &(struct course_plan){.code = "er-link", .cap = 9, .capacity = 9, .count = 1});
    const struct world young = rig_programme(rig, &(struct programme_plan){.code = "er-next", .cap = 9, .capacity = 9, .count = 1});
    const struct uuid person = erasing_person(rig, "Jatkaja");
    char id[UUID_TEXT];

    uuid_format(person, id);
    lead_a_team(&old.world, person);
    hand_in_own_plan(person);
    erasing_follow(rig, person, old.world.programme);
    (void)kit_sql(rig_pg(rig), "delete from enrolment.request_seen"); /* as a week does */
    assert_true(erasing_rows(rig, id, "event_log") >= 5);
    assert_int_equal(rig_enrol(rig, &young, 0, person).err, ERR_OK);
    make_due("er-link");
    assert_true(kit_wait_until(is_forgotten, (void *)(uintptr_t) "er-link", KIT_PATIENCE_MS));
    assert_int_equal(erasing_rows(rig, id, "event_log"), 2); /* the person, and the registration elsewhere */
    assert_int_equal(erasing_rows(rig, "Yhdysside", "event_log"), 0);
}

/* Codes that need no window end with the people: whoever came by one now would stay for ever. */
static void test_early_code(void **state)
{
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "er-early", .cap = 2, .capacity = 2, .count = 1});
    Enrolment__CreateInvitationRequest make = ENROLMENT__CREATE_INVITATION_REQUEST__INIT;
    Enrolment__EnrolRequest enrol = ENROLMENT__ENROL_REQUEST__INIT;

    make.implementation_id = rig_bytes(&world.implementations[0]);
    make.seats = 2;
    make.early = true;
    const struct answer made = course_staff(rig, "CreateInvitation", &make.base);
    assert_int_equal(made.err, ERR_OK);
    enrol.programme_id = rig_bytes(&world.programme);
    enrol.implementation_id = make.implementation_id;
    enrol.invitation = ((const Enrolment__Invitation *)made.message)->code;
    (void)kit_sql(rig_pg(rig),
                  RIG_LOCKED "update enrolment.application_window w set opens_at = now() - interval '2 days', closes_at = now() -"
                             " interval '1 day' from enrolment.programme p where p.id = w.programme_id and p.code = 'er-early'");
    const struct uuid person = erasing_person(rig, "Varhainen");
    assert_int_equal(course_ask(rig, person, RIG_PARTICIPANT, "Enrol", &enrol.base).err, ERR_OK); /* the window is over, the rest is not */
    make_due("er-early");
    assert_true(kit_wait_until(is_forgotten, (void *)(uintptr_t) "er-early", KIT_PATIENCE_MS));
    assert_int_equal(erasing_rows(rig, "Varhainen", ""), 0);
    assert_string_equal(course_ask(rig, erasing_person(rig, "Myohainen"), RIG_PARTICIPANT, "Enrol", &enrol.base).rule,
                        "enrolment.window.closed");
}

/* One that cannot be forgotten for a fault of its own is not in the way of the others. */
static void test_one_fails(void **state)
{
    static const char *const CODES[] = {"er-fail-1", "er-fail-2"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct world world = rig_programme(rig, &(struct programme_plan){.code = CODES[i], .cap = 2, .capacity = 2, .count = 1});
        assert_int_equal(rig_enrol(rig, &world, 0, erasing_person(rig, "Jonossa")).err, ERR_OK);
    }
    const char *first = "(select min(id::text)::uuid from enrolment.programme where code like 'er-fail-_')";
    (void)kit_sql(rig_pg(rig), "create function enrolment.fail() returns trigger language plpgsql as 'begin raise exception ''no''; end'");
    (void)kit_sql(rig_pg(rig),
                  "do $do$ begin execute format('create trigger fails before update on enrolment.registration for each row when"
                  " (new.programme_id = %%L and new.person_id is null) execute function enrolment.fail()', %s); end $do$",
                  first);
    make_due(CODES[0]);
    make_due(CODES[1]);
    const char *other = kit_sql(rig_pg(rig), "select code from enrolment.programme where code like 'er-fail-_' and id <> %s", first);
    assert_true(kit_wait_until(is_forgotten, (void *)(uintptr_t)other, KIT_PATIENCE_MS));
    assert_false(is_forgotten((void *)(uintptr_t)(strcmp(other, CODES[0]) == 0 ? CODES[1] : CODES[0])));
    (void)kit_sql(rig_pg(rig), "drop trigger fails on enrolment.registration");
    assert_true(kit_wait_until(is_forgotten, (void *)(uintptr_t)CODES[0], KIT_PATIENCE_MS));
    assert_true(kit_wait_until(is_forgotten, (void *)(uintptr_t)CODES[1], KIT_PATIENCE_MS));
}

static void test_retention_bounded(void **state)
{
    enum { MANY = 450 }; /* more than two turns */
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "er-many", .cap = MANY, .capacity = MANY, .count = 1});
    const struct uuid first = erasing_person(rig, "Monikko");
    assert_int_equal(rig_enrol(rig, &world, 0, first).err, ERR_OK);
    (void)kit_sql(rig_pg(rig),
                  RIG_LOCKED "update enrolment.application_window w set opens_at = now() - interval '40 days', closes_at = now() - interval"
                             " '31 days', opened_told = true, closed_told = true from enrolment.programme p where p.id = w.programme_id and"
                             " p.code = 'er-many'");
    /* Rows as the service makes them, but for the chain, which this test does not look at. */
    (void)kit_sql(rig_pg(rig),
                  "insert into enrolment.person (id, name, email, language, role, level, organisation_kind, organisation, region)"
                  " select md5(n::text)::uuid, 'Monikko ' || n, 'm@example.fi', 'fi', 'teacher', 'basic', '', '', ''"
                  " from generate_series(2, %d) n;"
                  "insert into enrolment.registration (id, programme_id, implementation_id, person_id, state, first_state, order_no,"
                  " programme_order, chain_n, received_at, created_at, caller, idempotency_key, request_hash, chain_hash, salt, line)"
                  " select gen_random_uuid(), r.programme_id, r.implementation_id, md5(n::text)::uuid, 1, 1, n, n, n, r.received_at,"
                  " r.created_at, r.caller, n::text::bytea, r.request_hash, r.chain_hash, r.salt, r.line"
                  " from enrolment.registration r join enrolment.programme p on p.id = r.programme_id, generate_series(2, %d) n"
                  " where p.code = 'er-many'",
                  MANY, MANY);
    assert_int_equal(erasing_rows(rig, "Monikko", "event_log"), MANY);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set retention_days = 1 where code = 'er-many'");
    assert_true(kit_wait_until(is_forgotten, (void *)(uintptr_t) "er-many", KIT_PATIENCE_MS));
    assert_int_equal(erasing_rows(rig, "Monikko", ""), 0);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.registration r join enrolment.programme p on p.id ="
                                              " r.programme_id where p.code = 'er-many' and r.person_id is null"),
                     MANY);
}

/* --- in the midst of enrolments ---------------------------------------------------------------------------------------------- */

/* Two processes, one enrols a person everywhere while the other forgets them. However it ends, all or nothing of them is left. */
static void test_race(void **state)
{
    struct rig *const one = rig;
    struct world worlds[4];
    (void)state;
    rig = rig_new(2, 2);
    for (size_t i = 0; i < 4; i++) {
        char code[16];
        (void)snprintf(code, sizeof code, "race-%zu", i);
        worlds[i] = rig_programme(rig, &(struct programme_plan){.code = code, .cap = 99, .capacity = 99, .count = 1});
    }
    for (int round = 0; round < 30; round++) {
        const struct uuid person = erasing_person(rig, "Kilpailija");
        Enrolment__ErasePersonRequest erase = ENROLMENT__ERASE_PERSON_REQUEST__INIT;
        Enrolment__EnrolRequest enrol[4];
        struct answer *enrolled[4];
        assert_int_equal(rig_enrol(rig, &worlds[round % 4], 0, person).err, ERR_OK);
        for (size_t i = 0; i < 4; i++) {
            enrolment__enrol_request__init(&enrol[i]);
            enrol[i].programme_id = rig_bytes(&worlds[i].programme);
            enrol[i].implementation_id = rig_bytes(&worlds[i].implementations[0]);
        }
        struct answer *erased = NULL;
        for (size_t i = 0; i < 4; i++) {
            if (i == (size_t)round % 3)
                erased = rig_send(
                    rig,
                    &(struct ask){.method = "ErasePerson", .message = &erase.base, .actor = person, .roles = RIG_PARTICIPANT, .client = 1});
            enrolled[i] =
                rig_send(rig, &(struct ask){.method = "Enrol", .message = &enrol[i].base, .actor = person, .roles = RIG_PARTICIPANT});
        }
        rig_wait(rig);
        assert_true(erased->err == ERR_OK || erased->err == ERR_BUSY);
        for (size_t i = 0; i < 4; i++)
            if (enrolled[i]->err != ERR_OK)
                assert_int_equal(enrolled[i]->err, ERR_REFUSED);
        assert_int_equal(erasing_as(rig, person, RIG_PARTICIPANT, (struct uuid){{0}}, "", NULL).err, ERR_OK);
        assert_int_equal(erasing_rows(rig, "Kilpailija", ""), 0);
        rig_rest(rig);
    }
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.registration where state in (1, 2, 4, 5)"), 0);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select sum(taken) from enrolment.programme"), 0);
    rig_free(rig);
    rig = one;
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"retention forgets the people of an old programme, but not those with a place elsewhere", test_retention, rig_group_rest, NULL,
         NULL},
        {"who goes on elsewhere is led to the old programme by no table", test_no_link_is_left, rig_group_rest, NULL, NULL},
        {"no code lets anybody into a programme whose people were forgotten", test_early_code, rig_group_rest, NULL, NULL},
        {"a programme that cannot be forgotten is not in the way of the others", test_one_fails, rig_group_rest, NULL, NULL},
        {"retention of many goes on turn by turn", test_retention_bounded, rig_group_rest, NULL, NULL},
        {"enrolling everywhere while being forgotten: all or nothing is left", test_race, rig_group_rest, NULL, NULL},
    };
    return rig_told(cmocka_run_group_tests_name("enrolment retention", tests, start, rig_group_stop));
}
