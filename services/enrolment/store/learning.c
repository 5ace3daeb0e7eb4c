/* Learning asked for and loaded. See learning.h; saving is in learning_save.c. */
#include "services/enrolment/store/learning_own.h"

#include "services/enrolment/store/rows.h"

/* --- the statements ------------------------------------------------------------------------------------------------------- */

#define CERTIFICATE_COLUMNS                                                                                                                \
    "c.code, c.person_name, c.title_fi, c.title_sv, c.title_en, c.organiser_fi, c.organiser_sv, c.organiser_en, c.credits_tenths,"         \
    " c.completed_at, c.withdrawn"
#define CERTIFICATE_COLUMN_COUNT 11

/* Registrations by id with all that has one row each: certificate, the kind of the plan, the person (whose name a certificate takes). */
static const struct db_stmt LOAD_LEARNERS = {
    "enrolment_load_learners",
    "select r.id, " CERTIFICATE_COLUMNS ", coalesce(o.kind, 0)::integer, p.id, p.name, p.email, p.language, p.role, p.level,"
    " p.organisation_kind, p.organisation, p.region, p.version from unnest($1::uuid[]) as k (id)"
    " cross join lateral (select id, person_id from registration r where r.id = k.id limit 1) r"
    " left join lateral (select * from certificate c where c.registration_id = r.id limit 1) c on true"
    " left join lateral (select p.kind from plan_of o join plan p on p.id = o.plan_id where o.registration_id = r.id limit 1) o on true"
    " left join lateral (select * from person p where p.id = r.person_id limit 1) p on true"};

/* One row a presence and one a completion. */
#define ATTENDED  "a.registration_id, a.unit_id, a.presence::integer, a.marked_at, 0, null::timestamptz"
#define COMPLETED "c.registration_id, c.unit_id, 0, null::timestamptz, c.credits_tenths, c.marked_at"
static const struct db_stmt LOAD_MARKS = {
    "enrolment_load_marks",
    "select " ATTENDED " from unnest($1::uuid[]) as k (id) cross join lateral (select * from attendance a where a.registration_id = k.id"
    " limit 100) a union all select " COMPLETED
    " from unnest($1::uuid[]) as k (id) cross join lateral (select * from completion c where c.registration_id = k.id limit 100) c"};

/* The marks of a page of the list, found as the list itself is (LIST_REGISTRATIONS, LIST_WHOLE): by the index of each implementation. The
 * state is a parameter, so that no partial index is read whole for it. */
#define PAGE                                                                                                                               \
    " (select r.id from implementation i cross join lateral (select id, programme_order from registration r"                               \
    " where r.implementation_id = i.id and r.state = $5::smallint"                                                                         \
    " and case when $2::uuid is null then r.programme_order else r.order_no end > $3::integer order by r.order_no limit $4::integer) r"    \
    " where i.programme_id = $1 and ($2::uuid is null or i.id = $2) order by r.programme_order limit $4::integer) r "
static const struct db_stmt LIST_MARKS = {"enrolment_list_marks",
                                          "select " ATTENDED " from" PAGE
                                          "cross join lateral (select * from attendance a where a.registration_id = r.id limit 100) a"
                                          " union all select " COMPLETED " from" PAGE
                                          "cross join lateral (select * from completion c where c.registration_id = r.id limit 100) c"};

static const struct db_stmt COUNT_COMPLETED = {
    "enrolment_count_completed",
    "select i.id, n.completed from implementation i cross join lateral (select count(*)::integer as completed from registration r"
    " cross join lateral (select 1 from certificate c where c.registration_id = r.id and not c.withdrawn limit 1) c"
    " where r.implementation_id = i.id) n where i.programme_id = $1"};

static const struct db_stmt FIND_CERTIFICATE = {"enrolment_find_certificate",
                                                "select c.registration_id, " CERTIFICATE_COLUMNS " from certificate c where c.code = $1"};

/* --- rows at hand --------------------------------------------------------------------------------------------------------- */

struct want {
    struct part_item item;
    enum { WANT_LIST, WANT_COUNTS, WANT_CERTIFICATE } kind;
    struct learning_list list;
    const char *code;
    struct learning_count *counts;
    size_t count;
    struct certificate *certificate;
};
static struct learning_state *state_of(struct workset *w)
{
    struct part_rows *part = &w->parts.rows[PART_LEARNING];

