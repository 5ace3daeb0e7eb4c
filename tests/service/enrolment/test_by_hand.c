/* Coordinators' hands over real NNG and PostgreSQL: review, promotion by hand, priority, and displacing the last seated. */
#include "tests/service/enrolment/rig.h"

#define SEATED    ENROLMENT__STATE__STATE_SEATED
#define QUEUED    ENROLMENT__STATE__STATE_QUEUED
#define CANCELLED ENROLMENT__STATE__STATE_CANCELLED
#define ACCEPT    ENROLMENT__REVIEW_REQUEST__DECISION__ACCEPT
#define CONDITION ENROLMENT__REVIEW_REQUEST__DECISION__ACCEPT_ON_CONDITION
#define REJECT    ENROLMENT__REVIEW_REQUEST__DECISION__REJECT

static struct rig *rig;

static struct answer ask_staff(const char *method, const ProtobufCMessage *message, uint64_t version, const char *key)
{
    return rig_ask(
        rig,
        &(struct ask){
            .method = method, .message = message, .actor = rig_coordinator(), .roles = RIG_COORDINATOR, .if_match = version, .key = key});
}

static const Enrolment__Registration *enrolled(const struct world *world, size_t implementation)
{
    const struct answer a = rig_enrol(rig, world, implementation, rig_person(rig, "teacher", "basic"));
    return rig_registration(&a);
}

static const Enrolment__Registration *seen(const Enrolment__Registration *r)
{
    Enrolment__GetRegistrationRequest request = ENROLMENT__GET_REGISTRATION_REQUEST__INIT;
    request.registration_id = r->id;
    const struct answer a = rig_ask(
        rig, &(struct ask){.method = "GetRegistration", .message = &request.base, .actor = rig_id(r->person_id), .roles = RIG_PARTICIPANT});
    return rig_registration(&a);
}

static void expect(const struct answer *a, enum err err, const char *rule, const char *field)
{
    if (a->err != err || strcmp(a->rule, rule) != 0 || strcmp(a->field, field) != 0)
        fail_msg("expected %s %s (%d), got %s %s (%d)", rule, field, (int)err, a->rule, a->field, (int)a->err);
}

/* The latest line of the programme's history. */
static const char *last_change(const struct world *world)
{
    char id[UUID_TEXT];
    uuid_format(world->programme, id);
    return kit_sql(
        rig_pg(rig),
        "select concat_ws('|', call, field, was, becomes, reason) from enrolment.change where programme_id = '%s' order by n desc"
        " limit 1",
        id);
}

static const char *last_event(const Enrolment__Registration *r)
{
    char id[UUID_TEXT];
    uuid_format(rig_id(r->id), id);
    return kit_sql(rig_pg(rig), "select type from enrolment.event_log where subject = '%s' order by seq desc limit 1", id);
}

static void expect_counters(const struct world *world, size_t implementation, const char *taken_waiting)
{
    char id[UUID_TEXT];
    uuid_format(world->implementations[implementation], id);
    assert_string_equal(
        kit_sql(rig_pg(rig),
                "select concat_ws(' ', i.taken, i.waiting) from enrolment.implementation i where id = '%s' and taken ="
                " (select count(*) from enrolment.registration r where r.implementation_id = i.id and state in (1, 4, 5))"
                " and waiting = (select count(*) from enrolment.registration r where r.implementation_id = i.id and state = 2)",
                id),
        taken_waiting);
}

/* --- review --------------------------------------------------------------------------------------------------------------------- */

static struct answer review(const Enrolment__Registration *r, Enrolment__ReviewRequest__Decision decision, const char *reason)
{
    Enrolment__ReviewRequest request = ENROLMENT__REVIEW_REQUEST__INIT;
    request.registration_id = r->id;
    request.decision = decision;
    request.reason = (char *)(uintptr_t)reason;
    return ask_staff("Review", &request.base, 0, NULL);
}

static struct world moderated(const char *code, uint32_t capacity)
{
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = code, .cap = 9, .capacity = capacity, .waiting_cap = 5, .count = 1});
    char id[UUID_TEXT];
    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set moderated = true where id = '%s'", id);
    return world;
}

