/* What a claim brings, and in which order: lanes, times, what the person chose, templates, attachments. On a real PostgreSQL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/template.h"
#include "tests/store/notification/shelf.h"

#define NOW SHELF_NOW

/* `count` messages of a kind to persons from `first` on, whose addresses are known. */
static void say_many(struct shelf *s, enum message_kind kind, unsigned first, unsigned count)
{
    struct message *said = arena_array(s->arena, count, sizeof *said);

    for (unsigned i = 0; i < count; i++) {
        char email[40];
        (void)snprintf(email, sizeof email, "p%u@example.fi", first + i);
        shelf_put_person(s, first + i, email, 1, NOW);
        said[i] = shelf_message(first + i, first + i, kind);
    }
    shelf_say(s, said, count, NOW);
}

static size_t own_of(const struct due *dues, size_t count)
{
    size_t own = 0;

    for (size_t i = 0; i < count; i++)
        own += kind_of(dues[i].said.kind)->lane == LANE_OWN;
    return own;
}

static void test_lanes_share_a_claim(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    const size_t own[] = {12, 12, 12, 4, 0}, all[] = {16, 16, 16, 16, 16};
    struct due *due;

    shelf_put_training(s, 900, "Koulutus", 1, NOW);
    say_many(s, KIND_WINDOW_OPENED, 0, 60); /* said first, and many */
    say_many(s, KIND_CONFIRMATION, 100, 40);
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        size_t count = shelf_claim(spool, s->arena, NOW, &due);
        assert_int_equal(count, all[i]);
        assert_int_equal(own_of(due, count), own[i]);
    }
    shelf_check_tally(s);
    spool_close(spool);
}

static void test_lanes_alone_fill_a_claim(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct due *due;

    shelf_put_training(s, 900, "Koulutus", 1, NOW);
    say_many(s, KIND_CONFIRMATION, 0, 17);
    say_many(s, KIND_WINDOW_OPENED, 100, 2);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 16);
    assert_int_equal(own_of(due, 16), 14);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 3);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 0);
    spool_close(spool);
}

/* A later message of a person does not wait for one of the other lane, nor for one whose time has not come. */
static void test_who_does_not_block(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct message said[] = {shelf_message(1, 0, KIND_OFFER), shelf_message(2, 0, KIND_WINDOW_OPENED), shelf_message(3, 0, KIND_PROMOTION),
                             shelf_message(4, 0, KIND_CONFIRMATION)};
    struct due *due;

    said[0].not_before_us = NOW + TIME_HOUR;
    shelf_fill(s, 0);
    shelf_put_person(s, 0, "a@example.fi", 1, NOW);
    shelf_say(s, said, 4, NOW);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 2); /* the third, and the second beside it */
    assert_int_equal(due[0].said.kind, KIND_PROMOTION);
    assert_int_equal(due[1].said.kind, KIND_WINDOW_OPENED);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 0); /* the fourth waits for the third */
    assert_int_equal(shelf_claim(spool, s->arena, NOW + TIME_HOUR - 1, &due), 0);
    assert_int_equal(shelf_claim(spool, s->arena, NOW + TIME_HOUR, &due), 1);
    assert_int_equal(due[0].said.kind, KIND_OFFER);
    assert_int_equal(due[0].queued_us, NOW + TIME_HOUR); /* 72 hours and 10 seconds count from its time */
    assert_int_equal(due[0].promised_us, NOW + TIME_HOUR);
    spool_close(spool);
}

static void test_scheduled_one_keeps_its_time_when_woken(void **state)
{
    struct shelf *s = *state;
    struct message said = shelf_message(1, 0, KIND_OFFER);

    said.not_before_us = NOW + TIME_HOUR;
    shelf_put_training(s, 900, "Koulutus", 1, NOW);
    shelf_say(s, &said, 1, NOW);
    shelf_put_person(s, 0, "a@example.fi", 1, NOW + 1);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where not waits and next_at = not_before"), 1);
}

static void test_what_the_person_chose(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct due *due;

    shelf_put_training(s, 900, "Koulutus", 1, NOW);
    say_many(s, KIND_WINDOW_OPENED, 0, 2);
    (void)kit_sql(s->pg, "insert into notification.preference select id, 5, 3, now() from notification.recipient where email like 'p1@%%'");
    (void)kit_sql(s->pg, "insert into notification.preference select id, 4, 2, now() from notification.recipient where email like 'p0@%%'");
    (void)kit_sql(s->pg, "insert into notification.suppression values ('p0@example.fi', 1, now(), '', null)");
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 2);
    assert_int_equal(due[0].setting, MAIL_ON); /* what is off is another topic */
    assert_true(due[0].suppressed);
    assert_int_equal(due[1].setting, MAIL_DAILY);
    assert_false(due[1].suppressed);
    spool_close(spool);
}

