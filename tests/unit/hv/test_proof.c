/* hv verify offline: a chain and receipts as the service would export them, made here with a key of our own, then tampered with in
 * every way somebody might. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>
#include <sodium.h>

#include "common/base/time.h"
#include "services/hv/proof.h"

enum { LENGTH = 6 };
static const char *const STATES[] = {"STATE_UNKNOWN", "STATE_SEATED",  "STATE_QUEUED",     "STATE_CANCELLED",
                                     "STATE_HELD",    "STATE_OFFERED", "STATE_TRANSFERRED"};

struct world {
    uint8_t key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    struct uuid implementation;
    json_t *chain, *receipt; /* of entry 3, whose person is number 3 */
};

static struct uuid id_of(uint8_t kind, uint8_t number)
{
    return (struct uuid){{kind, [15] = number}};
}

static json_t *id_text(struct uuid id)
{
    char text[UUID_TEXT];
    uuid_format(id, text);
    return json_string(text);
}

static json_t *bytes_text(const uint8_t *bytes, size_t len)
{
    char text[200];
    return json_string(sodium_bin2base64(text, sizeof text, bytes, len, sodium_base64_VARIANT_ORIGINAL));
}

static void sign(const struct world *world, json_t *object, const uint8_t *text, size_t len)
{
    uint8_t signature[crypto_sign_BYTES];
    assert_int_equal(crypto_sign_detached(signature, NULL, text, len, world->secret), 0);
    json_object_set_new(object, "signature", bytes_text(signature, sizeof signature));
    json_object_set_new(object, "publicKey", bytes_text(world->key, sizeof world->key));
}

static json_t *entry_json(const struct chain_record *record, const struct hash *hash)
{
    char at[TIME_TEXT];
    time_format(record->at_us, at);
    return json_pack("{s:i, s:s, s:s, s:i, s:o, s:o, s:s, s:o}", "n", (int)record->n, "from", STATES[record->from], "to",
                     STATES[record->to], "orderNo", (int)record->order_no, "registrationId", id_text(record->registration), "personHash",
                     bytes_text(record->person.b, HASH_SIZE), "at", at, "hash", bytes_text(hash->b, HASH_SIZE));
}

static json_t *head_json(const struct world *world, uint32_t n, const struct hash *hash, int64_t at_us)
{
    uint8_t text[CHAIN_HEAD_SIZE];
    char at[TIME_TEXT];
    chain_head_bytes(world->implementation, n, hash, at_us, text);
    time_format(at_us, at);
    json_t *head = json_pack("{s:o, s:i, s:o, s:s}", "implementationId", id_text(world->implementation), "n", (int)n, "hash",
                             bytes_text(hash->b, HASH_SIZE), "at", at);
    sign(world, head, text, sizeof text);
    return head;
}

static json_t *receipt_json(const struct world *world, const struct chain_record *record, const struct hash *hash, const uint8_t *salt)
{
    uint8_t text[CHAIN_RECEIPT_SIZE];
    char at[TIME_TEXT];
    time_format(record->at_us, at);
    json_t *registration =
        json_pack("{s:o, s:o, s:o, s:s, s:i, s:i, s:s}", "id", id_text(record->registration), "implementationId",
                  id_text(world->implementation), "personId", id_text(id_of(2, (uint8_t)record->n)), "state", STATES[record->to], "orderNo",
                  (int)record->order_no, "programmeOrder", 40 + (int)record->order_no, "createdAt", at);
    json_t *receipt = json_pack("{s:o, s:o, s:o}", "registration", registration, "entry", entry_json(record, hash), "salt",
                                bytes_text(salt, CHAIN_SALT_SIZE));
    chain_receipt_bytes(record, hash, text);
    sign(world, receipt, text, sizeof text);
    return receipt;
}

/* LENGTH enrolments, one into each state there is; late: microseconds added to each, so that two worlds differ. */
static void build(struct world *world, int64_t late)
{
    json_t *entries = json_array();
    struct hash hash = chain_start(world->implementation);
    int64_t at_us = 0;
    for (uint32_t n = 1; n <= LENGTH; n++) {
        const uint8_t salt[CHAIN_SALT_SIZE] = {(uint8_t)n, 9};
        const struct chain_record record = {.implementation = world->implementation,
                                            .n = n,
                                            .to = (uint8_t)n,
                                            .order_no = n,
                                            .registration = id_of(3, (uint8_t)n),
                                            .person = chain_person(salt, id_of(2, (uint8_t)n)),
                                            .at_us = at_us = 1785571200000000 + n + late};
        hash = chain_step(&hash, &record);
        json_array_append_new(entries, entry_json(&record, &hash));
        if (n == 3)
            world->receipt = receipt_json(world, &record, &hash, salt);
    }
    world->chain = json_pack("{s:o, s:o, s:o}", "implementationId", id_text(world->implementation), "entries", entries, "head",
                             head_json(world, LENGTH, &hash, at_us));
}

