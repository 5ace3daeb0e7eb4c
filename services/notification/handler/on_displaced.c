/* A seat went back to the waiting list, because the places became fewer: its person is told why. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind.h"
#include "services/notification/handler/tell.h"

enum err on_displaced_needs(struct job *job, struct workset *w)
{
    (void)w; /* the message is new: no row is looked at */
    return tell_check(job, ((const Enrolment__Displaced *)job->message)->registration);
}

void on_displaced_decide(struct job *job, struct workset *w)
{
    const Enrolment__Displaced *event = (const Enrolment__Displaced *)job->message;

    tell_person(job, w, PLAN_DISPLACED, event->registration, event->reason);
    tell_standing(job, w, event->registration, STANDING_WAITING);
    remind_seat_gone(w, event->registration);
}
