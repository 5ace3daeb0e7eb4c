/* What operators ask of the store: whom they name, the words of tests, the history of a message, the promise, the feed of trainings; and
 * that old words go. On a real PostgreSQL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/course.h"
#include "services/notification/store/call_off.h"
#include "services/notification/store/enclosure.h"
#include "services/notification/store/feed.h"
#include "services/notification/store/history.h"
#include "services/notification/store/notice.h"
#include "services/notification/store/promise.h"
#include "services/notification/store/retention.h"
#include "services/notification/store/retry_many.h"
#include "tests/store/notification/shelf.h"

#define NOW SHELF_NOW

static void test_people(void **state)
{
    struct shelf *s = *state;
    struct workset *w = shelf_begin(s, NOW);
    const struct uuid people[] = {shelf_id(1), shelf_id(2), shelf_id(1)}, nil = {{0}};
    struct job first = {.index = 0}, second = {.index = 1};
    const struct notice_ask *one, *two;

    shelf_put_person(s, 1, "a@example.fi", 1, NOW);
    shelf_put_training(s, 900, "Koulutus", 1, NOW);
    one = notice_ask(w, &first, people, 3, shelf_id(900));
    two = notice_ask(w, &second, people + 1, 1, nil);
    shelf_load(s, w);
    assert_ptr_equal(notice_asked(w, &first), one);
    assert_true(one->known[0] && !one->known[1] && one->known[2]);
    assert_true(one->programme_known);
    assert_false(two->known[0]);
    assert_false(two->programme_known);
    db_rollback(s->db);
}

/* Said and worded by one batch, claimed with its words and in their language, whatever the person's is. */
static void test_words_of_a_test(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct workset *w = shelf_begin(s, NOW);
    struct message message = shelf_message(1, 1, KIND_OFFER);
    const struct template_texts texts = {span_text("[Test] Subject"), span_text("Words"), span_text("<p>Words</p>")};
    struct due *dues;

    shelf_put_person(s, 1, "a@example.fi", 1, NOW);
    message.programme_id = (struct uuid){{0}};
    message.test = true;
    message.actor = shelf_id(1);
    message.id = message_id(message.event_id, message.recipient_id, message.kind);
    workset_say(w, &message);
    notice_words(w, message.id, LANGUAGE_EN, &texts);
    shelf_save(s, w);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &dues), 1);
    assert_int_equal(dues[0].person.language, LANGUAGE_EN); /* the shelf's people read Swedish */
    assert_int_equal(dues[0].template_version, 0);
    assert_true(span_equal(dues[0].written.subject, texts.subject));
    assert_true(span_equal(dues[0].written.text, texts.text));
    assert_true(span_equal(dues[0].written.html, texts.html));
    spool_close(spool);
}

static const char *id_text(struct shelf *s, struct uuid id)
{
    char *text = arena_alloc(s->arena, UUID_TEXT);

    uuid_format(id, text);
    return text;
}

/* Two sendings whose ids begin alike: only what waits of the one goes, with its counters, and no sender takes it. What waits for a digest
 * and what would be sent again for a doubt waits too; what a digest has told, and what was withheld, stays. */
