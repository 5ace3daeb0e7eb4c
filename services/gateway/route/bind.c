/* Parameters to fields. A parameter is named like the field in JSON; in a pattern "person.id" goes one message deeper. */
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/uuid.h"
#include "services/gateway/route/bind.h"

struct binding {
    struct arena *arena;
    ProtobufCMessage *message;
    struct codec_fault *fault;
};

static enum err fail(struct binding *b, enum fault fault, struct span field)
{
    size_t len = field.len < CODEC_FIELD_MAX ? field.len : CODEC_FIELD_MAX - 1;
    b->fault->fault = fault;
    memcpy(b->fault->field, field.data, len);
    b->fault->field[len] = 0;
    return ERR_INVALID;
}

static int hex_value(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that "%C3" at the beginning of the text stands for; -1: it is no escape. */
static int escape_value(struct span text)
{
    int high = text.len > 2 ? hex_value(text.data[1]) : -1;
    int low = text.len > 2 ? hex_value(text.data[2]) : -1;
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

enum err bind_text(struct arena *arena, struct span raw, bool query, struct span *out)
{
    uint8_t *text = arena_alloc(arena, raw.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        int c = raw.data[i];
        if (c == '%') {
            c = escape_value(span_of(raw.data + i, raw.len - i));
            i += 2;
        } else if (c == '+' && query) {
            c = ' ';
        }
        if (c <= 0)
            return ERR_INVALID;
        text[len++] = (uint8_t)c;
    }
    *out = span_of(text, len);
    return ERR_OK;
}

/* Takes the next name=value off the query. */
static bool query_next(struct span *query, struct span *name, struct span *value)
{
    while (query->len && query->data[0] == '&')
        *query = span_of(query->data + 1, query->len - 1);
    if (query->len == 0)
        return false;
    const uint8_t *end = memchr(query->data, '&', query->len);
    size_t len = end ? (size_t)(end - query->data) : query->len;
    const uint8_t *equal = memchr(query->data, '=', len);
    size_t name_len = equal ? (size_t)(equal - query->data) : len;
    *name = span_of(query->data, name_len);
    *value = equal ? span_of(equal + 1, len - name_len - 1) : span_of(query->data + len, 0);
    *query = span_of(query->data + len, query->len - len);
    return true;
}

const char *bind_query_value(struct arena *arena, struct span query, const char *name)
{
    struct span own, value, text;
    while (query_next(&query, &own, &value)) {
        if (span_equal(own, span_text(name)) && bind_text(arena, value, true, &text) == ERR_OK)
            return arena_text(arena, text);
    }
    return NULL;
}

static enum err bind_query(struct binding *b, const struct route *route, struct span query)
{
    struct span name, value, text;
    uint64_t seen = 0; /* a bit a field; requests that come as a query have few */
    while (query_next(&query, &name, &value)) {
        const ProtobufCFieldDescriptor *field = route->body ? NULL : field_by_json_name(b->message->descriptor, name);
        if (!field || route_fixes(route, name))
            return fail(b, FAULT_UNKNOWN, name);
        const uint64_t bit = UINT64_C(1) << ((size_t)(field - b->message->descriptor->fields) & 63);
        if (seen & bit)
            return fail(b, FAULT_TWICE, name);
        seen |= bit;
        if (bind_text(b->arena, value, true, &text) != ERR_OK)
            return fail(b, FAULT_UTF8, name);
        enum fault fault = codec_set(b->arena, b->message, field, text);
        b->fault->about = field;
        if (fault != FAULT_NONE)
            return fail(b, fault, name);
    }
    return ERR_OK;
}

/* What the path itself says. */
static void bind_fixed(struct binding *b, const struct route *route)
{
    struct span rest = span_text(route->fixed), name, value;
    while (query_next(&rest, &name, &value)) {
        const ProtobufCFieldDescriptor *field = field_by_json_name(b->message->descriptor, name);
        if (!field || codec_set(b->arena, b->message, field, value) != FAULT_NONE)
            bug("a route fixes a field its request does not have, or to a value it cannot have");
    }
}

/* The message inside `message` that the field holds; made when it is not there. */
static ProtobufCMessage *inner_message(struct arena *arena, ProtobufCMessage *message, struct span name)
{
    const ProtobufCFieldDescriptor *field = field_by_json_name(message->descriptor, name);
    if (!field || field->type != PROTOBUF_C_TYPE_MESSAGE || field_repeated(field))
        return NULL;
    ProtobufCMessage **at = (ProtobufCMessage **)((uint8_t *)message + field->offset);
    if (!*at)
        *at = codec_new(arena, field->descriptor);
    return *at;
}

/* What the field holds, as bytes to compare; empty: nothing was said, or what is the default. */
static struct span value_of(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    static const uint8_t zeros[sizeof(uint64_t)];
    const void *at = (const uint8_t *)message + field->offset;
    size_t size = sizeof(uint32_t);
    switch (field_form(field)) {
    case FORM_TEXT: {
        const char *text = *(const char *const *)at;
        return span_text(text ? text : "");
    }
    case FORM_UUID:
    case FORM_BYTES: {
        const ProtobufCBinaryData *bytes = at;
        return span_of(bytes->data, bytes->len);
    }
    case FORM_INT64:
    case FORM_UINT64:
    case FORM_DOUBLE:
    case FORM_TIME:
        size = sizeof(uint64_t);
        break;
    case FORM_BOOL:
    case FORM_INT32:
    case FORM_UINT32:
    case FORM_ENUM:
        break;
    case FORM_MESSAGE:
        return span_of(NULL, 0);
    }
    return span_of(at, memcmp(at, zeros, size) == 0 ? 0 : size);
}

/* A client that names the same thing in the body may; one that names another has made a mistake, and hears of it. */
static enum fault set_by_path(struct binding *b, ProtobufCMessage *message, const ProtobufCFieldDescriptor *field, struct span text)
{
    if (value_of(message, field).len == 0)
        return codec_set(b->arena, message, field, text);
    ProtobufCMessage *fresh = codec_new(b->arena, message->descriptor);
    enum fault fault = codec_set(b->arena, fresh, field, text);
    if (fault == FAULT_NONE && !span_equal(value_of(message, field), value_of(fresh, field)))
        fault = FAULT_PATH;
    return fault;
}

static enum err bind_parameter(struct binding *b, const struct match_parameter *parameter)
{
    ProtobufCMessage *message = b->message;
    struct span name = parameter->name, text;
    const uint8_t *dot = memchr(name.data, '.', name.len);
    if (dot) {
        size_t outer = (size_t)(dot - name.data);
        message = inner_message(b->arena, message, span_of(name.data, outer));
        name = span_of(dot + 1, name.len - outer - 1);
    }
    const ProtobufCFieldDescriptor *field = message ? field_by_json_name(message->descriptor, name) : NULL;
    if (bind_text(b->arena, parameter->value, false, &text) != ERR_OK)
        return fail(b, FAULT_UTF8, parameter->name);
    enum fault fault = field ? set_by_path(b, message, field, text) : FAULT_NONE;
    b->fault->about = field;
    return fault == FAULT_NONE ? ERR_OK : fail(b, fault, parameter->name);
}

static enum err bind_body(struct binding *b, const struct route *route, struct span body)
{
    ProtobufCMessage *message = b->message;
    if (!route->body || (route->flags & ROUTE_FORM))
        return ERR_OK;
    if (route->body[0])
        message = inner_message(b->arena, message, span_text(route->body));
    return codec_decode(b->arena, body, message, b->fault); /* which begins with a fault of its own */
}

static uint32_t shard_of(const struct match *match)
{
    struct uuid id;
    for (size_t i = 0; i < match->count; i++) {
        if (uuid_parse(&id, match->parameters[i].value))
            return uuid_hash(id);
    }
    return 0;
}

enum err bind_request(struct arena *arena, const struct route *route, const struct match *match, struct span query, struct span body,
                      ProtobufCMessage **out, uint32_t *shard, struct codec_fault *fault)
{
    struct binding b = {arena, codec_new(arena, route_method(route)->input), fault};
    *fault = (struct codec_fault){.fault = FAULT_NONE};
    *out = b.message;
    *shard = shard_of(match);
    enum err err = bind_body(&b, route, body);
    if (err == ERR_OK)
        err = bind_query(&b, route, query);
    bind_fixed(&b, route);
    for (size_t i = 0; err == ERR_OK && i < match->count; i++)
        err = bind_parameter(&b, &match->parameters[i]);
    return err;
}