static void test_review_accepts(void **state)
{
    (void)state;
    const struct world world = moderated("review", 2);
    const Enrolment__Registration *r = enrolled(&world, 0);
    assert_int_equal(r->state, SEATED); /* the place in order is taken at once */
    assert_int_equal(r->review, ENROLMENT__REVIEW_STATE__REVIEW_UNREVIEWED);
    struct answer a = review(r, CONDITION, "Toimita todistus 1.9. mennessä");
    assert_int_equal(rig_registration(&a)->review, ENROLMENT__REVIEW_STATE__REVIEW_CONDITIONAL);
    assert_string_equal(seen(r)->condition, "Toimita todistus 1.9. mennessä");
    assert_string_equal(last_event(r), "enrolment.Reviewed.v1");
    assert_string_equal(last_change(&world),
                        "enrolment.Review|registration.review|unreviewed|accepted on a condition|Toimita todistus 1.9. mennessä");
    a = review(r, ACCEPT, "");
    assert_int_equal(rig_registration(&a)->review, ENROLMENT__REVIEW_STATE__REVIEW_ACCEPTED);
    assert_string_equal(rig_registration(&a)->condition, "");
    assert_int_equal(seen(r)->version, 3);
    a = review(r, ACCEPT, "");
    expect(&a, ERR_REFUSED, "enrolment.review.not-open", "");
    assert_string_equal(rig_fact(&a, "review"), "accepted");
}

static void test_review_rejects(void **state)
{
    (void)state;
    const struct world world = moderated("reject", 1);
    const Enrolment__Registration *r = enrolled(&world, 0), *waiting = enrolled(&world, 0);
    assert_int_equal(waiting->state, QUEUED);
    struct answer a = review(r, REJECT, "Ei kuulu kohderyhmään");
    assert_int_equal(rig_registration(&a)->state, CANCELLED);
    assert_string_equal(last_event(r), "enrolment.Cancelled.v1");
    assert_int_equal(seen(waiting)->state, SEATED);                                      /* the seat went on, */
    assert_int_equal(seen(waiting)->review, ENROLMENT__REVIEW_STATE__REVIEW_UNREVIEWED); /* and is still to be looked at */
    a = review(r, ACCEPT, "");
    expect(&a, ERR_REFUSED, "enrolment.review.not-open", "");
    expect_counters(&world, 0, "1 0");
}

static void test_review_by_rule(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "by-rule", .cap = 9, .capacity = 2, .waiting_cap = 5, .count = 1});
    char id[UUID_TEXT];
    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig), "update enrolment.eligibility_rule set review = true where programme_id = '%s'", id);
    struct answer a = rig_enrol(rig, &world, 0, rig_person(rig, "other", "basic")); /* does not meet it: left to a person */
    assert_int_equal(rig_registration(&a)->review, ENROLMENT__REVIEW_STATE__REVIEW_UNREVIEWED);
    const Enrolment__Registration *r = enrolled(&world, 0); /* meets it */
    assert_int_equal(r->review, ENROLMENT__REVIEW_STATE__REVIEW_NOT_NEEDED);
    a = review(r, REJECT, "x");
    expect(&a, ERR_REFUSED, "enrolment.review.not-open", "");
}

/* --- promotion by hand ------------------------------------------------------------------------------------------------------------- */

static struct answer promote_it(const Enrolment__Registration *r, const char *reason, bool despite_order, const char *key)
{
    Enrolment__PromoteRegistrationRequest request = ENROLMENT__PROMOTE_REGISTRATION_REQUEST__INIT;
    request.registration_id = r->id;
    request.reason = (char *)(uintptr_t)reason;
    request.despite_order = despite_order;
    return ask_staff("PromoteRegistration", &request.base, 0, key);
}

