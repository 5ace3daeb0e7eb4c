/* The JSON codec: proto3 JSON to a message and back, for every message of the contract, by its descriptor.
 * Left out when empty: texts, times, ids, other bytes, absent messages. Always there: numbers, booleans, enums, lists. */
#ifndef HV_GATEWAY_CODEC_H
#define HV_GATEWAY_CODEC_H
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/err.h"
#include "envelope.pb-c.h"
#include "services/gateway/route/field.h"

#define CODEC_FIELD_MAX 160 /* bytes of "units[2].title.fi"; longer paths are cut */

/* What is wrong with something a client sent. */
enum fault {
    FAULT_NONE,
    FAULT_SYNTAX,  /* not JSON */
    FAULT_UTF8,    /* not UTF-8, or holds a NUL */
    FAULT_OBJECT,  /* JSON, but not an object */
    FAULT_UNKNOWN, /* no such field */
    FAULT_TWICE,   /* a name given twice */
    FAULT_TYPE,    /* a text where a number belongs, and so on */
    FAULT_RANGE,   /* a number out of its range */
    FAULT_UUID,    /* not a UUID */
    FAULT_TIME,    /* not an RFC 3339 date-time */
    FAULT_BASE64,  /* not base64 */
    FAULT_ENUM,    /* not a name of the enumeration */
    FAULT_LONG,    /* a text past CODEC_TEXT_MAX bytes */
    FAULT_MANY,    /* a list past WIRE_REPEATED_MAX elements */
    FAULT_DEEP,    /* nested past WIRE_DEPTH_MAX */
    FAULT_PATH,    /* the body says otherwise than the path */
    FAULT_COUNT
};
#define CODEC_TEXT_MAX (16 * 1024)

struct codec_fault {
    enum fault fault;
    char field[CODEC_FIELD_MAX]; /* which one; "" for the whole */
    /* what belongs there, where it is known: the problem says it */
    const ProtobufCFieldDescriptor *about;
    bool whole_list; /* a list is missing, rather than an element wrong */
};

/* Appends the JSON object of the message. */
void codec_encode(struct buf *out, const ProtobufCMessage *message);

/* Sets the fields that the JSON object names; the others stay as they are. Empty text counts as {}. What is made lives in the arena.
 * ERR_INVALID: fault says what and where. */
enum err codec_decode(struct arena *arena, struct span json, ProtobufCMessage *message, struct codec_fault *fault) MUST_CHECK;

/* Sets one field, not a message and not repeated, from a parameter's text. */
enum fault codec_set(struct arena *arena, ProtobufCMessage *message, const ProtobufCFieldDescriptor *field, struct span text);

/* A fresh message of the type. */
ProtobufCMessage *codec_new(struct arena *arena, const ProtobufCMessageDescriptor *type);

/* The fault in words. */
Bus__Problem *codec_problem(struct arena *arena, const struct codec_fault *fault);

#endif
