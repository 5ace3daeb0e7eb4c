/* A coordinator accepted an enrolment, or accepted it on a condition: its person is told. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

enum err on_reviewed_needs(struct job *job, struct workset *w)
{
    (void)w; /* the message is new: no row is looked at */
    return tell_check(job, ((const Enrolment__Reviewed *)job->message)->registration);
}

void on_reviewed_decide(struct job *job, struct workset *w)
{
    const Enrolment__Reviewed *event = (const Enrolment__Reviewed *)job->message;

    tell_person(job, w, PLAN_REVIEWED, event->registration, event->reason);
    tell_seen(job, w, event->registration);
}
