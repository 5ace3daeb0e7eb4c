/* The part "award" of the store, what it loads: see award.h. What is written is in award_save.c. */
#include "services/funding/store/award.h"

#include "services/funding/store/award_own.h"

#define DAY(column) "(" column " - date '1970-01-01')::int"
#define COLUMNS                                                                                                                            \
    "w.id, w.call_id, w.theme_id, w.decision_id, w.state, w.granted_cents, w.planned_cents, w.paid_cents, w.returned_cents, " DAY(         \
        "w.answer_until") ", " DAY("w.use_until") ", w.version, a.owner_id, a.register_number, a.title, a.language"
#define FROM "from award w join application a on a.id = w.id "
/* $1: by what it is known */
#define ID_OF_AMENDMENT "(select m.award_id from amendment m where m.id = $1)"
#define ID_OF_REPORT    "(select r.award_id from report r where r.id = $1)"
/* $2: the reader */
#define CONFLICT ", exists (select 1 from no_part k where k.application_id = w.id and k.person_id = $2) "
#define ONE(id)  "select " COLUMNS CONFLICT FROM "where w.id = " id

static const struct db_stmt STMT_ONE[][2] = {
    [AWARD_BY_ID] = {{"award", ONE("$1")}, {"award_lock", ONE("$1") " for update of w"}},
    [AWARD_BY_AMENDMENT] = {{"award_amendment", ONE(ID_OF_AMENDMENT)}, {"award_amendment_lock", ONE(ID_OF_AMENDMENT) " for update of w"}},
    [AWARD_BY_REPORT] = {{"award_report", ONE(ID_OF_REPORT)}, {"award_report_lock", ONE(ID_OF_REPORT) " for update of w"}},
};
/* $1 call $2 state or 0 $3 after $4 limit $5 reader */
static const struct db_stmt STMT_PAGE = {"award_page", "select " COLUMNS " " FROM
                                                       "where w.call_id = $1 and ($2 = 0 or w.state = $2) and w.id > $3 and not exists "
                                                       "(select 1 from no_part k where k.application_id = w.id and k.person_id = $5) "
                                                       "order by w.id limit $4"};
/* $1 call $2 today $3 limit */
static const struct db_stmt STMT_SILENT = {"award_silent", "select " COLUMNS " " FROM
                                                           "where w.call_id = $1 and w.state = 1 and w.answer_until < date '1970-01-01' + "
                                                           "$2::int order by w.id limit $3 for update of w"};

/* What hangs on one. */
#define INSTALMENTS(id)                                                                                                                    \
    "select i.id, i.ordinal, i.cents, " DAY("i.due_on") ", i.state, i.iban, i.reference, " DAY(                                            \
        "i.paid_on") ", i.actor from instalment i where i.award_id = " id " order by i.ordinal"
#define RECOVERIES(id)                                                                                                                     \
    "select r.id, r.kind, r.cents, r.reasons, " DAY("r.due_on") ", r.state, " DAY("r.paid_on") " from recovery r where r.award_id = " id   \
                                                                                               " order by r.id"
/* What was amended, else the decision's own rows. */
#define PLAN(id, kind, table, cents, name, business_id)                                                                                    \
    "select x.n, x.cents, x.name, coalesce(x.business_id, '') from award w join decision d on d.id = w.decision_id "                       \
    "left join lateral (" AWARD_AMENDED(kind) ") c on true cross join lateral ("                                                           \
                                              "select (j ->> 'n')::int n, (j ->> 'cents')::bigint cents, j ->> 'name' as name, j ->> "     \
                                              "'business_id' as business_id from jsonb_array_elements(c.accepted) j "                      \
                                              "union all select t.ordinal, t." cents ", t." name ", " business_id " from " table           \
                                              " t where c.accepted is null and t.decision_id = d.id) x "                                   \
                                              "where w.id = " id " order by x.n"
#define LINES(id)    PLAN(id, "3", "decision_line", "accepted_cents", "title", "''")
#define PARTNERS(id) PLAN(id, "4", "decision_partner", "cents", "name", "t.business_id")

