/* What a batch writes and reads, on a real PostgreSQL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/store/notification/shelf.h"

#define NOW (1000 * TIME_DAY)

static void test_said_once(void **state)
{
    struct shelf *s = *state;
    const struct message said[] = {shelf_message(1, 1, KIND_CONFIRMATION), shelf_message(1, 1, KIND_CANCELLATION),
                                   shelf_message(1, 2, KIND_CONFIRMATION), shelf_message(2, 1, KIND_CONFIRMATION),
                                   shelf_message(1, 1, KIND_CONFIRMATION)};

    shelf_say(s, said, 5, NOW);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message"), 4);
    shelf_say(s, said, 5, NOW + TIME_HOUR);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message"), 4);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where queued_at > to_timestamp(%lld)",
                                 (long long)(NOW / TIME_SECOND)),
                     0);
    shelf_check_tally(s);
    assert_int_equal(shelf_tally(s, "queued"), 4);
}

static void test_waits_then_due(void **state)
{
    struct shelf *s = *state;
    const struct message said = shelf_message(1, 1, KIND_CONFIRMATION);
    const char *due = "select count(*) from notification.message where not waits and next_at <= to_timestamp(%lld)";

    shelf_say(s, &said, 1, NOW);
    assert_int_equal(kit_sql_int(s->pg, due, (long long)(NOW / TIME_SECOND)), 0);
    shelf_put_person(s, 1, "", 1, NOW + 1); /* known, but without an address */
    shelf_put_training(s, 900, "Koulutus", 1, NOW + 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where waits"), 1);
    shelf_put_person(s, 1, "a@example.fi", 2, NOW + 2);
    assert_int_equal(kit_sql_int(s->pg, due, (long long)(NOW / TIME_SECOND) + 1), 1);
    shelf_clear(state);
    shelf_put_person(s, 1, "a@example.fi", 1, NOW);
    shelf_say(s, &said, 1, NOW);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where waits"), 1);
    shelf_put_training(s, 900, "Koulutus", 1, NOW + 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where waits"), 0);
    shelf_check_tally(s);
}

static void test_recipient_versions(void **state)
{
    struct shelf *s = *state;
    struct workset *w = shelf_begin(s, NOW);

    /* Three versions of one person in one batch, out of order. */
    for (int i = 0; i < 3; i++)
        workset_put_recipient(w, &(struct recipient){.id = shelf_id(1),
                                                     .name = span_text("N"),
                                                     .email = span_text(i == 1 ? "newest@example.fi" : "older@example.fi"),
                                                     .language = LANGUAGE_FI,
                                                     .version = (const int64_t[]){2, 7, 3}[i]});
    shelf_save(s, w);
    assert_string_equal(kit_sql(s->pg, "select email from notification.recipient"), "newest@example.fi");
    shelf_put_person(s, 1, "late@example.fi", 6, NOW);
    assert_string_equal(kit_sql(s->pg, "select email from notification.recipient"), "newest@example.fi");
    shelf_put_person(s, 1, "next@example.fi", 8, NOW);
    assert_string_equal(kit_sql(s->pg, "select email || ' ' || language from notification.recipient"), "next@example.fi sv");
    shelf_check_tally(s);
    assert_int_equal(shelf_tally(s, "recipient"), 1);
}

static void test_training_replaced(void **state)
{
    struct shelf *s = *state;

    shelf_put_training(s, 900, "Ensin", 1, NOW);
    shelf_put_training(s, 900, "Sitten", 2, NOW + TIME_DAY);
    assert_string_equal(kit_sql(s->pg, "select title_fi || version from notification.training"), "Sitten2");
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.unit"), 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.webinar"), 2);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.webinar where advance_notice and ends_at is null"), 1);
    assert_string_equal(kit_sql(s->pg, "select title_fi || places || place_count from notification.implementation"), "SittenKuopio1");
    struct workset *w = shelf_begin(s, NOW);
    workset_want_training(w, shelf_id(900));
    workset_want_training(w, shelf_id(950));
    shelf_load(s, w);
    assert_int_equal(workset_training_version(w, shelf_id(900)), 2);
    assert_int_equal(workset_training_version(w, shelf_id(950)), -1);
    db_rollback(s->db);
}

static void follow(struct workset *w, unsigned training, unsigned person, bool following, int64_t since_us)
{
    workset_follow(w, &(struct follow){shelf_id(training), shelf_id(person), following, since_us});
}

