/* The part "project" of the store: see project.h. */
#include "services/funding/store/project.h"

#define DAY(column) "(" column " - date '1970-01-01')::int"
#define UNDECIDED   "exists (select 1 from application a where a.id = p.application_id and a.state <> 5)"
#define COLUMNS                                                                                                                            \
    "p.id, p.code, p.application_id, p.title_fi, p.title_sv, p.title_en, p.funder, p.programme, p.lead_name, p.target, " DAY(              \
        "p.starts_on") ", " DAY("p.ends_on") ", " DAY("p.page_until") ", p.state, p.total_cents, p.version, " UNDECIDED                    \
                                                                      ", coalesce((select a.applied_cents from application a "             \
                                                                      "where a.id = p.application_id), 0)"
#define ONE         "select " COLUMNS " from project p where p.id = $1"
#define OF_CODE     "select " COLUMNS " from project p where p.code = $1"
#define ID          "$1"
#define CODE        "(select x.id from project x where x.code = $1)"
#define MEMBERS(id) "select role, name from project_member where project_id = " id " order by ordinal"
#define AREAS(id)   "select title_fi, title_sv, title_en, goals from project_area where project_id = " id " order by ordinal"
#define SHARES(id)  "select id, funder, cents, state from project_share where project_id = " id " order by ordinal"

static const struct db_stmt STMT_ONE = {"project_one", ONE};
static const struct db_stmt STMT_LOCK = {"project_lock", ONE " for update"};
static const struct db_stmt STMT_CODE = {"project_code", OF_CODE};
static const struct db_stmt STMT_CODE_LOCK = {"project_code_lock", OF_CODE " for update"};
static const struct db_stmt STMT_PAGE = {"project_page", "select " COLUMNS " from project p where p.id > $1 and ($3 or not " UNDECIDED
                                                         ") order by p.id limit $2"};

enum { MEMBERS_AT, AREAS_AT, SHARES_AT, HANGING };
static const struct db_stmt STMT_HANGING[][HANGING] = {
    {{"project_members", MEMBERS(ID)}, {"project_areas", AREAS(ID)}, {"project_shares", SHARES(ID)}},
    {{"project_members_code", MEMBERS(CODE)}, {"project_areas_code", AREAS(CODE)}, {"project_shares_code", SHARES(CODE)}},
};
/* $1 code $2 application: whether it is there, and no other project's; whether it is decided, and what it applies for */
static const struct db_stmt STMT_APPLICATION = {"project_application",
                                                "select exists (select 1 from application a where a.id = $2), "
                                                "not exists (select 1 from project p where p.application_id = $2 and p.code <> $1), "
                                                "exists (select 1 from application a where a.id = $2 and a.state <> 5), "
                                                "coalesce((select a.applied_cents from application a where a.id = $2), 0)"};

#define HEAD                                                                                                                               \
    "title_fi, title_sv, title_en, funder, programme, lead_name, target, starts_on, ends_on, page_until, total_cents, application_id"
#define ON(n) "date '1970-01-01' + $" n "::int"
/* $1 id $2 version $3..$9 texts $10 $11 $12 days $13 total $14 application $15 code $16 state $17 why $18 actor */
static const struct db_stmt STMT_ADD = {"project_add",
                                        "insert into project (id, version, " HEAD ", code, state, why, actor) values ($1, $2, $3, $4, $5, "
                                        "$6, $7, $8, $9, " ON("10") ", " ON("11") ", " ON("12") ", $13, $14, $15, $16, $17, $18)"};
static const struct db_stmt STMT_PUT = {"project_put", "update project set version = $2, (" HEAD ") = row($3, $4, $5, $6, $7, $8, $9, " ON(
                                                           "10") ", " ON("11") ", " ON("12") ", $13::bigint, $14::uuid) where id = $1"};
/* $1 id $2 state $3 why $4 actor $5 version */
static const struct db_stmt STMT_MOVE = {"project_move", "update project set state = $2, why = $3, actor = $4, version = $5 where id = $1"};
static const struct db_stmt STMT_CLEAR[] = {{"project_clear_members", "delete from project_member where project_id = $1"},
                                            {"project_clear_areas", "delete from project_area where project_id = $1"},
                                            {"project_clear_shares", "delete from project_share where project_id = $1"}};
