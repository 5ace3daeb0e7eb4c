/* Bodies of deliveries: for every type of the public list, with everything told and with nothing told, a JSON object of ids, states, counts
 * and moments, read by jansson. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <jansson.h>

#include "enrolment.pb-c.h"
#include "services/notification/handler/handler.h"
#include "services/notification/handler/hook.h"

#define AT_US  1767225600000000LL /* 2026-01-01T00:00:00Z */
#define SECRET "Veikko Salainen-Esimerkki"

/* Fills every field: ids with 16 bytes, texts with a name nobody may read, numbers with 1, messages in the same way. */
static void fill(struct arena *arena, ProtobufCMessage *message, unsigned depth)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        void *at = (char *)message + field->offset;
        if (field->label == PROTOBUF_C_LABEL_REPEATED || (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF))
            continue;
        if (field->type == PROTOBUF_C_TYPE_BYTES) {
            *(ProtobufCBinaryData *)at = (ProtobufCBinaryData){16, arena_alloc(arena, 16)};
            ((ProtobufCBinaryData *)at)->data[0] = (uint8_t)(i + 1);
        } else if (field->type == PROTOBUF_C_TYPE_STRING) {
            *(char **)at = arena_strdup(arena, SECRET);
        } else if (field->type == PROTOBUF_C_TYPE_INT64 || field->type == PROTOBUF_C_TYPE_UINT64) {
            *(int64_t *)at = AT_US;
        } else if (field->type == PROTOBUF_C_TYPE_MESSAGE && depth > 0) {
            ProtobufCMessage *part = arena_alloc(arena, ((const ProtobufCMessageDescriptor *)field->descriptor)->sizeof_message);
            protobuf_c_message_init(field->descriptor, part);
            fill(arena, part, depth - 1);
            *(ProtobufCMessage **)at = part;
        } else if (field->type != PROTOBUF_C_TYPE_MESSAGE) {
            *(int32_t *)at = 1;
        }
    }
}

static json_t *body_of(struct arena *arena, const struct work_case *kase, bool full)
{
    ProtobufCMessage *message = arena_alloc(arena, kase->request->sizeof_message);
    json_error_t error;

    protobuf_c_message_init(kase->request, message);
    if (full)
        fill(arena, message, 2);
    const struct span body = hook_body_of(arena, kase->name, message, AT_US);
    json_t *json = json_loadb((const char *)body.data, body.len, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL)
        fail_msg("%s: %s: %.*s", kase->name, error.text, (int)body.len, (const char *)body.data);
    return json;
}

/* "enrolment.SeatTaken.v1" is "enrolment.seat_taken". */
static void type_of(const char *event, char *out)
{
    const char *name = strchr(event, '.') + 1, *end = strrchr(event, '.');

    out += sprintf(out, "%.*s", (int)(name - event), event);
    for (const char *p = name; p < end; p++) {
        if (*p >= 'A' && *p <= 'Z' && p > name)
            *out++ = '_';
        *out++ = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
    }
    *out = '\0';
}

static void check_value(const char *type, const char *name, const json_t *value)
{
    const size_t len = strlen(name);
    const bool id = len > 2 && strcmp(name + len - 2, "Id") == 0, moment = len > 2 && strcmp(name + len - 2, "At") == 0;

    if (id && json_string_length(value) != 36)
        fail_msg("%s: %s is no id", type, name);
    if (moment)
        assert_string_equal(json_string_value(value), "2026-01-01T00:00:00.000000Z");
    if (json_is_string(value) && !id && !moment)
        for (const char *p = json_string_value(value); *p != '\0'; p++)
            if (!((*p >= 'A' && *p <= 'Z') || *p == '_'))
                fail_msg("%s: %s is no state: %s", type, name, json_string_value(value));
    assert_false(json_is_object(value) || json_is_array(value) || json_is_null(value));
}

static size_t check_case(const struct work_case *kase, bool full)
{
    struct arena *arena = arena_new(4096);
    json_t *json = body_of(arena, kase, full), *data = json_object_get(json, "data");
    char type[100];
    const char *name;
    json_t *value;

    type_of(kase->name, type);
    assert_string_equal(json_string_value(json_object_get(json, "type")), type);
    assert_true(hook_type_known(type));
    assert_string_equal(json_string_value(json_object_get(json, "timestamp")), "2026-01-01T00:00:00.000000Z");
    assert_int_equal(json_object_size(json), 3);
    assert_true(json_is_object(data));
    json_object_foreach(data, name, value)
    {
        check_value(type, name, value);
    }
    const size_t members = json_object_size(data);
    json_decref(json);
    arena_free(arena);
    return members;
}

/* The cases of handler.c that tell webhooks, by the list. */
static bool hooked(const struct work_case *kase)
{
    char type[100];

    type_of(kase->name, type);
    return hook_type_known(type);
}

static void test_hook_bodies(void **state)
{
    size_t count, found = 0, types = 0;
    const struct work_case *cases = notification_event_cases(&count);

    (void)state;
    while (hook_type(types) != NULL)
        types++;
    for (size_t i = 0; i < count; i++) {
        if (!hooked(&cases[i]))
            continue;
        found++;
        assert_true(check_case(&cases[i], true) > 0);
        (void)check_case(&cases[i], false);
    }
    assert_int_equal(found, types); /* every type of the list has an event that this service hears */
    assert_true(types >= 20);
}

static void test_hook_tells_no_words(void **state)
{
    size_t count;
    const struct work_case *cases = notification_event_cases(&count);
    struct arena *arena = arena_new(4096);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        if (!hooked(&cases[i]))
            continue;
        json_t *json = body_of(arena, &cases[i], true);
        char *text = json_dumps(json, 0);
        if (strstr(text, "Salainen") != NULL)
            fail_msg("%s tells somebody's words: %s", cases[i].name, text);
        free(text);
        json_decref(json);
    }
    arena_free(arena);
}

static void test_hook_types(void **state)
{
    (void)state;
    assert_true(hook_type_known("enrolment.seat_taken"));
    assert_false(hook_type_known("enrolment.SeatTaken.v1"));
    assert_false(hook_type_known("enrolment.person_stored")); /* names and addresses */
    assert_false(hook_type_known("enrolment.announced"));     /* a coordinator's words */
    assert_false(hook_type_known(HOOK_TEST_TYPE));
    assert_false(hook_type_known(""));
}

static void test_hook_test_body(void **state)
{
    struct arena *arena = arena_new(4096);
    const struct span body = hook_test_body(arena, (struct uuid){{0x12}}, AT_US);

    (void)state;
    assert_true(
        span_equal(body, span_text("{\"type\":\"webhook.test\",\"timestamp\":\"2026-01-01T00:00:00.000000Z\",\"data\":{\"webhookId\":"
                                   "\"12000000-0000-0000-0000-000000000000\"}}")));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hook_bodies),         /* of every type: JSON of ids, states, counts and moments, full or empty */
        cmocka_unit_test(test_hook_tells_no_words), /* no name, reason or text of the event is in it */
        cmocka_unit_test(test_hook_types),          /* what can be subscribed to, and what cannot */
        cmocka_unit_test(test_hook_test_body),      /* of webhook.test */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
