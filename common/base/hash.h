/* BLAKE2b-256 and MACs, from libsodium; and the small hash of our tables. */
#ifndef HV_BASE_HASH_H
#define HV_BASE_HASH_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/span.h"

#define HASH_SIZE 32

struct hash {
    uint8_t b[HASH_SIZE];
};

struct hash hash_of(const struct span *parts, unsigned count);                     /* of the parts in a row */
struct hash hash_keyed(struct span key, const struct span *parts, unsigned count); /* key: 16..64 bytes */
/* HMAC-SHA256 (RFC 2104), any key: for standards that ask for it. Of our own, hash_keyed. */
struct hash hash_hmac_sha256(struct span key, const struct span *parts, unsigned count);
/* SHA-256 (FIPS 180-4): where people are to be able to check with tools of their own. Of our own, hash_of. */
struct hash hash_sha256(const struct span *parts, unsigned count);
#define HASH_TEXT (2 * HASH_SIZE + 1)
void hash_hex(const struct hash *hash, char out[HASH_TEXT]); /* small letters and NUL */
bool hash_equal(const struct hash *a, const struct hash *b); /* constant time */

#define HASH_FNV_START 2166136261u
/* FNV-1a, 32 bits, over bytes: for tables and for picking one of several; no secret and no proof. `from` is HASH_FNV_START, or the
 * hash of what came before. Fixed for ever: the event streams are picked with it. */
uint32_t hash_fnv(uint32_t from, struct span bytes);

void random_bytes(void *out, size_t len); /* from the kernel */

#endif
