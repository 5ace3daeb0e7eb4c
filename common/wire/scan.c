/* The scan walks the wire format along the message's descriptor, one field at a time, before protobuf-c does. It keeps out
 * what would hurt there: nesting that eats the stack, text that is not UTF-8 or ends early at a NUL, millions of empty parts that grow to a
 * hundred times their size, and singular messages repeated many times, which protobuf-c merges pairwise (quadratic in an arena). */
#include "common/base/utf8.h"
#include "common/wire/limits.h"
#include "common/wire/scan.h"

/* Wire types of the encoding; 3 and 4 (groups) are not proto3 and end the scan. */
enum { SCAN_VARINT = 0, SCAN_FIXED64 = 1, SCAN_BYTES = 2, SCAN_FIXED32 = 5 };

struct scan {
    const uint8_t *at, *end;
    unsigned *parts; /* messages seen so far, all levels */
    unsigned depth;
};

static bool scan_level(struct scan scan, const ProtobufCMessageDescriptor *type);

/* At most ten bytes; bits past 64 fall off, as in protobuf-c. */
static bool scan_varint(struct scan *scan, uint64_t *out)
{
    uint64_t value = 0;

    for (unsigned shift = 0; shift < 70; shift += 7) {
        if (scan->at == scan->end)
            return false;
        uint8_t byte = *scan->at++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0) {
            *out = value;
            return true;
        }
    }
    return false;
}

static bool scan_skip(struct scan *scan, uint64_t len)
{
    if (len > (uint64_t)(scan->end - scan->at))
        return false;
    scan->at += len;
    return true;
}

static bool scan_part(const struct scan *scan, struct span bytes, const ProtobufCFieldDescriptor *field)
{
    if (scan->depth == WIRE_DEPTH_MAX || ++*scan->parts > WIRE_PARTS_MAX)
        return false;
    return scan_level((struct scan){bytes.data, bytes.data + bytes.len, scan->parts, scan->depth + 1}, field->descriptor);
}

/* Bytes of a known field. seen: one bit for each field of this level, set for singular messages. */
static bool scan_bytes(const struct scan *scan, struct span bytes, const ProtobufCMessageDescriptor *type,
                       const ProtobufCFieldDescriptor *field, uint64_t *seen)
{
    if (field->type == PROTOBUF_C_TYPE_STRING)
        return utf8_valid(bytes) && (bytes.len == 0 || !memchr(bytes.data, '\0', bytes.len));
    if (field->type != PROTOBUF_C_TYPE_MESSAGE)
        return true;
    if (field->label != PROTOBUF_C_LABEL_REPEATED) {
        size_t index = (size_t)(field - type->fields);
        uint64_t bit = UINT64_C(1) << index % 64;
        if (seen[index / 64] & bit)
            return false;
        seen[index / 64] |= bit;
    }
    return scan_part(scan, bytes, field);
}

static bool scan_field(struct scan *scan, const ProtobufCMessageDescriptor *type, uint64_t *seen)
{
    uint64_t key, value;

    if (!scan_varint(scan, &key) || key >> 3 == 0 || key >> 3 > 0x1fffffff)
        return false;
    switch (key & 7) {
    case SCAN_VARINT:
        return scan_varint(scan, &value);
    case SCAN_FIXED64:
        return scan_skip(scan, 8);
    case SCAN_FIXED32:
        return scan_skip(scan, 4);
    case SCAN_BYTES:
        break;
    default: /* a number from outside, not one of our enums */
        return false;
    }
    if (!scan_varint(scan, &value))
        return false;
    const uint8_t *start = scan->at;
    if (!scan_skip(scan, value))
        return false;
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field(type, (unsigned)(key >> 3));
    return !field || scan_bytes(scan, span_of(start, (size_t)value), type, field, seen);
}

static bool scan_level(struct scan scan, const ProtobufCMessageDescriptor *type)
{
    uint64_t seen[type->n_fields / 64 + 1]; /* as long as our own schema says, never as a sender does */

    memset(seen, 0, sizeof seen);
    while (scan.at < scan.end)
        if (!scan_field(&scan, type, seen))
            return false;
    return true;
}

bool scan_message(struct span packed, const ProtobufCMessageDescriptor *type)
{
    unsigned parts = 0;

    return scan_level((struct scan){packed.data, packed.data + packed.len, &parts, 1}, type);
}
