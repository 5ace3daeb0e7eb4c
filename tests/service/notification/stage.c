/* Starting and stopping the programs of the stage, and what the tests look at. */
#include "tests/service/notification/stage.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "common/event/log.h"

#define STREAMS     4
#define CONTEXT_MAX (4 * 1024 * 1024)

extern const struct db_schema notification_schema;

static void set(struct stage *stage, int i, const char *name, const char *value)
{
    (void)snprintf(stage->environment[i], sizeof stage->environment[i], "%s=%s", name, value);
    stage->changes[i] = stage->environment[i];
}

void stage_set(struct stage *stage, const char *name, const char *value)
{
    size_t len = strlen(name), most = sizeof stage->environment / sizeof stage->environment[0];

    for (size_t i = 0; i < most; i++) {
        if (stage->changes[i] == NULL || (strncmp(stage->environment[i], name, len) == 0 && stage->environment[i][len] == '=')) {
            set(stage, (int)i, name, value);
            return;
        }
    }
    fail_msg("the stage has no room for %s", name);
}

/* "tcp://127.0.0.1:<a free port>" */
static void set_tcp(struct stage *stage, int i, const char *name)
{
    set(stage, i, name, arena_printf(stage->arena, "tcp://127.0.0.1:%d", kit_port()));
}

static void write_key(const struct stage *stage)
{
    char path[300];
    FILE *file;

    (void)snprintf(path, sizeof path, "%s/key", stage->folder);
    file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < 64; i++)
        assert_int_equal(fputc("0123456789abcdef"[i % 16], file), "0123456789abcdef"[i % 16]);
    assert_int_equal(fclose(file), 0);
}

static void set_environment(struct stage *stage)
{
    struct arena *a = stage->arena;

    set(stage, 0, "HV_DATABASE", arena_printf(a, "%s dbname=%s", kit_pg_server(stage->pg), kit_pg_database(stage->pg)));
    set(stage, 1, "HV_BUS_KEY", arena_printf(a, "%s/key", stage->folder));
    set_tcp(stage, 2, "HV_ENROLMENT_RPC");
    set_tcp(stage, 3, "HV_ENROLMENT_PUB");
    set_tcp(stage, 4, "HV_ENROLMENT_HEALTH");
    set_tcp(stage, 5, "HV_NOTIFICATION_RPC");
    set_tcp(stage, 6, "HV_NOTIFICATION_HEALTH");
    set(stage, 7, "HV_SMTP", arena_printf(a, "smtp://127.0.0.1:%d", stage->smtp_port));
    set(stage, 8, "HV_MAIL_FROM", "Hakuväylä <no-reply@hakuvayla.example.fi>");
    set(stage, 9, "HV_MAIL_DOMAIN", "mail.example.fi");
    set(stage, 10, "HV_SENDERS", "2");
    set_tcp(stage, 12, "HV_FUNDING_RPC");
    set_tcp(stage, 13, "HV_FUNDING_PUB");
    set_tcp(stage, 14, "HV_FUNDING_HEALTH");
    set(stage, 11, "HV_QUIET_HOURS", getenv("HV_QUIET_HOURS") != NULL ? getenv("HV_QUIET_HOURS") : "off"); /* tests run at night too */
}

static pid_t start(struct stage *stage, const char *program, const char *log)
{
    const char *argv[] = {kit_program(program), NULL};
    char output[300];

    (void)snprintf(output, sizeof output, "%s/%s", stage->folder, log);
    return kit_spawn(argv, stage->changes, output);
}

void stage_notification_start(struct stage *stage)
{
    stage->notification = start(stage, "hv-notification", "notification.log");
}

int stage_notification_stop(struct stage *stage, int signal)
{
    int status = kit_kill(stage->notification, signal);

    stage->notification = 0;
    return status;
}

static bool listens(void *arg)
{
    const char *log = arg;
    char line[300] = "";
    FILE *file = fopen(log, "r");
    bool found = false;

    while (file && !found && fgets(line, sizeof line, file))
        found = strstr(line, "listening") != NULL;
    if (file)
        (void)fclose(file);
    return found;
}

void stage_mailbox_start(struct stage *stage, const char *mode)
{
    char mails[260], port[12], log[300], pathname[260];
    const char *argv[] = {"/usr/bin/python3", pathname, "--folder", mails, "--port", port, *mode ? "--mode" : NULL, mode, NULL};

    (void)snprintf(pathname, sizeof pathname, "%s/%s", HV_ROOT,
                   *mode ? "tests/service/notification/mailbox_modes.py" : "deploy/mailbox.py");
    (void)snprintf(mails, sizeof mails, "%s/mails", stage->folder);
    (void)snprintf(port, sizeof port, "%d", stage->smtp_port);
    (void)snprintf(log, sizeof log, "%s/mailbox.%d.log", stage->folder, ++stage->seq);
    stage->mailbox = kit_spawn(argv, NULL, log);
    assert_true(kit_wait_until(listens, log, KIT_PATIENCE_MS));
}

void stage_mailbox_stop(struct stage *stage)
{
    (void)kit_kill(stage->mailbox, SIGTERM);
    stage->mailbox = 0;
}

