/* The part "template" of the store: see template.h. */
#include "services/notification/store/template.h"

#include "services/notification/domain/template.h"
#include "services/notification/store/rows.h"

#define HEAD  "kind, language, version, built_in, created_at, created_by"
#define TEXTS ", subject, \"text\", html"

static const struct db_stmt STMT_LIST = {"template_list", "select distinct on (kind, language) " HEAD
                                                          " from template order by kind, language, version desc"};
/* $1 kind $2 language $3 version or 0 */
static const struct db_stmt STMT_ONE = {"template_one", "select " HEAD TEXTS " from template where kind = $1 and language = $2 "
                                                        "and ($3 = 0 or version = $3) order by version desc limit 1"};
/* Locks of their own number space, so that the two words of a lock meet no other: 'tmpl' and kind with language. */
static const struct db_stmt STMT_LOCK = {"template_lock", "select pg_advisory_xact_lock(1953329260, $1)"};
/* $1 kind[] $2 language[] $3 version[] $4 subject[] $5 text[] $6 html[] $7 built_in $8 now $9 by */
static const struct db_stmt STMT_PUT = {
    "template_put",
    "insert into template (kind, language, version, subject, \"text\", html, built_in, created_at, created_by) "
    "select kind, language, version, subject, words, html, $7, $8, $9 from unnest($1::smallint[], $2::text[], $3::int[], $4::text[], "
    " $5::text[], $6::text[]) as t(kind, language, version, subject, words, html)"};
static const struct db_stmt STMT_CURRENT = {"template_current", "select distinct on (kind, language) " HEAD TEXTS
                                                                " from template order by kind, language, version desc"};

#define LOCK_SEED 0 /* kinds begin at 1 */

struct template_change {
    struct part_item item; /* first */
    struct template_row row;
};

struct template_ask *template_ask(struct workset *w, const struct job *job)
{
    return part_ask(&w->parts, PART_TEMPLATE, job, sizeof(struct template_ask));
}

struct template_ask *template_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_TEMPLATE, job);
}

void template_put(struct workset *w, const struct template_row *row)
{
    struct template_change *change = part_change(&w->parts, PART_TEMPLATE, sizeof *change);

    change->row = *row;
}

/* --- the part ---------------------------------------------------------------------------------------------------------- */
static int queue_one(const struct template_ask *ask, struct arena *arena, struct db *db)
{
    struct db_params *p = db_params(arena);

    db_i16(p, (int16_t)ask->kind);
    db_text(p, span_text(language_code(ask->language)));
    db_i32(p, ask->version);
    return db_queue(db, &STMT_ONE, p);
}

static void queue_lock(int32_t number, struct arena *arena, struct db *db)
{
    struct db_params *p = db_params(arena);

    db_i32(p, number);
    db_queue(db, &STMT_LOCK, p);
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct template_ask *ask = (struct template_ask *)item;

        switch (ask->what) {
        case TEMPLATE_ASK_LIST:
            item->result = db_queue(db, &STMT_LIST, NULL);
            break;
        case TEMPLATE_ASK_LOCK:
            queue_lock((int32_t)ask->kind * LANGUAGE_COUNT + (int32_t)ask->language, w->arena, db);
            item->result = queue_one(ask, w->arena, db);
            break;
        case TEMPLATE_ASK_ONE:
            item->result = queue_one(ask, w->arena, db);
            break;
        }
    }
}

static struct template_row read_row(struct arena *arena, const struct db_result *r, int row, bool with_texts)
{
    const struct span language = db_get_span(r, row, 1);
    struct template_row t = {.kind = (enum message_kind)db_get_i16(r, row, 0),
                             .language = language_read((const char *)language.data, language.len),
                             .version = db_get_i32(r, row, 2),
                             .built_in = db_get_bool(r, row, 3),
                             .created_us = db_get_time(r, row, 4),
                             .created_by = db_get_uuid(r, row, 5)};

