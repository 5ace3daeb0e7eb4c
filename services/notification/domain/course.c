/* The policy of mailing: what may not leave, what the reader wants otherwise, and when people sleep. In this order: an address that takes
 * no mail gets no digest either, and what is gathered needs no hour. */
#include "services/notification/domain/course.h"

#include "common/base/time.h"
#include "services/notification/domain/why.h"

#define HOUR_MORNING 8  /* the first of the day in which many-at-once mail leaves */
#define HOUR_EVENING 21 /* the first in which it does not */

static struct course_answer withhold(const char *why)
{
    return (struct course_answer){.course = COURSE_WITHHOLD, .why = why};
}

struct course_answer course_of(const struct course_facts *facts)
{
    const struct kind *kind = kind_of(facts->kind);
    /* A digest is what somebody wanted instead of single mails; whoever turned its topic off since then loses no promise by one more. */
    bool asked = !topic_fixed(kind->topic) && !facts->test && facts->kind != KIND_DIGEST;

    if (!facts->allowed)
        return withhold(WHY_DOMAIN);
    if (facts->suppressed)
        return withhold(WHY_SUPPRESSED);
    if (asked && facts->setting == MAIL_OFF)
        return withhold(WHY_TOPIC_OFF);
    if (asked && facts->setting == MAIL_DAILY && !facts->has_attachments)
        return (struct course_answer){.course = COURSE_GATHER, .next_us = helsinki_next(facts->now_us, HOUR_MORNING)};
    if (kind->lane == LANE_MANY && !facts->test && !facts->any_hour && quiet_until(facts->now_us) > facts->now_us)
        return (struct course_answer){.course = COURSE_LATER,
                                      .next_us = quiet_until(facts->now_us) + (int64_t)(((uint64_t)QUIET_SPREAD * facts->dice) >> 32)};
    return (struct course_answer){.course = COURSE_MAIL};
}

int64_t quiet_until(int64_t now_us)
{
    int64_t of_day_us = now_us + helsinki_offset_us(now_us) - helsinki_day(now_us) * TIME_DAY;

    if (of_day_us >= HOUR_MORNING * TIME_HOUR && of_day_us < HOUR_EVENING * TIME_HOUR)
        return now_us;
    return helsinki_next(now_us, HOUR_MORNING);
}

/* A local time is zero, one or two moments: one each with three and with two hours, where that is what the clock then has. The hour that is
 * skipped in March is not shown that day, the one that comes twice in October is shown twice. */
int64_t helsinki_next(int64_t now_us, int hour)
{
    const int64_t today = helsinki_day(now_us);

    for (int64_t day = today; day < today + 3; day++) {
        for (int64_t offset_us = 3 * TIME_HOUR; offset_us >= 2 * TIME_HOUR; offset_us -= TIME_HOUR) {
            int64_t moment_us = day * TIME_DAY + hour * TIME_HOUR - offset_us;
            if (moment_us > now_us && helsinki_offset_us(moment_us) == offset_us)
                return moment_us;
        }
    }
    return now_us + TIME_DAY; /* no clock skips the same hour three days in a row */
}
