/* Edits at two processes at once, against each other and against enrolments: of those who saw the same version one is carried out and the
 * others are told, no counter and no number of the places is lost to an edit, and nobody is given a place in what is taken away. */
#include "tests/service/enrolment/editor.h"

enum { PROCESSES = 2, CLIENTS = 16, ROUNDS = 10, PEOPLE = 40 };

static struct rig *rig;
static struct uuid people[PEOPLE];

static struct world some_programme(const char *format, unsigned round)
{
    char code[32];

    (void)snprintf(code, sizeof code, format, round);
    return rig_programme(rig, &(struct programme_plan){.code = code, .cap = 100, .capacity = 50, .waiting_cap = 5, .count = 2});
}

static const struct answer *send_edit(const char *method, const ProtobufCMessage *message, uint64_t version, size_t client)
{
    return rig_send(rig, &(struct ask){.method = method,
                                       .message = message,
                                       .actor = rig_coordinator(),
                                       .roles = RIG_COORDINATOR,
                                       .if_match = version,
                                       .client = client});
}

static const struct answer *send_enrol(const struct world *world, size_t implementation, size_t person)
{
    Enrolment__EnrolRequest request = ENROLMENT__ENROL_REQUEST__INIT;

    request.programme_id = rig_bytes(&world->programme);
    request.implementation_id = rig_bytes(&world->implementations[implementation]);
    return rig_send(
        rig,
        &(struct ask){
            .method = "Enrol", .message = &request.base, .actor = people[person], .roles = RIG_PARTICIPANT, .client = person % CLIENTS});
}

static int64_t count(const struct uuid *programme, const char *what)
{
    char text[UUID_TEXT];

    uuid_format(*programme, text);
    return kit_sql_int(rig_pg(rig), "select %s from enrolment.programme p where id = '%s'", what, text);
}

/* Each asks for a title of its own with the version all of them saw. */
static void test_same_version(void **state)
{
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        const struct world world = some_programme("race-title-%u", round);
        const Enrolment__Programme *standing = editor_get(rig, world.programme);
        const struct answer *answers[CLIENTS];
        size_t good = 0;
        for (size_t i = 0; i < CLIENTS; i++) {
            Enrolment__EditProgrammeRequest edit = ENROLMENT__EDIT_PROGRAMME_REQUEST__INIT;
            Enrolment__Programme m = *standing;
            char name[32];
            Bus__Text title = editor_text(name);
            (void)snprintf(name, sizeof name, "Nimi %zu", i);
            m.title = &title;
            edit.programme_id = rig_bytes(&world.programme);
            edit.programme = &m;
            answers[i] = send_edit("EditProgramme", &edit.base, 1, i);
        }
        rig_wait(rig);
        for (size_t i = 0; i < CLIENTS; i++) {
            good += answers[i]->err == ERR_OK;
            assert_true(answers[i]->err == ERR_OK || answers[i]->err == ERR_PRECONDITION);
        }
        assert_int_equal(good, 1);
        assert_int_equal(count(&world.programme, "version"), 2);
        assert_int_equal(count(&world.programme, "last_change"),
                         count(&world.programme, "(select count(*) from enrolment.change c where c.programme_id = p.id)"));
        rig_rest(rig);
    }
}

/* The rules are replaced over and over while people enrol: every place that was given is counted, and numbered without a gap. */
static void test_edits_beside_enrolments(void **state)
{
    const struct world world = some_programme("race-rules", 0);
    const struct answer *enrolled[PEOPLE];
    Enrolment__PutRulesRequest put = ENROLMENT__PUT_RULES_REQUEST__INIT;
    uint64_t version = 1;
    (void)state;
    put.programme_id = rig_bytes(&world.programme);
    for (size_t i = 0; i < PEOPLE; i += 4) {
        for (size_t k = i; k < i + 4; k++)
            enrolled[k] = send_enrol(&world, k % 2, k);
        put.implementation_id = rig_bytes(&world.implementations[i / 4 % 2]);
        Enrolment__Rule rule = ENROLMENT__RULE__INIT, *rules[1] = {&rule};
        char *allowed[1] = {(char *)"teacher"};
        Bus__Text reason = editor_text("Opettajille");
        rule.rule = (char *)"race.role";
        rule.fact = (char *)"role";
        rule.allowed = allowed;
        rule.n_allowed = 1;
        rule.reason = &reason;
        put.rules = rules;
        put.n_rules = i / 8 % 2 == 0 ? 1 : 0;
        const struct answer *edit = send_edit("PutRules", &put.base, version, i % CLIENTS);
        rig_wait(rig);
        assert_int_equal(edit->err, ERR_OK);
        version = edit->version;
    }
    for (size_t i = 0; i < PEOPLE; i++)
        assert_int_equal(enrolled[i]->err, ERR_OK);
    assert_int_equal(count(&world.programme, "taken"), PEOPLE);
    assert_int_equal(count(&world.programme, "last_order"), PEOPLE);
    assert_int_equal(count(&world.programme, "(select sum(taken) from enrolment.implementation i where i.programme_id = p.id)"), PEOPLE);
    assert_int_equal(
        count(&world.programme, "(select count(distinct programme_order) from enrolment.registration r where r.programme_id = p.id)"),
        PEOPLE);
}

/* Either somebody was there first and it stays, or it is gone and nobody is in it. */
static void test_removed_or_enrolled(void **state)
{
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        const struct world world = some_programme("race-gone-%u", round);
        Enrolment__RemoveImplementationRequest removal = ENROLMENT__REMOVE_IMPLEMENTATION_REQUEST__INIT;
        const struct answer *seats[4], *gone = NULL;
        size_t seated = 0;
        removal.programme_id = rig_bytes(&world.programme);
        removal.implementation_id = rig_bytes(&world.implementations[0]);
        for (size_t i = 0; i < 5; i++) {
            if (i == round / 2)
                gone = send_edit("RemoveImplementation", &removal.base, 1, CLIENTS - 1 - round % 2);
            if (i < 4)
                seats[i] = send_enrol(&world, 0, i);
        }
        rig_wait(rig);
        for (size_t i = 0; i < 4; i++)
            seated += seats[i]->err == ERR_OK;
        assert_int_equal(seated, gone->err == ERR_OK ? 0 : 4);
        assert_int_equal(count(&world.programme, "taken"), seated);
        assert_int_equal(count(&world.programme, "(select count(*) from enrolment.implementation i where i.programme_id = p.id)"),
                         gone->err == ERR_OK ? 1 : 2);
        for (size_t i = 0; i < 4; i++)
            assert_true(seats[i]->err == ERR_OK || seats[i]->err == ERR_NOT_FOUND);
        assert_true(gone->err == ERR_OK || strcmp(gone->rule, "enrolment.implementation.in-use") == 0);
        rig_rest(rig);
    }
}

static int start(void **state)
{
    (void)state;
    rig = rig_new(PROCESSES, CLIENTS);
    for (size_t i = 0; i < PEOPLE; i++)
        people[i] = rig_person(rig, "teacher", "basic");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    rig_free(rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_version),            /* sixteen with one If-Match at two processes: one is carried out */
        cmocka_unit_test(test_edits_beside_enrolments), /* places and numbers are those of the enrolments */
        cmocka_unit_test(test_removed_or_enrolled),     /* an implementation goes, or has people, never both */
    };
    return rig_told(cmocka_run_group_tests_name("edit races", tests, start, stop));
}
