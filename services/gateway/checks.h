/* The gateway's own health: its checks in the answer to a survey, and whether it takes requests. */
#ifndef HV_GATEWAY_CHECKS_H
#define HV_GATEWAY_CHECKS_H
#include "common/run/health.h"
#include "services/gateway/http/exchange.h"

void checks_run(void *parts, struct health *health);
/* "/health/ready": this gateway takes requests, as long as its own database answers. A service that is away is a warning only: it has
 * a readiness of its own, and a gateway that went away with it would turn one failure into two. */
void checks_serve_ready(void *parts, struct exchange *x);

#endif
