/* Held seats over real NNG and PostgreSQL: kept while a form is filled, confirmed, given up, lapsed by the tick; the quota of a window;
 * that nobody is told "full" while seats are only held, and that one programme which cannot be saved stops no other's clock. */
#include "tests/service/enrolment/seats.h"

#define MANY 450

static struct rig *rig;

static struct uuid teacher(void)
{
    return rig_person(rig, "teacher", "basic");
}

static struct world world_of(const char *code, uint32_t seats, uint32_t waiting, size_t count)
{
    return seats_programme(rig,
                           &(struct programme_plan){.code = code, .cap = seats, .capacity = seats, .waiting_cap = waiting, .count = count},
                           "hold_minutes = 15");
}

static void test_hold_confirm(void **state)
{
    (void)state;
    const struct world world = world_of("hold", 2, 2, 2);
    const struct uuid who = teacher();
    const int64_t before = time_now_us();
    const struct answer held = seats_hold(rig, &world, 0, who, "hold-key");
    const Enrolment__Registration *r = rig_registration(&held);
    assert_int_equal(r->state, STATE_HELD);
    assert_int_equal(r->order_no, 1);
    assert_true(r->reply_due_us >= before + 15 * 60 * TIME_SECOND && r->reply_due_us <= time_now_us() + 15 * 60 * TIME_SECOND);
    assert_string_equal(seats_counts(rig, &world, 0), "1 1 0 1 1 0");

    const struct answer again = seats_hold(rig, &world, 0, who, "hold-key"), other = seats_hold(rig, &world, 0, who, NULL);
    assert_true(again.replayed);
    assert_memory_equal(rig_registration(&other)->id.data, r->id.data, 16);
    assert_int_equal(rig_registration(&other)->reply_due_us, r->reply_due_us); /* a hold does not get longer by asking */
    assert_int_equal(seats_hold(rig, &world, 1, who, "hold-key").err, ERR_KEY_REUSED);
    assert_string_equal(seats_hold(rig, &world, 1, who, NULL).rule, "enrolment.hold.open");

    const struct answer confirmed = seats_confirm(rig, r, 0), twice = seats_confirm(rig, r, 0);
    assert_int_equal(rig_registration(&confirmed)->state, STATE_SEATED);
    assert_int_equal(rig_registration(&confirmed)->order_no, 1);
    assert_int_equal(rig_registration(&confirmed)->reply_due_us, 0);
    assert_int_equal(rig_registration(&twice)->version, rig_registration(&confirmed)->version);
    assert_string_equal(seats_told(rig, r), "Held SeatTaken");
    assert_string_equal(seats_counts(rig, &world, 0), "1 0 0 1 0 0");
}

/* A place that is confirmed keeps the answers it has: others would be dropped, so they are refused, whatever they say. */
static void test_confirm_with_answers_again(void **state)
{
    Enrolment__ConfirmRequest request = ENROLMENT__CONFIRM_REQUEST__INIT;
    Enrolment__Answer answer = ENROLMENT__ANSWER__INIT, *answers[] = {&answer};
    (void)state;
    const struct world world = world_of("hold-answers", 1, 0, 1);
    const struct answer held = seats_hold(rig, &world, 0, teacher(), NULL);
    const Enrolment__Registration *r = rig_registration(&held);
    const struct ask ask = {.method = "Confirm", .message = &request.base, .actor = rig_id(r->person_id), .roles = RIG_PARTICIPANT};
    answer.code = (char *)"shoe";
    request.registration_id = r->id;
    request.n_answers = 1;
    request.answers = answers;
    assert_string_equal(rig_ask(rig, &ask).rule, "enrolment.answer.unknown");
    assert_int_equal(seats_confirm(rig, r, 0).err, ERR_OK);
    assert_string_equal(rig_ask(rig, &ask).rule, "enrolment.hold.confirmed");
    assert_int_equal(seats_confirm(rig, r, 0).err, ERR_OK); /* without any it answers the place as it is */
}

/* An Enrol keeps its key on the registration it makes; one that confirmed a hold would have none, and repeated after a cancellation it
 * would take a place anew. So Confirm alone confirms. */
