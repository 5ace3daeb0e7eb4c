/* Decoding what others packed: good messages come out whole; bad ones are refused before protobuf-c could be hurt by them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "common/base/buf.h"
#include "common/wire/limits.h"
#include "common/wire/scan.h"
#include "common/wire/wire.h"
#include "envelope.pb-c.h"

static enum err unpack(struct arena *arena, struct span packed, const ProtobufCMessageDescriptor *type, void *out)
{
    ProtobufCMessage *message = NULL;
    enum err err = wire_unpack(arena, packed, type, &message);
    if (out)
        memcpy(out, &message, sizeof message);
    return err;
}

static enum err unpack_bytes(const void *bytes, size_t len, const ProtobufCMessageDescriptor *type)
{
    struct arena *arena = arena_new(1024);
    enum err err = unpack(arena, span_of(bytes, len), type, NULL);
    arena_free(arena);
    return err;
}
#define UNPACK(literal, type) unpack_bytes(literal, sizeof literal - 1, &type)

static void test_scan_a_packed_message_comes_back_whole(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    Bus__Text text = BUS__TEXT__INIT;
    Bus__Fact fact = BUS__FACT__INIT, *facts[] = {&fact, &fact};
    Bus__Problem problem = BUS__PROBLEM__INIT, *back;
    text.fi = "Paikat ovat täynnä";
    fact.name = "capacity";
    fact.value = "20";
    problem.rule = "enrolment.full";
    problem.detail = &text;
    problem.facts = facts;
    problem.n_facts = 2;
    assert_int_equal(unpack(arena, wire_pack(arena, &problem.base), &bus__problem__descriptor, &back), ERR_OK);
    assert_string_equal(back->rule, "enrolment.full");
    assert_string_equal(back->detail->fi, "Paikat ovat täynnä");
    assert_string_equal(back->detail->sv, "");
    assert_int_equal(back->n_facts, 2);
    assert_string_equal(back->facts[1]->value, "20");
    arena_free(arena);
}

static void test_scan_an_empty_message_is_a_message(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    Bus__Request *request;
    assert_int_equal(unpack(arena, span_of(NULL, 0), &bus__request__descriptor, &request), ERR_OK);
    assert_string_equal(request->method, "");
    arena_free(arena);
}

static void test_scan_keeps_unknown_fields(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    Bus__Text *text;
    /* Field 1 and field 15, which a newer sender may know. */
    static const char bytes[] = "\x0a\x02ok\x7a\x03new";
    assert_int_equal(unpack(arena, span_of(bytes, sizeof bytes - 1), &bus__text__descriptor, &text), ERR_OK);
    assert_string_equal(text->fi, "ok");
    assert_int_equal(text->base.n_unknown_fields, 1);
    assert_true(span_equal(wire_pack(arena, &text->base), span_of(bytes, sizeof bytes - 1)));
    arena_free(arena);
}

static void test_scan_refuses_text_that_is_not_utf8(void **state)
{
    (void)state;
    assert_int_equal(UNPACK("\x0a\x02\xc3\xa4", bus__text__descriptor), ERR_OK);
    assert_int_equal(UNPACK("\x0a\x02\xc3\x28", bus__text__descriptor), ERR_INVALID);
    assert_int_equal(UNPACK("\x0a\x03"
                            "a\0b",
                            bus__text__descriptor),
                     ERR_INVALID);
    /* One level down: Problem.detail.fi; then in a repeated message: Problem.facts[0].name. */
    assert_int_equal(UNPACK("\x1a\x03\x0a\x01\xff", bus__problem__descriptor), ERR_INVALID);
    assert_int_equal(UNPACK("\x22\x03\x0a\x01\xff", bus__problem__descriptor), ERR_INVALID);
    /* bytes are not text. */
    assert_int_equal(UNPACK("\x12\x01\xff", bus__request__descriptor), ERR_OK);
}

