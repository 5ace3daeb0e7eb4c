/* Who gets a freed or added seat: see promotion.h for the rule. */
#include "services/enrolment/domain/promotion.h"

#include "services/enrolment/domain/allocation.h"

/* The first who still waits here. Those who were promoted or cancelled in this batch are still linked; they are dropped now. */
static struct registration *queue_head(struct implementation *implementation)
{
    while (implementation->queue_first != NULL && implementation->queue_first->state != REGISTRATION_QUEUED)
        implementation->queue_first = implementation->queue_first->queue_next;
    if (implementation->queue_first == NULL)
        implementation->queue_last = NULL;
    return implementation->queue_first;
}

struct registration *promotion_next(struct programme *programme, struct implementation **implementation)
{
    struct registration *best = NULL;

    for (size_t i = 0; i < programme->implementation_count; i++) {
        struct implementation *here = &programme->implementations[i];
        if (here->waiting == 0 || !allocation_room(here))
            continue;
        struct registration *first = queue_head(here);
        if (first != NULL && (best == NULL || first->programme_order < best->programme_order)) {
            best = first;
            *implementation = here;
        }
    }
    return best;
}
