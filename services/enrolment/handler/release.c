/* Freed seats go on at once, in the same transaction. See release.h. */
#include "services/enrolment/handler/release.h"

#include "services/enrolment/domain/place.h"
#include "services/enrolment/domain/promotion.h"
#include "services/enrolment/handler/tell.h"

void promote(struct workset *w, const struct job *job, struct programme *programme)
{
    const bool offers = programme->offer_hours > 0;
    struct implementation *i = NULL;

    for (struct registration *r = promotion_next(programme, &i); r != NULL; r = promotion_next(programme, &i)) {
        const struct move move = place_move(i, r, offers ? REGISTRATION_OFFERED : REGISTRATION_SEATED, w->now_us);
        workset_moved(w, r, &move);
        if (offers)
            tell_offered(w, job, i, r);
        else
            tell_promoted(w, job, i, r);
    }
}

/* Somebody else may use the share of a quota that a hold took and did not need; the window may be gone by now. */
static void return_quota(struct programme *programme, const struct registration *r)
{
    struct window *window = window_by_id(programme->windows, programme->window_count, r->quota_window);

    if (window != NULL)
        window_quota_return(window);
}

void registration_end(struct workset *w, const struct job *job, struct implementation *i, struct registration *r, Enrolment__Cause cause,
                      struct uuid actor, const char *reason)
{
    struct move move = place_move(i, r, REGISTRATION_CANCELLED, w->now_us);

    move.actor = actor;
    move.reason = reason;
    workset_moved(w, r, &move);
    if (move.from == REGISTRATION_HELD) {
        return_quota(i->programme, r);
        tell_hold_ended(w, job, i, r, uuid_is_nil(actor));
    } else {
        tell_cancelled(w, job, i, r, &move, cause);
    }
    if (registration_has_seat(move.from))
        promote(w, job, i->programme);
}
