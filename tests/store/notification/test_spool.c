/* The queue as senders use it, on a real PostgreSQL: claims, attempts, outcomes, and what a crash leaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <pthread.h>
#include <cmocka.h>

#include "tests/store/notification/shelf.h"

#define NOW SHELF_NOW

static void test_claim_brings_all_facts(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct due *due;

    shelf_fill(s, 1);
    assert_int_equal(shelf_claim(spool, s->arena, NOW - 1, &due), 0); /* not yet due */
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 1);
    assert_int_equal(due->tries, 1);
    assert_int_equal(due->queued_us, NOW);
    assert_int_equal(due->said.kind, KIND_PROMOTION);
    assert_int_equal(due->topic, TOPIC_PLACES);
    assert_int_equal(due->said.registration_version, 3);
    assert_int_equal(due->said.facts.of[FACT_ORDER].number, 4);
    assert_int_equal(due->said.facts.of[FACT_POSITION].number, 2);
    assert_true(due->said.facts.of[FACT_WAITING].known && due->said.facts.of[FACT_WAITING].number == 1);
    assert_false(due->said.facts.of[FACT_SEATED].known);
    assert_int_equal(due->said.facts.of[FACT_REPLY_DUE].number, 77000000);
    assert_true(span_equal(due->said.facts.of[FACT_REASON].text, span_text("Syy – \"orsak\"\n\\ \x01.")));
    assert_int_equal(uuid_compare(due->said.id, message_id(shelf_id(0), shelf_id(0), KIND_PROMOTION)), 0);
    assert_true(due->person_known && due->training_known);
    assert_true(span_equal(due->person.email, span_text("p0@example.fi")));
    assert_int_equal(due->person.language, LANGUAGE_SV);
    assert_true(span_equal(due->training.fi, span_text("Koulutus")));
    assert_true(span_equal(due->implementation.sv, span_text("Utbildning")));
    assert_true(span_equal(due->places, span_text("Kuopio")));
    assert_int_equal(due->session_count, 2);
    assert_int_equal(due->sessions[1].webinar.starts_us, NOW + TIME_DAY);
    assert_true(due->sessions[1].webinar.advance_notice);
    assert_int_equal(uuid_compare(due->sessions[0].webinar.id, shelf_id(960)), 0);
    assert_int_equal(due->sessions[0].webinar.sequence, 2);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 0); /* it is ours already */
    shelf_check_tally(s);
    spool_close(spool);
}

static void test_sent(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct due *due;

    shelf_fill(s, 1);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 1);
    assert_true(shelf_turn(spool, s, NULL, due, NOW + 1));
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attempt where number = 1 and ended_at is null"), 1);
    const struct outcome sent = {.due = due,
                                 .state = MESSAGE_SENT,
                                 .language = "sv",
                                 .subject = "Ämne",
                                 .body = "Text",
                                 .html = "<p>Text</p>",
                                 .smtp_code = 250,
                                 .answer = "250 ok",
                                 .relay = "127.0.0.1:25"};
    (void)shelf_turn(spool, s, &sent, NULL, NOW + 2);
    (void)shelf_turn(spool, s, &sent, NULL, NOW + 3); /* said again after a lost connection: nothing moves */
    assert_string_equal(
        kit_sql(s->pg, "select concat_ws('/', state, language, subject, body, html, template_version, extract(epoch from sent_at - "
                       "queued_at) * 1000000) from notification.message"),
        "3/sv/Ämne/Text/<p>Text</p>/0/2.000000");
    assert_string_equal(
        kit_sql(s->pg, "select concat_ws('/', number, smtp_code, answer, relay) from notification.attempt where ended_at is not null"),
        "1/250/250 ok/127.0.0.1:25");
    shelf_check_tally(s);
    spool_close(spool);
}

static void test_later_then_again(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct due *due;

    shelf_fill(s, 1);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 1);
    assert_true(shelf_turn(spool, s, NULL, due, NOW));
    const struct outcome later = {.due = due, .state = MESSAGE_QUEUED, .next_us = NOW + TIME_HOUR, .smtp_code = 451, .answer = "451 later"};
    (void)shelf_turn(spool, s, &later, NULL, NOW);
    assert_int_equal(shelf_claim(spool, s->arena, NOW + TIME_HOUR - 1, &due), 0);
    assert_int_equal(shelf_claim(spool, s->arena, NOW + TIME_HOUR, &due), 1);
    assert_int_equal(due->tries, 2);
    assert_true(shelf_turn(spool, s, NULL, due, NOW + TIME_HOUR));
    const struct outcome failed = {.due = due, .state = MESSAGE_FAILED, .smtp_code = 550, .answer = "550 never"};
    (void)shelf_turn(spool, s, &failed, NULL, NOW + TIME_HOUR);
    assert_int_equal(shelf_claim(spool, s->arena, NOW + 10 * TIME_DAY, &due), 0);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attempt where ended_at is not null"), 2);
    shelf_check_tally(s);
    spool_close(spool);
}

