/* The arena and the buffer's neighbour on the heap: alignment, zeroing, growth past the first block, reset, formatting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/arena.h"

static void test_arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    struct arena *arena = arena_new(256);
    for (size_t size = 1; size < 2000; size += 37) {
        uint8_t *p = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xff, size);
    }
    arena_reset(arena);
    uint8_t *again = arena_alloc(arena, 200);
    for (size_t i = 0; i < 200; i++)
        assert_int_equal(again[i], 0);
    arena_free(arena);
}

static void test_arena_grows_past_its_first_block(void **state)
{
    (void)state;
    struct arena *arena = arena_new(256);
    char *first = arena_strdup(arena, "first");
    uint8_t *large = arena_alloc(arena, 3 * 1024 * 1024);
    large[3 * 1024 * 1024 - 1] = 1;
    char *after = arena_strdup(arena, "after");
    assert_string_equal(first, "first");
    assert_string_equal(after, "after");
    arena_free(arena);
}

static void test_arena_reset_counts_from_zero_and_keeps_the_first_block(void **state)
{
    (void)state;
    struct arena *arena = arena_new(4096);
    void *first = arena_alloc(arena, 100);
    assert_true(arena_used(arena) >= 100);
    arena_alloc(arena, 100000);
    arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
    assert_ptr_equal(arena_alloc(arena, 100), first);
    arena_free(arena);
}

static void test_arena_copies_text_and_bytes(void **state)
{
    (void)state;
    struct arena *arena = arena_new(0);
    assert_string_equal(arena_text(arena, span_of("väylä and more", 7)), "väylä");
    assert_string_equal(arena_text(arena, span_of(NULL, 0)), "");
    struct span copy = arena_copy(arena, span_of("a\0b", 3));
    assert_true(span_equal(copy, span_of("a\0b", 3)));
    assert_int_equal(arena_copy(arena, span_of(NULL, 0)).len, 0);
    assert_string_equal(arena_printf(arena, "%s/%d", "enrolment", 3), "enrolment/3");
    arena_free(arena);
    arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(test_arena_grows_past_its_first_block),
        cmocka_unit_test(test_arena_reset_counts_from_zero_and_keeps_the_first_block),
        cmocka_unit_test(test_arena_copies_text_and_bytes),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
