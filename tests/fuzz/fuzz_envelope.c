/* Fuzz entry for everything that is decoded from the bus: arbitrary bytes as each message that crosses a process border. What
 * is taken must survive being packed and taken again, and every text in it must be UTF-8 of a C string's length. The seal is
 * fuzzed too, though only bytes that happen to be sealed with the key get past it.
 *
 * Run: build with HV_FUZZ=ON, then `fuzz_envelope -max_total_time=60 -max_len=4096`. */
#include <stdlib.h>

#include "common/base/alloc.h"
#include "common/base/utf8.h"
#include "common/wire/wire.h"
#include "envelope.pb-c.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const ProtobufCMessageDescriptor *const types[] = {
    &bus__request_batch__descriptor, &bus__packed_reply_batch__descriptor, &bus__reply__descriptor,         &bus__event_batch__descriptor,
    &bus__heartbeat__descriptor,     &bus__fetch_reply__descriptor,        &bus__health_report__descriptor, &bus__dead_list__descriptor,
};

static void check_message(const ProtobufCMessage *message);

static void check_value(const ProtobufCFieldDescriptor *field, const void *value)
{
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        const char *text = *(const char *const *)value;
        if (text && !utf8_valid(span_text(text)))
            bug("a string that is not UTF-8 got through");
    } else if (field->type == PROTOBUF_C_TYPE_MESSAGE && *(const ProtobufCMessage *const *)value) {
        check_message(*(const ProtobufCMessage *const *)value);
    }
}

static void check_message(const ProtobufCMessage *message)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        const uint8_t *at = (const uint8_t *)message + field->offset;
        if (field->label != PROTOBUF_C_LABEL_REPEATED) {
            check_value(field, at);
            continue;
        }
        size_t count = *(const size_t *)((const uint8_t *)message + field->quantifier_offset);
        if (field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE)
            for (size_t k = 0; k < count; k++)
                check_value(field, *(void *const *const *)at + k);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t key[32] = {1};
    struct arena *arena = arena_new(4096);
    struct seal *seal;
    ProtobufCMessage *message, *again;

    if (size < 1)
        goto free_arena;
    const ProtobufCMessageDescriptor *type = types[data[0] % (sizeof types / sizeof *types)];
    struct span packed = span_of(data + 1, size - 1);
    if (wire_unpack(arena, packed, type, &message) == ERR_OK) {
        check_message(message);
        if (wire_unpack(arena, wire_pack(arena, message), type, &again) != ERR_OK)
            bug("what was taken is not taken again");
    }
    if (seal_new(&seal, span_of(key, sizeof key)) != ERR_OK)
        bug("a key of 32 bytes is refused");
    if (wire_open(seal, packed, "rq.", NULL, arena, type, &message) == ERR_OK)
        check_message(message);
    seal_free(seal);
free_arena:
    arena_free(arena);
    return 0;
}
