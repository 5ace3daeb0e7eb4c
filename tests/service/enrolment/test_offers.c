/* Offers over real NNG and PostgreSQL: a freed seat is offered in line; accepted, declined, let pass on, or not answered in time; and the
 * chance of a seat that a waiting person is told. */
#include "tests/service/enrolment/seats.h"

static struct rig *rig;

static struct uuid teacher(void)
{
    return rig_person(rig, "teacher", "basic");
}

/* One seat, taken by r[0]; the others wait. Then r[0] gives it up and r[1] is offered it. */
static struct world offered(const char *code, const Enrolment__Registration **r, size_t count)
{
    const struct world world = seats_programme(
        rig, &(struct programme_plan){.code = code, .cap = 1, .capacity = 1, .waiting_cap = 5, .count = 1}, "offer_hours = 24");
    for (size_t i = 0; i < count; i++) {
        const struct answer a = rig_enrol(rig, &world, 0, teacher());
        r[i] = rig_registration(&a);
        assert_int_equal(r[i]->state, i == 0 ? STATE_SEATED : STATE_QUEUED);
    }
    assert_int_equal(seats_cancel(rig, r[0]).err, ERR_OK);
    assert_int_equal(seats_state(rig, r[1]), STATE_OFFERED);
    return world;
}

static Enrolment__Cause cause_of(const Enrolment__Registration *r)
{
    Enrolment__Cancelled *event = (Enrolment__Cancelled *)seats_event(rig, r, "Cancelled", &enrolment__cancelled__descriptor);
    const Enrolment__Cause cause = event->cause;
    protobuf_c_message_free_unpacked(&event->base, NULL);
    return cause;
}

static void test_accept(void **state)
{
    const Enrolment__Registration *r[3];
    (void)state;
    const struct world world = offered("accept", r, 3);
    assert_string_equal(seats_confirm(rig, r[1], 0).rule, "enrolment.hold.none"); /* an offer is answered, not confirmed */
    assert_int_equal(cause_of(r[0]), ENROLMENT__CAUSE__CAUSE_GIVEN_UP);
    assert_string_equal(seats_counts(rig, &world, 0), "1 1 1 1 1 1"); /* kept for r[1]: nobody else can have it */
    assert_true(seats_seen(rig, r[1])->reply_due_us >= time_now_us() + 23 * TIME_HOUR);
    const struct answer newcomer = rig_enrol(rig, &world, 0, teacher());
    assert_int_equal(rig_registration(&newcomer)->state, STATE_QUEUED);
    const struct answer taken = seats_answer(rig, r[1], ANSWER_ACCEPT, 0), again = seats_answer(rig, r[1], ANSWER_ACCEPT, 0);
    assert_int_equal(rig_registration(&taken)->state, STATE_SEATED);
    assert_int_equal(rig_registration(&taken)->reply_due_us, 0);
    assert_int_equal(rig_registration(&again)->version, rig_registration(&taken)->version);
    assert_string_equal(seats_told(rig, r[1]), "Queued Offered Promoted");
    Enrolment__Promoted *event = (Enrolment__Promoted *)seats_event(rig, r[1], "Promoted", &enrolment__promoted__descriptor);
    assert_true(event->accepted && !event->by_hand);
    protobuf_c_message_free_unpacked(&event->base, NULL);
    assert_string_equal(seats_counts(rig, &world, 0), "1 0 2 1 0 2");
}

