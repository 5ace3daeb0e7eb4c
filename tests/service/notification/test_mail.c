/* hv-notification for real: enrolment's events from a real publisher become mails in a real mailbox, once each, in the reader's
 * language, and are read back with an independent parser. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "tests/service/notification/facts.h"
#include "tests/service/notification/stage.h"

#define WAIT_MS KIT_PATIENCE_MS

static struct uuid programme(void)
{
    return facts_id(1000000);
}
static struct uuid implementation(void)
{
    return facts_id(1000001);
}

static int open_stage(void **state)
{
    static struct stage stage;

    stage_open(&stage);
    *state = &stage;
    return 0;
}

static int close_stage(void **state)
{
    stage_close(*state);
    return 0;
}

static void publish_person(struct stage *s, unsigned number, const char *language, const char *email)
{
    (void)stage_publish(s, facts_id(number), "enrolment.PersonStored.v1", &facts_person(s->arena, number, language, email)->base);
}

static void publish_programme(struct stage *s)
{
    (void)stage_publish(s, programme(), "enrolment.ProgrammeStored.v1", &facts_programme(s->arena, programme(), implementation(), 1)->base);
}

static void publish_seat(struct stage *s, unsigned person, unsigned order_no)
{
    Enrolment__SeatTaken event = ENROLMENT__SEAT_TAKEN__INIT;

    event.registration = facts_registration(s->arena, programme(), implementation(), facts_id(person), order_no);
    (void)stage_publish(s, programme(), "enrolment.SeatTaken.v1", &event.base);
}

/* The line of stage_mails that is to this address and of this kind; fails the test when it is not there. */
static const char *mail_to(struct stage *s, const char *address, const char *kind)
{
    static char line[20000];
    char *rest = stage_mails(s);
    char to[200], of[60];

    (void)snprintf(to, sizeof to, "<%s>\t", address);
    (void)snprintf(of, sizeof of, "\t%s\t", kind);
    for (char *next = strtok(rest, "\n"); next; next = strtok(NULL, "\n")) {
        if (strstr(next, to) && strstr(next, of)) {
            (void)snprintf(line, sizeof line, "%s", next);
            return line;
        }
    }
    fail_msg("no mail of the kind %s to %s", kind, address);
    return "";
}

static void expect(const char *mail, const char *piece)
{
    if (strstr(mail, piece) == NULL)
        fail_msg("not in the mail: %s\nthe mail: %s", piece, mail);
}

static void test_each_language(void **state)
{
    struct stage *s = *state;

    publish_programme(s);
    publish_person(s, 1, "fi", "yksi@example.fi");
    publish_person(s, 2, "sv", "tva@example.fi");
    publish_person(s, 3, "en", "three@example.fi");
    for (unsigned person = 1; person <= 3; person++)
        publish_seat(s, person, person);
    assert_true(stage_wait_tally(s, "sent", 3, WAIT_MS));

    const char *mail = mail_to(s, "yksi@example.fi", "confirmation");
    expect(mail, "\tfi\t");
    expect(mail, "Väinö Örnsköld-Esimerkki 1 <");
    expect(mail, "Sinulla on paikka: Voimaa johtajuuteen – esimerkki\t");
    expect(mail, "Järjestysnumerosi toteutuksessa: 1\\n");
    expect(mail, "Paikkakunnat: Kuopio, Joensuu\\n");
    expect(mail, "Yhteinen johtaminen: tiistai 19.9.2090 klo 9.00–11.30\\n");
    expect(mail, "tiistai 30.1.2091 klo 9.00–11.00 (ennakkotieto");
    mail = mail_to(s, "tva@example.fi", "confirmation");
    expect(mail, "\tsv\t");
    expect(mail, "Du har en plats: Kraft i ledarskapet – exempel\t");
    expect(mail, "Gemensamt ledarskap: tisdag 19.9.2090 kl. 9.00–11.30");
    mail = mail_to(s, "three@example.fi", "confirmation");
    expect(mail, "\ten\t");
    expect(mail, "Shared leadership: Tuesday 19 September 2090, 9:00–11:30");
    assert_int_equal(stage_mail_count(s), 3);
}

/* The Message-ID is the message's own id. */
static void test_message_id(void **state)
{
    struct stage *s = *state;
    char id[100];

    (void)snprintf(id, sizeof id, "<%s@mail.example.fi>\t",
                   kit_sql(s->pg, "select id from notification.message where recipient_id = (select id from notification.recipient "
                                  "where email = 'yksi@example.fi')"));
    expect(mail_to(s, "yksi@example.fi", "confirmation"), id);
}

