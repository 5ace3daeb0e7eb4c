/* How full the gateway is. Whether the services answer is seen by the survey itself. */
#include "services/gateway/checks.h"

#include "services/gateway/parts.h"

static void check_share(struct health *health, const char *component, const char *measure, size_t used, size_t most, const char *unit,
                        const char *output)
{
    Bus__HealthCheck__Status status = BUS__HEALTH_CHECK__STATUS__PASS;
    if (used * 100 >= most * 95)
        status = BUS__HEALTH_CHECK__STATUS__FAIL;
    else if (used * 2 >= most)
        status = BUS__HEALTH_CHECK__STATUS__WARN;
    health_add(health, component, measure, status, (double)used, unit, status == BUS__HEALTH_CHECK__STATUS__PASS ? NULL : output);
}

void checks_run(void *owner, struct health *health)
{
    const struct parts *parts = owner;
    check_share(health, "http", "exchanges", http_server_busy(parts->http), parts->settings.connections, "requests",
                "requests pile up: see which service is slow, or add a gateway");
    check_share(health, "rpc:enrolment", "waiting", rpc_client_waiting(parts->enrolment), parts->rpc_waiting_max, "requests",
                "hv-enrolment does not keep up: see its queue and its database");
    check_share(health, "rpc:notification", "waiting", rpc_client_waiting(parts->notification), parts->rpc_waiting_max, "requests",
                "hv-notification does not keep up: see its queue and its database");
}
