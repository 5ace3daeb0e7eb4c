/* JSON to message. jansson reads the text into a tree; this walks the tree by the descriptor and keeps the path to where it is,
 * so that a mistake is named exactly. Sizes were bounded before: the body by the server, depth and lists here. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "common/wire/limits.h"
#include "services/gateway/route/scalar.h"

struct walk {
    struct arena *arena;
    struct codec_fault *fault;
    size_t path; /* length of fault->field now */
    unsigned depth;
};

static enum fault decode_object(struct walk *walk, const json_t *json, ProtobufCMessage *message);

/* Appends to the path; what does not fit is cut. Returns the length to go back to. */
static size_t path_push(struct walk *walk, const char *name, size_t index)
{
    size_t before = walk->path;
    char *at = walk->fault->field + before;
    size_t room = CODEC_FIELD_MAX - before;
    int n = name ? snprintf(at, room, "%s%.*s", before ? "." : "", FIELD_NAME_MAX, name) : snprintf(at, room, "[%zu]", index);
    walk->path += n < 0 ? 0 : (size_t)n < room ? (size_t)n : room - 1;
    return before;
}

static void path_pop(struct walk *walk, size_t before)
{
    walk->path = before;
    walk->fault->field[before] = 0;
}

ProtobufCMessage *codec_new(struct arena *arena, const ProtobufCMessageDescriptor *type)
{
    ProtobufCMessage *message = arena_alloc(arena, type->sizeof_message);
    type->message_init(message);
    return message;
}

static enum fault decode_value(struct walk *walk, const json_t *json, const ProtobufCFieldDescriptor *field, void *at)
{
    if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        ProtobufCMessage **message = at;
        if (!*message)
            *message = codec_new(walk->arena, field->descriptor);
        return decode_object(walk, json, *message);
    }
    switch (json_typeof(json)) {
    case JSON_STRING:
        return scalar_read(walk->arena, field, span_of(json_string_value(json), json_string_length(json)), at);
    case JSON_INTEGER:
        return scalar_from_int(field, json_integer_value(json), at);
    case JSON_REAL:
        return scalar_from_double(field, json_real_value(json), at);
    case JSON_TRUE:
    case JSON_FALSE:
        return scalar_from_bool(field, json_is_true(json), at);
    case JSON_NULL:
    case JSON_OBJECT:
    case JSON_ARRAY:
        break;
    }
    return FAULT_TYPE;
}

static enum fault decode_list(struct walk *walk, const json_t *json, const ProtobufCFieldDescriptor *field, ProtobufCMessage *message)
{
    size_t count = json_array_size(json), size = field_size(field);
    walk->fault->whole_list = !json_is_array(json);
    if (walk->fault->whole_list)
        return FAULT_TYPE;
    if (count > WIRE_REPEATED_MAX)
        return FAULT_MANY;
    uint8_t *list = count ? arena_array(walk->arena, count, size) : NULL;
    for (size_t i = 0; i < count; i++) {
        size_t before = path_push(walk, NULL, i);
        enum fault fault = decode_value(walk, json_array_get(json, i), field, list + i * size);
        if (fault != FAULT_NONE)
            return fault;
        path_pop(walk, before);
    }
    *(uint8_t **)((uint8_t *)message + field->offset) = list;
    *(size_t *)((uint8_t *)message + field->quantifier_offset) = count;
    return FAULT_NONE;
}

/* The member as its field wants it. */
static enum fault decode_member(struct walk *walk, const ProtobufCFieldDescriptor *field, const json_t *json, ProtobufCMessage *message)
{
    if (json_is_null(json)) /* as if it were not there */
        return FAULT_NONE;
    if (field_repeated(field))
        return decode_list(walk, json, field, message);
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) {
        uint32_t *which = (uint32_t *)((uint8_t *)message + field->quantifier_offset);
        if (*which != 0 && *which != field->id)
            return FAULT_TWICE;
        *which = field->id;
    }
    return decode_value(walk, json, field, (uint8_t *)message + field->offset);
}

static enum fault decode_field(struct walk *walk, const char *name, const json_t *json, ProtobufCMessage *message)
{
    const ProtobufCFieldDescriptor *field = field_by_json_name(message->descriptor, span_text(name));
    if (!field)
        return FAULT_UNKNOWN;
    enum fault fault = decode_member(walk, field, json, message);
    if (fault != FAULT_NONE && !walk->fault->about) /* the innermost one is the one at fault */
        walk->fault->about = field;
    return fault;
}

static enum fault decode_object(struct walk *walk, const json_t *json, ProtobufCMessage *message)
{
    const char *name;
    json_t *value;
    if (!json_is_object(json))
        return walk->depth == 0 ? FAULT_OBJECT : FAULT_TYPE;
    if (++walk->depth > WIRE_DEPTH_MAX)
        return FAULT_DEEP;
    json_object_foreach((json_t *)(uintptr_t)json, name, value)
    {
        size_t before = path_push(walk, name, 0);
        enum fault fault = decode_field(walk, name, value, message);
        if (fault != FAULT_NONE)
            return fault;
        path_pop(walk, before);
    }
    walk->depth--;
    return FAULT_NONE;
}

static enum fault fault_of_parser(const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_invalid_utf8:
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return FAULT_UTF8;
    case json_error_duplicate_key:
        return FAULT_TWICE;
    case json_error_stack_overflow:
        return FAULT_DEEP;
    case json_error_numeric_overflow:
        return FAULT_RANGE;
    default: /* the library's enumeration, not ours: all else is bad grammar */
        return FAULT_SYNTAX;
    }
}

enum err codec_decode(struct arena *arena, struct span json, ProtobufCMessage *message, struct codec_fault *fault)
{
    *fault = (struct codec_fault){.fault = FAULT_NONE};
    if (json.len == 0)
        return ERR_OK;
    json_error_t error;
    json_t *tree = json_loadb((const char *)json.data, json.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!tree) {
        fault->fault = fault_of_parser(&error);
        return ERR_INVALID;
    }
    struct walk walk = {.arena = arena, .fault = fault};
    fault->fault = decode_object(&walk, tree, message);
    json_decref(tree);
    return fault->fault == FAULT_NONE ? ERR_OK : ERR_INVALID;
}

enum fault codec_set(struct arena *arena, ProtobufCMessage *message, const ProtobufCFieldDescriptor *field, struct span text)
{
    if (field_repeated(field) || field->type == PROTOBUF_C_TYPE_MESSAGE)
        return FAULT_UNKNOWN;
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
        *(uint32_t *)((uint8_t *)message + field->quantifier_offset) = field->id;
    return scalar_read(arena, field, text, (uint8_t *)message + field->offset);
}
