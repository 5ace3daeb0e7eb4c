/* See due.h. */
#include "services/funding/store/due.h"

#include "common/base/workday.h"
#include "services/funding/domain/application.h"
#include "services/funding/domain/obligation.h"

/* $1 closed before this $2 the day before which a day has passed $3 behind this call $4 limit */
static const struct db_stmt STMT_DUE = {
    "due_calls", "select d.id from (select a.call_id id from application a join call c on c.id = a.call_id "
                 " where a.state = 1 and c.closes_at <= $1 and c.state in (2, 3, 4) "
                 "union select a.call_id from call c join application a on a.call_id = c.id and a.state in (1, 2, 3) where c.state = 5 "
                 "union select w.call_id from award w where w.state = 1 and w.answer_until < date '1970-01-01' + $2::int "
                 "union select w.call_id from obligation o join award w on w.id = o.award_id "
                 " where o.state = 1 and not o.late and o.kind <> 1 and o.due_on < date '1970-01-01' + $2::int) d "
                 "order by d.id <= $3, d.id limit $4"};

enum err due_find(struct db *db, struct arena *arena, int64_t now_us, struct uuid after, struct due *due)
{
    struct db_params *p = db_params(arena);

    db_time(p, now_us - APPLICATION_LAPSE_GRACE_US);
    db_i32(p, (int32_t)obligations_passed(helsinki_day(now_us - APPLICATION_LAPSE_GRACE_US)));
    db_uuid(p, after);
    db_i32(p, DUE_CALLS_MAX);
    const int index = db_queue(db, &STMT_DUE, p);
    const enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *r = db_result(db, index);
    due->count = (size_t)db_rows(r);
    for (size_t i = 0; i < due->count; i++)
        due->calls[i] = db_get_uuid(r, (int)i, 0);
    return ERR_OK;
}
