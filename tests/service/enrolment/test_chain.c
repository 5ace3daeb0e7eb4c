/* The order that can be verified: receipts, heads and whole chains from the service, checked with nothing but the published
 * arithmetic and the public key; and what becomes of them when somebody changes the database behind the service's back. */
#include "tests/service/enrolment/chain_walk.h"

#include <sodium.h>

static struct rig *rig;

static void check_signature(ProtobufCBinaryData signature, ProtobufCBinaryData key, const uint8_t *bytes, size_t len)
{
    assert_int_equal(signature.len, crypto_sign_BYTES);
    assert_int_equal(key.len, crypto_sign_PUBLICKEYBYTES);
    assert_int_equal(crypto_sign_verify_detached(signature.data, bytes, len, key.data), 0);
}

/* Three entries a page, so that a chain has several. */
static enum chain_finding verify(struct uuid implementation, uint32_t *length)
{
    struct chain_walk walk = {.page = 3};
    const enum chain_finding finding = chain_walk(rig, implementation, &walk);

    *length = walk.length;
    return finding;
}

static struct answer cancel(const Enrolment__Registration *r)
{
    Enrolment__CancelRequest request = ENROLMENT__CANCEL_REQUEST__INIT;
    request.registration_id = r->id;
    return rig_ask(rig,
                   &(struct ask){.method = "Cancel", .message = &request.base, .actor = rig_id(r->person_id), .roles = RIG_PARTICIPANT});
}

/* Eight enrol on three seats, three give up: first moves and later moves alternate in the chain. */
static void play(const struct world *world, const Enrolment__Registration *r[8])
{
    for (size_t i = 0; i < 8; i++) {
        const struct answer a = rig_enrol(rig, world, 0, rig_person(rig, "teacher", "basic"));
        r[i] = rig_registration(&a);
        if (i == 3 || i == 5)
            assert_int_equal(cancel(r[i - 2]).err, ERR_OK);
    }
    assert_int_equal(cancel(r[7]).err, ERR_OK);
}

static void test_chain(void **state)
{
    const Enrolment__Registration *r[8];
    uint32_t length = 0;
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "chain", .cap = 9, .capacity = 3, .waiting_cap = 9, .count = 1});
    assert_int_equal(verify(world.implementations[0], &length), CHAIN_OK);
    assert_int_equal(length, 0);
    play(&world, r);
    assert_int_equal(verify(world.implementations[0], &length), CHAIN_OK);
    assert_int_equal(length, 8 + 3 + 2); /* eight firsts, three cancellations, two of which freed a seat for the next */
}

