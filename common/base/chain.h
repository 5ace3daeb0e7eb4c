/* The order chain: a list of entries in which each commits to all before it, so that nobody can change, drop, swap or insert
 * one afterwards without it showing. The enrolment service writes one for each implementation; `hv verify` checks it offline.
 * This file is the arithmetic both need; it knows no message and does no I/O.
 *
 *   h_0 = BLAKE2b-256("hakuvayla chain 1" || implementation id)
 *   h_n = BLAKE2b-256(h_(n-1) || record_n)
 *
 * record_n, big-endian: layout 1 (1) | implementation id (16) | n (4) | from (1) | to (1) | order_no (4) | registration id (16)
 * | person_hash (32) | at_us (8) = 83 bytes. person_hash = BLAKE2b-256(salt || person id) names nobody without the salt.
 */
#ifndef HV_BASE_CHAIN_H
#define HV_BASE_CHAIN_H
#include <stdint.h>

#include "common/base/hash.h"
#include "common/base/span.h"
#include "common/base/uuid.h"

#define CHAIN_RECORD_SIZE  83
#define CHAIN_SALT_SIZE    16
#define CHAIN_RECEIPT_SIZE (CHAIN_RECORD_SIZE + HASH_SIZE)
#define CHAIN_HEAD_SIZE    (16 + 16 + 4 + HASH_SIZE + 8)

/* One change of state of one registration. from and to are the numbers of enrolment.State; from is 0 for a new registration. */
struct chain_record {
    struct uuid implementation;
    uint32_t n; /* 1, 2, 3 ... in the implementation */
    uint8_t from, to;
    uint32_t order_no; /* of the registration: 1, 2, 3 ... over the new ones */
    struct uuid registration;
    struct hash person;
    int64_t at_us;
};

void chain_pack(const struct chain_record *record, uint8_t out[CHAIN_RECORD_SIZE]);
struct hash chain_start(struct uuid implementation);                                  /* h_0 */
struct hash chain_step(const struct hash *before, const struct chain_record *record); /* h_n from h_(n-1) */
struct hash chain_person(const uint8_t salt[CHAIN_SALT_SIZE], struct uuid person);    /* person_hash */

/* What an Ed25519 signature covers. A receipt: record || h_n. A head: "hakuvayla head 1" || implementation || n || h_n || at_us,
 * where at_us is the time of entry n (0 for an empty chain). The lengths differ, so one can never pass for the other. */
void chain_receipt_bytes(const struct chain_record *record, const struct hash *hash, uint8_t out[CHAIN_RECEIPT_SIZE]);
void chain_head_bytes(struct uuid implementation, uint32_t n, const struct hash *hash, int64_t at_us, uint8_t out[CHAIN_HEAD_SIZE]);

/* Checking an exported chain, entry by entry. */
enum chain_finding {
    CHAIN_OK,
    CHAIN_OTHER,   /* the entry belongs to another implementation */
    CHAIN_GAP,     /* n is not the next number: an entry is missing, doubled or swapped */
    CHAIN_ORDER,   /* a new registration's order number is not the next one, or another entry's was never given */
    CHAIN_CHANGED, /* the hash does not follow from what stands before and in the entry */
    CHAIN_CUT,     /* the head knows more entries than there are */
    CHAIN_HEAD     /* the head's hash is not the one of its entry */
};
struct chain_check {
    struct uuid implementation;
    uint32_t n;        /* entries found good so far */
    uint32_t order_no; /* highest given so far */
    struct hash hash;  /* h_n */
    uint32_t head_n;   /* the published head to compare with */
    struct hash head_hash;
    bool head_known, head_seen;
};
void chain_check_init(struct chain_check *check, struct uuid implementation);
/* A head published earlier, or with the chain; give it before the entries. */
void chain_check_expect(struct chain_check *check, uint32_t n, const struct hash *hash);
/* claimed: the hash the export states for this entry. The check stands still at the first finding. */
enum chain_finding chain_check_next(struct chain_check *check, const struct chain_record *record, const struct hash *claimed);
enum chain_finding chain_check_end(const struct chain_check *check); /* CHAIN_OK, CHAIN_CUT or CHAIN_HEAD */

#endif