/* An answer given before is answered again; what never was offered, or was something else since, is not. */
static void test_given_again(void **state)
{
    const Enrolment__Registration *r[4];
    (void)state;
    (void)offered("again", r, 4);
    assert_string_equal(seats_answer(rig, r[0], ANSWER_DECLINE, 0).rule, "enrolment.offer.none"); /* gave a seat up, but no offer */
    const struct answer passed = seats_answer(rig, r[1], ANSWER_PASS, 0), once_more = seats_answer(rig, r[1], ANSWER_PASS, 0);
    assert_int_equal(rig_registration(&once_more)->version, rig_registration(&passed)->version);
    assert_string_equal(seats_answer(rig, r[1], ANSWER_ACCEPT, 0).rule, "enrolment.offer.none");
    Enrolment__AnswerOfferRequest request = ENROLMENT__ANSWER_OFFER_REQUEST__INIT;
    request.registration_id = r[2]->id;
    request.answer = ANSWER_ACCEPT;
    const struct ask ask = {.method = "AnswerOffer", .message = &request.base, .actor = rig_id(r[2]->person_id), .roles = RIG_PARTICIPANT};
    const struct answer *both[2] = {rig_send(rig, &ask), rig_send(rig, &ask)}; /* most likely in one batch */
    rig_wait(rig);
    assert_int_equal(rig_registration(both[0])->state, STATE_SEATED);
    assert_int_equal(rig_registration(both[1])->version, rig_registration(both[0])->version);
    assert_string_equal(seats_answer(rig, r[2], ANSWER_DECLINE, 0).rule, "enrolment.offer.none");
    assert_int_equal(seats_cancel(rig, r[2]).err, ERR_OK);
    assert_string_equal(seats_answer(rig, r[2], ANSWER_DECLINE, 0).rule, "enrolment.offer.none"); /* the offer was accepted */

    const struct world free =
        rig_programme(rig, &(struct programme_plan){.code = "never", .cap = 1, .capacity = 1, .waiting_cap = 1, .count = 1});
    const struct answer seated = rig_enrol(rig, &free, 0, teacher());
    assert_string_equal(seats_answer(rig, rig_registration(&seated), ANSWER_ACCEPT, 0).rule, "enrolment.offer.none");
}

static void test_decline(void **state)
{
    const Enrolment__Registration *r[3];
    (void)state;
    const struct world world = offered("decline", r, 3);
    const struct answer gone = seats_answer(rig, r[1], ANSWER_DECLINE, 0), again = seats_answer(rig, r[1], ANSWER_DECLINE, 0);
    assert_int_equal(rig_registration(&gone)->state, STATE_CANCELLED);
    assert_int_equal(again.err, ERR_OK);
    assert_int_equal(cause_of(r[1]), ENROLMENT__CAUSE__CAUSE_OFFER_DECLINED);
    assert_string_equal(seats_told(rig, r[1]), "Queued Offered Cancelled");
    assert_int_equal(seats_state(rig, r[2]), STATE_OFFERED); /* the seat goes on at once */
    const struct answer left = seats_cancel(rig, r[2]);      /* cancelling is a way to decline too */
    assert_int_equal(rig_registration(&left)->state, STATE_CANCELLED);
    assert_int_equal(cause_of(r[2]), ENROLMENT__CAUSE__CAUSE_GIVEN_UP);
    assert_string_equal(seats_counts(rig, &world, 0), "0 0 0 0 0 0");
}

static void test_pass(void **state)
{
    const Enrolment__Registration *r[4];
    (void)state;
    const struct world world = offered("pass", r, 4);
    const struct answer passed = seats_answer(rig, r[1], ANSWER_PASS, 0);
    assert_int_equal(rig_registration(&passed)->state, STATE_QUEUED);
    assert_int_equal(rig_registration(&passed)->order_no, 2); /* the number stays, the place in line is another */
    assert_int_equal(rig_registration(&passed)->reply_due_us, 0);
    assert_int_equal(rig_registration(&passed)->position, 2); /* who got the offer instead no longer stands before it, */
    Enrolment__OfferPassed *event = (Enrolment__OfferPassed *)seats_event(rig, r[1], "OfferPassed", &enrolment__offer_passed__descriptor);
    assert_int_equal(event->registration->position, 2); /* and its mail says the same */
    protobuf_c_message_free_unpacked(&event->base, NULL);
    assert_int_equal(seats_state(rig, r[2]), STATE_OFFERED);
    const struct answer later = rig_enrol(rig, &world, 0, teacher());
    const Enrolment__Registration *newest = rig_registration(&later);
    assert_int_equal(seats_seen(rig, r[3])->position, 1);
    assert_int_equal(seats_seen(rig, r[1])->position, 2); /* behind who waited then, before who came afterwards */
    assert_int_equal(seats_seen(rig, newest)->position, 3);
    /* Both who were before it decline; then it is offered again. */
    assert_int_equal(seats_answer(rig, r[2], ANSWER_DECLINE, 0).err, ERR_OK);
    assert_int_equal(seats_answer(rig, r[3], ANSWER_DECLINE, 0).err, ERR_OK);
    assert_int_equal(seats_state(rig, r[1]), STATE_OFFERED);
    assert_string_equal(seats_told(rig, r[1]), "Queued Offered OfferPassed Offered");
    /* The newest leaves: nobody is left to let it pass on to. */
    assert_int_equal(seats_cancel(rig, newest).err, ERR_OK);
    assert_string_equal(seats_answer(rig, r[1], ANSWER_PASS, 0).rule, "enrolment.offer.nobody-else");
    assert_int_equal(seats_state(rig, r[1]), STATE_OFFERED);
    assert_string_equal(seats_counts(rig, &world, 0), "1 1 0 1 1 0");
}

