/* The shelf: set-up and the few things every store test puts in. */
#include "tests/store/notification/shelf.h"

#include "services/notification/store/webhook.h"

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
    (void)kit_sql(shelf->pg,
                  "truncate notification.message, notification.attempt, notification.recipient, notification.training, "
                  "notification.implementation, notification.unit, notification.webinar, notification.follower, "
                  "notification.participant, notification.training_window, notification.message_change, notification.attachment, "
                  "notification.preference, notification.suppression, notification.promise, notification.template, "
                  "notification.digest, notification.reminder, notification.suppression_change");
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
    struct message message = {.event_id = shelf_id(event),
                              .recipient_id = shelf_id(person),
                              .kind = kind,
                              .programme_id = shelf_id(900),
                              .implementation_id = shelf_id(901),
                              .registration_id = shelf_id(event + 5000),
                              .registration_version = 3};

    facts_number(&message.facts, FACT_ORDER, 4);
    facts_number(&message.facts, FACT_POSITION, 2);
    facts_number(&message.facts, FACT_WAITING, 1);
    facts_number(&message.facts, FACT_REPLY_DUE, 77000000);
    facts_text(&message.facts, FACT_REASON, span_text("Syy – \"orsak\"\n\\ \x01."));
    return message;
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
    struct webinar webinars[] = {
        {.starts_us = now_us + TIME_HOUR, .ends_us = now_us + 2 * TIME_HOUR, .id = shelf_id(training + 60), .sequence = 2},
        {.starts_us = now_us + TIME_DAY, .advance_notice = true, .id = shelf_id(training + 61), .cancelled = training != 900}};
    struct window window = {shelf_id(training + 70), now_us - TIME_DAY, now_us + TIME_DAY};
    struct unit unit = {shelf_id(training + 50), 1, texts, webinars, 2};
    struct implementation implementation = {
        .id = shelf_id(training + 1), .title = texts, .organiser = texts, .places = span_text("Kuopio"), .place_count = 1};

    workset_put_training(w, &(struct training){.id = shelf_id(training),
                                               .code = span_text("esim"),
                                               .title = texts,
                                               .version = version,
                                               .implementations = &implementation,
                                               .implementation_count = 1,
                                               .units = &unit,
                                               .unit_count = 1,
                                               .windows = &window,
                                               .window_count = 1});
    shelf_save(shelf, w);
}

void shelf_say(struct shelf *shelf, const struct message *messages, size_t count, int64_t now_us)
{
    struct workset *w = shelf_begin(shelf, now_us);

    for (size_t i = 0; i < count; i++)
        workset_say(w, &messages[i]);
    shelf_save(shelf, w);
}

struct spool *shelf_spool(struct shelf *shelf, int instance, int sender)
{
    struct spool *spool;

    assert_int_equal(spool_open(&spool, &shelf->config, instance, sender, kit_log()), ERR_OK);
    return spool;
}

void shelf_fill(struct shelf *shelf, unsigned count)
{
    struct message *said = arena_array(shelf->arena, count, sizeof *said);

    shelf_put_training(shelf, 900, "Koulutus", 1, SHELF_NOW);
    for (unsigned i = 0; i < count; i++) {
        char email[40];
        (void)snprintf(email, sizeof email, "p%u@example.fi", i);
        shelf_put_person(shelf, i, email, 1, SHELF_NOW);
        said[i] = shelf_message(i, i, KIND_PROMOTION);
    }
    shelf_say(shelf, said, count, SHELF_NOW);
}

size_t shelf_claim(struct spool *spool, struct arena *arena, int64_t now_us, struct due **dues)
{
    size_t count;

    assert_int_equal(spool_claim(spool, arena, now_us, dues, &count), ERR_OK);
    return count;
}

bool shelf_turn(struct spool *spool, struct shelf *shelf, const struct outcome *ended, const struct due *begins, int64_t now_us)
{
    bool begun;

    assert_int_equal(spool_turn(spool, shelf->arena, ended, begins, now_us, &begun), ERR_OK);
    return begun;
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
                    {"unsure", "message where doubts > 0"},      {"recipient", "recipient"},
                    {"withheld", "message where state = 6"},     {"gathered", "message where state = 7"},
                    {"bounced", "message where state = 8"},      {"called_off", "message where state = 9"}};

    for (size_t i = 0; i < sizeof counters / sizeof counters[0]; i++)
        assert_int_equal(shelf_tally(shelf, counters[i].what),
                         kit_sql_int(shelf->pg, "select count(*) from notification.%s", counters[i].rows));
}

void shelf_add_webhook(struct shelf *shelf, unsigned number, const char *types, int64_t now_us)
{
    struct workset *w = shelf_begin(shelf, now_us);
    uint8_t secret[WEBHOOK_SECRET_SIZE];

    memset(secret, (int)number, sizeof secret);
    webhook_add(w,
                &(const struct webhook){.id = shelf_id(number),
                                        .url = span_text(arena_printf(shelf->arena, "https://hook%u.example.fi/", number)),
                                        .description = span_text("Esimerkki"),
                                        .types = span_text(types),
                                        .state = WEBHOOK_ON,
                                        .version = 1},
                secret);
    shelf_save(shelf, w);
}
