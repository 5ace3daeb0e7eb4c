/* Dates: days since 1970-01-01 (a Thursday) to year, month and day and back, in the calendar of 1582 carried back before it. Arithmetic
 * only, for whoever reads, writes or counts dates: no clock, no zone. */
#ifndef HV_BASE_DATE_H
#define HV_BASE_DATE_H
#include <stdint.h>

struct date {
    int64_t year;
    int32_t month, day; /* 1..12, 1..31 */
};
int64_t date_days(int64_t year, int32_t month, int32_t day);
struct date date_of_days(int64_t days);
int64_t date_floor(int64_t a, int64_t b); /* a / b, rounded down; b is positive */

#endif
