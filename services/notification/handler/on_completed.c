/* All of a programme is done: its person is told, with the code of the certificate. A withdrawn one was a slip of a list: nobody is told.
 */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

enum err on_completed_needs(struct job *job, struct workset *w)
{
    (void)w; /* the message is new: no row is looked at */
    return tell_check(job, ((const Enrolment__Completed *)job->message)->registration);
}

void on_completed_decide(struct job *job, struct workset *w)
{
    const Enrolment__Completed *event = (const Enrolment__Completed *)job->message;
    struct message message = tell_message(job, PLAN_COMPLETED, event->registration);

    convert_number(&message, FACT_CREDITS, event->credits_tenths);
    convert_text(&message, FACT_CODE, span_text(event->certificate_code));
    if (!event->withdrawn)
        tell_say(job, w, &message);
    tell_seen(job, w, event->registration);
}
