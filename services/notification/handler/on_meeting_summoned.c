/* A meeting of a board was summoned: each member is called, with the time, the place and how many items there are. The agenda itself is
 * public from then on. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell_municipal.h"

static bool read_event(struct message *out, const struct job *job)
{
    const Municipal__MeetingSummoned *event = (const Municipal__MeetingSummoned *)job->message;

    *out = (struct message){.kind = plan_of(PLAN_MEETING_SUMMONED).kind};
    if (!tell_event(job, out) || !convert_id(&out->webinar_id, event->meeting_id) ||
        !tell_municipal_text(job, out, FACT_PLACE, event->place))
        return false;
    tell_municipality(out, event->municipality, event->contact);
    tell_grant_text(out, FACT_BOARD_FI, event->board);
    convert_number(out, FACT_MEETING, event->starts_us);
    convert_number(out, FACT_ITEMS, event->items);
    return true;
}

enum err on_meeting_summoned_needs(struct job *job, struct workset *w)
{
    const Municipal__MeetingSummoned *event = (const Municipal__MeetingSummoned *)job->message;
    struct message message;

    (void)w; /* all that is said comes with the event */
    if (!read_event(&message, job))
        return tell_refuse(job, "meeting_id");
    return tell_members_read(event->member_ids, event->n_member_ids) ? ERR_OK : tell_refuse(job, "member_ids");
}

void on_meeting_summoned_decide(struct job *job, struct workset *w)
{
    const Municipal__MeetingSummoned *event = (const Municipal__MeetingSummoned *)job->message;
    struct message message;

    if (read_event(&message, job))
        tell_members(job, w, &message, event->member_ids, event->n_member_ids);
}
