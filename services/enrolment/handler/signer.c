/* Ed25519 by libsodium. See signer.h. */
#include "services/enrolment/handler/signer.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"

struct signer {
    uint8_t public_key[crypto_sign_PUBLICKEYBYTES];
    uint8_t secret_key[crypto_sign_SECRETKEYBYTES];
};

#define SEED_DIGITS (2 * crypto_sign_SEEDBYTES)

enum err signer_read(struct signer **out, const char *path)
{
    char text[SEED_DIGITS + 8];
    uint8_t seed[crypto_sign_SEEDBYTES];
    size_t len = 0;
    FILE *file = fopen(path, "r");

    if (file == NULL)
        return ERR_NOT_FOUND;
    const size_t got = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    const bool plain = got >= SEED_DIGITS && got < sizeof text;
    if (!plain || sodium_hex2bin(seed, sizeof seed, text, SEED_DIGITS, NULL, &len, NULL) != 0 || len != sizeof seed)
        return ERR_INVALID;
    *out = mem_new(sizeof **out);
    (void)crypto_sign_seed_keypair((*out)->public_key, (*out)->secret_key, seed);
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(text, sizeof text);
    return ERR_OK;
}

void signer_free(struct signer *signer)
{
    if (signer != NULL)
        sodium_memzero(signer, sizeof *signer);
    mem_free(signer);
}

ProtobufCBinaryData signer_public_key(const struct signer *signer)
{
    return bytes_of(signer->public_key, sizeof signer->public_key);
}

ProtobufCBinaryData signer_sign(const struct signer *signer, struct arena *arena, struct span bytes)
{
    uint8_t *signature = arena_alloc(arena, crypto_sign_BYTES);
    (void)crypto_sign_detached(signature, NULL, bytes.data, bytes.len, signer->secret_key);
    return bytes_of(signature, crypto_sign_BYTES);
}

Enrolment__ChainHead *chain_head_message(struct workset *w, const struct implementation *i)
{
    Enrolment__ChainHead *m = arena_alloc(w->arena, sizeof *m);
    uint8_t signed_bytes[CHAIN_HEAD_SIZE];

    chain_head_bytes(i->id, i->chain_n, &i->chain_head, i->chain_at_us, signed_bytes);
    enrolment__chain_head__init(m);
    m->implementation_id = id_bytes(&i->id);
    m->n = i->chain_n;
    m->hash = bytes_of(i->chain_head.b, sizeof i->chain_head.b);
    m->at_us = i->chain_at_us;
    m->public_key = signer_public_key(w->signer);
    m->signature = signer_sign(w->signer, w->arena, span_of(signed_bytes, sizeof signed_bytes));
    return m;
}
