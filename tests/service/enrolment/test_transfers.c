/* Transfers over real NNG and PostgreSQL: a seat for a seat, refusals, what goes along, the same key again, and thousands of transfers
 * that cross in two processes. */
#include "tests/service/enrolment/rig.h"

#define PEOPLE 32
#define ROUNDS 120

static struct rig *rig;

static struct answer transfer_as(struct uuid actor, uint32_t roles, struct uuid registration, struct uuid implementation,
                                 const char *reason, const char *key)
{
    Enrolment__TransferRequest request = ENROLMENT__TRANSFER_REQUEST__INIT;
    request.registration_id = rig_bytes(&registration);
    request.implementation_id = rig_bytes(&implementation);
    request.reason = (char *)(uintptr_t)reason;
    return rig_ask(rig, &(struct ask){.method = "Transfer", .message = &request.base, .actor = actor, .roles = roles, .key = key});
}

static struct answer transfer(const Enrolment__Registration *r, struct uuid implementation)
{
    return transfer_as(rig_id(r->person_id), RIG_PARTICIPANT, rig_id(r->id), implementation, "", NULL);
}

static struct answer by_staff(const Enrolment__Registration *r, struct uuid implementation, const char *reason)
{
    return transfer_as(rig_coordinator(), RIG_COORDINATOR, rig_id(r->id), implementation, reason, NULL);
}

static const Enrolment__Registration *seen(const Enrolment__Registration *r)
{
    Enrolment__GetRegistrationRequest request = ENROLMENT__GET_REGISTRATION_REQUEST__INIT;
    request.registration_id = r->id;
    const struct answer a = rig_ask(
        rig, &(struct ask){.method = "GetRegistration", .message = &request.base, .actor = rig_id(r->person_id), .roles = RIG_PARTICIPANT});
    return rig_registration(&a);
}

static const Enrolment__Registration *enrolled(const struct world *world, size_t implementation)
{
    const struct answer a = rig_enrol(rig, world, implementation, rig_person(rig, "teacher", "basic"));
    return rig_registration(&a);
}

static const char *text_of(ProtobufCBinaryData id)
{
    static char texts[4][UUID_TEXT];
    static unsigned next = 0;
    char *text = texts[next++ % 4];
    uuid_format(rig_id(id), text);
    return text;
}

static void expect_refused(const struct answer *a, const char *rule)
{
    if (a->err != ERR_REFUSED || strcmp(a->rule, rule) != 0)
        fail_msg("expected %s, got %s (%d)", rule, a->rule, (int)a->err);
}

/* Counters and rows say the same. */
static void expect_agree(const struct world *world)
{
    char id[UUID_TEXT];
    uuid_format(world->programme, id);
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from enrolment.implementation i where i.programme_id = '%s' and ((select count(*) filter"
                                 " (where state in (1, 4, 5)) from enrolment.registration r where r.implementation_id = i.id) <> i.taken"
                                 " or (select count(*) filter (where state = 2) from enrolment.registration r where r.implementation_id = "
                                 "i.id) <> i.waiting)",
                                 id),
                     0);
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select p.taken - (select sum(taken) from enrolment.implementation where programme_id = p.id) from"
                                 " enrolment.programme p where id = '%s'",
                                 id),
                     0);
}

static void test_seat_for_seat(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "seat-for-seat", .cap = 2, .capacity = 2, .waiting_cap = 3, .count = 2});
    const Enrolment__Registration *first = enrolled(&world, 0), *second = enrolled(&world, 0), *waiting = enrolled(&world, 0);
    assert_int_equal(waiting->state, ENROLMENT__STATE__STATE_QUEUED);
    const struct answer a = transfer(first, world.implementations[1]); /* under a full cap: one's own seat of it is one's own */
    const Enrolment__Registration *moved = rig_registration(&a);
    assert_int_equal(moved->state, ENROLMENT__STATE__STATE_SEATED);
    assert_int_equal(uuid_compare(rig_id(moved->origin_id), rig_id(first->id)), 0);
    assert_int_equal(uuid_compare(rig_id(moved->person_id), rig_id(first->person_id)), 0);
    assert_int_equal(moved->order_no, 1);
    assert_int_equal(moved->programme_order, 4);
    assert_int_equal(seen(first)->state, ENROLMENT__STATE__STATE_TRANSFERRED);
    assert_int_equal(seen(second)->state, ENROLMENT__STATE__STATE_SEATED);
    assert_int_equal(seen(waiting)->state, ENROLMENT__STATE__STATE_QUEUED); /* the cap is full as before */
    assert_string_equal(
        kit_sql(rig_pg(rig), "select string_agg(type, ' ' order by seq) from enrolment.event_log where subject = '%s'", text_of(moved->id)),
        "enrolment.Transferred.v1");
    assert_string_equal(
        kit_sql(rig_pg(rig), "select state || ' ' || origin_id from enrolment.registration where id = '%s'", text_of(moved->id)),
        kit_sql(rig_pg(rig), "select '1 %s'", text_of(first->id)));
    expect_agree(&world);
}