static int set_up(void **state)
{
    static struct world world;
    assert_true(sodium_init() >= 0);
    world.implementation = id_of(1, 1);
    crypto_sign_keypair(world.key, world.secret);
    build(&world, 0);
    *state = &world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    json_decref(world->chain);
    json_decref(world->receipt);
    return 0;
}

static bool chain_holds(const struct world *world, const json_t *chain, const char *why)
{
    struct proof proof;
    proof_chain(&proof, chain, NULL, world->key);
    if (!proof.holds && why && !strstr(proof.why, why))
        fail_msg("expected \"%s\", found \"%s\"", why, proof.why);
    return proof.holds;
}

static json_t *entry_of(const struct world *world, size_t i)
{
    return json_array_get(json_object_get(world->chain, "entries"), i);
}

static void test_an_untouched_chain_holds(void **state)
{
    const struct world *world = *state;
    struct proof proof;
    proof_chain(&proof, world->chain, NULL, world->key);
    assert_string_equal(proof.why, "");
    assert_true(proof.holds && proof.head_given && proof.head_signed);
    assert_int_equal(proof.entries, LENGTH);
    assert_int_equal(proof.registrations, LENGTH);
}

static void test_every_changed_member_is_found(void **state)
{
    const struct world *world = *state;
    static const char *const MEMBERS[] = {"n", "from", "to", "orderNo", "registrationId", "personHash", "at", "hash"};
    for (size_t i = 0; i < LENGTH; i++)
        for (size_t m = 0; m < sizeof MEMBERS / sizeof MEMBERS[0]; m++) {
            json_t *good = json_deep_copy(entry_of(world, i)), *entry = entry_of(world, i);
            json_t *value = json_object_get(entry, MEMBERS[m]);
            if (json_is_integer(value))
                json_object_set_new(entry, MEMBERS[m], json_integer(json_integer_value(value) + 1));
            else if (MEMBERS[m][0] == 'f' || MEMBERS[m][0] == 't')
                json_object_set_new(entry, MEMBERS[m], json_string(STATES[(i + 1) % LENGTH + 1]));
            else /* the same member of another entry */
                json_object_set(entry, MEMBERS[m], json_object_get(entry_of(world, (i + 1) % LENGTH), MEMBERS[m]));
            assert_false(chain_holds(world, world->chain, "entry"));
            json_object_del(entry, MEMBERS[m]);
            if (MEMBERS[m][0] != 'f') /* "from" of a new registration is the default, and may be absent */
                assert_false(chain_holds(world, world->chain, "entry"));
            json_array_set_new(json_object_get(world->chain, "entries"), i, good);
            assert_true(chain_holds(world, world->chain, NULL));
        }
}

static void test_swap_gap_and_cut_are_found(void **state)
{
    const struct world *world = *state;
    json_t *entries = json_object_get(world->chain, "entries"), *kept = json_deep_copy(entries);
    json_t *second = json_incref(json_array_get(entries, 1));
    json_array_set(entries, 1, json_array_get(entries, 2));
    json_array_set_new(entries, 2, second);
    assert_false(chain_holds(world, world->chain, "entry 2 has not the next number"));
    json_object_set(world->chain, "entries", kept);
    entries = json_object_get(world->chain, "entries");
    json_array_remove(entries, LENGTH - 1);
    assert_false(chain_holds(world, world->chain, "cut off"));
    json_array_remove(entries, 0);
    assert_false(chain_holds(world, world->chain, "entry 1 has not the next number"));
    json_array_clear(entries);
    assert_false(chain_holds(world, world->chain, "cut off"));
    json_decref(kept);
}

static void test_a_head_cannot_be_forged(void **state)
{
    struct world *world = *state, forger = {.implementation = world->implementation};
    struct proof proof;
    crypto_sign_keypair(forger.key, forger.secret);
    build(&forger, 5);
    assert_true(chain_holds(&forger, forger.chain, NULL));
    assert_false(chain_holds(world, forger.chain, "another key")); /* well made, but not ours */
    json_object_set(json_object_get(forger.chain, "head"), "publicKey",
                    json_object_get(json_object_get(world->chain, "head"), "publicKey"));
    assert_false(chain_holds(world, forger.chain, "signature of the head is not right"));
    /* Whoever has our key writes the chain anew: the head that was published earlier tells. */
    json_t *published = json_object_get(world->chain, "head");
    memcpy(forger.secret, world->secret, sizeof forger.secret);
    memcpy(forger.key, world->key, sizeof forger.key);
    json_decref(forger.chain);
    json_decref(forger.receipt);
    build(&forger, 5);
    assert_true(chain_holds(world, forger.chain, NULL));
    proof_chain(&proof, forger.chain, published, world->key);
    assert_false(proof.holds);
    assert_non_null(strstr(proof.why, "differs from the published head"));
    proof_chain(&proof, world->chain, published, world->key);
    assert_true(proof.holds);
    json_decref(forger.chain);
    json_decref(forger.receipt);
}

