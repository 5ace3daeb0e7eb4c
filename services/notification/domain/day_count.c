/* See day_count.h. */
#include "services/notification/domain/day_count.h"

#include "common/base/time.h"

#define HOURS 24

void day_count_add(struct day_count *day, int64_t now_us)
{
    const int64_t hour = now_us / TIME_HOUR;
    const int64_t at = hour % HOURS;

    if (day->of[at].hour != hour) {
        day->of[at].hour = hour;
        day->of[at].count = 0;
    }
    day->of[at].count++;
}

uint32_t day_count_read(const struct day_count *day, int64_t now_us)
{
    const int64_t now = now_us / TIME_HOUR;
    uint32_t sum = 0;

    for (int i = 0; i < HOURS; i++)
        if (day->of[i].hour > now - HOURS && day->of[i].hour <= now)
            sum += day->of[i].count;
    return sum;
}
