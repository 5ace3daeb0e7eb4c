/* The part "supplement" of the store: see supplement.h. */
#include "services/funding/store/supplement.h"

/* $1 application */
static const struct db_stmt STMT_LIST = {
    "supplement_list", "select id, application_id, asked_at, asked_by, words, (due_on - date '1970-01-01')::int, answered_at "
                       "from (select * from supplement_request where application_id = $1 order by asked_at desc, id desc "
                       " limit 20) s order by asked_at, id"};
/* $1 application $2 id $3 at $4 by $5 words $6 day */
static const struct db_stmt STMT_ADD = {"supplement_add",
                                        "insert into supplement_request (application_id, id, asked_at, asked_by, words, due_on) "
                                        "values ($1, $2, $3, $4, $5, date '1970-01-01' + $6::int)"};
/* $1 application $2 at */
static const struct db_stmt STMT_END = {"supplement_end",
                                        "update supplement_request set answered_at = $2 where application_id = $1 and answered_at is null"};

struct supplement_change {
    struct part_item item; /* first */
    enum { CHANGE_ADD, CHANGE_END } what;
    struct uuid application_id;
    int64_t at_us;
    const struct supplement *supplement;
};

void supplement_want(struct workset *w, const struct job *job, struct uuid application_id)
{
    struct supplement_ask *ask = part_ask(&w->parts, PART_SUPPLEMENT, job, sizeof *ask);

    ask->application_id = application_id;
}

const struct supplement_ask *supplement_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_SUPPLEMENT, job);
}

struct supplement *supplement_open(const struct supplement_ask *ask)
{
    for (size_t i = 0; i < ask->count; i++)
        if (ask->rows[i].answered_us == 0)
            return &ask->rows[i];
    return NULL;
}

static struct supplement_change *change(struct workset *w, struct uuid application_id)
{
    struct supplement_change *c = part_change(&w->parts, PART_SUPPLEMENT, sizeof *c);

    c->application_id = application_id;
    return c;
}

void supplement_add(struct workset *w, const struct supplement *supplement)
{
    struct supplement_change *c = change(w, supplement->application_id);

    c->what = CHANGE_ADD;
    c->supplement = supplement;
}

void supplement_end(struct workset *w, struct uuid application_id, int64_t at_us)
{
    struct supplement_change *c = change(w, application_id);

    c->what = CHANGE_END;
    c->at_us = at_us;
}

/* --- the part ---------------------------------------------------------------------------------------------------------- */
static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct supplement_ask *ask = (const struct supplement_ask *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->application_id);
        item->result = db_queue(db, &STMT_LIST, p);
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct supplement_ask *ask = (struct supplement_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->rows = arena_array(w->arena, ask->count, sizeof *ask->rows);
        for (size_t i = 0; i < ask->count; i++)
            ask->rows[i] = (struct supplement){.id = db_get_uuid(r, (int)i, 0),
                                               .application_id = db_get_uuid(r, (int)i, 1),
                                               .asked_us = db_get_time(r, (int)i, 2),
                                               .asked_by = db_get_uuid(r, (int)i, 3),
                                               .words = arena_text(w->arena, db_get_span(r, (int)i, 4)),
                                               .due_on = db_get_i32(r, (int)i, 5),
                                               .answered_us = db_get_time(r, (int)i, 6)};
    }
}

static void save_add(const struct supplement *s, struct db_params *p, struct db *db)
{
    db_uuid(p, s->id);
    db_time(p, s->asked_us);
    db_uuid(p, s->asked_by);
    db_text(p, span_text(s->words));
    db_i32(p, (int32_t)s->due_on);
    (void)db_queue(db, &STMT_ADD, p);
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct supplement_change *c = (const struct supplement_change *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, c->application_id);
        switch (c->what) {
        case CHANGE_ADD:
            save_add(c->supplement, p, db);
            break;
        case CHANGE_END:
            db_time(p, c->at_us);
            (void)db_queue(db, &STMT_END, p);
            break;
        }
    }
}

const struct store_part supplement_part = {.load = load, .read = read_all, .save = save};
