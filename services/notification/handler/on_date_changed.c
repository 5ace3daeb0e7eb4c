/* A webinar was moved, called off or added: all who had a seat when it happened are told. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

/* One that begins as before has changed its end, or whether its date is certain: then there is one moment to tell and not two alike. */
static void read_moments(struct message *out, const Enrolment__DateChanged *event)
{
    const int64_t was = event->before != NULL ? event->before->starts_us : 0;
    const bool lasts = event->after != NULL && !event->after->cancelled;

    if (lasts && was == event->after->starts_us) {
        convert_number(out, FACT_SAME, was);
        return;
    }
    convert_number(out, FACT_WAS, was);
    convert_number(out, FACT_BECOMES, lasts ? event->after->starts_us : 0);
    convert_flag(out, FACT_CALLED_OFF, !lasts);
}

static bool read_change(struct message *out, const struct job *job)
{
    const Enrolment__DateChanged *event = (const Enrolment__DateChanged *)job->message;

    struct webinar webinar = {.id = {{0}}};

    *out = (struct message){.kind = plan_of(PLAN_DATE_CHANGED).kind};
    convert_text(out, FACT_REASON, convert_reason(event->reason));
    read_moments(out, event);
    if (event->after != NULL && !convert_webinar(&webinar, event->after))
        return false;
    out->webinar_id = webinar.id;
    out->webinar_sequence = webinar.sequence;
    return tell_event(job, out) && convert_id(&out->programme_id, event->programme_id) && convert_id(&out->unit_id, event->unit_id);
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
        change.implementation_id = participant.implementation_id;
        change.registration_version = participant.version;
        tell_say(job, w, &change);
    }
}
