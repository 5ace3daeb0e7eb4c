/* The part "remark" of the store: see remark.h. */
#include "services/funding/store/remark.h"

/* $1 application $2 how many */
static const struct db_stmt STMT_LIST = {"remark_list", "select id, application_id, person_id, at, words from remark "
                                                        "where application_id = $1 order by id desc limit $2"};
/* $1 id $2 application $3 person $4 at $5 words */
static const struct db_stmt STMT_ADD = {"remark_add",
                                        "insert into remark (id, application_id, person_id, at, words) values ($1, $2, $3, $4, $5)"};

struct remark_change {
    struct part_item item; /* first */
    const struct remark *remark;
};

void remark_want(struct workset *w, const struct job *job, struct uuid application_id)
{
    struct remark_ask *ask = part_ask(&w->parts, PART_REMARK, job, sizeof *ask);

    ask->application_id = application_id;
}

const struct remark_ask *remark_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_REMARK, job);
}

void remark_add(struct workset *w, const struct remark *remark)
{
    struct remark_change *c = part_change(&w->parts, PART_REMARK, sizeof *c);

    c->remark = remark;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ((const struct remark_ask *)item)->application_id);
        db_i32(p, REMARKS_MAX);
        item->result = db_queue(db, &STMT_LIST, p);
    }
}

/* The newest come first, and are turned round. */
static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct remark_ask *ask = (struct remark_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
        for (size_t i = 0; i < ask->count; i++) {
            const int row = (int)(ask->count - 1 - i);

            ask->rows[i] = (struct remark){.id = db_get_uuid(r, row, 0),
                                           .application_id = db_get_uuid(r, row, 1),
                                           .person_id = db_get_uuid(r, row, 2),
                                           .at_us = db_get_time(r, row, 3),
                                           .words = arena_text(w->arena, db_get_span(r, row, 4))};
        }
    }
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct remark *remark = ((const struct remark_change *)item)->remark;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, remark->id);
        db_uuid(p, remark->application_id);
        db_uuid(p, remark->person_id);
        db_time(p, remark->at_us);
        db_text(p, span_text(remark->words));
        (void)db_queue(db, &STMT_ADD, p);
    }
}

const struct store_part remark_part = {.load = load, .read = read_all, .save = save};
