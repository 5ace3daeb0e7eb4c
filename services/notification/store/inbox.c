/* The part "inbox" of the store: see inbox.h. */
#include "services/notification/store/inbox.h"

#include "services/notification/store/text_of.h"

#define UNREAD_LOADED 200 /* more than are ever counted, so that what the same batch marks does not make the count wrong */
#define UNREAD_MAX    TEXT_OF(UNREAD_LOADED)
#define FEED_MAX      TEXT_OF(INBOX_FEED_ENTRIES)

static const struct db_stmt STMT_UNREAD = {
    "inbox_unread", "select number from message where " INBOX_OF("$1") " and read_at is null order by number desc limit " UNREAD_MAX};
static const struct db_stmt STMT_FIND = {"inbox_find", "select number from message where id = $2 and " INBOX_OF("$1")};
static const struct db_stmt STMT_SECRET = {"inbox_secret", "select feed_key from recipient where id = $1"};
static const struct db_stmt STMT_FEED_OWNER = {"inbox_feed_owner", "select id, language from recipient where feed_key = $1"};
#define FEED_OWNER "(select r.id from recipient r where r.feed_key = $1)"
static const struct db_stmt STMT_FEED = {"inbox_feed",
                                         "select m.id, greatest(m.queued_at, m.not_before), m.subject, m.body from message m "
                                         "where " INBOX_OF(FEED_OWNER) " and subject is not null order by number desc limit " FEED_MAX};
/* $1 whose $2 number $3 all before it too $4 now */
static const struct db_stmt STMT_MARK = {
    "inbox_mark", "update message set read_at = $4 where " INBOX_OF("$1") " and read_at is null and number <= $2 and ($3 or number = $2)"};
static const struct db_stmt STMT_SET_SECRET = {"inbox_set_secret", "update recipient set feed_key = $2 where id = $1"};

struct ask {
    struct part_item item; /* first */
    enum { ASK_UNREAD, ASK_MARK, ASK_SECRET, ASK_FEED } what;
    struct uuid person, message;
    int second;      /* result */
    int64_t number;  /* of the message to be marked; 0: not there */
    int64_t *unread; /* numbers, the newest first */
    size_t unread_count;
    bool known, has_secret;
    uint8_t secret[TOKEN_FEED_SIZE];
    struct inbox_feed feed;
};
struct change {
    struct part_item item; /* first */
    struct uuid person;
    int64_t number; /* 0: of a secret */
    bool until;
    uint8_t secret[TOKEN_FEED_SIZE];
};

/* --- what cases call --------------------------------------------------------------------------------------------------- */
static struct ask *ask_of(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_INBOX, job);
}

void inbox_want_unread(struct workset *w, const struct job *job, struct uuid person)
{
    struct ask *ask = part_ask(&w->parts, PART_INBOX, job, sizeof *ask);

    ask->what = ASK_UNREAD;
    ask->person = person;
}

void inbox_want_mark(struct workset *w, const struct job *job, struct uuid person, struct uuid message_id)
{
    struct ask *ask = part_ask(&w->parts, PART_INBOX, job, sizeof *ask);

    ask->what = ASK_MARK;
    ask->person = person;
    ask->message = message_id;
}

bool inbox_has(const struct workset *w, const struct job *job)
{
    return ask_of(w, job)->number > 0;
}

void inbox_mark(struct workset *w, const struct job *job, bool until)
{
    const struct ask *ask = ask_of(w, job);
    struct change *c = part_change(&w->parts, PART_INBOX, sizeof *c);

    c->person = ask->person;
    c->number = ask->number;
    c->until = until;
}

static bool is_marked(const struct workset *w, struct uuid person, int64_t number)
{
    for (const struct part_item *item = w->parts.rows[PART_INBOX].changes; item != NULL; item = item->next) {
        const struct change *c = (const struct change *)item;
        if (uuid_compare(c->person, person) == 0 && (c->number == number || (c->until && number < c->number)))
            return true;
    }
    return false;
}

size_t inbox_unread(const struct workset *w, const struct job *job, bool *more)
{
    const struct ask *ask = ask_of(w, job);
    size_t count = 0;

    for (size_t i = 0; i < ask->unread_count && count <= INBOX_COUNT_MAX; i++)
        count += !is_marked(w, ask->person, ask->unread[i]);
    *more = count > INBOX_COUNT_MAX;
    return *more ? INBOX_COUNT_MAX : count;
}

void inbox_want_secret(struct workset *w, const struct job *job, struct uuid person)
{
    struct ask *ask = part_ask(&w->parts, PART_INBOX, job, sizeof *ask);

    ask->what = ASK_SECRET;
    ask->person = person;
}

bool inbox_secret(const struct workset *w, const struct job *job, bool *known, uint8_t out[TOKEN_FEED_SIZE])
{
    const struct ask *ask = ask_of(w, job);

    *known = ask->known;
    memcpy(out, ask->secret, TOKEN_FEED_SIZE);
    return ask->has_secret;
}

