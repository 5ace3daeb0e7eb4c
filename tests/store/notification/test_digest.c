/* Digests: one message per person, topic and day, whatever happens at the same time. On a real PostgreSQL; the tick's two functions, and
 * two connections for two replicas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/course.h"
#include "services/notification/handler/digest.h"
#include "services/notification/store/agenda.h"
#include "tests/store/notification/shelf.h"

#define NOW   SHELF_NOW /* three at night in Helsinki */
#define EIGHT (NOW + 5 * TIME_HOUR)
#define AFTER (EIGHT + 3 * TIME_SECOND)

static struct job job, jobs[AGENDA_MAX]; /* the clock's */
static struct agenda_entry looked;       /* where its last look ended */

/* A message to the person in the queue that its sender gathers; its digest is due at the next 8 o'clock. */
static void gather_of(struct shelf *s, unsigned training, unsigned event, unsigned person, enum message_kind kind, const char *subject,
                      int64_t now_us)
{
    struct spool *spool = shelf_spool(s, 0, 1);
    struct message said = shelf_message(event, person, kind);
    struct due *due;

    said.programme_id = shelf_id(training);
    said.facts = (struct facts){.of[FACT_NAME].known = false};
    shelf_say(s, &said, 1, now_us);
    assert_int_equal(shelf_claim(spool, s->arena, now_us, &due), 1);
    const struct outcome o = {.due = due,
                              .state = MESSAGE_GATHERED,
                              .untried = true,
                              .language = "sv",
                              .subject = subject,
                              .body = "Text",
                              .next_us = helsinki_next(now_us, 8)};
    (void)shelf_turn(spool, s, &o, NULL, now_us);
    spool_close(spool);
}

static void gather(struct shelf *s, unsigned event, unsigned person, enum message_kind kind, const char *subject, int64_t now_us)
{
    gather_of(s, 900, event, person, kind, subject, now_us);
}

static void people(struct shelf *s)
{
    shelf_put_training(s, 900, "Koulutus", 1, NOW);
    shelf_put_person(s, 1, "a@example.fi", 1, NOW);
    shelf_put_person(s, 2, "b@example.fi", 1, NOW);
}

static const struct agenda *look(struct shelf *s, int64_t now_us)
{
    struct agenda *agenda = arena_alloc(s->arena, sizeof *agenda);

    db_begin(s->db, DB_READ_WRITE);
    assert_int_equal(agenda_digests(s->db, s->arena, now_us, &looked, agenda), ERR_OK);
    assert_int_equal(db_commit(s->db), ERR_OK);
    looked = agenda->count < AGENDA_MAX ? (struct agenda_entry){.due_us = 0} : agenda->entries[agenda->count - 1];
    return agenda;
}

/* Whoever is due, in one batch. */
static void tick(struct shelf *s, int64_t now_us)
{
    const struct agenda *agenda = look(s, now_us - 2 * TIME_SECOND);
    struct workset *w = shelf_begin(s, now_us);

    for (size_t i = 0; i < agenda->count; i++)
        digest_due_needs(&jobs[i], w, agenda->entries[i].id, agenda->entries[i].due_us);
    shelf_load(s, w);
    for (size_t i = 0; i < agenda->count; i++)
        digest_due_decide(&jobs[i], w);
    workset_save(w, s->db);
    if (db_commit(s->db) != ERR_OK)
        fail_msg("the tick was not saved: %s", db_message(s->db));
    shelf_check_tally(s);
}

static int64_t digests(struct shelf *s)
{
    return kit_sql_int(s->pg, "select count(*) from notification.message where kind = 21");
}

static int64_t waiting(struct shelf *s)
{
    return kit_sql_int(s->pg, "select count(*) from notification.message where state = 7 and digest_id is null");
}

