/* The pipeline: statements queued, sent with one Sync, and read back, never blocking on a full socket.
 *
 * libpq's manual warns of the deadlock: the client blocks sending while the server blocks answering. So the connection is
 * non-blocking, and pipeline_await does whichever of the two can go on, waiting in poll(2) with a limit for the whole flush
 * (statement_timeout and five seconds). After an error the server skips everything up to the Sync; the first error is the
 * flush's answer, and the transaction waits for db_rollback.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/db/conn.h"

enum { SEND_AHEAD = 1024, SEND_BYTES = 1 << 20 };

/* Not READ WRITE: a server that is a standby now would refuse that with 0A000, which can mean anything. Without it the first
 * lock or write is refused with 25006, which says "go elsewhere". */
static const struct db_stmt BEGIN_WRITE = {"db_begin_write", "begin isolation level read committed"};
static const struct db_stmt BEGIN_READ = {"db_begin_read", "begin isolation level repeatable read read only"};
static const struct db_stmt COMMIT = {"db_commit", "commit"};
static const struct db_stmt ROLLBACK = {"db_rollback", "rollback"};

static const int BINARY[DB_PARAMS_MAX] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                          1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

void pipeline_clear(struct db *db)
{
    for (size_t i = 0; i < db->count; i++)
        PQclear(db->entries[i].result);
    db->count = db->sent = 0;
}

static int enqueue(struct db *db, const struct db_stmt *stmt, const struct db_params *params)
{
    if (params && params->array_left != 0)
        bug("an array parameter has fewer elements than it was said to have");
    if (db->count == DB_QUEUE_MAX)
        bug("a pipeline grew beyond its limit of statements");
    if (db->count == db->cap) {
        db->cap = db->cap ? 2 * db->cap : 32;
        db->entries = mem_grow(db->entries, db->cap, sizeof *db->entries);
    }
    db->entries[db->count] = (struct entry){.prepared = prepared_find(db, stmt, params), .params = params};
    return (int)db->count++;
}

int db_queue(struct db *db, const struct db_stmt *stmt, const struct db_params *params)
{
    if (db->sent != 0 && db->sent == db->count)
        pipeline_clear(db);
    return enqueue(db, stmt, params);
}

void db_begin(struct db *db, enum db_access access)
{
    if (db->begun)
        bug("a transaction was begun inside another");
    fault_clear(db);
    db->access = access;
    (void)db_queue(db, access == DB_READ_ONLY ? &BEGIN_READ : &BEGIN_WRITE, NULL);
    db->begun = true;
}

bool db_begun(const struct db *db)
{
    return db->begun;
}

/* --- sending and awaiting ------------------------------------------------------------------------------------------- */

int64_t pipeline_limit_us(const struct db *db)
{
    int ms = db->config.statement_timeout_ms > 0 ? db->config.statement_timeout_ms : 600000;

    return time_steady_us() + (ms + 5000LL) * 1000;
}

/* Waits until the socket can be read, or written when there is something left to send. */
static enum err wait_socket(struct db *db, bool unsent, int64_t limit_us)
{
    struct pollfd p = {.fd = PQsocket(db->conn), .events = (short)(unsent ? POLLIN | POLLOUT : POLLIN)};

    for (;;) {
        int64_t left_us = limit_us - time_steady_us();
        if (left_us <= 0)
            return db_lose(db, "the server did not answer in time");
        int n = poll(&p, 1, (int)(left_us / 1000) + 1);
        if (n > 0)
            return ERR_OK;
        if (n < 0 && errno != EINTR)
            return db_lose(db, "poll failed");
    }
}

/* The next result, or NULL where libpq says "end of this statement". */
enum err pipeline_await(struct db *db, PGresult **out, int64_t limit_us)
{
    while (PQisBusy(db->conn)) {
        int unsent = PQflush(db->conn);
        if (unsent < 0)
            return db_lose(db, PQerrorMessage(db->conn));
        enum err err = wait_socket(db, unsent == 1, limit_us);
        if (err != ERR_OK)
            return err;
        if (!PQconsumeInput(db->conn))
            return db_lose(db, PQerrorMessage(db->conn));
    }
    *out = PQgetResult(db->conn);
    return ERR_OK;
}

