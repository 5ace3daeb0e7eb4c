/* The part "evaluation" of the store: see evaluation.h. */
#include "services/funding/store/evaluation.h"

/* The moment of the newest submission is that of its version. */
#define OUTDATED                                                                                                                           \
    "e.saved_at < (select v.saved_at from application t join application_version v on v.application_id = t.id and "                        \
    "v.version = t.submitted_version where t.id = e.application_id)"
#define COLUMNS  "e.application_id, e.person_id, e.verdict, e.cents, e.points_total, e.saved_at, e.version, e.excluded, " OUTDATED
#define CONFLICT "c.application_id, c.person_id, c.reason, c.noted_at, c.noted_by, false, c.ended_at, c.ended_by, c.why"
#define PARTY    "a.id, a.owner_id, '', a.submitted_at, a.owner_id, true, null::timestamptz, null::uuid, ''"

/* $1 application */
static const struct db_stmt STMT_ONE = {"evaluation_one", "select " COLUMNS ", e.comment from evaluation e where e.application_id = $1 "
                                                          "order by e.application_id, e.person_id"};
static const struct db_stmt STMT_SCORES = {"evaluation_scores", "select s.person_id, s.criterion_id, s.points from score s "
                                                                "where s.application_id = $1 order by s.person_id, s.criterion_id"};
static const struct db_stmt STMT_CONFLICTS = {"evaluation_conflicts",
                                              "select " CONFLICT " from conflict c where c.application_id = $1 union all "
                                              "select " PARTY " from application a where a.id = $1 order by 1, 2, 4"};
/* $1 call */
static const struct db_stmt STMT_CALL = {"evaluation_call",
                                         "select " COLUMNS " from application a join evaluation e on e.application_id = a.id "
                                         "where a.call_id = $1 and a.state in (2, 3, 5) order by e.application_id, e.person_id"};
static const struct db_stmt STMT_CALL_CONFLICTS = {
    "evaluation_call_conflicts", "select " CONFLICT " from application a join conflict c on c.application_id = a.id "
                                 "where a.call_id = $1 and a.state in (2, 3, 5) and c.ended_at is null union all select " PARTY
                                 " from application a where a.call_id = $1 and a.state in (2, 3, 5) order by 1, 2"};
/* $1 application $2 person $3 verdict $4 cents $5 comment $6 points $7 at $8 version */
static const struct db_stmt STMT_PUT = {
    "evaluation_put", "insert into evaluation (application_id, person_id, verdict, cents, comment, points_total, saved_at, version) "
                      "values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (application_id, person_id) do update "
                      "set verdict = $3, cents = $4, comment = $5, points_total = $6, saved_at = $7, version = $8"};
/* $1 application $2 person $3 criteria $4 points */
static const struct db_stmt STMT_FORGET = {"evaluation_forget", "delete from score where application_id = $1 and person_id = $2"};
static const struct db_stmt STMT_SCORE = {"evaluation_score", "insert into score (application_id, person_id, criterion_id, points) "
                                                              "select $1, $2, c, p from unnest($3::uuid[], $4::int[]) as s (c, p)"};
/* $1 application $2 person $3 reason $4 at $5 by */
static const struct db_stmt STMT_CONFLICT = {"conflict_add", "insert into conflict (application_id, person_id, reason, noted_at, noted_by) "
                                                             "values ($1, $2, $3, $4, $5)"};
/* $1 application $2 person $3 at $4 by $5 why: the one that stands */
static const struct db_stmt STMT_END = {"conflict_end", "update conflict set ended_at = $3, ended_by = $4, why = $5 "
                                                        "where application_id = $1 and person_id = $2 and ended_at is null"};

struct evaluation_change {
    struct part_item item; /* first */
    const struct evaluation *evaluation;
    const struct conflict *conflict; /* the other one is NULL */
};

/* --- asking and looking ------------------------------------------------------------------------------------------------ */
static struct evaluation_ask *ask_for(struct workset *w, const struct job *job, struct uuid id)
{
    struct evaluation_ask *ask = part_ask(&w->parts, PART_EVALUATION, job, sizeof *ask);

    ask->id = id;
    return ask;
}

void evaluation_want(struct workset *w, const struct job *job, struct uuid application_id)
{
    ask_for(w, job, application_id)->what = EVALUATION_ONE;
}

void evaluation_want_call(struct workset *w, const struct job *job, struct uuid call_id)
{
    ask_for(w, job, call_id)->what = EVALUATION_OF_CALL;
}

