/* Which programs `hv up` runs, with which arguments and environment: what an operator's units would say, in one place. Ports and
 * folders come from the place. */
#include "services/hv/up.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/alloc.h"

#define SETPRIV "/usr/bin/setpriv"

extern char **environ;

static const char *path(struct up *up, const char *format, const char *a, const char *b)
{
    struct up_programs *p = &up->programs;
    if (p->path_count == sizeof p->paths / sizeof p->paths[0])
        bug("hv up has more paths than it thought");
    char *out = p->paths[p->path_count++];
    if (snprintf(out, PLACE_PATH, format, a, b) >= PLACE_PATH)
        fprintf(stderr, "hv up: a path is too long: %s\n", out);
    return out;
}

static void env(struct up *up, const char *name, const char *value)
{
    struct up_programs *p = &up->programs;
    size_t len = strlen(name) + strlen(value) + 2;
    if (p->env_count == UP_ENV_MAX - 1)
        bug("hv up's environment is fuller than it thought");
    char *line = mem_new(len);
    snprintf(line, len, "%s=%s", name, value);
    p->env[p->env_count++] = line;
}

/* What the user's own environment may say instead. */
static void env_unless_said(struct up *up, const char *name, const char *value)
{
    if (getenv(name) == NULL)
        env(up, name, value);
}

static void env_tcp(struct up *up, const char *name, enum port port)
{
    char url[40];
    snprintf(url, sizeof url, "tcp://127.0.0.1:%d", up->place.ports[port]);
    env(up, name, url);
}

/* What `up` decides alone: a name that ends in "_" means all that begin so. quiet: meant for another program than the services, so that
 * nobody needs to hear that they do not get it. */
static const struct {
    const char *name;
    bool quiet;
} ours[] = {
    {"HV_DATABASE", false}, {"HV_BUS_KEY", false},    {"HV_SESSION_KEY", false},    {"HV_SIGNING_KEY", false}, {"HV_DATA_KEYS", false},
    {"HV_HTTP", false},     {"HV_ENROLMENT_", false}, {"HV_NOTIFICATION_", false},  {"HV_FUNDING_", false},    {"HV_GATEWAY_", false},
    {"HV_SMTP", false},     {"HV_SMTP_CA", false},    {"HV_SMTP_PASSWORDS", false}, {"HV_INSTANCE", false},    {"HV_PROOF_MAX", false},
    {"HV_URL", true},       {"HV_TOKEN", true},       {"HV_UP_TYPED", true},        {"HV_PARENT_DEATH", true},
};

/* Which of them a line of the environment sets; none: -1. */
static int ours_of(const char *line)
{
    const size_t len = strcspn(line, "=");
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        const size_t named = strlen(ours[i].name);
        if (strncmp(line, ours[i].name, named) == 0 && (len == named || ours[i].name[named - 1] == '_'))
            return (int)i;
    }
    return -1;
}

/* What the user's own environment says stays, unless it names something of ours; HV_LOG is theirs to choose. What does not stay is said:
 * whoever set HV_SMTP shall not wait for mail that lies in the local mailbox. */
static void env_inherit(struct up *up)
{
    for (char **line = environ; *line && up->programs.env_count < UP_ENV_MAX / 2; line++) {
        const int mine = ours_of(*line);
        if (mine < 0)
            up->programs.env[up->programs.env_count++] = mem_strdup(*line);
        else if (!ours[mine].quiet)
            fprintf(stderr, "hv up: %.*s of your environment is not used: up decides it alone (hv up --help)\n", (int)strcspn(*line, "="),
                    *line);
    }
}

static void env_make(struct up *up)
{
    char text[80];
    env_inherit(up);
    env(up, "HV_DATABASE", up->place.database);
    env(up, "HV_BUS_KEY", path(up, "%s/%s", up->place.dir, "keys/bus"));
    env(up, "HV_SESSION_KEY", path(up, "%s/%s", up->place.dir, "keys/session"));
    env(up, "HV_SIGNING_KEY", path(up, "%s/%s", up->place.dir, "keys/signing"));
    env(up, "HV_DATA_KEYS", path(up, "%s/%s", up->place.dir, "keys/data"));
    env_tcp(up, "HV_ENROLMENT_RPC", PORT_ENROLMENT_RPC);
    env_tcp(up, "HV_ENROLMENT_PUB", PORT_ENROLMENT_PUB);
    env_tcp(up, "HV_ENROLMENT_HEALTH", PORT_ENROLMENT_HEALTH);
    env_tcp(up, "HV_NOTIFICATION_RPC", PORT_NOTIFICATION_RPC);
    env_tcp(up, "HV_NOTIFICATION_PUB", PORT_NOTIFICATION_PUB);
    env_tcp(up, "HV_NOTIFICATION_HEALTH", PORT_NOTIFICATION_HEALTH);
    env_tcp(up, "HV_FUNDING_RPC", PORT_FUNDING_RPC);
    env_tcp(up, "HV_FUNDING_PUB", PORT_FUNDING_PUB);
    env_tcp(up, "HV_FUNDING_HEALTH", PORT_FUNDING_HEALTH);
    env_tcp(up, "HV_GATEWAY_HEALTH", PORT_GATEWAY_HEALTH);
    snprintf(text, sizeof text, "127.0.0.1:%d", up->place.ports[PORT_HTTP]);
    env(up, "HV_HTTP", text);
    snprintf(text, sizeof text, "http://127.0.0.1:%d", up->place.ports[PORT_HTTP]);
    env(up, "HV_URL", text);
    env_unless_said(up, "HV_PUBLIC_URL", text);
    snprintf(text, sizeof text, "smtp://127.0.0.1:%d", up->place.ports[PORT_MAIL]);
    env(up, "HV_SMTP", text);
    env_unless_said(up, "HV_CHAIN_PUBLISH_SECONDS", "5"); /* a demonstration does not wait ten minutes for its feed */
    env_unless_said(up, "HV_QUIET_HOURS", "off");         /* it shows its mails at night too */
    env(up, "HV_PARENT_DEATH", "INT");                    /* deploy/postgres.sh hands it on: PostgreSQL ends fast when we vanish */
}

