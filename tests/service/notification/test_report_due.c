/* Reminders of grants from the fact to the mail: a report that is due in 30 days and in seven, an answer, a repayment, a draft whose call
 * closes, a supplement; moved and called off with their facts, told once in spite of a replay. The clock is moved by moving what waits for
 * it. Real publisher, real SMTP, real parser. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/notification/domain/kind.h"
#include "services/notification/domain/why.h"
#include "tests/service/notification/grants.h"

#define WAIT_MS KIT_PATIENCE_MS
#define OWNER   1
#define ADDRESS "saaja@example.fi"

static int open_stage(void **state)
{
    static struct stage stage;

    stage_open(&stage);
    stage_funding_open(&stage);
    grant_contact(&stage, OWNER, "Saara Saaja-Esimerkki", "en", ADDRESS);
    *state = &stage;
    return stage_wait_tally(&stage, "recipient", 1, WAIT_MS) ? 0 : -1;
}

static int close_stage(void **state)
{
    stage_close(*state);
    return 0;
}

/* "kind/state/due day and hour in UTC/times" of all, by kind and time. */
#define ALL                                                                                                                                \
    "select coalesce(string_agg(concat_ws('/', kind, state, to_char(due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), times), ' ' "        \
    "order by kind, due_at), '') from notification.reminder"

static void make_due(struct stage *s, int kind)
{
    (void)kit_sql(s->pg,
                  "update notification.reminder set due_at = now() - interval '1 second' where number = "
                  "(select number from notification.reminder where kind = %d and state = 1 order by due_at limit 1)",
                  kind);
}

/* The day ends at midnight: the moment is the first one of the next. Winter time is two hours, summer time three. */
static void test_report_due(void **state)
{
    struct stage *s = *state;

    grant_obligation_set(s, 1, FUNDING__OBLIGATION_KIND__OBLIGATION_FINAL, OWNER, "2090-01-31");
    grant_wait(s, ALL, "31/1/2090-01-01 07:00/0 31/1/2090-01-24 07:00/0");
    assert_string_equal(
        kit_sql(s->pg, "select distinct to_char(moment at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from notification.reminder"),
        "2090-01-31 22:00");
    make_due(s, KIND_REPORT_DUE);
    assert_true(stage_wait_tally(s, "sent", 1, WAIT_MS));
    assert_int_equal(grant_mails(s, ADDRESS, "report_due", "Register number: " GRANT_NUMBER), 1);
    assert_int_equal(grant_mails(s, ADDRESS, "report_due", "Tuesday, 31 January 2090") +
                         grant_mails(s, ADDRESS, "report_due", "Tuesday 31 January 2090"),
                     1);
    grant_obligation_set(s, 1, FUNDING__OBLIGATION_KIND__OBLIGATION_FINAL, OWNER, "2090-01-31"); /* heard again */
    grant_contact(s, 9, "Toinen Esimerkki", "fi", "toinen@example.fi");
    assert_true(stage_wait_tally(s, "recipient", 2, WAIT_MS));
    grant_wait(s, "select string_agg(concat_ws('/', state, times), ' ' order by times) from notification.reminder", "1/0 2/1");
    assert_int_equal(stage_mail_count(s), 1);
}

/* With the day both reminders move: the one that was told is told again, with the new day. */
static void test_report_moved(void **state)
{
    struct stage *s = *state;

    grant_obligation_set(s, 1, FUNDING__OBLIGATION_KIND__OBLIGATION_FINAL, OWNER, "2090-06-30");
    grant_wait(s, ALL, "31/1/2090-05-31 06:00/1 31/1/2090-06-23 06:00/0");
    make_due(s, KIND_REPORT_DUE);
    assert_true(stage_wait_tally(s, "sent", 2, WAIT_MS));
    assert_int_equal(grant_mails(s, ADDRESS, "report_due", "30 June 2090"), 1);
    assert_int_equal(grant_mails(s, ADDRESS, "report_due", "31 January 2090"), 1);
}

