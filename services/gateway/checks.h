/* The gateway's own health checks, in the answer to a survey. */
#ifndef HV_GATEWAY_CHECKS_H
#define HV_GATEWAY_CHECKS_H
#include "common/run/health.h"

void checks_run(void *parts, struct health *health);

#endif
