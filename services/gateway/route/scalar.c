/* Values and their texts. Reading is strict: the whole text must be the value, in the one form that we write ourselves. */
#include <errno.h>
#include <math.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/time.h"
#include "common/base/utf8.h"
#include "common/base/uuid.h"
#include "services/gateway/http/json.h"
#include "services/gateway/route/scalar.h"

static struct span bytes_at(const void *at)
{
    const ProtobufCBinaryData *bytes = at;
    return span_of(bytes->data, bytes->len);
}

static struct span text_at(const void *at)
{
    return span_text(*(char *const *)at);
}

static void write_bytes(struct buf *out, struct span bytes)
{
    size_t size = sodium_base64_ENCODED_LEN(bytes.len, sodium_base64_VARIANT_ORIGINAL);
    buf_u8(out, '"');
    char *at = (char *)buf_extend(out, size);
    sodium_bin2base64(at, size, bytes.data, bytes.len, sodium_base64_VARIANT_ORIGINAL);
    out->len--; /* its NUL */
    buf_u8(out, '"');
}

static void write_uuid(struct buf *out, struct span bytes)
{
    struct uuid id;
    char text[UUID_TEXT];
    if (!uuid_read(&id, bytes)) { /* not ours to hide: shown as the bytes it is */
        write_bytes(out, bytes);
        return;
    }
    uuid_format(id, text);
    json_text(out, span_of(text, UUID_TEXT - 1));
}

static void write_time(struct buf *out, int64_t us)
{
    char text[TIME_TEXT];
    time_format(us, text);
    json_text(out, span_text(text));
}

static void write_enum(struct buf *out, const ProtobufCFieldDescriptor *field, int value)
{
    const ProtobufCEnumValue *named = protobuf_c_enum_descriptor_get_value(field->descriptor, value);
    if (named)
        json_text(out, span_text(named->name));
    else
        json_int(out, value); /* a value newer than this program, as proto3 JSON has it */
}

static void write_quoted(struct buf *out, const ProtobufCFieldDescriptor *field, const void *at)
{
    buf_u8(out, '"');
    if (field_form(field) == FORM_INT64)
        json_int(out, *(const int64_t *)at);
    else
        json_uint(out, *(const uint64_t *)at);
    buf_u8(out, '"');
}

void scalar_write(struct buf *out, const ProtobufCFieldDescriptor *field, const void *at)
{
    switch (field_form(field)) {
    case FORM_BOOL:
        buf_text(out, *(const protobuf_c_boolean *)at ? "true" : "false");
        return;
    case FORM_INT32:
        json_int(out, *(const int32_t *)at);
        return;
    case FORM_UINT32:
        json_uint(out, *(const uint32_t *)at);
        return;
    case FORM_INT64:
    case FORM_UINT64:
        write_quoted(out, field, at);
        return;
    case FORM_DOUBLE:
        json_double(out, *(const double *)at);
        return;
    case FORM_TIME:
        write_time(out, *(const int64_t *)at);
        return;
    case FORM_TEXT:
        json_text(out, text_at(at));
        return;
    case FORM_UUID:
        write_uuid(out, bytes_at(at));
        return;
    case FORM_BYTES:
        write_bytes(out, bytes_at(at));
        return;
    case FORM_ENUM:
        write_enum(out, field, *(const int *)at);
        return;
    case FORM_MESSAGE:
        return; /* the encoder's own */
    }
}

bool scalar_left_out(const ProtobufCFieldDescriptor *field, const void *at)
{
    enum field_form form = field_form(field);
    if (form == FORM_TEXT)
        return text_at(at).len == 0;
    if (form == FORM_UUID || form == FORM_BYTES)
        return bytes_at(at).len == 0;
    return form == FORM_TIME && *(const int64_t *)at == 0;
}

/* A decimal number that fills the whole text. */
static enum fault read_digits(struct span text, bool *negative, uint64_t *magnitude)
{
    size_t i = 0;
    *negative = text.len > 0 && text.data[0] == '-';
    *magnitude = 0;
    if (*negative)
        i = 1;
    if (i == text.len)
        return FAULT_TYPE;
    for (; i < text.len; i++) {
        unsigned digit = (unsigned)(text.data[i] - '0');
        if (digit > 9)
            return FAULT_TYPE;
        if (*magnitude > (UINT64_MAX - digit) / 10)
            return FAULT_RANGE;
        *magnitude = *magnitude * 10 + digit;
    }
    return FAULT_NONE;
}

/* The largest number of the form. */
static uint64_t form_most(enum field_form form)
{
    if (form == FORM_INT32)
        return INT32_MAX;
    if (form == FORM_UINT32)
        return UINT32_MAX;
    return form == FORM_INT64 ? INT64_MAX : UINT64_MAX;
}

