/* The salt is "<24 hex>?expires=<seconds since 1970>&". The '&' is no ornament: salt and number are hashed in a row, and without it the
 * last digits of the time could pass for the first of the number, and a challenge would live longer than we said. */
#include "services/gateway/route/proof.h"

#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>

#define ALGORITHM  "SHA-256"
#define EXPIRES    "?expires="
#define SALT_BYTES 12
#define SALT_HEX   ((size_t)2 * SALT_BYTES)

static void hex(const void *bytes, size_t len, char *out)
{
    sodium_bin2hex(out, 2 * len + 1, bytes, len);
}

static void challenge_hash(const char *salt, uint64_t number, uint8_t out[crypto_hash_sha256_BYTES])
{
    char digits[24];
    crypto_hash_sha256_state state;
    snprintf(digits, sizeof digits, "%" PRIu64, number);
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const uint8_t *)salt, strlen(salt));
    crypto_hash_sha256_update(&state, (const uint8_t *)digits, strlen(digits));
    crypto_hash_sha256_final(&state, out);
}

/* The protocol signs the challenge as text. */
static void sign(const struct proof_terms *terms, const char *challenge, uint8_t out[crypto_auth_hmacsha256_BYTES])
{
    _Static_assert(HASH_SIZE == crypto_auth_hmacsha256_KEYBYTES, "the key is drawn in the size that HMAC-SHA-256 wants");
    crypto_auth_hmacsha256(out, (const uint8_t *)challenge, strlen(challenge), terms->key.b);
}

void proof_draw(const struct proof_terms *terms, const uint8_t random[PROOF_RANDOM], int64_t now_s, struct proof_challenge *out)
{
    uint8_t hash[crypto_hash_sha256_BYTES], mac[crypto_auth_hmacsha256_BYTES];
    uint64_t drawn;
    memcpy(&drawn, random + SALT_BYTES, sizeof drawn);
    hex(random, SALT_BYTES, out->salt);
    snprintf(out->salt + SALT_HEX, sizeof out->salt - SALT_HEX, EXPIRES "%" PRId64 "&", now_s + PROOF_LIFE_S);
    challenge_hash(out->salt, drawn % ((uint64_t)terms->most + 1), hash);
    hex(hash, sizeof hash, out->challenge);
    sign(terms, out->challenge, mac);
    hex(mac, sizeof mac, out->signature);
    gateway__challenge__init(&out->message);
    out->message.algorithm = (char *)(uintptr_t)ALGORITHM;
    out->message.challenge = out->challenge;
    out->message.maxnumber = terms->most;
    out->message.salt = out->salt;
    out->message.signature = out->signature;
}

/* Until when the challenge of this salt counts; -1: it is no salt of ours. */
static int64_t salt_expires_s(const char *salt)
{
    const char *at = salt + SALT_HEX + strlen(EXPIRES);
    size_t digits = 0;
    int64_t seconds = 0;
    if (strspn(salt, "0123456789abcdef") != SALT_HEX || strncmp(salt + SALT_HEX, EXPIRES, strlen(EXPIRES)) != 0)
        return -1;
    for (; at[digits] >= '0' && at[digits] <= '9' && digits < 12; digits++)
        seconds = seconds * 10 + (at[digits] - '0');
    return digits > 0 && strcmp(at + digits, "&") == 0 ? seconds : -1;
}

struct claim {
    const char *algorithm, *challenge, *salt, *signature; /* of the tree */
    json_int_t number;
};

static json_t *claim_read(struct span text, struct claim *claim)
{
    char plain[PROOF_TEXT_MOST];
    size_t len = 0;
    if (text.len > PROOF_TEXT_MOST || sodium_base642bin((uint8_t *)plain, sizeof plain, (const char *)text.data, text.len, NULL, &len, NULL,
                                                        sodium_base64_VARIANT_ORIGINAL) != 0)
        return NULL;
    json_t *tree = json_loadb(plain, len, JSON_REJECT_DUPLICATES, NULL);
    if (tree && json_unpack(tree, "{s:s, s:s, s:I, s:s, s:s}", "algorithm", &claim->algorithm, "challenge", &claim->challenge, "number",
                            &claim->number, "salt", &claim->salt, "signature", &claim->signature) == 0)
        return tree;
    json_decref(tree);
    return NULL;
}

static enum proof claim_check(const struct proof_terms *terms, const struct claim *claim, int64_t now_s, struct proof_solution *out)
{
    uint8_t hash[crypto_hash_sha256_BYTES], mac[crypto_auth_hmacsha256_BYTES];
    char challenge[2 * sizeof hash + 1], signature[2 * sizeof mac + 1];
    out->expires_s = salt_expires_s(claim->salt);
    if (strcmp(claim->algorithm, ALGORITHM) != 0 || out->expires_s < 0 || claim->number < 0)
        return PROOF_WRONG;
    challenge_hash(claim->salt, (uint64_t)claim->number, hash);
    hex(hash, sizeof hash, challenge);
    sign(terms, challenge, mac);
    hex(mac, sizeof mac, signature);
    if (strcmp(claim->challenge, challenge) != 0 || strlen(claim->signature) != sizeof signature - 1 ||
        sodium_memcmp(claim->signature, signature, sizeof signature) != 0)
        return PROOF_WRONG;
    memcpy(&out->challenge, hash, sizeof out->challenge);
    return now_s < out->expires_s ? PROOF_GOOD : PROOF_EXPIRED;
}

enum proof proof_check(const struct proof_terms *terms, struct span text, int64_t now_s, struct proof_solution *out)
{
    struct claim claim;
    json_t *tree = claim_read(text, &claim);
    if (!tree)
        return PROOF_WRONG;
    enum proof proof = claim_check(terms, &claim, now_s, out);
    json_decref(tree);
    return proof;
}
