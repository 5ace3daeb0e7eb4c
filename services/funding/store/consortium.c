/* The part "consortium" of the store: see consortium.h. The rows of a call come in four statements, those of a batch go in four. */
#include "services/funding/store/consortium.h"

#include "services/funding/store/application.h"

#define PARTNER "t.application_id, t.business_id, t.name, t.contact_id, t.contact_name, t.contact_email, t.language, t.cents"
#define LINE    "t.application_id, t.category, t.title, t.cents"
#define SHARE   "t.application_id, t.kind, t.funder, t.cents"
#define PACKAGE "t.application_id, t.title, (t.starts_on - date '1970-01-01')::int, (t.ends_on - date '1970-01-01')::int, t.cents"

/* $1 application */
#define ONE(columns, table) "select " columns " from " table " t where t.application_id = $1 order by t.ordinal"
/* $1 amendment */
#define OF_AMENDMENT(columns, table)                                                                                                       \
    "select " columns " from " table " t where t.application_id = (select m.award_id from amendment m where m.id = $1) order by t.ordinal"
/* $1 call */
#define OF_CALL(columns, table)                                                                                                            \
    "select " columns " from application a join " table " t on t.application_id = a.id where a.call_id = $1 and a.state in (2, 3, 5) "     \
    "order by a.id, t.ordinal"

enum table { PARTNERS, LINES, SHARES, PACKAGES, TABLES };
static const struct db_stmt STMT_ONE[TABLES] = {
    [PARTNERS] = {"consortium_partners", ONE(PARTNER, "partner")},
    [LINES] = {"consortium_lines", ONE(LINE, "budget_line")},
    [SHARES] = {"consortium_shares", ONE(SHARE, "funding_share")},
    [PACKAGES] = {"consortium_packages", ONE(PACKAGE, "work_package")},
};
static const struct db_stmt STMT_CALL[TABLES] = {
    [PARTNERS] = {"consortium_call_partners", OF_CALL(PARTNER, "partner")},
    [LINES] = {"consortium_call_lines", OF_CALL(LINE, "budget_line")},
    [SHARES] = {"consortium_call_shares", OF_CALL(SHARE, "funding_share")},
    [PACKAGES] = {"consortium_call_packages", OF_CALL(PACKAGE, "work_package")},
};
static const struct db_stmt STMT_AMENDMENT[TABLES] = {
    [PARTNERS] = {"consortium_amendment_partners", OF_AMENDMENT(PARTNER, "partner")},
    [LINES] = {"consortium_amendment_lines", OF_AMENDMENT(LINE, "budget_line")},
    [SHARES] = {"consortium_amendment_shares", OF_AMENDMENT(SHARE, "funding_share")},
    [PACKAGES] = {"consortium_amendment_packages", OF_AMENDMENT(PACKAGE, "work_package")},
};
/* $1 application[] */
static const struct db_stmt STMT_DROP[TABLES] = {
    [PARTNERS] = {"consortium_drop_partners", "delete from partner where application_id = any ($1)"},
    [LINES] = {"consortium_drop_lines", "delete from budget_line where application_id = any ($1)"},
    [SHARES] = {"consortium_drop_shares", "delete from funding_share where application_id = any ($1)"},
    [PACKAGES] = {"consortium_drop_packages", "delete from work_package where application_id = any ($1)"},
};
/* $1 application[] $2 ordinal[], then the columns */
static const struct db_stmt STMT_ADD[TABLES] = {
    [PARTNERS] =
        {"consortium_add_partners",
         "insert into partner (application_id, ordinal, business_id, name, contact_id, contact_name, contact_email, language, cents) "
         "select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], "
         " $9::bigint[])"},
    [LINES] = {"consortium_add_lines", "insert into budget_line (application_id, ordinal, category, title, cents) "
                                       "select * from unnest($1::uuid[], $2::int[], $3::smallint[], $4::text[], $5::bigint[])"},
    [SHARES] = {"consortium_add_shares", "insert into funding_share (application_id, ordinal, kind, funder, cents) "
                                         "select * from unnest($1::uuid[], $2::int[], $3::smallint[], $4::text[], $5::bigint[])"},
    [PACKAGES] = {"consortium_add_packages",
                  "insert into work_package (application_id, ordinal, title, starts_on, ends_on, cents) "
                  "select e.id, e.n, e.title, date '1970-01-01' + e.starts_on, date '1970-01-01' + e.ends_on, e.cents "
                  "from unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $5::int[], $6::bigint[]) as e (id, n, title, starts_on, "
                  " ends_on, cents)"},
};

