/* Made-up people, a made-up programme and what happens to them, as enrolment's messages. All texts are invented. */
#ifndef HV_TESTS_SERVICE_NOTIFICATION_FACTS_H
#define HV_TESTS_SERVICE_NOTIFICATION_FACTS_H
#include "common/base/arena.h"
#include "common/base/uuid.h"
#include "enrolment.pb-c.h"

struct uuid facts_id(unsigned number); /* the same for the same number */
Enrolment__PersonStored *facts_person(struct arena *arena, unsigned number, const char *language, const char *email);
Enrolment__ProgrammeStored *facts_programme(struct arena *arena, struct uuid id, struct uuid implementation, uint64_t version);
Enrolment__Registration *facts_registration(struct arena *arena, struct uuid programme, struct uuid implementation, struct uuid person,
                                            unsigned order_no);
ProtobufCBinaryData facts_bytes(struct arena *arena, struct uuid id);

#endif
