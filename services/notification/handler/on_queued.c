/* Somebody got a place on the waiting list: they are told where they stand. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

enum err on_queued_needs(struct job *job, struct workset *w)
{
    (void)w; /* the message is new: no row is looked at */
    return tell_check(job, ((const Enrolment__Queued *)job->message)->registration);
}

void on_queued_decide(struct job *job, struct workset *w)
{
    const Enrolment__Queued *event = (const Enrolment__Queued *)job->message;

    tell_person(job, w, PLAN_QUEUED, event->registration, "");
    tell_standing(job, w, event->registration, STANDING_WAITING);
}