static bool receipt_holds(const struct world *world, const json_t *chain, const char *why)
{
    struct proof proof;
    proof_receipt(&proof, world->receipt, chain, world->key);
    if (!proof.holds && why && !strstr(proof.why, why))
        fail_msg("expected \"%s\", found \"%s\"", why, proof.why);
    return proof.holds;
}

static void test_a_receipt_holds_for_its_person_and_entry(void **state)
{
    struct world *world = *state;
    json_t *registration = json_object_get(world->receipt, "registration"), *entry = json_object_get(world->receipt, "entry");
    assert_true(receipt_holds(world, NULL, NULL));
    assert_true(receipt_holds(world, world->chain, NULL));
    json_t *person = json_incref(json_object_get(registration, "personId"));
    json_object_set_new(registration, "personId", id_text(id_of(2, 4)));
    assert_false(receipt_holds(world, NULL, "not this person's"));
    json_object_set_new(registration, "personId", person);
    json_object_set_new(entry, "orderNo", json_integer(1));
    json_object_set_new(registration, "orderNo", json_integer(1));
    assert_false(receipt_holds(world, NULL, "signature of the receipt"));
    json_object_set_new(entry, "orderNo", json_integer(3));
    json_object_set_new(registration, "orderNo", json_integer(3));
    json_object_set_new(registration, "id", id_text(id_of(3, 4)));
    assert_false(receipt_holds(world, NULL, "another registration"));
    json_object_set_new(registration, "id", id_text(id_of(3, 3)));
    assert_true(receipt_holds(world, world->chain, NULL));

    struct world other = *world;
    build(&other, 5);
    assert_false(receipt_holds(world, other.chain, "not the receipt's"));
    json_object_set_new(other.chain, "implementationId", id_text(id_of(1, 2)));
    assert_false(receipt_holds(world, other.chain, "another implementation"));
    json_decref(other.chain);
    json_decref(other.receipt);
}

/* What people read is the registration, what is signed is the entry: where the two differ, somebody has changed the one. */
static void test_a_receipt_that_contradicts_its_entry_does_not_hold(void **state)
{
    struct world *world = *state;
    json_t *registration = json_object_get(world->receipt, "registration");
    const struct {
        const char *member;
        json_t *lie;
        const char *why;
    } lies[] = {{"orderNo", json_integer(1), "says order 1, the entry that is signed says 3"},
                {"orderNo", NULL, "says order 0"},
                {"state", json_string("STATE_SEATED"), "says STATE_SEATED"},
                {"state", json_string("STATE_FIRST"), "says STATE_FIRST"},
                {"state", NULL, "another state"},
                {"createdAt", json_string("2020-01-01T06:00:00Z"), "made at 2020-01-01T06:00:00Z"}};
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        json_t *truth = json_incref(json_object_get(registration, lies[i].member));
        if (lies[i].lie)
            json_object_set_new(registration, lies[i].member, lies[i].lie);
        else
            json_object_del(registration, lies[i].member);
        assert_false(receipt_holds(world, NULL, lies[i].why));
        json_object_set_new(registration, lies[i].member, truth);
        assert_true(receipt_holds(world, NULL, NULL));
    }
}

static void test_junk_is_no_proof(void **state)
{
    const struct world *world = *state;
    static const char *const JUNK[] = {"{}",
                                       "[]",
                                       "3",
                                       "{\"implementationId\":3}",
                                       "{\"implementationId\":\"01000000-0000-0000-0000-000000000001\",\"entries\":[{}]}",
                                       "{\"implementationId\":\"01000000-0000-0000-0000-000000000001\",\"entries\":[null,3]}",
                                       "{\"implementationId\":\"01000000-0000-0000-0000-000000000001\",\"head\":{\"n\":-1}}"};
    for (size_t i = 0; i < sizeof JUNK / sizeof JUNK[0]; i++) {
        json_t *json = json_loads(JUNK[i], JSON_DECODE_ANY, NULL);
        struct proof proof;
        assert_non_null(json);
        proof_chain(&proof, json, NULL, world->key);
        assert_false(proof.holds);
        proof_receipt(&proof, json, NULL, world->key);
        assert_false(proof.holds);
        json_decref(json);
    }
}

static void test_keys_are_hex_or_base64(void **state)
{
    (void)state;
    uint8_t key[PROOF_KEY_SIZE];
    assert_true(proof_key("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20", key));
    assert_int_equal(key[31], 0x20);
    assert_true(proof_key("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=", key));
    assert_int_equal(key[31], 0x20);
    assert_false(proof_key("0102", key));
    assert_false(proof_key("", key));
    assert_false(proof_key("zz02030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20", key));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_an_untouched_chain_holds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_changed_member_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_swap_gap_and_cut_are_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_head_cannot_be_forged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_receipt_holds_for_its_person_and_entry, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_receipt_that_contradicts_its_entry_does_not_hold, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_junk_is_no_proof, set_up, tear_down),
        cmocka_unit_test(test_keys_are_hex_or_base64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
