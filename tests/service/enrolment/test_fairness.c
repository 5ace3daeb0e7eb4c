/* The report on fairness over real NNG and PostgreSQL: who arrived when and got which number, how long they waited, and what groups got. */
#include "tests/service/enrolment/rig.h"

static struct rig *rig;

static struct answer ask(struct uuid programme, struct uuid implementation, uint32_t roles)
{
    Enrolment__GetFairnessRequest request = ENROLMENT__GET_FAIRNESS_REQUEST__INIT;
    request.programme_id = rig_bytes(&programme);
    request.implementation_id = rig_bytes(&implementation);
    return rig_ask(rig, &(struct ask){.method = "GetFairness", .message = &request.base, .actor = rig_coordinator(), .roles = roles});
}

static const Enrolment__Fairness *report(struct uuid programme, struct uuid implementation)
{
    const struct answer a = ask(programme, implementation, RIG_COORDINATOR);
    assert_int_equal(a.err, ERR_OK);
    return (const Enrolment__Fairness *)a.message;
}

static struct uuid from_region(const char *region, const char *role)
{
    const struct uuid id = rig_new_id();
    Enrolment__PutPersonRequest request = ENROLMENT__PUT_PERSON_REQUEST__INIT;
    Enrolment__Person person = ENROLMENT__PERSON__INIT;

    person.name = (char *)"Reilu Osallistuja";
    person.email = (char *)"reilu.osallistuja@example.fi";
    person.language = (char *)"fi";
    person.role = (char *)(uintptr_t)role;
    person.level = (char *)"basic";
    person.organisation_kind = (char *)"municipality";
    person.region = (char *)(uintptr_t)region;
    request.person = &person;
    const struct answer a =
        rig_ask(rig, &(struct ask){.method = "PutPerson", .message = &request.base, .actor = id, .roles = RIG_PARTICIPANT});
    assert_int_equal(a.err, ERR_OK);
    return id;
}

static const struct uuid WHOLE = {{0}};

/* Four numbers; the second and the fourth arrived before the first. */
static void test_order(void **state)
{
    static const int64_t before_us[] = {1000000, 3000000, 900000, 2000000}; /* how long ago each arrived */
    const int64_t now = time_now_us();
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "fair", .cap = 9, .capacity = 9, .count = 2});
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(rig_enrol_with(rig, &world, 0, rig_person(rig, "teacher", "basic"), NULL, now - before_us[i]).err, ERR_OK);
    assert_int_equal(rig_enrol(rig, &world, 1, rig_person(rig, "teacher", "basic")).err, ERR_OK);

    const Enrolment__Fairness *m = report(world.programme, WHOLE);
    assert_int_equal(m->n_parts, 2);
    const Enrolment__Fairness__Part *p = m->parts[0];
    assert_string_equal(p->code, "group-1");
    assert_int_equal(p->registrations, 4);
    assert_int_equal(p->inversions, 3); /* 1 and 2, 1 and 4, 3 and 4 */
    assert_int_equal(p->largest_us, 2000000);
    assert_true(p->wait_p50_us >= 1000000 && p->wait_p50_us < 2000000);
    assert_true(p->wait_max_us >= 3000000 && p->wait_max_us < 13000000);
    assert_int_equal(p->wait_p95_us, p->wait_max_us);
    assert_int_equal(m->parts[1]->registrations, 1);
    assert_int_equal(m->parts[1]->inversions, 0);

    m = report(world.programme, world.implementations[1]);
    assert_int_equal(m->n_parts, 1);
    assert_string_equal(m->parts[0]->code, "group-2");
}

static void test_shares(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "shares", .cap = 8, .capacity = 8, .waiting_cap = 3, .count = 1});
    for (int i = 0; i < 7; i++)
        assert_int_equal(rig_enrol(rig, &world, 0, from_region("uusimaa", "teacher")).err, ERR_OK);
    for (int i = 0; i < 3; i++)
        assert_int_equal(rig_enrol(rig, &world, 0, from_region("lappi", "principal")).err, ERR_OK); /* two of them wait */
    for (int i = 0; i < 2; i++)
        assert_string_equal(rig_enrol(rig, &world, 0, from_region("kainuu", "other")).rule, "test.role");
    assert_string_equal(rig_enrol(rig, &world, 0, from_region("kainuu", "other")).rule, "test.role");

    const Enrolment__Fairness *m = report(world.programme, WHOLE);
    assert_int_equal(m->n_shares, 4);
    assert_string_equal(m->shares[0]->fact, "region");
    assert_string_equal(m->shares[0]->value, "uusimaa");
    assert_int_equal(m->shares[0]->enrolled, 7);
    assert_int_equal(m->shares[0]->seated, 7);
    assert_int_equal(m->shares[0]->waiting, 0);
    assert_string_equal(m->shares[1]->value, "other"); /* three of lappi and three of kainuu: six together */
    assert_int_equal(m->shares[1]->enrolled, 3);
    assert_int_equal(m->shares[1]->seated, 1);
    assert_int_equal(m->shares[1]->waiting, 2);
    assert_int_equal(m->shares[1]->refused, 3);
    assert_string_equal(m->shares[2]->fact, "role");
    assert_string_equal(m->shares[2]->value, "teacher");
    assert_string_equal(m->shares[3]->value, "other"); /* the role of that name among them */
    assert_int_equal(m->shares[3]->enrolled, 3);
    assert_int_equal(m->shares[3]->refused, 3);
    assert_int_equal(report(world.programme, world.implementations[0])->n_shares, 0); /* else differences would name a few */
}