/* Passing on and what follows in one batch: the list at hand stays whole. */
static void test_pass_in_one_batch(void **state)
{
    const Enrolment__Registration *r[5];
    Enrolment__AnswerOfferRequest answers[3];
    (void)state;
    const struct world world = offered("pass-batch", r, 5);
    for (size_t round = 0; round < 20; round++) {
        for (size_t i = 0; i < 3; i++) {
            enrolment__answer_offer_request__init(&answers[i]);
            answers[i].registration_id = r[i + 1]->id;
            answers[i].answer = ANSWER_PASS;
            (void)rig_send(rig, &(struct ask){.method = "AnswerOffer",
                                              .message = &answers[i].base,
                                              .actor = rig_id(r[i + 1]->person_id),
                                              .roles = RIG_PARTICIPANT});
        }
        rig_wait(rig);
        assert_string_equal(seats_counts(rig, &world, 0), "1 1 3 1 1 3"); /* always one who is offered it, nobody lost */
        for (size_t i = 1; i < 5; i++)
            if (seats_state(rig, r[i]) == STATE_OFFERED && i == 4)
                assert_int_equal(seats_answer(rig, r[i], ANSWER_PASS, 0).err, ERR_OK);
    }
}

static void test_expiry(void **state)
{
    const Enrolment__Registration *r[4];
    (void)state;
    const struct world world = offered("expiry", r, 4);
    const int64_t due = seats_due_in(rig, r[1], -TIME_SECOND / 100);
    assert_string_equal(seats_answer(rig, r[1], ANSWER_ACCEPT, due).rule, "enrolment.offer.over");
    seats_until(rig, r[1], STATE_CANCELLED); /* two seconds after its time, by the tick */
    assert_int_equal(cause_of(r[1]), ENROLMENT__CAUSE__CAUSE_OFFER_EXPIRED);
    assert_int_equal(seats_state(rig, r[2]), STATE_OFFERED);
    assert_string_equal(seats_answer(rig, r[1], ANSWER_ACCEPT, 0).rule, "enrolment.offer.none");
    assert_string_equal(kit_sql(rig_pg(rig), "select coalesce(actor::text, 'the rules') from enrolment.registration_move"
                                             " where from_state = 5 and to_state = 3 order by moved_at desc limit 1"),
                        "the rules");
    const int64_t late = seats_due_in(rig, r[2], -TIME_SECOND / 100);
    const struct answer in_time = seats_answer(rig, r[2], ANSWER_ACCEPT, late - 1); /* arrived in the last microsecond */
    assert_int_equal(rig_registration(&in_time)->state, STATE_SEATED);
    assert_string_equal(seats_counts(rig, &world, 0), "1 0 1 1 0 1");
}

static void test_who_may(void **state)
{
    const Enrolment__Registration *r[3];
    Enrolment__AnswerOfferRequest request = ENROLMENT__ANSWER_OFFER_REQUEST__INIT;
    (void)state;
    (void)offered("offer-may", r, 3);
    request.registration_id = r[1]->id;
    request.answer = ANSWER_ACCEPT;
    struct ask ask = {.method = "AnswerOffer", .message = &request.base, .actor = rig_id(r[2]->person_id), .roles = RIG_PARTICIPANT};
    assert_int_equal(rig_ask(rig, &ask).err, ERR_FORBIDDEN);
    ask.actor = rig_coordinator();
    ask.roles = RIG_COORDINATOR;
    assert_int_equal(rig_ask(rig, &ask).err, ERR_FORBIDDEN); /* a coordinator promotes by hand; an answer is the person's own */
    ask.actor = (struct uuid){{0}};
    ask.roles = RIG_PUBLIC;
    assert_int_equal(rig_ask(rig, &ask).err, ERR_UNAUTHENTICATED);
    ask.actor = rig_id(r[1]->person_id);
    ask.roles = RIG_PARTICIPANT;
    request.answer = ENROLMENT__ANSWER_OFFER_REQUEST__KIND__NONE;
    struct answer a = rig_ask(rig, &ask);
    assert_int_equal(a.err, ERR_INVALID);
    assert_string_equal(a.field, "answer");
    request.answer = (Enrolment__AnswerOfferRequest__Kind)9;
    a = rig_ask(rig, &ask);
    assert_int_equal(a.err, ERR_INVALID);
    assert_string_equal(a.rule, "field.word");
    request.answer = ANSWER_ACCEPT;
    request.registration_id = (ProtobufCBinaryData){0};
    assert_string_equal(rig_ask(rig, &ask).field, "registrationId");
    const struct uuid nobody = rig_new_id();
    request.registration_id = rig_bytes(&nobody);
    assert_int_equal(rig_ask(rig, &ask).err, ERR_NOT_FOUND);
    assert_string_equal(seats_answer(rig, r[2], ANSWER_ACCEPT, 0).rule, "enrolment.offer.none"); /* waits, and was offered nothing */
}

