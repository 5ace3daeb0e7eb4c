/* What the part "decision" writes: decisions with their partners and lines, which are sent by the hundred and so go as arrays; and who has
 * looked at one. */
#include "services/funding/store/decision_own.h"

/* $1 id ... $24 sha256, each an array. */
static const struct db_stmt STMT_ADD = {
    "decision_add",
    "insert into decision (id, call_id, theme_id, application_id, corrects_id, granted, cents, own_permille, purpose, use_from, use_until, "
    "reasons, terms, language, decided_at, decided_by, presented_by, answer_until, review_days, review_version, event_id, html, pdf, "
    "sha256) "
    "select e.id, e.call_id, e.theme_id, e.application_id, e.corrects_id, e.granted, e.cents, e.own_permille, e.purpose, "
    "date '1970-01-01' + e.use_from, date '1970-01-01' + e.use_until, e.reasons, e.terms, e.language, e.decided_at, e.decided_by, "
    "e.presented_by, date '1970-01-01' + e.answer_until, e.review_days, e.review_version, e.event_id, e.html, e.pdf, e.sha256 "
    "from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::boolean[], $7::bigint[], $8::int[], $9::text[], "
    "$10::int[], "
    "$11::int[], $12::text[], $13::text[], $14::text[], $15::timestamptz[], $16::uuid[], $17::uuid[], $18::int[], $19::int[], $20::text[], "
    "$21::uuid[], $22::text[], $23::bytea[], $24::bytea[]) as e (id, call_id, theme_id, application_id, corrects_id, granted, cents, "
    "own_permille, purpose, use_from, use_until, reasons, terms, language, decided_at, decided_by, presented_by, answer_until, "
    "review_days, "
    "review_version, event_id, html, pdf, sha256)"};
static const struct db_stmt STMT_ADD_PARTNERS = {"decision_add_partners",
                                                 "insert into decision_partner (decision_id, ordinal, business_id, name, cents) "
                                                 "select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::bigint[])"};
static const struct db_stmt STMT_ADD_LINES = {
    "decision_add_lines", "insert into decision_line (decision_id, ordinal, category, title, applied_cents, accepted_cents) "
                          "select * from unnest($1::uuid[], $2::int[], $3::smallint[], $4::text[], $5::bigint[], $6::bigint[])"};
/* $1 decision $2 person $3 at $4 form. Looks within a minute are one: whoever asks again and again fills no table. */
static const struct db_stmt STMT_ADD_VIEW = {
    "decision_add_view", "insert into decision_view (decision_id, person_id, at, form) select $1, $2, $3, $4 where not exists "
                         "(select from decision_view where decision_id = $1 and person_id = $2 and form = $4 "
                         "and at between $3::timestamptz - interval '1 minute' and $3) on conflict do nothing"};

enum { DECISIONS_A_STATEMENT = 32 }; /* with their documents about a megabyte: no buffer on the way grows with the request */

struct writing {
    const struct decision **rows;
    size_t count, partners, lines;
};

static void array_words(struct db_params *p, const char *words)
{
    db_array_text(p, span_text(words));
}

static void array_day(struct db_params *p, int64_t day)
{
    if (day == NO_DAY)
        db_array_null(p);
    else
        db_array_i32(p, (int32_t)day);
}

static void array_id(struct db_params *p, struct uuid id)
{
    if (uuid_is_nil(id))
        db_array_null(p);
    else
        db_array_uuid(p, id);
}

/* A column over all decisions: `value` speaks of d. */
#define COLUMN(type, add, value)                                                                                                           \
    do {                                                                                                                                   \
        db_array(p, type, writing->count);                                                                                                 \
        for (size_t n_ = 0; n_ < writing->count; n_++) {                                                                                   \
            const struct decision *d = writing->rows[n_];                                                                                  \
            add(p, value);                                                                                                                 \
        }                                                                                                                                  \
    } while (0)
/* The same over all rows of a kind of all decisions: `value` speaks of d and i. */
#define PART(type, add, total, many, value)                                                                                                \
    do {                                                                                                                                   \
        db_array(p, type, writing->total);                                                                                                 \
        for (size_t n_ = 0; n_ < writing->count; n_++) {                                                                                   \
            const struct decision *d = writing->rows[n_];                                                                                  \
            for (size_t i = 0; i < d->many; i++)                                                                                           \
                add(p, value);                                                                                                             \
        }                                                                                                                                  \
    } while (0)

