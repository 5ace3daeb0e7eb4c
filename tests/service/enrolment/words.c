/* The rig in the words of enrolment: people, a programme, an enrolment. */
#include "tests/service/enrolment/rig.h"

ProtobufCBinaryData rig_bytes(const struct uuid *id)
{
    return uuid_is_nil(*id) ? (ProtobufCBinaryData){0} : (ProtobufCBinaryData){sizeof id->b, (uint8_t *)(uintptr_t)id->b};
}

struct uuid rig_id(ProtobufCBinaryData bytes)
{
    struct uuid id = {{0}};
    assert_true(uuid_read(&id, span_of(bytes.data, bytes.len)));
    return id;
}

struct uuid rig_new_id(void)
{
    return uuid_v7(time_now_us());
}

struct uuid rig_coordinator(void)
{
    return uuid_from((struct uuid){{0}}, span_text("coordinator"));
}

struct uuid rig_person(struct rig *rig, const char *role, const char *level)
{
    const struct uuid id = rig_new_id();
    Enrolment__PutPersonRequest request = ENROLMENT__PUT_PERSON_REQUEST__INIT;
    Enrolment__Person person = ENROLMENT__PERSON__INIT;

    person.name = (char *)"Testi Osallistuja";
    person.email = (char *)"testi.osallistuja@example.fi";
    person.language = (char *)"fi";
    person.role = (char *)(uintptr_t)role;
    person.level = (char *)(uintptr_t)level;
    person.organisation_kind = (char *)"municipality";
    request.person = &person;
    const struct answer a =
        rig_ask(rig, &(struct ask){.method = "PutPerson", .message = &request.base, .actor = id, .roles = RIG_PARTICIPANT});
    assert_int_equal(a.err, ERR_OK);
    return id;
}

static Bus__Text text(const char *fi)
{
    Bus__Text t = BUS__TEXT__INIT;
    t.fi = (char *)(uintptr_t)fi;
    return t;
}

static void plan_implementations(Enrolment__Programme *p, Enrolment__Implementation *all, Enrolment__Implementation **list,
                                 char (*codes)[32], Bus__Text *title, const struct programme_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        enrolment__implementation__init(&all[i]);
        (void)snprintf(codes[i], sizeof codes[i], "group-%zu", i + 1);
        all[i].code = codes[i];
        all[i].title = all[i].organiser = title;
        all[i].capacity = plan->capacity;
        all[i].waiting_cap = plan->waiting_cap;
        list[i] = &all[i];
    }
    p->implementations = list;
    p->n_implementations = plan->count;
}

static struct world world_of(struct rig *rig, ProtobufCBinaryData id)
{
    Enrolment__GetProgrammeRequest request = ENROLMENT__GET_PROGRAMME_REQUEST__INIT;
    struct world world = {.programme = rig_id(id)};

    request.programme_id = id;
    const struct answer a = rig_ask(rig, &(struct ask){.method = "GetProgramme", .message = &request.base});
    assert_int_equal(a.err, ERR_OK);
    const Enrolment__Programme *p = (const Enrolment__Programme *)a.message;
    for (size_t i = 0; i < p->n_implementations; i++)
        world.implementations[i] = rig_id(p->implementations[i]->id);
    return world;
}

struct world rig_programme(struct rig *rig, const struct programme_plan *plan)
{
    Enrolment__ImportProgrammeRequest request = ENROLMENT__IMPORT_PROGRAMME_REQUEST__INIT;
    Enrolment__Programme programme = ENROLMENT__PROGRAMME__INIT;
    Enrolment__Implementation all[8], *list[8];
    Enrolment__Window window = ENROLMENT__WINDOW__INIT, *windows[1] = {&window};
    Enrolment__Rule rule = ENROLMENT__RULE__INIT, *rules[1] = {&rule};
    char codes[8][32], *allowed[2] = {(char *)"teacher", (char *)"principal"};
    Bus__Text title = text("Kokeilu"), reason = text("Vain opettajille ja rehtoreille");

    programme.code = (char *)(uintptr_t)plan->code;
    programme.title = &title;
    programme.cap = plan->cap;
    programme.reply_hours = 48;
    plan_implementations(&programme, all, list, codes, &title, plan);
    window.opens_us = plan->opens_us != 0 ? plan->opens_us : time_now_us() - TIME_HOUR;
    window.closes_us = plan->closes_us != 0 ? plan->closes_us : time_now_us() + TIME_DAY;
    programme.windows = windows;
    programme.n_windows = !plan->no_window;
    rule.rule = (char *)"test.role";
    rule.fact = (char *)"role";
    rule.allowed = allowed;
    rule.n_allowed = 2;
    rule.reason = &reason;
    programme.rules = rules;
    programme.n_rules = 1;
    request.programme = &programme;
    const struct answer a = rig_ask(
        rig, &(struct ask){.method = "ImportProgramme", .message = &request.base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR});
    assert_int_equal(a.err, ERR_OK);
    return world_of(rig, ((const Enrolment__ImportReport *)a.message)->programme_id);
}

struct answer rig_enrol_with(struct rig *rig, const struct world *world, size_t implementation, struct uuid person, const char *key,
                             int64_t received_us)
{
    Enrolment__EnrolRequest request = ENROLMENT__ENROL_REQUEST__INIT;

    request.programme_id = rig_bytes(&world->programme);
    request.implementation_id = rig_bytes(&world->implementations[implementation]);
    return rig_ask(rig, &(struct ask){.method = "Enrol",
                                      .message = &request.base,
                                      .actor = person,
                                      .roles = RIG_PARTICIPANT,
                                      .key = key,
                                      .received_us = received_us});
}

struct answer rig_enrol(struct rig *rig, const struct world *world, size_t implementation, struct uuid person)
{
    return rig_enrol_with(rig, world, implementation, person, NULL, 0);
}

const Enrolment__Registration *rig_registration(const struct answer *answer)
{
    assert_int_equal(answer->err, ERR_OK);
    assert_non_null(answer->message);
    return (const Enrolment__Registration *)answer->message;
}
