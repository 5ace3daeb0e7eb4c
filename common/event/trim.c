/* Retention of the event log: whole partitions go when everything in them is old enough. How old an event is stands in the event; that
 * numbers are given in order of time makes one look at the end of each partition enough. */
#include "common/event/log.h"

/* The boundaries before which no stream that reaches beyond them has a young event. A stream that does not reach one keeps the partition
 * (event_partition_drop sees to that), because its newest events are still promised. All of them and not only the last: streams grow at
 * their own pace, and the last boundary says nothing to a stream that is far from it. */
static const struct db_stmt BELOW = {
    "event_trim_below",
    "select b.below from generate_series(1000000::bigint, (select coalesce(max(head_seq), 0) from event_stream), 1000000)"
    " as b (below) where not exists (select 1 from event_stream s cross join lateral (select l.recorded_at from event_log l"
    " where l.stream = s.stream and l.seq = b.below - 1 limit 1) l where s.head_seq >= b.below"
    " and l.recorded_at >= now() - make_interval(days => $1::integer)) order by b.below"};
/* A statement of its own: none may drop what it reads. */
static const struct db_stmt DROP = {
    "event_trim_drop", "select coalesce(sum(event_partition_drop(b.below)), 0)::integer from unnest($1::bigint[]) as b (below)"};

enum err event_log_trim(struct db *db, struct arena *arena, int32_t days, int *dropped)
{
    struct db_params *age = db_params(arena), *bounds = db_params(arena);

    *dropped = 0;
    if (days == 0)
        return ERR_OK;
    db_i32(age, days);
    const int below = db_queue(db, &BELOW, age);
    enum err err = db_flush(db);
    const int count = err == ERR_OK ? db_rows(db_result(db, below)) : 0;
    if (count == 0)
        return err;
    db_array(bounds, DB_I64, (size_t)count);
    for (int row = 0; row < count; row++)
        db_array_i64(bounds, db_get_i64(db_result(db, below), row, 0));
    const int drop = db_queue(db, &DROP, bounds);
    err = db_flush(db);
    if (err == ERR_OK)
        *dropped = db_get_i32(db_result(db, drop), 0, 0);
    return err;
}
