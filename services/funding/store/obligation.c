/* The part "obligation" of the store: see obligation.h. */
#include "services/funding/store/obligation.h"

#include "common/base/day.h"

#define NOBODY  "'00000000-0000-0000-0000-000000000000'"
#define COLUMNS "o.id, o.award_id, o.kind, (o.due_on - date '1970-01-01')::int, o.state, o.late"
#define OF(id)  "select " COLUMNS " from obligation o where o.award_id = " id " order by o.kind, o.due_on, o.id"

/* $1 id; of the due ones: $1 call $2 today $3 limit; of a page: $1 call $2 state or 0 $3 days before this one have passed, or null
 * $4 after $5 limit $6 reader */
static const struct db_stmt STMT_LIST[] = {
    [OBLIGATIONS_OF_AWARD] = {"obligation_award", OF("$1")},
    [OBLIGATIONS_OF_AMENDMENT] = {"obligation_amendment", OF("(select m.award_id from amendment m where m.id = $1)")},
    [OBLIGATIONS_OF_REPORT] = {"obligation_report", OF("(select r.award_id from report r where r.id = $1)")},
    [OBLIGATIONS_DUE] = {"obligation_due", "select " COLUMNS ", a.owner_id, a.register_number, a.title, a.language "
                                           "from award w join application a on a.id = w.id join obligation o on o.award_id = w.id "
                                           "where w.call_id = $1 and o.state = 1 and "
                                           "((o.kind = 1 and w.state = 1 and w.answer_until < date '1970-01-01' + $2::int) or "
                                           "(o.kind <> 1 and not o.late and o.due_on < date '1970-01-01' + $2::int)) "
                                           "order by o.kind = 1 desc, w.id, o.kind, o.id limit $3"},
    [OBLIGATIONS_PAGE] = {"obligation_page", "select " COLUMNS ", a.owner_id, a.register_number, a.title, a.language "
                                             "from award w join application a on a.id = w.id join obligation o on o.award_id = w.id "
                                             "where w.call_id = $1 and ($2 = 0 or o.state = $2) and ($3::int is null or (o.state = 1 and "
                                             "(o.late or o.due_on < date '1970-01-01' + $3::int))) and not exists "
                                             "(select 1 from no_part k where k.application_id = w.id and k.person_id = $6) "
                                             "and o.id > $4 order by o.id limit $5"},
};
/* $1 ids $2 awards $3 kinds $4 days $5 whys $6 actors */
static const struct db_stmt STMT_ADD = {"obligation_add",
                                        "insert into obligation (id, award_id, kind, due_on, state, why, actor) "
                                        "select s.id, s.award, s.kind, date '1970-01-01' + s.due, 1, s.why, nullif(s.actor, " NOBODY ") "
                                        "from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::int[], $5::text[], $6::uuid[]) "
                                        "as s (id, award, kind, due, why, actor)"};
/* $1 ids $2 states or 0: it stays $3 days $4 late $5 whys $6 actors */
static const struct db_stmt STMT_PUT = {
    "obligation_put",
    "update obligation o set state = case when s.state = 0 then o.state else s.state end, due_on = date '1970-01-01' + s.due, "
    "late = s.late, why = case when s.state = 0 then o.why else s.why end, "
    "actor = case when s.state = 0 then o.actor else nullif(s.actor, " NOBODY ") end, version = o.version + 1 "
    "from unnest($1::uuid[], $2::smallint[], $3::int[], $4::bool[], $5::text[], $6::uuid[]) as s (id, state, due, late, why, actor) "
    "where o.id = s.id"};

struct obligation_change {
    struct part_item item; /* first */
    bool add;
    struct obligation row; /* as it was when it changed; state 0: it stays */
    const char *why;
    struct uuid actor;
};

void obligation_want(struct workset *w, const struct job *job, enum obligations_of of, struct uuid id)
{
    struct obligation_ask *ask = part_ask(&w->parts, PART_OBLIGATION, job, sizeof *ask);

    ask->of = of;
    ask->id = id;
}

void obligation_want_due(struct workset *w, const struct job *job, struct uuid call_id, int64_t today, int32_t limit)
{
    obligation_want(w, job, OBLIGATIONS_DUE, call_id);
    obligation_asked(w, job)->today = today;
    obligation_asked(w, job)->limit = limit;
}

struct obligation_ask *obligation_want_page(struct workset *w, const struct job *job, struct uuid call_id)
{
    obligation_want(w, job, OBLIGATIONS_PAGE, call_id);
    obligation_asked(w, job)->reader = job->actor;
    return obligation_asked(w, job);
}

struct obligation_ask *obligation_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_OBLIGATION, job);
}

static struct obligation_change *change(struct workset *w, const struct obligation *row, const char *why, struct uuid actor)
{
    struct obligation_change *c = part_change(&w->parts, PART_OBLIGATION, sizeof *c);

    c->row = *row;
    c->why = why;
    c->actor = actor;
    return c;
}