static void test_release_and_wait_are_no_attempts(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct due *due;

    shelf_fill(s, 2);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 2);
    assert_int_equal(spool_release(spool, s->arena, due, 1, NOW), ERR_OK);
    const struct outcome waits = {.due = &due[1], .state = MESSAGE_QUEUED, .waits = true, .next_us = NOW};
    (void)shelf_turn(spool, s, &waits, NULL, NOW);
    assert_int_equal(kit_sql_int(s->pg, "select sum(tries) from notification.message"), 0);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attempt"), 0);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 1);
    shelf_check_tally(s);
    spool_close(spool);
}

static void test_refused_without_a_connection_is_noted(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct due *due;

    shelf_fill(s, 1);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 1);
    const struct outcome failed = {.due = due, .state = MESSAGE_FAILED, .answer = "no address"};
    (void)shelf_turn(spool, s, &failed, NULL, NOW);
    assert_string_equal(kit_sql(s->pg, "select answer from notification.attempt where ended_at is not null"), "no address");
    shelf_check_tally(s);
    spool_close(spool);
}

/* Three messages to one person: one at a time, in the order in which they were said, also when the first one has to wait. */
static void test_order_of_a_person(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct due *due;
    const struct message said[] = {shelf_message(21, 0, KIND_WAITING_LIST), shelf_message(22, 0, KIND_PROMOTION),
                                   shelf_message(23, 1, KIND_CONFIRMATION)};

    shelf_fill(s, 0);
    shelf_put_person(s, 0, "a@example.fi", 1, NOW);
    shelf_put_person(s, 1, "b@example.fi", 1, NOW);
    shelf_say(s, said, 3, NOW);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 2);
    assert_int_equal(due[0].said.kind, KIND_WAITING_LIST);
    assert_int_equal(due[1].said.kind, KIND_CONFIRMATION);
    assert_true(shelf_turn(spool, s, NULL, &due[0], NOW));
    const struct outcome later = {.due = &due[0], .state = MESSAGE_QUEUED, .next_us = NOW + TIME_HOUR, .smtp_code = 451, .answer = "451"};
    (void)shelf_turn(spool, s, &later, NULL, NOW);
    assert_int_equal(shelf_claim(spool, s->arena, NOW + 1, &due), 0);
    assert_int_equal(shelf_claim(spool, s->arena, NOW + TIME_HOUR, &due), 1);
    assert_true(shelf_turn(spool, s, NULL, &due[0], NOW));
    const struct outcome sent = {.due = &due[0], .state = MESSAGE_SENT, .smtp_code = 250, .answer = "250"};
    (void)shelf_turn(spool, s, &sent, NULL, NOW);
    assert_int_equal(shelf_claim(spool, s->arena, NOW + TIME_HOUR, &due), 1);
    assert_int_equal(due[0].said.kind, KIND_PROMOTION);
    spool_close(spool);
}

struct claimer {
    struct shelf *s;
    int sender;
    unsigned seen[400];
};

static void *claim_all(void *arg)
{
    struct claimer *c = arg;
    struct arena *arena = arena_new(65536);
    struct spool *spool = shelf_spool(c->s, 0, c->sender);
    struct due *dues;
    size_t count;

    while (spool_claim(spool, arena, NOW, &dues, &count) == ERR_OK && count > 0) {
        for (size_t i = 0; i < count; i++)
            for (unsigned p = 0; p < 400; p++)
                c->seen[p] += uuid_compare(dues[i].said.recipient_id, shelf_id(p)) == 0;
        arena_reset(arena);
    }
    spool_close(spool);
    arena_free(arena);
    return NULL;
}

/* Four senders at once: each message is claimed by exactly one. */
static void test_claimed_by_one(void **state)
{
    struct shelf *s = *state;
    static struct claimer claimers[4];
    pthread_t threads[4];

    shelf_fill(s, 400);
    for (int i = 0; i < 4; i++) {
        claimers[i] = (struct claimer){.s = s, .sender = i + 1};
        assert_int_equal(pthread_create(&threads[i], NULL, claim_all, &claimers[i]), 0);
    }
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (unsigned p = 0; p < 400; p++)
        assert_int_equal(claimers[0].seen[p] + claimers[1].seen[p] + claimers[2].seen[p] + claimers[3].seen[p], 1);
    shelf_check_tally(s);
    assert_int_equal(shelf_tally(s, "sending"), 400);
}

