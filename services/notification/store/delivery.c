/* The part "delivery" of the store: see delivery.h. */
#include "services/notification/store/delivery.h"

#include "services/notification/store/rows.h"
#include "services/notification/store/webhook.h"

static const struct db_stmt STMT_AUDIENCE = {"delivery_audience", "select array_to_string(types, ' ') from webhook where state = 1"};

#define COLUMNS                                                                                                                            \
    "d.id, d.webhook_id, d.type, d.state, d.tries, d.http_status, d.answer, d.created_at, "                                                \
    "case when d.state = 1 then d.next_at end, d.done_at, w.state"
static const struct db_stmt STMT_OF = {"delivery_of", "select " COLUMNS " from webhook_delivery d join webhook w on w.id = d.webhook_id "
                                                      "where d.webhook_id = $1 order by d.number desc limit $2"};
static const struct db_stmt STMT_LOCK = {"delivery_lock",
                                         "select " COLUMNS " from webhook_delivery d join webhook w on w.id = d.webhook_id "
                                         "where d.id = $1 for update of d"};

/* The id that this event has at this webhook, for ever: a replay after the row is long gone comes under the same one. A test has its own.
 */
#define DELIVERY_ID "case when s.webhook_id is null then md5(o.id::text || s.event_id::text || s.type)::uuid else s.event_id end"
/* $1 event_id[] $2 type[] $3 body[] $4 webhook_id[] (null: all who want it) $5 now $6 how many may wait $7 why it is disabled. The
 * webhooks are locked first and in order of their ids. One for which too many wait already is disabled instead of being given more. */
static const struct db_stmt STMT_TELL = {
    "delivery_tell",
    "with said as materialized (select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) with ordinality "
    "  as t(event_id, type, body, webhook_id, n)), "
    "o as materialized (select id, types, waiting from webhook where state = 1 order by id for update), "
    "pair as materialized (select o.id as webhook_id, " DELIVERY_ID " as id, s.event_id, s.type, s.body, s.n, o.waiting >= $6 as too_many "
    "  from said s cross join o where s.webhook_id = o.id or (s.webhook_id is null and (o.types = '{}' or s.type = any (o.types)))), "
    "fresh as (insert into webhook_delivery (id, webhook_id, event_id, type, body, created_at, next_at) "
    "  select id, webhook_id, event_id, type, body, $5, $5 from pair where not too_many order by n on conflict do nothing "
    "  returning webhook_id), "
    "counted as (select webhook_id, count(*)::int as n, false as too_many from fresh group by webhook_id "
    "  union all select distinct webhook_id, 0, true from pair where too_many) "
    "update webhook w set waiting = w.waiting + c.n, state = case when c.too_many then 2 else 1 end, "
    "  why = case when c.too_many then $7 else '' end, version = w.version + c.too_many::int from counted c where w.id = c.webhook_id"};
/* $1 id[] $2 now */
static const struct db_stmt STMT_AGAIN = {
    "delivery_again",
    "with back as (update webhook_delivery set state = 1, next_at = $2, tries = 0, http_status = 0, answer = '', done_at = null "
    "  where id = any ($1) and state = 4 returning webhook_id), "
    "counted as (select webhook_id, count(*)::int as n from back group by webhook_id) "
    "update webhook w set waiting = w.waiting + c.n from counted c where w.id = c.webhook_id"};

/* $1 id[] $2 now. What rests after a failure need not rest for it. */
static const struct db_stmt STMT_HURRY = {"delivery_hurry",
                                          "with due as (update webhook_delivery set next_at = $2 where id = any ($1) and state = 1 "
                                          "  returning webhook_id) "
                                          "update webhook set rest_until = null where id in (select webhook_id from due)"};
/* $1 webhook[] $2 now: along each one's part of its index */
static const struct db_stmt STMT_HURRY_ALL = {
    "delivery_hurry_all",
    "update webhook_delivery set next_at = $2 where number = any (array(select d.number from unnest($1::uuid[]) as w(id) "
    " cross join lateral (select number from webhook_delivery where webhook_id = w.id and state in (1, 2) and next_at > $2 and state = 1) "
    "d))"};

/* $1 id[]. A person who is forgotten is taken out of what still has a body: what waits goes out without them, but that they are to be
 * forgotten is told with their id, which stands there as the last member. What was delivered, most of all there is, has no body: the two
 * indexes pass it by. */
static const struct db_stmt STMT_FORGET = {
    "delivery_forget", "update webhook_delivery d set body = replace(replace(d.body, '\"personId\":\"' || has.id || '\",', ''), "
                       " '\"leaderId\":\"' || has.id || '\",', '') "
                       "from (select o.number, k.id from unnest($1::uuid[]) as k (id) cross join lateral ("
                       "  select number, body from webhook_delivery where state in (1, 2) union all select number, body from "
                       "webhook_delivery where state = 4) o "
                       " where position('Id\":\"' || k.id || '\",' in o.body) > 0) as has where d.number = has.number"};

