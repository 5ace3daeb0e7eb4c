/* The part "decision" of the store: see decision.h. What is asked and read; decision_save.c writes. */
#include "services/funding/store/decision_own.h"

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
    "decision_counts", "select count(*) filter (where d.granted)::int, count(*) filter (where not d.granted)::int, "
                       "(select count(*) from application a where a.call_id = $1 and a.state in (2, 3))::int from decision d "
                       "where d.call_id = $1 and not exists (select 1 from decision n where n.corrects_id = d.id)"};

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
            ask->pending = (uint32_t)db_get_i32(db_result(db, item->result), 0, 2);
            read_sources(w->arena, ask, db_result(db, item->result + 1));
            break;
        }
    }
}

const struct store_part decision_part = {.load = load, .read = read_all, .save = decision_save_all};
