/* A case was filed: its applicant is acknowledged (act 13/2003, 12 s.) with the register number and the moment it came in. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_municipal.h"

static bool read_event(struct message *out, const struct job *job)
{
    const Municipal__CaseFiled *event = (const Municipal__CaseFiled *)job->message;

    if (!tell_case(out, job, plan_of(PLAN_CASE_FILED).kind, event->owner_id, event->register_number, event->title))
        return false;
    tell_municipality(out, event->municipality, event->contact);
    convert_number(out, FACT_APPLIED, event->applied_cents);
    convert_number(out, FACT_RECEIVED, job->event->occurred_us);
    return true;
}

enum err on_case_filed_needs(struct job *job, struct workset *w)
{
    struct message message;

    (void)w; /* all that is said comes with the event */
    return read_event(&message, job) ? ERR_OK : tell_refuse(job, "owner_id");
}

void on_case_filed_decide(struct job *job, struct workset *w)
{
    struct message message;

    if (read_event(&message, job))
        tell_say(job, w, &message);
}
