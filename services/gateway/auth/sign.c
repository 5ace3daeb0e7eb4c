/* Signing what we hand out: see sign.h. */
#include "services/gateway/auth/sign.h"

#include <assert.h>
#include <sodium.h>

#define LAYOUT 1

static struct hash derive(struct span session_key, const char *purpose)
{
    const struct span parts[] = {span_text(purpose)};
    return hash_keyed(session_key, parts, 1);
}

struct sign_keys sign_keys_from(struct span session_key)
{
    return (struct sign_keys){.session = derive(session_key, "hakuvayla session 1"),
                              .csrf = derive(session_key, "hakuvayla csrf 1"),
                              .token = derive(session_key, "hakuvayla token 1"),
                              .throttle = derive(session_key, "hakuvayla throttle 1"),
                              .proof = derive(session_key, "hakuvayla proof 1")};
}

void sign_text(struct span bytes, char *out)
{
    sodium_bin2base64(out, sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_URLSAFE_NO_PADDING), bytes.data, bytes.len,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool sign_bytes(struct span text, uint8_t *out, size_t len)
{
    size_t got = 0;
    if (text.len != SIGN_TEXT(len) - 1)
        return false;
    /* Refuses other alphabets, padding and left-over bits, so each value has one text only. */
    return sodium_base642bin(out, len, (const char *)text.data, text.len, NULL, &got, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) ==
               0 &&
           got == len;
}

struct hash sign_mac(const struct hash *key, struct span bytes)
{
    return hash_keyed(span_of(key->b, HASH_SIZE), &bytes, 1);
}

static uint8_t *put_be(uint8_t *at, uint64_t value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        at[i] = (uint8_t)(value >> (8 * (bytes - 1 - i)));
    return at + bytes;
}

static uint64_t get_be(const uint8_t *at, unsigned bytes)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < bytes; i++)
        value = value << 8 | at[i];
    return value;
}

void credential_pack(const struct credential *credential, uint8_t out[CREDENTIAL_SIZE])
{
    uint8_t *at = put_be(out, LAYOUT, 1);
    memcpy(at, credential->id.b, 16);
    memcpy(at + 16, credential->account.b, 16);
    at = put_be(at + 32, credential->roles, 4);
    at = put_be(at, (uint64_t)credential->issued_us, 8);
    at = put_be(at, (uint64_t)credential->expires_us, 8);
    assert(at == out + CREDENTIAL_SIZE);
    (void)at;
}

bool credential_unpack(const uint8_t packed[CREDENTIAL_SIZE], struct credential *out)
{
    if (packed[0] != LAYOUT)
        return false;
    memcpy(out->id.b, packed + 1, 16);
    memcpy(out->account.b, packed + 17, 16);
    out->roles = (uint32_t)get_be(packed + 33, 4);
    out->issued_us = (int64_t)get_be(packed + 37, 8);
    out->expires_us = (int64_t)get_be(packed + 45, 8);
    return true;
}