/* $1 project, then arrays in the order of the places */
static const struct db_stmt STMT_MEMBERS = {"project_put_members",
                                            "insert into project_member (project_id, ordinal, role, name) select $1, n, role, name from "
                                            "unnest($2::smallint[], $3::text[]) with ordinality x (role, name, n)"};
static const struct db_stmt STMT_AREAS = {
    "project_put_areas",
    "insert into project_area (project_id, ordinal, title_fi, title_sv, title_en, goals) select $1, n, fi, sv, en, goals from "
    "unnest($2::text[], $3::text[], $4::text[], $5::text[]) with ordinality x (fi, sv, en, goals, n)"};
static const struct db_stmt STMT_SHARES = {
    "project_put_shares",
    "insert into project_share (project_id, ordinal, id, funder, cents, state) select $1, n, id, funder, cents, state from "
    "unnest($2::uuid[], $3::text[], $4::bigint[], $5::smallint[]) with ordinality x (id, funder, cents, state, n)"};

struct project_change {
    struct part_item item; /* first */
    enum { CHANGE_ADD, CHANGE_PUT, CHANGE_MOVE } what;
    struct project project;
    const char *why;
    struct uuid actor;
};

/* --- what cases call --------------------------------------------------------------------------------------------------- */
static struct project_ask *ask_for(struct workset *w, const struct job *job, int what)
{
    struct project_ask *ask = part_ask(&w->parts, PART_PROJECT, job, sizeof *ask);

    ask->what = what;
    return ask;
}

struct project_ask *project_want(struct workset *w, const struct job *job, struct uuid id, bool hold)
{
    struct project_ask *ask = ask_for(w, job, PROJECTS_ONE);

    ask->id = id;
    ask->hold = hold;
    return ask;
}

struct project_ask *project_want_code(struct workset *w, const struct job *job, const char *code, struct uuid application_id, bool hold)
{
    struct project_ask *ask = ask_for(w, job, PROJECTS_CODE);

    ask->code = code;
    ask->application_id = application_id;
    ask->hold = hold;
    return ask;
}

struct project_ask *project_want_page(struct workset *w, const struct job *job, struct uuid after, int32_t limit, bool all)
{
    struct project_ask *ask = ask_for(w, job, PROJECTS_PAGE);

    ask->id = after;
    ask->limit = limit;
    ask->all = all;
    return ask;
}

const struct project_ask *project_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_PROJECT, job);
}

struct project *project_found(const struct workset *w, const struct job *job)
{
    const struct project_ask *ask = project_asked(w, job);

    return ask != NULL && ask->what != PROJECTS_PAGE && ask->count > 0 ? ask->rows : NULL;
}

static struct project_change *change(struct workset *w, const struct project *project, int what)
{
    struct project_change *c = part_change(&w->parts, PART_PROJECT, sizeof *c);

    c->what = what;
    c->project = *project;
    return c;
}

void project_add(struct workset *w, const struct project *project, struct uuid actor)
{
    struct project_change *c = change(w, project, CHANGE_ADD);

    c->why = "imported";
    c->actor = actor;
}

void project_put(struct workset *w, const struct project *project)
{
    (void)change(w, project, CHANGE_PUT);
}

void project_move(struct workset *w, const struct project *project, const char *why, struct uuid actor)
{
    struct project_change *c = change(w, project, CHANGE_MOVE);

    c->why = why;
    c->actor = actor;
}

/* --- loading ----------------------------------------------------------------------------------------------------------- */
static void load_one(const struct workset *w, struct project_ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena);
    const bool by_code = ask->what == PROJECTS_CODE;

    if (by_code) {
        db_text(p, span_text(ask->code));
        ask->item.result = db_queue(db, ask->hold ? &STMT_CODE_LOCK : &STMT_CODE, p);
    } else {
        db_uuid(p, ask->id);
        ask->item.result = db_queue(db, ask->hold ? &STMT_LOCK : &STMT_ONE, p);
    }
    for (size_t i = 0; i < HANGING; i++)
        (void)db_queue(db, &STMT_HANGING[by_code][i], p); /* the results behind it */
    if (!by_code)
        return;
    struct db_params *q = db_params(w->arena);
    db_text(q, span_text(ask->code));
    db_uuid(q, ask->application_id);
    (void)db_queue(db, &STMT_APPLICATION, q);
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct project_ask *ask = (struct project_ask *)item;

        if (ask->what != PROJECTS_PAGE) {
            load_one(w, ask, db);
            continue;
        }
        struct db_params *p = db_params(w->arena);
        db_uuid(p, ask->id);
        db_i32(p, ask->limit);
        db_bool(p, ask->all);
        item->result = db_queue(db, &STMT_PAGE, p);
    }
}