static void test_one_per_person_and_topic(void **state)
{
    struct shelf *s = *state;

    assert_int_equal(helsinki_next(NOW, 8), EIGHT);
    people(s);
    gather(s, 1, 1, KIND_WINDOW_OPENED, "Ensimmäinen", NOW);
    gather(s, 2, 1, KIND_WINDOW_CLOSED, "Toinen", NOW + TIME_HOUR);
    gather(s, 3, 1, KIND_ANNOUNCEMENT, "Muu aihe", NOW);
    gather(s, 4, 2, KIND_WINDOW_OPENED, "Toiselle", NOW);
    tick(s, EIGHT + TIME_SECOND);
    assert_int_equal(digests(s), 0); /* who gathered at the last moment may still commit */
    tick(s, AFTER);
    assert_int_equal(digests(s), 3);
    assert_int_equal(waiting(s), 0);
    assert_int_equal(shelf_tally(s, "gathered"), 4);
    assert_int_equal(shelf_tally(s, "queued"), 3);
    assert_string_equal(kit_sql(s->pg,
                                "select concat_ws('|', m.topic, m.facts ->> 'topic', m.facts ->> 'count', m.facts ->> 'entries', "
                                "extract(epoch from m.promised_at)::bigint) from notification.message m where m.kind = 21 and m.topic = 5 "
                                "and m.recipient_id = (select recipient_id from notification.message where subject = 'Toinen')"),
                        arena_printf(s->arena, "5|windows|2|- Ensimmäinen\n- Toinen\n|%lld", (long long)(EIGHT / TIME_SECOND)));
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message g join notification.message d on d.id = g.digest_id "
                                        "and d.kind = 21 and d.recipient_id = g.recipient_id and d.topic = g.topic where g.state = 7"),
                     4);
    assert_int_equal(
        kit_sql_int(s->pg, "select count(*) from notification.digest where day = date '1970-01-01' + %d", (int)helsinki_day(EIGHT)), 3);
    for (int i = 0; i < 3; i++)
        tick(s, AFTER + i * TIME_HOUR);
    assert_int_equal(digests(s), 3);
}

/* Both have loaded before either saves. */
static void test_two_replicas(void **state)
{
    struct shelf *s = *state;
    struct db *other;
    struct workset *here = shelf_begin(s, AFTER), *there = workset_new(s->arena, AFTER, spool_slot(1, 0));

    assert_int_equal(db_open(&other, &s->config, kit_log()), ERR_OK);
    people(s);
    gather(s, 1, 1, KIND_WINDOW_OPENED, "Ensimmäinen", NOW);
    digest_due_needs(&job, there, shelf_id(1), EIGHT);
    db_begin(other, DB_READ_WRITE);
    assert_int_equal(workset_load(there, other), ERR_OK);
    gather(s, 2, 1, KIND_WINDOW_OPENED, "Toinen", NOW + 1); /* committed late: only the second one sees it */
    digest_due_needs(&job, here, shelf_id(1), EIGHT);
    shelf_load(s, here);
    digest_due_decide(&job, there);
    digest_due_decide(&job, here);
    workset_save(there, other);
    assert_int_equal(db_commit(other), ERR_OK);
    workset_save(here, s->db);
    assert_int_equal(db_commit(s->db), ERR_OK);
    db_close(other);
    shelf_check_tally(s);
    assert_int_equal(digests(s), 1);
    assert_string_equal(kit_sql(s->pg, "select facts ->> 'count' from notification.message where kind = 21"), "1");
    /* What the digest does not name waits for the next one. */
    assert_int_equal(waiting(s), 1);
    tick(s, AFTER + TIME_SECOND);
    assert_int_equal(digests(s), 1);
    assert_int_equal(waiting(s), 1);
    tick(s, AFTER + TIME_DAY);
    assert_int_equal(digests(s), 2);
    assert_int_equal(waiting(s), 0);
}

static void set_mail(struct shelf *s, int mail)
{
    (void)kit_sql(s->pg,
                  "insert into notification.preference (person_id, topic, mail, set_at) select recipient_id, topic, %d, now() from "
                  "notification.message limit 1 on conflict (person_id, topic) do update set mail = excluded.mail",
                  mail);
}

static void test_turned_off_meanwhile(void **state)
{
    struct shelf *s = *state;

    people(s);
    gather(s, 1, 1, KIND_WINDOW_OPENED, "Ensimmäinen", NOW);
    gather(s, 2, 1, KIND_WINDOW_OPENED, "Toinen", NOW);
    set_mail(s, MAIL_OFF);
    tick(s, AFTER);
    assert_int_equal(digests(s), 0);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where state = 6 and next_at is null and "
                                        "why = 'the recipient has turned this topic off'"),
                     2);
    assert_int_equal(shelf_tally(s, "withheld"), 2);
}

