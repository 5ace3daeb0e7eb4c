/* Accounts by what is known of them: FindAccounts tells staff whose id somebody has, and how those are called who may have a task; the
 * check before SetOfficials and ImportMunicipality keeps out ids that nobody has. Only id, user name and roles leave here, only of open
 * accounts, and whoever only takes part or applies is found by the whole user name alone: there is no list of them. */
#include "services/gateway/auth/account.h"

#include "services/gateway/auth/page.h"
#include "services/gateway/auth/refusal.h"

#define STAFF                                                                                                                              \
    ((uint32_t)(BUS__ROLE__ROLE_COORDINATOR | BUS__ROLE__ROLE_EVALUATOR | BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_PRESENTER |           \
                BUS__ROLE__ROLE_DECIDER | BUS__ROLE__ROLE_SECRETARY | BUS__ROLE__ROLE_BOARD_MEMBER))

static const struct db_stmt BY_NAME = {"named_find", "select " ACCOUNT_COLUMNS " from account where user_name = $1 and not closed"};
/* $1 a role's bit $2 the last user name of the page before $3 how many. Staff are few, whoever takes part is not: the index of
 * account_staff holds the former alone. */
static const struct db_stmt BY_ROLE = {"named_role",
                                       "select " ACCOUNT_COLUMNS " from account where roles & 1010 <> 0 and not closed and roles & $1 <> 0"
                                       " and user_name > $2 order by user_name limit $3"};
static const struct db_stmt BY_ID = {"named_ids", "select " ACCOUNT_COLUMNS " from account where id = any ($1::uuid[]) and not closed"};

static Gateway__FoundAccount *found_message(struct arena *arena, const struct account *account)
{
    Gateway__FoundAccount *message = arena_alloc(arena, sizeof *message);
    gateway__found_account__init(message);
    message->id = account_bytes(arena, account->id);
    message->user_name = arena_strdup(arena, account->user_name);
    message->n_roles = account_role_names(arena, account->roles, &message->roles);
    return message;
}

static int queue_find(struct job *job, struct db *db, const Gateway__FindAccountsRequest *request, uint32_t role)
{
    struct db_params *params = db_params(job->arena);
    if (role == 0) {
        db_text(params, span_text(request->user_name));
        return db_queue(db, &BY_NAME, params);
    }
    db_i32(params, (int32_t)role);
    db_text(params, span_text(request->page_token)); /* the last user name of the page before */
    db_i64(params, (int64_t)page_size(request->page_size) + 1);
    return db_queue(db, &BY_ROLE, params);
}

enum err find_accounts(struct job *job, struct db *db)
{
    const Gateway__FindAccountsRequest *request = (const Gateway__FindAccountsRequest *)job->message;
    const uint32_t role = *request->role ? account_role_bits(1, &request->role) & STAFF : 0;
    const size_t size = page_size(request->page_size);
    if (*request->role ? role == 0 || *request->user_name : !*request->user_name)
        return refuse(job, REFUSAL_FIND);
    const int rows = queue_find(job, db, request, role);
    const enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *result = db_result(db, rows);
    const size_t got = (size_t)db_rows(result);
    Gateway__FoundAccounts *list = arena_alloc(job->arena, sizeof *list);
    gateway__found_accounts__init(list);
    list->n_accounts = got > size ? size : got;
    list->accounts = arena_array(job->arena, list->n_accounts + 1, sizeof *list->accounts);
    for (size_t i = 0; i < list->n_accounts; i++) {
        const struct account account = account_row(job->arena, result, (int)i);
        list->accounts[i] = found_message(job->arena, &account);
    }
    if (got > size)
        list->next_page_token = arena_strdup(job->arena, list->accounts[size - 1]->user_name);
    job_answer(job, &list->base, 0);
    return ERR_OK;
}

/* The roles of the account among the rows; 0: it is not there. */
static uint32_t roles_of(const struct db_result *rows, struct uuid id)
{
    for (int row = 0; row < db_rows(rows); row++)
        if (uuid_compare(db_get_uuid(rows, row, 0), id) == 0)
            return (uint32_t)db_get_i32(rows, row, 3);
    return 0;
}

static enum err check_one(struct job *job, const struct db_result *rows, const Gateway__NamedAccount *named)
{
    struct uuid id;
    char **names;
    if (!uuid_read(&id, span_of(named->account_id.data, named->account_id.len)))
        return ERR_OK; /* missing: the service says so, where it must be there */
    const uint32_t roles = roles_of(rows, id);
    if (named->roles == 0 ? roles != 0 : (roles & named->roles) != 0)
        return ERR_OK;
    const enum err err = refuse_field(job, roles == 0 ? REFUSAL_NAMED_NOBODY : REFUSAL_NAMED_ROLE, named->field);
    if (account_role_names(job->arena, named->roles, &names) > 0)
        job_fact(job, "role", names[0]);
    return err;
}

enum err check_accounts(struct job *job, struct db *db)
{
    const Gateway__CheckAccountsRequest *request = (const Gateway__CheckAccountsRequest *)job->message;
    Gateway__CheckAccountsReply *reply = arena_alloc(job->arena, sizeof *reply);
    struct db_params *params = db_params(job->arena);
    size_t count = 0;
    struct uuid *ids = arena_array(job->arena, request->n_accounts + 1, sizeof *ids);
    for (size_t i = 0; i < request->n_accounts; i++)
        count += uuid_read(&ids[count], span_of(request->accounts[i]->account_id.data, request->accounts[i]->account_id.len));
    db_array(params, DB_UUID, count);
    for (size_t i = 0; i < count; i++)
        db_array_uuid(params, ids[i]);
    const int rows = db_queue(db, &BY_ID, params);
    enum err err = db_flush(db);
    for (size_t i = 0; err == ERR_OK && i < request->n_accounts; i++)
        err = check_one(job, db_result(db, rows), request->accounts[i]);
    if (err != ERR_OK)
        return err;
    gateway__check_accounts_reply__init(reply);
    job_answer(job, &reply->base, 0);
    return ERR_OK;
}
