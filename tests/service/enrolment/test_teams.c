/* Teams over real NNG and PostgreSQL: all or none, as many as fit, new members, who may list and see whom, the same key again, and each
 * field gone wrong. */
#include "tests/service/enrolment/rig.h"

#define ALL_OR_NONE ENROLMENT__ENROL_TEAM_REQUEST__MODE__ALL_OR_NONE
#define AS_FIT      ENROLMENT__ENROL_TEAM_REQUEST__MODE__AS_MANY_AS_FIT
#define MEMBERS_MAX 31

static struct rig *rig;

/* A request under construction: members by id, or new with details. */
struct form {
    Enrolment__EnrolTeamRequest request;
    Enrolment__EnrolTeamRequest__Member members[MEMBERS_MAX], *list[MEMBERS_MAX];
    Enrolment__Person persons[MEMBERS_MAX];
    struct uuid ids[MEMBERS_MAX];
    char names[MEMBERS_MAX][32], emails[MEMBERS_MAX][48];
};

static void form_init(struct form *f, const struct world *world, Enrolment__EnrolTeamRequest__Mode mode)
{
    memset(f, 0, sizeof *f);
    enrolment__enrol_team_request__init(&f->request);
    f->request.programme_id = rig_bytes(&world->programme);
    f->request.implementation_id = rig_bytes(&world->implementations[0]);
    f->request.name = (char *)"Mallikoulun johtoryhmä";
    f->request.mode = mode;
    f->request.members = f->list;
}

static Enrolment__EnrolTeamRequest__Member *form_next(struct form *f)
{
    const size_t n = f->request.n_members++;
    f->list[n] = &f->members[n];
    enrolment__enrol_team_request__member__init(f->list[n]);
    return f->list[n];
}

static void form_known(struct form *f, struct uuid person)
{
    const size_t n = f->request.n_members;
    f->ids[n] = person;
    form_next(f)->person_id = rig_bytes(&f->ids[n]);
}

static Enrolment__Person *form_new(struct form *f, const char *role)
{
    const size_t n = f->request.n_members;
    Enrolment__Person *p = &f->persons[n];
    enrolment__person__init(p);
    (void)snprintf(f->names[n], sizeof f->names[n], "Tiimi Jäsen %zu", n);
    (void)snprintf(f->emails[n], sizeof f->emails[n], "tiimi.jasen.%zu@example.fi", n);
    p->name = f->names[n];
    p->email = f->emails[n];
    p->language = (char *)"sv";
    p->role = (char *)(uintptr_t)role;
    p->level = (char *)"basic";
    p->organisation_kind = (char *)"municipality";
    form_next(f)->person = p;
    return p;
}

/* The leader, known already, and two new ones. */
static void form_three(struct form *f, const struct world *world, struct uuid leader, const char *second, const char *third)
{
    form_init(f, world, ALL_OR_NONE);
    form_known(f, leader);
    (void)form_new(f, second);
    (void)form_new(f, third);
}

static struct answer send_as(const struct form *f, struct uuid actor, uint32_t roles, const char *key)
{
    return rig_ask(rig, &(struct ask){.method = "EnrolTeam", .message = &f->request.base, .actor = actor, .roles = roles, .key = key});
}

static struct answer send_it(const struct form *f, struct uuid leader)
{
    return send_as(f, leader, RIG_PARTICIPANT, NULL);
}

static const Enrolment__Team *team_of(const struct answer *a)
{
    if (a->err != ERR_OK)
        fail_msg("expected a team, got %s %s (%d)", a->rule, a->field, (int)a->err);
    return (const Enrolment__Team *)a->message;
}

static struct uuid teacher(void)
{
    return rig_person(rig, "teacher", "basic");
}

static int64_t registrations_of(const struct world *world)
{
    char id[UUID_TEXT];
    uuid_format(world->programme, id);
    return kit_sql_int(rig_pg(rig), "select count(*) from enrolment.registration where programme_id = '%s'", id);
}

static struct world small(const char *code, uint32_t capacity, uint32_t waiting_cap)
{
    return rig_programme(rig,
                         &(struct programme_plan){.code = code, .cap = 50, .capacity = capacity, .waiting_cap = waiting_cap, .count = 1});
}