static void put_template(struct shelf *s, int version, const char *text)
{
    (void)kit_sql(s->pg, "insert into notification.template values (3, 'sv', %d, 'Ämne %d', '%s', '', false, now(), null)", version,
                  version, text);
}

static void test_templates_by_version(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct due *due;

    shelf_fill(s, 3);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 3); /* the table is empty: the built-in words */
    assert_int_equal(due[0].template_version, 0);
    assert_true(span_equal(due[0].texts.subject, span_text(template_built_in(KIND_PROMOTION, LANGUAGE_SV)->subject)));
    assert_int_equal(spool_release(spool, s->arena, due, 3, NOW), ERR_OK);
    put_template(s, 1, "ett");
    put_template(s, 2, "två");
    for (int i = 0; i < 2; i++) { /* read, then at hand */
        assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 3);
        for (int d = 0; d < 3; d++) {
            assert_int_equal(due[d].template_version, 2);
            assert_true(span_equal(due[d].texts.subject, span_text("Ämne 2")) && span_equal(due[d].texts.text, span_text("två")));
        }
        assert_int_equal(spool_release(spool, s->arena, due, 3, NOW), ERR_OK);
    }
    put_template(s, 3, "tre");
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 3);
    assert_true(span_equal(due[2].texts.text, span_text("tre")));
    spool_close(spool);
}

static void test_attachments_of_an_event(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    const struct attachment files[] = {{span_text("ohje.pdf"), span_text("application/pdf"), span_of("%PDF\0x", 6)},
                                       {span_text("b.ics"), span_text("text/calendar"), span_text("BEGIN")}};
    struct message said[3] = {shelf_message(7, 0, KIND_CONFIRMATION), shelf_message(7, 1, KIND_CONFIRMATION),
                              shelf_message(8, 2, KIND_CONFIRMATION)};
    struct due *due;

    said[0].attachments = said[1].attachments = files;
    said[0].attachment_count = said[1].attachment_count = 2;
    shelf_fill(s, 0);
    for (unsigned i = 0; i < 3; i++)
        shelf_put_person(s, i, "a@example.fi", 1, NOW);
    shelf_say(s, said, 3, NOW);
    shelf_say(s, said, 3, NOW); /* again */
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attachment"), 2);
    assert_int_equal(shelf_claim(spool, s->arena, NOW, &due), 3);
    assert_int_equal(due[1].said.attachment_count, 2);
    assert_true(span_equal(due[1].said.attachments[0].name, span_text("ohje.pdf")));
    assert_true(span_equal(due[1].said.attachments[0].content, span_of("%PDF\0x", 6)));
    assert_true(span_equal(due[1].said.attachments[1].media_type, span_text("text/calendar")));
    assert_int_equal(due[2].said.attachment_count, 0);

    struct workset *w = shelf_begin(s, NOW);
    workset_erase(w, shelf_id(0));
    shelf_save(s, w);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attachment"), 2); /* another still has them */
    w = shelf_begin(s, NOW);
    workset_erase(w, shelf_id(1));
    shelf_save(s, w);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.attachment"), 0);
    spool_close(spool);
}

/* A notice is about no training: it waits for its person only. */
static void test_without_a_training(void **state)
{
    struct shelf *s = *state;
    struct spool *spool = shelf_spool(s, 0, 1);
    struct message said = {.event_id = shelf_id(1), .recipient_id = shelf_id(2), .kind = KIND_NOTICE};
    struct due *due;

    shelf_say(s, &said, 1, NOW);
    assert_int_equal(kit_sql_int(s->pg, "select count(*) from notification.message where waits"), 1);
    shelf_put_person(s, 2, "a@example.fi", 1, NOW + 1);
    assert_int_equal(shelf_claim(spool, s->arena, NOW + 1, &due), 1);
    assert_false(due->training_known);
    assert_int_equal(due->session_count, 0);
    spool_close(spool);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, shelf_clear)
    const struct CMUnitTest tests[] = {
        TEST(test_lanes_share_a_claim),      /* one's own matters twelve of sixteen, what goes to many four, until one is empty */
        TEST(test_lanes_alone_fill_a_claim), /* what one lane does not need, the other has */
        TEST(test_who_does_not_block),       /* order within a person and lane; not behind the other lane, nor one scheduled for later */
        TEST(test_scheduled_one_keeps_its_time_when_woken), /* an address that becomes known does not make it leave early */
        TEST(test_what_the_person_chose),                   /* setting of the topic, address on the list */
        TEST(test_templates_by_version),    /* the current version of kind and language; read once; a new one counts at once */
        TEST(test_attachments_of_an_event), /* kept once, given to each message; gone with the last who had them */
        TEST(test_without_a_training),      /* a kind that is about none does not wait for one */
    };

    return cmocka_run_group_tests(tests, shelf_open, shelf_close);
}
