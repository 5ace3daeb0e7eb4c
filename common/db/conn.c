/* Opening, losing and reopening a connection. A lost connection is an ordinary state: every flush on it answers
 * ERR_UNAVAILABLE at once until db_reconnect succeeds. Each wait has a limit: connecting 3 seconds a host, a silent peer
 * 5 seconds, a statement its statement_timeout, a forgotten transaction one minute.
 */
#include "common/db/conn.h"

#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"

static char *copy_or_null(const char *text)
{
    return text ? mem_strdup(text) : NULL;
}

/* The conninfo's own `options`, which ours must not displace. On the heap, never NULL. */
static char *options_of_conninfo(const char *conninfo)
{
    PQconninfoOption *all = PQconninfoParse(conninfo, NULL);
    char *found = NULL;

    for (PQconninfoOption *o = all; o && o->keyword; o++) {
        if (strcmp(o->keyword, "options") == 0 && o->val)
            found = mem_strdup(o->val);
    }
    PQconninfoFree(all);
    return found ? found : mem_strdup("");
}

static PGconn *connect_once(const struct db_config *config)
{
    char *own = options_of_conninfo(config->conninfo);
    char options[640];
    char path[160] = "";

    if (config->schema)
        (void)snprintf(path, sizeof path, "-c search_path=%s", config->schema);
    /* Every statement finds its rows by key, so its plan does not depend on the values: planning anew each time cost a lone
     * enrolment half of its time in PostgreSQL (tests/bench/burst, one connection). And because a plan is kept while its tables grow,
     * it must go by the indexes even when it is made on a handful of rows, where reading the table whole would be cheaper: else the
     * first minute of a burst, until the next analysis, reads all that the burst has written, again for each request. */
    int len = snprintf(
        options, sizeof options,
        "%s %s -c statement_timeout=%d -c idle_in_transaction_session_timeout=60000 -c plan_cache_mode=force_generic_plan -c jit=off"
        " -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off",
        own, path, config->statement_timeout_ms);
    mem_free(own);
    if (len < 0 || (size_t)len >= sizeof options)
        bug("the options of a connection string are longer than 200 bytes");
    /* What stands before dbname the conninfo may override; what stands after it, not. */
    const char *keys[] = {"connect_timeout",
                          "tcp_user_timeout",
                          "keepalives_idle",
                          "keepalives_interval",
                          "keepalives_count",
                          "gssencmode",
                          "dbname",
                          "client_encoding",
                          "application_name",
                          "options",
                          NULL};
    const char *values[] = {"3", "5000", "5", "2", "3", "disable", config->conninfo, "UTF8", config->application_name, options, NULL};
    return PQconnectdbParams(keys, values, 1);
}

enum err db_lose(struct db *db, const char *why)
{
    if (!db->conn)
        return ERR_UNAVAILABLE;
    log_warn(db->log, NULL, "db.lost", LOG_TEXT("application", db->config.application_name), LOG_TEXT("why", why));
    PQfinish(db->conn);
    db->conn = NULL;
    db->lost = true;
    db->begun = false;
    prepared_forget(db);
    return ERR_UNAVAILABLE;
}

enum err db_reconnect(struct db *db)
{
    if (db->conn)
        PQfinish(db->conn);
    db->conn = NULL;
    db->begun = false;
    pipeline_clear(db);
    prepared_forget(db);
    PGconn *conn = connect_once(&db->config);
    if (!conn)
        bug("libpq has no memory for a connection");
    if (PQstatus(conn) != CONNECTION_OK || PQsetnonblocking(conn, 1) != 0 || !PQenterPipelineMode(conn)) {
        if (!db->away) /* once an outage: the tries that follow say the same */
            log_warn(db->log, NULL, "db.unreachable", LOG_TEXT("application", db->config.application_name),
                     LOG_TEXT("why", PQerrorMessage(conn)));
        db->away = true;
        PQfinish(conn);
        return ERR_UNAVAILABLE;
    }
    (void)PQsetNoticeReceiver(conn, fault_notice, db);
    db->conn = conn;
    if (db->away || db->lost)
        log_info(db->log, NULL, "db.back", LOG_TEXT("application", db->config.application_name));
    db->away = db->lost = false;
    return ERR_OK;
}

enum err db_open(struct db **out, const struct db_config *config, const struct log *log)
{
    struct db *db = mem_new(sizeof *db);

    db->log = log;
    db->config = (struct db_config){
        .conninfo = mem_strdup(config->conninfo),
        .schema = copy_or_null(config->schema),
        .application_name = mem_strdup(config->application_name ? config->application_name : "hakuvayla"),
        .statement_timeout_ms = config->statement_timeout_ms,
    };
    enum err err = db_reconnect(db);
    if (err != ERR_OK) {
        db_close(db);
        return err;
    }
    *out = db;
    return ERR_OK;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    pipeline_clear(db);
    prepared_forget(db);
    if (db->conn)
        PQfinish(db->conn);
    mem_free(db->entries);
    mem_free((void *)(uintptr_t)db->config.conninfo);
    mem_free((void *)(uintptr_t)db->config.schema);
    mem_free((void *)(uintptr_t)db->config.application_name);
    mem_free(db);
}

bool db_alive(struct db *db)
{
    if (!db->conn)
        return false;
    /* Reads what has arrived, without waiting: the end of the stream, or the server's parting words. */
    if (!PQconsumeInput(db->conn) || PQstatus(db->conn) != CONNECTION_OK) {
        (void)db_lose(db, PQerrorMessage(db->conn));
        return false;
    }
    return true;
}

int db_backoff_ms(unsigned tries)
{
    return tries >= 6 ? 1000 : 20 << tries;
}
