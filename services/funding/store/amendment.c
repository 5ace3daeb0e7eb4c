/* The part "amendment" of the store: see amendment.h. */
#include "services/funding/store/amendment.h"

#define NOBODY "'00000000-0000-0000-0000-000000000000'"
#define HEADS(which)                                                                                                                       \
    "select m.id, m.award_id, m.state, m.reasons, m.submitted_at, m.decided_at, m.late, m.version from amendment m where " which           \
    " order by m.submitted_at desc, m.id desc"
#define PARTS(which)                                                                                                                       \
    "select p.amendment_id, p.kind, p.outcome, p.reason, ((p.asked ->> 'use_until')::date - date '1970-01-01')::int, "                     \
    "p.asked ->> 'words', ((p.accepted ->> 'use_until')::date - date '1970-01-01')::int, p.accepted ->> 'words' "                          \
    "from amendment m join amendment_part p on p.amendment_id = m.id where " which " order by p.amendment_id, p.kind"
#define AMOUNTS(which, column)                                                                                                             \
    "select p.amendment_id, p.kind, (j ->> 'n')::int, (j ->> 'cents')::bigint, j ->> 'name', coalesce(j ->> 'business_id', '') from "      \
    "amendment m "                                                                                                                         \
    "join amendment_part p on p.amendment_id = m.id cross join lateral jsonb_array_elements(p." column ") j "                              \
    "where p.kind in (3, 4) and " which " order by p.amendment_id, p.kind, (j ->> 'n')::int"
#define STMTS(name, which)                                                                                                                 \
    {                                                                                                                                      \
        {name "_heads", HEADS(which)}, {name "_parts", PARTS(which)}, {name "_asked", AMOUNTS(which, "asked")},                            \
            {name "_accepted", AMOUNTS(which, "accepted")},                                                                                \
    }

/* Of a page: $1 call $2 state or 0 $3 after $4 limit $5 reader */
#define PAGE                                                                                                                               \
    "from award w join application a on a.id = w.id join amendment m on m.award_id = w.id where w.call_id = $1 "                           \
    "and ($2 = 0 or m.state = $2) and m.id > $3 and not exists (select 1 from no_part k where k.application_id = w.id "                    \
    "and k.person_id = $5) order by m.id limit $4"

enum { HEADS_AT, PARTS_AT, ASKED_AT, ACCEPTED_AT, RESULTS };
static const struct db_stmt STMT_PAGE[] = {
    [HEADS_AT] = {"amendment_page_heads", "select m.id, m.award_id, m.state, '', m.submitted_at, m.decided_at, m.late, m.version, "
                                          "a.register_number, a.title " PAGE},
    [PARTS_AT] = {"amendment_page_parts", "select p.amendment_id, p.kind, p.outcome, '', null::int, '', null::int, '' from "
                                          "(select m.id " PAGE ") m join amendment_part p on p.amendment_id = m.id "
                                          "order by p.amendment_id, p.kind"},
};
static const struct db_stmt STMT_LIST[][RESULTS] = {
    [AMENDMENTS_ONE] = STMTS("amendment", "m.id = $1"),
    [AMENDMENTS_OF_AWARD] = STMTS("amendment_award", "m.award_id = $1"),
    [AMENDMENTS_OF_REPORT] = STMTS("amendment_report", "m.award_id = (select r.award_id from report r where r.id = $1)"),
};
/* $1 id $2 award $3 actor $4 reasons $5 submitted $6 late */
static const struct db_stmt STMT_ADD = {"amendment_add",
                                        "insert into amendment (id, award_id, state, why, actor, reasons, submitted_at, late) "
                                        "values ($1, $2, 1, 'submitted', $3, $4, $5, $6)"};
/* A change as JSON: $3 day or null $4 words $5 numbers $6 cents $7 names $8 business ids; which of them by the kind $2. */
#define CHANGE                                                                                                                             \
    "case $2 when 1 then jsonb_build_object('use_until', (date '1970-01-01' + $3::int)::text) "                                            \
    "when 2 then jsonb_build_object('words', $4::text) "                                                                                   \
    "else (select coalesce(jsonb_agg(jsonb_build_object('n', s.n, 'cents', s.cents, 'name', s.name, 'business_id', s.business_id) order "  \
    "by s.n), '[]') "                                                                                                                      \
    "from unnest($5::int[], $6::bigint[], $7::text[], $8::text[]) as s (n, cents, name, business_id)) end"
/* $1 amendment $2 kind ... */
static const struct db_stmt STMT_ADD_PART = {"amendment_add_part",
                                             "insert into amendment_part (amendment_id, kind, asked) values ($1, $2, " CHANGE ")"};
/* $1 amendment $2 kind ... $9 outcome $10 reason $11 actor */
static const struct db_stmt STMT_DECIDE_PART = {
    "amendment_decide_part", "update amendment_part set outcome = $9, reason = $10, decided_by = $11, "
                             "accepted = case when $9 in (1, 2) then " CHANGE " end where amendment_id = $1 and kind = $2"};
