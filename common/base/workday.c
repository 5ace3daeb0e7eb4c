/* Working days and the Helsinki clock: see workday.h. Days are counted since 1970-01-01, which was a Thursday; local times are UTC plus
 * the offset, so that a local day is a division. */
#include "common/base/workday.h"

#include "common/base/time.h"

enum { MARCH = 3, MAY = 5, JUNE = 6, OCTOBER = 10, DECEMBER = 12 };

struct day {
    int64_t year;
    int32_t month, day; /* 1..12, 1..31 */
};

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* The day number of a date: years begin in March, so that the leap day is the last of its year. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    const int64_t y = month > 2 ? year : year - 1, m = month > 2 ? month - MARCH : month + 9;
    const int64_t era = floor_div(y, 400), of_era = y - era * 400;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * m + 2) / 5 + day - 1 - 719468;
}

static struct day date_of(int64_t days)
{
    const int64_t shifted = days + 719468, era = floor_div(shifted, 146097), of_era = shifted - era * 146097;
    const int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * year + year / 4 - year / 100), m = (5 * of_year + 2) / 153;
    const int64_t month = m < 10 ? m + MARCH : m - 9;

    return (struct day){
        .year = year + era * 400 + (month <= 2), .month = (int32_t)month, .day = (int32_t)(of_year - (153 * m + 2) / 5 + 1)};
}

static int64_t weekday_of(int64_t days) /* 0 Monday .. 6 Sunday */
{
    const int64_t w = (days + 3) % 7;
    return w < 0 ? w + 7 : w;
}

/* The last Sunday of a month of 31 days. */
static int64_t last_sunday(int64_t year, int64_t month)
{
    const int64_t last = days_of(year, month, 31);
    return last - (weekday_of(last) + 1) % 7;
}

int64_t helsinki_offset_us(int64_t utc_us)
{
    const int64_t year = date_of(floor_div(utc_us, TIME_DAY)).year;
    const int64_t summer = last_sunday(year, MARCH) * TIME_DAY + TIME_HOUR, winter = last_sunday(year, OCTOBER) * TIME_DAY + TIME_HOUR;

    return utc_us >= summer && utc_us < winter ? 3 * TIME_HOUR : 2 * TIME_HOUR;
}

/* Easter Sunday by the calendar of 1582: the Sunday after the church's full moon on or after 21 March. */
static int64_t easter_of(int64_t year)
{
    const int64_t golden = year % 19, century = year / 100;
    const int64_t epact = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    const int64_t moon = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    const int64_t full = days_of(year, MARCH, 21) + moon; /* the Sunday is strictly after it */

    return full + 7 - (weekday_of(full) + 1) % 7;
}

static bool fixed_holiday(struct day d)
{
    if (d.month == 1)
        return d.day == 1 || d.day == 6;
    if (d.month == DECEMBER)
        return d.day == 6 || (d.day >= 24 && d.day <= 26);
    return d.month == MAY && d.day == 1;
}

static bool day_works(int64_t days)
{
    const struct day d = date_of(days);
    const int64_t weekday = weekday_of(days), from_easter = days - easter_of(d.year);

    if (weekday >= 5 || fixed_holiday(d))
        return false;
    if (from_easter == -2 || from_easter == 1 || from_easter == 39)
        return false;                                                        /* Good Friday, Easter Monday, Ascension Day */
    return !(weekday == 4 && d.month == JUNE && d.day >= 19 && d.day <= 25); /* Midsummer Eve */
}

static int64_t local_day(int64_t utc_us)
{
    return floor_div(utc_us + helsinki_offset_us(utc_us), TIME_DAY);
}

/* The first moment of a local day. Summer time begins and ends at 01:00 UTC, so the offset at midnight is that of three hours before
 * the same figure read as UTC. */
static int64_t midnight_us(int64_t day)
{
    return day * TIME_DAY - helsinki_offset_us(day * TIME_DAY - 3 * TIME_HOUR);
}

bool workday_is(int64_t utc_us)
{
    return day_works(local_day(utc_us));
}

int64_t workday_add_hours(int64_t utc_us, uint32_t hours)
{
    int64_t left = (int64_t)hours * TIME_HOUR, at = utc_us;

    for (;;) {
        const int64_t day = local_day(at), next = midnight_us(day + 1);
        if (day_works(day) && left < next - at)
            return at + left;
        if (day_works(day))
            left -= next - at;
        at = next;
    }
}

int64_t workday_period_end(int64_t utc_us, uint32_t days)
{
    int64_t last = local_day(utc_us) + days;

    while (!day_works(last))
        last++;
    return midnight_us(last + 1);
}
