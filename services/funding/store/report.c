/* The part "report" of the store: see report.h. */
#include "services/funding/store/report.h"

#define NOBODY "'00000000-0000-0000-0000-000000000000'"
#define COLUMNS(used)                                                                                                                      \
    "r.id, r.award_id, r.kind, (r.due_on - date '1970-01-01')::int, r.state, r.verified_by, r.accepted_by, " used ", "                     \
    "r.submitted_at, r.sampled, r.version"
#define OF(which) "select " COLUMNS("r.used_cents") ", r.content from report r where r." which " order by r.kind"
#define INTERIM   "coalesce((select i.state from report i where i.award_id = r.award_id and i.kind = 1), 6::smallint)"
#define HANDED_IN                                                                                                                          \
    "left join lateral (select v.content, v.used_cents from report_handed_in v where v.report_id = r.id order by v.n desc limit 1) h "     \
    "on true "

/* $1 id; of a page: $1 call $2 state or 0 $3 late on this day, or null $4 after $5 limit $6 reader */
static const struct db_stmt STMT_LIST[] = {
    [REPORTS_ONE] = {"report", "select " COLUMNS("r.used_cents") ", r.content, h.content, coalesce(h.used_cents, 0), " INTERIM
                                                                 " from report r " HANDED_IN "where r.id = $1"},
    [REPORTS_OF_AWARD] = {"report_award", OF("award_id = $1")},
    [REPORTS_OF_SAME_AWARD] = {"report_same", OF("award_id = (select s.award_id from report s where s.id = $1)")},
    [REPORTS_OF_AMENDMENT] = {"report_amendment", OF("award_id = (select m.award_id from amendment m where m.id = $1)")},
    [REPORTS_PAGE] = {"report_page",
                      "select " COLUMNS(
                          "case when r.state in (1, 5) then coalesce(h.used_cents, 0) else r.used_cents "
                          "end") ", ''::bytea, a.register_number, a.title "
                                 "from award w join application a on a.id = w.id join report r on r.award_id = w.id " HANDED_IN
                                 "where w.call_id = $1 and not exists "
                                 "(select 1 from no_part k where k.application_id = w.id and k.person_id = $6) "
                                 "and ($2 = 0 or r.state = $2) and ($3::int is null or (r.state in (1, 5) "
                                 "and r.due_on < date '1970-01-01' + $3::int)) "
                                 "and r.id > $4 order by r.id limit $5"},
};
/* $1 ids $2 awards $3 kinds $4 days $5 whys $6 actors */
static const struct db_stmt STMT_ADD = {"report_add",
                                        "insert into report (id, award_id, kind, due_on, state, why, actor) "
                                        "select s.id, s.award, s.kind, date '1970-01-01' + s.due, 1, s.why, nullif(s.actor, " NOBODY ") "
                                        "from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::int[], $5::text[], $6::uuid[]) "
                                        "as s (id, award, kind, due, why, actor)"};
/* $1 id $2 content $3 used $4 due */
static const struct db_stmt STMT_SAVE = {"report_save", "update report set content = $2, used_cents = $3, "
                                                        "due_on = date '1970-01-01' + $4::int, version = version + 1 where id = $1"};
/* $1 id $2 state $3 why $4 actor $5 content $6 used $7 due $8 submitted $9 verified by $10 accepted by */
static const struct db_stmt STMT_MOVE = {
    "report_move", "update report set state = $2, why = $3, actor = nullif($4::uuid, " NOBODY "), content = $5, used_cents = $6, "
                   "due_on = date '1970-01-01' + $7::int, submitted_at = $8, verified_by = nullif($9::uuid, " NOBODY "), "
                   "accepted_by = nullif($10::uuid, " NOBODY "), version = version + 1 where id = $1"};

struct report_change {
    struct part_item item; /* first */
    enum { CHANGE_ADD, CHANGE_SAVE, CHANGE_MOVE } what;
    struct report_row row;
    const char *why;
    struct uuid actor;
};

void report_want(struct workset *w, const struct job *job, enum reports_what what, struct uuid id)
{
    struct report_ask *ask = part_ask(&w->parts, PART_REPORT, job, sizeof *ask);

    ask->what = what;
    ask->id = id;
}

struct report_ask *report_want_page(struct workset *w, const struct job *job, struct uuid call_id)
{
    report_want(w, job, REPORTS_PAGE, call_id);
    report_asked(w, job)->reader = job->actor;
    return report_asked(w, job);
}

struct report_ask *report_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_REPORT, job);
}

struct report_row *report_found(const struct workset *w, const struct job *job)
{
    const struct report_ask *ask = report_asked(w, job);

    return ask != NULL && ask->count > 0 ? &ask->rows[0] : NULL;
}

struct report_row *report_of(const struct report_ask *ask, enum report_kind kind)
{
    for (size_t i = 0; i < ask->count; i++)
        if (ask->rows[i].report.kind == kind)
            return &ask->rows[i];
    return NULL;
}

enum report_state report_interim(const struct report_ask *ask)
{
    const struct report_row *interim = report_of(ask, REPORT_INTERIM);

    return interim != NULL ? interim->report.state : REPORT_NOT_NEEDED;
}

struct report_row *report_with(const struct report_ask *ask, struct uuid id)
{
    for (size_t i = 0; i < ask->count; i++)
        if (uuid_compare(ask->rows[i].report.id, id) == 0)
            return &ask->rows[i];
    return NULL;
}

