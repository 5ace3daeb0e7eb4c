/* Which proofs of work were used: a solution buys one request. The very same request may come again with it, for after a 503 or 504 a
 * client asks once more with the same key.
 *
 * Memory is fixed: the last quarter of a million, more or less; when its neighbourhood is full, the one that would expire first makes
 * room. Which neighbourhood, the signed hash decides: whoever wants to push a used one out has to solve eight others that fall beside it,
 * and wins one. Each gateway remembers for itself, so behind n gateways a solution buys n requests at most. */
#ifndef HV_GATEWAY_SPENT_H
#define HV_GATEWAY_SPENT_H
#include <stdbool.h>

#include "services/gateway/route/proof.h"

struct spent;

struct spent *spent_new(void);
void spent_free(struct spent *spent); /* NULL is fine */
/* request: what it is used for; 0: something that is never the same twice. False: it was used for something else. */
bool spent_take(struct spent *spent, const struct proof_solution *solution, uint64_t request);

#endif