static void test_enrol_while_holding(void **state)
{
    (void)state;
    const struct world world = world_of("hold-enrol", 4, 2, 2);
    const struct uuid who = teacher();
    const struct answer held = seats_hold(rig, &world, 0, who, NULL);
    const Enrolment__Registration *r = rig_registration(&held);
    assert_string_equal(rig_enrol(rig, &world, 0, who).rule, "enrolment.hold.open");
    assert_string_equal(rig_enrol(rig, &world, 1, who).rule, "enrolment.hold.open");
    assert_int_equal(seats_confirm(rig, r, 0).err, ERR_OK);
    assert_string_equal(rig_enrol(rig, &world, 0, who).rule, "enrolment.already-registered");
    assert_string_equal(seats_told(rig, r), "Held SeatTaken");
}

static void test_by_arrival(void **state)
{
    (void)state;
    const struct world world = world_of("hold-arrival", 2, 0, 1);
    const struct answer held = seats_hold(rig, &world, 0, teacher(), NULL);
    const Enrolment__Registration *r = rig_registration(&held);
    const int64_t due = seats_due_in(rig, r, -TIME_SECOND / 100); /* the tick leaves it alone for two seconds */
    assert_string_equal(seats_confirm(rig, r, due).rule, "enrolment.hold.over");
    assert_string_equal(seats_hold(rig, &world, 0, rig_id(r->person_id), NULL).rule,
                        "enrolment.hold.ending"); /* nor is it a hold to come back to */
    assert_string_equal(rig_enrol(rig, &world, 0, rig_id(r->person_id)).rule, "enrolment.hold.ending");
    const struct answer in_time = seats_confirm(rig, r, due - 1); /* the last microsecond, and a second later by the clock */
    assert_int_equal(rig_registration(&in_time)->state, STATE_SEATED);
}

static void test_lapse(void **state)
{
    Enrolment__GetHistoryRequest request = ENROLMENT__GET_HISTORY_REQUEST__INIT;
    (void)state;
    const struct world world = world_of("hold-lapse", 1, 2, 1);
    const struct answer held = seats_hold(rig, &world, 0, teacher(), NULL), waits = rig_enrol(rig, &world, 0, teacher());
    const Enrolment__Registration *r = rig_registration(&held), *next = rig_registration(&waits);
    assert_int_equal(next->state, STATE_QUEUED);
    seats_due_in(rig, r, -3 * TIME_SECOND);
    seats_until(rig, r, STATE_CANCELLED);
    assert_int_equal(seats_state(rig, next), STATE_SEATED); /* in the same transaction */
    assert_string_equal(seats_told(rig, r), "Held HoldEnded");
    assert_string_equal(seats_told(rig, next), "Queued Promoted");
    Enrolment__HoldEnded *ended = (Enrolment__HoldEnded *)seats_event(rig, r, "HoldEnded", &enrolment__hold_ended__descriptor);
    assert_true(ended->lapsed && ended->seats->taken == 0 && ended->seats->held == 0);
    protobuf_c_message_free_unpacked(&ended->base, NULL);

    request.registration_id = r->id;
    const struct answer history = rig_ask(
        rig, &(struct ask){.method = "GetHistory", .message = &request.base, .actor = rig_id(r->person_id), .roles = RIG_PARTICIPANT});
    const Enrolment__History *h = (const Enrolment__History *)history.message;
    assert_int_equal(h->n_moves, 2);
    assert_int_equal(h->moves[1]->from, STATE_HELD);
    assert_int_equal(h->moves[1]->actor.len, 0); /* nobody did it: the rules */
    assert_false(h->moves[0]->actor_forgotten || h->moves[1]->actor_forgotten);
    assert_string_equal(seats_confirm(rig, r, 0).rule, "enrolment.hold.over");
    assert_string_equal(seats_counts(rig, &world, 0), "1 0 0 1 0 0");
    assert_int_equal(kit_sql_int(rig_pg(rig), "select given_up from enrolment.implementation where taken = 1 and waiting_cap = 2"
                                              " and programme_id = (select id from enrolment.programme where code = 'hold-lapse')"),
                     0);
}

static void test_given_up(void **state)
{
    (void)state;
    const struct world world = world_of("hold-up", 1, 2, 1);
    const struct answer held = seats_hold(rig, &world, 0, teacher(), NULL), waits = rig_enrol(rig, &world, 0, teacher());
    const Enrolment__Registration *r = rig_registration(&held);
    const struct answer gone = seats_cancel(rig, r);
    assert_int_equal(rig_registration(&gone)->state, STATE_CANCELLED);
    assert_int_equal(rig_registration(&gone)->reply_due_us, 0);
    assert_string_equal(seats_confirm(rig, r, 0).rule, "enrolment.hold.given-up"); /* its time had not run out */
    assert_string_equal(seats_told(rig, r), "Held HoldEnded");                     /* never Cancelled: it was no place yet */
    Enrolment__HoldEnded *ended = (Enrolment__HoldEnded *)seats_event(rig, r, "HoldEnded", &enrolment__hold_ended__descriptor);
    assert_false(ended->lapsed);
    protobuf_c_message_free_unpacked(&ended->base, NULL);
    assert_int_equal(seats_state(rig, rig_registration(&waits)), STATE_SEATED);
}

