/* The rig: one or two real hv-enrolment on a database of their own, and clients that speak to them over real NNG by common/rpc.
 *
 *   struct rig *rig = rig_new(1, 1);                             one process, one client
 *   const struct uuid who = rig_person(rig, "teacher", "basic");
 *   struct answer a = rig_ask(rig, &(struct ask){.method = "enrolment.Enrol", .message = &request.base, .actor = who, ...});
 *
 * The machinery is tests/support/rig.h; here stands what it runs, and the words of enrolment. */
#ifndef HV_TESTS_SERVICE_ENROLMENT_RIG_H
#define HV_TESTS_SERVICE_ENROLMENT_RIG_H
#include "enrolment.pb-c.h"
#include "tests/support/rig.h"

#define RIG_PUBLIC      0
#define RIG_PARTICIPANT BUS__ROLE__ROLE_PARTICIPANT
#define RIG_COORDINATOR BUS__ROLE__ROLE_COORDINATOR
#define RIG_ADMIN       BUS__ROLE__ROLE_ADMIN
#define RIG_DATA_KEYS   "1 0100000000000000000000000000000000000000000000000000000000000000\n" /* what HV_DATA_KEYS holds at first */

/* Before a window is changed by hand, in the same statement list: the service locks the programme first and writes whole windows, and
 * would put back what it has read a moment before (its clock tells of an opening within a second of it). */
#define RIG_LOCKED "select from enrolment.programme order by id for update; "

struct rig *rig_new(size_t processes, size_t clients); /* clients are spread over the processes in turn */
struct rig *rig_new_of(const char *program, size_t processes, size_t clients);
/* Ends the processes and starts them anew with these keys for sensitive answers; NULL: without. The clients find them again. */
void rig_restart(struct rig *rig, const char *data_keys);
/* Whether a service with these keys ends at once with a fault; the rig's own goes on with those it has. */
bool rig_refuses(struct rig *rig, const char *data_keys);

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
