/* A team was enrolled: its leader is told how many got a place; each member has a message of their own. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

static bool read_team(struct message *out, const struct job *job)
{
    const Enrolment__TeamEnrolled *event = (const Enrolment__TeamEnrolled *)job->message;

    *out = (struct message){.kind = plan_of(PLAN_TEAM_ENROLLED).kind};
    convert_number(out, FACT_ORDER, event->seated);
    convert_number(out, FACT_POSITION, event->queued);
    convert_text(out, FACT_REASON, convert_reason(event->name));
    return tell_event(job, out) && convert_id(&out->programme_id, event->programme_id) &&
           convert_id(&out->implementation_id, event->implementation_id) && convert_id(&out->recipient_id, event->leader_id);
}

enum err on_team_enrolled_needs(struct job *job, struct workset *w)
{
    struct message message;

    (void)w; /* the message is new: no row is looked at */
    return read_team(&message, job) ? ERR_OK : tell_refuse(job, "leader_id");
}

void on_team_enrolled_decide(struct job *job, struct workset *w)
{
    struct message message;

    if (read_team(&message, job))
        tell_say(job, w, &message);
}
