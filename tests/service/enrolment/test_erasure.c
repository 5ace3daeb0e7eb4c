/* Forgetting people over real NNG and PostgreSQL: after it their name is nowhere in the database, their places went on to others, and the
 * order they were part of verifies as before. */
#include "tests/service/enrolment/erasing.h"

static struct rig *rig;

static void test_nowhere(void **state)
{
    (void)state;
    const struct world a =
        rig_programme(rig, &(struct programme_plan){.code = "er-a", .cap = 1, .capacity = 1, .waiting_cap = 9, .count = 1});
    const struct world b =
        rig_programme(rig, &(struct programme_plan){.code = "er-b", .cap = 1, .capacity = 1, .waiting_cap = 0, .count = 1});
    const struct uuid aava = erasing_person(rig, "Aava-Unohdettava"), next = erasing_person(rig, "Seuraava"),
                      other = erasing_person(rig, "Toinen");
    const struct answer seated = rig_enrol(rig, &a, 0, aava), waits = rig_enrol(rig, &a, 0, next), full = rig_enrol(rig, &b, 0, other);
    const Enrolment__Registration *r = rig_registration(&seated);
    struct hash before, after;
    char id[UUID_TEXT];

    uuid_format(aava, id);
    assert_int_equal(full.err, ERR_OK);
    assert_string_equal(rig_enrol(rig, &b, 0, aava).rule, "enrolment.full"); /* leaves a row in refusal */
    erasing_cancel(rig, rig_registration(&full), "Aava-Unohdettava needs the place more");
    erasing_cancel(rig, rig_registration(&(struct answer){.err = ERR_OK, .message = rig_enrol(rig, &b, 0, aava).message}),
                   "Aava-Unohdettava fell ill");
    erasing_follow(rig, aava, b.programme);
    (void)kit_sql(rig_pg(rig), "insert into enrolment.answer values ('%s', 'diet', array['Aava-Unohdettava eats no fish'])",
                  kit_sql(rig_pg(rig), "select id from enrolment.registration where person_id = '%s' and state = 1", id));
    const uint32_t length = erasing_chain(rig, a.implementations[0], 1, &before);

    erasing_self(rig, aava, 2, 1);
    assert_int_equal(erasing_chain(rig, a.implementations[0], 1, &after), length + 2); /* the place given up, and the one who got it */
    assert_memory_equal(before.b, after.b, sizeof before.b);
    struct hash ignored;
    (void)erasing_chain(rig, b.implementations[0], 1, &ignored);
    Enrolment__GetRegistrationRequest get = ENROLMENT__GET_REGISTRATION_REQUEST__INIT;
    get.registration_id = rig_registration(&waits)->id;
    const struct answer promoted =
        rig_ask(rig, &(struct ask){.method = "GetRegistration", .message = &get.base, .actor = next, .roles = RIG_PARTICIPANT});
    assert_int_equal(rig_registration(&promoted)->state, ENROLMENT__STATE__STATE_SEATED);

    assert_int_equal(erasing_rows(rig, "Aava-Unohdettava needs", ""), 2); /* of the other's registration: the move, and its event */
    (void)kit_sql(rig_pg(rig), "update enrolment.registration_move set reason = '' where reason like '%%needs the place%%'");
    (void)kit_sql(rig_pg(rig), "delete from enrolment.event_log where type = 'enrolment.Cancelled.v1'"); /* told, and read by others */
    assert_int_equal(erasing_rows(rig, "Aava-Unohdettava", ""), 0);
    assert_int_equal(kit_sql_int(rig_pg(rig),
                                 "select count(*) from enrolment.event_log where type = 'enrolment.PersonStored.v1' and"
                                 " subject = '%s' and length(payload) < 24",
                                 id),
                     1); /* it is still there, with the id alone */
    assert_int_equal(erasing_events(rig, "PersonErased", aava), 1);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.registration where person_hash is not null and salt is null"),
                     2);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.answer"), 0);

    Enrolment__GetReceiptRequest receipt = ENROLMENT__GET_RECEIPT_REQUEST__INIT;
    receipt.registration_id = r->id;
    assert_int_equal(erasing_ask(rig, "GetReceipt", &receipt.base, aava, RIG_PARTICIPANT), ERR_NOT_FOUND);
    assert_int_equal(erasing_ask(rig, "GetReceipt", &receipt.base, rig_coordinator(), RIG_COORDINATOR), ERR_NOT_FOUND);
}

