/* Rows of invitations. See invitation.h. */
#include "services/enrolment/store/invitation.h"

#include "services/enrolment/store/part.h"
#include "services/enrolment/store/rows.h"

#define COLUMNS "id, programme_id, implementation_id, code, seats, used, early, valid_until, note, over, version"

static const struct db_stmt LOAD_INVITATIONS = {"enrolment_load_invitations",
                                                "select " COLUMNS " from invitation where code = any ($1::text[])"
                                                " union select " COLUMNS " from invitation where id = any ($2::uuid[])"};
static const struct db_stmt LIST_INVITATIONS = {
    "enrolment_list_invitations", "select " COLUMNS " from invitation where programme_id = $1 order by over, id desc limit $2::integer"};
static const struct db_stmt LOAD_DUE = {"enrolment_load_due_invitations",
                                        "select " COLUMNS " from invitation where not over and valid_until <= $1 and programme_id = $2"
                                        " order by valid_until limit $3::integer"};
static const struct db_stmt COUNT_OPEN = {"enrolment_count_invitations",
                                          "select count(*) from implementation i join invitation v on v.programme_id = i.programme_id"
                                          " where i.id = $1 and not v.over"};

static const struct db_stmt ADD_INVITATION = {"enrolment_add_invitation", "insert into invitation (" COLUMNS ")"
                                                                          " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
static const struct db_stmt SET_INVITATIONS = {"enrolment_set_invitations",
                                               "update invitation v set used = e.used, over = e.over, version = e.version"
                                               " from unnest($1::uuid[], $2::integer[], $3::boolean[], $4::bigint[])"
                                               " as e (id, used, over, version) where v.id = e.id"};

enum want_kind { WANT_CODE, WANT_ID, WANT_NEW, WANT_OF, WANT_DUE };
struct wanted {
    struct part_item item;
    enum want_kind kind;
    struct uuid id; /* of what the kind says */
    const char *code;
    struct invitation **rows;
    size_t count;
    uint32_t open;
};
struct written {
    struct part_item item;
    const struct invitation *invitation;
};
struct shelf { /* one copy of each row of the batch */
    struct map by_code, by_id, written;
    int named; /* result of what is named by code or id; -1: nothing is */
};

static struct shelf *shelf_of(struct workset *w)
{
    struct part_rows *state = &w->parts.rows[PART_INVITATION];
    struct shelf *shelf = state->own;

    if (shelf == NULL) {
        shelf = arena_alloc(w->arena, sizeof *shelf);
        *shelf = (struct shelf){.by_code = map_on(w->arena), .by_id = map_on(w->arena), .written = map_on(w->arena), .named = -1};
        state->own = shelf;
    }
    return shelf;
}

static struct wanted *want(struct workset *w, const struct job *job, enum want_kind kind)
{
    struct wanted *wanted = part_ask(&w->parts, PART_INVITATION, job, sizeof *wanted);
    wanted->kind = kind;
    return wanted;
}

void invitation_want_code(struct workset *w, const struct job *job, const char *code)
{
    want(w, job, WANT_CODE)->code = code;
}

void invitation_want_of(struct workset *w, const struct job *job, struct uuid programme)
{
    want(w, job, WANT_OF)->id = programme;
}

void invitation_want_due(struct workset *w, const struct job *job, struct uuid programme)
{
    want(w, job, WANT_DUE)->id = programme;
}

void invitation_lock(struct workset *w, const struct job *job, struct uuid id)
{
    want(w, job, WANT_ID)->id = id;
    workset_lock_of_implementation(w, id); /* the scope of the locks knows invitations by their ids too */
}

void invitation_want_new(struct workset *w, const struct job *job, struct uuid implementation, const char *code)
{
    struct wanted *wanted = want(w, job, WANT_NEW);
    wanted->id = implementation;
    wanted->code = code;
}

static const struct wanted *asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_INVITATION, job);
}

struct invitation **invitation_list(const struct workset *w, const struct job *job, size_t *count)
{
    const struct wanted *wanted = asked(w, job);
    *count = wanted != NULL ? wanted->count : 0;
    return wanted != NULL ? wanted->rows : NULL;
}