static void test_all_seated(void **state)
{
    (void)state;
    const struct world world = small("all", 3, 2);
    const struct uuid leader = teacher();
    struct form f;
    char id[UUID_TEXT];
    form_three(&f, &world, leader, "principal", "teacher");
    const struct answer a = send_it(&f, leader);
    const Enrolment__Team *team = team_of(&a);
    assert_int_equal(team->n_members, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_non_null(team->members[i]->registration);
        assert_null(team->members[i]->refusal);
        assert_int_equal(team->members[i]->registration->state, ENROLMENT__STATE__STATE_SEATED);
        assert_int_equal(team->members[i]->registration->order_no, i + 1);
        assert_int_equal(uuid_compare(rig_id(team->members[i]->registration->team_id), rig_id(team->id)), 0);
    }
    assert_string_equal(team->members[1]->name, ""); /* kept under the key, so without names */
    uuid_format(rig_id(team->members[1]->person_id), id);
    assert_string_equal(kit_sql(rig_pg(rig), "select name || ' ' || role || ' ' || language from enrolment.person where id = '%s'", id),
                        "Tiimi Jäsen 1 principal sv");
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from enrolment.event_log where subject = '%s' and type = 'enrolment.PersonStored.v1'",
                                 id),
                     1);
    uuid_format(rig_id(team->id), id);
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from enrolment.event_log where subject = '%s' and type = 'enrolment.TeamEnrolled.v1'",
                                 id),
                     1);
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from enrolment.event_log t join enrolment.event_log m on m.stream = t.stream and m.seq <"
                                 " t.seq and m.type = 'enrolment.SeatTaken.v1' join enrolment.registration r on r.id::text ="
                                 " m.subject::text and r.team_id::text = t.subject::text where t.subject = '%s'",
                                 id),
                     3); /* the members' own come before */
}

static void expect_none(const struct answer *a, const struct world *world, const char *rule, const char *seats)
{
    assert_int_equal(a->err, ERR_REFUSED);
    assert_string_equal(a->rule, rule);
    assert_string_equal(rig_fact(a, "seats"), seats);
    assert_string_equal(rig_fact(a, "members"), "3");
    assert_int_equal(registrations_of(world), 0);
}

static void test_none_for_want_of_seats(void **state)
{
    (void)state;
    const struct world world = small("none", 2, 5);
    const struct uuid leader = teacher();
    struct form f;
    form_three(&f, &world, leader, "teacher", "teacher");
    const struct answer a = send_it(&f, leader);
    expect_none(&a, &world, "enrolment.team.no-room", "2");
    assert_int_equal(send_it(&f, leader).err, ERR_REFUSED); /* however often: those not known are one line together, so lists do not grow */
    assert_string_equal(kit_sql(rig_pg(rig), "select string_agg((person_id = '00000000-0000-0000-0000-000000000000') || ' ' || times, ', '"
                                             " order by person_id) from enrolment.refusal where rule = 'enrolment.team.no-room'"),
                        "true 4, false 2");
    char id[UUID_TEXT];
    uuid_format(leader, id);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.team where leader = '%s'", id), 0);
    f.request.n_members = 2; /* two do fit */
    assert_int_equal(send_it(&f, leader).err, ERR_OK);
    assert_int_equal(registrations_of(&world), 2);
}

static void test_none_for_one_of_them(void **state)
{
    (void)state;
    const struct world world = small("one-of-them", 9, 5);
    const struct uuid leader = teacher();
    struct form f;
    form_three(&f, &world, leader, "other", "teacher");
    const struct answer a = send_it(&f, leader);
    expect_none(&a, &world, "enrolment.team.member-refused", "9");
    assert_string_equal(rig_fact(&a, "members[1]"), "test.role");
    assert_string_equal(rig_fact(&a, "members[2]"), "");
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.person where name = 'Tiimi Jäsen 2' and role = 'teacher'"
                                              " and id not in (select person_id from enrolment.registration)"),
                     0); /* nobody became known by it */
}

