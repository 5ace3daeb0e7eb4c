/* Waiting with a limit, the tests' log, and the way out when the surroundings fail. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/base/time.h"
#include "tests/support/kit.h"

void kit_sleep_ms(int ms)
{
    struct timespec left = {ms / 1000, (long)(ms % 1000) * 1000000L};

    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        continue;
}

bool kit_wait_until(bool (*condition)(void *arg), void *arg, int wait_ms)
{
    int64_t until_us = time_steady_us() + (int64_t)wait_ms * 1000;

    while (!condition(arg)) {
        if (time_steady_us() >= until_us)
            return false;
        kit_sleep_ms(5);
    }
    return true;
}

static enum log_level level_named(const char *name)
{
    if (strcmp(name, "debug") == 0)
        return LOG_DEBUG;
    if (strcmp(name, "info") == 0)
        return LOG_INFO;
    return strcmp(name, "warn") == 0 ? LOG_WARN : LOG_ERROR;
}

/* One for the program: tests are the one place where that is simplest. */
struct log *kit_log(void)
{
    static struct log *log;
    const char *level = getenv("HV_TEST_LOG");

    if (!log)
        log = log_new("test", level_named(level ? level : "error"), level ? STDERR_FILENO : open("/dev/null", O_WRONLY | O_CLOEXEC));
    return log;
}

_Noreturn void kit_give_up(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void)fputs("kit: ", stderr);
    (void)vfprintf(stderr, format, args);
    (void)fputc('\n', stderr);
    va_end(args);
    exit(1);
}