/* --- what cases call --------------------------------------------------------------------------------------------------- */
void consortium_want(struct workset *w, const struct job *job, struct uuid application_id)
{
    struct consortium_ask *ask = part_ask(&w->parts, PART_CONSORTIUM, job, sizeof *ask);

    ask->what = CONSORTIUM_ONE;
    ask->id = application_id;
}

void consortium_want_amendment(struct workset *w, const struct job *job, struct uuid amendment_id)
{
    struct consortium_ask *ask = part_ask(&w->parts, PART_CONSORTIUM, job, sizeof *ask);

    ask->what = CONSORTIUM_OF_AMENDMENT;
    ask->id = amendment_id;
}

void consortium_want_call(struct workset *w, const struct job *job, struct uuid call_id)
{
    struct consortium_ask *ask = part_ask(&w->parts, PART_CONSORTIUM, job, sizeof *ask);

    ask->what = CONSORTIUM_OF_CALL;
    ask->id = call_id;
}

const struct consortium_ask *consortium_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_CONSORTIUM, job);
}

static struct consortium_row *row_of(const struct consortium_ask *ask, struct uuid application_id)
{
    size_t low = 0, high = ask->count;

    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = uuid_compare(ask->rows[middle].application_id, application_id);

        if (order == 0)
            return &ask->rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct consortium *consortium_of(const struct workset *w, const struct job *job, struct uuid application_id)
{
    const struct consortium_ask *ask = consortium_asked(w, job);
    const struct consortium_row *row = ask != NULL ? row_of(ask, application_id) : NULL;

    return row != NULL ? &row->consortium : NULL;
}

/* --- loading ----------------------------------------------------------------------------------------------------------- */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct consortium_ask *ask = (const struct consortium_ask *)item;
        const struct db_stmt *const lists[] = {
            [CONSORTIUM_ONE] = STMT_ONE, [CONSORTIUM_OF_CALL] = STMT_CALL, [CONSORTIUM_OF_AMENDMENT] = STMT_AMENDMENT};
        const struct db_stmt *stmts = lists[ask->what];
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->id);
        item->result = db_queue(db, &stmts[PARTNERS], p);
        for (int table = LINES; table < TABLES; table++)
            (void)db_queue(db, &stmts[table], p); /* the results behind it */
    }
}

static const char *text_at(struct arena *arena, const struct db_result *r, size_t row, int col)
{
    return arena_text(arena, db_get_span(r, (int)row, col));
}

/* Rows stand by application; every submitted application has a partner, so the partners say which there are. */
static void read_heads(struct arena *arena, struct consortium_ask *ask, const struct db_result *partners)
{
    const size_t count = (size_t)db_rows(partners);

    ask->rows = arena_array(arena, count, sizeof *ask->rows);
    for (size_t i = 0; i < count; i++) {
        const struct uuid id = db_get_uuid(partners, (int)i, 0);

        if (ask->count == 0 || uuid_compare(ask->rows[ask->count - 1].application_id, id) != 0)
            ask->rows[ask->count++].application_id = id;
    }
}

/* How many rows from `from` are of the same application. */
static size_t run_of(const struct db_result *r, size_t from)
{
    const size_t rows = (size_t)db_rows(r);
    const struct uuid id = db_get_uuid(r, (int)from, 0);
    size_t end = from;

    while (end < rows && uuid_compare(db_get_uuid(r, (int)end, 0), id) == 0)
        end++;
    return end - from;
}

