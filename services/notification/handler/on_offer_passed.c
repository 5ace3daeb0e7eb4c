/* An offer was let pass on: its person is told where they stand now. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

enum err on_offer_passed_needs(struct job *job, struct workset *w)
{
    (void)w; /* the message is new: no row is looked at */
    return tell_check(job, ((const Enrolment__OfferPassed *)job->message)->registration);
}

void on_offer_passed_decide(struct job *job, struct workset *w)
{
    const Enrolment__OfferPassed *event = (const Enrolment__OfferPassed *)job->message;

    tell_person(job, w, PLAN_OFFER_PASSED, event->registration, STOOD_NOWHERE, "");
}
