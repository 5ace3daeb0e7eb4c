/* The part "attachment" of the store: see attachment.h. */
#include "services/funding/store/attachment.h"

/* Of the last submission are those that stood there then. */
#define COLUMNS                                                                                                                            \
    "t.id, t.application_id, t.kind, t.name, t.media_type, octet_length(t.content), t.sha256, t.added_at, t.actor, "                       \
    "t.removed_at is not null, coalesce(t.added_at <= v.saved_at, false)"
#define FROM                                                                                                                               \
    " from attachment t join application a on a.id = t.application_id "                                                                    \
    "left join application_version v on v.application_id = a.id and v.version = a.submitted_version "                                      \
    "where t.application_id = $1 and (t.removed_at is null or t.removed_at > v.saved_at)"

/* $1 application */
static const struct db_stmt STMT_LIST = {"attachment_list", "select " COLUMNS ", null::bytea" FROM " order by t.added_at, t.id"};
/* $1 application $2 id */
static const struct db_stmt STMT_ONE = {"attachment_one", "select " COLUMNS ", t.content" FROM " and t.id = $2"};
/* $1 id $2 application $3 kind $4 name $5 media type $6 SHA-256 $7 content $8 now $9 actor */
static const struct db_stmt STMT_ADD = {
    "attachment_add", "insert into attachment (id, application_id, kind, name, media_type, sha256, content, added_at, actor) "
                      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
static const struct db_stmt STMT_REMOVE = {"attachment_remove", "delete from attachment where id = $1"};
/* $1 id $2 now */
static const struct db_stmt STMT_MARK = {"attachment_mark", "update attachment set removed_at = $2 where id = $1"};

struct attachment_change {
    struct part_item item; /* first */
    enum { CHANGE_ADD, CHANGE_REMOVE, CHANGE_MARK } what;
    struct uuid id;
    const struct attachment *attachment;
};

static struct attachment_ask *ask_for(struct workset *w, const struct job *job, struct uuid application_id)
{
    struct attachment_ask *ask = part_ask(&w->parts, PART_ATTACHMENT, job, sizeof *ask);

    ask->application_id = application_id;
    return ask;
}

void attachment_want_list(struct workset *w, const struct job *job, struct uuid application_id)
{
    (void)ask_for(w, job, application_id);
}

void attachment_want(struct workset *w, const struct job *job, struct uuid application_id, struct uuid id)
{
    ask_for(w, job, application_id)->id = id;
}

const struct attachment_ask *attachment_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_ATTACHMENT, job);
}

void attachment_add(struct workset *w, const struct attachment *attachment)
{
    struct attachment_change *c = part_change(&w->parts, PART_ATTACHMENT, sizeof *c);

    c->what = CHANGE_ADD;
    c->id = attachment->id;
    c->attachment = attachment;
}

void attachment_remove(struct workset *w, struct uuid id, bool keep)
{
    struct attachment_change *c = part_change(&w->parts, PART_ATTACHMENT, sizeof *c);

    c->what = keep ? CHANGE_MARK : CHANGE_REMOVE;
    c->id = id;
}

/* --- the part ---------------------------------------------------------------------------------------------------------- */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct attachment_ask *ask = (const struct attachment_ask *)item;
        const bool list = uuid_is_nil(ask->id);
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->application_id);
        if (!list)
            db_uuid(p, ask->id);
        item->result = db_queue(db, list ? &STMT_LIST : &STMT_ONE, p);
    }
}

static struct attachment read_row(struct arena *arena, const struct db_result *r, int i)
{
    return (struct attachment){.id = db_get_uuid(r, i, 0),
                               .application_id = db_get_uuid(r, i, 1),
                               .kind = (enum attachment_kind)db_get_i16(r, i, 2),
                               .name = arena_text(arena, db_get_span(r, i, 3)),
                               .media_type = arena_text(arena, db_get_span(r, i, 4)),
                               .size = db_get_i32(r, i, 5),
                               .sha256 = arena_copy(arena, db_get_span(r, i, 6)),
                               .added_us = db_get_time(r, i, 7),
                               .actor = db_get_uuid(r, i, 8),
                               .removed = db_get_bool(r, i, 9),
                               .content = arena_copy(arena, db_get_span(r, i, 11))};
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct attachment_ask *ask = (struct attachment_ask *)item;
        const struct db_result *r = db_result(db, item->result);
        const size_t found = (size_t)db_rows(r);

        ask->rows = arena_array(w->arena, found, sizeof *ask->rows);
        ask->submitted = arena_array(w->arena, found, sizeof *ask->submitted);
        for (size_t i = 0; i < found; i++) {
            const struct attachment row = read_row(w->arena, r, (int)i);

            if (!row.removed)
                ask->rows[ask->count++] = row;
            if (db_get_bool(r, (int)i, 10))
                ask->submitted[ask->submitted_count++] = row;
        }
    }
}

static void save_add(const struct attachment *a, struct db_params *p, struct db *db)
{
    db_uuid(p, a->application_id);
    db_i16(p, (int16_t)a->kind);
    db_text(p, span_text(a->name));
    db_text(p, span_text(a->media_type));
    db_bytes(p, a->sha256);
    db_bytes(p, a->content);
    db_time(p, a->added_us);
    db_uuid(p, a->actor);
    (void)db_queue(db, &STMT_ADD, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct attachment_change *c = (const struct attachment_change *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, c->id);
        switch (c->what) {
        case CHANGE_ADD:
            save_add(c->attachment, p, db);
            break;
        case CHANGE_REMOVE:
            (void)db_queue(db, &STMT_REMOVE, p);
            break;
        case CHANGE_MARK:
            db_time(p, w->now_us);
            (void)db_queue(db, &STMT_MARK, p);
            break;
        }
    }
}

const struct store_part attachment_part = {.load = load, .read = read_all, .save = save};
