/* The part "project" of the store: see project.h. What is changed, and how it is saved. */
#include "services/funding/store/project_own.h"

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
                                            {"project_clear_areas", "delete from project_area where project_id = $1"}};
static const struct db_stmt STMT_CLEAR_SHARES = {"project_clear_shares",
                                                 "delete from project_share where project_id = $1 and id <> all ($2::uuid[])"};
/* $1 id $2 version */
static const struct db_stmt STMT_VERSION = {"project_version", "update project set version = $2 where id = $1"};
/* $1 project, then arrays in the order of the places */
static const struct db_stmt STMT_MEMBERS = {"project_put_members",
                                            "insert into project_member (project_id, ordinal, role, name) select $1, n, role, name from "
                                            "unnest($2::smallint[], $3::text[]) with ordinality x (role, name, n)"};
static const struct db_stmt STMT_AREAS = {
    "project_put_areas",
    "insert into project_area (project_id, ordinal, title_fi, title_sv, title_en, goals) select $1, n, fi, sv, en, goals from "
    "unnest($2::text[], $3::text[], $4::text[], $5::text[]) with ordinality x (fi, sv, en, goals, n)"};
/* What a case says of a share of its own stands in the file as it is here (handler/import_project.c), so nothing of it changes. */
static const struct db_stmt STMT_SHARES = {
    "project_put_shares",
    "insert into project_share (project_id, ordinal, id, funder, cents, state, granted_cents, decided_on) "
    "select $1, n, id, funder, cents, state, granted, date '1970-01-01' + day from unnest($2::uuid[], $3::text[], $4::bigint[], "
    "$5::smallint[], "
    "$6::bigint[], $7::integer[]) with ordinality x (id, funder, cents, state, granted, day, n) "
    "on conflict (id) do update set ordinal = excluded.ordinal, funder = excluded.funder, cents = excluded.cents, state = excluded.state, "
    "granted_cents = excluded.granted_cents, decided_on = excluded.decided_on"};

struct project_change {
    struct part_item item; /* first */
    enum { CHANGE_ADD, CHANGE_PUT, CHANGE_MOVE, CHANGE_VERSION } what;
    struct project project;
    const char *why;
    struct uuid actor;
};

/* --- what cases call --------------------------------------------------------------------------------------------------- */
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

void project_counted(struct workset *w, const struct project *project)
{
    (void)change(w, project, CHANGE_VERSION);
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
    db_array(p, DB_I64, project->share_count);
    for (size_t i = 0; i < project->share_count; i++)
        db_array_i64(p, project->shares[i].granted_cents);
    db_array(p, DB_I32, project->share_count);
    for (size_t i = 0; i < project->share_count; i++)
        if (project->shares[i].decided_on == NO_DAY)
            db_array_null(p);
        else
            db_array_i32(p, (int32_t)project->shares[i].decided_on);
    db_queue(db, &STMT_SHARES, p);
}

/* Shares that stay keep their rows, since a municipal case may name them. */
static void clear(struct workset *w, const struct project *project, struct db *db)
{
    for (size_t i = 0; i < sizeof STMT_CLEAR / sizeof STMT_CLEAR[0]; i++)
        db_queue(db, &STMT_CLEAR[i], params_of(w, project));
    struct db_params *p = params_of(w, project);
    db_array(p, DB_UUID, project->share_count);
    for (size_t i = 0; i < project->share_count; i++)
        db_array_uuid(p, project->shares[i].id);
    db_queue(db, &STMT_CLEAR_SHARES, p);
}

static void save_version(struct workset *w, const struct project *project, struct db *db)
{
    struct db_params *p = params_of(w, project);

    db_i64(p, project->version);
    db_queue(db, &STMT_VERSION, p);
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

void project_save_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct project_change *c = (const struct project_change *)item;

        if (c->what == CHANGE_MOVE) {
            save_move(c, db_params(w->arena), db);
            continue;
        }
        if (c->what == CHANGE_VERSION) {
            save_version(w, &c->project, db);
            continue;
        }
        save_head(c, db_params(w->arena), db);
        if (c->what == CHANGE_PUT)
            clear(w, &c->project, db);
        save_members(w, &c->project, db);
        save_areas(w, &c->project, db);
        save_shares(w, &c->project, db);
    }
}
