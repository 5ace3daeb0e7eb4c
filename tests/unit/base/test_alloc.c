/* Memory that never fails: zeroed, kept when it grows, and an impossible size ends the process with a sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/alloc.h"

static void test_alloc_is_zeroed_and_grows_in_place_or_not(void **state)
{
    (void)state;
    unsigned *numbers = mem_array(1000, sizeof *numbers);
    for (unsigned i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], 0);
    for (unsigned i = 0; i < 1000; i++)
        numbers[i] = i;
    numbers = mem_grow(numbers, 100000, sizeof *numbers);
    for (unsigned i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i);
    mem_free(numbers);
    void *nothing = mem_new(0);
    assert_non_null(nothing);
    mem_free(nothing);
    char *copy = mem_strdup("haku");
    assert_string_equal(copy, "haku");
    mem_free(copy);
    mem_free(NULL);
}

static void try_to_have(size_t count, size_t size, int out)
{
    dup2(out, STDERR_FILENO);
    signal(SIGABRT, SIG_DFL);
    mem_free(mem_array(count, size));
    _exit(0);
}

static void assert_ends_with(size_t count, size_t size, const char *sentence)
{
    char text[600];
    int ends[2], status;

    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0)
        try_to_have(count, size, ends[1]);
    close(ends[1]);
    ssize_t len = read(ends[0], text, sizeof text - 1);
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    assert_true(len > 0);
    text[len] = '\0';
    assert_non_null(strstr(text, sentence));
}

static void test_alloc_an_impossible_size_ends_the_process(void **state)
{
    (void)state;
    assert_ends_with(SIZE_MAX / 2, 3, "the size of an array overflows");
#ifndef __SANITIZE_ADDRESS__ /* its allocator ends the process itself */
    assert_ends_with(SIZE_MAX / 4, 2, "out of memory");
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alloc_is_zeroed_and_grows_in_place_or_not),
        cmocka_unit_test(test_alloc_an_impossible_size_ends_the_process),
    };
    return cmocka_run_group_tests_name("alloc", tests, NULL, NULL);
}
