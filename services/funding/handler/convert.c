/* See convert.h. */
#include "services/funding/handler/convert.h"

#include "common/base/day.h"

ProtobufCBinaryData convert_id(struct arena *arena, struct uuid id)
{
    if (uuid_is_nil(id))
        return (ProtobufCBinaryData){.len = 0, .data = NULL};
    struct uuid *copy = arena_alloc(arena, sizeof *copy);
    *copy = id;
    return (ProtobufCBinaryData){.len = sizeof copy->b, .data = copy->b};
}

ProtobufCBinaryData convert_bytes(struct span bytes)
{
    return (ProtobufCBinaryData){.len = bytes.len, .data = (uint8_t *)(uintptr_t)bytes.data};
}

char *convert_text(const char *text)
{
    return (char *)(uintptr_t)(text != NULL ? text : "");
}

char *convert_span(struct arena *arena, struct span text)
{
    return arena_text(arena, text);
}

char *convert_day(struct arena *arena, int64_t day)
{
    char *text = arena_alloc(arena, DAY_TEXT);

    if (day == NO_DAY)
        text[0] = '\0';
    else
        day_format(day, text);
    return text;
}

Bus__Text *convert_texts(struct arena *arena, struct text text)
{
    Bus__Text *m = arena_alloc(arena, sizeof *m);

    bus__text__init(m);
    m->fi = convert_text(text.fi);
    m->sv = convert_text(text.sv);
    m->en = convert_text(text.en);
    return m;
}

struct text convert_from_texts(const Bus__Text *text)
{
    if (text == NULL)
        return (struct text){.fi = "", .sv = "", .en = ""};
    return (struct text){.fi = text->fi, .sv = text->sv, .en = text->en};
}