static void test_call_off(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct workset *w;
    struct job job = {.index = 0}, other = {.index = 1};
    struct message said[7];
    struct due *dues;

    shelf_put_training(s, 900, "Koulutus", 1, NOW);
    for (unsigned i = 0; i < 7; i++) {
        shelf_put_person(s, i, "a@example.fi", 1, NOW);
        said[i] = shelf_message(i == 3 ? 6 : 5, i, KIND_NOTICE);
        memcpy(said[i].event_id.b, "\x01\x02\x03\x04\x05\x06", 6);
        facts_text(&said[i].facts, FACT_SUBJECT, span_text("s"));
        facts_text(&said[i].facts, FACT_BODY, span_text("b"));
    }
    shelf_say(s, said, 7, NOW);
    (void)kit_sql(s->pg, "update notification.message set state = 6, next_at = null, waits = false where recipient_id = '%s'",
                  id_text(s, shelf_id(0)));
    (void)kit_sql(s->pg, "update notification.message set state = 7 where recipient_id = '%s'", id_text(s, shelf_id(4)));
    (void)kit_sql(s->pg, "update notification.message set state = 7, next_at = null, digest_id = id where recipient_id = '%s'",
                  id_text(s, shelf_id(5)));
    (void)kit_sql(s->pg, "update notification.message set state = 5, doubts = 1 where recipient_id = '%s'", id_text(s, shelf_id(6)));
    (void)kit_sql(s->pg, "update notification.tally set n = case what when 'queued' then 4 when 'gathered' then 2 else 1 end "
                         "where slot = 0 and what in ('queued', 'gathered', 'withheld', 'unsure')");
    shelf_check_tally(s);
    w = shelf_begin(s, NOW);
    const struct call_off_ask *ask = call_off_ask(w, &job, said[0].event_id), *none = call_off_ask(w, &other, shelf_id(77));
    shelf_load(s, w);
    assert_true(ask->found && !none->found);
    assert_int_equal(ask->count, 4);
    call_off(w, ask->waiting, ask->count, span_text("wrong day"), shelf_id(9));
    workset_save(w, s->db);
    assert_int_equal(db_commit(s->db), ERR_OK);
    assert_int_equal(
        kit_sql_int(s->pg, "select count(*) from notification.message where state = 9 and why = 'wrong day' and next_at is null"), 4);
    assert_int_equal(shelf_tally(s, "called_off"), 4);
    shelf_check_tally(s);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &dues), 1);
    assert_true(uuid_compare(dues[0].said.recipient_id, shelf_id(3)) == 0);
    spool_close(spool);
}

static void test_enclosure(void **state)
{
    struct shelf *s = *state;
    const struct attachment files[] = {{span_text("a.pdf"), span_text("application/pdf"), span_text("AAA")},
                                       {span_text("b.ics"), span_text("text/calendar"), span_text("BBBBB")}};
    struct message said = shelf_message(5, 1, KIND_NOTICE);
    struct job job = {.index = 0}, other = {.index = 1};

    facts_text(&said.facts, FACT_SUBJECT, span_text("s"));
    facts_text(&said.facts, FACT_BODY, span_text("b"));
    said.attachments = files;
    said.attachment_count = 2;
    shelf_say(s, &said, 1, NOW);
    struct workset *w = shelf_begin(s, NOW);
    const struct enclosure_ask *ask = enclosure_ask(w, &job, message_id(said.event_id, said.recipient_id, said.kind), 2);
    const struct enclosure_ask *none = enclosure_ask(w, &other, shelf_id(77), 1);
    shelf_load(s, w);
    assert_true(ask->found && !none->found);
    assert_true(uuid_compare(ask->recipient_id, shelf_id(1)) == 0);
    assert_true(span_equal(ask->facts.of[FACT_SUBJECT].text, span_text("s")));
    assert_int_equal(ask->count, 2);
    assert_int_equal(ask->files[0].size, 3);
    assert_int_equal(ask->files[0].content.len, 0); /* nobody asked for it */
    assert_true(span_equal(ask->files[1].content, span_text("BBBBB")));
    assert_true(span_equal(ask->files[1].name, span_text("b.ics")));
    db_rollback(s->db);
}

static void test_history(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct workset *w;
    struct job job = {.index = 0}, other = {.index = 1};
    struct due *dues;

    shelf_fill(s, 1);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &dues), 1);
    assert_int_equal(spool_release(spool, s->arena, dues, 1, NOW), ERR_OK);
    w = shelf_begin(s, NOW);
    const struct history_ask *ask = history_ask(w, &job, dues[0].said.id);
    const struct history_ask *nothing = history_ask(w, &other, shelf_id(77));
    shelf_load(s, w);
    assert_true(ask->found);
    assert_int_equal(ask->count, 2);
    assert_int_equal(ask->changes[0].from, MESSAGE_QUEUED);
    assert_int_equal(ask->changes[0].to, MESSAGE_SENDING);
    assert_int_equal(ask->changes[1].to, MESSAGE_QUEUED);
    assert_true(span_equal(ask->changes[1].why, span_text("given back untried")));
    assert_true(ask->changes[0].at_us > 0 && uuid_is_nil(ask->changes[0].actor));
    assert_false(nothing->found);
    assert_int_equal(nothing->count, 0);
    db_rollback(s->db);
    spool_close(spool);
}

