/* ListAccounts and SetAccount: the admin's view of who may come in, and what they may. */
#include "services/gateway/auth/account.h"
#include "services/gateway/auth/page.h"
#include "services/gateway/auth/refusal.h"

static const struct db_stmt LIST = {"account_list",
                                    "select " ACCOUNT_COLUMNS " from account where user_name > $1 order by user_name limit $2"};
/* Locked, so that two admins who remove each other cannot both succeed. In order of id: the same order for everybody. */
static const struct db_stmt ADMINS = {"account_admins",
                                      "select id from account where roles & 4 <> 0 and not closed order by id for update"};
static const struct db_stmt SET = {"account_set",
                                   "update account set roles = $2, closed = $3, version = version + 1, changed_at = clock_timestamp(),"
                                   " sessions_from = case when closed and not $3 then $4::timestamptz else sessions_from end"
                                   " where id = $1 returning " ACCOUNT_COLUMNS};

enum err list_accounts(struct job *job, struct db *db)
{
    const Gateway__ListAccountsRequest *request = (const Gateway__ListAccountsRequest *)job->message;
    const size_t size = page_size(request->page_size);
    struct db_params *params = db_params(job->arena);
    db_text(params, span_text(request->page_token)); /* the last user name of the page before */
    db_i64(params, (int64_t)size + 1);
    const int rows = db_queue(db, &LIST, params);
    const enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *result = db_result(db, rows);
    Gateway__AccountList *list = arena_alloc(job->arena, sizeof *list);
    gateway__account_list__init(list);
    const size_t got = (size_t)db_rows(result);
    list->n_accounts = got > size ? size : got;
    list->accounts = arena_array(job->arena, list->n_accounts + 1, sizeof *list->accounts);
    for (size_t i = 0; i < list->n_accounts; i++) {
        const struct account account = account_row(job->arena, result, (int)i);
        list->accounts[i] = account_message(job->arena, &account);
    }
    if (got > size)
        list->next_page_token = arena_strdup(job->arena, list->accounts[size - 1]->user_name);
    job_answer(job, &list->base, 0);
    return ERR_OK;
}

/* The suite never loses its last open admin. */
static enum err keep_an_admin(struct job *job, struct db *db, struct uuid leaving)
{
    const int rows = db_queue(db, &ADMINS, NULL);
    const enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *result = db_result(db, rows);
    for (int row = 0; row < db_rows(result); row++)
        if (uuid_compare(db_get_uuid(result, row, 0), leaving) != 0)
            return ERR_OK;
    return db_rows(result) == 0 ? ERR_OK : refuse(job, REFUSAL_LAST_ADMIN);
}

static enum err set_terms(struct job *job, struct db *db, struct account *account, uint32_t roles, bool closed)
{
    struct db_params *params = db_params(job->arena);
    db_uuid(params, account->id);
    db_i32(params, (int32_t)roles);
    db_bool(params, closed);
    db_time(params, task_of(job)->now_us);
    const int row = db_queue(db, &SET, params);
    audit_add(job, db, closed ? "account.closed" : "account.set", account->id, arena_printf(job->arena, "roles %u", roles));
    const enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    *account = account_row(job->arena, db_result(db, row), 0);
    const struct withdrawal terms = account_terms(account);
    task_withdraw(task_of(job), &terms);
    return ERR_OK;
}

enum err set_account(struct job *job, struct db *db)
{
    const Gateway__SetAccountRequest *request = (const Gateway__SetAccountRequest *)job->message;
    const uint32_t roles = account_role_bits(request->n_roles, request->roles);
    struct uuid id;
    struct account account;
    if (!uuid_read(&id, span_of(request->account_id.data, request->account_id.len)))
        return refuse(job, REFUSAL_NO_ACCOUNT);
    if (roles == 0)
        return refuse(job, REFUSAL_ROLES);
    enum err err = ERR_OK;
    if (request->closed || !(roles & BUS__ROLE__ROLE_ADMIN))
        err = keep_an_admin(job, db, id);
    if (err == ERR_OK)
        err = account_load(job, db, id, true, &account);
    if (err == ERR_NOT_FOUND)
        return refuse(job, REFUSAL_NO_ACCOUNT);
    const uint64_t seen = task_of(job)->call->if_match;
    if (err == ERR_OK && seen != 0 && seen != account.version)
        return ERR_PRECONDITION;
    if (err == ERR_OK && *request->password)
        err = account_password_good(job, request->password, account.user_name, "password");
    if (err == ERR_OK && *request->password)
        err = account_password_set(job, db, &account, request->password);
    if (err == ERR_OK)
        err = set_terms(job, db, &account, roles, request->closed);
    if (err == ERR_OK)
        job_answer(job, &account_message(job->arena, &account)->base, account.version);
    return err;
}
