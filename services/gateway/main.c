/* hv-gateway: reads the configuration, starts the parts, runs the loop until a signal, drains, ends.
 * It ends with _exit after the drain, because closing NNG's sockets can hang in 1.5.2; an alarm ends it should the drain hang. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "services/gateway/parts.h"

enum { EXIT_CONFIGURATION = 2, DRAIN_MS = 15000, DRAIN_TICK_MS = 20, WATCHDOG_S = 20 };

struct life {
    struct parts *parts;
    uv_signal_t signals[2];
    uv_timer_t drain;
    int64_t end_by_us; /* of the drain; 0: not begun */
};

static void on_drain(uv_timer_t *timer)
{
    struct life *life = timer->data;
    if (parts_quiet(life->parts) || time_steady_us() >= life->end_by_us)
        uv_stop(&life->parts->loop);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct life *life = handle->data;
    if (life->end_by_us) /* a second signal changes nothing: the drain is bounded */
        return;
    log_info(life->parts->log, NULL, "service.stopping", LOG_INT("signal", number));
    (void)alarm(WATCHDOG_S);
    life->end_by_us = time_steady_us() + DRAIN_MS * 1000LL;
    parts_drain(life->parts);
    uv_timer_start(&life->drain, on_drain, 0, DRAIN_TICK_MS);
}

static void life_init(struct life *life, struct parts *parts)
{
    static const int NUMBERS[2] = {SIGTERM, SIGINT};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    *life = (struct life){.parts = parts};
    if (sigaction(SIGPIPE, &ignore, NULL) != 0)
        bug("SIGPIPE cannot be ignored");
    uv_timer_init(&parts->loop, &life->drain);
    life->drain.data = life;
    for (int i = 0; i < 2; i++) {
        uv_signal_init(&parts->loop, &life->signals[i]);
        life->signals[i].data = life;
        if (uv_signal_start(&life->signals[i], on_signal, NUMBERS[i]) != 0)
            bug("libuv refused a signal");
    }
}

/* The API's description as a running gateway serves it, for documents and linters. */
static int print_openapi(void)
{
    static struct parts parts;
    parts_pages(&parts);
    puts(parts.openapi);
    return 0;
}

/* --help, --version and --openapi print and end with 0; anything else is a mistake. -1: go on. */
static int arguments_read(const struct config *config, int argc, char **argv)
{
    if (argc <= 1)
        return -1;
    if (strcmp(argv[1], "--version") == 0) {
        printf("hv-gateway %s\n", HV_VERSION);
        return 0;
    }
    if (strcmp(argv[1], "--openapi") == 0)
        return print_openapi();
    if (strcmp(argv[1], "--help") == 0) {
        printf("hv-gateway %s: the door of Hakuväylä. Everything comes from the environment;\n"
               "--openapi prints the description of its interface.\n\n",
               HV_VERSION);
        config_help(config);
        return 0;
    }
    fprintf(stderr, "hv-gateway: unknown argument \"%s\"; try --help\n", argv[1]);
    return EXIT_CONFIGURATION;
}

int main(int argc, char **argv)
{
    int64_t began_us = time_steady_us();
    struct parts *parts = mem_new(sizeof *parts);
    struct config *config = config_new();
    struct life life;
    settings_read(&parts->settings, config);
    int status = arguments_read(config, argc, argv);
    if (status >= 0)
        return status;
    if (config_check(config) != ERR_OK)
        return EXIT_CONFIGURATION;
    parts->log = log_new("gateway", parts->settings.log_level, STDERR_FILENO);
    parts->metrics = metrics_new();
    if (uv_loop_init(&parts->loop) != 0)
        bug("libuv refused a loop");
    life_init(&life, parts);
    if (parts_start(parts) != ERR_OK) {
        log_error(parts->log, NULL, "service.cannot-start", LOG_TEXT("next", "the line above says why; mend it and start again"));
        _exit(1);
    }
    log_info(parts->log, NULL, "service.ready", LOG_INT("ms", (time_steady_us() - began_us) / 1000), LOG_TEXT("version", HV_VERSION),
             LOG_TEXT("http", parts->settings.http));
    (void)uv_run(&parts->loop, UV_RUN_DEFAULT);
    auth_close(parts->auth);
    log_info(parts->log, NULL, "service.stopped");
    _exit(0);
}