struct delivery_ask {
    struct part_item item; /* first */
    enum { ASK_AUDIENCE, ASK_OF, ASK_DELIVERY } what;
    struct uuid id;
    struct delivery *rows;
    size_t count;
    struct span *types; /* of ASK_AUDIENCE: of each webhook that is on */
};
struct delivery_change {
    struct part_item item; /* first */
    enum { CHANGE_TELL, CHANGE_AGAIN, CHANGE_HURRY, CHANGE_HURRY_ALL, CHANGE_FORGET } what;
    struct uuid id; /* the event's, the delivery's, the webhook's or the person's */
    struct uuid webhook_id;
    struct span type, body;
};

/* --- needs --------------------------------------------------------------------------------------------------------------- */
static struct delivery_ask *audience(const struct workset *w)
{
    for (struct part_item *item = w->parts.rows[PART_DELIVERY].asks; item != NULL; item = item->next)
        if (((struct delivery_ask *)item)->what == ASK_AUDIENCE)
            return (struct delivery_ask *)item;
    return NULL;
}

static struct delivery_ask *ask(struct workset *w, const struct job *job)
{
    return part_ask(&w->parts, PART_DELIVERY, job, sizeof(struct delivery_ask));
}

void delivery_want_audience(struct workset *w, const struct job *job)
{
    if (audience(w) == NULL)
        ask(w, job)->what = ASK_AUDIENCE;
}

void delivery_want_of(struct workset *w, const struct job *job, struct uuid webhook_id)
{
    struct delivery_ask *a = ask(w, job);

    a->what = ASK_OF;
    a->id = webhook_id;
}

void delivery_want(struct workset *w, const struct job *job, struct uuid id)
{
    struct delivery_ask *a = ask(w, job);

    a->what = ASK_DELIVERY;
    a->id = id;
}

/* --- decide -------------------------------------------------------------------------------------------------------------- */
/* Names with a space between; none: all. */
static bool names(struct span types, struct span type)
{
    size_t from = 0;

    for (size_t i = 0; i <= types.len; i++) {
        if (i < types.len && types.data[i] != ' ')
            continue;
        if (span_equal(span_of(types.data + from, i - from), type))
            return true;
        from = i + 1;
    }
    return types.len == 0;
}

bool delivery_wanted(const struct workset *w, struct span type)
{
    const struct delivery_ask *a = audience(w);

    for (size_t i = 0; a != NULL && i < a->count; i++)
        if (names(a->types[i], type))
            return true;
    return false;
}

struct delivery *delivery_found(const struct workset *w, const struct job *job, size_t *count)
{
    struct delivery_ask *a = part_asked(&w->parts, PART_DELIVERY, job);

    *count = a != NULL ? a->count : 0;
    return a != NULL ? a->rows : NULL;
}

void delivery_tell(struct workset *w, struct uuid event_id, struct span type, struct span body)
{
    delivery_test(w, (struct uuid){{0}}, event_id, type, body);
}

void delivery_test(struct workset *w, struct uuid webhook_id, struct uuid event_id, struct span type, struct span body)
{
    struct delivery_change *c = part_change(&w->parts, PART_DELIVERY, sizeof *c);

    c->what = CHANGE_TELL;
    c->id = event_id;
    c->webhook_id = webhook_id;
    c->type = type;
    c->body = body;
}

static void change_of(struct workset *w, int what, struct uuid id)
{
    struct delivery_change *c = part_change(&w->parts, PART_DELIVERY, sizeof *c);

    c->what = what;
    c->id = id;
}

void delivery_again(struct workset *w, struct uuid id)
{
    change_of(w, CHANGE_AGAIN, id);
}

void delivery_hurry(struct workset *w, struct uuid id)
{
    change_of(w, CHANGE_HURRY, id);
}

void delivery_hurry_all(struct workset *w, struct uuid webhook_id)
{
    change_of(w, CHANGE_HURRY_ALL, webhook_id);
}

void delivery_forget(struct workset *w, struct uuid person_id)
{
    change_of(w, CHANGE_FORGET, person_id);
}

bool delivery_changed(const struct workset *w)
{
    return w->parts.rows[PART_DELIVERY].changes != NULL;
}

/* --- the part ------------------------------------------------------------------------------------------------------------ */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct delivery_ask *a = (const struct delivery_ask *)item;
        struct db_params *p = db_params(w->arena);

        switch (a->what) {
        case ASK_AUDIENCE:
            item->result = db_queue(db, &STMT_AUDIENCE, NULL);
            break;
        case ASK_OF:
            db_uuid(p, a->id);
            db_i64(p, DELIVERY_SHOWN);
            item->result = db_queue(db, &STMT_OF, p);
            break;
        case ASK_DELIVERY:
            db_uuid(p, a->id);
            item->result = db_queue(db, &STMT_LOCK, p);
            break;
        }
    }
}

