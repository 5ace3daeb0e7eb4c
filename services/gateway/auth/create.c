/* CreateAccounts: many at once, all or none, safe to send again. An account that is there already with the same id and name is
 * answered as it is; with a token of its own when tokens were asked for, since a token is shown only once. */
#include <stdlib.h>

#include "services/gateway/auth/account.h"
#include "services/gateway/auth/password.h"
#include "services/gateway/auth/refusal.h"
#include "services/gateway/auth/token.h"

#define ACCOUNTS_MOST  1000
#define PASSWORDS_MOST 50 /* each costs about 20 ms of a processor */

/* One wanted account: what was asked, and what became of it. */
struct wanted {
    const Gateway__NewAccount *request;
    struct account account;
    bool id_given, there;
    size_t index; /* in the request */
};

static const struct db_stmt PRESENT = {"account_present",
                                       "select " ACCOUNT_COLUMNS " from account where user_name = any($1) or id = any($2)"};
static const struct db_stmt INSERT = {
    "account_insert", "insert into account (id, user_name, password, roles, created_at)"
                      " select id, user_name, password, roles, $5::timestamptz"
                      " from unnest($1::uuid[], $2::text[], $3::text[], $4::integer[]) as a(id, user_name, password, roles)"};
static const struct db_stmt AUDIT_ALL = {"audit_accounts", "insert into audit (actor, action, target, detail)"
                                                           " select $1::uuid, 'account.created', id::text, 'roles ' || roles"
                                                           " from unnest($2::uuid[], $3::integer[]) as a(id, roles)"};
static const struct db_stmt TOKENS = {"token_insert_all",
                                      "insert into api_token (id, account_id, name, roles, created_at, expires_at)"
                                      " select id, account, 'made with the account', roles, $4::timestamptz, $5::timestamptz"
                                      " from unnest($1::uuid[], $2::uuid[], $3::integer[]) as t(id, account, roles)"};

static enum err check_one(struct job *job, struct wanted *wanted)
{
    const Gateway__NewAccount *request = wanted->request;
    struct account *account = &wanted->account;
    *account = (struct account){.user_name = request->user_name,
                                .roles = account_role_bits(request->n_roles, request->roles),
                                .version = 1,
                                .created_us = task_of(job)->now_us};
    wanted->id_given = request->id.len > 0;
    if (!account_name_good(request->user_name))
        return refuse_at(job, REFUSAL_USER_NAME, "accounts", wanted->index);
    if (account->roles == 0)
        return refuse_at(job, REFUSAL_ROLES, "accounts", wanted->index);
    if (wanted->id_given && (!uuid_read(&account->id, span_of(request->id.data, request->id.len)) || uuid_is_nil(account->id)))
        return refuse_at(job, REFUSAL_ID, "accounts", wanted->index);
    if (!wanted->id_given)
        account->id = uuid_v7(account->created_us);
    if (!*request->password)
        return ERR_OK;
    return account_password_good(job, request->password, account->user_name,
                                 arena_printf(job->arena, "accounts[%zu].password", wanted->index));
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(struct wanted *const *)a)->account.user_name, (*(struct wanted *const *)b)->account.user_name);
}

static int by_id(const void *a, const void *b)
{
    return uuid_compare((*(struct wanted *const *)a)->account.id, (*(struct wanted *const *)b)->account.id);
}

/* Checks every element by itself and against the others. *sorted: the elements by user name. */
static enum err check_all(struct job *job, struct wanted *wanted, size_t count, struct wanted **sorted)
{
    size_t passwords = 0;
    for (size_t i = 0; i < count; i++) {
        sorted[i] = &wanted[i];
        passwords += *wanted[i].request->password ? 1 : 0;
        const enum err err = check_one(job, &wanted[i]);
        if (err != ERR_OK)
            return err;
    }
    if (passwords > PASSWORDS_MOST)
        return refuse(job, REFUSAL_PASSWORDS_COUNT);
    qsort(sorted, count, sizeof *sorted, by_id);
    for (size_t i = 1; i < count; i++)
        if (by_id(&sorted[i - 1], &sorted[i]) == 0)
            return refuse_at(job, REFUSAL_ID_TAKEN, "accounts", sorted[i]->index);
    qsort(sorted, count, sizeof *sorted, by_name);
    for (size_t i = 1; i < count; i++)
        if (by_name(&sorted[i - 1], &sorted[i]) == 0)
            return refuse_at(job, REFUSAL_USER_NAME_TWICE, "accounts", sorted[i]->index);
    return ERR_OK;
}

/* An account that is there: the wanted one of its name if the ids agree too, else somebody else's name or id. */
static enum err meet_present(struct job *job, const struct account *present, struct wanted **sorted, size_t count, bool with_tokens)
{
    const struct wanted key = {.account = *present};
    const struct wanted *pointer = &key;
    struct wanted **found = bsearch(&pointer, sorted, count, sizeof *sorted, by_name);
    if (!found) {
        for (size_t i = 0; i < count; i++)
            if (uuid_compare(sorted[i]->account.id, present->id) == 0)
                return refuse_at(job, REFUSAL_ID_TAKEN, "accounts", sorted[i]->index);
        return ERR_OK;
    }
    struct wanted *wanted = *found;
    if (!wanted->id_given || uuid_compare(wanted->account.id, present->id) != 0)
        return refuse_at(job, REFUSAL_USER_NAME_TAKEN, "accounts", wanted->index);
    if (with_tokens && present->closed)
        return refuse(job, REFUSAL_CLOSED);
    wanted->account = *present;
    wanted->there = true;
    return ERR_OK;
}

