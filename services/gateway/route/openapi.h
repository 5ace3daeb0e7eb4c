/* The API's own description, OpenAPI 3.1: made once, at start, from the route table, the pages and the descriptors of the contract. */
#ifndef HV_GATEWAY_OPENAPI_H
#define HV_GATEWAY_OPENAPI_H
#include <jansson.h>

#include "services/gateway/route/page.h"
#include "services/gateway/route/routes.h"

/* The document as text, on the heap (mem_free). */
char *openapi_text(const struct page *pages, size_t count);

/* schema.c: the schema of a value; messages and enumerations become components, added to `components` once, with all they hold.
 * New references. */
json_t *schema_field(json_t *components, const ProtobufCMessageDescriptor *type, const ProtobufCFieldDescriptor *field);
json_t *schema_message(json_t *components, const ProtobufCMessageDescriptor *type);
json_t *schema_uuid(void);
json_t *schema_problem(void);

#endif
