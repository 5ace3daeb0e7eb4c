/* How full the gateway is, and whether its database answers. Whether the services answer is seen by the survey itself. */
#include "services/gateway/checks.h"

#include "services/gateway/http/answer.h"
#include "services/gateway/http/json.h"
#include "services/gateway/parts.h"

static const char NO_DATABASE[] = "the accounts' database does not answer: see whether PostgreSQL runs, and HV_DATABASE";

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
    bool database = auth_ready(parts->auth);
    health_add(health, "postgresql", "connection", database ? BUS__HEALTH_CHECK__STATUS__PASS : BUS__HEALTH_CHECK__STATUS__FAIL, database,
               NULL, database ? NULL : NO_DATABASE);
    check_share(health, "http", "exchanges", http_server_busy(parts->http), parts->settings.connections, "requests",
                "requests pile up: see which service is slow, or add a gateway");
    check_share(health, "rpc:enrolment", "waiting", rpc_client_waiting(parts->enrolment), parts->rpc_waiting_max, "requests",
                "hv-enrolment does not keep up: see its queue and its database");
    check_share(health, "rpc:notification", "waiting", rpc_client_waiting(parts->notification), parts->rpc_waiting_max, "requests",
                "hv-notification does not keep up: see its queue and its database");
    check_share(health, "rpc:funding", "waiting", rpc_client_waiting(parts->funding), parts->rpc_waiting_max, "requests",
                "hv-funding does not keep up: see its queue and its database");
}

static void answer_ready(struct exchange *x, int status, const char *word, const char *output)
{
    bool first = true;
    buf_u8(&x->out, '{');
    json_name(&x->out, &first, "status");
    json_text(&x->out, span_text(word));
    if (output) {
        json_name(&x->out, &first, "output");
        json_text(&x->out, span_text(output));
    }
    buf_u8(&x->out, '}');
    struct answer answer = {.status = status, .type = "application/health+json", .body = buf_span(&x->out)};
    answer_send(x, &answer);
}

void checks_serve_ready(void *owner, struct exchange *x)
{
    const struct parts *parts = owner;
    if (!auth_ready(parts->auth))
        answer_ready(x, 503, "fail", NO_DATABASE);
    else if (!rpc_client_connected(parts->enrolment))
        answer_ready(x, 200, "warn", "hv-enrolment is not connected");
    else if (!rpc_client_connected(parts->notification))
        answer_ready(x, 200, "warn", "hv-notification is not connected");
    else if (!rpc_client_connected(parts->funding))
        answer_ready(x, 200, "warn", "hv-funding is not connected");
    else
        answer_ready(x, 200, "pass", NULL);
}
