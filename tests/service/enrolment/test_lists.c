/* Lists over real NNG and PostgreSQL: what everybody can read, pages, and who may see whom in them. */
#include "tests/service/enrolment/rig.h"

static struct rig *rig;

static struct answer ask_as(struct uuid actor, uint32_t roles, const char *method, const ProtobufCMessage *message, uint64_t if_match)
{
    return rig_ask(rig, &(struct ask){.method = method, .message = message, .actor = actor, .roles = roles, .if_match = if_match});
}

static struct answer ask_staff(const char *method, const ProtobufCMessage *message, uint64_t if_match)
{
    return ask_as(rig_coordinator(), RIG_COORDINATOR, method, message, if_match);
}

static struct answer ask_public(const char *method, const ProtobufCMessage *message)
{
    return ask_as((struct uuid){{0}}, RIG_PUBLIC, method, message, 0);
}

static void test_open_only(void **state)
{
    (void)state;
    const struct world open = rig_programme(rig, &(struct programme_plan){.code = "open", .cap = 9, .capacity = 3, .count = 3});
    const struct world shut = rig_programme(
        rig, &(struct programme_plan){.code = "shut", .cap = 9, .capacity = 3, .count = 3, .opens_us = 1000, .closes_us = 2000});
    Enrolment__ListImplementationsRequest list = ENROLMENT__LIST_IMPLEMENTATIONS_REQUEST__INIT;
    const struct answer *many[50];
    list.open_only = true;
    list.programme_id = rig_bytes(&shut.programme);
    assert_int_equal(((const Enrolment__ImplementationList *)ask_public("ListImplementations", &list.base).message)->n_implementations, 0);
    list.programme_id = rig_bytes(&open.programme);
    (void)rig_enrol(rig, &open, 1, rig_person(rig, "principal", "basic"));
    for (size_t i = 0; i < 50; i++) /* many at once share one answer, and all of them get it */
        many[i] = rig_send(rig, &(struct ask){.method = "ListImplementations", .message = &list.base});
    rig_wait(rig);
    for (size_t i = 0; i < 50; i++) {
        const Enrolment__ImplementationList *m = (const Enrolment__ImplementationList *)many[i]->message;
        assert_int_equal(m->n_implementations, 3);
        assert_int_equal(m->programme_taken, 1);
        assert_int_equal(m->programme_cap, 9);
        assert_int_equal(m->implementations[1]->taken, 1);
        assert_int_equal(m->implementations[0]->taken, 0);
    }
    list.open_only = false;
    list.programme_id = rig_bytes(&shut.programme);
    assert_int_equal(((const Enrolment__ImplementationList *)ask_public("ListImplementations", &list.base).message)->n_implementations, 3);
}

static void test_implementation(void **state)
{
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "one", .cap = 4, .capacity = 2, .count = 2});
    Enrolment__GetImplementationRequest get = ENROLMENT__GET_IMPLEMENTATION_REQUEST__INIT;
    get.implementation_id = rig_bytes(&world.implementations[1]);
    (void)rig_enrol(rig, &world, 1, rig_person(rig, "principal", "basic"));
    const struct answer before = ask_public("GetImplementation", &get.base);
    assert_int_equal(before.err, ERR_OK);
    assert_string_equal(((const Enrolment__Implementation *)before.message)->code, "group-2");
    assert_int_equal(((const Enrolment__Implementation *)before.message)->taken, 1);

    Enrolment__SetImplementationCapacityRequest set = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__INIT;
    set.implementation_id = get.implementation_id;
    set.seats_case = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__SEATS_CAPACITY;
    set.capacity = 3;
    assert_int_equal(ask_staff("SetImplementationCapacity", &set.base, before.version).err, ERR_OK); /* what was read is what is asked */
    const struct answer after = ask_public("GetImplementation", &get.base);
    assert_int_equal(after.version, before.version + 1);
    assert_int_equal(((const Enrolment__Implementation *)after.message)->capacity, 3);
    get.implementation_id = rig_bytes(&world.programme);
    assert_int_equal(ask_public("GetImplementation", &get.base).err, ERR_NOT_FOUND);
}