/* A report that came in calls off what has not been told, and what was told and has not left. */
static void test_report_met(void **state)
{
    struct stage *s = *state;

    stage_mailbox_stop(s);
    make_due(s, KIND_REPORT_DUE);
    assert_true(stage_wait_tally(s, "queued", 1, WAIT_MS));
    grant_obligation_ended(s, 1);
    assert_true(stage_wait_tally(s, "called_off", 1, WAIT_MS));
    grant_wait(s, "select string_agg(distinct state::text, ' ') from notification.reminder", "3");
    assert_string_equal(kit_sql(s->pg, "select why from notification.message where state = 9"),
                        "what it reminds of has been done, or is not needed any more");
    stage_mailbox_start(s, "");
    grant_obligation_ended(s, 77); /* nobody knows it */
    grant_obligation_set(s, 2, FUNDING__OBLIGATION_KIND__OBLIGATION_INTERIM, OWNER, "2090-02-15");
    grant_wait(s, "select count(*) from notification.reminder where state = 1", "2");
    grant_obligation_ended(s, 2);
    grant_wait(s, "select count(*) from notification.reminder where state = 1", "0");
    assert_int_equal(stage_mail_count(s), 2);
}

static void test_answer_and_repayment(void **state)
{
    struct stage *s = *state;
    const int64_t sent = stage_tally(s, "sent");

    grant_obligation_set(s, 3, FUNDING__OBLIGATION_KIND__OBLIGATION_ANSWER, OWNER, "2090-02-15");
    grant_obligation_set(s, 4, FUNDING__OBLIGATION_KIND__OBLIGATION_REPAYMENT, OWNER, "2090-08-15");
    grant_wait(s, ALL " where kind > 31", "35/1/2090-02-08 07:00/0 36/1/2090-08-08 06:00/0");
    make_due(s, KIND_ANSWER_DUE);
    make_due(s, KIND_REPAYMENT_DUE);
    assert_true(stage_wait_tally(s, "sent", sent + 2, WAIT_MS));
    assert_int_equal(grant_mails(s, ADDRESS, "answer_due", "15 February 2090"), 1);
    assert_int_equal(grant_mails(s, ADDRESS, "repayment_due", "15 August 2090"), 1);
    Funding__ObligationLate late = FUNDING__OBLIGATION_LATE__INIT;
    late.obligation_id = facts_bytes(s->arena, grant_obligation(4));
    late.application_id = late.call_id = facts_bytes(s->arena, grant_application(4));
    late.owner_id = facts_bytes(s->arena, facts_id(OWNER));
    late.kind = FUNDING__OBLIGATION_KIND__OBLIGATION_REPAYMENT;
    late.due_on = "2026-01-15";
    late.register_number = GRANT_NUMBER;
    late.title = GRANT_TITLE;
    (void)grant_tell(s, "funding.ObligationLate.v1", &late.base);
    late.kind = FUNDING__OBLIGATION_KIND__OBLIGATION_ANSWER; /* silence is an answer */
    (void)grant_tell(s, "funding.ObligationLate.v1", &late.base);
    late.kind = FUNDING__OBLIGATION_KIND__OBLIGATION_INTERIM;
    (void)grant_tell(s, "funding.ObligationLate.v1", &late.base);
    assert_true(stage_wait_tally(s, "sent", sent + 4, WAIT_MS));
    assert_int_equal(grant_mails(s, ADDRESS, "repayment_late", "15 January 2026"), 1);
    assert_int_equal(grant_mails(s, ADDRESS, "report_late", "The interim report is late"), 1);
}

