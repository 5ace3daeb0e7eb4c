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

struct outcome {
    unsigned granted, full, undecided;
    const struct answer *other; /* the first that is none of these; NULL */
};

/* All 64 leave in one turn of the loop, each by a socket of its own, half of them to each process. */
static struct outcome rush(unsigned round)
{
    const struct uuid programme = crowd_id(CROWD_PROGRAMME, round), implementation = crowd_id(CROWD_IMPLEMENTATION, round);
    Enrolment__EnrolRequest request = ENROLMENT__ENROL_REQUEST__INIT;
    const struct answer *answers[CROWD];
    struct outcome outcome = {0};

    request.programme_id = rig_bytes(&programme);
    request.implementation_id = rig_bytes(&implementation);
    for (size_t i = 0; i < CROWD; i++)
        answers[i] = rig_send(rig, &(struct ask){.method = "Enrol",
                                                 .message = &request.base,
                                                 .actor = crowd_id(CROWD_PERSON, (unsigned)i),
                                                 .roles = RIG_PARTICIPANT,
                                                 .client = i});
    rig_wait(rig);
    outcome.undecided = crowd_undecided(answers);
    for (size_t i = 0; i < CROWD; i++) {
        if (answers[i]->err == ERR_OK)
            outcome.granted++;
        else if (answers[i]->err == ERR_REFUSED && strcmp(answers[i]->rule, "enrolment.full") == 0)
            outcome.full++;
        else if (outcome.other == NULL)
            outcome.other = answers[i];
    }
    return outcome;
}

/* Of a round: seated, waiting, rows, numbers, last number; taken, waiting and length of the chain by the counters. */
static const char *rows_of(struct kit_pg *pg, unsigned round)
{
    char programme[UUID_TEXT];

    uuid_format(crowd_id(CROWD_PROGRAMME, round), programme);
    return kit_sql(
        pg,
        "select concat_ws(' ', count(*) filter (where r.state = 1), count(*) filter (where r.state = 2), count(*), count(distinct "
        "r.order_no),"
        " max(r.order_no), i.taken, i.waiting, i.chain_n) from enrolment.registration r join enrolment.implementation i"
        " on i.id = r.implementation_id where r.programme_id = '%s' group by i.taken, i.waiting, i.chain_n",
        programme);
}

/* A round in one sentence, so that the last line of a failed run tells an oversell from a service that did not answer. */
static void tell(char *why, size_t size, unsigned round, const struct outcome *o, const char *rows, const char *expected, const char *chain)
{
    (void)snprintf(why, size,
                   "round %u: %u granted, %u full, %u without an answer, first other: %s %s; rows (seated waiting rows numbers last taken"
                   " waiting chain) \"%s\", expected \"%s\"; chain %s",
                   round, o->granted, o->full, o->undecided, o->other != NULL ? err_text(o->other->err)->name : "none",
                   o->other != NULL ? o->other->rule : "", rows, expected, chain);
}

/* Whether all is as it must be; `why` is what was found. *decided: every call was answered with a place or "full". */
static bool play(unsigned round, bool *decided, char *why, size_t size)
{
    const unsigned capacity = 1 + round % 30;
    const unsigned cap = round % 3 == 0 && capacity > 1 ? capacity - 1 : capacity + 5; /* in every third round the programme's cap binds */
    const unsigned seats = cap < capacity ? cap : capacity;
    const unsigned queued = CROWD - seats < CROWD_WAITING ? CROWD - seats : CROWD_WAITING, all = seats + queued;
    char expected[128];

    crowd_programme(rig, round, capacity, cap, "reply_hours = 0");
    const struct outcome outcome = rush(round);
    const char *rows = rows_of(rig_pg(rig), round);
    *decided = outcome.granted + outcome.full == CROWD;
    const char *chain = !*decided ? "not asked for" : crowd_chain_holds(rig, round) ? "right" : "wrong";
    (void)snprintf(expected, sizeof expected, "%u %u %u %u %u %u %u %u", seats, queued, all, all, all, seats, queued, all);
    tell(why, size, round, &outcome, rows, expected, chain);
    rig_rest(rig);
    return *decided && outcome.granted == all && strcmp(rows, expected) == 0 && strcmp(chain, "right") == 0;
}

static void test_oversell(void **state)
{
    unsigned round = 0;
    bool right = true, decided = true;
    char why[512] = "";

    (void)state;
    for (; round < ROUNDS && right; round++)
        right = play(round, &decided, why, sizeof why);
#ifdef HV_TEST_UNLOCKED
    print_message("without the lock: %s\n", why);
    assert_false(right);
    assert_true(decided); /* gone wrong for want of the lock, not of an answer */
#else
    if (!right) {
        rig_tell(rig);
        fail_msg("%s: %s", decided ? "decided wrongly" : "not all got a place or \"full\"", why);
    }
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
