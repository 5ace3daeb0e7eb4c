/* How often something happened in the last day: a ring of hours, for the health of one process. Pure. */
#ifndef HV_NOTIFICATION_DOMAIN_DAY_COUNT_H
#define HV_NOTIFICATION_DOMAIN_DAY_COUNT_H
#include <stdint.h>

struct day_count { /* zeroed: nothing happened */
    struct {
        int64_t hour; /* since 1970; another one than ours: what is in it is a day old or more */
        uint32_t count;
    } of[24];
};
void day_count_add(struct day_count *day, int64_t now_us);
uint32_t day_count_read(const struct day_count *day, int64_t now_us); /* this hour and the 23 before it */

#endif