static bool send_entry(struct db *db, struct entry *e)
{
    struct prepared *p = e->prepared;
    const struct db_params *v = e->params;

    if (p->state == PREPARED_ABSENT) {
        if (!PQsendPrepare(db->conn, p->server_name, p->sql, p->count, p->types))
            return false;
        p->state = PREPARED_ASKED;
        e->prepares = true;
    }
    return PQsendQueryPrepared(db->conn, p->server_name, p->count, v ? v->values : NULL, v ? v->lengths : NULL, BINARY, 1) == 1;
}

static size_t entry_bytes(const struct entry *e)
{
    size_t bytes = 0;

    for (int i = 0; e->params && i < e->params->count; i++)
        bytes += (size_t)e->params->lengths[i];
    return bytes;
}

/* Waits until the socket has taken all that libpq holds. At each write libpq moves what is left to the front of its buffer: thirty
 * megabytes in one heap would be moved a hundred times. Answers are read meanwhile. */
static enum err drain(struct db *db, int64_t limit_us)
{
    int unsent;

    while ((unsent = PQflush(db->conn)) > 0) {
        enum err err = wait_socket(db, true, limit_us);
        if (err != ERR_OK)
            return err;
        if (!PQconsumeInput(db->conn))
            return db_lose(db, PQerrorMessage(db->conn));
    }
    return unsent == 0 ? ERR_OK : db_lose(db, PQerrorMessage(db->conn));
}

/* Sends the next statements, so that at most SEND_AHEAD of them are on their way; after the last one the Sync. *asked: how
 * many have been sent. */
static enum err send_some(struct db *db, size_t *asked, int64_t limit_us)
{
    size_t upto = db->sent + SEND_AHEAD < db->count ? db->sent + SEND_AHEAD : db->count;
    size_t held = 0;

    for (; *asked < upto; (*asked)++) {
        const struct entry *e = &db->entries[*asked];
        if (!send_entry(db, &db->entries[*asked]))
            return db_lose(db, PQerrorMessage(db->conn));
        held += entry_bytes(e);
        if (held < SEND_BYTES)
            continue;
        held = 0;
        enum err err = drain(db, limit_us);
        if (err != ERR_OK)
            return err;
    }
    if (!(upto == db->count ? PQpipelineSync(db->conn) : PQsendFlushRequest(db->conn)))
        return db_lose(db, PQerrorMessage(db->conn));
    return ERR_OK;
}

/* --- receiving ------------------------------------------------------------------------------------------------------ */

/* Notes the first failure of the flush; what the server skipped because of it is not another one. */
void pipeline_judge(struct db *db, const PGresult *result, enum err *first)
{
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
        return;
    case PGRES_PIPELINE_ABORTED:
        if (*first == ERR_OK)
            *first = ERR_INTERNAL;
        return;
    default: /* libpq's enum, not ours: everything else is an error or a protocol we do not speak */
        if (*first == ERR_OK)
            *first = fault_note(db, result);
        return;
    }
}

/* One statement's result and the NULL that ends it. */
static enum err receive_one(struct db *db, PGresult **out, enum err *first, int64_t limit_us)
{
    PGresult *end = NULL;
    enum err err = pipeline_await(db, out, limit_us);

    if (err != ERR_OK)
        return err;
    if (!*out)
        return db_lose(db, "the server left a statement without a result");
    pipeline_judge(db, *out, first);
    err = pipeline_await(db, &end, limit_us);
    if (err == ERR_OK && end) {
        PQclear(end);
        return db_lose(db, "the server gave a statement two results");
    }
    return err;
}

static enum err receive_entry(struct db *db, struct entry *e, enum err *first, int64_t limit_us)
{
    if (e->prepares) {
        PGresult *parsed = NULL;
        enum err err = receive_one(db, &parsed, first, limit_us);
        bool ready = err == ERR_OK && PQresultStatus(parsed) == PGRES_COMMAND_OK;

        PQclear(parsed);
        if (err != ERR_OK)
            return err; /* the connection is gone, and e->prepared with it */
        e->prepared->state = ready ? PREPARED_READY : PREPARED_ABSENT;
        e->prepares = false;
    }
    return receive_one(db, &e->result, first, limit_us);
}