static void test_followers(void **state)
{
    struct shelf *s = *state;
    struct workset *w = shelf_begin(s, NOW);
    struct follow f;
    size_t cursor = 0;

    follow(w, 900, 1, true, NOW);
    follow(w, 900, 2, true, NOW);
    follow(w, 900, 2, false, NOW + 1);
    follow(w, 800, 3, true, NOW);
    shelf_save(s, w);
    w = shelf_begin(s, NOW);
    follow(w, 900, 1, true, NOW + TIME_DAY); /* follows already: since then */
    follow(w, 800, 3, false, NOW + TIME_DAY);
    follow(w, 800, 3, true, NOW + 2 * TIME_DAY);
    shelf_save(s, w);
    w = shelf_begin(s, NOW);
    workset_want_followers(w, shelf_id(800));
    workset_want_followers(w, shelf_id(900));
    shelf_load(s, w);
    db_rollback(s->db);
    assert_true(workset_next_follower(w, shelf_id(900), &cursor, &f));
    assert_int_equal(uuid_compare(f.person_id, shelf_id(1)), 0);
    assert_int_equal(f.since_us, NOW);
    assert_false(workset_next_follower(w, shelf_id(900), &cursor, &f));
    cursor = 0;
    assert_true(workset_next_follower(w, shelf_id(800), &cursor, &f));
    assert_int_equal(uuid_compare(f.person_id, shelf_id(3)), 0);
}

static void take_part(struct workset *w, unsigned registration, unsigned training, unsigned person, int64_t since_us)
{
    workset_participant(w, &(const struct participant){.registration_id = shelf_id(registration),
                                                       .training_id = shelf_id(training),
                                                       .person_id = shelf_id(person),
                                                       .standing = STANDING_SEATED,
                                                       .since_us = since_us,
                                                       .version = 1});
}

static struct question *ask_list(struct workset *w, const struct job *job, enum message_state state, struct uuid recipient, int64_t before)
{
    struct question *q = workset_ask(w, job);

    q->what = ASK_LIST;
    q->state = state;
    q->recipient = recipient;
    q->before = before;
    q->limit = 2;
    return q;
}

static void test_lists(void **state)
{
    struct shelf *s = *state;
    struct message said[5];
    const struct job jobs[7] = {{.index = 0}};
    struct uuid nobody = {{0}};
    struct workset *w = shelf_begin(s, NOW);

    for (unsigned i = 0; i < 5; i++)
        said[i] = shelf_message(i, i % 2, KIND_CONFIRMATION);
    shelf_say(s, said, 5, NOW);
    (void)kit_sql(s->pg, "update notification.message set state = 4, next_at = null, waits = false where event_id = (select event_id from "
                         "notification.message order by number limit 1)");
    struct question *all = ask_list(w, &jobs[0], 0, nobody, INT64_MAX);
    struct question *failed = ask_list(w, &jobs[1], MESSAGE_FAILED, nobody, INT64_MAX);
    struct question *queued = ask_list(w, &jobs[2], MESSAGE_QUEUED, nobody, INT64_MAX);
    struct question *person = ask_list(w, &jobs[3], 0, shelf_id(1), INT64_MAX);
    struct question *person_failed = ask_list(w, &jobs[4], MESSAGE_FAILED, shelf_id(1), INT64_MAX);
    struct question *sent = ask_list(w, &jobs[5], MESSAGE_SENT, nobody, INT64_MAX);
    shelf_load(s, w);
    db_rollback(s->db);
    assert_int_equal(all->row_count, 3); /* two and the sign of more */
    assert_int_equal(uuid_compare(all->rows[0].said.event_id, shelf_id(4)), 0);
    assert_int_equal(uuid_compare(all->rows[1].said.event_id, shelf_id(3)), 0);
    assert_int_equal(failed->row_count, 1);
    assert_int_equal(failed->rows[0].state, MESSAGE_FAILED);
    assert_int_equal(queued->row_count, 3);
    assert_int_equal(person->row_count, 2);
    assert_int_equal(person_failed->row_count, 0);
    assert_int_equal(sent->row_count, 0);

    struct workset *next = shelf_begin(s, NOW);
    struct question *page = ask_list(next, &jobs[6], 0, nobody, all->rows[1].number);
    shelf_load(s, next);
    db_rollback(s->db);
    assert_int_equal(page->row_count, 3);
    assert_int_equal(uuid_compare(page->rows[0].said.event_id, shelf_id(2)), 0);
}