    if (part->own == NULL) {
        struct learning_state *state = arena_alloc(w->arena, sizeof *state);
        *state = (struct learning_state){.seen = map_on(w->arena), .by_id = map_on(w->arena), .learners = -1, .marks = -1};
        part->own = state;
    }
    return part->own;
}

static struct learning *learning_at(struct workset *w, struct uuid registration)
{
    struct learning_state *state = state_of(w);
    struct learning *learning = map_get(&state->by_id, uuid_span(&registration));

    if (learning != NULL)
        return learning;
    learning = arena_alloc(w->arena, sizeof *learning);
    *learning = (struct learning){.registration = registration, .certificate.registration = registration};
    map_put(&state->by_id, uuid_span(&registration), learning);
    state->list = workset_grow(w, state->list, state->count, &state->room, sizeof *state->list);
    state->list[state->count++] = learning;
    return learning;
}

void learning_want(struct workset *w, struct uuid registration)
{
    struct learning_state *state = state_of(w);

    if (map_get(&state->seen, uuid_span(&registration)) != NULL)
        return;
    map_put(&state->seen, uuid_span(&registration), state);
    state->ids = workset_grow(w, state->ids, state->id_count, &state->id_room, sizeof *state->ids);
    state->ids[state->id_count++] = registration;
}

void learning_want_list(struct workset *w, const struct job *job, const struct learning_list *list)
{
    struct want *want = part_ask(&w->parts, PART_LEARNING, job, sizeof *want);
    want->kind = WANT_LIST;
    want->list = *list;
}

void learning_want_counts(struct workset *w, const struct job *job, struct uuid programme)
{
    struct want *want = part_ask(&w->parts, PART_LEARNING, job, sizeof *want);
    want->kind = WANT_COUNTS;
    want->list.programme = programme;
}

void learning_want_certificate(struct workset *w, const struct job *job, const char *code)
{
    struct want *want = part_ask(&w->parts, PART_LEARNING, job, sizeof *want);
    want->kind = WANT_CERTIFICATE;
    want->code = code;
}

struct learning *learning_of(const struct workset *w, struct uuid registration)
{
    const struct learning_state *state = w->parts.rows[PART_LEARNING].own;
    return state != NULL ? map_get(&state->by_id, uuid_span(&registration)) : NULL;
}

const struct learning_count *learning_counts(const struct workset *w, const struct job *job, size_t *count)
{
    const struct want *want = part_asked(&w->parts, PART_LEARNING, job);
    *count = want != NULL ? want->count : 0;
    return want != NULL ? want->counts : NULL;
}

const struct certificate *learning_certificate(const struct workset *w, const struct job *job)
{
    const struct want *want = part_asked(&w->parts, PART_LEARNING, job);
    return want != NULL ? want->certificate : NULL;
}

struct unit_mark *learning_mark_at(struct workset *w, struct learning *learning, struct uuid unit)
{
    struct unit_mark *mark = learning_mark(learning, unit);

    if (mark != NULL)
        return mark;
    learning->marks = workset_grow(w, learning->marks, learning->mark_count, &learning->mark_room, sizeof *learning->marks);
    mark = &learning->marks[learning->mark_count++];
    *mark = (struct unit_mark){.unit = unit};
    return mark;
}

/* --- loading -------------------------------------------------------------------------------------------------------------- */

static struct db_params *ids_params(struct workset *w, const struct learning_state *state)
{
    struct db_params *p = db_params(w->arena);

    db_array(p, DB_UUID, state->id_count);
    for (size_t i = 0; i < state->id_count; i++)
        db_array_uuid(p, state->ids[i]);
    return p;
}

static void ask_list(struct db_params *p, const struct learning_list *list)
{
    db_uuid(p, list->programme);
    if (uuid_is_nil(list->implementation))
        db_null(p);
    else
        db_uuid(p, list->implementation);
    db_i32(p, (int32_t)list->after);
    db_i32(p, (int32_t)list->limit);
    db_i16(p, REGISTRATION_SEATED);
}

