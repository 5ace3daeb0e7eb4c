/* The part "webhook" of the store: see webhook.h. */
#include "services/notification/store/webhook.h"

#define COLUMNS "id, url, description, array_to_string(types, ' '), state, why, created_at, rotated_at, version"

static const struct db_stmt STMT_LIST = {"webhook_list", "select " COLUMNS " from webhook order by created_at, id"};
static const struct db_stmt STMT_COUNT = {"webhook_count", "select count(*) from webhook"};
static const struct db_stmt STMT_ONE = {"webhook_one", "select " COLUMNS " from webhook where id = $1"};
static const struct db_stmt STMT_LOCK = {"webhook_lock", "select " COLUMNS " from webhook where id = $1 for update"};
/* $1 id $2 url $3 description $4 types $5 secret $6 now $7 version */
static const struct db_stmt STMT_ADD = {"webhook_add",
                                        "insert into webhook (id, url, description, types, state, why, secret, created_at, version) "
                                        "values ($1, $2, $3, string_to_array($4, ' '), 1, '', $5, $6, $7)"};
/* $1 id $2 url $3 description $4 types $5 state $6 why $7 version */
static const struct db_stmt STMT_PUT = {
    "webhook_put",
    "update webhook set url = $2, description = $3, types = string_to_array($4, ' '), state = $5, why = $6, version = $7, "
    " failing_since = case when $5 = 1 then null else failing_since end, rest_until = case when $5 = 1 then null else rest_until end "
    "where id = $1"};
/* $1 id $2 secret $3 now $4 until when the old one signs too $5 version */
static const struct db_stmt STMT_ROTATE = {
    "webhook_rotate", "update webhook set old_secret = secret, old_until = $4, secret = $2, rotated_at = $3, version = $5 where id = $1"};
static const struct db_stmt STMT_REMOVE = {"webhook_remove", "delete from webhook where id = $1"};

struct webhook_change {
    struct part_item item; /* first */
    enum { CHANGE_ADD, CHANGE_PUT, CHANGE_ROTATE, CHANGE_REMOVE } what;
    struct webhook webhook;
    uint8_t secret[WEBHOOK_SECRET_SIZE];
};

/* --- what cases call --------------------------------------------------------------------------------------------------- */
struct webhook_ask *webhook_ask(struct workset *w, const struct job *job)
{
    return part_ask(&w->parts, PART_WEBHOOK, job, sizeof(struct webhook_ask));
}

struct webhook_ask *webhook_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_WEBHOOK, job);
}

struct webhook *webhook_found(const struct workset *w, const struct job *job)
{
    const struct webhook_ask *ask = webhook_asked(w, job);

    return ask != NULL && ask->count > 0 ? ask->rows : NULL;
}

static struct webhook_change *change(struct workset *w, const struct webhook *webhook)
{
    struct webhook_change *c = part_change(&w->parts, PART_WEBHOOK, sizeof *c);

    c->webhook = *webhook;
    return c;
}

void webhook_add(struct workset *w, const struct webhook *webhook, const uint8_t secret[WEBHOOK_SECRET_SIZE])
{
    struct webhook_change *c = change(w, webhook);

    c->what = CHANGE_ADD;
    memcpy(c->secret, secret, sizeof c->secret);
}

void webhook_put(struct workset *w, const struct webhook *webhook)
{
    change(w, webhook)->what = CHANGE_PUT;
}

void webhook_rotate(struct workset *w, const struct webhook *webhook, const uint8_t secret[WEBHOOK_SECRET_SIZE])
{
    struct webhook_change *c = change(w, webhook);

    c->what = CHANGE_ROTATE;
    memcpy(c->secret, secret, sizeof c->secret);
}

void webhook_remove(struct workset *w, struct uuid id)
{
    change(w, &(const struct webhook){.id = id})->what = CHANGE_REMOVE;
}

/* --- the part ---------------------------------------------------------------------------------------------------------- */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct webhook_ask *ask = (struct webhook_ask *)item;
        struct db_params *p = db_params(w->arena);

        switch (ask->what) {
        case WEBHOOK_ASK_LIST:
            item->result = db_queue(db, &STMT_LIST, NULL);
            break;
        case WEBHOOK_ASK_COUNT:
            item->result = db_queue(db, &STMT_COUNT, NULL);
            break;
        case WEBHOOK_ASK_ONE:
        case WEBHOOK_ASK_LOCK:
            db_uuid(p, ask->id);
            item->result = db_queue(db, ask->what == WEBHOOK_ASK_LOCK ? &STMT_LOCK : &STMT_ONE, p);
            break;
        }
    }
}

static struct webhook read_row(struct arena *arena, const struct db_result *r, int row)
{
    return (struct webhook){.id = db_get_uuid(r, row, 0),
                            .url = arena_copy(arena, db_get_span(r, row, 1)),
                            .description = arena_copy(arena, db_get_span(r, row, 2)),
                            .types = arena_copy(arena, db_get_span(r, row, 3)),
                            .state = (enum webhook_state)db_get_i16(r, row, 4),
                            .why = arena_copy(arena, db_get_span(r, row, 5)),
                            .created_us = db_get_time(r, row, 6),
                            .rotated_us = db_get_time(r, row, 7),
                            .version = db_get_i64(r, row, 8)};
}

static void read_ask(struct workset *w, struct webhook_ask *ask, const struct db_result *r)
{
    if (ask->what == WEBHOOK_ASK_COUNT) {
        ask->count = (size_t)db_get_i64(r, 0, 0);
        return;
    }
    ask->count = (size_t)db_rows(r);
    ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
    for (size_t i = 0; i < ask->count; i++)
        ask->rows[i] = read_row(w->arena, r, (int)i);
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        read_ask(w, (struct webhook_ask *)item, db_result(db, item->result));
}

static void save_put(const struct webhook *webhook, struct db_params *p, struct db *db)
{
    db_text(p, webhook->url);
    db_text(p, webhook->description);
    db_text(p, webhook->types);
    db_i16(p, (int16_t)webhook->state);
    db_text(p, webhook->why);
    db_i64(p, webhook->version);
    db_queue(db, &STMT_PUT, p);
}

static void save_add(const struct webhook_change *c, int64_t now_us, struct db_params *p, struct db *db)
{
    db_text(p, c->webhook.url);
    db_text(p, c->webhook.description);
    db_text(p, c->webhook.types);
    db_bytes(p, span_of(c->secret, sizeof c->secret));
    db_time(p, now_us);
    db_i64(p, c->webhook.version);
    db_queue(db, &STMT_ADD, p);
}

static void save_rotate(const struct webhook_change *c, int64_t now_us, struct db_params *p, struct db *db)
{
    db_bytes(p, span_of(c->secret, sizeof c->secret));
    db_time(p, now_us);
    db_time(p, now_us + WEBHOOK_ROTATE_US);
    db_i64(p, c->webhook.version);
    db_queue(db, &STMT_ROTATE, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct webhook_change *c = (const struct webhook_change *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, c->webhook.id);
        switch (c->what) {
        case CHANGE_ADD:
            save_add(c, w->now_us, p, db);
            break;
        case CHANGE_PUT:
            save_put(&c->webhook, p, db);
            break;
        case CHANGE_ROTATE:
            save_rotate(c, w->now_us, p, db);
            break;
        case CHANGE_REMOVE:
            db_queue(db, &STMT_REMOVE, p);
            break;
        }
    }
}

const struct store_part webhook_part = {.load = load, .read = read_all, .save = save};
