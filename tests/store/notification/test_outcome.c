/* How claims end beside being mailed, what is promised and counted, and the log of every change. On a real PostgreSQL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/store/notification/shelf.h"

#define NOW SHELF_NOW

/* "queued>sending:why" of each change of the only message, in order. */
static const char *moves(struct shelf *s)
{
    return kit_sql(s->pg,
                   "select string_agg(concat(from_state, '>', to_state, ':', why), ' ' order by n) from notification.message_change");
}

static struct due *claim_one(struct spool *spool, struct shelf *s, int64_t now_us)
{
    struct due *due;

    assert_int_equal(shelf_claim(spool, s->arena, now_us, &due), 1);
    return due;
}

static void end(struct spool *spool, struct shelf *s, const struct due *due, enum message_state state, const char *answer, int64_t now_us)
{
    bool untried = state == MESSAGE_WITHHELD || state == MESSAGE_GATHERED;
    const struct outcome o = {.due = due,
                              .state = state,
                              .untried = untried,
                              .next_us = state == MESSAGE_GATHERED ? now_us + TIME_DAY : 0, /* its digest's */
                              .language = "sv",
                              .subject = "Ämne",
                              .body = "Text",
                              .smtp_code = untried ? 0 : 250,
                              .answer = answer};

    if (!untried)
        assert_true(shelf_turn(spool, s, NULL, due, now_us));
    (void)shelf_turn(spool, s, &o, NULL, now_us);
    shelf_check_tally(s);
}

static void test_withheld_and_gathered(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);

    shelf_fill(s, 1);
    end(spool, s, claim_one(spool, s, NOW), MESSAGE_WITHHELD, "turned off", NOW);
    assert_string_equal(kit_sql(s->pg, "select concat_ws('/', state, why, subject, tries, next_at) from notification.message"),
                        "6/turned off/Ämne/0");
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attempt"), 0);
    assert_string_equal(moves(s), "1>2: 2>6:turned off");
    shelf_clear(state);
    shelf_fill(s, 1);
    end(spool, s, claim_one(spool, s, NOW), MESSAGE_GATHERED, NULL, NOW);
    assert_int_equal(shelf_tally(s, "gathered"), 1);
    spool_close(spool);
}

static void test_put_off(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct due *due;

    shelf_fill(s, 1);
    due = claim_one(spool, s, NOW);
    const struct outcome later = {.due = due, .state = MESSAGE_QUEUED, .untried = true, .put_off = true, .next_us = NOW + TIME_HOUR};
    (void)shelf_turn(spool, s, &later, NULL, NOW);
    shelf_check_tally(s);
    assert_int_equal(shelf_claim(spool, s->arena, NOW + TIME_HOUR - 1, &due), 0);
    due = claim_one(spool, s, NOW + TIME_HOUR);
    assert_int_equal(due->tries, 1);
    end(spool, s, due, MESSAGE_SENT, "250 ok", NOW + TIME_HOUR + 9 * TIME_SECOND);
    assert_string_equal(kit_sql(s->pg, "select concat_ws('/', sum(sent), sum(within)) from notification.promise"), "1/1");
    spool_close(spool);
}

