/* The seal: XChaCha20-Poly1305 with one key for the whole bus. Nonces are random: 192 bits, so that no two processes need
 * to agree on anything and a collision will not happen in the life of a key. The key file is made once per deployment and
 * read at start; the key lives in one immutable struct that every thread may use. */
#include <sodium.h>
#include <stdio.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"
#include "common/wire/seal.h"

#define KEY_SIZE crypto_aead_xchacha20poly1305_ietf_KEYBYTES

struct seal {
    uint8_t key[KEY_SIZE];
    struct hash hash_key; /* made from the key: no key serves two purposes */
};

_Static_assert(SEAL_NONCE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "the wire format says 24");
_Static_assert(SEAL_TAG == crypto_aead_xchacha20poly1305_ietf_ABYTES, "the wire format says 16");

enum err seal_new(struct seal **out, struct span key)
{
    if (key.len != KEY_SIZE)
        return ERR_INVALID;
    if (sodium_init() < 0)
        bug("libsodium cannot start");
    struct seal *seal = mem_new(sizeof *seal);
    const struct span purpose = span_text("hakuvayla hash");
    memcpy(seal->key, key.data, KEY_SIZE);
    seal->hash_key = hash_keyed(key, &purpose, 1);
    *out = seal;
    return ERR_OK;
}

struct hash seal_hash(const struct seal *seal, const struct span *parts, unsigned count)
{
    return hash_keyed(span_of(seal->hash_key.b, sizeof seal->hash_key.b), parts, count);
}

void seal_free(struct seal *seal)
{
    if (!seal)
        return;
    sodium_memzero(seal, sizeof *seal);
    mem_free(seal);
}

/* 64 hex digits; white space around them is the editor's, not the key's. */
static enum err seal_parse(struct seal **out, const char *text, size_t len)
{
    uint8_t key[KEY_SIZE];
    size_t key_len;
    const char *end;

    if (sodium_hex2bin(key, sizeof key, text, len, NULL, &key_len, &end) != 0)
        return ERR_INVALID;
    for (; end < text + len; end++)
        if (*end != '\n' && *end != '\r' && *end != ' ')
            return ERR_INVALID;
    enum err err = seal_new(out, span_of(key, key_len));
    sodium_memzero(key, sizeof key);
    return err;
}

enum err seal_read(struct seal **out, const char *path)
{
    char text[2 * KEY_SIZE + 8];
    FILE *file = fopen(path, "re");

    if (!file)
        return ERR_NOT_FOUND;
    size_t len = fread(text, 1, sizeof text, file);
    bool failed = ferror(file) != 0;
    fclose(file);
    enum err err = failed ? ERR_NOT_FOUND : len == sizeof text ? ERR_INVALID : seal_parse(out, text, len);
    sodium_memzero(text, sizeof text);
    return err;
}

void seal_close(const struct seal *seal, struct span topic, uint8_t nonce[SEAL_NONCE], uint8_t *text, size_t len)
{
    random_bytes(nonce, SEAL_NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(text, NULL, text, len, topic.data, topic.len, NULL, nonce, seal->key);
}

bool seal_open(const struct seal *seal, struct span topic, const uint8_t nonce[SEAL_NONCE], struct span text, uint8_t *out)
{
    return crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, text.data, text.len, topic.data, topic.len, nonce, seal->key) == 0;
}
