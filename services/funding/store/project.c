/* The part "project" of the store: see project.h. It asks and reads here; project_save.c writes. */
#include "services/funding/store/project_own.h"

#define DAY(column) "(" column " - date '1970-01-01')::int"
#define UNDECIDED   "exists (select 1 from application a where a.id = p.application_id and a.state <> 5)"
#define REJECTED                                                                                                                           \
    "exists (select 1 from application a where a.id = p.application_id and a.state = 5 and not exists (select 1 from award w where "       \
    "w.id = a.id and w.granted_cents > 0))"
#define COLUMNS                                                                                                                            \
    "p.id, p.code, p.application_id, p.title_fi, p.title_sv, p.title_en, p.funder, p.programme, p.lead_name, p.target, " DAY(              \
        "p.starts_on") ", " DAY("p.ends_on") ", " DAY("p.page_until") ", p.state, p.total_cents, p.version, " UNDECIDED                    \
                                                                      ", coalesce((select a.applied_cents from application a "             \
                                                                      "where a.id = p.application_id), 0), " REJECTED
enum { BEHIND_COLUMNS = 19 };
#define ONE         "select " COLUMNS " from project p where p.id = $1"
#define OF_CODE     "select " COLUMNS " from project p where p.code = $1"
#define ID          "$1"
#define CODE        "(select x.id from project x where x.code = $1)"
#define MEMBERS(id) "select role, name from project_member where project_id = " id " order by ordinal"
#define AREAS(id)   "select title_fi, title_sv, title_en, goals from project_area where project_id = " id " order by ordinal"
#define SHARES(id)                                                                                                                         \
    "select s.id, s.funder, s.cents, s.state, s.granted_cents, " DAY(                                                                      \
        "s.decided_on") ", s.item_id, "                                                                                                    \
                        "exists (select 1 from municipal_case c where c.share_id = s.id and c.state <> 6), "                               \
                        "exists (select 1 from municipal_case c where c.share_id = s.id), s.project_id from project_share s where "        \
                        "s.project_id " id " order by s.project_id, s.ordinal"

static const struct db_stmt STMT_ONE = {"project_one", ONE};
static const struct db_stmt STMT_LOCK = {"project_lock", ONE " for update"};
static const struct db_stmt STMT_CODE = {"project_code", OF_CODE};
static const struct db_stmt STMT_CODE_LOCK = {"project_code_lock", OF_CODE " for update"};
/* With what is granted and what is open of each plan. */
static const struct db_stmt STMT_PAGE = {
    "project_page",
    "select " COLUMNS ", s.granted, s.open from project p cross join lateral (select coalesce(sum(granted_cents), 0)::bigint "
    "granted, coalesce(sum(cents) filter (where state = 1), 0)::bigint open from project_share where project_id = p.id) s "
    "where p.id > $1 and ($3 or not " UNDECIDED ") order by p.id limit $2"};

/* $1 meeting */
#define OF_MEETING "any (array(select c.project_id from item i join municipal_case c on c.id = i.case_id where i.meeting_id = $1))"
static const struct db_stmt STMT_MEETING = {"project_meeting",
                                            "select " COLUMNS ", (select a.owner_id from application a where a.id = p.application_id), "
                                            "coalesce((select a.title from application a where a.id = p.application_id), '') "
                                            "from project p where p.id = " OF_MEETING " order by p.id for update of p"};

static const struct db_stmt STMT_MEETING_SHARES = {"project_meeting_shares", SHARES("= " OF_MEETING)};

enum { MEMBERS_AT, AREAS_AT, SHARES_AT, HANGING };
static const struct db_stmt STMT_HANGING[][HANGING] = {
    {{"project_members", MEMBERS(ID)}, {"project_areas", AREAS(ID)}, {"project_shares", SHARES("= $1")}},
    {{"project_members_code", MEMBERS(CODE)}, {"project_areas_code", AREAS(CODE)}, {"project_shares_code", SHARES("= " CODE)}},
};
/* $1 code $2 application $3 who asks: whether it is there, and no other project's; whether it is decided, what it applies for, whether
 * nothing was granted by it; whether who asks prepares its call and takes part in it, and in the one that the project has come from */
static const struct db_stmt STMT_APPLICATION = {
    "project_application", "select exists (select 1 from application a where a.id = $2), "
                           "not exists (select 1 from project p where p.application_id = $2 and p.code <> $1), "
                           "exists (select 1 from application a where a.id = $2 and a.state <> 5), "
                           "coalesce((select a.applied_cents from application a where a.id = $2), 0), "
                           "exists (select 1 from application a where a.id = $2 and a.state = 5 and not exists (select 1 "
                           "from award w where w.id = a.id and w.granted_cents > 0)), "
                           "not exists (select 1 from application a where a.id = any (array[$2, (select p.application_id "
                           "from project p where p.code = $1)]) and (not exists (select 1 from official o where "
                           "o.call_id = a.call_id and o.person_id = $3 and o.role = 1) or exists (select 1 from no_part n "
                           "where n.application_id = a.id and n.person_id = $3)))"};

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
    ask->reader = job->actor;
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

