/* From an event to its messages. Ids come from the event, so saying it twice is saying it once. */
#include "services/notification/handler/tell.h"

#include "common/base/alloc.h"

enum err tell_refuse(struct job *job, const char *field)
{
    return job_fail(job, ERR_INVALID, "notification.event.malformed", field, "Tapahtuman kenttä on virheellinen",
                    "Ett fält i händelsen är felaktigt", "A field of the event is malformed");
}

static struct uuid event_id(const struct job *job)
{
    struct uuid id = {{0}};

    (void)convert_id(&id, job->event->id); /* checked by tell_check or tell_window_needs, which run first */
    return id;
}

enum err tell_check(struct job *job, const Enrolment__Registration *registration)
{
    struct message message;
    struct uuid id;

    if (!convert_id(&id, job->event->id))
        return tell_refuse(job, "id");
    return convert_registration(&message, registration) ? ERR_OK : tell_refuse(job, "registration");
}

struct message tell_message(struct job *job, enum plan_event event, const Enrolment__Registration *registration)
{
    const struct plan plan = plan_of(event);
    struct message message;

    if (plan.audience != AUDIENCE_PERSON || !convert_registration(&message, registration))
        bug("an event about a person's registration tells that person, and was checked");
    message.event_id = event_id(job);
    message.kind = plan.kind;
    return message;
}

void tell_person(struct job *job, struct workset *w, enum plan_event event, const Enrolment__Registration *registration,
                 enum message_stood stood, const char *reason)
{
    struct message message = tell_message(job, event, registration);

    message.stood = stood;
    message.reason = convert_reason(reason);
    workset_say(w, &message);
}

void tell_seat(struct job *job, struct workset *w, const Enrolment__Registration *registration, bool seated)
{
    struct message message;

    if (!convert_registration(&message, registration))
        bug("an event about a person's registration was checked");
    workset_participant(w, &(const struct participant){.registration_id = message.registration_id,
                                                       .training_id = message.programme_id,
                                                       .person_id = message.recipient_id,
                                                       .seated = seated,
                                                       .since_us = job->event->occurred_us > 0 ? job->event->occurred_us : 1});
}

enum err tell_window_needs(struct job *job, struct workset *w, ProtobufCBinaryData programme_id)
{
    struct uuid id, event;

    if (!convert_id(&event, job->event->id))
        return tell_refuse(job, "id");
    if (!convert_id(&id, programme_id))
        return tell_refuse(job, "programme_id");
    workset_want_followers(w, id);
    return ERR_OK;
}

void tell_followers(struct job *job, struct workset *w, enum plan_event event, ProtobufCBinaryData programme_id,
                    const Enrolment__Window *window)
{
    struct plan plan = plan_of(event);
    struct message message = {.event_id = event_id(job), .kind = plan.kind, .reason = span_text(""), .code = span_text("")};
    struct follow follower;
    size_t cursor = 0;

    if (plan.audience != AUDIENCE_FOLLOWERS || !convert_id(&message.programme_id, programme_id))
        bug("an event about a window tells the followers, and was checked");
    if (window != NULL) {
        message.opens_us = window->opens_us;
        message.closes_us = window->closes_us;
    }
    while (workset_next_follower(w, message.programme_id, &cursor, &follower)) {
        if (!plan_follower_hears(follower.since_us, job->event->occurred_us))
            continue;
        message.recipient_id = follower.person_id;
        workset_say(w, &message);
    }
}
