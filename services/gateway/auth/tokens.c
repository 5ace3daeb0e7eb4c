/* API tokens as rows: made, listed, revoked. The token itself is shown once, in the answer that made it, and is nowhere kept. */
#include "common/base/utf8.h"
#include "services/gateway/auth/account.h"
#include "services/gateway/auth/refusal.h"
#include "services/gateway/auth/token.h"

#define TOKENS_MOST   50 /* valid ones of an account */
#define TOKEN_COLUMNS "id, account_id, name, created_at, expires_at, revoked_at is not null"

static const struct db_stmt COUNT = {"token_count",
                                     "select count(*) from api_token where account_id = $1 and revoked_at is null and expires_at > $2"};
static const struct db_stmt INSERT = {"token_insert", "insert into api_token (id, account_id, name, roles, created_at, expires_at)"
                                                      " values ($1, $2, $3, $4, $5, $6)"};
static const struct db_stmt LIST = {"token_list", "select " TOKEN_COLUMNS
                                                  " from api_token where account_id = $1 order by created_at desc, id limit 1000"};
static const struct db_stmt LOAD = {"token_load", "select " TOKEN_COLUMNS " from api_token where id = $1 for update"};
static const struct db_stmt REVOKE = {
    "token_revoke", "with r as (update api_token set revoked_at = clock_timestamp() where id = $1 returning id, expires_at)"
                    " insert into revocation (id, expires_at) select id, expires_at from r on conflict (id) do nothing"};

static Gateway__Token *token_message(struct job *job, const struct db_result *rows, int row)
{
    Gateway__Token *message = arena_alloc(job->arena, sizeof *message);
    gateway__token__init(message);
    message->id = account_bytes(job->arena, db_get_uuid(rows, row, 0));
    message->account_id = account_bytes(job->arena, db_get_uuid(rows, row, 1));
    message->name = arena_text(job->arena, db_get_span(rows, row, 2));
    message->created_us = db_get_time(rows, row, 3);
    message->expires_us = db_get_time(rows, row, 4);
    message->revoked = db_get_bool(rows, row, 5);
    return message;
}

/* Whose tokens: one's own, or anybody's for an admin. */
static enum err whose(struct job *job, ProtobufCBinaryData asked, struct uuid *out)
{
    const struct identity *who = &task_of(job)->call->who;
    *out = who->account;
    if (asked.len > 0 && !uuid_read(out, span_of(asked.data, asked.len)))
        return refuse(job, REFUSAL_NO_ACCOUNT);
    if (uuid_compare(*out, who->account) != 0 && !(who->roles & BUS__ROLE__ROLE_ADMIN))
        return refuse(job, REFUSAL_NOT_YOURS);
    return ERR_OK;
}

/* When it ends. A token made with a token never outlives it: a leaked one cannot make itself last. */
static enum err expiry(struct job *job, int64_t asked_us, int64_t *out)
{
    const struct task *task = task_of(job);
    *out = asked_us != 0 ? asked_us : task->now_us + TOKEN_LIFE_US;
    if (*out <= task->now_us || *out > task->now_us + TOKEN_LIFE_MOST_US)
        return refuse(job, REFUSAL_TOKEN_EXPIRY);
    if (task->call->who.kind == IDENTITY_TOKEN && *out > task->call->who.expires_us)
        *out = task->call->who.expires_us;
    return ERR_OK;
}

static enum err check_owner(struct job *job, struct db *db, struct uuid owner, uint32_t *roles)
{
    const struct identity *who = &task_of(job)->call->who;
    struct account account;
    enum err err = account_load(job, db, owner, true, &account);
    if (err != ERR_OK)
        return err == ERR_NOT_FOUND ? refuse(job, REFUSAL_NO_ACCOUNT) : err;
    if (account.closed)
        return refuse(job, REFUSAL_CLOSED);
    struct db_params *params = db_params(job->arena);
    db_uuid(params, owner);
    db_time(params, task_of(job)->now_us);
    const int rows = db_queue(db, &COUNT, params);
    err = db_flush(db);
    if (err != ERR_OK)
        return err;
    if (db_get_i64(db_result(db, rows), 0, 0) >= TOKENS_MOST)
        return refuse(job, REFUSAL_TOKEN_MANY);
    *roles = uuid_compare(owner, who->account) == 0 ? account.roles & who->roles : account.roles;
    return *roles != 0 ? ERR_OK : ERR_FORBIDDEN;
}

