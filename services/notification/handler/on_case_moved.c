/* A case moved on. That it was withdrawn, its applicant has in writing; what lies between is the officials' work, and the decision has an
 * event of its own. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_municipal.h"

static bool read_event(struct message *out, const struct job *job)
{
    const Municipal__CaseMoved *event = (const Municipal__CaseMoved *)job->message;

    if (!tell_case(out, job, plan_of(PLAN_CASE_MOVED).kind, event->owner_id, event->register_number, event->title))
        return false;
    tell_municipality(out, event->municipality, event->contact);
    convert_text(out, FACT_REASON, convert_reason(event->reason));
    return true;
}

static bool is_withdrawn(const struct job *job)
{
    return ((const Municipal__CaseMoved *)job->message)->to == MUNICIPAL__CASE_STATE__CASE_WITHDRAWN;
}

enum err on_case_moved_needs(struct job *job, struct workset *w)
{
    struct message message;

    (void)w; /* all that is said comes with the event */
    return !is_withdrawn(job) || read_event(&message, job) ? ERR_OK : tell_refuse(job, "owner_id");
}

void on_case_moved_decide(struct job *job, struct workset *w)
{
    struct message message;

    if (is_withdrawn(job) && read_event(&message, job))
        tell_say(job, w, &message);
}
