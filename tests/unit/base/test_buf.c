/* The growing buffer: what goes in comes out in order, integers big-endian, and clearing keeps the memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/buf.h"

static void test_buf_writes_integers_big_endian(void **state)
{
    (void)state;
    struct buf buf = {0};
    buf_u8(&buf, 0x01);
    buf_be16(&buf, 0x0203);
    buf_be32(&buf, 0x04050607);
    buf_be64(&buf, UINT64_C(0x08090a0b0c0d0e0f));
    assert_int_equal(buf.len, 15);
    for (size_t i = 0; i < buf.len; i++)
        assert_int_equal(buf.data[i], i + 1);
    buf_fini(&buf);
}

static void test_buf_grows_and_keeps_what_it_has(void **state)
{
    (void)state;
    struct buf buf = {0};
    for (unsigned i = 0; i < 100000; i++)
        buf_be32(&buf, i);
    assert_int_equal(buf.len, 400000);
    for (unsigned i = 0; i < 100000; i += 997) {
        const uint8_t *p = buf.data + 4 * i;
        assert_int_equal((unsigned)p[0] << 24 | (unsigned)p[1] << 16 | (unsigned)p[2] << 8 | p[3], i);
    }
    buf_fini(&buf);
    assert_null(buf.data);
}

static void test_buf_formats_without_a_trailing_nul(void **state)
{
    (void)state;
    struct buf buf = {0};
    buf_text(&buf, "a");
    buf_printf(&buf, "%d-%s", 42, "b");
    buf_printf(&buf, "%s", "");
    buf_text(&buf, "c");
    assert_true(span_equal(buf_span(&buf), span_text("a42-bc")));
    buf_clear(&buf);
    assert_int_equal(buf.len, 0);
    assert_true(buf.cap > 0);
    buf_add(&buf, NULL, 0);
    assert_int_equal(buf.len, 0);
    buf_fini(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buf_writes_integers_big_endian),
        cmocka_unit_test(test_buf_grows_and_keeps_what_it_has),
        cmocka_unit_test(test_buf_formats_without_a_trailing_nul),
    };
    return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