/* Puts a number where it belongs, or says that it does not fit. The least of a signed form is one further out than its most. */
static enum fault store_number(const ProtobufCFieldDescriptor *field, bool negative, uint64_t magnitude, void *at)
{
    enum field_form form = field_form(field);
    bool is_signed = form == FORM_INT32 || form == FORM_INT64;
    bool below = negative && magnitude > 0;
    if (below && !is_signed)
        return FAULT_RANGE;
    if (magnitude > form_most(form) + below)
        return FAULT_RANGE;
    uint64_t value = below ? 0 - magnitude : magnitude;
    if (form == FORM_INT32 || form == FORM_UINT32)
        *(uint32_t *)at = (uint32_t)value;
    else
        *(uint64_t *)at = value;
    return FAULT_NONE;
}

static enum fault read_number(const ProtobufCFieldDescriptor *field, struct span text, void *at)
{
    bool negative;
    uint64_t magnitude;
    enum fault fault = read_digits(text, &negative, &magnitude);
    return fault == FAULT_NONE ? store_number(field, negative, magnitude, at) : fault;
}

static enum fault read_double(struct span text, double *at)
{
    char copy[64];
    char *end;
    if (text.len == 0 || text.len >= sizeof copy)
        return FAULT_TYPE;
    memcpy(copy, text.data, text.len);
    copy[text.len] = 0;
    double value = strtod(copy, &end);
    if (*end || strchr(" \t\n\v\f\r", copy[0]))
        return FAULT_TYPE;
    *at = value;
    return FAULT_NONE;
}

static enum fault read_bool(struct span text, protobuf_c_boolean *at)
{
    *at = span_equal(text, span_text("true"));
    return *at || span_equal(text, span_text("false")) ? FAULT_NONE : FAULT_TYPE;
}

static enum fault read_text(struct arena *arena, struct span text, char **at)
{
    if (text.len > CODEC_TEXT_MAX)
        return FAULT_LONG;
    if (!utf8_valid(text) || memchr(text.len ? text.data : (const uint8_t *)"", 0, text.len))
        return FAULT_UTF8;
    *at = arena_text(arena, text);
    return FAULT_NONE;
}

static enum fault read_uuid(struct arena *arena, struct span text, ProtobufCBinaryData *at)
{
    struct uuid *id = arena_alloc(arena, sizeof *id);
    if (!uuid_parse(id, text))
        return FAULT_UUID;
    *at = (ProtobufCBinaryData){sizeof id->b, id->b};
    return FAULT_NONE;
}

static enum fault read_bytes(struct arena *arena, struct span text, ProtobufCBinaryData *at)
{
    size_t room = text.len / 4 * 3 + 3, len;
    uint8_t *bytes = arena_alloc(arena, room);
    if (sodium_base642bin(bytes, room, (const char *)text.data, text.len, NULL, &len, NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
        return FAULT_BASE64;
    *at = (ProtobufCBinaryData){len, bytes};
    return FAULT_NONE;
}

static enum fault read_enum(const ProtobufCFieldDescriptor *field, struct span text, int *at)
{
    const ProtobufCEnumDescriptor *type = field->descriptor;
    for (unsigned i = 0; i < type->n_values; i++) {
        if (span_equal(text, span_text(type->values[i].name))) {
            *at = type->values[i].value;
            return FAULT_NONE;
        }
    }
    return FAULT_ENUM;
}

enum fault scalar_read(struct arena *arena, const ProtobufCFieldDescriptor *field, struct span text, void *at)
{
    switch (field_form(field)) {
    case FORM_BOOL:
        return read_bool(text, at);
    case FORM_INT32:
    case FORM_UINT32:
    case FORM_INT64:
    case FORM_UINT64:
        return read_number(field, text, at);
    case FORM_DOUBLE:
        return read_double(text, at);
    case FORM_TIME:
        return time_parse(at, text) ? FAULT_NONE : FAULT_TIME;
    case FORM_TEXT:
        return read_text(arena, text, at);
    case FORM_UUID:
        return read_uuid(arena, text, at);
    case FORM_BYTES:
        return read_bytes(arena, text, at);
    case FORM_ENUM:
        return read_enum(field, text, at);
    case FORM_MESSAGE:
        break;
    }
    return FAULT_TYPE;
}

enum fault scalar_from_int(const ProtobufCFieldDescriptor *field, int64_t value, void *at)
{
    switch (field_form(field)) {
    case FORM_INT32:
    case FORM_UINT32:
    case FORM_INT64:
    case FORM_UINT64:
        return store_number(field, value < 0, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, at);
    case FORM_DOUBLE:
        *(double *)at = (double)value;
        return FAULT_NONE;
    case FORM_BOOL:
    case FORM_TIME:
    case FORM_TEXT:
    case FORM_UUID:
    case FORM_BYTES:
    case FORM_ENUM:
    case FORM_MESSAGE:
        break;
    }
    return FAULT_TYPE;
}

enum fault scalar_from_double(const ProtobufCFieldDescriptor *field, double value, void *at)
{
    if (field_form(field) != FORM_DOUBLE)
        return FAULT_TYPE;
    *(double *)at = value;
    return FAULT_NONE;
}

enum fault scalar_from_bool(const ProtobufCFieldDescriptor *field, bool value, void *at)
{
    if (field_form(field) != FORM_BOOL)
        return FAULT_TYPE;
    *(protobuf_c_boolean *)at = value;
    return FAULT_NONE;
}
