/* Places over real NNG and PostgreSQL: enrol, queue, cancel, promote, the same key again, windows, refusals, staff edits. */
#include "tests/service/enrolment/rig.h"

#include "common/base/hash.h"

static struct rig *rig;

static struct answer cancel_as(struct uuid actor, uint32_t roles, const Enrolment__Registration *r, const char *reason)
{
    Enrolment__CancelRequest request = ENROLMENT__CANCEL_REQUEST__INIT;
    request.registration_id = r->id;
    request.reason = (char *)(uintptr_t)reason;
    return rig_ask(rig, &(struct ask){.method = "Cancel", .message = &request.base, .actor = actor, .roles = roles});
}

static struct answer cancel(const Enrolment__Registration *r)
{
    return cancel_as(rig_id(r->person_id), RIG_PARTICIPANT, r, "");
}

static const Enrolment__Registration *seen(const Enrolment__Registration *r)
{
    Enrolment__GetRegistrationRequest request = ENROLMENT__GET_REGISTRATION_REQUEST__INIT;
    request.registration_id = r->id;
    const struct answer a = rig_ask(
        rig, &(struct ask){.method = "GetRegistration", .message = &request.base, .actor = rig_id(r->person_id), .roles = RIG_PARTICIPANT});
    return rig_registration(&a);
}

static struct uuid teacher(void)
{
    return rig_person(rig, "teacher", "basic");
}

static void test_order(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "order", .cap = 10, .capacity = 2, .waiting_cap = 2, .count = 1});
    const Enrolment__Registration *r[4];
    for (uint32_t i = 0; i < 4; i++) {
        const struct answer a = rig_enrol(rig, &world, 0, teacher());
        r[i] = rig_registration(&a);
        assert_int_equal(r[i]->order_no, i + 1);
        assert_int_equal(r[i]->state, i < 2 ? ENROLMENT__STATE__STATE_SEATED : ENROLMENT__STATE__STATE_QUEUED);
        assert_int_equal(r[i]->position, i < 2 ? 0 : i - 1);
    }
    const struct answer full = rig_enrol(rig, &world, 0, teacher());
    assert_int_equal(full.err, ERR_REFUSED);
    assert_string_equal(full.rule, "enrolment.full");

    /* Leaving the waiting list frees no seat; giving up a seat promotes the first who waits. */
    const struct answer left = cancel(r[2]);
    assert_int_equal(rig_registration(&left)->state, ENROLMENT__STATE__STATE_CANCELLED);
    assert_int_equal(seen(r[3])->position, 1);
    assert_int_equal(seen(r[3])->state, ENROLMENT__STATE__STATE_QUEUED);
    const struct answer given = cancel(r[0]);
    assert_int_equal(given.err, ERR_OK);
    assert_int_equal(seen(r[3])->state, ENROLMENT__STATE__STATE_SEATED);
    assert_true(seen(r[3])->reply_due_us > time_now_us() + 47 * TIME_HOUR);
    const struct answer again = cancel(r[0]);
    assert_int_equal(rig_registration(&again)->state, ENROLMENT__STATE__STATE_CANCELLED);
    assert_int_equal(rig_registration(&again)->version, rig_registration(&given)->version);
}

static void test_cap(void **state)
{
    (void)state;
    /* Three seats in all, two in each of two implementations. */
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "cap", .cap = 3, .capacity = 2, .waiting_cap = 5, .count = 2});
    const Enrolment__Registration *r[6];
    static const size_t where[6] = {0, 0, 1, 1, 0, 1};
    for (size_t i = 0; i < 6; i++) {
        const struct answer a = rig_enrol(rig, &world, where[i], teacher());
        r[i] = rig_registration(&a);
        assert_int_equal(r[i]->programme_order, i + 1);
        assert_int_equal(r[i]->state, i < 3 ? ENROLMENT__STATE__STATE_SEATED : ENROLMENT__STATE__STATE_QUEUED);
    }
    /* The seat is freed in the first implementation, but number 4 waits longest and the second one has a seat too. */
    assert_int_equal(cancel(r[0]).err, ERR_OK);
    assert_int_equal(seen(r[3])->state, ENROLMENT__STATE__STATE_SEATED);
    assert_int_equal(seen(r[4])->state, ENROLMENT__STATE__STATE_QUEUED);
    assert_int_equal(cancel(r[2]).err, ERR_OK);
    assert_int_equal(seen(r[4])->state, ENROLMENT__STATE__STATE_SEATED);
    assert_int_equal(seen(r[5])->state, ENROLMENT__STATE__STATE_QUEUED);
}