static void test_freed_seat_promotes(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "freed", .cap = 9, .capacity = 1, .waiting_cap = 3, .count = 2});
    const Enrolment__Registration *first = enrolled(&world, 0), *waiting = enrolled(&world, 0);
    assert_int_equal(transfer(first, world.implementations[1]).err, ERR_OK);
    assert_int_equal(seen(waiting)->state, ENROLMENT__STATE__STATE_SEATED);
    expect_agree(&world);
}

static void test_who_waits_may_wait_there(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "waits", .cap = 9, .capacity = 1, .waiting_cap = 1, .count = 3});
    (void)enrolled(&world, 0);
    const Enrolment__Registration *waiting = enrolled(&world, 0);
    (void)enrolled(&world, 1);
    struct answer a = transfer(waiting, world.implementations[1]); /* full there too */
    waiting = rig_registration(&a);
    assert_int_equal(waiting->state, ENROLMENT__STATE__STATE_QUEUED);
    assert_int_equal(waiting->position, 1);
    const Enrolment__Registration *other = enrolled(&world, 0);
    a = transfer(other, world.implementations[1]); /* its waiting list has one place */
    expect_refused(&a, "enrolment.transfer.no-room");
    assert_string_equal(rig_fact(&a, "cause"), "waitingCap");
    assert_string_equal(rig_fact(&a, "waitingCap"), "1");
    a = transfer(waiting, world.implementations[2]); /* and a free seat there */
    assert_int_equal(rig_registration(&a)->state, ENROLMENT__STATE__STATE_SEATED);
    expect_agree(&world);
}

/* A review goes along as it stands: what was accepted on a condition still has it in the table, not just in the answer. */
static void test_review_goes_along(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "reviewed", .cap = 9, .capacity = 2, .waiting_cap = 3, .count = 2});
    char id[UUID_TEXT];
    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set moderated = true where id = '%s'", id);
    const Enrolment__Registration *r = enrolled(&world, 0);
    Enrolment__ReviewRequest request = ENROLMENT__REVIEW_REQUEST__INIT;
    request.registration_id = r->id;
    request.decision = ENROLMENT__REVIEW_REQUEST__DECISION__ACCEPT_ON_CONDITION;
    request.reason = (char *)(uintptr_t) "Todistus toimitetaan";
    assert_int_equal(
        rig_ask(rig, &(struct ask){.method = "Review", .message = &request.base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR}).err,
        ERR_OK);
    const struct answer a = transfer(r, world.implementations[1]);
    const Enrolment__Registration *moved = seen(rig_registration(&a));
    assert_int_equal(moved->review, ENROLMENT__REVIEW_STATE__REVIEW_CONDITIONAL);
    assert_string_equal(moved->condition, "Todistus toimitetaan");
}