/* The seat is told before the person's address and before the programme's name are known. */
static void test_waits_for_facts(void **state)
{
    struct stage *s = *state;
    Enrolment__SeatTaken event = ENROLMENT__SEAT_TAKEN__INIT;
    struct uuid other = facts_id(1000002), group = facts_id(1000003);

    event.registration = facts_registration(s->arena, other, group, facts_id(4), 1);
    (void)stage_publish(s, other, "enrolment.SeatTaken.v1", &event.base);
    assert_true(stage_wait_tally(s, "queued", 1, WAIT_MS));
    kit_sleep_ms(300);
    assert_int_equal(stage_mail_count(s), 3);
    publish_person(s, 4, "fi", "nelja@example.fi");
    kit_sleep_ms(300);
    assert_int_equal(stage_mail_count(s), 3);
    (void)stage_publish(s, other, "enrolment.ProgrammeStored.v1", &facts_programme(s->arena, other, group, 1)->base);
    assert_true(stage_wait_tally(s, "sent", 4, WAIT_MS));
    expect(mail_to(s, "nelja@example.fi", "confirmation"), "Toteutus: Itäinen ryhmä");
    assert_int_equal(stage_tally(s, "queued"), 0);
}

static void test_every_kind(void **state)
{
    struct stage *s = *state;
    Enrolment__Queued queued = ENROLMENT__QUEUED__INIT;
    Enrolment__Promoted promoted = ENROLMENT__PROMOTED__INIT;
    Enrolment__Cancelled cancelled = ENROLMENT__CANCELLED__INIT;
    Enrolment__Followed followed = ENROLMENT__FOLLOWED__INIT;
    Enrolment__WindowOpened opened = ENROLMENT__WINDOW_OPENED__INIT;
    Enrolment__WindowClosed closed = ENROLMENT__WINDOW_CLOSED__INIT;
    Enrolment__Window window = ENROLMENT__WINDOW__INIT;
    static char reason[] = "Esteenä on työvuoro";

    publish_person(s, 5, "fi", "viisi@example.fi");
    queued.registration = facts_registration(s->arena, programme(), implementation(), facts_id(5), 21);
    queued.registration->position = 3;
    (void)stage_publish(s, programme(), "enrolment.Queued.v1", &queued.base);
    promoted.registration = facts_registration(s->arena, programme(), implementation(), facts_id(5), 21);
    assert_true(time_parse(&promoted.registration->reply_due_us, span_text("2090-09-21T09:00:00Z")));
    (void)stage_publish(s, programme(), "enrolment.Promoted.v1", &promoted.base);
    cancelled.registration = facts_registration(s->arena, programme(), implementation(), facts_id(5), 21);
    cancelled.from = ENROLMENT__STATE__STATE_SEATED;
    cancelled.reason = reason;
    (void)stage_publish(s, programme(), "enrolment.Cancelled.v1", &cancelled.base);
    followed.programme_id = opened.programme_id = closed.programme_id = facts_bytes(s->arena, programme());
    followed.person_id = facts_bytes(s->arena, facts_id(5));
    followed.following = true;
    (void)stage_publish(s, programme(), "enrolment.Followed.v1", &followed.base);
    assert_true(time_parse(&window.closes_us, span_text("2090-08-31T21:00:00Z")));
    opened.window = closed.window = &window;
    (void)stage_publish(s, programme(), "enrolment.WindowOpened.v1", &opened.base);
    (void)stage_publish(s, programme(), "enrolment.WindowClosed.v1", &closed.base);
    assert_true(stage_wait_tally(s, "sent", 9, WAIT_MS));

    const char *mail = mail_to(s, "viisi@example.fi", "waiting_list");
    expect(mail, "Sijasi varasijajonossa: 3\\n");
    expect(mail, "Edelläsi jonossa on 2 henkilöä.");
    expect(mail_to(s, "viisi@example.fi", "promotion"), "Määräaika: torstai 21.9.2090 klo 12.00 (Suomen aikaa)");
    mail = mail_to(s, "viisi@example.fi", "cancellation");
    expect(mail, "Paikkasi on vapautettu.");
    expect(mail, "Syy: Esteenä on työvuoro");
    expect(mail_to(s, "viisi@example.fi", "window_opened"), "Ilmoittautumisaika päättyy: torstai 31.8.2090 klo 23.59");
    expect(mail_to(s, "viisi@example.fi", "window_closed"), "Ilmoittautumisaika päättyi: torstai 31.8.2090 klo 23.59");
}

/* The cursors go back to the beginning: every event is applied again and nobody hears anything twice. */
static void test_replay_sends_nothing(void **state)
{
    struct stage *s = *state;
    size_t before = stage_mail_count(s);

    assert_int_equal(stage_notification_stop(s, SIGTERM), 0);
    (void)kit_sql(s->pg, "update notification.event_cursor set last_seq = 0, last_event_id = null");
    stage_notification_start(s);
    const char *behind =
        "select count(*) from enrolment.event_stream s left join notification.event_cursor c on c.source_stream = s.stream "
        "where s.head_seq > coalesce(c.last_seq, 0)";
    for (int i = 0; i < KIT_PATIENCE_MS / 50 && kit_sql_int(s->pg, "%s", behind) > 0; i++)
        kit_sleep_ms(50);
    assert_int_equal(kit_sql_int(s->pg, "%s", behind), 0);
    kit_sleep_ms(500);
    assert_int_equal(stage_mail_count(s), before);
    assert_int_equal(stage_waiting(s), 0);
    assert_int_equal(stage_tally(s, "recipient"), 5);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.event_dead"), 0);
}

