/* Protobuf to domain values and back, with the bounds of every field. Texts are borrowed from the job's message.
 * The functions that return false have found an id that is no id, or a text longer than enrolment ever stores. */
#ifndef HV_NOTIFICATION_HANDLER_CONVERT_H
#define HV_NOTIFICATION_HANDLER_CONVERT_H
#include <stdbool.h>

#include "enrolment.pb-c.h"
#include "notification.pb-c.h"
#include "services/notification/store/workset.h"

bool convert_id(struct uuid *out, ProtobufCBinaryData bytes);
/* The same for an id that somebody asks with: one that is missing, or none, is refused, with the field that holds it. */
enum err convert_asked_id(struct job *job, struct uuid *out, ProtobufCBinaryData bytes, const char *field) MUST_CHECK;
/* ERR_NOT_FOUND of what this field of the request names: the gateway adds what it said. */
enum err convert_absent(struct job *job, const char *field);
ProtobufCBinaryData convert_id_bytes(struct arena *arena, struct uuid id); /* copied */
bool convert_recipient(struct recipient *out, const Enrolment__Person *person);
bool convert_training(struct training *out, const Enrolment__Programme *programme, struct arena *arena);
bool convert_webinar(struct webinar *out, const Enrolment__Webinar *in);
/* Whose registration where, and what a message of this kind says of it; the event's id and time are the caller's. */
bool convert_registration(struct message *out, enum message_kind kind, const Enrolment__Registration *registration);
/* One more fact, where the message's kind has it; 0 and an empty text say nothing. */
void convert_number(struct message *out, enum fact_name fact, int64_t number);
void convert_flag(struct message *out, enum fact_name fact, bool holds);
void convert_text(struct message *out, enum fact_name fact, struct span text);
struct span convert_reason(const char *reason); /* cut at a length that fits a letter */

Notification__Message *convert_row(struct arena *arena, const struct message_row *row);
void convert_attempts(struct arena *arena, Notification__Message *message, const struct attempt_row *rows, size_t count);
void convert_facts(struct arena *arena, Notification__Message *message, const struct facts *facts); /* those that are known */

#endif
