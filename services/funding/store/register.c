/* The part "register" of the store: see register.h. The rows of all series the batch may need are made where they are missing and locked in
 * one statement, in order, before anybody decides. */
#include "services/funding/store/register.h"

#include <inttypes.h>

#include "common/base/alloc.h"
#include "common/base/date.h"
#include "common/base/day.h"
#include "common/base/workday.h"

/* $1 year $2 series $3 applications: of their calls */
static const struct db_stmt STMT_LOCK = {
    "register_lock", "insert into register_series as r (series, year, last) "
                     "select s.series, $1, 0 from (select unnest($2::text[]) series union select c.series from call c "
                     " where c.id = any (array(select a.call_id from application a where a.id = any ($3::uuid[])))) s order by s.series "
                     "on conflict (series, year) do update set last = r.last returning r.series, r.last"};
/* $1 year $2 series $3 last, by series */
static const struct db_stmt STMT_SAVE = {"register_save",
                                         "update register_series r set last = s.last from unnest($2::text[], $3::integer[]) "
                                         "as s (series, last) where r.series = s.series and r.year = $1"};

struct register_ask {
    struct part_item item; /* first */
    const char *series;    /* NULL: by the application */
    struct uuid application;
};
struct register_change { /* a series of the batch; what was taken when it is saved */
    struct part_item item;
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

    ask->application = application_id;
}

const char *register_take(struct workset *w, const char *series)
{
    for (struct part_item *item = w->parts.rows[PART_REGISTER].changes; item != NULL; item = item->next) {
        struct register_change *row = (struct register_change *)item;
        if (strcmp(row->series, series) == 0)
            return arena_printf(w->arena, "%" PRId32 "/%s/%" PRId32, ++row->last, series, year_of(w));
    }
    bug("a register number was taken of a series that nobody wanted");
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    struct part_item *first = rows->asks; /* its result is that of all */
    struct db_params *p = db_params(w->arena);
    size_t named = 0, led = 0;

    if (first == NULL)
        return;

    for (const struct part_item *item = rows->asks; item != NULL; item = item->next)
        *(((const struct register_ask *)item)->series != NULL ? &named : &led) += 1;
    db_i32(p, year_of(w));
    db_array(p, DB_TEXT, named);
    for (const struct part_item *item = rows->asks; item != NULL; item = item->next)
        if (((const struct register_ask *)item)->series != NULL)
            db_array_text(p, span_text(((const struct register_ask *)item)->series));
    db_array(p, DB_UUID, led);
    for (const struct part_item *item = rows->asks; item != NULL; item = item->next)
        if (((const struct register_ask *)item)->series == NULL)
            db_array_uuid(p, ((const struct register_ask *)item)->application);
    first->result = db_queue(db, &STMT_LOCK, p);
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    const struct db_result *r = db_result(db, rows->asks->result);

    for (int i = 0; i < db_rows(r); i++) {
        struct register_change *row = part_change(&w->parts, PART_REGISTER, sizeof *row);

        row->series = arena_text(w->arena, db_get_span(r, i, 0));
        row->last = row->loaded = db_get_i32(r, i, 1);
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
