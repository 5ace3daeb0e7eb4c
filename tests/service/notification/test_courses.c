/* What becomes of a message beside being mailed: turned off, gathered for the digest, of an address that gets no mail, of a domain that
 * gets none. Each stays in the inbox with its text. The service for real, with the settings of a system for tests. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "tests/service/notification/facts.h"
#include "tests/service/notification/stage.h"

#define WAIT_MS KIT_PATIENCE_MS

static struct uuid programme(void)
{
    return facts_id(3000000);
}
static struct uuid implementation(void)
{
    return facts_id(3000001);
}

static int open_stage(void **state)
{
    static struct stage stage;
    static const char *const ADDRESSES[] = {"on@example.fi", "off@example.fi", "daily@example.fi", "Dead@example.fi", "out@example.org"};

    assert_int_equal(setenv("HV_MAIL_ONLY", "example.net, EXAMPLE.fi", 1), 0);
    stage_open(&stage);
    (void)stage_publish(&stage, programme(), "enrolment.ProgrammeStored.v1",
                        &facts_programme(stage.arena, programme(), implementation(), 1)->base);
    for (unsigned person = 0; person < 5; person++) {
        Enrolment__Followed followed = ENROLMENT__FOLLOWED__INIT;
        (void)stage_publish(&stage, facts_id(person), "enrolment.PersonStored.v1",
                            &facts_person(stage.arena, person, "en", ADDRESSES[person])->base);
        followed.programme_id = facts_bytes(stage.arena, programme());
        followed.person_id = facts_bytes(stage.arena, facts_id(person));
        followed.following = true;
        (void)stage_publish(&stage, programme(), "enrolment.Followed.v1", &followed.base);
    }
    *state = &stage;
    return stage_wait_tally(&stage, "recipient", 5, WAIT_MS) ? 0 : -1;
}

static int close_stage(void **state)
{
    stage_close(*state);
    return unsetenv("HV_MAIL_ONLY");
}

static void publish_window(struct stage *s)
{
    Enrolment__WindowOpened event = ENROLMENT__WINDOW_OPENED__INIT;
    Enrolment__Window window = ENROLMENT__WINDOW__INIT;

    event.programme_id = facts_bytes(s->arena, programme());
    event.window = &window;
    assert_true(time_parse(&window.closes_us, span_text("2090-08-31T21:00:00Z")));
    (void)stage_publish(s, programme(), "enrolment.WindowOpened.v1", &event.base);
}

/* "state/why/subject known/mails" of the newest message to this address. */
static const char *fate(struct stage *s, const char *address)
{
    return kit_sql(
        s->pg,
        "select concat_ws('/', m.state, m.why, m.subject like '%%Strength in leadership%%', m.body like '%%Strength%%', "
        "m.html like '<!DOCTYPE html>%%', m.template_version is not null, (select count(*) from notification.attempt a where a.message = "
        "m.number)) from notification.message m join notification.recipient r on r.id = m.recipient_id where "
        "r.email = '%s' order by m.number desc limit 1",
        address);
}

static void test_each_course(void **state)
{
    struct stage *s = *state;

    (void)kit_sql(s->pg, "insert into notification.preference select id, 5, case when email like 'off%%' then 2 else 3 end, now() from "
                         "notification.recipient where email in ('off@example.fi', 'daily@example.fi')");
    (void)kit_sql(s->pg, "insert into notification.suppression values ('dead@example.fi', 1, now(), '', null)");
    publish_window(s);
    assert_true(stage_wait_tally(s, "sent", 1, WAIT_MS));
    assert_true(stage_wait_tally(s, "withheld", 3, WAIT_MS));
    assert_true(stage_wait_tally(s, "gathered", 1, WAIT_MS));
    assert_int_equal(stage_mail_count(s), 1);
    assert_string_equal(fate(s, "on@example.fi"), "3//t/t/t/t/1");
    assert_string_equal(fate(s, "off@example.fi"), "6/the recipient has turned this topic off/t/t/t/t/0");
    assert_string_equal(fate(s, "daily@example.fi"), "7//t/t/t/t/0");
    assert_string_equal(fate(s, "Dead@example.fi"), "6/the recipient's address is on the list of those that get no mail/t/t/t/t/0");
    assert_string_equal(fate(s, "out@example.org"),
                        "6/this system sends mail to some domains only, and the recipient's is not one of them/t/t/t/t/0");
}

/* What is one's own place cannot be turned off: no row of the table makes it so. */
static void test_own_place_is_mailed(void **state)
{
    struct stage *s = *state;
    Enrolment__SeatTaken event = ENROLMENT__SEAT_TAKEN__INIT;

    event.registration = facts_registration(s->arena, programme(), implementation(), facts_id(1), 1);
    (void)stage_publish(s, programme(), "enrolment.SeatTaken.v1", &event.base);
    assert_true(stage_wait_tally(s, "sent", 2, WAIT_MS));
    assert_int_equal(stage_mail_count(s), 2);
    assert_int_equal(kit_sql_int(s->pg, "select sum(sent) - sum(within) from notification.promise"), 0);
}

/* Turning a topic off counts for what is queued already. */
static void test_turned_off_while_queued(void **state)
{
    struct stage *s = *state;

    stage_mailbox_stop(s);
    publish_window(s);
    assert_true(stage_wait_tally(s, "withheld", 6, WAIT_MS));
    (void)kit_sql(s->pg,
                  "insert into notification.preference select id, 5, 2, now() from notification.recipient where email = 'on@example.fi'");
    stage_mailbox_start(s, "");
    assert_true(stage_wait_tally(s, "withheld", 7, WAIT_MS));
    assert_int_equal(stage_mail_count(s), 2);
    assert_int_equal(stage_tally(s, "queued") + stage_tally(s, "sending"), 0);
}

/* Every change is in the log, in order and without a gap. */
static void test_log_is_whole(void **state)
{
    struct stage *s = *state;

    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message m where changes <> (select count(*) from "
                                        "notification.message_change c where c.message = m.number) or state <> (select to_state from "
                                        "notification.message_change c where c.message = m.number order by n desc limit 1)"),
                     0);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from (select from_state, lag(to_state, 1, 1::smallint) over (partition by message "
                                        "order by n) as was from notification.message_change) c where from_state <> was"),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_course),         /* mailed, turned off, daily, suppressed, another domain: the text is kept in each */
        cmocka_unit_test(test_own_place_is_mailed), /* whatever is turned off; and within ten seconds */
        cmocka_unit_test(test_turned_off_while_queued), /* no mail leaves after that */
        cmocka_unit_test(test_log_is_whole),            /* what the log says is what became of each */
    };

    return cmocka_run_group_tests(tests, open_stage, close_stage);
}
