/* Everything at once on two processes: enrolments, cancellations, capacities and caps raised and lowered, in two programmes, at random.
 * After each storm what must always hold is asked of the database: counters, numbers without a gap, chains without a hole, nobody
 * waiting where there is room, nobody seated before one who came earlier and still waits. */
#include "tests/service/enrolment/rig.h"

#include <stdlib.h>

enum { PROCESSES = 2, CLIENTS = 16, PEOPLE = 60, STORMS = 25, STORM = 96, GROUPS = 3 };

static struct rig *rig;
static struct world worlds[2];
static struct uuid people[PEOPLE];

static size_t any(size_t count)
{
    return (size_t)rand() % count;
}

static const struct answer *send_enrol(void)
{
    const struct world *world = &worlds[any(2)];
    Enrolment__EnrolRequest request = ENROLMENT__ENROL_REQUEST__INIT;

    request.programme_id = rig_bytes(&world->programme);
    request.implementation_id = rig_bytes(&world->implementations[any(GROUPS)]);
    return rig_send(
        rig,
        &(struct ask){
            .method = "Enrol", .message = &request.base, .actor = people[any(PEOPLE)], .roles = RIG_PARTICIPANT, .client = any(CLIENTS)});
}

/* Of those seated or waiting now, whoever it is; NULL when there is nobody. */
static const struct answer *send_cancel(void)
{
    Enrolment__CancelRequest request = ENROLMENT__CANCEL_REQUEST__INIT;
    const char *text = kit_sql(rig_pg(rig), "select id from enrolment.registration where state < 3 order by random() limit 1");
    struct uuid id;

    if (!uuid_parse(&id, span_text(text)))
        return NULL;
    request.registration_id = rig_bytes(&id);
    request.reason = (char *)"koe";
    return rig_send(
        rig,
        &(struct ask){
            .method = "Cancel", .message = &request.base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR, .client = any(CLIENTS)});
}

static const struct answer *send_capacity(void)
{
    Enrolment__SetImplementationCapacityRequest request = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__INIT;
    const struct uuid id = worlds[any(2)].implementations[any(GROUPS)];
    char text[UUID_TEXT];

    uuid_format(id, text);
    request.implementation_id = rig_bytes(&id);
    request.seats_case = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__SEATS_CAPACITY;
    request.capacity = (uint32_t)(3 + any(5));
    return rig_send(rig, &(struct ask){.method = "SetImplementationCapacity",
                                       .message = &request.base,
                                       .actor = rig_coordinator(),
                                       .roles = RIG_COORDINATOR,
                                       .if_match = (uint64_t)kit_sql_int(
                                           rig_pg(rig), "select version from enrolment.implementation where id = '%s'", text),
                                       .client = any(CLIENTS)});
}

static const struct answer *send_cap(void)
{
    Enrolment__SetProgrammeCapRequest request = ENROLMENT__SET_PROGRAMME_CAP_REQUEST__INIT;
    const struct uuid id = worlds[any(2)].programme;
    char text[UUID_TEXT];

    uuid_format(id, text);
    request.programme_id = rig_bytes(&id);
    request.seats_case = ENROLMENT__SET_PROGRAMME_CAP_REQUEST__SEATS_CAP;
    request.cap = (uint32_t)(8 + any(8));
    return rig_send(
        rig, &(struct ask){.method = "SetProgrammeCap",
                           .message = &request.base,
                           .actor = rig_coordinator(),
                           .roles = RIG_COORDINATOR,
                           .if_match = (uint64_t)kit_sql_int(rig_pg(rig), "select version from enrolment.programme where id = '%s'", text),
                           .client = any(CLIENTS)});
}

static const struct answer *send_any(void)
{
    const size_t dice = any(100);

    if (dice < 60)
        return send_enrol();
    if (dice < 90)
        return send_cancel();
    return dice < 95 ? send_capacity() : send_cap();
}

static void must_be_none(const char *what, const char *sql)
{
    const int64_t found = kit_sql_int(rig_pg(rig), "set search_path = enrolment; select count(*) from (%s) x", sql);
    if (found != 0)
        fail_msg("%s: %lld", what, (long long)found);
}

static void check_all(void)
{
    must_be_none("counters of an implementation",
                 "select from implementation i cross join lateral (select count(*) filter (where state = 1) as seated,"
                 " count(*) filter (where state = 2) as queued, coalesce(max(order_no), 0) as last from registration r"
                 " where r.implementation_id = i.id) c where (taken, waiting, last_order) is distinct from (seated, queued, last)");
    must_be_none("counters of a programme",
                 "select from programme p cross join lateral (select count(*) filter (where state = 1) as seated,"
                 " count(*) filter (where state = 2) as queued, count(*) as all_of_them from registration r"
                 " where r.programme_id = p.id) c where (taken, waiting, last_order) is distinct from (seated, queued, all_of_them)");
    must_be_none("order numbers with a gap",
                 "select from implementation i where last_order <> (select count(*) from registration r where r.implementation_id = i.id)");
    must_be_none("chains with a hole",
                 "select from implementation i where chain_n <> (select count(distinct n) from (select chain_n as n from"
                 " registration r where r.implementation_id = i.id union all select n from registration_move m where"
                 " m.implementation_id = i.id) e where n between 1 and i.chain_n)");
    must_be_none("people waiting where there is room", "select from implementation i join programme p on p.id = i.programme_id"
                                                       " where i.waiting > 0 and i.taken < i.capacity and p.taken < p.cap");
    must_be_none("people who jumped the queue", "select from registration a join registration b using (implementation_id)"
                                                " where a.state = 1 and b.state = 2 and b.order_no < a.order_no");
    must_be_none("changes without an event, or events without a change",
                 "select where (select count(*) from event_log where type ~ '(SeatTaken|Queued|Promoted|Cancelled)')"
                 " <> (select count(*) from registration) + (select count(*) from registration_move)");
}

static void test_storms(void **state)
{
    const struct answer *answers[STORM];
    size_t given = 0;

    (void)state;
    for (int storm = 0; storm < STORMS; storm++) {
        for (size_t i = 0; i < STORM; i++)
            answers[i] = send_any();
        rig_wait(rig);
        for (size_t i = 0; i < STORM; i++) {
            if (answers[i] == NULL)
                continue;
            given += answers[i]->err == ERR_OK;
            if (answers[i]->err != ERR_OK && answers[i]->err != ERR_REFUSED && answers[i]->err != ERR_PRECONDITION)
                fail_msg("a request ended with %s", err_text(answers[i]->err)->id);
        }
        rig_rest(rig);
        check_all();
    }
    assert_true(given > STORMS * STORM / 4);
    assert_true(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.registration_move where from_state = 2 and to_state = 1") > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_storms) /* after each of 25 storms of 96 requests on two processes everything still adds up */
    };
    rig = rig_new(PROCESSES, CLIENTS);
    srand(20261121);
    for (size_t i = 0; i < 2; i++)
        worlds[i] = rig_programme(
            rig,
            &(struct programme_plan){.code = i == 0 ? "mix-one" : "mix-two", .cap = 12, .capacity = 5, .waiting_cap = 6, .count = GROUPS});
    for (size_t i = 0; i < PEOPLE; i++)
        people[i] = rig_person(rig, "teacher", "basic");
    const int failed = cmocka_run_group_tests_name("enrolment, everything at once", tests, NULL, NULL);
    rig_free(rig);
    return failed;
}