/* A draft is reminded of the day before its call closes, moves with the call, and is over when it is submitted. */
static void test_draft_closes(void **state)
{
    struct stage *s = *state;
    Funding__CallStored call = FUNDING__CALL_STORED__INIT;
    const int64_t sent = stage_tally(s, "sent");

    grant_draft(s, 10, OWNER, "2090-03-27T14:15:00Z");
    grant_draft(s, 11, OWNER, "2090-03-27T14:15:00Z");
    grant_wait(s, ALL " where kind = 22", "22/1/2090-03-26 06:00/0 22/1/2090-03-26 06:00/0");
    (void)grant_submitted(s, 11, OWNER, false);
    grant_wait(s, ALL " where kind = 22 and state = 1", "22/1/2090-03-26 06:00/0");
    assert_true(stage_wait_tally(s, "sent", sent + 1, WAIT_MS));
    call.call_id = facts_bytes(s->arena, grant_call());
    call.closes_us = grant_at("2090-04-10T13:15:00Z");
    (void)grant_tell(s, "funding.CallStored.v1", &call.base);
    grant_wait(s, ALL " where kind = 22 and state = 1", "22/1/2090-04-09 06:00/0");
    make_due(s, KIND_DRAFT_CLOSES);
    assert_true(stage_wait_tally(s, "sent", sent + 2, WAIT_MS));
    assert_int_equal(grant_mails(s, ADDRESS, "draft_closes", "The call for leadership"), 1);
    assert_int_equal(grant_mails(s, ADDRESS, "draft_closes", "10 April 2090"), 1);
    grant_draft(s, 12, OWNER, "2090-04-10T13:15:00Z");
    grant_wait(s, "select count(*) from notification.reminder where kind = 22 and state = 1", "1");
    Funding__CallMoved off = FUNDING__CALL_MOVED__INIT;
    off.call_id = call.call_id;
    off.to = FUNDING__CALL_STATE__CALL_CALLED_OFF;
    (void)grant_tell(s, "funding.CallMoved.v1", &off.base);
    grant_wait(s, "select count(*) from notification.reminder where kind = 22 and state = 1", "0");
}

/* A draft that was begun when there was no time left is reminded of all the same once its call is given more; not one that is done. */
static void test_draft_begun_late(void **state)
{
    struct stage *s = *state;
    Funding__CallStored call = FUNDING__CALL_STORED__INIT;
    const int64_t sent = stage_tally(s, "sent");
    char closes[TIME_TEXT];
    const char *of = "select string_agg(concat_ws('/', state, why), ' ' order by number) from notification.reminder "
                     "where kind = 22 and subject_id::text in ('%s', '%s')";
    char one[UUID_TEXT], other[UUID_TEXT];

    uuid_format(grant_application(14), one);
    uuid_format(grant_application(15), other);
    const char *states = arena_printf(s->arena, of, one, other);
    time_format(time_now_us() + 2 * TIME_HOUR, closes);
    grant_draft(s, 14, OWNER, closes);
    grant_draft(s, 15, OWNER, closes);
    grant_wait(s, states, "3/" WHY_SOON " 3/" WHY_SOON);
    (void)grant_submitted(s, 15, OWNER, false);
    grant_wait(s, states, "3/" WHY_SOON " 3/" WHY_DONE);
    call.call_id = facts_bytes(s->arena, grant_call());
    call.closes_us = grant_at("2090-05-10T13:15:00Z");
    (void)grant_tell(s, "funding.CallStored.v1", &call.base);
    grant_wait(s, states, "1/ 3/" WHY_DONE);
    (void)grant_submitted(s, 14, OWNER, false);
    (void)grant_submitted(s, 10, OWNER, false); /* of the test before: it moved along */
    grant_wait(s, states, "3/" WHY_DONE " 3/" WHY_DONE);
    assert_true(stage_wait_tally(s, "sent", sent + 3, WAIT_MS)); /* their receipts */
}