static void test_promote_by_hand(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "by-hand", .cap = 9, .capacity = 1, .waiting_cap = 5, .count = 1});
    const Enrolment__Registration *r[4];
    char id[UUID_TEXT];
    for (size_t i = 0; i < 4; i++)
        r[i] = enrolled(&world, 0);
    struct answer a = promote_it(r[3], "Sairausloman sijainen", false, NULL);
    expect(&a, ERR_REFUSED, "enrolment.promote.no-room", "");
    assert_string_equal(rig_fact(&a, "cause"), "capacity");
    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set cap = 1 where id = '%s'", id);
    uuid_format(world.implementations[0], id);
    (void)kit_sql(rig_pg(rig), "update enrolment.implementation set capacity = 3 where id = '%s'", id);
    a = promote_it(r[3], "Sairausloman sijainen", false, NULL); /* a seat is free here, and the programme has none to give */
    expect(&a, ERR_REFUSED, "enrolment.promote.no-room", "");
    assert_string_equal(rig_fact(&a, "cause"), "programmeCap");
    assert_string_equal(rig_fact(&a, "programmeTaken"), "1");
    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set cap = 9 where id = '%s'", id);
    a = promote_it(r[0], "x", false, NULL);
    expect(&a, ERR_REFUSED, "enrolment.promote.not-waiting", "");
    uuid_format(world.implementations[0], id); /* seats that nobody was promoted to: set behind the service's back */
    (void)kit_sql(rig_pg(rig), "update enrolment.implementation set capacity = 3 where id = '%s'", id);
    a = promote_it(r[3], "Sairausloman sijainen", false, NULL);
    expect(&a, ERR_REFUSED, "enrolment.promote.out-of-order", "");
    assert_string_equal(rig_fact(&a, "passedOver"), "2");
    assert_int_equal(seen(r[3])->state, QUEUED);
    a = promote_it(r[3], "Sairausloman sijainen", true, "by-hand-1");
    assert_int_equal(rig_registration(&a)->state, SEATED);
    assert_true(rig_registration(&a)->reply_due_us > time_now_us());
    assert_string_equal(last_event(r[3]), "enrolment.Promoted.v1");
    assert_string_equal(last_change(&world),
                        "enrolment.PromoteRegistration|registration.state|waiting|seated by hand, 2 passed over|Sairausloman sijainen");
    a = promote_it(r[3], "Sairausloman sijainen", true, "by-hand-1");
    assert_true(a.replayed);
    a = promote_it(r[1], "Vuorossa", false, NULL); /* in order: nothing to confirm */
    assert_int_equal(rig_registration(&a)->state, SEATED);
    expect_counters(&world, 0, "3 1");
}

/* Where every seat is taken, and so is the cap: one more for this person, and for nobody else. */
static void test_promote_adds_a_seat(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "one-more", .cap = 1, .capacity = 1, .waiting_cap = 5, .count = 2});
    Enrolment__PromoteRegistrationRequest request = ENROLMENT__PROMOTE_REGISTRATION_REQUEST__INIT;
    (void)enrolled(&world, 0);
    const Enrolment__Registration *first = enrolled(&world, 0), *second = enrolled(&world, 0), *elsewhere = enrolled(&world, 1);
    request.registration_id = second->id;
    request.reason = (char *)(uintptr_t) "Tulkki mukaan";
    request.add_seat = true;
    struct answer a = ask_staff("PromoteRegistration", &request.base, 0, NULL);
    expect(&a, ERR_REFUSED, "enrolment.promote.out-of-order", "");
    assert_string_equal(rig_fact(&a, "passedOver"), "1"); /* the one who waits elsewhere came later */
    expect_counters(&world, 0, "1 2");                    /* a refusal adds nothing */
    request.despite_order = true;
    a = ask_staff("PromoteRegistration", &request.base, 0, "one-more-1");
    assert_int_equal(rig_registration(&a)->state, SEATED);
    a = ask_staff("PromoteRegistration", &request.base, 0, "one-more-1");
    assert_true(a.replayed);
    expect_counters(&world, 0, "2 1");
    assert_int_equal(seen(first)->state, QUEUED);
    assert_int_equal(seen(elsewhere)->state, QUEUED);
    assert_string_equal(kit_sql(rig_pg(rig),
                                "select string_agg(field || ' ' || was || ' ' || becomes, ', ' order by c.n) from enrolment.change c"
                                " join enrolment.programme p on p.id = c.programme_id where p.code = 'one-more'"
                                " and call = 'enrolment.PromoteRegistration' and field like '%%cap%%'"),
                        "implementations[group-1].capacity 1 2, cap 1 2");
}

