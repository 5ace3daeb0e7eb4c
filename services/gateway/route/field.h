/* How a field of the contract looks in JSON: its name and its form. One place, for the codec, the binder and the OpenAPI document.
 *
 *   capacity          capacity, number          opens_us (int64)  opensAt, RFC 3339 text
 *   version (uint64)  version, text of digits   at_us             at, RFC 3339 text
 *   programme_id      programmeId, UUID text    hash (bytes)      hash, base64
 *   application_ids   applicationIds, a list of UUID texts
 */
#ifndef HV_GATEWAY_FIELD_H
#define HV_GATEWAY_FIELD_H
#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/span.h"

#define FIELD_NAME_MAX 64 /* bytes of a JSON name with its NUL; longer ones do not exist in the contract (tested) */

enum field_form {
    FORM_BOOL,
    FORM_INT32,
    FORM_UINT32,
    FORM_INT64,  /* text of digits */
    FORM_UINT64, /* text of digits */
    FORM_DOUBLE,
    FORM_TIME, /* int64 microseconds, RFC 3339 text */
    FORM_TEXT,
    FORM_UUID,  /* 16 bytes */
    FORM_BYTES, /* base64 */
    FORM_ENUM,  /* by its name */
    FORM_MESSAGE
};

enum field_form field_form(const ProtobufCFieldDescriptor *field);
size_t field_json_name(const ProtobufCFieldDescriptor *field, char out[FIELD_NAME_MAX]); /* its length */
bool field_repeated(const ProtobufCFieldDescriptor *field);
size_t field_size(const ProtobufCFieldDescriptor *field); /* bytes of one element in the message struct */
/* The field with that JSON name; NULL: none. */
const ProtobufCFieldDescriptor *field_by_json_name(const ProtobufCMessageDescriptor *type, struct span name);

#endif
