/* A grant was accepted or refused, or the time to refuse it passed in silence: its owner has it in writing. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_grant.h"

static bool read_event(struct message *out, const struct job *job)
{
    const Funding__GrantAnswered *event = (const Funding__GrantAnswered *)job->message;

    if (!tell_grant(out, job, plan_of(PLAN_GRANT_ANSWERED).kind, event->owner_id, event->application_id, event->register_number,
                    event->title))
        return false;
    convert_text(out, FACT_OUTCOME, span_text(event->refused ? "refused" : event->by_silence ? "silence" : "accepted"));
    convert_number(out, FACT_AMOUNT, event->cents);
    return true;
}

enum err on_grant_answered_needs(struct job *job, struct workset *w)
{
    struct message message;

    tell_grant_needs(job, w, ((const Funding__GrantAnswered *)job->message)->call_id);
    return read_event(&message, job) ? ERR_OK : tell_refuse(job, "owner_id");
}

void on_grant_answered_decide(struct job *job, struct workset *w)
{
    struct message message;

    if (read_event(&message, job))
        tell_grant_say(job, w, &message);
}
