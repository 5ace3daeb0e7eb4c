/* The part "history" of the store: see history.h. */
#include "services/notification/store/history.h"

static const struct db_stmt STMT_FOUND = {"history_found", "select 1 from message where id = $1"};
/* $1 message $2 at most */
static const struct db_stmt STMT_CHANGES = {
    "history_changes", "select c.from_state, c.to_state, c.at, c.why, c.actor from message m join message_change c on c.message = m.number "
                       "where m.id = $1 order by c.n desc limit $2"};

struct history_ask *history_ask(struct workset *w, const struct job *job, struct uuid message)
{
    struct history_ask *ask = part_ask(&w->parts, PART_HISTORY, job, sizeof *ask);

    ask->message = message;
    return ask;
}

struct history_ask *history_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_HISTORY, job);
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct history_ask *ask = (struct history_ask *)item;
        struct db_params *p = db_params(w->arena);

        db_uuid(p, ask->message);
        item->result = db_queue(db, &STMT_FOUND, p);
        p = db_params(w->arena);
        db_uuid(p, ask->message);
        db_i64(p, HISTORY_MAX);
        ask->changes_result = db_queue(db, &STMT_CHANGES, p);
    }
}

/* The newest come first out of the table, the oldest first to the reader. */
static void read_changes(struct workset *w, struct history_ask *ask, const struct db_result *r)
{
    ask->count = (size_t)db_rows(r);
    ask->changes = arena_array(w->arena, ask->count + 1, sizeof *ask->changes);
    for (size_t i = 0; i < ask->count; i++) {
        const int row = (int)(ask->count - 1 - i);
        ask->changes[i] = (struct change){.from = (enum message_state)db_get_i16(r, row, 0),
                                          .to = (enum message_state)db_get_i16(r, row, 1),
                                          .at_us = db_get_time(r, row, 2),
                                          .why = arena_copy(w->arena, db_get_span(r, row, 3)),
                                          .actor = db_get_uuid(r, row, 4)};
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct history_ask *ask = (struct history_ask *)item;

        ask->found = db_rows(db_result(db, item->result)) > 0;
        read_changes(w, ask, db_result(db, ask->changes_result));
    }
}

const struct store_part history_part = {.load = load, .read = read_all};
