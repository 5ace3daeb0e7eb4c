/* The command line: what it takes, and that each mistake is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "services/hv/args.h"
#include "services/hv/commands.h"

struct got {
    struct common common;
    const char *stream, *roles[2], *words[2];
    size_t role_count;
    bool follow;
};

/* Parses up to seven words for a made-up command. */
static enum args_result parse(struct got *got, const char *const *words)
{
    char *argv[8] = {(char *)(uintptr_t) "events"};
    int argc = 1;
    const struct arg args[] = {{"--stream", "S", "a stream", .text = &got->stream},
                               {"--follow", NULL, "go on", .flag = &got->follow},
                               {"--role", "R", "a role", .list = got->roles, .count = &got->role_count, .list_max = 2}};
    const struct usage usage = {.synopsis = "events SERVICE", .text = "x", .args = args, .arg_count = 3, .word_least = 1, .word_most = 2};
    *got = (struct got){0};
    for (; words[argc - 1]; argc++)
        argv[argc] = (char *)(uintptr_t)words[argc - 1];
    return args_parse(&usage, argc, argv, &got->common, got->words);
}
#define PARSE(got, ...) parse(got, (const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

static void test_options_and_words_in_any_order(void **state)
{
    (void)state;
    struct got got;
    assert_int_equal(PARSE(&got, "enrolment", "--stream", "enrolment.0", "--follow"), ARGS_GO);
    assert_string_equal(got.words[0], "enrolment");
    assert_null(got.words[1]);
    assert_string_equal(got.stream, "enrolment.0");
    assert_true(got.follow && !got.common.json);
    assert_int_equal(PARSE(&got, "--json", "--stream=--odd", "one", "--url", "http://x", "two"), ARGS_GO);
    assert_string_equal(got.stream, "--odd");
    assert_string_equal(got.words[1], "two");
    assert_string_equal(got.common.url, "http://x");
    assert_true(got.common.json);
    assert_int_equal(PARSE(&got, "one", "--role", "a", "--role", "b"), ARGS_GO);
    assert_int_equal(got.role_count, 2);
    assert_string_equal(got.roles[1], "b");
}

static void test_mistakes(void **state)
{
    (void)state;
    struct got got;
    assert_int_equal(PARSE(&got, NULL), ARGS_WRONG);                    /* the word is missing */
    assert_int_equal(PARSE(&got, "one", "two", "three"), ARGS_WRONG);   /* one too many */
    assert_int_equal(PARSE(&got, "one", "--stream"), ARGS_WRONG);       /* no value */
    assert_int_equal(PARSE(&got, "one", "--follow=yes"), ARGS_WRONG);   /* a value for a flag */
    assert_int_equal(PARSE(&got, "one", "--streams", "s"), ARGS_WRONG); /* no such option */
    assert_int_equal(PARSE(&got, "one", "--str", "s"), ARGS_WRONG);     /* nothing is guessed */
    assert_int_equal(PARSE(&got, "one", "--role", "a", "--role", "b", "--role", "c"), ARGS_WRONG);
    assert_int_equal(args_status(ARGS_WRONG), HV_USAGE);
    assert_int_equal(args_status(ARGS_HELPED), HV_YES);
}

static void test_help_goes_before_everything(void **state)
{
    (void)state;
    struct got got;
    assert_int_equal(PARSE(&got, "--help"), ARGS_HELPED);
    assert_int_equal(PARSE(&got, "one", "--follow", "-h"), ARGS_HELPED);
}

static void test_numbers(void **state)
{
    (void)state;
    uint64_t number = 0;
    assert_true(args_number("0", 10, &number) && number == 0);
    assert_true(args_number("9223372036854775807", INT64_MAX, &number) && number == INT64_MAX);
    assert_false(args_number("", 10, &number));
    assert_false(args_number("11", 10, &number));
    assert_false(args_number("-1", 10, &number));
    assert_false(args_number("1x", 10, &number));
    assert_false(args_number("99999999999999999999", UINT64_MAX, &number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_and_words_in_any_order),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_help_goes_before_everything),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
