/* Events, one function each. See tell.h. */
#include "services/enrolment/handler/tell.h"

#include <assert.h>

#include "services/enrolment/handler/convert.h"

/* What every event of a place carries. */
struct place {
    Enrolment__Registration registration;
    Enrolment__Seats seats;
};

static void place_fill(struct place *place, const struct implementation *i, const struct registration *r)
{
    registration_fill(&place->registration, r);
    seats_fill(&place->seats, i);
}

void tell_enrolled(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r)
{
    struct place place;
    place_fill(&place, i, r);
    if (r->state == REGISTRATION_SEATED) {
        Enrolment__SeatTaken taken = ENROLMENT__SEAT_TAKEN__INIT;
        taken.registration = &place.registration;
        taken.seats = &place.seats;
        event_add(w->events, job, r->programme, r->id, "enrolment.SeatTaken.v1", &taken.base, w->now_us);
    } else if (r->state == REGISTRATION_QUEUED) {
        Enrolment__Queued queued = ENROLMENT__QUEUED__INIT;
        queued.registration = &place.registration;
        queued.seats = &place.seats;
        event_add(w->events, job, r->programme, r->id, "enrolment.Queued.v1", &queued.base, w->now_us);
    } else {
        Enrolment__Held held = ENROLMENT__HELD__INIT;
        held.registration = &place.registration;
        held.seats = &place.seats;
        event_add(w->events, job, r->programme, r->id, "enrolment.Held.v1", &held.base, w->now_us);
    }
}

void tell_hold_ended(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r, bool lapsed)
{
    Enrolment__HoldEnded event = ENROLMENT__HOLD_ENDED__INIT;
    struct place place;
    place_fill(&place, i, r);
    event.registration = &place.registration;
    event.seats = &place.seats;
    event.lapsed = lapsed;
    event_add(w->events, job, r->programme, r->id, "enrolment.HoldEnded.v1", &event.base, w->now_us);
}

void tell_offered(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r)
{
    Enrolment__Offered event = ENROLMENT__OFFERED__INIT;
    struct place place;
    place_fill(&place, i, r);
    event.registration = &place.registration;
    event.seats = &place.seats;
    event_add(w->events, job, r->programme, r->id, "enrolment.Offered.v1", &event.base, w->now_us);
}

void tell_offer_passed(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r)
{
    Enrolment__OfferPassed event = ENROLMENT__OFFER_PASSED__INIT;
    struct place place;
    place_fill(&place, i, r);
    event.registration = &place.registration;
    event.seats = &place.seats;
    event_add(w->events, job, r->programme, r->id, "enrolment.OfferPassed.v1", &event.base, w->now_us);
}

static void promoted(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r, bool accepted)
{
    Enrolment__Promoted event = ENROLMENT__PROMOTED__INIT;
    struct place place;
    place_fill(&place, i, r);
    event.registration = &place.registration;
    event.seats = &place.seats;
    event.accepted = accepted;
    event_add(w->events, job, r->programme, r->id, "enrolment.Promoted.v1", &event.base, w->now_us);
}

void tell_promoted(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r)
{
    promoted(w, job, i, r, false);
}

void tell_accepted(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r)
{
    promoted(w, job, i, r, true);
}

void tell_cancelled(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r,
                    const struct move *move, Enrolment__Cause cause)
{
    Enrolment__Cancelled event = ENROLMENT__CANCELLED__INIT;
    struct place place;
    place_fill(&place, i, r);
    event.registration = &place.registration;
    event.seats = &place.seats;
    event.from = (Enrolment__State)move->from;
    event.reason = (char *)(uintptr_t)move->reason;
    event.cause = cause;
    event_add(w->events, job, r->programme, r->id, "enrolment.Cancelled.v1", &event.base, w->now_us);
}

void tell_capacity(struct workset *w, const struct job *job, const struct implementation *i, const char *reason)
{
    Enrolment__CapacityChanged event = ENROLMENT__CAPACITY_CHANGED__INIT;
    Enrolment__Seats seats;
    seats_fill(&seats, i);
    event.seats = &seats;
    event.programme_cap = i->programme->cap;
    event.reason = (char *)(uintptr_t)reason;
    event_add(w->events, job, i->programme->id, i->id, "enrolment.CapacityChanged.v1", &event.base, w->now_us);
}

void tell_programme(struct workset *w, const struct job *job, const struct programme *p)
{
    Enrolment__ProgrammeStored event = ENROLMENT__PROGRAMME_STORED__INIT;
    assert(p->described);
    event.programme = programme_message(w, p);
    event_add(w->events, job, p->id, p->id, "enrolment.ProgrammeStored.v1", &event.base, w->now_us);
}

void tell_window(struct workset *w, const struct job *job, const struct programme *p, const struct window *window, bool opened)
{
    Enrolment__Window moment;
    window_fill(&moment, window);
    if (opened) {
        Enrolment__WindowOpened event = ENROLMENT__WINDOW_OPENED__INIT;
        event.programme_id = id_bytes(&p->id);
        event.window = &moment;
        event_add(w->events, job, p->id, p->id, "enrolment.WindowOpened.v1", &event.base, w->now_us);
    } else {
        Enrolment__WindowClosed event = ENROLMENT__WINDOW_CLOSED__INIT;
        event.programme_id = id_bytes(&p->id);
        event.window = &moment;
        event_add(w->events, job, p->id, p->id, "enrolment.WindowClosed.v1", &event.base, w->now_us);
    }
}

void tell_person(struct workset *w, const struct job *job, const struct person *person)
{
    Enrolment__PersonStored event = ENROLMENT__PERSON_STORED__INIT;
    Enrolment__Person message;
    person_fill(&message, person);
    event.person = &message;
    event_add(w->events, job, person->id, person->id, "enrolment.PersonStored.v1", &event.base, w->now_us);
}

void tell_followed(struct workset *w, const struct job *job, const struct follow *follow)
{
    Enrolment__Followed event = ENROLMENT__FOLLOWED__INIT;
    event.programme_id = id_bytes(&follow->programme);
    event.person_id = id_bytes(&follow->person);
    event.following = follow->following;
    event_add(w->events, job, follow->programme, follow->person, "enrolment.Followed.v1", &event.base, w->now_us);
}
