/* What people and their mail systems say back: preferences, addresses that get no mail, the inbox, messages that came back. On a real
 * PostgreSQL, through the parts of the store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/store/bounce.h"
#include "services/notification/store/inbox.h"
#include "services/notification/store/link_key.h"
#include "services/notification/store/preference.h"
#include "services/notification/store/suppression.h"
#include "services/notification/store/suppression_change.h"
#include "tests/store/notification/shelf.h"

#define NOW SHELF_NOW

static const struct job JOB; /* who asks: only its address counts */

static void load(struct shelf *s, struct workset *w)
{
    shelf_load(s, w);
}

static void save(struct shelf *s, struct workset *w)
{
    workset_save(w, s->db);
    if (db_commit(s->db) != ERR_OK)
        fail_msg("the batch was not saved: %s", db_message(s->db));
    shelf_check_tally(s);
}

/* --- preferences ------------------------------------------------------------------------------------------------------- */
static void test_preferences(void **state)
{
    struct shelf *s = *state;
    struct workset *w = shelf_begin(s, NOW);

    shelf_put_person(s, 1, "a@example.fi", 1, NOW);
    preference_want(w, &JOB, shelf_id(1));
    load(s, w);
    assert_true(preference_found(w, &JOB).known);
    assert_int_equal(preference_found(w, &JOB).language, LANGUAGE_SV);
    assert_int_equal(preference_found(w, &JOB).mail[TOPIC_REMINDERS], MAIL_ON);
    preference_put(w, shelf_id(1), TOPIC_REMINDERS, MAIL_OFF);
    preference_put(w, shelf_id(1), TOPIC_WINDOWS, MAIL_DAILY);
    preference_put(w, shelf_id(1), TOPIC_REMINDERS, MAIL_DAILY);
    preference_put(w, shelf_id(2), TOPIC_REMINDERS, MAIL_OFF); /* nobody has told us of them */
    assert_int_equal(preference_found(w, &JOB).mail[TOPIC_REMINDERS], MAIL_DAILY);
    save(s, w);
    assert_string_equal(kit_sql(s->pg, "select string_agg(concat_ws('/', topic, mail), ' ' order by topic) from notification.preference"),
                        "4/3 5/3");
    w = shelf_begin(s, NOW);
    preference_want(w, &JOB, shelf_id(1));
    load(s, w);
    assert_int_equal(preference_found(w, &JOB).mail[TOPIC_WINDOWS], MAIL_DAILY);
    assert_int_equal(preference_found(w, &JOB).mail[TOPIC_ANNOUNCEMENTS], MAIL_ON);
    preference_put(w, shelf_id(1), TOPIC_WINDOWS, MAIL_ON);
    save(s, w);
    assert_int_equal(kit_sql_int(s->pg, "select mail from notification.preference where topic = 5"), MAIL_ON);
    w = shelf_begin(s, NOW);
    preference_want(w, &JOB, shelf_id(2));
    load(s, w);
    assert_false(preference_found(w, &JOB).known);
    assert_int_equal(preference_found(w, &JOB).mail[TOPIC_PLACES], MAIL_ON);
    save(s, w);
}

/* --- suppression ------------------------------------------------------------------------------------------------------- */
static void put_address(struct shelf *s, const char *address, enum suppression_reason reason, const char *note)
{
    struct workset *w = shelf_begin(s, NOW);
    const struct suppression put = {
        .address = suppression_key(s->arena, span_text(address)), .reason = reason, .since_us = NOW, .note = span_text(note)};

    load(s, w);
    suppression_put(w, &put, shelf_id(99));
    save(s, w);
}

static void test_suppression_list(void **state)
{
    struct shelf *s = *state;
    struct workset *w;
    size_t count;

    put_address(s, "C@Example.fi", SUPPRESSION_COMPLAINT, "asked by phone");
    put_address(s, "a@example.fi", SUPPRESSION_BY_HAND, "");
    put_address(s, "b@example.fi", SUPPRESSION_BY_HAND, "");
    put_address(s, "c@example.FI", SUPPRESSION_BY_HAND, "asked again");
    w = shelf_begin(s, NOW);
    suppression_want_list(w, &JOB, span_text("a@example.fi"), 1);
    load(s, w);
    const struct suppression *rows = suppression_found(w, &JOB, &count);
    assert_int_equal(count, 2); /* one more than wanted: there is another page */
    assert_true(span_equal(rows[0].address, span_text("b@example.fi")));
    assert_true(span_equal(rows[1].address, span_text("c@example.fi")));
    assert_int_equal(rows[1].reason, SUPPRESSION_BY_HAND);
    assert_true(span_equal(rows[1].note, span_text("asked again")));
    assert_int_equal(rows[1].since_us, NOW);
    save(s, w);
    w = shelf_begin(s, NOW);
    suppression_want(w, &JOB, span_text("C@EXAMPLE.fi"));
    load(s, w);
    (void)suppression_found(w, &JOB, &count);
    assert_int_equal(count, 1);
    suppression_remove(w, span_text("C@example.fi"), span_text("works again"), shelf_id(98));
    suppression_remove(w, span_text("nobody@example.fi"), span_text("-"), shelf_id(98));
    save(s, w);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.suppression"), 2);
    assert_string_equal(kit_sql(s->pg, "select string_agg(concat(reason, ':', note), ' ' order by number) "
                                       "from notification.suppression_change where address = 'c@example.fi'"),
                        "2:asked by phone 3:asked again :works again");
}

