/* The order chain: see chain.h. Pure arithmetic over BLAKE2b; the same bytes for the writer and for every verifier, so a
 * change here is a change of the published format and needs another layout number. */
#include "common/base/chain.h"

#include <assert.h>

#define LAYOUT 1
static const char START[] = "hakuvayla chain 1"; /* hashed without its NUL */
static const char HEAD[] = "hakuvayla head 1";

static uint8_t *put(uint8_t *at, const void *bytes, size_t len)
{
    memcpy(at, bytes, len);
    return at + len;
}

static uint8_t *put_be(uint8_t *at, uint64_t value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        at[i] = (uint8_t)(value >> (8 * (bytes - 1 - i)));
    return at + bytes;
}

void chain_pack(const struct chain_record *record, uint8_t out[CHAIN_RECORD_SIZE])
{
    uint8_t *at = out;
    at = put_be(at, LAYOUT, 1);
    at = put(at, record->implementation.b, sizeof record->implementation.b);
    at = put_be(at, record->n, 4);
    at = put_be(at, record->from, 1);
    at = put_be(at, record->to, 1);
    at = put_be(at, record->order_no, 4);
    at = put(at, record->registration.b, sizeof record->registration.b);
    at = put(at, record->person.b, HASH_SIZE);
    at = put_be(at, (uint64_t)record->at_us, 8);
    assert(at == out + CHAIN_RECORD_SIZE);
    (void)at;
}

struct hash chain_start(struct uuid implementation)
{
    const struct span parts[] = {span_of(START, sizeof START - 1), uuid_span(&implementation)};
    return hash_of(parts, 2);
}

struct hash chain_step(const struct hash *before, const struct chain_record *record)
{
    uint8_t packed[CHAIN_RECORD_SIZE];
    chain_pack(record, packed);
    const struct span parts[] = {span_of(before->b, HASH_SIZE), span_of(packed, sizeof packed)};
    return hash_of(parts, 2);
}

struct hash chain_person(const uint8_t salt[CHAIN_SALT_SIZE], struct uuid person)
{
    const struct span parts[] = {span_of(salt, CHAIN_SALT_SIZE), uuid_span(&person)};
    return hash_of(parts, 2);
}

void chain_receipt_bytes(const struct chain_record *record, const struct hash *hash, uint8_t out[CHAIN_RECEIPT_SIZE])
{
    chain_pack(record, out);
    put(out + CHAIN_RECORD_SIZE, hash->b, HASH_SIZE);
}

void chain_head_bytes(struct uuid implementation, uint32_t n, const struct hash *hash, int64_t at_us, uint8_t out[CHAIN_HEAD_SIZE])
{
    uint8_t *at = put(out, HEAD, sizeof HEAD - 1);
    at = put(at, implementation.b, sizeof implementation.b);
    at = put_be(at, n, 4);
    at = put(at, hash->b, HASH_SIZE);
    at = put_be(at, (uint64_t)at_us, 8);
    assert(at == out + CHAIN_HEAD_SIZE);
    (void)at;
}

void chain_check_init(struct chain_check *check, struct uuid implementation)
{
    *check = (struct chain_check){.implementation = implementation, .hash = chain_start(implementation)};
}

/* The head may stand at any entry, h_0 included: it is compared when that entry is reached. */
static enum chain_finding compare_head(struct chain_check *check)
{
    if (!check->head_known || check->n != check->head_n)
        return CHAIN_OK;
    if (!hash_equal(&check->hash, &check->head_hash))
        return CHAIN_HEAD;
    check->head_seen = true;
    return CHAIN_OK;
}

void chain_check_expect(struct chain_check *check, uint32_t n, const struct hash *hash)
{
    check->head_known = true;
    check->head_n = n;
    check->head_hash = *hash;
    if (n == check->n)
        check->head_seen = hash_equal(&check->hash, hash);
}

enum chain_finding chain_check_next(struct chain_check *check, const struct chain_record *record, const struct hash *claimed)
{
    if (uuid_compare(record->implementation, check->implementation) != 0)
        return CHAIN_OTHER;
    if (record->n != check->n + 1)
        return CHAIN_GAP;
    const bool is_new = record->from == 0;
    if (is_new ? record->order_no != check->order_no + 1 : record->order_no == 0 || record->order_no > check->order_no)
        return CHAIN_ORDER;
    const struct hash hash = chain_step(&check->hash, record);
    if (!hash_equal(&hash, claimed))
        return CHAIN_CHANGED;
    check->hash = hash;
    check->n = record->n;
    check->order_no += is_new ? 1 : 0;
    return compare_head(check);
}

enum chain_finding chain_check_end(const struct chain_check *check)
{
    if (!check->head_known || check->head_seen)
        return CHAIN_OK;
    return check->n < check->head_n ? CHAIN_CUT : CHAIN_HEAD;
}
