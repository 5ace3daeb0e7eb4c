/* Loading applications: see application.h and application_own.h. */
#include <stdlib.h>

#include "services/funding/store/application_own.h"

#define VERSIONS_MAX "200"
#define COLUMNS                                                                                                                            \
    "a.id, a.call_id, a.theme_id, a.owner_id, a.state, coalesce(a.register_number, ''), a.language, a.title, a.lead_name, a.version, "     \
    "a.content_version, a.submitted_version, a.created_at, a.saved_at, a.submitted_at, a.total_cents, a.applied_cents, a.receipt, "        \
    "a.contact_told"
enum { CONTENT_COLUMN = 19 };
#define SUBMITTED "a.state in (2, 3, 5)"

/* $1 id[], lowest first $2 whether with what was written[] */
#define ONE(lock)                                                                                                                          \
    "select " COLUMNS ", v.content from unnest($1::uuid[], $2::boolean[]) with ordinality as k (id, written, n) "                          \
    "cross join lateral (select * from application a where a.id = k.id limit 1" lock ") a "                                                \
    "left join lateral (select content from application_version v where k.written and v.application_id = a.id "                            \
    " and v.version = a.content_version limit 1) v on true order by k.n"
static const struct db_stmt STMT_ONE = {"application_one", ONE("")};
static const struct db_stmt STMT_LOCK = {"application_lock", ONE(" for update")};
/* $1 application: what was submitted last */
static const struct db_stmt STMT_SUBMITTED = {
    "application_submitted",
    "select v.content from application a join application_version v on v.application_id = a.id and v.version = a.submitted_version "
    "where a.id = $1"};
/* $1 application $2 whether submitted ones alone */
static const struct db_stmt STMT_VERSIONS = {
    "application_versions", "select version, kind, saved_at, actor, null::bytea from application_version "
                            "where application_id = $1 and (not $2 or kind > 1) order by version desc limit " VERSIONS_MAX};
/* $1 application $2 whether submitted ones alone $3 version */
static const struct db_stmt STMT_VERSION = {"application_version",
                                            "select version, kind, saved_at, actor, content from application_version "
                                            "where application_id = $1 and (not $2 or kind > 1) and version = $3"};
/* $1 application $2 person */
static const struct db_stmt STMT_CONFLICT = {"application_conflict", "select 1 from no_part where application_id = $1 and person_id = $2"};
/* $1 call $2 at most */
#define OF_CALL "select " COLUMNS " from application a where a.call_id = $1 and " SUBMITTED " order by a.id limit $2"
static const struct db_stmt STMT_OF_CALL = {"application_of_call", OF_CALL};
static const struct db_stmt STMT_LOCK_CALL = {"application_lock_call", OF_CALL " for update"};
static const struct db_stmt STMT_DRAFTS = {
    "application_drafts",
    "select " COLUMNS " from application a where a.call_id = $1 and (a.state = 1 or "
    "(a.state in (2, 3) and exists (select from call c where c.id = $1 and c.state = 5))) order by a.id limit $2 for update"};
/* $1 owner $2 after $3 at most */
static const struct db_stmt STMT_OF_OWNER = {
    "application_of_owner", "select " COLUMNS " from application a where a.owner_id = $1 and ($2::uuid is null or a.id < $2) "
                            "order by a.id desc limit $3"};
/* $1 call $2 theme, or null $3 state, 0: any $4 after $5 at most $6 reader: what they take no part in is shown once it is decided */
static const struct db_stmt STMT_PAGE = {"application_page",
                                         "select " COLUMNS " from application a where a.call_id = $1 and a.register_number is not null "
                                         "and ($2::uuid is null or a.theme_id = $2) and ($3::smallint = 0 or a.state = $3) "
                                         "and ($4::uuid is null or a.id > $4) and (a.state = 5 or not exists (select 1 from no_part c "
                                         "where c.application_id = a.id and c.person_id = $6)) order by a.id limit $5"};

/* --- queueing ---------------------------------------------------------------------------------------------------------- */
static void id_or_null(struct db_params *p, struct uuid id)
{
    if (uuid_is_nil(id))
        db_null(p);
    else
        db_uuid(p, id);
}