static void test_suppression_changes(void **state)
{
    struct shelf *s = *state;
    const struct suppression_change *rows;
    struct workset *w;
    size_t count;

    put_address(s, "a@example.fi", SUPPRESSION_BY_HAND, "first");
    put_address(s, "b@example.fi", SUPPRESSION_COMPLAINT, "");
    w = shelf_begin(s, NOW);
    suppression_remove(w, span_text("A@example.fi"), span_text("works again"), shelf_id(98));
    shelf_save(s, w);
    w = shelf_begin(s, NOW);
    suppression_change_want(w, &JOB, span_text("A@Example.fi"), INT64_MAX, 5);
    load(s, w);
    rows = suppression_change_found(w, &JOB, &count);
    assert_int_equal(count, 2); /* the newest first, of this address only */
    assert_int_equal(rows[0].reason, 0);
    assert_true(span_equal(rows[0].note, span_text("works again")));
    assert_int_equal(uuid_compare(rows[0].actor, shelf_id(98)), 0);
    assert_int_equal(rows[1].reason, SUPPRESSION_BY_HAND);
    assert_int_equal(rows[1].at_us, NOW);
    const int64_t newest = rows[0].number;
    save(s, w);
    w = shelf_begin(s, NOW);
    suppression_change_want(w, &JOB, span_text(""), newest, 1);
    load(s, w);
    rows = suppression_change_found(w, &JOB, &count);
    assert_int_equal(count, 2); /* one more than wanted: there is another page */
    assert_true(span_equal(rows[0].address, span_text("b@example.fi")));
    save(s, w);
}

/* Sends one message to person 1 and returns its id. */
static struct uuid send_one(struct shelf *s, unsigned event)
{
    struct spool *spool = shelf_spool(s, 0, 1);
    struct message said = shelf_message(event, 1, KIND_PROMOTION);
    struct due *due;

    shelf_put_training(s, 900, "Koulutus", 1, NOW);
    shelf_put_person(s, 1, "A@Example.fi", 1, NOW);
    shelf_say(s, &said, 1, NOW);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 1);
    assert_true(shelf_turn(spool, s, NULL, due, NOW));
    const struct outcome o = {.due = due,
                              .state = MESSAGE_SENT,
                              .language = "sv",
                              .subject = "Ämne",
                              .body = "Text",
                              .html = "<p>Text</p>",
                              .smtp_code = 250,
                              .answer = "250 ok"};
    (void)shelf_turn(spool, s, &o, NULL, NOW);
    spool_close(spool);
    return message_id(said.event_id, said.recipient_id, said.kind);
}

static void bounce_one(struct shelf *s, struct uuid id, const char *address, const char *why)
{
    struct workset *w = shelf_begin(s, NOW);

    bounce_want(w, &JOB, id);
    load(s, w);
    struct bounced *bounced = bounce_found(w, &JOB);
    assert_non_null(bounced);
    if (bounced == NULL)
        return;
    assert_true(span_equal(bounced->address, span_text("A@Example.fi")));
    (void)message_move(&bounced->state, MOVE_BOUNCE);
    bounce_note(w, bounced, span_text(why));
    suppression_bounce(w, span_text(address), span_text(why), id);
    save(s, w);
}

static void test_bounce(void **state)
{
    struct shelf *s = *state;
    const struct uuid id = send_one(s, 1), none = shelf_id(77);
    struct workset *w = shelf_begin(s, NOW);

    bounce_one(s, id, "other@example.fi", "5.1.1 no such user"); /* not the recipient's address: not on the list */
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.suppression"), 0);
    bounce_one(s, id, "a@example.fi", "5.1.1 again");
    assert_string_equal(kit_sql(s->pg, "select concat_ws('/', state, why, sent_at is not null) from notification.message"),
                        "8/5.1.1 no such user/t");
    assert_int_equal(shelf_tally(s, "bounced"), 1);
    assert_int_equal(shelf_tally(s, "sent"), 0);
    assert_string_equal(kit_sql(s->pg, "select concat_ws('/', address, reason, note, message_id = (select id from notification.message)) "
                                       "from notification.suppression"),
                        "a@example.fi/1/5.1.1 again/t");
    assert_string_equal(
        kit_sql(s->pg, "select string_agg(concat(from_state, '>', to_state), ' ' order by n) from notification.message_change"),
        "1>2 2>3 3>8");
    bounce_want(w, &JOB, none);
    load(s, w);
    assert_null(bounce_found(w, &JOB));
    save(s, w);
}

