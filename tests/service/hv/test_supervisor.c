/* The supervisor with real programs (small shell scripts that write down what happens to them): levels, restarts with a pause,
 * stopping in reverse order, and a program that will not listen. */
#define _XOPEN_SOURCE 700 /* mkdtemp, as a test's own folder */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "services/hv/up_supervisor.h"

#define SCRIPT_PATIENT "trap 'echo end $0 >>$HV_NOTE; exit 0' TERM; echo begin $0 >>$HV_NOTE; while :; do sleep 0.02; done"
#define SCRIPT_BRIEF   "echo begin $0 >>$HV_NOTE; exit 3"
#define SCRIPT_DEAF    "trap '' TERM; echo begin $0 >>$HV_NOTE; while :; do sleep 0.02; done"

/* A folder, a loop, a supervisor, and what its programs wrote. */
struct bench {
    char folder[64], note[96], note_env[128], log[96];
    const char *env[4];
    struct program programs[3];
    uv_loop_t loop;
    uv_timer_t alarm;
    struct supervisor *supervisor;
    void (*on_alarm)(struct bench *bench);
    int gone;
};

static void bench_program(struct bench *b, size_t i, const char *name, const char *script, unsigned level)
{
    b->programs[i] = (struct program){
        .name = name, .argv = {"/bin/sh", "-c", script, name, NULL}, .env = b->env, .log = b->log, .stop_signal = SIGTERM, .level = level};
}

static void bench_open(struct bench *b)
{
    memset(b, 0, sizeof *b);
    strcpy(b->folder, "/tmp/hv-supervisor-XXXXXX");
    assert_non_null(mkdtemp(b->folder));
    snprintf(b->note, sizeof b->note, "%s/note", b->folder);
    snprintf(b->log, sizeof b->log, "%s/log", b->folder);
    snprintf(b->note_env, sizeof b->note_env, "HV_NOTE=%s", b->note);
    b->env[0] = "PATH=/usr/bin:/bin";
    b->env[1] = b->note_env;
    assert_int_equal(uv_loop_init(&b->loop), 0);
    assert_int_equal(uv_timer_init(&b->loop, &b->alarm), 0);
    b->alarm.data = b;
}

static void on_gone(void *owner)
{
    struct bench *b = owner;
    b->gone++;
    supervisor_close(b->supervisor);
    uv_close((uv_handle_t *)&b->alarm, NULL);
}

static void on_alarm(uv_timer_t *timer)
{
    struct bench *b = timer->data;
    b->on_alarm(b);
}

/* Runs until all are gone; on_alarm is called after after_ms, then every 100 ms. */
static void bench_run(struct bench *b, size_t count, unsigned level, unsigned after_ms, void (*step)(struct bench *b))
{
    b->on_alarm = step;
    b->supervisor = supervisor_open(&b->loop, b->programs, count);
    supervisor_raise(b->supervisor, level);
    uv_timer_start(&b->alarm, on_alarm, after_ms, 100);
    uv_run(&b->loop, UV_RUN_DEFAULT);
    assert_int_equal(b->gone, 1);
    assert_int_equal(uv_loop_close(&b->loop), 0);
    supervisor_free(b->supervisor);
}

static void bench_note(struct bench *b, char out[512])
{
    FILE *file = fopen(b->note, "re");
    size_t n = file ? fread(out, 1, 511, file) : 0;
    out[n] = '\0';
    if (file)
        fclose(file);
    unlink(b->note);
    unlink(b->log);
    rmdir(b->folder);
}

static void stop_now(struct bench *b)
{
    if (!b->gone)
        supervisor_stop(b->supervisor, on_gone, b);
}

/* Whether the note has so many lines by now. */
static bool has_lines(const struct bench *b, unsigned count)
{
    FILE *file = fopen(b->note, "re");
    if (!file)
        return false;
    unsigned lines = 0;
    for (int c = getc(file); c != EOF; c = getc(file))
        lines += c == '\n';
    fclose(file);
    return lines >= count;
}