static void test_promise_days(void **state)
{
    struct shelf *s = *state;
    struct workset *w = shelf_begin(s, NOW);
    struct job job = {.index = 0};
    const int32_t today = (int32_t)helsinki_day(NOW);

    (void)kit_sql(s->pg,
                  "insert into notification.promise select date '1970-01-01' + %d - d, slot, 10, 9 from generate_series(0, 5) d, "
                  "generate_series(1, 2) slot",
                  today);
    const struct promise_ask *ask = promise_ask(w, &job, today - 2);
    shelf_load(s, w);
    assert_int_equal(ask->count, 3);
    assert_int_equal(ask->days[0].sent, 20);
    assert_int_equal(ask->days[0].within, 18);
    assert_string_equal(arena_text(s->arena, ask->days[0].day), kit_sql(s->pg, "select (date '1970-01-01' + %d)::text", today));
    db_rollback(s->db);
}

/* Training 900: open. 910: closed long ago. 920: opens in a month, with a second window that opens in a year. */
static void test_feed(void **state)
{
    struct shelf *s = *state;
    struct workset *w;
    struct job job = {.index = 0};

    shelf_put_training(s, 900, "Auki", 1, NOW);
    shelf_put_training(s, 910, "Kiinni", 1, NOW - 100 * TIME_DAY);
    shelf_put_training(s, 920, "Tulossa", 1, NOW + 30 * TIME_DAY);
    (void)kit_sql(s->pg,
                  "insert into notification.training_window select gen_random_uuid(), training_id, opens_at + interval '1 year', "
                  "closes_at + interval '1 year' from notification.training_window where opens_at > (select min(opens_at) + interval "
                  "'105 days' from notification.training_window)");
    w = shelf_begin(s, NOW);
    const struct feed_ask *ask = feed_ask(w, &job);
    shelf_load(s, w);
    assert_int_equal(ask->count, 2);
    const struct feed_window *open = span_equal(ask->windows[0].title.fi, span_text("Auki")) ? &ask->windows[0] : &ask->windows[1];
    const struct feed_window *coming = open == ask->windows ? open + 1 : ask->windows;
    assert_int_equal(open->opens_us, NOW - TIME_DAY);
    assert_int_equal(open->updated_us, NOW);
    assert_true(span_equal(open->title.sv, span_text("Utbildning")));
    assert_true(span_equal(coming->title.fi, span_text("Tulossa")));
    assert_int_equal(coming->opens_us, NOW + 29 * TIME_DAY);
    db_rollback(s->db);
}

static void sweep(struct shelf *s, int32_t statutory_days, int32_t many_days, int64_t now_us)
{
    struct workset *w = shelf_begin(s, now_us);

    retention_sweep(w, &(const struct retention){statutory_days, many_days});
    shelf_save(s, w);
    shelf_check_tally(s);
}

/* Sends what is due, with texts. */
static void send_all(struct shelf *s, struct spool *spool, int64_t now_us)
{
    struct due *dues;
    size_t count;

    while ((count = shelf_claim(spool, s->arena, now_us, &dues)) > 0) {
        for (size_t i = 0; i < count; i++) {
            const struct outcome o = {.due = &dues[i],
                                      .state = MESSAGE_SENT,
                                      .language = "sv",
                                      .subject = "Ämne",
                                      .body = "Text",
                                      .html = "<p>Text",
                                      .smtp_code = 250,
                                      .answer = "250 ok for p0@example.fi"};
            assert_true(shelf_turn(spool, s, NULL, &dues[i], now_us));
            (void)shelf_turn(spool, s, &o, NULL, now_us);
        }
    }
}

