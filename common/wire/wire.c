/* Messages to bytes and back. Sealing packs straight into the outgoing buffer and encrypts in place; opening decrypts onto
 * the arena and decodes from there, so a message is copied as seldom as protobuf-c allows.
 *
 * Whatever is decoded is scanned first (scan.c), because protobuf-c trusts: it recurses as deep as the bytes say and takes
 * any bytes for text. */
#include <assert.h>

#include "common/base/alloc.h"
#include "common/wire/limits.h"
#include "common/wire/scan.h"
#include "common/wire/seal.h"
#include "common/wire/wire.h"

void wire_seal(const struct seal *seal, const char *topic, const ProtobufCMessage *message, struct buf *out)
{
    size_t topic_len = strlen(topic) + 1; /* with its NUL */
    size_t len = protobuf_c_message_get_packed_size(message);

    assert(topic_len <= WIRE_TOPIC_MAX);
    buf_clear(out);
    uint8_t *start = buf_extend(out, topic_len + SEAL_NONCE + len + SEAL_TAG);
    uint8_t *nonce = start + topic_len, *text = nonce + SEAL_NONCE;
    memcpy(start, topic, topic_len);
    if (protobuf_c_message_pack(message, text) != len)
        bug("a message changed while it was packed");
    seal_close(seal, span_of(start, topic_len), nonce, text, len);
}

/* Splits topic (with its NUL) from the rest; false when there is none or it is another one. */
static bool topic_read(struct span sealed, const char *prefix, struct span *topic)
{
    size_t prefix_len = strlen(prefix);
    const uint8_t *end = memchr(sealed.data, '\0', sealed.len < WIRE_TOPIC_MAX ? sealed.len : WIRE_TOPIC_MAX);

    if (!end)
        return false;
    *topic = span_of(sealed.data, (size_t)(end - sealed.data) + 1);
    return topic->len > prefix_len && memcmp(topic->data, prefix, prefix_len) == 0;
}

static enum err unpack_scanned(struct arena *arena, struct span packed, const ProtobufCMessageDescriptor *type, ProtobufCMessage **out)
{
    if (!scan_message(packed, type))
        return ERR_INVALID;
    *out = protobuf_c_message_unpack(type, wire_allocator(arena), packed.len, packed.data);
    return *out ? ERR_OK : ERR_INVALID;
}

enum err wire_open(const struct seal *seal, struct span sealed, const char *topic_prefix, struct span *topic_out, struct arena *arena,
                   const ProtobufCMessageDescriptor *type, ProtobufCMessage **out)
{
    struct span topic;

    if (sealed.len == 0 || sealed.len > WIRE_MESSAGE_MAX || !topic_read(sealed, topic_prefix, &topic))
        return ERR_INVALID;
    struct span rest = span_of(sealed.data + topic.len, sealed.len - topic.len);
    if (rest.len < SEAL_NONCE + SEAL_TAG)
        return ERR_INVALID;
    struct span text = span_of(rest.data + SEAL_NONCE, rest.len - SEAL_NONCE);
    size_t len = text.len - SEAL_TAG;
    uint8_t *plain = arena_alloc(arena, len);
    if (!seal_open(seal, topic, rest.data, text, plain))
        return ERR_INVALID;
    if (topic_out)
        *topic_out = span_of(topic.data, topic.len - 1);
    return unpack_scanned(arena, span_of(plain, len), type, out);
}

void wire_answer_topic(const char *prefix, struct span sealed, char out[WIRE_TOPIC_MAX])
{
    static const char digits[] = "0123456789abcdef";
    size_t at = strlen(prefix);

    assert(sealed.len > SEAL_TAG && at + (size_t)2 * SEAL_TAG + 2 <= WIRE_TOPIC_MAX);
    memcpy(out, prefix, at);
    for (const uint8_t *tag = sealed.data + sealed.len - SEAL_TAG; tag < sealed.data + sealed.len; tag++) {
        out[at++] = digits[*tag >> 4];
        out[at++] = digits[*tag & 15];
    }
    out[at++] = '.';
    out[at] = '\0';
}

struct span wire_pack(struct arena *arena, const ProtobufCMessage *message)
{
    size_t len = protobuf_c_message_get_packed_size(message);
    uint8_t *data = arena_alloc(arena, len);

    if (protobuf_c_message_pack(message, data) != len)
        bug("a message changed while it was packed");
    return span_of(data, len);
}

enum err wire_unpack(struct arena *arena, struct span packed, const ProtobufCMessageDescriptor *type, ProtobufCMessage **out)
{
    static const uint8_t nothing[1];

    if (packed.len > WIRE_PAYLOAD_MAX)
        return ERR_TOO_LARGE;
    if (!packed.data)
        packed.data = nothing;
    return unpack_scanned(arena, packed, type, out);
}

static void *allocator_take(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void allocator_give(void *arena, void *p)
{
    (void)arena;
    (void)p;
}

ProtobufCAllocator *wire_allocator(struct arena *arena)
{
    ProtobufCAllocator *allocator = arena_alloc(arena, sizeof *allocator);

    *allocator = (ProtobufCAllocator){.alloc = allocator_take, .free = allocator_give, .allocator_data = arena};
    return allocator;
}
