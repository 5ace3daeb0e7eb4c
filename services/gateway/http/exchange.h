/* One exchange: a request from its first line to its answer, whole life in one struct (step 1).
 *
 * Exchanges come from the server's pool and go back to it when the connection is done with the answer and nobody holds them,
 * so a busy gateway allocates nothing here. All on the loop. Fields are read by everybody, written by http/ alone,
 * except those marked as the handler's.
 */
#ifndef HV_GATEWAY_EXCHANGE_H
#define HV_GATEWAY_EXCHANGE_H
#include <microhttpd.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/span.h"
#include "services/gateway/http/language.h"

enum exchange_state {
    EXCHANGE_READING, /* head or body are still coming */
    EXCHANGE_RUNNING, /* whole; inside the handler */
    EXCHANGE_WAITING, /* suspended: somebody owes the answer */
    EXCHANGE_ANSWERED /* the answer is with libmicrohttpd, or the connection is gone */
};

#define EXCHANGE_TRACE  56 /* "00-<32 hex>-<16 hex>-01" and NUL */
#define EXCHANGE_CLIENT 46 /* an address in text and NUL */

struct http_server;

struct exchange {
    enum exchange_state state;
    struct http_server *server;
    struct MHD_Connection *connection;
    struct arena *arena; /* everything of the exchange; reset when it ends */

    const char *verb;        /* GET, POST ...; HEAD is shown as GET */
    const char *target;      /* as sent: path, '?', query; on the arena */
    struct span path, query; /* of target, not yet percent-decoded */
    struct buf body;
    size_t body_max; /* the handler's: what `begin` allows; 0: no body */
    bool too_large;  /* the body went over body_max; what came after is thrown away */
    bool head;       /* the verb was HEAD */
    enum language language;
    int64_t started_us;  /* steady clock, at the first line */
    int64_t received_us; /* wall clock, when the last byte of the body was there: the time that counts */
    char trace[EXCHANGE_TRACE];
    char client[EXCHANGE_CLIENT];

    struct buf out;    /* the handler's: the body of the answer may be built here; stays until the exchange ends */
    int retry_s;       /* the handler's: Retry-After of a 429; 0: the usual */
    const void *route; /* the handler's: whose request it is */
    void *context;     /* the handler's */
    int status;        /* of the answer */

    /* http/'s own */
    bool suspended, ended;
    unsigned holds;
    size_t thrown_away;           /* bytes read past body_max */
    struct exchange *next, *prev; /* in the deadline list of its state, or the pool */
    bool listed;
    int64_t deadline_us;
};

const char *exchange_header(const struct exchange *x, const char *name); /* NULL: not sent */

/* Suspends the connection: somebody answers later, from the loop. The exchange stays until exchange_release, which must
 * come exactly once; meanwhile a deadline may have answered (exchange_owed then says false). */
void exchange_wait(struct exchange *x);
bool exchange_owed(const struct exchange *x);
void exchange_release(struct exchange *x);

/* Sends the answer; the response stays the caller's (it may be sent again and again). A second answer is a bug. */
void exchange_answer(struct exchange *x, int status, struct MHD_Response *response);

#endif
