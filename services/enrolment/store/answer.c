/* Rows of answers. See answer.h. */
#include "services/enrolment/store/answer.h"

#include "services/enrolment/store/part.h"
#include "services/enrolment/store/rows.h"

#define COLUMNS "registration_id, code, array_to_string(plain, E'\\x1f'), sealed, key_no"

static const struct db_stmt LOAD_ANSWERS = {"enrolment_load_answers",
                                            "select " COLUMNS " from answer where registration_id = $1 order by code"};

/* By the index of what is sealed. Rows that somebody changes at this moment are left for the next time: so nobody waits for this, and
 * this waits for nobody. */
static const struct db_stmt LOAD_OLDER = {"enrolment_load_older_answers",
                                          "select " COLUMNS " from answer where key_no = any ($1::integer[]) and sealed is not null"
                                          " limit $2::integer for update skip locked"};
static const struct db_stmt COUNT_OLDER = {"enrolment_count_older_answers",
                                           "select (select count(*) from answer where sealed is not null and key_no < $1::integer)"
                                           " + (select count(*) from answer where sealed is not null and key_no > $1::integer)"};

static const struct db_stmt DROP_ANSWERS = {"enrolment_drop_answers", "delete from answer where registration_id = any ($1::uuid[])"};
static const struct db_stmt ADD_ANSWERS = {"enrolment_add_answers",
                                           "insert into answer (registration_id, code, plain, sealed, key_no)"
                                           " select e.id, e.code, string_to_array(e.plain, E'\\x1f'), e.sealed, e.key_no"
                                           " from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::integer[])"
                                           " as e (id, code, plain, sealed, key_no)"};
static const struct db_stmt RESEAL_ANSWERS = {"enrolment_reseal_answers",
                                              "update answer a set sealed = e.sealed, key_no = e.key_no"
                                              " from unnest($1::uuid[], $2::text[], $3::bytea[], $4::integer[])"
                                              " as e (id, code, sealed, key_no) where a.registration_id = e.id and a.code = e.code"};

struct wanted {
    struct part_item item;
    struct uuid registration;
    const uint32_t *keys; /* NULL: the answers of the registration */
    size_t key_count;
    uint32_t newest, limit;
    int counted; /* index of the result of COUNT_OLDER */
    struct answer *rows;
    size_t count;
    uint64_t older;
};

struct put { /* the answers of one registration, or (resealed) one row of it */
    struct part_item item;
    struct uuid registration;
    bool resealed;
    const struct answer *rows;
    size_t count;
};

void answer_want(struct workset *w, const struct job *job, struct uuid registration)
{
    struct wanted *wanted = part_ask(&w->parts, PART_ANSWER, job, sizeof *wanted);
    wanted->registration = registration;
}

void answer_want_older(struct workset *w, const struct job *job, const uint32_t *keys, size_t count, uint32_t newest, uint32_t limit)
{
    struct wanted *wanted = part_ask(&w->parts, PART_ANSWER, job, sizeof *wanted);
    wanted->keys = keys;
    wanted->key_count = count;
    wanted->newest = newest;
    wanted->limit = limit;
}

/* What this batch has put for the registration, NULL: nothing. The map is made by the first who puts. */
static struct put *put_of(const struct workset *w, struct uuid registration)
{
    const struct map *puts = w->parts.rows[PART_ANSWER].own;
    return puts != NULL ? map_get(puts, uuid_span(&registration)) : NULL;
}

struct answer_list answer_list(const struct workset *w, const struct job *job)
{
    const struct wanted *wanted = part_asked(&w->parts, PART_ANSWER, job);

    if (wanted == NULL)
        return (struct answer_list){.count = 0};
    const struct put *put = wanted->keys == NULL ? put_of(w, wanted->registration) : NULL;
    if (put != NULL)
        return (struct answer_list){.rows = put->rows, .count = put->count};
    return (struct answer_list){.rows = wanted->rows, .count = wanted->count};
}

uint64_t answer_older_count(const struct workset *w, const struct job *job)
{
    const struct wanted *wanted = part_asked(&w->parts, PART_ANSWER, job);
    return wanted != NULL ? wanted->older : 0;
}

void answer_put(struct workset *w, struct uuid registration, const struct answer *rows, size_t count)
{
    struct part_rows *state = &w->parts.rows[PART_ANSWER];
    struct put *put = put_of(w, registration);

    if (state->own == NULL) {
        struct map *puts = arena_alloc(w->arena, sizeof *puts);
        *puts = map_on(w->arena);
        state->own = puts;
    }
    if (put == NULL) {
        put = part_change(&w->parts, PART_ANSWER, sizeof *put);
        put->registration = registration;
        map_put(state->own, uuid_span(&put->registration), put);
    }
    put->rows = rows;
    put->count = count;
}

void answer_reseal(struct workset *w, const struct answer *row)
{
    struct put *put = part_change(&w->parts, PART_ANSWER, sizeof *put);
    put->resealed = true;
    put->rows = row;
    put->count = 1;
}

/* --- the part ------------------------------------------------------------------------------------------------------------------- */

