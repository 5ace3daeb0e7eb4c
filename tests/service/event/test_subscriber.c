/* Events between two real services over real NNG and PostgreSQL: whatever PUB loses and whoever sleeps or dies, each event has its
 * effect exactly once and in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include <signal.h>
#include <string.h>

#include "common/base/time.h"
#include "tests/service/event/world.h"

enum { MANY = 20000 };

static int64_t so_far; /* events made in this program's world: each test adds its own */

/* --- sleeping ------------------------------------------------------------------------------------------------------- */

static void test_not_yet_started(void **state)
{
    struct world *w = *state;

    make(w, "plain", MANY);
    int64_t began_us = time_steady_us();
    probe_start(w);
    so_far += MANY;
    expect_applied(w, so_far);
    double seconds = (double)(time_steady_us() - began_us) / (double)TIME_SECOND;
    print_message("           %d events replayed in %.2f s, starting the program included: %.0f/s\n", MANY, seconds, MANY / seconds);
}

static void test_stopped(void **state)
{
    struct world *w = *state;

    assert_int_equal(kill(w->probe, SIGSTOP), 0);
    make(w, "plain", MANY);
    assert_int_equal(applied(w), so_far);
    assert_int_equal(kill(w->probe, SIGCONT), 0);
    so_far += MANY;
    expect_applied(w, so_far);
}

/* --- live ----------------------------------------------------------------------------------------------------------- */

static void test_live(void **state)
{
    struct world *w = *state;

    make(w, "plain", 1); /* whatever was behind is caught up with this */
    expect_applied(w, ++so_far);
    int64_t began_us = time_steady_us();
    for (int i = 0; i < 20; i++) {
        make(w, "plain", 1);
        expect_applied(w, ++so_far);
    }
    assert_true(time_steady_us() - began_us < 10 * TIME_SECOND); /* by PUB: not one heartbeat's second each */
}

static void test_last_lost(void **state)
{
    struct world *w = *state;

    make_silently(w, "origin.1");
    expect_applied(w, ++so_far); /* only a heartbeat can tell */
}

static void test_middle_lost(void **state)
{
    struct world *w = *state;

    make_silently(w, "origin.0");
    make_silently(w, "origin.1");
    make(w, "plain", 10); /* both streams: the next event shows the gap at once */
    so_far += 12;
    expect_applied(w, so_far);
}

static void test_large(void **state)
{
    struct world *w = *state;

    make(w, "large", 5); /* too large for PUB, and two do not fit into one Fetch with ease */
    so_far += 5;
    expect_applied(w, so_far);
}

/* --- dying ---------------------------------------------------------------------------------------------------------- */

static bool saving(void *arg)
{
    struct world *w = arg;

    return kit_sql_int(w->pg, "select count(*) from pg_stat_activity where application_name = 'hv-probe/writer' and datname = "
                              "current_database() and wait_event = 'PgSleep'") > 0;
}

static void test_killed_before_commit(void **state)
{
    struct world *w = *state;

    (void)kit_sql(w->pg, "insert into probe.pause values (1)");
    make(w, "plain", 3);
    assert_true(kit_wait_until(saving, w, KIT_PATIENCE_MS)); /* the effects are in, the COMMIT is not */
    assert_int_equal(probe_stop(w, SIGKILL), 128 + SIGKILL);
    (void)kit_sql(w->pg, "delete from probe.pause");
    probe_start(w);
    so_far += 3;
    expect_applied(w, so_far);
}

static void test_killed_anywhere(void **state)
{
    struct world *w = *state;

    (void)probe_stop(w, SIGKILL);
    make(w, "plain", MANY);
    so_far += MANY;
    for (int i = 0; i < 12; i++) { /* somewhere between its start and the middle of the replay */
        probe_start(w);
        kit_sleep_ms(40 + 35 * i);
        assert_int_equal(probe_stop(w, SIGKILL), 128 + SIGKILL);
    }
    probe_start(w);
    expect_applied(w, so_far);
}

