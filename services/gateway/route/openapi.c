/* Paths, parameters, answers. jansson keeps the order in which members are added, so the document reads in the order of the table. */
#include "services/gateway/route/openapi.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/alloc.h"
#include "envelope.pb-c.h"
#include "services/gateway/route/match.h"
#include "services/gateway/route/proof.h"

enum { NAME_MAX_BYTES = 64, PATH_MAX_BYTES = 160 };

static json_t *packed(json_t *json)
{
    if (!json)
        bug("the OpenAPI document cannot be built");
    return json;
}

/* The next {name} of a pattern; NULL: none. */
static const char *next_parameter(const char *path, size_t *len)
{
    const char *open = strchr(path, '{');
    if (!open)
        return NULL;
    *len = strcspn(open + 1, "}");
    return open + 1;
}

static void public_path(const char *path, char out[PATH_MAX_BYTES])
{
    size_t at = 0, len;
    while (*path && at < PATH_MAX_BYTES - NAME_MAX_BYTES) {
        const char *name = *path == '{' ? next_parameter(path, &len) : NULL;
        if (!name) {
            out[at++] = *path++;
            continue;
        }
        char shown[FIELD_NAME_MAX];
        match_public_name(span_of(name, len), shown);
        at += (size_t)snprintf(out + at, PATH_MAX_BYTES - at, "{%s}", shown);
        path = name + len + 1;
    }
    out[at] = 0;
}

static json_t *parameter(const char *name, const char *in, bool required, json_t *schema, const char *description)
{
    json_t *p = packed(json_pack("{s:s, s:s, s:b, s:o}", "name", name, "in", in, "required", required, "schema", schema));
    if (description)
        json_object_set_new(p, "description", json_string(description));
    return p;
}

static json_t *path_schema(json_t *components, const struct route *route, const char *name, size_t len)
{
    if (len == strlen("service") && memcmp(name, "service", len) == 0)
        return packed(json_pack("{s:s, s:[s,s,s]}", "type", "string", "enum", "enrolment", "notification", "funding"));
    const ProtobufCMessageDescriptor *type = route_method(route)->input;
    const char *dot = memchr(name, '.', len); /* a field of a field: "person.id" */
    const size_t outer = dot ? (size_t)(dot - name) : 0;
    if (dot)
        type = field_by_json_name(type, span_of(name, outer))->descriptor;
    const ProtobufCFieldDescriptor *field = field_by_json_name(type, dot ? span_of(dot + 1, len - outer - 1) : span_of(name, len));
    return field ? schema_field(components, type, field) : schema_uuid();
}

static bool in_path(const struct route *route, const char *name)
{
    char braced[2 * FIELD_NAME_MAX + 2];
    snprintf(braced, sizeof braced, "{%s}", name);
    return strstr(route->path, braced) != NULL;
}