static void test_whole_programme(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "whole", .cap = 5, .capacity = 4, .waiting_cap = 9, .count = 2});
    const struct world other = rig_programme(rig, &(struct programme_plan){.code = "else", .cap = 1, .capacity = 1, .count = 1});
    Enrolment__ListRegistrationsRequest list = ENROLMENT__LIST_REGISTRATIONS_REQUEST__INIT;
    uint32_t next = 1;
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(rig_enrol(rig, &world, i % 2, rig_person(rig, "teacher", "basic")).err, ERR_OK);
    assert_int_equal(rig_enrol(rig, &other, 0, rig_person(rig, "teacher", "basic")).err, ERR_OK);
    list.programme_id = rig_bytes(&world.programme);
    list.page_size = 2;
    for (int page = 0; page < 4; page++) {
        const struct answer a = ask_staff("ListRegistrations", &list.base, 0);
        assert_int_equal(a.err, ERR_OK);
        const Enrolment__RegistrationList *m = (const Enrolment__RegistrationList *)a.message;
        for (size_t i = 0; i < m->n_registrations; i++)
            assert_int_equal(m->registrations[i]->programme_order, next++);
        list.page_token = m->next_page_token;
    }
    assert_int_equal(next, 8);
    assert_string_equal(list.page_token, "");
    list.state = ENROLMENT__STATE__STATE_QUEUED;
    const struct answer queued = ask_staff("ListRegistrations", &list.base, 0);
    assert_int_equal(((const Enrolment__RegistrationList *)queued.message)->n_registrations, 2);
    list.implementation_id = rig_bytes(&other.implementations[0]); /* of another programme than the one asked for */
    assert_int_equal(ask_staff("ListRegistrations", &list.base, 0).err, ERR_NOT_FOUND);
    list.programme_id = rig_bytes(&other.programme);
    assert_int_equal(ask_staff("ListRegistrations", &list.base, 0).err, ERR_OK);
}

static void test_pages(void **state)
{
    Enrolment__ListProgrammesRequest list = ENROLMENT__LIST_PROGRAMMES_REQUEST__INIT;
    char code[32], last[32] = "";
    size_t seen = 0;
    (void)state;
    for (int i = 0; i < 5; i++) {
        (void)snprintf(code, sizeof code, "page-%d", i);
        (void)rig_programme(rig, &(struct programme_plan){.code = code, .cap = 1, .capacity = 1, .count = 1});
    }
    list.page_size = 2;
    for (int page = 0; page < 20; page++) {
        const struct answer a = ask_public("ListProgrammes", &list.base);
        assert_int_equal(a.err, ERR_OK);
        const Enrolment__ProgrammeList *m = (const Enrolment__ProgrammeList *)a.message;
        assert_true(m->n_programmes >= 1 && m->n_programmes <= 2);
        for (size_t i = 0; i < m->n_programmes; i++) {
            assert_true(strcmp(m->programmes[i]->code, last) > 0);
            (void)snprintf(last, sizeof last, "%s", m->programmes[i]->code);
            seen += strncmp(m->programmes[i]->code, "page-", 5) == 0;
            assert_int_equal(m->programmes[i]->n_windows, 1);
        }
        if (m->next_page_token[0] == '\0')
            break;
        list.page_token = m->next_page_token;
    }
    assert_int_equal(seen, 5);
    list.page_token = (char *)"?";
    assert_string_equal(ask_public("ListProgrammes", &list.base).rule, "field.page-token");
}

