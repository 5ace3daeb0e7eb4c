/* The part "decision" of the store: see decision.h. Decisions are sent by the hundred, so they are written as arrays. */
#include "services/funding/store/decision.h"

#define ROWS_MAX    "501"
#define DAY(column) "(" column " - date '1970-01-01')::int"
#define COLUMNS                                                                                                                            \
    "d.id, d.call_id, d.theme_id, d.application_id, d.corrects_id, (select n.id from decision n where n.corrects_id = d.id), d.granted, "  \
    "d.cents, d.own_permille, d.purpose, " DAY("d.use_from") ", " DAY(                                                                     \
        "d.use_until") ", d.reasons, d.terms, d.language, d.decided_at, "                                                                  \
                       "d.decided_by, d.presented_by, " DAY(                                                                               \
                           "d.answer_until") ", d.review_days, d.review_version, d.event_id, d.sha256, a.owner_id, "                       \
                                             "a.register_number, a.title"
enum { DOCUMENT_COLUMN = 26 };
#define ONE(document) "select " COLUMNS ", " document " from decision d join application a on a.id = d.application_id where d.id = $1"

static const struct db_stmt STMT_ONE[] = {
    [DOCUMENT_NONE] = {"decision_one", ONE("null::bytea")},
    [DOCUMENT_HTML] = {"decision_html", ONE("d.html")},
    [DOCUMENT_PDF] = {"decision_pdf", ONE("d.pdf")},
};
static const struct db_stmt STMT_PARTNERS = {
    "decision_partners", "select business_id, name, cents from decision_partner where decision_id = $1 order by ordinal"};
static const struct db_stmt STMT_LINES = {
    "decision_lines", "select category, title, applied_cents, accepted_cents from decision_line where decision_id = $1 order by ordinal"};
static const struct db_stmt STMT_VIEWS = {"decision_views", "select person_id, at, form from decision_view where decision_id = $1 "
                                                            "order by at desc, person_id limit $2"};
/* $1 call $2 after $3 at most */
static const struct db_stmt STMT_OF_CALL = {"decision_of_call",
                                            "select " COLUMNS " from decision d join application a on a.id = d.application_id "
                                            "where d.call_id = $1 and ($2::uuid is null or d.id > $2) order by d.id limit $3"};
/* $1 owner $2 after $3 at most */
static const struct db_stmt STMT_OF_OWNER = {"decision_of_owner",
                                             "select " COLUMNS " from application a join decision d on d.application_id = a.id "
                                             "where a.owner_id = $1 and ($2::uuid is null or d.id < $2) order by d.id desc limit $3"};
#define SOURCES(from, where)                                                                                                               \
    "select a.id, v.content, " DAY(                                                                                                        \
        "s.due_on") " from " from " join application_version v on v.application_id = a.id and v.version = a.submitted_version "            \
                    "left join supplement_request s on s.application_id = a.id and s.answered_at is null where " where                     \
                    " order by a.id limit " ROWS_MAX
/* $1 call; or $1 call $2 applications */
static const struct db_stmt STMT_SOURCES = {"decision_sources", SOURCES("application a", "a.call_id = $1 and a.state in (2, 3)")};
static const struct db_stmt STMT_SOURCES_OF = {
    "decision_sources_of",
    SOURCES("unnest($2::uuid[]) as k (id) cross join lateral (select * from application a where a.id = k.id limit 1) a",
            "a.call_id = $1 and a.state in (2, 3)")};

/* $1 call */
static const struct db_stmt STMT_COUNTS = {
    "decision_counts", "select count(*) filter (where d.granted)::int, count(*) filter (where not d.granted)::int from decision d "
                       "where d.call_id = $1 and not exists (select 1 from decision n where n.corrects_id = d.id)"};

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
/* $1 decision $2 person $3 at $4 form. The same look that came twice is one. */
static const struct db_stmt STMT_ADD_VIEW = {
    "decision_add_view", "insert into decision_view (decision_id, person_id, at, form) values ($1, $2, $3, $4) on conflict do nothing"};

struct decision_change {
    struct part_item item;           /* first */
    const struct decision *decision; /* NULL: somebody has opened one */
    struct uuid decision_id, person_id;
    enum decision_form form;
};

/* --- asking and looking ------------------------------------------------------------------------------------------------ */
static struct decision_ask *ask_for(struct workset *w, const struct job *job, int what, struct uuid id)
{
    struct decision_ask *ask = part_ask(&w->parts, PART_DECISION, job, sizeof *ask);

    ask->what = what;
    ask->id = id;
    return ask;
}

void decision_want(struct workset *w, const struct job *job, struct uuid id, enum decision_document document)
{
    ask_for(w, job, DECISION_ONE, id)->document = document;
}

struct decision_ask *decision_want_call(struct workset *w, const struct job *job, struct uuid call_id)
{
    return ask_for(w, job, DECISIONS_OF_CALL, call_id);
}

struct decision_ask *decision_want_owner(struct workset *w, const struct job *job, struct uuid person_id)
{
    return ask_for(w, job, DECISIONS_OF_OWNER, person_id);
}

