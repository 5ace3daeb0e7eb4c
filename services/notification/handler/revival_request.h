/* What RetryMessage and CallOffMessage share: an admin names one message, and its row is locked for the change. */
#ifndef HV_NOTIFICATION_HANDLER_REVIVAL_REQUEST_H
#define HV_NOTIFICATION_HANDLER_REVIVAL_REQUEST_H
#include "services/notification/handler/convert.h"

enum err revival_want(struct job *job, struct workset *w, ProtobufCBinaryData message_id) MUST_CHECK;
struct revival *revival_wanted(struct job *job, struct workset *w, ProtobufCBinaryData message_id); /* NULL: none, and the job says so */

#endif
