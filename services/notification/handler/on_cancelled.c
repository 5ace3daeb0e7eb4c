/* A registration was given up: the person is told what it freed, and why when a reason was given. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

enum err on_cancelled_needs(struct job *job, struct workset *w)
{
    (void)w; /* the message is new: no row is looked at */
    return tell_check(job, ((const Enrolment__Cancelled *)job->message)->registration);
}

static enum message_stood stood_before(Enrolment__State from)
{
    if (from == ENROLMENT__STATE__STATE_SEATED)
        return STOOD_SEATED;
    if (from == ENROLMENT__STATE__STATE_OFFERED)
        return STOOD_OFFERED;
    return from == ENROLMENT__STATE__STATE_QUEUED ? STOOD_QUEUED : STOOD_NOWHERE;
}

/* Whoever asked to be forgotten is not written to any more. */
void on_cancelled_decide(struct job *job, struct workset *w)
{
    const Enrolment__Cancelled *event = (const Enrolment__Cancelled *)job->message;

    tell_seat(job, w, event->registration, false);
    if (event->cause == ENROLMENT__CAUSE__CAUSE_ERASED)
        return;
    struct message message = tell_message(job, PLAN_CANCELLED, event->registration);
    message.stood = stood_before(event->from);
    message.cause = (enum message_cause)event->cause;
    message.reason = convert_reason(event->reason);
    workset_say(w, &message);
}
