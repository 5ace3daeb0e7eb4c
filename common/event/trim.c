/* Retention of the event log: whole partitions go when everything in them is old enough. How old an event is stands in the event; that
 * numbers are given in order of time makes one look at the end of each partition enough. */
#include "common/event/log.h"

/* Up to the last boundary before which no stream that reaches beyond it has a young event. A stream that does not reach it keeps the
 * partition (event_partition_drop sees to that), because its newest events are still promised. */
static const struct db_stmt BELOW = {
    "event_trim_below",
    "select max(b.below) from generate_series(1000000::bigint, (select coalesce(max(head_seq), 0) from event_stream), 1000000)"
    " as b (below) where not exists (select 1 from event_stream s cross join lateral (select l.recorded_at from event_log l"
    " where l.stream = s.stream and l.seq = b.below - 1 limit 1) l where s.head_seq >= b.below"
    " and l.recorded_at >= now() - make_interval(days => $1::integer))"};
/* A statement of its own: none may drop what it reads. */
static const struct db_stmt DROP = {"event_trim_drop", "select event_partition_drop($1)"};

enum err event_log_trim(struct db *db, struct arena *arena, int32_t days, int *dropped)
{
    struct db_params *age = db_params(arena), *bound = db_params(arena);

    *dropped = 0;
    if (days == 0)
        return ERR_OK;
    db_i32(age, days);
    const int below = db_queue(db, &BELOW, age);
    enum err err = db_flush(db);
    if (err != ERR_OK || db_get_null(db_result(db, below), 0, 0))
        return err;
    db_i64(bound, db_get_i64(db_result(db, below), 0, 0));
    const int drop = db_queue(db, &DROP, bound);
    err = db_flush(db);
    if (err == ERR_OK)
        *dropped = db_get_i32(db_result(db, drop), 0, 0);
    return err;
}
