/* Who is asking: accounts, sign-in, sessions and API tokens of the suite. The gateway is the only program that knows them;
 * behind it a request carries an account id and role bits (step 2 of the data's path).
 *
 * Two doors. auth_identify looks at a request's credentials without any I/O: sessions and tokens are signed, and what has been
 * withdrawn (revoked tokens, signed-out sessions, closed accounts, changed roles) is kept in memory and read anew every few
 * seconds, so several gateways agree. auth_handle runs the methods of gateway.Gateway on threads of their own.
 * Everything here is called on the loop's thread.
 */
#ifndef HV_GATEWAY_AUTH_AUTH_H
#define HV_GATEWAY_AUTH_AUTH_H
#include <uv.h>

#include "common/base/arena.h"
#include "common/base/log.h"
#include "common/base/metric.h"
#include "common/db/db.h"
#include "common/db/migrate.h"
#include "envelope.pb-c.h"

#define AUTH_KEY_MIN 32 /* bytes of the session key, at least */

struct auth;

struct auth_config {
    struct db_config db; /* of schema gateway; application_name is set here */
    struct span key;     /* the session key, AUTH_KEY_MIN..64 bytes; copied. The same for all gateways of a deployment */
    bool https;          /* cookies carry Secure */
    uv_loop_t *loop;
    const struct log *log;
    struct metrics *metrics;
    size_t queue_max; /* calls waiting: account work; sign-ins may be a quarter of it, for each costs 20 ms. 0: 256 */
    int refresh_ms;   /* how often withdrawals are read; 0: 2000 */
};

/* Checks nothing of the schema's version (main does), connects, reads the withdrawals once. ERR_INVALID: the key is too short;
 * ERR_UNAVAILABLE: no database. After a fault *out, unless NULL, is closed and freed as usual. */
enum err auth_open(struct auth **out, const struct auth_config *config) MUST_CHECK;
/* The database answered lately: neither sign-in nor a withdrawal by another gateway would go unnoticed now. */
bool auth_ready(const struct auth *auth);
/* Lets the calls under way finish (their done comes before this returns), then stops threads and timer. The loop must run
 * once more afterwards for libuv to forget the handles; then auth_free. */
void auth_close(struct auth *auth);
void auth_free(struct auth *auth);

/* What of a request says who sent it; each may be NULL. */
struct auth_headers {
    const char *cookie;        /* the whole Cookie header */
    const char *authorization; /* the whole Authorization header */
    const char *csrf_token;    /* X-CSRF-Token */
    bool write;                /* not GET or HEAD */
};
enum identity_kind { IDENTITY_NONE, IDENTITY_SESSION, IDENTITY_TOKEN };
struct identity {
    struct uuid account;
    uint32_t roles; /* bits of bus.Role */
    bool known;     /* false: the public */
    enum identity_kind kind;
    struct uuid credential; /* id of the session or the token */
    int64_t expires_us;
};
/* No I/O; some microseconds. ERR_OK with known == false when there are no credentials; ERR_UNAUTHENTICATED when they are forged,
 * expired or withdrawn; ERR_FORBIDDEN for a write with the cookie and without its CSRF token. */
enum err auth_identify(struct auth *auth, const struct auth_headers *headers, int64_t now_us, struct identity *out) MUST_CHECK;

/* One method of gateway.Gateway. Owned by the caller until auth_handle, then by auth until done. */
struct auth_call {
    const char *method;              /* "gateway.SignIn" or "SignIn" */
    const ProtobufCMessage *request; /* the method's request message; stays until done */
    struct identity who;
    const char *client;  /* the peer's address, for throttling; stays until done */
    uint64_t if_match;   /* the version the caller saw; 0: none given */
    struct arena *arena; /* the outcome is made here */
    /* the outcome */
    enum err err;
    Bus__Problem *problem;                /* NULL, or more than err says */
    const ProtobufCMessage *reply;        /* when err is ERR_OK */
    uint64_t version;                     /* of the thing answered; 0: none */
    const char *set_cookie;               /* value of a Set-Cookie header, or NULL */
    int retry_s;                          /* too many tries: in how many seconds the next one counts; else 0 */
    void (*done)(struct auth_call *call); /* exactly once, on the loop; never when auth_handle returned a fault */
    void *owner;
    struct auth_call *next; /* auth's own while it has the call */
};
/* ERR_BUSY: too many wait. ERR_NOT_FOUND: no such method. ERR_UNAUTHENTICATED, ERR_FORBIDDEN: not for this identity. */
enum err auth_handle(struct auth *auth, struct auth_call *call) MUST_CHECK;

/* Closes the accounts of people who were forgotten, whatever they are: the request is a gateway.ForgetAccountsRequest, the call needs no
 * method and no identity. The gateway's own, never a caller's: no route leads here. ERR_BUSY: too many wait. */
enum err auth_forget(struct auth *auth, struct auth_call *call) MUST_CHECK;
/* Looks whether the accounts that a request names are there, open, and have the role they are named for: a gateway.CheckAccountsRequest;
 * the problem names the first that is not. The gateway's own too. ERR_BUSY: too many wait. */
enum err auth_check(struct auth *auth, struct auth_call *call) MUST_CHECK;

/* The tables of the gateway, from services/gateway/schema. */
extern const struct db_schema gateway_schema;

#endif