/* $1 id $2 state $3 why $4 actor $5 decided or null */
static const struct db_stmt STMT_MOVE = {"amendment_move", "update amendment set state = $2, why = $3, actor = nullif($4::uuid, " NOBODY
                                                           "), decided_at = $5, version = version + 1 where id = $1"};

struct amendment_change {
    struct part_item item; /* first */
    bool add;
    const struct amendment *row;
    const char *why;
    struct uuid actor;
};

void amendment_want(struct workset *w, const struct job *job, enum amendments_what what, struct uuid id)
{
    struct amendment_ask *ask = part_ask(&w->parts, PART_AMENDMENT, job, sizeof *ask);

    ask->what = what;
    ask->id = id;
}

struct amendment_ask *amendment_want_page(struct workset *w, const struct job *job, struct uuid call_id)
{
    struct amendment_ask *ask = part_ask(&w->parts, PART_AMENDMENT, job, sizeof *ask);

    ask->what = AMENDMENTS_PAGE;
    ask->id = call_id;
    ask->reader = job->actor;
    return ask;
}

const struct amendment_ask *amendment_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_AMENDMENT, job);
}

struct amendment *amendment_found(const struct workset *w, const struct job *job)
{
    const struct amendment_ask *ask = amendment_asked(w, job);

    return ask != NULL && ask->count > 0 ? &ask->rows[0] : NULL;
}

bool amendment_waits(const struct amendment_ask *ask)
{
    for (size_t i = 0; i < ask->count; i++)
        if (ask->rows[i].state == AMENDMENT_SUBMITTED)
            return true;
    return false;
}

static void change(struct workset *w, bool add, const struct amendment *row, const char *why, struct uuid actor)
{
    struct amendment_change *c = part_change(&w->parts, PART_AMENDMENT, sizeof *c);

    c->add = add;
    c->row = row;
    c->why = why;
    c->actor = actor;
}

void amendment_add(struct workset *w, const struct amendment *amendment, struct uuid actor)
{
    change(w, true, amendment, "submitted", actor);
}

void amendment_move(struct workset *w, struct amendment *amendment, enum amendment_state state, const char *why, struct uuid actor)
{
    amendment->state = state;
    amendment->version++;
    change(w, false, amendment, why, actor);
}

/* --- loading ----------------------------------------------------------------------------------------------------------- */
static int load_page(const struct amendment_ask *ask, struct db_params *p, struct db *db)
{
    db_i32(p, ask->state);
    db_uuid(p, ask->after);
    db_i32(p, ask->limit);
    db_uuid(p, ask->reader);
    const int heads = db_queue(db, &STMT_PAGE[HEADS_AT], p);
    (void)db_queue(db, &STMT_PAGE[PARTS_AT], p); /* the result behind it */
    return heads;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct amendment_ask *ask = (const struct amendment_ask *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->id);
        if (ask->what == AMENDMENTS_PAGE) {
            item->result = load_page(ask, p, db);
            continue;
        }
        item->result = db_queue(db, &STMT_LIST[ask->what][HEADS_AT], p);
        for (size_t i = PARTS_AT; i < RESULTS; i++)
            (void)db_queue(db, &STMT_LIST[ask->what][i], p); /* the results behind it */
    }
}

static struct amendment *with_id(const struct amendment_ask *ask, struct uuid id)
{
    for (size_t i = 0; i < ask->count; i++)
        if (uuid_compare(ask->rows[i].id, id) == 0)
            return &ask->rows[i];
    return NULL;
}

static struct change read_change(struct arena *arena, const struct db_result *r, int row, int col)
{
    return (struct change){.use_until = db_get_null(r, row, col) ? NO_DAY : db_get_i32(r, row, col),
                           .words = arena_text(arena, db_get_span(r, row, col + 1))};
}

static void read_heads(struct arena *arena, struct amendment_ask *ask, const struct db_result *r)
{
    ask->count = (size_t)db_rows(r);
    ask->rows = arena_array(arena, ask->count + 1, sizeof *ask->rows);
    for (int i = 0; i < db_rows(r); i++) {
        struct amendment *m = &ask->rows[i];

        m->id = db_get_uuid(r, i, 0);
        m->award_id = db_get_uuid(r, i, 1);
        m->state = (enum amendment_state)db_get_i16(r, i, 2);
        m->reasons = arena_text(arena, db_get_span(r, i, 3));
        m->submitted_us = db_get_time(r, i, 4);
        m->decided_us = db_get_time(r, i, 5);
        m->late = db_get_bool(r, i, 6);
        m->version = db_get_i64(r, i, 7);
    }
}

static void read_whose(struct arena *arena, struct amendment_ask *ask, const struct db_result *r)
{
    ask->whose = arena_array(arena, ask->count + 1, sizeof *ask->whose);
    for (int i = 0; i < db_rows(r); i++)
        ask->whose[i] = (struct amendment_whose){.register_number = arena_text(arena, db_get_span(r, i, 8)),
                                                 .title = arena_text(arena, db_get_span(r, i, 9))};
}

