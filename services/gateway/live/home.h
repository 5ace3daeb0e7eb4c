/* The pages that need nobody else: what this is ("/"), and whether it lives. */
#ifndef HV_GATEWAY_HOME_H
#define HV_GATEWAY_HOME_H
#include "services/gateway/http/exchange.h"

void home_serve(void *unused, struct exchange *x);       /* "/" */
void home_serve_alive(void *unused, struct exchange *x); /* "/health/live": the loop turns, or nobody would answer */

#endif
