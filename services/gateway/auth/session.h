/* The session cookie: a signed credential in the browser, so that any gateway of a deployment knows it without asking anybody.
 * Writes made with it must carry its CSRF token too, which a foreign page can neither read nor guess. */
#ifndef HV_GATEWAY_AUTH_SESSION_H
#define HV_GATEWAY_AUTH_SESSION_H
#include "common/base/arena.h"
#include "services/gateway/auth/sign.h"

#define SESSION_LIFE_US   (12LL * 3600 * 1000000)
#define SESSION_TEXT      SIGN_TEXT(CREDENTIAL_SIZE + HASH_SIZE)
#define SESSION_CSRF_TEXT SIGN_TEXT(HASH_SIZE)

void session_text(const struct sign_keys *keys, const struct credential *session, char out[SESSION_TEXT]);
/* False: forged, malformed, or expired at now_us. */
bool session_read(const struct sign_keys *keys, struct span text, int64_t now_us, struct credential *out);

void session_csrf(const struct sign_keys *keys, struct uuid session, char out[SESSION_CSRF_TEXT]);
bool session_csrf_right(const struct sign_keys *keys, struct uuid session, const char *token); /* token may be NULL */

/* The hv_session pair of a Cookie header (NULL is fine). False: there is none. */
bool session_cookie(const char *header, struct span *out);
/* Values of Set-Cookie. https: with Secure. session NULL: clears the cookie. */
const char *session_set_cookie(struct arena *arena, const struct sign_keys *keys, const struct credential *session, bool https);

#endif
