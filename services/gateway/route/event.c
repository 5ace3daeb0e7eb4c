/* An event's type is its message's full name and a version: "enrolment.SeatTaken.v1". A type that is not in the table, as of a newer
 * service, is still shown with its bytes. */
#include "services/gateway/route/event.h"

#include <string.h>

#include "common/wire/wire.h"
#include "enrolment.pb-c.h"
#include "funding.pb-c.h"
#include "municipal.pb-c.h"

enum { ARENA_BYTES = 4096 };

static const ProtobufCMessageDescriptor *const MESSAGES[] = {
    &enrolment__person_stored__descriptor,
    &enrolment__programme_stored__descriptor,
    &enrolment__window_opened__descriptor,
    &enrolment__window_closed__descriptor,
    &enrolment__followed__descriptor,
    &enrolment__seat_taken__descriptor,
    &enrolment__queued__descriptor,
    &enrolment__promoted__descriptor,
    &enrolment__cancelled__descriptor,
    &enrolment__capacity_changed__descriptor,
    &enrolment__held__descriptor,
    &enrolment__hold_ended__descriptor,
    &enrolment__offered__descriptor,
    &enrolment__offer_passed__descriptor,
    &enrolment__transferred__descriptor,
    &enrolment__displaced__descriptor,
    &enrolment__reviewed__descriptor,
    &enrolment__team_enrolled__descriptor,
    &enrolment__attended__descriptor,
    &enrolment__unit_completed__descriptor,
    &enrolment__plan_handed_in__descriptor,
    &enrolment__completed__descriptor,
    &enrolment__date_changed__descriptor,
    &enrolment__announced__descriptor,
    &enrolment__person_erased__descriptor,
    &enrolment__registration_forgotten__descriptor,
    &enrolment__programme_forgotten__descriptor,
    &funding__contact_stored__descriptor,
    &funding__call_stored__descriptor,
    &funding__call_moved__descriptor,
    &funding__draft_started__descriptor,
    &funding__application_submitted__descriptor,
    &funding__supplement_requested__descriptor,
    &funding__application_ended__descriptor,
    &funding__evaluated__descriptor,
    &funding__proposal_made__descriptor,
    &funding__decision_sent__descriptor,
    &funding__call_resolved__descriptor,
    &funding__grant_answered__descriptor,
    &funding__instalment_moved__descriptor,
    &funding__amendment_submitted__descriptor,
    &funding__amendment_decided__descriptor,
    &funding__obligation_set__descriptor,
    &funding__obligation_ended__descriptor,
    &funding__obligation_late__descriptor,
    &funding__report_moved__descriptor,
    &funding__recovery_moved__descriptor,
    &funding__draw_made__descriptor,
    &funding__project_stored__descriptor,
    &municipal__case_filed__descriptor,
    &municipal__case_moved__descriptor,
    &municipal__statement_asked__descriptor,
    &municipal__meeting_summoned__descriptor,
    &municipal__meeting_cancelled__descriptor,
    &municipal__decided__descriptor,
    &municipal__share_decided__descriptor,
};

const ProtobufCMessageDescriptor *event_message(size_t index)
{
    return index < sizeof MESSAGES / sizeof MESSAGES[0] ? MESSAGES[index] : NULL;
}

static const ProtobufCMessageDescriptor *message_of(const char *type)
{
    const ProtobufCMessageDescriptor *message = NULL;
    for (size_t i = 0; (message = event_message(i)); i++) {
        size_t len = strlen(message->name);
        if (strncmp(type, message->name, len) == 0 && strcmp(type + len, ".v1") == 0)
            return message;
    }
    return NULL;
}

bool event_data(struct buf *out, const Bus__Event *event)
{
    const ProtobufCMessageDescriptor *type = event->fetch_me ? NULL : message_of(event->type);
    if (!type)
        return false;
    ProtobufCMessage *message = NULL;
    struct arena *arena = arena_new(ARENA_BYTES);
    bool good = wire_unpack(arena, span_of(event->payload.data, event->payload.len), type, &message) == ERR_OK;
    if (good)
        codec_encode(out, message);
    arena_free(arena);
    return good;
}
