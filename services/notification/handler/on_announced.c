/* A coordinator's message: its words are kept once, and everybody the event names is told. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

#define ID_SIZE       sizeof(struct uuid)
#define RECIPIENT_MAX 15000 /* of one event: more would not fit into one */

static bool read_announcement(struct announcement *out, const struct job *job)
{
    const Enrolment__Announced *event = (const Enrolment__Announced *)job->message;
    const Enrolment__Announcement *said = event->announcement;

    if (said == NULL || said->subject == NULL || said->body == NULL || event->recipients.len % ID_SIZE != 0 ||
        event->recipients.len / ID_SIZE > RECIPIENT_MAX)
        return false;
    *out = (struct announcement){
        .subject = {span_text(said->subject->fi), span_text(said->subject->sv), span_text(said->subject->en)},
        .body = {span_text(said->body->fi), span_text(said->body->sv), span_text(said->body->en)},
    };
    return convert_id(&out->id, said->id) && convert_id(&out->training_id, said->programme_id);
}

enum err on_announced_needs(struct job *job, struct workset *w)
{
    struct announcement announcement;
    struct message message;

    (void)w; /* the messages are new: no row is looked at */
    if (!tell_event(job, &message))
        return tell_refuse(job, "id");
    return read_announcement(&announcement, job) ? ERR_OK : tell_refuse(job, "announcement");
}

void on_announced_decide(struct job *job, struct workset *w)
{
    const Enrolment__Announced *event = (const Enrolment__Announced *)job->message;
    struct announcement announcement;
    struct message message = {.kind = plan_of(PLAN_ANNOUNCED).kind};

    if (!read_announcement(&announcement, job) || !tell_event(job, &message))
        return;
    workset_announce(w, &announcement);
    message.programme_id = announcement.training_id;
    message.announcement_id = announcement.id;
    for (size_t at = 0; at < event->recipients.len; at += ID_SIZE) {
        const ProtobufCBinaryData id = {.len = ID_SIZE, .data = event->recipients.data + at};
        if (convert_id(&message.recipient_id, id))
            tell_say(job, w, &message);
    }
}