/* The documents are most of it: their arrays are as long as they are from the beginning. */
static void save_documents(struct db_params *p, const struct writing *writing)
{
    size_t html = 0, pdf = 0;

    for (size_t i = 0; i < writing->count; i++) {
        html += writing->rows[i]->html.len;
        pdf += writing->rows[i]->pdf.len;
    }
    db_array_of(p, DB_TEXT, writing->count, html);
    for (size_t i = 0; i < writing->count; i++)
        db_array_text(p, writing->rows[i]->html);
    db_array_of(p, DB_BYTES, writing->count, pdf);
    for (size_t i = 0; i < writing->count; i++)
        db_array_bytes(p, writing->rows[i]->pdf);
}

static void save_decisions(struct workset *w, const struct writing *writing, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    COLUMN(DB_UUID, db_array_uuid, d->id);
    COLUMN(DB_UUID, db_array_uuid, d->call_id);
    COLUMN(DB_UUID, db_array_uuid, d->theme_id);
    COLUMN(DB_UUID, db_array_uuid, d->application_id);
    COLUMN(DB_UUID, array_id, d->corrects_id);
    COLUMN(DB_BOOL, db_array_bool, d->granted);
    COLUMN(DB_I64, db_array_i64, d->cents);
    COLUMN(DB_I32, db_array_i32, d->own_permille);
    COLUMN(DB_TEXT, array_words, d->purpose);
    COLUMN(DB_I32, array_day, d->use_from);
    COLUMN(DB_I32, array_day, d->use_until);
    COLUMN(DB_TEXT, array_words, d->reasons);
    COLUMN(DB_TEXT, array_words, d->terms);
    COLUMN(DB_TEXT, array_words, d->language);
    COLUMN(DB_TIME, db_array_time, d->decided_us);
    COLUMN(DB_UUID, db_array_uuid, d->decided_by);
    COLUMN(DB_UUID, array_id, d->presented_by);
    COLUMN(DB_I32, array_day, d->answer_until);
    COLUMN(DB_I32, db_array_i32, d->review_days);
    COLUMN(DB_TEXT, array_words, d->review_version);
    COLUMN(DB_UUID, db_array_uuid, d->event_id);
    save_documents(p, writing);
    COLUMN(DB_BYTES, db_array_bytes, d->sha256);
    (void)db_queue(db, &STMT_ADD, p);
}

static void save_partners(struct workset *w, const struct writing *writing, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    PART(DB_UUID, db_array_uuid, partners, partner_count, d->id);
    PART(DB_I32, db_array_i32, partners, partner_count, (int32_t)i + 1);
    PART(DB_TEXT, array_words, partners, partner_count, d->partners[i].business_id);
    PART(DB_TEXT, array_words, partners, partner_count, d->partners[i].name);
    PART(DB_I64, db_array_i64, partners, partner_count, d->partners[i].cents);
    (void)db_queue(db, &STMT_ADD_PARTNERS, p);
}

static void save_lines(struct workset *w, const struct writing *writing, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    PART(DB_UUID, db_array_uuid, lines, line_count, d->id);
    PART(DB_I32, db_array_i32, lines, line_count, (int32_t)i + 1);
    PART(DB_I16, db_array_i16, lines, line_count, (int16_t)d->lines[i].category);
    PART(DB_TEXT, array_words, lines, line_count, d->lines[i].title);
    PART(DB_I64, db_array_i64, lines, line_count, d->lines[i].applied_cents);
    PART(DB_I64, db_array_i64, lines, line_count, d->lines[i].accepted_cents);
    (void)db_queue(db, &STMT_ADD_LINES, p);
}

static void save_view(struct workset *w, const struct decision_change *c, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, c->decision_id);
    db_uuid(p, c->person_id);
    db_time(p, w->now_us);
    db_i16(p, (int16_t)c->form);
    (void)db_queue(db, &STMT_ADD_VIEW, p);
}

void decision_save_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    struct writing writing = {.count = 0};
    size_t most = 0;

    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        most++;
    writing.rows = arena_array(w->arena, most, sizeof *writing.rows);
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct decision_change *c = (const struct decision_change *)item;

        if (c->decision == NULL) {
            save_view(w, c, db);
            continue;
        }
        writing.rows[writing.count++] = c->decision;
        writing.partners += c->decision->partner_count;
        writing.lines += c->decision->line_count;
    }
    if (writing.count == 0)
        return;
    for (size_t at = 0; at < writing.count; at += DECISIONS_A_STATEMENT) {
        const struct writing some = {.rows = writing.rows + at,
                                     .count = writing.count - at < DECISIONS_A_STATEMENT ? writing.count - at : DECISIONS_A_STATEMENT};
        save_decisions(w, &some, db);
    }
    save_partners(w, &writing, db);
    save_lines(w, &writing, db);
}
