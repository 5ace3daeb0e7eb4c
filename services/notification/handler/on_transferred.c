/* An enrolment went to another implementation: its person is told where they stand there. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind.h"
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

    struct message message = tell_message(job, PLAN_TRANSFERRED, event->registration);

    convert_flag(&message, FACT_SEATED, seated);
    convert_flag(&message, FACT_WAITING, !seated);
    convert_text(&message, FACT_REASON, convert_reason(event->reason));
    if (convert_id(&message.origin_id, event->origin->id))
        message.origin_version = (int64_t)event->origin->version;
    tell_say(job, w, &message);
    tell_standing(job, w, event->origin, STANDING_NONE);
    remind_seat_gone(w, event->origin);
    tell_standing(job, w, event->registration, seated ? STANDING_SEATED : STANDING_WAITING);
}
