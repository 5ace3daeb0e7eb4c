/* Rows of the history of changes. See change.h. */
#include "services/enrolment/store/change.h"

#include <inttypes.h>

#include "services/enrolment/store/part.h"
#include "services/enrolment/store/rows.h"

static const struct db_stmt ADD_CHANGES = {
    "enrolment_add_changes",
    "insert into change (programme_id, n, actor, call, field, was, becomes, reason, registration_id, changed_at)"
    " select e.*, $10 from unnest($1::uuid[], $2::integer[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],"
    " $9::uuid[]) e"};

/* By the primary key, backwards. */
static const struct db_stmt LIST_CHANGES = {"enrolment_list_changes",
                                            "select n, changed_at, actor, call, field, was, becomes, reason, registration_id from change"
                                            " where programme_id = $1 and n < $2::integer order by n desc limit $3::integer"};

struct added {
    struct part_item item;
    struct change change;
};

struct wanted {
    struct part_item item;
    struct uuid programme;
    uint32_t before, limit;
    struct change *rows;
    size_t count;
};

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

void change_add(struct workset *w, const struct job *job, struct programme *programme, const char *field, const char *was,
                const char *becomes, const char *reason, struct uuid registration)
{
    struct added *added = part_change(&w->parts, PART_CHANGE, sizeof *added);

    programme->last_change++;
    programme->changed = true;
    added->change = (struct change){.n = programme->last_change,
                                    .programme = programme->id,
                                    .actor = job->actor,
                                    .registration = registration,
                                    .call = job->kase->name,
                                    .field = or_empty(field),
                                    .was = or_empty(was),
                                    .becomes = or_empty(becomes),
                                    .reason = or_empty(reason)};
}

void change_number(struct workset *w, const struct job *job, struct programme *programme, const char *field, uint32_t was, uint32_t becomes,
                   const char *reason)
{
    if (was != becomes)
        change_add(w, job, programme, field, arena_printf(w->arena, "%" PRIu32, was), arena_printf(w->arena, "%" PRIu32, becomes), reason,
                   (struct uuid){{0}});
}

void change_want(struct workset *w, const struct job *job, struct uuid programme, uint32_t before, uint32_t limit)
{
    struct wanted *wanted = part_ask(&w->parts, PART_CHANGE, job, sizeof *wanted);

    wanted->programme = programme;
    wanted->before = before != 0 ? before : INT32_MAX;
    wanted->limit = limit;
}

const struct change *change_list(const struct workset *w, const struct job *job, size_t *count)
{
    const struct wanted *wanted = part_asked(&w->parts, PART_CHANGE, job);

    *count = wanted->count;
    return wanted->rows;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct wanted *wanted = (const struct wanted *)item;
        struct db_params *p = db_params(w->arena);
        db_uuid(p, wanted->programme);
        db_i32(p, (int32_t)wanted->before);
        db_i32(p, (int32_t)wanted->limit);
        item->result = db_queue(db, &LIST_CHANGES, p);
    }
}

static void read(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct wanted *wanted = (struct wanted *)item;
        const struct db_result *r = db_result(db, item->result);
        wanted->count = (size_t)db_rows(r);
        wanted->rows = arena_array(w->arena, wanted->count, sizeof *wanted->rows);
        for (int row = 0; row < db_rows(r); row++)
            wanted->rows[row] = (struct change){.n = (uint32_t)db_get_i32(r, row, 0),
                                                .at_us = db_get_time(r, row, 1),
                                                .programme = wanted->programme,
                                                .actor = db_get_uuid(r, row, 2),
                                                .call = row_text(w, r, row, 3),
                                                .field = row_text(w, r, row, 4),
                                                .was = row_text(w, r, row, 5),
                                                .becomes = row_text(w, r, row, 6),
                                                .reason = row_text(w, r, row, 7),
                                                .registration = db_get_uuid(r, row, 8)};
    }
}

static void uuid_or_null(struct db_params *p, struct uuid id)
{
    if (uuid_is_nil(id))
        db_array_null(p);
    else
        db_array_uuid(p, id);
}

/* One array parameter over all lines. */
#define COLUMN(TYPE, ADD, VALUE)                                                                                                           \
    do {                                                                                                                                   \
        db_array(p, TYPE, count);                                                                                                          \
        for (const struct part_item *item = w->parts.rows[PART_CHANGE].changes; item != NULL; item = item->next) {                         \
            const struct change *c = &((const struct added *)item)->change;                                                                \
            ADD(p, VALUE);                                                                                                                 \
        }                                                                                                                                  \
    } while (0)

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    size_t count = 0;

    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        count++;
    if (count == 0)
        return;
    struct db_params *p = db_params(w->arena);
    COLUMN(DB_UUID, db_array_uuid, c->programme);
    COLUMN(DB_I32, db_array_i32, (int32_t)c->n);
    COLUMN(DB_UUID, uuid_or_null, c->actor);
    COLUMN(DB_TEXT, db_array_text, span_text(c->call));
    COLUMN(DB_TEXT, db_array_text, span_text(c->field));
    COLUMN(DB_TEXT, db_array_text, span_text(c->was));
    COLUMN(DB_TEXT, db_array_text, span_text(c->becomes));
    COLUMN(DB_TEXT, db_array_text, span_text(c->reason));
    COLUMN(DB_UUID, uuid_or_null, c->registration);
    db_time(p, w->now_us);
    (void)db_queue(db, &ADD_CHANGES, p);
}

const struct store_part change_part = {.load = load, .read = read, .save = save};
