/* `hv up`: options, the loop, signals, and the order in which things begin and end. See up.h. */
#include "services/hv/up.h"

#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "services/hv/commands.h"

static const char help[] =
    "hv up: runs the whole suite on this machine and shows it working\n"
    "\n"
    "  hv up [--once | --serve] [--fresh] [--port N] [--dir DIR]\n"
    "\n"
    "Starts a private PostgreSQL, a local mail server and the services, sends 400 made-up people at one application window,\n"
    "holds a grant call of 15.3 million euros from its announcement to 31 decisions with their letters,\n"
    "prints what happened with a line \"ok\" or \"FAILED\" for each thing that must hold, and serves until Ctrl-C.\n"
    "Data, keys, mail and logs are kept in one folder; a second start goes on with them and enrols nobody again.\n"
    "\n"
    "  --once       end after the report; status 0 only if every check held\n"
    "  --serve      serve without the demonstration: an empty suite with an administrator\n"
    "  --fresh      forget the kept data, mail and keys first\n"
    "  --port N     use ports N to N+11 of 127.0.0.1 (HTTP is N); otherwise 8080 for HTTP, 7025 for mail and 7102-7142\n"
    "  --dir DIR    the folder, made where there is none [var in the checkout]\n"
    "\n"
    "The services get your environment (hv-gateway --help and the others' name their settings), for example HV_PUBLIC_URL,\n"
    "HV_QUIET_HOURS, HV_CHAIN_PUBLISH_SECONDS, HV_MAIL_FROM, HV_WEBHOOK_PRIVATE. These up decides alone, and says so when you\n"
    "set them: HV_SMTP (mail goes to the local mailbox, nowhere else) with HV_SMTP_CA and HV_SMTP_PASSWORDS, HV_DATABASE, the\n"
    "keys (HV_BUS_KEY, HV_SESSION_KEY, HV_SIGNING_KEY, HV_DATA_KEYS), addresses (HV_HTTP, HV_ENROLMENT_*, HV_NOTIFICATION_*,\n"
    "HV_FUNDING_*, HV_GATEWAY_*), HV_INSTANCE, and HV_PROOF_MAX (the people of the demonstration are programs).\n"
    "\n"
    "Example: hv up --once --port 9000 --dir var/trial\n";

struct options {
    bool once, fresh, serve, help;
    int port;
    const char *dir;
};

/* Options without a value; NULL when the word is none of them. */
static bool *flag_of(struct options *o, const char *word)
{
    const struct {
        const char *name;
        bool *flag;
    } flags[] = {{"--once", &o->once}, {"--fresh", &o->fresh}, {"--serve", &o->serve}, {"--help", &o->help}, {"-h", &o->help}};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (strcmp(word, flags[i].name) == 0)
            return flags[i].flag;
    }
    return NULL;
}

/* deploy/up says how it was called: a mistake names the command that was typed. */
static const char *typed(void)
{
    const char *name = getenv("HV_UP_TYPED");
    return name && *name ? name : "hv up";
}

static bool read_port(struct options *o, const char *word)
{
    char *end = NULL;
    o->port = (int)strtol(word, &end, 10);
    if (*end == '\0' && o->port >= 1024 && o->port <= 65535 - PORT_COUNT)
        return true;
    fprintf(stderr, "%s: --port takes a number from 1024 to %d. See %s --help\n", typed(), 65535 - PORT_COUNT, typed());
    return false;
}

static bool parse(struct options *o, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        bool *flag = flag_of(o, argv[i]);
        bool dir = strcmp(argv[i], "--dir") == 0;
        bool port = strcmp(argv[i], "--port") == 0;
        if (flag) {
            *flag = true;
        } else if (!dir && !port) {
            fprintf(stderr, "%s: what is '%s'? See %s --help\n", typed(), argv[i], typed());
            return false;
        } else if (i + 1 == argc || argv[i + 1][0] == '\0') {
            fprintf(stderr, "%s: after %s a %s is missing. See %s --help\n", typed(), argv[i], dir ? "folder" : "number", typed());
            return false;
        } else if (dir) {
            o->dir = argv[++i];
        } else if (!read_port(o, argv[++i])) {
            return false;
        }
    }
    if (!o->once || !o->serve || o->help)
        return true;
    fprintf(stderr, "%s: --once and --serve exclude each other. See %s --help\n", typed(), typed());
    return false;
}

