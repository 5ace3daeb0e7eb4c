/* The line changed by hand: see by_hand.h. */
#include "services/enrolment/domain/by_hand.h"

#include <assert.h>

#include "services/enrolment/domain/allocation.h"
#include "services/enrolment/domain/line.h"
#include "services/enrolment/domain/place.h"

uint32_t by_hand_passed_over(const struct programme *programme, const struct registration *registration)
{
    uint32_t count = 0;

    for (size_t i = 0; i < programme->implementation_count; i++) {
        const struct implementation *here = &programme->implementations[i];
        if (!allocation_room(here))
            continue;
        for (const struct registration *r = here->queue_first; r != NULL; r = r->queue_next)
            count += r != registration && r->state == REGISTRATION_QUEUED && r->line < registration->line;
    }
    return count;
}

struct seat_added by_hand_add_seat(struct implementation *implementation)
{
    struct programme *programme = implementation->programme;
    const struct seat_added added = {.capacity = implementation->taken + implementation->reserved == implementation->capacity &&
                                                 implementation->capacity < PROGRAMME_SEATS_MAX,
                                     .cap =
                                         programme->taken + programme->reserved == programme->cap && programme->cap < PROGRAMME_SEATS_MAX};

    implementation->capacity += added.capacity;
    programme->cap += added.cap;
    return added;
}

void by_hand_take_back(struct implementation *implementation, struct seat_added added)
{
    implementation->capacity -= added.capacity;
    implementation->programme->cap -= added.cap;
}

void by_hand_prioritise(struct implementation *implementation, struct registration *registration, uint32_t priority)
{
    assert(registration->state == REGISTRATION_QUEUED);
    registration->line = line_with_priority(registration->line, priority);
    registration->version++;
    registration->changed = true;
    place_in_line(implementation, registration);
}

enum displace_verdict by_hand_displace(const struct implementation *implementation, uint32_t capacity, uint32_t waiting_cap,
                                       uint32_t *count)
{
    const uint32_t needed = implementation->taken + implementation->reserved;

    *count = needed > capacity ? needed - capacity : 0;
    if (*count > implementation->taken - implementation->held)
        return DISPLACE_TOO_FEW_SEATED;
    return implementation->waiting + *count > waiting_cap ? DISPLACE_NO_WAITING_ROOM : DISPLACE_OK;
}
