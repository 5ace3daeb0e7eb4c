/* What the use cases of events share: from an event to the messages its plan asks for. */
#ifndef HV_NOTIFICATION_HANDLER_TELL_H
#define HV_NOTIFICATION_HANDLER_TELL_H
#include "services/notification/domain/plan.h"
#include "services/notification/handler/convert.h"

/* The event cannot be understood: parked, with the field that is wrong. */
enum err tell_refuse(struct job *job, const char *field);

/* Id and moment of the event, from which a message is. False: its id is none. */
bool tell_event(const struct job *job, struct message *out);
/* Says it; or, when a fact its kind requires is missing, parks the event with the name of the fact. Every use case says with this one. */
void tell_say(struct job *job, struct workset *w, const struct message *message);

enum err tell_check(struct job *job, const Enrolment__Registration *registration);
/* The message to the person of the registration, for facts to be added (convert_text ...) and then tell_say. After tell_check. */
struct message tell_message(struct job *job, enum plan_event event, const Enrolment__Registration *registration);
/* One message to the person of the registration, with nothing to add but a reason where one was given ("": none). */
void tell_person(struct job *job, struct workset *w, enum plan_event event, const Enrolment__Registration *registration,
                 const char *reason);
/* Whose event it is, as one who stands so among the participants since it happened; or no longer is one. After tell_check. */
void tell_standing(struct job *job, struct workset *w, const Enrolment__Registration *registration, enum standing standing);
/* The same for what happens to a registration that stays where it stands: calendars count its versions. */
void tell_seen(struct job *job, struct workset *w, const Enrolment__Registration *registration);

enum err tell_window_needs(struct job *job, struct workset *w, ProtobufCBinaryData programme_id);
/* One message to each follower. */
void tell_followers(struct job *job, struct workset *w, enum plan_event event, ProtobufCBinaryData programme_id,
                    const Enrolment__Window *window);

#endif