static void test_revival(void **state)
{
    struct shelf *s = *state;
    const struct message said = shelf_message(1, 1, KIND_CONFIRMATION);
    struct uuid id = message_id(said.event_id, said.recipient_id, said.kind);

    shelf_say(s, &said, 1, NOW);
    (void)kit_sql(s->pg, "update notification.message set state = 4, next_at = null, waits = false");
    (void)kit_sql(s->pg, "update notification.tally set n = case what when 'failed' then 1 else 0 end where slot = 1");
    (void)kit_sql(s->pg, "update notification.tally set n = 0 where slot = 0");
    struct workset *w = shelf_begin(s, NOW + TIME_DAY);
    workset_want_revival(w, id);
    workset_want_revival(w, shelf_id(77));
    shelf_load(s, w);
    assert_false(workset_revival(w, shelf_id(77))->found);
    assert_true(workset_revival(w, id)->found);
    assert_int_equal(workset_revival(w, id)->row.state, MESSAGE_FAILED);
    workset_revival(w, id)->changed = true;
    workset_save(w, s->db);
    assert_int_equal(db_commit(s->db), ERR_OK);
    assert_int_equal(
        kit_sql_int(s->pg, "select count(*) from notification.message where state = 1 and not_before = next_at and queued_at < next_at"),
        1);
    shelf_check_tally(s);
}

/* --- somebody and a training are parted ---------------------------------------------------------------------------------------- */

/* Of person 1 in each state and of the waiting kind; what stays: of another person, about another training, and because of a later event.
 */
static void say_around_a_parting(struct shelf *s)
{
    static const char *const states[] = {"state = 2, claimed_by = 1, tries = 1", "state = 3, next_at = null, sent_at = now(), body = 'B'",
                                         "state = 5, doubts = 1", "state = 1"};
    struct message said[8];

    for (unsigned i = 0; i < 8; i++) {
        said[i] = shelf_message(i, i == 5 ? 2 : 1, KIND_CONFIRMATION);
        said[i].event_id = (struct uuid){{(uint8_t)(i == 7 ? 9 : 1), (uint8_t)(i + 1)}};
        facts_text(&said[i].facts, FACT_CODE, span_text("CODE"));
    }
    said[6].programme_id = shelf_id(800);
    for (unsigned person = 1; person <= 2; person++)
        shelf_put_person(s, person, "a@example.fi", 1, NOW);
    shelf_put_training(s, 900, "Koulutus", 1, NOW);
    shelf_say(s, said, 8, NOW);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        (void)kit_sql(s->pg, "update notification.message set %s where number = (select min(number) from notification.message) + %zu",
                      states[i], i);
    (void)kit_sql(s->pg, "update notification.message set waits = true where number = (select min(number) from notification.message) + 4");
    (void)kit_sql(s->pg, "insert into notification.attempt (message, number, started_at) select min(number), 1, now()"
                         " from notification.message");
    (void)kit_sql(s->pg, "update notification.tally set n = case what when 'queued' then 6 when 'sending' then 1 when 'sent' then 1"
                         " when 'unsure' then 1 else n end where slot = 0");
    shelf_check_tally(s);
}

static void test_parted(void **state)
{
    struct shelf *s = *state;
    const char *told = "select count(*) from notification.message where recipient_id = '%s' and training_id = '%s' and facts ? 'code'";
    char one[UUID_TEXT], two[UUID_TEXT], training[UUID_TEXT];

    say_around_a_parting(s);
    uuid_format(shelf_id(1), one);
    uuid_format(shelf_id(2), two);
    uuid_format(shelf_id(900), training);
    struct workset *w = shelf_begin(s, NOW + TIME_DAY);
    for (unsigned registration = 1; registration <= 2; registration++)
        take_part(w, registration, 900, 1, NOW);
    for (int twice = 0; twice < 2; twice++) /* two registrations of one person */
        workset_part(w, &(const struct parting){shelf_id(1), shelf_id(900), shelf_id(1), {{5}}, NOW - 1});
    shelf_save(s, w);
    shelf_check_tally(s);
    assert_int_equal(kit_sql_int(s->pg, told, one, training), 1); /* because of a later event */
    assert_int_equal(kit_sql_int(s->pg, told, two, training), 1);
    assert_int_equal(kit_sql_int(s->pg,
                                 "select count(*) from notification.message where facts = '{}' and body is null and registration_id is"
                                 " null and implementation_id is null and training_id is null and not waits"),
                     5);
    assert_string_equal(kit_sql(s->pg, "select string_agg(state::text, '' order by number) from notification.message"), "93999111");
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attempt where ended_at is null"), 0);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.participant"), 1);
}