/* The id itself stays where it must: in the list of the forgotten, in events that were sent, and with the kept answer of the request. */
static void test_id_where(void **state)
{
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "er-id", .cap = 3, .capacity = 3, .count = 1});
    const struct uuid person = erasing_person(rig, "Tunnus");
    char id[UUID_TEXT];
    uuid_format(person, id);
    assert_int_equal(rig_enrol_with(rig, &world, 0, person, "enrol-1", 0).err, ERR_OK);
    erasing_follow(rig, person, world.programme);
    erasing_self(rig, person, 1, 1);
    (void)kit_sql(rig_pg(rig), "delete from enrolment.request_seen where method = 'enrolment.ErasePerson'");
    (void)kit_sql(rig_pg(rig), "delete from enrolment.forgotten where person_id = '%s'", id);
    assert_int_equal(erasing_rows(rig, id, "event_log"), 0);
}

static void test_list_shows_nobody(void **state)
{
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "er-list", .cap = 9, .capacity = 9, .count = 1});
    const struct uuid first = erasing_person(rig, "Ensi"), second = erasing_person(rig, "Toka");
    const struct answer a = rig_enrol(rig, &world, 0, first);
    (void)rig_enrol(rig, &world, 0, second);
    erasing_self(rig, first, 1, 1);
    Enrolment__ListRegistrationsRequest list = ENROLMENT__LIST_REGISTRATIONS_REQUEST__INIT;
    list.programme_id = rig_bytes(&world.programme);
    const struct answer listed = rig_ask(
        rig, &(struct ask){.method = "ListRegistrations", .message = &list.base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR});
    assert_int_equal(listed.err, ERR_OK);
    const Enrolment__RegistrationList *m = (const Enrolment__RegistrationList *)listed.message;
    assert_int_equal(m->n_registrations, 2);
    assert_int_equal(m->registrations[0]->order_no, 1);
    assert_int_equal(m->registrations[0]->person_id.len, 0);
    assert_null(m->registrations[0]->person);
    assert_string_equal(m->registrations[1]->person->name, "Toka");

    Enrolment__GetHistoryRequest history = ENROLMENT__GET_HISTORY_REQUEST__INIT;
    history.registration_id = rig_registration(&a)->id;
    const struct answer told =
        rig_ask(rig, &(struct ask){.method = "GetHistory", .message = &history.base, .actor = rig_coordinator(), .roles = RIG_COORDINATOR});
    assert_int_equal(told.err, ERR_OK);
    const Enrolment__History *h = (const Enrolment__History *)told.message;
    assert_int_equal(h->n_moves, 2);
    for (size_t i = 0; i < h->n_moves; i++)
        assert_true(h->moves[i]->actor.len == 0 && h->moves[i]->actor_forgotten);                           /* not the rules */
    assert_int_equal(erasing_ask(rig, "GetHistory", &history.base, first, RIG_PARTICIPANT), ERR_NOT_FOUND); /* not theirs any more */
}

static void test_again(void **state)
{
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "er-again", .cap = 3, .capacity = 3, .count = 1});
    const struct uuid person = erasing_person(rig, "Kerran");
    assert_int_equal(rig_enrol(rig, &world, 0, person).err, ERR_OK);
    erasing_expect(erasing_as(rig, person, RIG_PARTICIPANT, (struct uuid){{0}}, "", "the-key"), 1, 1);
    const struct answer same_key = erasing_as(rig, person, RIG_PARTICIPANT, (struct uuid){{0}}, "", "the-key");
    erasing_expect(same_key, 1, 1);
    assert_true(same_key.replayed);
    erasing_self(rig, person, 1, 1); /* another key: nothing is left to forget, and the answer is the same */
    assert_int_equal(erasing_events(rig, "PersonErased", person), 1);
    assert_string_equal(rig_enrol(rig, &world, 0, person).rule, "enrolment.person.unknown");

    Enrolment__PutPersonRequest put = ENROLMENT__PUT_PERSON_REQUEST__INIT;
    Enrolment__Person anew = ENROLMENT__PERSON__INIT;
    anew.name = (char *)"Uudelleen";
    anew.email = (char *)"uudelleen@example.fi";
    anew.language = (char *)"sv";
    anew.role = (char *)"teacher";
    anew.level = (char *)"basic";
    anew.organisation_kind = (char *)"municipality";
    put.person = &anew;
    assert_int_equal(erasing_ask(rig, "PutPerson", &put.base, person, RIG_PARTICIPANT), ERR_OK);
    const struct answer back = rig_enrol(rig, &world, 0, person);
    assert_int_equal(rig_registration(&back)->order_no, 2); /* a newcomer */
    erasing_self(rig, person, 1, 1);
    assert_int_equal(erasing_events(rig, "PersonErased", person), 2);
    const struct uuid nobody = rig_new_id(); /* an account that never said who it is */
    erasing_self(rig, nobody, 0, 0);
}