void stage_open(struct stage *stage)
{
    const struct db_schema source = {"enrolment", notification_schema.migrations, 1};
    struct db_config config = {.schema = "enrolment", .application_name = "test", .statement_timeout_ms = 10000};

    *stage = (struct stage){.pg = kit_pg_new(), .smtp_port = kit_port(), .arena = arena_new(65536)};
    (void)snprintf(stage->folder, sizeof stage->folder, "%s/hv-stage-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(stage->folder));
    kit_pg_apply(stage->pg, &source);
    kit_pg_apply(stage->pg, &notification_schema);
    config.conninfo = kit_pg_conninfo(stage->pg, "hv_enrolment");
    assert_int_equal(db_open(&stage->source, &config, kit_log()), ERR_OK);
    write_key(stage);
    set_environment(stage);
    stage_mailbox_start(stage, "");
    stage->publisher = start(stage, "test_notification_source", "source.log");
    stage_notification_start(stage);
}

void stage_funding_open(struct stage *stage)
{
    const struct db_schema source = {"funding", notification_schema.migrations, 1};
    struct db_config config = {.schema = "funding", .application_name = "test", .statement_timeout_ms = 10000};

    kit_pg_apply(stage->pg, &source);
    config.conninfo = kit_pg_conninfo(stage->pg, "hv_funding");
    assert_int_equal(db_open(&stage->grants, &config, kit_log()), ERR_OK);
    assert_int_equal(setenv("HV_TEST_SOURCE", "funding", 1), 0);
    stage->funding = start(stage, "test_notification_source", "funding.log");
    assert_int_equal(unsetenv("HV_TEST_SOURCE"), 0);
}

static void remove_folder(const char *folder)
{
    char path[600];
    const char *argv[] = {"rm", "-rf", path, NULL};

    (void)snprintf(path, sizeof path, "%s", folder);
    (void)kit_join(kit_spawn(argv, NULL, NULL), 10000);
}

void stage_close(struct stage *stage)
{
    if (stage->notification)
        (void)kit_kill(stage->notification, SIGKILL);
    if (stage->funding)
        (void)kit_kill(stage->funding, SIGKILL);
    if (stage->grants)
        db_close(stage->grants);
    if (stage->publisher)
        (void)kit_kill(stage->publisher, SIGKILL);
    if (stage->mailbox)
        (void)kit_kill(stage->mailbox, SIGKILL);
    db_close(stage->source);
    arena_free(stage->arena);
    kit_pg_free(stage->pg);
    if (getenv("HV_TEST_KEEP") == NULL)
        remove_folder(stage->folder);
}

static void publish_as(const char *name, struct db *db, const struct stage_event *events, size_t count)
{
    struct arena *arena = arena_new(65536);
    struct event_list *list = event_list_new(arena, name, STREAMS);
    Bus__Request request = BUS__REQUEST__INIT;
    struct job job = {.request = &request};

    for (size_t i = 0; i < count; i++)
        event_add(list, &job, events[i].key, events[i].key, events[i].type, events[i].message, time_now_us());
    db_begin(db, DB_READ_WRITE);
    event_log_append(list, db);
    assert_int_equal(db_commit(db), ERR_OK);
    arena_free(arena);
}

void stage_publish_many(struct stage *stage, const struct stage_event *events, size_t count)
{
    publish_as("enrolment", stage->source, events, count);
}

static struct uuid last_of(struct stage *stage, const char *schema, const char *type)
{
    struct uuid id;
    const char *text =
        kit_sql(stage->pg, "select event_id from %s.event_log where type = '%s' order by recorded_at desc limit 1", schema, type);

    assert_true(uuid_parse(&id, span_text(text)));
    return id;
}

struct uuid stage_publish_grant(struct stage *stage, struct uuid key, const char *type, const ProtobufCMessage *message)
{
    publish_as("funding", stage->grants, &(struct stage_event){key, type, message}, 1);
    return last_of(stage, "funding", type);
}

struct uuid stage_publish(struct stage *stage, struct uuid key, const char *type, const ProtobufCMessage *message)
{
    struct stage_event event = {key, type, message};

    stage_publish_many(stage, &event, 1);
    return last_of(stage, "enrolment", type);
}

int64_t stage_tally(struct stage *stage, const char *what)
{
    return kit_sql_int(stage->pg, "select coalesce(sum(n), 0) from notification.tally where what = '%s'", what);
}

int64_t stage_waiting(struct stage *stage)
{
    return kit_sql_int(stage->pg, "select coalesce(sum(n), 0) from notification.tally where what in ('queued', 'sending')");
}

struct wanted {
    struct stage *stage;
    const char *what;
    int64_t n;
};

static bool tally_reached(void *arg)
{
    const struct wanted *wanted = arg;

    return stage_tally(wanted->stage, wanted->what) == wanted->n;
}

bool stage_wait_tally(struct stage *stage, const char *what, int64_t n, int wait_ms)
{
    struct wanted wanted = {stage, what, n};

    return kit_wait_until(tally_reached, &wanted, wait_ms);
}

char *stage_mails(struct stage *stage)
{
    char command[600];
    char *text = arena_alloc(stage->arena, CONTEXT_MAX);
    FILE *pipe;
    size_t len;

    (void)snprintf(command, sizeof command, "/usr/bin/python3 %s/tests/service/notification/read_mails.py %s/mails", HV_ROOT,
                   stage->folder);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    len = fread(text, 1, CONTEXT_MAX - 1, pipe);
    assert_int_equal(pclose(pipe), 0);
    text[len] = '\0';
    return text;
}

size_t stage_mail_count(struct stage *stage)
{
    char path[300];
    DIR *dir;
    size_t count = 0;

    (void)snprintf(path, sizeof path, "%s/mails", stage->folder);
    dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        count += entry->d_name[0] != '.';
    (void)closedir(dir);
    return count;
}
