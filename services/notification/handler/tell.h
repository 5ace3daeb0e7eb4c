/* What the use cases of events share: from an event to the messages its plan asks for. */
#ifndef HV_NOTIFICATION_HANDLER_TELL_H
#define HV_NOTIFICATION_HANDLER_TELL_H
#include "services/notification/domain/plan.h"
#include "services/notification/handler/convert.h"

/* The event cannot be understood: parked, with the field that is wrong. */
enum err tell_refuse(struct job *job, const char *field);

/* Whose event is it, as a participant with a seat since it happened, or without one. After tell_check. */
void tell_seat(struct job *job, struct workset *w, const Enrolment__Registration *registration, bool seated);

enum err tell_check(struct job *job, const Enrolment__Registration *registration);
/* One message to the person of the registration. stood, reason: where the kind has them. */
void tell_person(struct job *job, struct workset *w, enum plan_event event, const Enrolment__Registration *registration,
                 enum message_stood stood, const char *reason);

/* The same, and the message itself to be said after more facts were added: workset_say(w, &message). */
struct message tell_message(struct job *job, enum plan_event event, const Enrolment__Registration *registration);

enum err tell_window_needs(struct job *job, struct workset *w, ProtobufCBinaryData programme_id);
/* One message to each follower. */
void tell_followers(struct job *job, struct workset *w, enum plan_event event, ProtobufCBinaryData programme_id,
                    const Enrolment__Window *window);

#endif
