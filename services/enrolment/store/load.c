/* Loading: everything a batch asked for in one pipelined round trip, the programmes' locks first, so that all that is read after
 * them is what the earlier holders committed. */
#include "services/enrolment/store/workset.h"
#include "services/enrolment/store/rows.h"
#include "services/enrolment/store/statements.h"
#include "services/enrolment/store/store.h"

/* Indexes of the results in the pipeline; -1: not asked for. */
struct loading {
    int programmes, implementations, rules, windows, questions, units, queues, lapsed;
    int persons, registrations, active, keys, follows;
};

static void add_ids(struct db_params *p, const struct id_set *set)
{
    db_array(p, DB_UUID, set->count);
    for (size_t i = 0; i < set->count; i++)
        db_array_uuid(p, set->ids[i]);
}

/* $1..$4 of SCOPE. */
static struct db_params *scope_params(struct workset *w)
{
    struct db_params *p = db_params(w->arena);

    add_ids(p, &w->programmes);
    add_ids(p, &w->of_implementations);
    add_ids(p, &w->of_registrations);
    db_array(p, DB_TEXT, w->code_count);
    for (size_t i = 0; i < w->code_count; i++)
        db_array_text(p, span_text(w->codes[i]));
    return p;
}

enum err store_find_due(struct db *db, struct arena *arena, int64_t now_us, struct uuid after, struct due *due)
{
    struct db_params *p = db_params(arena);

    db_time(p, now_us);
    db_uuid(p, after);
    db_i32(p, DUE_MAX);
    const int result = db_queue(db, &FIND_DUE, p);
    const enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    due->count = (size_t)db_rows(db_result(db, result));
    for (size_t i = 0; i < due->count; i++)
        due->programmes[i] = db_get_uuid(db_result(db, result), (int)i, 0);
    return ERR_OK;
}

static struct db_params *due_params(struct workset *w)
{
    struct db_params *p = db_params(w->arena);

    db_time(p, w->now_us);
    db_uuid(p, w->due);
    return p;
}

static void ask_boundary(struct workset *w, struct db *db, struct loading *l)
{
    if (w->programmes.count + w->of_implementations.count + w->of_registrations.count + w->code_count == 0)
        return;
    const struct db_params *scope = scope_params(w);
    l->programmes = db_queue(db, w->lock ? &LOCK_PROGRAMMES : &SEE_PROGRAMMES, scope);
    l->implementations = db_queue(db, &LOAD_IMPLEMENTATIONS, scope);
    l->rules = db_queue(db, &LOAD_RULES, scope);
    l->windows = db_queue(db, &LOAD_WINDOWS, scope);
    l->questions = db_queue(db, &LOAD_QUESTIONS, scope);
    if (w->units)
        l->units = db_queue(db, &LOAD_UNITS, scope);
    if (!uuid_is_nil(w->due)) {
        l->lapsed = db_queue(db, &LOAD_LAPSED, due_params(w));
        l->queues = db_queue(db, &LOAD_QUEUES_DUE, due_params(w));
    }
    if (uuid_is_nil(w->due) && w->promotions > 0) {
        struct db_params *p = scope_params(w);
        db_i32(p, (int32_t)w->promotions);
        l->queues = db_queue(db, &LOAD_QUEUES, p);
    }
}

static int ask_ids(struct workset *w, struct db *db, const struct db_stmt *stmt, const struct id_set *set)
{
    if (set->count == 0)
        return -1;
    struct db_params *p = db_params(w->arena);
    add_ids(p, set);
    return db_queue(db, stmt, p);
}

static int ask_active(struct workset *w, struct db *db)
{
    if (w->active_count == 0)
        return -1;
    struct db_params *p = db_params(w->arena);
    db_array(p, DB_UUID, w->active_count);
    for (size_t i = 0; i < w->active_count; i++)
        db_array_uuid(p, w->active_person[i]);
    db_array(p, DB_UUID, w->active_count);
    for (size_t i = 0; i < w->active_count; i++)
        db_array_uuid(p, w->active_programme[i]);
    return db_queue(db, &LOAD_ACTIVE, p);
}

static int ask_keys(struct workset *w, struct db *db)
{
    if (w->key_count == 0)
        return -1;
    struct db_params *p = db_params(w->arena);
    db_array(p, DB_UUID, w->key_count);
    for (size_t i = 0; i < w->key_count; i++)
        db_array_uuid(p, w->key_list[i]->caller);
    db_array(p, DB_BYTES, w->key_count);
    for (size_t i = 0; i < w->key_count; i++)
        db_array_bytes(p, w->key_list[i]->key);
    return db_queue(db, &LOAD_KEYS, p);
}