const struct evaluation_ask *evaluation_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_EVALUATION, job);
}

struct evaluation *evaluation_rows(const struct evaluation_ask *ask, struct uuid application, size_t *count)
{
    size_t low = 0, high = ask->count, end;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (uuid_compare(ask->rows[middle].application_id, application) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < ask->count && uuid_compare(ask->rows[end].application_id, application) == 0; end++)
        ;
    *count = end - low;
    return &ask->rows[low];
}

struct evaluation *evaluation_by(const struct evaluation_ask *ask, struct uuid application, struct uuid person)
{
    size_t count;
    struct evaluation *rows = evaluation_rows(ask, application, &count);

    for (size_t i = 0; i < count; i++)
        if (uuid_compare(rows[i].person_id, person) == 0)
            return &rows[i];
    return NULL;
}

static const struct conflict *conflict_rows(const struct evaluation_ask *ask, struct uuid application, size_t *count)
{
    size_t low = 0, high = ask->conflict_count, end;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (uuid_compare(ask->conflicts[middle].application_id, application) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < ask->conflict_count && uuid_compare(ask->conflicts[end].application_id, application) == 0; end++)
        ;
    *count = end - low;
    return &ask->conflicts[low];
}

const struct conflict *conflict_of(const struct evaluation_ask *ask, struct uuid application, struct uuid person)
{
    size_t count;
    const struct conflict *rows = conflict_rows(ask, application, &count);

    for (size_t i = 0; i < count; i++)
        if (rows[i].ended_us == 0 && uuid_compare(rows[i].person_id, person) == 0)
            return &rows[i];
    return NULL;
}

struct conflict *conflict_noted(const struct evaluation_ask *ask, struct uuid application, struct uuid person)
{
    for (size_t i = 0; i < ask->conflict_count; i++) {
        struct conflict *c = &ask->conflicts[i];

        if (!c->party && c->ended_us == 0 && uuid_compare(c->application_id, application) == 0 && uuid_compare(c->person_id, person) == 0)
            return c;
    }
    return NULL;
}

size_t conflict_count(const struct evaluation_ask *ask, struct uuid application)
{
    size_t count, noted = 0;
    const struct conflict *rows = conflict_rows(ask, application, &count);

    for (size_t i = 0; i < count; i++)
        noted += !rows[i].party && rows[i].ended_us == 0;
    return noted;
}

void evaluation_put(struct workset *w, const struct evaluation *evaluation)
{
    struct evaluation_change *c = part_change(&w->parts, PART_EVALUATION, sizeof *c);

    c->evaluation = evaluation;
}

void conflict_add(struct workset *w, const struct conflict *conflict)
{
    struct evaluation_change *c = part_change(&w->parts, PART_EVALUATION, sizeof *c);

    c->conflict = conflict;
}

void conflict_end(struct workset *w, const struct conflict *conflict)
{
    conflict_add(w, conflict);
}

/* --- loading ----------------------------------------------------------------------------------------------------------- */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct evaluation_ask *ask = (const struct evaluation_ask *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->id);
        switch (ask->what) {
        case EVALUATION_ONE:
            item->result = db_queue(db, &STMT_ONE, p);
            (void)db_queue(db, &STMT_CONFLICTS, p); /* the results behind it */
            (void)db_queue(db, &STMT_SCORES, p);
            break;
        case EVALUATION_OF_CALL:
            item->result = db_queue(db, &STMT_CALL, p);
            (void)db_queue(db, &STMT_CALL_CONFLICTS, p);
            break;
        }
    }
}

static void read_rows(struct arena *arena, struct evaluation_ask *ask, const struct db_result *r)
{
    ask->count = (size_t)db_rows(r);
    ask->rows = arena_array(arena, ask->count + 1, sizeof *ask->rows);
    for (size_t i = 0; i < ask->count; i++)
        ask->rows[i] = (struct evaluation){.application_id = db_get_uuid(r, (int)i, 0),
                                           .person_id = db_get_uuid(r, (int)i, 1),
                                           .verdict = (enum verdict)db_get_i16(r, (int)i, 2),
                                           .cents = db_get_i64(r, (int)i, 3),
                                           .points_total = db_get_i32(r, (int)i, 4),
                                           .saved_us = db_get_time(r, (int)i, 5),
                                           .version = db_get_i64(r, (int)i, 6),
                                           .excluded = db_get_bool(r, (int)i, 7),
                                           .outdated = db_get_bool(r, (int)i, 8),
                                           .comment = ask->what == EVALUATION_ONE ? arena_text(arena, db_get_span(r, (int)i, 9)) : ""};
}

