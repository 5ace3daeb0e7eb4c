/* Names and forms are worked out when asked for: a few dozen nanoseconds, and no table to keep in step. */
#include <string.h>

#include "common/base/alloc.h"
#include "services/gateway/route/field.h"

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), e = strlen(end);
    return n >= e && memcmp(name + n - e, end, e) == 0;
}

/* A list of ids may say so in the plural: application_ids. */
static bool holds_uuid(const ProtobufCFieldDescriptor *field)
{
    const char *name = field->name;
    return strcmp(name, "id") == 0 || strcmp(name, "actor") == 0 || ends_with(name, "_id") ||
           (field_repeated(field) && ends_with(name, "_ids"));
}

enum field_form field_form(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_SFIXED32:
        return FORM_INT32;
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
        return FORM_UINT32;
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
        return ends_with(field->name, "_us") ? FORM_TIME : FORM_INT64;
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        return FORM_UINT64;
    case PROTOBUF_C_TYPE_DOUBLE:
        return FORM_DOUBLE;
    case PROTOBUF_C_TYPE_BOOL:
        return FORM_BOOL;
    case PROTOBUF_C_TYPE_ENUM:
        return FORM_ENUM;
    case PROTOBUF_C_TYPE_STRING:
        return FORM_TEXT;
    case PROTOBUF_C_TYPE_BYTES:
        return holds_uuid(field) ? FORM_UUID : FORM_BYTES;
    case PROTOBUF_C_TYPE_MESSAGE:
        return FORM_MESSAGE;
    case PROTOBUF_C_TYPE_FLOAT:
        break;
    }
    bug("the contract has a field of a type without a JSON form");
}

size_t field_json_name(const ProtobufCFieldDescriptor *field, char out[FIELD_NAME_MAX])
{
    size_t len = strlen(field->name), at = 0;
    bool time = field_form(field) == FORM_TIME;
    bool upper = false;
    if (time)
        len -= strlen("_us");
    for (size_t i = 0; i < len && at < FIELD_NAME_MAX - 3; i++) {
        char c = field->name[i];
        if (c != '_')
            out[at++] = upper && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        upper = c == '_';
    }
    if (time && !(at == 2 && memcmp(out, "at", 2) == 0)) {
        out[at++] = 'A';
        out[at++] = 't';
    }
    out[at] = 0;
    return at;
}

bool field_repeated(const ProtobufCFieldDescriptor *field)
{
    return field->label == PROTOBUF_C_LABEL_REPEATED;
}

size_t field_size(const ProtobufCFieldDescriptor *field)
{
    switch (field_form(field)) {
    case FORM_BOOL:
        return sizeof(protobuf_c_boolean);
    case FORM_INT32:
    case FORM_UINT32:
    case FORM_ENUM:
        return sizeof(uint32_t);
    case FORM_INT64:
    case FORM_UINT64:
    case FORM_TIME:
        return sizeof(uint64_t);
    case FORM_DOUBLE:
        return sizeof(double);
    case FORM_TEXT:
        return sizeof(char *);
    case FORM_UUID:
    case FORM_BYTES:
        return sizeof(ProtobufCBinaryData);
    case FORM_MESSAGE:
        return sizeof(ProtobufCMessage *);
    }
    return 0;
}

const ProtobufCFieldDescriptor *field_by_json_name(const ProtobufCMessageDescriptor *type, struct span name)
{
    char own[FIELD_NAME_MAX];
    for (unsigned i = 0; i < type->n_fields; i++) {
        size_t len = field_json_name(&type->fields[i], own);
        if (len == name.len && memcmp(own, name.data, len) == 0)
            return &type->fields[i];
    }
    return NULL;
}
