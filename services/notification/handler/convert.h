/* Protobuf to domain values and back, with the bounds of every field. Texts are borrowed from the job's message.
 * The functions that return false have found an id that is no id, or a text longer than enrolment ever stores. */
#ifndef HV_NOTIFICATION_HANDLER_CONVERT_H
#define HV_NOTIFICATION_HANDLER_CONVERT_H
#include <stdbool.h>

#include "enrolment.pb-c.h"
#include "notification.pb-c.h"
#include "services/notification/store/workset.h"

bool convert_id(struct uuid *out, ProtobufCBinaryData bytes);
bool convert_recipient(struct recipient *out, const Enrolment__Person *person);
bool convert_training(struct training *out, const Enrolment__Programme *programme, struct arena *arena);
/* Whose registration where, and what is said of it; event id and kind are the caller's. */
bool convert_registration(struct message *out, const Enrolment__Registration *registration);
struct span convert_reason(const char *reason); /* cut at a length that fits a letter */

Notification__Message *convert_row(struct arena *arena, const struct message_row *row);
void convert_attempts(struct arena *arena, Notification__Message *message, const struct attempt_row *rows, size_t count);

#endif