static void test_refusals(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "refusals", .cap = 9, .capacity = 1, .waiting_cap = 3, .count = 3});
    const struct world other =
        rig_programme(rig, &(struct programme_plan){.code = "refusals-other", .cap = 9, .capacity = 1, .waiting_cap = 3, .count = 1});
    const Enrolment__Registration *r = enrolled(&world, 0);
    char id[UUID_TEXT];
    (void)enrolled(&world, 1);

    struct answer a = transfer(r, world.implementations[0]);
    expect_refused(&a, "enrolment.transfer.same");
    a = transfer(r, other.implementations[0]);
    expect_refused(&a, "enrolment.transfer.other-programme");
    a = transfer(r, world.implementations[1]); /* full, and a seat is not given for a place on a list */
    expect_refused(&a, "enrolment.transfer.no-room");
    assert_string_equal(rig_fact(&a, "cause"), "capacity");
    (void)enrolled(&world, 1); /* waits; then a seat appears behind the service's back */
    uuid_format(world.implementations[1], id);
    (void)kit_sql(rig_pg(rig), "update enrolment.implementation set capacity = 2 where id = '%s'", id);
    a = transfer(r, world.implementations[1]);
    expect_refused(&a, "enrolment.transfer.no-room");
    assert_string_equal(rig_fact(&a, "cause"), "waiting");
    a = transfer(r, rig_new_id());
    assert_int_equal(a.err, ERR_NOT_FOUND);
    assert_string_equal(a.field, "implementationId");
    a = transfer_as(rig_id(r->person_id), RIG_PARTICIPANT, rig_new_id(), world.implementations[2], "", NULL);
    assert_int_equal(a.err, ERR_NOT_FOUND);
    a = transfer_as(rig_person(rig, "teacher", "basic"), RIG_PARTICIPANT, rig_id(r->id), world.implementations[2], "", NULL);
    assert_int_equal(a.err, ERR_FORBIDDEN);
    a = by_staff(r, world.implementations[2], "");
    assert_int_equal(a.err, ERR_INVALID);
    assert_string_equal(a.field, "reason");

    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set edit_until = now() - interval '1 second' where id = '%s'", id);
    a = transfer(r, world.implementations[2]);
    expect_refused(&a, "enrolment.transfer.too-late");
    assert_string_equal(a.problem->facts[0]->name, "until");
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set edit_until = null where id = '%s'", id);
    a = transfer(r, world.implementations[2]);
    assert_int_equal(a.err, ERR_OK);
    a = transfer(r, world.implementations[0]); /* the old one has ended */
    expect_refused(&a, "enrolment.transfer.state");
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.registration where programme_id = '%s'", id), 4);
    expect_agree(&world);
}

/* A rule of the target: it refuses, or puts up for review; a coordinator with a reason is not held by it. */
static void test_rules_of_the_target(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "rules", .cap = 9, .capacity = 3, .waiting_cap = 3, .count = 2});
    char target[UUID_TEXT], programme[UUID_TEXT];
    uuid_format(world.programme, programme);
    uuid_format(world.implementations[1], target);
    (void)kit_sql(rig_pg(rig),
                  "insert into enrolment.eligibility_rule (programme_id, implementation_id, ordinal, rule, fact, allowed, reason_fi,"
                  " reason_sv, reason_en) values ('%s', '%s', 1, 'test.level', 'level', '{upper_secondary}', 'Vain lukioon', '', '')",
                  programme, target);
    const Enrolment__Registration *one = enrolled(&world, 0), *two = enrolled(&world, 0);
    struct answer a = transfer(one, world.implementations[1]);
    expect_refused(&a, "test.level");
    assert_string_equal(a.problem->detail->sv, "Vain lukioon"); /* no Swedish text: the Finnish one */
    a = by_staff(one, world.implementations[1], "Sovittu järjestäjän kanssa");
    assert_int_equal(rig_registration(&a)->review, ENROLMENT__REVIEW_STATE__REVIEW_NOT_NEEDED);
    assert_string_equal(kit_sql(rig_pg(rig),
                                "select concat_ws('|', call, field, was, becomes, reason) from enrolment.change where programme_id"
                                " = '%s' order by n desc limit 1",
                                programme),
                        "enrolment.Transfer|registration.implementation|group-1|group-2|Sovittu järjestäjän kanssa");
    (void)kit_sql(rig_pg(rig), "update enrolment.eligibility_rule set review = true where implementation_id = '%s'", target);
    a = transfer(two, world.implementations[1]);
    assert_int_equal(rig_registration(&a)->review, ENROLMENT__REVIEW_STATE__REVIEW_UNREVIEWED);
    expect_agree(&world);
}

static void test_staff_after_the_cut_off(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "staff", .cap = 9, .capacity = 1, .waiting_cap = 3, .count = 2});
    const Enrolment__Registration *r = enrolled(&world, 0);
    char id[UUID_TEXT];
    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set edit_until = now() - interval '1 day' where id = '%s'", id);
    const struct answer a = by_staff(r, world.implementations[1], "Ryhmä yhdistettiin");
    assert_int_equal(rig_registration(&a)->state, ENROLMENT__STATE__STATE_SEATED);
    Enrolment__GetHistoryRequest request = ENROLMENT__GET_HISTORY_REQUEST__INIT;
    request.registration_id = r->id;
    const struct answer h = rig_ask(
        rig, &(struct ask){.method = "GetHistory", .message = &request.base, .actor = rig_id(r->person_id), .roles = RIG_PARTICIPANT});
    assert_int_equal(h.err, ERR_OK);
    const Enrolment__History *history = (const Enrolment__History *)h.message;
    assert_int_equal(history->n_moves, 2);
    assert_int_equal(history->moves[1]->to, ENROLMENT__STATE__STATE_TRANSFERRED);
    assert_string_equal(history->moves[1]->reason, "Ryhmä yhdistettiin");
    assert_int_equal(uuid_compare(rig_id(history->moves[1]->actor), rig_coordinator()), 0);
}

