/* Forgetting people, for the tests of it: asking for it, and looking what of them is left, in tables and in the order chain. */
#ifndef HV_TESTS_SERVICE_ENROLMENT_ERASING_H
#define HV_TESTS_SERVICE_ENROLMENT_ERASING_H
#include "tests/service/enrolment/chain_walk.h"

#define ADMIN BUS__ROLE__ROLE_ADMIN

/* ErasePerson; a nil person is oneself. */
struct answer erasing_as(struct rig *rig, struct uuid actor, uint32_t roles, struct uuid person, const char *reason, const char *key);
void erasing_expect(struct answer a, uint32_t registrations, uint32_t given_up);
/* Of oneself, with the answer it must have. */
void erasing_self(struct rig *rig, struct uuid person, uint32_t registrations, uint32_t given_up);
struct uuid erasing_person(struct rig *rig, const char *name);
void erasing_follow(struct rig *rig, struct uuid person, struct uuid programme);
void erasing_cancel(struct rig *rig, const Enrolment__Registration *r, const char *reason);
/* Rows of all tables but one ("": none) in which these words stand, as text or as bytes. */
int64_t erasing_rows(struct rig *rig, const char *words, const char *but);
/* The whole chain against its head: its length, and the hash of entry n. */
uint32_t erasing_chain(struct rig *rig, struct uuid implementation, uint32_t n, struct hash *at);
int64_t erasing_events(struct rig *rig, const char *type, struct uuid subject);
enum err erasing_ask(struct rig *rig, const char *method, const ProtobufCMessage *message, struct uuid actor, uint32_t roles);

#endif