enum { CONFLICT_AT = 16 }; /* behind the columns */
enum { INSTALMENTS_AT, RECOVERIES_AT, LINES_AT, PARTNERS_AT, HANGING };
static const struct db_stmt STMT_HANGING[][HANGING] = {
    [AWARD_BY_ID] = {{"award_instalments", INSTALMENTS("$1")},
                     {"award_recoveries", RECOVERIES("$1")},
                     {"award_lines", LINES("$1")},
                     {"award_partners", PARTNERS("$1")}},
    [AWARD_BY_AMENDMENT] = {{"award_instalments_amendment", INSTALMENTS(ID_OF_AMENDMENT)},
                            {"award_recoveries_amendment", RECOVERIES(ID_OF_AMENDMENT)},
                            {"award_lines_amendment", LINES(ID_OF_AMENDMENT)},
                            {"award_partners_amendment", PARTNERS(ID_OF_AMENDMENT)}},
    [AWARD_BY_REPORT] = {{"award_instalments_report", INSTALMENTS(ID_OF_REPORT)},
                         {"award_recoveries_report", RECOVERIES(ID_OF_REPORT)},
                         {"award_lines_report", LINES(ID_OF_REPORT)},
                         {"award_partners_report", PARTNERS(ID_OF_REPORT)}},
};

/* --- asking ------------------------------------------------------------------------------------------------------------ */
static struct award_ask *ask_for(struct workset *w, const struct job *job, struct uuid id)
{
    struct award_ask *ask = part_ask(&w->parts, PART_AWARD, job, sizeof *ask);

    ask->id = id;
    return ask;
}

void award_want(struct workset *w, const struct job *job, enum award_by by, struct uuid id, enum award_hold hold)
{
    struct award_ask *ask = ask_for(w, job, id);

    ask->what = AWARDS_ONE;
    ask->by = by;
    ask->hold = hold;
    ask->reader = job->actor;
}

struct award_ask *award_want_page(struct workset *w, const struct job *job, struct uuid call_id)
{
    struct award_ask *ask = ask_for(w, job, call_id);

    ask->what = AWARDS_PAGE;
    ask->reader = job->actor;
    return ask;
}

void award_want_silent(struct workset *w, const struct job *job, struct uuid call_id, int64_t today, int32_t limit)
{
    struct award_ask *ask = ask_for(w, job, call_id);

    ask->what = AWARDS_SILENT;
    ask->today = today;
    ask->limit = limit;
}

const struct award_ask *award_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_AWARD, job);
}

struct award *award_found(const struct workset *w, const struct job *job)
{
    const struct award_ask *ask = award_asked(w, job);

    return ask != NULL && ask->what == AWARDS_ONE && ask->count > 0 ? &ask->rows[0] : NULL;
}

/* --- loading ----------------------------------------------------------------------------------------------------------- */
static void load_one(const struct workset *w, struct award_ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    struct db_params *hanging = db_params(w->arena);

    db_uuid(p, ask->id);
    db_uuid(p, ask->reader);
    ask->item.result = db_queue(db, &STMT_ONE[ask->by][ask->hold], p);
    db_uuid(hanging, ask->id);
    for (size_t i = 0; i < HANGING; i++)
        (void)db_queue(db, &STMT_HANGING[ask->by][i], hanging); /* the results behind it */
}

static void load_list(const struct workset *w, struct award_ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena);
    const bool page = ask->what == AWARDS_PAGE;

    db_uuid(p, ask->id);
    db_i32(p, page ? ask->state : (int32_t)ask->today);
    if (page)
        db_uuid(p, ask->after);
    db_i32(p, ask->limit);
    if (page)
        db_uuid(p, ask->reader);
    ask->item.result = db_queue(db, page ? &STMT_PAGE : &STMT_SILENT, p);
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct award_ask *ask = (struct award_ask *)item;

        if (ask->what == AWARDS_ONE)
            load_one(w, ask, db);
        else
            load_list(w, ask, db);
    }
}

static int64_t day_of(const struct db_result *r, int row, int col)
{
    return db_get_null(r, row, col) ? NO_DAY : db_get_i32(r, row, col);
}

static const char *text_of(struct arena *arena, const struct db_result *r, int row, int col)
{
    return arena_text(arena, db_get_span(r, row, col));
}

