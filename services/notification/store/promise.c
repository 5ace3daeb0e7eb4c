/* The part "promise" of the store: see promise.h. A day has a row for each connection that counted, some hundreds at the most. */
#include "services/notification/store/promise.h"

/* $1 the first day, since 1970-01-01 */
static const struct db_stmt STMT_DAYS = {"promise_days",
                                         "select to_char(day, 'YYYY-MM-DD'), sum(sent)::bigint, sum(within)::bigint from promise "
                                         "where day >= date '1970-01-01' + $1::int group by day order by day desc limit 366"};

struct promise_ask *promise_ask(struct workset *w, const struct job *job, int32_t since)
{
    struct promise_ask *ask = part_ask(&w->parts, PART_PROMISE, job, sizeof *ask);

    ask->since = since;
    return ask;
}

struct promise_ask *promise_asked(const struct workset *w, const struct job *job)
{
    return part_asked(&w->parts, PART_PROMISE, job);
}

static void load(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct db_params *p = db_params(w->arena);

        db_i32(p, ((const struct promise_ask *)item)->since);
        item->result = db_queue(db, &STMT_DAYS, p);
    }
}

static void read_all(struct workset *w, struct part_rows *rows, struct db *db)
{
    for (struct part_item *item = rows->asks; item != NULL; item = item->next) {
        struct promise_ask *ask = (struct promise_ask *)item;
        const struct db_result *r = db_result(db, item->result);

        ask->count = (size_t)db_rows(r);
        ask->days = arena_array(w->arena, ask->count + 1, sizeof *ask->days);
        for (size_t i = 0; i < ask->count; i++)
            ask->days[i] = (struct promise_day){.day = arena_copy(w->arena, db_get_span(r, (int)i, 0)),
                                                .sent = db_get_i64(r, (int)i, 1),
                                                .within = db_get_i64(r, (int)i, 2)};
    }
}

const struct store_part promise_part = {.load = load, .read = read_all};
