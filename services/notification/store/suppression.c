/* The part "suppression" of the store: see suppression.h. */
#include "services/notification/store/suppression.h"

#include "services/notification/store/reader.h"

#define COLUMNS "address, reason, since, note, message_id"

static const struct db_stmt STMT_ONE = {"suppression_one", "select " COLUMNS " from suppression where address = $1 for update"};
static const struct db_stmt STMT_LIST = {"suppression_list",
                                         "select " COLUMNS " from suppression where address > $1 order by address limit $2"};
/* $1 address $2 reason $3 now $4 note $5 actor */
static const struct db_stmt STMT_PUT = {
    "suppression_put",
    "with put as (insert into suppression (address, reason, since, note) values ($1, $2, $3, $4) "
    " on conflict (address) do update set reason = excluded.reason, note = excluded.note returning address, reason, note) "
    "insert into suppression_change (address, reason, at, note, actor) select address, reason, $3, note, $5 from put"};
/* $1 address $2 now $3 reason $4 actor */
static const struct db_stmt STMT_REMOVE = {
    "suppression_remove", "with gone as (delete from suppression where address = $1 returning address) "
                          "insert into suppression_change (address, at, note, actor) select address, $2, $3, $4 from gone"};
/* $1 address $2 note $3 message $4 now $5 reason. Who has another address by now is not meant, and of who was forgotten nothing is kept. */
static const struct db_stmt STMT_REPORT = {
    "suppression_report",
    "with put as (insert into suppression (address, reason, since, note, message_id) select $1, $5, $4, $2, m.id from message m "
    "  join recipient r on r.id = " READER(
        "m") " where m.id = $3 and lower(r.email) = $1 "
             " on conflict (address) do nothing returning address, reason, note) "
             "insert into suppression_change (address, reason, at, note) select address, reason, $4, note from put"};

struct ask {
    struct part_item item; /* first */
    bool list;
    struct span address; /* of a list: from behind it */
    int32_t limit;
    struct suppression *rows;
    size_t count;
};
struct change {
    struct part_item item; /* first */
    enum { CHANGE_PUT, CHANGE_REMOVE, CHANGE_REPORT } what;
    struct suppression suppression;
    struct uuid actor;
};

/* --- what cases call --------------------------------------------------------------------------------------------------- */
struct span suppression_key(struct arena *arena, struct span address)
{
    char *key = arena_text(arena, address);

    for (char *c = key; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + ('a' - 'A'));
    return span_of(key, address.len);
}

void suppression_want(struct workset *w, const struct job *job, struct span address)
{
    struct ask *ask = part_ask(&w->parts, PART_SUPPRESSION, job, sizeof *ask);

    ask->address = suppression_key(w->arena, address);
}

void suppression_want_list(struct workset *w, const struct job *job, struct span after, int32_t limit)
{
    struct ask *ask = part_ask(&w->parts, PART_SUPPRESSION, job, sizeof *ask);

    ask->list = true;
    ask->address = after;
    ask->limit = limit;
}

const struct suppression *suppression_found(const struct workset *w, const struct job *job, size_t *count)
{
    const struct ask *ask = part_asked(&w->parts, PART_SUPPRESSION, job);

    *count = ask->count;
    return ask->rows;
}

void suppression_put(struct workset *w, const struct suppression *suppression, struct uuid actor)
{
    struct change *c = part_change(&w->parts, PART_SUPPRESSION, sizeof *c);

    c->what = CHANGE_PUT;
    c->suppression = *suppression;
    c->actor = actor;
}

void suppression_remove(struct workset *w, struct span address, struct span reason, struct uuid actor)
{
    struct change *c = part_change(&w->parts, PART_SUPPRESSION, sizeof *c);

    c->what = CHANGE_REMOVE;
    c->suppression = (struct suppression){.address = suppression_key(w->arena, address), .note = reason};
    c->actor = actor;
}

static void report(struct workset *w, enum suppression_reason reason, struct span address, struct span note, struct uuid message_id)
{
    struct change *c = part_change(&w->parts, PART_SUPPRESSION, sizeof *c);

    c->what = CHANGE_REPORT;
    c->suppression = (struct suppression){.address = address, .reason = reason, .note = note, .message_id = message_id};
}

void suppression_bounce(struct workset *w, struct span address, struct span note, struct uuid message_id)
{
    report(w, SUPPRESSION_BOUNCE, address, note, message_id);
}

void suppression_complaint(struct workset *w, struct span address, struct span note, struct uuid message_id)
{
    report(w, SUPPRESSION_COMPLAINT, address, note, message_id);
}

/* --- the part ---------------------------------------------------------------------------------------------------------- */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct ask *ask = (const struct ask *)item;
        struct db_params *p = db_params(w->arena);
        db_text(p, ask->address);
        if (ask->list)
            db_i64(p, (int64_t)ask->limit + 1);
        item->result = db_queue(db, ask->list ? &STMT_LIST : &STMT_ONE, p);
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct ask *ask = (struct ask *)item;
        const struct db_result *r = db_result(db, item->result);
        ask->count = (size_t)db_rows(r);
        ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
        for (size_t i = 0; i < ask->count; i++)
            ask->rows[i] = (struct suppression){.address = arena_copy(w->arena, db_get_span(r, (int)i, 0)),
                                                .reason = (enum suppression_reason)db_get_i16(r, (int)i, 1),
                                                .since_us = db_get_time(r, (int)i, 2),
                                                .note = arena_copy(w->arena, db_get_span(r, (int)i, 3)),
                                                .message_id = db_get_uuid(r, (int)i, 4)};
    }
}

static void add_actor(struct db_params *p, struct uuid actor)
{
    if (uuid_is_nil(actor))
        db_null(p);
    else
        db_uuid(p, actor);
}

static void save_put(const struct change *c, int64_t now_us, struct db_params *p, struct db *db)
{
    db_text(p, c->suppression.address);
    db_i16(p, (int16_t)c->suppression.reason);
    db_time(p, now_us);
    db_text(p, c->suppression.note);
    add_actor(p, c->actor);
    db_queue(db, &STMT_PUT, p);
}

static void save_remove(const struct change *c, int64_t now_us, struct db_params *p, struct db *db)
{
    db_text(p, c->suppression.address);
    db_time(p, now_us);
    db_text(p, c->suppression.note);
    add_actor(p, c->actor);
    db_queue(db, &STMT_REMOVE, p);
}

static void save_report(const struct suppression *s, struct arena *arena, int64_t now_us, struct db *db)
{
    struct db_params *p = db_params(arena);

    db_text(p, suppression_key(arena, s->address));
    db_text(p, s->note);
    db_uuid(p, s->message_id);
    db_time(p, now_us);
    db_i16(p, (int16_t)s->reason);
    db_queue(db, &STMT_REPORT, p);
}

void suppression_queue_bounce(struct db *db, struct arena *arena, struct span address, struct span note, struct uuid message_id,
                              int64_t now_us)
{
    const struct suppression s = {.address = address, .reason = SUPPRESSION_BOUNCE, .note = note, .message_id = message_id};

    save_report(&s, arena, now_us, db);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct change *c = (const struct change *)item;
        switch (c->what) {
        case CHANGE_PUT:
            save_put(c, w->now_us, db_params(w->arena), db);
            break;
        case CHANGE_REMOVE:
            save_remove(c, w->now_us, db_params(w->arena), db);
            break;
        case CHANGE_REPORT:
            save_report(&c->suppression, w->arena, w->now_us, db);
            break;
        }
    }
}

const struct store_part suppression_part = {.load = load, .read = read_all, .save = save};
