/* Working days and the Helsinki clock: see workday.h. Days are counted since 1970-01-01, which was a Thursday; local times are UTC plus
 * the offset, so that a local day is a division. */
#include "common/base/workday.h"

#include "common/base/date.h"
#include "common/base/day.h"
#include "common/base/time.h"

enum { MARCH = 3, MAY = 5, JUNE = 6, OCTOBER = 10, DECEMBER = 12 };

/* The last Sunday of a month of 31 days. */
static int64_t last_sunday(int64_t year, int32_t month)
{
    const int64_t last = date_days(year, month, 31);
    return last - (day_weekday(last) + 1) % 7;
}

int64_t helsinki_offset_us(int64_t utc_us)
{
    const int64_t year = date_of_days(date_floor(utc_us, TIME_DAY)).year;
    const int64_t summer = last_sunday(year, MARCH) * TIME_DAY + TIME_HOUR, winter = last_sunday(year, OCTOBER) * TIME_DAY + TIME_HOUR;

    return utc_us >= summer && utc_us < winter ? 3 * TIME_HOUR : 2 * TIME_HOUR;
}

/* Easter Sunday by the calendar of 1582: the Sunday after the church's full moon on or after 21 March. */
static int64_t easter_of(int64_t year)
{
    const int64_t golden = year % 19, century = year / 100;
    const int64_t epact = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    const int64_t moon = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    const int64_t full = date_days(year, MARCH, 21) + moon; /* the Sunday is strictly after it */

    return full + 7 - (day_weekday(full) + 1) % 7;
}

static bool fixed_holiday(struct date d)
{
    if (d.month == 1)
        return d.day == 1 || d.day == 6;
    if (d.month == DECEMBER)
        return d.day == 6 || (d.day >= 24 && d.day <= 26);
    return d.month == MAY && d.day == 1;
}

bool day_works(int64_t day)
{
    const struct date d = date_of_days(day);
    const int64_t weekday = day_weekday(day), from_easter = day - easter_of(d.year);

    if (weekday >= 5 || fixed_holiday(d))
        return false;
    if (from_easter == -2 || from_easter == 1 || from_easter == 39)
        return false;                                                        /* Good Friday, Easter Monday, Ascension Day */
    return !(weekday == 4 && d.month == JUNE && d.day >= 19 && d.day <= 25); /* Midsummer Eve */
}

int64_t helsinki_day(int64_t utc_us)
{
    return date_floor(utc_us + helsinki_offset_us(utc_us), TIME_DAY);
}

/* Summer time begins and ends at 01:00 UTC, so the offset at midnight is that of three hours before
 * the same figure read as UTC. */
int64_t helsinki_midnight_us(int64_t day)
{
    return day * TIME_DAY - helsinki_offset_us(day * TIME_DAY - 3 * TIME_HOUR);
}

bool workday_is(int64_t utc_us)
{
    return day_works(helsinki_day(utc_us));
}

int64_t workday_add_hours(int64_t utc_us, uint32_t hours)
{
    int64_t left = (int64_t)hours * TIME_HOUR, at = utc_us;

    for (;;) {
        const int64_t day = helsinki_day(at), next = helsinki_midnight_us(day + 1);
        if (day_works(day) && left < next - at)
            return at + left;
        if (day_works(day))
            left -= next - at;
        at = next;
    }
}

int64_t workday_period_end(int64_t utc_us, uint32_t days)
{
    int64_t last = helsinki_day(utc_us) + days;

    while (!day_works(last))
        last++;
    return helsinki_midnight_us(last + 1);
}
