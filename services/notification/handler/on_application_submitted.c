/* An application, or a supplement to it, came in: the automatic acknowledgement (act 13/2003, 12 s.) with its register number, the moment
 * and the receipt. What was to be reminded of about it is done. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind_grant.h"
#include "services/notification/handler/tell_grant.h"

static bool read_event(struct message *out, struct uuid *application, const struct job *job)
{
    const Funding__ApplicationSubmitted *event = (const Funding__ApplicationSubmitted *)job->message;

    if (!tell_grant(out, job, plan_of(PLAN_APPLICATION_SUBMITTED).kind, event->owner_id, event->application_id, event->register_number,
                    event->title) ||
        !convert_id(application, event->application_id))
        return false;
    tell_grant_text(out, FACT_CALL_FI, event->call_title);
    convert_number(out, FACT_APPLIED, event->applied_cents);
    convert_number(out, FACT_RECEIVED, event->submitted_us);
    convert_text(out, FACT_RECEIPT, span_text(event->receipt));
    convert_flag(out, FACT_AGAIN, event->again);
    return true;
}

enum err on_application_submitted_needs(struct job *job, struct workset *w)
{
    struct message message;
    struct uuid application;

    if (!read_event(&message, &application, job))
        return tell_refuse(job, "application_id");
    remind_subject_needs(job, w, application);
    tell_grant_needs(job, w, ((const Funding__ApplicationSubmitted *)job->message)->call_id);
    return ERR_OK;
}

void on_application_submitted_decide(struct job *job, struct workset *w)
{
    struct message message;
    struct uuid application;

    if (!read_event(&message, &application, job))
        return;
    remind_subject_over(job, w);
    tell_grant_say(job, w, &message);
}
