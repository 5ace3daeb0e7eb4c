/* The part "call" of the store, what it loads: see call.h. All calls that the jobs of a batch ask for are loaded at once, one statement a
 * table, so a thousand applicants of one call cost no more than one; the lock comes with the first statement. What is written is in
 * call_save.c. */
#include "services/funding/store/call.h"

#include "services/funding/store/call_own.h"

#define DAY(name) "c." name " - date '1970-01-01'"
#define VISIBLE                                                                                                                            \
    "(c.state in (2, 3, 4) or (c.state = 5 and exists (select from move m where m.machine = 'call' and m.subject = c.id "                  \
    "and m.to_state = 2)))"
#define COLUMNS                                                                                                                            \
    "c.id, c.code, c.register_number, c.state, " VISIBLE ", c.kind, c.authority, c.authority_fi, c.authority_sv, c.authority_en, "         \
    "c.contact, c.title_fi, c.title_sv, c.title_en, c.purpose_fi, c.purpose_sv, c.purpose_en, c.terms_fi, c.terms_sv, c.terms_en, "        \
    "c.series, c.opens_at, c.closes_at, " DAY("use_from") ", " DAY("use_until") ", " DAY("interim_due") ", " DAY(                          \
        "final_due") ", "                                                                                                                  \
                     "c.answer_days, c.own_permille, c.sample_permille, c.allocation_cents, c.granted_cents, c.version, c.payee, "         \
                     "c.payee_iban, c.payee_reference"
/* $1 ids $2 codes $3 applications $4 decisions $5 amendments $6 reports */
#define WANTED                                                                                                                             \
    "any (array(select unnest($1::uuid[]) union select k.id from call k where k.code = any ($2::text[]) "                                  \
    "union select k.call_id from application k where k.id = any ($3::uuid[]) "                                                             \
    "union select k.call_id from decision k where k.id = any ($4::uuid[]) "                                                                \
    "union select a.call_id from amendment k join award a on a.id = k.award_id where k.id = any ($5::uuid[]) "                             \
    "union select a.call_id from report k join award a on a.id = k.award_id where k.id = any ($6::uuid[])))"

static const struct db_stmt STMT_CALLS[] = {
    [CALL_READ] = {"call_read", "select " COLUMNS " from call c where c.id = " WANTED " order by c.id"},
    [CALL_SHARE] = {"call_share", "select " COLUMNS " from call c where c.id = " WANTED " order by c.id for share of c"},
    [CALL_LOCK] = {"call_lock", "select " COLUMNS " from call c where c.id = " WANTED " order by c.id for update of c"},
};
/* What an ask named, and the call it belongs to. */
static const struct db_stmt STMT_LEADS = {
    "call_leads", "select k.id, k.id from call k where k.id = any ($1::uuid[]) or k.code = any ($2::text[]) "
                  "union all select k.id, k.call_id from application k where k.id = any ($3::uuid[]) "
                  "union all select k.id, k.call_id from decision k where k.id = any ($4::uuid[]) "
                  "union all select k.id, a.call_id from amendment k join award a on a.id = k.award_id where k.id = any ($5::uuid[]) "
                  "union all select k.id, a.call_id from report k join award a on a.id = k.award_id where k.id = any ($6::uuid[])"};
static const struct db_stmt STMT_PARTS[CALL_TABLES] = {
    [CALL_GROUPS] = {"call_groups", "select g.call_id, g.id, g.title_fi, g.title_sv, g.title_en from call_group g where g.call_id = " WANTED
                                    " order by g.call_id, g.ordinal"},
    [CALL_THEMES] = {"call_themes", "select g.call_id, t.id, t.title_fi, t.title_sv, t.title_en, t.group_id, t.allocation_cents, "
                                    "t.granted_cents from call_group g join theme t on t.group_id = g.id where g.call_id = " WANTED
                                    " order by g.call_id, g.ordinal, t.ordinal"},
    [CALL_CRITERIA] = {"call_criteria", "select c.call_id, c.id, c.title_fi, c.title_sv, c.title_en, c.weight, c.points from criterion c "
                                        "where c.call_id = " WANTED " order by c.call_id, c.ordinal"},
    [CALL_QUESTIONS] = {"call_questions", "select q.call_id, q.id, q.title_fi, q.title_sv, q.title_en, q.required, q.most from question q "
                                          "where q.call_id = " WANTED " order by q.call_id, q.ordinal"},
    [CALL_OFFICIALS] = {"call_officials", "select o.call_id, o.person_id, o.role, o.responsible, o.name, o.title from official o "
                                          "where o.call_id = " WANTED " order by o.call_id, o.role, o.name, o.person_id"},
    [CALL_FILES] = {"call_files", "select f.call_id, f.ordinal, f.name, f.media_type, octet_length(f.content) from call_file f "
                                  "where f.call_id = " WANTED " order by f.call_id, f.ordinal"},
};
static const struct db_stmt STMT_USES[CALL_USES] = {
    [CALL_USED_THEMES] = {"call_used_themes",
                          "select distinct a.theme_id from application a where a.call_id = " WANTED " and a.theme_id is not null"},
    [CALL_USED_CRITERIA] = {"call_used_criteria",
                            "select c.id from criterion c where c.call_id = " WANTED
                            " and exists (select from application a join score s on s.application_id = a.id and s.criterion_id = c.id "
                            " where a.call_id = c.call_id)"},
    [CALL_APPLICATIONS] = {"call_applications",
                           "select a.call_id, count(*) filter (where a.state = 1), count(*) filter (where a.state in (2, 3, 5)), "
                           "count(*) filter (where a.state = 5) from application a where a.call_id = " WANTED " group by a.call_id"},
    [CALL_AWARDS] = {"call_awards_open",
                     "select w.call_id, count(*) from award w where w.call_id = " WANTED " and w.state in (1, 2) group by w.call_id"},
};
/* $1 all $2 from behind this opening $3 and this call $4 how many */
static const struct db_stmt STMT_LIST = {"call_list", "select " COLUMNS
                                                      ", case when $1 then (select count(*) from application a where a.call_id = c.id and "
                                                      "a.state in (2, 3, 5)) else 0 end from call c where ($1 or " VISIBLE ") "
                                                      "and ($2::timestamptz is null or (c.opens_at, c.id) < ($2::timestamptz, $3)) "
                                                      "order by c.opens_at desc, c.id desc limit $4"};