static int ask_follows(struct workset *w, struct db *db)
{
    if (w->follow_count == 0)
        return -1;
    struct db_params *p = db_params(w->arena);
    db_array(p, DB_UUID, w->follow_count);
    for (size_t i = 0; i < w->follow_count; i++)
        db_array_uuid(p, w->follow_list[i]->programme);
    db_array(p, DB_UUID, w->follow_count);
    for (size_t i = 0; i < w->follow_count; i++)
        db_array_uuid(p, w->follow_list[i]->person);
    return db_queue(db, &LOAD_FOLLOWS, p);
}

static void read_lapsed(struct workset *w, const struct db_result *r)
{
    w->lapsed = arena_array(w->arena, (size_t)db_rows(r), sizeof(struct registration *));
    w->lapsed_count = (size_t)db_rows(r);
    for (int row = 0; row < db_rows(r); row++)
        w->lapsed[row] = row_registration(w, r, row);
}

static void read_boundary(struct workset *w, struct db *db, const struct loading *l)
{
    if (l->programmes < 0)
        return;
    rows_programmes(w, db_result(db, l->programmes));
    rows_implementations(w, db_result(db, l->implementations));
    rows_rules(w, db_result(db, l->rules));
    rows_windows(w, db_result(db, l->windows));
    rows_questions(w, db_result(db, l->questions));
    if (l->units >= 0)
        rows_units(w, db_result(db, l->units));
    if (l->lapsed >= 0)
        read_lapsed(w, db_result(db, l->lapsed));
    if (l->queues >= 0)
        rows_queues(w, db_result(db, l->queues));
}

static void read_active(struct workset *w, const struct db_result *r)
{
    for (int row = 0; row < db_rows(r); row++) {
        struct registration *reg = row_registration(w, r, row);
        map_put(&w->active, workset_pair(w, reg->person, reg->programme), reg);
    }
}

static void read_keys(struct workset *w, const struct db_result *r)
{
    for (int row = 0; row < db_rows(r); row++) {
        struct key_want *want = w->key_list[db_get_i32(r, row, REGISTRATION_COLUMN_COUNT)];
        const struct span hash = db_get_span(r, row, REGISTRATION_COLUMN_COUNT + 1);
        want->registration = row_registration(w, r, row);
        if (hash.len == sizeof want->request_hash.b)
            memcpy(want->request_hash.b, hash.data, hash.len);
    }
}

static void read_follows(struct workset *w, const struct db_result *r)
{
    for (int row = 0; row < db_rows(r); row++) {
        struct follow *follow = workset_follow(w, db_get_uuid(r, row, 0), db_get_uuid(r, row, 1));
        if (follow != NULL)
            follow->following = true;
    }
}

static void read_people(struct workset *w, struct db *db, const struct loading *l)
{
    if (l->persons >= 0)
        rows_persons(w, db_result(db, l->persons));
    for (int row = 0; l->registrations >= 0 && row < db_rows(db_result(db, l->registrations)); row++)
        (void)row_registration(w, db_result(db, l->registrations), row);
    if (l->active >= 0)
        read_active(w, db_result(db, l->active));
    if (l->keys >= 0)
        read_keys(w, db_result(db, l->keys));
    if (l->follows >= 0)
        read_follows(w, db_result(db, l->follows));
}

/*~ 6. Load: the writer's one round trip before the decisions. The order of the statements is the order of the locks: programmes,
 * then people. */
enum err store_load(struct workset *w, struct db *db)
{
    struct loading l = {.programmes = -1, .units = -1, .queues = -1, .lapsed = -1};
    enum err err = load_programme_pages(w, db);

    if (err == ERR_OK)
        err = erasure_look(w, db);
    if (err != ERR_OK)
        return err;
    ask_boundary(w, db, &l);
    (void)ask_ids(w, db, &LOCK_PERSONS, &w->persons_locked);
    l.persons = ask_ids(w, db, &LOAD_PERSONS, &w->persons);
    l.registrations = ask_ids(w, db, &LOAD_REGISTRATIONS, &w->registrations);
    l.active = ask_active(w, db);
    l.keys = ask_keys(w, db);
    l.follows = ask_follows(w, db);
    load_queries(w, db);
    parts_load(&w->parts, w, db);
    if ((err = db_flush(db)) != ERR_OK)
        return err;
    read_boundary(w, db, &l);
    read_people(w, db, &l);
    load_queries_read(w, db);
    parts_read(&w->parts, w, db);
    return ERR_OK;
}
