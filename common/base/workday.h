/* Working days in Finland and the clock of Europe/Helsinki, as arithmetic: no tables, no time zone files, no state.
 *
 * A working day is not a Saturday, not a Sunday and not a public holiday: New Year's Day, Epiphany, Good Friday, Easter Monday, May Day,
 * Ascension Day, Midsummer Eve, Independence Day, Christmas Eve, Christmas Day, Boxing Day (the days on which a time limit does not end,
 * act 150/1930, section 5; Easter Sunday, Whit Sunday, Midsummer Day and All Saints' Day are Sundays and Saturdays anyway). Summer time as
 * in directive 2000/84/EC: last Sunday of March 01:00 UTC to last Sunday of October 01:00 UTC; valid for 1996 and later. */
#ifndef HV_BASE_WORKDAY_H
#define HV_BASE_WORKDAY_H
#include <stdbool.h>
#include <stdint.h>

int64_t helsinki_offset_us(int64_t utc_us); /* to add to a UTC moment: two or three hours */
int64_t helsinki_day(int64_t utc_us);       /* the calendar day of this moment there (common/base/day.h) */
int64_t helsinki_midnight_us(int64_t day);  /* the first moment of that day there */
bool day_works(int64_t day);                /* whether it is a working day */
/* Whether the Helsinki calendar day of this moment is a working day. */
bool workday_is(int64_t utc_us);
/* The moment `hours` of working days after `utc_us`: hours on other days do not count. Never ends on a day that is not a working day;
 * 0 hours: the same moment, or the beginning of the next working day. */
int64_t workday_add_hours(int64_t utc_us, uint32_t hours);
/* The end of the working day on which a period of `days` calendar days ends: the last day moves to the next working day (150/1930, 5 s.).
 */
int64_t workday_period_end(int64_t utc_us, uint32_t days);

#endif