static struct delivery read_row(struct arena *arena, const struct db_result *r, int row)
{
    return (struct delivery){.id = db_get_uuid(r, row, 0),
                             .webhook_id = db_get_uuid(r, row, 1),
                             .type = arena_copy(arena, db_get_span(r, row, 2)),
                             .state = (enum delivery_state)db_get_i16(r, row, 3),
                             .tries = db_get_i32(r, row, 4),
                             .http_status = db_get_i32(r, row, 5),
                             .answer = arena_copy(arena, db_get_span(r, row, 6)),
                             .created_us = db_get_time(r, row, 7),
                             .next_us = db_get_time(r, row, 8),
                             .done_us = db_get_time(r, row, 9),
                             .webhook_state = (enum webhook_state)db_get_i16(r, row, 10)};
}

static void read_ask(struct workset *w, struct delivery_ask *a, const struct db_result *r)
{
    a->count = (size_t)db_rows(r);
    if (a->what == ASK_AUDIENCE)
        a->types = arena_array(w->arena, a->count + 1, sizeof *a->types);
    else
        a->rows = arena_array(w->arena, a->count + 1, sizeof *a->rows);
    for (size_t i = 0; i < a->count; i++) {
        if (a->what == ASK_AUDIENCE)
            a->types[i] = arena_copy(w->arena, db_get_span(r, (int)i, 0));
        else
            a->rows[i] = read_row(w->arena, r, (int)i);
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        read_ask(w, (struct delivery_ask *)item, db_result(db, item->result));
}

/* A column of an unnest from changes, which lie where they were made. */
#define COLUMN_OF(p, type, add, changes, count, value)                                                                                     \
    do {                                                                                                                                   \
        db_array(p, type, count);                                                                                                          \
        for (size_t i_ = 0; i_ < (count); i_++)                                                                                            \
            add(p, (changes)[i_]->value);                                                                                                  \
    } while (0)

/* The changes of one sort, in order. Returns how many. */
static size_t pick(const struct part_rows *rows, int what, const struct delivery_change **out)
{
    size_t n = 0;

    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct delivery_change *c = (const struct delivery_change *)item;
        if ((int)c->what != what)
            continue;
        if (out != NULL)
            out[n] = c;
        n++;
    }
    return n;
}

static void save_told(const struct workset *w, const struct delivery_change **told, size_t n, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    COLUMN_OF(p, DB_UUID, db_array_uuid, told, n, id);
    COLUMN_OF(p, DB_TEXT, db_array_text, told, n, type);
    COLUMN_OF(p, DB_TEXT, db_array_text, told, n, body);
    COLUMN_OF(p, DB_UUID, add_id_or_null, told, n, webhook_id);
    db_time(p, w->now_us);
    db_i32(p, WEBHOOK_WAITING_MAX);
    db_text(p, span_text(WEBHOOK_WHY_FULL));
    db_queue(db, &STMT_TELL, p);
}

static void save_ids(const struct workset *w, const struct db_stmt *stmt, const struct delivery_change **changes, size_t n, bool when,
                     struct db *db)
{
    struct db_params *p = db_params(w->arena);

    COLUMN_OF(p, DB_UUID, db_array_uuid, changes, n, id);
    if (when)
        db_time(p, w->now_us);
    db_queue(db, stmt, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    static const struct {
        const struct db_stmt *stmt;
        int what;
        bool when;
    } BY_ID[] = {{&STMT_AGAIN, CHANGE_AGAIN, true},
                 {&STMT_HURRY, CHANGE_HURRY, true},
                 {&STMT_HURRY_ALL, CHANGE_HURRY_ALL, true},
                 {&STMT_FORGET, CHANGE_FORGET, false}};
    size_t n = pick(rows, CHANGE_TELL, NULL);
    const struct delivery_change **picked = arena_array(w->arena, n + 1, sizeof *picked);

    if (n > 0)
        save_told(w, picked, pick(rows, CHANGE_TELL, picked), db);
    for (size_t i = 0; i < sizeof BY_ID / sizeof BY_ID[0]; i++) {
        n = pick(rows, BY_ID[i].what, NULL);
        if (n == 0)
            continue;
        picked = arena_array(w->arena, n, sizeof *picked);
        save_ids(w, BY_ID[i].stmt, picked, pick(rows, BY_ID[i].what, picked), BY_ID[i].when, db);
    }
}

const struct store_part delivery_part = {.load = load, .read = read_all, .save = save};
