/* Somebody got a place at once: their confirmation. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

enum err on_seat_taken_needs(struct job *job, struct workset *w)
{
    (void)w; /* the message is new: no row is looked at */
    return tell_check(job, ((const Enrolment__SeatTaken *)job->message)->registration);
}

/*~ 9. The last step: another service's event has come through SUB and the writer's queue in the shape of a request, and becomes a
 * message here. The worker saves it with the moved cursor; then a sender (outbound/sender.c) mails it. */
void on_seat_taken_decide(struct job *job, struct workset *w)
{
    const Enrolment__SeatTaken *event = (const Enrolment__SeatTaken *)job->message;

    tell_person(job, w, PLAN_SEAT_TAKEN, event->registration, "");
    tell_standing(job, w, event->registration, STANDING_SEATED);
}