static int64_t with_words(struct shelf *s, enum message_kind kind)
{
    return kit_sql_int(s->pg, "select count(*) from notification.message where kind = %d and (subject is not null or facts <> '{}')", kind);
}

static void say_kinds(struct shelf *s)
{
    static const struct attachment FILES[] = {{{(const uint8_t *)"a.pdf", 5}, {(const uint8_t *)"application/pdf", 15}, {NULL, 0}}};
    struct message messages[4];

    shelf_fill(s, 2);
    for (unsigned i = 0; i < 4; i++)
        messages[i] = (struct message){.event_id = shelf_id(600 + i / 2), .recipient_id = shelf_id(i % 2), .kind = KIND_NOTICE};
    for (unsigned i = 0; i < 4; i++) {
        facts_text(&messages[i].facts, FACT_SUBJECT, span_text("Aihe"));
        facts_text(&messages[i].facts, FACT_BODY, span_text("Teksti"));
        messages[i].attachments = FILES;
        messages[i].attachment_count = 1;
    }
    messages[3].not_before_us = NOW + 400 * TIME_DAY; /* waits, and its attachment with it */
    shelf_say(s, messages, 4, NOW);
}

static void test_old_words_go(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);

    say_kinds(s);
    send_all(s, spool, NOW + TIME_DAY);
    assert_int_equal(with_words(s, KIND_PROMOTION), 2);
    assert_int_equal(with_words(s, KIND_NOTICE), 4);
    sweep(s, 1000, 100, NOW + 100 * TIME_DAY); /* the day itself is kept */
    assert_int_equal(with_words(s, KIND_NOTICE), 4);
    sweep(s, 0, 0, NOW + 9999 * TIME_DAY); /* for ever */
    assert_int_equal(with_words(s, KIND_NOTICE), 4);
    sweep(s, 1000, 100, NOW + 101 * TIME_DAY);
    assert_int_equal(with_words(s, KIND_NOTICE), 1);
    assert_int_equal(with_words(s, KIND_PROMOTION), 2);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attachment"), 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attachment where event_id = (select event_id from "
                                        "notification.message where next_at is not null)"),
                     1);
    sweep(s, 1000, 100, NOW + 1001 * TIME_DAY);
    assert_int_equal(with_words(s, KIND_PROMOTION), 0);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where bare"), 5);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message_change c join notification.message m on m.number = "
                                        "c.message where m.bare"),
                     0);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attempt where answer like '%%@%%'"), 0);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where state = 3 and sent_at is not null"), 5);
    send_all(s, spool, NOW + 401 * TIME_DAY); /* what waited: its days count from then, and its attachment goes with it */
    sweep(s, 1000, 100, NOW + 500 * TIME_DAY);
    assert_int_equal(with_words(s, KIND_NOTICE), 1);
    sweep(s, 1000, 100, NOW + 501 * TIME_DAY);
    assert_int_equal(with_words(s, KIND_NOTICE), 0);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attachment"), 0);
    spool_close(spool);
}

/* One call takes a portion by its index, however many there are. */
static void test_portions(void **state)
{
    struct shelf *s = *state;

    (void)kit_sql(s->pg,
                  "insert into notification.message (id, event_id, recipient_id, kind, state, queued_at, promised_at, sent_at, subject) "
                  "select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 16, 3, to_timestamp(%lld), to_timestamp(0), "
                  "to_timestamp(0), 'x' from generate_series(1, 50)",
                  (long long)(NOW / TIME_SECOND));
    (void)kit_sql(s->pg, "update notification.tally set n = 50 where slot = 0 and what = 'sent'");
    for (int left = 30; left >= 0; left -= left == 10 ? 10 : 20) {
        sweep(s, 0, 10, NOW + 20 * TIME_DAY);
        assert_int_equal(with_words(s, KIND_NOTICE), left);
    }
    (void)kit_sql(s->pg, "analyze notification.message");
    assert_non_null(
        strstr(kit_sql(s->pg, "set enable_seqscan = off; create temp table p (line text); do $$ declare r record; begin for r in "
                              "execute 'explain select number from notification.message where kind = 16::smallint and next_at is "
                              "null and not bare and greatest(queued_at, promised_at) < now() order by greatest(queued_at, promised_at) "
                              "limit 100' loop insert into p values "
                              "(r.\"QUERY PLAN\"); end loop; end $$; select string_agg(line, '') from p"),
               "message_kept"));
}

