/* Reminders from the fact to the mail: a window's, a webinar's and an offer's, told when their time comes, moved and called off with their
 * facts, once in spite of replays and a kill. The clock is moved by moving what waits for it. Real publisher, real SMTP, real parser. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "notification.pb-c.h"
#include "services/notification/domain/course.h"
#include "services/notification/domain/reminder.h"
#include "services/notification/domain/why.h"
#include "tests/service/notification/facts.h"
#include "tests/service/notification/line.h"

#define WAIT_MS KIT_PATIENCE_MS
#define CROWD   5000

static struct line line;

static struct uuid programme(void)
{
    return facts_id(4000000);
}
static struct uuid implementation(void)
{
    return facts_id(4000001);
}
static struct uuid window_id(void)
{
    return facts_id(4000002);
}
static struct uuid webinar_id(unsigned n)
{
    return facts_id(4000010 + n);
}

static int64_t at(const char *text)
{
    int64_t us;

    assert_true(time_parse(&us, span_text(text)));
    return us;
}

/* A programme with a window and two webinars; NULL: without the window. */
static Enrolment__ProgrammeStored *programme_with(struct stage *s, uint64_t version, const char *opens, const char *closes)
{
    Enrolment__ProgrammeStored *stored = facts_programme(s->arena, programme(), implementation(), version);
    Enrolment__Programme *p = stored->programme;

    for (unsigned i = 0; i < 2; i++)
        p->units[0]->webinars[i]->id = facts_bytes(s->arena, webinar_id(i));
    if (opens == NULL)
        return stored;
    p->n_windows = 1;
    p->windows = arena_array(s->arena, 1, sizeof *p->windows);
    p->windows[0] = arena_alloc(s->arena, sizeof **p->windows);
    enrolment__window__init(p->windows[0]);
    p->windows[0]->id = facts_bytes(s->arena, window_id());
    p->windows[0]->opens_us = at(opens);
    p->windows[0]->closes_us = at(closes);
    return stored;
}

static void publish(struct stage *s, const char *type, const ProtobufCMessage *message)
{
    (void)stage_publish(s, programme(), type, message);
}

static void store(struct stage *s, uint64_t version, const char *opens, const char *closes)
{
    publish(s, "enrolment.ProgrammeStored.v1", &programme_with(s, version, opens, closes)->base);
}

static Enrolment__Registration *registration(struct stage *s, unsigned person, Enrolment__State state)
{
    Enrolment__Registration *r = facts_registration(s->arena, programme(), implementation(), facts_id(person), person);

    r->state = state;
    r->version = 1;
    return r;
}

/* Persons 1 and 2 follow, 2 and 3 have a seat. */
static int open_stage(void **state)
{
    static struct stage stage;

    stage_open(&stage);
    store(&stage, 1, "2090-05-02T06:00:00Z", "2090-05-31T20:59:59Z");
    for (unsigned person = 1; person <= 4; person++) {
        Enrolment__Followed followed = ENROLMENT__FOLLOWED__INIT;
        Enrolment__SeatTaken seat = ENROLMENT__SEAT_TAKEN__INIT;
        (void)stage_publish(&stage, facts_id(person), "enrolment.PersonStored.v1",
                            &facts_person(stage.arena, person, "en", arena_printf(stage.arena, "p%u@example.fi", person))->base);
        followed.programme_id = facts_bytes(stage.arena, programme());
        followed.person_id = facts_bytes(stage.arena, facts_id(person));
        followed.following = true;
        seat.registration = registration(&stage, person, ENROLMENT__STATE__STATE_SEATED);
        if (person <= 2)
            publish(&stage, "enrolment.Followed.v1", &followed.base);
        if (person == 2 || person == 3)
            publish(&stage, "enrolment.SeatTaken.v1", &seat.base);
    }
    line_open(&line, &stage);
    *state = &stage;
    return stage_wait_tally(&stage, "sent", 2, WAIT_MS) ? 0 : -1;
}

static int close_stage(void **state)
{
    line_close(&line);
    stage_close(*state);
    return 0;
}

static const char *reminders(struct stage *s)
{
    return kit_sql(s->pg,
                   "select string_agg(concat_ws('/', kind, state, to_char(due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), times), ' ' "
                   "order by kind, moment) from notification.reminder where training_id = (select id from notification.training)");
}

