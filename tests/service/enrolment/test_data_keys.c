/* What protects secrets from whoever has the database alone: keys that mean one thing for all replicas, and hashes that need a key. */
#include "common/base/hash.h"
#include "tests/service/enrolment/rig.h"

#define OTHER_KEY "0300000000000000000000000000000000000000000000000000000000000000\n"

static struct rig *rig;

/* Key 1 is known since the rig began: a replica with another key of that number would seal what the first cannot open. */
static void test_another_key_of_that_number(void **state)
{
    Enrolment__ListProgrammesRequest list = ENROLMENT__LIST_PROGRAMMES_REQUEST__INIT;
    const struct ask ask = {.method = "ListProgrammes", .message = &list.base};
    (void)state;
    assert_int_equal(rig_ask(rig, &ask).err, ERR_OK); /* the first is up */
    assert_true(rig_refuses(rig, "1 " OTHER_KEY));
    assert_true(rig_refuses(rig, "2 " OTHER_KEY "1 " OTHER_KEY));
    assert_int_equal(kit_sql_int(rig_pg(rig), "select sum(number) from enrolment.data_key"), 1); /* it left nothing */
    assert_int_equal(rig_ask(rig, &ask).err, ERR_OK);
    rig_restart(rig, RIG_DATA_KEYS "2 " OTHER_KEY); /* under a number of its own it is welcome */
    assert_int_equal(kit_sql_int(rig_pg(rig), "select sum(number) from enrolment.data_key"), 3);
}

/* A request may hold a yes or a no. Who has only the database may guess it, and finds no hash to try the guess on. */
static void test_guesses_find_no_proof(void **state)
{
    const struct world world = rig_programme(rig, &(struct programme_plan){.code = "guess", .cap = 3, .capacity = 3, .count = 1});
    Enrolment__EnrolRequest guess = ENROLMENT__ENROL_REQUEST__INIT;
    uint8_t payload[256];
    char hex[2 * HASH_SIZE + 1];
    (void)state;
    guess.programme_id = rig_bytes(&world.programme);
    guess.implementation_id = rig_bytes(&world.implementations[0]);
    assert_int_equal(rig_enrol(rig, &world, 0, rig_person(rig, "teacher", "basic")).err, ERR_OK);
    assert_true(enrolment__enrol_request__get_packed_size(&guess) <= sizeof payload);
    const struct span parts[] = {span_text("enrolment.Enrol"), span_of(payload, enrolment__enrol_request__pack(&guess, payload))};
    const struct hash hash = hash_of(parts, 2);
    for (size_t i = 0; i < HASH_SIZE; i++)
        (void)snprintf(hex + 2 * i, 3, "%02x", hash.b[i]);
    assert_int_equal(kit_sql_int(rig_pg(rig), "select count(*) from enrolment.registration where request_hash = '\\x%s'", hex), 0);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"a service whose key is another one than before under its number does not start", test_another_key_of_that_number, rig_group_rest,
         NULL, NULL},
        {"the hash of a request is keyed", test_guesses_find_no_proof, rig_group_rest, NULL, NULL},
    };
    return rig_told(cmocka_run_group_tests_name("enrolment data keys", tests, start, rig_group_stop));
}
