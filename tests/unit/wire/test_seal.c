/* Sealed messages: what was sealed opens, whatever else arrives does not, and key files are read or refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/hash.h"
#include "common/wire/limits.h"
#include "common/wire/wire.h"
#include "envelope.pb-c.h"

#define HEX "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

struct fixture {
    struct seal *seal, *other;
    struct arena *arena;
    struct buf sealed;
};

static int fixture_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    uint8_t key[32];
    memset(key, 7, sizeof key);
    assert_int_equal(seal_new(&f->seal, span_of(key, sizeof key)), ERR_OK);
    key[31] = 8;
    assert_int_equal(seal_new(&f->other, span_of(key, sizeof key)), ERR_OK);
    f->arena = arena_new(1024);
    *state = f;
    return 0;
}

static int fixture_down(void **state)
{
    struct fixture *f = *state;
    seal_free(f->seal);
    seal_free(f->other);
    arena_free(f->arena);
    buf_fini(&f->sealed);
    free(f);
    return 0;
}

static void seal_heartbeat(struct fixture *f, const char *topic)
{
    Bus__Heartbeat beat = BUS__HEARTBEAT__INIT;
    beat.stream = "enrolment.0";
    beat.head_seq = 42;
    wire_seal(f->seal, topic, &beat.base, &f->sealed);
}

static enum err open_heartbeat(struct fixture *f, const struct seal *seal, struct span sealed, const char *prefix, Bus__Heartbeat **out)
{
    ProtobufCMessage *message = NULL;
    struct span topic;
    enum err err = wire_open(seal, sealed, prefix, &topic, f->arena, &bus__heartbeat__descriptor, &message);
    if (out)
        *out = (Bus__Heartbeat *)message;
    return err;
}

static void test_seal_what_was_sealed_opens(void **state)
{
    struct fixture *f = *state;
    Bus__Heartbeat *beat;
    ProtobufCMessage *message;
    struct span topic;
    seal_heartbeat(f, "hb.enrolment.0.");
    assert_int_equal(open_heartbeat(f, f->seal, buf_span(&f->sealed), "hb.", &beat), ERR_OK);
    assert_string_equal(beat->stream, "enrolment.0");
    assert_int_equal(beat->head_seq, 42);
    assert_int_equal(wire_open(f->seal, buf_span(&f->sealed), "hb.enrolment.", &topic, f->arena, &bus__heartbeat__descriptor, &message),
                     ERR_OK);
    assert_true(span_equal(topic, span_text("hb.enrolment.0.")));
    assert_memory_equal(f->sealed.data, "hb.enrolment.0.\0", 16);
    for (size_t i = 16; i + 9 <= f->sealed.len; i++)
        assert_memory_not_equal(f->sealed.data + i, "enrolment", 9);
}

static void test_seal_the_same_message_is_never_the_same_bytes(void **state)
{
    struct fixture *f = *state;
    seal_heartbeat(f, "hb.");
    struct span first = arena_copy(f->arena, buf_span(&f->sealed));
    seal_heartbeat(f, "hb.");
    assert_int_equal(first.len, f->sealed.len);
    assert_false(span_equal(first, buf_span(&f->sealed)));
}

static void test_seal_any_changed_bit_is_refused(void **state)
{
    struct fixture *f = *state;
    seal_heartbeat(f, "hb.");
    for (size_t bit = 0; bit < f->sealed.len * 8; bit++) {
        f->sealed.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_equal(open_heartbeat(f, f->seal, buf_span(&f->sealed), "", NULL), ERR_INVALID);
        f->sealed.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    assert_int_equal(open_heartbeat(f, f->seal, buf_span(&f->sealed), "", NULL), ERR_OK);
}

static void test_seal_another_topic_or_key_is_refused(void **state)
{
    struct fixture *f = *state;
    seal_heartbeat(f, "rp.");
    assert_int_equal(open_heartbeat(f, f->seal, buf_span(&f->sealed), "rq.", NULL), ERR_INVALID);
    assert_int_equal(open_heartbeat(f, f->other, buf_span(&f->sealed), "rp.", NULL), ERR_INVALID);
    f->sealed.data[1] = 'q'; /* a reply that says it is a request */
    assert_int_equal(open_heartbeat(f, f->seal, buf_span(&f->sealed), "rq.", NULL), ERR_INVALID);
}