    if (with_texts)
        t.texts = (struct template_texts){.subject = arena_copy(arena, db_get_span(r, row, 6)),
                                          .text = arena_copy(arena, db_get_span(r, row, 7)),
                                          .html = arena_copy(arena, db_get_span(r, row, 8))};
    return t;
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct template_ask *ask = (struct template_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
        for (size_t i = 0; i < ask->count; i++)
            ask->rows[i] = read_row(w->arena, r, (int)i, ask->what != TEMPLATE_ASK_LIST);
    }
}

static void queue_put(struct arena *arena, struct db *db, const struct template_row *rows, size_t n, int64_t now_us)
{
    struct db_params *p = db_params(arena);

    db_array(p, DB_I16, n);
    for (size_t i = 0; i < n; i++)
        db_array_i16(p, (int16_t)rows[i].kind);
    db_array(p, DB_TEXT, n);
    for (size_t i = 0; i < n; i++)
        db_array_text(p, span_text(language_code(rows[i].language)));
    COLUMN(p, DB_I32, db_array_i32, rows, n, version);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, texts.subject);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, texts.text);
    COLUMN(p, DB_TEXT, db_array_text, rows, n, texts.html);
    db_bool(p, rows[0].built_in);
    db_time(p, now_us);
    if (uuid_is_nil(rows[0].created_by))
        db_null(p);
    else
        db_uuid(p, rows[0].created_by);
    db_queue(db, &STMT_PUT, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        queue_put(w->arena, db, &((const struct template_change *)item)->row, 1, w->now_us);
}

const struct store_part template_part = {.load = load, .read = read_all, .save = save};

/* --- seeding ----------------------------------------------------------------------------------------------------------- */
static const struct template_row *find(const struct template_row *rows, size_t count, enum message_kind kind, enum language language)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].kind == kind && rows[i].language == language)
            return &rows[i];
    return NULL;
}

/* The built-in texts that are to be written on top of what there is. */
static size_t choose(const struct template_row *current, size_t count, struct template_row *out)
{
    size_t n = 0;

    for (int kind = KIND_CONFIRMATION; kind <= KIND_LAST; kind++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            const struct template_row *row = find(current, count, (enum message_kind)kind, (enum language)language);
            const struct template_built_in *words = template_built_in((enum message_kind)kind, (enum language)language);
            const struct template_texts texts = {.subject = span_text(words->subject), .text = span_text(words->text)};

            if (row != NULL &&
                (!row->built_in || (span_equal(row->texts.subject, texts.subject) && span_equal(row->texts.text, texts.text))))
                continue;
            out[n++] = (struct template_row){.kind = (enum message_kind)kind,
                                             .language = (enum language)language,
                                             .version = row != NULL ? row->version + 1 : 1,
                                             .texts = texts,
                                             .built_in = true};
        }
    }
    return n;
}

enum err template_seed(struct db *db, struct arena *arena, int64_t now_us, int *written)
{
    struct template_row *current, *chosen = arena_array(arena, (size_t)KIND_LAST * LANGUAGE_COUNT, sizeof *chosen);
    size_t count, n;
    int result;
    enum err err;

    *written = 0;
    db_begin(db, DB_READ_WRITE);
    queue_lock(LOCK_SEED, arena, db);
    result = db_queue(db, &STMT_CURRENT, NULL);
    err = db_flush(db);
    if (err == ERR_OK) {
        const struct db_result *r = db_result(db, result);
        count = (size_t)db_rows(r);
        current = arena_array(arena, count + 1, sizeof *current);
        for (size_t i = 0; i < count; i++)
            current[i] = read_row(arena, r, (int)i, true);
        n = choose(current, count, chosen);
        if (n > 0)
            queue_put(arena, db, chosen, n, now_us);
        err = db_commit(db);
        *written = err == ERR_OK ? (int)n : 0;
    }
    if (err != ERR_OK)
        db_rollback(db);
    return err;
}
