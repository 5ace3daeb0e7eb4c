/* See day.h. 1970-01-01 was a Thursday. */
#include "common/base/day.h"

#include <inttypes.h>
#include <stdio.h>

#include "common/base/date.h"

enum { THURSDAY = 3 };

int64_t day_weekday(int64_t day)
{
    const int64_t w = (day + THURSDAY) % 7;
    return w < 0 ? w + 7 : w;
}

static int64_t read_number(const uint8_t *at, size_t len)
{
    int64_t n = 0;

    for (size_t i = 0; i < len; i++) {
        if (at[i] < '0' || at[i] > '9')
            return -1;
        n = n * 10 + (at[i] - '0');
    }
    return n;
}

bool day_parse(int64_t *out, struct span text)
{
    if (text.len != DAY_TEXT - 1 || text.data[4] != '-' || text.data[7] != '-')
        return false;
    const int64_t year = read_number(text.data, 4), month = read_number(text.data + 5, 2), day = read_number(text.data + 8, 2);
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    *out = date_days(year, (int32_t)month, (int32_t)day);
    return date_of_days(*out).day == day; /* 31 April is 1 May */
}

void day_format(int64_t day, char out[DAY_TEXT])
{
    const struct date d = date_of_days(day);
    char text[40];

    (void)snprintf(text, sizeof text, "%04" PRId64 "-%02d-%02d", d.year, d.month, d.day);
    for (size_t i = 0; i < DAY_TEXT; i++)
        out[i] = text[i];
    out[DAY_TEXT - 1] = '\0';
}