static void test_key(void **state)
{
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "key", .cap = 5, .capacity = 5, .count = 2});
    const struct uuid who = teacher();
    const struct answer first = rig_enrol_with(rig, &world, 0, who, "the-same", 0);
    const struct answer second = rig_enrol_with(rig, &world, 0, who, "the-same", 0);
    assert_false(first.replayed);
    assert_true(second.replayed);
    assert_memory_equal(rig_registration(&first)->id.data, rig_registration(&second)->id.data, 16);
    assert_int_equal(rig_enrol_with(rig, &world, 1, who, "the-same", 0).err, ERR_KEY_REUSED);
    const struct answer other = rig_enrol(rig, &world, 1, who);
    assert_string_equal(other.rule, "enrolment.already-registered");
    assert_int_equal(kit_sql_int(rig_pg(rig), "select taken from enrolment.programme where code = 'key'"), 1);
    /* The same key by somebody else is another key. */
    const struct answer stranger = rig_enrol_with(rig, &world, 0, teacher(), "the-same", 0);
    assert_int_equal(rig_registration(&stranger)->order_no, 2);
    /* Who gave a place up may come again: at the end of the line, as a new registration. */
    assert_int_equal(cancel(rig_registration(&first)).err, ERR_OK);
    const struct answer back = rig_enrol(rig, &world, 0, who);
    assert_int_equal(rig_registration(&back)->order_no, 3);
}

static void test_last_seat(void **state)
{
    (void)state;
    /* A cancellation and enrolments for the last seat at once: whatever the order, one seat, everybody placed, nobody doubled. */
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "last", .cap = 1, .capacity = 1, .waiting_cap = 3, .count = 1});
    const struct answer holder = rig_enrol(rig, &world, 0, teacher());
    const struct uuid rivals[3] = {teacher(), teacher(), teacher()};
    Enrolment__CancelRequest give = ENROLMENT__CANCEL_REQUEST__INIT;
    Enrolment__EnrolRequest take = ENROLMENT__ENROL_REQUEST__INIT;
    const struct answer *answers[3];

    give.registration_id = rig_registration(&holder)->id;
    take.programme_id = rig_bytes(&world.programme);
    take.implementation_id = rig_bytes(&world.implementations[0]);
    for (size_t i = 0; i < 3; i++) {
        answers[i] = rig_send(rig, &(struct ask){.method = "Enrol", .message = &take.base, .actor = rivals[i], .roles = RIG_PARTICIPANT});
        if (i == 0)
            (void)rig_send(rig, &(struct ask){.method = "Cancel",
                                              .message = &give.base,
                                              .actor = rig_id(rig_registration(&holder)->person_id),
                                              .roles = RIG_PARTICIPANT});
    }
    rig_wait(rig);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(answers[i]->err, ERR_OK);
    assert_string_equal(kit_sql(rig_pg(rig),
                                "select string_agg(r.order_no || ':' || r.state, ' ' order by r.order_no) from enrolment.registration r"
                                " join enrolment.programme p on p.id = r.programme_id where p.code = 'last'"),
                        "1:3 2:1 3:2 4:2");
    assert_string_equal(kit_sql(rig_pg(rig), "select taken || ' ' || waiting from enrolment.programme where code = 'last'"), "1 2");
}

