/* Configuration from the environment: what is read, what is refused, and that every mistake is said at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/run/config.h"

static void set(const char *name, const char *value)
{
    assert_int_equal(value ? setenv(name, value, 1) : unsetenv(name), 0);
}

/* What a function prints to this descriptor; NUL-ended. */
static void captured(int fd, void (*print)(const struct config *config), const struct config *config, char *out, size_t size)
{
    FILE *file = tmpfile();
    int kept = dup(fd);

    assert_non_null(file);
    (void)fflush(NULL);
    assert_true(dup2(fileno(file), fd) >= 0);
    print(config);
    (void)fflush(NULL);
    assert_true(dup2(kept, fd) >= 0);
    (void)close(kept);
    rewind(file);
    out[fread(out, 1, size - 1, file)] = '\0';
    (void)fclose(file);
}

static void print_check(const struct config *config)
{
    assert_int_equal(config_check(config), ERR_INVALID);
}

static void test_text(void **state)
{
    struct config *config = config_new();

    (void)state;
    set("HV_T_SET", "here");
    set("HV_T_EMPTY", "");
    set("HV_T_UNSET", NULL);
    assert_string_equal(config_text(config, "HV_T_SET", "a text", "fallback"), "here");
    assert_string_equal(config_text(config, "HV_T_EMPTY", "a text", "fallback"), "fallback");
    assert_string_equal(config_text(config, "HV_T_UNSET", "a text", "fallback"), "fallback");
    assert_int_equal(config_check(config), ERR_OK);
    config_free(config);
}

static void test_int(void **state)
{
    static const struct {
        const char *text;
        int64_t number; /* -1: a mistake */
    } rows[] = {{"1", 1},     {"100", 100}, {"0", -1}, {"101", -1}, {"7x", -1}, {" 7", -1},  {"seven", -1},
                {"0x10", -1}, {"+7", 7},    {"", 42},  {"7.5", -1}, {"-7", -1}, {"1e2", -1}, {"99999999999999999999", -1}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct config *config = config_new();
        set("HV_T_NUMBER", rows[i].text);
        int64_t number = config_int(config, "HV_T_NUMBER", "a number", 42, 1, 100);
        char said[512];
        if (rows[i].number >= 0) {
            assert_int_equal(number, rows[i].number);
            assert_int_equal(config_check(config), ERR_OK);
        } else {
            captured(STDERR_FILENO, print_check, config, said, sizeof said);
            assert_non_null(strstr(said, "from 1 to 100"));
            assert_non_null(strstr(said, rows[i].text));
        }
        config_free(config);
    }
}

static void test_list(void **state)
{
    struct config *config = config_new();
    size_t count;

    (void)state;
    set("HV_T_LIST", "tcp://127.0.0.1:1, tcp://127.0.0.1:2 ,,tcp://127.0.0.1:3");
    const char *const *list = config_list(config, "HV_T_LIST", "urls", NULL, &count);
    assert_int_equal(count, 3);
    assert_string_equal(list[0], "tcp://127.0.0.1:1");
    assert_string_equal(list[1], "tcp://127.0.0.1:2");
    assert_string_equal(list[2], "tcp://127.0.0.1:3");
    set("HV_T_LIST", "one");
    list = config_list(config, "HV_T_LIST", "urls", NULL, &count);
    assert_int_equal(count, 1);
    assert_string_equal(list[0], "one");
    assert_int_equal(config_check(config), ERR_OK);
    set("HV_T_LIST", " ,, ");
    (void)config_list(config, "HV_T_LIST", "urls", NULL, &count);
    assert_int_equal(count, 0);
    char said[512];
    captured(STDERR_FILENO, print_check, config, said, sizeof said);
    assert_non_null(strstr(said, "HV_T_LIST"));
    config_free(config);
}