static enum err load_present(struct job *job, struct db *db, struct wanted **sorted, size_t count, bool with_tokens)
{
    struct db_params *params = db_params(job->arena);
    db_array(params, DB_TEXT, count);
    for (size_t i = 0; i < count; i++)
        db_array_text(params, span_text(sorted[i]->account.user_name));
    db_array(params, DB_UUID, count);
    for (size_t i = 0; i < count; i++)
        db_array_uuid(params, sorted[i]->account.id);
    const int rows = db_queue(db, &PRESENT, params);
    enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *result = db_result(db, rows);
    for (int row = 0; row < db_rows(result) && err == ERR_OK; row++) {
        const struct account present = account_row(job->arena, result, row);
        err = meet_present(job, &present, sorted, count, with_tokens);
    }
    return err;
}

static void insert_new(struct job *job, struct db *db, struct wanted **news, size_t count)
{
    struct db_params *params = db_params(job->arena);
    struct db_params *audit = db_params(job->arena);
    db_array(params, DB_UUID, count);
    for (size_t i = 0; i < count; i++)
        db_array_uuid(params, news[i]->account.id);
    db_array(params, DB_TEXT, count);
    for (size_t i = 0; i < count; i++)
        db_array_text(params, span_text(news[i]->account.user_name));
    db_array(params, DB_TEXT, count);
    for (size_t i = 0; i < count; i++) {
        char hashed[PASSWORD_TEXT];
        if (!*news[i]->request->password) {
            db_array_null(params);
            continue;
        }
        password_hash(news[i]->request->password, hashed);
        db_array_text(params, span_text(arena_strdup(job->arena, hashed)));
    }
    db_array(params, DB_I32, count);
    for (size_t i = 0; i < count; i++)
        db_array_i32(params, (int32_t)news[i]->account.roles);
    db_time(params, task_of(job)->now_us);
    db_queue(db, &INSERT, params);

    db_uuid(audit, task_of(job)->call->who.account);
    db_array(audit, DB_UUID, count);
    for (size_t i = 0; i < count; i++)
        db_array_uuid(audit, news[i]->account.id);
    db_array(audit, DB_I32, count);
    for (size_t i = 0; i < count; i++)
        db_array_i32(audit, (int32_t)news[i]->account.roles);
    db_queue(db, &AUDIT_ALL, audit);
}

/* A token for each, written into its message. */
static void insert_tokens(struct job *job, struct db *db, const struct wanted *wanted, size_t count, Gateway__Account **messages)
{
    const struct task *task = task_of(job);
    struct db_params *params = db_params(job->arena);
    struct credential *tokens = arena_array(job->arena, count, sizeof *tokens);
    for (size_t i = 0; i < count; i++) {
        tokens[i] = (struct credential){.id = uuid_v7(task->now_us),
                                        .account = wanted[i].account.id,
                                        .roles = wanted[i].account.roles,
                                        .issued_us = task->now_us,
                                        .expires_us = task->now_us + TOKEN_LIFE_US};
        messages[i]->token = arena_alloc(job->arena, TOKEN_TEXT);
        token_text(&task->terms->keys, &tokens[i], messages[i]->token);
    }
    db_array(params, DB_UUID, count);
    for (size_t i = 0; i < count; i++)
        db_array_uuid(params, tokens[i].id);
    db_array(params, DB_UUID, count);
    for (size_t i = 0; i < count; i++)
        db_array_uuid(params, tokens[i].account);
    db_array(params, DB_I32, count);
    for (size_t i = 0; i < count; i++)
        db_array_i32(params, (int32_t)tokens[i].roles);
    db_time(params, task->now_us);
    db_time(params, task->now_us + TOKEN_LIFE_US);
    db_queue(db, &TOKENS, params);
}

enum err create_accounts(struct job *job, struct db *db)
{
    const Gateway__CreateAccountsRequest *request = (const Gateway__CreateAccountsRequest *)job->message;
    const size_t count = request->n_accounts;
    if (count == 0 || count > ACCOUNTS_MOST)
        return refuse(job, REFUSAL_ACCOUNTS_COUNT);
    struct wanted *wanted = arena_array(job->arena, count, sizeof *wanted);
    struct wanted **sorted = arena_array(job->arena, count, sizeof(struct wanted *));
    for (size_t i = 0; i < count; i++)
        wanted[i] = (struct wanted){.request = request->accounts[i], .index = i};
    enum err err = check_all(job, wanted, count, sorted);
    if (err == ERR_OK)
        err = load_present(job, db, sorted, count, request->with_tokens);
    if (err != ERR_OK)
        return err;

    size_t fresh = 0;
    for (size_t i = 0; i < count; i++)
        if (!sorted[i]->there)
            sorted[fresh++] = sorted[i];
    if (fresh > 0)
        insert_new(job, db, sorted, fresh);
    Gateway__AccountList *list = arena_alloc(job->arena, sizeof *list);
    gateway__account_list__init(list);
    list->accounts = arena_array(job->arena, count, sizeof *list->accounts);
    list->n_accounts = count;
    for (size_t i = 0; i < count; i++)
        list->accounts[i] = account_message(job->arena, &wanted[i].account);
    if (request->with_tokens)
        insert_tokens(job, db, wanted, count, list->accounts);
    job_answer(job, &list->base, 0);
    return db_flush(db);
}
