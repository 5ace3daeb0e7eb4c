/* A webinar was moved, called off or added: all who had a seat, an offer of one or a waiting place when it happened are told, for whoever
 * may have to decide soon wants to know the dates. Only those with a seat have calendar entries of it. */
#include "common/base/workday.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

/* Its end as a letter shows it, an hour behind the beginning's: where it is on the same day. */
static int64_t end_of(const Enrolment__Webinar *webinar)
{
    const bool shown =
        webinar != NULL && webinar->ends_us > webinar->starts_us && helsinki_day(webinar->ends_us) == helsinki_day(webinar->starts_us);

    return shown ? webinar->ends_us : 0;
}

/* One that begins as before has changed its end, or whether its date is certain: then there is one moment to tell and not two alike. */
static void read_moments(struct message *out, const Enrolment__DateChanged *event)
{
    const int64_t was = event->before != NULL ? event->before->starts_us : 0;
    const bool lasts = event->after != NULL && !event->after->cancelled;

    convert_number(out, FACT_ENDS, lasts ? end_of(event->after) : 0);
    if (lasts && was == event->after->starts_us) {
        convert_number(out, FACT_SAME, was);
        return;
    }
    convert_number(out, FACT_WAS, was);
    convert_number(out, FACT_WAS_ENDS, end_of(event->before));
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

/* Version 0: no calendar entry goes with it (outbound/invite.c). */
static void say_to(struct job *job, struct workset *w, struct message change, const struct participant *participant)
{
    const bool seated = participant->standing == STANDING_SEATED;

    change.recipient_id = participant->person_id;
    change.registration_id = participant->registration_id;
    change.implementation_id = participant->implementation_id;
    change.registration_version = seated ? participant->version : 0;
    convert_flag(&change, FACT_SEATED, seated);
    convert_flag(&change, FACT_WAITING, participant->standing == STANDING_WAITING);
    tell_say(job, w, &change);
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
        say_to(job, w, change, &participant);
    }
}