void inbox_set_secret(struct workset *w, struct uuid person, const uint8_t secret[TOKEN_FEED_SIZE])
{
    struct change *c = part_change(&w->parts, PART_INBOX, sizeof *c);

    c->person = person;
    memcpy(c->secret, secret, TOKEN_FEED_SIZE);
}

void inbox_want_feed(struct workset *w, const struct job *job, const uint8_t secret[TOKEN_FEED_SIZE])
{
    struct ask *ask = part_ask(&w->parts, PART_INBOX, job, sizeof *ask);

    ask->what = ASK_FEED;
    memcpy(ask->secret, secret, TOKEN_FEED_SIZE);
}

const struct inbox_feed *inbox_feed(const struct workset *w, const struct job *job)
{
    return &ask_of(w, job)->feed;
}

/* --- the part ---------------------------------------------------------------------------------------------------------- */
static void load_one(struct workset *w, struct ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena), *also = db_params(w->arena);

    if (ask->what == ASK_FEED)
        db_bytes(p, span_of(ask->secret, sizeof ask->secret));
    else
        db_uuid(p, ask->person);
    switch (ask->what) {
    case ASK_MARK:
        db_uuid(also, ask->person);
        db_uuid(also, ask->message);
        ask->second = db_queue(db, &STMT_FIND, also);
        ask->item.result = db_queue(db, &STMT_UNREAD, p);
        return;
    case ASK_UNREAD:
        ask->item.result = db_queue(db, &STMT_UNREAD, p);
        return;
    case ASK_SECRET:
        ask->item.result = db_queue(db, &STMT_SECRET, p);
        return;
    case ASK_FEED:
        ask->item.result = db_queue(db, &STMT_FEED_OWNER, p);
        ask->second = db_queue(db, &STMT_FEED, p);
        return;
    }
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        load_one(w, (struct ask *)item, db);
}

static void read_unread(struct workset *w, struct ask *ask, const struct db_result *r)
{
    ask->unread_count = (size_t)db_rows(r);
    ask->unread = arena_array(w->arena, ask->unread_count + 1, sizeof *ask->unread);
    for (size_t i = 0; i < ask->unread_count; i++)
        ask->unread[i] = db_get_i64(r, (int)i, 0);
}

static void read_secret(struct ask *ask, const struct db_result *r)
{
    ask->known = db_rows(r) == 1;
    ask->has_secret = ask->known && db_get_span(r, 0, 0).len == TOKEN_FEED_SIZE;
    if (ask->has_secret)
        memcpy(ask->secret, db_get_span(r, 0, 0).data, TOKEN_FEED_SIZE);
}

static void read_feed(struct workset *w, struct inbox_feed *feed, const struct db_result *owner, const struct db_result *r)
{
    feed->found = db_rows(owner) == 1;
    if (!feed->found)
        return;
    const struct span language = db_get_span(owner, 0, 1);
    feed->person = db_get_uuid(owner, 0, 0);
    feed->language = language_read((const char *)language.data, language.len);
    feed->count = (size_t)db_rows(r);
    feed->entries = arena_array(w->arena, feed->count + 1, sizeof *feed->entries);
    for (size_t i = 0; i < feed->count; i++)
        feed->entries[i] = (struct inbox_entry){.id = db_get_uuid(r, (int)i, 0),
                                                .at_us = db_get_time(r, (int)i, 1),
                                                .subject = arena_copy(w->arena, db_get_span(r, (int)i, 2)),
                                                .body = arena_copy(w->arena, db_get_span(r, (int)i, 3))};
}

static void read_one(struct workset *w, struct ask *ask, struct db *db)
{
    switch (ask->what) {
    case ASK_MARK:
        if (db_rows(db_result(db, ask->second)) == 1)
            ask->number = db_get_i64(db_result(db, ask->second), 0, 0);
        read_unread(w, ask, db_result(db, ask->item.result));
        return;
    case ASK_UNREAD:
        read_unread(w, ask, db_result(db, ask->item.result));
        return;
    case ASK_SECRET:
        read_secret(ask, db_result(db, ask->item.result));
        return;
    case ASK_FEED:
        read_feed(w, &ask->feed, db_result(db, ask->item.result), db_result(db, ask->second));
        return;
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        read_one(w, (struct ask *)item, db);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct change *c = (const struct change *)item;
        struct db_params *p = db_params(w->arena);
        db_uuid(p, c->person);
        if (c->number == 0) {
            db_bytes(p, span_of(c->secret, sizeof c->secret));
            db_queue(db, &STMT_SET_SECRET, p);
            continue;
        }
        db_i64(p, c->number);
        db_bool(p, c->until);
        db_time(p, w->now_us);
        db_queue(db, &STMT_MARK, p);
    }
}

const struct store_part inbox_part = {.load = load, .read = read_all, .save = save};
