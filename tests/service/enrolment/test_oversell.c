/* No oversell: 64 clients at once on 1 to 30 seats, 1,000 rounds, two hv-enrolment on one schema.
 *
 * The database's own nets (unique order, CHECKs) are dropped first, so that the programme's lock alone carries the weight. After
 * each round: never more seats than there are, order numbers 1..n without a gap or a double, counters that agree with the rows,
 * and a chain that verifies. The same source is built a second time (HV_TEST_UNLOCKED) against a program whose lock is left out:
 * there a round must go wrong, or this test would prove nothing. */
#include "common/base/chain.h"
#include "tests/service/enrolment/rig.h"

#define CLIENTS 64
#define ROUNDS  1000
#define WAITING 8

#ifdef HV_TEST_UNLOCKED
static const char PROGRAM[] = "hv-enrolment-unlocked";
#else
static const char PROGRAM[] = "hv-enrolment";
#endif

static struct rig *rig;
static struct uuid people[CLIENTS];

/* Which thing, which round: the same in C and in SQL. */
static struct uuid id_of(unsigned kind, unsigned number)
{
    struct uuid id = {{0}};
    id.b[3] = (uint8_t)kind;
    id.b[6] = id.b[8] = 0x80;
    for (unsigned i = 0; i < 4; i++)
        id.b[15 - i] = (uint8_t)(number >> (8 * i));
    return id;
}

static void drop_nets(struct kit_pg *pg)
{
    (void)kit_sql(pg,
                  "do $$ declare c record; begin"
                  " for c in select conname, conrelid::regclass as tab from pg_constraint where connamespace = 'enrolment'::regnamespace"
                  " and contype = 'c' and conrelid <> 0 and conparentid = 0 loop"
                  " execute format('alter table %%s drop constraint %%I', c.tab, c.conname); end loop; end $$");
    (void)kit_sql(pg, "alter table enrolment.registration drop constraint registration_order");
    (void)kit_sql(pg, "create index registration_order on enrolment.registration (implementation_id, order_no)");
    (void)kit_sql(pg, "drop index enrolment.registration_active");
    (void)kit_sql(pg, "create index registration_active on enrolment.registration (person_id, programme_id) where state in (1, 2)");
}

static void make_people(struct kit_pg *pg)
{
    char text[UUID_TEXT];
    for (unsigned i = 0; i < CLIENTS; i++) {
        people[i] = id_of(3, i);
        uuid_format(people[i], text);
        (void)kit_sql(
            pg,
            "insert into enrolment.person values ('%s', 'Kilpa %u', 'kilpa.%u@example.fi', 'fi', 'teacher', 'basic', 'private', '',"
            " '')",
            text, i, i);
    }
}

static void make_programme(struct kit_pg *pg, unsigned round, unsigned seats, unsigned cap)
{
    char programme[UUID_TEXT], implementation[UUID_TEXT], head[2 * HASH_SIZE + 1];
    const struct hash start = chain_start(id_of(2, round));

    uuid_format(id_of(1, round), programme);
    uuid_format(id_of(2, round), implementation);
    for (size_t i = 0; i < HASH_SIZE; i++)
        (void)snprintf(head + 2 * i, 3, "%02x", start.b[i]);
    (void)kit_sql(pg,
                  "insert into enrolment.programme (id, code, title_fi, title_sv, title_en, credits_tenths, cap, reply_hours)"
                  " values ('%s', 'round-%u', 'Kierros', '', '', 0, %u, 0)",
                  programme, round, cap);
    (void)kit_sql(
        pg,
        "insert into enrolment.implementation (id, programme_id, code, ordinal, organiser_fi, organiser_sv, organiser_en, title_fi,"
        " title_sv, title_en, audience_fi, audience_sv, audience_en, places, region, mode, capacity, waiting_cap, chain_head)"
        " values ('%s', '%s', 'a', 1, '', '', '', '', '', '', '', '', '', '{}', '', 0, %u, %u, '\\x%s')",
        implementation, programme, seats, WAITING, head);
    (void)kit_sql(
        pg,
        "insert into enrolment.application_window values (gen_random_uuid(), '%s', now() - interval '1 day', now() + interval '1 day',"
        " true, false)",
        programme);
}