static struct answer cancel_as(struct uuid actor, uint32_t roles, const Enrolment__Registration *r, const char *key)
{
    Enrolment__CancelRequest request = ENROLMENT__CANCEL_REQUEST__INIT;
    request.registration_id = r->id;
    request.reason = (char *)"este";
    return rig_ask(rig, &(struct ask){.method = "Cancel", .message = &request.base, .actor = actor, .roles = roles, .key = key});
}

/* Its place stands in the new registration; to say "done" would leave somebody with a place they believe given up. */
static void test_cancel_the_old_one(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "cancel-old", .cap = 9, .capacity = 1, .waiting_cap = 3, .count = 2});
    const Enrolment__Registration *first = enrolled(&world, 0);
    const struct uuid who = rig_id(first->person_id);
    const struct answer a = transfer(first, world.implementations[1]);
    const Enrolment__Registration *moved = rig_registration(&a);
    struct answer refused = cancel_as(who, RIG_PARTICIPANT, first, NULL);
    expect_refused(&refused, "enrolment.cancel.transferred");
    refused = cancel_as(rig_coordinator(), RIG_COORDINATOR, first, NULL);
    expect_refused(&refused, "enrolment.cancel.transferred");
    assert_int_equal(cancel_as(rig_new_id(), RIG_PARTICIPANT, first, NULL).err, ERR_FORBIDDEN);
    assert_int_equal(seen(moved)->state, ENROLMENT__STATE__STATE_SEATED);
    assert_int_equal(cancel_as(who, RIG_PARTICIPANT, moved, "cancel-new").err, ERR_OK);
    assert_true(cancel_as(who, RIG_PARTICIPANT, moved, "cancel-new").replayed);
    assert_int_equal(seen(moved)->state, ENROLMENT__STATE__STATE_CANCELLED);
    expect_agree(&world);
}

static void test_same_key(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "same-key", .cap = 9, .capacity = 1, .waiting_cap = 3, .count = 3});
    const Enrolment__Registration *r = enrolled(&world, 0);
    const struct uuid who = rig_id(r->person_id), from = rig_id(r->id);
    const struct answer a = transfer_as(who, RIG_PARTICIPANT, from, world.implementations[1], "", "transfer-1");
    const struct answer again = transfer_as(who, RIG_PARTICIPANT, from, world.implementations[1], "", "transfer-1");
    assert_false(a.replayed);
    assert_true(again.replayed);
    assert_int_equal(uuid_compare(rig_id(rig_registration(&a)->id), rig_id(rig_registration(&again)->id)), 0);
    assert_int_equal(transfer_as(who, RIG_PARTICIPANT, from, world.implementations[2], "", "transfer-1").err, ERR_KEY_REUSED);
    expect_agree(&world);
}

/* What was learnt goes along. */
static void test_learning_goes_along(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "learnt", .cap = 9, .capacity = 1, .waiting_cap = 3, .count = 2});
    const Enrolment__Registration *r = enrolled(&world, 0);
    char id[UUID_TEXT];
    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig),
                  "with u as (insert into enrolment.unit (id, programme_id, ordinal, title_fi, title_sv, title_en, credits_tenths) values"
                  " (gen_random_uuid(), '%s', 1, 'Jakso', '', '', 10) returning id), a as (insert into enrolment.attendance"
                  " (registration_id, unit_id, presence, marked_at) select '%s', id, 1, now() from u) insert into enrolment.completion"
                  " (registration_id, unit_id, credits_tenths, marked_at) select '%s', id, 10, now() from u",
                  id, text_of(r->id), text_of(r->id));
    const struct answer a = transfer(r, world.implementations[1]);
    const char *moved = text_of(rig_registration(&a)->id);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.attendance where registration_id = '%s'", moved), 1);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.completion where registration_id = '%s'", moved), 1);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.attendance where registration_id = '%s'", text_of(r->id)), 0);
}

