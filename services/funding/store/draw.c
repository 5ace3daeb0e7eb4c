/* The part "draw" of the store: see draw.h. */
#include "services/funding/store/draw.h"

#include <string.h>

/* $1 call */
static const struct db_stmt STMT_HEAD = {
    "draw_head",
    "select d.commitment, d.seed, d.committed_at, d.beacon, d.drawn_at, clock_timestamp(), "
    "(select count(*) from award w where w.call_id = $1 and w.state = 1), (select count(*) from award w where w.call_id = $1), "
    "(select count(*) from award w join report r on r.award_id = w.id where w.call_id = $1 and r.kind = 2 and r.submitted_at is not null), "
    "d.call_id is not null, coalesce(d.permille, 0) from (select 1) one left join audit_draw d on d.call_id = $1"};
/* $1 call: awards that were accepted (or closed) when it was drawn, and before that are now; by their last move until then. */
static const struct db_stmt STMT_ROWS = {
    "draw_rows",
    "select w.id, a.register_number from award w join application a on a.id = w.id "
    "left join audit_draw d on d.call_id = w.call_id cross join lateral ("
    "select m.to_state from move m where m.machine = 'award' and m.subject = w.id and (d.drawn_at is null or m.at <= d.drawn_at) "
    "order by m.n desc limit 1) then_ where w.call_id = $1 and then_.to_state in (2, 4) order by w.id"};
/* $1 call $2 commitment $3 seed $4 at $5 permille */
static const struct db_stmt STMT_BIND = {
    "draw_bind", "insert into audit_draw (call_id, commitment, seed, committed_at, permille) values ($1, $2, $3, $4, $5)"};
/* $1 call $2 beacon $3 at */
static const struct db_stmt STMT_SHOW = {"draw_show", "update audit_draw set beacon = $2, drawn_at = $3 where call_id = $1"};
/* $1 awards */
static const struct db_stmt STMT_MARK = {
    "draw_mark", "update report set sampled = true, version = version + 1 where award_id = any ($1::uuid[]) and kind = 2"};

struct draw_change {
    struct part_item item; /* first */
    bool bind;
    const struct draw_ask *draw;
};

void draw_want(struct workset *w, const struct job *job, struct uuid call_id)
{
    struct draw_ask *ask = part_ask(&w->parts, PART_DRAW, job, sizeof *ask);

    ask->call_id = call_id;
}

struct draw_ask *draw_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_DRAW, job);
}

static void change(struct workset *w, const struct draw_ask *draw, bool bind)
{
    struct draw_change *c = part_change(&w->parts, PART_DRAW, sizeof *c);

    c->bind = bind;
    c->draw = draw;
}

void draw_bind(struct workset *w, const struct draw_ask *draw)
{
    change(w, draw, true);
}

void draw_show(struct workset *w, const struct draw_ask *draw)
{
    change(w, draw, false);
}

/* --- the part ---------------------------------------------------------------------------------------------------------- */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ((const struct draw_ask *)item)->call_id);
        item->result = db_queue(db, &STMT_HEAD, p);
        (void)db_queue(db, &STMT_ROWS, p); /* the result behind it */
    }
}

static void read_head(struct arena *arena, struct draw_ask *ask, const struct db_result *r)
{
    const struct span commitment = db_get_span(r, 0, 0), seed = db_get_span(r, 0, 1);

    ask->bound = db_get_bool(r, 0, 9);
    if (ask->bound) {
        memcpy(ask->commitment.b, commitment.data, sizeof ask->commitment.b);
        memcpy(ask->seed, seed.data, sizeof ask->seed);
    }
    ask->permille = db_get_i32(r, 0, 10);
    ask->committed_us = db_get_time(r, 0, 2);
    ask->beacon = arena_text(arena, db_get_span(r, 0, 3));
    ask->drawn_us = db_get_time(r, 0, 4);
    ask->now_us = db_get_time(r, 0, 5);
    ask->offered = db_get_i64(r, 0, 6);
    ask->awards = db_get_i64(r, 0, 7);
    ask->reported = db_get_i64(r, 0, 8);
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct draw_ask *ask = (struct draw_ask *)item;
        const struct db_result *r = db_result(db, item->result + 1);

        read_head(w->arena, ask, db_result(db, item->result));
        ask->count = (size_t)db_rows(r);
        ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
        for (int i = 0; i < db_rows(r); i++) {
            ask->rows[i].award_id = db_get_uuid(r, i, 0);
            ask->rows[i].register_number = arena_text(w->arena, db_get_span(r, i, 1));
        }
    }
}

static void save_bind(const struct draw_ask *draw, struct db_params *p, struct db *db)
{
    db_bytes(p, span_of(draw->commitment.b, sizeof draw->commitment.b));
    db_bytes(p, span_of(draw->seed, sizeof draw->seed));
    db_time(p, draw->committed_us);
    db_i32(p, draw->permille);
    (void)db_queue(db, &STMT_BIND, p);
}

static void save_show(struct workset *w, const struct draw_ask *draw, struct db_params *p, struct db *db)
{
    struct db_params *drawn = db_params(w->arena);
    size_t count = 0;

    db_text(p, span_text(draw->beacon));
    db_time(p, draw->drawn_us);
    (void)db_queue(db, &STMT_SHOW, p);
    for (size_t i = 0; i < draw->count; i++)
        count += draw->rows[i].drawn;
    db_array(drawn, DB_UUID, count);
    for (size_t i = 0; i < draw->count; i++)
        if (draw->rows[i].drawn)
            db_array_uuid(drawn, draw->rows[i].award_id);
    (void)db_queue(db, &STMT_MARK, drawn);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct draw_change *c = (const struct draw_change *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, c->draw->call_id);
        if (c->bind)
            save_bind(c->draw, p, db);
        else
            save_show(w, c->draw, p, db);
    }
}

const struct store_part draw_store_part = {.load = load, .read = read_all, .save = save};
