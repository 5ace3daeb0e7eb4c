/* The part "edition" of the store: see edition.h. */
#include "services/funding/store/edition.h"

#define LIST(table, id) "select version, saved_at, actor, ''::bytea from " table " where " id " = $1 order by version desc limit $2"
#define ONE(table, id)  "select version, saved_at, actor, content from " table " where " id " = $1 and version = $2"
#define ADD(table, id)  "insert into " table " (" id ", version, saved_at, actor, content) values ($1, $2, $3, $4, $5)"

/* $1 id $2 limit */
static const struct db_stmt STMT_LIST[] = {[EDITION_CALL] = {"edition_calls", LIST("call_version", "call_id")},
                                           [EDITION_ASSESSMENT] = {"edition_assessments", LIST("assessment_version", "application_id")}};
/* $1 id $2 version */
static const struct db_stmt STMT_ONE[] = {[EDITION_CALL] = {"edition_call", ONE("call_version", "call_id")},
                                          [EDITION_ASSESSMENT] = {"edition_assessment", ONE("assessment_version", "application_id")}};
/* $1 id $2 version $3 saved $4 actor $5 content */
static const struct db_stmt STMT_ADD[] = {[EDITION_CALL] = {"edition_add_call", ADD("call_version", "call_id")},
                                          [EDITION_ASSESSMENT] = {"edition_add_assessment", ADD("assessment_version", "application_id")}};

struct edition_change {
    struct part_item item; /* first */
    enum edition_of of;
    struct uuid id;
    const struct edition *edition;
};

void edition_want(struct workset *w, const struct job *job, enum edition_of of, struct uuid id, int64_t version)
{
    struct edition_ask *ask = part_ask(&w->parts, PART_EDITION, job, sizeof *ask);

    ask->of = of;
    ask->id = id;
    ask->version = version;
}

const struct edition_ask *edition_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_EDITION, job);
}

void edition_add(struct workset *w, enum edition_of of, struct uuid id, const struct edition *edition)
{
    struct edition_change *c = part_change(&w->parts, PART_EDITION, sizeof *c);

    c->of = of;
    c->id = id;
    c->edition = edition;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct edition_ask *ask = (const struct edition_ask *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->id);
        if (ask->version == 0)
            db_i32(p, EDITIONS_MAX);
        else
            db_i64(p, ask->version);
        item->result = db_queue(db, ask->version == 0 ? &STMT_LIST[ask->of] : &STMT_ONE[ask->of], p);
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct edition_ask *ask = (struct edition_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
        for (size_t i = 0; i < ask->count; i++)
            ask->rows[i] = (struct edition){.version = db_get_i64(r, (int)i, 0),
                                            .saved_us = db_get_time(r, (int)i, 1),
                                            .actor = db_get_uuid(r, (int)i, 2),
                                            .content = arena_copy(w->arena, db_get_span(r, (int)i, 3))};
    }
}

static void save(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (const struct part_item *item = rows->changes; item != NULL; item = item->next) {
        const struct edition_change *c = (const struct edition_change *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, c->id);
        db_i64(p, c->edition->version);
        db_time(p, c->edition->saved_us);
        db_uuid(p, c->edition->actor);
        db_bytes(p, c->edition->content);
        (void)db_queue(db, &STMT_ADD[c->of], p);
    }
}

const struct store_part edition_part = {.load = load, .read = read_all, .save = save};
