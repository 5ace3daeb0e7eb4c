/* Seat, waiting list or full: see allocation.h for the rule and its reasons. */
#include "services/enrolment/domain/allocation.h"

bool allocation_room(const struct implementation *implementation)
{
    const struct programme *programme = implementation->programme;
    return programme->taken + programme->reserved < programme->cap &&
           implementation->taken + implementation->reserved < implementation->capacity;
}

enum allocation allocation_decide(const struct implementation *implementation)
{
    if (implementation->waiting == 0 && allocation_room(implementation))
        return ALLOCATION_SEAT;
    return implementation->waiting < implementation->waiting_cap ? ALLOCATION_QUEUE : ALLOCATION_FULL;
}

bool allocation_congested(const struct implementation *implementation)
{
    const bool free_here = implementation->taken + implementation->reserved < implementation->capacity;
    return implementation->held > 0 || (free_here && implementation->programme->held > 0);
}
