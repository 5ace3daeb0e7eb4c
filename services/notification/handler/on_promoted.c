/* A waiting person got a place: they are told, with the time until which they may give it back without harm. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind.h"
#include "services/notification/handler/tell.h"

enum err on_promoted_needs(struct job *job, struct workset *w)
{
    const Enrolment__Registration *registration = ((const Enrolment__Promoted *)job->message)->registration;
    const enum err err = tell_check(job, registration);

    if (err == ERR_OK)
        remind_offer_needs(job, w, registration);
    return err;
}

void on_promoted_decide(struct job *job, struct workset *w)
{
    const Enrolment__Promoted *event = (const Enrolment__Promoted *)job->message;

    tell_person(job, w, PLAN_PROMOTED, event->registration, "");
    remind_offer_over(job, w, event->registration);
    tell_standing(job, w, event->registration, STANDING_SEATED);
}