void up_step(const struct up *up, const char *format, ...)
{
    va_list args;
    printf("%6.1f s  ", (double)(time_steady_us() - up->began_us) / 1e6);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
    fflush(stdout);
}

static void on_all_gone(void *owner)
{
    struct up *up = owner;
    uv_close((uv_handle_t *)&up->told, NULL);
    uv_close((uv_handle_t *)&up->interrupt, NULL);
    uv_close((uv_handle_t *)&up->terminate, NULL);
    supervisor_close(up->supervisor);
}

static void stop_all(struct up *up)
{
    if (!atomic_exchange(&up->stop, true))
        up_step(up, "stopping (once more Ctrl-C: without waiting)");
    supervisor_stop(up->supervisor, on_all_gone, up);
}

static void on_signal(uv_signal_t *handle, int number)
{
    (void)number;
    stop_all(handle->data);
}

/* The story is over: --once ends here, otherwise we go on serving; but not when the services never came to answer. */
static void on_told(uv_async_t *async)
{
    struct up *up = async->data;
    if ((up->once || !up->ready) && !atomic_load(&up->stop))
        stop_all(up);
}

static void *story_thread(void *arg)
{
    struct up *up = arg;
    up->status = story_tell(up) ? 0 : 1;
    (void)uv_async_send(&up->told);
    return NULL;
}

static enum err loop_open(struct up *up)
{
    if (uv_loop_init(&up->loop) != 0 || uv_async_init(&up->loop, &up->told, on_told) != 0 ||
        uv_signal_init(&up->loop, &up->interrupt) != 0 || uv_signal_init(&up->loop, &up->terminate) != 0)
        return ERR_INTERNAL;
    up->told.data = up;
    up->interrupt.data = up;
    up->terminate.data = up;
    if (uv_signal_start(&up->interrupt, on_signal, SIGINT) != 0 || uv_signal_start(&up->terminate, on_signal, SIGTERM) != 0)
        return ERR_INTERNAL;
    up->supervisor = supervisor_open(&up->loop, up->programs.list, UP_PROGRAMS);
    return ERR_OK;
}

static enum err make_cluster(struct up *up)
{
    char script[PLACE_PATH + 32];
    char folder[PLACE_PATH];
    snprintf(script, sizeof script, "%s/deploy/postgres.sh", up->place.root);
    const char *argv[] = {"/bin/sh", script, "init", place_path(&up->place, "postgres", folder), NULL};
    int status = 1;
    enum err err = place_run(&up->place, argv, NULL, NULL, &status);
    if (!err && status == 0)
        return ERR_OK;
    fprintf(stderr, "hv up: PostgreSQL's folder cannot be made; see %s/log/up.log\n", up->place.dir);
    return ERR_INTERNAL;
}

static enum err prepare(struct up *up, const struct options *options)
{
    enum err err = place_open(&up->place, options->dir, options->port);
    if (!err && options->fresh)
        err = place_empty(&up->place);
    if (!err)
        err = place_keys(&up->place);
    if (!err)
        err = make_cluster(up);
    if (!err)
        err = programs_make(up);
    if (!err)
        err = loop_open(up);
    return err;
}

static int run(struct up *up)
{
    pthread_t story;
    supervisor_raise(up->supervisor, LEVEL_GROUND);
    if (pthread_create(&story, NULL, story_thread, up) != 0)
        return 1;
    uv_run(&up->loop, UV_RUN_DEFAULT);
    pthread_join(story, NULL);
    supervisor_free(up->supervisor);
    (void)uv_loop_close(&up->loop);
    up_step(up, "everything has ended; data is kept in %s", up->place.dir);
    return up->status;
}

int up_main(int argc, char **argv)
{
    struct options options = {0};
    if (!parse(&options, argc, argv))
        return 2;
    if (options.help) {
        fputs(help, stdout);
        return 0;
    }
    signal(SIGPIPE, SIG_IGN);
    struct up *up = mem_new(sizeof *up);
    up->began_us = time_steady_us();
    up->once = options.once;
    up->serve_only = options.serve;
    int status = prepare(up, &options) == ERR_OK ? run(up) : 1;
    programs_fini(up);
    place_close(&up->place);
    mem_free(up);
    return status;
}