static void read_partners(struct arena *arena, struct consortium *c, const struct db_result *r, size_t from, size_t count)
{
    c->partner_count = count;
    c->partners = arena_array(arena, count, sizeof *c->partners);
    for (size_t i = 0; i < count; i++)
        c->partners[i] = (struct partner){.business_id = text_at(arena, r, from + i, 1),
                                          .name = text_at(arena, r, from + i, 2),
                                          .contact_id = db_get_uuid(r, (int)(from + i), 3),
                                          .contact_name = text_at(arena, r, from + i, 4),
                                          .contact_email = text_at(arena, r, from + i, 5),
                                          .language = text_at(arena, r, from + i, 6),
                                          .cents = db_get_i64(r, (int)(from + i), 7)};
}

static void read_lines(struct arena *arena, struct consortium *c, const struct db_result *r, size_t from, size_t count)
{
    c->line_count = count;
    c->lines = arena_array(arena, count, sizeof *c->lines);
    for (size_t i = 0; i < count; i++)
        c->lines[i] = (struct budget_line){.category = (enum cost_category)db_get_i16(r, (int)(from + i), 1),
                                           .title = text_at(arena, r, from + i, 2),
                                           .cents = db_get_i64(r, (int)(from + i), 3)};
}

static void read_shares(struct arena *arena, struct consortium *c, const struct db_result *r, size_t from, size_t count)
{
    c->share_count = count;
    c->shares = arena_array(arena, count, sizeof *c->shares);
    for (size_t i = 0; i < count; i++)
        c->shares[i] = (struct funding_share){.kind = (enum share_kind)db_get_i16(r, (int)(from + i), 1),
                                              .funder = text_at(arena, r, from + i, 2),
                                              .cents = db_get_i64(r, (int)(from + i), 3)};
}

static void read_packages(struct arena *arena, struct consortium *c, const struct db_result *r, size_t from, size_t count)
{
    c->package_count = count;
    c->packages = arena_array(arena, count, sizeof *c->packages);
    for (size_t i = 0; i < count; i++)
        c->packages[i] = (struct work_package){.title = text_at(arena, r, from + i, 1),
                                               .description = "",
                                               .starts_on = db_get_i32(r, (int)(from + i), 2),
                                               .ends_on = db_get_i32(r, (int)(from + i), 3),
                                               .cents = db_get_i64(r, (int)(from + i), 4)};
}

typedef void read_run(struct arena *arena, struct consortium *c, const struct db_result *r, size_t from, size_t count);

static void read_table(struct arena *arena, const struct consortium_ask *ask, const struct db_result *r, read_run *read)
{
    const size_t rows = (size_t)db_rows(r);

    for (size_t from = 0; from < rows;) {
        const size_t count = run_of(r, from);
        struct consortium_row *row = row_of(ask, db_get_uuid(r, (int)from, 0));

        if (row != NULL)
            read(arena, &row->consortium, r, from, count);
        from += count;
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    static read_run *const READ[TABLES] = {
        [PARTNERS] = read_partners, [LINES] = read_lines, [SHARES] = read_shares, [PACKAGES] = read_packages};

    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct consortium_ask *ask = (struct consortium_ask *)item;

        read_heads(w->arena, ask, db_result(db, item->result));
        for (int table = PARTNERS; table < TABLES; table++)
            read_table(w->arena, ask, db_result(db, item->result + table), READ[table]);
    }
}

/* --- writing ----------------------------------------------------------------------------------------------------------- */
struct writing {
    struct application *const *rows;
    size_t count;
};

/* A column over all rows of all applications: `many` is the count of a table's rows, `value` speaks of c, the consortium, and i. */
#define COLUMN(p, type, add, writing, total, many, value)                                                                                  \
    do {                                                                                                                                   \
        db_array(p, type, total);                                                                                                          \
        for (size_t a_ = 0; a_ < (writing)->count; a_++) {                                                                                 \
            const struct application *a = (writing)->rows[a_];                                                                             \
            const struct consortium *c = a->rows;                                                                                          \
            for (size_t i = 0; i < c->many; i++)                                                                                           \
                add(p, value);                                                                                                             \
        }                                                                                                                                  \
    } while (0)
#define TOTAL(writing, total, many)                                                                                                        \
    size_t total = 0;                                                                                                                      \
    for (size_t a_ = 0; a_ < (writing)->count; a_++)                                                                                       \
    total += (writing)->rows[a_]->rows->many