struct invitation *invitation_coded(const struct workset *w, const char *code)
{
    const struct shelf *shelf = w->parts.rows[PART_INVITATION].own;
    return shelf != NULL ? map_get(&shelf->by_code, span_text(code)) : NULL;
}

struct invitation *invitation_named(const struct workset *w, struct uuid id)
{
    const struct shelf *shelf = w->parts.rows[PART_INVITATION].own;
    return shelf != NULL ? map_get(&shelf->by_id, uuid_span(&id)) : NULL;
}

uint32_t invitation_open_count(const struct workset *w, const struct job *job)
{
    const struct wanted *wanted = asked(w, job);
    return wanted != NULL ? wanted->open : 0;
}

static void keep(struct shelf *shelf, struct invitation *invitation)
{
    map_put(&shelf->by_code, span_text(invitation->code), invitation);
    map_put(&shelf->by_id, uuid_span(&invitation->id), invitation);
}

void invitation_changed(struct workset *w, struct invitation *invitation)
{
    struct shelf *shelf = shelf_of(w);

    if (map_get(&shelf->written, uuid_span(&invitation->id)) != NULL)
        return;
    struct written *written = part_change(&w->parts, PART_INVITATION, sizeof *written);
    written->invitation = invitation;
    map_put(&shelf->written, uuid_span(&invitation->id), written);
}

void invitation_add(struct workset *w, struct invitation *invitation)
{
    keep(shelf_of(w), invitation);
    invitation_changed(w, invitation);
}

/* --- the part ------------------------------------------------------------------------------------------------------------------- */

static bool is_of(const struct part_item *item, bool by_code)
{
    const struct wanted *wanted = (const struct wanted *)item;
    return by_code ? wanted->kind == WANT_CODE || (wanted->kind == WANT_NEW && wanted->code != NULL) : wanted->kind == WANT_ID;
}

static size_t count_of(const struct workset *w, bool by_code)
{
    size_t count = 0;
    for (const struct part_item *item = w->parts.rows[PART_INVITATION].asks; item != NULL; item = item->next)
        count += is_of(item, by_code);
    return count;
}

/* All codes and ids of the batch in one statement. Returns its result, -1: nobody named one. */
static int ask_named(struct workset *w, struct db *db)
{
    const size_t codes = count_of(w, true), ids = count_of(w, false);
    struct db_params *p = db_params(w->arena);

    if (codes + ids == 0)
        return -1;
    db_array(p, DB_TEXT, codes);
    for (const struct part_item *item = w->parts.rows[PART_INVITATION].asks; item != NULL; item = item->next)
        if (is_of(item, true))
            db_array_text(p, span_text(((const struct wanted *)item)->code));
    db_array(p, DB_UUID, ids);
    for (const struct part_item *item = w->parts.rows[PART_INVITATION].asks; item != NULL; item = item->next)
        if (is_of(item, false))
            db_array_uuid(p, ((const struct wanted *)item)->id);
    return db_queue(db, &LOAD_INVITATIONS, p);
}

static int ask_one(struct workset *w, struct db *db, const struct wanted *wanted)
{
    struct db_params *p = db_params(w->arena);

    switch (wanted->kind) {
    case WANT_CODE:
    case WANT_ID:
        return -1;
    case WANT_NEW:
        db_uuid(p, wanted->id);
        return db_queue(db, &COUNT_OPEN, p);
    case WANT_OF:
        db_uuid(p, wanted->id);
        db_i32(p, INVITATIONS_MAX);
        return db_queue(db, &LIST_INVITATIONS, p);
    case WANT_DUE:
        db_time(p, w->now_us - HOLD_GRACE_US);
        db_uuid(p, wanted->id);
        db_i32(p, INVITATIONS_MAX);
        return db_queue(db, &LOAD_DUE, p);
    }
    return -1;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    shelf_of(w)->named = ask_named(w, db);
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        item->result = ask_one(w, db, (const struct wanted *)item);
}