struct wanted {
    struct stage *stage;
    const char *sql, *is;
};
static bool reads(void *arg)
{
    const struct wanted *wanted = arg;

    return strcmp(kit_sql(wanted->stage->pg, "%s", wanted->sql), wanted->is) == 0;
}
static void wait_for(struct stage *s, const char *sql, const char *is)
{
    struct wanted wanted = {s, sql, is};

    if (!kit_wait_until(reads, &wanted, WAIT_MS))
        fail_msg("%s: %s instead of %s", sql, kit_sql(s->pg, "%s", sql), is);
}

static void wait_version(struct stage *s, const char *version)
{
    wait_for(s, "select version from notification.training", version);
}

static void make_due(struct stage *s, int kind)
{
    (void)kit_sql(s->pg,
                  "update notification.reminder set due_at = now() - interval '1 second' where kind = %d and state = 1 and number = "
                  "(select number from notification.reminder where kind = %d and state = 1 order by moment limit 1)",
                  kind, kind);
}

static int mails_with(struct stage *s, const char *address, const char *kind, const char *piece)
{
    int found = 0;

    for (char *rest = stage_mails(s), *one = strtok(rest, "\n"); one != NULL; one = strtok(NULL, "\n"))
        found += strstr(one, arena_printf(s->arena, "<%s>\t", address)) != NULL &&
                 strstr(one, arena_printf(s->arena, "\t%s\t", kind)) != NULL && strstr(one, piece) != NULL;
    return found;
}

#define FACTS_FIRST "17/1/2090-05-01 06:00/0 18/1/2090-05-30 06:00/0 19/1/2090-09-12 06:00/0 19/1/2091-01-23 07:00/0"

static void test_follow_from_facts(void **state)
{
    struct stage *s = *state;

    assert_string_equal(reminders(s), FACTS_FIRST);
    store(s, 1, "2090-06-02T06:00:00Z", "2090-06-30T20:59:59Z"); /* heard late: an older version of it is known */
    store(s, 2, "2090-05-02T06:00:00Z", "2090-05-31T20:59:59Z"); /* the same facts */
    wait_version(s, "2");
    assert_string_equal(reminders(s), FACTS_FIRST);
}

static void test_told(void **state)
{
    struct stage *s = *state;

    make_due(s, KIND_OPENS_SOON);
    assert_true(stage_wait_tally(s, "sent", 4, WAIT_MS));
    assert_int_equal(mails_with(s, "p1@example.fi", "opens_soon", "Strength in leadership") +
                         mails_with(s, "p2@example.fi", "opens_soon", "2 May 2090"),
                     2);
    make_due(s, KIND_CLOSES_SOON);
    assert_true(stage_wait_tally(s, "sent", 5, WAIT_MS));
    assert_int_equal(mails_with(s, "p1@example.fi", "closes_soon", "31 May 2090"), 1); /* 2 has enrolled */
    make_due(s, KIND_WEBINAR_SOON);
    assert_true(stage_wait_tally(s, "sent", 7, WAIT_MS));
    assert_int_equal(mails_with(s, "p2@example.fi", "webinar_soon", "19 September 2090") +
                         mails_with(s, "p3@example.fi", "webinar_soon", "Shared leadership"),
                     2);
    wait_for(s, "select string_agg(concat_ws('/', kind, state, times, told), ' ' order by kind, moment) from notification.reminder",
             "17/2/1/2 18/2/1/1 19/2/1/2 19/1/0/0");
    assert_int_equal(kit_sql_int(s->pg,
                                 "select count(*) from notification.message where reminder_id is not null and promised_at <> (select "
                                 "due_at from notification.reminder r where r.id = reminder_id)"),
                     0);
}

/* What was told of the window is told anew when it moves; what has not left by the time it moves again never does. */
static void test_moved(void **state)
{
    struct stage *s = *state;

    store(s, 3, "2090-06-02T06:00:00Z", "2090-05-31T20:59:59Z");
    wait_version(s, "3");
    assert_string_equal(kit_sql(s->pg, "select concat_ws('/', state, times, to_char(due_at at time zone 'UTC', 'MM-DD HH24:MI')) from "
                                       "notification.reminder where kind = 17"),
                        "1/1/06-01 06:00");
    stage_mailbox_stop(s);
    make_due(s, KIND_OPENS_SOON);
    assert_true(stage_wait_tally(s, "queued", 2, WAIT_MS));
    store(s, 4, "2090-07-02T06:00:00Z", "2090-05-31T20:59:59Z");
    assert_true(stage_wait_tally(s, "called_off", 2, WAIT_MS));
    assert_int_equal(kit_sql_int(s->pg,
                                 "select count(*) from notification.message where state = 9 and why = 'what it reminds of has another "
                                 "time now'"),
                     2);
    assert_string_equal(kit_sql(s->pg, "select string_agg(concat_ws('/', kind, state, times), ' ' order by kind, moment) from "
                                       "notification.reminder"),
                        "17/1/2 18/2/1 19/2/1 19/1/0");
    stage_mailbox_start(s, "");
    make_due(s, KIND_OPENS_SOON);
    assert_true(stage_wait_tally(s, "sent", 9, WAIT_MS));
    assert_int_equal(mails_with(s, "p1@example.fi", "opens_soon", "2 June 2090"), 0);
    assert_int_equal(mails_with(s, "p1@example.fi", "opens_soon", "2 July 2090"), 1);
    store(s, 5, "2090-08-02T06:00:00Z", "2090-05-31T20:59:59Z"); /* a fourth time is too often */
    wait_version(s, "5");
    assert_string_equal(kit_sql(s->pg, "select concat_ws('/', state, times) from notification.reminder where kind = 17"), "2/3");
}

