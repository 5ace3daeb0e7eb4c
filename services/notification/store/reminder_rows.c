/* The part "reminder" of the store, as its table sees it: see reminder_rows.h. */
#include "services/notification/store/reminder_rows.h"

#include "services/notification/store/rows.h"
#include "services/notification/store/text_of.h"

#define COLUMNS                                                                                                                            \
    "r.number, r.id, r.kind, r.state, r.training_id, r.subject_id, r.person_id, r.implementation_id, r.moment, r.due_at, r.times, "        \
    "r.told, "                                                                                                                             \
    "r.told_until, r.call_id, r.facts::text, r.why, r.application_id"
#define COLUMN_COUNT 17

/* By id, so that locks are taken in one order; said so that no plan walks the index of the ids and looks at every reminder there is. */
#define LOCKED "order by coalesce(r.id, r.id) for update"
static const struct db_stmt STMT_OF_TRAININGS = {
    "reminder_of_trainings", "select " COLUMNS " from reminder r where r.training_id = any($1) and r.person_id is null " LOCKED};
static const struct db_stmt STMT_ONES = {"reminder_ones",
                                         "select " COLUMNS " from reminder r where r.id = any($1) order by r.id for update"};
/* Of grants. */
static const struct db_stmt STMT_OF_SUBJECTS = {"reminder_of_subjects",
                                                "select " COLUMNS " from reminder r where r.subject_id = any($1) and r.kind > 21 " LOCKED};
static const struct db_stmt STMT_OF_CALLS = {"reminder_of_calls",
                                             "select " COLUMNS " from reminder r where r.call_id = any($1) and r.kind = 22 " LOCKED};
static const struct db_stmt STMT_LIST_ALL = {"reminder_list_all",
                                             "select " COLUMNS " from reminder r where r.number < $1 order by r.number desc limit $2"};
static const struct db_stmt STMT_LIST_STATE = {
    "reminder_list_state", "select " COLUMNS " from reminder r where r.number < $1 and r.state = $3 order by r.number desc limit $2"};

/* One whose time has come, with the next people it concerns: followers of the programme (17, 18; of 18 only who has no registration
 * there as far as we ever told them: the last word about one was none, or that it ended), who takes part (19), the person of an offer (20)
 * or of a grant. As many rows as a batch can carry; then there may be more. $1 now $2 portion $3 id */
#define BEHIND "coalesce(r.told_until, '00000000-0000-0000-0000-000000000000')" /* so that the index is entered there */
static const struct db_stmt STMT_DUE = {
    "reminder_due",
    "with due as materialized (select * from reminder where id = $3 and state = 1 and due_at <= $1 for update skip locked) "
    "select " COLUMNS ", w.opens_at, w.closes_at, u.unit_id, coalesce(g.contact, ''), a.key, a.person_id, a.registration_id, "
    " a.implementation_id, a.version from due r left join training_window w on w.id = r.subject_id "
    "left join webinar u on u.id = r.subject_id left join grant_call g on g.id = r.call_id left join lateral ("
    " (select f.person_id as key, f.person_id, null::uuid as registration_id, null::uuid as implementation_id, "
    "   0::bigint as version from follower f where r.kind in (17, 18) and f.training_id = r.training_id "
    "   and f.person_id > " BEHIND " and (r.kind = 17 or coalesce((select m.kind "
    "    from message m where m.recipient_id = f.person_id and m.training_id = r.training_id "
    "    and m.registration_id is not null order by m.number desc limit 1), 4) = 4) "
    "   order by f.person_id limit $2) "
    " union all (select p.registration_id, p.person_id, p.registration_id, p.implementation_id, p.version "
    "   from participant p where r.kind = 19 and p.training_id = r.training_id and p.standing = 1 "
    "   and p.registration_id > " BEHIND " order by p.registration_id limit $2) "
    " union all (select r.person_id, r.person_id, r.subject_id, r.implementation_id, 0 where r.kind = 20) "
    " union all (select r.person_id, r.person_id, null, null, 0 where r.kind > 21)) a on true "
    "order by a.key limit $2"};

/* $1 id[] $2 kind[] $3 state[] $4 training_id[] $5 subject_id[] $6 person_id[] $7 implementation_id[] $8 moment[] $9 due_at[] $10 times[]
 * $11 told[] $12 told_until[] $13 call_id[] $14 facts[] $15 why[] $16 application_id[] */
