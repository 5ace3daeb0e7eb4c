/* A registration was given up: the person is told what it freed, and why when a reason was given. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind.h"
#include "services/notification/handler/tell.h"

enum err on_cancelled_needs(struct job *job, struct workset *w)
{
    const Enrolment__Registration *registration = ((const Enrolment__Cancelled *)job->message)->registration;
    const enum err err = tell_check(job, registration);

    if (err == ERR_OK)
        remind_offer_needs(job, w, registration);
    return err;
}

/* The words of FACT_CAUSE; empty where letters do not differ. */
static const char *cause_word(Enrolment__Cause cause)
{
    switch (cause) {
    case ENROLMENT__CAUSE__CAUSE_GIVEN_UP:
        return "given_up";
    case ENROLMENT__CAUSE__CAUSE_REMOVED:
        return "removed";
    case ENROLMENT__CAUSE__CAUSE_REJECTED:
        return "rejected";
    case ENROLMENT__CAUSE__CAUSE_OFFER_DECLINED:
        return "declined";
    case ENROLMENT__CAUSE__CAUSE_OFFER_EXPIRED:
        return "expired";
    case ENROLMENT__CAUSE__CAUSE_UNKNOWN:
    case ENROLMENT__CAUSE__CAUSE_ERASED:
    case _ENROLMENT__CAUSE_IS_INT_SIZE:
        break;
    }
    return "";
}

/* Whoever asked to be forgotten is not written to any more. */
void on_cancelled_decide(struct job *job, struct workset *w)
{
    const Enrolment__Cancelled *event = (const Enrolment__Cancelled *)job->message;

    tell_standing(job, w, event->registration, STANDING_NONE);
    remind_offer_over(job, w, event->registration);
    remind_seat_gone(w, event->registration);
    if (event->cause == ENROLMENT__CAUSE__CAUSE_ERASED)
        return;
    struct message message = tell_message(job, PLAN_CANCELLED, event->registration);
    convert_flag(&message, FACT_SEATED, event->from == ENROLMENT__STATE__STATE_SEATED);
    convert_flag(&message, FACT_WAITING, event->from == ENROLMENT__STATE__STATE_QUEUED);
    convert_text(&message, FACT_CAUSE, span_text(cause_word(event->cause)));
    convert_text(&message, FACT_REASON, convert_reason(event->reason));
    tell_say(job, w, &message);
}
