/* The part "assessment" of the store: see assessment.h. Arrays come and go as text ("1,2,3"), instalments as "day:cents,day:cents": the
 * table holds them as arrays of numbers and as JSON. */
#include "services/funding/store/assessment.h"

#define DAY(name) name " - date '1970-01-01'"
#define COLUMNS                                                                                                                            \
    "s.id, s.call_id, s.state, s.cents, array_to_string(s.partner_cents, ','), array_to_string(s.line_cents, ','), s.purpose, " DAY(       \
        "s.use_from") ", " DAY("s.use_until") ", array_to_string(s.reasons, ','), s.own_reasons, s.terms, s.deviation, "                   \
                                              "(select string_agg(((i ->> 'due')::date - date '1970-01-01') || ':' || (i ->> 'cents'), "   \
                                              "',' order by n) from jsonb_array_elements(s.instalments) with ordinality as j (i, n)), "    \
                                              "s.version, p.person_id, p.presented_at, p.submitted_version"
/* By whom it was presented as it is; sending it is one version more. */
#define FROM                                                                                                                               \
    " from assessment s left join lateral (select n.person_id, n.presented_at, n.submitted_version from presentation n "                   \
    "where n.application_id = s.id and n.version = s.version - (s.state = 6)::int order by n.presented_at desc, n.person_id limit 1) p "   \
    "on true "

static const struct db_stmt STMT_ONE = {"assessment_one", "select " COLUMNS FROM "where s.id = $1"};
static const struct db_stmt STMT_CALL = {"assessment_call", "select " COLUMNS FROM "where s.call_id = $1 order by s.id"};
/* $1 application $2 call $3 actor: how it begins */
static const struct db_stmt STMT_BEGIN = {"assessment_begin", "insert into assessment (id, call_id, state, why, actor) "
                                                              "values ($1, $2, 1, 'assessment begun', $3)"};
/* $1 application $2 state $3 why $4 actor $5 cents $6 partners $7 lines $8 purpose $9 from $10 until $11 reasons $12 own reasons $13 terms
 * $14 deviation $15 days $16 cents of instalments $17 version */
static const struct db_stmt STMT_PUT = {
    "assessment_put",
    "update assessment set state = $2, why = $3, actor = $4, cents = $5, partner_cents = $6, line_cents = $7, purpose = $8, "
    "use_from = date '1970-01-01' + $9::int, use_until = date '1970-01-01' + $10::int, reasons = $11::int[]::smallint[], "
    "own_reasons = $12, terms = $13, deviation = $14, instalments = coalesce((select jsonb_agg(jsonb_build_object('due', "
    "date '1970-01-01' + d, 'cents', c) order by n) from unnest($15::int[], $16::bigint[]) with ordinality as i (d, c, n)), '[]'), "
    "version = $17 where id = $1"};
/* $1 application[] $2 state[] $3 why[] $4 actor[]: decisions are sent by the hundred. */
static const struct db_stmt STMT_MOVE = {
    "assessment_move", "update assessment s set state = e.state, why = e.why, actor = e.actor, version = s.version + 1 "
                       "from unnest($1::uuid[], $2::smallint[], $3::text[], $4::uuid[]) as e (id, state, why, actor) where s.id = e.id"};

struct assessment_change {
    struct part_item item; /* first */
    struct uuid id, actor;
    enum assessment_state state;
    const char *why;
    const struct assessment *row; /* NULL: the state alone */
};

/* --- asking and looking ------------------------------------------------------------------------------------------------ */
static struct assessment_ask *ask_for(struct workset *w, const struct job *job, struct uuid id)
{
    struct assessment_ask *ask = part_ask(&w->parts, PART_ASSESSMENT, job, sizeof *ask);

    ask->id = id;
    return ask;
}

void assessment_want(struct workset *w, const struct job *job, struct uuid application_id)
{
    ask_for(w, job, application_id)->what = ASSESSMENT_ONE;
}

void assessment_want_call(struct workset *w, const struct job *job, struct uuid call_id)
{
    ask_for(w, job, call_id)->what = ASSESSMENT_OF_CALL;
}

const struct assessment_ask *assessment_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_ASSESSMENT, job);
}