static void test_as_many_as_fit(void **state)
{
    (void)state;
    const struct world world = small("as-fit", 2, 1);
    const struct uuid leader = teacher(), known = teacher(), stranger = rig_new_id();
    struct form f;
    assert_int_equal(rig_enrol(rig, &world, 0, known).err, ERR_OK); /* one of the two seats */
    form_init(&f, &world, AS_FIT);
    (void)form_new(&f, "other");   /* not eligible */
    form_known(&f, known);         /* already has a place */
    form_known(&f, leader);        /* the second seat */
    form_known(&f, stranger);      /* never told who they are */
    (void)form_new(&f, "teacher"); /* waits */
    (void)form_new(&f, "teacher"); /* neither seat nor waiting list */
    const struct answer a = send_as(&f, rig_coordinator(), RIG_COORDINATOR, NULL);
    const Enrolment__Team *team = team_of(&a);
    static const char *const rules[] = {"test.role",     "enrolment.already-registered", NULL, "enrolment.person.unknown", NULL,
                                        "enrolment.full"};
    assert_int_equal(team->n_members, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(team->members[i]->refusal == NULL, rules[i] == NULL);
        assert_int_equal(team->members[i]->registration == NULL, rules[i] != NULL);
        if (rules[i] != NULL)
            assert_string_equal(team->members[i]->refusal->rule, rules[i]);
    }
    assert_int_equal(team->members[2]->registration->state, ENROLMENT__STATE__STATE_SEATED);
    assert_int_equal(team->members[4]->registration->state, ENROLMENT__STATE__STATE_QUEUED);
    assert_int_equal(team->members[4]->registration->position, 1);
    assert_int_equal(registrations_of(&world), 3);

    form_init(&f, &world, AS_FIT); /* nobody at all: no team */
    form_known(&f, known);
    (void)form_new(&f, "other");
    const struct answer none = send_as(&f, rig_coordinator(), RIG_COORDINATOR, NULL);
    assert_int_equal(none.err, ERR_REFUSED);
    assert_string_equal(none.rule, "enrolment.team.member-refused");
    assert_string_equal(rig_fact(&none, "members[0]"), "enrolment.already-registered");
}

static void test_quota(void **state)
{
    (void)state;
    const struct world world = small("quota", 9, 5);
    const struct uuid leader = teacher();
    struct form f;
    char id[UUID_TEXT];
    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig), RIG_LOCKED "update enrolment.application_window set quota = 2 where programme_id = '%s'", id);
    form_three(&f, &world, leader, "teacher", "teacher");
    struct answer a = send_it(&f, leader);
    expect_none(&a, &world, "enrolment.team.no-room", "2");
    f.request.mode = AS_FIT;
    a = send_it(&f, leader);
    const Enrolment__Team *team = team_of(&a);
    assert_non_null(team->members[1]->registration);
    assert_string_equal(team->members[2]->refusal->rule, "enrolment.window.quota");
}

/* A question that must be answered, and is not by one of them. */
static void test_answers(void **state)
{
    (void)state;
    const struct world world = small("team-answers", 9, 5);
    const struct uuid leader = teacher();
    Enrolment__Answer answer = ENROLMENT__ANSWER__INIT, *answers[1] = {&answer};
    char *value = (char *)"yes", id[UUID_TEXT];
    struct form f;
    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig),
                  "insert into enrolment.question (programme_id, ordinal, code, kind, title_fi, title_sv, title_en, help_fi, help_sv,"
                  " help_en, required, sensitive, option_values, option_fi, option_sv, option_en, when_code, when_values) values"
                  " ('%s', 1, 'dinner', 3, 'Illallinen?', '', '', '', '', '', true, false, '{}', '{}', '{}', '{}', '', '{}')",
                  id);
    answer.code = (char *)"dinner";
    answer.values = &value;
    answer.n_values = 1;
    form_init(&f, &world, ALL_OR_NONE);
    form_known(&f, leader);
    (void)form_new(&f, "teacher");
    f.list[0]->answers = answers;
    f.list[0]->n_answers = 1;
    struct answer a = send_it(&f, leader);
    assert_string_equal(a.rule, "enrolment.team.member-refused");
    assert_true(strncmp(rig_fact(&a, "members[1]"), "enrolment.answer.", 17) == 0);
    assert_string_equal(rig_fact(&a, "members[0]"), "");
    f.list[1]->answers = answers;
    f.list[1]->n_answers = 1;
    value = (char *)"perhaps"; /* malformed: the request is at fault, and which field */
    a = send_it(&f, leader);
    assert_int_equal(a.err, ERR_INVALID);
    assert_string_equal(a.field, "members[0].answers[0].values[0]");
    assert_int_equal(registrations_of(&world), 0);
    value = (char *)"yes";
    a = send_it(&f, leader);
    assert_int_equal(team_of(&a)->n_members, 2);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.answer where code = 'dinner'"), 2);
}

