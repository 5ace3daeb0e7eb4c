/* The parts of a call as they are written: groups and themes, criteria, questions, each kind as arrays of its columns. See call.h.
 *
 * Themes that go go first, then those that shrink are written, then those that grow, so that their sum never rises above what it becomes.
 * Places (ordinals) are turned negative first, so that no two parts ever stand in one. */
#include <stddef.h>

#include "services/funding/store/call_own.h"

/* $1 id */
static const struct db_stmt STMT_UNPLACE[] = {
    {"call_groups_unplace", "update call_group set ordinal = -ordinal where call_id = $1"},
    {"call_themes_unplace", "update theme t set ordinal = -t.ordinal from call_group g where g.call_id = $1 and t.group_id = g.id"},
    {"call_criteria_unplace", "update criterion set ordinal = -ordinal where call_id = $1"},
    {"call_questions_unplace", "update question set ordinal = -ordinal where call_id = $1"},
};
enum { UNPLACE = sizeof STMT_UNPLACE / sizeof STMT_UNPLACE[0] };
/* $1 id $2 those that stay */
static const struct db_stmt STMT_LESS_THEMES = {
    "call_less_themes", "delete from theme t using call_group g where g.call_id = $1 and t.group_id = g.id and t.id <> all ($2::uuid[])"};
static const struct db_stmt STMT_LESS_GROUPS = {"call_less_groups", "delete from call_group where call_id = $1 and id <> all ($2::uuid[])"};
static const struct db_stmt STMT_LESS_CRITERIA = {"call_less_criteria",
                                                  "delete from criterion where call_id = $1 and id <> all ($2::uuid[])"};
static const struct db_stmt STMT_LESS_QUESTIONS = {"call_less_questions",
                                                   "delete from question where call_id = $1 and id <> all ($2::uuid[])"};

/* $1 id $2 ids $3 fi $4 sv $5 en, in their order */
static const struct db_stmt STMT_GROUPS = {
    "call_put_groups",
    "insert into call_group (id, call_id, ordinal, title_fi, title_sv, title_en) "
    "select s.id, $1, s.n, s.fi, s.sv, s.en from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) with ordinality as s (id, fi, sv, "
    "en, n) "
    "on conflict (id) do update set ordinal = excluded.ordinal, title_fi = excluded.title_fi, title_sv = excluded.title_sv, "
    "title_en = excluded.title_en"};
/* the same, then $6 groups $7 places in them $8 cents */
static const struct db_stmt STMT_THEMES = {
    "call_put_themes",
    "insert into theme (id, call_id, group_id, ordinal, title_fi, title_sv, title_en, allocation_cents) "
    "select s.id, $1, s.group_id, s.n, s.fi, s.sv, s.en, s.cents "
    "from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::integer[], $8::bigint[]) "
    "as s (id, fi, sv, en, group_id, n, cents) left join theme t on t.id = s.id order by s.cents - coalesce(t.allocation_cents, 0) "
    "on conflict (id) do update set group_id = excluded.group_id, ordinal = excluded.ordinal, title_fi = excluded.title_fi, "
    "title_sv = excluded.title_sv, title_en = excluded.title_en, allocation_cents = excluded.allocation_cents"};
/* the same as of groups, then $6 weights $7 points */
static const struct db_stmt STMT_CRITERIA = {
    "call_put_criteria",
    "insert into criterion (id, call_id, ordinal, title_fi, title_sv, title_en, weight, points) "
    "select s.id, $1, s.n, s.fi, s.sv, s.en, s.weight, s.points "
    "from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::integer[]) with ordinality "
    "as s (id, fi, sv, en, weight, points, n) "
    "on conflict (id) do update set ordinal = excluded.ordinal, title_fi = excluded.title_fi, title_sv = excluded.title_sv, "
    "title_en = excluded.title_en, weight = excluded.weight, points = excluded.points"};
/* the same as of groups, then $6 required $7 most */
static const struct db_stmt STMT_QUESTIONS = {
    "call_put_questions",
    "insert into question (id, call_id, ordinal, title_fi, title_sv, title_en, required, most) "
    "select s.id, $1, s.n, s.fi, s.sv, s.en, s.required, s.most "
    "from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::integer[]) with ordinality "
    "as s (id, fi, sv, en, required, most, n) "
    "on conflict (id) do update set ordinal = excluded.ordinal, title_fi = excluded.title_fi, title_sv = excluded.title_sv, "
    "title_en = excluded.title_en, required = excluded.required, most = excluded.most"};
static struct db_params *params_of(const struct workset *w, const struct call *call)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, call->id);
    return p;
}

/* Rows of one kind, each beginning with its id and its title. */
struct rows {
    const void *first;
    size_t count, size;
};
struct row_head {
    struct uuid id;
    struct text title;
};
#define ROWS(items, count_)                                                                                                                \
    (struct rows)                                                                                                                          \
    {                                                                                                                                      \
        .first = (items), .count = (count_), .size = sizeof *(items)                                                                       \
    }
_Static_assert(offsetof(struct call_group, title) == offsetof(struct row_head, title), "a group begins with its id and title");
_Static_assert(offsetof(struct call_theme, title) == offsetof(struct row_head, title), "a theme begins with its id and title");
_Static_assert(offsetof(struct call_criterion, title) == offsetof(struct row_head, title), "a criterion begins with its id and title");
_Static_assert(offsetof(struct call_question, title) == offsetof(struct row_head, title), "a question begins with its id and title");