static void recover(struct spool *spool, struct shelf *s, enum spool_whose whose, int64_t now_us, int64_t doubts, int64_t untried)
{
    int64_t found_doubts = -1, found_untried = -1;

    assert_int_equal(spool_recover(spool, s->arena, whose, now_us, &found_doubts, &found_untried), ERR_OK);
    assert_int_equal(found_doubts, doubts);
    assert_int_equal(found_untried, untried);
    shelf_check_tally(s);
}

/* One mail is at the relay and one waits while their people are forgotten: the one that waits never leaves, and what comes of the other
 * leaves no text, not even the relay's words, which like to repeat the address. */
static void test_forgotten_meanwhile(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct due *due, *none;

    shelf_fill(s, 2);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 2);
    assert_int_equal(spool_release(spool, s->arena, &due[1], 1, NOW), ERR_OK);
    assert_true(shelf_turn(spool, s, NULL, due, NOW));
    struct workset *w = shelf_begin(s, NOW);
    workset_erase(w, shelf_id(0));
    workset_erase(w, shelf_id(1));
    shelf_save(s, w);
    shelf_check_tally(s);
    const struct outcome refused = {.due = due,
                                    .state = MESSAGE_FAILED,
                                    .language = "sv",
                                    .subject = "Ämne",
                                    .body = "Hej",
                                    .smtp_code = 550,
                                    .answer = "550 <p0@example.fi> unknown"};
    (void)shelf_turn(spool, s, &refused, NULL, NOW);
    assert_int_equal(shelf_claim(spool, s->arena, NOW + TIME_DAY, &none), 0);
    assert_string_equal(kit_sql(s->pg, "select string_agg(concat_ws('/', state, subject, body, facts), ' ' order by state) from "
                                       "notification.message"),
                        "4/{} 9/{}");
    assert_string_equal(kit_sql(s->pg, "select concat_ws('/', smtp_code, answer) from notification.attempt"), "550/");
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.recipient"), 0);
    shelf_check_tally(s);
    spool_close(spool);
}

/* Three claimed; one sent, one under way, one not begun. Then the process is gone. */
static void test_crash(void **state)
{
    struct shelf *s = *state;
    struct spool *dead = shelf_spool(s, 0, 1), *next, *other = shelf_spool(s, 1, 1);
    struct due *dues;

    shelf_fill(s, 3);
    assert_int_equal(shelf_claim(dead, s->arena, NOW, &dues), 3);
    assert_true(shelf_turn(dead, s, NULL, &dues[0], NOW));
    const struct outcome sent = {.due = &dues[0], .state = MESSAGE_SENT, .smtp_code = 250, .answer = "250 ok"};
    assert_true(shelf_turn(dead, s, &sent, &dues[1], NOW));
    const struct outcome late = {.due = &dues[1], .state = MESSAGE_SENT, .smtp_code = 250, .answer = "250 ok"};

    recover(other, s, SPOOL_INSTANCE, NOW + 1, 0, 0); /* another instance's start leaves our claims alone */
    next = shelf_spool(s, 0, 2);
    recover(next, s, SPOOL_MINE, NOW + 1, 0, 0); /* nor does a sender touch what another sender holds */
    recover(next, s, SPOOL_INSTANCE, NOW + 2, 1, 1);
    recover(next, s, SPOOL_INSTANCE, NOW + 3, 0, 0);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where state = 5 and tries = 1 and doubts = 1"), 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where state = 1 and tries = 0"), 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attempt where answer like '%%sent again%%'"), 1);

    (void)shelf_turn(dead, s, &late, NULL, NOW + 4); /* what the dead one still had in its socket comes too late */
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where state = 3"), 1);
    assert_false(shelf_turn(dead, s, NULL, &dues[2], NOW + 4));
    assert_int_equal(shelf_claim(next, s->arena, NOW + 5, &dues), 2);
    shelf_check_tally(s);
    spool_close(dead);
    spool_close(next);
    spool_close(other);
}