static const struct db_stmt STMT_PUT = {
    "reminder_put",
    "insert into reminder (id, kind, state, training_id, subject_id, person_id, implementation_id, moment, due_at, times, told, "
    "told_until, call_id, facts, why, application_id) "
    "select id, kind, state, training_id, subject_id, person_id, implementation_id, moment, due_at, times, told, told_until, call_id, "
    " facts::jsonb, why, application_id from unnest($1::uuid[], $2::smallint[], $3::smallint[], $4::uuid[], $5::uuid[], $6::uuid[], "
    "$7::uuid[], "
    "$8::timestamptz[], "
    " $9::timestamptz[], $10::int[], $11::int[], $12::uuid[], $13::uuid[], $14::text[], $15::text[], $16::uuid[]) as t(id, kind, state, "
    "training_id, "
    "subject_id, "
    " person_id, implementation_id, moment, due_at, times, told, told_until, call_id, facts, why, application_id) "
    "on conflict (id) do update set state = excluded.state, implementation_id = excluded.implementation_id, moment = excluded.moment, "
    " due_at = excluded.due_at, times = excluded.times, told = excluded.told, told_until = excluded.told_until, "
    " facts = excluded.facts, why = excluded.why, application_id = excluded.application_id"};

/* Messages that a reminder said and that no sender has: called off. One in a digest that has been written is out already. */
#define CALL_OFF(open)                                                                                                                     \
    "with open as materialized (" open "), "                                                                                               \
    "ended as (update message m set state = 9, next_at = null, waits = false, claimed_by = null, why = open.why, actor = null from open "  \
    "  where m.number = open.number returning open.state as was) "                                                                         \
    "update tally set n = n + case what when 'called_off' then (select count(*) from ended) "                                              \
    " when 'queued' then -(select count(*) from ended where was <> 7) else -(select count(*) from ended where was = 7) end "
#define CAN_BE_CALLED_OFF "(m.state in (1, 5) or (m.state = 7 and m.digest_id is null))"
/* $1 reminder[] $2 why[] $3 slot */
static const struct db_stmt STMT_CALL_OFF = {
    "reminder_call_off", CALL_OFF("select m.number, m.state, k.why from unnest($1::uuid[], $2::text[]) as k(id, why) join message m "
                                  "on m.reminder_id = k.id and m.state in (1, 5, 7) where " CAN_BE_CALLED_OFF
                                  " order by m.number for update of m") "where slot = $3 and what in ('queued', 'gathered', 'called_off')"};
/* $1 person[] $2 registration[] $3 why[] $4 slot */
static const struct db_stmt STMT_CALL_OFF_SEAT = {
    "reminder_call_off_seat",
    CALL_OFF("select m.number, m.state, k.why from unnest($1::uuid[], $2::uuid[], $3::text[]) as k(person, registration, why) "
             "join message m on m.recipient_id = k.person where m.registration_id = k.registration and m.kind = 19 and " CAN_BE_CALLED_OFF
             " order by m.number for update of m") "where slot = $4 and what in ('queued', 'gathered', 'called_off')"};
/* $1 before */
static const struct db_stmt STMT_SWEEP = {
    "reminder_sweep",
    "delete from reminder where number = any (array(select number from reminder where moment < $1 order by moment limit 100))"};

/* --- load -------------------------------------------------------------------------------------------------------------- */
/* The sets of one sort, each once, with one statement. The index of its result is kept by the first ask. */
static void queue_sets(struct workset *w, struct part_rows *rows, struct db *db, enum reminder_want what, const struct db_stmt *stmt)
{
    struct part_item *first = NULL;
    struct db_params *p;
    size_t count = 0;

    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        if (((struct reminder_ask *)item)->what == what) {
            first = first != NULL ? first : item;
            count++;
        }
    if (first == NULL)
        return;
    p = db_params(w->arena);
    db_array(p, DB_UUID, count);
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        if (((struct reminder_ask *)item)->what == what)
            db_array_uuid(p, ((struct reminder_ask *)item)->set->id);
    first->result = db_queue(db, stmt, p);
}

static int queue_list(struct workset *w, struct db *db, const struct reminder_ask *a)
{
    struct db_params *p = db_params(w->arena);

    db_i64(p, a->before);
    db_i32(p, a->limit + 1);
    if (a->state == 0)
        return db_queue(db, &STMT_LIST_ALL, p);
    db_i16(p, (int16_t)a->state);
    return db_queue(db, &STMT_LIST_STATE, p);
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    queue_sets(w, rows, db, WANT_TRAINING, &STMT_OF_TRAININGS);
    queue_sets(w, rows, db, WANT_ONE, &STMT_ONES);
    queue_sets(w, rows, db, WANT_SUBJECT, &STMT_OF_SUBJECTS);
    queue_sets(w, rows, db, WANT_CALL, &STMT_OF_CALLS);
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct reminder_ask *a = (struct reminder_ask *)item;
        if (a->what == WANT_LIST)
            item->result = queue_list(w, db, a);
        if (a->what != WANT_DUE)
            continue;
        struct db_params *p = db_params(w->arena);
        db_time(p, w->now_us);
        db_i32(p, REMINDER_PORTION);
        db_uuid(p, a->id);
        item->result = db_queue(db, &STMT_DUE, p);
    }
}

