/* A report came in, was accepted, or is to be supplemented: whoever hands it in is told. That one official has verified it is a step
 * between officials. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_grant.h"

/* NULL: nobody is told. */
static const char *outcome_of(Funding__ReportState state)
{
    if (state == FUNDING__REPORT_STATE__REPORT_SUBMITTED)
        return "received";
    if (state == FUNDING__REPORT_STATE__REPORT_ACCEPTED)
        return "accepted";
    return state == FUNDING__REPORT_STATE__REPORT_TO_SUPPLEMENT ? "supplement" : NULL;
}

static bool read_event(struct message *out, const struct job *job)
{
    const Funding__ReportMoved *event = (const Funding__ReportMoved *)job->message;
    int64_t due_us;

    if (!tell_grant(out, job, plan_of(PLAN_REPORT_MOVED).kind, event->owner_id, event->application_id, event->register_number,
                    event->title) ||
        !tell_grant_words(out, event->words) || !tell_grant_day(&due_us, event->due_on))
        return false;
    convert_text(out, FACT_OUTCOME, span_text(outcome_of(event->state)));
    convert_text(out, FACT_REPORT, span_text(event->kind == FUNDING__REPORT_KIND__REPORT_INTERIM ? "interim" : "final"));
    convert_number(out, FACT_USED, event->used_cents);
    if (event->state == FUNDING__REPORT_STATE__REPORT_TO_SUPPLEMENT)
        convert_number(out, FACT_DUE, due_us);
    return true;
}

enum err on_report_moved_needs(struct job *job, struct workset *w)
{
    const Funding__ReportMoved *event = (const Funding__ReportMoved *)job->message;
    struct message message;

    tell_grant_needs(job, w, ((const Funding__ReportMoved *)job->message)->call_id);
    return outcome_of(event->state) == NULL || read_event(&message, job) ? ERR_OK : tell_refuse(job, "owner_id");
}

void on_report_moved_decide(struct job *job, struct workset *w)
{
    const Funding__ReportMoved *event = (const Funding__ReportMoved *)job->message;
    struct message message;

    if (outcome_of(event->state) != NULL && read_event(&message, job))
        tell_grant_say(job, w, &message);
}
