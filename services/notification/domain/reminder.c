/* When one is reminded of what. The clock is Helsinki's; the arithmetic is that of common/base/workday.h. */
#include "services/notification/domain/reminder.h"

#include <assert.h>

#include "common/base/time.h"
#include "common/base/workday.h"
#include "services/notification/domain/course.h"

#define HOUR         9 /* people are reminded at nine */
#define WEBINAR_DAYS 7
#define WINDOW_DAYS  1
#define DRAFT_DAYS   1
#define MORE_DAYS    2 /* a supplement */
#define DUTY_DAYS    7
#define EARLY_DAYS   30 /* a report, the first time */
#define OFFER_PART   3  /* when a third of its time is left ... */
#define OFFER_MOST   TIME_DAY
#define OFFER_ANSWER (2 * TIME_HOUR) /* who reads it in the morning has so long to answer */
#define OFFER_SINCE  TIME_HOUR       /* and nobody is reminded of what they have just been told */
#define AT_ONCE      100
#define PACE_US      (TIME_SECOND / 50)
#define HOUR_EVENING 20
#define NIGHT_MOST   (13 * TIME_HOUR + TIME_HOUR / 2) /* from that hour to any moment before the next morning, clocks set or not */

struct uuid reminder_id(enum message_kind kind, struct uuid subject)
{
    return uuid_from(subject, span_text(kind_of(kind)->name));
}

struct uuid reminder_id_early(enum message_kind kind, struct uuid subject)
{
    return uuid_from(reminder_id(kind, subject), span_text("early"));
}

struct uuid reminder_event(struct uuid id, int times)
{
    const uint8_t name[] = {'t', (uint8_t)times};

    return uuid_from(id, span_of(name, sizeof name));
}

/* Nine o'clock so many days before the day of this moment. Clocks are set at night, so at nine there is no doubt which hour it is. */
static int64_t days_before(int64_t moment_us, int days)
{
    int64_t local_us = (helsinki_day(moment_us) - days) * TIME_DAY + HOUR * TIME_HOUR;

    return local_us - helsinki_offset_us(local_us - 2 * TIME_HOUR);
}

/* What falls into the night is told in the morning, where that leaves time to answer, else in the evening before. An offer that begins and
 * ends in one night is reminded of in it: a late word is better than none. */
static int64_t awake(int64_t due_us, int64_t moment_us, int64_t since_us, int64_t now_us)
{
    const int64_t morning_us = quiet_until(due_us);

    if (morning_us == due_us || moment_us - morning_us >= OFFER_ANSWER)
        return morning_us;
    const int64_t evening_us = helsinki_next(due_us - NIGHT_MOST, HOUR_EVENING);
    return evening_us >= since_us + OFFER_SINCE && evening_us >= now_us ? evening_us : due_us;
}

static int64_t offer_due(int64_t moment_us, int64_t since_us, int64_t now_us)
{
    int64_t before_us = (moment_us - since_us) / OFFER_PART;

    return awake(moment_us - (before_us < OFFER_MOST ? before_us : OFFER_MOST), moment_us, since_us, now_us);
}

/* Days end at midnight, which is the next day already: the moment before it is the one people mean. What became known too late for so
 * many days is reminded of on the last one but one. */
static int64_t duty_due(int64_t moment_us, int days, int64_t now_us)
{
    const int64_t due_us = days_before(moment_us - 1, days);

    return due_us >= now_us ? due_us : days_before(moment_us - 1, DRAFT_DAYS);
}

static int64_t due_of(enum message_kind kind, int64_t moment_us, int64_t since_us, int64_t now_us)
{
    if (kind == KIND_DRAFT_CLOSES)
        return days_before(moment_us - 1, DRAFT_DAYS);
    if (kind == KIND_SUPPLEMENT_DUE)
        return duty_due(moment_us, MORE_DAYS, now_us);
    if (kind == KIND_REPORT_DUE || kind == KIND_ANSWER_DUE || kind == KIND_REPAYMENT_DUE)
        return duty_due(moment_us, DUTY_DAYS, now_us);
    if (kind == KIND_OFFER_ENDS)
        return offer_due(moment_us, since_us, now_us);
    if (kind == KIND_WEBINAR_SOON)
        return days_before(moment_us, WEBINAR_DAYS);
    assert(kind == KIND_OPENS_SOON || kind == KIND_CLOSES_SOON);
    return days_before(moment_us, WINDOW_DAYS);
}

int64_t reminder_due(enum message_kind kind, int64_t moment_us, int64_t since_us, int64_t now_us)
{
    int64_t due_us = due_of(kind, moment_us, since_us, now_us);

    return due_us >= now_us && due_us < moment_us ? due_us : 0;
}

int64_t reminder_due_early(int64_t moment_us, int64_t now_us)
{
    const int64_t due_us = days_before(moment_us - 1, EARLY_DAYS);

    return due_us >= now_us ? due_us : 0;
}

int64_t reminder_leaves(int64_t due_us, int64_t now_us, int n)
{
    const int64_t from_us = now_us - due_us < REMINDER_SPREAD ? due_us : now_us;

    return n < AT_ONCE ? 0 : from_us + (int64_t)n * PACE_US % REMINDER_SPREAD;
}

enum reminder_state reminder_moved(const struct reminder_fact *was, int64_t moment_us, int64_t due_us)
{
    const bool left = due_us > 0 && was->times < REMINDER_TIMES_MAX;

    if (was->moment_us == moment_us && was->state != REMINDER_CALLED_OFF)
        return was->state; /* the same fact, heard again */
    if (left)
        return REMINDER_PENDING;
    return was->state == REMINDER_PENDING ? REMINDER_CALLED_OFF : was->state;
}
