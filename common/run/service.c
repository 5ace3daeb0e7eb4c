/* A service's life: read the configuration, start the parts, run the loop until a signal, drain, end.
 *
 * One process, one loop thread, one writer, a few readers; NNG brings threads of its own. The process ends with _exit after the
 * drain, because closing NNG's sockets can hang in 1.5.2; a watchdog ends it should the drain itself hang. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/run/parts.h"

#define WATCHDOG_S         20
#define EXIT_CONFIGURATION 2

/* A second signal changes nothing: the drain is bounded, and the watchdog with it. */
static void service_asked_to_stop(uv_signal_t *handle, int number)
{
    struct parts *parts = handle->data;

    log_info(parts->service.log, NULL, "service.stopping", LOG_INT("signal", number));
    uv_stop(&parts->service.loop);
}

static void signals_start(struct parts *parts, uv_signal_t handles[2])
{
    static const int numbers[2] = {SIGTERM, SIGINT};
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    if (sigaction(SIGPIPE, &ignore, NULL) != 0)
        bug("SIGPIPE cannot be ignored");
    for (int i = 0; i < 2; i++) {
        handles[i].data = parts;
        if (uv_signal_init(&parts->service.loop, &handles[i]) != 0 || uv_signal_start(&handles[i], service_asked_to_stop, numbers[i]) != 0)
            bug("libuv refused a signal");
    }
}

/* --help and --version print and end with 0; anything else on the command line is a mistake. -1: go on. */
static int arguments_read(const struct service_spec *spec, const struct config *config, int argc, char **argv)
{
    if (argc <= 1)
        return -1;
    if (strcmp(argv[1], "--version") == 0) {
        (void)printf("hv-%s %s\n", spec->name, HV_VERSION);
        return 0;
    }
    if (strcmp(argv[1], "--help") == 0) {
        (void)printf("hv-%s %s: a service of Hakuväylä. It takes no arguments; everything comes from the environment.\n\n", spec->name,
                     HV_VERSION);
        config_help(config);
        return 0;
    }
    (void)fprintf(stderr, "hv-%s: unknown argument \"%s\"; try --help\n", spec->name, argv[1]);
    return EXIT_CONFIGURATION;
}

/* Everything is asked before anything is checked, so that all mistakes are said at once. -1: go on. */
static int service_configure(struct parts *parts, int argc, char **argv)
{
    struct service *service = &parts->service;
    enum log_level level = settings_log_level(service->config);
    enum err err = ERR_OK;

    service->log = log_new(parts->spec->name, level, STDERR_FILENO);
    settings_read(parts, service->config);
    if (parts->spec->configure)
        err = parts->spec->configure(service);
    int status = arguments_read(parts->spec, service->config, argc, argv);
    if (status >= 0)
        return status;
    if (config_check(service->config) != ERR_OK)
        return EXIT_CONFIGURATION;
    return err == ERR_OK ? -1 : EXIT_CONFIGURATION;
}

/* Everything of the process, on the heap once: the workers point into it until the end. */
static struct parts *parts_new(const struct service_spec *spec)
{
    struct parts *parts = mem_new(sizeof *parts);

    parts->spec = spec;
    parts->service.name = spec->name;
    parts->service.metrics = metrics_new();
    parts->service.config = config_new();
    if (uv_loop_init(&parts->service.loop) != 0)
        bug("libuv refused a loop");
    return parts;
}

int service_main(const struct service_spec *spec, int argc, char **argv)
{
    int64_t began_us = time_steady_us();
    struct parts *parts = parts_new(spec);
    uv_signal_t signals[2];
    int status = service_configure(parts, argc, argv);

    if (status >= 0) {
        (void)fflush(stdout);
        _exit(status);
    }
    signals_start(parts, signals);
    if (parts_start(parts) != ERR_OK) {
        log_error(parts->service.log, NULL, "service.cannot-start", LOG_TEXT("next", "the line above says why; mend it and start again"));
        _exit(1);
    }
    log_info(parts->service.log, NULL, "service.ready", LOG_INT("ms", (time_steady_us() - began_us) / 1000),
             LOG_TEXT("version", HV_VERSION));
    (void)uv_run(&parts->service.loop, UV_RUN_DEFAULT);
    (void)alarm(WATCHDOG_S);
    parts_drain(parts);
    log_info(parts->service.log, NULL, "service.stopped");
    _exit(0);
}

/* --- internal jobs -------------------------------------------------------------------------------------------------- */

static void errand_done(struct job *job)
{
    arena_free(job->arena);
}

enum err service_do(struct service *service, const struct work_case *kase, const ProtobufCMessage *message)
{
    struct arena *arena = arena_new(2048);
    struct job *job = arena_alloc(arena, sizeof *job);
    Bus__Request *request = arena_alloc(arena, sizeof *request);
    struct span payload = wire_pack(arena, message);
    ProtobufCMessage *copy = NULL;

    enum err err = wire_unpack(arena, payload, message->descriptor, &copy); /* the caller's message need not outlive this call */
    bus__request__init(request);
    request->method = (char *)(uintptr_t)kase->name;
    request->received_us = time_now_us();
    request->payload = (ProtobufCBinaryData){payload.len, (uint8_t *)(uintptr_t)payload.data};
    *job = (struct job){.arena = arena, .kase = kase, .request = request, .message = copy, .done = errand_done};
    if (err == ERR_OK)
        err = worker_submit(service->writer, job);
    if (err != ERR_OK)
        arena_free(arena);
    return err;
}