static void test_delay_is_noted(void **state)
{
    struct shelf *s = *state;
    const struct uuid id = send_one(s, 1);
    struct workset *w = shelf_begin(s, NOW);

    bounce_want(w, &JOB, id);
    load(s, w);
    bounce_note(w, bounce_found(w, &JOB), span_text("delayed: 4.4.1"));
    save(s, w);
    assert_string_equal(kit_sql(s->pg, "select concat_ws('/', state, why) from notification.message"), "3/delayed: 4.4.1");
}

/* --- the inbox --------------------------------------------------------------------------------------------------------- */
static size_t unread(struct shelf *s, unsigned person, bool *more)
{
    struct workset *w = shelf_begin(s, NOW);

    inbox_want_unread(w, &JOB, shelf_id(person));
    load(s, w);
    const size_t count = inbox_unread(w, &JOB, more);
    save(s, w);
    return count;
}

static void say_many(struct shelf *s, unsigned person, unsigned from, unsigned count)
{
    struct message *said = arena_array(s->arena, count, sizeof *said);

    for (unsigned i = 0; i < count; i++)
        said[i] = shelf_message(from + i, person, KIND_PROMOTION);
    shelf_say(s, said, count, NOW);
}

static void test_inbox_marks(void **state)
{
    static const struct job FIRST, SECOND;
    struct shelf *s = *state;
    struct workset *w;
    bool more;

    say_many(s, 1, 100, 5);
    say_many(s, 2, 200, 3);
    assert_int_equal(unread(s, 1, &more), 5);
    w = shelf_begin(s, NOW + 7);
    inbox_want_mark(w, &FIRST, shelf_id(1), message_id(shelf_id(104), shelf_id(1), KIND_PROMOTION));
    inbox_want_mark(w, &SECOND, shelf_id(1), message_id(shelf_id(101), shelf_id(1), KIND_PROMOTION));
    load(s, w);
    assert_true(inbox_has(w, &FIRST));
    inbox_mark(w, &FIRST, false);
    assert_int_equal(inbox_unread(w, &FIRST, &more), 4);
    inbox_mark(w, &SECOND, true);
    assert_int_equal(inbox_unread(w, &SECOND, &more), 2); /* 100, 101 and 104 are read */
    save(s, w);
    assert_int_equal(unread(s, 1, &more), 2);
    assert_int_equal(unread(s, 2, &more), 3);
    assert_int_equal(kit_sql_int(s->pg, "select count(distinct read_at) from notification.message"), 1);
    /* Somebody else's message is not there. */
    w = shelf_begin(s, NOW);
    inbox_want_mark(w, &FIRST, shelf_id(2), message_id(shelf_id(102), shelf_id(1), KIND_PROMOTION));
    load(s, w);
    assert_false(inbox_has(w, &FIRST));
    save(s, w);
}

static void test_inbox_counts_to_a_hundred(void **state)
{
    struct shelf *s = *state;
    struct message test = shelf_message(5000, 1, KIND_PROMOTION), digest = {.event_id = shelf_id(5001), .recipient_id = shelf_id(1)};
    bool more;

    say_many(s, 1, 1000, 100);
    test.test = true;
    shelf_say(s, &test, 1, NOW);
    digest.kind = KIND_DIGEST;
    shelf_say(s, &digest, 1, NOW);
    assert_int_equal(unread(s, 1, &more), 100);
    assert_false(more);
    say_many(s, 1, 2000, 150);
    assert_int_equal(unread(s, 1, &more), 100);
    assert_true(more);
    (void)kit_sql(s->pg, "update notification.message set state = 9, next_at = null, waits = false");
    (void)kit_sql(s->pg, "update notification.tally set n = case what when 'queued' then 0 when 'called_off' then "
                         "case slot when 0 then 252 else 0 end else n end");
    assert_int_equal(unread(s, 1, &more), 0);
}