static void test_gone(void **state)
{
    struct stage *s = *state;
    Enrolment__ProgrammeStored *stored = programme_with(s, 6, NULL, NULL);

    stored->programme->units[0]->webinars[1]->cancelled = true;
    publish(s, "enrolment.ProgrammeStored.v1", &stored->base);
    wait_version(s, "6");
    assert_string_equal(
        kit_sql(s->pg, "select string_agg(concat_ws('/', kind, state), ' ' order by kind, moment) from notification.reminder"),
        "17/2 18/2 19/2 19/3");
    store(s, 7, NULL, NULL); /* it takes place after all */
    wait_version(s, "7");
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.reminder where state = 1"), 1);
}

/* Whoever gives the seat up is not reminded of the webinar any more; the others are. */
static void test_seat_given_up(void **state)
{
    struct stage *s = *state;
    Enrolment__Cancelled cancelled = ENROLMENT__CANCELLED__INIT;
    const int64_t off = stage_tally(s, "called_off"), sent = stage_tally(s, "sent");

    stage_mailbox_stop(s);
    make_due(s, KIND_WEBINAR_SOON);
    assert_true(stage_wait_tally(s, "queued", 2, WAIT_MS));
    cancelled.registration = registration(s, 3, ENROLMENT__STATE__STATE_CANCELLED);
    cancelled.from = ENROLMENT__STATE__STATE_SEATED;
    cancelled.cause = ENROLMENT__CAUSE__CAUSE_GIVEN_UP;
    publish(s, "enrolment.Cancelled.v1", &cancelled.base);
    assert_true(stage_wait_tally(s, "called_off", off + 1, WAIT_MS));
    stage_mailbox_start(s, "");
    assert_true(stage_wait_tally(s, "sent", sent + 2, WAIT_MS));
    assert_int_equal(mails_with(s, "p2@example.fi", "webinar_soon", "30 January 2091"), 1);
    assert_int_equal(mails_with(s, "p3@example.fi", "webinar_soon", "30 January 2091"), 0);
}

static void offer(struct stage *s, unsigned person, int64_t reply_due_us)
{
    Enrolment__Offered offered = ENROLMENT__OFFERED__INIT;

    offered.registration = registration(s, person, ENROLMENT__STATE__STATE_OFFERED);
    offered.registration->reply_due_us = reply_due_us;
    publish(s, "enrolment.Offered.v1", &offered.base);
}

/* What the domain says of an offer made now: at night it is another hour. In this unit. */
static const char *offer_due_in(struct stage *s, int64_t for_us, int64_t unit_us)
{
    const int64_t now_us = time_now_us(), due_us = reminder_due(KIND_OFFER_ENDS, now_us + for_us, now_us, now_us);

    return arena_printf(s->arena, "%lld", (long long)((due_us - now_us + unit_us / 2) / unit_us));
}