const struct assessment *assessment_of(const struct workset *w, const struct job *job, struct uuid application_id)
{
    const struct assessment_ask *ask = assessment_asked(w, job);
    size_t low = 0, high = ask != NULL ? ask->count : 0;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
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

void assessment_put(struct workset *w, const struct assessment *a, const char *why, struct uuid actor)
{
    struct assessment_change *c = part_change(&w->parts, PART_ASSESSMENT, sizeof *c);

    c->id = a->application_id;
    c->state = a->state;
    c->actor = actor;
    c->why = why;
    c->row = a;
}

void assessment_move(struct workset *w, struct uuid application_id, enum assessment_state state, const char *why, struct uuid actor)
{
    struct assessment_change *c = part_change(&w->parts, PART_ASSESSMENT, sizeof *c);

    c->id = application_id;
    c->state = state;
    c->actor = actor;
    c->why = why;
}

/* --- loading ----------------------------------------------------------------------------------------------------------- */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct assessment_ask *ask = (const struct assessment_ask *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->id);
        item->result = db_queue(db, ask->what == ASSESSMENT_ONE ? &STMT_ONE : &STMT_CALL, p);
    }
}

static size_t count_of(struct span text)
{
    size_t count = text.len > 0;

    for (size_t i = 0; i < text.len; i++)
        count += text.data[i] == ',';
    return count;
}

/* The number at *at, which ends behind it and the sign that follows. */
static int64_t next_number(struct span text, size_t *at)
{
    const bool minus = *at < text.len && text.data[*at] == '-';
    int64_t n = 0;

    for (*at += minus; *at < text.len && text.data[*at] >= '0' && text.data[*at] <= '9'; ++*at)
        n = 10 * n + (text.data[*at] - '0');
    ++*at;
    return minus ? -n : n;
}

static int64_t *read_cents(struct arena *arena, struct span text, size_t *count)
{
    int64_t *all;
    size_t at = 0;

    *count = count_of(text);
    all = arena_array(arena, *count + 1, sizeof *all);
    for (size_t i = 0; i < *count; i++)
        all[i] = next_number(text, &at);
    return all;
}

static void read_reasons(struct arena *arena, struct span text, struct assessment *a)
{
    size_t at = 0;

    a->reason_count = count_of(text);
    a->reasons = arena_array(arena, a->reason_count + 1, sizeof *a->reasons);
    for (size_t i = 0; i < a->reason_count; i++)
        a->reasons[i] = (int32_t)next_number(text, &at);
}

static void read_instalments(struct arena *arena, struct span text, struct assessment *a)
{
    size_t at = 0;

    a->instalment_count = count_of(text);
    a->instalments = arena_array(arena, a->instalment_count + 1, sizeof *a->instalments);
    for (size_t i = 0; i < a->instalment_count; i++) {
        a->instalments[i].due_on = next_number(text, &at);
        a->instalments[i].cents = next_number(text, &at);
    }
}

static int64_t get_day(const struct db_result *r, int row, int col)
{
    return db_get_null(r, row, col) ? NO_DAY : db_get_i32(r, row, col);
}

static struct assessment read_row(struct arena *arena, const struct db_result *r, int i)
{
    struct assessment a = {.application_id = db_get_uuid(r, i, 0),
                           .call_id = db_get_uuid(r, i, 1),
                           .state = (enum assessment_state)db_get_i16(r, i, 2),
                           .cents = db_get_i64(r, i, 3),
                           .purpose = arena_text(arena, db_get_span(r, i, 6)),
                           .use_from = get_day(r, i, 7),
                           .use_until = get_day(r, i, 8),
                           .own_reasons = arena_text(arena, db_get_span(r, i, 10)),
                           .terms = arena_text(arena, db_get_span(r, i, 11)),
                           .deviation = arena_text(arena, db_get_span(r, i, 12)),
                           .version = db_get_i64(r, i, 14),
                           .stored = true};

