/* See promise.h: a ring of minutes. */
#include "services/notification/domain/promise.h"

#define MINUTES 60

static int64_t minute_of(int64_t now_us)
{
    return now_us / (60 * TIME_SECOND);
}

void promise_note(struct promise_hour *hour, int64_t now_us, int64_t delay_us)
{
    const int64_t minute = minute_of(now_us);
    const int64_t at = minute % MINUTES;

    if (hour->of[at].minute != minute) {
        hour->of[at].minute = minute;
        hour->of[at].sent = hour->of[at].within = 0;
    }
    hour->of[at].sent++;
    hour->of[at].within += delay_us <= PROMISE_US;
}

void promise_read(const struct promise_hour *hour, int64_t now_us, uint32_t *sent, uint32_t *within)
{
    const int64_t now = minute_of(now_us);

    *sent = *within = 0;
    for (int i = 0; i < MINUTES; i++) {
        if (hour->of[i].minute <= now - MINUTES || hour->of[i].minute > now)
            continue;
        *sent += hour->of[i].sent;
        *within += hour->of[i].within;
    }
}

uint32_t promise_permille(uint32_t sent, uint32_t within)
{
    return sent == 0 ? 1000 : (uint32_t)((uint64_t)within * 1000 / sent);
}

bool promise_broken(uint32_t sent, uint32_t within)
{
    return sent >= PROMISE_FEW && promise_permille(sent, within) < PROMISE_PERMILLE;
}