static void test_supplement_due(void **state)
{
    struct stage *s = *state;
    Funding__SupplementRequested m = FUNDING__SUPPLEMENT_REQUESTED__INIT;
    const int64_t sent = stage_tally(s, "sent");

    m.application_id = facts_bytes(s->arena, grant_application(20));
    m.call_id = facts_bytes(s->arena, grant_call());
    m.owner_id = facts_bytes(s->arena, facts_id(OWNER));
    m.register_number = GRANT_NUMBER;
    m.title = GRANT_TITLE;
    m.words = "Please add the budget of each partner.\nAnd their signatures.";
    m.due_on = "2090-05-20";
    (void)grant_tell(s, "funding.SupplementRequested.v1", &m.base);
    assert_true(stage_wait_tally(s, "sent", sent + 1, WAIT_MS));
    assert_int_equal(grant_mails(s, ADDRESS, "supplement_requested", "Please add the budget of each partner.\\nAnd their signatures."), 1);
    grant_wait(s, ALL " where kind = 25", "25/1/2090-05-18 06:00/0");
    make_due(s, KIND_SUPPLEMENT_DUE);
    assert_true(stage_wait_tally(s, "sent", sent + 2, WAIT_MS));
    assert_int_equal(grant_mails(s, ADDRESS, "supplement_due", "20 May 2090"), 1);
    (void)grant_submitted(s, 20, OWNER, true);
    grant_wait(s, ALL " where kind = 25 and state <> 3", "");
    assert_true(stage_wait_tally(s, "sent", sent + 3, WAIT_MS));
    assert_int_equal(grant_mails(s, ADDRESS, "application_received", "Supplement received"), 1);
}

/* A reminder goes where the letters about its application go. */
static void test_reminder_to_its_contact(void **state)
{
    struct stage *s = *state;

    grant_contact_of(s, 50, OWNER, "Vieno Vanhempi-Esimerkki", "fi", "vanhempi@example.fi");
    grant_contact_of(s, 51, OWNER, "Ulf Nyare-Exempel", "sv", ADDRESS);
    grant_obligation_set(s, 50, FUNDING__OBLIGATION_KIND__OBLIGATION_ANSWER, OWNER, "2090-03-31");
    grant_wait(s, "select count(*) from notification.reminder where kind = 35 and state = 1", "1");
    make_due(s, KIND_ANSWER_DUE);
    grant_wait(s, "select count(*) from notification.message where reader_id is not null and state = 3", "1");
    assert_int_equal(grant_mails(s, "vanhempi@example.fi", "answer_due", GRANT_NUMBER), 1);
}

/* Who is forgotten is reminded of nothing. */
static void test_forgotten(void **state)
{
    struct stage *s = *state;
    Enrolment__PersonErased erased = ENROLMENT__PERSON_ERASED__INIT;

    grant_obligation_set(s, 30, FUNDING__OBLIGATION_KIND__OBLIGATION_FINAL, OWNER, "2091-01-31");
    grant_wait(s, "select count(*) from notification.reminder where state = 1", "2");
    erased.person_id = facts_bytes(s->arena, facts_id(OWNER));
    (void)stage_publish(s, facts_id(OWNER), "enrolment.PersonErased.v1", &erased.base);
    grant_wait(s, "select count(*) from notification.reminder", "0");
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.event_dead"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_report_due),           /* 30 and 7 days before, at nine, the day that ends; heard again it is the same */
        cmocka_unit_test(test_report_moved),         /* both move with the day, and what was told is told anew */
        cmocka_unit_test(test_report_met),           /* what is met or waived is called off, what has not left too */
        cmocka_unit_test(test_answer_and_repayment), /* other obligations; what is late is told at once */
        cmocka_unit_test(test_draft_closes),         /* the day before the call closes, wherever that moves; not once it is submitted */
        cmocka_unit_test(test_draft_begun_late),     /* too late for a reminder, until the call is given more time */
        cmocka_unit_test(test_supplement_due),       /* asked for in the official's words, reminded two days before, done when it comes */
        cmocka_unit_test(test_reminder_to_its_contact), /* that of the application, not of the account's newest one */
        cmocka_unit_test(test_forgotten),               /* reminders of a person go with the person */
    };

    return cmocka_run_group_tests_name("notification report due", tests, open_stage, close_stage);
}
