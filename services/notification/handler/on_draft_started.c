/* A draft exists: its writer is reminded the day before the call closes. The reminder ends when the draft is submitted, withdrawn or
 * lapses, and moves with the call. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind_grant.h"
#include "services/notification/handler/tell_grant.h"

struct draft {
    struct message said;
    struct uuid id, call;
};

static bool read_event(struct draft *out, const struct job *job)
{
    const Funding__DraftStarted *event = (const Funding__DraftStarted *)job->message;

    if (!tell_grant(&out->said, job, KIND_DRAFT_CLOSES, event->owner_id, event->application_id, "", event->title) ||
        !convert_id(&out->id, event->application_id) || !convert_id(&out->call, event->call_id) || event->closes_us <= 0)
        return false;
    tell_grant_text(&out->said, FACT_CALL_FI, event->call_title);
    return true;
}

enum err on_draft_started_needs(struct job *job, struct workset *w)
{
    struct draft draft;

    if (!read_event(&draft, job))
        return tell_refuse(job, "application_id");
    if (!draft.said.facts.of[FACT_CALL_FI].known)
        return tell_refuse(job, "call_title");
    remind_subject_needs(job, w, draft.id);
    return ERR_OK;
}

void on_draft_started_decide(struct job *job, struct workset *w)
{
    struct draft draft;

    if (read_event(&draft, job))
        remind_draft(job, w, &draft.said, draft.id, draft.call, ((const Funding__DraftStarted *)job->message)->closes_us);
}