static void test_chain_tampered(void **state)
{
    static const char *const crimes[][2] = {
        {"update enrolment.registration set person_id = (select id from enrolment.person where id <> person_id limit 1) where order_no = 2 "
         "and"
         " implementation_id = '%s'",
         "a person is exchanged"},
        {"update enrolment.registration set created_at = created_at - interval '1 microsecond' where order_no = 5 and implementation_id = "
         "'%s'",
         "a time is changed"},
        {"update enrolment.registration_move set to_state = 1 where n = (select max(n) from enrolment.registration_move where "
         "implementation_id ="
         " '%1$s') and implementation_id = '%1$s'",
         "a cancellation is undone"},
        {"delete from enrolment.registration_move where n = (select max(n) from enrolment.registration_move where implementation_id = "
         "'%1$s') and"
         " implementation_id = '%1$s'",
         "the last entry is gone"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof crimes / sizeof *crimes; i++) {
        const Enrolment__Registration *r[8];
        char code[32], implementation[UUID_TEXT];
        uint32_t length;
        (void)snprintf(code, sizeof code, "crime-%zu", i);
        const struct world world =
            rig_programme(rig, &(struct programme_plan){.code = code, .cap = 9, .capacity = 3, .waiting_cap = 9, .count = 1});
        play(&world, r);
        uuid_format(world.implementations[0], implementation);
        char sql[600];
        const char *parts = crimes[i][0];
        size_t at = 0;
        for (; *parts && at < sizeof sql - UUID_TEXT; parts++) { /* %s and %1$s both name the implementation */
            if (*parts != '%') {
                sql[at++] = *parts;
                continue;
            }
            at += (size_t)snprintf(sql + at, sizeof sql - at, "%s", implementation);
            parts += parts[1] == '1' ? 3 : 1;
        }
        sql[at] = '\0';
        (void)kit_sql(rig_pg(rig), "%s", sql);
        if (verify(world.implementations[0], &length) == CHAIN_OK)
            fail_msg("%s, and the chain still verifies", crimes[i][1]);
    }
}

static void test_receipt(void **state)
{
    const Enrolment__Registration *r[8];
    uint8_t bytes[CHAIN_RECEIPT_SIZE];
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "receipt", .cap = 9, .capacity = 3, .waiting_cap = 9, .count = 1});
    play(&world, r);
    Enrolment__GetReceiptRequest request = ENROLMENT__GET_RECEIPT_REQUEST__INIT;
    request.registration_id = r[4]->id; /* queued, then promoted */
    struct ask ask = {.method = "GetReceipt", .message = &request.base, .actor = rig_id(r[4]->person_id), .roles = RIG_PARTICIPANT};
    const struct answer a = rig_ask(rig, &ask);
    assert_int_equal(a.err, ERR_OK);
    const Enrolment__Receipt *receipt = (const Enrolment__Receipt *)a.message;
    assert_int_equal(receipt->entry->from, ENROLMENT__STATE__STATE_QUEUED);
    assert_int_equal(receipt->entry->to, ENROLMENT__STATE__STATE_SEATED);
    assert_int_equal(receipt->entry->order_no, 5);
    const struct hash person = chain_person(receipt->salt.data, rig_id(r[4]->person_id)),
                      said = chain_walk_hash(receipt->entry->person_hash);
    assert_int_equal(receipt->salt.len, CHAIN_SALT_SIZE);
    assert_true(hash_equal(&person, &said));
    const struct chain_record record = chain_walk_record(world.implementations[0], receipt->entry);
    const struct hash hash = chain_walk_hash(receipt->entry->hash);
    chain_receipt_bytes(&record, &hash, bytes);
    check_signature(receipt->signature, receipt->public_key, bytes, sizeof bytes);
    bytes[20] ^= 1;
    assert_int_not_equal(crypto_sign_verify_detached(receipt->signature.data, bytes, sizeof bytes, receipt->public_key.data), 0);

    ask.actor = rig_id(r[2]->person_id);
    assert_int_equal(rig_ask(rig, &ask).err, ERR_FORBIDDEN); /* the salt is the person's own */
    ask.actor = rig_coordinator();
    ask.roles = RIG_COORDINATOR;
    assert_int_equal(rig_ask(rig, &ask).err, ERR_OK);
}

static void test_head(void **state)
{
    const Enrolment__Registration *r[8];
    uint8_t bytes[CHAIN_HEAD_SIZE];
    (void)state;
    const struct world world =
        rig_programme(rig, &(struct programme_plan){.code = "head", .cap = 9, .capacity = 3, .waiting_cap = 9, .count = 1});
    play(&world, r);
    Enrolment__GetChainHeadRequest request = ENROLMENT__GET_CHAIN_HEAD_REQUEST__INIT;
    request.implementation_id = rig_bytes(&world.implementations[0]);
    const struct answer a = rig_ask(rig, &(struct ask){.method = "GetChainHead", .message = &request.base});
    assert_int_equal(a.err, ERR_OK);
    const Enrolment__ChainHead *head = (const Enrolment__ChainHead *)a.message;
    const struct hash hash = chain_walk_hash(head->hash);
    chain_head_bytes(world.implementations[0], head->n, &hash, head->at_us, bytes);
    check_signature(head->signature, head->public_key, bytes, sizeof bytes);
    const struct uuid nobody = rig_new_id();
    request.implementation_id = rig_bytes(&nobody);
    assert_int_equal(rig_ask(rig, &(struct ask){.method = "GetChainHead", .message = &request.base}).err, ERR_NOT_FOUND);
}

static int start(void **state)
{
    *state = rig = rig_new(1, 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_chain, rig_group_rest), /* pages of a chain with all kinds of moves verify against the head */
        cmocka_unit_test_setup(test_chain_tampered,
                               rig_group_rest), /* an exchanged person, a changed time, an undone or deleted entry are found */
        cmocka_unit_test_setup(test_receipt,
                               rig_group_rest), /* the latest entry, signed; the salt opens the hash; only for the person and staff */
        cmocka_unit_test_setup(test_head, rig_group_rest) /* public and signed */
    };
    return rig_told(cmocka_run_group_tests_name("enrolment chain", tests, start, rig_group_stop));
}
