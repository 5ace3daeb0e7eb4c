/* The rows a history begins with: see plant.h. */
#include "tests/service/enrolment/property/plant.h"

#include <stdarg.h>
#include <stdio.h>

#include "common/base/alloc.h"
#include "common/base/chain.h"
#include "common/base/time.h"
#include "common/db/db.h"
#include "tests/service/enrolment/property/service.h"

struct script {
    char text[16384];
    size_t len;
};

static void add(struct script *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(struct script *s, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    const int len = vsnprintf(s->text + s->len, sizeof s->text - s->len, format, args);
    va_end(args);
    if (len < 0 || (size_t)len >= sizeof s->text - s->len)
        bug("the script of a programme is too long");
    s->len += (size_t)len;
}

/* The fourth of every four does not meet the rule that some programmes have. */
void plant_people(struct db *db)
{
    struct script s = {.len = 0};
    char text[UUID_TEXT];

    add(&s, "delete from person; delete from forgotten;"
            "insert into person (id, name, email, language, role, level, organisation_kind, organisation, region) values");
    for (int i = 0; i < PEOPLE; i++) {
        uuid_format(person_id(i), text);
        add(&s, "%s ('%s', 'Osallistuja %d', 'osallistuja.%d@example.fi', 'fi', '%s', 'basic', 'municipality', '', '')", i == 0 ? "" : ",",
            text, i, i, model_meets(i) ? "teacher" : "other");
    }
    if (db_script(db, s.text) != ERR_OK)
        kit_give_up("the people could not be planted: %s", db_message(db));
}

static void add_place(struct script *s, const char *programme, const struct place *p, size_t ordinal)
{
    char id[UUID_TEXT], head[2 * HASH_SIZE + 1];
    const struct hash start = chain_start(p->id);

    uuid_format(p->id, id);
    for (size_t i = 0; i < HASH_SIZE; i++)
        (void)snprintf(head + 2 * i, 3, "%02x", start.b[i]);
    add(s,
        "insert into implementation (id, programme_id, code, ordinal, organiser_fi, organiser_sv, organiser_en, title_fi, title_sv,"
        " title_en, audience_fi, audience_sv, audience_en, places, region, mode, capacity, waiting_cap, chain_head) values ('%s', '%s',"
        " 'i-%zu', %zu, 'O', '', '', 'T', '', '', '', '', '', '{}', '', 2, %u, %u, '\\x%s');",
        id, programme, ordinal, ordinal, p->capacity, p->waiting_cap, head);
}

static void add_manners(struct script *s, const char *programme, const struct model *m)
{
    if (m->rule_refuses || m->rule_reviews)
        add(s,
            "insert into eligibility_rule (programme_id, ordinal, rule, fact, allowed, reason_fi, reason_sv, reason_en, review) values"
            " ('%s', 1, 'property.fourth', 'role', '{teacher}', 'Vain opettajille', '', '', %s);",
            programme, m->rule_reviews ? "true" : "false");
    if (m->asks)
        add(s,
            "insert into question (programme_id, ordinal, code, kind, title_fi, title_sv, title_en, help_fi, help_sv, help_en, required,"
            " sensitive, option_values, option_fi, option_sv, option_en, when_code, when_values) values ('%s', 1, 'diet', 0, 'Ruokavalio',"
            " '', '', '', '', '', true, false, '{}', '{}', '{}', '{}', '', '{}');",
            programme);
}

void plant_programme(struct db *db, const struct model *m)
{
    struct script s = {.len = 0};
    char programme[UUID_TEXT], window[UUID_TEXT], opens[TIME_TEXT], closes[TIME_TEXT];

    uuid_format(m->programme, programme);
    uuid_format(m->rounds[0].id, window);
    time_format(m->rounds[0].opens_us, opens);
    time_format(m->rounds[0].closes_us, closes);
    add(&s,
        "insert into programme (id, code, title_fi, title_sv, title_en, credits_tenths, cap, reply_hours, offer_hours, hold_minutes,"
        " moderated) values ('%s', 'h-%u', 'H', '', '', 50, %u, %u, %u, %u, %s);",
        programme, m->number, m->cap, m->reply_hours, m->offer_hours, m->hold_minutes, m->moderated ? "true" : "false");
    for (size_t i = 0; i < m->place_count; i++)
        add_place(&s, programme, &m->places[i], i + 1);
    add(&s, "insert into application_window (id, programme_id, opens_at, closes_at, quota) values ('%s', '%s', '%s', '%s', %u);", window,
        programme, opens, closes, m->rounds[0].quota);
    add_manners(&s, programme, m);
    if (db_script(db, s.text) != ERR_OK)
        kit_give_up("a programme could not be planted: %s", db_message(db));
}

void plant_clear(struct db *db)
{
    static const char SCRIPT[] =
        "delete from answer; delete from registration_move; delete from registration; delete from team; delete from invitation;"
        " delete from change; delete from chain_publication; delete from refusal; delete from question; delete from eligibility_rule;"
        " delete from application_window; delete from implementation; delete from programme; delete from request_seen;"
        " delete from event_log;";

    if (db_script(db, SCRIPT) != ERR_OK)
        kit_give_up("a history could not be cleared away: %s", db_message(db));
}