#define HEAD(p, writing, total, many)                                                                                                      \
    COLUMN(p, DB_UUID, db_array_uuid, writing, total, many, a->id);                                                                        \
    COLUMN(p, DB_I32, db_array_i32, writing, total, many, (int32_t)i + 1)

static void array_words(struct db_params *p, const char *words)
{
    db_array_text(p, span_text(words));
}

static void add_partners(struct workset *w, const struct writing *writing, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    TOTAL(writing, total, partner_count);
    HEAD(p, writing, total, partner_count);
    COLUMN(p, DB_TEXT, array_words, writing, total, partner_count, c->partners[i].business_id);
    COLUMN(p, DB_TEXT, array_words, writing, total, partner_count, c->partners[i].name);
    COLUMN(p, DB_UUID, db_array_uuid, writing, total, partner_count, c->partners[i].contact_id);
    COLUMN(p, DB_TEXT, array_words, writing, total, partner_count, c->partners[i].contact_name);
    COLUMN(p, DB_TEXT, array_words, writing, total, partner_count, c->partners[i].contact_email);
    COLUMN(p, DB_TEXT, array_words, writing, total, partner_count, c->partners[i].language);
    COLUMN(p, DB_I64, db_array_i64, writing, total, partner_count, c->partners[i].cents);
    (void)db_queue(db, &STMT_ADD[PARTNERS], p);
}

static void add_lines(struct workset *w, const struct writing *writing, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    TOTAL(writing, total, line_count);
    HEAD(p, writing, total, line_count);
    COLUMN(p, DB_I16, db_array_i16, writing, total, line_count, (int16_t)c->lines[i].category);
    COLUMN(p, DB_TEXT, array_words, writing, total, line_count, c->lines[i].title);
    COLUMN(p, DB_I64, db_array_i64, writing, total, line_count, c->lines[i].cents);
    (void)db_queue(db, &STMT_ADD[LINES], p);
}

static void add_shares(struct workset *w, const struct writing *writing, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    TOTAL(writing, total, share_count);
    HEAD(p, writing, total, share_count);
    COLUMN(p, DB_I16, db_array_i16, writing, total, share_count, (int16_t)c->shares[i].kind);
    COLUMN(p, DB_TEXT, array_words, writing, total, share_count, c->shares[i].funder);
    COLUMN(p, DB_I64, db_array_i64, writing, total, share_count, c->shares[i].cents);
    (void)db_queue(db, &STMT_ADD[SHARES], p);
}

static void add_packages(struct workset *w, const struct writing *writing, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    TOTAL(writing, total, package_count);
    if (total == 0)
        return;
    HEAD(p, writing, total, package_count);
    COLUMN(p, DB_TEXT, array_words, writing, total, package_count, c->packages[i].title);
    COLUMN(p, DB_I32, db_array_i32, writing, total, package_count, (int32_t)c->packages[i].starts_on);
    COLUMN(p, DB_I32, db_array_i32, writing, total, package_count, (int32_t)c->packages[i].ends_on);
    COLUMN(p, DB_I64, db_array_i64, writing, total, package_count, c->packages[i].cents);
    (void)db_queue(db, &STMT_ADD[PACKAGES], p);
}

static void drop(struct workset *w, const struct writing *writing, struct db *db)
{
    struct db_params *p = db_params(w->arena);
    size_t count = 0;

    for (size_t i = 0; i < writing->count; i++)
        count += writing->rows[i]->rows_before ? 1 : 0;
    if (count == 0)
        return;
    db_array(p, DB_UUID, count);
    for (size_t i = 0; i < writing->count; i++)
        if (writing->rows[i]->rows_before)
            db_array_uuid(p, writing->rows[i]->id);
    for (int table = PARTNERS; table < TABLES; table++)
        (void)db_queue(db, &STMT_DROP[table], p);
}

void consortium_write(struct workset *w, struct application *const *applications, size_t count, struct db *db)
{
    const struct writing writing = {.rows = applications, .count = count};

    drop(w, &writing, db);
    add_partners(w, &writing, db);
    add_lines(w, &writing, db);
    add_shares(w, &writing, db);
    add_packages(w, &writing, db);
}

const struct store_part consortium_part = {.load = load, .read = read_all};
