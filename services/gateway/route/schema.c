/* JSON schemas (2020-12, as OpenAPI 3.1 wants them) of the contract's messages: what the codec writes and reads, in the same words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/wire/limits.h"
#include "proto/words.h"
#include "services/gateway/route/event.h"
#include "services/gateway/route/field.h"
#include "services/gateway/route/openapi.h"

#define PAGE_SIZE_MOST 200 /* no list gives more at once */
#define EXAMPLE_UUID   "0197f4d2-6c3b-7a10-8f00-3b1e5a2c9d41"

static json_t *packed(json_t *json)
{
    if (!json)
        bug("a schema cannot be built");
    return json;
}

static json_t *reference(const char *name)
{
    return packed(json_sprintf("#/components/schemas/%s", name));
}

/* What the contract says of something, as the description of its schema; a description that is there stays. */
static void describe(json_t *schema, const char *words)
{
    if (words && !json_object_get(schema, "description"))
        json_object_set_new(schema, "description", json_string(words));
}

/* Of a field or a value, by the name of what it is in. */
static const char *words_of(const char *type, const char *member)
{
    char name[160];
    snprintf(name, sizeof name, "%s.%s", type, member);
    return proto_words(name);
}

json_t *schema_uuid(void)
{
    return packed(json_pack("{s:s, s:s, s:[s]}", "type", "string", "format", "uuid", "examples", EXAMPLE_UUID));
}

/* What the enumeration is for, then what each of its names means. */
static void describe_enum(json_t *schema, const ProtobufCEnumDescriptor *type)
{
    const char *words = proto_words(type->name), *of_value;
    struct buf text = {0};
    buf_text(&text, words ? words : "");
    for (unsigned i = 0; i < type->n_values; i++) {
        if ((of_value = words_of(type->name, type->values[i].name)))
            buf_printf(&text, "%s%s: %s", text.len ? "\n\n" : "", type->values[i].name, of_value);
    }
    buf_u8(&text, 0);
    describe(schema, text.len > 1 ? (const char *)text.data : NULL);
    buf_fini(&text);
}

static json_t *schema_enum(json_t *components, const ProtobufCEnumDescriptor *type)
{
    if (!json_object_get(components, type->name)) {
        json_t *names = json_array(), *schema = packed(json_pack("{s:s, s:o}", "type", "string", "enum", names));
        for (unsigned i = 0; i < type->n_values; i++)
            json_array_append_new(names, json_string(type->values[i].name));
        describe_enum(schema, type);
        json_object_set_new(components, type->name, schema);
    }
    return packed(json_pack("{s:o}", "$ref", reference(type->name)));
}

static json_t *schema_element(json_t *components, const ProtobufCFieldDescriptor *field)
{
    switch (field_form(field)) {
    case FORM_BOOL:
        return packed(json_pack("{s:s}", "type", "boolean"));
    case FORM_INT32:
        return packed(json_pack("{s:s, s:s}", "type", "integer", "format", "int32"));
    case FORM_UINT32:
        return packed(json_pack("{s:s, s:i, s:I}", "type", "integer", "minimum", 0, "maximum", (json_int_t)UINT32_MAX));
    case FORM_INT64:
        return packed(json_pack("{s:s, s:s}", "type", "string", "pattern", "^-?[0-9]{1,19}$"));
    case FORM_UINT64:
        return packed(json_pack("{s:s, s:s}", "type", "string", "pattern", "^[0-9]{1,20}$"));
    case FORM_DOUBLE:
        return packed(json_pack("{s:s}", "type", "number"));
    case FORM_TIME:
        return packed(json_pack("{s:s, s:s}", "type", "string", "format", "date-time"));
    case FORM_TEXT:
        return packed(json_pack("{s:s}", "type", "string"));
    case FORM_UUID:
        return schema_uuid();
    case FORM_BYTES:
        return packed(json_pack("{s:s, s:s}", "type", "string", "contentEncoding", "base64"));
    case FORM_ENUM:
        return schema_enum(components, field->descriptor);
    case FORM_MESSAGE:
        return schema_message(components, field->descriptor);
    }
    return NULL;
}

/* Only read, never written: what bounds the reader may be said of it. */
static bool is_request(const ProtobufCMessageDescriptor *type)
{
    static const char END[] = "Request";
    size_t len = strlen(type->name), end = sizeof END - 1;
    return len > end && strcmp(type->name + len - end, END) == 0;
}

/* The words that a text of a request may be, where the contract's comment begins with them: "call", "award" or "report". NULL: it says
 * nothing of the kind, or names one word alone, which is an example. */
