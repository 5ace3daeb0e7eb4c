/* The middle of amounts: what several evaluators recommend together. One who asks for ten times as much as the others does not move it. */
#ifndef HV_FUNDING_DOMAIN_MEDIAN_H
#define HV_FUNDING_DOMAIN_MEDIAN_H
#include <stddef.h>
#include <stdint.h>

/* Puts the values in order. Of an even number: the mean of the two in the middle, rounded down to a whole cent; of none: 0. Values are
 * amounts (domain/money.h), so two of them can be added. */
int64_t median(int64_t *values, size_t count);

#endif
