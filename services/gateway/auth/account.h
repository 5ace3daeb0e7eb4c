/* An account as its row and as its message; and the audit, which every change of one writes to. */
#ifndef HV_GATEWAY_AUTH_ACCOUNT_H
#define HV_GATEWAY_AUTH_ACCOUNT_H
#include "services/gateway/auth/task.h"

struct account {
    struct uuid id;
    const char *user_name;
    const char *password; /* argon2id text; NULL: none */
    uint32_t roles;
    bool closed;
    uint64_t version;
    int64_t created_us, sessions_from_us;
};
#define ACCOUNT_COLUMNS "id, user_name, password, roles, closed, version, created_at, sessions_from"

struct account account_row(struct arena *arena, const struct db_result *rows, int row);
bool account_name_good(const char *user_name);

/* Role names to bits and back. 0: an unknown name, or none at all. */
uint32_t account_role_bits(size_t count, char *const *names);
size_t account_role_names(struct arena *arena, uint32_t roles, char ***out);

ProtobufCBinaryData account_bytes(struct arena *arena, struct uuid id);
Gateway__Account *account_message(struct arena *arena, const struct account *account);
/* The withdrawal that makes gateways see an account as it is now. */
struct withdrawal account_terms(const struct account *account);

/* Loads by id or by name. ERR_NOT_FOUND: none (no problem is set); else what the database says. lock: for update. */
enum err account_load(struct job *job, struct db *db, struct uuid id, bool lock, struct account *out) MUST_CHECK;
enum err account_find(struct job *job, struct db *db, const char *user_name, struct account *out) MUST_CHECK;

/* A password that may be set for the account; a refusal naming `field` otherwise. */
enum err account_password_good(struct job *job, const char *password, const char *user_name, const char *field) MUST_CHECK;
/* Sets it, ends the account's sessions, writes the audit. *account becomes the new row. */
enum err account_password_set(struct job *job, struct db *db, struct account *account, const char *password) MUST_CHECK;

/* Queues one row of the audit: who is the task's identity; nothing about passwords, names or addresses in it but ids. */
void audit_add(struct job *job, struct db *db, const char *action, struct uuid target, const char *detail);

#endif
