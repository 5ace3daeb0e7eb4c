/* API tokens: "hv1.<credential>.<mac>", both base64url. Checked without any look-up; what was revoked is in withdrawal.h. */
#ifndef HV_GATEWAY_AUTH_TOKEN_H
#define HV_GATEWAY_AUTH_TOKEN_H
#include "services/gateway/auth/sign.h"

#define TOKEN_TEXT         (4 + SIGN_TEXT(CREDENTIAL_SIZE) + SIGN_TEXT(HASH_SIZE))
#define TOKEN_LIFE_US      (30LL * 24 * 3600 * 1000000)  /* unless asked otherwise */
#define TOKEN_LIFE_MOST_US (366LL * 24 * 3600 * 1000000) /* asked for at most */

void token_text(const struct sign_keys *keys, const struct credential *token, char out[TOKEN_TEXT]);
/* False: forged, malformed, or expired at now_us. */
bool token_read(const struct sign_keys *keys, struct span text, int64_t now_us, struct credential *out);
/* The token of an Authorization header; false when it has another scheme than Bearer. */
bool token_bearer(const char *header, struct span *out);

#endif