static struct reminder_row read_row(const struct workset *w, const struct db_result *r, int row)
{
    return (struct reminder_row){.number = db_get_i64(r, row, 0),
                                 .it = {.id = db_get_uuid(r, row, 1),
                                        .kind = (enum message_kind)db_get_i16(r, row, 2),
                                        .training = db_get_uuid(r, row, 4),
                                        .subject = db_get_uuid(r, row, 5),
                                        .person = db_get_uuid(r, row, 6),
                                        .implementation = db_get_uuid(r, row, 7),
                                        .moment_us = db_get_time(r, row, 8),
                                        .due_us = db_get_time(r, row, 9),
                                        .call = db_get_uuid(r, row, 13),
                                        .application = db_get_uuid(r, row, 16),
                                        .facts = arena_copy(w->arena, db_get_span(r, row, 14))},
                                 .state = (enum reminder_state)db_get_i16(r, row, 3),
                                 .times = db_get_i32(r, row, 10),
                                 .told = db_get_i32(r, row, 11),
                                 .told_until = db_get_uuid(r, row, 12),
                                 .why = arena_copy(w->arena, db_get_span(r, row, 15)),
                                 .stored = true};
}

static struct uuid set_key(enum reminder_want what, const struct reminder_row *row)
{
    if (what == WANT_TRAINING)
        return row->it.training;
    if (what == WANT_SUBJECT)
        return row->it.subject;
    return what == WANT_CALL ? row->it.call : row->it.id;
}

/* One that a job wants by its subject and another by its call is one row. */
static struct reminder_row *known(const struct workset *w, enum reminder_want what, const struct reminder_row *row)
{
    const struct reminder_set *set = what == WANT_CALL ? reminder_set_of(w, WANT_SUBJECT, row->it.subject) : NULL;

    for (size_t i = 0; set != NULL && i < set->count; i++)
        if (uuid_compare(set->rows[i]->it.id, row->it.id) == 0)
            return set->rows[i];
    return NULL;
}

static void read_sets(struct workset *w, enum reminder_want what, const struct db_result *r)
{
    for (int i = 0; i < db_rows(r); i++) {
        const struct reminder_row row = read_row(w, r, i);
        struct reminder_set *set = reminder_set_of(w, what, set_key(what, &row));
        struct reminder_row *shared = known(w, what, &row);
        if (set != NULL && shared != NULL)
            reminder_set_share(w, set, shared);
        else if (set != NULL)
            (void)reminder_set_add(w, set, &row);
    }
}

static void read_list(struct workset *w, struct reminder_ask *a, const struct db_result *r)
{
    a->count = (size_t)db_rows(r);
    a->listed = arena_array(w->arena, a->count + 1, sizeof *a->listed);
    for (size_t i = 0; i < a->count; i++)
        a->listed[i] = read_row(w, r, (int)i);
}

static struct reminder_person read_person(const struct db_result *r, int row)
{
    return (struct reminder_person){.key = db_get_uuid(r, row, COLUMN_COUNT + 4),
                                    .person = db_get_uuid(r, row, COLUMN_COUNT + 5),
                                    .registration = db_get_uuid(r, row, COLUMN_COUNT + 6),
                                    .implementation = db_get_uuid(r, row, COLUMN_COUNT + 7),
                                    .version = db_get_i64(r, row, COLUMN_COUNT + 8)};
}

/* One that concerns nobody (any more) has a single row without a person. */
static void read_due(struct workset *w, struct reminder_ask *a, const struct db_result *r)
{
    const int rows = db_rows(r);

    if (rows == 0)
        return;
    a->due = arena_alloc(w->arena, sizeof *a->due);
    *a->due = (struct reminder_due){.row = read_row(w, r, 0),
                                    .opens_us = db_get_time(r, 0, COLUMN_COUNT),
                                    .closes_us = db_get_time(r, 0, COLUMN_COUNT + 1),
                                    .unit = db_get_uuid(r, 0, COLUMN_COUNT + 2),
                                    .contact = arena_copy(w->arena, db_get_span(r, 0, COLUMN_COUNT + 3)),
                                    .people = arena_array(w->arena, (size_t)rows, sizeof(struct reminder_person)),
                                    .whole = rows < REMINDER_PORTION};
    for (int row = 0; row < rows; row++)
        if (!db_get_null(r, row, COLUMN_COUNT + 4))
            a->due->people[a->due->count++] = read_person(r, row);
}

