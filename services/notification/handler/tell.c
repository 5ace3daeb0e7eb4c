/* From an event to its messages. Ids come from the event, so saying it twice is saying it once. */
#include "services/notification/handler/tell.h"

#include "common/base/alloc.h"

enum err tell_refuse(struct job *job, const char *field)
{
    return job_fail(job, ERR_INVALID, "notification.event.malformed", field, "Tapahtuman kenttä on virheellinen",
                    "Ett fält i händelsen är felaktigt", "A field of the event is malformed");
}

bool tell_event(const struct job *job, struct message *out)
{
    out->event_us = job->event->occurred_us;
    return convert_id(&out->event_id, job->event->id);
}

void tell_say(struct job *job, struct workset *w, const struct message *message)
{
    enum fact_name wrong;
    bool missing;

    if (kind_check(message->kind, &message->facts, &wrong, &missing))
        workset_say(w, message);
    else
        (void)tell_refuse(job, fact_text_name(wrong));
}

enum err tell_check(struct job *job, const Enrolment__Registration *registration)
{
    struct message message;

    if (!tell_event(job, &message))
        return tell_refuse(job, "id");
    return convert_registration(&message, KIND_CONFIRMATION, registration) ? ERR_OK : tell_refuse(job, "registration");
}

struct message tell_message(struct job *job, enum plan_event event, const Enrolment__Registration *registration)
{
    const struct plan plan = plan_of(event);
    struct message message;

    if (plan.audience != AUDIENCE_PERSON || !convert_registration(&message, plan.kind, registration) || !tell_event(job, &message))
        bug("an event about a person's registration tells that person, and was checked");
    return message;
}

void tell_person(struct job *job, struct workset *w, enum plan_event event, const Enrolment__Registration *registration, const char *reason)
{
    struct message message = tell_message(job, event, registration);

    convert_text(&message, FACT_REASON, convert_reason(reason));
    tell_say(job, w, &message);
}

void tell_standing(struct job *job, struct workset *w, const Enrolment__Registration *registration, enum standing standing)
{
    struct message message;

    if (!convert_registration(&message, KIND_CONFIRMATION, registration))
        bug("an event about a person's registration was checked");
    workset_participant(w, &(const struct participant){.registration_id = message.registration_id,
                                                       .training_id = message.programme_id,
                                                       .person_id = message.recipient_id,
                                                       .standing = standing,
                                                       .since_us = job->event->occurred_us > 0 ? job->event->occurred_us : 1,
                                                       .implementation_id = message.implementation_id,
                                                       .version = message.registration_version});
}

static enum standing standing_of(Enrolment__State state)
{
    switch (state) {
    case ENROLMENT__STATE__STATE_SEATED:
        return STANDING_SEATED;
    case ENROLMENT__STATE__STATE_OFFERED:
        return STANDING_OFFERED;
    case ENROLMENT__STATE__STATE_QUEUED:
        return STANDING_WAITING;
    case ENROLMENT__STATE__STATE_UNKNOWN:
    case ENROLMENT__STATE__STATE_CANCELLED:
    case ENROLMENT__STATE__STATE_HELD:
    case ENROLMENT__STATE__STATE_TRANSFERRED:
    case _ENROLMENT__STATE_IS_INT_SIZE:
        break;
    }
    return STANDING_NONE;
}

void tell_seen(struct job *job, struct workset *w, const Enrolment__Registration *registration)
{
    const enum standing standing = standing_of(registration->state);

    if (standing != STANDING_NONE)
        tell_standing(job, w, registration, standing);
}

enum err tell_window_needs(struct job *job, struct workset *w, ProtobufCBinaryData programme_id)
{
    struct message message;
    struct uuid id;

    if (!tell_event(job, &message))
        return tell_refuse(job, "id");
    if (!convert_id(&id, programme_id))
        return tell_refuse(job, "programme_id");
    workset_want_followers(w, id);
    return ERR_OK;
}

void tell_followers(struct job *job, struct workset *w, enum plan_event event, ProtobufCBinaryData programme_id,
                    const Enrolment__Window *window)
{
    const struct plan plan = plan_of(event);
    struct message message = {.kind = plan.kind};
    struct follow follower;
    size_t cursor = 0;

    if (plan.audience != AUDIENCE_FOLLOWERS || !convert_id(&message.programme_id, programme_id) || !tell_event(job, &message))
        bug("an event about a window tells the followers, and was checked");
    if (window != NULL) {
        convert_number(&message, FACT_OPENS, window->opens_us);
        convert_number(&message, FACT_CLOSES, window->closes_us);
    }
    while (workset_next_follower(w, message.programme_id, &cursor, &follower)) {
        if (!plan_follower_hears(follower.since_us, job->event->occurred_us))
            continue;
        message.recipient_id = follower.person_id;
        tell_say(job, w, &message);
    }
}
