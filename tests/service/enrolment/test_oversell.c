/* No oversell: 64 clients at once on 1 to 30 seats, 1,000 rounds, two hv-enrolment on one schema.
 *
 * The database's own nets (unique order, CHECKs) are dropped first, so that the programme's lock alone carries the weight. After
 * each round: never more seats than there are, order numbers 1..n without a gap or a double, counters that agree with the rows,
 * and a chain that verifies. The same source is built a second time (HV_TEST_UNLOCKED) against a program whose lock is left out:
 * there a round must go wrong, or this test would prove nothing. */
#include "tests/service/enrolment/crowd.h"

#define ROUNDS 1000

#ifdef HV_TEST_UNLOCKED
static const char PROGRAM[] = "hv-enrolment-unlocked";
#else
static const char PROGRAM[] = "hv-enrolment";
#endif

static struct rig *rig;

/* All 64 leave in one turn of the loop, each by a socket of its own, half of them to each process. */
static void rush(unsigned round, unsigned *granted, unsigned *full, enum err *other)
{
    const struct uuid programme = crowd_id(CROWD_PROGRAMME, round), implementation = crowd_id(CROWD_IMPLEMENTATION, round);
    Enrolment__EnrolRequest request = ENROLMENT__ENROL_REQUEST__INIT;
    const struct answer *answers[CROWD];

    request.programme_id = rig_bytes(&programme);
    request.implementation_id = rig_bytes(&implementation);
    for (size_t i = 0; i < CROWD; i++)
        answers[i] = rig_send(rig, &(struct ask){.method = "Enrol",
                                                 .message = &request.base,
                                                 .actor = crowd_id(CROWD_PERSON, (unsigned)i),
                                                 .roles = RIG_PARTICIPANT,
                                                 .client = i});
    rig_wait(rig);
    *granted = *full = 0;
    *other = ERR_OK;
    for (size_t i = 0; i < CROWD; i++) {
        if (answers[i]->err == ERR_OK)
            ++*granted;
        else if (answers[i]->err == ERR_REFUSED && strcmp(answers[i]->rule, "enrolment.full") == 0)
            ++*full;
        else
            *other = answers[i]->err;
    }
}

/* What must be true of a round: granted rows, all with the numbers 1..n, counters that say the same. */
static bool rows_hold(struct kit_pg *pg, unsigned round, unsigned seats, unsigned granted)
{
    char expected[128], programme[UUID_TEXT];
    const unsigned queued = CROWD - seats < CROWD_WAITING ? CROWD - seats : CROWD_WAITING;

    uuid_format(crowd_id(CROWD_PROGRAMME, round), programme);
    (void)snprintf(expected, sizeof expected, "%u %u %u %u %u %u %u %u", seats, queued, granted, granted, granted, seats, queued, granted);
    const char *found =
        kit_sql(pg,
                "select concat_ws(' ', count(*) filter (where r.state = 1), count(*) filter (where r.state = 2), count(*), count(distinct "
                "r.order_no),"
                " max(r.order_no), i.taken, i.waiting, i.chain_n) from enrolment.registration r join enrolment.implementation i"
                " on i.id = r.implementation_id where r.programme_id = '%s' group by i.taken, i.waiting, i.chain_n",
                programme);
    return strcmp(found, expected) == 0 && granted == seats + queued;
}

static bool play(unsigned round)
{
    const unsigned capacity = 1 + round % 30;
    const unsigned cap = round % 3 == 0 && capacity > 1 ? capacity - 1 : capacity + 5; /* in every third round the programme's cap binds */
    const unsigned seats = cap < capacity ? cap : capacity;
    unsigned granted, full;
    enum err other;

    crowd_programme(rig, round, capacity, cap, "reply_hours = 0");
    rush(round, &granted, &full, &other);
    const bool rows = rows_hold(rig_pg(rig), round, seats, granted), chain = crowd_chain_holds(rig, round);
    rig_rest(rig);
    if (granted + full == CROWD && rows && chain)
        return true;
#ifndef HV_TEST_UNLOCKED
    print_message("round %u: %u granted, %u full, also %s; rows %s, chain %s\n", round, granted, full, err_text(other)->name,
                  rows ? "right" : "wrong", chain ? "right" : "wrong");
#endif
    return false;
}

static void test_oversell(void **state)
{
    unsigned wrong = 0, round = 0;

    (void)state;
    for (; round < ROUNDS && wrong == 0; round++)
        wrong += !play(round);
#ifdef HV_TEST_UNLOCKED
    print_message("without the lock round %u went wrong\n", round);
    assert_int_equal(wrong, 1);
#else
    if (wrong > 0)
        fail_msg("round %u went wrong", round);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.programme where taken > cap"), 0);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.implementation where taken > capacity"), 0);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_oversell) /* 64 at once on 1..30 seats, 1,000 rounds, two processes, no nets but the lock */
    };
    rig = crowd_new(PROGRAM);
    const int failed = cmocka_run_group_tests_name("enrolment oversell", tests, NULL, NULL);
    rig_free(rig);
    return failed;
}