static void read_conflicts(struct arena *arena, struct evaluation_ask *ask, const struct db_result *r)
{
    ask->conflict_count = (size_t)db_rows(r);
    ask->conflicts = arena_array(arena, ask->conflict_count + 1, sizeof *ask->conflicts);
    for (size_t i = 0; i < ask->conflict_count; i++)
        ask->conflicts[i] = (struct conflict){.application_id = db_get_uuid(r, (int)i, 0),
                                              .person_id = db_get_uuid(r, (int)i, 1),
                                              .reason = arena_text(arena, db_get_span(r, (int)i, 2)),
                                              .noted_us = db_get_time(r, (int)i, 3),
                                              .noted_by = db_get_uuid(r, (int)i, 4),
                                              .party = db_get_bool(r, (int)i, 5),
                                              .ended_us = db_get_time(r, (int)i, 6),
                                              .ended_by = db_get_uuid(r, (int)i, 7),
                                              .why = arena_text(arena, db_get_span(r, (int)i, 8))};
}

/* Scores come in the order of the evaluations they belong to. */
static void read_scores(struct arena *arena, struct evaluation_ask *ask, const struct db_result *r)
{
    const size_t count = (size_t)db_rows(r);
    struct score *scores = arena_array(arena, count + 1, sizeof *scores);
    size_t at = 0;

    for (size_t i = 0; i < ask->count; i++) {
        ask->rows[i].scores = &scores[at];
        for (; at < count && uuid_compare(db_get_uuid(r, (int)at, 0), ask->rows[i].person_id) == 0; at++) {
            scores[at] = (struct score){.criterion_id = db_get_uuid(r, (int)at, 1), .points = db_get_i32(r, (int)at, 2)};
            ask->rows[i].score_count++;
        }
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct evaluation_ask *ask = (struct evaluation_ask *)item;

        read_rows(w->arena, ask, db_result(db, item->result));
        read_conflicts(w->arena, ask, db_result(db, item->result + 1));
        if (ask->what == EVALUATION_ONE)
            read_scores(w->arena, ask, db_result(db, item->result + 2));
    }
}

/* --- saving ------------------------------------------------------------------------------------------------------------ */
static void save_scores(struct arena *arena, const struct evaluation *e, struct db *db)
{
    struct db_params *p = db_params(arena);

    db_uuid(p, e->application_id);
    db_uuid(p, e->person_id);
    db_array(p, DB_UUID, e->score_count);
    for (size_t i = 0; i < e->score_count; i++)
        db_array_uuid(p, e->scores[i].criterion_id);
    db_array(p, DB_I32, e->score_count);
    for (size_t i = 0; i < e->score_count; i++)
        db_array_i32(p, e->scores[i].points);
    (void)db_queue(db, &STMT_SCORE, p);
}

static void save_evaluation(struct arena *arena, const struct evaluation *e, struct db *db)
{
    struct db_params *p = db_params(arena), *forget = db_params(arena);

    db_uuid(p, e->application_id);
    db_uuid(p, e->person_id);
    db_i16(p, (int16_t)e->verdict);
    db_i64(p, e->cents);
    db_text(p, span_text(e->comment));
    db_i32(p, e->points_total);
    db_time(p, e->saved_us);
    db_i64(p, e->version);
    (void)db_queue(db, &STMT_PUT, p);
    db_uuid(forget, e->application_id);
    db_uuid(forget, e->person_id);
    (void)db_queue(db, &STMT_FORGET, forget);
    save_scores(arena, e, db);
}

static void save_conflict(struct arena *arena, const struct conflict *c, struct db *db)
{
    struct db_params *p = db_params(arena);

    db_uuid(p, c->application_id);
    db_uuid(p, c->person_id);
    if (c->ended_us != 0) {
        db_time(p, c->ended_us);
        db_uuid(p, c->ended_by);
        db_text(p, span_text(c->why));
        (void)db_queue(db, &STMT_END, p);
        return;
    }
    db_text(p, span_text(c->reason));
    db_time(p, c->noted_us);
    db_uuid(p, c->noted_by);
    (void)db_queue(db, &STMT_CONFLICT, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct evaluation_change *c = (const struct evaluation_change *)item;

        if (c->evaluation != NULL)
            save_evaluation(w->arena, c->evaluation, db);
        else
            save_conflict(w->arena, c->conflict, db);
    }
}

const struct store_part evaluation_part = {.load = load, .read = read_all, .save = save};
