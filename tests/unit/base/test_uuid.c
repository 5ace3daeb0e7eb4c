/* UUIDs: the layout of RFC 9562, text both ways, and the numbers that must never change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "common/base/random.h"
#include "common/base/uuid.h"

static struct uuid parsed(const char *text)
{
    struct uuid id;
    assert_true(uuid_parse(&id, span_text(text)));
    return id;
}

static void test_uuid_v7_has_the_layout_of_rfc_9562(void **state)
{
    (void)state;
    /* RFC 9562, A.6: unix_ts_ms 0x017F22E279B0 is 2022-02-22 14:22:22.00 -05:00. */
    struct uuid id = uuid_v7(INT64_C(1645557742000) * 1000 + 999);
    char text[UUID_TEXT];
    uuid_format(id, text);
    assert_memory_equal(text, "017f22e2-79b0-7", 15);
    assert_non_null(strchr("89ab", text[19]));
    struct uuid other = uuid_v7(INT64_C(1645557742000) * 1000 + 999);
    assert_memory_not_equal(id.b, other.b, sizeof id.b);
    assert_true(uuid_compare(id, uuid_v7(INT64_C(1645557742001) * 1000)) < 0);
}

/* Over many refills: each id has the layout, and no eight bytes of any two are the same. */
static void test_uuid_v7_of_a_pool(void **state)
{
    struct random_pool pool = {.left = 0};
    struct uuid ids[200];
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        ids[i] = uuid_v7_take(&pool, INT64_C(1645557742000) * 1000);
        assert_memory_equal(ids[i].b, "\x01\x7f\x22\xe2\x79\xb0", 6);
        assert_int_equal(ids[i].b[6] >> 4, 7);
        assert_int_equal(ids[i].b[8] >> 6, 2);
        for (size_t k = 0; k < i; k++)
            assert_memory_not_equal(ids[i].b + 8, ids[k].b + 8, 8);
    }
}

static void test_random_pool_gives_each_byte_once(void **state)
{
    struct random_pool pool = {.left = 0};
    uint8_t all[RANDOM_POOL_SIZE], part[RANDOM_POOL_SIZE] = {0};
    const uint8_t nothing[16] = {0};
    (void)state;
    random_take(&pool, part, 16);
    assert_memory_not_equal(part, nothing, 16);
    assert_int_equal(pool.left, RANDOM_POOL_SIZE - 16);
    memcpy(all, pool.bytes, sizeof all);
    random_take(&pool, part, RANDOM_POOL_SIZE); /* does not fit: what is left is dropped, not mixed in */
    assert_memory_not_equal(part, all, 16);
    assert_int_equal(pool.left, 0);
}

static void test_uuid_from_is_the_same_for_the_same_parts(void **state)
{
    (void)state;
    struct uuid space = parsed("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    struct uuid one = uuid_from(space, span_text("enrolment.SeatTaken"));
    char text[UUID_TEXT];
    uuid_format(one, text);
    assert_string_equal(text, "149f3b34-4df5-8e94-bffd-97bac74f1ad7");
    assert_int_equal(uuid_compare(one, uuid_from(space, span_text("enrolment.SeatTaken"))), 0);
    assert_int_not_equal(uuid_compare(one, uuid_from(space, span_text("enrolment.SeatTaken2"))), 0);
    assert_int_not_equal(uuid_compare(one, uuid_from(one, span_text("enrolment.SeatTaken"))), 0);
}

static void test_uuid_text_goes_both_ways(void **state)
{
    (void)state;
    char text[UUID_TEXT];
    uuid_format(parsed("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"), text);
    assert_string_equal(text, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

static void test_uuid_refuses_text_that_is_none(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
        "017f22e2+79b0-7cc3-98c4-dc0c0c07398f",
        "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
        "-017f22e-79b0-7cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c0739 f",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct uuid id = {{1}};
        assert_false(uuid_parse(&id, span_text(bad[i])));
        assert_int_equal(id.b[0], 1);
    }
    struct uuid id;
    assert_false(uuid_read(&id, span_of("123456789012345", 15)));
    assert_false(uuid_read(&id, span_of("12345678901234567", 17)));
    assert_false(uuid_read(&id, span_of(NULL, 0)));
    assert_true(uuid_read(&id, span_of("1234567890123456", 16)));
    assert_memory_equal(id.b, "1234567890123456", 16);
}

static void test_uuid_hash_is_fnv_1a(void **state)
{
    (void)state;
    /* Streams and replicas hang on these numbers. */
    assert_int_equal(uuid_hash((struct uuid){{0}}), 0x69691905);
    assert_int_equal(uuid_hash(parsed("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")), 0x26021414);
    assert_true(uuid_is_nil((struct uuid){{0}}));
    assert_false(uuid_is_nil((struct uuid){{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_uuid_v7_has_the_layout_of_rfc_9562),
        cmocka_unit_test(test_uuid_v7_of_a_pool),
        cmocka_unit_test(test_random_pool_gives_each_byte_once),
        cmocka_unit_test(test_uuid_from_is_the_same_for_the_same_parts),
        cmocka_unit_test(test_uuid_text_goes_both_ways),
        cmocka_unit_test(test_uuid_refuses_text_that_is_none),
        cmocka_unit_test(test_uuid_hash_is_fnv_1a),
    };
    return cmocka_run_group_tests_name("uuid", tests, NULL, NULL);
}