static void ask_want(struct workset *w, struct db *db, struct want *want)
{
    struct db_params *p = db_params(w->arena);

    switch (want->kind) {
    case WANT_LIST:
        ask_list(p, &want->list);
        want->item.result = db_queue(db, &LIST_MARKS, p);
        break;
    case WANT_COUNTS:
        db_uuid(p, want->list.programme);
        want->item.result = db_queue(db, &COUNT_COMPLETED, p);
        break;
    case WANT_CERTIFICATE:
        db_text(p, span_text(want->code));
        want->item.result = db_queue(db, &FIND_CERTIFICATE, p);
        break;
    }
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    struct learning_state *state = rows->own;

    if (state != NULL && state->id_count > 0) {
        state->learners = db_queue(db, &LOAD_LEARNERS, ids_params(w, state));
        state->marks = db_queue(db, &LOAD_MARKS, ids_params(w, state));
    }
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        ask_want(w, db, (struct want *)item);
}

static void row_certificate(struct workset *w, const struct db_result *r, int row, struct certificate *c)
{
    if (db_get_null(r, row, 1))
        return;
    c->registration = db_get_uuid(r, row, 0);
    c->code = row_text(w, r, row, 1);
    c->name = db_get_null(r, row, 2) ? NULL : row_text(w, r, row, 2);
    c->title = row_texts(w, r, row, 3);
    c->organiser = row_texts(w, r, row, 6);
    c->credits_tenths = (uint32_t)db_get_i32(r, row, 9);
    c->completed_us = db_get_time(r, row, 10);
    c->withdrawn = db_get_bool(r, row, 11);
}

static void rows_learners(struct workset *w, const struct db_result *r)
{
    for (int row = 0; row < db_rows(r); row++) {
        struct learning *learning = learning_at(w, db_get_uuid(r, row, 0));
        row_certificate(w, r, row, &learning->certificate);
        learning->plan = (enum plan_kind)db_get_i32(r, row, 1 + CERTIFICATE_COLUMN_COUNT);
        row_person(w, r, row, 2 + CERTIFICATE_COLUMN_COUNT);
    }
}

void learning_rows_marks(struct workset *w, const struct db_result *r)
{
    for (int row = 0; row < db_rows(r); row++) {
        struct unit_mark *mark = learning_mark_at(w, learning_at(w, db_get_uuid(r, row, 0)), db_get_uuid(r, row, 1));
        if (db_get_null(r, row, 5)) {
            mark->presence = (enum presence)db_get_i32(r, row, 2);
            mark->attended_us = db_get_time(r, row, 3);
        } else {
            mark->credits_tenths = (uint32_t)db_get_i32(r, row, 4);
            mark->completed_us = db_get_time(r, row, 5);
        }
    }
}

static void read_counts(struct workset *w, const struct db_result *r, struct want *want)
{
    want->count = (size_t)db_rows(r);
    want->counts = arena_array(w->arena, want->count, sizeof *want->counts);
    for (size_t i = 0; i < want->count; i++)
        want->counts[i] =
            (struct learning_count){.implementation = db_get_uuid(r, (int)i, 0), .completed = (uint32_t)db_get_i32(r, (int)i, 1)};
}

static void read_want(struct workset *w, struct db *db, struct want *want)
{
    const struct db_result *r = db_result(db, want->item.result);

    switch (want->kind) {
    case WANT_LIST:
        learning_rows_marks(w, r);
        break;
    case WANT_COUNTS:
        read_counts(w, r, want);
        break;
    case WANT_CERTIFICATE:
        if (db_rows(r) > 0) {
            want->certificate = arena_alloc(w->arena, sizeof *want->certificate);
            row_certificate(w, r, 0, want->certificate);
        }
        break;
    }
}

static void read(struct workset *w, struct part_rows *rows, struct db *db)
{
    const struct learning_state *state = rows->own;

    if (state != NULL && state->id_count > 0) {
        rows_learners(w, db_result(db, state->learners));
        learning_rows_marks(w, db_result(db, state->marks));
    }
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        read_want(w, db, (struct want *)item);
}

const struct store_part learning_part = {.load = load, .read = read, .save = learning_save};