static int load_list(struct workset *w, const struct application_ask *ask, struct db *db)
{
    const int32_t limit = ask->limit > 0 ? ask->limit : APPLICATION_MANY;
    struct db_params *p = db_params(w->arena);
    const struct db_stmt *stmt = &STMT_PAGE;

    db_uuid(p, ask->id);
    switch (ask->what) {
    case APPLICATIONS_ONE:
    case APPLICATIONS_OF_CALL:
        stmt = ask->hold == APPLICATION_LOCK ? &STMT_LOCK_CALL : &STMT_OF_CALL;
        break;
    case APPLICATIONS_DRAFTS:
        stmt = &STMT_DRAFTS;
        break;
    case APPLICATIONS_OF_OWNER:
        stmt = &STMT_OF_OWNER;
        id_or_null(p, ask->after);
        break;
    case APPLICATIONS_PAGE:
        id_or_null(p, ask->theme_id);
        db_i16(p, (int16_t)ask->state);
        id_or_null(p, ask->after);
        break;
    }
    db_i32(p, limit);
    if (ask->what == APPLICATIONS_PAGE)
        db_uuid(p, ask->reader);
    return db_queue(db, stmt, p);
}

static int load_conflict(struct workset *w, const struct application_ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, ask->id);
    db_uuid(p, ask->reader);
    return db_queue(db, &STMT_CONFLICT, p);
}

static void load_more(struct workset *w, struct application_ask *ask, struct db *db)
{
    struct db_params *p = db_params(w->arena);

    db_uuid(p, ask->id);
    ask->submitted_result = ask->versions_result = ask->conflict_result = -1;
    if (ask->content == CONTENT_SUBMITTED || ask->content == CONTENT_BOTH)
        ask->submitted_result = db_queue(db, &STMT_SUBMITTED, p);
    if (!uuid_is_nil(ask->reader))
        ask->conflict_result = load_conflict(w, ask, db);
    if (!ask->versions && ask->version == 0)
        return;
    p = db_params(w->arena);
    db_uuid(p, ask->id);
    db_bool(p, ask->submitted_only);
    if (ask->version != 0)
        db_i64(p, ask->version);
    ask->versions_result = db_queue(db, ask->version != 0 ? &STMT_VERSION : &STMT_VERSIONS, p);
}

static int by_id(const void *a, const void *b)
{
    const struct application_ask *const *x = a, *const *y = b;

    return uuid_compare((*x)->id, (*y)->id);
}

static bool wants_written(const struct application_ask *ask)
{
    return ask->content == CONTENT_WRITTEN || ask->content == CONTENT_BOTH;
}

/* Jobs that want the same application stand side by side. */
static size_t row_end(struct application_ask *const *asks, size_t count, size_t from, bool *written)
{
    size_t end = from;

    *written = false;
    for (; end < count && uuid_compare(asks[end]->id, asks[from]->id) == 0; end++)
        *written = *written || wants_written(asks[end]);
    return end;
}

static size_t row_count(struct application_ask *const *asks, size_t count)
{
    size_t rows = 0;
    bool written;

    for (size_t i = 0; i < count; i = row_end(asks, count, i, &written))
        rows++;
    return rows;
}

static void load_ones(struct workset *w, struct application_ask *const *asks, size_t count, bool lock, struct db *db)
{
    struct db_params *p = db_params(w->arena);
    const size_t rows = row_count(asks, count);
    bool written;

    db_array(p, DB_UUID, rows);
    for (size_t i = 0; i < count; i = row_end(asks, count, i, &written))
        db_array_uuid(p, asks[i]->id);
    db_array(p, DB_BOOL, rows);
    for (size_t i = 0; i < count;) {
        const size_t end = row_end(asks, count, i, &written);

        db_array_bool(p, written);
        i = end;
    }
    const int result = db_queue(db, lock ? &STMT_LOCK : &STMT_ONE, p);
    for (size_t i = 0; i < count; i++)
        asks[i]->item.result = result;
}

/* Those that want one, by id. */
static struct application_ask **ones_of(struct workset *w, const struct part_rows *rows, size_t *count, bool *lock)
{
    size_t all = 0;

    for (const struct part_item *item = rows->asks; item != NULL; item = item->next)
        all++;
    struct application_ask **asks = arena_array(w->arena, all, sizeof *asks);
    *count = 0;
    *lock = false;
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct application_ask *ask = (struct application_ask *)item;

        if (ask->what != APPLICATIONS_ONE)
            continue;
        asks[(*count)++] = ask;
        *lock = *lock || ask->hold == APPLICATION_LOCK;
    }
    qsort(asks, *count, sizeof(struct application_ask *), by_id);
    return asks;
}

void application_load(struct workset *w, struct part_rows *rows, struct db *db)
{
    size_t count;
    bool lock;
    struct application_ask **ones = ones_of(w, rows, &count, &lock);

    if (count > 0)
        load_ones(w, ones, count, lock, db);
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct application_ask *ask = (struct application_ask *)item;

        if (ask->what == APPLICATIONS_ONE)
            load_more(w, ask, db);
        else
            item->result = load_list(w, ask, db);
    }
}

