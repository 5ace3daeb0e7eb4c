/* The part "suppression_change" of the store: see suppression_change.h. */
#include "services/notification/store/suppression_change.h"

#define CHANGES "select number, address, reason, at, note, actor from suppression_change where number < $1 "

static const struct db_stmt STMT_ALL = {"suppression_changes", CHANGES "order by number desc limit $2"};
static const struct db_stmt STMT_OF = {"suppression_changes_of", CHANGES "and address = $3 order by number desc limit $2"};

struct ask {
    struct part_item item; /* first */
    struct span address;
    int64_t before;
    int32_t limit;
    struct suppression_change *rows;
    size_t count;
};

void suppression_change_want(struct workset *w, const struct job *job, struct span address, int64_t before, int32_t limit)
{
    struct ask *ask = part_ask(&w->parts, PART_SUPPRESSION_CHANGE, job, sizeof *ask);

    ask->address = suppression_key(w->arena, address);
    ask->before = before;
    ask->limit = limit;
}

const struct suppression_change *suppression_change_found(const struct workset *w, const struct job *job, size_t *count)
{
    const struct ask *ask = part_asked(&w->parts, PART_SUPPRESSION_CHANGE, job);

    *count = ask->count;
    return ask->rows;
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        const struct ask *ask = (const struct ask *)item;
        struct db_params *p = db_params(w->arena);

        db_i64(p, ask->before);
        db_i64(p, (int64_t)ask->limit + 1);
        if (ask->address.len > 0)
            db_text(p, ask->address);
        item->result = db_queue(db, ask->address.len > 0 ? &STMT_OF : &STMT_ALL, p);
    }
}

static struct suppression_change read_change(struct arena *arena, const struct db_result *r, int row)
{
    return (struct suppression_change){.number = db_get_i64(r, row, 0),
                                       .address = arena_copy(arena, db_get_span(r, row, 1)),
                                       .reason = db_get_null(r, row, 2) ? 0 : (enum suppression_reason)db_get_i16(r, row, 2),
                                       .at_us = db_get_time(r, row, 3),
                                       .note = arena_copy(arena, db_get_span(r, row, 4)),
                                       .actor = db_get_uuid(r, row, 5)};
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct ask *ask = (struct ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->rows = arena_array(w->arena, ask->count + 1, sizeof *ask->rows);
        for (size_t i = 0; i < ask->count; i++)
            ask->rows[i] = read_change(w->arena, r, (int)i);
    }
}

const struct store_part suppression_change_part = {.load = load, .read = read_all};