static void test_same_key(void **state)
{
    (void)state;
    const struct world world = small("team-key", 9, 5);
    const struct uuid leader = teacher();
    struct form f;
    form_init(&f, &world, ALL_OR_NONE);
    form_known(&f, leader);
    (void)form_new(&f, "teacher");
    const struct answer a = send_as(&f, leader, RIG_PARTICIPANT, "team-1"), again = send_as(&f, leader, RIG_PARTICIPANT, "team-1");
    assert_true(again.replayed);
    assert_int_equal(uuid_compare(rig_id(team_of(&a)->id), rig_id(team_of(&again)->id)), 0);
    assert_int_equal(registrations_of(&world), 2);
    f.request.mode = AS_FIT;
    assert_int_equal(send_as(&f, leader, RIG_PARTICIPANT, "team-1").err, ERR_KEY_REUSED);
}

static struct answer get_team(struct uuid actor, uint32_t roles, ProtobufCBinaryData id)
{
    Enrolment__GetTeamRequest request = ENROLMENT__GET_TEAM_REQUEST__INIT;
    request.team_id = id;
    return rig_ask(rig, &(struct ask){.method = "GetTeam", .message = &request.base, .actor = actor, .roles = roles});
}

static enum err see(struct uuid actor, const char *method, ProtobufCBinaryData id)
{
    Enrolment__GetRegistrationRequest request = ENROLMENT__GET_REGISTRATION_REQUEST__INIT; /* GetHistory's has the same one field */
    request.registration_id = id;
    return rig_ask(rig, &(struct ask){.method = method, .message = &request.base, .actor = actor, .roles = RIG_PARTICIPANT}).err;
}

/* The leader sees the team, its registrations and their histories; nobody's receipt; others see nothing. */
static void test_who_sees(void **state)
{
    (void)state;
    const struct world world = small("sees", 9, 5);
    const struct uuid leader = teacher(), other = teacher();
    struct form f;
    form_init(&f, &world, ALL_OR_NONE);
    form_known(&f, leader);
    (void)form_new(&f, "teacher");
    const struct answer a = send_it(&f, leader);
    const Enrolment__Team *team = team_of(&a);
    const ProtobufCBinaryData member = team->members[1]->registration->id;

    const struct answer seen = get_team(leader, RIG_PARTICIPANT, team->id);
    assert_int_equal(team_of(&seen)->n_members, 2);
    assert_string_equal(team_of(&seen)->name, "Mallikoulun johtoryhmä");
    assert_string_equal(team_of(&seen)->members[1]->name, "Tiimi Jäsen 1");
    assert_int_equal(get_team(rig_coordinator(), RIG_COORDINATOR, team->id).err, ERR_OK);
    assert_int_equal(get_team(other, RIG_PARTICIPANT, team->id).err, ERR_FORBIDDEN);
    assert_int_equal(get_team((struct uuid){{0}}, RIG_PUBLIC, team->id).err, ERR_UNAUTHENTICATED);
    const struct uuid nothing = rig_new_id();
    assert_int_equal(get_team(leader, RIG_PARTICIPANT, rig_bytes(&nothing)).err, ERR_NOT_FOUND);

    assert_int_equal(see(leader, "GetRegistration", member), ERR_OK);
    assert_int_equal(see(leader, "GetHistory", member), ERR_OK);
    assert_int_equal(see(leader, "GetReceipt", member), ERR_FORBIDDEN);
    assert_int_equal(see(other, "GetRegistration", member), ERR_FORBIDDEN);
    assert_int_equal(see(rig_id(team->members[1]->person_id), "GetRegistration", team->members[0]->registration->id), ERR_FORBIDDEN);

    Enrolment__ListMyTeamsRequest mine = ENROLMENT__LIST_MY_TEAMS_REQUEST__INIT;
    const struct answer list =
        rig_ask(rig, &(struct ask){.method = "ListMyTeams", .message = &mine.base, .actor = leader, .roles = RIG_PARTICIPANT});
    assert_int_equal(((const Enrolment__TeamList *)list.message)->n_teams, 1);
    assert_int_equal(((const Enrolment__TeamList *)list.message)->teams[0]->n_members, 0);
    const struct answer empty =
        rig_ask(rig, &(struct ask){.method = "ListMyTeams", .message = &mine.base, .actor = other, .roles = RIG_PARTICIPANT});
    assert_int_equal(((const Enrolment__TeamList *)empty.message)->n_teams, 0);
}

