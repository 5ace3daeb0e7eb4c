/* Faults of what clients send, in words: rule ids for programs, three languages for people. Where a name or a type is wrong, a fact
 * says which there are: `allowed`, as the services' own rule field.word has it, and `expected`. */
#include <string.h>

#include "common/base/utf8.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/route/codec.h"

struct fault_words {
    const char *rule, *fi, *sv, *en;
};

static const struct fault_words WORDS[FAULT_COUNT] = {
    [FAULT_NONE] = {"request.invalid", "Pyyntö on virheellinen", "Begäran är felaktig", "The request is malformed"},
    [FAULT_SYNTAX] = {"request.json", "Sisältö ei ole JSONia", "Innehållet är inte JSON", "The body is not JSON"},
    [FAULT_UTF8] = {"request.utf8", "Teksti ei ole UTF-8:aa tai siinä on NUL-merkki", "Texten är inte UTF-8 eller innehåller NUL",
                    "The text is not UTF-8 or holds a NUL character"},
    [FAULT_OBJECT] = {"request.object", "Sisällön on oltava JSON-olio", "Innehållet måste vara ett JSON-objekt",
                      "The body must be a JSON object"},
    [FAULT_UNKNOWN] = {"request.field.unknown", "Tuntematon kenttä", "Okänt fält", "There is no such field"},
    [FAULT_TWICE] = {"request.field.twice", "Sama kenttä kahdesti", "Samma fält två gånger", "The same field is given twice"},
    [FAULT_TYPE] = {"request.field.type", "Arvo on väärää tyyppiä", "Värdet är av fel typ", "The value is of the wrong type"},
    [FAULT_RANGE] = {"request.field.range", "Luku on sallitun alueen ulkopuolella", "Talet är utanför det tillåtna området",
                     "The number is out of range"},
    [FAULT_UUID] = {"request.field.uuid", "Arvon on oltava UUID", "Värdet måste vara ett UUID", "The value must be a UUID"},
    [FAULT_TIME] = {"request.field.time", "Ajan on oltava muotoa 2026-01-31T09:00:00Z", "Tiden måste ha formen 2026-01-31T09:00:00Z",
                    "The time must look like 2026-01-31T09:00:00Z"},
    [FAULT_BASE64] = {"request.field.base64", "Arvon on oltava base64-koodattu", "Värdet måste vara base64-kodat",
                      "The value must be base64"},
    [FAULT_ENUM] = {"request.field.enum", "Arvo ei ole sallittujen joukossa", "Värdet är inte ett av de tillåtna",
                    "The value is not one of those allowed"},
    [FAULT_LONG] = {"request.field.long", "Teksti on liian pitkä", "Texten är för lång", "The text is too long"},
    [FAULT_MANY] = {"request.field.many", "Luettelossa on liian monta alkiota", "Listan har för många element",
                    "The list has too many elements"},
    [FAULT_PATH] = {"request.field.path", "Sisältö sanoo muuta kuin osoite: jätä kenttä pois",
                    "Innehållet säger annat än adressen: utelämna fältet", "The body says otherwise than the path: leave the field out"},
    [FAULT_DEEP] = {"request.deep", "Sisältö on liian syvästi sisäkkäinen", "Innehållet är för djupt nästlat",
                    "The body is nested too deeply"},
};

/* STATE_UNKNOWN, NONE: the name of a field that was left out. */
static bool is_nothing(const ProtobufCEnumValue *value)
{
    const char *last = strrchr(value->name, '_');
    return value->value == 0 && (strcmp(value->name, "NONE") == 0 || strcmp(last ? last : "", "_UNKNOWN") == 0);
}

/* The names of the enumeration: "STATE_SEATED, STATE_QUEUED". */
static const char *allowed_names(struct arena *arena, const ProtobufCEnumDescriptor *type)
{
    const char *all = "";
    for (unsigned i = 0; i < type->n_values; i++) {
        if (!is_nothing(&type->values[i]))
            all = arena_printf(arena, "%s%s%s", all, *all ? ", " : "", type->values[i].name);
    }
    return all;
}

/* What a value of the field is in JSON. */
static const char *expected_value(const ProtobufCFieldDescriptor *field)
{
    switch (field_form(field)) {
    case FORM_BOOL:
        return "boolean";
    case FORM_INT32:
    case FORM_UINT32:
    case FORM_INT64:
    case FORM_UINT64:
        return "integer";
    case FORM_DOUBLE:
        return "number";
    case FORM_TIME:
        return "string: date-time";
    case FORM_TEXT:
        return "string";
    case FORM_UUID:
        return "string: UUID";
    case FORM_BYTES:
        return "string: base64";
    case FORM_ENUM:
        return "string: a name of those allowed";
    case FORM_MESSAGE:
        return "object";
    }
    return "";
}

static void say_what_belongs(struct arena *arena, Bus__Problem *problem, const struct codec_fault *fault)
{
    const ProtobufCFieldDescriptor *field = fault->about;
    if (!field || (fault->fault != FAULT_TYPE && fault->fault != FAULT_ENUM))
        return;
    if (fault->fault == FAULT_TYPE)
        problem_fact(arena, problem, "expected", fault->whole_list ? "array" : expected_value(field));
    if (!fault->whole_list && field_form(field) == FORM_ENUM)
        problem_fact(arena, problem, "allowed", allowed_names(arena, field->descriptor));
}

Bus__Problem *codec_problem(struct arena *arena, const struct codec_fault *fault)
{
    const struct fault_words *words = &WORDS[fault->fault];
    struct span field = span_text(fault->field);
    while (!utf8_valid(field)) /* the client's own bytes, or cut inside a character: what goes out is UTF-8 */
        field.len--;
    Bus__Problem *problem = problem_make(arena, words->rule, arena_text(arena, field), words->fi, words->sv, words->en);
    say_what_belongs(arena, problem, fault);
    return problem;
}