static void test_feed_secret(void **state)
{
    static const struct job FEED;
    struct shelf *s = *state;
    uint8_t secret[TOKEN_FEED_SIZE] = {1, 2, 3}, found[TOKEN_FEED_SIZE];
    struct workset *w = shelf_begin(s, NOW);
    bool known;

    (void)send_one(s, 1);
    say_many(s, 1, 300, 1); /* no letter was written yet: not in the feed */
    inbox_want_secret(w, &JOB, shelf_id(1));
    load(s, w);
    assert_false(inbox_secret(w, &JOB, &known, found));
    assert_true(known);
    inbox_set_secret(w, shelf_id(1), secret);
    save(s, w);
    w = shelf_begin(s, NOW);
    inbox_want_secret(w, &JOB, shelf_id(1));
    inbox_want_feed(w, &FEED, secret);
    load(s, w);
    assert_true(inbox_secret(w, &JOB, &known, found));
    assert_memory_equal(found, secret, sizeof secret);
    const struct inbox_feed *feed = inbox_feed(w, &FEED);
    assert_true(feed->found);
    assert_int_equal(feed->language, LANGUAGE_SV);
    assert_int_equal(feed->count, 1);
    assert_true(span_equal(feed->entries[0].subject, span_text("Ämne")));
    assert_true(span_equal(feed->entries[0].body, span_text("Text")));
    save(s, w);
    w = shelf_begin(s, NOW);
    secret[0] = 9;
    inbox_want_feed(w, &FEED, secret);
    inbox_want_secret(w, &JOB, shelf_id(2));
    load(s, w);
    assert_false(inbox_feed(w, &FEED)->found);
    assert_false(inbox_secret(w, &JOB, &known, found));
    assert_false(known);
    save(s, w);
}

/* --- all of it goes ---------------------------------------------------------------------------------------------------- */
static void test_forgotten(void **state)
{
    struct shelf *s = *state;
    const struct uuid id = send_one(s, 1);
    uint8_t secret[TOKEN_FEED_SIZE] = {5};
    struct workset *w = shelf_begin(s, NOW);

    load(s, w);
    preference_put(w, shelf_id(1), TOPIC_WINDOWS, MAIL_DAILY);
    inbox_set_secret(w, shelf_id(1), secret);
    save(s, w);
    bounce_one(s, id, "a@example.fi", "5.1.1 <a@example.fi> no such user");
    (void)kit_sql(s->pg, "insert into notification.digest (id, recipient_id, topic, day) values (gen_random_uuid(), (select id from "
                         "notification.recipient), 5, current_date)");
    w = shelf_begin(s, NOW);
    workset_erase(w, shelf_id(1));
    load(s, w);
    save(s, w);
    assert_string_equal(kit_sql(s->pg, "select concat_ws('/', (select count(*) from notification.recipient), (select count(*) from "
                                       "notification.preference), (select count(*) from notification.suppression), (select count(*) from "
                                       "notification.suppression_change), (select count(*) from notification.digest))"),
                        "0/0/0/0/0");
    assert_string_equal(kit_sql(s->pg, "select concat_ws('/', state, why, subject, body, html, facts) from notification.message"), "8//{}");
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message_change where why <> ''"), 0);
}

static void test_link_key(void **state)
{
    struct shelf *s = *state;
    uint8_t first[TOKEN_KEY_SIZE], second[TOKEN_KEY_SIZE], zero[TOKEN_KEY_SIZE] = {0};

    assert_int_equal(link_key_get(s->db, first), ERR_OK);
    assert_int_equal(link_key_get(s->db, second), ERR_OK);
    assert_memory_equal(first, second, sizeof first);
    assert_memory_not_equal(first, zero, sizeof first);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.link_key"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_preferences, shelf_clear),               /* set, set again, set back; nothing of the unknown */
        cmocka_unit_test_setup(test_suppression_list, shelf_clear),          /* pages, letters of any size, every change with its reason */
        cmocka_unit_test_setup(test_suppression_changes, shelf_clear),       /* who did what, newest first, of one address or all */
        cmocka_unit_test_setup(test_bounce, shelf_clear),                    /* once, counted, logged; only the recipient's own address */
        cmocka_unit_test_setup(test_delay_is_noted, shelf_clear),            /* one that is only late stays sent */
        cmocka_unit_test_setup(test_inbox_marks, shelf_clear),               /* one, all up to one, two in a batch; nobody else's */
        cmocka_unit_test_setup(test_inbox_counts_to_a_hundred, shelf_clear), /* and no further; no tests, no digests, nothing called off */
        cmocka_unit_test_setup(test_feed_secret, shelf_clear),               /* the feed of whoever has it; letters only */
        cmocka_unit_test_setup(test_forgotten, shelf_clear),                 /* all that is said here goes with the person */
        cmocka_unit_test_setup(test_link_key, shelf_clear),                  /* drawn once, the same ever after */
    };

    return cmocka_run_group_tests(tests, shelf_open, shelf_close);
}