static void test_publisher_killed(void **state)
{
    struct world *w = *state;

    assert_int_equal(kit_kill(w->origin, SIGKILL), 128 + SIGKILL);
    make_silently(w, "origin.0");
    origin_start(w);
    so_far += 1;
    expect_applied(w, so_far);
    make(w, "plain", 4);
    so_far += 4;
    expect_applied(w, so_far);
}

static bool answers(void *arg)
{
    char output[512];

    return probe_health(arg, "postgresql:writer", output) == BUS__HEALTH_CHECK__STATUS__PASS;
}

/* --- two of them ----------------------------------------------------------------------------------------------------- */

static void test_replicas(void **state)
{
    struct world *w = *state;
    const char *argv[] = {kit_program("test-probe"), NULL};
    char rpc[64], health[64];
    const char *const changes[] = {rpc, health, NULL};

    (void)snprintf(rpc, sizeof rpc, "HV_PROBE_RPC=tcp://127.0.0.1:%d", kit_port());
    (void)snprintf(health, sizeof health, "HV_PROBE_HEALTH=tcp://127.0.0.1:%d", kit_port());
    pid_t rival = kit_spawn(argv, changes, "/dev/null");
    for (int i = 0; i < 20; i++) { /* each event is handed to two writers; at the cursor's row one of them is refused */
        make(w, "plain", 50);
        kit_sleep_ms(20);
    }
    so_far += 20 * 50;
    expect_applied(w, so_far);
    assert_int_equal(probe_stop(w, SIGKILL), 128 + SIGKILL);
    make(w, "plain", 50);
    so_far += 50;
    expect_applied(w, so_far); /* the one that was refused so often goes on alone */
    assert_int_equal(kit_kill(rival, SIGTERM), 0);
    probe_start(w);
    assert_true(kit_wait_until(answers, w, KIT_PATIENCE_MS));
}

/* --- being small and polite ----------------------------------------------------------------------------------------- */

static long resident_kib(pid_t pid)
{
    char path[64], line[128];
    long kib = 0;

    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        if (sscanf(line, "VmRSS: %ld kB", &kib) == 1) /* NOLINT: the kernel's own format */
            break;
    }
    (void)fclose(f);
    return kib;
}

static void test_start_and_stop(void **state)
{
    struct world *w = *state;

    assert_int_equal(probe_stop(w, SIGTERM), 0); /* drained */
    int64_t began_us = time_steady_us();
    probe_start(w);
    assert_true(kit_wait_until(answers, w, KIT_PATIENCE_MS));
    print_message("           answered its first survey after %lld ms, %ld KiB resident\n", (long long)(time_steady_us() - began_us) / 1000,
                  resident_kib(w->probe));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    assert_true(resident_kib(w->probe) < 30 * 1024);
#endif
    make(w, "plain", 2);
    so_far += 2;
    expect_applied(w, so_far);
}

static int setup(void **state)
{
    *state = world_new();
    return 0;
}

static int teardown(void **state)
{
    world_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"a subscriber that was not there yet replays 20,000 events", test_not_yet_started, NULL, NULL, NULL},
        {"a subscriber that slept through 20,000 events catches up", test_stopped, NULL, NULL, NULL},
        {"events arrive live, one by one", test_live, NULL, NULL, NULL},
        {"the loss of the very last message shows within a heartbeat", test_last_lost, NULL, NULL, NULL},
        {"a gap shows at the next event", test_middle_lost, NULL, NULL, NULL},
        {"an event too large for PUB comes by Fetch", test_large, NULL, NULL, NULL},
        {"killed between effect and commit: exactly once", test_killed_before_commit, NULL, NULL, NULL},
        {"killed twelve times during a replay: exactly once, in order", test_killed_anywhere, NULL, NULL, NULL},
        {"the publisher killed and started again: the stream goes on", test_publisher_killed, NULL, NULL, NULL},
        {"two replicas of a consumer: exactly once, and one goes on without the other", test_replicas, NULL, NULL, NULL},
        {"a service stops with 0 when asked, starts fast, stays small", test_start_and_stop, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("events from service to service", tests, setup, teardown);
}