static void test_turned_on_meanwhile(void **state)
{
    struct shelf *s = *state;

    people(s);
    gather(s, 1, 1, KIND_WINDOW_OPENED, "Ensimmäinen", NOW);
    set_mail(s, MAIL_ON);
    tick(s, AFTER);
    tick(s, AFTER + TIME_DAY);
    assert_int_equal(digests(s), 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where state = 1"), 1); /* the digest itself */
}

/* Nobody was there at eight, nor the day after: each day has its own. */
static void test_down_for_days(void **state)
{
    struct shelf *s = *state;

    people(s);
    gather(s, 1, 1, KIND_WINDOW_OPENED, "Ensimmäinen", NOW);
    gather(s, 2, 1, KIND_WINDOW_OPENED, "Toinen", NOW + TIME_DAY);
    tick(s, AFTER + 3 * TIME_DAY);
    assert_int_equal(digests(s), 2);
    assert_int_equal(waiting(s), 0);
    assert_int_equal(kit_sql_int(s->pg, "select max(day) - min(day) from notification.digest"), 1);
    /* What is long over is not kept. */
    gather(s, 3, 1, KIND_WINDOW_OPENED, "Kolmas", NOW + 9 * TIME_DAY);
    tick(s, AFTER + 9 * TIME_DAY);
    assert_int_equal(digests(s), 3);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.digest"), 1);
}

/* What has gone out stays gathered; what has not is called off, and its digest is never made. */
static void test_forgotten(void **state)
{
    struct shelf *s = *state;
    struct workset *w;

    people(s);
    gather(s, 1, 1, KIND_WINDOW_OPENED, "Ensimmäinen", NOW);
    tick(s, AFTER);
    gather(s, 2, 1, KIND_WINDOW_OPENED, "Toinen", AFTER + TIME_SECOND);
    w = shelf_begin(s, AFTER + 2 * TIME_SECOND);
    workset_erase(w, shelf_id(1));
    shelf_save(s, w);
    shelf_check_tally(s);
    tick(s, AFTER + TIME_DAY);
    assert_string_equal(kit_sql(s->pg, "select string_agg(concat_ws('/', kind, state), ' ' order by number) from notification.message"),
                        "5/7 21/9 5/9");
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.digest"), 0);
}

static void part(struct shelf *s, unsigned training)
{
    struct workset *w = shelf_begin(s, AFTER);

    workset_part(w, &(const struct parting){shelf_id(51), shelf_id(training), shelf_id(1), {{0xFF}}, AFTER});
    shelf_save(s, w);
    shelf_check_tally(s);
}

static const char *digest(struct shelf *s)
{
    return kit_sql(s->pg, "select concat_ws('|', state, facts ->> 'count', facts ->> 'entries', subject, body) from notification.message "
                          "where kind = 21");
}

/* A digest that waits says nothing of a training its reader was parted from, but all the rest. */
static void test_parted(void **state)
{
    struct shelf *s = *state;

    people(s);
    shelf_put_training(s, 1900, "Toinen koulutus", 1, NOW);
    gather_of(s, 900, 1, 1, KIND_WINDOW_OPENED, "Ensimmäinen", NOW);
    gather_of(s, 1900, 2, 1, KIND_WINDOW_OPENED, "Toinen", NOW);
    gather_of(s, 1900, 3, 1, KIND_WINDOW_CLOSED, "Kolmas", NOW);
    tick(s, AFTER);
    assert_string_equal(digest(s), "1|3|- Ensimmäinen\n- Toinen\n- Kolmas\n");
    part(s, 900);
    assert_string_equal(digest(s), "1|2|- Toinen\n- Kolmas\n");
    part(s, 900);
    assert_string_equal(digest(s), "1|2|- Toinen\n- Kolmas\n");
    part(s, 1900);
    assert_string_equal(digest(s), "9");
}

/* One that a sender has is taken from it: what comes of it leaves no text. */
static void test_parted_while_sending(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct due *due;

    people(s);
    gather(s, 1, 1, KIND_WINDOW_OPENED, "Ensimmäinen", NOW);
    tick(s, AFTER);
    assert_int_equal(shelf_claim(spool, s->arena, AFTER, &due), 1);
    part(s, 900);
    assert_string_equal(digest(s), "9");
    const struct outcome o = {
        .due = due, .state = MESSAGE_SENT, .language = "fi", .subject = "Kooste", .body = "- Ensimmäinen", .relay = "relay"};
    (void)shelf_turn(spool, s, &o, NULL, AFTER);
    assert_string_equal(digest(s), "9");
    shelf_check_tally(s);
    spool_close(spool);
}

static void test_many_in_portions(void **state)
{
    struct shelf *s = *state;

    people(s);
    gather(s, 1, 1, KIND_WINDOW_OPENED, "Ensimmäinen", NOW);
    /* 450 people like the first, and 70 messages to one of them. */
    (void)kit_sql(s->pg, "insert into notification.message (id, event_id, recipient_id, kind, topic, lane, queued_at, promised_at, state, "
                         "next_at, subject, waits) select gen_random_uuid(), gen_random_uuid(), md5(n::text)::uuid, 5, 5, 2, queued_at, "
                         "promised_at, 7, next_at, 'Otsikko ' || n, false from notification.message, generate_series(1, 450) n");
    (void)kit_sql(s->pg, "insert into notification.message (id, event_id, recipient_id, kind, topic, lane, queued_at, promised_at, state, "
                         "next_at, subject, waits) select gen_random_uuid(), gen_random_uuid(), recipient_id, 5, 5, 2, queued_at, "
                         "promised_at, 7, next_at, 'Vielä ' || n, false from notification.message, generate_series(1, 69) n "
                         "where subject = 'Ensimmäinen'");
    (void)kit_sql(s->pg, "update notification.tally set n = 520 where slot = 0 and what = 'gathered'");
    (void)kit_sql(s->pg, "update notification.tally set n = 0 where slot <> 0 and what = 'gathered'");
    tick(s, AFTER);
    assert_int_equal(digests(s), 200);
    tick(s, AFTER + TIME_SECOND);
    assert_int_equal(digests(s), 400);
    tick(s, AFTER + 2 * TIME_SECOND);
    tick(s, AFTER + 3 * TIME_SECOND);
    assert_int_equal(digests(s), 451);
    assert_int_equal(waiting(s), 0);
    assert_string_equal(kit_sql(s->pg,
                                "select concat_ws('/', facts ->> 'count', array_length(string_to_array(facts ->> 'entries', '- "
                                "'), 1) - 1) from notification.message where kind = 21 order by (facts ->> 'count')::int desc limit 1"),
                        "70/50");
}

/* In the order of their moments, from behind the last one found: who cannot be served is passed by, and found again later. */
static void test_agenda(void **state)
{
    struct shelf *s = *state;
    const struct agenda *agenda;

    people(s);
    gather(s, 1, 1, KIND_WINDOW_OPENED, "Ensimmäinen", NOW);
    gather(s, 2, 1, KIND_ANNOUNCEMENT, "Muu aihe", NOW);
    gather(s, 3, 2, KIND_WINDOW_OPENED, "Toiselle", NOW);
    gather(s, 4, 1, KIND_WINDOW_OPENED, "Huominen", NOW + TIME_DAY);
    assert_int_equal(look(s, EIGHT - 1)->count, 0);
    agenda = look(s, EIGHT + TIME_DAY);
    assert_int_equal(agenda->count, 3); /* two people's of today, one's of tomorrow */
    assert_int_equal(agenda->entries[0].due_us, EIGHT);
    assert_int_equal(agenda->entries[2].due_us, EIGHT + TIME_DAY);
    assert_int_equal(uuid_compare(agenda->entries[2].id, shelf_id(1)), 0);
    const struct agenda_entry second = agenda->entries[1];
    looked = agenda->entries[0];
    agenda = look(s, EIGHT);
    assert_int_equal(agenda->count, 1);
    assert_int_equal(uuid_compare(agenda->entries[0].id, second.id), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_parted, shelf_clear),                   /* of a training: it tells the rest; nothing left, called off */
        cmocka_unit_test_setup(test_parted_while_sending, shelf_clear),     /* taken from its sender */
        cmocka_unit_test_setup(test_agenda, shelf_clear),                   /* people in the order of moments, from behind the last one */
        cmocka_unit_test_setup(test_one_per_person_and_topic, shelf_clear), /* with count, subjects and links; a replay makes no second */
        cmocka_unit_test_setup(test_two_replicas, shelf_clear),             /* exactly one; what it does not name goes into the next */
        cmocka_unit_test_setup(test_turned_off_meanwhile, shelf_clear),     /* no digest of a topic nobody wants any more */
        cmocka_unit_test_setup(test_turned_on_meanwhile, shelf_clear),      /* what was gathered comes with the digest, nothing twice */
        cmocka_unit_test_setup(test_down_for_days, shelf_clear),            /* a service that was down makes up for each day */
        cmocka_unit_test_setup(test_forgotten, shelf_clear),                /* nothing is gathered for somebody who was forgotten */
        cmocka_unit_test_setup(test_many_in_portions, shelf_clear),         /* 451 people in three ticks; 50 of 70 subjects, all counted */
    };

    return cmocka_run_group_tests(tests, shelf_open, shelf_close);
}
