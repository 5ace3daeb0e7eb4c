/* The OpenAPI document that is made of the route table and the contract: whole, with its words and bounds, and asking nothing twice. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "gateway.pb-c.h"
#include "proto/words.h"
#include "services/gateway/route/openapi.h"

static void check_references(const json_t *document, const json_t *at)
{
    const char *key;
    json_t *value;
    size_t i;
    json_array_foreach((json_t *)(uintptr_t)at, i, value) check_references(document, value);
    json_object_foreach((json_t *)(uintptr_t)at, key, value)
    {
        check_references(document, value);
        if (strcmp(key, "$ref") != 0)
            continue;
        const char *name = strrchr(json_string_value(value), '/') + 1;
        const json_t *components = json_object_get(document, "components");
        bool there = json_object_get(json_object_get(components, "schemas"), name) ||
                     json_object_get(json_object_get(components, "responses"), name);
        if (!there)
            print_message("%s leads nowhere\n", json_string_value(value));
        assert_true(there);
    }
}

/* Every {name} of a path is a parameter of its operations, and every operation id is there once. */
static void check_operation(const char *path, const json_t *operation, json_t *ids)
{
    const json_t *parameter;
    size_t i, in_path = 0, braces = 0;
    const char *id = json_string_value(json_object_get(operation, "operationId"));
    assert_non_null(id);
    assert_null(json_object_get(ids, id));
    json_object_set_new(ids, id, json_true());
    json_array_foreach(json_object_get(operation, "parameters"), i, parameter)
    {
        char braced[80];
        if (strcmp(json_string_value(json_object_get(parameter, "in")), "path") != 0)
            continue;
        snprintf(braced, sizeof braced, "{%s}", json_string_value(json_object_get(parameter, "name")));
        assert_non_null(strstr(path, braced));
        in_path++;
    }
    for (const char *c = path; *c; c++)
        braces += *c == '{';
    assert_int_equal(in_path, braces);
}

static bool needs_body(const json_t *paths, const char *path, const char *verb)
{
    const json_t *body = json_object_get(json_object_get(json_object_get(paths, path), verb), "requestBody");
    assert_non_null(body);
    return json_is_true(json_object_get(body, "required"));
}

static void check_bodies(const json_t *paths)
{
    assert_true(needs_body(paths, "/api/session", "post"));
    assert_true(needs_body(paths, "/api/programmes/{programmeId}/registrations", "post"));
    assert_true(needs_body(paths, "/api/me", "put"));
    assert_false(needs_body(paths, "/api/messages/{messageId}:retry", "post"));
    assert_false(needs_body(paths, "/api/registrations/{registrationId}:cancel", "post")); /* one's own needs no reason */
}

static json_int_t most(const json_t *schemas, const char *type, const char *field)
{
    const json_t *properties = json_object_get(json_object_get(schemas, type), "properties");
    return json_integer_value(json_object_get(json_object_get(properties, field), "maxItems"));
}

/* Where the contract says how many there may be, the description says it as a number; else what any request can hold. */
static void check_bounds(const json_t *schemas)
{
    assert_int_equal(most(schemas, "notification.SendMessageRequest", "recipientId"), 500);
    assert_int_equal(most(schemas, "notification.SendMessageRequest", "attachments"), 5);
    assert_int_equal(most(schemas, "notification.CreateWebhookRequest", "types"), 40);
    assert_true(most(schemas, "notification.SendMessageRequest", "facts") > 500);
}

static void check_page_size(const json_t *paths)
{
    const json_t *get = json_object_get(json_object_get(paths, "/api/messages"), "get"), *parameter;
    size_t i, found = 0;
    json_array_foreach(json_object_get(get, "parameters"), i, parameter)
    {
        if (strcmp(json_string_value(json_object_get(parameter, "name")), "pageSize") != 0)
            continue;
        assert_int_equal(json_integer_value(json_object_get(json_object_get(parameter, "schema"), "maximum")), 200);
        found++;
    }
    assert_int_equal(found, 1);
}

