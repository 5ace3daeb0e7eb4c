/* Events of transfers, teams and coordinators' hands, one function each. See tell_by_hand.h. */
#include "services/enrolment/handler/tell_by_hand.h"

#include "services/enrolment/handler/convert.h"

/* protobuf-c's structs hold plain char pointers; packing only reads them. */
static char *borrow(const char *text)
{
    return (char *)(uintptr_t)text;
}

void tell_transferred(struct workset *w, const struct job *job, const struct registration *fresh, const struct registration *origin,
                      const char *reason, bool by_staff)
{
    Enrolment__Transferred event = ENROLMENT__TRANSFERRED__INIT;
    Enrolment__Registration registration, before;
    Enrolment__Seats seats, origin_seats;
    registration_fill(&registration, fresh);
    registration_fill(&before, origin);
    seats_fill(&seats, workset_implementation(w, fresh->implementation));
    seats_fill(&origin_seats, workset_implementation(w, origin->implementation));
    event.registration = &registration;
    event.origin = &before;
    event.seats = &seats;
    event.origin_seats = &origin_seats;
    event.reason = borrow(reason);
    event.by_staff = by_staff;
    event_add(w->events, job, fresh->programme, fresh->id, "enrolment.Transferred.v1", &event.base, w->now_us);
}

void tell_displaced(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r,
                    const char *reason)
{
    Enrolment__Displaced event = ENROLMENT__DISPLACED__INIT;
    Enrolment__Registration registration;
    Enrolment__Seats seats;
    registration_fill(&registration, r);
    seats_fill(&seats, i);
    event.registration = &registration;
    event.seats = &seats;
    event.reason = borrow(reason);
    event_add(w->events, job, r->programme, r->id, "enrolment.Displaced.v1", &event.base, w->now_us);
}

void tell_reviewed(struct workset *w, const struct job *job, const struct registration *r, const char *reason)
{
    Enrolment__Reviewed event = ENROLMENT__REVIEWED__INIT;
    Enrolment__Registration registration;
    registration_fill(&registration, r);
    event.registration = &registration;
    event.reason = borrow(reason);
    event_add(w->events, job, r->programme, r->id, "enrolment.Reviewed.v1", &event.base, w->now_us);
}

void tell_promoted_by_hand(struct workset *w, const struct job *job, const struct implementation *i, const struct registration *r,
                           const char *reason)
{
    Enrolment__Promoted event = ENROLMENT__PROMOTED__INIT;
    Enrolment__Registration registration;
    Enrolment__Seats seats;
    registration_fill(&registration, r);
    seats_fill(&seats, i);
    event.registration = &registration;
    event.seats = &seats;
    event.by_hand = true;
    event.reason = borrow(reason);
    event_add(w->events, job, r->programme, r->id, "enrolment.Promoted.v1", &event.base, w->now_us);
}

void tell_team(struct workset *w, const struct job *job, const struct team *team, const struct team_tally *tally)
{
    Enrolment__TeamEnrolled event = ENROLMENT__TEAM_ENROLLED__INIT;
    event.team_id = id_bytes(&team->id);
    event.programme_id = id_bytes(&team->programme);
    event.implementation_id = id_bytes(&team->implementation);
    event.leader_id = id_bytes(&team->leader);
    event.name = borrow(team->name);
    event.seated = tally->seated;
    event.queued = tally->queued;
    event.refused = tally->refused;
    event_add(w->events, job, team->programme, team->id, "enrolment.TeamEnrolled.v1", &event.base, w->now_us);
}
