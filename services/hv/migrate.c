/* hv migrate: the database itself, the schema and role of every service, and the first admin. The only command besides `up`
 * that touches the database; it does so as the owner. Nothing is lost by running it again. */
#include <libpq-fe.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "common/base/log.h"
#include "common/base/time.h"
#include "common/db/migrate.h"
#include "services/hv/args.h"
#include "services/hv/commands.h"

extern const struct db_schema gateway_schema, enrolment_schema, notification_schema, funding_schema;
static const struct db_schema *const SCHEMAS[] = {&gateway_schema, &enrolment_schema, &notification_schema, &funding_schema};
#define SCHEMA_COUNT (sizeof SCHEMAS / sizeof SCHEMAS[0])

#define NAME_MOST     64
#define CONNINFO_MOST 1024
/* argon2id as the gateway wants it (OWASP: 19 MiB, 2 passes); the text says its own figures, so they need not agree. */
#define PASSES         2
#define MEMORY         (19U * 1024 * 1024)
#define PASSWORD_BYTES 15 /* random, 20 characters of base64url */

struct migrate {
    const char *database, *owner, *admin;
    struct common common;
    const struct log *log;
    char name[NAME_MOST]; /* of the database */
    json_t *report;
};

/* The connection string with the owner's role and that database: of a repeated word the last one counts. */
static void conninfo(const struct migrate *migrate, const char *database, char out[CONNINFO_MOST])
{
    snprintf(out, CONNINFO_MOST, "%s user=%s dbname=%s", migrate->database, migrate->owner, database);
}

static enum err open_db(const struct migrate *migrate, const char *database, const char *schema, struct db **out)
{
    char text[CONNINFO_MOST];
    conninfo(migrate, database, text);
    const struct db_config config = {.conninfo = text, .schema = schema, .application_name = "hv/migrate", .statement_timeout_ms = 60000};
    return db_open(out, &config, migrate->log);
}

/* A name that may stand in SQL and in a connection string without quotes. */
static bool plain(const char *name)
{
    const size_t len = strlen(name);
    return len > 0 && len < NAME_MOST && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == len;
}

static bool read_database(struct migrate *migrate)
{
    char *why = NULL;
    PQconninfoOption *options = PQconninfoParse(migrate->database, &why);
    snprintf(migrate->name, sizeof migrate->name, "hakuvayla");
    for (const PQconninfoOption *o = options; o && o->keyword; o++)
        if (strcmp(o->keyword, "dbname") == 0 && o->val)
            snprintf(migrate->name, sizeof migrate->name, "%s", o->val);
    if (!options)
        fprintf(stderr, "hv: the connection string cannot be read: %s", why ? why : "?\n");
    PQconninfoFree(options);
    PQfreemem(why);
    const bool good = options && strncmp(migrate->database, "postgres", 8) != 0 && plain(migrate->name) && plain(migrate->owner);
    if (options && !good)
        fputs("hv: the connection string is written as words (\"host=/run/postgresql dbname=hakuvayla\"), the names of database and "
              "owner with a-z 0-9 _\n",
              stderr);
    return good;
}

static enum err create_database(struct migrate *migrate)
{
    static const struct db_stmt FIND = {"database_find", "select datname from pg_database where datname = current_setting('hv.wanted')"};
    char sql[160];
    struct db *db = NULL;
    bool there = false;
    enum err err = open_db(migrate, "postgres", "pg_catalog", &db);
    if (err != ERR_OK)
        return err;
    snprintf(sql, sizeof sql, "select set_config('hv.wanted', '%s', false)", migrate->name);
    err = db_script(db, sql);
    const int rows = err == ERR_OK ? db_queue(db, &FIND, NULL) : 0;
    if (err == ERR_OK)
        err = db_flush(db);
    if (err == ERR_OK)
        there = db_rows(db_result(db, rows)) == 1;
    snprintf(sql, sizeof sql, "create database %s encoding 'UTF8' template template0", migrate->name);
    if (err == ERR_OK && !there)
        err = db_script(db, sql);
    if (err != ERR_OK)
        fprintf(stderr, "hv: the database cannot be made: %s\n", db_message(db));
    db_close(db);
    json_object_set_new(migrate->report, "databaseCreated", json_boolean(err == ERR_OK && !there));
    if (err == ERR_OK && !migrate->common.json)
        printf("database %s: %s\n", migrate->name, there ? "is there" : "created");
    return err;
}

static enum err apply_schemas(struct migrate *migrate, struct db *db)
{
    json_t *list = json_array();
    json_object_set_new(migrate->report, "schemas", list);
    for (size_t i = 0; i < SCHEMA_COUNT; i++) {
        size_t applied = 0;
        const enum err err = migrate_apply(db, SCHEMAS[i], migrate->log, &applied);
        if (err != ERR_OK) {
            fprintf(stderr, "hv: schema %s stays as it was; the lines above say why\n", SCHEMAS[i]->name);
            return err;
        }
        json_array_append_new(list, json_pack("{s:s, s:I, s:I}", "schema", SCHEMAS[i]->name, "applied", (json_int_t)applied, "migrations",
                                              (json_int_t)SCHEMAS[i]->count));
        if (!migrate->common.json)
            printf("schema %s: %zu of %zu migrations applied now\n", SCHEMAS[i]->name, applied, SCHEMAS[i]->count);
    }
    return ERR_OK;
}

