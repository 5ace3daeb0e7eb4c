/* An application was withdrawn, or its draft lapsed when the call closed, or it ended with its call, which was called off: its owner is
 * told, and reminded of nothing more. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind_grant.h"
#include "services/notification/handler/tell_grant.h"
#include "services/notification/store/grant_call.h"

static bool read_event(struct message *out, struct uuid *application, const struct job *job)
{
    const Funding__ApplicationEnded *event = (const Funding__ApplicationEnded *)job->message;
    const bool withdrawn = event->state == FUNDING__APPLICATION_STATE__APPLICATION_WITHDRAWN;

    if ((!withdrawn && event->state != FUNDING__APPLICATION_STATE__APPLICATION_LAPSED) ||
        !tell_grant(out, job, plan_of(PLAN_APPLICATION_ENDED).kind, event->owner_id, event->application_id, event->register_number,
                    event->title) ||
        !convert_id(application, event->application_id))
        return false;
    tell_grant_text(out, FACT_CALL_FI, event->call_title);
    convert_text(out, FACT_OUTCOME, span_text(withdrawn ? "withdrawn" : event->called_off ? "called_off" : "lapsed"));
    if (withdrawn)
        convert_text(out, FACT_REASON, convert_reason(event->reason)); /* of a lapsed one the rules speak, and the letter has said it */
    return true;
}

enum err on_application_ended_needs(struct job *job, struct workset *w)
{
    struct message message;
    struct uuid application;

    if (!read_event(&message, &application, job))
        return tell_refuse(job, "application_id");
    remind_subject_needs(job, w, application);
    tell_grant_needs(job, w, ((const Funding__ApplicationEnded *)job->message)->call_id);
    return ERR_OK;
}

void on_application_ended_decide(struct job *job, struct workset *w)
{
    struct message message;
    struct uuid application;

    if (!read_event(&message, &application, job))
        return;
    remind_subject_over(job, w);
    const struct grant_call *call = grant_call_found(w, job);
    if (call != NULL && ((const Funding__ApplicationEnded *)job->message)->called_off)
        convert_text(&message, FACT_REASON, call->off_reason);
    tell_grant_say(job, w, &message);
}
