/* Looking for what belongs to a person, and the list of those forgotten. What is written is in erasure_save.c. See erasure.h. */
#include "services/enrolment/store/erasure.h"

#include "services/enrolment/store/erasure_own.h"
#include "services/enrolment/store/rows.h"
#include "services/enrolment/store/store.h"

static const struct db_stmt LOOK_PERSON = {"enrolment_erasure_look_person",
                                           "select r.programme_id, r.id from registration r where r.person_id = $1"};

/* Programmes with a retention are few, and each costs two looks at an index: what is due needs no column of its own that every edit of
 * dates would have to keep. The same rule as domain/forgetting.h, which decides. Any of those due, so that one which cannot be forgotten
 * for a fault of its own is not in the way of the others for ever. */
static const struct db_stmt LOOK_DUE = {
    "enrolment_erasure_look_due",
    "select d.id, r.id from (select p.id from programme p cross join lateral (select greatest("
    "(select max(b.ends_at) from unit u join webinar b on b.unit_id = u.id where u.programme_id = p.id and not b.cancelled),"
    " (select max(a.closes_at) from application_window a where a.programme_id = p.id)) + p.retention_days * interval '24 hours' as due) e"
    " where p.retention_days > 0 and e.due <= $1 and (p.forgotten_at is null or p.forgotten_at < e.due) order by random() limit 1) d"
    " left join lateral (select r.id from implementation i cross join lateral (select r.id, r.programme_order from registration r"
    " where r.implementation_id = i.id and r.person_id is not null order by r.order_no limit $2::integer) r"
    " where i.programme_id = d.id order by r.programme_order limit $2::integer) r on true"};

/* Their people: $1 named, $2 by their registrations. */
#define PERSONS                                                                                                                            \
    "(select unnest($1::uuid[]) union select r.person_id from unnest($2::uuid[]) as k (id)"                                                \
    " cross join lateral (select person_id from registration where id = k.id limit 1) r where r.person_id is not null)"

/* For update: an enrolment of theirs, anywhere, waits for us (its foreign key) and then finds nobody. */
static const struct db_stmt LOCK_THEM = {"enrolment_erasure_lock",
                                         "select id from person where id = any (array" PERSONS ") order by id for update"};

/* A statement of its own after the lock, so that it sees what was committed before it. */
static const struct db_stmt ELSEWHERE = {"enrolment_erasure_elsewhere",
                                         "select k.id, exists (select 1 from registration r where r.person_id = k.id"
                                         " and r.id <> all ($2::uuid[])) from " PERSONS " as k (id)"};

/* By its own index, whose types these are. */
static const struct db_stmt TOLD = {
    "enrolment_erasure_told",
    "select l.stream, l.seq, l.type, l.payload from unnest($1::uuid[]) as k (id) cross join lateral (select stream, seq, type, payload"
    " from event_log where subject = k.id::text and type in ("
    "'enrolment.Promoted.v1', 'enrolment.Cancelled.v1', 'enrolment.Transferred.v1', 'enrolment.Displaced.v1', 'enrolment.Reviewed.v1',"
    " 'enrolment.Offered.v1', 'enrolment.OfferPassed.v1', 'enrolment.Attended.v1', 'enrolment.UnitCompleted.v1',"
    " 'enrolment.PlanHandedIn.v1', 'enrolment.Completed.v1')) l"};

/* Every table that erasure_save.c takes a person out of; who is seen as a coordinator alone is somebody too. */
#define NAMED(table, column) " or exists (select 1 from " table " where " column " = $1)"
#define NAMED_BY(table)                                                                                                                    \
    " or exists (select 1 from programme p cross join lateral (select 1 from " table                                                       \
    " where programme_id = p.id and person_id = $1 limit 1) f)"
static const struct db_stmt KNOWN = {"enrolment_erasure_known",
                                     "select exists (select 1 from person where id = $1)" NAMED("registration", "person_id")
                                         NAMED("registration", "caller") NAMED("registration_move", "actor") NAMED("change", "actor")
                                             NAMED("team", "leader") NAMED("announcement", "sent_by") NAMED("attendance", "marked_by")
                                                 NAMED("completion", "marked_by") NAMED("plan", "handed_in_by")
                                                     NAMED("request_seen", "caller") NAMED_BY("follower") NAMED_BY("refusal")};

static const struct db_stmt NOTED = {"enrolment_erasure_noted", "select registrations, given_up from forgotten where person_id = $1"};
static const struct db_stmt LIST_FORGOTTEN = {"enrolment_list_forgotten",
                                              "select n, person_id, forgotten_at from forgotten where n > $1 order by n limit $2::integer"};