static void test_registrations_listed(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "listed", .cap = 3, .capacity = 3, .waiting_cap = 9, .count = 1});
    struct uuid people[7];
    uint32_t next = 1;
    for (size_t i = 0; i < 7; i++) {
        people[i] = rig_person(rig, "teacher", "basic");
        assert_int_equal(rig_enrol(rig, &world, 0, people[i]).err, ERR_OK);
    }
    Enrolment__ListRegistrationsRequest list = ENROLMENT__LIST_REGISTRATIONS_REQUEST__INIT;
    list.programme_id = rig_bytes(&world.programme);
    list.implementation_id = rig_bytes(&world.implementations[0]);
    list.page_size = 3;
    for (int page = 0; page < 3; page++) {
        const struct answer a = ask_staff("ListRegistrations", &list.base, 0);
        const Enrolment__RegistrationList *m = (const Enrolment__RegistrationList *)a.message;
        for (size_t i = 0; i < m->n_registrations; i++)
            assert_int_equal(m->registrations[i]->order_no, next++);
        list.page_token = m->next_page_token;
    }
    assert_int_equal(next, 8);
    list.page_token = (char *)"";
    list.state = ENROLMENT__STATE__STATE_QUEUED;
    const struct answer queued = ask_staff("ListRegistrations", &list.base, 0);
    const Enrolment__RegistrationList *m = (const Enrolment__RegistrationList *)queued.message;
    assert_int_equal(m->n_registrations, 3);
    assert_int_equal(m->registrations[2]->position, 3);
    assert_string_equal(m->registrations[2]->person->name, "Testi Osallistuja");
    assert_memory_equal(m->registrations[2]->person->id.data, people[5].b, sizeof people[5].b);
    assert_int_equal(ask_as(people[0], RIG_PARTICIPANT, "ListRegistrations", &list.base, 0).err, ERR_FORBIDDEN);

    Enrolment__ListMyRegistrationsRequest mine = ENROLMENT__LIST_MY_REGISTRATIONS_REQUEST__INIT;
    const struct answer own = ask_as(people[4], RIG_PARTICIPANT, "ListMyRegistrations", &mine.base, 0);
    m = (const Enrolment__RegistrationList *)own.message;
    assert_int_equal(m->n_registrations, 1);
    assert_int_equal(m->registrations[0]->position, 2);
    assert_null(m->registrations[0]->person); /* names are for coordinators' lists */
    Enrolment__GetRegistrationRequest get = ENROLMENT__GET_REGISTRATION_REQUEST__INIT;
    get.registration_id = m->registrations[0]->id;
    assert_int_equal(ask_as(people[0], RIG_PARTICIPANT, "GetRegistration", &get.base, 0).err, ERR_FORBIDDEN);
    assert_int_equal(ask_public("GetRegistration", &get.base).err, ERR_UNAUTHENTICATED);
    assert_int_equal(ask_staff("GetRegistration", &get.base, 0).err, ERR_OK);
}

/* Each state there is, those of kept and moved seats too; and no other number. */
static void test_every_state(void **state)
{
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "states", .cap = 6, .capacity = 6, .count = 1});
    Enrolment__ListRegistrationsRequest list = ENROLMENT__LIST_REGISTRATIONS_REQUEST__INIT;
    for (int i = 0; i < 6; i++)
        assert_int_equal(rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic")).err, ERR_OK);
    (void)kit_sql(rig_pg(rig), "update enrolment.registration r set state = r.order_no, reply_due = now() + interval '1 hour'"
                               " from enrolment.programme p where p.id = r.programme_id and p.code = 'states'");
    list.programme_id = rig_bytes(&world.programme);
    for (unsigned wanted = 1; wanted <= 6; wanted++) {
        list.state = (Enrolment__State)wanted;
        const struct answer a = ask_staff("ListRegistrations", &list.base, 0);
        assert_int_equal(a.err, ERR_OK);
        const Enrolment__RegistrationList *m = (const Enrolment__RegistrationList *)a.message;
        assert_int_equal(m->n_registrations, 1);
        assert_int_equal(m->registrations[0]->state, wanted);
    }
    list.state = (Enrolment__State)7;
    assert_string_equal(ask_staff("ListRegistrations", &list.base, 0).rule, "field.range");
    (void)kit_sql(rig_pg(rig), "update enrolment.registration r set state = 1, reply_due = null"
                               " from enrolment.programme p where p.id = r.programme_id and p.code = 'states'");
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_open_only, rig_group_rest),       /* live seats for everybody; nothing outside a window */
        cmocka_unit_test_setup(test_implementation, rig_group_rest),  /* one by its id; its version is what an edit asks */
        cmocka_unit_test_setup(test_whole_programme, rig_group_rest), /* a programme's list in its order; no other programme's people */
        cmocka_unit_test_setup(test_pages, rig_group_rest),           /* programmes page by key, each once, in order */
        cmocka_unit_test_setup(test_registrations_listed,
                               rig_group_rest),                   /* in order of enrolment, by state, with positions; only for who may */
        cmocka_unit_test_setup(test_every_state, rig_group_rest), /* the filter knows every state */
    };
    return rig_told(cmocka_run_group_tests_name("enrolment lists", tests, start, rig_group_stop));
}
