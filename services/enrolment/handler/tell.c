/* Events, one function each. See tell.h. */
#include "services/enrolment/handler/tell.h"

#include <assert.h>

#include "services/enrolment/handler/convert.h"

void tell_enrolled(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r)
{
    Enrolment__Registration registration;
    Enrolment__Seats seats;
    registration_fill(&registration, r);
    seats_fill(&seats, i);
    if (r->state == REGISTRATION_SEATED) {
        Enrolment__SeatTaken taken = ENROLMENT__SEAT_TAKEN__INIT;
        taken.registration = &registration;
        taken.seats = &seats;
        event_add(w->events, job, r->programme, r->id, "enrolment.SeatTaken.v1", &taken.base, w->now_us);
    } else {
        Enrolment__Queued queued = ENROLMENT__QUEUED__INIT;
        queued.registration = &registration;
        queued.seats = &seats;
        event_add(w->events, job, r->programme, r->id, "enrolment.Queued.v1", &queued.base, w->now_us);
    }
}

void tell_promoted(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r)
{
    Enrolment__Promoted event = ENROLMENT__PROMOTED__INIT;
    Enrolment__Registration registration;
    Enrolment__Seats seats;
    registration_fill(&registration, r);
    seats_fill(&seats, i);
    event.registration = &registration;
    event.seats = &seats;
    event_add(w->events, job, r->programme, r->id, "enrolment.Promoted.v1", &event.base, w->now_us);
}

void tell_cancelled(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r,
                    const struct move *move)
{
    Enrolment__Cancelled event = ENROLMENT__CANCELLED__INIT;
    Enrolment__Registration registration;
    Enrolment__Seats seats;
    registration_fill(&registration, r);
    seats_fill(&seats, i);
    event.registration = &registration;
    event.seats = &seats;
    event.from = (Enrolment__State)move->from;
    event.reason = (char *)(uintptr_t)move->reason;
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