/* An offer that was answered by telephone: its seat is taken already. */
static void test_promote_an_offered(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "offered", .cap = 9, .capacity = 1, .waiting_cap = 5, .count = 1});
    char id[UUID_TEXT];
    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set offer_hours = 24 where id = '%s'", id);
    const Enrolment__Registration *first = enrolled(&world, 0), *second = enrolled(&world, 0);
    Enrolment__CancelRequest request = ENROLMENT__CANCEL_REQUEST__INIT;
    request.registration_id = first->id;
    assert_int_equal(
        rig_ask(rig,
                &(struct ask){.method = "Cancel", .message = &request.base, .actor = rig_id(first->person_id), .roles = RIG_PARTICIPANT})
            .err,
        ERR_OK);
    assert_int_equal(seen(second)->state, ENROLMENT__STATE__STATE_OFFERED);
    const struct answer a = promote_it(second, "Vahvisti puhelimessa", false, NULL);
    assert_int_equal(rig_registration(&a)->state, SEATED);
    expect_counters(&world, 0, "1 0");
    uuid_format(world.implementations[0], id);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select held from enrolment.implementation where id = '%s'", id), 0);
}

/* --- priority --------------------------------------------------------------------------------------------------------------------- */

static struct answer set_priority(const Enrolment__Registration *r, uint32_t priority, const char *reason, uint64_t version)
{
    Enrolment__SetPriorityRequest request = ENROLMENT__SET_PRIORITY_REQUEST__INIT;
    request.registration_id = r->id;
    request.level_case = ENROLMENT__SET_PRIORITY_REQUEST__LEVEL_PRIORITY;
    request.priority = priority;
    request.reason = (char *)(uintptr_t)reason;
    return ask_staff("SetPriority", &request.base, version, NULL);
}

static void test_priority(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "priority", .cap = 9, .capacity = 1, .waiting_cap = 5, .count = 1});
    const Enrolment__Registration *r[4];
    for (size_t i = 0; i < 4; i++)
        r[i] = enrolled(&world, 0);
    struct answer a = set_priority(r[3], 5, "Lakisääteinen etusija", 0);
    assert_int_equal(rig_registration(&a)->priority, 5);
    assert_int_equal(rig_registration(&a)->position, 1);
    assert_int_equal(seen(r[3])->position, 1);
    assert_int_equal(seen(r[1])->position, 2);
    assert_string_equal(last_change(&world), "enrolment.SetPriority|registration.priority|0|5|Lakisääteinen etusija");
    a = set_priority(r[2], 1, "x", 7);
    expect(&a, ERR_PRECONDITION, "request.precondition", "");
    a = set_priority(r[2], 1, "x", 1);
    assert_int_equal(rig_registration(&a)->position, 2);
    a = set_priority(r[0], 1, "x", 0);
    expect(&a, ERR_REFUSED, "enrolment.priority.not-waiting", "");
    Enrolment__CancelRequest request = ENROLMENT__CANCEL_REQUEST__INIT;
    request.registration_id = r[0]->id;
    assert_int_equal(
        rig_ask(rig,
                &(struct ask){.method = "Cancel", .message = &request.base, .actor = rig_id(r[0]->person_id), .roles = RIG_PARTICIPANT})
            .err,
        ERR_OK);
    assert_int_equal(seen(r[3])->state, SEATED);
    assert_int_equal(seen(r[1])->state, QUEUED);
    a = set_priority(r[2], 0, "Peruttu", 0); /* taken back: behind the one who enrolled before */
    assert_int_equal(rig_registration(&a)->position, 2);
    expect_counters(&world, 0, "1 2");
}

/* --- displacing ------------------------------------------------------------------------------------------------------------------- */

static struct answer set_capacity(const struct world *world, uint32_t capacity, bool displace, const char *reason, uint64_t version)
{
    Enrolment__SetImplementationCapacityRequest request = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__INIT;
    request.implementation_id = rig_bytes(&world->implementations[0]);
    request.seats_case = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__SEATS_CAPACITY;
    request.capacity = capacity;
    request.displace = displace;
    request.reason = (char *)(uintptr_t)reason;
    return ask_staff("SetImplementationCapacity", &request.base, version, NULL);
}

