/* What the payload of an event is: for whoever reads a service's event log through the gateway. */
#ifndef HV_GATEWAY_EVENT_H
#define HV_GATEWAY_EVENT_H
#include "services/gateway/route/codec.h"

/* The name under which the payload is shown as JSON, beside its bytes (CloudEvents calls it the same). */
#define EVENT_DATA "data"

/* The messages that events may carry, by number from 0; NULL: no more. */
const ProtobufCMessageDescriptor *event_message(size_t index);
/* The payload as JSON, appended. False, and nothing appended: of a type unknown here, not there (fetch_me), or not readable. */
bool event_data(struct buf *out, const Bus__Event *event);

#endif
