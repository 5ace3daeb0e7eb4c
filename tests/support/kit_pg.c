/* PostgreSQL for tests. A private cluster has a guardian: a small process that waits on a pipe and stops the cluster and
 * removes its folder when this program says so or is gone, even by SIGKILL.
 */
#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/alloc.h"
#include "common/base/arena.h"
#include "tests/support/kit.h"

static const char SCRIPT[] = HV_ROOT "/deploy/postgres.sh";

struct kit_pg {
    struct arena *arena;
    const char *server;   /* conninfo without user and database */
    const char *database; /* its name */
    PGconn *conn;         /* the owner's */
    char *folder;         /* of a private cluster, else NULL */
    pid_t guardian;
    int guardian_pipe;
};

static PGconn *connect_owner(const char *server, const char *database)
{
    char conninfo[512];

    (void)snprintf(conninfo, sizeof conninfo, "%s user=hv_owner dbname=%s application_name=kit options='-c client_min_messages=error'",
                   server, database);
    PGconn *conn = PQconnectdb(conninfo);
    if (PQstatus(conn) != CONNECTION_OK)
        kit_give_up("PostgreSQL at '%s': %s", server, PQerrorMessage(conn));
    return conn;
}

static void must_run(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        kit_give_up("%s: %s", sql, PQerrorMessage(conn));
    PQclear(result);
}

/* --- a private cluster -------------------------------------------------------------------------------------------- */

static int script(const char *verb, const char *folder, const char *mode, const char *settings)
{
    const char *argv[] = {SCRIPT, verb, folder, mode, NULL};
    char options[600];
    const char *changes[] = {options, NULL};

    (void)snprintf(options, sizeof options, "HV_PG_OPTIONS=%s", settings);
    return kit_join(kit_spawn(argv, changes, NULL), 90000);
}

/* The guardian: starts the cluster, says whether it did, and stops it when it hears from the program, or nothing any more. */
static _Noreturn void guard(const char *folder, const char *settings, int hear, int say)
{
    char byte;
    const char *argv[] = {"rm", "-rf", folder, NULL};

    (void)setsid();
    (void)signal(SIGTERM, SIG_IGN);
    (void)signal(SIGINT, SIG_IGN);
    (void)signal(SIGPIPE, SIG_IGN);
    byte = script("start", folder, NULL, settings) == 0 ? 'y' : 'n';
    if (write(say, &byte, 1) == 1) {
        while (read(hear, &byte, 1) < 0 && errno == EINTR)
            continue;
    }
    (void)script("stop", folder, "immediate", "");
    (void)kit_join(kit_spawn(argv, NULL, NULL), 30000);
    _exit(0);
}

/* A pipe that programs we start do not inherit: who holds its other end keeps the guardian waiting. */
static void open_pipe(int ends[2])
{
    if (pipe(ends) != 0 || fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0)
        kit_give_up("a pipe: %s", strerror(errno));
}

static void start_cluster(struct kit_pg *pg, const char *settings)
{
    char folder[] = "/tmp/hv-test-XXXXXX";
    int to[2], from[2];
    char answer = 'n';

    if (!mkdtemp(folder) || chmod(folder, 0755) != 0)
        kit_give_up("a folder for PostgreSQL: %s", strerror(errno));
    pg->folder = arena_strdup(pg->arena, folder);
    open_pipe(to);
    open_pipe(from);
    (void)fflush(NULL);
    pg->guardian = fork();
    if (pg->guardian < 0)
        kit_give_up("fork: %s", strerror(errno));
    if (pg->guardian == 0) {
        (void)close(to[1]);
        (void)close(from[0]);
        guard(pg->folder, settings, to[0], from[1]);
    }
    (void)close(to[0]);
    (void)close(from[1]);
    pg->guardian_pipe = to[1];
    if (read(from[0], &answer, 1) != 1 || answer != 'y')
        kit_give_up("deploy/postgres.sh start failed in %s", folder);
    (void)close(from[0]);
    pg->server = arena_printf(pg->arena, "host=%s/socket", folder);
}

static void stop_cluster(struct kit_pg *pg)
{
    if (write(pg->guardian_pipe, "q", 1) != 1)
        kit_give_up("the guardian of %s is gone", pg->folder);
    (void)close(pg->guardian_pipe);
    if (kit_join(pg->guardian, 60000) != 0)
        kit_give_up("the guardian of %s did not finish", pg->folder);
}

/* --- a database --------------------------------------------------------------------------------------------------- */

