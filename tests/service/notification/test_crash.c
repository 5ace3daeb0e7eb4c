/* kill -9 of hv-notification in the middle of its work, several times: every message is delivered, and only those that are listed
 * as unsure may have been delivered twice. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "tests/service/notification/facts.h"
#include "tests/service/notification/stage.h"

#define PERSONS 150
#define KILLS   6

static struct stage stage;

static void publish_all(struct stage *s)
{
    struct uuid programme = facts_id(1000000), implementation = facts_id(1000001);
    struct stage_event *events = arena_array(s->arena, 2 * PERSONS, sizeof *events);

    (void)stage_publish(s, programme, "enrolment.ProgrammeStored.v1", &facts_programme(s->arena, programme, implementation, 1)->base);
    for (unsigned i = 0; i < PERSONS; i++) {
        Enrolment__SeatTaken *seat = arena_alloc(s->arena, sizeof *seat);
        const char *email = arena_printf(s->arena, "p%u@example.fi", i);
        enrolment__seat_taken__init(seat);
        seat->registration = facts_registration(s->arena, programme, implementation, facts_id(i), i + 1);
        events[2 * i] = (struct stage_event){programme, "enrolment.SeatTaken.v1", &seat->base};
        events[2 * i + 1] = (struct stage_event){facts_id(i), "enrolment.PersonStored.v1", &facts_person(s->arena, i, "fi", email)->base};
    }
    stage_publish_many(s, events, 2 * PERSONS);
}

static bool some_more_mails(void *arg)
{
    const size_t *enough = arg;

    return stage_mail_count(&stage) >= *enough;
}

/* How many mails of the folder carry this Message-ID. */
static int times_in(const char *mails, const char *id)
{
    int n = 0;

    for (const char *at = strstr(mails, id); at; at = strstr(at + 1, id))
        n++;
    return n;
}

static void check_each_message(struct stage *s)
{
    const char *mails = stage_mails(s);
    int twice = 0;

    for (int i = 0; i < PERSONS; i++) {
        char id[60];
        const char *row = kit_sql(s->pg, "select id || ' ' || doubts from notification.message order by number offset %d limit 1", i);
        (void)snprintf(id, sizeof id, "<%.36s@", row);
        int times = times_in(mails, id), doubts = row[37] - '0';
        if (times < 1 || times > 1 + doubts)
            fail_msg("message %s with %d doubts came %d times", id, doubts, times);
        twice += times > 1;
    }
    print_message("%d of %d delivered twice, all listed as unsure\n", twice, PERSONS);
}

static void check_all_sent(struct stage *s)
{
    assert_true(stage_wait_tally(s, "sent", PERSONS, KIT_PATIENCE_MS));
    assert_int_equal(stage_tally(s, "queued"), 0);
    assert_int_equal(stage_tally(s, "sending"), 0);
    assert_int_equal(stage_tally(s, "failed"), 0);
    assert_int_equal(stage_tally(s, "unsure"), kit_sql_int(s->pg, "select count(*) from notification.message where doubts > 0"));
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attempt where ended_at is null"), 0);
    check_each_message(s);
}

static void test_kill_in_the_middle(void **state)
{
    struct stage *s = &stage;

    (void)state;
    stage_open(s);
    stage_mailbox_stop(s);
    stage_mailbox_start(s, "slow");
    publish_all(s);
    for (int kill = 0; kill < KILLS; kill++) {
        size_t enough = stage_mail_count(s) + 7;
        assert_true(kit_wait_until(some_more_mails, &enough, KIT_PATIENCE_MS));
        assert_int_equal(stage_notification_stop(s, SIGKILL), 128 + SIGKILL);
        stage_notification_start(s);
    }
    check_all_sent(s);
    /* At most one doubt per sender and kill: what was claimed but not begun is no doubt. */
    assert_in_range(kit_sql_int(s->pg, "select coalesce(sum(doubts), 0) from notification.message"), 1, 2 * KILLS);
    stage_close(s);
}

/* The senders' and the writer's connections are cut again and again: the claims they held are not left lying. */
static void test_database_connections_lost(void **state)
{
    struct stage *s = &stage;

    (void)state;
    stage_open(s);
    stage_mailbox_stop(s);
    stage_mailbox_start(s, "slow");
    publish_all(s);
    for (int cut = 0; cut < 3 * KILLS; cut++) {
        size_t enough = stage_mail_count(s) + 3;
        assert_true(kit_wait_until(some_more_mails, &enough, KIT_PATIENCE_MS));
        (void)kit_sql(s->pg, "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'hv_notification' and "
                             "datname = current_database()");
    }
    check_all_sent(s);
    stage_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kill_in_the_middle),        /* six kills while mailing: nothing lost, duplicates only where listed */
        cmocka_unit_test(test_database_connections_lost), /* 18 times all its connections cut: the same, and nothing left lying */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