static json_t *words_allowed(const char *said)
{
    json_t *words = json_array();
    const char *at = said, *end;
    while (at && *at == '"' && (end = strchr(at + 1, '"'))) {
        json_array_append_new(words, json_stringn(at + 1, (size_t)(end - at - 1)));
        at = end + 1;
        at += strncmp(at, ", ", 2) == 0 ? 2 : strncmp(at, " or ", 4) == 0 ? 4 : 0;
    }
    if (json_array_size(words) > 1)
        return words;
    json_decref(words);
    return NULL;
}

/* How many elements the contract's comment says there may be ("at most 500"); else as many as any request can hold. The services refuse
 * what is more: here whoever writes a client reads it as a number. */
static json_int_t most_items(const char *words)
{
    static const char AT_MOST[] = "at most ";
    const char *said = words ? strstr(words, AT_MOST) : NULL;
    const long count = said ? strtol(said + sizeof AT_MOST - 1, NULL, 10) : 0;
    return count > 0 && count < WIRE_REPEATED_MAX ? count : WIRE_REPEATED_MAX;
}

json_t *schema_field(json_t *components, const ProtobufCMessageDescriptor *type, const ProtobufCFieldDescriptor *field)
{
    json_t *element = schema_element(components, field);
    if (strcmp(field->name, "page_size") == 0) {
        json_object_set_new(element, "maximum", json_integer(PAGE_SIZE_MOST));
        json_object_set_new(element, "description", json_string("0 or left out: the usual size of the list."));
    }
    json_t *words = field_form(field) == FORM_TEXT && is_request(type) ? words_allowed(words_of(type->name, field->name)) : NULL;
    if (words)
        json_object_set_new(element, "enum", words);
    json_t *schema = field_repeated(field) ? packed(json_pack("{s:s, s:o}", "type", "array", "items", element)) : element;
    if (field_repeated(field) && is_request(type))
        json_object_set_new(schema, "maxItems", json_integer(most_items(words_of(type->name, field->name))));
    describe(schema, words_of(type->name, field->name));
    return schema;
}

/* What an event carries: one of the messages that do. */
static json_t *schema_data(json_t *components)
{
    json_t *choices = json_array();
    const ProtobufCMessageDescriptor *message = NULL;
    for (size_t i = 0; (message = event_message(i)); i++)
        json_array_append_new(choices, schema_message(components, message));
    return packed(json_pack("{s:s, s:o}", "description", "The payload as JSON, when its type is known.", "anyOf", choices));
}

json_t *schema_message(json_t *components, const ProtobufCMessageDescriptor *type)
{
    char name[FIELD_NAME_MAX];
    if (!json_object_get(components, type->name)) {
        json_t *properties = json_object(), *schema = packed(json_pack("{s:s, s:o}", "type", "object", "properties", properties));
        describe(schema, proto_words(type->name));
        json_object_set_new(components, type->name, schema);
        for (unsigned i = 0; i < type->n_fields; i++) {
            field_json_name(&type->fields[i], name);
            json_object_set_new(properties, name, schema_field(components, type, &type->fields[i]));
        }
        if (type == &bus__event__descriptor)
            json_object_set_new(properties, EVENT_DATA, schema_data(components));
    }
    return packed(json_pack("{s:o}", "$ref", reference(type->name)));
}

json_t *schema_problem(void)
{
    json_t *texts = packed(json_pack("{s:s, s:{s:{s:s}, s:{s:s}, s:{s:s}}}", "type", "object", "properties", "fi", "type", "string", "sv",
                                     "type", "string", "en", "type", "string"));
    json_t *facts = packed(json_pack("{s:s, s:{s:s}, s:s}", "type", "object", "additionalProperties", "type", "string", "description",
                                     "What the refusal was based on, by name."));
    json_t *members = packed(
        json_pack("{s:{s:s, s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s, s:s}, s:{s:s, s:s}, s:o, s:o, s:{s:s, s:s}}", "type", "type", "string",
                  "format", "uri", "title", "type", "string", "status", "type", "integer", "detail", "type", "string", "rule", "type",
                  "string", "description", "Stable id of the rule that said no.", "field", "type", "string", "description",
                  "The offending field, where there is one.", "facts", facts, "texts", texts, "traceId", "type", "string", "description",
                  "The request's traceparent, or a new one: a 500 or 504 is in the logs under it, a refusal is not."));
    return packed(json_pack("{s:s, s:s, s:o, s:[s,s,s,s]}", "type", "object", "description", "A problem document (RFC 9457).", "properties",
                            members, "required", "type", "title", "status", "rule"));
}
