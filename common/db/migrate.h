/* Migrations: numbered SQL files, built into the programs (cmake/Schema.cmake), applied by `hv migrate` under the owner's
 * role, recorded with a checksum in <schema>.schema_version. A service starts only on exactly its own version. */
#ifndef HV_DB_MIGRATE_H
#define HV_DB_MIGRATE_H
#include <stddef.h>

#include "common/db/db.h"

struct db_migration {
    const char *name; /* "001_enrolment.sql": the number is its order */
    const char *sql;
};
struct db_schema {    /* of one service: common event tables first, then its own */
    const char *name; /* schema, e.g. "enrolment"; its login role is "hv_<name>" */
    const struct db_migration *migrations;
    size_t count;
};

/* Brings the schema to this version: creates the schema and its role if absent, applies what is missing in order, one
 * transaction each, grants the role its own schema and nothing else. *applied: how many ran now.
 * ERR_CONFLICT: an applied file has changed since, or the database is newer; the log says which. */
enum err migrate_apply(struct db *owner, const struct db_schema *schema, const struct log *log, size_t *applied) MUST_CHECK;

/* ERR_OK when the database is at exactly this version; ERR_CONFLICT with a sentence in the log otherwise. */
enum err migrate_check(struct db *db, const struct db_schema *schema, const struct log *log) MUST_CHECK;

#endif
