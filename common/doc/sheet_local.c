/* UTC to the clocks of Helsinki: what people see in a sheet is the time on their wall. */
#include "common/base/date.h"
#include "common/base/time.h"
#include "common/base/workday.h"
#include "common/doc/sheet_cell.h"

struct sheet_local sheet_local(int64_t us)
{
    const int64_t local = us + helsinki_offset_us(us), days = date_floor(local, TIME_DAY), second = (local - days * TIME_DAY) / TIME_SECOND;
    const struct date date = date_of_days(days);

    return (struct sheet_local){.year = (int)date.year,
                                .month = date.month,
                                .day = date.day,
                                .hour = (int)(second / 3600),
                                .minute = (int)(second / 60 % 60),
                                .second = (int)(second % 60)};
}
