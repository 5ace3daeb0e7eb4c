/* The order chain: its bytes and hashes against known answers (made with another BLAKE2b, Python's hashlib), and that no change
 * of a published chain escapes the check. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "common/base/chain.h"

enum { LENGTH = 12 };

struct chain {
    struct uuid implementation;
    struct chain_record records[LENGTH];
    struct hash hashes[LENGTH];
};

static struct uuid id_from(uint8_t first)
{
    struct uuid id;
    for (uint8_t i = 0; i < 16; i++)
        id.b[i] = (uint8_t)(first + i);
    return id;
}

static void assert_hex(const uint8_t *bytes, size_t len, const char *hex)
{
    char text[2 * CHAIN_RECORD_SIZE + 1] = "";
    for (size_t i = 0; i < len; i++)
        (void)snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    assert_string_equal(text, hex);
}

static void rehash(struct chain *chain, size_t from)
{
    for (size_t i = from; i < LENGTH; i++) {
        const struct hash start = chain_start(chain->implementation);
        chain->hashes[i] = chain_step(i == 0 ? &start : &chain->hashes[i - 1], &chain->records[i]);
    }
}

/* Ten people get places (seated: 1) or the waiting list (queued: 2); then the third gives up (3), and the ninth gets the place. */
static struct chain sample(void)
{
    static const struct {
        uint8_t who, from, to;
    } MOVES[LENGTH] = {{0, 0, 1}, {1, 0, 1}, {2, 0, 1}, {3, 0, 1}, {4, 0, 1}, {5, 0, 1},
                       {6, 0, 1}, {7, 0, 1}, {8, 0, 2}, {9, 0, 2}, {2, 1, 3}, {8, 2, 1}};
    struct chain chain = {.implementation = id_from(1)};
    for (uint32_t i = 0; i < LENGTH; i++) {
        const uint8_t who = MOVES[i].who, salt[CHAIN_SALT_SIZE] = {who};
        chain.records[i] = (struct chain_record){.implementation = chain.implementation,
                                                 .n = i + 1,
                                                 .from = MOVES[i].from,
                                                 .to = MOVES[i].to,
                                                 .order_no = who + 1U,
                                                 .registration = id_from((uint8_t)(100 + who)),
                                                 .person = chain_person(salt, id_from(who)),
                                                 .at_us = 1785571200000000 + i};
    }
    rehash(&chain, 0);
    return chain;
}

/* Checks count entries against a head; what is found first. *at: the entry it was found at, from 0. */
static enum chain_finding check(const struct chain *chain, size_t count, uint32_t head_n, const struct hash *head, size_t *at)
{
    struct chain_check check;
    chain_check_init(&check, chain->implementation);
    if (head)
        chain_check_expect(&check, head_n, head);
    for (*at = 0; *at < count; ++*at) {
        const enum chain_finding finding = chain_check_next(&check, &chain->records[*at], &chain->hashes[*at]);
        if (finding != CHAIN_OK)
            return finding;
    }
    return chain_check_end(&check);
}

static void test_known_answers(void **state)
{
    (void)state;
    const struct uuid implementation = id_from(1);
    uint8_t salt[CHAIN_SALT_SIZE], packed[CHAIN_RECORD_SIZE];
    const struct hash start = chain_start(implementation);
    struct chain_record record = {
        .implementation = implementation, .n = 1, .to = 1, .order_no = 1, .registration = id_from(0x21), .at_us = 1785571200123456};
    memcpy(salt, id_from(0x61).b, sizeof salt);
    record.person = chain_person(salt, id_from(0x41));
    const struct hash first = chain_step(&start, &record);
    assert_hex(start.b, HASH_SIZE, "804d90c3357ac762ff663e08fff810e25d469d170759e4fadccd5a4f57fb0493");
    assert_hex(record.person.b, HASH_SIZE, "81d3cf4565c09c64aa55ee9cd7863e74b7f27130ff399ce9bcefcd0ce9f72d21");
    chain_pack(&record, packed);
    assert_hex(packed, sizeof packed,
               "010102030405060708090a0b0c0d0e0f10000000010001000000012122232425262728292a2b2c2d2e2f3081d3cf4565c09c64aa55ee9cd7863e74b7f27"
               "130ff399ce9bcefcd0ce9f72d21000657f7b11ac240");
    assert_hex(first.b, HASH_SIZE, "ea88a7ce23fb339d87c88c9b8a38de4c0391b13bb8976ceb2cec5a132fa2b4ca");
}

static void test_an_untouched_chain_holds(void **state)
{
    (void)state;
    const struct chain chain = sample();
    size_t at = 0;
    assert_int_equal(check(&chain, LENGTH, 0, NULL, &at), CHAIN_OK);
    for (uint32_t n = 1; n <= LENGTH; n++) /* against a head published at any earlier moment */
        assert_int_equal(check(&chain, LENGTH, n, &chain.hashes[n - 1], &at), CHAIN_OK);
    const struct hash start = chain_start(chain.implementation);
    assert_int_equal(check(&chain, LENGTH, 0, &start, &at), CHAIN_OK);
    assert_int_equal(check(&chain, 0, 0, &start, &at), CHAIN_OK);
}

