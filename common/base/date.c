/* Dates. Years are counted from March here, so the leap day is the last of its year and month lengths follow one formula:
 * (153 m + 2) / 5 days have passed when month m (0 = March) begins. 719468 days lie between 0000-03-01 and 1970-01-01; 146097 days are
 * 400 years. */
#include "common/base/date.h"

int64_t date_floor(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int64_t date_days(int64_t year, int32_t month, int32_t day)
{
    const int64_t y = month > 2 ? year : year - 1, from_march = (month + 9) % 12;
    const int64_t era = date_floor(y, 400), of_era = y - era * 400;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * from_march + 2) / 5 + day - 1 - 719468;
}

/* Within 400 years the year is found by taking out the leap days passed so far. */
struct date date_of_days(int64_t days)
{
    const int64_t since = days + 719468, era = date_floor(since, 146097), of_era = since - era * 146097;
    const int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * year + year / 4 - year / 100), from_march = (5 * of_year + 2) / 153;
    const int64_t month = from_march < 10 ? from_march + 3 : from_march - 9;

    return (struct date){
        .year = era * 400 + year + (month <= 2), .month = (int32_t)month, .day = (int32_t)(of_year - (153 * from_march + 2) / 5 + 1)};
}
