/* See hook_body.h. Nothing here needs escapes: names and words are our own constants, values are ids, numbers and moments. */
#include "services/notification/handler/hook_body.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "common/base/alloc.h"
#include "common/base/time.h"

__attribute__((format(printf, 2, 3))) static void add(struct hook_body *body, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    const int n = vsnprintf(body->text + body->len, HOOK_BODY_MAX - body->len, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= HOOK_BODY_MAX - body->len)
        bug("the body of a delivery is longer than its members can be");
    body->len += (size_t)n;
}

static void add_name(struct hook_body *body, const char *name)
{
    add(body, "%s\"%s\":", body->first ? "" : ",", name);
    body->first = false;
}

struct hook_body hook_body_begin(struct arena *arena, const char *type, int64_t at_us)
{
    struct hook_body body = {.text = arena_alloc(arena, HOOK_BODY_MAX), .first = true};
    char at[TIME_TEXT];

    time_format(at_us, at);
    add(&body, "{\"type\":\"%s\",\"timestamp\":\"%s\",\"data\":{", type, at);
    return body;
}

void hook_body_id(struct hook_body *body, const char *name, ProtobufCBinaryData id)
{
    struct uuid uuid;
    char text[UUID_TEXT];

    if (!uuid_read(&uuid, span_of(id.data, id.len)))
        return;
    uuid_format(uuid, text);
    add_name(body, name);
    add(body, "\"%s\"", text);
}

/* As the API's JSON names it; a value newer than this service is left out. */
void hook_body_word(struct hook_body *body, const char *name, const ProtobufCEnumDescriptor *words, int value)
{
    const ProtobufCEnumValue *word = protobuf_c_enum_descriptor_get_value(words, value);

    if (word == NULL)
        return;
    add_name(body, name);
    add(body, "\"%s\"", word->name);
}

void hook_body_number(struct hook_body *body, const char *name, uint64_t number)
{
    add_name(body, name);
    add(body, "%" PRIu64, number);
}

void hook_body_flag(struct hook_body *body, const char *name, bool holds)
{
    add_name(body, name);
    add(body, "%s", holds ? "true" : "false");
}

void hook_body_time(struct hook_body *body, const char *name, int64_t us)
{
    char text[TIME_TEXT];

    if (us == 0)
        return;
    time_format(us, text);
    add_name(body, name);
    add(body, "\"%s\"", text);
}

struct span hook_body_end(struct hook_body *body)
{
    add(body, "}}");
    return span_of(body->text, body->len);
}
