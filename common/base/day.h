/* Calendar days without a clock: a day is the number of days since 1970-01-01. Text is ISO 8601, "2026-11-22". Years,
 * months and days of it are common/base/date.h; what day it is in Helsinki, and which days are working days, is common/base/workday.h. */
#ifndef HV_BASE_DAY_H
#define HV_BASE_DAY_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/span.h"

#define DAY_TEXT 11        /* "2026-11-22" and NUL */
#define NO_DAY   INT64_MIN /* a day that is not set, where one may be missing */

int64_t day_weekday(int64_t day);                 /* 0 Monday .. 6 Sunday */
bool day_parse(int64_t *out, struct span text);   /* years 1970..9999; false: no such day */
void day_format(int64_t day, char out[DAY_TEXT]); /* a day from 1970 to 9999 */

#endif
