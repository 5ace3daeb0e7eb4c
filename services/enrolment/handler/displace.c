/* The last seated go back to the head of the waiting list. See displace.h. Each keeps the line of its own order number, which is before
 * everybody who enrolled later; so whoever was seated last is the first to be seated again. */
#include "services/enrolment/handler/displace.h"

#include <assert.h>

#include "services/enrolment/domain/by_hand.h"
#include "services/enrolment/domain/place.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/tell_by_hand.h"
#include "services/enrolment/store/change.h"

void displace_needs(struct job *job, struct workset *w, struct uuid implementation)
{
    workset_query(w, job, QUERY_LAST_SEATED, PROGRAMME_WAITING_MAX)->id = implementation;
}

bool displace_refuses(struct job *job, const struct implementation *i, uint32_t capacity, uint32_t waiting_cap)
{
    uint32_t count = 0;

    switch (by_hand_displace(i, capacity, waiting_cap, &count)) {
    case DISPLACE_OK:
        return false;
    case DISPLACE_TOO_FEW_SEATED:
        (void)refuse(job, REFUSAL_DISPLACE_TOO_FEW);
        fact_number(job, "seated", i->taken - i->held);
        fact_number(job, "held", i->held);
        fact_number(job, "reserved", i->reserved);
        return true;
    case DISPLACE_NO_WAITING_ROOM:
        (void)refuse(job, REFUSAL_DISPLACE_NO_ROOM);
        fact_number(job, "displaced", count);
        fact_number(job, "waiting", i->waiting);
        fact_number(job, "waitingCap", waiting_cap);
        return true;
    }
    return true;
}

void displace(struct job *job, struct workset *w, struct implementation *i, const char *reason)
{
    const struct query *last = workset_query_of(w, job);
    uint32_t count = 0;

    (void)by_hand_displace(i, i->capacity, i->waiting_cap, &count);
    assert(count <= last->count);      /* the use case runs alone */
    for (size_t n = count; n-- > 0;) { /* the earliest first, so that each is told the position that is left to it */
        struct registration *r = last->rows[n];
        struct move move = place_move(i, r, REGISTRATION_QUEUED, w->now_us);
        move.actor = job->actor;
        move.reason = reason;
        workset_moved(w, r, &move);
        change_add(w, job, i->programme, "registration.state", "seated", "displaced", reason, r->id);
        tell_displaced(w, job, i, r, reason);
    }
}