/* The comments of the contract, and that the document quotes them. */
static void test_words(void **state)
{
    (void)state;
    assert_string_equal(proto_words("enrolment.Programme.cap"), "total cap over all implementations");
    assert_string_equal(proto_words("enrolment.Unit"), "study unit (opintojakso)");
    assert_non_null(strstr(proto_words("enrolment.State.STATE_HELD"), "until replyDueAt;")); /* by its name in JSON */
    assert_string_equal(proto_words("enrolment.Person.role"),
                        "teacher | principal | daycare_director | leadership_team | education_director | other"); /* values stay */
    assert_null(proto_words("enrolment.Programme.taken"));
    assert_null(proto_words("enrolment.Presence")); /* a headline of the file stands above it */
    assert_null(proto_words(""));
}

static const char *description_of(const json_t *schemas, const char *type, const char *property)
{
    const json_t *schema = json_object_get(schemas, type);
    if (property)
        schema = json_object_get(json_object_get(schema, "properties"), property);
    const char *text = json_string_value(json_object_get(schema, "description"));
    return text ? text : "";
}

static void check_words(const json_t *schemas)
{
    assert_string_equal(description_of(schemas, "enrolment.Programme", "cap"), "total cap over all implementations");
    assert_non_null(strstr(description_of(schemas, "enrolment.State", NULL), "STATE_QUEUED: on the waiting list"));
    assert_non_null(strstr(description_of(schemas, "gateway.Challenge", NULL), "ALTCHA"));
}

static bool has_parameter(const json_t *paths, const char *path, const char *verb, const char *name)
{
    const json_t *parameter;
    size_t i;
    json_array_foreach(json_object_get(json_object_get(json_object_get(paths, path), verb), "parameters"), i, parameter)
    {
        if (strcmp(json_string_value(json_object_get(parameter, "name")), name) == 0)
            return true;
    }
    return false;
}

static void check_proofs(const json_t *paths)
{
    assert_true(has_parameter(paths, "/api/programmes/{programmeId}/registrations", "post", "X-Proof-Of-Work"));
    assert_true(has_parameter(paths, "/api/programmes/{programmeId}/holds", "post", "X-Proof-Of-Work"));
    assert_true(has_parameter(paths, "/api/programmes/{programmeId}/teams", "post", "X-Proof-Of-Work"));
    assert_true(has_parameter(paths, "/api/session", "post", "X-Proof-Of-Work"));
    assert_false(has_parameter(paths, "/api/me", "put", "X-Proof-Of-Work"));
}

/* A parameter that lies in a message of the request ("preview.kind") is what the field there is. */
static void check_deep_parameters(const json_t *paths)
{
    const json_t *operation = json_object_get(json_object_get(paths, "/api/templates/{kind}/{language}:test"), "post");
    const json_t *kind = json_object_get(json_array_get(json_object_get(operation, "parameters"), 0), "schema");
    assert_true(kind && !json_object_get(kind, "format"));
}

static const json_t *parameter_schema(const json_t *paths, const char *path, const char *name)
{
    const json_t *parameter;
    size_t i;
    json_array_foreach(json_object_get(json_object_get(json_object_get(paths, path), "get"), "parameters"), i, parameter)
    {
        if (strcmp(json_string_value(json_object_get(parameter, "name")), name) == 0)
            return json_object_get(parameter, "schema");
    }
    return NULL;
}

/* Words that are the only ones allowed are an enumeration; an example is none. */
static void check_allowed(const json_t *paths)
{
    const json_t *words = json_object_get(parameter_schema(paths, "/api/moves/{machine}/{subjectId}", "machine"), "enum");
    assert_int_equal(json_array_size(words), 13);
    assert_string_equal(json_string_value(json_array_get(words, 0)), "call");
    assert_string_equal(json_string_value(json_array_get(words, 8)), "recovery");
    assert_string_equal(json_string_value(json_array_get(words, 9)), "project");
    assert_string_equal(json_string_value(json_array_get(words, 12)), "meeting");
    assert_null(json_object_get(parameter_schema(paths, "/api/calls", "pageToken"), "enum"));
}