static struct invitation *row_invitation(struct workset *w, const struct db_result *r, int row)
{
    struct shelf *shelf = shelf_of(w);
    const struct uuid id = db_get_uuid(r, row, 0);
    struct invitation *at_hand = map_get(&shelf->by_id, uuid_span(&id));

    if (at_hand != NULL)
        return at_hand;
    struct invitation *invitation = arena_alloc(w->arena, sizeof *invitation);
    *invitation = (struct invitation){.id = id,
                                      .programme = db_get_uuid(r, row, 1),
                                      .implementation = db_get_uuid(r, row, 2),
                                      .code = row_text(w, r, row, 3),
                                      .seats = (uint32_t)db_get_i32(r, row, 4),
                                      .used = (uint32_t)db_get_i32(r, row, 5),
                                      .early = db_get_bool(r, row, 6),
                                      .valid_until_us = db_get_null(r, row, 7) ? 0 : db_get_time(r, row, 7),
                                      .note = row_text(w, r, row, 8),
                                      .over = db_get_bool(r, row, 9),
                                      .version = (uint64_t)db_get_i64(r, row, 10)};
    keep(shelf, invitation);
    return invitation;
}

static void read_list(struct workset *w, const struct db_result *r, struct wanted *wanted)
{
    wanted->count = (size_t)db_rows(r);
    wanted->rows = arena_array(w->arena, wanted->count, sizeof(struct invitation *));
    for (int row = 0; row < db_rows(r); row++)
        wanted->rows[row] = row_invitation(w, r, row);
}

static void read(struct workset *w, struct part_rows *rows, struct db *db)
{
    const struct shelf *shelf = rows->own;

    if (shelf->named >= 0)
        for (int row = 0; row < db_rows(db_result(db, shelf->named)); row++)
            (void)row_invitation(w, db_result(db, shelf->named), row);
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct wanted *wanted = (struct wanted *)item;
        if (wanted->kind == WANT_NEW)
            wanted->open = (uint32_t)db_get_i64(db_result(db, item->result), 0, 0);
        else if (wanted->kind == WANT_OF || wanted->kind == WANT_DUE)
            read_list(w, db_result(db, item->result), wanted);
    }
}

static void add(struct workset *w, struct db *db, const struct invitation *v)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, v->id);
    db_uuid(p, v->programme);
    db_uuid(p, v->implementation);
    db_text(p, span_text(v->code));
    db_i32(p, (int32_t)v->seats);
    db_i32(p, (int32_t)v->used);
    db_bool(p, v->early);
    db_time(p, v->valid_until_us);
    db_text(p, span_text(v->note));
    db_bool(p, v->over);
    db_i64(p, (int64_t)v->version);
    (void)db_queue(db, &ADD_INVITATION, p);
}

/* One array parameter over those that stood in the table before. */
#define STOOD(P, TYPE, ADD, VALUE)                                                                                                         \
    do {                                                                                                                                   \
        db_array(P, TYPE, count);                                                                                                          \
        for (const struct part_item *item = w->parts.rows[PART_INVITATION].changes; item != NULL; item = item->next) {                     \
            const struct invitation *v = ((const struct written *)item)->invitation;                                                       \
            if (!v->fresh)                                                                                                                 \
                ADD(P, VALUE);                                                                                                             \
        }                                                                                                                                  \
    } while (0)

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    size_t count = 0;

    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct invitation *v = ((const struct written *)item)->invitation;
        if (v->fresh)
            add(w, db, v);
        else
            count++;
    }
    if (count == 0)
        return;
    struct db_params *p = db_params(w->arena);
    STOOD(p, DB_UUID, db_array_uuid, v->id);
    STOOD(p, DB_I32, db_array_i32, (int32_t)v->used);
    STOOD(p, DB_BOOL, db_array_bool, v->over);
    STOOD(p, DB_I64, db_array_i64, (int64_t)v->version);
    (void)db_queue(db, &SET_INVITATIONS, p);
}

const struct store_part invitation_part = {.load = load, .read = read, .save = save};