/* What was answered goes along; a sensitive answer is sealed anew, so that it opens where it now stands. */
static void test_answers_go_along(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "answered", .cap = 9, .capacity = 1, .waiting_cap = 3, .count = 2});
    const struct uuid who = rig_person(rig, "teacher", "basic");
    Enrolment__EnrolRequest request = ENROLMENT__ENROL_REQUEST__INIT;
    Enrolment__GetAnswersRequest asked = ENROLMENT__GET_ANSWERS_REQUEST__INIT;
    Enrolment__Answer plain = ENROLMENT__ANSWER__INIT, secret = ENROLMENT__ANSWER__INIT, *answers[2] = {&plain, &secret};
    char *plain_value = (char *)"Kokoustauko", *secret_value = (char *)"ei maitoa", id[UUID_TEXT];
    uuid_format(world.programme, id);
    (void)kit_sql(rig_pg(rig),
                  "insert into enrolment.question (programme_id, ordinal, code, kind, title_fi, title_sv, title_en, help_fi, help_sv,"
                  " help_en, required, sensitive, option_values, option_fi, option_sv, option_en, when_code, when_values) values"
                  " ('%s', 1, 'wish', 0, 'Toive', '', '', '', '', '', false, false, '{}', '{}', '{}', '{}', '', '{}'),"
                  " ('%s', 2, 'diet', 0, 'Ruokavalio', '', '', '', '', '', false, true, '{}', '{}', '{}', '{}', '', '{}')",
                  id, id);
    plain.code = (char *)"wish";
    plain.values = &plain_value;
    secret.code = (char *)"diet";
    secret.values = &secret_value;
    plain.n_values = secret.n_values = 1;
    request.programme_id = rig_bytes(&world.programme);
    request.implementation_id = rig_bytes(&world.implementations[0]);
    request.answers = answers;
    request.n_answers = 2;
    const struct answer first =
        rig_ask(rig, &(struct ask){.method = "Enrol", .message = &request.base, .actor = who, .roles = RIG_PARTICIPANT});
    const struct answer a = transfer(rig_registration(&first), world.implementations[1]);
    asked.registration_id = rig_registration(&a)->id;
    const struct answer b =
        rig_ask(rig, &(struct ask){.method = "GetAnswers", .message = &asked.base, .actor = who, .roles = RIG_PARTICIPANT});
    assert_int_equal(b.err, ERR_OK);
    const Enrolment__AnswerList *list = (const Enrolment__AnswerList *)b.message;
    assert_int_equal(list->n_answers, 2);
    assert_string_equal(list->answers[0]->values[0], "Kokoustauko");
    assert_string_equal(list->answers[1]->values[0], "ei maitoa");
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.answer where registration_id = '%s'",
                                 text_of(rig_registration(&first)->id)),
                     0); /* one's answers stand in one place */
}

static void test_bounds(void **state)
{
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "bounds", .cap = 9, .capacity = 1, .waiting_cap = 3, .count = 2});
    const Enrolment__Registration *r = enrolled(&world, 0);
    static char long_text[502];
    memset(long_text, 'a', sizeof long_text - 1);
    const struct {
        size_t registration, implementation; /* lengths of the ids */
        const char *reason, *rule, *field;
    } rows[] = {{0, 16, "", "field.missing", "registrationId"},   {15, 16, "", "field.id", "registrationId"},
                {16, 0, "", "field.missing", "implementationId"}, {16, 9, "", "field.id", "implementationId"},
                {16, 16, long_text, "field.length", "reason"},    {16, 16, "a\x01", "field.text", "reason"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Enrolment__TransferRequest request = ENROLMENT__TRANSFER_REQUEST__INIT;
        request.registration_id = (ProtobufCBinaryData){rows[i].registration, r->id.data};
        request.implementation_id = (ProtobufCBinaryData){rows[i].implementation, (uint8_t *)(uintptr_t)world.implementations[1].b};
        request.reason = (char *)(uintptr_t)rows[i].reason;
        const struct answer a = rig_ask(
            rig, &(struct ask){.method = "Transfer", .message = &request.base, .actor = rig_id(r->person_id), .roles = RIG_PARTICIPANT});
        if (a.err != ERR_INVALID || strcmp(a.rule, rows[i].rule) != 0 || strcmp(a.field, rows[i].field) != 0)
            fail_msg("row %zu: got %s %s (%d)", i, a.rule, a.field, (int)a.err);
    }
    assert_int_equal(transfer_as((struct uuid){{0}}, RIG_PUBLIC, rig_id(r->id), world.implementations[1], "", NULL).err,
                     ERR_UNAUTHENTICATED);
    assert_int_equal(seen(r)->version, 1);
}

/* --- crossing ------------------------------------------------------------------------------------------------------------------ */