    if (!db_get_null(r, i, 15)) {
        a.presented_by = db_get_uuid(r, i, 15);
        a.presented_us = db_get_time(r, i, 16);
        a.presented_version = db_get_i64(r, i, 17);
    }
    a.partner_cents = read_cents(arena, db_get_span(r, i, 4), &a.partner_count);
    a.line_cents = read_cents(arena, db_get_span(r, i, 5), &a.line_count);
    read_reasons(arena, db_get_span(r, i, 9), &a);
    read_instalments(arena, db_get_span(r, i, 13), &a);
    return a;
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct assessment_ask *ask = (struct assessment_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
        for (size_t i = 0; i < ask->count; i++)
            ask->rows[i] = read_row(w->arena, r, (int)i);
    }
}

/* --- saving ------------------------------------------------------------------------------------------------------------ */
static void put_cents(struct db_params *p, const int64_t *cents, size_t count)
{
    db_array(p, DB_I64, count);
    for (size_t i = 0; i < count; i++)
        db_array_i64(p, cents[i]);
}

static void put_day(struct db_params *p, int64_t day)
{
    if (day == NO_DAY)
        db_null(p);
    else
        db_i32(p, (int32_t)day);
}

static void put_instalments(struct db_params *p, const struct assessment *a)
{
    db_array(p, DB_I32, a->instalment_count);
    for (size_t i = 0; i < a->instalment_count; i++)
        db_array_i32(p, (int32_t)a->instalments[i].due_on);
    db_array(p, DB_I64, a->instalment_count);
    for (size_t i = 0; i < a->instalment_count; i++)
        db_array_i64(p, a->instalments[i].cents);
}

static void save_row(struct db_params *p, const struct assessment *a, struct db *db)
{
    db_i64(p, a->cents);
    put_cents(p, a->partner_cents, a->partner_count);
    put_cents(p, a->line_cents, a->line_count);
    db_text(p, span_text(a->purpose));
    put_day(p, a->use_from);
    put_day(p, a->use_until);
    db_array(p, DB_I32, a->reason_count);
    for (size_t i = 0; i < a->reason_count; i++)
        db_array_i32(p, a->reasons[i]);
    db_text(p, span_text(a->own_reasons));
    db_text(p, span_text(a->terms));
    db_text(p, span_text(a->deviation));
    put_instalments(p, a);
    db_i64(p, a->version);
    (void)db_queue(db, &STMT_PUT, p);
}

static void save_begin(struct arena *arena, const struct assessment_change *c, struct db *db)
{
    struct db_params *p = db_params(arena);

    db_uuid(p, c->id);
    db_uuid(p, c->row->call_id);
    db_uuid(p, c->actor);
    (void)db_queue(db, &STMT_BEGIN, p);
}

static void save_put(struct arena *arena, const struct assessment_change *c, struct db *db)
{
    struct db_params *p = db_params(arena);

    if (!c->row->stored)
        save_begin(arena, c, db);
    db_uuid(p, c->id);
    db_i16(p, (int16_t)c->state);
    db_text(p, span_text(c->why));
    db_uuid(p, c->actor);
    save_row(p, c->row, db);
}

/* A column over all that move. */
#define COLUMN(type, add, value)                                                                                                           \
    do {                                                                                                                                   \
        db_array(p, type, count);                                                                                                          \
        for (size_t i_ = 0; i_ < count; i_++) {                                                                                            \
            const struct assessment_change *c = moves[i_];                                                                                 \
            add(p, value);                                                                                                                 \
        }                                                                                                                                  \
    } while (0)

static void save_moves(struct arena *arena, const struct assessment_change **moves, size_t count, struct db *db)
{
    struct db_params *p = db_params(arena);

    COLUMN(DB_UUID, db_array_uuid, c->id);
    COLUMN(DB_I16, db_array_i16, (int16_t)c->state);
    COLUMN(DB_TEXT, db_array_text, span_text(c->why));
    COLUMN(DB_UUID, db_array_uuid, c->actor);
    (void)db_queue(db, &STMT_MOVE, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    const struct assessment_change **moves;
    size_t most = 0, count = 0;

    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        most++;
    moves = arena_array(w->arena, most, sizeof *moves);
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct assessment_change *c = (const struct assessment_change *)item;

        if (c->row != NULL)
            save_put(w->arena, c, db);
        else
            moves[count++] = c;
    }
    if (count > 0)
        save_moves(w->arena, moves, count, db);
}

const struct store_part assessment_part = {.load = load, .read = read_all, .save = save};
