/* What relays answer: not now, never, not from you, not so fast. And the mail that is a document. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/service/notification/facts.h"
#include "tests/service/notification/relays.h"

/* "Not now" for two days, by the database's clock: tried again and again, each wait longer, an hour at most; then it is taken, once. */
static void test_busy_for_days(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};
    const char *times = "select count(*) from notification.attempt where smtp_code = 451";
    const char *until = "select coalesce(max(extract(epoch from next_at - now())::bigint), 0) from notification.message";

    relay_start(s, &r, "busy", "busy", NULL);
    relays_serve(s, relay_address(s, &r, "smtp://", ""));
    relays_seat(s, 62);
    for (int64_t n = 1; n <= 13; n++) {
        for (int i = 0; i < 400 && kit_sql_int(s->pg, "%s", times) < n; i++) {
            kit_sleep_ms(25);
            (void)kit_sql(s->pg, "update notification.message set next_at = now() where state = 1 and tries < %d", (int)n);
        }
        assert_true(kit_sql_int(s->pg, "%s", times) >= n);
        assert_true(kit_sql_int(s->pg, "%s where state = 1", until) <= 3600);
        (void)kit_sql(s->pg, "update notification.message set queued_at = queued_at - interval '4 hours'");
    }
    assert_true(kit_sql_int(s->pg, "%s where state = 1 and tries >= 13", until) >= 1700); /* 2 s doubled twelve times is over an hour */
    assert_int_equal(stage_tally(s, "failed"), 0);
    assert_int_equal(relay_kept(&r), 0);
    assert_int_equal(fclose(fopen(arena_printf(s->arena, "%s/open", s->folder), "w")), 0);
    (void)kit_sql(s->pg, "update notification.message set next_at = now()");
    assert_true(stage_wait_tally(s, "sent", 1, RELAYS_WAIT_MS));
    assert_int_equal(relay_kept(&r), 1);
    assert_int_equal(remove(arena_printf(s->arena, "%s/open", s->folder)), 0);
    relay_stop(&r);
}

/* After 72 hours of it the message is a dead letter, with the relay's words. */
static void test_busy_for_too_long(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};

    relay_start(s, &r, "busier", "busy", NULL);
    relays_serve(s, relay_address(s, &r, "smtp://", ""));
    relays_seat(s, 63);
    for (int i = 0; i < KIT_PATIENCE_MS / 50 && kit_sql_int(s->pg, "select count(*) from notification.attempt where smtp_code = 451") == 0;
         i++)
        kit_sleep_ms(50);
    (void)kit_sql(s->pg, "update notification.message set next_at = now(), queued_at = queued_at - interval '73 hours' where state = 1");
    assert_true(stage_wait_tally(s, "failed", 1, RELAYS_WAIT_MS));
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where state = 4 and why like '%%Not today%%'"), 1);
    relay_stop(&r);
}

/* "No such mailbox" is about the address: this message fails, and no later one is mailed there. */
static void test_dead_address(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};

    relay_start(s, &r, "dead", "never", NULL);
    relays_serve(s, relay_address(s, &r, "smtp://", ""));
    relays_seat(s, 99);
    assert_true(stage_wait_tally(s, "failed", 1, RELAYS_WAIT_MS));
    assert_int_equal(
        kit_sql_int(s->pg, "select count(*) from notification.suppression where address = 'never99@example.fi' and note like '%%5.1.1%%'"),
        1);
    relays_seat(s, 99);
    assert_true(stage_wait_tally(s, "withheld", 1, RELAYS_WAIT_MS));
    assert_int_equal(relay_kept(&r), 0);
    relay_stop(&r);
}

/* 5.1.8 is about our own sender address: a fault of ours that an operator mends, no reason to give up on the recipient. */
static void test_our_sender_refused(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};

    relay_start(s, &r, "sender", "sender", NULL);
    relays_serve(s, relay_address(s, &r, "smtp://", ""));
    relays_seat(s, 64);
    assert_true(stage_wait_tally(s, "sent", 1, RELAYS_WAIT_MS));
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attempt where smtp_code = 553"), 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.suppression"), 0);
    relay_stop(&r);
}

/* 60 a minute: ten at once, the others one a second, and another domain's mail is not held up. No try is counted for waiting. */
static void test_so_many_a_minute(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};

    relay_start(s, &r, "slowly", "plain", NULL);
    stage_set(s, "HV_MAILS_PER_DOMAIN", "60");
    relays_serve(s, relay_address(s, &r, "smtp://", ""));
    for (unsigned i = 65; i < 80; i++)
        relays_seat(s, i);
    relays_seat(s, 98); /* of another domain */
    assert_true(stage_wait_tally(s, "sent", 16, RELAYS_WAIT_MS));
    assert_int_equal(relay_kept(&r), 16);
    const char *of = "from notification.message m join notification.recipient r on r.id = m.recipient_id";
    assert_true(kit_sql_int(s->pg, "select extract(epoch from max(sent_at) - min(sent_at))::bigint %s where r.email like '%%.fi'", of) >=
                4);
    assert_true(kit_sql_int(s->pg, "select (max(sent_at) filter (where r.email like '%%.org') < max(sent_at))::int %s", of) == 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where tries <> 1"), 0);
    stage_set(s, "HV_MAILS_PER_DOMAIN", "");
    relay_stop(&r);
}