static enum err receive_sync(struct db *db, int64_t limit_us)
{
    PGresult *sync = NULL;
    enum err err = pipeline_await(db, &sync, limit_us);

    if (err != ERR_OK)
        return err;
    bool fine = PQresultStatus(sync) == PGRES_PIPELINE_SYNC;
    PQclear(sync);
    return fine ? ERR_OK : db_lose(db, "the pipeline did not end with its Sync");
}

/* Everything that waits: sent, and answered. A long queue goes out in pieces while answers come in, so neither side's
 * buffers grow with its length, and the server is never left waiting for the rest of a statement while we read. */
static enum err exchange(struct db *db, enum err *first, int64_t limit_us)
{
    size_t asked = db->sent;

    for (; db->sent < db->count; db->sent++) {
        enum err err = ERR_OK;
        if (asked < db->count && asked - db->sent <= SEND_AHEAD / 2)
            err = send_some(db, &asked, limit_us);
        if (err == ERR_OK)
            err = receive_entry(db, &db->entries[db->sent], first, limit_us);
        if (err != ERR_OK)
            return err;
    }
    return receive_sync(db, limit_us);
}

/* The connection is gone: nothing waits any longer. */
enum err pipeline_lost(struct db *db)
{
    if (db->sqlstate[0] == '\0')
        memcpy(db->sqlstate, "08006", 6);
    if (db->message[0] == '\0')
        (void)snprintf(db->message, sizeof db->message, "the connection is lost");
    db->failure = ERR_UNAVAILABLE;
    db->begun = false;
    pipeline_clear(db);
    return ERR_UNAVAILABLE;
}

enum err db_flush(struct db *db)
{
    enum err first = ERR_OK;
    int64_t limit_us = pipeline_limit_us(db);

    if (!db->conn)
        return pipeline_lost(db);
    if (db->sent == db->count)
        return ERR_OK;
    if (!db->begun)
        fault_clear(db);
    if (exchange(db, &first, limit_us) != ERR_OK)
        return pipeline_lost(db);
    if (db->unsure)
        first = ERR_UNAVAILABLE;
    if (first == ERR_UNAVAILABLE) {
        (void)db_lose(db, db->message);
        return pipeline_lost(db);
    }
    db->begun = PQtransactionStatus(db->conn) != PQTRANS_IDLE;
    if (first != ERR_OK && db->failure == ERR_OK)
        db->failure = first;
    return first;
}

/* --- the end of a transaction --------------------------------------------------------------------------------------- */

/* A transaction of which the server knows nothing yet, and with nothing in it. */
static bool is_unused(const struct db *db)
{
    return db->sent == 0 && db->count == 1 &&
           (strcmp(db->entries[0].prepared->name, BEGIN_WRITE.name) == 0 || strcmp(db->entries[0].prepared->name, BEGIN_READ.name) == 0);
}

enum err db_commit(struct db *db)
{
    if (!db->conn)
        return pipeline_lost(db);
    if (!db->begun)
        return db_flush(db);
    if (is_unused(db)) {
        pipeline_clear(db);
        db->begun = false;
        return ERR_OK;
    }
    /* Not by db_queue: results of an earlier flush stay readable after the COMMIT. */
    int index = enqueue(db, &COMMIT, NULL);
    enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    if (strcmp(PQcmdStatus(db->entries[index].result), "COMMIT") == 0)
        return ERR_OK;
    return db->failure != ERR_OK ? db->failure : ERR_INTERNAL;
}

void db_rollback(struct db *db)
{
    enum err first = ERR_OK;

    pipeline_clear(db);
    db->begun = false;
    if (!db->conn || PQtransactionStatus(db->conn) == PQTRANS_IDLE)
        return;
    (void)enqueue(db, &ROLLBACK, NULL);
    if (exchange(db, &first, pipeline_limit_us(db)) == ERR_OK && first != ERR_OK)
        (void)db_lose(db, "a rollback failed");
    pipeline_clear(db);
}
