/* A team was enrolled: its leader is told how many got a place; each member has a message of their own. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

static bool read_team(struct message *out, const struct job *job)
{
    const Enrolment__TeamEnrolled *event = (const Enrolment__TeamEnrolled *)job->message;

    *out = (struct message){.kind = plan_of(PLAN_TEAM_ENROLLED).kind,
                            .order_no = event->seated,
                            .position = event->queued,
                            .reason = convert_reason(event->name),
                            .code = span_text("")};
    return convert_id(&out->event_id, job->event->id) && convert_id(&out->programme_id, event->programme_id) &&
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
        workset_say(w, &message);
}
