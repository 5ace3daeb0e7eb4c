/* What tests/support/rig.h runs here: hv-enrolment, or a program made like it, with its keys. */
#include "tests/service/enrolment/rig.h"

extern const struct db_schema enrolment_schema;

#define SIGNING_KEY "0900000000000000000000000000000000000000000000000000000000000000\n"

struct rig *rig_new_of(const char *program, size_t processes, size_t clients)
{
    const struct rig_service service = {.name = "enrolment",
                                        .program = program,
                                        .schema = &enrolment_schema,
                                        .methods = &enrolment__enrolment__descriptor,
                                        .ping = "ListProgrammes",
                                        .settings = {"HV_FORGET_SECONDS=1"},
                                        .files = {{"HV_SIGNING_KEY", "sign", SIGNING_KEY}, {"HV_DATA_KEYS", "data", RIG_DATA_KEYS}}};

    return rig_new_for(&service, processes, clients);
}

struct rig *rig_new(size_t processes, size_t clients)
{
    return rig_new_of("hv-enrolment", processes, clients);
}

void rig_restart(struct rig *rig, const char *data_keys)
{
    rig_put_file(rig, "data", data_keys);
    rig_renew(rig);
}

bool rig_refuses(struct rig *rig, const char *data_keys)
{
    rig_put_file(rig, "data", data_keys);
    const bool refuses = rig_fails_to_start(rig);
    rig_put_file(rig, "data", RIG_DATA_KEYS);
    return refuses;
}
