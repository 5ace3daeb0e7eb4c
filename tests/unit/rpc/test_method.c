/* The table of methods: every method is found by its whole name, nothing else is, events are not methods. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/rpc/method.h"

enum { MANY = 100 };

static void test_method_each_is_found_by_its_name(void **state)
{
    struct method_table *table = method_table_new(MANY);
    struct work_case cases[MANY] = {{0}};
    char names[MANY][24];

    (void)state;
    for (int i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof names[i], "enrolment.Do%d", i);
        cases[i].name = names[i];
        cases[i].kind = i % 2 ? WORK_READ : WORK_WRITE;
        method_add(table, &cases[i]);
    }
    for (int i = 0; i < MANY; i++)
        assert_ptr_equal(method_find(table, names[i]), &cases[i]);
    assert_null(method_find(table, "enrolment.Do"));
    assert_null(method_find(table, "enrolment.Do100"));
    assert_null(method_find(table, ""));
    method_table_free(table);
}

static void test_method_events_are_none(void **state)
{
    const struct work_case event = {.name = "enrolment.SeatTaken.v1", .kind = WORK_EVENT};
    struct method_table *table = method_table_new(0);

    (void)state;
    method_add(table, &event);
    assert_null(method_find(table, event.name));
    method_table_free(table);
    method_table_free(NULL);
}

static void test_method_the_same_name_twice_is_a_bug(void **state)
{
    const struct work_case one = {.name = "enrolment.Enrol", .kind = WORK_WRITE}, two = one;
    int status;

    (void)state;
    pid_t child = fork();
    if (child == 0) {
        struct method_table *table = method_table_new(2);
        (void)!freopen("/dev/null", "w", stderr);
        signal(SIGABRT, SIG_DFL);
        method_add(table, &one);
        method_add(table, &two);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_method_each_is_found_by_its_name),
        cmocka_unit_test(test_method_events_are_none),
        cmocka_unit_test(test_method_the_same_name_twice_is_a_bug),
    };
    return cmocka_run_group_tests_name("method", tests, NULL, NULL);
}