static void test_offer(void **state)
{
    struct stage *s = *state;
    Enrolment__OfferPassed passed = ENROLMENT__OFFER_PASSED__INIT;
    const int64_t sent = stage_tally(s, "sent");

    offer(s, 4, time_now_us() + 3 * TIME_HOUR);
    wait_for(s, "select round(extract(epoch from due_at - now()) / 60) from notification.reminder where kind = 20 and state = 1",
             offer_due_in(s, 3 * TIME_HOUR, 60 * TIME_SECOND));
    make_due(s, KIND_OFFER_ENDS);
    assert_true(stage_wait_tally(s, "sent", sent + 2, WAIT_MS));
    assert_int_equal(mails_with(s, "p4@example.fi", "offer_ends", "Strength in leadership"), 1);
    passed.registration = registration(s, 4, ENROLMENT__STATE__STATE_QUEUED);
    passed.registration->position = 1;
    publish(s, "enrolment.OfferPassed.v1", &passed.base);
    offer(s, 4, time_now_us() + 30 * TIME_HOUR);
    wait_for(
        s,
        "select concat_ws('/', state, times, round(extract(epoch from due_at - now()) / 3600)) from notification.reminder where kind = "
        "20",
        arena_printf(s->arena, "1/1/%s", offer_due_in(s, 30 * TIME_HOUR, TIME_HOUR)));
    publish(s, "enrolment.OfferPassed.v1", &passed.base);
    wait_for(s, "select state from notification.reminder where kind = 20", "3");
    assert_true(stage_wait_tally(s, "sent", sent + 5, WAIT_MS));
}

/* What fell due while nobody listened is told late; what has passed meanwhile is not told at all. */
static void test_late(void **state)
{
    struct stage *s = *state;
    const int64_t sent = stage_tally(s, "sent");

    assert_int_equal(stage_notification_stop(s, SIGTERM), 0);
    offer(s, 4, time_now_us() + 4 * TIME_SECOND);
    offer(s, 1, time_now_us() + 3 * TIME_HOUR);
    kit_sleep_ms(4500);
    stage_notification_start(s);
    wait_for(s, "select string_agg(state::text, ' ' order by moment) from notification.reminder where kind = 20", "3 1");
    assert_true(stage_wait_tally(s, "sent", sent + 2, WAIT_MS)); /* the offers themselves */
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where kind = 20"), 1);
}

static bool half_told(void *arg)
{
    struct stage *s = arg;

    return kit_sql_int(s->pg, "select count(*) from notification.reminder where told_until is not null") > 0;
}

/* Of persons 2 and 3, in this order. */
#define TWO_OFFERS(what)                                                                                                                   \
    what " from notification.reminder x join notification.recipient r on r.id = x.person_id and r.email in ('p2@example.fi', "             \
         "'p3@example.fi') where x.kind = 20"
#define TWO_STATES TWO_OFFERS("select string_agg(x.state::text, ' ' order by r.email)")
/* One whose message cannot be written stands in nobody else's way, and is told once it can be. */
static void test_one_that_fails(void **state)
{
    struct stage *s = *state;
    const int64_t sent = stage_tally(s, "sent");

    (void)kit_sql(s->pg,
                  "create function notification.no_luck() returns trigger language plpgsql as $$ begin raise exception 'no luck'; end $$; "
                  "create trigger no_luck before insert on notification.message for each row when (new.kind = 20 and new.recipient_id = "
                  "'%s') execute function notification.no_luck()",
                  kit_sql(s->pg, "select id from notification.recipient where email = 'p2@example.fi'"));
    offer(s, 2, time_now_us() + 3 * TIME_HOUR);
    offer(s, 3, time_now_us() + 3 * TIME_HOUR);
    wait_for(s, TWO_STATES, "1 1");
    (void)kit_sql(
        s->pg, "update notification.reminder set due_at = now() - interval '1 second' where number in (" TWO_OFFERS("select x.number") ")");
    wait_for(s, TWO_STATES, "1 2");
    (void)kit_sql(s->pg, "drop trigger no_luck on notification.message");
    wait_for(s, TWO_STATES, "2 2");
    assert_true(stage_wait_tally(s, "sent", sent + 4, WAIT_MS)); /* the offers, and what reminds of them */
    assert_int_equal(mails_with(s, "p2@example.fi", "offer_ends", "Strength in leadership"), 1);
    assert_int_equal(mails_with(s, "p3@example.fi", "offer_ends", "Strength in leadership"), 1);
}