static void read_one(struct workset *w, struct reminder_ask *a, const struct db_result *r)
{
    switch (a->what) {
    case WANT_TRAINING:
    case WANT_ONE:
    case WANT_SUBJECT:
    case WANT_CALL:
        read_sets(w, a->what, r);
        break;
    case WANT_DUE:
        read_due(w, a, r);
        break;
    case WANT_LIST:
        read_list(w, a, r);
        break;
    }
}

/* Those of calls last: they share the rows of the others. */
static void read_results(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (int turn = 0; turn < 2; turn++)
        for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
            struct reminder_ask *a = (struct reminder_ask *)item;
            if (item->result >= 0 && (a->what == WANT_CALL) == (turn == 1))
                read_one(w, a, db_result(db, item->result));
        }
}

/* --- save -------------------------------------------------------------------------------------------------------------- */
static void save_rows(const struct workset *w, struct db *db, const struct reminder_row *rows, size_t n)
{
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, rows, n, it.id);
    COLUMN(p, DB_I16, add_small, rows, n, it.kind);
    COLUMN(p, DB_I16, add_small, rows, n, state);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, it.training);
    COLUMN(p, DB_UUID, db_array_uuid, rows, n, it.subject);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, it.person);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, it.implementation);
    COLUMN(p, DB_TIME, db_array_time, rows, n, it.moment_us);
    COLUMN(p, DB_TIME, db_array_time, rows, n, it.due_us);
    COLUMN(p, DB_I32, db_array_i32, rows, n, times);
    COLUMN(p, DB_I32, db_array_i32, rows, n, told);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, told_until);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, it.call);
    db_array(p, DB_TEXT, n);
    for (size_t i = 0; i < n; i++)
        db_array_text(p, rows[i].it.facts.len > 0 ? rows[i].it.facts : span_text("{}"));
    COLUMN(p, DB_TEXT, db_array_text, rows, n, why);
    COLUMN(p, DB_UUID, add_id_or_null, rows, n, it.application);
    db_queue(db, &STMT_PUT, p);
}

static void save_call_offs(const struct workset *w, struct db *db, const struct reminder_change *changes, size_t n)
{
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, changes, n, id);
    db_array(p, DB_TEXT, n);
    for (size_t i = 0; i < n; i++)
        db_array_text(p, span_text(changes[i].why));
    db_i32(p, w->slot);
    db_queue(db, &STMT_CALL_OFF, p);
}

static void save_seats(const struct workset *w, struct db *db, const struct reminder_change *changes, size_t n)
{
    struct db_params *p = db_params(w->arena);

    COLUMN(p, DB_UUID, db_array_uuid, changes, n, person);
    COLUMN(p, DB_UUID, db_array_uuid, changes, n, id);
    db_array(p, DB_TEXT, n);
    for (size_t i = 0; i < n; i++)
        db_array_text(p, span_text(changes[i].why));
    db_i32(p, w->slot);
    db_queue(db, &STMT_CALL_OFF_SEAT, p);
}

static void save_sweep(const struct workset *w, struct db *db, const struct reminder_change *sweep)
{
    struct db_params *p = db_params(w->arena);

    db_time(p, sweep->before_us);
    db_queue(db, &STMT_SWEEP, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    struct vector put = {0}, off = {0}, seats = {0};

    for (struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct reminder_change *c = (const struct reminder_change *)item;
        switch (c->what) {
        case CHANGE_ROW:
            *(struct reminder_row *)vector_add(w->arena, &put, sizeof *c->row) = *c->row;
            break;
        case CHANGE_OFF:
            *(struct reminder_change *)vector_add(w->arena, &off, sizeof *c) = *c;
            break;
        case CHANGE_OFF_SEAT:
            *(struct reminder_change *)vector_add(w->arena, &seats, sizeof *c) = *c;
            break;
        case CHANGE_SWEEP:
            save_sweep(w, db, c);
            break;
        }
    }
    if (put.count > 0)
        save_rows(w, db, put.items, put.count);
    if (off.count > 0)
        save_call_offs(w, db, off.items, off.count);
    if (seats.count > 0)
        save_seats(w, db, seats.items, seats.count);
}

const struct store_part reminder_part = {.load = load, .read = read_results, .save = save};