static void create_database(struct kit_pg *pg)
{
    static unsigned number; /* of the databases this program has made */
    char sql[128];

    pg->database = arena_printf(pg->arena, "hv_test_%d_%u", (int)getpid(), ++number);
    PGconn *conn = connect_owner(pg->server, "postgres");
    (void)snprintf(sql, sizeof sql, "drop database if exists %s with (force)", pg->database);
    must_run(conn, sql);
    (void)snprintf(sql, sizeof sql, "create database %s", pg->database);
    must_run(conn, sql);
    PQfinish(conn);
    pg->conn = connect_owner(pg->server, pg->database);
}

static struct kit_pg *kit_pg_open(const char *server, const char *settings)
{
    struct kit_pg *pg = mem_new(sizeof *pg);

    pg->arena = arena_new(4096);
    if (server)
        pg->server = arena_strdup(pg->arena, server);
    else
        start_cluster(pg, settings);
    create_database(pg);
    return pg;
}

struct kit_pg *kit_pg_new(void)
{
    const char *server = getenv("HV_TEST_PG");

    return kit_pg_open(server && server[0] ? server : NULL, "");
}

struct kit_pg *kit_pg_new_private(const char *settings)
{
    return kit_pg_open(NULL, settings);
}

/* Asks for the database to be dropped and does not wait: PostgreSQL writes a checkpoint first, which may take a second or two, and then
 * does what was asked although nobody listens any more. */
static void drop_later(struct kit_pg *pg)
{
    char sql[128];
    PGconn *conn = connect_owner(pg->server, "postgres");

    (void)snprintf(sql, sizeof sql, "drop database %s with (force)", pg->database);
    if (PQsendQuery(conn, sql) != 1 || PQflush(conn) != 0)
        kit_give_up("%s: %s", sql, PQerrorMessage(conn));
    PQfinish(conn);
}

void kit_pg_free(struct kit_pg *pg)
{
    if (!pg)
        return;
    PQfinish(pg->conn);
    if (pg->folder) {
        stop_cluster(pg);
    } else {
        drop_later(pg);
    }
    arena_free(pg->arena);
    mem_free(pg);
}

void kit_pg_apply(struct kit_pg *pg, const struct db_schema *schema)
{
    struct db_config config = {.conninfo = kit_pg_conninfo(pg, NULL), .application_name = "kit/migrate"};
    struct db *db;
    size_t applied;

    if (db_open(&db, &config, kit_log()) != ERR_OK || migrate_apply(db, schema, kit_log(), &applied) != ERR_OK)
        kit_give_up("the schema of %s could not be applied; HV_TEST_LOG=error tells why", schema->name);
    db_close(db);
}

const char *kit_pg_conninfo(struct kit_pg *pg, const char *user)
{
    return arena_printf(pg->arena, "%s dbname=%s user=%s", pg->server, pg->database, user ? user : "hv_owner");
}

const char *kit_pg_server(struct kit_pg *pg)
{
    return pg->server;
}

const char *kit_pg_database(struct kit_pg *pg)
{
    return pg->database;
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

static const char *ask(struct kit_pg *pg, const char *format, va_list args)
{
    char sql[32768];

    if (vsnprintf(sql, sizeof sql, format, args) >= (int)sizeof sql)
        kit_give_up("a statement of a test is too long");
    if (PQstatus(pg->conn) != CONNECTION_OK)
        PQreset(pg->conn);
    PGresult *result = PQexec(pg->conn, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        kit_give_up("%s: %s", sql, PQerrorMessage(pg->conn));
    bool some = PQntuples(result) > 0 && PQnfields(result) > 0;
    const char *answer = arena_strdup(pg->arena, some ? PQgetvalue(result, 0, 0) : "");
    PQclear(result);
    return answer;
}

const char *kit_sql(struct kit_pg *pg, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    const char *answer = ask(pg, format, args);
    va_end(args);
    return answer;
}

int64_t kit_sql_int(struct kit_pg *pg, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    const char *answer = ask(pg, format, args);
    va_end(args);
    char *end;
    long long value = strtoll(answer, &end, 10);
    if (end == answer || *end)
        kit_give_up("a test asked for a number and got '%s'", answer);
    return value;
}

void kit_pg_lock_out(struct kit_pg *pg, const char *role)
{
    (void)kit_sql(pg, "revoke connect on database %s from %s", pg->database, role);
    (void)kit_sql(pg, "select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s' and datname = current_database()", role);
}

void kit_pg_let_in(struct kit_pg *pg, const char *role)
{
    (void)kit_sql(pg, "grant connect on database %s to %s", pg->database, role);
}