/* The position the latest Displaced event of a registration told. */
static uint32_t told_position(const Enrolment__Registration *r)
{
    char id[UUID_TEXT];
    uint8_t bytes[1024];
    size_t len = 0;
    uuid_format(rig_id(r->id), id);
    const char *hex = kit_sql(
        rig_pg(rig), "select encode(payload, 'hex') from enrolment.event_log where subject = '%s' and type = 'enrolment.Displaced.v1'", id);
    for (unsigned byte; len < sizeof bytes && sscanf(hex + 2 * len, "%2x", &byte) == 1; len++)
        bytes[len] = (uint8_t)byte;
    Enrolment__Displaced *event = enrolment__displaced__unpack(NULL, len, bytes);
    assert_non_null(event);
    const uint32_t position = event->registration->position;
    enrolment__displaced__free_unpacked(event, NULL);
    return position;
}

static void test_displace(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "displace", .cap = 9, .capacity = 4, .waiting_cap = 3, .count = 1});
    const Enrolment__Registration *r[5];
    for (size_t i = 0; i < 5; i++)
        r[i] = enrolled(&world, 0);
    struct answer a = set_capacity(&world, 2, false, "Pienempi sali", 1);
    expect(&a, ERR_REFUSED, "enrolment.capacity.below-taken", "capacity");
    a = set_capacity(&world, 2, true, "", 1);
    expect(&a, ERR_INVALID, "field.missing", "reason");
    a = set_capacity(&world, 1, true, "Pienempi sali", 1); /* three more on a list of three with one on it */
    expect(&a, ERR_REFUSED, "enrolment.displace.no-waiting-room", "");
    assert_string_equal(rig_fact(&a, "displaced"), "3");
    a = set_capacity(&world, 2, true, "Pienempi sali", 1);
    assert_int_equal(a.err, ERR_OK);
    assert_int_equal(((const Enrolment__Implementation *)a.message)->taken, 2);
    assert_int_equal(seen(r[1])->state, SEATED);
    assert_int_equal(seen(r[2])->state, QUEUED);
    assert_int_equal(seen(r[2])->position, 1); /* the head of the list, in their own order */
    assert_int_equal(seen(r[3])->position, 2);
    assert_int_equal(seen(r[4])->position, 3);
    assert_int_equal(told_position(r[2]), 1);
    assert_int_equal(told_position(r[3]), 2);
    assert_int_equal(seen(r[2])->reply_due_us, 0);
    assert_string_equal(last_event(r[3]), "enrolment.Displaced.v1");
    assert_int_equal(strncmp(last_change(&world), "enrolment.SetImplementationCapacity|", 36), 0);
    expect_counters(&world, 0, "2 3");
    a = set_capacity(&world, 3, false, "Isompi sali", 2);
    assert_int_equal(a.err, ERR_OK);
    assert_int_equal(seen(r[2])->state, SEATED);
    assert_int_equal(seen(r[4])->state, QUEUED);
}

static void test_displace_leaves_the_held(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "held", .cap = 9, .capacity = 2, .waiting_cap = 5, .count = 1});
    char id[UUID_TEXT];
    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set hold_minutes = 10 where id = '%s'", id);
    (void)enrolled(&world, 0);
    Enrolment__HoldRequest request = ENROLMENT__HOLD_REQUEST__INIT;
    request.programme_id = rig_bytes(&world.programme);
    request.implementation_id = rig_bytes(&world.implementations[0]);
    assert_int_equal(rig_ask(rig, &(struct ask){.method = "Hold",
                                                .message = &request.base,
                                                .actor = rig_person(rig, "teacher", "basic"),
                                                .roles = RIG_PARTICIPANT})
                         .err,
                     ERR_OK);
    struct answer a = set_capacity(&world, 0, true, "Peruttu", 1);
    expect(&a, ERR_REFUSED, "enrolment.displace.too-few-seated", "");
    assert_string_equal(rig_fact(&a, "held"), "1");
    a = set_capacity(&world, 1, true, "Puolet pois", 1);
    assert_int_equal(a.err, ERR_OK);
    expect_counters(&world, 0, "1 1");
}

/* --- bounds ------------------------------------------------------------------------------------------------------------------------- */