static void ask_older(struct workset *w, struct db *db, struct wanted *wanted)
{
    struct db_params *p = db_params(w->arena), *newest = db_params(w->arena);

    db_array(p, DB_I32, wanted->key_count);
    for (size_t i = 0; i < wanted->key_count; i++)
        db_array_i32(p, (int32_t)wanted->keys[i]);
    db_i32(p, (int32_t)wanted->limit);
    wanted->item.result = db_queue(db, &LOAD_OLDER, p);
    db_i32(newest, (int32_t)wanted->newest);
    wanted->counted = db_queue(db, &COUNT_OLDER, newest);
}

static void answer_load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct wanted *wanted = (struct wanted *)item;
        if (wanted->keys != NULL) {
            ask_older(w, db, wanted);
            continue;
        }
        struct db_params *p = db_params(w->arena);
        db_uuid(p, wanted->registration);
        item->result = db_queue(db, &LOAD_ANSWERS, p);
    }
}

static struct span copied(struct workset *w, const struct db_result *r, int row, int col)
{
    return db_get_null(r, row, col) ? (struct span){NULL, 0} : arena_copy(w->arena, db_get_span(r, row, col));
}

static void answer_read(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct wanted *wanted = (struct wanted *)item;
        const struct db_result *r = db_result(db, item->result);
        wanted->count = (size_t)db_rows(r);
        wanted->rows = arena_array(w->arena, wanted->count, sizeof *wanted->rows);
        for (int row = 0; row < db_rows(r); row++)
            wanted->rows[row] = (struct answer){.registration = db_get_uuid(r, row, 0),
                                                .code = row_text(w, r, row, 1),
                                                .plain = copied(w, r, row, 2),
                                                .sealed = copied(w, r, row, 3),
                                                .key_no = db_get_null(r, row, 4) ? 0 : (uint32_t)db_get_i32(r, row, 4)};
        if (wanted->keys != NULL)
            wanted->older = (uint64_t)db_get_i64(db_result(db, wanted->counted), 0, 0);
    }
}

/* The changes of one kind: how many of them, and how many rows they have. */
struct sum {
    size_t puts, rows;
};

static struct sum sum_of(const struct part_rows *rows, bool resealed)
{
    struct sum sum = {0};
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct put *put = (const struct put *)item;
        if (put->resealed != resealed)
            continue;
        sum.puts++;
        sum.rows += put->count;
    }
    return sum;
}

/* One array parameter over the rows of all changes of a kind. */
#define ROWS(P, TYPE, ADD)                                                                                                                 \
    do {                                                                                                                                   \
        db_array(P, TYPE, rows);                                                                                                           \
        for (const struct part_item *item = w->parts.rows[PART_ANSWER].changes; item != NULL; item = item->next)                           \
            for (size_t i = 0; ((const struct put *)item)->resealed == resealed && i < ((const struct put *)item)->count; i++)             \
                ADD(P, &((const struct put *)item)->rows[i]);                                                                              \
    } while (0)

static void add_id(struct db_params *p, const struct answer *row)
{
    db_array_uuid(p, row->registration);
}

static void add_code(struct db_params *p, const struct answer *row)
{
    db_array_text(p, span_text(row->code));
}

static void add_plain(struct db_params *p, const struct answer *row)
{
    if (row->plain.data == NULL)
        db_array_null(p);
    else
        db_array_text(p, row->plain);
}

static void add_sealed(struct db_params *p, const struct answer *row)
{
    if (row->sealed.data == NULL)
        db_array_null(p);
    else
        db_array_bytes(p, row->sealed);
}

static void add_key(struct db_params *p, const struct answer *row)
{
    if (row->sealed.data == NULL)
        db_array_null(p);
    else
        db_array_i32(p, (int32_t)row->key_no);
}

static void save_put(struct workset *w, struct db *db, struct sum sum)
{
    const bool resealed = false;
    const size_t rows = sum.rows;
    struct db_params *p = db_params(w->arena);

    db_array(p, DB_UUID, sum.puts);
    for (const struct part_item *item = w->parts.rows[PART_ANSWER].changes; item != NULL; item = item->next)
        if (!((const struct put *)item)->resealed)
            db_array_uuid(p, ((const struct put *)item)->registration);
    (void)db_queue(db, &DROP_ANSWERS, p);
    if (rows == 0)
        return;
    p = db_params(w->arena);
    ROWS(p, DB_UUID, add_id);
    ROWS(p, DB_TEXT, add_code);
    ROWS(p, DB_TEXT, add_plain);
    ROWS(p, DB_BYTES, add_sealed);
    ROWS(p, DB_I32, add_key);
    (void)db_queue(db, &ADD_ANSWERS, p);
}

static void save_resealed(struct workset *w, struct db *db, size_t rows)
{
    const bool resealed = true;
    struct db_params *p = db_params(w->arena);

    ROWS(p, DB_UUID, add_id);
    ROWS(p, DB_TEXT, add_code);
    ROWS(p, DB_BYTES, add_sealed);
    ROWS(p, DB_I32, add_key);
    (void)db_queue(db, &RESEAL_ANSWERS, p);
}

static void answer_save(struct workset *w, struct part_rows *rows, struct db *db)
{
    const struct sum put = sum_of(rows, false), resealed = sum_of(rows, true);

    if (resealed.rows > 0) /* before the new ones: a registration's own change in the same batch is the later word */
        save_resealed(w, db, resealed.rows);
    if (put.puts > 0)
        save_put(w, db, put);
}

const struct store_part answer_part = {.load = answer_load, .read = answer_read, .save = answer_save};
