/* API tokens: see token.h. */
#include "services/gateway/auth/token.h"

#include <strings.h>

#define BODY (SIGN_TEXT(CREDENTIAL_SIZE) - 1)
#define MAC  (SIGN_TEXT(HASH_SIZE) - 1)
static const char PREFIX[] = "hv1.";

void token_text(const struct sign_keys *keys, const struct credential *token, char out[TOKEN_TEXT])
{
    uint8_t bytes[CREDENTIAL_SIZE];
    credential_pack(token, bytes);
    const struct hash mac = sign_mac(&keys->token, span_of(bytes, sizeof bytes));
    memcpy(out, PREFIX, 4);
    sign_text(span_of(bytes, sizeof bytes), out + 4);
    out[4 + BODY] = '.';
    sign_text(span_of(mac.b, HASH_SIZE), out + 4 + BODY + 1);
}

bool token_read(const struct sign_keys *keys, struct span text, int64_t now_us, struct credential *out)
{
    uint8_t bytes[CREDENTIAL_SIZE];
    struct hash claimed;
    if (text.len != TOKEN_TEXT - 1 || memcmp(text.data, PREFIX, 4) != 0 || text.data[4 + BODY] != '.' ||
        !sign_bytes(span_of(text.data + 4, BODY), bytes, sizeof bytes) ||
        !sign_bytes(span_of(text.data + 4 + BODY + 1, MAC), claimed.b, HASH_SIZE))
        return false;
    const struct hash mac = sign_mac(&keys->token, span_of(bytes, sizeof bytes));
    return hash_equal(&mac, &claimed) && credential_unpack(bytes, out) && now_us < out->expires_us;
}

bool token_bearer(const char *header, struct span *out)
{
    if (!header || strncasecmp(header, "Bearer ", 7) != 0)
        return false;
    *out = span_text(header + 7 + strspn(header + 7, " "));
    return true;
}