static void test_refusals(void **state)
{
    (void)state;
    const struct world none =
        rig_programme(rig, &(struct programme_plan){.code = "hold-off", .cap = 2, .capacity = 2, .waiting_cap = 2, .count = 1});
    assert_string_equal(seats_hold(rig, &none, 0, teacher(), NULL).rule, "enrolment.hold.off");

    const struct world world = world_of("hold-busy", 1, 1, 1);
    const struct answer held = seats_hold(rig, &world, 0, teacher(), NULL);
    assert_string_equal(seats_hold(rig, &world, 0, teacher(), NULL).rule, "enrolment.hold.no-seat");
    const struct answer queued = rig_enrol(rig, &world, 0, teacher()); /* enrolling goes to the waiting list as usual */
    assert_int_equal(rig_registration(&queued)->state, STATE_QUEUED);
    assert_string_equal(rig_enrol(rig, &world, 0, teacher()).rule, "enrolment.congested");
    assert_string_equal(seats_hold(rig, &world, 0, teacher(), NULL).rule, "enrolment.congested");
    assert_int_equal(seats_confirm(rig, rig_registration(&held), 0).err, ERR_OK);
    assert_string_equal(rig_enrol(rig, &world, 0, teacher()).rule, "enrolment.full"); /* now it is */
    assert_int_equal(kit_sql_int(rig_pg(rig), "select sum(times)::integer from enrolment.refusal f join enrolment.programme p on"
                                              " p.id = f.programme_id where p.code = 'hold-busy' and rule = 'enrolment.congested'"),
                     2);
    /* A stranger can neither confirm nor learn; a queued registration is no hold. */
    const struct uuid stranger = teacher();
    Enrolment__ConfirmRequest request = ENROLMENT__CONFIRM_REQUEST__INIT;
    request.registration_id = rig_registration(&held)->id;
    const struct ask ask = {.method = "Confirm", .message = &request.base, .actor = stranger, .roles = RIG_PARTICIPANT};
    assert_int_equal(rig_ask(rig, &ask).err, ERR_FORBIDDEN);
    assert_string_equal(seats_confirm(rig, rig_registration(&queued), 0).rule, "enrolment.hold.none");
    const struct world plain =
        rig_programme(rig, &(struct programme_plan){.code = "hold-none", .cap = 2, .capacity = 2, .waiting_cap = 2, .count = 1});
    const struct answer seated = rig_enrol(rig, &plain, 0, teacher()); /* nor is a place that never was held */
    assert_string_equal(seats_confirm(rig, rig_registration(&seated), 0).rule, "enrolment.hold.none");
    assert_int_equal(seats_cancel(rig, rig_registration(&seated)).err, ERR_OK);
    assert_string_equal(seats_confirm(rig, rig_registration(&seated), 0).rule, "enrolment.hold.none");
}

static void test_quota(void **state)
{
    (void)state;
    const struct world world = world_of("quota", 9, 9, 1);
    (void)kit_sql(rig_pg(rig), RIG_LOCKED "update enrolment.application_window set quota = 2 where programme_id ="
                                          " (select id from enrolment.programme where code = 'quota')");
    const struct answer first = rig_enrol(rig, &world, 0, teacher()), held = seats_hold(rig, &world, 0, teacher(), NULL);
    assert_int_equal(held.err, ERR_OK);
    assert_string_equal(rig_enrol(rig, &world, 0, teacher()).rule, "enrolment.window.quota");
    assert_string_equal(seats_hold(rig, &world, 0, teacher(), NULL).rule, "enrolment.window.quota");
    assert_int_equal(seats_cancel(rig, rig_registration(&first)).err, ERR_OK);
    assert_string_equal(rig_enrol(rig, &world, 0, teacher()).rule, "enrolment.window.quota"); /* used is used */
    assert_int_equal(seats_cancel(rig, rig_registration(&held)).err, ERR_OK);
    assert_int_equal(rig_enrol(rig, &world, 0, teacher()).err, ERR_OK); /* but a hold was no registration yet */
    assert_int_equal(kit_sql_int(rig_pg(rig), "select used from enrolment.application_window where quota = 2"), 2);
}

