/* Plain SQL for tools and migrations: several statements in one text, sent outside the pipeline, results thrown away.
 * Inside a transaction begun by db_begin it is part of it; otherwise the whole text is one transaction of its own.
 */
#include "common/db/conn.h"

static bool is_copy(const PGresult *result)
{
    ExecStatusType s = PQresultStatus(result);

    return s == PGRES_COPY_IN || s == PGRES_COPY_OUT || s == PGRES_COPY_BOTH;
}

static enum err read_all(struct db *db, enum err *first)
{
    int64_t limit_us = pipeline_limit_us(db);
    PGresult *result = NULL;

    do {
        PQclear(result);
        result = NULL;
        enum err err = pipeline_await(db, &result, limit_us);
        if (err != ERR_OK)
            return err;
        if (!result)
            break;
        pipeline_judge(db, result, first);
    } while (!is_copy(result));
    if (!result)
        return ERR_OK;
    PQclear(result);
    return db_lose(db, "a script may not copy");
}

enum err db_script(struct db *db, const char *sql)
{
    enum err first = db_flush(db);

    if (first != ERR_OK)
        return first;
    if (!db->begun)
        fault_clear(db);
    if (!PQexitPipelineMode(db->conn) || !PQsendQuery(db->conn, sql)) {
        (void)db_lose(db, PQerrorMessage(db->conn));
        return pipeline_lost(db);
    }
    if (read_all(db, &first) != ERR_OK)
        return pipeline_lost(db);
    if (first == ERR_UNAVAILABLE || !PQenterPipelineMode(db->conn)) {
        (void)db_lose(db, db->message[0] ? db->message : "the pipeline could not be entered again");
        return pipeline_lost(db);
    }
    db->begun = PQtransactionStatus(db->conn) != PQTRANS_IDLE;
    if (first != ERR_OK && db->failure == ERR_OK)
        db->failure = first;
    return first;
}