static void test_scan_refuses_lengths_that_lie(void **state)
{
    (void)state;
    assert_int_equal(UNPACK("\x0a\x05"
                            "four",
                            bus__text__descriptor),
                     ERR_INVALID);
    /* 1 GiB claimed, and the largest number there is. */
    assert_int_equal(UNPACK("\x0a\x80\x80\x80\x80\x04x", bus__text__descriptor), ERR_INVALID);
    assert_int_equal(UNPACK("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01x", bus__text__descriptor), ERR_INVALID);
    /* A number without an end, a fixed field cut short, a group, field zero. */
    assert_int_equal(UNPACK("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", bus__event__descriptor), ERR_INVALID);
    assert_int_equal(UNPACK("\x09\x01\x02", bus__event__descriptor), ERR_INVALID);
    assert_int_equal(UNPACK("\x0b\x0c", bus__event__descriptor), ERR_INVALID);
    assert_int_equal(UNPACK("\x02\x01x", bus__event__descriptor), ERR_INVALID);
}

static void test_scan_refuses_a_field_of_another_kind(void **state)
{
    (void)state;
    /* Text.fi as a number; Event.seq as bytes. */
    assert_int_equal(UNPACK("\x08\x01", bus__text__descriptor), ERR_INVALID);
    assert_int_equal(UNPACK("\x0a\x01\x01", bus__event__descriptor), ERR_INVALID);
}

/* A message type that contains itself, as deep as the bytes say: what an attacker would look for. */
extern const ProtobufCMessageDescriptor nest;
static const ProtobufCFieldDescriptor nest_fields[] = {
    {.name = "in",
     .id = 1,
     .label = PROTOBUF_C_LABEL_REPEATED,
     .type = PROTOBUF_C_TYPE_MESSAGE,
     .quantifier_offset = sizeof(ProtobufCMessage),
     .offset = sizeof(ProtobufCMessage) + sizeof(size_t),
     .descriptor = &nest},
};
static const unsigned nest_by_name[] = {0};
static const ProtobufCIntRange nest_ranges[] = {{1, 0}, {0, 1}};
const ProtobufCMessageDescriptor nest = {
    .magic = PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC,
    .name = "nest",
    .short_name = "nest",
    .c_name = "nest",
    .package_name = "",
    .sizeof_message = sizeof(ProtobufCMessage) + sizeof(size_t) + sizeof(void *),
    .n_fields = 1,
    .fields = nest_fields,
    .fields_sorted_by_name = nest_by_name,
    .n_field_ranges = 1,
    .field_ranges = nest_ranges,
};

/* Packs `depth` messages, each inside the one before, from the inside out. */
static struct span nested(struct buf *buf, unsigned depth)
{
    struct buf inner = {0};
    for (unsigned i = 1; i < depth; i++) {
        buf_clear(buf);
        buf_u8(buf, 0x0a);
        size_t len = inner.len;
        for (; len > 127; len >>= 7)
            buf_u8(buf, (uint8_t)(len & 127) | 128);
        buf_u8(buf, (uint8_t)len);
        buf_add(buf, inner.data, inner.len);
        buf_clear(&inner);
        buf_add(&inner, buf->data, buf->len);
    }
    buf_fini(&inner);
    return buf_span(buf);
}

static void test_scan_bounds_the_nesting(void **state)
{
    (void)state;
    struct buf buf = {0};
    struct span packed = nested(&buf, WIRE_DEPTH_MAX);
    assert_int_equal(unpack_bytes(packed.data, packed.len, &nest), ERR_OK);
    packed = nested(&buf, WIRE_DEPTH_MAX + 1);
    assert_int_equal(unpack_bytes(packed.data, packed.len, &nest), ERR_INVALID);
    packed = nested(&buf, 5000);
    assert_int_equal(unpack_bytes(packed.data, packed.len, &nest), ERR_INVALID);
    buf_fini(&buf);
}

