/* When one is reminded of what. The clock is Helsinki's; the arithmetic is that of common/base/workday.h. */
#include "services/notification/domain/reminder.h"

#include <assert.h>

#include "common/base/time.h"
#include "common/base/workday.h"
#include "services/notification/domain/course.h"

#define HOUR         9 /* people are reminded at nine */
#define WEBINAR_DAYS 7
#define WINDOW_DAYS  1
#define OFFER_PART   3 /* when a third of its time is left ... */
#define OFFER_MOST   TIME_DAY

struct uuid reminder_id(enum message_kind kind, struct uuid subject)
{
    return uuid_from(subject, span_text(kind_of(kind)->name));
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

static int64_t offer_due(int64_t moment_us, int64_t since_us)
{
    int64_t before_us = (moment_us - since_us) / OFFER_PART;

    return moment_us - (before_us < OFFER_MOST ? before_us : OFFER_MOST);
}

static int64_t due_of(enum message_kind kind, int64_t moment_us, int64_t since_us)
{
    if (kind == KIND_OFFER_ENDS)
        return offer_due(moment_us, since_us);
    if (kind == KIND_WEBINAR_SOON)
        return days_before(moment_us, WEBINAR_DAYS);
    assert(kind == KIND_OPENS_SOON || kind == KIND_CLOSES_SOON);
    return days_before(moment_us, WINDOW_DAYS);
}

int64_t reminder_due(enum message_kind kind, int64_t moment_us, int64_t since_us, int64_t now_us)
{
    int64_t due_us = due_of(kind, moment_us, since_us);

    return due_us >= now_us && due_us < moment_us ? due_us : 0;
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