/* A sender has the letter at this very moment: it may leave, and leaves no text behind. */
static void test_parted_while_sending(void **state)
{
    struct shelf *s = *state;
    const struct message said = shelf_message(1, 1, KIND_CONFIRMATION);
    struct spool *spool;
    struct due *due;
    size_t count;
    bool begun;

    shelf_put_person(s, 1, "a@example.fi", 1, NOW);
    shelf_put_training(s, 900, "Koulutus", 1, NOW);
    shelf_say(s, &said, 1, NOW);
    assert_int_equal(spool_open(&spool, &s->config, 0, 1, kit_log()), ERR_OK);
    assert_int_equal(spool_claim(spool, s->arena, NOW, &due, &count), ERR_OK);
    assert_int_equal(spool_turn(spool, s->arena, NULL, due, NOW, &begun), ERR_OK);
    assert_true(begun);
    struct workset *w = shelf_begin(s, NOW);
    workset_part(w, &(const struct parting){said.registration_id, said.programme_id, said.recipient_id, said.event_id, NOW});
    shelf_save(s, w);
    const struct outcome sent = {
        .due = due, .state = MESSAGE_SENT, .language = "sv", .subject = "Ämne", .body = "Text", .smtp_code = 250, .answer = "250 ok"};
    assert_int_equal(spool_turn(spool, s->arena, &sent, NULL, NOW + 1, &begun), ERR_OK);
    assert_string_equal(kit_sql(s->pg, "select concat_ws('/', state, subject, body) from notification.message"), "9");
    assert_string_equal(kit_sql(s->pg, "select concat_ws('/', number, smtp_code, answer) from notification.attempt"), "1/");
    shelf_check_tally(s);
    assert_int_equal(spool_claim(spool, s->arena, NOW + TIME_DAY, &due, &count), ERR_OK);
    assert_int_equal(count, 0);
    spool_close(spool);
}

/* What comes of no event of enrolment has an id that no time can be read from; a written digest repeats the subjects of what it gathered;
 * a file goes with the last message it was attached to. */
static void test_parted_from_all_that_was_said(void **state)
{
    struct shelf *s = *state;
    const struct uuid made = {{0xf0}};
    const struct attachment file = {span_text("a.pdf"), span_text("application/pdf"), span_text("%PDF-1")};
    struct message said[5];

    for (unsigned i = 0; i < 5; i++) {
        said[i] = shelf_message(i, 1, i < 3 ? KIND_WEBINAR_SOON : KIND_NOTICE);
        said[i].event_id = (struct uuid){{0xfe, 0, (uint8_t)i}};
    }
    said[3].attachments = &file;
    said[3].attachment_count = 1;
    shelf_put_person(s, 1, "a@example.fi", 1, NOW);
    shelf_put_training(s, 900, "Koulutus", 1, NOW);
    shelf_say(s, said, 4, NOW);
    shelf_say(s, said + 4, 1, NOW + 2 * TIME_DAY); /* of another round */
    shelf_say(s, &(const struct message){.event_id = made, .recipient_id = shelf_id(1), .kind = KIND_DIGEST}, 1, NOW);
    (void)kit_sql(s->pg, "update notification.message set state = 7 where event_id < 'fe000200-0000-0000-0000-000000000000'");
    (void)kit_sql(s->pg, "update notification.message set digest_id = (select id from notification.message where kind = 21), next_at = null"
                         " where event_id < 'fe000100-0000-0000-0000-000000000000' and state = 7 and kind <> 21");
    (void)kit_sql(s->pg, "update notification.message set state = 3, next_at = null, sent_at = now(), subject = 'S', body = 'Koulutus'"
                         " where kind = 21");
    (void)kit_sql(s->pg, "update notification.tally set n = case what when 'queued' then 3 when 'gathered' then 2 when 'sent' then 1"
                         " else n end where slot = 0");
    shelf_check_tally(s);
    struct workset *w = shelf_begin(s, NOW + 3 * TIME_DAY);
    workset_part(w, &(const struct parting){shelf_id(1), shelf_id(900), shelf_id(1), {{5}}, NOW + TIME_DAY});
    shelf_save(s, w);
    shelf_check_tally(s);
    /* the digest told the first one: it was said, and is not called off */
    assert_string_equal(kit_sql(s->pg, "select string_agg(state::text, '' order by number) from notification.message"), "799913");
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where training_id is not null"), 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where facts <> '{}' or body is not null"), 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attachment"), 0);
}

