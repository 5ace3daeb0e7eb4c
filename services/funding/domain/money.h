/* Money: cents in int64, at most 10^15 of them (ten thousand milliard euros) in any one sum, so that no addition and no share of one can
 * overflow. Amounts are never negative. */
#ifndef HV_FUNDING_DOMAIN_MONEY_H
#define HV_FUNDING_DOMAIN_MONEY_H
#include <stdbool.h>
#include <stdint.h>

#define MONEY_MAX INT64_C(1000000000000000)

bool money_valid(int64_t cents); /* 0..MONEY_MAX */
/* *sum += cents. False, *sum unchanged: one of them is no amount, or together they are more than one may be. */
bool money_add(int64_t *sum, int64_t cents);
/* The permille (0..1000) of an amount, rounded up to a whole cent: the least own financing of a project's cost. */
int64_t money_permille_up(int64_t cents, int32_t permille);

#endif
