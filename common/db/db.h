/* One connection to PostgreSQL, owned by one thread, with a non-blocking pipeline that reads like straight-line code:
 *
 *   db_begin(db);                                    queued, nothing sent
 *   int a = db_queue(db, &STMT_LOCK, db_params(...)) queued
 *   int b = db_queue(db, &STMT_LOAD, ...)
 *   if ((err = db_flush(db)) != ERR_OK) ...          one round trip; waits for all
 *   const struct db_result *r = db_result(db, a);    valid until the next db_queue after the flush
 *
 * Queue as many as wanted; db_flush sends them with one Sync and reads every result, never blocking on a full socket
 * buffer while the server waits for us (the deadlock libpq's manual warns of). A transaction begun by db_begin stays
 * open over flushes until db_commit or db_rollback.
 */
#ifndef HV_DB_DB_H
#define HV_DB_DB_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/log.h"
#include "common/base/span.h"
#include "common/base/uuid.h"

struct db;

/* A prepared statement: prepared at its first use on each connection. `name` is unique in the process. */
struct db_stmt {
    const char *name;
    const char *sql;
};

struct db_config {
    const char *conninfo;         /* libpq; several hosts with target_session_attrs=read-write for fail-over */
    const char *schema;           /* becomes search_path, alone */
    const char *application_name; /* e.g. "hv-enrolment/writer" */
    int statement_timeout_ms;
};

/* Connects. Returns ERR_UNAVAILABLE with the reason in the log. */
enum err db_open(struct db **out, const struct db_config *config, const struct log *log) MUST_CHECK;
void db_close(struct db *db);
/* After ERR_UNAVAILABLE: one try to connect again, at once. The caller waits between tries (db_backoff_ms(tries)). */
enum err db_reconnect(struct db *db) MUST_CHECK;
int db_backoff_ms(unsigned tries); /* 20 ms doubling to 1 s */
bool db_alive(struct db *db);      /* looks at the idle connection without waiting; false: lost */

/* --- parameters: built on an arena, sent in binary ---------------------------------------------------------------- */
struct db_params; /* grows; at most 40 */
struct db_params *db_params(struct arena *arena);
void db_bool(struct db_params *p, bool v);
void db_i16(struct db_params *p, int16_t v);
void db_i32(struct db_params *p, int32_t v);
void db_i64(struct db_params *p, int64_t v);
void db_time(struct db_params *p, int64_t us); /* timestamptz; 0 is NULL */
void db_uuid(struct db_params *p, struct uuid v);
void db_text(struct db_params *p, struct span v);
void db_bytes(struct db_params *p, struct span v);
void db_null(struct db_params *p);
/* Arrays for unnest(): begin, then exactly `count` elements of the matching call below, each on the newest array. */
enum db_type { DB_BOOL, DB_I16, DB_I32, DB_I64, DB_TIME, DB_UUID, DB_TEXT, DB_BYTES };
void db_array(struct db_params *p, enum db_type type, size_t count);
/* Of long texts, whose bytes are known: the array need not be copied while it grows. */
void db_array_of(struct db_params *p, enum db_type type, size_t count, size_t bytes);
void db_array_bool(struct db_params *p, bool v);
void db_array_i16(struct db_params *p, int16_t v);
void db_array_i32(struct db_params *p, int32_t v);
void db_array_i64(struct db_params *p, int64_t v);
void db_array_time(struct db_params *p, int64_t us); /* 0 is NULL */
void db_array_uuid(struct db_params *p, struct uuid v);
void db_array_text(struct db_params *p, struct span v);
void db_array_bytes(struct db_params *p, struct span v);
void db_array_null(struct db_params *p);

/* --- the pipeline ------------------------------------------------------------------------------------------------- */
enum db_access { DB_READ_WRITE, DB_READ_ONLY }; /* READ COMMITTED; REPEATABLE READ READ ONLY */
void db_begin(struct db *db, enum db_access access);
bool db_begun(const struct db *db); /* a transaction is begun and not yet ended */
int db_queue(struct db *db, const struct db_stmt *stmt,
             const struct db_params *params); /* params may be NULL; returns the index of its result */
enum err db_flush(struct db *db) MUST_CHECK;
/* Queues COMMIT and flushes. ERR_OK only when the server answered COMMIT (not ROLLBACK) and no result before it failed. */
enum err db_commit(struct db *db) MUST_CHECK;
void db_rollback(struct db *db); /* forgets what is queued, rolls back; ignores a lost connection */

/* db_flush and db_commit return
 *   ERR_UNAVAILABLE  the connection is lost (or COMMIT was acknowledged with the warning "canceling wait for synchronous
 *                    replication"): the outcome is unknown; reconnect and run again, which is safe because writes are idempotent
 *   ERR_CONFLICT     a unique, exclusion or foreign key constraint refused (23xxx except CHECK), or 40001 / 40P01
 *   ERR_TIMEOUT      statement_timeout or lock_timeout
 *   ERR_INTERNAL     anything else, a CHECK among it
 * db_sqlstate / db_message / db_constraint tell more of the last error. */
const char *db_sqlstate(const struct db *db);
const char *db_message(const struct db *db);
const char *db_constraint(const struct db *db);

/* --- results ------------------------------------------------------------------------------------------------------ */
struct db_result;
const struct db_result *db_result(const struct db *db, int index);
int db_rows(const struct db_result *r);
int db_affected(const struct db_result *r); /* rows changed, from the command tag */
bool db_get_null(const struct db_result *r, int row, int col);
bool db_get_bool(const struct db_result *r, int row, int col);
int16_t db_get_i16(const struct db_result *r, int row, int col);
int32_t db_get_i32(const struct db_result *r, int row, int col);
int64_t db_get_i64(const struct db_result *r, int row, int col);
int64_t db_get_time(const struct db_result *r, int row, int col);     /* NULL is 0 */
struct uuid db_get_uuid(const struct db_result *r, int row, int col); /* NULL is nil */
struct span db_get_span(const struct db_result *r, int row, int col); /* text or bytea; in the result's memory */

/* Plain SQL for tools and migrations: several statements separated by ';', no results. */
enum err db_script(struct db *db, const char *sql) MUST_CHECK;

#endif
