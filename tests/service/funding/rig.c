/* What tests/support/rig.h runs here: hv-funding. */
#include "tests/service/funding/rig.h"

#include "municipal.pb-c.h"

extern const struct db_schema funding_schema;

static const struct rig_service FUNDING = {.name = "funding",
                                           .program = "hv-funding",
                                           .schema = &funding_schema,
                                           .methods = &funding__funding__descriptor,
                                           .more = &municipal__municipal__descriptor,
                                           .ping = "ListCalls",
                                           .settings = {"HV_PUBLIC_URL=https://avustukset.example.fi"}};

struct rig *rig_new(size_t processes, size_t clients)
{
    return rig_new_for(&FUNDING, processes, clients);
}

void rig_restart(struct rig *rig)
{
    rig_renew(rig);
}