static struct answer cancel_as(struct uuid actor, ProtobufCBinaryData registration, const char *reason)
{
    Enrolment__CancelRequest request = ENROLMENT__CANCEL_REQUEST__INIT;
    request.registration_id = registration;
    request.reason = (char *)(uintptr_t)reason;
    return rig_ask(rig, &(struct ask){.method = "Cancel", .message = &request.base, .actor = actor, .roles = RIG_PARTICIPANT});
}

/* Whom the leader listed may have no account: the leader cancels for them, says why, and stands in the history. */
static void test_leader_cancels(void **state)
{
    (void)state;
    const struct world world = small("cancels", 9, 5);
    const struct uuid leader = teacher(), other = teacher();
    struct form f, g;
    form_three(&f, &world, leader, "teacher", "teacher");
    const struct answer a = send_it(&f, leader);
    const ProtobufCBinaryData member = team_of(&a)->members[1]->registration->id;
    form_three(&g, &world, other, "teacher", "teacher");
    assert_int_equal(send_it(&g, other).err, ERR_OK);
    assert_int_equal(cancel_as(teacher(), member, "ei").err, ERR_FORBIDDEN);
    assert_int_equal(cancel_as(other, member, "ei").err, ERR_FORBIDDEN); /* leads another team */
    assert_string_equal(cancel_as(leader, member, "").field, "reason");
    const struct answer done = cancel_as(leader, member, "vaihtoi koulua");
    assert_int_equal(rig_registration(&done)->state, ENROLMENT__STATE__STATE_CANCELLED);
    char id[UUID_TEXT];
    uuid_format(leader, id);
    assert_int_equal(
        kit_sql_int(rig_pg(rig), "select count(*) from enrolment.registration_move where reason = 'vaihtoi koulua' and actor = '%s'", id),
        1);
}

/* A member who was transferred is shown where they are now. */
static void test_transferred_member(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "team-transfer", .cap = 9, .capacity = 3, .waiting_cap = 1, .count = 2});
    const struct uuid leader = teacher();
    struct form f;
    form_init(&f, &world, ALL_OR_NONE);
    form_known(&f, leader);
    (void)form_new(&f, "teacher");
    const struct answer a = send_it(&f, leader);
    const Enrolment__Team *team = team_of(&a);
    Enrolment__TransferRequest request = ENROLMENT__TRANSFER_REQUEST__INIT;
    request.registration_id = team->members[0]->registration->id;
    request.implementation_id = rig_bytes(&world.implementations[1]);
    const struct answer moved =
        rig_ask(rig, &(struct ask){.method = "Transfer", .message = &request.base, .actor = leader, .roles = RIG_PARTICIPANT});
    const struct answer seen = get_team(leader, RIG_PARTICIPANT, team->id);
    assert_int_equal(team_of(&seen)->n_members, 2);
    assert_int_equal(uuid_compare(rig_id(team_of(&seen)->members[1]->registration->id), rig_id(rig_registration(&moved)->id)), 0);
}

/* --- bounds ---------------------------------------------------------------------------------------------------------------------- */

static void expect(const struct form *f, struct uuid leader, enum err err, const char *rule, const char *field)
{
    const struct answer a = send_it(f, leader);
    if (a.err != err || strcmp(a.rule, rule) != 0 || strcmp(a.field, field) != 0)
        fail_msg("expected %s %s (%d), got %s %s (%d)", rule, field, (int)err, a.rule, a.field, (int)a.err);
}