static void set_quota(const char *code, int quota)
{
    (void)kit_sql(rig_pg(rig),
                  RIG_LOCKED "update enrolment.application_window set quota = %d where programme_id ="
                             " (select id from enrolment.programme where code = '%s')",
                  quota, code);
}

static int64_t quota_used(const char *code)
{
    return kit_sql_int(rig_pg(rig),
                       "select w.used from enrolment.application_window w join enrolment.programme p on p.id = w.programme_id"
                       " where p.code = '%s'",
                       code);
}

/* A hold gives back what it took: nothing, when it was made before there was a quota; its share, when the quota is gone meanwhile. */
static void test_quota_returned_as_taken(void **state)
{
    (void)state;
    const struct world world = world_of("quota-later", 9, 9, 1);
    const struct answer early = seats_hold(rig, &world, 0, teacher(), NULL);
    set_quota("quota-later", 2);
    assert_int_equal(rig_enrol(rig, &world, 0, teacher()).err, ERR_OK);
    const struct answer counted = seats_hold(rig, &world, 0, teacher(), NULL);
    assert_int_equal(quota_used("quota-later"), 2);
    assert_int_equal(seats_cancel(rig, rig_registration(&early)).err, ERR_OK);
    assert_int_equal(quota_used("quota-later"), 2);
    assert_string_equal(rig_enrol(rig, &world, 0, teacher()).rule, "enrolment.window.quota");
    set_quota("quota-later", 0);
    assert_int_equal(seats_cancel(rig, rig_registration(&counted)).err, ERR_OK);
    assert_int_equal(quota_used("quota-later"), 1);
}

/* The window is the one it came through, wherever windows have been moved since. */
static void test_quota_of_moved_window(void **state)
{
    (void)state;
    const struct world world = world_of("quota-moved", 9, 9, 1);
    set_quota("quota-moved", 5);
    const struct answer held = seats_hold(rig, &world, 0, teacher(), NULL);
    (void)kit_sql(rig_pg(rig),
                  RIG_LOCKED "update enrolment.application_window set opens_at = now() + interval '1 hour', closes_at = now() + interval"
                             " '2 hours' where programme_id = (select id from enrolment.programme where code = 'quota-moved')");
    assert_int_equal(seats_cancel(rig, rig_registration(&held)).err, ERR_OK);
    assert_int_equal(quota_used("quota-moved"), 0);
}

static void until_opening_told(const struct world *world)
{
    char id[UUID_TEXT];
    uuid_format(world->programme, id);
    for (int i = 0; i < KIT_PATIENCE_MS / 50; i++) {
        if (kit_sql_int(rig_pg(rig), "select count(*) from enrolment.event_log where subject = '%s' and type = 'enrolment.WindowOpened.v1'",
                        id) == 1)
            return;
        kit_sleep_ms(50);
    }
    fail_msg("nobody is told that its window is open");
}

/* A programme whose rows cannot be saved: its held seats, more than one tick ends, stay as they are, and everybody else's time goes on. */
static void test_one_fails(void **state)
{
    static struct answer *answers[MANY];
    (void)state;
    const struct world broken = world_of("hold-broken", MANY, 0, 1), sound = world_of("hold-sound", 1, 1, 1);
    Enrolment__HoldRequest hold = ENROLMENT__HOLD_REQUEST__INIT;
    hold.programme_id = rig_bytes(&broken.programme);
    hold.implementation_id = rig_bytes(&broken.implementations[0]);
    for (size_t i = 0; i < MANY; i++) {
        const struct uuid who = teacher();
        answers[i] = rig_send(rig, &(struct ask){.method = "Hold", .message = &hold.base, .actor = who, .roles = RIG_PARTICIPANT});
    }
    rig_wait(rig);
    const struct answer held = seats_hold(rig, &sound, 0, teacher(), NULL), waits = rig_enrol(rig, &sound, 0, teacher());
    (void)kit_sql(rig_pg(rig), "create function enrolment.refuse_row() returns trigger language plpgsql as"
                               " $$ begin raise exception 'this row cannot be saved'; end $$");
    (void)kit_sql(rig_pg(rig), "create trigger refuse_row before update on enrolment.programme for each row"
                               " when (old.code = 'hold-broken') execute function enrolment.refuse_row()");
    (void)kit_sql(rig_pg(rig), "update enrolment.registration set reply_due = now() - interval '1 minute' where state = 4");
    (void)seats_due_in(rig, rig_registration(&held), -3 * TIME_SECOND); /* due later than all that cannot be ended */
    seats_until(rig, rig_registration(&held), STATE_CANCELLED);
    assert_int_equal(seats_state(rig, rig_registration(&waits)), STATE_SEATED);
    const struct world opens = world_of("hold-opens", 1, 1, 1); /* its window opened a moment ago */
    until_opening_told(&opens);
    assert_int_equal(seats_state(rig, rig_registration(answers[0])), STATE_HELD);
    (void)kit_sql(rig_pg(rig), "drop function enrolment.refuse_row cascade");
    seats_until(rig, rig_registration(answers[0]), STATE_CANCELLED); /* mended, it catches up */
}

