/* The methods of gateway.Gateway: one table. What a method does is in the file its row names; here stands who may, what its
 * request is, and whether it hashes passwords. */
#include "services/gateway/auth/task.h"

#include "common/base/alloc.h"

#define CHANGES_MOST 4 /* of one method */

void task_withdraw(struct task *task, const struct withdrawal *withdrawal)
{
    if (!task->changes)
        task->changes = arena_array(task->job.arena, CHANGES_MOST, sizeof *task->changes);
    if (task->change_count == CHANGES_MOST)
        bug("a method withdraws more than it may");
    task->changes[task->change_count++] = *withdrawal;
}

/* A job may run more than once (a lost connection, a conflict): each time from the beginning. */
static enum err task_run(struct job *job, struct db *db, void *context)
{
    (void)context;
    struct task *task = task_of(job);
    task->set_cookie = NULL;
    task->changes = NULL;
    task->change_count = 0;
    task->guess_right = false;
    return task->act(job, db);
}

#define METHOD(NAME, KIND, REQUEST, ACT, ACCESS, SLOW)                                                                                     \
    {                                                                                                                                      \
        {.name = "gateway." NAME, .kind = WORK_##KIND, .request = &gateway__##REQUEST##__descriptor, .run = task_run, .no_key = true},     \
            ACT, TASK_##ACCESS, SLOW                                                                                                       \
    }

static const struct method METHODS[] = {
    METHOD("SignIn", WRITE, sign_in_request, sign_in, PUBLIC, true),
    METHOD("SignOut", WRITE, sign_out_request, sign_out, PUBLIC, false),
    METHOD("GetSession", READ, get_session_request, get_session, KNOWN, false),
    METHOD("ChangePassword", WRITE, change_password_request, change_password, KNOWN, true),
    METHOD("CreateAccounts", WRITE, create_accounts_request, create_accounts, ADMIN, true),
    METHOD("ListAccounts", READ, list_accounts_request, list_accounts, ADMIN, false),
    METHOD("FindAccounts", READ, find_accounts_request, find_accounts, STAFF, false),
    METHOD("SetAccount", WRITE, set_account_request, set_account, ADMIN, true),
    METHOD("CreateToken", WRITE, create_token_request, create_token, KNOWN, false),
    METHOD("ListTokens", READ, list_tokens_request, list_tokens, KNOWN, false),
    METHOD("RevokeToken", WRITE, revoke_token_request, revoke_token, KNOWN, false),
    METHOD("ListAudit", READ, list_audit_request, list_audit, ADMIN, false),
};
static const struct method FORGET = METHOD("ForgetAccounts", WRITE, forget_accounts_request, forget_accounts, PUBLIC, false);
static const struct method CHECK = METHOD("CheckAccounts", READ, check_accounts_request, check_accounts, PUBLIC, false);
static const struct method REFRESH = METHOD("Refresh", WRITE, get_session_request, refresh, PUBLIC, false);

const struct method *method_find(const char *name)
{
    static const char package[] = "gateway.";
    if (strncmp(name, package, sizeof package - 1) == 0)
        name += sizeof package - 1;
    for (size_t i = 0; i < sizeof METHODS / sizeof METHODS[0]; i++)
        if (strcmp(METHODS[i].kase.name + sizeof package - 1, name) == 0)
            return &METHODS[i];
    return NULL;
}

const struct method *method_refresh(void)
{
    return &REFRESH;
}

const struct method *method_forget(void)
{
    return &FORGET;
}

const struct method *method_check(void)
{
    return &CHECK;
}