/* Every bit of every entry, as it is packed: the fields of the record and the hash beside it. */
static void test_every_changed_byte_is_found(void **state)
{
    (void)state;
    for (size_t entry = 0; entry < LENGTH; entry++)
        for (size_t byte = 0; byte < sizeof(struct chain_record); byte++) {
            struct chain chain = sample();
            size_t at = 0;
            uint8_t before[CHAIN_RECORD_SIZE], after[CHAIN_RECORD_SIZE];
            chain_pack(&chain.records[entry], before);
            ((uint8_t *)&chain.records[entry])[byte] ^= 0x10;
            chain_pack(&chain.records[entry], after);
            if (memcmp(before, after, sizeof before) == 0)
                continue; /* padding of the struct, which is no part of the record */
            assert_int_not_equal(check(&chain, LENGTH, 0, NULL, &at), CHAIN_OK);
            assert_int_equal(at, entry);
        }
    for (size_t byte = 0; byte < LENGTH * HASH_SIZE; byte++) {
        struct chain chain = sample();
        size_t at = 0;
        chain.hashes[byte / HASH_SIZE].b[byte % HASH_SIZE] ^= 1;
        assert_int_equal(check(&chain, LENGTH, 0, NULL, &at), CHAIN_CHANGED);
        assert_int_equal(at, byte / HASH_SIZE);
    }
}

static void test_swap_gap_double_and_foreign_entries_are_found(void **state)
{
    (void)state;
    size_t at = 0;
    for (size_t i = 0; i + 1 < LENGTH; i++) {
        struct chain swapped = sample(), missing = sample(), doubled = sample();
        const struct chain_record record = swapped.records[i];
        const struct hash hash = swapped.hashes[i];
        swapped.records[i] = swapped.records[i + 1];
        swapped.hashes[i] = swapped.hashes[i + 1];
        swapped.records[i + 1] = record;
        swapped.hashes[i + 1] = hash;
        assert_int_equal(check(&swapped, LENGTH, 0, NULL, &at), CHAIN_GAP);
        memmove(&missing.records[i], &missing.records[i + 1], (LENGTH - i - 1) * sizeof missing.records[0]);
        memmove(&missing.hashes[i], &missing.hashes[i + 1], (LENGTH - i - 1) * sizeof missing.hashes[0]);
        assert_int_equal(check(&missing, LENGTH - 1, 0, NULL, &at), CHAIN_GAP);
        doubled.records[i + 1] = doubled.records[i];
        doubled.hashes[i + 1] = doubled.hashes[i];
        assert_int_equal(check(&doubled, LENGTH, 0, NULL, &at), CHAIN_GAP);
    }
    struct chain foreign = sample();
    foreign.records[4].implementation = id_from(9);
    assert_int_equal(check(&foreign, LENGTH, 0, NULL, &at), CHAIN_OTHER);
}

/* Somebody with the keys to the database writes the rest anew, so that all hashes follow: a head published before tells. */
static void test_a_cut_end_and_a_chain_written_anew_are_found(void **state)
{
    (void)state;
    const struct chain chain = sample();
    const struct hash *head = &chain.hashes[LENGTH - 1];
    size_t at = 0;
    for (size_t count = 0; count < LENGTH; count++)
        assert_int_equal(check(&chain, count, LENGTH, head, &at), CHAIN_CUT);
    for (size_t entry = 0; entry < LENGTH; entry++) {
        struct chain anew = chain;
        anew.records[entry].at_us++;
        rehash(&anew, entry);
        assert_int_equal(check(&anew, LENGTH, 0, NULL, &at), CHAIN_OK); /* by itself it holds */
        assert_int_equal(check(&anew, LENGTH, LENGTH, head, &at), CHAIN_HEAD);
    }
    const struct hash other = chain_start(id_from(77));
    assert_int_equal(check(&chain, LENGTH, 0, &other, &at), CHAIN_HEAD);
}

/* Even with hashes that follow: order numbers are 1, 2, 3 ... over the new registrations. */
static void test_order_numbers_have_no_gap(void **state)
{
    (void)state;
    size_t at = 0;
    struct chain chain = sample();
    chain.records[5].order_no++;
    rehash(&chain, 5);
    assert_int_equal(check(&chain, LENGTH, 0, NULL, &at), CHAIN_ORDER);
    assert_int_equal(at, 5);
    chain = sample();
    chain.records[11].order_no = 11; /* a move of a registration that never was */
    rehash(&chain, 11);
    assert_int_equal(check(&chain, LENGTH, 0, NULL, &at), CHAIN_ORDER);
}

static void test_what_is_signed_says_what_it_is(void **state)
{
    (void)state;
    const struct chain chain = sample();
    uint8_t receipt[CHAIN_RECEIPT_SIZE], head[CHAIN_HEAD_SIZE], packed[CHAIN_RECORD_SIZE];
    chain_receipt_bytes(&chain.records[3], &chain.hashes[3], receipt);
    chain_pack(&chain.records[3], packed);
    assert_memory_equal(receipt, packed, sizeof packed);
    assert_memory_equal(receipt + CHAIN_RECORD_SIZE, chain.hashes[3].b, HASH_SIZE);
    chain_head_bytes(chain.implementation, 4, &chain.hashes[3], 7, head);
    assert_memory_equal(head, "hakuvayla head 1", 16);
    assert_memory_equal(head + 16, chain.implementation.b, 16);
    assert_memory_equal(head + 32, "\0\0\0\4", 4);
    assert_memory_equal(head + 36, chain.hashes[3].b, HASH_SIZE);
    assert_memory_equal(head + 68, "\0\0\0\0\0\0\0\7", 8);
    assert_int_not_equal(sizeof receipt, sizeof head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers),
        cmocka_unit_test(test_an_untouched_chain_holds),
        cmocka_unit_test(test_every_changed_byte_is_found),
        cmocka_unit_test(test_swap_gap_double_and_foreign_entries_are_found),
        cmocka_unit_test(test_a_cut_end_and_a_chain_written_anew_are_found),
        cmocka_unit_test(test_order_numbers_have_no_gap),
        cmocka_unit_test(test_what_is_signed_says_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
