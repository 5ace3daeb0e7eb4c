/* The log: each line is one JSON object, whatever goes in; long lines are cut and say so; levels below the least are silent; what a
 * stranger can cause at will is said once a minute. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/log.h"
#include "common/base/span.h"
#include "common/base/time.h"
#include "common/base/utf8.h"

#define TRACE "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

struct capture {
    int ends[2];
    struct log *log;
    char line[16384];
};

static void capture_begin(struct capture *c, enum log_level least)
{
    assert_int_equal(pipe(c->ends), 0);
    c->log = log_new("enrolment", least, c->ends[1]);
}

/* What was logged since, without the time. */
static const char *capture_end(struct capture *c)
{
    close(c->ends[1]);
    ssize_t len = read(c->ends[0], c->line, sizeof c->line - 1);
    assert_true(len >= 0);
    c->line[len] = '\0';
    close(c->ends[0]);
    log_free(c->log);
    return strncmp(c->line, "{\"time\":\"", 9) == 0 ? c->line + 37 : c->line;
}

static void test_log_writes_one_object_a_line(void **state)
{
    (void)state;
    struct capture c;
    capture_begin(&c, LOG_INFO);
    log_info(c.log, TRACE, "rpc.listening", LOG_TEXT("url", "tcp://127.0.0.1:7110"), LOG_INT("contexts", -16));
    assert_string_equal(
        capture_end(&c),
        ",\"level\":\"info\",\"service\":\"enrolment\",\"event\":\"rpc.listening\",\"trace\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
        "\"url\":\"tcp://127.0.0.1:7110\",\"contexts\":-16}\n");
}

static void test_log_escapes_what_json_wants_escaped(void **state)
{
    (void)state;
    struct capture c;
    capture_begin(&c, LOG_DEBUG);
    log_debug(c.log, "short", "x", LOG_TEXT("t", "a\"b\\c\n\x01 ä \xff\xc3"), LOG_TEXT("none", NULL));
    assert_string_equal(capture_end(&c), ",\"level\":\"debug\",\"service\":\"enrolment\",\"event\":\"x\",\"t\":\"a\\\"b\\\\c\\u000a\\u0001 "
                                         "ä \\ufffd\\ufffd\",\"none\":\"\"}\n");
}

static void test_log_is_silent_below_its_level(void **state)
{
    (void)state;
    struct capture c;
    capture_begin(&c, LOG_WARN);
    log_info(c.log, NULL, "x");
    log_debug(c.log, NULL, "x");
    assert_string_equal(capture_end(&c), "");
    capture_begin(&c, LOG_WARN);
    log_warn(c.log, NULL, "x");
    log_error(c.log, NULL, "y");
    const char *text = capture_end(&c);
    assert_non_null(strstr(text, "\"warn\""));
    assert_non_null(strstr(text, "\"error\""));
}

static void test_log_cuts_a_long_line_at_a_character(void **state)
{
    (void)state;
    static char text[20001];
    for (size_t i = 0; i < 10000; i++)
        memcpy(text + 2 * i, "ä", 2);
    for (size_t shift = 0; shift < 2; shift++) {
        struct capture c;
        capture_begin(&c, LOG_INFO);
        log_info(c.log, NULL, shift ? "xx" : "x", LOG_TEXT("long", text), LOG_INT("after", 1));
        const char *line = capture_end(&c);
        size_t len = strlen(c.line);
        assert_in_range(len, 8000, 8192);
        assert_true(utf8_valid(span_of(line, strlen(line))));
        static const char end[] = "ä\",\"cut\":true}\n";
        assert_string_equal(c.line + len - strlen(end), end);
        assert_null(strstr(line, "after"));
    }
}

static void test_log_seldom_lets_one_line_a_minute_through(void **state)
{
    (void)state;
    struct log_seldom seldom = {0};
    const int64_t start = 5, minute = 60 * TIME_SECOND;
    assert_true(log_seldom(&seldom, start)); /* the first, however young the machine is */
    assert_false(log_seldom(&seldom, start));
    assert_false(log_seldom(&seldom, start + minute - 1));
    assert_true(log_seldom(&seldom, start + minute));
    assert_false(log_seldom(&seldom, start + 2 * minute - 1));
    assert_true(log_seldom(&seldom, start + 9 * minute)); /* quiet minutes are not saved up */
    assert_false(log_seldom(&seldom, start + 9 * minute + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log_writes_one_object_a_line),
        cmocka_unit_test(test_log_escapes_what_json_wants_escaped),
        cmocka_unit_test(test_log_is_silent_below_its_level),
        cmocka_unit_test(test_log_cuts_a_long_line_at_a_character),
        cmocka_unit_test(test_log_seldom_lets_one_line_a_minute_through),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