static struct report_change *change(struct workset *w, const struct report *report, const char *why, struct uuid actor)
{
    struct report_change *c = part_change(&w->parts, PART_REPORT, sizeof *c);

    c->row.report = *report;
    c->why = why;
    c->actor = actor;
    return c;
}

void report_add(struct workset *w, const struct report *report, const char *why, struct uuid actor)
{
    change(w, report, why, actor)->what = CHANGE_ADD;
}

void report_save(struct workset *w, struct report_row *row)
{
    row->report.version++;
    struct report_change *c = change(w, &row->report, NULL, (struct uuid){{0}});
    c->what = CHANGE_SAVE;
    c->row.content = row->content;
}

void report_move(struct workset *w, struct report_row *row, enum report_state state, const char *why, struct uuid actor)
{
    row->report.version++;
    row->report.state = state;
    struct report_change *c = change(w, &row->report, why, actor);
    c->what = CHANGE_MOVE;
    c->row.content = row->content;
}

/* --- the part ---------------------------------------------------------------------------------------------------------- */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct report_ask *ask = (const struct report_ask *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->id);
        if (ask->what == REPORTS_PAGE) {
            db_i32(p, ask->state);
            if (ask->late == NO_DAY)
                db_null(p);
            else
                db_i32(p, (int32_t)ask->late);
            db_uuid(p, ask->after);
            db_i32(p, ask->limit);
            db_uuid(p, ask->reader);
        }
        item->result = db_queue(db, &STMT_LIST[ask->what], p);
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct report_ask *ask = (struct report_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
        for (int i = 0; i < db_rows(r); i++) {
            ask->rows[i].report = (struct report){.id = db_get_uuid(r, i, 0),
                                                  .award_id = db_get_uuid(r, i, 1),
                                                  .kind = (enum report_kind)db_get_i16(r, i, 2),
                                                  .due_on = db_get_i32(r, i, 3),
                                                  .state = (enum report_state)db_get_i16(r, i, 4),
                                                  .verified_by = db_get_uuid(r, i, 5),
                                                  .accepted_by = db_get_uuid(r, i, 6),
                                                  .used_cents = db_get_i64(r, i, 7),
                                                  .submitted_us = db_get_time(r, i, 8),
                                                  .sampled = db_get_bool(r, i, 9),
                                                  .version = db_get_i64(r, i, 10)};
            ask->rows[i].content = arena_copy(w->arena, db_get_span(r, i, 11));
            if (ask->what == REPORTS_PAGE) {
                ask->rows[i].register_number = arena_text(w->arena, db_get_span(r, i, 12));
                ask->rows[i].title = arena_text(w->arena, db_get_span(r, i, 13));
            }
            if (ask->what == REPORTS_ONE) {
                ask->rows[i].handed_in = arena_copy(w->arena, db_get_span(r, i, 12));
                ask->rows[i].handed_in_cents = db_get_i64(r, i, 13);
                ask->rows[i].interim = (enum report_state)db_get_i16(r, i, 14);
            }
        }
    }
}

static void save_one(struct workset *w, const struct report_change *c, struct db *db)
{
    struct db_params *p = db_params(w->arena);
    const struct report *r = &c->row.report;

    db_uuid(p, r->id);
    if (c->what == CHANGE_MOVE) {
        db_i16(p, (int16_t)r->state);
        db_text(p, span_text(c->why));
        db_uuid(p, c->actor);
    }
    db_bytes(p, c->row.content);
    db_i64(p, r->used_cents);
    db_i32(p, (int32_t)r->due_on);
    if (c->what == CHANGE_MOVE) {
        db_time(p, r->submitted_us);
        db_uuid(p, r->verified_by);
        db_uuid(p, r->accepted_by);
    }
    (void)db_queue(db, c->what == CHANGE_MOVE ? &STMT_MOVE : &STMT_SAVE, p);
}

#define EACH_ADDED(c, rows)                                                                                                                \
    for (const struct report_change *c = (const struct report_change *)(rows)->changes; c != NULL;                                         \
         c = (const struct report_change *)c->item.next)                                                                                   \
        if (c->what == CHANGE_ADD)

static void save_added(struct workset *w, const struct part_rows *rows, size_t count, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_array(p, DB_UUID, count);
    EACH_ADDED(c, rows)
    db_array_uuid(p, c->row.report.id);
    db_array(p, DB_UUID, count);
    EACH_ADDED(c, rows)
    db_array_uuid(p, c->row.report.award_id);
    db_array(p, DB_I16, count);
    EACH_ADDED(c, rows)
    db_array_i16(p, (int16_t)c->row.report.kind);
    db_array(p, DB_I32, count);
    EACH_ADDED(c, rows)
    db_array_i32(p, (int32_t)c->row.report.due_on);
    db_array(p, DB_TEXT, count);
    EACH_ADDED(c, rows)
    db_array_text(p, span_text(c->why));
    db_array(p, DB_UUID, count);
    EACH_ADDED(c, rows)
    db_array_uuid(p, c->actor);
    (void)db_queue(db, &STMT_ADD, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    size_t added = 0;

    EACH_ADDED(c, rows)
    added++;
    if (added > 0)
        save_added(w, rows, added, db);
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        if (((const struct report_change *)item)->what != CHANGE_ADD)
            save_one(w, (const struct report_change *)item, db);
}

const struct store_part report_part = {.load = load, .read = read_all, .save = save};
