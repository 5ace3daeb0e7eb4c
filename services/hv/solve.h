/* The proof of work that a gateway may ask at its door (HV_PROOF_MAX), done for the operator who signs in: some milliseconds. */
#ifndef HV_HV_SOLVE_H
#define HV_HV_SOLVE_H
#include <jansson.h>
#include <stdbool.h>

#include "services/hv/http.h"

#define SOLVE_TEXT 1024 /* room for a solution and NUL */

/* Finds the number of a challenge of /api/challenge and writes the solution as the header X-Proof-Of-Work wants it; "" and false: it is
 * no challenge that can be solved. */
bool solve_challenge(const json_t *challenge, char out[SOLVE_TEXT]);

/* Asks the gateway for a challenge and lets the writes from now on carry its solution. Most gateways ask for none, and answer 404. */
void solve_at_door(struct http *http);

#endif