static const char *text_of(struct arena *arena, const struct db_result *r, int row, int col)
{
    return arena_text(arena, db_get_span(r, row, col));
}

static struct text texts_of(struct arena *arena, const struct db_result *r, int row, int col)
{
    return (struct text){.fi = text_of(arena, r, row, col), .sv = text_of(arena, r, row, col + 1), .en = text_of(arena, r, row, col + 2)};
}

static struct project read_row(struct arena *arena, const struct db_result *r, int row)
{
    return (struct project){.id = db_get_uuid(r, row, 0),
                            .code = text_of(arena, r, row, 1),
                            .application_id = db_get_uuid(r, row, 2),
                            .title = texts_of(arena, r, row, 3),
                            .funder = text_of(arena, r, row, 6),
                            .programme = text_of(arena, r, row, 7),
                            .lead_name = text_of(arena, r, row, 8),
                            .target = text_of(arena, r, row, 9),
                            .starts_on = db_get_i32(r, row, 10),
                            .ends_on = db_get_i32(r, row, 11),
                            .page_until = db_get_null(r, row, 12) ? NO_DAY : db_get_i32(r, row, 12),
                            .state = (enum project_state)db_get_i16(r, row, 13),
                            .total_cents = db_get_i64(r, row, 14),
                            .version = db_get_i64(r, row, 15),
                            .undecided = db_get_bool(r, row, 16),
                            .applied_cents = db_get_i64(r, row, 17)};
}

static void read_hanging(struct arena *arena, struct project *project, struct db *db, int first)
{
    const struct db_result *members = db_result(db, first + MEMBERS_AT), *areas = db_result(db, first + AREAS_AT);
    const struct db_result *shares = db_result(db, first + SHARES_AT);

    project->members = arena_array(arena, (size_t)db_rows(members) + 1, sizeof *project->members);
    for (int i = 0; i < db_rows(members); i++)
        project->members[project->member_count++] =
            (struct project_member){(enum member_role)db_get_i16(members, i, 0), text_of(arena, members, i, 1)};
    project->areas = arena_array(arena, (size_t)db_rows(areas) + 1, sizeof *project->areas);
    for (int i = 0; i < db_rows(areas); i++)
        project->areas[project->area_count++] = (struct project_area){texts_of(arena, areas, i, 0), text_of(arena, areas, i, 3)};
    project->shares = arena_array(arena, (size_t)db_rows(shares) + 1, sizeof *project->shares);
    for (int i = 0; i < db_rows(shares); i++)
        project->shares[project->share_count++] = (struct project_share){.id = db_get_uuid(shares, i, 0),
                                                                         .funder = text_of(arena, shares, i, 1),
                                                                         .cents = db_get_i64(shares, i, 2),
                                                                         .state = (enum plan_state)db_get_i16(shares, i, 3)};
}

