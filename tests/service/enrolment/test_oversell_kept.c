/* No oversell where seats are kept for somebody: held while forms are filled, offered to who waits, reserved for invitation codes. 64
 * people at once at two hv-enrolment, without the database's nets, 150 rounds of each kind in two waves: all ask for a place; then all
 * who have something confirm it, give it up, accept, decline or let it pass on, at once.
 *
 * After each wave: taken and reserved within both caps, counters that agree with the rows, numbers without gaps, one place a person, a code
 * used no oftener than it has seats, nobody left waiting for a free seat, and a chain that verifies. Built a second time against the
 * program without its lock (HV_TEST_UNLOCKED) each kind must go wrong. */
#include "tests/service/enrolment/crowd.h"

#define ROUNDS     150
#define CODE_SEATS 3

#ifdef HV_TEST_UNLOCKED
static const char PROGRAM[] = "hv-enrolment-unlocked";
#else
static const char PROGRAM[] = "hv-enrolment";
#endif

static struct rig *rig;
static unsigned next_round;
static const struct answer *answers[CROWD];

union asked { /* lives until the wave is answered */
    ProtobufCMessage base;
    Enrolment__EnrolRequest enrol;
    Enrolment__HoldRequest hold;
    Enrolment__ConfirmRequest confirm;
    Enrolment__CancelRequest cancel;
    Enrolment__AnswerOfferRequest answer;
};
static union asked asked[CROWD];
static struct uuid programme, implementation;
static char why[256]; /* what is wrong after the last wave; told when a kind ends otherwise than it must */

static void go(size_t who, const char *method)
{
    answers[who] = rig_send(rig, &(struct ask){.method = method,
                                               .message = &asked[who].base,
                                               .actor = crowd_id(CROWD_PERSON, (unsigned)who),
                                               .roles = RIG_PARTICIPANT,
                                               .client = who});
}

static void enrol(size_t who, const char *code)
{
    enrolment__enrol_request__init(&asked[who].enrol);
    asked[who].enrol.programme_id = rig_bytes(&programme);
    asked[who].enrol.implementation_id = rig_bytes(&implementation);
    asked[who].enrol.invitation = (char *)(uintptr_t)code;
    go(who, "Enrol");
}

static void hold(size_t who)
{
    enrolment__hold_request__init(&asked[who].hold);
    asked[who].hold.programme_id = rig_bytes(&programme);
    asked[who].hold.implementation_id = rig_bytes(&implementation);
    go(who, "Hold");
}

static void confirm(size_t who, struct uuid *registration)
{
    enrolment__confirm_request__init(&asked[who].confirm);
    asked[who].confirm.registration_id = rig_bytes(registration);
    go(who, "Confirm");
}

static void cancel(size_t who, struct uuid *registration)
{
    enrolment__cancel_request__init(&asked[who].cancel);
    asked[who].cancel.registration_id = rig_bytes(registration);
    go(who, "Cancel");
}

static void answer(size_t who, struct uuid *registration, Enrolment__AnswerOfferRequest__Kind kind)
{
    enrolment__answer_offer_request__init(&asked[who].answer);
    asked[who].answer.registration_id = rig_bytes(registration);
    asked[who].answer.answer = kind;
    go(who, "AnswerOffer");
}

/* --- what must hold ------------------------------------------------------------------------------------------------------------- */

static bool holds(unsigned round)
{
    char id[UUID_TEXT];
    uuid_format(programme, id);
    const char *wrong = kit_sql(
        rig_pg(rig),
        "with r as (select * from enrolment.registration where programme_id = '%s'),"
        " n as (select count(*) filter (where state in (1, 4, 5)) as taken, count(*) filter (where state in (4, 5)) as held,"
        " count(*) filter (where state = 2) as waiting, count(*) as rows, count(distinct order_no) as numbers, max(order_no) as last,"
        " count(distinct person_id) filter (where state in (1, 2, 4, 5)) as people,"
        " count(*) filter (where state in (1, 2, 4, 5)) as active, count(invitation_id) as invited from r),"
        " v as (select coalesce(sum(seats), 0) as seats, coalesce(sum(used), 0) as used from enrolment.invitation where programme_id = "
        "'%s')"
        " select concat_ws(', ', case when i.taken <> n.taken or p.taken <> n.taken then 'taken' end,"
        " case when i.held <> n.held or p.held <> n.held then 'held' end,"
        " case when i.waiting <> n.waiting or p.waiting <> n.waiting then 'waiting' end,"
        " case when n.taken + i.reserved > i.capacity or n.taken + p.reserved > p.cap then 'oversold' end,"
        " case when n.waiting > i.waiting_cap then 'waiting list overfull' end,"
        " case when n.rows <> n.numbers or n.rows <> n.last or i.last_order <> n.last or p.last_order <> n.last then 'numbers' end,"
        " case when n.people <> n.active then 'two places for one' end,"
        " case when v.used > v.seats or v.used <> n.invited or i.reserved <> v.seats - v.used then 'codes' end,"
        " case when n.waiting > 0 and n.taken + i.reserved < i.capacity and n.taken + p.reserved < p.cap then 'promotion' end)"
        " from n, v, enrolment.programme p join enrolment.implementation i on i.programme_id = p.id where p.id = '%s'",
        id, id, id);
    const unsigned undecided = crowd_undecided(answers);
    if (undecided > 0) {
        rig_tell(rig);
        fail_msg("round %u: %u of %d calls got no answer; %s", round, undecided, CROWD, wrong);
    }
    const bool chain = crowd_chain_holds(rig, round);
    (void)snprintf(why, sizeof why, "round %u: %s%s", round, wrong, chain ? "" : " chain");
    return *wrong == '\0' && chain;
}

