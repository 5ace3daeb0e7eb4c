/* Passwords: argon2id with OWASP's least figures (19 MiB, 2 passes), about 20 ms each. Slow on purpose: never on the loop. */
#ifndef HV_GATEWAY_AUTH_PASSWORD_H
#define HV_GATEWAY_AUTH_PASSWORD_H
#include <stdbool.h>

#include "common/base/err.h"
#include "common/base/span.h"

#define PASSWORD_TEXT  128 /* crypto_pwhash_STRBYTES */
#define PASSWORD_LEAST 12  /* characters */
#define PASSWORD_MOST  200 /* bytes: more would only make hashing dearer for an attacker's choice */

void password_hash(const char *password, char out[PASSWORD_TEXT]);
/* stored NULL: there is no such account; takes as long as a wrong password, and is false. */
bool password_right(const char *stored, const char *password);

enum password_flaw { PASSWORD_GOOD, PASSWORD_SHORT, PASSWORD_LONG, PASSWORD_SIMPLE, PASSWORD_NAMED };
/* SIMPLE: fewer than five different characters. NAMED: holds the user name. password is valid UTF-8. */
enum password_flaw password_check(const char *password, const char *user_name);

#endif
