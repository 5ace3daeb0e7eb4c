/* Time: microseconds since 1970-01-01T00:00:00Z, in UTC, everywhere inside.
 * Text is RFC 3339. People's time (Europe/Helsinki) is made where people are written to, not here. */
#ifndef HV_BASE_TIME_H
#define HV_BASE_TIME_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/span.h"

#define TIME_TEXT   28 /* "2026-01-31T09:00:00.000000Z" and NUL */
#define TIME_SECOND 1000000LL
#define TIME_HOUR   (3600 * TIME_SECOND)
#define TIME_DAY    (24 * TIME_HOUR)

int64_t time_now_us(void);    /* wall clock */
int64_t time_steady_us(void); /* never goes back; only for measuring spans of time */
void time_format(int64_t us, char out[TIME_TEXT]);
bool time_parse(int64_t *out, struct span text); /* date-time with Z or an offset, up to 6 digits of fraction; years 1970..9999 */

#endif