void decision_want_sources(struct workset *w, const struct job *job, struct uuid call_id, const struct uuid *ids, size_t count)
{
    struct decision_ask *ask = ask_for(w, job, DECISION_SOURCES, call_id);

    ask->ids = ids;
    ask->id_count = count;
}

struct decision_ask *decision_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_DECISION, job);
}

const struct decision *decision_found(const struct workset *w, const struct job *job)
{
    const struct decision_ask *ask = decision_asked(w, job);

    return ask != NULL && ask->what == DECISION_ONE && ask->count > 0 ? ask->rows : NULL;
}

const struct decision_source *decision_source_of(const struct workset *w, const struct job *job, struct uuid application_id)
{
    const struct decision_ask *ask = decision_asked(w, job);
    size_t low = 0, high = ask->source_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = uuid_compare(ask->sources[middle].application_id, application_id);

        if (order == 0)
            return &ask->sources[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

void decision_add(struct workset *w, const struct decision *decision)
{
    struct decision_change *c = part_change(&w->parts, PART_DECISION, sizeof *c);

    c->decision = decision;
}

void decision_view_add(struct workset *w, struct uuid decision_id, struct uuid person_id, enum decision_form form)
{
    struct decision_change *c = part_change(&w->parts, PART_DECISION, sizeof *c);

    c->decision_id = decision_id;
    c->person_id = person_id;
    c->form = form;
}

/* --- loading ----------------------------------------------------------------------------------------------------------- */
static int load_one(struct workset *w, const struct decision_ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, ask->id);
    const int result = db_queue(db, &STMT_ONE[ask->document], p);
    (void)db_queue(db, &STMT_PARTNERS, p); /* the results behind it, in this order */
    (void)db_queue(db, &STMT_LINES, p);
    if (ask->views) {
        p = db_params(w->arena);
        db_uuid(p, ask->id);
        db_i32(p, DECISION_VIEWS_MAX);
        (void)db_queue(db, &STMT_VIEWS, p);
    }
    return result;
}

static int load_list(struct workset *w, const struct decision_ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, ask->id);
    if (uuid_is_nil(ask->after))
        db_null(p);
    else
        db_uuid(p, ask->after);
    db_i32(p, ask->limit);
    return db_queue(db, ask->what == DECISIONS_OF_CALL ? &STMT_OF_CALL : &STMT_OF_OWNER, p);
}

static int load_sources(struct workset *w, const struct decision_ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, ask->id);
    const int result = db_queue(db, &STMT_COUNTS, p); /* the sources behind it */
    if (ask->id_count == 0) {
        (void)db_queue(db, &STMT_SOURCES, p);
        return result;
    }
    p = db_params(w->arena);
    db_uuid(p, ask->id);
    db_array(p, DB_UUID, ask->id_count);
    for (size_t i = 0; i < ask->id_count; i++)
        db_array_uuid(p, ask->ids[i]);
    (void)db_queue(db, &STMT_SOURCES_OF, p);
    return result;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct decision_ask *ask = (const struct decision_ask *)item;

        switch (ask->what) {
        case DECISION_ONE:
            item->result = load_one(w, ask, db);
            break;
        case DECISIONS_OF_CALL:
        case DECISIONS_OF_OWNER:
            item->result = load_list(w, ask, db);
            break;
        case DECISION_SOURCES:
            item->result = load_sources(w, ask, db);
            break;
        }
    }
}

static const char *text_at(struct arena *arena, const struct db_result *r, int row, int col)
{
    return arena_text(arena, db_get_span(r, row, col));
}

static int64_t day_at(const struct db_result *r, int row, int col)
{
    return db_get_null(r, row, col) ? NO_DAY : db_get_i32(r, row, col);
}

static struct decision row_at(struct arena *arena, const struct db_result *r, int i)
{
    return (struct decision){.id = db_get_uuid(r, i, 0),
                             .call_id = db_get_uuid(r, i, 1),
                             .theme_id = db_get_uuid(r, i, 2),
                             .application_id = db_get_uuid(r, i, 3),
                             .corrects_id = db_get_uuid(r, i, 4),
                             .corrected_by_id = db_get_uuid(r, i, 5),
                             .granted = db_get_bool(r, i, 6),
                             .cents = db_get_i64(r, i, 7),
                             .own_permille = db_get_i32(r, i, 8),
                             .purpose = text_at(arena, r, i, 9),
                             .use_from = day_at(r, i, 10),
                             .use_until = day_at(r, i, 11),
                             .reasons = text_at(arena, r, i, 12),
                             .terms = text_at(arena, r, i, 13),
                             .language = text_at(arena, r, i, 14),
                             .decided_us = db_get_time(r, i, 15),
                             .decided_by = db_get_uuid(r, i, 16),
                             .presented_by = db_get_uuid(r, i, 17),
                             .answer_until = day_at(r, i, 18),
                             .review_days = db_get_i32(r, i, 19),
                             .review_version = text_at(arena, r, i, 20),
                             .event_id = db_get_uuid(r, i, 21),
                             .sha256 = arena_copy(arena, db_get_span(r, i, 22)),
                             .owner_id = db_get_uuid(r, i, 23),
                             .register_number = text_at(arena, r, i, 24),
                             .title = text_at(arena, r, i, 25)};
}

