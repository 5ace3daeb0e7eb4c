/* The part "register" of the store: see register.h. The rows of all series the batch may need are made where they are missing and locked in
 * one statement, in order, before anybody decides. */
#include "services/funding/store/register.h"

#include <inttypes.h>

#include "common/base/alloc.h"
#include "common/base/date.h"
#include "common/base/day.h"
#include "common/base/workday.h"

#define NOBODY "'00000000-0000-0000-0000-000000000000'::uuid" /* owns the state's own series */

/* $1 year $2 owners $3 series $4 applications: of their calls $5 municipalities: their own */
static const struct db_stmt STMT_LOCK = {
    "register_lock",
    "insert into register_series as r (owner, series, year, last) "
    "select s.owner, s.series, $1, 0 from (select * from unnest($2::uuid[], $3::text[]) as n (owner, series) "
    "union select " NOBODY ", c.series from call c where c.id = any (array(select a.call_id from application a where a.id = any "
    "($4::uuid[]))) union select m.id, m.series from municipality m where m.id = any ($5::uuid[])) s order by s.owner, s.series "
    "on conflict (owner, series, year) do update set last = r.last returning r.owner, r.series, r.last"};
/* $1 year $2 owners $3 series $4 last, by owner and series */
static const struct db_stmt STMT_SAVE = {"register_save",
                                         "update register_series r set last = s.last from unnest($2::uuid[], $3::text[], $4::integer[]) "
                                         "as s (owner, series, last) where r.owner = s.owner and r.series = s.series and r.year = $1"};

struct register_ask {
    struct part_item item; /* first */
    enum { REGISTER_NAMED, REGISTER_OF_APPLICATION, REGISTER_OF_MUNICIPALITY } by;
    const char *series; /* named */
    struct uuid id;     /* the application; the municipality */
};
struct register_change { /* a series of the batch; what was taken when it is saved */
    struct part_item item;
    struct uuid owner;
    const char *series;
    int32_t last, loaded;
};

static int32_t year_of(const struct workset *w)
{
    return (int32_t)date_of_days(helsinki_day(w->now_us)).year;
}

void register_want(struct workset *w, const struct job *job, const char *series)
{
    struct register_ask *ask = part_ask(&w->parts, PART_REGISTER, job, sizeof *ask);

    ask->series = series;
}

void register_want_application(struct workset *w, const struct job *job, struct uuid application_id)
{
    struct register_ask *ask = part_ask(&w->parts, PART_REGISTER, job, sizeof *ask);

    ask->by = REGISTER_OF_APPLICATION;
    ask->id = application_id;
}

void register_want_municipality(struct workset *w, const struct job *job, struct uuid municipality_id)
{
    struct register_ask *ask = part_ask(&w->parts, PART_REGISTER, job, sizeof *ask);

    ask->by = REGISTER_OF_MUNICIPALITY;
    ask->id = municipality_id;
}

static const char *take(const struct workset *w, struct register_change *row)
{
    return arena_printf(w->arena, "%" PRId32 "/%s/%" PRId32, ++row->last, row->series, year_of(w));
}

const char *register_take(struct workset *w, const char *series)
{
    for (struct part_item *item = w->parts.rows[PART_REGISTER].changes; item != NULL; item = item->next) {
        struct register_change *row = (struct register_change *)item;
        if (uuid_is_nil(row->owner) && strcmp(row->series, series) == 0)
            return take(w, row);
    }
    bug("a register number was taken of a series that nobody wanted");
}

const char *register_take_municipality(struct workset *w, struct uuid municipality_id)
{
    for (struct part_item *item = w->parts.rows[PART_REGISTER].changes; item != NULL; item = item->next) {
        struct register_change *row = (struct register_change *)item;
        if (uuid_compare(row->owner, municipality_id) == 0)
            return take(w, row);
    }
    return NULL;
}

static size_t count_by(const struct part_rows *rows, int by)
{
    size_t count = 0;

    for (const struct part_item *item = rows->asks; item != NULL; item = item->next)
        count += (int)((const struct register_ask *)item)->by == by;
    return count;
}

static void put_ids(struct db_params *p, const struct part_rows *rows, int by)
{
    db_array(p, DB_UUID, count_by(rows, by));
    for (const struct part_item *item = rows->asks; item != NULL; item = item->next)
        if ((int)((const struct register_ask *)item)->by == by)
            db_array_uuid(p, ((const struct register_ask *)item)->id); /* of a named one: nil, the state's */
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    struct part_item *first = rows->asks; /* its result is that of all */
    struct db_params *p = db_params(w->arena);

    if (first == NULL)
        return;
    db_i32(p, year_of(w));
    put_ids(p, rows, REGISTER_NAMED);
    db_array(p, DB_TEXT, count_by(rows, REGISTER_NAMED));
    for (const struct part_item *item = rows->asks; item != NULL; item = item->next)
        if (((const struct register_ask *)item)->by == REGISTER_NAMED)
            db_array_text(p, span_text(((const struct register_ask *)item)->series));
    put_ids(p, rows, REGISTER_OF_APPLICATION);
    put_ids(p, rows, REGISTER_OF_MUNICIPALITY);
    first->result = db_queue(db, &STMT_LOCK, p);
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    const struct db_result *r = db_result(db, rows->asks->result);

    for (int i = 0; i < db_rows(r); i++) {
        struct register_change *row = part_change(&w->parts, PART_REGISTER, sizeof *row);

        row->owner = db_get_uuid(r, i, 0);
        row->series = arena_text(w->arena, db_get_span(r, i, 1));
        row->last = row->loaded = db_get_i32(r, i, 2);
    }
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    struct db_params *p = db_params(w->arena);
    size_t moved = 0;

    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        moved += ((const struct register_change *)item)->last != ((const struct register_change *)item)->loaded;
    if (moved == 0)
        return;
    db_i32(p, year_of(w));
    db_array(p, DB_UUID, moved);
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct register_change *row = (const struct register_change *)item;
        if (row->last != row->loaded)
            db_array_uuid(p, row->owner);
    }
    db_array(p, DB_TEXT, moved);
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct register_change *row = (const struct register_change *)item;
        if (row->last != row->loaded)
            db_array_text(p, span_text(row->series));
    }
    db_array(p, DB_I32, moved);
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct register_change *row = (const struct register_change *)item;
        if (row->last != row->loaded)
            db_array_i32(p, row->last);
    }
    (void)db_queue(db, &STMT_SAVE, p);
}

const struct store_part register_part = {.load = load, .read = read_all, .save = save};
