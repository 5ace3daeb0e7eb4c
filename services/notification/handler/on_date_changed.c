/* A webinar was moved, called off or added: all who had a seat when it happened are told. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

static bool read_change(struct message *out, const struct job *job)
{
    const Enrolment__DateChanged *event = (const Enrolment__DateChanged *)job->message;

    *out = (struct message){.kind = plan_of(PLAN_DATE_CHANGED).kind, .reason = convert_reason(event->reason), .code = span_text("")};
    if (event->before != NULL)
        out->opens_us = event->before->starts_us;
    if (event->after != NULL && !event->after->cancelled)
        out->closes_us = event->after->starts_us;
    return convert_id(&out->event_id, job->event->id) && convert_id(&out->programme_id, event->programme_id) &&
           convert_id(&out->unit_id, event->unit_id);
}

enum err on_date_changed_needs(struct job *job, struct workset *w)
{
    struct message change;

    if (!read_change(&change, job))
        return tell_refuse(job, "programme_id");
    workset_want_participants(w, change.programme_id);
    return ERR_OK;
}

void on_date_changed_decide(struct job *job, struct workset *w)
{
    struct message change;
    struct participant participant;
    size_t cursor = 0;

    if (!read_change(&change, job))
        return;
    while (workset_next_participant(w, change.programme_id, &cursor, &participant)) {
        if (participant.since_us > job->event->occurred_us)
            continue; /* they enrolled for the new date: a replay tells nobody anything new */
        change.recipient_id = participant.person_id;
        change.registration_id = participant.registration_id;
        workset_say(w, &change);
    }
}