/* A list of ids is one of UUID texts. */
static void check_lists_of_ids(const json_t *schemas)
{
    const json_t *properties = json_object_get(json_object_get(schemas, "funding.SendDecisionsRequest"), "properties");
    const json_t *ids = json_object_get(properties, "applicationIds"); /* the path says which call: it is no reference */
    if (!ids)
        ids = json_object_get(json_object_get(json_object_get(schemas, "funding.DrawMade"), "properties"), "applicationIds");
    assert_string_equal(json_string_value(json_object_get(json_object_get(ids, "items"), "format")), "uuid");
}

static size_t check_path(const char *path, json_t *operations, json_t *ids)
{
    for (void *at = json_object_iter(operations); at; at = json_object_iter_next(operations, at))
        check_operation(path, json_object_iter_value(at), ids);
    return json_object_size(operations);
}

/* What the path says is not asked for again in the body. */
static void check_no_path_fields(const json_t *document)
{
    const char *path, *verb;
    json_t *verbs, *operation, *parameter;
    size_t i;
    json_object_foreach(json_object_get(document, "paths"), path, verbs) json_object_foreach(verbs, verb, operation)
    {
        const json_t *schema = NULL;
        if (json_unpack(operation, "{s:{s:{s:{s:o}}}}", "requestBody", "content", "application/json", "schema", &schema) != 0)
            continue;
        const char *reference = json_string_value(json_object_get(schema, "$ref"));
        if (reference)
            schema = json_object_get(json_object_get(json_object_get(document, "components"), "schemas"), strrchr(reference, '/') + 1);
        json_array_foreach(json_object_get(operation, "parameters"), i, parameter)
        {
            const char *name = json_string_value(json_object_get(parameter, "name"));
            if (strcmp(json_string_value(json_object_get(parameter, "in")), "path") == 0 &&
                json_object_get(json_object_get(schema, "properties"), name))
                fail_msg("%s %s asks for %s in the body too", verb, path, name);
        }
    }
}

static void test_document(void **state)
{
    static const struct page PAGES[] = {
        {"/api/live/seats", "text/event-stream", "programmeId", "Streams.", NULL, NULL, NULL},
        {"/api/challenge", "application/json", NULL, "Gives.", &gateway__challenge__descriptor, NULL, NULL}};
    char *text = openapi_text(PAGES, 2);
    json_t *document = json_loads(text, 0, NULL), *ids = json_object(), *paths = json_object_get(document, "paths");
    size_t count, found = 0;
    (void)state;
    assert_string_equal(json_string_value(json_object_get(document, "openapi")), "3.1.0");
    for (void *at = json_object_iter(paths); at; at = json_object_iter_next(paths, at))
        found += check_path(json_object_iter_key(at), json_object_iter_value(at), ids);
    (void)routes_table(&count);
    assert_int_equal(found, count + 2);
    check_references(document, document);
    check_bodies(paths);
    check_no_path_fields(document);
    check_page_size(paths);
    check_proofs(paths);
    check_deep_parameters(paths);
    check_allowed(paths);
    check_lists_of_ids(json_object_get(json_object_get(document, "components"), "schemas"));
    check_words(json_object_get(json_object_get(document, "components"), "schemas"));
    check_bounds(json_object_get(json_object_get(document, "components"), "schemas"));
    assert_non_null(json_object_get(paths, "/api/persons/{personId}"));
    json_decref(document);
    json_decref(ids);
    mem_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),    /* what the contract's comments say, by name */
        cmocka_unit_test(test_document), /* the OpenAPI document holds together */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