/* Of the moves only those count that a coordinator made, and offers that went back. */
static void test_by_hand(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "hand", .cap = 9, .capacity = 1, .waiting_cap = 9, .count = 1});
    struct answer last = {.err = ERR_OK};
    for (int i = 0; i < 3; i++)
        last = rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic"));
    char id[UUID_TEXT];
    uuid_format(rig_id(rig_registration(&last)->id), id);
    (void)kit_sql(rig_pg(rig),
                  "insert into enrolment.registration_move (implementation_id, n, registration_id, from_state, to_state, moved_at, actor,"
                  " reason, hash) select r.implementation_id, v.n, r.id, v.was, v.becomes, now(), v.actor, '', r.chain_hash"
                  " from enrolment.registration r, (values (101, 2, 1, gen_random_uuid()), (102, 2, 1, null), (103, 2, 5, null),"
                  " (104, 5, 2, gen_random_uuid()), (105, 5, 1, gen_random_uuid()), (106, 1, 3, gen_random_uuid())) v (n, was, becomes, "
                  "actor) where r.id = '%s'",
                  id);
    const Enrolment__Fairness__Part *p = report(world.programme, WHOLE)->parts[0];
    assert_int_equal(p->by_hand, 1);
    assert_int_equal(p->passed, 1);
}

static void test_bounds(void **state)
{
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "bounds", .cap = 30000, .capacity = 30000, .count = 1});
    const struct world other = rig_programme(rig, &(struct programme_plan){.code = "other", .cap = 3, .capacity = 3, .count = 1});
    assert_int_equal(ask(world.programme, WHOLE, RIG_PARTICIPANT).err, ERR_FORBIDDEN);
    assert_int_equal(ask(world.implementations[0], WHOLE, RIG_COORDINATOR).err, ERR_NOT_FOUND);
    assert_int_equal(ask(world.programme, other.implementations[0], RIG_COORDINATOR).err, ERR_NOT_FOUND);
    assert_string_equal(ask(WHOLE, WHOLE, RIG_COORDINATOR).field, "programmeId");
    assert_int_equal(report(other.programme, WHOLE)->parts[0]->registrations, 0); /* nobody yet */
    assert_int_equal(report(other.programme, WHOLE)->n_shares, 0);

    assert_int_equal(rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic")).err, ERR_OK);
    for (int upto = 20000; upto <= 20001; upto++) { /* rows as the service makes them; the last second each a little earlier */
        (void)kit_sql(rig_pg(rig),
                      "insert into enrolment.registration (id, programme_id, implementation_id, person_id, state, first_state, order_no,"
                      " programme_order, chain_n, received_at, created_at, caller, idempotency_key, request_hash, chain_hash, salt, line)"
                      " select gen_random_uuid(), r.programme_id, r.implementation_id, r.person_id, 3, 1, n, n, n, r.received_at - n *"
                      " interval '1 microsecond', r.created_at, r.caller, n::text::bytea, r.request_hash, r.chain_hash, r.salt, r.line"
                      " from enrolment.registration r join enrolment.programme p on p.id = r.programme_id, generate_series("
                      "(select max(order_no) + 1 from enrolment.registration r join enrolment.programme p on p.id = r.programme_id"
                      " where p.code = 'bounds'), %d) n where p.code = 'bounds' and r.order_no = 1",
                      upto);
        const struct answer a = ask(world.programme, WHOLE, RIG_COORDINATOR);
        if (upto == 20001) {
            assert_string_equal(a.rule, "enrolment.fairness.too-many");
            return;
        }
        assert_int_equal(a.err, ERR_OK);
        assert_int_equal(((const Enrolment__Fairness *)a.message)->parts[0]->registrations, 20000);
        assert_int_equal(((const Enrolment__Fairness *)a.message)->parts[0]->inversions, 20000ULL * 19999 / 2);
    }
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"inversions, leads and waits of each implementation, from arrival to number", test_order, rig_group_rest, NULL, NULL},
        {"shares by region and role are people, and small groups are folded", test_shares, rig_group_rest, NULL, NULL},
        {"places given by hand and offers let pass are counted, the rules' own moves are not", test_by_hand, rig_group_rest, NULL, NULL},
        {"coordinators; one programme's; twenty thousand of an implementation and not one more", test_bounds, rig_group_rest, NULL, NULL},
    };
    return rig_told(cmocka_run_group_tests_name("enrolment fairness", tests, start, rig_group_stop));
}
