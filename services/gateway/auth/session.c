/* The session cookie: see session.h. */
#include "services/gateway/auth/session.h"

#define COOKIE "hv_session"

void session_text(const struct sign_keys *keys, const struct credential *session, char out[SESSION_TEXT])
{
    uint8_t bytes[CREDENTIAL_SIZE + HASH_SIZE];
    credential_pack(session, bytes);
    const struct hash mac = sign_mac(&keys->session, span_of(bytes, CREDENTIAL_SIZE));
    memcpy(bytes + CREDENTIAL_SIZE, mac.b, HASH_SIZE);
    sign_text(span_of(bytes, sizeof bytes), out);
}

bool session_read(const struct sign_keys *keys, struct span text, int64_t now_us, struct credential *out)
{
    uint8_t bytes[CREDENTIAL_SIZE + HASH_SIZE];
    struct hash claimed;
    if (!sign_bytes(text, bytes, sizeof bytes))
        return false;
    memcpy(claimed.b, bytes + CREDENTIAL_SIZE, HASH_SIZE);
    const struct hash mac = sign_mac(&keys->session, span_of(bytes, CREDENTIAL_SIZE));
    return hash_equal(&mac, &claimed) && credential_unpack(bytes, out) && now_us < out->expires_us;
}

static struct hash csrf_of(const struct sign_keys *keys, struct uuid session)
{
    return sign_mac(&keys->csrf, uuid_span(&session));
}

void session_csrf(const struct sign_keys *keys, struct uuid session, char out[SESSION_CSRF_TEXT])
{
    const struct hash mac = csrf_of(keys, session);
    sign_text(span_of(mac.b, HASH_SIZE), out);
}

bool session_csrf_right(const struct sign_keys *keys, struct uuid session, const char *token)
{
    struct hash claimed;
    if (!token || !sign_bytes(span_text(token), claimed.b, HASH_SIZE))
        return false;
    const struct hash mac = csrf_of(keys, session);
    return hash_equal(&mac, &claimed);
}

bool session_cookie(const char *header, struct span *out)
{
    static const char name[] = COOKIE "=";
    for (const char *at = header; at && *at;) {
        at += strspn(at, "; \t");
        const size_t len = strcspn(at, ";");
        if (strncmp(at, name, sizeof name - 1) == 0) {
            *out = span_of(at + sizeof name - 1, len - (sizeof name - 1));
            return true;
        }
        at += len;
    }
    return false;
}

const char *session_set_cookie(struct arena *arena, const struct sign_keys *keys, const struct credential *session, bool https)
{
    const char *secure = https ? "; Secure" : "";
    if (!session)
        return arena_printf(arena, COOKIE "=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0%s", secure);
    char text[SESSION_TEXT];
    session_text(keys, session, text);
    return arena_printf(arena, COOKIE "=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%lld%s", text,
                        (long long)((session->expires_us - session->issued_us) / 1000000), secure);
}
