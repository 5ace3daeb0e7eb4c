/* What was looked for and is not there: a 404 of any route repeats the ids of its path, and the one in the body or the query that the
 * service names, so that whoever reads it in a log or a bug report knows which of them it was. */
#include <inttypes.h>

#include "common/base/utf8.h"
#include "common/base/uuid.h"
#include "services/gateway/http/answer.h"
#include "services/gateway/route/errand.h"

enum { VALUE_MOST = 128 }; /* bytes of a value that are repeated */

static void add_parameter(struct arena *arena, Bus__Problem *problem, const struct match_parameter *parameter)
{
    char name[FIELD_NAME_MAX];
    struct span value;
    if (bind_text(arena, parameter->value, false, &value) != ERR_OK)
        return;
    if (value.len > VALUE_MOST)
        value.len = VALUE_MOST;
    while (!utf8_valid(value)) /* the client's own bytes, or cut inside a character: what goes out is UTF-8 */
        value.len--;
    match_public_name(parameter->name, name);
    problem_fact(arena, problem, name, arena_text(arena, value));
}

/* The field that the service found wanting, when it is an id or a number that the request holds. */
static void add_field(struct arena *arena, Bus__Problem *problem, const ProtobufCMessage *message)
{
    const ProtobufCFieldDescriptor *field = message ? field_by_json_name(message->descriptor, span_text(problem->field)) : NULL;
    char text[UUID_TEXT];
    struct uuid id;
    if (!field || field_repeated(field))
        return;
    const void *at = (const uint8_t *)message + field->offset;
    if (field_form(field) == FORM_UINT32)
        problem_fact(arena, problem, problem->field, arena_printf(arena, "%" PRIu32, *(const uint32_t *)at));
    if (field_form(field) != FORM_UUID)
        return;
    const ProtobufCBinaryData *bytes = at;
    if (!uuid_read(&id, span_of(bytes->data, bytes->len)))
        return;
    uuid_format(id, text);
    problem_fact(arena, problem, problem->field, text);
}

const Bus__Problem *absent_problem(const struct errand *errand, const Bus__Problem *problem)
{
    struct arena *arena = errand->x->arena;
    Bus__Problem *whole = arena_alloc(arena, sizeof *whole);
    bus__problem__init(whole);
    if (problem)
        *whole = *problem;
    for (size_t i = 0; i < errand->match.count; i++)
        add_parameter(arena, whole, &errand->match.parameters[i]);
    add_field(arena, whole, errand->message);
    return whole;
}
