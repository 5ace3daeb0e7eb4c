/* PromoteRegistration: a coordinator gives a seat by hand to somebody who waits, or closes an open offer as accepted. Always with a reason;
 * out of order only when the request says that it is meant, after a refusal that tells how many would be passed over.
 *
 * A free seat is promoted to at once by the rules, so there is hardly ever one left for a hand: what a coordinator usually means is one
 * seat more for this person, and add_seat says so. */
#include "services/enrolment/domain/allocation.h"
#include "services/enrolment/domain/by_hand.h"
#include "services/enrolment/domain/place.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/room.h"
#include "services/enrolment/handler/tell.h"
#include "services/enrolment/handler/tell_by_hand.h"
#include "services/enrolment/handler/staff_registration.h"
#include "services/enrolment/store/change.h"

enum err promote_registration_needs(struct job *job, struct workset *w)
{
    const Enrolment__PromoteRegistrationRequest *request = (const Enrolment__PromoteRegistrationRequest *)job->message;
    enum err err = staff_registration_needs(job, w, &request->registration_id);

    if (err == ERR_OK)
        err = check_text(job, "reason", request->reason, 1, CHECK_REASON_MAX);
    if (err != ERR_OK)
        return err;
    workset_want_units(w);
    workset_want_promotions(w, PROGRAMME_WAITING_MAX); /* all who wait: to tell how many are passed over */
    return ERR_OK;
}

/* An offered seat is its person's already; one who waits needs a free one, and those before to be thought of. */
static bool refused(struct job *job, const struct implementation *i, const struct registration *r, bool despite_order)
{
    if (r->state == REGISTRATION_OFFERED)
        return false;
    if (r->state != REGISTRATION_QUEUED) {
        (void)refuse(job, REFUSAL_PROMOTE_NOT_WAITING);
        return true;
    }
    if (!allocation_room(i)) {
        (void)refuse(job, REFUSAL_PROMOTE_NO_ROOM);
        job_fact(job, "cause", allocation_free_here(i) ? "programmeCap" : "capacity");
        fact_room(job, i);
        return true;
    }
    const uint32_t passed_over = by_hand_passed_over(i->programme, r);
    if (passed_over == 0 || despite_order)
        return false;
    (void)refuse(job, REFUSAL_PROMOTE_OUT_OF_ORDER);
    fact_number(job, "passedOver", passed_over);
    return true;
}

/* The seat that was added, in the history and to whoever shows seats. */
static void tell_added(struct job *job, struct workset *w, struct implementation *i, struct seat_added added, const char *reason)
{
    struct programme *programme = i->programme;

    if (!added.capacity && !added.cap)
        return;
    if (added.capacity) {
        const char *field = arena_printf(w->arena, "implementations[%s].capacity", i->code);
        change_number(w, job, programme, field, i->capacity - 1, i->capacity, reason);
        i->version++;
        i->changed = true;
    }
    if (added.cap) {
        change_number(w, job, programme, "cap", programme->cap - 1, programme->cap, reason);
        programme->version++;
        programme->changed = true;
    }
    tell_capacity(w, job, i, reason);
    tell_programme(w, job, programme);
}

static void seat(struct job *job, struct workset *w, struct implementation *i, struct registration *r)
{
    const Enrolment__PromoteRegistrationRequest *request = (const Enrolment__PromoteRegistrationRequest *)job->message;
    const uint32_t passed_over = r->state == REGISTRATION_QUEUED ? by_hand_passed_over(i->programme, r) : 0;
    struct move move = place_move(i, r, REGISTRATION_SEATED, w->now_us);

    move.actor = job->actor;
    move.reason = request->reason;
    workset_moved(w, r, &move);
    change_add(w, job, i->programme, "registration.state", move.from == REGISTRATION_OFFERED ? "offered" : "waiting",
               arena_printf(w->arena, "seated by hand, %u passed over", (unsigned)passed_over), request->reason, r->id);
    tell_promoted_by_hand(w, job, i, r, request->reason);
}

void promote_registration_decide(struct job *job, struct workset *w)
{
    const Enrolment__PromoteRegistrationRequest *request = (const Enrolment__PromoteRegistrationRequest *)job->message;
    struct implementation *i = NULL;
    struct seat_added added = {.cap = false};
    struct registration *r = staff_registration(job, w, &request->registration_id, &i);

    if (r == NULL)
        return;
    if (request->add_seat && r->state == REGISTRATION_QUEUED)
        added = by_hand_add_seat(i);
    if (refused(job, i, r, request->despite_order)) {
        by_hand_take_back(i, added);
        return;
    }
    tell_added(job, w, i, added, request->reason);
    seat(job, w, i, r);
    job_answer(job, &registration_kept(w, r)->base, r->version);
}
