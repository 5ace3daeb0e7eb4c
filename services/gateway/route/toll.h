/* The toll: where a client fetches what it has to work on, beside where it pays (toll_check in errand.h). */
#ifndef HV_GATEWAY_TOLL_H
#define HV_GATEWAY_TOLL_H
#include "services/gateway/http/exchange.h"

/* The page PROOF_PATH: a new challenge for whoever asks. The owner is a struct proof_terms. */
void toll_serve(void *terms, struct exchange *x);

#endif
