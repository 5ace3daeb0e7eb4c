/* Signing what we hand out: sessions, CSRF tokens and API tokens are bytes with a MAC (keyed BLAKE2b) of a key of their own,
 * each drawn from the one session key, so that one kind can never pass for another. Text is base64url without padding. */
#ifndef HV_GATEWAY_AUTH_SIGN_H
#define HV_GATEWAY_AUTH_SIGN_H
#include "common/base/hash.h"
#include "common/base/uuid.h"

struct sign_keys {
    struct hash session, csrf, token, throttle, proof;
};
struct sign_keys sign_keys_from(struct span session_key);

#define SIGN_TEXT(bytes) (((bytes)*4 + 2) / 3 + 1)           /* characters of that many bytes, and NUL */
void sign_text(struct span bytes, char *out);                /* SIGN_TEXT(bytes.len) characters */
bool sign_bytes(struct span text, uint8_t *out, size_t len); /* false unless it is the one text of exactly len bytes */

struct hash sign_mac(const struct hash *key, struct span bytes);

/* The fields of a credential, whichever its kind. */
struct credential {
    struct uuid id, account;
    uint32_t roles; /* bits of bus.Role */
    int64_t issued_us, expires_us;
};
#define CREDENTIAL_SIZE (1 + 16 + 16 + 4 + 8 + 8)
void credential_pack(const struct credential *credential, uint8_t out[CREDENTIAL_SIZE]);
bool credential_unpack(const uint8_t packed[CREDENTIAL_SIZE], struct credential *out); /* false: another layout */

#endif