/* More than one tick may end at once: all end, each once, and all who wait get a seat. */
static void test_many_lapse(void **state)
{
    const Enrolment__Registration *last = NULL; /* in order, which need not be the order of sending */
    static struct answer *answers[MANY];
    static struct uuid people[2 * MANY];
    (void)state;
    const struct world world = world_of("hold-many", MANY, MANY, 1);
    Enrolment__HoldRequest hold = ENROLMENT__HOLD_REQUEST__INIT;
    Enrolment__EnrolRequest enrol = ENROLMENT__ENROL_REQUEST__INIT;

    hold.programme_id = enrol.programme_id = rig_bytes(&world.programme);
    hold.implementation_id = enrol.implementation_id = rig_bytes(&world.implementations[0]);
    for (size_t i = 0; i < 2 * MANY; i++)
        people[i] = teacher();
    for (size_t i = 0; i < MANY; i++)
        (void)rig_send(rig, &(struct ask){.method = "Hold", .message = &hold.base, .actor = people[i], .roles = RIG_PARTICIPANT});
    rig_wait(rig);
    for (size_t i = 0; i < MANY; i++)
        answers[i] =
            rig_send(rig, &(struct ask){.method = "Enrol", .message = &enrol.base, .actor = people[MANY + i], .roles = RIG_PARTICIPANT});
    rig_wait(rig);
    for (size_t i = 0; i < MANY; i++)
        if (last == NULL || rig_registration(answers[i])->order_no > last->order_no)
            last = rig_registration(answers[i]);
    (void)kit_sql(rig_pg(rig), "update enrolment.registration set reply_due = now() - interval '3 seconds' where state = 4");
    seats_until(rig, last, STATE_SEATED);
    char expected[64];
    (void)snprintf(expected, sizeof expected, "%d 0 0 %d 0 0", MANY, MANY);
    assert_string_equal(seats_counts(rig, &world, 0), expected);
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from enrolment.event_log e join enrolment.registration r on"
                                 " r.id::text = e.subject join enrolment.programme p on p.id = r.programme_id"
                                 " where p.code = 'hold-many' and e.type in ('enrolment.HoldEnded.v1', 'enrolment.Promoted.v1')"),
                     2 * MANY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hold_confirm),               /* held, asked again, confirmed under its number; told as Held, SeatTaken */
        cmocka_unit_test(test_confirm_with_answers_again), /* refused once it is confirmed */
        cmocka_unit_test(test_enrol_while_holding),        /* Enrol does not confirm: it says that one holds a seat */
        cmocka_unit_test(test_by_arrival), /* in time by arrival at the gateway, to the microsecond; what enrolling says then */
        cmocka_unit_test(test_lapse),      /* the tick ends it, tells HoldEnded and promotes who waits */
        cmocka_unit_test(test_given_up),   /* given up: HoldEnded, never Cancelled */
        cmocka_unit_test(test_refusals),   /* no holds, no seat, busy and full, not one's own */
        cmocka_unit_test(test_quota),      /* the window's quota: used by holds, given back by them only */
        cmocka_unit_test(test_quota_returned_as_taken), /* not more than the hold took, nor less */
        cmocka_unit_test(test_quota_of_moved_window),   /* to the window it came through */
        cmocka_unit_test(test_one_fails),               /* a programme that cannot be saved stops no other's clock */
        cmocka_unit_test(test_many_lapse)               /* 450 at once over several ticks, none lost */
    };
    rig = rig_new(1, 1);
    const int failed = cmocka_run_group_tests_name("enrolment holds", tests, NULL, NULL);
    rig_free(rig);
    return failed;
}
