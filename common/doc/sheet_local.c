/* UTC to the clocks of Helsinki, with ICU's rules of the zone: what people see in a sheet is the time on their wall. */
#include <unicode/ucal.h>

#include "common/base/time.h"
#include "common/doc/sheet_cell.h"

struct sheet_clock *sheet_clock_open(void)
{
    static const UChar zone[] = {'E', 'u', 'r', 'o', 'p', 'e', '/', 'H', 'e', 'l', 's', 'i', 'n', 'k', 'i', 0};
    UErrorCode code = U_ZERO_ERROR;
    UCalendar *calendar = ucal_open(zone, -1, "en", UCAL_GREGORIAN, &code);

    return U_SUCCESS(code) ? (struct sheet_clock *)calendar : NULL;
}

void sheet_clock_close(struct sheet_clock *clock)
{
    if (clock)
        ucal_close((UCalendar *)clock);
}

struct sheet_local sheet_clock_at(struct sheet_clock *clock, int64_t us)
{
    UCalendar *calendar = (UCalendar *)clock;
    UErrorCode code = U_ZERO_ERROR;
    struct sheet_local at;

    ucal_setMillis(calendar, (UDate)us / 1000.0, &code);
    at.year = ucal_get(calendar, UCAL_YEAR, &code);
    at.month = ucal_get(calendar, UCAL_MONTH, &code) + 1;
    at.day = ucal_get(calendar, UCAL_DATE, &code);
    at.hour = ucal_get(calendar, UCAL_HOUR_OF_DAY, &code);
    at.minute = ucal_get(calendar, UCAL_MINUTE, &code);
    at.second = ucal_get(calendar, UCAL_SECOND, &code);
    return at;
}
