/* Migrations: the schema of a service, brought forward file by file under the owner's role.
 *
 * Every transaction here takes one advisory lock first, so that programs which migrate at the same time take turns. What is
 * applied stands in <schema>.schema_version with the BLAKE2b of its text; a file that changed after it was applied, or a
 * row this program does not know, stops everything: somebody must look.
 */
#include "common/db/migrate.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"

enum { CHECKSUM_TEXT = 2 * HASH_SIZE + 1 };

struct applied { /* what the database says of one schema */
    const struct db_schema *schema;
    bool *done; /* by number of the migration */
};

static void checksum(const char *sql, char out[CHECKSUM_TEXT])
{
    struct span part = span_text(sql);
    struct hash h = hash_of(&part, 1);

    for (unsigned i = 0; i < HASH_SIZE; i++)
        (void)snprintf(out + (size_t)2 * i, 3, "%02x", h.b[i]);
}

/* The name goes into SQL text: it is a constant of ours, and must look like one. */
static void require_plain_name(const char *name)
{
    size_t len = strlen(name);

    if (len == 0 || len > 40)
        bug("a schema's name is empty or too long");
    for (size_t i = 0; i < len; i++) {
        if (!islower((unsigned char)name[i]) && name[i] != '_')
            bug("a schema's name has other characters than a-z and _");
    }
}

static enum err explain(struct db *db, const struct log *log, const char *what, const char *name, enum err err)
{
    log_error(log, NULL, "migrate.failed", LOG_TEXT("what", what), LOG_TEXT("name", name), LOG_TEXT("fault", err_text(err)->id),
              LOG_TEXT("sqlstate", db_sqlstate(db)), LOG_TEXT("message", db_message(db)));
    db_rollback(db);
    return err;
}

static enum err disagree(const struct log *log, const struct db_schema *schema, const char *name, const char *sentence)
{
    log_error(log, NULL, "migrate.disagrees", LOG_TEXT("schema", schema->name), LOG_TEXT("migration", name), LOG_TEXT("why", sentence));
    return ERR_CONFLICT;
}

/* --- what is applied ------------------------------------------------------------------------------------------------ */

/* Compares one row of schema_version with our files and ticks it off. */
static enum err compare_row(struct applied *applied, const struct log *log, struct span name, struct span sum, struct arena *arena)
{
    const struct db_schema *schema = applied->schema;
    char own[CHECKSUM_TEXT];

    for (size_t i = 0; i < schema->count; i++) {
        if (!span_equal(name, span_text(schema->migrations[i].name)))
            continue;
        checksum(schema->migrations[i].sql, own);
        if (!span_equal(sum, span_text(own)))
            return disagree(log, schema, schema->migrations[i].name,
                            "the file has changed since it was applied; undo the change and add a new file");
        applied->done[i] = true;
        return ERR_OK;
    }
    return disagree(log, schema, arena_text(arena, name),
                    "the database is newer than this program; use the program of that version or later");
}

/* Queues the query; the caller flushes. */
static int queue_versions(struct db *db, const struct db_schema *schema, struct arena *arena)
{
    struct db_stmt stmt = {arena_printf(arena, "migrate_versions.%s", schema->name),
                           arena_printf(arena, "select name, checksum from %s.schema_version order by name", schema->name)};

    return db_queue(db, &stmt, NULL);
}

static enum err compare_all(const struct db_result *rows, struct applied *applied, const struct log *log, struct arena *arena)
{
    for (int i = 0; i < db_rows(rows); i++) {
        enum err err = compare_row(applied, log, db_get_span(rows, i, 0), db_get_span(rows, i, 1), arena);
        if (err != ERR_OK)
            return err;
    }
    return ERR_OK;
}

/* --- applying ------------------------------------------------------------------------------------------------------- */

static enum err begin_locked(struct db *owner)
{
    db_begin(owner, DB_READ_WRITE);
    return db_script(owner, "select pg_advisory_xact_lock(hashtext('hakuvayla.migrate'))");
}

/* Roles belong to the whole cluster, where an advisory lock of one database does not reach: another program may make the
 * same role at the same moment, which is as good as making it ourselves. */
static enum err create_schema(struct db *owner, const struct db_schema *schema, struct arena *arena)
{
    const char *n = schema->name;
    enum err err = begin_locked(owner);

    if (err != ERR_OK)
        return err;
    err =
        db_script(owner, arena_printf(arena,
                                      "do $$ begin"
                                      "  if not exists (select from pg_roles where rolname = 'hv_%s') then create role hv_%s login; end if;"
                                      "  exception when duplicate_object or unique_violation then null; end $$;"
                                      "create schema if not exists %s;"
                                      "create table if not exists %s.schema_version (name text primary key, checksum text not null,"
                                      " applied_at timestamptz not null default clock_timestamp())",
                                      n, n, n, n));
    return err == ERR_OK ? db_commit(owner) : err;
}

/* The service's role: all rows of its own schema, its sequences and functions; not its structure, and nothing elsewhere.
 * Its own version it may read only. */
static enum err grant(struct db *owner, const struct db_schema *schema, struct arena *arena)
{
    const char *n = schema->name;
    enum err err = begin_locked(owner);

