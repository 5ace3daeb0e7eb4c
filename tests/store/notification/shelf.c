/* The shelf: set-up and the few things every store test puts in. */
#include "tests/store/notification/shelf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

extern const struct db_schema notification_schema;

int shelf_open(void **state)
{
    static struct shelf shelf;

    shelf.pg = kit_pg_new();
    kit_pg_apply(shelf.pg, &notification_schema);
    shelf.config = (struct db_config){.conninfo = kit_pg_conninfo(shelf.pg, "hv_notification"),
                                      .schema = "notification",
                                      .application_name = "test",
                                      .statement_timeout_ms = 10000};
    shelf.arena = arena_new(65536);
    *state = &shelf;
    return db_open(&shelf.db, &shelf.config, kit_log()) == ERR_OK ? 0 : -1;
}

int shelf_close(void **state)
{
    struct shelf *shelf = *state;

    db_close(shelf->db);
    arena_free(shelf->arena);
    kit_pg_free(shelf->pg);
    return 0;
}

int shelf_clear(void **state)
{
    struct shelf *shelf = *state;

    arena_reset(shelf->arena);
    (void)kit_sql(
        shelf->pg,
        "truncate notification.participant, notification.message, notification.attempt, notification.recipient, notification.training, "
        "notification.implementation, notification.unit, notification.webinar, notification.follower");
    (void)kit_sql(shelf->pg, "update notification.tally set n = 0");
    return 0;
}

struct workset *shelf_begin(struct shelf *shelf, int64_t now_us)
{
    return workset_new(shelf->arena, now_us, spool_slot(0, 0));
}

void shelf_load(struct shelf *shelf, struct workset *w)
{
    db_begin(shelf->db, DB_READ_WRITE);
    assert_int_equal(workset_load(w, shelf->db), ERR_OK);
}

void shelf_save(struct shelf *shelf, struct workset *w)
{
    db_begin(shelf->db, DB_READ_WRITE);
    workset_save(w, shelf->db);
    enum err err = db_commit(shelf->db);
    if (err != ERR_OK)
        fail_msg("the batch was not saved: %s", db_message(shelf->db));
}

struct uuid shelf_id(unsigned number)
{
    struct uuid space = {{0x53}};

    return uuid_from(space, span_of(&number, sizeof number));
}

struct message shelf_message(unsigned event, unsigned person, enum message_kind kind)
{
    return (struct message){.event_id = shelf_id(event),
                            .recipient_id = shelf_id(person),
                            .kind = kind,
                            .programme_id = shelf_id(900),
                            .implementation_id = shelf_id(901),
                            .registration_id = shelf_id(event + 5000),
                            .order_no = 4,
                            .position = 2,
                            .stood = STOOD_QUEUED,
                            .reply_due_us = 77000000,
                            .reason = span_text("Syy – orsak")};
}

void shelf_put_person(struct shelf *shelf, unsigned person, const char *email, int64_t version, int64_t now_us)
{
    struct workset *w = shelf_begin(shelf, now_us);

    workset_put_recipient(w, &(struct recipient){.id = shelf_id(person),
                                                 .name = span_text("Tuuli Esimerkki"),
                                                 .email = span_text(email),
                                                 .language = LANGUAGE_SV,
                                                 .version = version});
    shelf_save(shelf, w);
}

void shelf_put_training(struct shelf *shelf, unsigned training, const char *title, int64_t version, int64_t now_us)
{
    struct workset *w = shelf_begin(shelf, now_us);
    struct texts texts = {span_text(title), span_text("Utbildning"), span_text("")};
    struct webinar webinars[] = {{now_us + TIME_HOUR, now_us + 2 * TIME_HOUR, false}, {now_us + TIME_DAY, 0, true}};
    struct unit unit = {shelf_id(training + 50), 1, texts, webinars, 2};
    struct implementation implementation = {shelf_id(training + 1), texts, texts, span_text("Kuopio"), 1};

    workset_put_training(w, &(struct training){shelf_id(training), span_text("esim"), texts, version, &implementation, 1, &unit, 1});
    shelf_save(shelf, w);
}

void shelf_say(struct shelf *shelf, const struct message *messages, size_t count, int64_t now_us)
{
    struct workset *w = shelf_begin(shelf, now_us);

    for (size_t i = 0; i < count; i++)
        workset_say(w, &messages[i]);
    shelf_save(shelf, w);
}

int64_t shelf_tally(struct shelf *shelf, const char *what)
{
    return kit_sql_int(shelf->pg, "select coalesce(sum(n), 0) from notification.tally where what = '%s'", what);
}

void shelf_check_tally(struct shelf *shelf)
{
    static const struct {
        const char *what, *rows;
    } counters[] = {{"queued", "message where state in (1, 5)"}, {"sending", "message where state = 2"},
                    {"sent", "message where state = 3"},         {"failed", "message where state = 4"},
                    {"unsure", "message where doubts > 0"},      {"recipient", "recipient"}};

    for (size_t i = 0; i < sizeof counters / sizeof counters[0]; i++)
        assert_int_equal(shelf_tally(shelf, counters[i].what),
                         kit_sql_int(shelf->pg, "select count(*) from notification.%s", counters[i].rows));
}
