/* Passwords: see password.h. */
#include "services/gateway/auth/password.h"

#include <sodium.h>

#include "common/base/alloc.h"
#include "common/base/utf8.h"

/* Source: OWASP Password Storage Cheat Sheet: argon2id with at least 19 MiB of memory, 2 iterations, 1 lane. */
#define PASSES          2
#define MEMORY          (19U * 1024 * 1024)
#define LEAST_DIFFERENT 5

_Static_assert(PASSWORD_TEXT == crypto_pwhash_STRBYTES, "the size of libsodium's argon2id text");

void password_hash(const char *password, char out[PASSWORD_TEXT])
{
    if (crypto_pwhash_str_alg(out, password, strlen(password), PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
        bug("argon2id found no memory");
}

bool password_right(const char *stored, const char *password)
{
    char nobody[PASSWORD_TEXT];
    if (stored)
        return crypto_pwhash_str_verify(stored, password, strlen(password)) == 0;
    password_hash(password, nobody); /* the same work as checking one, so that time does not tell who has an account */
    return false;
}

static bool simple(const char *password)
{
    bool seen[256] = {false};
    unsigned different = 0;
    for (const char *at = password; *at; at++) {
        different += seen[(unsigned char)*at] ? 0 : 1;
        seen[(unsigned char)*at] = true;
    }
    return different < LEAST_DIFFERENT;
}

enum password_flaw password_check(const char *password, const char *user_name)
{
    if (strlen(password) > PASSWORD_MOST)
        return PASSWORD_LONG;
    if (utf8_count(span_text(password)) < PASSWORD_LEAST)
        return PASSWORD_SHORT;
    if (simple(password))
        return PASSWORD_SIMPLE;
    return strstr(password, user_name) ? PASSWORD_NAMED : PASSWORD_GOOD;
}