static void test_choice(void **state)
{
    static const char *const levels[] = {"low", "middle", "high", NULL};
    struct config *config = config_new();
    char said[512];

    (void)state;
    set("HV_T_CHOICE", "high");
    assert_int_equal(config_choice(config, "HV_T_CHOICE", "a level", "middle", levels), 2);
    set("HV_T_CHOICE", NULL);
    assert_int_equal(config_choice(config, "HV_T_CHOICE", "a level", "middle", levels), 1);
    assert_int_equal(config_check(config), ERR_OK);
    set("HV_T_CHOICE", "highest");
    assert_int_equal(config_choice(config, "HV_T_CHOICE", "a level", "middle", levels), 1);
    captured(STDERR_FILENO, print_check, config, said, sizeof said);
    assert_non_null(strstr(said, "low, middle, high"));
    config_free(config);
}

static void test_all_mistakes(void **state)
{
    struct config *config = config_new();
    size_t count;
    char said[1024];

    (void)state;
    set("HV_T_ONE", NULL);
    set("HV_T_TWO", "many");
    set("HV_T_THREE", NULL);
    assert_string_equal(config_text(config, "HV_T_ONE", "the file with the key", NULL), "");
    assert_int_equal(config_int(config, "HV_T_TWO", "the number of readers", 1, 1, 16), 1);
    (void)config_list(config, "HV_T_THREE", "where it listens, e.g. tcp://127.0.0.1:7110", NULL, &count);
    assert_int_equal(count, 0);
    captured(STDERR_FILENO, print_check, config, said, sizeof said);
    assert_non_null(strstr(said, "3 mistakes"));
    assert_non_null(strstr(said, "HV_T_ONE is not set. It is the file with the key."));
    assert_non_null(strstr(said, "HV_T_TWO must be a whole number from 1 to 16, not \"many\". It is the number of readers."));
    assert_non_null(strstr(said, "HV_T_THREE is not set. It is where it listens, e.g. tcp://127.0.0.1:7110."));
    config_free(config);
}

static void test_url(void **state)
{
    static const struct {
        const char *text, *url; /* NULL: a mistake */
    } rows[] = {{NULL, ""},
                {"https://koulutus.example.fi", "https://koulutus.example.fi"},
                {"http://127.0.0.1:8080//", "http://127.0.0.1:8080"},
                {"https://example.fi/suite/", "https://example.fi/suite"},
                {"example.fi", NULL},
                {"ftp://example.fi", NULL},
                {"https://example.fi/?a=1", NULL},
                {"https://example.fi/#top", NULL},
                {"https://example .fi", NULL}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct config *config = config_new();

        set("HV_T_URL", rows[i].text);
        const char *url = config_url(config, "HV_T_URL", "where people reach us");
        if (rows[i].url != NULL)
            assert_string_equal(url, rows[i].url);
        assert_int_equal(config_check(config), rows[i].url != NULL ? ERR_OK : ERR_INVALID);
        config_free(config);
    }
}

static void test_help(void **state)
{
    struct config *config = config_new();
    char said[1024];

    (void)state;
    set("HV_T_ONE", NULL);
    (void)config_text(config, "HV_T_ONE", "the file with the key", NULL);
    (void)config_int(config, "HV_T_TWO", "the number of readers", 1, 1, 16);
    captured(STDOUT_FILENO, config_help, config, said, sizeof said);
    assert_non_null(strstr(said, "HV_T_ONE"));
    assert_non_null(strstr(said, "the file with the key (must be set)"));
    assert_non_null(strstr(said, "the number of readers [1]"));
    config_free(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"a text: set, empty, not set", test_text, NULL, NULL, NULL},
        {"a number: in the range, out of it, and what is no number", test_int, NULL, NULL, NULL},
        {"a list: with blanks, empty items, nothing in it", test_list, NULL, NULL, NULL},
        {"a choice: one of the words, or a mistake that lists them", test_choice, NULL, NULL, NULL},
        {"an address of ours: without a slash at its end, or a mistake", test_url, NULL, NULL, NULL},
        {"every mistake is said at once, with what the variable is for", test_all_mistakes, NULL, NULL, NULL},
        {"help names every variable, what it is for, and its default", test_help, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("configuration", tests, NULL, NULL);
}