/* A crowd is told a portion a second. Killed between two, the service goes on behind the first; nobody is told twice. */
static void test_killed_half_way(void **state)
{
    struct stage *s = *state;
    Enrolment__ProgrammeStored *stored;

    (void)kit_sql(s->pg,
                  "insert into notification.follower select (select id from notification.training), gen_random_uuid(), now() from "
                  "generate_series(1, %d)",
                  CROWD);
    stored = programme_with(s, 8, "2090-10-03T06:00:00Z", "2090-12-31T20:59:59Z");
    stored->programme->windows[0]->id = facts_bytes(s->arena, facts_id(4000003)); /* another round */
    publish(s, "enrolment.ProgrammeStored.v1", &stored->base);
    wait_for(s, "select string_agg(state::text, ' ' order by moment) from notification.reminder where kind = 17", "2 1");
    make_due(s, KIND_OPENS_SOON);
    assert_true(kit_wait_until(half_told, s, WAIT_MS));
    (void)stage_notification_stop(s, SIGKILL);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.reminder where kind = 17 and state = 1"), 1);
    stage_notification_start(s);
    wait_for(s, "select string_agg(concat_ws('/', state, told), ' ' order by moment) from notification.reminder where kind = 17",
             arena_printf(s->arena, "2/2 2/%d", CROWD + 2));
    assert_int_equal(kit_sql_int(s->pg,
                                 "select count(distinct recipient_id) from notification.message where kind = 17 and facts->>'opens' = "
                                 "(extract(epoch from timestamptz '2090-10-03 06:00Z') * 1000000)::bigint::text"),
                     CROWD + 2);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where kind = 17 and facts->>'opens' = "
                                        "(extract(epoch from timestamptz '2090-10-03 06:00Z') * 1000000)::bigint::text"),
                     CROWD + 2);
}

static const Bus__Reply *list(unsigned roles, Notification__ReminderState only, const char *token, uint32_t size,
                              Notification__ReminderList **out)
{
    Notification__ListRemindersRequest request = NOTIFICATION__LIST_REMINDERS_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;

    request.state = only;
    request.page_token = (char *)(uintptr_t)token;
    request.page_size = size;
    const Bus__Reply *reply = line_ask(&line,
                                       &(const struct line_request){.method = "notification.ListReminders",
                                                                    .message = &request.base,
                                                                    .roles = roles,
                                                                    .actor = facts_id(9),
                                                                    .answer = &notification__reminder_list__descriptor},
                                       &answer);
    *out = (Notification__ReminderList *)answer;
    return reply;
}

static void test_listed(void **state)
{
    struct stage *s = *state;
    const size_t all = (size_t)kit_sql_int(s->pg, "select count(*) from notification.reminder");
    Notification__ReminderList *page;
    size_t seen = 0;
    const char *token = "";

    do {
        (void)list(BUS__ROLE__ROLE_ADMIN, 0, token, 2, &page);
        assert_non_null(page);
        seen += page->n_reminders;
        token = page->next_page_token;
    } while (*token != '\0');
    assert_int_equal(seen, all);
    (void)list(BUS__ROLE__ROLE_ADMIN, NOTIFICATION__REMINDER_STATE__REMINDER_CALLED_OFF, "", 0, &page);
    assert_non_null(page);
    assert_true(page->n_reminders > 0);
    for (size_t i = 0; i < page->n_reminders; i++) {
        assert_int_equal(page->reminders[i]->state, NOTIFICATION__REMINDER_STATE__REMINDER_CALLED_OFF);
        assert_string_equal(page->reminders[i]->kind, "offer_ends");
        assert_int_equal(page->reminders[i]->registration_id.len, 16);
        assert_string_equal(page->reminders[i]->why, WHY_OVER);
        assert_int_equal(page->reminders[i]->due_us, 0); /* nothing is due any more */
    }
    assert_int_equal(list(BUS__ROLE__ROLE_PARTICIPANT, 0, "", 0, &page)->err, ERR_FORBIDDEN);
    assert_string_equal(list(BUS__ROLE__ROLE_ADMIN, 9, "", 0, &page)->problem->rule, "request.state");
    assert_string_equal(list(BUS__ROLE__ROLE_ADMIN, 0, "2x", 0, &page)->problem->rule, "request.page-token");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_follow_from_facts), /* a reminder for each date; an older version and the same again change nothing */
        cmocka_unit_test(test_told),              /* to followers, to those of them who have not enrolled, to who has a seat */
        cmocka_unit_test(test_moved),             /* told anew, three times at most; what was queued of the old date never leaves */
        cmocka_unit_test(test_gone),              /* with its window or webinar, and back with it */
        cmocka_unit_test(test_seat_given_up),     /* who has no seat any more is not reminded */
        cmocka_unit_test(test_offer),             /* when a third of its time is left; an answer ends it, a new offer begins anew */
        cmocka_unit_test(test_listed),            /* page by page, by state, for admins only */
        cmocka_unit_test(test_late),              /* after a pause only what still lies ahead */
        cmocka_unit_test(test_killed_half_way),   /* everybody once */
        cmocka_unit_test(test_one_that_fails),    /* stops nobody else's, and is told when it can be */
    };

    return cmocka_run_group_tests(tests, open_stage, close_stage);
}