static uint32_t chance_seen_by(const Enrolment__Registration *r, struct uuid actor, uint32_t roles)
{
    Enrolment__GetRegistrationRequest request = ENROLMENT__GET_REGISTRATION_REQUEST__INIT;
    request.registration_id = r->id;
    const struct answer a =
        rig_ask(rig, &(struct ask){.method = "GetRegistration", .message = &request.base, .actor = actor, .roles = roles});
    return rig_registration(&a)->chance_percent;
}

static void test_chance(void **state)
{
    const Enrolment__Registration *r[3];
    Enrolment__ListMyRegistrationsRequest mine = ENROLMENT__LIST_MY_REGISTRATIONS_REQUEST__INIT;
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "chance", .cap = 1, .capacity = 1, .waiting_cap = 5, .count = 1});
    (void)world;
    for (size_t i = 0; i < 3; i++) {
        const struct answer a = rig_enrol(rig, &world, 0, teacher());
        r[i] = rig_registration(&a);
    }
    assert_int_equal(seats_seen(rig, r[1])->chance_percent, 0); /* hardly any data, no date: not known */
    (void)kit_sql(rig_pg(rig),
                  RIG_LOCKED "update enrolment.application_window set opens_at = now() - interval '100 days' where programme_id ="
                             " (select id from enrolment.programme where code = 'chance')");
    (void)kit_sql(rig_pg(rig), "update enrolment.implementation set given_up = 4 where programme_id ="
                               " (select id from enrolment.programme where code = 'chance')");
    assert_int_equal(seats_seen(rig, r[1])->chance_percent, 0); /* still no date to reckon until */
    (void)kit_sql(rig_pg(rig),
                  "with u as (insert into enrolment.unit (id, programme_id, ordinal, title_fi, title_sv, title_en, credits_tenths)"
                  " select gen_random_uuid(), id, 1, 'Jakso', '', '', 10 from enrolment.programme where code = 'chance' returning id)"
                  " insert into enrolment.webinar (unit_id, ordinal, starts_at, ends_at, advance_notice, id)"
                  " select id, 1, now() + interval '50 days', now() + interval '51 days', false, gen_random_uuid() from u");
    const uint32_t next = seats_seen(rig, r[1])->chance_percent, after = seats_seen(rig, r[2])->chance_percent;
    assert_int_equal(next, 84); /* negative binomial (4.5, 2/3): at least one, at least two */
    assert_int_equal(after, 60);
    assert_int_equal(seats_seen(rig, r[0])->chance_percent, 0); /* has a seat */
    assert_int_equal(chance_seen_by(r[1], rig_coordinator(), RIG_COORDINATOR), 0);
    const struct answer a = rig_ask(
        rig,
        &(struct ask){.method = "ListMyRegistrations", .message = &mine.base, .actor = rig_id(r[2]->person_id), .roles = RIG_PARTICIPANT});
    assert_int_equal(((const Enrolment__RegistrationList *)a.message)->registrations[0]->chance_percent, after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accept),            /* offered in line, kept from everybody else, accepted; told so */
        cmocka_unit_test(test_given_again),       /* an answer repeated; a seat that never was offered is not accepted */
        cmocka_unit_test(test_decline),           /* declined: cancelled with its cause, and offered to the next */
        cmocka_unit_test(test_pass),              /* behind who waits, before who comes later; not when nobody else waits */
        cmocka_unit_test(test_pass_in_one_batch), /* three pass at once, twenty times: nobody is lost from the line */
        cmocka_unit_test(test_expiry),            /* not answered in time, by arrival; the tick offers it to the next */
        cmocka_unit_test(test_who_may),           /* one's own offer only; every field gone wrong */
        cmocka_unit_test(test_chance)             /* told to the waiting person alone, when there is data and a date */
    };
    rig = rig_new(1, 1);
    const int failed = cmocka_run_group_tests_name("enrolment offers", tests, NULL, NULL);
    rig_free(rig);
    return failed;
}
