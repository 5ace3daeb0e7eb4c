/* The part "feed" of the store: see feed.h. */
#include "services/notification/store/feed.h"

#include "common/base/time.h"

/* $1 now $2 how far ahead. What closes first is taken first: an index walk over the windows that are not closed. */
static const struct db_stmt STMT_WINDOWS = {
    "feed_windows", "select t.id, t.title_fi, t.title_sv, t.title_en, w.opens_at, w.closes_at, t.updated_at from "
                    "(select training_id, opens_at, closes_at from training_window where closes_at > $1 and opens_at < $2 "
                    " order by closes_at limit 300) w join training t on t.id = w.training_id order by t.id, w.opens_at, w.closes_at"};

struct feed_ask *feed_ask(struct workset *w, const struct job *job)
{
    return part_ask(&w->parts, PART_FEED, job, sizeof(struct feed_ask));
}

struct feed_ask *feed_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_FEED, job);
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct db_params *p = db_params(w->arena);

        db_time(p, w->now_us);
        db_time(p, w->now_us + FEED_AHEAD_US);
        item->result = db_queue(db, &STMT_WINDOWS, p);
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct feed_ask *ask = (struct feed_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->windows = arena_array(w->arena, ask->count + 1, sizeof *ask->windows);
        for (int row = 0; row < db_rows(r); row++)
            ask->windows[row] = (struct feed_window){.training = db_get_uuid(r, row, 0),
                                                     .title = {.fi = arena_copy(w->arena, db_get_span(r, row, 1)),
                                                               .sv = arena_copy(w->arena, db_get_span(r, row, 2)),
                                                               .en = arena_copy(w->arena, db_get_span(r, row, 3))},
                                                     .opens_us = db_get_time(r, row, 4),
                                                     .closes_us = db_get_time(r, row, 5),
                                                     .updated_us = db_get_time(r, row, 6)};
    }
}

const struct store_part feed_part = {.load = load, .read = read_all};