    if (err != ERR_OK)
        return err;
    err = db_script(owner, arena_printf(arena,
                                        "do $$ begin"
                                        "  execute format('revoke all on database %%I from public', current_database());"
                                        "  execute format('grant connect on database %%I to hv_%s', current_database()); end $$;"
                                        "revoke all on schema public from public;"
                                        "revoke all on schema %s from public;"
                                        "revoke all on all functions in schema %s from public;"
                                        "grant usage on schema %s to hv_%s;"
                                        "grant select, insert, update, delete on all tables in schema %s to hv_%s;"
                                        "grant usage, select on all sequences in schema %s to hv_%s;"
                                        "grant execute on all functions in schema %s to hv_%s;"
                                        "revoke insert, update, delete on %s.schema_version from hv_%s",
                                        n, n, n, n, n, n, n, n, n, n, n, n, n));
    return err == ERR_OK ? db_commit(owner) : err;
}

static enum err record(struct db *owner, const struct db_schema *schema, const struct db_migration *m, struct arena *arena)
{
    struct db_stmt stmt = {arena_printf(arena, "migrate_record.%s", schema->name),
                           arena_printf(arena, "insert into %s.schema_version (name, checksum) values ($1, $2)", schema->name)};
    struct db_params *p = db_params(arena);
    char sum[CHECKSUM_TEXT];

    checksum(m->sql, sum);
    db_text(p, span_text(m->name));
    db_text(p, span_text(sum));
    (void)db_queue(owner, &stmt, p);
    return db_commit(owner);
}

/* One file, one transaction; *ran: false when another program was faster. */
static enum err apply_one(struct db *owner, struct applied *applied, size_t i, const struct log *log, struct arena *arena, bool *ran)
{
    const struct db_schema *schema = applied->schema;
    enum err err = begin_locked(owner);

    if (err != ERR_OK)
        return err;
    int versions = queue_versions(owner, schema, arena);
    err = db_flush(owner);
    if (err == ERR_OK)
        err = compare_all(db_result(owner, versions), applied, log, arena);
    if (err != ERR_OK)
        return err;
    *ran = !applied->done[i];
    if (applied->done[i]) {
        db_rollback(owner);
        return ERR_OK;
    }
    err = db_script(owner, arena_printf(arena, "set local search_path to %s", schema->name));
    if (err == ERR_OK)
        err = db_script(owner, schema->migrations[i].sql);
    return err == ERR_OK ? record(owner, schema, &schema->migrations[i], arena) : err;
}

static enum err apply_all(struct db *owner, const struct db_schema *schema, const struct log *log, struct arena *arena, size_t *count)
{
    struct applied applied = {schema, arena_array(arena, schema->count, sizeof(bool))};

    for (size_t i = 0; i < schema->count; i++) {
        bool ran = false;
        enum err err = apply_one(owner, &applied, i, log, arena, &ran);
        if (err != ERR_OK)
            return explain(owner, log, schema->name, schema->migrations[i].name, err);
        if (ran) {
            (*count)++;
            log_info(log, NULL, "migrate.applied", LOG_TEXT("schema", schema->name), LOG_TEXT("migration", schema->migrations[i].name));
        }
    }
    return ERR_OK;
}

enum err migrate_apply(struct db *owner, const struct db_schema *schema, const struct log *log, size_t *applied)
{
    struct arena *arena = arena_new(16384);

    require_plain_name(schema->name);
    *applied = 0;
    enum err err = create_schema(owner, schema, arena);
    if (err != ERR_OK)
        (void)explain(owner, log, schema->name, "schema and role", err);
    if (err == ERR_OK)
        err = apply_all(owner, schema, log, arena, applied);
    if (err == ERR_OK) {
        err = grant(owner, schema, arena);
        if (err != ERR_OK)
            (void)explain(owner, log, schema->name, "grants", err);
    }
    arena_free(arena);
    return err;
}

/* --- checking ------------------------------------------------------------------------------------------------------- */

static enum err check_versions(struct db *db, const struct db_schema *schema, const struct log *log, struct arena *arena)
{
    struct applied applied = {schema, arena_array(arena, schema->count, sizeof(bool))};
    int versions = queue_versions(db, schema, arena);
    enum err err = db_flush(db);

    if (err == ERR_UNAVAILABLE || err == ERR_TIMEOUT)
        return err;
    if (err != ERR_OK) /* no such table, or no right to it */
        return disagree(log, schema, "", "the database has no such schema for this role; run hv migrate");
    err = compare_all(db_result(db, versions), &applied, log, arena);
    for (size_t i = 0; i < schema->count && err == ERR_OK; i++) {
        if (!applied.done[i])
            err = disagree(log, schema, schema->migrations[i].name, "the database is older than this program; run hv migrate");
    }
    return err;
}

enum err migrate_check(struct db *db, const struct db_schema *schema, const struct log *log)
{
    struct arena *arena = arena_new(4096);

    require_plain_name(schema->name);
    enum err err = check_versions(db, schema, log, arena);
    arena_free(arena);
    return err;
}