static void read_rows(struct arena *arena, struct decision_ask *ask, const struct db_result *r)
{
    ask->count = (size_t)db_rows(r);
    ask->rows = arena_array(arena, ask->count, sizeof *ask->rows);
    for (size_t i = 0; i < ask->count; i++)
        ask->rows[i] = row_at(arena, r, (int)i);
}

static void read_parts(struct arena *arena, struct decision *d, const struct db_result *partners, const struct db_result *lines)
{
    d->partner_count = (size_t)db_rows(partners);
    d->partners = arena_array(arena, d->partner_count, sizeof *d->partners);
    for (size_t i = 0; i < d->partner_count; i++)
        d->partners[i] = (struct decision_partner){.business_id = text_at(arena, partners, (int)i, 0),
                                                   .name = text_at(arena, partners, (int)i, 1),
                                                   .cents = db_get_i64(partners, (int)i, 2)};
    d->line_count = (size_t)db_rows(lines);
    d->lines = arena_array(arena, d->line_count, sizeof *d->lines);
    for (size_t i = 0; i < d->line_count; i++)
        d->lines[i] = (struct decision_line){.category = (enum cost_category)db_get_i16(lines, (int)i, 0),
                                             .title = text_at(arena, lines, (int)i, 1),
                                             .applied_cents = db_get_i64(lines, (int)i, 2),
                                             .accepted_cents = db_get_i64(lines, (int)i, 3)};
}

static void read_views(struct arena *arena, struct decision_ask *ask, const struct db_result *r)
{
    ask->view_count = (size_t)db_rows(r);
    ask->view_rows = arena_array(arena, ask->view_count, sizeof *ask->view_rows);
    for (size_t i = 0; i < ask->view_count; i++)
        ask->view_rows[i] = (struct decision_view){.person_id = db_get_uuid(r, (int)i, 0),
                                                   .at_us = db_get_time(r, (int)i, 1),
                                                   .form = (enum decision_form)db_get_i16(r, (int)i, 2)};
}

static void read_one(struct workset *w, struct decision_ask *ask, struct db *db)
{
    const struct db_result *r = db_result(db, ask->item.result);

    read_rows(w->arena, ask, r);
    if (ask->count == 0)
        return;
    const struct span document =
        ask->document != DOCUMENT_NONE ? arena_copy(w->arena, db_get_span(r, 0, DOCUMENT_COLUMN)) : (struct span){0};
    *(ask->document == DOCUMENT_HTML ? &ask->rows[0].html : &ask->rows[0].pdf) = document;
    read_parts(w->arena, &ask->rows[0], db_result(db, ask->item.result + 1), db_result(db, ask->item.result + 2));
    if (ask->views)
        read_views(w->arena, ask, db_result(db, ask->item.result + 3));
}

static void read_sources(struct arena *arena, struct decision_ask *ask, const struct db_result *r)
{
    ask->source_count = (size_t)db_rows(r);
    ask->sources = arena_array(arena, ask->source_count, sizeof *ask->sources);
    for (size_t i = 0; i < ask->source_count; i++)
        ask->sources[i] = (struct decision_source){.application_id = db_get_uuid(r, (int)i, 0),
                                                   .content = arena_copy(arena, db_get_span(r, (int)i, 1)),
                                                   .supplement_due_on = day_at(r, (int)i, 2)};
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct decision_ask *ask = (struct decision_ask *)item;

        switch (ask->what) {
        case DECISION_ONE:
            read_one(w, ask, db);
            break;
        case DECISIONS_OF_CALL:
        case DECISIONS_OF_OWNER:
            read_rows(w->arena, ask, db_result(db, item->result));
            break;
        case DECISION_SOURCES:
            ask->granted_before = (uint32_t)db_get_i32(db_result(db, item->result), 0, 0);
            ask->rejected_before = (uint32_t)db_get_i32(db_result(db, item->result), 0, 1);
            read_sources(w->arena, ask, db_result(db, item->result + 1));
            break;
        }
    }
}

/* --- writing ----------------------------------------------------------------------------------------------------------- */
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
    COLUMN(DB_UUID, db_array_uuid, d->presented_by);
    COLUMN(DB_I32, array_day, d->answer_until);
    COLUMN(DB_I32, db_array_i32, d->review_days);
    COLUMN(DB_TEXT, array_words, d->review_version);
    COLUMN(DB_UUID, db_array_uuid, d->event_id);
    COLUMN(DB_TEXT, db_array_text, d->html);
    COLUMN(DB_BYTES, db_array_bytes, d->pdf);
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

static void save(struct workset *w, struct part_rows *rows, struct db *db)
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
    save_decisions(w, &writing, db);
    save_partners(w, &writing, db);
    save_lines(w, &writing, db);
}

const struct store_part decision_part = {.load = load, .read = read_all, .save = save};
