/* Cursors of the tiny service: one row per stream, moved only from the number before the batch's first event. */
#include <stdio.h>

#include "tests/store/work/shop.h"

static const struct db_stmt MOVE = {"shop_move", "update position set seq = $2 where stream = 'other.0' and seq = $1"};
static const struct db_stmt PARK = {"shop_park", "insert into dead (seq, why) values ($1, $2)"};

/* The result of the newest move; one writer thread, so one is enough. */
static int moved;

static void queue(void *context, struct db *db, struct arena *arena, struct job **jobs, size_t count)
{
    struct db_params *p = db_params(arena);

    (void)context;
    db_i64(p, (int64_t)jobs[0]->event->seq - 1);
    db_i64(p, (int64_t)jobs[count - 1]->event->seq);
    moved = db_queue(db, &MOVE, p);
}

static enum err check(void *context, struct db *db)
{
    (void)context;
    return db_affected(db_result(db, moved)) == 1 ? ERR_OK : ERR_CONFLICT;
}

static enum err park(void *context, struct db *db, struct job *job)
{
    struct db_params *p = db_params(job->arena);
    struct job *one[] = {job};

    (void)context;
    db_i64(p, (int64_t)job->event->seq);
    db_text(p, span_text(job->problem ? job->problem->rule : err_text(job->err)->id));
    db_begin(db, DB_READ_WRITE);
    (void)db_queue(db, &PARK, p);
    queue(NULL, db, job->arena, one, 1);
    return db_commit(db);
}

const struct work_events SHOP_EVENTS = {queue, check, park, NULL};