static void test_claims_lapse(void **state)
{
    struct shelf *s = *state;
    struct spool *hung = shelf_spool(s, 3, 1), *house = shelf_spool(s, 0, 1);
    struct due *dues;

    shelf_fill(s, 1);
    assert_int_equal(shelf_claim(hung, s->arena, NOW, &dues), 1);
    /* a claim that may be swept away while the attempt commits is no claim any more */
    assert_false(shelf_turn(hung, s, NULL, dues, NOW + SPOOL_CLAIM - TIME_SECOND));
    recover(house, s, SPOOL_LAPSED, NOW + SPOOL_CLAIM, 0, 0);
    recover(house, s, SPOOL_LAPSED, NOW + SPOOL_CLAIM + 1, 0, 1);
    assert_false(shelf_turn(hung, s, NULL, dues, NOW + SPOOL_CLAIM + 2)); /* the hung one may not send it any more */
    spool_close(hung);
    spool_close(house);
}

static void test_look_again(void **state)
{
    struct shelf *s = *state;
    struct spool *house = shelf_spool(s, 0, 1);
    const struct message said[] = {shelf_message(1, 1, KIND_CONFIRMATION), shelf_message(2, 2, KIND_CONFIRMATION)};
    const char *waiting = "select count(*) from notification.message where waits";

    shelf_say(s, said, 2, NOW);
    /* Facts that came by a way that wakes nobody, as between two writers. */
    (void)kit_sql(s->pg, "insert into notification.training values ('%s', 'x', 'X', '', '', 1)",
                  kit_sql(s->pg, "select training_id from notification.message limit 1"));
    (void)kit_sql(s->pg, "insert into notification.recipient select recipient_id, 'N', 'a@example.fi', 'fi', 1 from notification.message "
                         "order by number limit 1");
    assert_int_equal(spool_look_again(house, s->arena, NOW + TIME_SECOND), ERR_OK);
    assert_int_equal(kit_sql_int(s->pg, "%s", waiting), 2); /* not their time */
    assert_int_equal(spool_look_again(house, s->arena, NOW + 61 * TIME_SECOND), ERR_OK);
    assert_int_equal(kit_sql_int(s->pg, "%s", waiting), 1);
    assert_int_equal(spool_look_again(house, s->arena, NOW + 72 * TIME_HOUR - 1), ERR_OK);
    assert_int_equal(kit_sql_int(s->pg, "%s", waiting), 1);
    assert_int_equal(spool_look_again(house, s->arena, NOW + 75 * TIME_HOUR), ERR_OK); /* too late: a sender will say so */
    assert_int_equal(kit_sql_int(s->pg, "%s", waiting), 0);
    struct due *due;
    assert_int_equal(shelf_claim(house, s->arena, NOW + 75 * TIME_HOUR, &due), 2);
    const struct outcome unknown = {.due = due[0].person_known ? &due[1] : due, .state = MESSAGE_FAILED, .answer = "nobody knows them"};
    (void)shelf_turn(house, s, &unknown, NULL, NOW + 75 * TIME_HOUR);
    assert_string_equal(kit_sql(s->pg, "select answer from notification.attempt"), "nobody knows them"); /* our own words, not a relay's */
    spool_close(house);
}

static void test_depth(void **state)
{
    struct shelf *s = *state;
    struct spool *house = shelf_spool(s, 0, 1);
    int64_t waiting, oldest;

    assert_int_equal(spool_depth(house, &waiting, &oldest), ERR_OK);
    assert_int_equal(waiting, 0);
    assert_int_equal(oldest, 0);
    shelf_fill(s, 3);
    assert_int_equal(spool_depth(house, &waiting, &oldest), ERR_OK);
    assert_int_equal(waiting, 3);
    assert_int_equal(oldest, NOW);
    spool_close(house);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, shelf_clear)
    const struct CMUnitTest tests[] = {
        TEST(test_claim_brings_all_facts),                /* a claim brings the message, its person, its training and webinars */
        TEST(test_sent),                                  /* attempt, outcome, text; said twice it counts once */
        TEST(test_later_then_again),                      /* not before its time, then a second attempt, then failed for good */
        TEST(test_release_and_wait_are_no_attempts),      /* given back, or waiting for facts: no attempt is counted */
        TEST(test_refused_without_a_connection_is_noted), /* why it failed stands in the table though nobody connected */
        TEST(test_order_of_a_person),   /* what was said first is sent first, also over a retry; others do not wait for it */
        TEST(test_claimed_by_one),      /* four senders, 400 messages: each claimed once */
        TEST(test_forgotten_meanwhile), /* nothing leaves any more, and no text stays, not even the relay's */
        TEST(test_crash),               /* begun: unsure; not begun: queued; a late outcome changes nothing */
        TEST(test_claims_lapse),        /* a hung sender's claim is set free, and it may not send any more */
        TEST(test_look_again),          /* waiting messages are found without a wake, and end after 72 h */
        TEST(test_depth),               /* how many wait, and since when */
    };

    return cmocka_run_group_tests(tests, shelf_open, shelf_close);
}
