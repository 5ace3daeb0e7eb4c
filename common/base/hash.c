/* Hashes, MACs and random bytes. BLAKE2b because libsodium has it, it is fast on short inputs, and it takes a key and an
 * output length without a construction of our own around it. */
#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <sys/random.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"

/* libsodium chooses the fastest code for this processor once; before main no thread of ours can be in the middle of a hash. */
__attribute__((constructor)) static void hash_begin(void)
{
    if (sodium_init() < 0)
        bug("libsodium cannot start: the kernel gives no randomness");
}

static struct hash hash_parts(struct span key, const struct span *parts, unsigned count)
{
    crypto_generichash_state state;
    struct hash out;

    crypto_generichash_init(&state, key.data, key.len, sizeof out.b);
    for (unsigned i = 0; i < count; i++)
        crypto_generichash_update(&state, parts[i].data, parts[i].len);
    crypto_generichash_final(&state, out.b, sizeof out.b);
    return out;
}

struct hash hash_of(const struct span *parts, unsigned count)
{
    return hash_parts(span_of(NULL, 0), parts, count);
}

struct hash hash_keyed(struct span key, const struct span *parts, unsigned count)
{
    assert(key.len >= crypto_generichash_KEYBYTES_MIN && key.len <= crypto_generichash_KEYBYTES_MAX);
    return hash_parts(key, parts, count);
}

struct hash hash_hmac_sha256(struct span key, const struct span *parts, unsigned count)
{
    crypto_auth_hmacsha256_state state;
    struct hash out;

    crypto_auth_hmacsha256_init(&state, key.data, key.len);
    for (unsigned i = 0; i < count; i++)
        crypto_auth_hmacsha256_update(&state, parts[i].data, parts[i].len);
    crypto_auth_hmacsha256_final(&state, out.b);
    return out;
}

struct hash hash_sha256(const struct span *parts, unsigned count)
{
    crypto_hash_sha256_state state;
    struct hash out;

    crypto_hash_sha256_init(&state);
    for (unsigned i = 0; i < count; i++)
        crypto_hash_sha256_update(&state, parts[i].data, parts[i].len);
    crypto_hash_sha256_final(&state, out.b);
    return out;
}

void hash_hex(const struct hash *hash, char out[HASH_TEXT])
{
    (void)sodium_bin2hex(out, HASH_TEXT, hash->b, sizeof hash->b);
}

bool hash_equal(const struct hash *a, const struct hash *b)
{
    return sodium_memcmp(a->b, b->b, sizeof a->b) == 0;
}

uint32_t hash_fnv(uint32_t from, struct span bytes)
{
    uint32_t hash = from;

    for (size_t i = 0; i < bytes.len; i++)
        hash = (hash ^ bytes.data[i]) * 16777619u;
    return hash;
}

void random_bytes(void *out, size_t len)
{
    uint8_t *p = out;

    while (len > 0) {
        ssize_t n = getrandom(p, len, 0);
        if (n < 0 && errno != EINTR)
            bug("the kernel gives no randomness");
        if (n > 0) {
            p += n;
            len -= (size_t)n;
        }
    }
}
