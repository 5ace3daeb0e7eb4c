/* An enrolment went to another implementation: its person is told where they stand there. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

enum err on_transferred_needs(struct job *job, struct workset *w)
{
    const Enrolment__Transferred *event = (const Enrolment__Transferred *)job->message;
    const enum err err = tell_check(job, event->registration);

    (void)w; /* the message is new: no row is looked at */
    return err != ERR_OK ? err : tell_check(job, event->origin);
}

void on_transferred_decide(struct job *job, struct workset *w)
{
    const Enrolment__Transferred *event = (const Enrolment__Transferred *)job->message;

    const bool seated = event->registration->state == ENROLMENT__STATE__STATE_SEATED;

    tell_person(job, w, PLAN_TRANSFERRED, event->registration, seated ? STOOD_SEATED : STOOD_QUEUED, event->reason);
    tell_seat(job, w, event->origin, false);
    tell_seat(job, w, event->registration, seated);
}
