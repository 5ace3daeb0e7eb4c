/* The part "grant call" of the store: see grant_call.h. */
#include "services/notification/store/grant_call.h"

#include "services/notification/store/rows.h"

/* $1 id[] */
static const struct db_stmt STMT_READ = {"grant_call_read",
                                         "select id, version, contact, review_fi, review_sv, review_en, off_reason from grant_call "
                                         "where id = any($1)"};
/* $1 id $2 version $3 contact $4 $5 $6 review $7 reason of its end. A replay brings older versions: they wait for the newest. */
static const struct db_stmt STMT_PUT = {
    "grant_call_put", "insert into grant_call as c (id, version, contact, review_fi, review_sv, review_en, off_reason) "
                      "values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do update set version = excluded.version, "
                      "contact = excluded.contact, review_fi = excluded.review_fi, review_sv = excluded.review_sv, "
                      "review_en = excluded.review_en, off_reason = excluded.off_reason where c.version <= excluded.version"};

struct ask {
    struct part_item item; /* first */
    struct grant_call *call;
    bool first; /* of the batch to want this one */
};
struct change {
    struct part_item item; /* first */
    const struct grant_call *call;
};

static struct grant_call *shared(const struct workset *w, struct uuid id)
{
    for (struct part_item *item = w->parts.rows[PART_GRANT_CALL].asks; item != NULL; item = item->next) {
        struct grant_call *call = ((struct ask *)item)->call;
        if (call != NULL && uuid_compare(call->id, id) == 0)
            return call;
    }
    return NULL;
}

void grant_call_want(struct workset *w, const struct job *job, struct uuid id)
{
    struct grant_call *call = shared(w, id);
    struct ask *ask = part_ask(&w->parts, PART_GRANT_CALL, job, sizeof *ask);

    ask->first = call == NULL;
    if (call == NULL) {
        call = arena_alloc(w->arena, sizeof *call);
        *call = (struct grant_call){.id = id};
    }
    ask->call = call;
}

struct grant_call *grant_call_found(const struct workset *w, const struct job *job)
{
    const struct ask *ask = part_asked(&w->parts, PART_GRANT_CALL, job);

    return ask != NULL ? ask->call : NULL;
}

void grant_call_put(struct workset *w, const struct grant_call *call)
{
    ((struct change *)part_change(&w->parts, PART_GRANT_CALL, sizeof(struct change)))->call = call;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    struct db_params *p = db_params(w->arena);
    size_t count = 0;

    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        count += ((struct ask *)item)->first ? 1 : 0;
    if (count == 0)
        return;
    db_array(p, DB_UUID, count);
    for (struct part_item *item = rows->asks; item != NULL; item = item->next)
        if (((struct ask *)item)->first)
            db_array_uuid(p, ((struct ask *)item)->call->id);
    rows->asks->result = db_queue(db, &STMT_READ, p);
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    if (rows->asks == NULL || rows->asks->result < 0)
        return;
    const struct db_result *r = db_result(db, rows->asks->result);
    for (int row = 0; row < db_rows(r); row++) {
        struct grant_call *call = shared(w, db_get_uuid(r, row, 0));
        if (call == NULL)
            continue;
        call->version = db_get_i64(r, row, 1);
        call->contact = arena_copy(w->arena, db_get_span(r, row, 2));
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            call->review[language] = arena_copy(w->arena, db_get_span(r, row, 3 + language));
        call->off_reason = arena_copy(w->arena, db_get_span(r, row, 3 + LANGUAGE_COUNT));
    }
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct grant_call *call = ((const struct change *)item)->call;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, call->id);
        db_i64(p, call->version);
        db_text(p, call->contact);
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            db_text(p, call->review[language]);
        db_text(p, call->off_reason);
        db_queue(db, &STMT_PUT, p);
    }
}

const struct store_part grant_call_part = {.load = load, .read = read_all, .save = save};