static void test_bounds(void **state)
{
    (void)state;
    const struct world world = small("team-bounds", 9, 5);
    const struct uuid leader = teacher(), other = teacher();
    static char long_name[202];
    struct form f;
    memset(long_name, 'a', sizeof long_name - 1);
#define FORM()                                                                                                                             \
    form_init(&f, &world, ALL_OR_NONE);                                                                                                    \
    form_known(&f, leader);                                                                                                                \
    Enrolment__Person *person = form_new(&f, "teacher");                                                                                   \
    (void)person
#define WRONG(change, rule, field)                                                                                                         \
    do {                                                                                                                                   \
        FORM();                                                                                                                            \
        change;                                                                                                                            \
        expect(&f, leader, ERR_INVALID, rule, field);                                                                                      \
    } while (0)
    WRONG(f.request.programme_id.len = 0, "field.missing", "programmeId");
    WRONG(f.request.programme_id.len = 15, "field.id", "programmeId");
    WRONG(f.request.implementation_id.len = 0, "field.missing", "implementationId");
    WRONG(f.request.name = (char *)"", "field.missing", "name");
    WRONG(f.request.name = long_name, "field.length", "name");
    WRONG(f.request.name = (char *)"a\nb", "field.text", "name");
    WRONG(f.request.mode = ENROLMENT__ENROL_TEAM_REQUEST__MODE__NONE, "field.missing", "mode");
    WRONG(f.request.mode = (Enrolment__EnrolTeamRequest__Mode)7, "field.word", "mode");
    WRONG(f.request.n_members = 1, "field.range", "members");
    WRONG(f.request.n_members = 0, "field.range", "members");
    WRONG(f.list[1]->person = NULL, "field.missing", "members[1].personId");
    WRONG(f.list[0]->person_id.len = 3, "field.id", "members[0].personId");
    WRONG(f.list[1]->person_id = f.list[0]->person_id, "field.excess", "members[1].person");
    WRONG(form_known(&f, leader), "field.twice", "members[2].personId");
    WRONG(person->id = rig_bytes(&other), "field.excess", "members[1].person.id");
    WRONG(person->name = (char *)"", "field.missing", "members[1].person.name");
    WRONG(person->name = long_name, "field.length", "members[1].person.name");
    WRONG(person->email = (char *)"nobody", "field.email", "members[1].person.email");
    WRONG(person->language = (char *)"de", "field.word", "members[1].person.language");
    WRONG(person->role = (char *)"king", "field.word", "members[1].person.role");
    WRONG(person->level = (char *)"x", "field.word", "members[1].person.level");
    WRONG(person->organisation_kind = (char *)"x", "field.word", "members[1].person.organisationKind");
    WRONG(person->organisation = long_name, "field.length", "members[1].person.organisation");
    WRONG(person->region = (char *)"Å", "field.code", "members[1].person.region");
    WRONG(for (int i = 0; i < 29; i++)(void) form_new(&f, "teacher"), "field.range", "members");
#undef WRONG
    form_init(&f, &world, ALL_OR_NONE);
    form_known(&f, leader);
    form_known(&f, other); /* others by id: staff only */
    expect(&f, leader, ERR_FORBIDDEN, "", "");
    assert_int_equal(send_as(&f, (struct uuid){{0}}, RIG_PUBLIC, NULL).err, ERR_UNAUTHENTICATED);
    const struct uuid nothing = rig_new_id();
    f.request.implementation_id = rig_bytes(&nothing);
    assert_int_equal(send_as(&f, rig_coordinator(), RIG_COORDINATOR, NULL).err, ERR_NOT_FOUND);
    assert_int_equal(registrations_of(&world), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_seated),             /* seats for all; new members become known; the events in their order */
        cmocka_unit_test(test_none_for_want_of_seats), /* one seat short: nothing is written but who was refused */
        cmocka_unit_test(test_none_for_one_of_them),   /* one is not eligible: the problem says who and by which rule */
        cmocka_unit_test(test_as_many_as_fit),         /* seat, waiting list, or why not, one after the other */
        cmocka_unit_test(test_quota),                  /* what is left of the window's quota limits a team too */
        cmocka_unit_test(test_answers),                /* a missing one refuses its member, a malformed one the request */
        cmocka_unit_test(test_same_key),               /* once, however often it is asked */
        cmocka_unit_test(test_who_sees),               /* the leader, and what; staff; nobody else */
        cmocka_unit_test(test_leader_cancels),         /* the leader for a member, with a reason, and the history says who; nobody else */
        cmocka_unit_test(test_transferred_member),     /* shown where they are now */
        cmocka_unit_test(test_bounds)                  /* each field gone wrong is named, and changes nothing */
    };
    rig = rig_new(1, 1);
    const int failed = cmocka_run_group_tests_name("enrolment teams", tests, NULL, NULL);
    rig_free(rig);
    return failed;
}