static struct award read_row(struct arena *arena, const struct db_result *r, int row)
{
    return (struct award){.id = db_get_uuid(r, row, 0),
                          .call_id = db_get_uuid(r, row, 1),
                          .theme_id = db_get_uuid(r, row, 2),
                          .decision_id = db_get_uuid(r, row, 3),
                          .state = (enum award_state)db_get_i16(r, row, 4),
                          .granted_cents = db_get_i64(r, row, 5),
                          .planned_cents = db_get_i64(r, row, 6),
                          .paid_cents = db_get_i64(r, row, 7),
                          .returned_cents = db_get_i64(r, row, 8),
                          .answer_until = day_of(r, row, 9),
                          .use_until = day_of(r, row, 10),
                          .version = db_get_i64(r, row, 11),
                          .owner_id = db_get_uuid(r, row, 12),
                          .register_number = text_of(arena, r, row, 13),
                          .title = text_of(arena, r, row, 14),
                          .language = text_of(arena, r, row, 15)};
}

static void read_instalments(struct arena *arena, struct award *award, const struct db_result *r)
{
    award->instalment_count = (size_t)db_rows(r);
    award->instalments = arena_array(arena, award->instalment_count + 1, sizeof *award->instalments);
    for (int i = 0; i < db_rows(r); i++)
        award->instalments[i] = (struct instalment){.id = db_get_uuid(r, i, 0),
                                                    .n = db_get_i32(r, i, 1),
                                                    .cents = db_get_i64(r, i, 2),
                                                    .due_on = db_get_i32(r, i, 3),
                                                    .state = (enum instalment_state)db_get_i16(r, i, 4),
                                                    .iban = text_of(arena, r, i, 5),
                                                    .reference = text_of(arena, r, i, 6),
                                                    .paid_on = day_of(r, i, 7),
                                                    .moved_by = db_get_uuid(r, i, 8)};
}

static void read_recoveries(struct arena *arena, struct award *award, const struct db_result *r)
{
    award->recovery_count = (size_t)db_rows(r);
    award->recoveries = arena_array(arena, award->recovery_count + 1, sizeof *award->recoveries);
    for (int i = 0; i < db_rows(r); i++)
        award->recoveries[i] = (struct recovery){.id = db_get_uuid(r, i, 0),
                                                 .kind = (enum recovery_kind)db_get_i16(r, i, 1),
                                                 .cents = db_get_i64(r, i, 2),
                                                 .reasons = text_of(arena, r, i, 3),
                                                 .due_on = db_get_i32(r, i, 4),
                                                 .state = (enum recovery_state)db_get_i16(r, i, 5),
                                                 .paid_on = day_of(r, i, 6)};
}

static struct amounts read_amounts(struct arena *arena, const struct db_result *r)
{
    struct amounts amounts = {.count = (size_t)db_rows(r)};

    amounts.rows = arena_array(arena, amounts.count + 1, sizeof *amounts.rows);
    for (int i = 0; i < db_rows(r); i++)
        amounts.rows[i] = (struct amount){.n = (uint32_t)db_get_i32(r, i, 0),
                                          .cents = db_get_i64(r, i, 1),
                                          .name = text_of(arena, r, i, 2),
                                          .business_id = text_of(arena, r, i, 3)};
    return amounts;
}

static void read_ask(struct workset *w, struct award_ask *ask, struct db *db)
{
    const struct db_result *r = db_result(db, ask->item.result);

    ask->count = (size_t)db_rows(r);
    ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
    for (size_t i = 0; i < ask->count; i++)
        ask->rows[i] = read_row(w->arena, r, (int)i);
    if (ask->what != AWARDS_ONE || ask->count == 0)
        return;
    ask->conflict = db_get_bool(r, 0, CONFLICT_AT);
    const int first = ask->item.result + 1;
    read_instalments(w->arena, &ask->rows[0], db_result(db, first + INSTALMENTS_AT));
    read_recoveries(w->arena, &ask->rows[0], db_result(db, first + RECOVERIES_AT));
    ask->rows[0].lines = read_amounts(w->arena, db_result(db, first + LINES_AT));
    ask->rows[0].partners = read_amounts(w->arena, db_result(db, first + PARTNERS_AT));
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        read_ask(w, (struct award_ask *)item, db);
}

const struct store_part award_part = {.load = load, .read = read_all, .save = award_save_all};