/* --- reading ----------------------------------------------------------------------------------------------------------- */
static void read_text(char *out, size_t size, struct span text)
{
    const size_t len = text.len < size ? text.len : size - 1;

    if (len > 0)
        memcpy(out, text.data, len);
    out[len] = '\0';
}

static struct application *read_row(struct arena *arena, const struct db_result *r, int i, bool with_content)
{
    struct application *a = arena_alloc(arena, sizeof *a);

    a->id = db_get_uuid(r, i, 0);
    a->call_id = db_get_uuid(r, i, 1);
    a->theme_id = db_get_uuid(r, i, 2);
    a->owner_id = db_get_uuid(r, i, 3);
    a->state = (enum application_state)db_get_i16(r, i, 4);
    a->register_number = arena_text(arena, db_get_span(r, i, 5));
    a->language = arena_text(arena, db_get_span(r, i, 6));
    a->title = arena_text(arena, db_get_span(r, i, 7));
    a->lead_name = arena_text(arena, db_get_span(r, i, 8));
    a->version = db_get_i64(r, i, 9);
    a->content_version = db_get_i64(r, i, 10);
    a->submitted_version = db_get_i64(r, i, 11);
    a->created_us = db_get_time(r, i, 12);
    a->saved_us = db_get_time(r, i, 13);
    a->submitted_us = db_get_time(r, i, 14);
    a->total_cents = db_get_i64(r, i, 15);
    a->applied_cents = db_get_i64(r, i, 16);
    read_text(a->receipt, sizeof a->receipt, db_get_span(r, i, 17));
    a->contact_told = arena_text(arena, db_get_span(r, i, 18));
    if (with_content)
        a->content = arena_copy(arena, db_get_span(r, i, CONTENT_COLUMN));
    return a;
}

static void read_ones(struct workset *w, struct application_ask *const *asks, size_t count, const struct db_result *r)
{
    const size_t found = (size_t)db_rows(r);
    struct application **rows = arena_array(w->arena, found, sizeof *rows);
    size_t at = 0;

    for (size_t i = 0; i < found; i++)
        rows[i] = read_row(w->arena, r, (int)i, true);
    for (size_t i = 0; i < count; i++) {
        while (at < found && uuid_compare(rows[at]->id, asks[i]->id) < 0)
            at++;
        asks[i]->row = at < found && uuid_compare(rows[at]->id, asks[i]->id) == 0 ? rows[at] : NULL;
    }
}

static void read_versions(struct arena *arena, struct application_ask *ask, const struct db_result *r)
{
    ask->version_count = (size_t)db_rows(r);
    ask->version_rows = arena_array(arena, ask->version_count, sizeof *ask->version_rows);
    for (size_t i = 0; i < ask->version_count; i++)
        ask->version_rows[i] = (struct application_version){.version = db_get_i64(r, (int)i, 0),
                                                            .kind = db_get_i16(r, (int)i, 1),
                                                            .saved_us = db_get_time(r, (int)i, 2),
                                                            .actor = db_get_uuid(r, (int)i, 3),
                                                            .content = arena_copy(arena, db_get_span(r, (int)i, 4))};
}

static void read_more(struct workset *w, struct application_ask *ask, struct db *db)
{
    const struct db_result *r = ask->submitted_result >= 0 ? db_result(db, ask->submitted_result) : NULL;

    if (r != NULL && db_rows(r) > 0)
        ask->submitted = arena_copy(w->arena, db_get_span(r, 0, 0));
    ask->conflict = ask->conflict_result >= 0 && db_rows(db_result(db, ask->conflict_result)) > 0;
    if (ask->versions_result >= 0)
        read_versions(w->arena, ask, db_result(db, ask->versions_result));
}

static void read_list(struct workset *w, struct application_ask *ask, const struct db_result *r)
{
    ask->count = (size_t)db_rows(r);
    ask->rows = arena_array(w->arena, ask->count, sizeof *ask->rows);
    for (size_t i = 0; i < ask->count; i++)
        ask->rows[i] = read_row(w->arena, r, (int)i, false);
}

void application_read(struct workset *w, struct part_rows *rows, struct db *db)
{
    size_t count;
    bool lock;
    struct application_ask **ones = ones_of(w, rows, &count, &lock);

    if (count > 0)
        read_ones(w, ones, count, db_result(db, ones[0]->item.result));
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct application_ask *ask = (struct application_ask *)item;

        if (ask->what == APPLICATIONS_ONE)
            read_more(w, ask, db);
        else
            read_list(w, ask, db_result(db, item->result));
    }
}