static const struct db_stmt LAST_FORGOTTEN = {"enrolment_last_forgotten", "select coalesce(max(n), 0) from forgotten"};

struct listing { /* of the ids in a page of ListForgotten */
    uint64_t after;
    uint32_t limit;
    struct forgotten *rows;
    size_t count;
    uint64_t last;
};

struct wanted {
    struct part_item item;
    enum { WANTED_PERSON, WANTED_DUE, WANTED_LIST } kind;
    struct uuid person;
    uint32_t limit;
    struct uuid *ids; /* registrations seen by the look */
    size_t id_count;
    int look, persons, told, known, noted, last;
    struct erasure_found found;
    struct listing list;
};

static struct wanted *want(struct workset *w, const struct job *job)
{
    struct wanted *wanted = part_ask(&w->parts, PART_ERASURE, job, sizeof *wanted);
    wanted->look = wanted->persons = wanted->told = wanted->known = wanted->noted = wanted->last = -1;
    return wanted;
}

void erasure_want_person(struct workset *w, const struct job *job, struct uuid person)
{
    struct wanted *wanted = want(w, job);
    wanted->kind = WANTED_PERSON;
    wanted->person = person;
}

void erasure_want_due(struct workset *w, const struct job *job, uint32_t limit)
{
    struct wanted *wanted = want(w, job);
    wanted->kind = WANTED_DUE;
    wanted->limit = limit;
}

void forgotten_want(struct workset *w, const struct job *job, uint64_t after, uint32_t limit)
{
    struct wanted *wanted = want(w, job);
    wanted->kind = WANTED_LIST;
    wanted->list.after = after;
    wanted->list.limit = limit;
}

const struct erasure_found *erasure_found(const struct workset *w, const struct job *job)
{
    const struct wanted *wanted = part_asked(&w->parts, PART_ERASURE, job);
    return &wanted->found;
}

const struct forgotten *forgotten_list(const struct workset *w, const struct job *job, size_t *count, uint64_t *last)
{
    const struct wanted *wanted = part_asked(&w->parts, PART_ERASURE, job);
    *count = wanted->list.count;
    *last = wanted->list.last;
    return wanted->list.rows;
}

/* --- the look, before the locks -------------------------------------------------------------------------------------------- */

static void look(struct workset *w, struct db *db, struct wanted *wanted)
{
    struct db_params *p = db_params(w->arena);

    if (wanted->kind == WANTED_PERSON) {
        db_uuid(p, wanted->person);
        wanted->look = db_queue(db, &LOOK_PERSON, p);
    } else if (wanted->kind == WANTED_DUE) {
        db_time(p, w->now_us);
        db_i32(p, (int32_t)wanted->limit);
        wanted->look = db_queue(db, &LOOK_DUE, p);
    }
}

static void looked(struct workset *w, const struct db_result *r, struct wanted *wanted)
{
    wanted->ids = arena_array(w->arena, (size_t)db_rows(r), sizeof *wanted->ids);
    for (int row = 0; row < db_rows(r); row++) {
        const struct uuid programme = db_get_uuid(r, row, 0);
        if (wanted->kind == WANTED_DUE)
            wanted->found.programme = programme;
        workset_lock_programme(w, programme);
        if (db_get_null(r, row, 1))
            continue;
        wanted->ids[wanted->id_count] = db_get_uuid(r, row, 1);
        workset_see_registration(w, wanted->ids[wanted->id_count++]);
    }
}

enum err erasure_look(struct workset *w, struct db *db)
{
    bool any = false;

    for (struct part_item *item = w->parts.rows[PART_ERASURE].asks; item != NULL; item = item->next) {
        look(w, db, (struct wanted *)item);
        any = any || ((struct wanted *)item)->look >= 0;
    }
    if (!any)
        return ERR_OK;
    const enum err err = db_flush(db);
    for (struct part_item *item = w->parts.rows[PART_ERASURE].asks; err == ERR_OK && item != NULL; item = item->next)
        if (((struct wanted *)item)->look >= 0)
            looked(w, db_result(db, ((struct wanted *)item)->look), (struct wanted *)item);
    return err;
}

/* --- the people, after them ------------------------------------------------------------------------------------------------ */

static void add_ids(struct db_params *p, const struct wanted *wanted)
{
    db_array(p, DB_UUID, wanted->id_count);
    for (size_t i = 0; i < wanted->id_count; i++)
        db_array_uuid(p, wanted->ids[i]);
}

static struct db_params *ids_params(struct workset *w, const struct wanted *wanted)
{
    struct db_params *p = db_params(w->arena);

