/* A waiting person is offered a seat: they are told until when it is kept for them. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind.h"
#include "services/notification/handler/tell.h"

enum err on_offered_needs(struct job *job, struct workset *w)
{
    const Enrolment__Registration *registration = ((const Enrolment__Offered *)job->message)->registration;
    const enum err err = tell_check(job, registration);

    if (err == ERR_OK)
        remind_offer_needs(job, w, registration);
    return err;
}

void on_offered_decide(struct job *job, struct workset *w)
{
    const Enrolment__Offered *event = (const Enrolment__Offered *)job->message;

    tell_person(job, w, PLAN_OFFERED, event->registration, "");
    tell_standing(job, w, event->registration, STANDING_OFFERED);
    remind_offer(job, w, event->registration);
}
