/* The test kit: what a test needs around the code it tests, all of it real.
 *
 *   struct kit_pg *pg = kit_pg_new();                   a database of this program's own
 *   kit_pg_apply(pg, &enrolment_schema);                its tables and its role
 *   struct db_config config = {.conninfo = kit_pg_conninfo(pg, "hv_enrolment"), ...};
 *   assert_int_equal(kit_sql_int(pg, "select count(*) from enrolment.seat"), 3);
 *   kit_pg_free(pg);
 *
 * PostgreSQL is the cluster that HV_TEST_PG names (a conninfo such as "host=/run/x"), or a private one in a temporary folder
 * that lives as long as this program, however it ends. What cannot be had ends the program with a sentence and exit code 1.
 */
#ifndef HV_TESTS_SUPPORT_KIT_H
#define HV_TESTS_SUPPORT_KIT_H
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/base/log.h"
#include "common/db/migrate.h"

/* --- PostgreSQL --------------------------------------------------------------------------------------------------- */
struct kit_pg;
struct kit_pg *kit_pg_new(void);
/* A cluster of its own with these settings ("-c name=value ..."), for tests that change what all would feel. */
struct kit_pg *kit_pg_new_private(const char *settings);
void kit_pg_free(struct kit_pg *pg); /* drops the database; NULL is fine */
void kit_pg_apply(struct kit_pg *pg, const struct db_schema *schema);
const char *kit_pg_conninfo(struct kit_pg *pg, const char *user); /* NULL: the owner; lives as long as pg */
const char *kit_pg_server(struct kit_pg *pg);   /* conninfo without user and database, as the programs want it in HV_DATABASE */
const char *kit_pg_database(struct kit_pg *pg); /* the database's name */

/* Nobody with this role reaches this database any more, and who is there is cut off; until it is let in. A role belongs to the whole
 * cluster, where other programs test with the same one at the same time: "nologin" would take the database away from them too. */
void kit_pg_lock_out(struct kit_pg *pg, const char *role);
void kit_pg_let_in(struct kit_pg *pg, const char *role);

/* The first column of the first row of the last statement, as the owner; "" for NULL or no row. Lives as long as pg. */
const char *kit_sql(struct kit_pg *pg, const char *format, ...) __attribute__((format(printf, 2, 3)));
int64_t kit_sql_int(struct kit_pg *pg, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* --- programs ----------------------------------------------------------------------------------------------------- */
const char *kit_program(const char *name); /* path of a program of this build; a static buffer */
/* Starts argv[0] with our environment and these changes ("NAME=value", NULL-ended; may be NULL). Output goes to `output`
 * (NULL: ours). It dies with this program at the latest. */
pid_t kit_spawn(const char *const *argv, const char *const *changes, const char *output);
int kit_kill(pid_t pid, int signal);  /* sends and waits for the end; the exit code, or 128 + the signal that ended it */
int kit_join(pid_t pid, int wait_ms); /* waits for the end: as kit_kill; -1 when it still runs */

int kit_port(void); /* a free TCP port on 127.0.0.1 */

/* How long a test waits for what is sure to come: a limit for what never does, on a machine that may be slow and busy. How fast things are
 * is measured in tests/bench, and a test that asks "not within so many milliseconds" asks the clock of the machine. */
#define KIT_PATIENCE_MS 60000

/* --- waiting, logging --------------------------------------------------------------------------------------------- */
bool kit_wait_until(bool (*condition)(void *arg), void *arg, int wait_ms); /* asks every 5 ms */
void kit_sleep_ms(int ms);
struct log *kit_log(void); /* shared; silent unless HV_TEST_LOG is debug, info, warn or error */
_Noreturn void kit_give_up(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
