/* The words of seats.h. */
#include "tests/service/enrolment/seats.h"

static const char *text_of(ProtobufCBinaryData id)
{
    static char text[4][UUID_TEXT];
    static unsigned next;
    char *out = text[next++ % 4];
    uuid_format(rig_id(id), out);
    return out;
}

struct world seats_programme(struct rig *rig, const struct programme_plan *plan, const char *columns)
{
    const struct world world = rig_programme(rig, plan);
    (void)kit_sql(rig_pg(rig), "update enrolment.programme set %s where code = '%s'", columns, plan->code);
    return world;
}

struct answer seats_hold(struct rig *rig, const struct world *world, size_t implementation, struct uuid person, const char *key)
{
    Enrolment__HoldRequest request = ENROLMENT__HOLD_REQUEST__INIT;
    request.programme_id = rig_bytes(&world->programme);
    request.implementation_id = rig_bytes(&world->implementations[implementation]);
    return rig_ask(rig, &(struct ask){.method = "Hold", .message = &request.base, .actor = person, .roles = RIG_PARTICIPANT, .key = key});
}

struct answer seats_confirm(struct rig *rig, const Enrolment__Registration *r, int64_t received_us)
{
    Enrolment__ConfirmRequest request = ENROLMENT__CONFIRM_REQUEST__INIT;
    request.registration_id = r->id;
    return rig_ask(rig, &(struct ask){.method = "Confirm",
                                      .message = &request.base,
                                      .actor = rig_id(r->person_id),
                                      .roles = RIG_PARTICIPANT,
                                      .received_us = received_us});
}

struct answer seats_cancel(struct rig *rig, const Enrolment__Registration *r)
{
    Enrolment__CancelRequest request = ENROLMENT__CANCEL_REQUEST__INIT;
    request.registration_id = r->id;
    return rig_ask(rig,
                   &(struct ask){.method = "Cancel", .message = &request.base, .actor = rig_id(r->person_id), .roles = RIG_PARTICIPANT});
}

struct answer seats_answer(struct rig *rig, const Enrolment__Registration *r, Enrolment__AnswerOfferRequest__Kind kind, int64_t received_us)
{
    Enrolment__AnswerOfferRequest request = ENROLMENT__ANSWER_OFFER_REQUEST__INIT;
    request.registration_id = r->id;
    request.answer = kind;
    return rig_ask(rig, &(struct ask){.method = "AnswerOffer",
                                      .message = &request.base,
                                      .actor = rig_id(r->person_id),
                                      .roles = RIG_PARTICIPANT,
                                      .received_us = received_us});
}

const Enrolment__Registration *seats_seen(struct rig *rig, const Enrolment__Registration *r)
{
    Enrolment__GetRegistrationRequest request = ENROLMENT__GET_REGISTRATION_REQUEST__INIT;
    request.registration_id = r->id;
    const struct answer a = rig_ask(
        rig, &(struct ask){.method = "GetRegistration", .message = &request.base, .actor = rig_id(r->person_id), .roles = RIG_PARTICIPANT});
    return rig_registration(&a);
}

Enrolment__State seats_state(struct rig *rig, const Enrolment__Registration *r)
{
    return seats_seen(rig, r)->state;
}

int64_t seats_due_in(struct rig *rig, const Enrolment__Registration *r, int64_t us)
{
    char due[TIME_TEXT];
    const int64_t at_us = time_now_us() + us;
    time_format(at_us, due);
    (void)kit_sql(rig_pg(rig), "update enrolment.registration set reply_due = '%s' where id = '%s'", due, text_of(r->id));
    return at_us;
}

void seats_until(struct rig *rig, const Enrolment__Registration *r, Enrolment__State state)
{
    for (int i = 0; i < KIT_PATIENCE_MS / 50; i++) {
        if (seats_state(rig, r) == state)
            return;
        kit_sleep_ms(50);
    }
    fail_msg("it is %d and does not become %d", (int)seats_state(rig, r), (int)state);
}

const char *seats_told(struct rig *rig, const Enrolment__Registration *r)
{
    return kit_sql(rig_pg(rig),
                   "select string_agg(split_part(type, '.', 2), ' ' order by stream, seq) from enrolment.event_log where subject = '%s'",
                   text_of(r->id));
}

ProtobufCMessage *seats_event(struct rig *rig, const Enrolment__Registration *r, const char *type,
                              const ProtobufCMessageDescriptor *descriptor)
{
    static uint8_t payload[4096];
    const char *hex = kit_sql(rig_pg(rig),
                              "select encode(payload, 'hex') from enrolment.event_log where subject = '%s'"
                              " and type = 'enrolment.%s.v1' order by seq desc limit 1",
                              text_of(r->id), type);
    size_t len = 0;
    unsigned byte;

    for (; hex[2 * len] != '\0' && len < sizeof payload && sscanf(hex + 2 * len, "%2x", &byte) == 1; len++)
        payload[len] = (uint8_t)byte;
    if (len == 0)
        fail_msg("no %s was told", type);
    ProtobufCMessage *message = protobuf_c_message_unpack(descriptor, NULL, len, payload);
    assert_non_null(message);
    return message;
}

const char *seats_counts(struct rig *rig, const struct world *world, size_t implementation)
{
    const struct uuid id = world->implementations[implementation];
    const char *text = text_of(rig_bytes(&id));
    const char *counters = kit_sql(rig_pg(rig),
                                   "select concat_ws(' ', i.taken, i.held, i.waiting, p.taken, p.held, p.waiting) from"
                                   " enrolment.implementation i join enrolment.programme p on p.id = i.programme_id where i.id = '%s'",
                                   text);
    const char *rows = kit_sql(
        rig_pg(rig),
        "select concat_ws(' ', count(*) filter (where h and state in (1, 4, 5)), count(*) filter (where h and state in (4, 5)),"
        " count(*) filter (where h and state = 2), count(*) filter (where state in (1, 4, 5)), count(*) filter (where state in (4, 5)),"
        " count(*) filter (where state = 2)) from (select r.state, r.implementation_id = '%s' as h from enrolment.registration r where"
        " r.programme_id = (select programme_id from enrolment.implementation where id = '%s')) x",
        text, text);
    assert_string_equal(counters, rows);
    return counters;
}
