/* A preparer's desk: what tests ask about calls, and what they expect of the answers. */
#ifndef HV_TESTS_SERVICE_FUNDING_DESK_H
#define HV_TESTS_SERVICE_FUNDING_DESK_H
#include "tests/service/funding/rig.h"

struct answer desk_ask(struct rig *rig, struct uuid actor, uint32_t roles, const char *method, const ProtobufCMessage *message,
                       uint64_t if_match);
struct answer desk_public(struct rig *rig, const char *method, const ProtobufCMessage *message);
void desk_refused(struct answer a, enum err err, const char *rule);
const Funding__Call *desk_call(struct answer a);
struct answer desk_get(struct rig *rig, uint32_t roles, struct uuid id);
const Funding__Call *desk_seen(struct rig *rig, struct uuid id);
struct answer desk_move(struct rig *rig, const char *method, const struct rig_call *call, struct uuid actor, uint32_t roles,
                        const char *reason);
struct answer desk_edit(struct rig *rig, const struct rig_call *call, Funding__CallContent *content, uint64_t version);
struct answer desk_create(struct rig *rig, struct uuid actor, uint32_t roles, Funding__CallContent *content);

#endif
