/* A share of a project's funding plan was decided: whoever applied for the project here is told how the plan stands now, in exact cents. Of
 * a project that came from no application here nobody is known to tell. */
#include <string.h>

#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_municipal.h"

#define TITLE_MAX 2000 /* bytes */

static bool read_event(struct message *out, const struct job *job)
{
    const Municipal__ShareDecided *event = (const Municipal__ShareDecided *)job->message;

    *out = (struct message){.kind = plan_of(PLAN_SHARE_DECIDED).kind};
    if (!tell_event(job, out) || !convert_id(&out->recipient_id, event->owner_id) || strlen(event->title) > TITLE_MAX ||
        !tell_municipal_text(job, out, FACT_FUNDER, event->funder))
        return false;
    convert_text(out, FACT_PROJECT, span_text(event->title));
    convert_flag(out, FACT_GRANTED, event->granted);
    convert_number(out, FACT_APPLIED, event->applied_cents);
    if (event->granted)
        convert_number(out, FACT_AMOUNT, event->cents);
    convert_number(out, FACT_TOTAL, event->total_cents);
    convert_number(out, FACT_PLAN_GRANTED, event->granted_cents);
    convert_number(out, FACT_PLAN_REFUSED, event->refused_cents);
    convert_number(out, FACT_PLAN_OPEN, event->open_cents);
    convert_flag(out, FACT_COVERED, event->covered);
    return true;
}

static bool has_owner(const struct job *job)
{
    return ((const Municipal__ShareDecided *)job->message)->owner_id.len > 0;
}

enum err on_share_decided_needs(struct job *job, struct workset *w)
{
    struct message message;

    (void)w; /* all that is said comes with the event */
    return !has_owner(job) || read_event(&message, job) ? ERR_OK : tell_refuse(job, "owner_id");
}

void on_share_decided_decide(struct job *job, struct workset *w)
{
    struct message message;

    if (has_owner(job) && read_event(&message, job))
        tell_say(job, w, &message);
}