/* --- the three kinds ------------------------------------------------------------------------------------------------------------- */

struct kind {
    const char *columns;
    void (*first)(size_t who);
    void (*second)(size_t who, struct uuid *registration, Enrolment__State state); /* whoever has a registration */
    bool codes;
};

static void half_hold(size_t who)
{
    if (who % 2 == 0)
        hold(who);
    else
        enrol(who, "");
}

static void fill_forms(size_t who, struct uuid *registration, Enrolment__State state)
{
    if (state != ENROLMENT__STATE__STATE_HELD || who % 3 == 0)
        cancel(who, registration);
    else
        confirm(who, registration);
}

static void all_enrol(size_t who)
{
    enrol(who, "");
}

/* Whoever has a seat gives it up, so the waiting ones are offered one, and answer before they know: some in time, some too early. */
static void give_and_answer(size_t who, struct uuid *registration, Enrolment__State state)
{
    static const Enrolment__AnswerOfferRequest__Kind kinds[3] = {ENROLMENT__ANSWER_OFFER_REQUEST__KIND__ACCEPT,
                                                                 ENROLMENT__ANSWER_OFFER_REQUEST__KIND__DECLINE,
                                                                 ENROLMENT__ANSWER_OFFER_REQUEST__KIND__PASS};
    if (state == ENROLMENT__STATE__STATE_SEATED)
        cancel(who, registration);
    else
        answer(who, registration, kinds[who % 3]);
}

static char code_of_round[24];

static void half_with_code(size_t who)
{
    enrol(who, who % 2 == 0 ? code_of_round : "");
}

static void half_leave(size_t who, struct uuid *registration, Enrolment__State state)
{
    (void)state;
    if (who % 4 < 2)
        cancel(who, registration);
    else
        enrol(who, code_of_round);
}

static void make_code(unsigned round, unsigned seats)
{
    char p[UUID_TEXT], i[UUID_TEXT];
    const unsigned reserved = seats < CODE_SEATS ? seats : CODE_SEATS;
    uuid_format(programme, p);
    uuid_format(implementation, i);
    (void)snprintf(code_of_round, sizeof code_of_round, "KUTSU%u", round);
    (void)kit_sql(rig_pg(rig),
                  "insert into enrolment.invitation (id, programme_id, implementation_id, code, seats, early, note)"
                  " values (gen_random_uuid(), '%s', '%s', '%s', %u, false, '')",
                  p, i, code_of_round, reserved);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set reserved = %u where id = '%s'", reserved, p);
    (void)kit_sql(rig_pg(rig), "update enrolment.implementation set reserved = %u where id = '%s'", reserved, i);
}

static void second_wave(const struct kind *kind)
{
    struct uuid registrations[CROWD];
    Enrolment__State states[CROWD];
    bool has[CROWD];

    for (size_t i = 0; i < CROWD; i++) {
        has[i] = answers[i]->err == ERR_OK;
        if (has[i]) {
            const Enrolment__Registration *r = rig_registration(answers[i]);
            registrations[i] = rig_id(r->id);
            states[i] = r->state;
        }
    }
    for (size_t i = 0; i < CROWD; i++)
        if (has[i])
            kind->second(i, &registrations[i], states[i]);
    rig_wait(rig);
}

static bool play(const struct kind *kind, unsigned round)
{
    const unsigned capacity = 1 + round % 30;
    const unsigned cap = round % 3 == 0 && capacity > 1 ? capacity - 1 : capacity + 5;

    programme = crowd_id(CROWD_PROGRAMME, round);
    implementation = crowd_id(CROWD_IMPLEMENTATION, round);
    crowd_programme(rig, round, capacity, cap, kind->columns);
    if (kind->codes)
        make_code(round, cap < capacity ? cap : capacity);
    for (size_t i = 0; i < CROWD; i++)
        kind->first(i);
    rig_wait(rig);
    bool right = holds(round);
    if (right) {
        second_wave(kind);
        right = holds(round);
    }
    rig_rest(rig);
    return right;
}

static void campaign(const struct kind *kind)
{
    unsigned wrong = 0;
    for (unsigned i = 0; i < ROUNDS && wrong == 0; i++)
        wrong += !play(kind, next_round++);
#ifdef HV_TEST_UNLOCKED
    print_message("without the lock: %s\n", why);
    assert_int_equal(wrong, 1);
#else
    if (wrong > 0) {
        rig_tell(rig);
        fail_msg("%s", why);
    }
#endif
}

static void test_oversell_holds(void **state)
{
    (void)state;
    campaign(&(struct kind){.columns = "hold_minutes = 15", .first = half_hold, .second = fill_forms});
}

static void test_oversell_offers(void **state)
{
    (void)state;
    campaign(&(struct kind){.columns = "offer_hours = 24", .first = all_enrol, .second = give_and_answer});
}

static void test_oversell_codes(void **state)
{
    (void)state;
    campaign(&(struct kind){.columns = "reply_hours = 0", .first = half_with_code, .second = half_leave, .codes = true});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_oversell_holds),  /* held, confirmed, given up, all at once */
        cmocka_unit_test(test_oversell_offers), /* given up, offered, accepted, declined, let pass on, all at once */
        cmocka_unit_test(test_oversell_codes)   /* reserved seats and free ones, with and without the code */
    };
    rig = crowd_new(PROGRAM);
    const int failed = cmocka_run_group_tests_name("enrolment oversell, kept seats", tests, NULL, NULL);
    rig_free(rig);
    return failed;
}
