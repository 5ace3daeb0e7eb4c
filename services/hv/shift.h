/* Moving the dates of a programme, or of a grant call, by whole weeks: the day of the week stays, and so does the clock on the wall in
 * Finland when summer time lies between. Pure. */
#ifndef HV_HV_SHIFT_H
#define HV_HV_SHIFT_H
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Finland's offset from UTC at a moment, microseconds: 2 or 3 hours. */
int64_t shift_offset_us(int64_t at_us);
int64_t shift_by_weeks(int64_t at_us, int64_t weeks);
/* The least number of weeks (0 or more, or less than 0 when the date lies before) that brings `at` to `earliest` or later. */
int64_t shift_weeks_until(int64_t at_us, int64_t earliest_us);

/* The earliest "opensAt" in `programme`: of its windows, or of the call itself; false: it has none. */
bool shift_first_window(const json_t *programme, int64_t *out);
/* Shifts every text member whose name ends in "At" and that is a date-time, and every day ("2022-06-30") whose name ends in "From", "Until"
 * or "Due". Returns how many; -1: one is not a date-time, its name in *bad.
 */
int shift_all(json_t *programme, int64_t weeks, const char **bad);

#endif