static void test_windows(void **state)
{
    (void)state;
    const int64_t opens = time_now_us() - TIME_HOUR, closes = opens + 30 * 60 * TIME_SECOND;
    const struct world world = rig_programme(
        rig, &(struct programme_plan){.code = "window", .cap = 9, .capacity = 9, .count = 1, .opens_us = opens, .closes_us = closes});
    assert_string_equal(rig_enrol_with(rig, &world, 0, teacher(), NULL, opens - 1).rule, "enrolment.window.not-open");
    assert_int_equal(rig_enrol_with(rig, &world, 0, teacher(), NULL, opens).err, ERR_OK);
    assert_int_equal(rig_enrol_with(rig, &world, 0, teacher(), NULL, closes - 1).err, ERR_OK);
    assert_string_equal(rig_enrol_with(rig, &world, 0, teacher(), NULL, closes).rule, "enrolment.window.closed");
    /* A clock that runs ahead does not open anything. */
    const struct world later = rig_programme(rig, &(struct programme_plan){.code = "later",
                                                                           .cap = 9,
                                                                           .capacity = 9,
                                                                           .count = 1,
                                                                           .opens_us = time_now_us() + TIME_HOUR,
                                                                           .closes_us = time_now_us() + TIME_DAY});
    assert_string_equal(rig_enrol_with(rig, &later, 0, teacher(), NULL, time_now_us() + 2 * TIME_HOUR).rule, "enrolment.window.not-open");
    const struct world none =
        rig_programme(rig, &(struct programme_plan){.code = "none", .cap = 9, .capacity = 9, .count = 1, .no_window = true});
    assert_string_equal(rig_enrol(rig, &none, 0, teacher()).rule, "enrolment.window.none");
}

static void test_refused(void **state)
{
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "refused", .cap = 9, .capacity = 1, .count = 1});
    assert_int_equal(rig_enrol(rig, &world, 0, teacher()).err, ERR_OK);
    const struct uuid pupil = rig_person(rig, "other", "vocational");
    const struct answer a = rig_enrol(rig, &world, 0, pupil);
    assert_int_equal(a.err, ERR_REFUSED);
    assert_string_equal(a.rule, "test.role");
    assert_string_equal(a.problem->detail->fi, "Vain opettajille ja rehtoreille");
    assert_string_equal(a.problem->facts[0]->name, "role");
    assert_string_equal(a.problem->facts[0]->value, "other");
    assert_string_equal(a.problem->facts[1]->value, "teacher,principal");
    (void)rig_enrol(rig, &world, 0, pupil);
    assert_string_equal(rig_enrol(rig, &world, 0, rig_new_id()).rule, "enrolment.person.unknown");
    assert_string_equal(rig_enrol(rig, &world, 0, teacher()).rule, "enrolment.full"); /* one seat, taken; no waiting list */

    Enrolment__ListRefusalsRequest request = ENROLMENT__LIST_REFUSALS_REQUEST__INIT;
    request.programme_id = rig_bytes(&world.programme);
    request.page_size = 2;
    struct ask ask = {.method = "ListRefusals", .message = &request.base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR};
    size_t rows = 0;
    uint32_t times = 0;
    for (int page = 0; page < 3; page++) {
        const struct answer l = rig_ask(rig, &ask);
        assert_int_equal(l.err, ERR_OK);
        const Enrolment__RefusalList *list = (const Enrolment__RefusalList *)l.message;
        rows += list->n_refusals;
        for (size_t i = 0; i < list->n_refusals; i++)
            if (strcmp(list->refusals[i]->rule, "test.role") == 0)
                times = list->refusals[i]->times;
        for (size_t i = 0; i < list->n_refusals; i++) { /* coordinators see who it is, when that is known */
            const bool unknown = strcmp(list->refusals[i]->rule, "enrolment.person.unknown") == 0;
            assert_true(unknown == (list->refusals[i]->person == NULL));
            assert_string_equal(unknown ? "Testi Osallistuja" : list->refusals[i]->person->name, "Testi Osallistuja");
        }
        if (list->next_page_token[0] == '\0')
            break;
        request.page_token = list->next_page_token;
    }
    assert_int_equal(rows, 3);
    assert_int_equal(times, 2);
    ask.roles = RIG_PARTICIPANT;
    assert_int_equal(rig_ask(rig, &ask).err, ERR_FORBIDDEN);
}