static const struct row_head *row_at(struct rows rows, size_t i)
{
    return (const struct row_head *)((const char *)rows.first + i * rows.size);
}

static void put_ids(struct db_params *p, struct rows rows)
{
    db_array(p, DB_UUID, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        db_array_uuid(p, row_at(rows, i)->id);
}

static void put_titles(struct db_params *p, struct rows rows)
{
    db_array(p, DB_TEXT, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        db_array_text(p, span_text(row_at(rows, i)->title.fi));
    db_array(p, DB_TEXT, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        db_array_text(p, span_text(row_at(rows, i)->title.sv));
    db_array(p, DB_TEXT, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        db_array_text(p, span_text(row_at(rows, i)->title.en));
}

static struct db_params *rows_params(const struct workset *w, const struct call *call, struct rows rows)
{
    struct db_params *p = params_of(w, call);

    put_ids(p, rows);
    put_titles(p, rows);
    return p;
}

static void save_less(const struct workset *w, const struct call *call, const struct db_stmt *stmt, struct rows rows, struct db *db)
{
    struct db_params *p = params_of(w, call);

    put_ids(p, rows);
    (void)db_queue(db, stmt, p);
}

/* All themes of the call in a row, with the group and place of each. */
struct flat {
    struct call_theme *themes;
    struct uuid *groups;
    int32_t *places;
    size_t count;
};

static struct flat flat_themes(const struct workset *w, const struct call *call)
{
    const size_t room = call_theme_count(call) + 1;
    struct flat flat = {.themes = arena_array(w->arena, room, sizeof *flat.themes),
                        .groups = arena_array(w->arena, room, sizeof *flat.groups),
                        .places = arena_array(w->arena, room, sizeof *flat.places)};

    for (size_t g = 0; g < call->group_count; g++)
        for (size_t t = 0; t < call->groups[g].theme_count; t++, flat.count++) {
            flat.themes[flat.count] = call->groups[g].themes[t];
            flat.groups[flat.count] = call->groups[g].id;
            flat.places[flat.count] = (int32_t)t + 1;
        }
    return flat;
}

static void save_themes(const struct workset *w, const struct call *call, const struct flat *flat, struct db *db)
{
    struct db_params *p = rows_params(w, call, ROWS(flat->themes, flat->count));

    db_array(p, DB_UUID, flat->count);
    for (size_t i = 0; i < flat->count; i++)
        db_array_uuid(p, flat->groups[i]);
    db_array(p, DB_I32, flat->count);
    for (size_t i = 0; i < flat->count; i++)
        db_array_i32(p, flat->places[i]);
    db_array(p, DB_I64, flat->count);
    for (size_t i = 0; i < flat->count; i++)
        db_array_i64(p, flat->themes[i].allocation_cents);
    (void)db_queue(db, &STMT_THEMES, p);
}

static void save_criteria(const struct workset *w, const struct call *call, struct db *db)
{
    struct db_params *p = rows_params(w, call, ROWS(call->criteria, call->criterion_count));

    db_array(p, DB_I32, call->criterion_count);
    for (size_t i = 0; i < call->criterion_count; i++)
        db_array_i32(p, call->criteria[i].weight);
    db_array(p, DB_I32, call->criterion_count);
    for (size_t i = 0; i < call->criterion_count; i++)
        db_array_i32(p, call->criteria[i].points);
    (void)db_queue(db, &STMT_CRITERIA, p);
}

static void save_questions(const struct workset *w, const struct call *call, struct db *db)
{
    struct db_params *p = rows_params(w, call, ROWS(call->questions, call->question_count));

    db_array(p, DB_BOOL, call->question_count);
    for (size_t i = 0; i < call->question_count; i++)
        db_array_bool(p, call->questions[i].required);
    db_array(p, DB_I32, call->question_count);
    for (size_t i = 0; i < call->question_count; i++)
        db_array_i32(p, call->questions[i].most);
    (void)db_queue(db, &STMT_QUESTIONS, p);
}

static void put_parts(const struct workset *w, const struct call *call, const struct flat *flat, struct db *db)
{
    (void)db_queue(db, &STMT_GROUPS, rows_params(w, call, ROWS(call->groups, call->group_count)));
    save_themes(w, call, flat, db);
    save_criteria(w, call, db);
    save_questions(w, call, db);
}

void call_parts_add(const struct workset *w, const struct call *call, struct db *db)
{
    const struct flat flat = flat_themes(w, call);

    put_parts(w, call, &flat, db);
}

void call_parts_replace(const struct workset *w, const struct call *call, struct db *db)
{
    const struct flat flat = flat_themes(w, call);

    for (size_t i = 0; i < UNPLACE; i++)
        (void)db_queue(db, &STMT_UNPLACE[i], params_of(w, call));
    save_less(w, call, &STMT_LESS_THEMES, ROWS(flat.themes, flat.count), db);
    save_less(w, call, &STMT_LESS_CRITERIA, ROWS(call->criteria, call->criterion_count), db);
    save_less(w, call, &STMT_LESS_QUESTIONS, ROWS(call->questions, call->question_count), db);
    put_parts(w, call, &flat, db);
    save_less(w, call, &STMT_LESS_GROUPS, ROWS(call->groups, call->group_count), db);
}
