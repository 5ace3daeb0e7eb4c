/* Inside of a connection: what the files of this room share, and nobody else sees.
 *
 * A statement waits in `entries` until a flush sends it; its result stays there until the first statement queued after the
 * flush. So the list has two parts: [0, sent) answered, with results; [sent, count) waiting, with parameters that the
 * caller's arena holds until the flush.
 */
#ifndef HV_DB_CONN_H
#define HV_DB_CONN_H
#include <libpq-fe.h>

#include "common/db/db.h"

enum { DB_PARAMS_MAX = 40, DB_QUEUE_MAX = 1 << 17, DB_PREPARED_BUCKETS = 128 };

/* Parameters in the binary formats of PostgreSQL, with their types. */
struct db_params {
    struct arena *arena;
    int count;
    Oid types[DB_PARAMS_MAX]; /* 0: a NULL whose type the server finds out */
    const char *values[DB_PARAMS_MAX];
    int lengths[DB_PARAMS_MAX];
    /* The newest array: bytes so far, elements still to come. */
    enum db_type element;
    uint8_t *array;
    size_t array_len, array_cap, array_left;
};

/* A statement as this connection knows it. One name with other parameter types is another statement to the server. */
struct prepared {
    struct prepared *next;
    char *name; /* in the program */
    char *server_name;
    const char *sql; /* of the newest use; read only between queue and flush */
    int count;
    Oid types[DB_PARAMS_MAX];
    enum {
        PREPARED_ABSENT, /* the server does not have it */
        PREPARED_ASKED,  /* a Parse is on its way, ahead of the first use */
        PREPARED_READY
    } state;
};

struct entry {
    struct prepared *prepared;
    const struct db_params *params;
    bool prepares; /* this entry carries the Parse */
    PGresult *result;
};

struct db {
    PGconn *conn; /* NULL while the connection is lost */
    bool lost;    /* it was there and went, not yet back: for the log */
    bool away;    /* the server could not be reached, which was logged */
    struct db_config config;
    const struct log *log;
    struct entry *entries;
    size_t count, sent, cap;
    bool begun; /* a BEGIN is queued, or a transaction is open */
    enum db_access access;
    bool unsure;      /* a COMMIT was acknowledged without its standby */
    enum err failure; /* the first of the transaction, ERR_OK when none */
    char sqlstate[6];
    char message[400];
    char constraint[64];
    struct prepared *prepared[DB_PREPARED_BUCKETS];
};

/* prepared.c: finds or makes the entry of a statement with these parameter types; forgets all of them. */
struct prepared *prepared_find(struct db *db, const struct db_stmt *stmt, const struct db_params *params);
void prepared_forget(struct db *db);

/* fault.c: what an SQLSTATE means to us; notes an error as the connection's last and returns its meaning. */
enum err fault_of_sqlstate(const char *sqlstate, enum db_access access);
enum err fault_note(struct db *db, const PGresult *result);
void fault_clear(struct db *db);
void fault_notice(void *db, const PGresult *notice); /* libpq's notice receiver */

/* conn.c: gives the connection up; always returns ERR_UNAVAILABLE. */
enum err db_lose(struct db *db, const char *why);
/* pipeline.c: forgets results and what is queued; when a flush that begins now must be over (steady clock); the next result,
 * NULL at the end of a statement; keeps the first failure; the answer of a flush on a lost connection. */
void pipeline_clear(struct db *db);
int64_t pipeline_limit_us(const struct db *db);
enum err pipeline_await(struct db *db, PGresult **out, int64_t limit_us) MUST_CHECK;
void pipeline_judge(struct db *db, const PGresult *result, enum err *first);
enum err pipeline_lost(struct db *db);

#endif