/* The reminder of an offer goes with its registration; that of another one of the same person stays. */
static void test_parted_reminders(void **state)
{
    struct shelf *s = *state;
    char person[UUID_TEXT], training[UUID_TEXT], gone[UUID_TEXT], kept[UUID_TEXT];

    uuid_format(shelf_id(1), person);
    uuid_format(shelf_id(900), training);
    uuid_format(shelf_id(5001), gone);
    uuid_format(shelf_id(5002), kept);
    (void)kit_sql(
        s->pg,
        "insert into notification.reminder (id, kind, training_id, subject_id, person_id, moment, due_at) select gen_random_uuid(), "
        "20, '%s', s, '%s', now(), now() from unnest(array['%s', '%s']::uuid[]) s",
        training, person, gone, kept);
    struct workset *w = shelf_begin(s, NOW);
    workset_part(w, &(const struct parting){shelf_id(5001), shelf_id(900), shelf_id(1), {{5}}, NOW});
    shelf_save(s, w);
    assert_string_equal(kit_sql(s->pg, "select string_agg(subject_id::text, ' ') from notification.reminder"), kept);
}

/* What was blanked has no words to be sent again with. */
static void test_blank_is_not_revived(void **state)
{
    struct shelf *s = *state;
    const struct message said = shelf_message(1, 1, KIND_CONFIRMATION);
    struct uuid id = message_id(said.event_id, said.recipient_id, said.kind);

    shelf_say(s, &said, 1, NOW);
    (void)kit_sql(s->pg, "update notification.message set state = 4, next_at = null, waits = false");
    struct workset *w = shelf_begin(s, NOW);
    workset_want_revival(w, id);
    shelf_load(s, w);
    assert_false(workset_revival(w, id)->bare); /* no letter was ever written, but one can be */
    db_rollback(s->db);
    w = shelf_begin(s, NOW);
    workset_part(w, &(const struct parting){shelf_id(1), shelf_id(900), shelf_id(1), {{5}}, NOW});
    shelf_save(s, w);
    w = shelf_begin(s, NOW);
    workset_want_revival(w, id);
    shelf_load(s, w);
    assert_true(workset_revival(w, id)->found && workset_revival(w, id)->bare);
    db_rollback(s->db);
}

static void test_training_ended(void **state)
{
    struct shelf *s = *state;
    struct workset *w = shelf_begin(s, NOW);

    follow(w, 900, 1, true, NOW);
    follow(w, 900, 2, true, NOW + 2); /* afterwards */
    follow(w, 800, 1, true, NOW);
    take_part(w, 1, 900, 1, NOW);
    take_part(w, 2, 900, 2, NOW + 2);
    take_part(w, 3, 800, 1, NOW);
    workset_end(w, &(const struct ending){shelf_id(900), NOW + 1});
    shelf_save(s, w);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.follower"), 2);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.participant"), 2);
    assert_int_equal(kit_sql_int(s->pg,
                                 "select count(*) from notification.follower where since <= to_timestamp(%lld) and person_id <> "
                                 "(select person_id from notification.participant order by since limit 1)",
                                 (long long)(NOW / TIME_SECOND)),
                     0);
}

/* The database refuses what a bug would do. */
static void test_constraints(void **state)
{
    struct shelf *s = *state;
    const struct message said = shelf_message(1, 1, KIND_CONFIRMATION);
    const char *wrong[] = {
        "state = 3", "state = 10", "lane = 3", "state = 6, next_at = now()", "state = 4", "kind = 0", "waits = true, state = 2"};

    shelf_say(s, &said, 1, NOW);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char sql[200];
        (void)snprintf(sql, sizeof sql, "update notification.message set %s", wrong[i]);
        assert_int_equal(db_script(s->db, sql), ERR_INTERNAL);
        assert_string_equal(db_sqlstate(s->db), "23514");
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, shelf_clear)
    const struct CMUnitTest tests[] = {
        TEST(test_said_once),            /* one row per event, person and kind, in a batch and in a replay; counters agree */
        TEST(test_waits_then_due),       /* outside the queue until address and training are known, then due at once */
        TEST(test_recipient_versions),   /* the newest version stands, whatever the order */
        TEST(test_training_replaced),    /* a programme stored again replaces its units and webinars */
        TEST(test_followers),            /* the last word of a batch counts; following again keeps the first moment */
        TEST(test_lists),                /* newest first, by state and by person, page by page */
        TEST(test_revival),              /* a failed message back to the queue, with its counters */
        TEST(test_parted),               /* what was told before is blanked in every state; others, another training and later are not */
        TEST(test_parted_while_sending), /* the outcome of a letter on its way leaves no text */
        TEST(test_parted_from_all_that_was_said), /* reminders, notices and digests too, and files; what a digest told is not called off */
        TEST(test_parted_reminders),              /* of this registration only */
        TEST(test_blank_is_not_revived),          /* a message whose words are gone is known as such */
        TEST(test_training_ended),                /* who followed or took part until then is gone, who came later stays */
        TEST(test_constraints),                   /* states that cannot be are refused by the database */
    };

    return cmocka_run_group_tests(tests, shelf_open, shelf_close);
}