static struct answer set_seats(Enrolment__SetImplementationCapacityRequest *request, struct uuid implementation, uint32_t capacity,
                               uint64_t if_match)
{
    request->implementation_id = rig_bytes(&implementation);
    request->seats_case = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__SEATS_CAPACITY;
    request->capacity = capacity;
    request->reason = (char *)"koe";
    return rig_ask(rig, &(struct ask){.method = "SetImplementationCapacity",
                                      .message = &request->base,
                                      .actor = rig_coordinator(),
                                      .roles = RIG_COORDINATOR,
                                      .if_match = if_match});
}

static struct answer set_capacity(struct uuid implementation, uint32_t capacity, uint64_t if_match)
{
    Enrolment__SetImplementationCapacityRequest request = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__INIT;
    return set_seats(&request, implementation, capacity, if_match);
}

static void test_capacity(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "raise", .cap = 3, .capacity = 1, .waiting_cap = 5, .count = 1});
    const Enrolment__Registration *r[5];
    for (size_t i = 0; i < 5; i++) {
        const struct answer a = rig_enrol(rig, &world, 0, teacher());
        r[i] = rig_registration(&a);
    }
    assert_int_equal(set_capacity(world.implementations[0], 4, 0).err, ERR_PRECONDITION_REQUIRED);
    assert_int_equal(set_capacity(world.implementations[0], 4, 7).err, ERR_PRECONDITION);
    const struct answer raised = set_capacity(world.implementations[0], 4, 1);
    assert_int_equal(raised.err, ERR_OK);
    assert_int_equal(raised.version, 2);
    assert_int_equal(((const Enrolment__Implementation *)raised.message)->taken, 3); /* the programme's cap holds */
    assert_int_equal(seen(r[2])->state, ENROLMENT__STATE__STATE_SEATED);
    assert_int_equal(seen(r[3])->state, ENROLMENT__STATE__STATE_QUEUED);
    const struct answer below = set_capacity(world.implementations[0], 2, 2);
    assert_string_equal(below.rule, "enrolment.capacity.below-taken");

    Enrolment__SetProgrammeCapRequest cap = ENROLMENT__SET_PROGRAMME_CAP_REQUEST__INIT;
    cap.programme_id = rig_bytes(&world.programme);
    cap.seats_case = ENROLMENT__SET_PROGRAMME_CAP_REQUEST__SEATS_CAP;
    cap.cap = 9;
    const struct answer capped = rig_ask(
        rig, &(struct ask){
                 .method = "SetProgrammeCap", .message = &cap.base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR, .if_match = 1});
    assert_int_equal(capped.err, ERR_OK);
    assert_int_equal(((const Enrolment__Programme *)capped.message)->taken, 4); /* the implementation's capacity holds */
    assert_int_equal(seen(r[3])->state, ENROLMENT__STATE__STATE_SEATED);
    assert_int_equal(seen(r[4])->position, 1);
}

static struct answer set_waiting_cap(struct uuid implementation, uint32_t waiting_cap)
{
    Enrolment__SetImplementationCapacityRequest request = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__INIT;
    request.waiting_case = ENROLMENT__SET_IMPLEMENTATION_CAPACITY_REQUEST__WAITING_WAITING_CAP;
    request.waiting_cap = waiting_cap;
    return set_seats(&request, implementation, 1, 1);
}

