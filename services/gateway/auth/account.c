/* An account as its row and as its message: see account.h. */
#include "services/gateway/auth/account.h"

#include "common/base/alloc.h"
#include "services/gateway/auth/password.h"
#include "services/gateway/auth/refusal.h"

static const struct {
    const char *name;
    uint32_t bit;
} ROLES[] = {
    {"participant", BUS__ROLE__ROLE_PARTICIPANT},   {"coordinator", BUS__ROLE__ROLE_COORDINATOR}, {"admin", BUS__ROLE__ROLE_ADMIN},
    {"applicant", BUS__ROLE__ROLE_APPLICANT},       {"evaluator", BUS__ROLE__ROLE_EVALUATOR},     {"preparer", BUS__ROLE__ROLE_PREPARER},
    {"presenter", BUS__ROLE__ROLE_PRESENTER},       {"decider", BUS__ROLE__ROLE_DECIDER},         {"secretary", BUS__ROLE__ROLE_SECRETARY},
    {"board-member", BUS__ROLE__ROLE_BOARD_MEMBER},
};
#define ROLE_COUNT (sizeof ROLES / sizeof ROLES[0])

static const struct db_stmt LOAD = {"account_load", "select " ACCOUNT_COLUMNS " from account where id = $1"};
static const struct db_stmt LOCK = {"account_lock", "select " ACCOUNT_COLUMNS " from account where id = $1 for update"};
static const struct db_stmt FIND = {"account_find", "select " ACCOUNT_COLUMNS " from account where user_name = $1"};
static const struct db_stmt PASSWORD = {
    "account_password", "update account set password = $2, sessions_from = $3, changed_at = clock_timestamp(), version = version + 1"
                        " where id = $1 returning " ACCOUNT_COLUMNS};
static const struct db_stmt AUDIT = {"audit_add", "insert into audit (actor, action, target, detail) values ($1, $2, $3, $4)"};

struct account account_row(struct arena *arena, const struct db_result *rows, int row)
{
    return (struct account){.id = db_get_uuid(rows, row, 0),
                            .user_name = arena_text(arena, db_get_span(rows, row, 1)),
                            .password = db_get_null(rows, row, 2) ? NULL : arena_text(arena, db_get_span(rows, row, 2)),
                            .roles = (uint32_t)db_get_i32(rows, row, 3),
                            .closed = db_get_bool(rows, row, 4),
                            .version = (uint64_t)db_get_i64(rows, row, 5),
                            .created_us = db_get_time(rows, row, 6),
                            .sessions_from_us = db_get_time(rows, row, 7)};
}

bool account_name_good(const char *user_name)
{
    const size_t len = strlen(user_name);
    return len >= 3 && len <= 100 && strspn(user_name, "abcdefghijklmnopqrstuvwxyz0123456789._-@") == len;
}

uint32_t account_role_bits(size_t count, char *const *names)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t bit = 0;
        for (size_t r = 0; r < ROLE_COUNT; r++)
            if (strcmp(names[i], ROLES[r].name) == 0)
                bit = ROLES[r].bit;
        if (bit == 0)
            return 0;
        bits |= bit;
    }
    return bits;
}

size_t account_role_names(struct arena *arena, uint32_t roles, char ***out)
{
    size_t count = 0;
    *out = arena_array(arena, ROLE_COUNT, sizeof **out);
    for (size_t r = 0; r < ROLE_COUNT; r++)
        if (roles & ROLES[r].bit)
            (*out)[count++] = arena_strdup(arena, ROLES[r].name);
    return count;
}

ProtobufCBinaryData account_bytes(struct arena *arena, struct uuid id)
{
    return (ProtobufCBinaryData){.len = 16, .data = memcpy(arena_alloc(arena, 16), id.b, 16)};
}

Gateway__Account *account_message(struct arena *arena, const struct account *account)
{
    Gateway__Account *message = arena_alloc(arena, sizeof *message);
    gateway__account__init(message);
    message->id = account_bytes(arena, account->id);
    message->user_name = arena_strdup(arena, account->user_name);
    message->n_roles = account_role_names(arena, account->roles, &message->roles);
    message->closed = account->closed;
    message->created_us = account->created_us;
    message->version = account->version;
    return message;
}

struct withdrawal account_terms(const struct account *account)
{
    return (struct withdrawal){.id = account->id,
                               .is_account = true,
                               .roles = account->roles,
                               .closed = account->closed,
                               .sessions_from_us = account->sessions_from_us};
}

static enum err one(struct job *job, struct db *db, const struct db_stmt *stmt, const struct db_params *params, struct account *out)
{
    const int rows = db_queue(db, stmt, params);
    const enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    const struct db_result *result = db_result(db, rows);
    if (db_rows(result) == 0)
        return ERR_NOT_FOUND;
    *out = account_row(job->arena, result, 0);
    return ERR_OK;
}

enum err account_load(struct job *job, struct db *db, struct uuid id, bool lock, struct account *out)
{
    struct db_params *params = db_params(job->arena);
    db_uuid(params, id);
    return one(job, db, lock ? &LOCK : &LOAD, params, out);
}

enum err account_find(struct job *job, struct db *db, const char *user_name, struct account *out)
{
    struct db_params *params = db_params(job->arena);
    db_text(params, span_text(user_name));
    return one(job, db, &FIND, params, out);
}

enum err account_password_good(struct job *job, const char *password, const char *user_name, const char *field)
{
    switch (password_check(password, user_name)) {
    case PASSWORD_GOOD:
        return ERR_OK;
    case PASSWORD_SHORT:
        return refuse_field(job, REFUSAL_PASSWORD_SHORT, field);
    case PASSWORD_LONG:
        return refuse_field(job, REFUSAL_PASSWORD_LONG, field);
    case PASSWORD_SIMPLE:
        return refuse_field(job, REFUSAL_PASSWORD_SIMPLE, field);
    case PASSWORD_NAMED:
        return refuse_field(job, REFUSAL_PASSWORD_NAMED, field);
    }
    bug("a password flaw nobody knows");
}

enum err account_password_set(struct job *job, struct db *db, struct account *account, const char *password)
{
    struct task *task = task_of(job);
    struct db_params *params = db_params(job->arena);
    char hashed[PASSWORD_TEXT];
    password_hash(password, hashed);
    db_uuid(params, account->id);
    db_text(params, span_text(arena_strdup(job->arena, hashed)));
    db_time(params, task->now_us);
    const int row = db_queue(db, &PASSWORD, params);
    audit_add(job, db, "account.password", account->id, "");
    const enum err err = db_flush(db);
    if (err != ERR_OK)
        return err;
    *account = account_row(job->arena, db_result(db, row), 0);
    const struct withdrawal terms = account_terms(account);
    task_withdraw(task, &terms);
    return ERR_OK;
}

void audit_add(struct job *job, struct db *db, const char *action, struct uuid target, const char *detail)
{
    const struct identity *who = &task_of(job)->call->who;
    struct db_params *params = db_params(job->arena);
    char text[UUID_TEXT];
    uuid_format(target, text);
    if (who->known)
        db_uuid(params, who->account);
    else
        db_null(params);
    db_text(params, span_text(action));
    db_text(params, span_text(text));
    db_text(params, span_text(detail));
    db_queue(db, &AUDIT, params);
}
