/* The rig: one or two real hv-enrolment on a database of their own, and clients that speak to them over real NNG by common/rpc.
 *
 *   struct rig *rig = rig_new(1, 1);                             one process, one client
 *   const struct uuid who = rig_person(rig, "teacher", "basic");
 *   struct answer a = rig_ask(rig, &(struct ask){.method = "enrolment.Enrol", .message = &request.base, .actor = who, ...});
 *
 * Requests carry a fresh idempotency key unless one is given. Answers live until rig_rest. */
#ifndef HV_TESTS_SERVICE_ENROLMENT_RIG_H
#define HV_TESTS_SERVICE_ENROLMENT_RIG_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "common/rpc/client.h"
#include "enrolment.pb-c.h"
#include "tests/support/kit.h"

#define RIG_PUBLIC      0
#define RIG_PARTICIPANT BUS__ROLE__ROLE_PARTICIPANT
#define RIG_COORDINATOR BUS__ROLE__ROLE_COORDINATOR
#define RIG_ADMIN       BUS__ROLE__ROLE_ADMIN
#define RIG_DATA_KEYS   "1 0100000000000000000000000000000000000000000000000000000000000000\n" /* what HV_DATA_KEYS holds at first */

struct rig;
struct ask {
    const char *method; /* without the package: "Enrol" */
    const ProtobufCMessage *message;
    struct uuid actor;
    uint32_t roles;
    const char *key; /* NULL: a fresh one */
    uint64_t if_match;
    int64_t received_us;  /* 0: now */
    const char *language; /* of the reader; NULL: none said */
    size_t client;
};
struct answer {
    enum err err;
    const char *rule, *field;        /* of the problem; "" without one */
    const Bus__Problem *problem;     /* may be NULL */
    const ProtobufCMessage *message; /* NULL unless err is ERR_OK */
    bool replayed;
    uint64_t version;
    bool done;
};

struct rig *rig_new(size_t processes, size_t clients); /* clients are spread over the processes in turn */
struct rig *rig_new_of(const char *program, size_t processes, size_t clients);
void rig_free(struct rig *rig);       /* ends the processes; one that ends otherwise than asked is a failure, told with its last words */
void rig_tell(const struct rig *rig); /* the last words of the processes, to standard error: for a test that fails */
/* Ends the processes and starts them anew with these keys for sensitive answers; NULL: without. The clients find them again. */
void rig_restart(struct rig *rig, const char *data_keys);
/* Whether a service with these keys ends at once with a fault; the rig's own goes on with those it has. */
bool rig_refuses(struct rig *rig, const char *data_keys);
struct kit_pg *rig_pg(struct rig *rig);
const char *rig_pub_url(const struct rig *rig);
const struct seal *rig_seal(const struct rig *rig);

struct answer *rig_send(struct rig *rig, const struct ask *ask); /* not waiting: many at once */
void rig_wait(struct rig *rig);                                  /* until all that were sent are answered */
struct answer rig_ask(struct rig *rig, const struct ask *ask);
void rig_rest(struct rig *rig);                                      /* forgets the answers */
const char *rig_fact(const struct answer *answer, const char *name); /* of its problem; "" without it */

/* For a group of tests whose state is the rig: setup makes it, `*state = rig = rig_new(1, 1)`. */
int rig_group_stop(void **state);
int rig_group_rest(void **state); /* before each test */

/* --- in the words of enrolment ---------------------------------------------------------------------------------------------- */
ProtobufCBinaryData rig_bytes(const struct uuid *id);
struct uuid rig_id(ProtobufCBinaryData bytes);
struct uuid rig_new_id(void);
struct uuid rig_coordinator(void);
struct uuid rig_person(struct rig *rig, const char *role, const char *level); /* stored by PutPerson */

/* A programme with `count` implementations, each of these seats and waiting places, open for a day. */
struct programme_plan {
    const char *code;
    uint32_t cap, capacity, waiting_cap;
    size_t count;
    int64_t opens_us, closes_us; /* 0: open now */
    bool no_window;
};
struct world {
    struct uuid programme, implementations[8];
};
struct world rig_programme(struct rig *rig, const struct programme_plan *plan);
struct answer rig_enrol(struct rig *rig, const struct world *world, size_t implementation, struct uuid person);
struct answer rig_enrol_with(struct rig *rig, const struct world *world, size_t implementation, struct uuid person, const char *key,
                             int64_t received_us);
const Enrolment__Registration *rig_registration(const struct answer *answer);

#endif
