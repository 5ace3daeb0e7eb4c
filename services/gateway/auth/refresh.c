/* Reading anew what was withdrawn: at start all of it, then every few seconds what is new. Rows are stamped inside their
 * transaction and seen after its commit, so each reading goes back a minute beyond the newest row seen. */
#include "common/base/time.h"
#include "services/gateway/auth/account.h"

#define OVERLAP_US (60 * TIME_SECOND)

static const struct db_stmt REVOKED = {"withdrawal_credentials",
                                       "select id, expires_at, revoked_at from revocation"
                                       " where revoked_at > coalesce($1, '-infinity'::timestamptz) and expires_at > $2"};
static const struct db_stmt CHANGED = {"withdrawal_accounts", "select id, roles, closed, sessions_from, changed_at from account"
                                                              " where changed_at > coalesce($1, '-infinity'::timestamptz)"};
static const struct db_stmt PURGE = {"withdrawal_purge", "delete from revocation where expires_at <= $1"};

static void collect(struct task *task, const struct db_result *revoked, const struct db_result *changed)
{
    const int first = db_rows(revoked), second = db_rows(changed);
    task->changes = arena_array(task->job.arena, (size_t)(first + second) + 1, sizeof *task->changes);
    task->change_count = 0;
    for (int row = 0; row < first; row++) {
        task->changes[task->change_count++] =
            (struct withdrawal){.id = db_get_uuid(revoked, row, 0), .expires_us = db_get_time(revoked, row, 1)};
        if (db_get_time(revoked, row, 2) > task->mark_us)
            task->mark_us = db_get_time(revoked, row, 2);
    }
    for (int row = 0; row < second; row++) {
        task->changes[task->change_count++] = (struct withdrawal){.id = db_get_uuid(changed, row, 0),
                                                                  .is_account = true,
                                                                  .roles = (uint32_t)db_get_i32(changed, row, 1),
                                                                  .closed = db_get_bool(changed, row, 2),
                                                                  .sessions_from_us = db_get_time(changed, row, 3)};
        if (db_get_time(changed, row, 4) > task->mark_us)
            task->mark_us = db_get_time(changed, row, 4);
    }
}

enum err refresh(struct job *job, struct db *db)
{
    struct task *task = task_of(job);
    const int64_t from_us = task->mark_us > OVERLAP_US ? task->mark_us - OVERLAP_US : 0;
    struct db_params *revoked = db_params(job->arena);
    struct db_params *changed = db_params(job->arena);
    struct db_params *purge = db_params(job->arena);
    db_time(revoked, from_us);
    db_time(revoked, task->now_us);
    db_time(changed, from_us);
    db_time(purge, task->now_us - TIME_DAY);
    db_queue(db, &PURGE, purge);
    const int revoked_rows = db_queue(db, &REVOKED, revoked);
    const int changed_rows = db_queue(db, &CHANGED, changed);
    const enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    collect(task, db_result(db, revoked_rows), db_result(db, changed_rows));
    return ERR_OK;
}
