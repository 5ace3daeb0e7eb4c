/* The rows of plans. See plan.h. */
#include "services/enrolment/store/plan.h"

#include "services/enrolment/store/part.h"
#include "services/enrolment/store/rows.h"

static const struct db_stmt FIND_PLAN = {"enrolment_find_plan",
                                         "select p.id, p.programme_id, p.kind, p.title, p.body, p.handed_in_by, p.handed_in_at"
                                         " from plan_of o join plan p on p.id = o.plan_id where o.registration_id = $1"};
static const struct db_stmt ADD_PLAN = {"enrolment_add_plan",
                                        "insert into plan (id, programme_id, kind, title, body, handed_in_by, handed_in_at)"
                                        " values ($1, $2, $3, $4, $5, $6, $7)"};
static const struct db_stmt PUT_PLAN_OF = {"enrolment_put_plan_of",
                                           "insert into plan_of (registration_id, plan_id) select e, $2 from unnest($1::uuid[]) e"
                                           " on conflict (registration_id) do update set plan_id = excluded.plan_id"};

struct want {
    struct part_item item;
    struct uuid registration;
    struct plan *plan;
};
struct put {
    struct part_item item;
    const struct plan *plan;
    const struct uuid *registrations;
    size_t count;
};

void plan_want(struct workset *w, const struct job *job, struct uuid registration)
{
    struct want *want = part_ask(&w->parts, PART_PLAN, job, sizeof *want);
    want->registration = registration;
}

const struct plan *plan_asked(const struct workset *w, const struct job *job)
{
    const struct want *want = part_asked(&w->parts, PART_PLAN, job);
    return want != NULL ? want->plan : NULL;
}

void plan_put(struct workset *w, const struct plan *plan, const struct uuid *registrations, size_t count)
{
    struct put *put = part_change(&w->parts, PART_PLAN, sizeof *put);
    put->plan = plan;
    put->registrations = registrations;
    put->count = count;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct db_params *p = db_params(w->arena);
        db_uuid(p, ((struct want *)item)->registration);
        item->result = db_queue(db, &FIND_PLAN, p);
    }
}

static void read(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct db_result *r = db_result(db, item->result);
        if (db_rows(r) == 0)
            continue;
        struct plan *plan = arena_alloc(w->arena, sizeof *plan);
        *plan = (struct plan){.id = db_get_uuid(r, 0, 0),
                              .programme = db_get_uuid(r, 0, 1),
                              .kind = (enum plan_kind)db_get_i16(r, 0, 2),
                              .title = row_text(w, r, 0, 3),
                              .body = row_text(w, r, 0, 4),
                              .by = db_get_uuid(r, 0, 5),
                              .at_us = db_get_time(r, 0, 6)};
        ((struct want *)item)->plan = plan;
    }
}

static void save_put(struct workset *w, struct db *db, const struct put *put)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, put->plan->id);
    db_uuid(p, put->plan->programme);
    db_i16(p, (int16_t)put->plan->kind);
    db_text(p, span_text(put->plan->title));
    db_text(p, span_text(put->plan->body));
    db_uuid(p, put->plan->by);
    db_time(p, put->plan->at_us);
    (void)db_queue(db, &ADD_PLAN, p);
    p = db_params(w->arena);
    db_array(p, DB_UUID, put->count);
    for (size_t i = 0; i < put->count; i++)
        db_array_uuid(p, put->registrations[i]);
    db_uuid(p, put->plan->id);
    (void)db_queue(db, &PUT_PLAN_OF, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next)
        save_put(w, db, (const struct put *)item);
}

const struct store_part plan_part = {.load = load, .read = read, .save = save};