static void read_ask(struct workset *w, struct project_ask *ask, struct db *db)
{
    const struct db_result *r = db_result(db, ask->item.result);

    ask->count = (size_t)db_rows(r);
    ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
    for (size_t i = 0; i < ask->count; i++)
        ask->rows[i] = read_row(w->arena, r, (int)i);
    if (ask->what == PROJECTS_PAGE)
        return;
    if (ask->count > 0)
        read_hanging(w->arena, ask->rows, db, ask->item.result + 1);
    if (ask->what == PROJECTS_CODE) {
        const struct db_result *application = db_result(db, ask->item.result + 1 + HANGING);
        ask->application_there = db_get_bool(application, 0, 0);
        ask->application_free = db_get_bool(application, 0, 1);
        ask->application_undecided = db_get_bool(application, 0, 2);
        ask->applied_cents = db_get_i64(application, 0, 3);
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        read_ask(w, (struct project_ask *)item, db);
}

/* --- saving ------------------------------------------------------------------------------------------------------------ */
static void put_day(struct db_params *p, int64_t day)
{
    if (day == NO_DAY)
        db_null(p);
    else
        db_i32(p, (int32_t)day);
}

static void put_id(struct db_params *p, struct uuid id)
{
    if (uuid_is_nil(id))
        db_null(p);
    else
        db_uuid(p, id);
}

static void save_head(const struct project_change *c, struct db_params *p, struct db *db)
{
    const struct project *project = &c->project;
    const char *const texts[] = {project->title.fi,  project->title.sv,  project->title.en, project->funder,
                                 project->programme, project->lead_name, project->target};

    db_uuid(p, project->id);
    db_i64(p, project->version);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        db_text(p, span_text(texts[i]));
    put_day(p, project->starts_on);
    put_day(p, project->ends_on);
    put_day(p, project->page_until);
    db_i64(p, project->total_cents);
    put_id(p, project->application_id);
    if (c->what == CHANGE_ADD) {
        db_text(p, span_text(project->code));
        db_i16(p, (int16_t)project->state);
        db_text(p, span_text(c->why));
        put_id(p, c->actor);
    }
    db_queue(db, c->what == CHANGE_ADD ? &STMT_ADD : &STMT_PUT, p);
}

static struct db_params *params_of(struct workset *w, const struct project *project)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, project->id);
    return p;
}

static void save_members(struct workset *w, const struct project *project, struct db *db)
{
    struct db_params *p = params_of(w, project);

    db_array(p, DB_I16, project->member_count);
    for (size_t i = 0; i < project->member_count; i++)
        db_array_i16(p, (int16_t)project->members[i].role);
    db_array(p, DB_TEXT, project->member_count);
    for (size_t i = 0; i < project->member_count; i++)
        db_array_text(p, span_text(project->members[i].name));
    db_queue(db, &STMT_MEMBERS, p);
}

static const char *area_text(const struct project_area *area, int column)
{
    return column == 0 ? area->title.fi : column == 1 ? area->title.sv : column == 2 ? area->title.en : area->goals;
}

static void save_areas(struct workset *w, const struct project *project, struct db *db)
{
    struct db_params *p = params_of(w, project);

    for (int column = 0; column < 4; column++) {
        db_array(p, DB_TEXT, project->area_count);
        for (size_t i = 0; i < project->area_count; i++)
            db_array_text(p, span_text(area_text(&project->areas[i], column)));
    }
    db_queue(db, &STMT_AREAS, p);
}

static void save_shares(struct workset *w, const struct project *project, struct db *db)
{
    struct db_params *p = params_of(w, project);

    db_array(p, DB_UUID, project->share_count);
    for (size_t i = 0; i < project->share_count; i++)
        db_array_uuid(p, project->shares[i].id);
    db_array(p, DB_TEXT, project->share_count);
    for (size_t i = 0; i < project->share_count; i++)
        db_array_text(p, span_text(project->shares[i].funder));
    db_array(p, DB_I64, project->share_count);
    for (size_t i = 0; i < project->share_count; i++)
        db_array_i64(p, project->shares[i].cents);
    db_array(p, DB_I16, project->share_count);
    for (size_t i = 0; i < project->share_count; i++)
        db_array_i16(p, (int16_t)project->shares[i].state);
    db_queue(db, &STMT_SHARES, p);
}

static void save_move(const struct project_change *c, struct db_params *p, struct db *db)
{
    db_uuid(p, c->project.id);
    db_i16(p, (int16_t)c->project.state);
    db_text(p, span_text(c->why));
    put_id(p, c->actor);
    db_i64(p, c->project.version);
    db_queue(db, &STMT_MOVE, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct project_change *c = (const struct project_change *)item;

        if (c->what == CHANGE_MOVE) {
            save_move(c, db_params(w->arena), db);
            continue;
        }
        save_head(c, db_params(w->arena), db);
        for (size_t i = 0; c->what == CHANGE_PUT && i < sizeof STMT_CLEAR / sizeof STMT_CLEAR[0]; i++)
            db_queue(db, &STMT_CLEAR[i], params_of(w, &c->project));
        save_members(w, &c->project, db);
        save_areas(w, &c->project, db);
        save_shares(w, &c->project, db);
    }
}

const struct store_part project_part = {.load = load, .read = read_all, .save = save};
