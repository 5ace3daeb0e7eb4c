/* What crosses a process border: packed protobuf, sealed with the bus key.
 *
 *   topic, NUL, nonce (24), XChaCha20-Poly1305 of the packed message, tag (16)
 *
 * The topic stays in clear (NNG's SUB filters on it) and is bound in as associated data, so a reply cannot pass for a
 * request, nor for the reply to another one. Topics end with a separator: "rq.", "rp.<tag of the request>.", "ev.<stream>.",
 * "hb.<stream>.", "sv.", "hr.".
 */
#ifndef HV_WIRE_WIRE_H
#define HV_WIRE_WIRE_H
#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/err.h"
#include "common/base/hash.h"
#include "common/base/span.h"
#include "common/wire/limits.h"

struct seal; /* the bus key; immutable, any thread */

enum err seal_new(struct seal **out, struct span key) MUST_CHECK;   /* ERR_INVALID unless 32 bytes */
enum err seal_read(struct seal **out, const char *path) MUST_CHECK; /* file with 64 hex digits; ERR_NOT_FOUND, ERR_INVALID */
void seal_free(struct seal *seal);
/* A hash that only holders of the bus key can make: for what lies in a database and could else be found by trying. */
struct hash seal_hash(const struct seal *seal, const struct span *parts, unsigned count);

/* Replaces the contents of out by the sealed message. */
void wire_seal(const struct seal *seal, const char *topic, const ProtobufCMessage *message, struct buf *out);

/* Opens a sealed message whose topic must begin with topic_prefix; the decoded message lives in the arena.
 * topic_out (may be NULL) gets the topic without its NUL, in `sealed`.
 * Returns ERR_INVALID for whatever is not ours: short, other topic, wrong seal, malformed, text that is not UTF-8. */
enum err wire_open(const struct seal *seal, struct span sealed, const char *topic_prefix, struct span *topic_out, struct arena *arena,
                   const ProtobufCMessageDescriptor *type, ProtobufCMessage **out) MUST_CHECK;

/* For the log where wire_open refuses. */
#define WIRE_DOES_NOT_OPEN "sealed with another bus key, or malformed; said once a minute, all are counted"

/* The topic of the one message that answers `sealed`: prefix, the tag of `sealed` in hex, a separator. The tag differs for any
 * two messages and cannot be made without the key, so whoever stands between the two ends cannot pass one answer for another.
 * `sealed` is a message of ours: made by wire_seal or taken by wire_open. */
void wire_answer_topic(const char *prefix, struct span sealed, char out[WIRE_TOPIC_MAX]);

/* Packed bytes <-> message, on an arena. wire_unpack also refuses strings that are not UTF-8, nesting past WIRE_DEPTH_MAX
 * and payloads over WIRE_PAYLOAD_MAX (ERR_TOO_LARGE). Unknown fields are kept, as protobuf asks. */
struct span wire_pack(struct arena *arena, const ProtobufCMessage *message);
enum err wire_unpack(struct arena *arena, struct span packed, const ProtobufCMessageDescriptor *type, ProtobufCMessage **out) MUST_CHECK;

/* protobuf-c's allocator over an arena: free does nothing. Lives as long as the arena. */
ProtobufCAllocator *wire_allocator(struct arena *arena);

#endif
