/* A task: one method of gateway.Gateway under way, from auth_handle to done. It owns its job; everything hangs on the call's
 * arena. The use cases run on a worker's thread, alone in a transaction; they see the task and their connection, nothing else.
 * What they withdraw is told to the loop in `changes`, so this gateway knows it before the caller gets the answer. */
#ifndef HV_GATEWAY_AUTH_TASK_H
#define HV_GATEWAY_AUTH_TASK_H
#include "common/work/job.h"
#include "gateway.pb-c.h"
#include "services/gateway/auth/auth.h"
#include "services/gateway/auth/sign.h"
#include "services/gateway/auth/withdrawal.h"

/* What a method does, on a worker's thread, inside its transaction. */
typedef enum err task_act(struct job *job, struct db *db);

/* What never changes while the gateway runs; any thread. */
struct terms {
    struct sign_keys keys;
    bool https;
};

struct task {
    struct job job;
    Bus__Request envelope; /* the job's */
    const struct terms *terms;
    struct auth *auth;
    struct auth_call *call; /* NULL: the refresh */
    int64_t now_us;
    task_act *act;
    /* the outcome beside the job's answer; task_begin empties it when the job is run again */
    const char *set_cookie;
    struct withdrawal *changes;
    size_t change_count;
    int64_t mark_us; /* refresh: the newest row seen */
    /* throttling: this call is an attempt at a password of that account */
    bool guess, guess_right;
    struct span guess_account;
    struct task *next;
};

static inline struct task *task_of(const struct job *job)
{
    return job->owner;
}

/* Says what is withdrawn; a few per method (the refresh makes its own list). */
void task_withdraw(struct task *task, const struct withdrawal *withdrawal);

task_act sign_in, sign_out, get_session, change_password; /* sign_in.c */
task_act create_accounts;                                 /* create.c */
task_act list_accounts, set_account;                      /* accounts.c */
task_act find_accounts, check_accounts;                   /* named.c; the latter is no method */
task_act create_token, list_tokens, revoke_token;         /* tokens.c */
task_act list_audit;                                      /* audit.c */
task_act forget_accounts;                                 /* forget.c, not a method either */
task_act refresh;                                         /* refresh.c, not a method: reads what was withdrawn since task->mark_us */

enum task_access { TASK_PUBLIC, TASK_KNOWN, TASK_STAFF, TASK_ADMIN }; /* staff: coordinators, preparers, secretaries, admins */
/* One method: a row of the table in methods.c. */
struct method {
    struct work_case kase;
    task_act *act;
    enum task_access access;
    bool slow; /* hashes passwords: runs on the worker for that */
};
const struct method *method_find(const char *name); /* "gateway.SignIn" or "SignIn"; NULL: there is none */
const struct method *method_refresh(void);
const struct method *method_forget(void);
const struct method *method_check(void);

#endif