static uint32_t retry(struct shelf *s, enum message_state from, enum message_kind kind, int64_t since_us, bool *more)
{
    struct workset *w = shelf_begin(s, NOW + TIME_HOUR);
    const struct job job = {.index = 0};
    struct retry_ask *ask = retry_ask(w, &job);

    ask->state = from;
    ask->kind = (int16_t)kind;
    ask->since_us = since_us;
    shelf_load(s, w);
    for (size_t i = 0; i < ask->count; i++)
        workset_revive(w, ask->found[i].id, span_text("the relay works again"), shelf_id(7));
    workset_save(w, s->db);
    assert_int_equal(db_commit(s->db), ERR_OK);
    shelf_check_tally(s);
    *more = ask->more;
    return (uint32_t)ask->count;
}

/* Of those of one state: what would be withheld again stays, and no more than a portion goes at once. */
static void test_retried_together(void **state)
{
    struct shelf *s = *state;
    bool more;

    shelf_fill(s, 505);
    (void)kit_sql(s->pg, "update notification.message set state = 4, next_at = null, why = 'refused', subject = 's'");
    (void)kit_sql(s->pg,
                  "update notification.tally set n = 505 where slot = (select min(slot) from notification.tally where what = 'queued' "
                  "and n = 505) and what = 'failed'");
    (void)kit_sql(s->pg, "update notification.tally set n = 0 where what = 'queued'");
    shelf_check_tally(s);
    (void)kit_sql(s->pg, "insert into notification.suppression (address, reason, since, note) values ('p0@example.fi', 1, now(), '')");
    assert_int_equal(retry(s, MESSAGE_BOUNCED, (enum message_kind)0, 0, &more), 0);
    assert_int_equal(retry(s, MESSAGE_FAILED, KIND_OFFER, 0, &more), 0);
    assert_int_equal(retry(s, MESSAGE_FAILED, (enum message_kind)0, NOW + TIME_DAY, &more), 0);
    assert_int_equal(retry(s, MESSAGE_FAILED, KIND_PROMOTION, NOW - TIME_DAY, &more), RETRY_MANY_MAX);
    assert_true(more);
    assert_int_equal(retry(s, MESSAGE_FAILED, (enum message_kind)0, 0, &more), 4);
    assert_false(more);
    assert_string_equal(kit_sql(s->pg, "select string_agg(state || ' ' || n, ', ' order by state) from (select state, count(*) as n from "
                                       "notification.message group by state) t"),
                        "1 504, 4 1");
    assert_int_equal(kit_sql_int(s->pg,
                                 "select count(*) from notification.message_change where actor is not null and to_state = 1 and why = "
                                 "'the relay works again'"),
                     504);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, shelf_clear)
    const struct CMUnitTest tests[] = {
        TEST(test_retried_together), /* a portion of a state, without what would be withheld again */
        TEST(test_people),           /* known, unknown, named twice; the programme */
        TEST(test_words_of_a_test),  /* a test is claimed with its own words in their language */
        TEST(test_call_off),         /* what is queued of one sending; another one's, and what has left, stay */
        TEST(test_enclosure),        /* facts and files of a message, the content of one */
        TEST(test_history),          /* every change, the oldest first; a message nobody knows is not found */
        TEST(test_promise_days),     /* the sum of all connections by day, the newest first */
        TEST(test_feed),             /* open now or within half a year; not what is closed or far off */
        TEST(test_old_words_go),     /* by kind and age; what waits stays, its attachment too; counters and rows stay */
        TEST(test_portions),         /* twenty of a kind at a time, by index */
    };

    return cmocka_run_group_tests(tests, shelf_open, shelf_close);
}
