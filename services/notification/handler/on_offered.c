/* A waiting person is offered a seat: they are told until when it is kept for them. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

enum err on_offered_needs(struct job *job, struct workset *w)
{
    (void)w; /* the message is new: no row is looked at */
    return tell_check(job, ((const Enrolment__Offered *)job->message)->registration);
}

void on_offered_decide(struct job *job, struct workset *w)
{
    const Enrolment__Offered *event = (const Enrolment__Offered *)job->message;

    tell_person(job, w, PLAN_OFFERED, event->registration, STOOD_NOWHERE, "");
}
