/* Message to JSON, straight from the struct to the buffer by its descriptor. */
#include "services/gateway/http/json.h"
#include "services/gateway/route/event.h"
#include "services/gateway/route/scalar.h"

static const void *member(const ProtobufCMessage *message, unsigned offset)
{
    return (const uint8_t *)message + offset;
}

static bool present(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    const void *at = member(message, field->offset);
    if (field_repeated(field))
        return true;
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
        return *(const uint32_t *)member(message, field->quantifier_offset) == field->id;
    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        return *(ProtobufCMessage *const *)at != NULL;
    return !scalar_left_out(field, at);
}

static void element(struct buf *out, const ProtobufCFieldDescriptor *field, const void *at)
{
    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        codec_encode(out, *(ProtobufCMessage *const *)at);
    else
        scalar_write(out, field, at);
}

static void list(struct buf *out, const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    size_t count = *(const size_t *)member(message, field->quantifier_offset);
    const uint8_t *at = *(const uint8_t *const *)member(message, field->offset);
    size_t size = field_size(field);
    buf_u8(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_u8(out, ',');
        element(out, field, at + i * size);
    }
    buf_u8(out, ']');
}

/* What an event carries, readable. */
static void data(struct buf *out, bool *first, const Bus__Event *event)
{
    size_t before = out->len;
    bool was_first = *first;
    json_name(out, first, EVENT_DATA);
    if (!event_data(out, event)) {
        out->len = before;
        *first = was_first;
    }
}

void codec_encode(struct buf *out, const ProtobufCMessage *message)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;
    bool first = true;
    char name[FIELD_NAME_MAX];
    buf_u8(out, '{');
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if (!present(message, field))
            continue;
        field_json_name(field, name);
        json_name(out, &first, name);
        if (field_repeated(field))
            list(out, message, field);
        else
            element(out, field, member(message, field->offset));
    }
    if (type == &bus__event__descriptor)
        data(out, &first, (const Bus__Event *)message);
    buf_u8(out, '}');
}