struct mover {
    struct uuid person, registration;
    size_t at;
    const struct answer *answer;
};

static void send_over(const struct world *world, struct mover *m, size_t client)
{
    Enrolment__TransferRequest request = ENROLMENT__TRANSFER_REQUEST__INIT;
    request.registration_id = rig_bytes(&m->registration);
    request.implementation_id = rig_bytes(&world->implementations[1 - m->at]);
    m->answer = rig_send(
        rig, &(struct ask){.method = "Transfer", .message = &request.base, .actor = m->person, .roles = RIG_PARTICIPANT, .client = client});
}

/* 16 here, 16 there, one free seat each; all want to the other side at once, half of them through each process. */
static void test_crossing(void **state)
{
    struct mover movers[PEOPLE];
    unsigned moved = 0, refused = 0;
    (void)state;
    const struct world world = rig_programme(
        rig, &(struct programme_plan){.code = "crossing", .cap = PEOPLE, .capacity = PEOPLE / 2 + 1, .waiting_cap = 0, .count = 2});
    for (size_t i = 0; i < PEOPLE; i++) {
        const Enrolment__Registration *r = enrolled(&world, i % 2);
        assert_int_equal(r->state, ENROLMENT__STATE__STATE_SEATED);
        movers[i] = (struct mover){.person = rig_id(r->person_id), .registration = rig_id(r->id), .at = i % 2};
    }
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < PEOPLE; i++) {
            movers[i].answer = NULL;
            if (round % 3 > 0 || movers[i].at == 0) /* in every third round one side only: then there are seats for few */
                send_over(&world, &movers[i], (i / 2 + round) % 2);
        }
        rig_wait(rig);
        for (size_t i = 0; i < PEOPLE; i++) {
            const struct answer *a = movers[i].answer;
            if (a == NULL) {
                continue;
            } else if (a->err == ERR_OK) {
                movers[i].registration = rig_id(rig_registration(a)->id);
                movers[i].at = 1 - movers[i].at;
                moved++;
            } else {
                expect_refused(a, "enrolment.transfer.no-room");
                refused++;
            }
        }
        rig_rest(rig);
    }
    print_message("%u moved, %u stayed\n", moved, refused);
    assert_true(moved > 1000); /* a good many cross */
    assert_true(refused > 0);  /* and some find no seat */
    expect_agree(&world);
    char id[UUID_TEXT];
    uuid_format(world.programme, id);
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(distinct person_id) from enrolment.registration where programme_id = '%s' and state = 1",
                                 id),
                     PEOPLE); /* nobody lost a seat */
    assert_int_equal(kit_sql_int(rig_pg(rig), "select deadlocks from pg_stat_database where datname = current_database()"), 0);
    assert_int_equal(
        kit_sql_int(rig_pg(rig),
                    "select count(*) from (select implementation_id, max(order_no) - count(*) as hole from enrolment.registration"
                    " where programme_id = '%s' group by 1) g where hole <> 0",
                    id),
        0); /* and no number was lost */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seat_for_seat),            /* a seat for a seat under a full cap; the event, the origin, the numbers */
        cmocka_unit_test(test_freed_seat_promotes),      /* the seat left behind goes on at once */
        cmocka_unit_test(test_who_waits_may_wait_there), /* from list to list, and from list to a free seat */
        cmocka_unit_test(test_review_goes_along),        /* with its condition */
        cmocka_unit_test(test_refusals),                 /* same, other programme, no room, too late, ended, not one's own, no reason */
        cmocka_unit_test(test_rules_of_the_target),      /* refused, reviewed, or overruled with a reason that is recorded */
        cmocka_unit_test(test_staff_after_the_cut_off),  /* a coordinator at any time; the history tells who and why */
        cmocka_unit_test(test_cancel_the_old_one),       /* refused, for it has no place; the new one is cancelled as any */
        cmocka_unit_test(test_same_key),                 /* once, however often it is asked */
        cmocka_unit_test(test_learning_goes_along),      /* attendance and completions belong to the new registration */
        cmocka_unit_test(test_answers_go_along),         /* those too, and the sensitive ones still open */
        cmocka_unit_test(test_bounds),                   /* each field gone wrong is named, and changes nothing */
        cmocka_unit_test(test_crossing) /* 3,000 and more that cross in two processes: no deadlock, no lost seat or number */
    };
    rig = rig_new(2, 2);
    const int failed = cmocka_run_group_tests_name("enrolment transfers", tests, NULL, NULL);
    rig_free(rig);
    return failed;
}
