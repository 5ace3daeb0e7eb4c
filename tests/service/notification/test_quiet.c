/* Quiet hours end to end: at night what goes to many at once is put off until eight, one's own matters are not; by day both leave at once.
 * The hour at which these tests run is taken as it comes, and both halves are looked at: what is expected follows from it. The clock of
 * what was put off is moved by moving what waits for it. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/notification/domain/course.h"
#include "tests/service/notification/facts.h"
#include "tests/service/notification/stage.h"

#define WAIT_MS   KIT_PATIENCE_MS
#define FOLLOWERS 3

static struct uuid programme(void)
{
    return facts_id(5000000);
}
static struct uuid implementation(void)
{
    return facts_id(5000001);
}

static void restart(struct stage *s, const char *quiet)
{
    static const char NAME[] = "HV_QUIET_HOURS=";

    assert_int_equal(stage_notification_stop(s, SIGTERM), 0);
    for (size_t i = 0; s->changes[i] != NULL; i++)
        if (strncmp(s->environment[i], NAME, strlen(NAME)) == 0)
            (void)snprintf(s->environment[i], sizeof s->environment[i], "%s%s", NAME, quiet);
    stage_notification_start(s);
}

static int open_stage(void **state)
{
    static struct stage stage;

    assert_int_equal(setenv("HV_QUIET_HOURS", "on", 1), 0);
    stage_open(&stage);
    (void)stage_publish(&stage, programme(), "enrolment.ProgrammeStored.v1",
                        &facts_programme(stage.arena, programme(), implementation(), 1)->base);
    for (unsigned person = 0; person < FOLLOWERS; person++) {
        Enrolment__Followed followed = ENROLMENT__FOLLOWED__INIT;
        (void)stage_publish(&stage, facts_id(person), "enrolment.PersonStored.v1",
                            &facts_person(stage.arena, person, "fi", arena_printf(stage.arena, "p%u@example.fi", person))->base);
        followed.programme_id = facts_bytes(stage.arena, programme());
        followed.person_id = facts_bytes(stage.arena, facts_id(person));
        followed.following = true;
        (void)stage_publish(&stage, programme(), "enrolment.Followed.v1", &followed.base);
    }
    *state = &stage;
    return stage_wait_tally(&stage, "recipient", FOLLOWERS, WAIT_MS) ? 0 : -1;
}

static int close_stage(void **state)
{
    stage_close(*state);
    return unsetenv("HV_QUIET_HOURS");
}

/* Whether all of the window's messages are in the queue and wait for this morning, untried. */
static bool put_off(struct stage *s, int64_t until_us)
{
    return kit_sql_int(s->pg,
                       "select count(*) from notification.message m where kind = 5 and state = 1 and not waits and tries = 0 and next_at = "
                       "not_before and promised_at = not_before and (extract(epoch from not_before) * 1000000)::bigint between %lld and "
                       "%lld and not "
                       "exists (select from notification.attempt a where a.message = m.number)",
                       (long long)until_us, (long long)(until_us + QUIET_SPREAD)) == FOLLOWERS;
}

struct wanted {
    struct stage *stage;
    int64_t until_us;
};
static bool all_put_off(void *arg)
{
    const struct wanted *wanted = arg;

    return put_off(wanted->stage, wanted->until_us);
}

/* Lets the time of what was put off have come. */
static void let_time_come(struct stage *s)
{
    (void)kit_sql(s->pg,
                  "update notification.message set next_at = now(), not_before = now(), promised_at = now() where kind = 5 and state = 1");
}

static void test_night_and_day(void **state)
{
    struct stage *s = *state;
    Enrolment__WindowOpened opened = ENROLMENT__WINDOW_OPENED__INIT;
    Enrolment__SeatTaken seat = ENROLMENT__SEAT_TAKEN__INIT;
    Enrolment__Window window = ENROLMENT__WINDOW__INIT;
    struct wanted wanted = {s, quiet_until(time_now_us())};
    const bool quiet = wanted.until_us > time_now_us();

    opened.programme_id = facts_bytes(s->arena, programme());
    opened.window = &window;
    assert_true(time_parse(&window.closes_us, span_text("2090-08-31T21:00:00Z")));
    (void)stage_publish(s, programme(), "enrolment.WindowOpened.v1", &opened.base);
    seat.registration = facts_registration(s->arena, programme(), implementation(), facts_id(1), 1);
    (void)stage_publish(s, programme(), "enrolment.SeatTaken.v1", &seat.base);
    assert_true(stage_wait_tally(s, "sent", quiet ? 1 : 1 + FOLLOWERS, WAIT_MS));
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where kind = 1 and state = 3"), 1);
    if (!quiet)
        return;
    assert_true(kit_wait_until(all_put_off, &wanted, WAIT_MS));
    let_time_come(s); /* it is night still: nobody is woken, and the same morning is waited for */
    assert_true(kit_wait_until(all_put_off, &wanted, WAIT_MS));
    assert_int_equal(stage_mail_count(s), 1);
    assert_int_equal(stage_tally(s, "queued"), FOLLOWERS);
}

/* What the night has put off leaves in the morning, in time as of then, once. */
static void test_morning(void **state)
{
    struct stage *s = *state;

    restart(s, "off");
    let_time_come(s);
    assert_true(stage_wait_tally(s, "sent", 1 + FOLLOWERS, WAIT_MS));
    assert_int_equal(stage_mail_count(s), 1 + FOLLOWERS);
    assert_int_equal(stage_waiting(s), 0);
    assert_int_equal(kit_sql_int(s->pg, "select sum(within) from notification.promise"), 1 + FOLLOWERS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_night_and_day), /* many at once sleep, one's own matter does not */
        cmocka_unit_test(test_morning),       /* nothing is lost over the night, and nothing counts as late */
    };

    return cmocka_run_group_tests(tests, open_stage, close_stage);
}
