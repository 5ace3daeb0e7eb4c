/* Forgetting accounts: the person behind each was forgotten by the enrolment service, on request. The account is closed, and its name
 * and the names of its tokens go; its id stays, because the audit names it and it leads to nobody any more. Doing it again changes
 * nothing. The suite's last open admin stays, with a line in the audit: somebody has to be able to make the next one. */
#include "services/gateway/auth/account.h"

static const struct db_stmt MARK = {"forget_mark", "select n from forgotten_mark"};
static const struct db_stmt SET_MARK = {"forget_set_mark", "update forgotten_mark set n = $1"};
/* All open admins, in the order in which SetAccount locks them too. */
static const struct db_stmt ADMINS = {"forget_admins", "select id from account where roles & 4 <> 0 and not closed order by id for update"};
static const struct db_stmt CLOSE = {"forget_accounts",
                                     "update account set user_name = 'forgotten-' || id, password = null, roles = 1, closed = true,"
                                     " version = version + 1, changed_at = clock_timestamp(), sessions_from = $2"
                                     " where id = any ($1::uuid[]) and user_name <> 'forgotten-' || id returning " ACCOUNT_COLUMNS};
static const struct db_stmt REVOKE = {
    "forget_tokens",
    "with r as (update api_token set name = '', revoked_at = coalesce(revoked_at, clock_timestamp())"
    " where account_id = any ($1::uuid[]) returning id, expires_at)"
    " insert into revocation (id, expires_at) select id, expires_at from r where expires_at > $2 on conflict (id) do nothing"};

/* The ids asked for; *count of them. What is no id is nobody's account. */
static struct uuid *ids_of(struct job *job, const Gateway__ForgetAccountsRequest *request, size_t *count)
{
    struct uuid *ids = arena_array(job->arena, request->n_account_ids, sizeof *ids);

    *count = 0;
    for (size_t i = 0; i < request->n_account_ids; i++)
        *count += uuid_read(&ids[*count], span_of(request->account_ids[i].data, request->account_ids[i].len));
    return ids;
}

static bool is_among(const struct uuid *ids, size_t count, struct uuid id)
{
    for (size_t i = 0; i < count; i++)
        if (uuid_compare(ids[i], id) == 0)
            return true;
    return false;
}

static void take_out(struct uuid *ids, size_t *count, struct uuid id)
{
    for (size_t i = 0; i < *count; i++)
        if (uuid_compare(ids[i], id) == 0)
            ids[i--] = ids[--*count];
}

/* When all open admins are among them, the first stays. */
static enum err keep_an_admin(struct job *job, struct db *db, struct uuid *ids, size_t *count)
{
    const int rows = db_queue(db, &ADMINS, NULL);
    const enum err err = db_flush(db);

    if (err != ERR_OK || db_rows(db_result(db, rows)) == 0)
        return err;
    const struct db_result *admins = db_result(db, rows);
    const struct uuid first = db_get_uuid(admins, 0, 0);
    for (int row = 0; row < db_rows(admins); row++)
        if (!is_among(ids, *count, db_get_uuid(admins, row, 0)))
            return ERR_OK;
    take_out(ids, count, first);
    audit_add(job, db, "account.kept", first, "the last open admin was to be forgotten");
    return ERR_OK;
}

static struct db_params *id_params(struct job *job, const struct uuid *ids, size_t count)
{
    struct db_params *params = db_params(job->arena);

    db_array(params, DB_UUID, count);
    for (size_t i = 0; i < count; i++)
        db_array_uuid(params, ids[i]);
    db_time(params, task_of(job)->now_us);
    return params;
}

/* More than task_withdraw is made for. */
static void withdraw(struct job *job, struct db *db, const struct db_result *rows)
{
    struct task *task = task_of(job);
    const size_t count = (size_t)db_rows(rows);
    struct uuid *ids = arena_array(job->arena, count, sizeof *ids);

    task->changes = arena_array(job->arena, count, sizeof *task->changes);
    for (size_t i = 0; i < count; i++) {
        const struct account account = account_row(job->arena, rows, (int)i);
        ids[i] = account.id;
        task->changes[task->change_count++] = account_terms(&account);
    }
    for (size_t i = 0; i < count; i++)
        audit_add(job, db, "account.forgotten", ids[i], "");
}

static enum err close_all(struct job *job, struct db *db, const Gateway__ForgetAccountsRequest *request, uint32_t *forgotten)
{
    size_t count;
    struct uuid *ids = ids_of(job, request, &count);
    enum err err = keep_an_admin(job, db, ids, &count);

    if (err != ERR_OK)
        return err;
    const int closed = db_queue(db, &CLOSE, id_params(job, ids, count));
    (void)db_queue(db, &REVOKE, id_params(job, ids, count));
    err = db_flush(db);
    if (err != ERR_OK)
        return err;
    *forgotten = (uint32_t)db_rows(db_result(db, closed));
    withdraw(job, db, db_result(db, closed));
    return ERR_OK;
}

enum err forget_accounts(struct job *job, struct db *db)
{
    const Gateway__ForgetAccountsRequest *request = (const Gateway__ForgetAccountsRequest *)job->message;
    Gateway__ForgetAccountsReply *reply = arena_alloc(job->arena, sizeof *reply);
    enum err err = ERR_OK;

    gateway__forget_accounts_reply__init(reply);
    if (request->n_account_ids > 0)
        err = close_all(job, db, request, &reply->forgotten);
    if (err == ERR_OK && (request->n_account_ids > 0 || request->anew)) {
        struct db_params *mark = db_params(job->arena);
        db_i64(mark, request->anew ? 0 : (int64_t)request->upto);
        (void)db_queue(db, &SET_MARK, mark);
    }
    const int mark = db_queue(db, &MARK, NULL);
    if (err == ERR_OK)
        err = db_flush(db);
    if (err != ERR_OK)
        return err;
    reply->mark = (uint64_t)db_get_i64(db_result(db, mark), 0, 0);
    job_answer(job, &reply->base, 0);
    return ERR_OK;
}
