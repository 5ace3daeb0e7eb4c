/* The rig of a service: its real program, one process or two, on a database of its own, and clients that speak to it over real NNG by
 * common/rpc, as the gateway does. A suite says in its rig.c what its service is (struct rig_service) and adds its own words beside:
 *
 *   struct rig *rig = rig_new(1, 1);                             of the suite: one process that answers, one client
 *   struct answer a = rig_ask(rig, &(struct ask){.method = "GetCall", .message = &request.base, .actor = who, .roles = RIG_PREPARER});
 *   int main(void) { ... return rig_told(cmocka_run_group_tests(tests, start, rig_group_stop)); }
 *
 * Requests carry a fresh idempotency key unless one is given. Answers live until rig_rest. What the processes log goes to a file of the
 * rig's own folder: its end is shown when one of them ends otherwise than asked, and when a test of the group failed. */
#ifndef HV_TESTS_SUPPORT_RIG_H
#define HV_TESTS_SUPPORT_RIG_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "common/rpc/client.h"
#include "tests/support/kit.h"

struct rig_file { /* one that the program reads at its start; lies in the rig's folder */
    const char *variable, *name, *content;
};
struct rig_service {
    const char *name;    /* "enrolment": its package, and HV_ENROLMENT_... */
    const char *program; /* "hv-enrolment" */
    const struct db_schema *schema;
    const ProtobufCServiceDescriptor *methods;
    const ProtobufCServiceDescriptor *more; /* another package that it serves beside its own; NULL: none */
    const char *ping;                       /* a method whom anybody may ask with an empty message */
    const char *settings[4];                /* "NAME=value", NULL-ended */
    struct rig_file files[4];               /* ended by one without a name; the key of the bus is the rig's own matter */
};

struct rig;
struct ask {
    const char *method; /* without the package: "Enrol"; of `more` where `methods` have none of this name */
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

/* Returns when every process answers. Clients are spread over the processes in turn. */
struct rig *rig_new_for(const struct rig_service *service, size_t processes, size_t clients);
void rig_free(struct rig *rig);       /* ends the processes; one that ends otherwise than asked is a failure, told with its last words */
void rig_tell(const struct rig *rig); /* the last words of the processes, to standard error: for a test that fails */
void rig_renew(struct rig *rig);      /* ends the processes and starts them anew; the clients find them again */
bool rig_fails_to_start(struct rig *rig); /* whether one more process ends at once with a fault; those that run go on */
/* What a file of the service holds from the next start on; NULL: it is not there. */
void rig_put_file(const struct rig *rig, const char *name, const char *content);

struct kit_pg *rig_pg(struct rig *rig);
struct arena *rig_arena(struct rig *rig); /* emptied by rig_rest */
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

/* Takes how many tests of a group failed and gives it back; when some did, what the group's processes said at last is shown. */
int rig_told(int failed);

#endif