static void test_promise(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 2, 3);
    struct message said = shelf_message(1, 0, KIND_CONFIRMATION);
    const int64_t at[] = {NOW + 10 * TIME_SECOND, NOW + 10 * TIME_SECOND + 1, NOW + TIME_DAY};

    shelf_fill(s, 0);
    shelf_put_person(s, 0, "a@example.fi", 1, NOW);
    for (unsigned i = 0; i < 3; i++) {
        said.event_id = shelf_id(20 + i);
        said.event_us = NOW;
        shelf_say(s, &said, 1, NOW + TIME_SECOND);
        end(spool, s, claim_one(spool, s, at[i]), MESSAGE_SENT, "250 ok", at[i]);
    }
    assert_string_equal(
        kit_sql(s->pg, "select string_agg(concat_ws('/', day, slot, sent, within), ' ' order by day) from notification.promise"),
        "1972-09-27/35/2/1 1972-09-28/35/1/0");
    /* A test is no promise, nor is the second time of the same. */
    said.event_id = shelf_id(30);
    said.test = true;
    shelf_say(s, &said, 1, NOW);
    end(spool, s, claim_one(spool, s, NOW), MESSAGE_SENT, "250 ok", NOW);
    (void)kit_sql(s->pg, "update notification.message set state = 8, why = 'came back' where event_id in (select event_id from "
                         "notification.message where not test order by number limit 1)");
    (void)kit_sql(s->pg,
                  "update notification.tally set n = n + case what when 'sent' then -1 else 1 end where slot = 0 and what in ('sent', "
                  "'bounced')");
    struct workset *w = shelf_begin(s, NOW);
    workset_want_revival(w, message_id(shelf_id(20), shelf_id(0), KIND_CONFIRMATION));
    shelf_load(s, w);
    struct revival *revival = workset_revival(w, message_id(shelf_id(20), shelf_id(0), KIND_CONFIRMATION));
    assert_true(revival->found);
    revival->changed = true;
    revival->why = span_text("the address was mended");
    revival->actor = shelf_id(99);
    workset_save(w, s->db);
    assert_int_equal(db_commit(s->db), ERR_OK);
    shelf_check_tally(s);
    end(spool, s, claim_one(spool, s, NOW), MESSAGE_SENT, "250 ok", NOW);
    assert_int_equal(kit_sql_int(s->pg, "select sum(sent) from notification.promise"), 3);
    assert_string_equal(kit_sql(s->pg,
                                "select string_agg(concat(from_state, '>', to_state, ':', why, ':', actor is not null), ' ' order by n) "
                                "from notification.message_change c where message = (select min(number) from notification.message)"),
                        "1>2::f 2>3::f 3>8:came back:f 8>1:the address was mended:t 1>2::f 2>3::f");
    spool_close(spool);
}

/* Who asked for a message stands at the beginning of its log. */
static void test_asked_by_somebody(void **state)
{
    struct shelf *s = *state;
    struct message said = shelf_message(1, 0, KIND_CONFIRMATION);

    said.actor = shelf_id(99);
    shelf_say(s, &said, 1, NOW);
    assert_int_equal(kit_sql_int(s->pg,
                                 "select count(*) from notification.message_change where n = 0 and from_state = 0 and to_state = 1 and "
                                 "actor is not null"),
                     1);
}

static void test_revive_withheld(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct uuid id = message_id(shelf_id(0), shelf_id(0), KIND_PROMOTION);

    shelf_fill(s, 1);
    end(spool, s, claim_one(spool, s, NOW), MESSAGE_WITHHELD, "on the list", NOW);
    struct workset *w = shelf_begin(s, NOW + TIME_DAY);
    workset_want_revival(w, id);
    shelf_load(s, w);
    workset_revival(w, id)->changed = true;
    workset_save(w, s->db);
    assert_int_equal(db_commit(s->db), ERR_OK);
    shelf_check_tally(s);
    assert_int_equal(claim_one(spool, s, NOW + TIME_DAY)->queued_us, NOW + TIME_DAY);
    spool_close(spool);
}

/* All that is kept about a person goes, and what was gathered is called off. */
static void test_forgotten_whole(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);

    shelf_fill(s, 1);
    (void)kit_sql(s->pg, "insert into notification.preference select id, 5, 3, now() from notification.recipient");
    (void)kit_sql(s->pg, "insert into notification.digest select id, id, 5, current_date from notification.recipient");
    (void)kit_sql(s->pg, "insert into notification.suppression select lower(email), 1, now(), '', null from notification.recipient");
    end(spool, s, claim_one(spool, s, NOW), MESSAGE_GATHERED, NULL, NOW);
    struct workset *w = shelf_begin(s, NOW);
    workset_erase(w, shelf_id(0));
    shelf_save(s, w);
    shelf_check_tally(s);
    assert_string_equal(kit_sql(s->pg, "select concat_ws('/', state, subject, body, html, facts, why) from notification.message"),
                        "9/{}/the recipient was forgotten");
    assert_int_equal(kit_sql_int(s->pg,
                                 "select (select count(*) from notification.preference) + (select count(*) from notification.digest) + "
                                 "(select count(*) from notification.suppression) + (select count(*) from notification.recipient)"),
                     0);
    spool_close(spool);
}