/* "Slower": from then on that domain gets its mail one by one. */
static void test_asked_to_slow_down(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};

    relay_start(s, &r, "slower", "slower", NULL);
    relays_serve(s, relay_address(s, &r, "smtp://", ""));
    for (unsigned i = 80; i < 84; i++)
        relays_seat(s, i);
    assert_true(stage_wait_tally(s, "sent", 4, RELAYS_WAIT_MS));
    assert_true(kit_sql_int(s->pg, "select extract(epoch from max(sent_at) - min(sent_at))::bigint from notification.message") >= 2);
    assert_int_equal(relay_kept(&r), 4);
    relay_stop(&r);
}

/* A relay that takes each mail and never says so gets it three times, not each hour for three days; then an operator finds it. */
static void test_never_confirmed(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};

    relay_start(s, &r, "mute", "mute", NULL);
    relays_serve(s, relay_address(s, &r, "smtp://", ""));
    relays_seat(s, 86);
    assert_true(stage_wait_tally(s, "failed", 1, RELAYS_WAIT_MS));
    assert_int_equal(relay_kept(&r), 3);
    assert_int_equal(stage_tally(s, "unsure"), 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where state = 4 and why like '%%probably arrived'"), 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message_change where to_state = 5"), 2);
    relay_stop(&r);
}

/* Whoever is forgotten while a sender has their mail, and a relay says "not now", is not waited for. */
static void test_forgotten_between_two_tries(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};

    relay_start(s, &r, "forgotten", "busy", NULL);
    relays_serve(s, relay_address(s, &r, "smtp://", ""));
    relays_seat(s, 87);
    for (int i = 0; i < KIT_PATIENCE_MS / 50 && kit_sql_int(s->pg, "select count(*) from notification.attempt where smtp_code = 451") == 0;
         i++)
        kit_sleep_ms(50);
    (void)kit_sql(s->pg, "delete from notification.recipient where email = 'p87@example.fi'");
    (void)kit_sql(s->pg, "update notification.message set next_at = now() where state = 1");
    assert_true(stage_wait_tally(s, "called_off", 1, RELAYS_WAIT_MS));
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where state = 9 and next_at is null and not waits and "
                                        "why like '%%forgotten'"),
                     1);
    assert_int_equal(stage_waiting(s) + stage_tally(s, "failed"), 0);
    relay_stop(&r);
}

/* Whose training has no name here, and whose letter lacks a fact, is told apart when their time is over. */
static void test_what_it_waited_for(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};

    relay_start(s, &r, "waited", "plain", NULL);
    relays_serve(s, relay_address(s, &r, "smtp://", ""));
    (void)kit_sql(s->pg, "insert into notification.message (id, event_id, recipient_id, kind, topic, lane, state, queued_at, promised_at, "
                         "next_at, facts) select gen_random_uuid(), gen_random_uuid(), id, 16, 3, 1, 1, now() - interval '73 hours', "
                         "now(), now(), '{}' from notification.recipient where email = 'p88@example.fi'");
    (void)kit_sql(s->pg, "update notification.tally set n = 1 where slot = 0 and what = 'queued'");
    assert_true(stage_wait_tally(s, "failed", 1, RELAYS_WAIT_MS));
    assert_string_equal(kit_sql(s->pg, "select why from notification.message"),
                        "something that the letter has to say did not become known within 72 hours");
    relay_stop(&r);
}

/* What a decision says comes as a document too, and opens where one reads such documents. */
static void test_letter_as_document(void **state)
{
    struct stage *s = *state;
    struct relay r = {0};
    Enrolment__Completed event = ENROLMENT__COMPLETED__INIT;
    static char code[] = "ABCD-EFGH-2345";
    char command[2000];

    relay_start(s, &r, "document", "plain", NULL);
    relays_serve(s, relay_address(s, &r, "smtp://", ""));
    event.registration = facts_registration(s->arena, relays_programme(), relays_implementation(), facts_id(85), 85);
    event.credits_tenths = 50;
    event.certificate_code = code;
    (void)stage_publish(s, relays_programme(), "enrolment.Completed.v1", &event.base);
    assert_true(stage_wait_tally(s, "sent", 1, RELAYS_WAIT_MS));
    (void)snprintf(
        command, sizeof command,
        "/usr/bin/python3 -c \"import email, email.policy, sys; m = email.message_from_binary_file(open(sys.argv[1], 'rb'), "
        "policy=email.policy.default); [p] = list(m.iter_attachments()); assert p.get_filename() == 'kirje.pdf'; "
        "open(sys.argv[2], 'wb').write(p.get_content())\" %s/*.eml %s/kirje.pdf && pdftotext %s/kirje.pdf - | grep -q ABCD-EFGH-2345 "
        "&& pdfinfo %s/kirje.pdf | grep -q 'Tagged: *yes'",
        r.mails, s->folder, s->folder, s->folder);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    assert_int_equal(pclose(pipe), 0);
    relay_stop(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_busy_for_days),               /* 451 for two days: nothing lost, nothing twice */
        cmocka_unit_test(test_busy_for_too_long),           /* after 72 hours a dead letter */
        cmocka_unit_test(test_dead_address),                /* 5.1.1: fails, and the address gets no more mail */
        cmocka_unit_test(test_our_sender_refused),          /* 5.1.8: tried again */
        cmocka_unit_test(test_so_many_a_minute),            /* HV_MAILS_PER_DOMAIN */
        cmocka_unit_test(test_asked_to_slow_down),          /* 4.7.1 halves a domain's rate */
        cmocka_unit_test(test_never_confirmed),             /* three copies at most */
        cmocka_unit_test(test_forgotten_between_two_tries), /* ended, not waited for */
        cmocka_unit_test(test_what_it_waited_for),          /* the cause that was */
        cmocka_unit_test(test_letter_as_document),          /* a tagged PDF is attached */
    };

    return cmocka_run_group_tests(tests, relays_open, relays_close);
}
