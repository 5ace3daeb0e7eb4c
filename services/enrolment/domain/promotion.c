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

/* freed: one seat of this implementation and of the programme is looked at as free; may be NULL. */
static bool room_with(const struct implementation *here, const struct implementation *freed)
{
    if (here == freed)
        return true; /* never more is taken and reserved than there is, so less one there is room */
    return freed == NULL ? allocation_room(here) : here->taken + here->reserved < here->capacity;
}

static struct registration *first_in_line(struct programme *programme, const struct implementation *freed,
                                          struct implementation **implementation)
{
    struct registration *best = NULL;

    for (size_t i = 0; i < programme->implementation_count; i++) {
        struct implementation *here = &programme->implementations[i];
        if (here->waiting == 0 || !room_with(here, freed))
            continue;
        struct registration *first = queue_head(here);
        if (first != NULL && (best == NULL || first->line < best->line)) {
            best = first;
            *implementation = here;
        }
    }
    return best;
}

struct registration *promotion_next(struct programme *programme, struct implementation **implementation)
{
    return first_in_line(programme, NULL, implementation);
}

bool promotion_can_pass(struct implementation *implementation)
{
    struct implementation *where = NULL;

    if (first_in_line(implementation->programme, implementation, &where) == NULL)
        return false;
    return where == implementation || implementation->waiting < implementation->waiting_cap;
}
