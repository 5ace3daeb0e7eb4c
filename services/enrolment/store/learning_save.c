/* Learning written back: what decisions flagged, one statement a table, and what a transfer takes along. See learning.h. */
#include "services/enrolment/store/learning_own.h"

static const struct db_stmt PUT_ATTENDANCE = {
    "enrolment_put_attendance",
    "insert into attendance (registration_id, unit_id, presence, marked_by, marked_at)"
    " select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::timestamptz[]) on conflict (registration_id, unit_id)"
    " do update set presence = excluded.presence, marked_by = excluded.marked_by, marked_at = excluded.marked_at"};
static const struct db_stmt PUT_COMPLETIONS = {
    "enrolment_put_completions",
    "insert into completion (registration_id, unit_id, credits_tenths, marked_by, marked_at)"
    " select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::uuid[], $5::timestamptz[]) on conflict (registration_id, unit_id)"
    " do update set credits_tenths = excluded.credits_tenths, marked_by = excluded.marked_by, marked_at = excluded.marked_at"};
static const struct db_stmt DROP_COMPLETIONS = {
    "enrolment_drop_completions", "delete from completion c using unnest($1::uuid[], $2::uuid[]) as e (registration_id, unit_id)"
                                  " where c.registration_id = e.registration_id and c.unit_id = e.unit_id"};
static const struct db_stmt PUT_CERTIFICATE = {
    "enrolment_put_certificate",
    "insert into certificate (registration_id, code, person_name, title_fi, title_sv, title_en, organiser_fi, organiser_sv, organiser_en,"
    " credits_tenths, completed_at, withdrawn) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    " on conflict (registration_id) do update set person_name = excluded.person_name, title_fi = excluded.title_fi,"
    " title_sv = excluded.title_sv, title_en = excluded.title_en, organiser_fi = excluded.organiser_fi,"
    " organiser_sv = excluded.organiser_sv, organiser_en = excluded.organiser_en, credits_tenths = excluded.credits_tenths,"
    " completed_at = excluded.completed_at, withdrawn = excluded.withdrawn"};

static const struct db_stmt CARRY[] = {
    {"enrolment_carry_attendance", "update attendance set registration_id = $2 where registration_id = $1"},
    {"enrolment_carry_completion", "update completion set registration_id = $2 where registration_id = $1"},
    {"enrolment_carry_plan", "update plan_of set registration_id = $2 where registration_id = $1"},
    {"enrolment_carry_certificate", "update certificate set registration_id = $2 where registration_id = $1"},
};

struct carry {
    struct part_item item;
    struct uuid from, to;
};

void learning_carry(struct workset *w, struct uuid from, struct uuid to)
{
    struct carry *carry = part_change(&w->parts, PART_LEARNING, sizeof *carry);
    carry->from = from;
    carry->to = to;
}

struct marked {
    struct uuid registration;
    const struct unit_mark *mark;
};
struct marked_list {
    struct marked *rows;
    size_t count, room;
};

static void collect(struct workset *w, struct marked_list *list, const struct learning *learning, const struct unit_mark *mark)
{
    list->rows = workset_grow(w, list->rows, list->count, &list->room, sizeof *list->rows);
    list->rows[list->count++] = (struct marked){.registration = learning->registration, .mark = mark};
}

#define MARKED(P, TYPE, ADD, VALUE)                                                                                                        \
    do {                                                                                                                                   \
        db_array(P, TYPE, list->count);                                                                                                    \
        for (size_t i = 0; i < list->count; i++) {                                                                                         \
            const struct unit_mark *m = list->rows[i].mark;                                                                                \
            ADD(P, VALUE);                                                                                                                 \
        }                                                                                                                                  \
    } while (0)

static struct db_params *marked_keys(struct workset *w, const struct marked_list *list)
{
    struct db_params *p = db_params(w->arena);

    db_array(p, DB_UUID, list->count);
    for (size_t i = 0; i < list->count; i++)
        db_array_uuid(p, list->rows[i].registration);
    MARKED(p, DB_UUID, db_array_uuid, m->unit);
    return p;
}

static void save_attendance(struct workset *w, struct db *db, const struct marked_list *list)
{
    if (list->count == 0)
        return;
    struct db_params *p = marked_keys(w, list);
    MARKED(p, DB_I16, db_array_i16, (int16_t)m->presence);
    MARKED(p, DB_UUID, db_array_uuid, m->attendance_by);
    MARKED(p, DB_TIME, db_array_time, m->attended_us);
    (void)db_queue(db, &PUT_ATTENDANCE, p);
}

static void save_completions(struct workset *w, struct db *db, const struct marked_list *list)
{
    if (list->count == 0)
        return;
    struct db_params *p = marked_keys(w, list);
    MARKED(p, DB_I32, db_array_i32, (int32_t)m->credits_tenths);
    MARKED(p, DB_UUID, db_array_uuid, m->completion_by);
    MARKED(p, DB_TIME, db_array_time, m->completed_us);
    (void)db_queue(db, &PUT_COMPLETIONS, p);
}

static void save_certificate(struct workset *w, struct db *db, const struct certificate *c)
{
    struct db_params *p = db_params(w->arena);
    const char *const texts[] = {c->title.fi, c->title.sv, c->title.en, c->organiser.fi, c->organiser.sv, c->organiser.en};

    db_uuid(p, c->registration);
    db_text(p, span_text(c->code));
    if (c->name == NULL)
        db_null(p);
    else
        db_text(p, span_text(c->name));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        db_text(p, span_text(texts[i]));
    db_i32(p, (int32_t)c->credits_tenths);
    db_time(p, c->completed_us);
    db_bool(p, c->withdrawn);
    (void)db_queue(db, &PUT_CERTIFICATE, p);
}

struct flagged { /* what the decisions changed */
    struct marked_list attended, completed, dropped;
};

static void collect_flagged(struct workset *w, struct flagged *flagged, const struct learning *learning)
{
    for (size_t i = 0; i < learning->mark_count; i++) {
        const struct unit_mark *mark = &learning->marks[i];
        if (mark->attendance_changed)
            collect(w, &flagged->attended, learning, mark);
        if (mark->completion_changed)
            collect(w, mark->completed_us != 0 ? &flagged->completed : &flagged->dropped, learning, mark);
    }
}

static void save_learnings(struct workset *w, struct db *db, const struct learning_state *state)
{
    struct flagged flagged = {.attended = {.rows = NULL}};

    for (size_t i = 0; i < state->count; i++) {
        collect_flagged(w, &flagged, state->list[i]);
        if (state->list[i]->certificate.changed)
            save_certificate(w, db, &state->list[i]->certificate);
    }
    save_attendance(w, db, &flagged.attended);
    save_completions(w, db, &flagged.completed);
    if (flagged.dropped.count > 0)
        (void)db_queue(db, &DROP_COMPLETIONS, marked_keys(w, &flagged.dropped));
}

void learning_save(struct workset *w, struct part_rows *rows, struct db *db)
{
    if (rows->own != NULL)
        save_learnings(w, db, rows->own);
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct carry *carry = (const struct carry *)item;
        for (size_t i = 0; i < sizeof CARRY / sizeof *CARRY; i++) {
            struct db_params *p = db_params(w->arena);
            db_uuid(p, carry->from);
            db_uuid(p, carry->to);
            (void)db_queue(db, &CARRY[i], p);
        }
    }
}
