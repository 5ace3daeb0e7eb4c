/* See answer_time.h. */
#include "services/funding/domain/answer_time.h"

#include "common/base/workday.h"

int64_t notice_day(int64_t sent_on, enum notice_way way)
{
    switch (way) {
    case NOTICE_ELECTRONIC:
        return sent_on + 3;
    case NOTICE_LETTER:
        return sent_on + 7;
    }
    return sent_on;
}

int64_t answer_last_day(int64_t notified_on, int32_t days)
{
    int64_t last = notified_on + days;

    while (!day_works(last))
        last++;
    return last;
}
