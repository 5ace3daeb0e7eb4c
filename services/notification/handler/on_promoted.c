/* A waiting person got a place: they are told, with the time until which they may give it back without harm. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

enum err on_promoted_needs(struct job *job, struct workset *w)
{
    (void)w; /* the message is new: no row is looked at */
    return tell_check(job, ((const Enrolment__Promoted *)job->message)->registration);
}

void on_promoted_decide(struct job *job, struct workset *w)
{
    const Enrolment__Promoted *event = (const Enrolment__Promoted *)job->message;

    tell_person(job, w, PLAN_PROMOTED, event->registration, STOOD_NOWHERE, "");
    tell_seat(job, w, event->registration, true);
}
