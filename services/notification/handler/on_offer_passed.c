/* An offer was let pass on: its person is told where they stand now. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind.h"
#include "services/notification/handler/tell.h"

enum err on_offer_passed_needs(struct job *job, struct workset *w)
{
    const Enrolment__Registration *registration = ((const Enrolment__OfferPassed *)job->message)->registration;
    const enum err err = tell_check(job, registration);

    if (err == ERR_OK)
        remind_offer_needs(job, w, registration);
    return err;
}

void on_offer_passed_decide(struct job *job, struct workset *w)
{
    const Enrolment__OfferPassed *event = (const Enrolment__OfferPassed *)job->message;

    tell_person(job, w, PLAN_OFFER_PASSED, event->registration, "");
    tell_standing(job, w, event->registration, STANDING_WAITING);
    remind_offer_over(job, w, event->registration);
}
