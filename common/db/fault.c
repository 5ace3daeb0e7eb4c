/* What the server's errors mean to us: the table of db.h by SQLSTATE class, the last error of a connection, and the one
 * warning that is an error to us: a COMMIT acknowledged although its standby never confirmed it.
 */
#include <stdio.h>
#include <string.h>

#include "common/db/conn.h"

static bool has_class(const char *sqlstate, const char *class)
{
    return strncmp(sqlstate, class, 2) == 0;
}

static bool is_state(const char *sqlstate, const char *state)
{
    return strcmp(sqlstate, state) == 0;
}

/* The server is going away, full, or no longer the primary: another try on another connection may succeed. */
static bool is_unavailable(const char *s, enum db_access access)
{
    if (has_class(s, "08") || has_class(s, "53") || is_state(s, "40003"))
        return true;
    if (has_class(s, "57"))
        return !is_state(s, "57014");
    if (is_state(s, "26000") || is_state(s, "25P03")) /* our prepared statement, or our transaction, was taken from us */
        return true;
    return is_state(s, "25006") && access == DB_READ_WRITE; /* read-only now: a fail-over */
}

enum err fault_of_sqlstate(const char *s, enum db_access access)
{
    if (is_unavailable(s, access))
        return ERR_UNAVAILABLE;
    if (is_state(s, "57014") || is_state(s, "55P03"))
        return ERR_TIMEOUT;
    if (is_state(s, "40001") || is_state(s, "40P01"))
        return ERR_CONFLICT;
    if (has_class(s, "23")) /* a CHECK or NOT NULL refuses what only a bug can write */
        return is_state(s, "23514") || is_state(s, "23502") ? ERR_INTERNAL : ERR_CONFLICT;
    return ERR_INTERNAL;
}

static void copy_field(char *out, size_t size, const char *text)
{
    (void)snprintf(out, size, "%s", text ? text : "");
}

void fault_clear(struct db *db)
{
    db->sqlstate[0] = db->message[0] = db->constraint[0] = '\0';
    db->failure = ERR_OK;
    db->unsure = false;
}

enum err fault_note(struct db *db, const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    /* An error without an SQLSTATE is libpq's own: the connection broke. */
    copy_field(db->sqlstate, sizeof db->sqlstate, state ? state : "08006");
    copy_field(db->message, sizeof db->message, state ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : PQresultErrorMessage(result));
    copy_field(db->constraint, sizeof db->constraint, PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME));
    return fault_of_sqlstate(db->sqlstate, db->access);
}

void fault_notice(void *arg, const PGresult *notice)
{
    struct db *db = arg;
    const char *where = PQresultErrorField(notice, PG_DIAG_SOURCE_FUNCTION);
    const char *text = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);

    /* The place in the server's source, because the sentence follows lc_messages. */
    if ((where && strcmp(where, "SyncRepWaitForLSN") == 0) || (text && strstr(text, "wait for synchronous replication"))) {
        db->unsure = true;
        copy_field(db->message, sizeof db->message, text);
        return;
    }
    log_debug(db->log, NULL, "db.notice", LOG_TEXT("message", text ? text : ""));
}

const char *db_sqlstate(const struct db *db)
{
    return db->sqlstate;
}

const char *db_message(const struct db *db)
{
    return db->message;
}

const char *db_constraint(const struct db *db)
{
    return db->constraint;
}
