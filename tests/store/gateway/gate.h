/* Speaking to auth as the gateway does: a database, a loop, one struct auth, and the methods a test asks most. */
#ifndef HV_TESTS_STORE_GATEWAY_GATE_H
#define HV_TESTS_STORE_GATEWAY_GATE_H
#include <uv.h>

#include "gateway.pb-c.h"
#include "services/gateway/auth/auth.h"
#include "tests/support/kit.h"

#define PASSWORD "korkea kuusi 17"

struct gate {
    struct kit_pg *pg;
    uv_loop_t loop;
    struct metrics *metrics;
    struct arena *arena;
    struct auth *auth;
    struct identity admin;
    uint64_t if_match; /* of the next calls */
};

/* Another gateway on the same database. */
void gate_open(struct gate *gate, struct auth **out, int refresh_ms);
/* A done that counts: owner is an int. */
void gate_done(struct auth_call *call);
/* One method, to its end. A fault of auth_handle itself becomes the outcome. */
struct auth_call *gate_call(struct gate *gate, const char *method, const ProtobufCMessage *request, struct identity who);
const char *gate_rule(const struct auth_call *outcome);
struct auth_call *gate_sign_in(struct gate *gate, const char *name, const char *password);
/* The Cookie header a browser would send back after this answer. */
const char *gate_cookie(struct gate *gate, const struct auth_call *outcome);
enum err gate_identify_cookie(struct auth *auth, const char *cookie, const char *csrf, bool write, struct identity *who);
enum err gate_identify_token(struct gate *gate, struct auth *auth, const char *token, struct identity *who);
/* One wanted account; role may be anything. */
Gateway__NewAccount *gate_wanted(struct gate *gate, const char *name, const char *password, const char *role);
void gate_set_id(struct gate *gate, Gateway__NewAccount *account, struct uuid id);
struct auth_call *gate_create(struct gate *gate, Gateway__NewAccount **accounts, size_t count, bool with_tokens);
const Gateway__AccountList *gate_list(const struct auth_call *outcome);
/* An account with PASSWORD, made; its id. */
struct uuid gate_make(struct gate *gate, const char *name, const char *role);
struct auth_call *gate_set_account(struct gate *gate, struct uuid id, const char *role, bool closed);
int gate_set_up(void **state);
int gate_tear_down(void **state);

#endif
