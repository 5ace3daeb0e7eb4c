/* The part "proposal" of the store: see proposal.h. */
#include "services/funding/store/proposal.h"

#define COLUMNS "p.id, p.call_id, p.made_at, p.actor, p.input_hash, p.points, p.cents, p.words"
#define ROW     "r.application_id, r.theme_id, r.points, r.cents, r.why, r.loss, array_to_string(r.displaces, ','), r.displaces_all"
#define NEWEST  "select p.id from proposal p where p.call_id = $1 order by p.made_at desc, p.id desc limit 1"
#define OF_APPLICATION                                                                                                                     \
    "select p.id from proposal p where p.call_id = (select a.call_id from application a where a.id = $1) "                                 \
    "order by p.made_at desc, p.id desc limit 1"

/* $1 call */
static const struct db_stmt STMT_NEWEST = {"proposal_newest", "select " COLUMNS " from proposal p where p.id = (" NEWEST ")"};
static const struct db_stmt STMT_ROWS = {"proposal_rows", "select " ROW " from proposal_row r where r.proposal_id = (" NEWEST ") "
                                                          "order by r.application_id"};
/* $1 application */
static const struct db_stmt STMT_OF = {"proposal_of", "select " COLUMNS " from proposal p where p.id = (" OF_APPLICATION ")"};
static const struct db_stmt STMT_ROW_OF = {"proposal_row_of", "select " ROW " from proposal_row r where r.proposal_id = (" OF_APPLICATION
                                                              ") and r.application_id = $1"};
/* $1 id $2 call $3 at $4 actor $5 hash $6 points $7 cents $8 words */
static const struct db_stmt STMT_ADD = {"proposal_add",
                                        "insert into proposal (id, call_id, made_at, actor, input_hash, points, cents, words) "
                                        "values ($1, $2, $3, $4, $5, $6, $7, $8)"};
/* $1 proposal, arrays: $2 application $3 theme $4 points $5 cents $6 why $7 loss $8 displaces $9 all */
static const struct db_stmt STMT_ADD_ROWS = {
    "proposal_add_rows",
    "insert into proposal_row (proposal_id, application_id, theme_id, points, cents, chosen, why, loss, displaces, displaces_all) "
    "select $1, a, t, p, c, y = 1, y, l, coalesce(string_to_array(nullif(d, ''), ',')::uuid[], '{}'), n "
    "from unnest($2::uuid[], $3::uuid[], $4::int[], $5::bigint[], $6::int[], $7::bigint[], $8::text[], $9::int[]) "
    "as r (a, t, p, c, y, l, d, n)"};

struct proposal_change {
    struct part_item item; /* first */
    const struct proposal *proposal;
};

/* --- asking and looking ------------------------------------------------------------------------------------------------ */
static struct proposal_ask *ask_for(struct workset *w, const struct job *job, struct uuid id)
{
    struct proposal_ask *ask = part_ask(&w->parts, PART_PROPOSAL, job, sizeof *ask);

    ask->id = id;
    return ask;
}

void proposal_want(struct workset *w, const struct job *job, struct uuid call_id)
{
    ask_for(w, job, call_id)->what = PROPOSAL_OF_CALL;
}

void proposal_want_application(struct workset *w, const struct job *job, struct uuid application_id)
{
    ask_for(w, job, application_id)->what = PROPOSAL_OF_APPLICATION;
}

const struct proposal *proposal_found(const struct workset *w, const struct job *job)
{
    const struct proposal_ask *ask = part_asked(&w->parts, PART_PROPOSAL, job);

    return ask != NULL ? ask->found : NULL;
}

static const struct proposal_row *row_of(const struct proposal *p, struct uuid application)
{
    size_t low = 0, high = p->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = uuid_compare(p->rows[middle].application_id, application);

        if (order == 0)
            return &p->rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

struct proposed proposal_of(const struct proposal *p, struct uuid application)
{
    const struct proposal_row *row = p != NULL ? row_of(p, application) : NULL;

    return row != NULL ? (struct proposed){.any = true, .chosen = row->chosen, .cents = row->cents, .why = row->why} : (struct proposed){0};
}

void proposal_add(struct workset *w, const struct proposal *proposal)
{
    struct proposal_change *c = part_change(&w->parts, PART_PROPOSAL, sizeof *c);

    c->proposal = proposal;
}

/* --- loading ----------------------------------------------------------------------------------------------------------- */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct proposal_ask *ask = (const struct proposal_ask *)item;
        const bool all = ask->what == PROPOSAL_OF_CALL;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->id);
        item->result = db_queue(db, all ? &STMT_NEWEST : &STMT_OF, p);
        (void)db_queue(db, all ? &STMT_ROWS : &STMT_ROW_OF, p); /* the result behind it */
    }
}

static void read_displaces(struct proposal_row *row, struct span text)
{
    for (size_t at = 0; at < text.len && row->displaces_count < PORTFOLIO_NAMED; at += UUID_TEXT)
        if (uuid_parse(&row->displaces[row->displaces_count], span_of(text.data + at, UUID_TEXT - 1)))
            row->displaces_count++;
}

