/* The property test: random histories of a small programme, each against the model of the rules. See README.md beside this file.
 *
 * As a test it plays HV_PROPERTY_HISTORIES histories (150) from seed HV_PROPERTY_SEED (1) on; tests/property sets them for a campaign.
 * HV_PROPERTY_TELL=1 prints the story of each, not only of those that fail. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "tests/service/enrolment/property/history.h"
#include "tests/service/enrolment/property/plant.h"

#define FAILURES_TOLD 3 /* then it ends: one story is enough to look at */

extern const struct db_schema enrolment_schema;

/* Which history is being played, for whoever is told by an assertion of the service that it went wrong. */
static char playing[64];

static void on_abort(int signal_number)
{
    (void)signal_number;
    if (write(STDERR_FILENO, playing, strlen(playing)) < 0)
        _exit(1);
}

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);

    return text != NULL && *text != '\0' ? strtoull(text, NULL, 10) : otherwise;
}

static struct db *connect_as_owner(struct kit_pg *pg)
{
    const struct db_config config = {
        .conninfo = kit_pg_conninfo(pg, NULL), .schema = "enrolment", .application_name = "property/book", .statement_timeout_ms = 20000};
    struct db *db = NULL;

    if (db_open(&db, &config, kit_log()) != ERR_OK)
        kit_give_up("the book's connection could not be opened");
    return db;
}

static void print_tally(const struct tally *t, uint64_t histories, int64_t took_us)
{
    print_message("%llu histories in %.1f s (%.0f a second), %llu operations, %llu of them at once with others, %llu repeated by key\n",
                  (unsigned long long)histories, (double)took_us / 1e6, (double)histories * 1e6 / (double)took_us,
                  (unsigned long long)t->operations, (unsigned long long)t->at_once, (unsigned long long)t->repeated);
    print_message("seats given from the waiting list %llu, offered %llu, holds and offers ended %llu\n", (unsigned long long)t->promoted,
                  (unsigned long long)t->offered, (unsigned long long)t->ended);
    print_message("  %-28s %10s %10s %10s\n", "operation", "done", "refused", "failed");
    for (int i = 0; i < OPERATION_COUNT; i++)
        print_message("  %-28s %10llu %10llu %10llu\n", operation_name((enum operation_kind)i), (unsigned long long)t->done[i],
                      (unsigned long long)t->refused[i], (unsigned long long)t->failed[i]);
}

static void test_histories(void **state)
{
    const uint64_t first = setting("HV_PROPERTY_SEED", 1), histories = setting("HV_PROPERTY_HISTORIES", 150);
    struct kit_pg *pg = *state;
    struct service_under_test *s = service_new(pg);
    struct db *db = connect_as_owner(pg);
    struct tally tally = {0};
    const int64_t began_us = time_steady_us();
    unsigned failed = 0;
    uint64_t played = 0;

    for (; played < histories && failed < FAILURES_TOLD; played++) {
        const uint64_t seed = first + played;
        (void)snprintf(playing, sizeof playing, "while history %llu was played\n", (unsigned long long)seed);
        if (history_play(s, db, seed, (uint32_t)played + 1, &tally, stderr, setting("HV_PROPERTY_TELL", 0) > 0) > 0) {
            failed++;
            print_message("seed %llu FAILED; again: tests/property --histories 1 --seed %llu\n", (unsigned long long)seed,
                          (unsigned long long)seed);
        }
        if ((played + 1) % 1000 == 0) {
            print_message("%llu played, %u failed\n", (unsigned long long)played + 1, failed);
            (void)fflush(stdout);
        }
    }
    print_tally(&tally, played, time_steady_us() - began_us);
    print_message("seeds %llu to %llu, %u failed\n", (unsigned long long)first, (unsigned long long)(first + played - 1), failed);
    db_close(db);
    service_free(s);
    assert_int_equal(failed, 0);
}

static int set_up(void **state)
{
    struct kit_pg *pg = kit_pg_new();

    (void)signal(SIGABRT, on_abort);
    kit_pg_apply(pg, &enrolment_schema);
    *state = pg;
    return 0;
}

static int tear_down(void **state)
{
    kit_pg_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_histories) /* the service and the model agree on every answer and on every row */
    };
    return cmocka_run_group_tests_name("enrolment property", tests, set_up, tear_down);
}