static void test_scan_bounds_the_number_of_parts(void **state)
{
    (void)state;
    struct buf buf = {0};
    for (unsigned i = 0; i < WIRE_PARTS_MAX; i++)
        buf_be16(&buf, 0x0a00);
    assert_int_equal(unpack_bytes(buf.data, buf.len, &nest), ERR_OK);
    buf_be16(&buf, 0x0a00);
    assert_int_equal(unpack_bytes(buf.data, buf.len, &nest), ERR_INVALID);
    buf_fini(&buf);
}

static void test_scan_refuses_a_singular_message_given_twice(void **state)
{
    (void)state;
    /* Problem.detail once is fine; twice would be merged, pair by pair. */
    assert_int_equal(UNPACK("\x1a\x03\x0a\x01x", bus__problem__descriptor), ERR_OK);
    assert_int_equal(UNPACK("\x1a\x03\x0a\x01x\x1a\x03\x0a\x01x", bus__problem__descriptor), ERR_INVALID);
}

/* A message type of 200 messages, the last of them the repeated one: more fields than a word has bits. */
enum { WIDE = 200 };
static ProtobufCFieldDescriptor wide_fields[WIDE];
static const ProtobufCIntRange wide_ranges[] = {{1, 0}, {0, WIDE}};
static const ProtobufCMessageDescriptor wide = {
    .magic = PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC,
    .name = "wide",
    .n_fields = WIDE,
    .fields = wide_fields,
    .n_field_ranges = 1,
    .field_ranges = wide_ranges,
};

/* Whether a message may come that has an empty message in field a and one in field b. */
static bool wide_passes(unsigned a, unsigned b)
{
    const unsigned fields[] = {a, b};
    uint8_t packed[6], *at = packed;

    for (size_t i = 0; i < 2; i++) {
        unsigned key = fields[i] << 3 | 2;
        *at++ = (uint8_t)(key & 127) | 128;
        *at++ = (uint8_t)(key >> 7);
        *at++ = 0;
    }
    return scan_message(span_of(packed, sizeof packed), &wide);
}

static void test_scan_a_type_may_have_any_number_of_fields(void **state)
{
    (void)state;
    for (unsigned i = 0; i < WIDE; i++)
        wide_fields[i] = (ProtobufCFieldDescriptor){.name = "part",
                                                    .id = i + 1,
                                                    .label = i + 1 < WIDE ? PROTOBUF_C_LABEL_NONE : PROTOBUF_C_LABEL_REPEATED,
                                                    .type = PROTOBUF_C_TYPE_MESSAGE,
                                                    .descriptor = &nest};
    for (unsigned id = 1; id < WIDE; id++) {
        assert_false(wide_passes(id, id));
        for (unsigned other = 1; other <= WIDE; other++)
            assert_true(other == id || wide_passes(id, other));
    }
    assert_true(wide_passes(WIDE, WIDE));
}

static void test_scan_refuses_a_payload_that_is_too_large(void **state)
{
    (void)state;
    struct buf buf = {0};
    memset(buf_extend(&buf, WIRE_PAYLOAD_MAX + 1), 0, WIRE_PAYLOAD_MAX + 1);
    assert_int_equal(unpack_bytes(buf.data, buf.len, &bus__text__descriptor), ERR_TOO_LARGE);
    buf_fini(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan_a_packed_message_comes_back_whole),
        cmocka_unit_test(test_scan_an_empty_message_is_a_message),
        cmocka_unit_test(test_scan_keeps_unknown_fields),
        cmocka_unit_test(test_scan_refuses_text_that_is_not_utf8),
        cmocka_unit_test(test_scan_refuses_lengths_that_lie),
        cmocka_unit_test(test_scan_refuses_a_field_of_another_kind),
        cmocka_unit_test(test_scan_bounds_the_nesting),
        cmocka_unit_test(test_scan_bounds_the_number_of_parts),
        cmocka_unit_test(test_scan_refuses_a_singular_message_given_twice),
        cmocka_unit_test(test_scan_a_type_may_have_any_number_of_fields),
        cmocka_unit_test(test_scan_refuses_a_payload_that_is_too_large),
    };
    return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