static struct proposal_row read_row(const struct db_result *r, int i)
{
    struct proposal_row row = {.application_id = db_get_uuid(r, i, 0),
                               .theme_id = db_get_uuid(r, i, 1),
                               .points = db_get_i32(r, i, 2),
                               .cents = db_get_i64(r, i, 3),
                               .why = (enum portfolio_why)db_get_i16(r, i, 4),
                               .loss = db_get_i64(r, i, 5),
                               .displaces_all = (size_t)db_get_i32(r, i, 7)};

    row.chosen = row.why == PORTFOLIO_CHOSEN;
    read_displaces(&row, db_get_span(r, i, 6));
    return row;
}

static struct proposal *read_one(struct arena *arena, const struct db_result *r, const struct db_result *rows)
{
    struct proposal *p = arena_alloc(arena, sizeof *p);
    const struct span hash = db_get_span(r, 0, 4);

    *p = (struct proposal){.id = db_get_uuid(r, 0, 0),
                           .call_id = db_get_uuid(r, 0, 1),
                           .made_us = db_get_time(r, 0, 2),
                           .actor = db_get_uuid(r, 0, 3),
                           .points = db_get_i64(r, 0, 5),
                           .cents = db_get_i64(r, 0, 6),
                           .words = arena_text(arena, db_get_span(r, 0, 7)),
                           .count = (size_t)db_rows(rows)};
    memcpy(p->input_hash.b, hash.data, HASH_SIZE); /* a CHECK of the schema says how long it is */
    p->rows = arena_array(arena, p->count + 1, sizeof *p->rows);
    for (size_t i = 0; i < p->count; i++)
        p->rows[i] = read_row(rows, (int)i);
    return p;
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct db_result *r = db_result(db, item->result);

        if (db_rows(r) > 0)
            ((struct proposal_ask *)item)->found = read_one(w->arena, r, db_result(db, item->result + 1));
    }
}

/* --- saving ------------------------------------------------------------------------------------------------------------ */
static void save_head(const struct proposal *proposal, struct db_params *p, struct db *db)
{
    db_uuid(p, proposal->id);
    db_uuid(p, proposal->call_id);
    db_time(p, proposal->made_us);
    db_uuid(p, proposal->actor);
    db_bytes(p, span_of(proposal->input_hash.b, HASH_SIZE));
    db_i64(p, proposal->points);
    db_i64(p, proposal->cents);
    db_text(p, span_text(proposal->words));
    (void)db_queue(db, &STMT_ADD, p);
}

static struct span displaces_text(struct arena *arena, const struct proposal_row *row)
{
    const char *all = "";
    char id[UUID_TEXT];

    for (size_t i = 0; i < row->displaces_count; i++) {
        uuid_format(row->displaces[i], id);
        all = arena_printf(arena, "%s%s%s", all, i > 0 ? "," : "", id);
    }
    return span_text(all);
}

static void put_ids(struct db_params *p, const struct proposal *proposal)
{
    db_uuid(p, proposal->id);
    db_array(p, DB_UUID, proposal->count);
    for (size_t i = 0; i < proposal->count; i++)
        db_array_uuid(p, proposal->rows[i].application_id);
    db_array(p, DB_UUID, proposal->count);
    for (size_t i = 0; i < proposal->count; i++)
        db_array_uuid(p, proposal->rows[i].theme_id);
}

static void put_numbers(struct db_params *p, const struct proposal *proposal)
{
    db_array(p, DB_I32, proposal->count);
    for (size_t i = 0; i < proposal->count; i++)
        db_array_i32(p, proposal->rows[i].points);
    db_array(p, DB_I64, proposal->count);
    for (size_t i = 0; i < proposal->count; i++)
        db_array_i64(p, proposal->rows[i].cents);
    db_array(p, DB_I32, proposal->count);
    for (size_t i = 0; i < proposal->count; i++)
        db_array_i32(p, (int32_t)proposal->rows[i].why);
    db_array(p, DB_I64, proposal->count);
    for (size_t i = 0; i < proposal->count; i++)
        db_array_i64(p, proposal->rows[i].loss);
}

static void save_rows(struct arena *arena, const struct proposal *proposal, struct db *db)
{
    struct db_params *p = db_params(arena);

    put_ids(p, proposal);
    put_numbers(p, proposal);
    db_array(p, DB_TEXT, proposal->count);
    for (size_t i = 0; i < proposal->count; i++)
        db_array_text(p, displaces_text(arena, &proposal->rows[i]));
    db_array(p, DB_I32, proposal->count);
    for (size_t i = 0; i < proposal->count; i++)
        db_array_i32(p, (int32_t)proposal->rows[i].displaces_all);
    (void)db_queue(db, &STMT_ADD_ROWS, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct proposal *proposal = ((const struct proposal_change *)item)->proposal;

        save_head(proposal, db_params(w->arena), db);
        save_rows(w->arena, proposal, db);
    }
}

const struct store_part proposal_part = {.load = load, .read = read_all, .save = save};
