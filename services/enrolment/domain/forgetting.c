/* See forgetting.h. */
#include "services/enrolment/domain/forgetting.h"

#include <string.h>

#define DAY_US  (24LL * 3600 * 1000000)
#define NEAR_US (7 * DAY_US) /* so much notice there is at least between a change of dates and what it erases */

void registration_forget(struct registration *registration)
{
    if (registration->forgotten)
        return;
    registration->person_hash = registration_person_hash(registration);
    registration->forgotten = true;
    registration->person = (struct uuid){{0}};
    registration->condition = NULL;
    memset(registration->salt, 0, sizeof registration->salt);
}

static int64_t last_webinar_us(const struct programme *programme)
{
    int64_t last = 0;

    for (size_t u = 0; u < programme->unit_count; u++) {
        const struct unit *unit = &programme->units[u];
        for (size_t n = 0; n < unit->webinar_count; n++)
            if (!unit->webinars[n].cancelled && unit->webinars[n].ends_us > last)
                last = unit->webinars[n].ends_us;
    }
    return last;
}

int64_t retention_due_us(const struct programme *programme)
{
    int64_t last = last_webinar_us(programme);

    for (size_t n = 0; n < programme->window_count; n++)
        if (programme->windows[n].closes_us > last)
            last = programme->windows[n].closes_us;
    return programme->retention_days > 0 && last > 0 ? last + programme->retention_days * DAY_US : 0;
}

bool retention_is_due(const struct programme *programme, int64_t now_us)
{
    const int64_t due = retention_due_us(programme);
    return due != 0 && due <= now_us && programme->forgotten_us < due;
}

bool retention_brought_near(const struct programme *before, const struct programme *after, int64_t now_us)
{
    const int64_t near_us = now_us + NEAR_US;

    if (before->last_order == 0 || !retention_is_due(after, near_us)) /* nobody ever enrolled, or not so soon */
        return false;
    return !retention_is_due(before, near_us) || retention_due_us(after) < retention_due_us(before);
}