/* What answers one message answers no other, not even the same words sealed once more. */
static void test_seal_an_answer_names_its_message(void **state)
{
    struct fixture *f = *state;
    char first[WIRE_TOPIC_MAX], again[WIRE_TOPIC_MAX], second[WIRE_TOPIC_MAX];
    seal_heartbeat(f, "rq.");
    wire_answer_topic("rp.", buf_span(&f->sealed), first);
    wire_answer_topic("rp.", buf_span(&f->sealed), again);
    seal_heartbeat(f, "rq.");
    wire_answer_topic("rp.", buf_span(&f->sealed), second);
    assert_string_equal(first, again);
    assert_string_not_equal(first, second);
    assert_int_equal(strlen(first), 3 + 32 + 1);
    seal_heartbeat(f, first);
    assert_int_equal(open_heartbeat(f, f->seal, buf_span(&f->sealed), first, NULL), ERR_OK);
    assert_int_equal(open_heartbeat(f, f->seal, buf_span(&f->sealed), second, NULL), ERR_INVALID);
}

static void test_seal_truncated_or_random_bytes_are_refused(void **state)
{
    struct fixture *f = *state;
    uint8_t noise[300];
    seal_heartbeat(f, "hb.");
    for (size_t len = 0; len < f->sealed.len; len++)
        assert_int_equal(open_heartbeat(f, f->seal, span_of(f->sealed.data, len), "", NULL), ERR_INVALID);
    for (unsigned i = 0; i < 2000; i++) {
        random_bytes(noise, sizeof noise);
        memcpy(noise, "hb.", i % 2 ? 4 : 3);
        assert_int_equal(open_heartbeat(f, f->seal, span_of(noise, i % sizeof noise), "hb.", NULL), ERR_INVALID);
    }
    /* No NUL within the longest topic, though one follows. */
    uint8_t *endless = arena_alloc(f->arena, 4096);
    memset(endless, 'x', 4000);
    assert_int_equal(open_heartbeat(f, f->seal, span_of(endless, 4096), "", NULL), ERR_INVALID);
    /* Larger than any message may be. */
    assert_int_equal(open_heartbeat(f, f->seal, span_of(endless, WIRE_MESSAGE_MAX + 1), "", NULL), ERR_INVALID);
}

static void assert_key_file(const char *text, enum err expected)
{
    char path[] = "/tmp/hv-test-key-XXXXXX";
    int fd = mkstemp(path);
    struct seal *seal = NULL;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    assert_int_equal(seal_read(&seal, path), expected);
    unlink(path);
    seal_free(seal);
}

static void test_seal_hashes_need_the_key(void **state)
{
    static const uint8_t one[32] = {1}, two[32] = {2};
    const struct span parts[] = {span_text("yes or "), span_text("no")}, whole = span_text("yes or no");
    struct seal *a, *b;
    (void)state;
    assert_int_equal(seal_new(&a, span_of(one, sizeof one)), ERR_OK);
    assert_int_equal(seal_new(&b, span_of(two, sizeof two)), ERR_OK);
    const struct hash by_a = seal_hash(a, parts, 2), again = seal_hash(a, &whole, 1), by_b = seal_hash(b, parts, 2),
                      plain = hash_of(parts, 2), by_bus_key = hash_keyed(span_of(one, sizeof one), parts, 2);
    assert_true(hash_equal(&by_a, &again));
    assert_false(hash_equal(&by_a, &by_b));
    assert_false(hash_equal(&by_a, &plain));
    assert_false(hash_equal(&by_a, &by_bus_key)); /* the bus key itself hashes nothing */
    seal_free(a);
    seal_free(b);
}

static void test_seal_key_files(void **state)
{
    struct seal *seal;
    (void)state;
    assert_key_file(HEX, ERR_OK);
    assert_key_file(HEX "\n", ERR_OK);
    assert_key_file("", ERR_INVALID);
    assert_key_file("0001", ERR_INVALID);
    assert_key_file(HEX "00", ERR_INVALID);
    assert_key_file(HEX "\nsomething else entirely", ERR_INVALID);
    assert_key_file("zz" HEX, ERR_INVALID);
    assert_int_equal(seal_read(&seal, "/nonexistent/bus.key"), ERR_NOT_FOUND);
    assert_int_equal(seal_new(&seal, span_of(HEX, 31)), ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_seal_what_was_sealed_opens, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(test_seal_the_same_message_is_never_the_same_bytes, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(test_seal_any_changed_bit_is_refused, fixture_up, fixture_down),
        cmocka_unit_test(test_seal_hashes_need_the_key),
        cmocka_unit_test_setup_teardown(test_seal_another_topic_or_key_is_refused, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(test_seal_an_answer_names_its_message, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(test_seal_truncated_or_random_bytes_are_refused, fixture_up, fixture_down),
        cmocka_unit_test(test_seal_key_files),
    };
    return cmocka_run_group_tests_name("seal", tests, NULL, NULL);
}