static void draw_password(char text[32], char hashed[crypto_pwhash_STRBYTES])
{
    uint8_t bytes[PASSWORD_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, 32, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    if (crypto_pwhash_str_alg(hashed, text, strlen(text), PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
        hashed[0] = 0;
}

/* Asks the gateway's own function, which makes an admin only while there is none. */
static enum err bootstrap(const struct migrate *migrate, struct db *db, const char *hashed, bool *made)
{
    static const struct db_stmt BOOTSTRAP = {"bootstrap", "select account_bootstrap($1, $2, $3)"};
    struct arena *arena = arena_new(2048);
    struct db_params *params = db_params(arena);
    db_uuid(params, uuid_v7(time_now_us()));
    db_text(params, span_text(migrate->admin));
    db_text(params, span_text(hashed));
    const int rows = db_queue(db, &BOOTSTRAP, params);
    const enum err err = db_flush(db);
    *made = err == ERR_OK && !db_get_null(db_result(db, rows), 0, 0);
    if (err != ERR_OK)
        fprintf(stderr, "hv: the first admin cannot be made: %s\n", db_message(db));
    arena_free(arena);
    return err;
}

static enum err first_admin(struct migrate *migrate)
{
    char text[32], hashed[crypto_pwhash_STRBYTES];
    bool made = false;
    struct db *db = NULL;
    enum err err = open_db(migrate, migrate->name, gateway_schema.name, &db);
    draw_password(text, hashed);
    if (err == ERR_OK)
        err = bootstrap(migrate, db, hashed, &made);
    db_close(db);
    if (err != ERR_OK)
        return err;
    json_object_set_new(migrate->report, "admin",
                        made ? json_pack("{s:s, s:s}", "userName", migrate->admin, "password", text) : json_null());
    if (!migrate->common.json && made)
        printf("first admin: %s\npassword, shown this once: %s\n", migrate->admin, text);
    else if (!migrate->common.json)
        puts("there is an admin already: no account was touched");
    sodium_memzero(text, sizeof text);
    return ERR_OK;
}

static int run(struct migrate *migrate)
{
    struct db *db = NULL;
    enum err err = create_database(migrate);
    if (err == ERR_OK)
        err = open_db(migrate, migrate->name, "public", &db);
    if (err == ERR_OK)
        err = apply_schemas(migrate, db);
    if (db)
        db_close(db);
    if (err == ERR_OK && migrate->admin)
        err = first_admin(migrate);
    if (err == ERR_UNAVAILABLE)
        fprintf(stderr, "hv: the database does not answer as role %s: %s\n", migrate->owner, migrate->database);
    return err == ERR_OK ? HV_YES : err == ERR_UNAVAILABLE ? HV_UNREACHED : HV_NO;
}

int migrate_main(int argc, char **argv)
{
    const char *set = getenv("HV_DATABASE"), *owner = getenv("HV_OWNER");
    struct migrate migrate = {.database = set && *set ? set : "dbname=hakuvayla", .owner = owner && *owner ? owner : "hv_owner"};
    const struct arg args[] = {{"--database", "CONNINFO", "libpq connection string without user [HV_DATABASE]", .text = &migrate.database},
                               {"--owner", "ROLE", "who owns the database [HV_OWNER, or hv_owner]", .text = &migrate.owner},
                               {"--admin", "NAME", "make this account the first admin, with a new password", .text = &migrate.admin}};
    const struct usage usage = {
        .synopsis = "migrate [OPTION]...",
        .text = "Brings the database to the version of this program: creates it if it is absent, and in it the schema and\n"
                "the login role of each service, then applies what is missing, file by file. A second run changes nothing.\n"
                "Services start only on exactly their own version, so run this before them.\n\n"
                "The very first admin cannot be made by another one. --admin makes it, as the owner of the database, as\n"
                "long as there is no open account with the admin role, and prints a password once.\n\n"
                "  HV_DATABASE='host=/run/postgresql dbname=hakuvayla' hv migrate --admin operator",
        .args = args,
        .arg_count = sizeof args / sizeof args[0],
        .no_gateway = true};
    const enum args_result parsed = args_parse(&usage, argc, argv, &migrate.common, NULL);
    if (parsed != ARGS_GO)
        return args_status(parsed);
    if (!read_database(&migrate))
        return HV_USAGE;
    struct log *log = log_new("hv", LOG_WARN, STDERR_FILENO);
    migrate.log = log;
    migrate.report = json_object();
    const int status = run(&migrate);
    if (migrate.common.json) {
        json_dumpf(migrate.report, stdout, JSON_INDENT(2));
        putchar('\n');
    }
    json_decref(migrate.report);
    log_free(log);
    return status;
}