void obligation_add(struct workset *w, const struct obligation *obligation, const char *why, struct uuid actor)
{
    change(w, obligation, why, actor)->add = true;
}

void obligation_move(struct workset *w, struct obligation *obligation, enum obligation_state state, const char *why, struct uuid actor)
{
    obligation->state = state;
    (void)change(w, obligation, why, actor);
}

void obligation_put(struct workset *w, const struct obligation *obligation)
{
    change(w, obligation, "", (struct uuid){{0}})->row.state = (enum obligation_state)0;
}

/* --- the part ---------------------------------------------------------------------------------------------------------- */
static void put_page(struct db_params *p, const struct obligation_ask *ask)
{
    db_i32(p, ask->state);
    if (ask->today == NO_DAY)
        db_null(p);
    else
        db_i32(p, (int32_t)ask->today);
    db_uuid(p, ask->after);
    db_i32(p, ask->limit);
    db_uuid(p, ask->reader);
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct obligation_ask *ask = (const struct obligation_ask *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->id);
        if (ask->of == OBLIGATIONS_DUE) {
            db_i32(p, (int32_t)ask->today);
            db_i32(p, ask->limit);
        }
        if (ask->of == OBLIGATIONS_PAGE)
            put_page(p, ask);
        item->result = db_queue(db, &STMT_LIST[ask->of], p);
    }
}

static void read_whose(struct workset *w, struct obligation_ask *ask, const struct db_result *r)
{
    ask->whose = arena_array(w->arena, ask->count + 1, sizeof *ask->whose);
    for (int i = 0; i < db_rows(r); i++)
        ask->whose[i] = (struct obligation_whose){.owner_id = db_get_uuid(r, i, 6),
                                                  .register_number = arena_text(w->arena, db_get_span(r, i, 7)),
                                                  .title = arena_text(w->arena, db_get_span(r, i, 8)),
                                                  .language = arena_text(w->arena, db_get_span(r, i, 9))};
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct obligation_ask *ask = (struct obligation_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
        for (int i = 0; i < db_rows(r); i++)
            ask->rows[i] = (struct obligation){.id = db_get_uuid(r, i, 0),
                                               .award_id = db_get_uuid(r, i, 1),
                                               .kind = (enum obligation_kind)db_get_i16(r, i, 2),
                                               .due_on = db_get_i32(r, i, 3),
                                               .state = (enum obligation_state)db_get_i16(r, i, 4),
                                               .late = db_get_bool(r, i, 5)};
        if (ask->of == OBLIGATIONS_DUE || ask->of == OBLIGATIONS_PAGE)
            read_whose(w, ask, r);
    }
}

#define EACH(c, rows, added)                                                                                                               \
    for (const struct obligation_change *c = (const struct obligation_change *)(rows)->changes; c != NULL;                                 \
         c = (const struct obligation_change *)c->item.next)                                                                               \
        if (c->add == (added))

static void put_whys(struct db_params *p, const struct part_rows *rows, bool added, size_t count)
{
    db_array(p, DB_TEXT, count);
    EACH(c, rows, added)
    db_array_text(p, span_text(c->why));
    db_array(p, DB_UUID, count);
    EACH(c, rows, added)
    db_array_uuid(p, c->actor);
}

static void save_added(struct workset *w, const struct part_rows *rows, size_t count, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_array(p, DB_UUID, count);
    EACH(c, rows, true)
    db_array_uuid(p, c->row.id);
    db_array(p, DB_UUID, count);
    EACH(c, rows, true)
    db_array_uuid(p, c->row.award_id);
    db_array(p, DB_I16, count);
    EACH(c, rows, true)
    db_array_i16(p, (int16_t)c->row.kind);
    db_array(p, DB_I32, count);
    EACH(c, rows, true)
    db_array_i32(p, (int32_t)c->row.due_on);
    put_whys(p, rows, true, count);
    (void)db_queue(db, &STMT_ADD, p);
}

static void save_put(struct workset *w, const struct part_rows *rows, size_t count, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_array(p, DB_UUID, count);
    EACH(c, rows, false)
    db_array_uuid(p, c->row.id);
    db_array(p, DB_I16, count);
    EACH(c, rows, false)
    db_array_i16(p, (int16_t)c->row.state);
    db_array(p, DB_I32, count);
    EACH(c, rows, false)
    db_array_i32(p, (int32_t)c->row.due_on);
    db_array(p, DB_BOOL, count);
    EACH(c, rows, false)
    db_array_bool(p, c->row.late);
    put_whys(p, rows, false, count);
    (void)db_queue(db, &STMT_PUT, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    size_t added = 0, put = 0;

    EACH(c, rows, true)
    added++;
    EACH(c, rows, false)
    put++;
    if (added > 0)
        save_added(w, rows, added, db);
    if (put > 0)
        save_put(w, rows, put, db);
}

const struct store_part obligation_part = {.load = load, .read = read_all, .save = save};