/* Nobody who waits is sent away by a shorter waiting list; at exactly as many as wait it is full. */
static void test_waiting_cap(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "waiting", .cap = 5, .capacity = 1, .waiting_cap = 3, .count = 1});
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(rig_enrol(rig, &world, 0, teacher()).err, ERR_OK);
    const struct answer below = set_waiting_cap(world.implementations[0], 1);
    assert_int_equal(below.err, ERR_REFUSED);
    assert_string_equal(below.rule, "enrolment.waiting-cap.below-queued");
    const struct answer lowered = set_waiting_cap(world.implementations[0], 2);
    assert_int_equal(lowered.err, ERR_OK);
    assert_int_equal(((const Enrolment__Implementation *)lowered.message)->waiting_cap, 2);
    assert_string_equal(rig_enrol(rig, &world, 0, teacher()).rule, "enrolment.full");
}

static void test_staff_cancel(void **state)
{
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "staff", .cap = 3, .capacity = 1, .count = 1});
    const struct answer a = rig_enrol(rig, &world, 0, teacher());
    const Enrolment__Registration *r = rig_registration(&a);
    assert_int_equal(cancel_as(teacher(), RIG_PARTICIPANT, r, "").err, ERR_FORBIDDEN);
    assert_int_equal(cancel_as((struct uuid){{0}}, RIG_PUBLIC, r, "").err, ERR_UNAUTHENTICATED);
    const struct answer unexplained = cancel_as(rig_coordinator(), RIG_COORDINATOR, r, "");
    assert_int_equal(unexplained.err, ERR_INVALID);
    assert_string_equal(unexplained.rule, "field.missing");
    assert_string_equal(unexplained.field, "reason");
    assert_int_equal(cancel_as(rig_coordinator(), RIG_COORDINATOR, r, "vaihtoi työpaikkaa").err, ERR_OK);

    Enrolment__GetHistoryRequest request = ENROLMENT__GET_HISTORY_REQUEST__INIT;
    request.registration_id = r->id;
    const struct answer h = rig_ask(
        rig, &(struct ask){.method = "GetHistory", .message = &request.base, .actor = rig_id(r->person_id), .roles = RIG_PARTICIPANT});
    assert_int_equal(h.err, ERR_OK);
    const Enrolment__History *history = (const Enrolment__History *)h.message;
    assert_int_equal(history->n_moves, 2);
    assert_int_equal(history->moves[0]->to, ENROLMENT__STATE__STATE_SEATED);
    assert_int_equal(history->moves[1]->from, ENROLMENT__STATE__STATE_SEATED);
    assert_int_equal(history->moves[1]->to, ENROLMENT__STATE__STATE_CANCELLED);
    assert_string_equal(history->moves[1]->reason, "vaihtoi työpaikkaa");
    const struct uuid coordinator = rig_coordinator();
    assert_memory_equal(history->moves[1]->actor.data, coordinator.b, sizeof coordinator.b);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_order, rig_group_rest), /* seats, then the waiting list, then full; who is promoted and when */
        cmocka_unit_test_setup(test_cap, rig_group_rest),   /* where the programme's cap binds, a freed seat goes to who waits longest */
        cmocka_unit_test_setup(test_key, rig_group_rest),   /* the same key once; another body refused; one active registration a person */
        cmocka_unit_test_setup(test_last_seat, rig_group_rest), /* a cancellation and enrolments for the last seat at once */
        cmocka_unit_test_setup(test_windows, rig_group_rest),   /* first and last microsecond; a clock ahead; no window */
        cmocka_unit_test_setup(test_refused, rig_group_rest),   /* each refusal names its rule and facts, and is counted for coordinators */
        cmocka_unit_test_setup(test_capacity, rig_group_rest),  /* If-Match; a raise promotes within the cap; never below what is taken */
        cmocka_unit_test_setup(test_waiting_cap, rig_group_rest), /* a shorter waiting list sends nobody away */
        cmocka_unit_test_setup(test_staff_cancel, rig_group_rest) /* who may cancel whose, with a reason; the history tells it */
    };
    return rig_told(cmocka_run_group_tests_name("enrolment places", tests, start, rig_group_stop));
}
