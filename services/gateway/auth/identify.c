/* Who is asking: a request's credentials against keys and withdrawals, without any I/O (step 2 of the data's path, before the
 * route's own "who may"). */
#include "services/gateway/auth/session.h"
#include "services/gateway/auth/state.h"
#include "services/gateway/auth/token.h"

static enum err admit(const struct auth *auth, enum identity_kind kind, struct credential *credential, struct identity *out)
{
    if (!withdrawals_allow(auth->withdrawals, kind == IDENTITY_SESSION, credential))
        return ERR_UNAUTHENTICATED;
    *out = (struct identity){.account = credential->account,
                             .roles = credential->roles,
                             .known = true,
                             .kind = kind,
                             .credential = credential->id,
                             .expires_us = credential->expires_us};
    return ERR_OK;
}

enum err auth_identify(struct auth *auth, const struct auth_headers *headers, int64_t now_us, struct identity *out)
{
    struct credential credential;
    struct span text;
    *out = (struct identity){.known = false};
    if (headers->authorization) { /* said on purpose, so it goes before a cookie the browser adds */
        if (!token_bearer(headers->authorization, &text) || !token_read(&auth->terms.keys, text, now_us, &credential))
            return ERR_UNAUTHENTICATED;
        return admit(auth, IDENTITY_TOKEN, &credential, out);
    }
    if (!session_cookie(headers->cookie, &text) || text.len == 0)
        return ERR_OK;
    if (!session_read(&auth->terms.keys, text, now_us, &credential))
        return ERR_UNAUTHENTICATED;
    if (headers->write && !session_csrf_right(&auth->terms.keys, credential.id, headers->csrf_token))
        return ERR_FORBIDDEN;
    return admit(auth, IDENTITY_SESSION, &credential, out);
}
