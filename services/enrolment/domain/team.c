/* Teams: see team.h. */
#include "services/enrolment/domain/team.h"

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t left_of(uint32_t all, uint32_t taken, uint32_t reserved)
{
    return taken + reserved < all ? all - taken - reserved : 0;
}

uint32_t team_seats(const struct implementation *implementation, const struct window *window)
{
    const struct programme *programme = implementation->programme;
    const uint32_t here = left_of(implementation->capacity, implementation->taken, implementation->reserved);
    const uint32_t seats = least(here, left_of(programme->cap, programme->taken, programme->reserved));

    if (implementation->waiting > 0)
        return 0;
    return window != NULL && window->quota > 0 ? least(seats, left_of(window->quota, window->used, 0)) : seats;
}

struct uuid team_member_id(struct uuid team, size_t place)
{
    const uint8_t number[2] = {(uint8_t)(place >> 8), (uint8_t)place};
    return uuid_from(team, span_of(number, sizeof number));
}
