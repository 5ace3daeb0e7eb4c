/* Codes at the same moment: the last seats of a code are given once, and one code is made once, however many ask, of one process or of two
 * on one database. */
#include "tests/service/enrolment/rig.h"

#include <stdlib.h>

#define CLIENTS 16
#define ROUNDS  20

static struct rig *rig;

static int start_one(void **state)
{
    (void)state;
    rig = rig_new(1, CLIENTS);
    return 0;
}

static int start_two(void **state)
{
    (void)state;
    rig = rig_new(2, CLIENTS);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    rig_free(rig);
    return 0;
}

static struct world programme(uint32_t seats)
{
    static int number = 0;
    char code[32];
    (void)snprintf(code, sizeof code, "race-%d", ++number);
    return rig_programme(rig, &(struct programme_plan){.code = code, .cap = seats, .capacity = seats, .count = 1});
}

static struct answer *send_create(const struct world *world, uint32_t seats, const char *code, size_t client)
{
    Enrolment__CreateInvitationRequest request = ENROLMENT__CREATE_INVITATION_REQUEST__INIT;

    request.implementation_id = rig_bytes(&world->implementations[0]);
    request.seats = seats;
    request.code = (char *)(uintptr_t)code;
    return rig_send(rig, &(struct ask){.method = "CreateInvitation",
                                       .message = &request.base,
                                       .actor = rig_coordinator(),
                                       .roles = RIG_COORDINATOR,
                                       .client = client});
}

static struct answer *send_enrol(const struct world *world, struct uuid person, const char *code, size_t client)
{
    Enrolment__EnrolRequest request = ENROLMENT__ENROL_REQUEST__INIT;

    request.programme_id = rig_bytes(&world->programme);
    request.implementation_id = rig_bytes(&world->implementations[0]);
    request.invitation = (char *)(uintptr_t)code;
    return rig_send(
        rig, &(struct ask){.method = "Enrol", .message = &request.base, .actor = person, .roles = RIG_PARTICIPANT, .client = client});
}

/* How many were answered; everybody else was refused by this rule. */
static size_t winners(const struct answer *const *answers, const char *rule)
{
    size_t won = 0;

    rig_wait(rig);
    for (size_t i = 0; i < CLIENTS; i++) {
        won += answers[i]->err == ERR_OK;
        if (answers[i]->err == ERR_OK)
            continue;
        assert_int_equal(answers[i]->err, ERR_REFUSED);
        assert_string_equal(answers[i]->rule, rule);
    }
    return won;
}

/* "taken reserved" of the implementation and the programme, and what the code and the rows say. */
static const char *counters(const struct world *world)
{
    char id[UUID_TEXT];
    uuid_format(world->programme, id);
    return kit_sql(rig_pg(rig),
                   "select concat_ws(' ', i.taken, i.reserved, p.taken, p.reserved, v.used, (select count(*) from enrolment.registration r"
                   " where r.invitation_id = v.id and r.state = 1)) from enrolment.programme p join enrolment.implementation i on "
                   "i.programme_id = p.id"
                   " join enrolment.invitation v on v.implementation_id = i.id where p.id = '%s'",
                   id);
}

static void race(uint32_t seats)
{
    struct uuid people[CLIENTS];
    const struct answer *answers[CLIENTS];
    char expected[64];

    (void)snprintf(expected, sizeof expected, "%u 0 %u 0 %u %u", seats, seats, seats, seats);
    for (int round = 0; round < ROUNDS; round++) {
        const struct world world = programme(CLIENTS);
        const struct answer *made = send_create(&world, seats, "", 0);
        rig_wait(rig);
        assert_int_equal(made->err, ERR_OK);
        for (size_t i = 0; i < CLIENTS; i++)
            people[i] = rig_person(rig, "teacher", "basic");
        for (size_t i = 0; i < CLIENTS; i++)
            answers[i] = send_enrol(&world, people[i], ((const Enrolment__Invitation *)made->message)->code, i);
        assert_int_equal(winners(answers, "enrolment.invitation.used-up"), seats);
        assert_string_equal(counters(&world), expected);
        rig_rest(rig);
    }
}

static void test_last_seat_once(void **state)
{
    (void)state;
    race(1);
}

static void test_last_seats_once(void **state)
{
    (void)state;
    race(3);
}

/* Wanted in two programmes, which share no lock: one of them has the code. */
static void test_code_once(void **state)
{
    const struct answer *answers[CLIENTS];
    (void)state;
    const struct world worlds[] = {programme(100), programme(100)};
    for (int round = 0; round < ROUNDS; round++) {
        char code[32];
        (void)snprintf(code, sizeof code, "ONCE-%d", round);
        for (size_t i = 0; i < CLIENTS; i++)
            answers[i] = send_create(&worlds[i / 2 % 2], 1, code, i);
        assert_int_equal(winners(answers, "enrolment.invitation.code-taken"), 1);
        rig_rest(rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_last_seat_once),  /* sixteen want one seat */
        cmocka_unit_test(test_last_seats_once), /* or three */
        cmocka_unit_test(test_code_once)        /* sixteen want one code, for two programmes */
    };
    const int failed = cmocka_run_group_tests_name("invitations at once, one process", tests, start_one, stop);
    return failed + cmocka_run_group_tests_name("invitations at once, two processes", tests, start_two, stop);
}