static void test_who_may(void **state)
{
    (void)state;
    const struct uuid person = erasing_person(rig, "Suojattu"), other = erasing_person(rig, "Utelias"), nobody = {{0}};
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "er-may", .cap = 3, .capacity = 3, .count = 1});
    assert_int_equal(rig_enrol(rig, &world, 0, person).err, ERR_OK);
    assert_int_equal(erasing_as(rig, nobody, RIG_PUBLIC, person, "", NULL).err, ERR_UNAUTHENTICATED);
    assert_int_equal(erasing_as(rig, other, RIG_PARTICIPANT, person, "reason", NULL).err, ERR_FORBIDDEN);
    assert_int_equal(erasing_as(rig, rig_coordinator(), RIG_COORDINATOR, person, "reason", NULL).err, ERR_FORBIDDEN);
    const struct answer a = erasing_as(rig, rig_coordinator(), ADMIN, person, "", NULL);
    assert_string_equal(a.rule, "field.missing");
    assert_string_equal(a.field, "reason");
    assert_string_equal(erasing_as(rig, rig_coordinator(), ADMIN, person, "line\nfeed", NULL).rule, "field.text");
    assert_int_equal(erasing_rows(rig, "Suojattu", "event_log"), 1);
    erasing_expect(erasing_as(rig, rig_coordinator(), ADMIN, person, "A letter of 3 May", NULL), 1, 1);
    assert_int_equal(erasing_rows(rig, "Suojattu", ""), 0);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.change where reason = 'A letter of 3 May' and field ="
                                              " 'implementations[group-1].registrations[1].person' and registration_id is null"),
                     1);
    Enrolment__ListForgottenRequest list = ENROLMENT__LIST_FORGOTTEN_REQUEST__INIT;
    assert_int_equal(erasing_ask(rig, "ListForgotten", &list.base, rig_coordinator(), RIG_COORDINATOR), ERR_FORBIDDEN);
}

/* A mistyped id is not to be entered among the forgotten; who left any trace is found, and an account without any by even_unknown. */
static void test_unknown(void **state)
{
    Enrolment__ErasePersonRequest request = ENROLMENT__ERASE_PERSON_REQUEST__INIT;
    const struct ask ask = {.method = "ErasePerson", .message = &request.base, .actor = rig_coordinator(), .roles = ADMIN};
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "er-none", .cap = 1, .capacity = 1, .count = 1});
    const struct uuid typo = rig_new_id(), follower = rig_new_id(), refused = rig_new_id();
    (void)state;
    request.person_id = rig_bytes(&typo);
    request.reason = (char *)"A letter of 5 May";
    const int64_t before = kit_sql_int(rig_pg(rig), "select count(*) from enrolment.forgotten");
    const struct answer a = rig_ask(rig, &ask);
    assert_int_equal(a.err, ERR_NOT_FOUND);
    assert_string_equal(a.field, "personId");
    assert_int_equal(erasing_events(rig, "PersonErased", typo), 0);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.forgotten"), before);
    erasing_follow(rig, follower, world.programme);
    erasing_expect(erasing_as(rig, rig_coordinator(), ADMIN, follower, "x", NULL), 0, 0);
    assert_string_equal(rig_enrol(rig, &world, 0, refused).rule, "enrolment.person.unknown");
    erasing_expect(erasing_as(rig, rig_coordinator(), ADMIN, refused, "x", NULL), 0, 0);
    request.even_unknown = true;
    erasing_expect(rig_ask(rig, &ask), 0, 0);
    request.even_unknown = false;
    erasing_expect(rig_ask(rig, &ask), 0, 0); /* forgotten before */
    assert_int_equal(erasing_events(rig, "PersonErased", typo), 1);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.forgotten"), before + 3);
}

static void test_list_of_forgotten(void **state)
{
    Enrolment__ListForgottenRequest list = ENROLMENT__LIST_FORGOTTEN_REQUEST__INIT;
    const struct ask ask = {.method = "ListForgotten", .message = &list.base, .actor = rig_coordinator(), .roles = ADMIN};
    struct uuid people[3];
    (void)state;
    list.after_n = ((const Enrolment__ForgottenList *)rig_ask(rig, &ask).message)->last_n;
    const uint64_t before = list.after_n;
    for (size_t i = 0; i < 3; i++) {
        people[i] = erasing_person(rig, "Luettelo");
        erasing_self(rig, people[i], 0, 0);
    }
    list.page_size = 2;
    for (size_t i = 0; i < 3;) {
        const Enrolment__ForgottenList *m = (const Enrolment__ForgottenList *)rig_ask(rig, &ask).message;
        assert_int_equal(m->last_n, before + 3);
        assert_int_equal(m->n_people, i == 0 ? 2 : 1);
        for (size_t k = 0; k < m->n_people; k++, i++) {
            assert_int_equal(m->people[k]->n, before + i + 1);
            assert_int_equal(uuid_compare(rig_id(m->people[k]->person_id), people[i]), 0);
            assert_true(m->people[k]->at_us > 0);
        }
        list.after_n = m->people[m->n_people - 1]->n;
    }
    assert_int_equal(((const Enrolment__ForgottenList *)rig_ask(rig, &ask).message)->n_people, 0);
}