/* Adds a program. arguments: what follows setpriv's own, which asks the kernel for SIGTERM when we vanish. */
static void program(struct up *up, size_t i, const char *name, unsigned level, int stop_signal, const char *const *arguments)
{
    struct program *p = &up->programs.list[i];
    size_t n = 0;
    p->name = name;
    p->level = level;
    p->stop_signal = stop_signal;
    p->env = programs_env(up);
    p->log = path(up, "%s/log/%s.log", up->place.dir, name);
    if (level == LEVEL_SERVICES || stop_signal == SIGTERM) {
        p->argv[n++] = SETPRIV;
        p->argv[n++] = "--pdeathsig";
        p->argv[n++] = "TERM";
        p->argv[n++] = "--";
    }
    for (size_t k = 0; arguments[k] && n < SUPERVISOR_ARGS - 1; k++)
        p->argv[n++] = arguments[k];
}

static enum err read_conninfo(struct up *up)
{
    const char *argv[] = {"/bin/sh", path(up, "%s/%s", up->place.root, "deploy/postgres.sh"), "url",
                          path(up, "%s/%s", up->place.dir, "postgres"), NULL};
    char *text = NULL;
    int status = 1;
    enum err err = place_run(&up->place, argv, NULL, &text, &status);
    if (!err && status == 0 && text && strlen(text) < sizeof up->place.database) {
        text[strcspn(text, "\n")] = '\0';
        snprintf(up->place.database, sizeof up->place.database, "%s", text);
        mem_free(text);
        return ERR_OK;
    }
    mem_free(text);
    fprintf(stderr, "hv up: deploy/postgres.sh does not say where the database is (status %d)\n", status);
    return ERR_INTERNAL;
}

enum err programs_make(struct up *up)
{
    enum err err = read_conninfo(up);
    if (err)
        return err;
    env_make(up);
    char number[8];
    snprintf(number, sizeof number, "%d", up->place.ports[PORT_MAIL]);
    const char *mail_port = path(up, "%s%s", number, "");
    const char *root = up->place.root;
    const char *bin = up->place.bin;
    const char *postgres[] = {"/bin/sh", path(up, "%s/%s", root, "deploy/postgres.sh"), "run", path(up, "%s/%s", up->place.dir, "postgres"),
                              NULL};
    const char *mailbox[] = {"/usr/bin/python3",
                             path(up, "%s/%s", root, "deploy/mailbox.py"),
                             "--folder",
                             path(up, "%s/%s", up->place.dir, "mail"),
                             "--port",
                             mail_port,
                             NULL};
    const char *enrolment[] = {path(up, "%s/%s", bin, "hv-enrolment"), NULL};
    const char *notification[] = {path(up, "%s/%s", bin, "hv-notification"), NULL};
    const char *funding[] = {path(up, "%s/%s", bin, "hv-funding"), NULL};
    const char *gateway[] = {path(up, "%s/%s", bin, "hv-gateway"), NULL};
    program(up, 0, "postgres", LEVEL_GROUND, SIGINT, postgres); /* SIGINT: its fast shutdown */
    program(up, 1, "mailbox", LEVEL_GROUND, SIGTERM, mailbox);
    program(up, 2, "hv-enrolment", LEVEL_SERVICES, SIGTERM, enrolment);
    program(up, 3, "hv-notification", LEVEL_SERVICES, SIGTERM, notification);
    program(up, 4, "hv-funding", LEVEL_SERVICES, SIGTERM, funding);
    program(up, 5, "hv-gateway", LEVEL_SERVICES, SIGTERM, gateway);
    return ERR_OK;
}

void programs_fini(struct up *up)
{
    for (size_t i = 0; i < up->programs.env_count; i++)
        mem_free(up->programs.env[i]);
    up->programs.env_count = 0;
}

const char *const *programs_env(const struct up *up)
{
    return (const char *const *)up->programs.env;
}

const char *programs_url(const struct up *up)
{
    for (size_t i = 0; i < up->programs.env_count; i++) {
        if (strncmp(up->programs.env[i], "HV_URL=", 7) == 0)
            return up->programs.env[i] + 7;
    }
    bug("programs_make was not called");
}