static void test_relay_down(void **state)
{
    struct stage *s = *state;
    size_t before = stage_mail_count(s);

    stage_mailbox_stop(s);
    for (unsigned i = 0; i < 20; i++) {
        char email[60];
        (void)snprintf(email, sizeof email, "down%u@example.fi", i);
        publish_person(s, 100 + i, "sv", email);
        publish_seat(s, 100 + i, 100 + i);
    }
    assert_true(stage_wait_tally(s, "queued", 20, WAIT_MS));
    kit_sleep_ms(2500);
    assert_int_equal(stage_waiting(s), 20);
    stage_mailbox_start(s, "");
    assert_true(stage_wait_tally(s, "sent", 29, WAIT_MS));
    assert_int_equal(stage_mail_count(s), before + 20);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where state <> 3"), 0);
}

/* 4xx, 4xx, then taken: three attempts, one mail, one Message-ID. */
static void test_later(void **state)
{
    struct stage *s = *state;

    stage_mailbox_stop(s);
    stage_mailbox_start(s, "later");
    publish_person(s, 200, "fi", "greylisted@example.fi");
    publish_seat(s, 200, 200);
    assert_true(stage_wait_tally(s, "sent", 30, WAIT_MS));
    const char *of = "from notification.attempt a join notification.message m on m.number = a.message "
                     "join notification.recipient r on r.id = m.recipient_id where r.email = 'greylisted@example.fi'";
    assert_int_equal(kit_sql_int(s->pg, "select count(*) %s", of), 3);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) %s and smtp_code = 451 and answer like '%%Greylisted%%'", of), 2);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) %s and smtp_code = 250", of), 1);
    expect(mail_to(s, "greylisted@example.fi", "confirmation"), "Sinulla on paikka");
}

static void test_never(void **state)
{
    struct stage *s = *state;
    size_t before = stage_mail_count(s);

    stage_mailbox_stop(s);
    stage_mailbox_start(s, "never");
    publish_person(s, 300, "fi", "never@example.fi");
    publish_person(s, 301, "fi", "not an address");
    publish_seat(s, 300, 300);
    publish_seat(s, 301, 301);
    assert_true(stage_wait_tally(s, "failed", 2, WAIT_MS));
    assert_int_equal(stage_mail_count(s), before);
    const char *of = "from notification.attempt a join notification.message m on m.number = a.message "
                     "join notification.recipient r on r.id = m.recipient_id where m.state = 4 and r.email";
    assert_int_equal(kit_sql_int(s->pg, "select count(*) %s = 'never@example.fi' and smtp_code = 550", of), 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) %s = 'not an address' and answer like '%%not an e-mail address%%'", of), 1);
}

/* The relay keeps the mail and drops the line before its answer: unsure, sent again with the same Message-ID, and listed. */
static void test_drop_is_unsure(void **state)
{
    struct stage *s = *state;
    size_t before = stage_mail_count(s);
    char first[200], *mails, *at;

    stage_mailbox_stop(s);
    stage_mailbox_start(s, "drop");
    publish_person(s, 400, "en", "dropped@example.fi");
    publish_seat(s, 400, 400);
    assert_true(stage_wait_tally(s, "unsure", 1, WAIT_MS));
    assert_true(stage_wait_tally(s, "sent", 31, WAIT_MS));
    assert_int_equal(stage_mail_count(s), before + 2);
    mails = stage_mails(s);
    (void)snprintf(first, sizeof first, "<%s@mail.example.fi>",
                   kit_sql(s->pg, "select id from notification.message where doubts = 1 and state = 3"));
    at = strstr(mails, first);
    assert_non_null(at);
    assert_non_null(strstr(at + 1, first));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_language),        /* a place is confirmed in Finnish, Swedish and English, parsed back */
        cmocka_unit_test(test_message_id),           /* the Message-ID is the message's id at our domain */
        cmocka_unit_test(test_waits_for_facts),      /* a mail waits for the address and for the programme's name */
        cmocka_unit_test(test_every_kind),           /* all six kinds say what they must */
        cmocka_unit_test(test_replay_sends_nothing), /* cursors rewound to zero: no mail, no counter moves */
        cmocka_unit_test(test_relay_down),           /* no relay for a while: nothing lost, nothing twice */
        cmocka_unit_test(test_later),                /* 451, 451, 250: tried again, sent once */
        cmocka_unit_test(test_never),                /* 550 and a broken address fail for good, with the reason kept */
        cmocka_unit_test(test_drop_is_unsure),       /* kept but not answered: unsure, sent again under the same id */
    };

    return cmocka_run_group_tests(tests, open_stage, close_stage);
}