static void stop_politely(struct bench *b)
{
    uv_timer_stop(&b->alarm);
    stop_now(b);
}

static void stop_when_one_began(struct bench *b)
{
    if (has_lines(b, 1))
        stop_politely(b);
}

static void stop_when_three_began(struct bench *b)
{
    if (has_lines(b, 3))
        stop_politely(b);
}

static void last_first(void **state)
{
    (void)state;
    struct bench b;
    char note[512];
    bench_open(&b);
    bench_program(&b, 0, "ground", SCRIPT_PATIENT, 1);
    bench_program(&b, 1, "middle", SCRIPT_PATIENT, 1);
    bench_program(&b, 2, "top", SCRIPT_PATIENT, 1);
    bench_run(&b, 3, 1, 100, stop_when_three_began);
    bench_note(&b, note);
    const char *end = strstr(note, "end top\nend middle\nend ground\n");
    assert_non_null(end);
}

static void higher_level_waits(void **state)
{
    (void)state;
    struct bench b;
    char note[512];
    bench_open(&b);
    bench_program(&b, 0, "ground", SCRIPT_PATIENT, 1);
    bench_program(&b, 1, "top", SCRIPT_PATIENT, 2);
    bench_run(&b, 2, 1, 100, stop_when_one_began);
    bench_note(&b, note);
    assert_non_null(strstr(note, "begin ground"));
    assert_null(strstr(note, "begin top"));
}

static void stop_after_restarts(struct bench *b)
{
    if (supervisor_restarts(b->supervisor) >= 2 && has_lines(b, 3))
        stop_politely(b);
}

static void again_with_a_pause(void **state)
{
    (void)state;
    struct bench b;
    char note[512];
    bench_open(&b);
    bench_program(&b, 0, "brief", SCRIPT_BRIEF, 1);
    uint64_t began = uv_hrtime();
    bench_run(&b, 1, 1, 100, stop_after_restarts);
    uint64_t took_ms = (uv_hrtime() - began) / 1000000;
    bench_note(&b, note);
    assert_ptr_equal(strstr(note, "begin brief\nbegin brief\nbegin brief\n"), note);
    assert_true(took_ms >= 250 + 500); /* the first pause, then twice as long */
}

static void press_twice(struct bench *b)
{
    if (has_lines(b, 1))
        stop_now(b); /* the second time it kills */
}

static void deaf_is_killed(void **state)
{
    (void)state;
    struct bench b;
    char note[512];
    bench_open(&b);
    bench_program(&b, 0, "deaf", SCRIPT_DEAF, 1);
    bench_run(&b, 1, 1, 100, press_twice);
    bench_note(&b, note);
    assert_string_equal(note, "begin deaf\n");
}

static void counts_the_missing(struct bench *b)
{
    assert_int_equal(supervisor_down(b->supervisor), 1); /* the one that cannot start */
    stop_politely(b);
}

static void cannot_start(void **state)
{
    (void)state;
    struct bench b;
    char note[512];
    bench_open(&b);
    bench_program(&b, 0, "there", SCRIPT_PATIENT, 1);
    bench_program(&b, 1, "absent", SCRIPT_PATIENT, 1);
    b.programs[1].argv[0] = "/nonexistent/program";
    bench_run(&b, 2, 1, 100, counts_the_missing);
    bench_note(&b, note);
}

int main(void)
{
    static const struct CMUnitTest supervisor_tests[] = {
        {"programs are stopped last first, each before the next", last_first, NULL, NULL, NULL},
        {"a higher level waits until it is raised", higher_level_waits, NULL, NULL, NULL},
        {"a program that ends is started again, after pauses that grow", again_with_a_pause, NULL, NULL, NULL},
        {"a program that does not listen is killed when one asks twice", deaf_is_killed, NULL, NULL, NULL},
        {"a program that cannot start is counted as missing and stopping still ends", cannot_start, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests(supervisor_tests, NULL, NULL);
}