struct project_ask *project_want_meeting(struct workset *w, const struct job *job, struct uuid meeting_id)
{
    struct project_ask *ask = ask_for(w, job, PROJECTS_MEETING);

    ask->id = meeting_id;
    ask->hold = true;
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

struct project *project_of(const struct workset *w, const struct job *job, struct uuid id)
{
    const struct project_ask *ask = project_asked(w, job);

    for (size_t i = 0; ask != NULL && i < ask->count; i++)
        if (uuid_compare(ask->rows[i].id, id) == 0)
            return &ask->rows[i];
    return NULL;
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
    db_uuid(q, ask->reader);
    (void)db_queue(db, &STMT_APPLICATION, q);
}

static void load_page(const struct workset *w, struct project_ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, ask->id);
    db_i32(p, ask->limit);
    db_bool(p, ask->all);
    ask->item.result = db_queue(db, &STMT_PAGE, p);
}

static void load_meeting(const struct workset *w, struct project_ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, ask->id);
    ask->item.result = db_queue(db, &STMT_MEETING, p);
    (void)db_queue(db, &STMT_MEETING_SHARES, p); /* the result behind it */
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct project_ask *ask = (struct project_ask *)item;

        switch (ask->what) {
        case PROJECTS_ONE:
        case PROJECTS_CODE:
            load_one(w, ask, db);
            break;
        case PROJECTS_PAGE:
            load_page(w, ask, db);
            break;
        case PROJECTS_MEETING:
            load_meeting(w, ask, db);
            break;
        }
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
                            .applied_cents = db_get_i64(r, row, 17),
                            .rejected = db_get_bool(r, row, 18)};
}

static struct project_share read_share(struct arena *arena, const struct db_result *r, int row)
{
    return (struct project_share){.id = db_get_uuid(r, row, 0),
                                  .funder = text_of(arena, r, row, 1),
                                  .cents = db_get_i64(r, row, 2),
                                  .state = (enum plan_state)db_get_i16(r, row, 3),
                                  .granted_cents = db_get_i64(r, row, 4),
                                  .decided_on = db_get_null(r, row, 5) ? NO_DAY : db_get_i32(r, row, 5),
                                  .item_id = db_get_uuid(r, row, 6),
                                  .in_case = db_get_bool(r, row, 7),
                                  .kept = db_get_bool(r, row, 8)};
}

/* Those of this project, of rows of one or more. */
static void read_shares(struct arena *arena, struct project *project, const struct db_result *r)
{
    project->shares = arena_array(arena, (size_t)db_rows(r) + 1, sizeof *project->shares);
    for (int i = 0; i < db_rows(r); i++)
        if (uuid_compare(db_get_uuid(r, i, 9), project->id) == 0)
            project->shares[project->share_count++] = read_share(arena, r, i);
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
    read_shares(arena, project, shares);
}

static const struct project_plan *read_plan(struct arena *arena, const struct project *project, const struct db_result *r, int row)
{
    struct project_plan *plan = arena_alloc(arena, sizeof *plan);

    plan->total_cents = project->total_cents;
    plan->granted_cents = db_get_i64(r, row, BEHIND_COLUMNS);
    plan->open_cents = db_get_i64(r, row, BEHIND_COLUMNS + 1);
    plan->refused_cents = plan->total_cents - plan->granted_cents - plan->open_cents;
    plan->covered = plan->total_cents > 0 && plan->granted_cents == plan->total_cents;
    return plan;
}

static void read_ask(struct workset *w, struct project_ask *ask, struct db *db)
{
    const struct db_result *r = db_result(db, ask->item.result);

    ask->count = (size_t)db_rows(r);
    ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
    for (size_t i = 0; i < ask->count; i++)
        ask->rows[i] = read_row(w->arena, r, (int)i);
    if (ask->what == PROJECTS_PAGE) {
        for (size_t i = 0; i < ask->count; i++)
            ask->rows[i].plan = read_plan(w->arena, &ask->rows[i], r, (int)i);
        return;
    }
    if (ask->what == PROJECTS_MEETING) {
        for (size_t i = 0; i < ask->count; i++) {
            ask->rows[i].owner_id = db_get_uuid(r, (int)i, BEHIND_COLUMNS);
            ask->rows[i].application_title = text_of(w->arena, r, (int)i, BEHIND_COLUMNS + 1);
            read_shares(w->arena, &ask->rows[i], db_result(db, ask->item.result + 1));
        }
        return;
    }
    if (ask->count > 0)
        read_hanging(w->arena, ask->rows, db, ask->item.result + 1);
    if (ask->what == PROJECTS_CODE) {
        const struct db_result *application = db_result(db, ask->item.result + 1 + HANGING);
        ask->application_there = db_get_bool(application, 0, 0);
        ask->application_free = db_get_bool(application, 0, 1);
        ask->application_undecided = db_get_bool(application, 0, 2);
        ask->applied_cents = db_get_i64(application, 0, 3);
        ask->application_rejected = db_get_bool(application, 0, 4);
        ask->application_theirs = db_get_bool(application, 0, 5);
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        read_ask(w, (struct project_ask *)item, db);
}

const struct store_part project_part = {.load = load, .read = read_all, .save = project_save_all};