/* All 64 leave in one turn of the loop, each by a socket of its own, half of them to each process. */
static void rush(unsigned round, unsigned *granted, unsigned *full)
{
    const struct uuid programme = id_of(1, round), implementation = id_of(2, round);
    Enrolment__EnrolRequest request = ENROLMENT__ENROL_REQUEST__INIT;
    const struct answer *answers[CLIENTS];

    request.programme_id = rig_bytes(&programme);
    request.implementation_id = rig_bytes(&implementation);
    for (size_t i = 0; i < CLIENTS; i++)
        answers[i] = rig_send(
            rig, &(struct ask){.method = "Enrol", .message = &request.base, .actor = people[i], .roles = RIG_PARTICIPANT, .client = i});
    rig_wait(rig);
    *granted = *full = 0;
    for (size_t i = 0; i < CLIENTS; i++) {
        *granted += answers[i]->err == ERR_OK;
        *full += answers[i]->err == ERR_REFUSED && strcmp(answers[i]->rule, "enrolment.full") == 0;
    }
}

static bool chain_holds(unsigned round)
{
    const struct uuid implementation = id_of(2, round);
    Enrolment__GetChainRequest request = ENROLMENT__GET_CHAIN_REQUEST__INIT;
    struct chain_check check;

    request.implementation_id = rig_bytes(&implementation);
    request.page_size = 200;
    const struct answer a = rig_ask(rig, &(struct ask){.method = "GetChain", .message = &request.base});
    assert_int_equal(a.err, ERR_OK);
    const Enrolment__Chain *chain = (const Enrolment__Chain *)a.message;
    struct hash hash;
    chain_check_init(&check, implementation);
    memcpy(hash.b, chain->head->hash.data, sizeof hash.b);
    chain_check_expect(&check, chain->head->n, &hash);
    for (size_t i = 0; i < chain->n_entries; i++) {
        const Enrolment__ChainEntry *e = chain->entries[i];
        struct chain_record record = {.implementation = implementation,
                                      .n = e->n,
                                      .from = (uint8_t)e->from,
                                      .to = (uint8_t)e->to,
                                      .order_no = e->order_no,
                                      .registration = rig_id(e->registration_id),
                                      .at_us = e->at_us};
        memcpy(record.person.b, e->person_hash.data, sizeof record.person.b);
        memcpy(hash.b, e->hash.data, sizeof hash.b);
        if (chain_check_next(&check, &record, &hash) != CHAIN_OK)
            return false;
    }
    return chain_check_end(&check) == CHAIN_OK;
}

/* What must be true of a round: granted rows, all with the numbers 1..n, counters that say the same. */
static bool rows_hold(struct kit_pg *pg, unsigned round, unsigned seats, unsigned granted)
{
    char expected[128], programme[UUID_TEXT];
    const unsigned queued = CLIENTS - seats < WAITING ? CLIENTS - seats : WAITING;

    uuid_format(id_of(1, round), programme);
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

    make_programme(rig_pg(rig), round, capacity, cap);
    rush(round, &granted, &full);
    const bool held = granted + full == CLIENTS && rows_hold(rig_pg(rig), round, seats, granted) && chain_holds(round);
    rig_rest(rig);
    return held;
}

static void test_oversell(void **state)
{
    unsigned wrong = 0, round = 0;

    (void)state;
    drop_nets(rig_pg(rig));
    make_people(rig_pg(rig));
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
    rig = rig_new_of(PROGRAM, 2, CLIENTS);
    const int failed = cmocka_run_group_tests_name("enrolment oversell", tests, NULL, NULL);
    rig_free(rig);
    return failed;
}