static void test_bounds(void **state)
{
    (void)state;
    const struct world world = moderated("hand-bounds", 2);
    const Enrolment__Registration *r = enrolled(&world, 0);
    static char long_text[502];
    const struct uuid nothing = rig_new_id();
    memset(long_text, 'a', sizeof long_text - 1);
    struct answer a = review(r, ENROLMENT__REVIEW_REQUEST__DECISION__NONE, "");
    expect(&a, ERR_INVALID, "field.missing", "decision");
    a = review(r, (Enrolment__ReviewRequest__Decision)9, "");
    expect(&a, ERR_INVALID, "field.word", "decision");
    a = review(r, CONDITION, "");
    expect(&a, ERR_INVALID, "field.missing", "reason");
    a = review(r, REJECT, "");
    expect(&a, ERR_INVALID, "field.missing", "reason");
    a = review(r, REJECT, long_text);
    expect(&a, ERR_INVALID, "field.length", "reason");
    a = promote_it(r, "", true, NULL);
    expect(&a, ERR_INVALID, "field.missing", "reason");
    a = set_priority(r, 10, "x", 0);
    expect(&a, ERR_INVALID, "field.range", "priority");
    a = set_priority(r, 1, "", 0);
    expect(&a, ERR_INVALID, "field.missing", "reason");
    Enrolment__SetPriorityRequest no_level = ENROLMENT__SET_PRIORITY_REQUEST__INIT;
    no_level.registration_id = r->id;
    no_level.reason = (char *)"x";
    a = ask_staff("SetPriority", &no_level.base, 0, NULL);
    expect(&a, ERR_INVALID, "field.missing", "priority");

    Enrolment__ReviewRequest one = ENROLMENT__REVIEW_REQUEST__INIT;
    Enrolment__PromoteRegistrationRequest two = ENROLMENT__PROMOTE_REGISTRATION_REQUEST__INIT;
    const struct {
        const char *method;
        const ProtobufCMessage *message;
        ProtobufCBinaryData *id;
    } rows[] = {{"Review", &one.base, &one.registration_id},
                {"PromoteRegistration", &two.base, &two.registration_id},
                {"SetPriority", &no_level.base, &no_level.registration_id}};
    one.decision = ACCEPT;
    two.reason = (char *)"x";
    no_level.level_case = ENROLMENT__SET_PRIORITY_REQUEST__LEVEL_PRIORITY;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        *rows[i].id = (ProtobufCBinaryData){0};
        a = ask_staff(rows[i].method, rows[i].message, 0, NULL);
        expect(&a, ERR_INVALID, "field.missing", "registrationId");
        *rows[i].id = rig_bytes(&nothing);
        rows[i].id->len = 15;
        a = ask_staff(rows[i].method, rows[i].message, 0, NULL);
        expect(&a, ERR_INVALID, "field.id", "registrationId");
        *rows[i].id = rig_bytes(&nothing);
        a = ask_staff(rows[i].method, rows[i].message, 0, NULL);
        expect(&a, ERR_NOT_FOUND, "", "");
        a = rig_ask(
            rig,
            &(struct ask){.method = rows[i].method, .message = rows[i].message, .actor = rig_id(r->person_id), .roles = RIG_PARTICIPANT});
        expect(&a, ERR_FORBIDDEN, "", "");
    }
    assert_int_equal(seen(r)->version, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_review_accepts),           /* on a condition, then for good, then no more; the lines of history */
        cmocka_unit_test(test_review_rejects),           /* cancelled with the reason, and the seat goes on */
        cmocka_unit_test(test_review_by_rule),           /* a rule that leaves it to a person does not refuse */
        cmocka_unit_test(test_promote_by_hand),          /* needs a free seat; out of order only when it is meant */
        cmocka_unit_test(test_promote_adds_a_seat),      /* one seat more, in the capacity and the cap, for this person alone */
        cmocka_unit_test(test_promote_an_offered),       /* an offer accepted by telephone */
        cmocka_unit_test(test_priority),                 /* moves in the line to and fro, with versions; promotes nobody by itself */
        cmocka_unit_test(test_displace),                 /* the last seated to the head of the list, and back by a raise */
        cmocka_unit_test(test_displace_leaves_the_held), /* a held seat stays */
        cmocka_unit_test(test_bounds)                    /* each field gone wrong is named; coordinators only */
    };
    rig = rig_new(1, 1);
    const int failed = cmocka_run_group_tests_name("enrolment by hand", tests, NULL, NULL);
    rig_free(rig);
    return failed;
}