static void read_parts(struct arena *arena, struct amendment_ask *ask, const struct db_result *r)
{
    for (int i = 0; i < db_rows(r); i++) {
        struct amendment *m = with_id(ask, db_get_uuid(r, i, 0));

        if (m != NULL && m->part_count < AMENDMENT_PARTS_MAX)
            m->parts[m->part_count++] = (struct amendment_part){.kind = (enum change_kind)db_get_i16(r, i, 1),
                                                                .outcome = (enum part_outcome)db_get_i16(r, i, 2),
                                                                .reason = arena_text(arena, db_get_span(r, i, 3)),
                                                                .asked = read_change(arena, r, i, 4),
                                                                .accepted = read_change(arena, r, i, 6)};
    }
}

/* Rows come ordered by part, so those of one part stand together. */
static void read_amounts(struct arena *arena, const struct amendment_ask *ask, const struct db_result *r, bool accepted)
{
    struct amount *all = arena_array(arena, (size_t)db_rows(r) + 1, sizeof *all);

    for (int i = 0; i < db_rows(r); i++) {
        struct amendment *m = with_id(ask, db_get_uuid(r, i, 0));
        struct amendment_part *part = m != NULL ? amendment_part(m, (enum change_kind)db_get_i16(r, i, 1)) : NULL;

        if (part == NULL)
            continue;
        struct amounts *amounts = accepted ? &part->accepted.amounts : &part->asked.amounts;
        if (amounts->count == 0)
            amounts->rows = &all[i];
        amounts->rows[amounts->count++] = (struct amount){.n = (uint32_t)db_get_i32(r, i, 2),
                                                          .cents = db_get_i64(r, i, 3),
                                                          .name = arena_text(arena, db_get_span(r, i, 4)),
                                                          .business_id = arena_text(arena, db_get_span(r, i, 5))};
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct amendment_ask *ask = (struct amendment_ask *)item;

        read_heads(w->arena, ask, db_result(db, item->result + HEADS_AT));
        read_parts(w->arena, ask, db_result(db, item->result + PARTS_AT));
        if (ask->what == AMENDMENTS_PAGE) {
            read_whose(w->arena, ask, db_result(db, item->result + HEADS_AT));
            continue;
        }
        read_amounts(w->arena, ask, db_result(db, item->result + ASKED_AT), false);
        read_amounts(w->arena, ask, db_result(db, item->result + ACCEPTED_AT), true);
    }
}

/* --- saving ------------------------------------------------------------------------------------------------------------ */
static void put_change(struct db_params *p, const struct change *change)
{
    const struct amounts *amounts = &change->amounts;

    if (change->use_until == NO_DAY)
        db_null(p);
    else
        db_i32(p, (int32_t)change->use_until);
    db_text(p, span_text(change->words));
    db_array(p, DB_I32, amounts->count);
    for (size_t i = 0; i < amounts->count; i++)
        db_array_i32(p, (int32_t)amounts->rows[i].n);
    db_array(p, DB_I64, amounts->count);
    for (size_t i = 0; i < amounts->count; i++)
        db_array_i64(p, amounts->rows[i].cents);
    db_array(p, DB_TEXT, amounts->count);
    for (size_t i = 0; i < amounts->count; i++)
        db_array_text(p, span_text(amounts->rows[i].name));
    db_array(p, DB_TEXT, amounts->count);
    for (size_t i = 0; i < amounts->count; i++)
        db_array_text(p, span_text(amounts->rows[i].business_id));
}

static void save_part(struct workset *w, const struct amendment_change *c, const struct amendment_part *part, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, c->row->id);
    db_i16(p, (int16_t)part->kind);
    put_change(p, c->add ? &part->asked : &part->accepted);
    if (!c->add) {
        db_i16(p, (int16_t)part->outcome);
        db_text(p, span_text(part->reason));
        db_uuid(p, c->actor);
    }
    (void)db_queue(db, c->add ? &STMT_ADD_PART : &STMT_DECIDE_PART, p);
}

static void save_head(struct workset *w, const struct amendment_change *c, struct db *db)
{
    struct db_params *p = db_params(w->arena);
    const struct amendment *m = c->row;

    db_uuid(p, m->id);
    if (c->add) {
        db_uuid(p, m->award_id);
        db_uuid(p, c->actor);
        db_text(p, span_text(m->reasons));
        db_time(p, m->submitted_us);
        db_bool(p, m->late);
    } else {
        db_i16(p, (int16_t)m->state);
        db_text(p, span_text(c->why));
        db_uuid(p, c->actor);
        db_time(p, m->decided_us);
    }
    (void)db_queue(db, c->add ? &STMT_ADD : &STMT_MOVE, p);
}

/* Parts are decided before their application is: the schema keeps those of one that is. */
static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct amendment_change *c = (const struct amendment_change *)item;

        if (c->add)
            save_head(w, c, db);
        for (size_t i = 0; i < c->row->part_count && c->row->state != AMENDMENT_WITHDRAWN; i++)
            save_part(w, c, &c->row->parts[i], db);
        if (!c->add)
            save_head(w, c, db);
    }
}

const struct store_part amendment_store_part = {.load = load, .read = read_all, .save = save};