static struct question *ask_inbox(struct workset *w, const struct job *job, bool unread)
{
    struct question *q = workset_ask(w, job);

    q->what = ASK_LIST;
    q->recipient = shelf_id(0);
    q->inbox = true;
    q->unread = unread;
    q->before = INT64_MAX;
    q->limit = 10;
    return q;
}

static void test_inbox(void **state)
{
    struct shelf *s = *state;
    struct message said[5] = {shelf_message(1, 0, KIND_CONFIRMATION), shelf_message(2, 0, KIND_CONFIRMATION),
                              shelf_message(3, 0, KIND_CONFIRMATION), shelf_message(4, 0, KIND_CONFIRMATION),
                              shelf_message(5, 1, KIND_CONFIRMATION)};
    const struct job jobs[2] = {{.index = 0}};

    said[1].test = true;
    said[2].not_before_us = INT64_C(4000000000) * TIME_SECOND;
    shelf_say(s, said, 5, NOW);
    (void)kit_sql(s->pg, "update notification.message set read_at = now() where number = (select min(number) from notification.message)");
    struct workset *w = shelf_begin(s, NOW);
    struct question *all = ask_inbox(w, &jobs[0], false), *unread = ask_inbox(w, &jobs[1], true);
    shelf_load(s, w);
    db_rollback(s->db);
    assert_int_equal(all->row_count, 2);
    assert_int_equal(unread->row_count, 1);
    assert_int_equal(uuid_compare(unread->rows[0].said.event_id, shelf_id(4)), 0);
    assert_true(all->rows[1].read_us > 0);
    assert_int_equal(all->rows[0].topic, TOPIC_PLACES);
}

static void test_participant_versions(void **state)
{
    struct shelf *s = *state;
    const int64_t version[] = {2, 5, 4};

    for (int i = 0; i < 3; i++) {
        struct workset *w = shelf_begin(s, NOW);
        workset_participant(w, &(struct participant){.registration_id = shelf_id(1),
                                                     .training_id = shelf_id(2),
                                                     .person_id = shelf_id(3),
                                                     .standing = STANDING_SEATED,
                                                     .since_us = NOW + i,
                                                     .implementation_id = shelf_id(4),
                                                     .version = version[i]});
        shelf_save(s, w);
    }
    struct workset *w = shelf_begin(s, NOW);
    struct participant p;
    size_t cursor = 0;
    workset_want_participants(w, shelf_id(2));
    shelf_load(s, w);
    db_rollback(s->db);
    assert_true(workset_next_participant(w, shelf_id(2), &cursor, &p));
    assert_int_equal(p.version, 5);
    assert_int_equal(p.since_us, NOW);
    assert_int_equal(uuid_compare(p.implementation_id, shelf_id(4)), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, shelf_clear)
    const struct CMUnitTest tests[] = {
        TEST(test_withheld_and_gathered), /* no attempt; the letter is kept for the inbox, the reason with it and in the log */
        TEST(test_put_off),               /* its time moves, and the promise with it; no try is counted */
        TEST(test_promise),               /* the first time of each, within 10 s or not, by day in Helsinki and connection; no tests */
        TEST(test_asked_by_somebody),     /* the log begins with who asked */
        TEST(test_revive_withheld),       /* back to the queue, with its counters and 72 hours of its own */
        TEST(test_forgotten_whole),       /* nothing personal stays in any table */
        TEST(test_inbox),                 /* without tests and what is not due; unread alone */
        TEST(test_participant_versions),  /* the version rises, the moment of the seat stays */
    };

    return cmocka_run_group_tests(tests, shelf_open, shelf_close);
}