static void insert(struct job *job, struct db *db, const struct credential *token, const char *name)
{
    struct db_params *params = db_params(job->arena);
    db_uuid(params, token->id);
    db_uuid(params, token->account);
    db_text(params, span_text(name));
    db_i32(params, (int32_t)token->roles);
    db_time(params, token->issued_us);
    db_time(params, token->expires_us);
    db_queue(db, &INSERT, params);
    audit_add(job, db, "token.created", token->id, "");
}

/* Without control characters: the name is shown on terminals. */
static bool plain(const char *name)
{
    const struct span text = span_text(name);

    for (size_t i = 0; i < text.len; i++)
        if (utf8_control(text, i))
            return false;
    return true;
}

enum err create_token(struct job *job, struct db *db)
{
    const Gateway__CreateTokenRequest *request = (const Gateway__CreateTokenRequest *)job->message;
    const struct task *task = task_of(job);
    struct credential token = {.id = uuid_v7(task->now_us), .issued_us = task->now_us};
    const size_t name_len = utf8_count(span_text(request->name));
    if (name_len < 1 || name_len > 100 || !plain(request->name))
        return refuse(job, REFUSAL_TOKEN_NAME);
    enum err err = whose(job, request->account_id, &token.account);
    if (err == ERR_OK)
        err = expiry(job, request->expires_us, &token.expires_us);
    if (err == ERR_OK)
        err = check_owner(job, db, token.account, &token.roles);
    if (err != ERR_OK)
        return err;
    insert(job, db, &token, request->name);
    Gateway__Token *message = arena_alloc(job->arena, sizeof *message);
    gateway__token__init(message);
    message->id = account_bytes(job->arena, token.id);
    message->account_id = account_bytes(job->arena, token.account);
    message->name = arena_strdup(job->arena, request->name);
    message->created_us = token.issued_us;
    message->expires_us = token.expires_us;
    message->token = arena_alloc(job->arena, TOKEN_TEXT);
    token_text(&task->terms->keys, &token, message->token);
    job_answer(job, &message->base, 0);
    return db_flush(db);
}

enum err list_tokens(struct job *job, struct db *db)
{
    const Gateway__ListTokensRequest *request = (const Gateway__ListTokensRequest *)job->message;
    struct uuid owner;
    enum err err = whose(job, request->account_id, &owner);
    if (err != ERR_OK)
        return err;
    struct db_params *params = db_params(job->arena);
    db_uuid(params, owner);
    const int rows = db_queue(db, &LIST, params);
    err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *result = db_result(db, rows);
    Gateway__TokenList *list = arena_alloc(job->arena, sizeof *list);
    gateway__token_list__init(list);
    list->n_tokens = (size_t)db_rows(result);
    list->tokens = arena_array(job->arena, list->n_tokens + 1, sizeof *list->tokens);
    for (size_t i = 0; i < list->n_tokens; i++)
        list->tokens[i] = token_message(job, result, (int)i);
    job_answer(job, &list->base, 0);
    return ERR_OK;
}

enum err revoke_token(struct job *job, struct db *db)
{
    const Gateway__RevokeTokenRequest *request = (const Gateway__RevokeTokenRequest *)job->message;
    const struct identity *who = &task_of(job)->call->who;
    struct uuid id;
    if (!uuid_read(&id, span_of(request->token_id.data, request->token_id.len)))
        return refuse(job, REFUSAL_NO_TOKEN);
    struct db_params *params = db_params(job->arena);
    db_uuid(params, id);
    const int rows = db_queue(db, &LOAD, params);
    const enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *result = db_result(db, rows);
    /* Somebody else's token is answered like one that is not there: ids are not to be probed. */
    if (db_rows(result) == 0 || (uuid_compare(db_get_uuid(result, 0, 1), who->account) != 0 && !(who->roles & BUS__ROLE__ROLE_ADMIN)))
        return refuse(job, REFUSAL_NO_TOKEN);
    Gateway__Token *message = token_message(job, result, 0);
    if (!message->revoked) {
        message->revoked = true;
        db_queue(db, &REVOKE, params);
        audit_add(job, db, "token.revoked", id, "");
    }
    task_withdraw(task_of(job), &(struct withdrawal){.id = id, .expires_us = message->expires_us});
    job_answer(job, &message->base, 0);
    return db_flush(db);
}