/* $1 call */
static const struct db_stmt STMT_SUMS = {
    "call_sums",
    "select a.theme_id, coalesce(sum(a.applied_cents), 0)::bigint, coalesce(sum(s.cents) filter (where s.state = 5), 0)::bigint, "
    "count(*) from application a left join assessment s on s.id = a.id "
    "where a.call_id = $1 and a.state in (2, 3, 5) and a.theme_id is not null group by a.theme_id"};
static const struct db_stmt STMT_AWARDS = {"call_awards",
                                           "select coalesce(sum(a.planned_cents), 0)::bigint, coalesce(sum(a.paid_cents), 0)::bigint, "
                                           "coalesce(sum(a.returned_cents), 0)::bigint from award a where a.call_id = $1"};
/* $1 call $2 ordinal */
static const struct db_stmt STMT_FILE = {"call_file", "select content from call_file where call_id = $1 and ordinal = $2"};

/* --- what cases call --------------------------------------------------------------------------------------------------- */
static struct call_ask *ask_new(struct workset *w, const struct job *job)
{
    return part_ask(&w->parts, PART_CALL, job, sizeof(struct call_ask));
}

struct call_ask *call_want(struct workset *w, const struct job *job, enum call_by by, struct uuid id, enum call_hold hold)
{
    struct call_ask *ask = ask_new(w, job);

    ask->by = by;
    ask->id = id;
    ask->hold = hold;
    return ask;
}

struct call_ask *call_want_code(struct workset *w, const struct job *job, const char *code, enum call_hold hold)
{
    struct call_ask *ask = ask_new(w, job);

    ask->by = CALL_BY_CODE;
    ask->code = code;
    ask->hold = hold;
    return ask;
}

struct call_ask *call_want_list(struct workset *w, const struct job *job)
{
    struct call_ask *ask = ask_new(w, job);

    ask->list = true;
    return ask;
}

struct call_ask *call_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_CALL, job);
}

struct call *call_found(const struct workset *w, const struct job *job)
{
    const struct call_ask *ask = call_asked(w, job);

    return ask != NULL ? ask->call : NULL;
}

/* --- loading ----------------------------------------------------------------------------------------------------------- */
static void wanted_ids(struct db_params *p, const struct part_rows *rows, enum call_by by)
{
    size_t count = 0;

    for (const struct part_item *item = rows->asks; item != NULL; item = item->next)
        count += !((const struct call_ask *)item)->list && ((const struct call_ask *)item)->by == by;
    db_array(p, by == CALL_BY_CODE ? DB_TEXT : DB_UUID, count);
    for (const struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct call_ask *ask = (const struct call_ask *)item;

        if (ask->list || ask->by != by)
            continue;
        if (by == CALL_BY_CODE)
            db_array_text(p, span_text(ask->code));
        else
            db_array_uuid(p, ask->id);
    }
}

static void load_list(const struct workset *w, struct call_ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_bool(p, ask->all);
    db_time(p, ask->before_us);
    db_uuid(p, ask->before);
    db_i32(p, ask->limit);
    ask->item.result = db_queue(db, &STMT_LIST, p);
}

/* What only one job asks of its own call, which it names by its id. */
static void load_own(const struct workset *w, struct call_ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, ask->id);
    if (ask->money) {
        ask->item.result = db_queue(db, &STMT_SUMS, p);
        (void)db_queue(db, &STMT_AWARDS, p); /* the result behind it */
    } else if (ask->file != 0) {
        db_i32(p, ask->file);
        ask->item.result = db_queue(db, &STMT_FILE, p);
    }
}

/* One statement a table; their results follow each other from the first ask's on. */
static int load_calls(const struct workset *w, const struct part_rows *rows, enum call_hold hold, bool uses, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    for (int by = 0; by < CALL_BY_COUNT; by++)
        wanted_ids(p, rows, (enum call_by)by);
    const int first = db_queue(db, &STMT_CALLS[hold], p);
    (void)db_queue(db, &STMT_LEADS, p);
    for (size_t i = 0; i < CALL_TABLES; i++)
        (void)db_queue(db, &STMT_PARTS[i], p);
    for (size_t i = 0; uses && i < CALL_USES; i++)
        (void)db_queue(db, &STMT_USES[i], p);
    return first;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    enum call_hold hold = CALL_READ;
    bool any = false, uses = false;

    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct call_ask *ask = (const struct call_ask *)item;

        any = any || !ask->list;
        uses = uses || ask->uses;
        if (ask->hold > hold)
            hold = ask->hold;
    }
    const int first = any ? load_calls(w, rows, hold, uses, db) : -1;
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct call_ask *ask = (struct call_ask *)item;

        if (ask->list)
            load_list(w, ask, db);
        else
            load_own(w, ask, db);
        ask->first_result = first;
    }
}

const struct store_part call_part = {.load = load, .read = call_read_all, .save = call_save_all};