static void query_parameters(json_t *components, const struct route *route, json_t *parameters)
{
    const ProtobufCMessageDescriptor *type = route_method(route)->input;
    char name[FIELD_NAME_MAX];
    for (unsigned i = 0; !route->body && i < type->n_fields; i++) {
        field_json_name(&type->fields[i], name);
        if (in_path(route, name) || route_fixes(route, span_text(name)) || field_repeated(&type->fields[i]) ||
            type->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
            continue;
        json_array_append_new(parameters, parameter(name, "query", false, schema_field(components, type, &type->fields[i]), NULL));
    }
}

static void header_parameters(const struct route *route, json_t *parameters)
{
    if (strcmp(route->verb, "GET") != 0 && !(route->flags & ROUTE_NO_KEY))
        json_array_append_new(parameters,
                              parameter("Idempotency-Key", "header", true,
                                        packed(json_pack("{s:s, s:i, s:i}", "type", "string", "minLength", 1, "maxLength", 64)),
                                        "Unique per account and request; the same key again gives the same answer and no second effect."));
    if (route->flags & ROUTE_IF_MATCH)
        json_array_append_new(parameters, parameter("If-Match", "header", true,
                                                    packed(json_pack("{s:s, s:s}", "type", "string", "pattern", "^\"[0-9]+\"$")),
                                                    "The ETag of what is to be changed."));
    if (route->flags & ROUTE_PROOF)
        json_array_append_new(
            parameters,
            parameter(PROOF_HEADER, "header", false,
                      packed(json_pack("{s:s, s:i, s:s}", "type", "string", "maxLength", PROOF_TEXT_MOST, "contentEncoding", "base64")),
                      "A solved challenge of " PROOF_PATH ": base64 of JSON with algorithm, challenge, number, salt and"
                      " signature. Good for one request. Staff need none, nor does anybody where that path says 404."));
}

static json_t *route_parameters(json_t *components, const struct route *route)
{
    json_t *parameters = json_array();
    size_t len;
    for (const char *name = route->path; (name = next_parameter(name, &len)); name += len) {
        char shown[FIELD_NAME_MAX];
        match_public_name(span_of(name, len), shown);
        json_array_append_new(parameters, parameter(shown, "path", true, path_schema(components, route, name, len), NULL));
    }
    query_parameters(components, route, parameters);
    header_parameters(route, parameters);
    return parameters;
}

static json_t *content(const char *type, json_t *schema)
{
    return packed(json_pack("{s:{s:o}}", type, "schema", schema));
}

/* The media types of a route that answers a file, by how its path ends; an export comes as either of two. */
static json_t *file_content(const struct route *route)
{
    static const struct {
        const char *end, *type;
    } ENDS[] = {{".ics", "text/calendar"},
                {".pdf", "application/pdf"},
                {".html", "text/html"},
                {".atom", "application/atom+xml"},
                {".rss", "application/rss+xml"},
                {":export", "text/csv"},
                {":export", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};
    size_t len = strlen(route->path);
    json_t *types = json_object();
    for (size_t i = 0; i < sizeof ENDS / sizeof ENDS[0]; i++) {
        size_t end = strlen(ENDS[i].end);
        if (len > end && strcmp(route->path + len - end, ENDS[i].end) == 0)
            json_object_set_new(types, ENDS[i].type, json_object());
    }
    if (json_object_size(types) == 0)
        json_object_set_new(types, "application/octet-stream", json_object());
    return types;
}

static json_t *route_content(json_t *components, const struct route *route)
{
    const ProtobufCMessageDescriptor *type = route_method(route)->output;
    return type == &bus__file__descriptor ? file_content(route) : content("application/json", schema_message(components, type));
}

static json_t *route_responses(json_t *components, const struct route *route)
{
    const char *status = route->flags & ROUTE_CREATED ? "201" : "200";
    return packed(json_pack("{s:{s:s, s:o}, s:{s:s}, s:{s:s}}", status, "description", route->flags & ROUTE_CREATED ? "Made." : "Done.",
                            "content", route_content(components, route), "4XX", "$ref", "#/components/responses/Problem", "5XX", "$ref",
                            "#/components/responses/Problem"));
}

/* Two services may have a method of the same name: that of the service which stands later in the table is called by both names. */
static bool name_taken(const struct route *rows, size_t row, const char *method)
{
    for (size_t i = 0; i < row; i++)
        if (strcmp(rows[i].call, rows[row].call) != 0 && strcmp(strchr(rows[i].call, '.') + 1, method) == 0)
            return true;
    return false;
}

/* The method's name in lower camel case; the second route of the same method is "...ById". */
static json_t *operation_id(const struct route *rows, size_t row)
{
    const char *call = rows[row].call, *method = strchr(call, '.') + 1;
    bool again = false;
    for (size_t i = 0; i < row; i++)
        again |= strcmp(rows[i].call, call) == 0;
    if (name_taken(rows, row, method))
        return packed(json_sprintf("%.*s%s%s", (int)(method - 1 - call), call, method, again ? "ById" : ""));
    return packed(json_sprintf("%c%s%s", tolower((unsigned char)method[0]), method + 1, again ? "ById" : ""));
}

static const char *route_tag(const struct route *route)
{
    switch (route->home) {
    case ROUTE_ENROLMENT:
        return "enrolment";
    case ROUTE_NOTIFICATION:
        return "messages";
    case ROUTE_FUNDING:
        return "funding";
    case ROUTE_NAMED:
        return "events";
    case ROUTE_GATEWAY:
        return "accounts";
    }
    return "";
}

static json_t *route_security(const struct route *route)
{
    if (route->access == ROUTE_PUBLIC)
        return json_array();
    return packed(json_pack("[{s:[]}, {s:[]}]", "cookie", "bearer"));
}

/* Who may, in words, behind the summary. */
static const char *access_words(enum route_access access)
{
    switch (access) {
    case ROUTE_PUBLIC:
        return "For everybody.";
    case ROUTE_PARTICIPANT:
        return "For whoever has signed in.";
    case ROUTE_COORDINATOR:
        return "For coordinators and admins.";
    case ROUTE_ADMIN:
        return "For admins.";
    case ROUTE_STAFF:
        return "For coordinators, preparers, secretaries and admins.";
    case ROUTE_NAMES:
        return "For preparers and admins.";
    case ROUTE_MOVES:
        return "For evaluators, preparers, presenting officials, decision-makers, secretaries and admins.";
    case ROUTE_LETTERS:
        return "For preparers, decision-makers, secretaries and admins.";
    case ROUTE_FILING:
        return "For applicants and preparers.";
    case ROUTE_SECRETARY:
        return "For secretaries.";
    case ROUTE_BOARD_MEMBER:
        return "For board members.";
    case ROUTE_BOARD:
        return "For board members and secretaries.";
    case ROUTE_MUNICIPAL:
        return "For preparers, presenting officials, secretaries and admins.";
    case ROUTE_REGISTRY:
        return "For secretaries and admins.";
    case ROUTE_APPLICANT:
        return "For applicants.";
    case ROUTE_EVALUATOR:
        return "For evaluators.";
    case ROUTE_PREPARER:
        return "For preparers.";
    case ROUTE_PRESENTER:
        return "For presenting officials.";
    case ROUTE_DECIDER:
        return "For decision-makers.";
    case ROUTE_OFFICIAL:
        return "For evaluators, preparers, presenting officials, decision-makers and admins.";
    }
    return "";
}

/* Some field of the message comes neither from the path nor from who asks; whether each is needed, the service says. */
static bool needs_body(const struct route *route, const ProtobufCMessageDescriptor *type)
{
    char name[FIELD_NAME_MAX];
    for (unsigned i = 0; i < type->n_fields; i++) {
        field_json_name(&type->fields[i], name);
        if (!in_path(route, name) && strcmp(name, "reason") != 0 && strcmp(name, "stop") != 0)
            return true;
    }
    return false;
}

/* The body's schema without what the path says. Such a schema is one route's own, so it stands in the operation, and its component goes
 * unless another one refers to it already. */
static json_t *body_schema(json_t *components, const struct route *route, const ProtobufCFieldDescriptor *field)
{
    const ProtobufCMessageDescriptor *input = route_method(route)->input, *type = field ? field->descriptor : input;
    char name[FIELD_NAME_MAX], whole[2 * FIELD_NAME_MAX];
    json_t *components_before = json_copy(components), *own = NULL;
    json_t *schema = field ? schema_field(components, input, field) : schema_message(components, type);
    const char *slash = strrchr(json_string_value(json_object_get(schema, "$ref")), '/');
    for (unsigned i = 0; i < type->n_fields; i++) {
        field_json_name(&type->fields[i], name);
        snprintf(whole, sizeof whole, "%s%s%s", route->body, route->body[0] ? "." : "", name);
        if (!in_path(route, whole) && !route_fixes(route, span_text(whole)))
            continue;
        if (!own)
            own = packed(json_deep_copy(json_object_get(components, slash + 1)));
        json_object_del(json_object_get(own, "properties"), name);
    }
    if (own && !json_object_get(components_before, slash + 1))
        json_object_del(components, slash + 1);
    json_decref(components_before);
    if (!own)
        return schema;
    json_decref(schema);
    return own;
}

static json_t *request_body(json_t *components, const struct route *route)
{
    const ProtobufCMessageDescriptor *type = route_method(route)->input;
    const ProtobufCFieldDescriptor *field = field_by_json_name(type, span_text(route->body));
    if (route->flags & ROUTE_FORM) /* of any fields: they say nothing */
        return packed(json_pack("{s:b, s:{s:{s:{s:s}}, s:{s:{s:s}}}}", "required", false, "content", "application/x-www-form-urlencoded",
                                "schema", "type", "object", "multipart/form-data", "schema", "type", "object"));
    json_t *schema = body_schema(components, route, field);
    return packed(
        json_pack("{s:b, s:o}", "required", field != NULL || needs_body(route, type), "content", content("application/json", schema)));
}

static json_t *operation(json_t *components, const struct route *rows, size_t row)
{
    const struct route *route = &rows[row];
    json_t *op = packed(json_pack("{s:[s], s:o, s:s, s:s, s:o, s:o, s:o}", "tags", route_tag(route), "operationId", operation_id(rows, row),
                                  "summary", route->summary, "description", access_words(route->access), "security", route_security(route),
                                  "parameters", route_parameters(components, route), "responses", route_responses(components, route)));
    if (route->body)
        json_object_set_new(op, "requestBody", request_body(components, route));
    return op;
}

static void add_operation(json_t *paths, const char *path, const char *verb, json_t *op)
{
    char lower[8] = "";
    for (size_t i = 0; verb[i] && i < sizeof lower - 1; i++)
        lower[i] = (char)tolower((unsigned char)verb[i]);
    if (!json_object_get(paths, path))
        json_object_set_new(paths, path, json_object());
    json_object_set_new(json_object_get(paths, path), lower, op);
}

/* "/api/live/seats" is operation "pageApiLiveSeats". */
static json_t *page_id(const char *path)
{
    char id[NAME_MAX_BYTES] = "page";
    size_t at = strlen(id);
    for (size_t i = 0; path[i] && at < sizeof id - 1; i++) {
        if (isalnum((unsigned char)path[i]))
            id[at++] = i > 0 && isalnum((unsigned char)path[i - 1]) ? path[i] : (char)toupper((unsigned char)path[i]);
    }
    return json_stringn(id, at);
}

/* Health is told in the same words whether it is good (200) or not (503). */
static json_t *health_schema(void)
{
    return packed(json_pack("{s:s, s:[s], s:{s:{s:[s,s,s]}, s:{s:s, s:s}, s:{s:s}}}", "type", "object", "required", "status", "properties",
                            "status", "enum", "pass", "warn", "fail", "output", "type", "string", "description",
                            "What is wrong and what to do next.", "checks", "type", "object"));
}

static json_t *page_responses(json_t *components, const struct page *page)
{
    bool health = strcmp(page->type, "application/health+json") == 0;
    json_t *schema = health         ? health_schema()
                     : page->answer ? schema_message(components, page->answer)
                                    : packed(json_pack("{s:s}", "type", "string"));
    json_t *responses =
        packed(json_pack("{s:{s:s, s:o}, s:{s:s}, s:{s:s}}", "200", "description", "Done.", "content", content(page->type, schema), "4XX",
                         "$ref", "#/components/responses/Problem", "5XX", "$ref", "#/components/responses/Problem"));
    if (health)
        json_object_set_new(
            responses, "503",
            packed(json_pack("{s:s, s:o}", "description", "Not well, or busy.", "content", content(page->type, health_schema()))));
    return responses;
}

static json_t *page_operation(json_t *components, const struct page *page)
{
    json_t *parameters = json_array();
    if (page->query)
        json_array_append_new(parameters, parameter(page->query, "query", true, schema_uuid(), NULL));
    return packed(json_pack("{s:[s], s:o, s:s, s:[], s:o, s:o}", "tags", "operations", "operationId", page_id(page->path), "summary",
                            page->summary, "security", "parameters", parameters, "responses", page_responses(components, page)));
}

static json_t *info(void)
{
    return packed(json_pack("{s:s, s:s, s:s, s:{s:s, s:s}}", "title", "Hakuväylä", "version", HV_VERSION, "description",
                            "Enrolment in continuing education, and the grants that pay for it. Ids are UUIDs, times RFC 3339, 64-bit "
                            "numbers text, enumerations names. "
                            "Lists page by pageToken. What is refused is answered with a problem document that names the rule.",
                            "license", "name", "EUPL-1.2", "identifier", "EUPL-1.2"));
}

static json_t *tags(void)
{
    return packed(json_pack("[{s:s, s:s}, {s:s, s:s}, {s:s, s:s}, {s:s, s:s}, {s:s, s:s}, {s:s, s:s}]", "name", "enrolment", "description",
                            "Programmes, places and their order.", "name", "funding", "description",
                            "Grant calls, applications, decisions and what follows them.", "name", "messages", "description",
                            "Mail and what became of it.", "name", "events", "description", "The event logs, for operators.", "name",
                            "accounts", "description", "Sign-in, accounts, tokens, audit.", "name", "operations", "description",
                            "Health, metrics, live streams."));
}

static json_t *security_schemes(void)
{
    return packed(json_pack("{s:{s:s, s:s, s:s, s:s}, s:{s:s, s:s, s:s}}", "cookie", "type", "apiKey", "in", "cookie", "name", "hv_session",
                            "description", "Set by signing in; writes also carry X-CSRF-Token from the session.", "bearer", "type", "http",
                            "scheme", "bearer", "description", "An API token."));
}

char *openapi_text(const struct page *pages, size_t page_count)
{
    size_t count;
    const struct route *rows = routes_table(&count);
    json_t *paths = json_object(), *schemas = json_object();
    char path[PATH_MAX_BYTES];
    for (size_t i = 0; i < count; i++) {
        public_path(rows[i].path, path);
        add_operation(paths, path, rows[i].verb, operation(schemas, rows, i));
    }
    for (size_t i = 0; i < page_count; i++) {
        if (pages[i].summary)
            add_operation(paths, pages[i].path, "GET", page_operation(schemas, &pages[i]));
    }
    json_object_set_new(schemas, "Problem", schema_problem());
    json_t *problem = packed(json_pack("{s:s}", "$ref", "#/components/schemas/Problem"));
    json_t *document = packed(json_pack("{s:s, s:o, s:[{s:s}], s:o, s:o, s:{s:o, s:{s:{s:s, s:o}}, s:o}}", "openapi", "3.1.0", "info",
                                        info(), "servers", "url", "/", "tags", tags(), "paths", paths, "components", "schemas", schemas,
                                        "responses", "Problem", "description", "It was not done, and why.", "content",
                                        content("application/problem+json", problem), "securitySchemes", security_schemes()));
    char *dumped = json_dumps(document, JSON_COMPACT);
    json_decref(document);
    if (!dumped)
        bug("the OpenAPI document is not JSON");
    char *text = mem_strdup(dumped);
    free(dumped);
    return text;
}