    add_ids(p, wanted);
    return p;
}

static struct db_params *persons_params(struct workset *w, const struct wanted *wanted)
{
    struct db_params *p = db_params(w->arena);

    db_array(p, DB_UUID, wanted->kind == WANTED_PERSON);
    if (wanted->kind == WANTED_PERSON)
        db_array_uuid(p, wanted->person);
    add_ids(p, wanted);
    return p;
}

static void load_one(struct workset *w, struct db *db, struct wanted *wanted)
{
    struct db_params *p = db_params(w->arena);

    if (wanted->kind == WANTED_LIST) {
        db_i64(p, (int64_t)wanted->list.after);
        db_i32(p, (int32_t)wanted->list.limit);
        wanted->item.result = db_queue(db, &LIST_FORGOTTEN, p);
        wanted->last = db_queue(db, &LAST_FORGOTTEN, NULL);
        return;
    }
    (void)db_queue(db, &LOCK_THEM, persons_params(w, wanted));
    wanted->persons = db_queue(db, &ELSEWHERE, persons_params(w, wanted));
    wanted->told = db_queue(db, &TOLD, ids_params(w, wanted));
    if (wanted->kind == WANTED_PERSON) {
        db_uuid(p, wanted->person);
        wanted->known = db_queue(db, &KNOWN, p);
        wanted->noted = db_queue(db, &NOTED, p);
    }
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        load_one(w, db, (struct wanted *)item);
}

static void read_list(struct workset *w, struct db *db, struct wanted *wanted)
{
    const struct db_result *r = db_result(db, wanted->item.result);
    struct listing *list = &wanted->list;

    list->last = (uint64_t)db_get_i64(db_result(db, wanted->last), 0, 0);
    list->count = (size_t)db_rows(r);
    list->rows = arena_array(w->arena, list->count, sizeof *list->rows);
    for (int row = 0; row < db_rows(r); row++)
        list->rows[row] =
            (struct forgotten){.n = (uint64_t)db_get_i64(r, row, 0), .person = db_get_uuid(r, row, 1), .at_us = db_get_time(r, row, 2)};
}

static void read_persons(struct workset *w, const struct db_result *r, struct erasure_found *found)
{
    struct erasure_person *persons = arena_array(w->arena, (size_t)db_rows(r), sizeof *persons);

    for (int row = 0; row < db_rows(r); row++)
        persons[row] = (struct erasure_person){.id = db_get_uuid(r, row, 0), .elsewhere = db_get_bool(r, row, 1)};
    found->persons = persons;
    found->person_count = (size_t)db_rows(r);
}

static void read_told(struct workset *w, const struct db_result *r, struct erasure_found *found)
{
    struct erasure_told *told = arena_array(w->arena, (size_t)db_rows(r), sizeof *told);

    for (int row = 0; row < db_rows(r); row++)
        told[row] = (struct erasure_told){.stream = row_text(w, r, row, 0),
                                          .seq = db_get_i64(r, row, 1),
                                          .type = row_text(w, r, row, 2),
                                          .payload = arena_copy(w->arena, db_get_span(r, row, 3))};
    found->told = told;
    found->told_count = (size_t)db_rows(r);
}

static void read_found(struct workset *w, struct db *db, struct wanted *wanted)
{
    struct erasure_found *found = &wanted->found;

    read_persons(w, db_result(db, wanted->persons), found);
    read_told(w, db_result(db, wanted->told), found);
    found->more = wanted->kind == WANTED_DUE && wanted->id_count == wanted->limit;
    found->registrations = arena_array(w->arena, wanted->id_count, sizeof *found->registrations);
    for (size_t i = 0; i < wanted->id_count; i++) {
        struct registration *registration = workset_registration(w, wanted->ids[i]);
        if (registration != NULL && !registration->forgotten)
            found->registrations[found->count++] = registration;
    }
    found->known = wanted->known >= 0 && db_get_bool(db_result(db, wanted->known), 0, 0);
    if (wanted->noted < 0 || db_rows(db_result(db, wanted->noted)) == 0)
        return;
    found->noted = true;
    found->noted_registrations = (uint32_t)db_get_i32(db_result(db, wanted->noted), 0, 0);
    found->noted_given_up = (uint32_t)db_get_i32(db_result(db, wanted->noted), 0, 1);
}

static void read(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        if (((struct wanted *)item)->kind == WANTED_LIST)
            read_list(w, db, (struct wanted *)item);
        else
            read_found(w, db, (struct wanted *)item);
    }
}

const struct store_part erasure_part = {.load = load, .read = read, .save = erasure_save};
