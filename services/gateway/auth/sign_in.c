/* Signing in and out, and the password of one's own account. A wrong password and an unknown name are the same answer and take
 * the same time; which it was stands in the audit only. */
#include "common/base/time.h"
#include "services/gateway/auth/account.h"
#include "services/gateway/auth/password.h"
#include "services/gateway/auth/refusal.h"
#include "services/gateway/auth/session.h"

static const struct db_stmt REVOKE = {"session_revoke",
                                      "insert into revocation (id, expires_at) values ($1, $2) on conflict (id) do nothing"};
static Gateway__Session *session_message(struct job *job, const struct account *account, int64_t expires_us)
{
    Gateway__Session *session = arena_alloc(job->arena, sizeof *session);
    gateway__session__init(session);
    session->account_id = account_bytes(job->arena, account->id);
    session->user_name = arena_strdup(job->arena, account->user_name);
    session->n_roles = account_role_names(job->arena, account->roles, &session->roles);
    session->expires_us = expires_us;
    return session;
}

/* A new session: cookie and answer. */
static void open_session(struct job *job, const struct account *account)
{
    struct task *task = task_of(job);
    const struct credential credential = {.id = uuid_v7(task->now_us),
                                          .account = account->id,
                                          .roles = account->roles,
                                          .issued_us = task->now_us,
                                          .expires_us = task->now_us + SESSION_LIFE_US};
    Gateway__Session *session = session_message(job, account, credential.expires_us);
    session->csrf_token = arena_alloc(job->arena, SESSION_CSRF_TEXT);
    session_csrf(&task->terms->keys, credential.id, session->csrf_token);
    task->set_cookie = session_set_cookie(job->arena, &task->terms->keys, &credential, task->terms->https);
    job_answer(job, &session->base, account->version);
}

/* The audit row of a refusal has to stay, so it is committed here; the worker's rollback afterwards finds nothing to undo. */
static enum err refuse_audited(struct job *job, struct db *db, enum refusal refusal)
{
    const enum err err = db_commit(db);
    return err != ERR_OK ? err : refuse(job, refusal);
}

static enum err sign_in_refused(struct job *job, struct db *db, const struct account *account)
{
    audit_add(job, db, "session.refused", account ? account->id : (struct uuid){{0}},
              !account          ? "no such account"
              : account->closed ? "the account is closed"
                                : "wrong password");
    return refuse_audited(job, db, REFUSAL_SIGN_IN);
}

enum err sign_in(struct job *job, struct db *db)
{
    const Gateway__SignInRequest *request = (const Gateway__SignInRequest *)job->message;
    struct task *task = task_of(job);
    struct account account;
    const enum err err = account_find(job, db, request->user_name, &account);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    const bool known = err == ERR_OK;
    const bool right = password_right(known ? account.password : NULL, request->password);
    if (!known || !right || account.closed)
        return sign_in_refused(job, db, known ? &account : NULL);
    task->guess_right = true;
    task->call->who = (struct identity){.account = account.id, .known = true};
    audit_add(job, db, "session.opened", account.id, "");
    open_session(job, &account);
    return ERR_OK;
}

enum err sign_out(struct job *job, struct db *db)
{
    struct task *task = task_of(job);
    const struct identity *who = &task->call->who;
    Gateway__SignOutReply *reply = arena_alloc(job->arena, sizeof *reply);
    gateway__sign_out_reply__init(reply);
    if (who->kind == IDENTITY_TOKEN)
        return refuse(job, REFUSAL_NO_SESSION);
    task->set_cookie = session_set_cookie(job->arena, &task->terms->keys, NULL, task->terms->https);
    if (who->kind == IDENTITY_SESSION) {
        struct db_params *params = db_params(job->arena);
        db_uuid(params, who->credential);
        db_time(params, who->expires_us);
        db_queue(db, &REVOKE, params);
        audit_add(job, db, "session.closed", who->account, "");
        task_withdraw(task, &(struct withdrawal){.id = who->credential, .expires_us = who->expires_us});
    }
    job_answer(job, &reply->base, 0);
    return ERR_OK;
}

enum err get_session(struct job *job, struct db *db)
{
    struct task *task = task_of(job);
    const struct identity *who = &task->call->who;
    struct account account;
    const enum err err = account_load(job, db, who->account, false, &account);
    if (err != ERR_OK)
        return err == ERR_NOT_FOUND ? ERR_UNAUTHENTICATED : err;
    account.roles = who->roles;
    Gateway__Session *session = session_message(job, &account, who->expires_us);
    if (who->kind == IDENTITY_SESSION) {
        session->csrf_token = arena_alloc(job->arena, SESSION_CSRF_TEXT);
        session_csrf(&task->terms->keys, who->credential, session->csrf_token);
    }
    job_answer(job, &session->base, account.version);
    return ERR_OK;
}

enum err change_password(struct job *job, struct db *db)
{
    const Gateway__ChangePasswordRequest *request = (const Gateway__ChangePasswordRequest *)job->message;
    struct task *task = task_of(job);
    struct account account;
    if (task->call->who.kind != IDENTITY_SESSION)
        return refuse(job, REFUSAL_NO_SESSION);
    enum err err = account_load(job, db, task->call->who.account, true, &account);
    if (err != ERR_OK)
        return err == ERR_NOT_FOUND ? ERR_UNAUTHENTICATED : err;
    if (!password_right(account.password, request->old_password)) {
        audit_add(job, db, "account.password.refused", account.id, "wrong old password");
        return refuse_audited(job, db, REFUSAL_OLD_PASSWORD);
    }
    task->guess_right = true;
    err = account_password_good(job, request->new_password, account.user_name, "newPassword");
    if (err == ERR_OK)
        err = account_password_set(job, db, &account, request->new_password);
    if (err == ERR_OK)
        open_session(job, &account);
    return err;
}