/* A held seat ends as a hold, an offered one goes to the next in line. */
static void test_held(void **state)
{
    Enrolment__HoldRequest request = ENROLMENT__HOLD_REQUEST__INIT;
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "er-held", .cap = 1, .capacity = 1, .waiting_cap = 3, .count = 1});
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set hold_minutes = 15 where code = 'er-held'");
    const struct uuid holder = erasing_person(rig, "Varaaja"), waiter = erasing_person(rig, "Jonottaja");
    request.programme_id = rig_bytes(&world.programme);
    request.implementation_id = rig_bytes(&world.implementations[0]);
    const struct answer held =
        rig_ask(rig, &(struct ask){.method = "Hold", .message = &request.base, .actor = holder, .roles = RIG_PARTICIPANT});
    assert_int_equal(rig_registration(&held)->state, ENROLMENT__STATE__STATE_HELD);
    const struct answer queued = rig_enrol(rig, &world, 0, waiter);
    assert_int_equal(rig_registration(&queued)->state, ENROLMENT__STATE__STATE_QUEUED);
    erasing_self(rig, holder, 1, 1);
    assert_int_equal(erasing_events(rig, "HoldEnded", rig_id(rig_registration(&held)->id)), 1);
    assert_int_equal(erasing_events(rig, "Cancelled", rig_id(rig_registration(&held)->id)), 0);
    assert_int_equal(erasing_events(rig, "Promoted", rig_id(rig_registration(&queued)->id)), 1);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select taken * 100 + held * 10 + waiting from enrolment.programme where code = 'er-held'"),
                     100);
}

/* A plan that a later one replaced is found by no registration any more, and its words go all the same. */
static void test_plans(void **state)
{
    Enrolment__HandInPlanRequest request = ENROLMENT__HAND_IN_PLAN_REQUEST__INIT;
    (void)state;
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "er-plan", .cap = 1, .capacity = 1, .count = 1});
    const struct uuid person = erasing_person(rig, "Suunnittelija");
    const struct answer enrolled = rig_enrol(rig, &world, 0, person);
    request.registration_id = rig_registration(&enrolled)->id;
    request.kind = ENROLMENT__HAND_IN_PLAN_REQUEST__KIND__OWN;
    request.title = (char *)"Oma suunta";
    request.body = (char *)"Minun askeleeni";
    for (int i = 0; i < 2; i++)
        assert_int_equal(erasing_ask(rig, "HandInPlan", &request.base, person, RIG_PARTICIPANT), ERR_OK);
    assert_int_equal(erasing_rows(rig, "Minun askeleeni", ""), 2);
    erasing_self(rig, person, 1, 1);
    assert_int_equal(erasing_rows(rig, "Minun askeleeni", "") + erasing_rows(rig, "Oma suunta", ""), 0);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"a forgotten person's name is nowhere; the place went on; the chain is as it was", test_nowhere, rig_group_rest, NULL, NULL},
        {"the id is in no table but the list of the forgotten and the events", test_id_where, rig_group_rest, NULL, NULL},
        {"lists and histories show the row without a person", test_list_shows_nobody, rig_group_rest, NULL, NULL},
        {"forgetting again answers the same; who comes again is a newcomer", test_again, rig_group_rest, NULL, NULL},
        {"oneself, or an admin with a reason, which is recorded", test_who_may, rig_group_rest, NULL, NULL},
        {"an id that nothing names is not forgotten unless that is meant", test_unknown, rig_group_rest, NULL, NULL},
        {"the forgotten are numbered without a gap, page by page", test_list_of_forgotten, rig_group_rest, NULL, NULL},
        {"a held seat ends as a hold and goes to who waits", test_held, rig_group_rest, NULL, NULL},
        {"no words of a plan stay, of one that was replaced neither", test_plans, rig_group_rest, NULL, NULL},
    };
    return rig_told(cmocka_run_group_tests_name("enrolment erasure", tests, start, rig_group_stop));
}
