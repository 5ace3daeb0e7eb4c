/* The forgetter: follows the list of people the enrolment service has forgotten on request, and closes their accounts (auth_forget).
 *
 * By asking, not by listening: an event that is heard live can be missed, and a gateway is no subscriber with a cursor. The list is
 * numbered in order of commit, the mark of how far we have come is in our own database and moves in the transaction that closes the
 * accounts. So nobody is missed, however long a gateway was away, and several gateways may do the same. It asks at its start, every ten
 * seconds, and at once when an erasure has gone through this gateway. A list that ends before our mark is of a database that was
 * restored: then we follow it from the beginning. */
#ifndef HV_GATEWAY_FORGETTER_H
#define HV_GATEWAY_FORGETTER_H
#include <uv.h>

#include "common/rpc/client.h"
#include "services/gateway/auth/auth.h"

struct forgetter;

struct forgetter_config {
    struct rpc_client *enrolment;
    struct auth *auth;
    int every_ms; /* 0: 10 s */
    const struct log *log;
};

enum err forgetter_open(struct forgetter **out, uv_loop_t *loop, const struct forgetter_config *config) MUST_CHECK;
void forgetter_soon(void *forgetter); /* somebody was just forgotten */
void forgetter_stop(struct forgetter *forgetter);

#endif
