/* A look at packed bytes before they are decoded: cheap, on the stack, without an allocation. */
#ifndef HV_WIRE_SCAN_H
#define HV_WIRE_SCAN_H
#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

#include "common/base/span.h"

/* True when protobuf-c may decode `packed` as `type`: every length lies inside its message, strings are UTF-8 without NUL, nesting is at
 * most WIRE_DEPTH_MAX, at most WIRE_PARTS_MAX messages lie within, and no singular message is given twice. */
bool scan_message(struct span packed, const ProtobufCMessageDescriptor *type);

#endif
