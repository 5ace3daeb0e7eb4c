/* Seat, waiting list or full: see allocation.h for the rule and its reasons. */
#include "services/enrolment/domain/allocation.h"

bool allocation_free_here(const struct implementation *implementation)
{
    return implementation->taken + implementation->reserved < implementation->capacity;
}

bool allocation_room(const struct implementation *implementation)
{
    const struct programme *programme = implementation->programme;
    return programme->taken + programme->reserved < programme->cap && allocation_free_here(implementation);
}

enum allocation allocation_decide(const struct implementation *implementation)
{
    if (implementation->waiting == 0 && allocation_room(implementation))
        return ALLOCATION_SEAT;
    return implementation->waiting < implementation->waiting_cap ? ALLOCATION_QUEUE : ALLOCATION_FULL;
}

bool allocation_congested(const struct implementation *implementation)
{
    return implementation->held > 0 || (allocation_free_here(implementation) && implementation->programme->held > 0);
}
